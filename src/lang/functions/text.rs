//! Functions of text. What a reader sees as one letter counts as one (a grapheme cluster), as in Terraform.

use smol_str::{SmolStr, ToSmolStr};
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Call, Failed, Function, Gives, pure};
use crate::lang::fuel::{MAX_TEXT, Spent};
use crate::model::Value;

pub(super) const ALL: &[Function] = &[
    pure("chomp", "text", 1, Some(1), |call| call.made(call.text(0)?.trim_end_matches(['\r', '\n'])))
        .gives(Gives::Text),
    pure("endswith", "text, end", 2, Some(2), |call| Ok(Value::Bool(call.text(0)?.ends_with(call.text(1)?.as_str()))))
        .gives(Gives::Bool),
    pure("indent", "spaces, text", 2, Some(2), indent).gives(Gives::Text),
    pure("join", "separator, list, …", 2, None, join).gives(Gives::Text),
    pure("lower", "text", 1, Some(1), |call| call.made(&call.text(0)?.chars().map(lowered).collect::<String>()))
        .gives(Gives::Text),
    pure("split", "separator, text", 2, Some(2), split).gives(Gives::Texts),
    pure("startswith", "text, start", 2, Some(2), startswith).sees_nulls().gives(Gives::Bool),
    pure("strcontains", "text, part", 2, Some(2), |call| {
        Ok(Value::Bool(call.text(0)?.contains(call.text(1)?.as_str())))
    })
    .gives(Gives::Bool),
    pure("strrev", "text", 1, Some(1), |call| call.made(&call.text(0)?.graphemes(true).rev().collect::<String>()))
        .gives(Gives::Text),
    pure("substr", "text, offset, length", 3, Some(3), substr).gives(Gives::Text),
    pure("title", "text", 1, Some(1), |call| call.made(&title(&call.text(0)?))).gives(Gives::Text),
    pure("trim", "text, letters", 2, Some(2), |call| {
        let letters = call.text(1)?;
        call.made(call.text(0)?.trim_matches(|letter| letters.contains(letter)))
    })
    .gives(Gives::Text),
    pure("trimprefix", "text, start", 2, Some(2), |call| {
        let text = call.text(0)?;
        call.made(text.strip_prefix(call.text(1)?.as_str()).unwrap_or(&text))
    })
    .gives(Gives::Text),
    pure("trimspace", "text", 1, Some(1), |call| call.made(call.text(0)?.trim())).gives(Gives::Text),
    pure("trimsuffix", "text, end", 2, Some(2), |call| {
        let text = call.text(0)?;
        call.made(text.strip_suffix(call.text(1)?.as_str()).unwrap_or(&text))
    })
    .gives(Gives::Text),
    pure("upper", "text", 1, Some(1), |call| call.made(&call.text(0)?.chars().map(raised).collect::<String>()))
        .gives(Gives::Text),
];

/// The small letter. One letter stays one, and where there are several forms the plain one is taken.
fn lowered(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

/// The capital letter, if it is one: `ß` stays.
fn raised(letter: char) -> char {
    let mut capital = letter.to_uppercase();
    match (capital.next(), capital.next()) {
        (Some(capital), None) => capital,
        _ => letter,
    }
}

fn indent(call: &Call<'_>) -> Result<Value, Failed> {
    let (spaces, text) = (call.count(0)?, call.text(1)?);
    let added = text.matches('\n').count().saturating_mul(spaces);
    if text.len().saturating_add(added) > MAX_TEXT {
        return Err(Failed::from(Spent));
    }
    call.made(&text.replace('\n', &format!("\n{}", " ".repeat(spaces.min(added)))))
}

fn join(call: &Call<'_>) -> Result<Value, Failed> {
    let separator = call.text(0)?;
    let mut parts: Vec<SmolStr> = Vec::new();
    let mut instead = None;
    for at in 1..call.arguments.len() {
        match call.texts(at)? {
            Ok(texts) => parts.extend(texts),
            Err(Value::Null) => return Ok(Value::Null),
            Err(unknown) => instead = instead.or(Some(unknown)),
        }
    }
    if let Some(unknown) = instead {
        return Ok(unknown);
    }
    let length = parts.iter().map(|part| part.len() + separator.len()).sum::<usize>();
    if length > MAX_TEXT {
        return Err(Failed::from(Spent));
    }
    call.made(&parts.join(&separator))
}

fn split(call: &Call<'_>) -> Result<Value, Failed> {
    let (separator, text) = (call.text(0)?, call.text(1)?);
    if separator.is_empty() {
        return call.made_list(text.chars().map(|letter| letter.to_smolstr()));
    }
    call.made_list(text.split(separator.as_str()).map(SmolStr::from))
}

/// Of an unknown text the start may be known, and decide.
fn startswith(call: &Call<'_>) -> Result<Value, Failed> {
    if let Some(at) = call.arguments.iter().position(Value::is_null) {
        return if call.is_stanza() { Ok(Value::Null) } else { Err(call.fail(at, "the argument is null")) };
    }
    let unknown = match (&call.arguments[0], &call.arguments[1]) {
        (_, start @ Value::Unknown(_)) => start,
        (text @ Value::Unknown(known), _) => {
            let start = call.text(1)?;
            match known.prefix.starts_with(start.as_str()) {
                true if !call.is_stanza() => return Ok(Value::Bool(true)),
                false if !known.prefix.is_empty() && known.prefix.len() >= start.len() => {
                    return Ok(Value::Bool(false));
                }
                _ => text,
            }
        }
        _ => return Ok(Value::Bool(call.text(0)?.starts_with(call.text(1)?.as_str()))),
    };
    Ok(unknown.clone())
}

/// A negative offset counts from the end, a negative length takes all that follows.
fn substr(call: &Call<'_>) -> Result<Value, Failed> {
    let text = call.text(0)?;
    let (offset, length) = (call.integer(1)?, call.integer(2)?);
    let skipped = if offset < 0 {
        let size = text.graphemes(true).count() as u64;
        size.saturating_sub(offset.unsigned_abs())
    } else {
        offset.unsigned_abs()
    };
    let taken = usize::try_from(length).unwrap_or(usize::MAX);
    let skipped = usize::try_from(skipped).unwrap_or(usize::MAX);
    call.made(&text.graphemes(true).skip(skipped).take(taken).collect::<String>())
}

/// A capital at the start of each word. Letters, digits and `_` make words.
fn title(text: &str) -> String {
    let mut before = ' ';
    let letters = text.chars().map(|letter| {
        let is_first = !(before.is_alphanumeric() || before == '_');
        before = letter;
        if is_first { raised(letter) } else { letter }
    });
    letters.collect()
}
