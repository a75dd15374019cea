//! Equality: of whole values, with unknown parts.

use crate::model::Value;

/// Equality of whole values; unknown if an unknown part decides.
pub(super) fn equal(left: &Value, right: &Value) -> Value {
    let (left, right) = (left.unmarked(), right.unmarked());
    match (left, right) {
        (Value::Unknown(unknown), _) | (_, Value::Unknown(unknown)) => Value::Unknown(unknown.clone()),
        (Value::List(a), Value::List(b)) if a.len() == b.len() => {
            all_equal(a.iter().zip(b.iter()).map(|(a, b)| equal(a, b)))
        }
        (Value::Object(a), Value::Object(b)) if a.len() == b.len() => {
            let pairs = a.entries().into_iter().map(|(name, value)| match b.get(&name) {
                Some(other) => equal(&value, &other),
                None => Value::Bool(false),
            });
            all_equal(pairs)
        }
        _ => Value::Bool(left == right),
    }
}

fn all_equal(results: impl Iterator<Item = Value>) -> Value {
    let mut unknown = None;
    for result in results {
        match result {
            Value::Bool(true) => {}
            Value::Bool(false) => return Value::Bool(false),
            other => unknown = Some(other),
        }
    }
    unknown.unwrap_or(Value::Bool(true))
}
