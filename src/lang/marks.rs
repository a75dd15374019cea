//! Marks within values: what is sensitive, what is unknown.

use super::fuel::{Fuel, Spent};
use crate::model::Value;

/// Takes the outer mark off each argument; whether there was one.
pub(super) fn take_outer(arguments: &mut [Value]) -> bool {
    let mut is_sensitive = false;
    for argument in arguments {
        if let Value::Sensitive(_) = argument {
            is_sensitive = true;
            *argument = argument.unmarked().clone();
        }
    }
    is_sensitive
}

/// Takes all marks off, wherever they are; whether there was one.
pub(super) fn take_all(arguments: &mut [Value], fuel: &Fuel) -> Result<bool, Spent> {
    let mut is_sensitive = false;
    for argument in arguments {
        if has_mark(argument, fuel)? {
            is_sensitive = true;
            *argument = without_marks(argument, fuel)?;
        }
    }
    Ok(is_sensitive)
}

/// Whether any part of a value is sensitive.
pub(super) fn has_mark(value: &Value, fuel: &Fuel) -> Result<bool, Spent> {
    match value {
        Value::Sensitive(_) => Ok(true),
        Value::List(items) => {
            fuel.spend(items.len())?;
            for item in items.iter() {
                if has_mark(item, fuel)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Value::Object(object) => {
            for (_, value) in object.entries() {
                fuel.spend(1)?;
                if has_mark(&value, fuel)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        _ => Ok(false),
    }
}

/// The first unknown part of a value, if there is one.
pub(super) fn unknown_part(value: &Value, fuel: &Fuel) -> Result<Option<Value>, Spent> {
    fuel.spend(1)?;
    match value.unmarked() {
        unknown @ Value::Unknown(_) => Ok(Some(unknown.clone())),
        Value::List(items) => {
            for item in items.iter() {
                if let Some(unknown) = unknown_part(item, fuel)? {
                    return Ok(Some(unknown));
                }
            }
            Ok(None)
        }
        Value::Object(object) => {
            for (_, value) in object.entries() {
                if let Some(unknown) = unknown_part(&value, fuel)? {
                    return Ok(Some(unknown));
                }
            }
            Ok(None)
        }
        _ => Ok(None),
    }
}

fn without_marks(value: &Value, fuel: &Fuel) -> Result<Value, Spent> {
    fuel.spend(1)?;
    Ok(match value.unmarked() {
        Value::List(list) => {
            let items: Result<Vec<Value>, Spent> = list.iter().map(|item| without_marks(item, fuel)).collect();
            Value::List(list.with(items?))
        }
        Value::Object(object) => {
            let entries = object.entries().into_iter().map(|(name, value)| Ok((name, without_marks(&value, fuel)?)));
            Value::Object(object.with(entries.collect::<Result<Vec<_>, Spent>>()?))
        }
        other => other.clone(),
    })
}
