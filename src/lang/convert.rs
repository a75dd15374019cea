//! Terraform's conversions between primitive types: numbers and booleans are often written as strings.

use rust_decimal::Decimal;
use smol_str::{SmolStr, ToSmolStr};

use crate::model::Value;

/// As a number: numbers, and strings that hold one. Null, unknown and sensitivity pass.
pub fn to_number(value: &Value) -> Result<Value, String> {
    match value {
        Value::Null | Value::Unknown(_) | Value::Number(_) => Ok(value.clone()),
        Value::Sensitive(inner) => Ok(to_number(inner).map_err(|_| HIDDEN.to_owned())?.sensitive()),
        Value::String(text) => match parse_number(text) {
            Some(number) => Ok(Value::Number(number)),
            None => Err(format!("{text:?} is not a number")),
        },
        other => Err(format!("a {} is not a number", other.kind())),
    }
}

/// As text: strings, numbers, booleans. Null, unknown and sensitivity pass.
pub fn to_text(value: &Value) -> Result<Value, String> {
    match value {
        Value::Null | Value::Unknown(_) | Value::String(_) => Ok(value.clone()),
        Value::Sensitive(inner) => Ok(to_text(inner)?.sensitive()),
        Value::Number(number) => Ok(Value::String(number_text(*number))),
        Value::Bool(truth) => Ok(Value::from(if *truth { "true" } else { "false" })),
        other => Err(format!("a {} is not text", other.kind())),
    }
}

/// As a truth value: booleans, and the strings `true` and `false`. Null, unknown and sensitivity pass.
pub fn to_bool(value: &Value) -> Result<Value, String> {
    match value {
        Value::Null | Value::Unknown(_) | Value::Bool(_) => Ok(value.clone()),
        Value::Sensitive(inner) => Ok(to_bool(inner).map_err(|_| HIDDEN.to_owned())?.sensitive()),
        Value::String(text) if text == "true" => Ok(Value::Bool(true)),
        Value::String(text) if text == "false" => Ok(Value::Bool(false)),
        other => Err(format!("a {} is neither true nor false", other.kind())),
    }
}

const HIDDEN: &str = "the sensitive value cannot be converted";

/// Decimal notation, with an exponent if there is one.
pub(crate) fn parse_number(text: &str) -> Option<Decimal> {
    let text = text.strip_prefix('+').unwrap_or(text);
    Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text)).ok().map(|number| number.normalize())
}

/// The shortest decimal notation.
pub(crate) fn number_text(number: Decimal) -> SmolStr {
    number.normalize().to_smolstr()
}
