//! JSON in and out.

use super::{Failed, Function, Gives, pure};
use crate::lang::convert::{number_text, parse_number};
use crate::lang::fuel::{Fuel, MAX_TEXT};
use crate::lang::marks::unknown_part;
use crate::model::Value;

pub(super) const ALL: &[Function] = &[
    pure("jsondecode", "text", 1, Some(1), |call| {
        let text = call.text(0)?;
        call.fuel.spend(text.len() / 8)?;
        let read: Result<serde_json::Value, _> = serde_json::from_str(&text);
        read.map_err(|error| call.fail(0, format!("not JSON: {error}"))).and_then(|json| from_json(&json))
    }),
    pure("jsonencode", "value", 1, Some(1), |call| {
        let value = &call.arguments[0];
        match unknown_part(value, call.fuel)? {
            Some(unknown) => Ok(unknown),
            None => call.made(&write_json(value, call.fuel).map_err(|reason| call.fail(0, reason))?),
        }
    })
    .gives(Gives::Text)
    .sees_nulls(),
];

fn from_json(json: &serde_json::Value) -> Result<Value, Failed> {
    Ok(match json {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(truth) => Value::Bool(*truth),
        serde_json::Value::Number(number) => {
            let number = parse_number(&number.to_string());
            Value::Number(number.ok_or_else(|| Failed::new("a number does not fit a decimal"))?)
        }
        serde_json::Value::String(text) => Value::from(text.as_str()),
        serde_json::Value::Array(items) => {
            Value::from(items.iter().map(from_json).collect::<Result<Vec<Value>, Failed>>()?)
        }
        serde_json::Value::Object(entries) => {
            let read = entries.iter().map(|(name, value)| Ok((name.as_str().into(), from_json(value)?)));
            Value::Object(read.collect::<Result<Vec<_>, Failed>>()?.into_iter().collect())
        }
    })
}

/// A value as Terraform's JSON: objects sorted by name, no spaces, angle brackets escaped.
pub(super) fn write_json(value: &Value, fuel: &Fuel) -> Result<String, String> {
    let mut text = String::new();
    write(value, &mut text, fuel)?;
    Ok(text)
}

fn write(value: &Value, text: &mut String, fuel: &Fuel) -> Result<(), String> {
    if fuel.spend(1).is_err() || text.len() > MAX_TEXT {
        return Err("the result grows too large".into());
    }
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(truth) => text.push_str(if *truth { "true" } else { "false" }),
        Value::Number(number) => text.push_str(&number_text(*number)),
        Value::String(written) => write_text(written, text),
        Value::List(items) => {
            text.push('[');
            for (at, item) in items.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write(item, text, fuel)?;
            }
            text.push(']');
        }
        Value::Object(object) => {
            let mut entries = object.entries();
            entries.sort_by(|(a, _), (b, _)| a.cmp(b));
            text.push('{');
            for (at, (name, value)) in entries.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write_text(name, text);
                text.push(':');
                write(value, text, fuel)?;
            }
            text.push('}');
        }
        Value::Unknown(unknown) => return Err(format!("{} is known only after apply", unknown.path)),
        Value::Sensitive(_) => return Err("a part of the value is sensitive".into()),
    }
    Ok(())
}

fn write_text(written: &str, text: &mut String) {
    text.push('"');
    for letter in written.chars() {
        match letter {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            '\u{8}' => text.push_str("\\b"),
            '\u{c}' => text.push_str("\\f"),
            // Terraform keeps JSON safe to stand within HTML.
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{0}'..='\u{1f}' => {
                text.push_str(&format!("\\u{:04x}", u32::from(letter)));
            }
            other => text.push(other),
        }
    }
    text.push('"');
}
