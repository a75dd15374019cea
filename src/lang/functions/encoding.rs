//! JSON in and out.

use rust_decimal::Decimal;

use super::{Failed, Function, pure, seeing};
use crate::lang::convert::{number_text, parse_number};
use crate::model::Value;

pub(super) const ALL: &[Function] = &[
    pure("jsondecode", 1, Some(1), |call| {
        let read: Result<serde_json::Value, _> = serde_json::from_str(&call.text(0)?);
        read.map_err(|error| call.fail(0, format!("not JSON: {error}"))).and_then(|json| from_json(&json))
    }),
    seeing("jsonencode", 1, Some(1), |call| {
        if call.arguments[0].as_unknown().is_some() {
            return Ok(call.arguments[0].clone());
        }
        to_json(&call.arguments[0])
            .map(|json| Value::from(json.to_string().as_str()))
            .map_err(|reason| call.fail(0, reason))
    }),
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

/// A value as JSON, objects sorted by name.
pub(super) fn to_json(value: &Value) -> Result<serde_json::Value, String> {
    Ok(match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(truth) => serde_json::Value::Bool(*truth),
        Value::Number(number) => json_number(*number)?,
        Value::String(text) => serde_json::Value::String(text.to_string()),
        Value::List(items) => serde_json::Value::Array(items.iter().map(to_json).collect::<Result<Vec<_>, String>>()?),
        Value::Object(object) => {
            let mut entries = object.entries();
            entries.sort_by(|(a, _), (b, _)| a.cmp(b));
            let read = entries.iter().map(|(name, value)| Ok((name.to_string(), to_json(value)?)));
            serde_json::Value::Object(read.collect::<Result<_, String>>()?)
        }
        Value::Unknown(unknown) => return Err(format!("{} is known only after apply", unknown.path)),
        Value::Sensitive(_) => return Err("a part of the value is sensitive".into()),
    })
}

fn json_number(number: Decimal) -> Result<serde_json::Value, String> {
    serde_json::from_str(&number_text(number)).map_err(|error| error.to_string())
}
