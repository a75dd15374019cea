//! Functions of objects.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::{Call, Failed, Function, pure};
use crate::lang::convert;
use crate::model::{Object, Value};

pub(super) const ALL: &[Function] = &[
    pure("keys", "object", 1, Some(1), |call| {
        let mut names = call.object(0)?.names();
        names.sort();
        Ok(Value::from(names.into_iter().map(Value::String).collect::<Vec<_>>()))
    })
    .keeps_marks(),
    pure("lookup", "object, key[, fallback]", 2, Some(3), lookup).sees_nulls().keeps_marks(),
    pure("merge", "object, …", 0, None, merge).sees_nulls().keeps_marks(),
    pure("transpose", "object", 1, Some(1), transpose),
    pure("values", "object", 1, Some(1), |call| {
        let mut entries = call.object(0)?.entries();
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(Value::from(entries.into_iter().map(|(_, value)| value).collect::<Vec<_>>()))
    })
    .keeps_marks(),
    pure("zipmap", "keys, values", 2, Some(2), zipmap).keeps_marks(),
];

fn lookup(call: &Call<'_>) -> Result<Value, Failed> {
    let fallback = call.arguments.get(2);
    if let Some(at) = call.arguments[..2].iter().position(Value::is_null) {
        return match fallback {
            _ if !call.is_stanza() => Err(call.fail(at, "null")),
            Some(fallback) => Ok(fallback.clone()),
            None => Ok(Value::Null),
        };
    }
    if let Some(unknown) = call.arguments[..2].iter().find(|value| value.as_unknown().is_some()) {
        return Ok(unknown.clone());
    }
    match (call.object(0)?.get(&call.text(1)?), fallback) {
        (Some(value), _) => Ok(value),
        (None, Some(fallback)) => Ok(fallback.clone()),
        (None, None) if call.is_stanza() => Ok(Value::Null),
        (None, None) => Err(call.fail(1, "the object has no such key")),
    }
}

/// Later objects win; null ones count as empty.
fn merge(call: &Call<'_>) -> Result<Value, Failed> {
    let mut all: IndexMap<SmolStr, Value> = IndexMap::new();
    for (at, argument) in call.arguments.iter().enumerate() {
        if argument.as_unknown().is_some() {
            return Ok(argument.clone());
        }
        if !argument.is_null() {
            let entries = call.object(at)?.entries();
            call.fuel.spend(entries.len())?;
            all.extend(entries);
        }
    }
    Ok(Value::Object(Object::from_iter(all)))
}

/// From `{ name = [element] }` to `{ element = [name] }`.
fn transpose(call: &Call<'_>) -> Result<Value, Failed> {
    let mut turned: BTreeMap<SmolStr, Vec<SmolStr>> = BTreeMap::new();
    let mut entries = call.object(0)?.entries();
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (name, value) in entries {
        let items = match value.unmarked() {
            Value::List(items) => items.clone(),
            Value::Unknown(_) => return Ok(value),
            _ => return Err(call.fail(0, "the values are lists of texts")),
        };
        call.fuel.spend(items.len())?;
        for item in items.iter() {
            match convert::to_text(item).map_err(|reason| call.fail(0, reason))? {
                Value::String(text) => turned.entry(text).or_default().push(name.clone()),
                unknown @ Value::Unknown(_) => return Ok(unknown),
                _ => return Err(call.fail(0, "an element is null")),
            }
        }
    }
    let texts = |names: Vec<SmolStr>| Value::from(names.into_iter().map(Value::String).collect::<Vec<_>>());
    Ok(Value::Object(turned.into_iter().map(|(name, names)| (name, texts(names))).collect()))
}

fn zipmap(call: &Call<'_>) -> Result<Value, Failed> {
    let (keys, values) = (call.list(0)?, call.list(1)?);
    if keys.len() != values.len() {
        return Err(call.fail(1, "the lists differ in length"));
    }
    let mut is_sensitive = false;
    let mut object = IndexMap::new();
    for (key, value) in keys.iter().zip(values) {
        is_sensitive |= key.is_sensitive();
        match convert::to_text(key.unmarked()).map_err(|_| call.fail(0, "a key is not text"))? {
            Value::String(text) => {
                object.insert(text, value.clone());
            }
            unknown @ Value::Unknown(_) => return Ok(unknown),
            _ => return Err(call.fail(0, "a key is null")),
        }
    }
    Ok(crate::lang::eval::mark(Value::Object(Object::from_iter(object)), is_sensitive))
}
