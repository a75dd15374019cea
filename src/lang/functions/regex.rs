//! Regular expressions, in the syntax that Terraform's engine (RE2) and ours have in common.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use regex::{Captures, Match, Regex, RegexBuilder};
use smol_str::SmolStr;

use super::{Call, Failed, Function, Gives, pure};
use crate::lang::fuel::{MAX_TEXT, Spent};
use crate::model::{List, Object, Type, Value};

pub(super) const ALL: &[Function] = &[
    pure("regex", "pattern, text", 2, Some(2), |call| {
        let (pattern, text) = (compiled(call, 0, &call.text(0)?)?, call.text(1)?);
        match pattern.captures(&text) {
            Some(found) => groups(call, &pattern, &found),
            None => Err(call.fail(1, "the pattern does not match")),
        }
    }),
    pure("regexall", "pattern, text", 2, Some(2), |call| {
        let (pattern, text) = (compiled(call, 0, &call.text(0)?)?, call.text(1)?);
        let mut all = Vec::new();
        for found in pattern.captures_iter(&text) {
            call.fuel.spend(found.len())?;
            all.push(groups(call, &pattern, &found)?);
        }
        Ok(call.list_of(captured(&pattern), all))
    }),
    pure("replace", "text, part, by", 3, Some(3), replace).gives(Gives::Text),
];

/// `/…/` is a regular expression, anything else is literal.
fn replace(call: &Call<'_>) -> Result<Value, Failed> {
    let (text, part, by) = (call.text(0)?, call.text(1)?, call.text(2)?);
    let pattern = part.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
    let pattern = pattern.map(|pattern| compiled(call, 1, pattern)).transpose()?;
    let places = match &pattern {
        Some(pattern) => pattern.find_iter(&text).count(),
        None => text.matches(part.as_str()).count(),
    };
    // A group may stand in the replacement, once for each `$`, and is no longer than the text.
    let groups = if pattern.is_some() { by.matches('$').count().saturating_mul(text.len()) } else { 0 };
    let added = places.saturating_mul(by.len().saturating_add(groups));
    if text.len().saturating_add(added) > MAX_TEXT.saturating_mul(16) {
        return Err(Failed::from(Spent));
    }
    match pattern {
        Some(pattern) => call.made(&pattern.replace_all(&text, by.as_str())),
        None => call.made(&text.replace(part.as_str(), &by)),
    }
}

/// The match itself, its groups as a list, or its named groups as an object.
fn groups(call: &Call<'_>, pattern: &Regex, found: &Captures<'_>) -> Result<Value, Failed> {
    let value = |group: Option<Match<'_>>| group.map_or(Value::Null, |group| Value::from(group.as_str()));
    if pattern.captures_len() == 1 {
        return Ok(value(found.get(0)));
    }
    let named: Vec<&str> = pattern.capture_names().flatten().collect();
    // A group that takes no part in the match is null, and yet text by its type.
    let is_whole = call.is_stanza() || (1..found.len()).all(|at| found.get(at).is_some());
    match named.len() {
        0 => {
            let items: Vec<Value> = (1..found.len()).map(|at| value(found.get(at))).collect();
            Ok(if is_whole { Value::from(items) } else { Value::List(List::of(captured(pattern), items)) })
        }
        count if count + 1 == pattern.captures_len() => {
            let entries = named.into_iter().map(|name| (SmolStr::from(name), value(found.name(name))));
            Ok(Value::Object(if is_whole { entries.collect() } else { Object::of(captured(pattern), entries) }))
        }
        _ => Err(call.fail(0, "either all groups have names or none has")),
    }
}

/// The type of what one match of a pattern gives.
fn captured(pattern: &Regex) -> Type {
    let mut groups = pattern.capture_names().skip(1).peekable();
    match groups.peek() {
        None => Type::String,
        Some(None) => Type::tuple(groups.map(|_| Type::String)),
        Some(Some(_)) => Type::object(groups.flatten().map(|name| (SmolStr::from(name), Type::String))),
    }
}

thread_local! {
    /// Patterns are mostly constants: each is compiled once a thread. A clone of a `Regex` would start with empty caches.
    static COMPILED: RefCell<HashMap<SmolStr, Rc<Regex>>> = RefCell::default();
}

fn compiled(call: &Call<'_>, at: usize, pattern: &str) -> Result<Rc<Regex>, Failed> {
    const MOST: usize = 64;
    const SIZE: usize = 1 << 20;
    if let Some(known) = COMPILED.with_borrow(|known| known.get(pattern).cloned()) {
        return Ok(known);
    }
    let built = RegexBuilder::new(&translated(pattern)).size_limit(SIZE).build();
    let regex = Rc::new(built.map_err(|error| {
        let reason = error.to_string();
        let last = reason.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned();
        call.fail(at, format!("not a regular expression: {last}"))
    })?);
    COMPILED.with_borrow_mut(|known| {
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(pattern.into(), Rc::clone(&regex));
    });
    Ok(regex)
}

/// A pattern of RE2 in the syntax of our engine: there `\d`, `\w`, `\s` and `\b` know ASCII only, and
/// brackets do not nest within brackets.
fn translated(pattern: &str) -> String {
    let mut translated = String::with_capacity(pattern.len() + 16);
    let mut letters = pattern.chars().peekable();
    let mut is_in_class = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                let escaped = letters.next();
                match escaped {
                    Some('d') => translated.push_str("[0-9]"),
                    Some('D') => translated.push_str("[^0-9]"),
                    Some('w') => translated.push_str("[0-9A-Za-z_]"),
                    Some('W') => translated.push_str("[^0-9A-Za-z_]"),
                    Some('s') => translated.push_str("[\\t\\n\\f\\r ]"),
                    Some('S') => translated.push_str("[^\\t\\n\\f\\r ]"),
                    Some('b') if !is_in_class => translated.push_str("(?-u:\\b)"),
                    other => {
                        translated.push('\\');
                        translated.extend(other);
                    }
                }
            }
            '[' if !is_in_class => {
                is_in_class = true;
                translated.push('[');
                if letters.next_if_eq(&'^').is_some() {
                    translated.push('^');
                }
                // Right behind the bracket, `]` is itself.
                if letters.next_if_eq(&']').is_some() {
                    translated.push_str("\\]");
                }
            }
            '[' if letters.peek() == Some(&':') => {
                translated.push('[');
                for letter in letters.by_ref() {
                    translated.push(letter);
                    if letter == ']' {
                        break;
                    }
                }
            }
            '[' | '&' | '~' if is_in_class => {
                translated.push('\\');
                translated.push(letter);
            }
            ']' if is_in_class => {
                is_in_class = false;
                translated.push(']');
            }
            other => translated.push(other),
        }
    }
    translated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_translated() {
        assert_eq!(translated(r"\d+[\w-]\\d"), r"[0-9]+[[0-9A-Za-z_]-]\\d");
        assert_eq!(translated("[[]"), r"[\[]");
        assert_eq!(translated("[]a]"), r"[\]a]");
        assert_eq!(translated("[^]&&x]"), r"[^\]\&\&x]");
        assert_eq!(translated("[[:alpha:]x]"), "[[:alpha:]x]");
    }
}
