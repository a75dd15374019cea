//! Functions of text.

use smol_str::{SmolStr, ToSmolStr};

use super::{Call, Failed, Function, pure};
use crate::lang::convert;
use crate::lang::eval::MAX_TEXT;
use crate::model::Value;

pub(super) const ALL: &[Function] = &[
    pure("chomp", 1, Some(1), |call| Ok(text(call.text(0)?.trim_end_matches(['\r', '\n'])))),
    pure("endswith", 2, Some(2), |call| Ok(Value::Bool(call.text(0)?.ends_with(call.text(1)?.as_str())))),
    pure("format", 1, None, format),
    pure("join", 2, None, join),
    pure("lower", 1, Some(1), |call| Ok(text(&call.text(0)?.to_lowercase()))),
    pure("regex", 2, Some(2), regex_one),
    pure("regexall", 2, Some(2), regex_all),
    pure("replace", 3, Some(3), replace),
    pure("split", 2, Some(2), split),
    pure("startswith", 2, Some(2), |call| Ok(Value::Bool(call.text(0)?.starts_with(call.text(1)?.as_str())))),
    pure("strcontains", 2, Some(2), |call| Ok(Value::Bool(call.text(0)?.contains(call.text(1)?.as_str())))),
    pure("strrev", 1, Some(1), |call| Ok(text(&call.text(0)?.chars().rev().collect::<String>()))),
    pure("substr", 3, Some(3), substr),
    pure("title", 1, Some(1), |call| Ok(text(&title(&call.text(0)?)))),
    pure("trim", 2, Some(2), |call| {
        let set = call.text(1)?;
        Ok(text(call.text(0)?.trim_matches(|letter| set.contains(letter))))
    }),
    pure("trimprefix", 2, Some(2), |call| {
        let whole = call.text(0)?;
        Ok(text(whole.strip_prefix(call.text(1)?.as_str()).unwrap_or(&whole)))
    }),
    pure("trimspace", 1, Some(1), |call| Ok(text(call.text(0)?.trim()))),
    pure("trimsuffix", 2, Some(2), |call| {
        let whole = call.text(0)?;
        Ok(text(whole.strip_suffix(call.text(1)?.as_str()).unwrap_or(&whole)))
    }),
    pure("upper", 1, Some(1), |call| Ok(text(&call.text(0)?.to_uppercase()))),
];

fn text(text: &str) -> Value {
    Value::from(text)
}

fn title(text: &str) -> String {
    let mut starts = true;
    let letters = text.chars().flat_map(|letter| {
        let upper = starts && letter.is_alphabetic();
        starts = !letter.is_alphanumeric() && letter != '_' && letter != '\'';
        let changed: Vec<char> = if upper { letter.to_uppercase().collect() } else { vec![letter] };
        changed
    });
    letters.collect()
}

fn join(call: &Call<'_>) -> Result<Value, Failed> {
    let separator = call.text(0)?;
    let mut parts: Vec<SmolStr> = Vec::new();
    for at in 1..call.arguments.len() {
        let items = call.list(at)?;
        if let Some(unknown) = Call::unknown_in(items) {
            return Ok(unknown);
        }
        for item in items {
            let part = convert::to_text(item.unmarked()).map_err(|reason| call.fail(at, reason))?;
            parts.push(part.as_str().ok_or_else(|| call.fail(at, "an element is null"))?.into());
        }
    }
    bounded(parts.join(&separator))
}

fn split(call: &Call<'_>) -> Result<Value, Failed> {
    let (separator, whole) = (call.text(0)?, call.text(1)?);
    if whole.is_empty() && !separator.is_empty() {
        return Ok(Value::from(vec![Value::from("")]));
    }
    if separator.is_empty() {
        return Ok(Value::from(whole.chars().map(|letter| text(&letter.to_smolstr())).collect::<Vec<_>>()));
    }
    Ok(Value::from(whole.split(separator.as_str()).map(Value::from).collect::<Vec<_>>()))
}

fn substr(call: &Call<'_>) -> Result<Value, Failed> {
    let letters: Vec<char> = call.text(0)?.chars().collect();
    let (offset, length) = (call.integer(1)?, call.integer(2)?);
    let size = letters.len() as i64;
    let start = if offset < 0 { (size + offset).max(0) } else { offset.min(size) };
    let end = if length < 0 { size } else { start.saturating_add(length).min(size) };
    Ok(text(&letters[start as usize..end as usize].iter().collect::<String>()))
}

/// `/…/` is a regular expression, anything else is literal.
fn replace(call: &Call<'_>) -> Result<Value, Failed> {
    let (whole, find, by) = (call.text(0)?, call.text(1)?, call.text(2)?);
    let pattern = find.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')).filter(|_| find.len() > 1);
    match pattern {
        None => bounded(whole.replace(find.as_str(), &by)),
        Some(pattern) => {
            // Terraform writes a group as `$1` or `${1}`; so does the crate, but it also takes letters behind.
            bounded(compile(call, 1, pattern)?.replace_all(&whole, by.as_str()).into_owned())
        }
    }
}

