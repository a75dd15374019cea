//! What makes a list a set: Terraform's order, and no doubles.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::Dialect;
use super::convert::number_text;
use super::eval::equal;
use super::fuel::{Fuel, Spent};
use crate::model::Value;

/// The elements of a set: in order, without doubles; null and unknown ones stand last.
pub(super) fn set(items: Vec<Value>, fuel: &Fuel) -> Result<Vec<Value>, Spent> {
    // Sorting compares each pair a few times.
    fuel.spend(items.len() * 4)?;
    let mut keyed = items.into_iter().map(|item| Ok((key(&item, fuel)?, item))).collect::<Result<Vec<_>, Spent>>()?;
    keyed.sort_by(|(a, one), (b, other)| order(one, other).then_with(|| a.cmp(b)));
    distinct(keyed.into_iter().map(|(_, item)| item).collect(), fuel)
}

/// Without doubles, the first of each kept.
pub(super) fn distinct(items: Vec<Value>, fuel: &Fuel) -> Result<Vec<Value>, Spent> {
    let mut texts = HashSet::new();
    let mut kept: Vec<Value> = Vec::new();
    let mut others: Vec<Value> = Vec::new();
    for item in items {
        fuel.spend(1)?;
        let is_new = match &item {
            Value::String(text) => texts.insert(text.clone()),
            _ => {
                let is_new = !contains(&others, &item, fuel)?;
                if is_new {
                    others.push(item.clone());
                }
                is_new
            }
        };
        if is_new {
            kept.push(item);
        }
    }
    Ok(kept)
}

/// Whether a value is surely among others of its type.
pub(super) fn contains(items: &[Value], wanted: &Value, fuel: &Fuel) -> Result<bool, Spent> {
    for item in items {
        if equal(item, wanted, Dialect::Stanza, fuel)?.truth == Some(true) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// False before true, numbers and texts in order, null behind them and unknown last.
fn order(a: &Value, b: &Value) -> Ordering {
    let rank = |value: &Value| match value {
        Value::Null => 1,
        Value::Unknown(_) => 2,
        _ => 0,
    };
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Number(a), Value::Number(b)) => a.cmp(b),
        (Value::String(a), Value::String(b)) => a.cmp(b),
        _ => rank(a).cmp(&rank(b)),
    }
}

/// The spelling by which Terraform orders what has no order of its own, such as objects.
fn key(value: &Value, fuel: &Fuel) -> Result<String, Spent> {
    let mut text = String::new();
    if matches!(value.unmarked(), Value::List(_) | Value::Object(_)) {
        spell(value, &mut text, fuel)?;
    }
    Ok(text)
}

fn spell(value: &Value, text: &mut String, fuel: &Fuel) -> Result<(), Spent> {
    fuel.spend(1)?;
    match value.unmarked() {
        Value::Null => text.push('~'),
        Value::Bool(truth) => text.push(if *truth { 'T' } else { 'F' }),
        Value::Number(number) => text.push_str(&number_text(*number)),
        Value::String(inner) => {
            fuel.spend_text(inner.len())?;
            text.push_str(&format!("{inner:?}"));
        }
        Value::List(items) => {
            let (open, close) = if items.is_tuple() { ('<', '>') } else { ('[', ']') };
            text.push(open);
            for item in items {
                spell(item, text, fuel)?;
                text.push(';');
            }
            text.push(close);
        }
        Value::Object(object) => {
            let mut entries = object.entries();
            entries.sort_by(|(a, _), (b, _)| a.cmp(b));
            text.push(if object.is_map() { '{' } else { '<' });
            for (name, value) in entries {
                if object.is_map() {
                    text.push_str(&format!("{name:?}:"));
                }
                spell(&value, text, fuel)?;
                text.push(';');
            }
            text.push(if object.is_map() { '}' } else { '>' });
        }
        Value::Unknown(_) | Value::Sensitive(_) => text.push('?'),
    }
    Ok(())
}