fn compile(call: &Call<'_>, at: usize, pattern: &str) -> Result<regex::Regex, Failed> {
    const SIZE: usize = 1 << 20;
    let built = regex::RegexBuilder::new(pattern).size_limit(SIZE).build();
    built.map_err(|error| call.fail(at, format!("not a regular expression: {error}")))
}

fn regex_one(call: &Call<'_>) -> Result<Value, Failed> {
    let pattern = compile(call, 0, &call.text(0)?)?;
    let whole = call.text(1)?;
    match pattern.captures(&whole) {
        Some(found) => Ok(groups(&pattern, &found)),
        None => Err(call.fail(1, "the pattern does not match")),
    }
}

fn regex_all(call: &Call<'_>) -> Result<Value, Failed> {
    let pattern = compile(call, 0, &call.text(0)?)?;
    let whole = call.text(1)?;
    Ok(Value::from(pattern.captures_iter(&whole).map(|found| groups(&pattern, &found)).collect::<Vec<_>>()))
}

/// The match itself, its groups as a list, or its named groups as an object.
fn groups(pattern: &regex::Regex, found: &regex::Captures<'_>) -> Value {
    let value = |group: Option<regex::Match<'_>>| group.map_or(Value::Null, |group| Value::from(group.as_str()));
    if pattern.captures_len() == 1 {
        return value(found.get(0));
    }
    let named: Vec<&str> = pattern.capture_names().flatten().collect();
    if named.is_empty() {
        return Value::from((1..found.len()).map(|at| value(found.get(at))).collect::<Vec<_>>());
    }
    Value::Object(named.into_iter().map(|name| (name.into(), value(found.name(name)))).collect())
}

/// `%s %d %v %q %f %g %t %x %%`, with flags, width and precision.
fn format(call: &Call<'_>) -> Result<Value, Failed> {
    const MAX_WIDTH: usize = 4096;
    let pattern = call.text(0)?;
    let mut out = String::new();
    let mut next = 1;
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            out.push(letter);
            continue;
        }
        let mut spec = String::new();
        let verb = loop {
            match letters.next() {
                Some(letter) if letter.is_ascii_digit() || "+-# .".contains(letter) => spec.push(letter),
                Some(letter) => break letter,
                None => return Err(call.fail(0, "the format ends within a verb")),
            }
        };
        if verb == '%' {
            out.push('%');
            continue;
        }
        if next >= call.arguments.len() {
            return Err(call.fail(0, "more verbs than arguments"));
        }
        let flags: String = spec.chars().take_while(|letter| "+-# 0".contains(*letter)).collect();
        let rest = &spec[flags.len()..];
        let (width, precision) = match rest.split_once('.') {
            Some((width, precision)) => (width, Some(precision.parse::<usize>().unwrap_or(0))),
            None => (rest, None),
        };
        let width = width.parse::<usize>().unwrap_or(0);
        if width > MAX_WIDTH || precision.is_some_and(|precision| precision > MAX_WIDTH) {
            return Err(call.fail(0, "the width is too large"));
        }
        let mut shown = shown(call, next, verb, precision)?;
        if flags.contains('+') && verb != 's' && !shown.starts_with('-') {
            shown.insert(0, '+');
        }
        let missing = width.saturating_sub(shown.chars().count());
        if flags.contains('-') {
            shown.push_str(&" ".repeat(missing));
        } else if flags.contains('0') && verb != 's' {
            let at = usize::from(shown.starts_with(['-', '+']));
            shown.insert_str(at, &"0".repeat(missing));
        } else {
            shown.insert_str(0, &" ".repeat(missing));
        }
        out.push_str(&shown);
        next += 1;
    }
    if next < call.arguments.len() {
        return Err(call.fail(next, "more arguments than verbs"));
    }
    bounded(out)
}

fn shown(call: &Call<'_>, at: usize, verb: char, precision: Option<usize>) -> Result<String, Failed> {
    Ok(match verb {
        's' => call.text(at)?.to_string(),
        'q' => format!("{:?}", call.text(at)?),
        'v' => match &call.arguments[at] {
            Value::String(_) | Value::Number(_) | Value::Bool(_) => call.text(at)?.to_string(),
            other => super::encoding::to_json(other).map_err(|reason| call.fail(at, reason))?.to_string(),
        },
        'd' => call.number(at)?.trunc().normalize().to_string(),
        't' => call.text(at)?.to_string(),
        'f' => {
            let number = call.number(at)?;
            format!("{:.*}", precision.unwrap_or(6), number.round_dp(precision.unwrap_or(6).min(28) as u32))
        }
        'g' | 'e' => call.number(at)?.normalize().to_string(),
        'x' => format!("{:x}", call.integer(at)?),
        'X' => format!("{:X}", call.integer(at)?),
        'b' => format!("{:b}", call.integer(at)?),
        'o' => format!("{:o}", call.integer(at)?),
        other => return Err(call.fail(0, format!("`%{other}` is not a known verb"))),
    })
}

fn bounded(text: String) -> Result<Value, Failed> {
    if text.len() > MAX_TEXT {
        return Err(Failed::new("the text grows too long"));
    }
    Ok(Value::from(text.as_str()))
}
