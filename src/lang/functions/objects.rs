//! Functions of objects.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::{Call, Failed, Function, Gives, pure};
use crate::lang::convert;
use crate::model::{Object, Type, Value};

pub(super) const ALL: &[Function] = &[
    pure("keys", "object", 1, Some(1), |call| {
        let object = call.object(0)?;
        let mut names = object.names();
        names.sort();
        let names = names.into_iter().map(Value::String).collect();
        Ok(if object.is_map() { call.list_of(Type::String, names) } else { Value::from(names) })
    })
    .gives(Gives::Like(|of| if let Type::Map(_) = of { Type::list(Type::String) } else { Type::Dynamic }))
    .keeps_marks(),
    pure("lookup", "object, key[, fallback]", 2, Some(3), lookup).sees_nulls().keeps_marks(),
    pure("merge", "object, …", 0, None, merge).sees_nulls().keeps_marks(),
    pure("transpose", "object", 1, Some(1), transpose),
    pure("values", "object", 1, Some(1), |call| {
        let object = call.object(0)?;
        let mut entries = object.entries();
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        let values = entries.into_iter().map(|(_, value)| value).collect();
        Ok(match object.declared().and_then(Type::element) {
            Some(element) => call.list_of(element.clone(), values),
            None => Value::from(values),
        })
    })
    .gives(Gives::Like(|of| if let Type::Map(element) = of { Type::List(element.clone()) } else { Type::Dynamic }))
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
        return Ok(call.unknown_element(unknown));
    }
    let object = call.object(0)?;
    match (object.get(&call.text(1)?), fallback) {
        (Some(value), _) => Ok(value),
        (None, Some(fallback)) => match object.declared().and_then(Type::element) {
            Some(element) => call.converted(2, element),
            None => Ok(fallback.clone()),
        },
        (None, None) if call.is_stanza() => Ok(Value::Null),
        (None, None) => Err(call.fail(1, "the object has no such key")),
    }
}

/// Later objects win; null ones count as empty.
fn merge(call: &Call<'_>) -> Result<Value, Failed> {
    let mut all: IndexMap<SmolStr, Value> = IndexMap::new();
    let mut kinds = Vec::new();
    for (at, argument) in call.arguments.iter().enumerate() {
        if argument.as_unknown().is_some() {
            return Ok(call.unknown_of(&Type::Dynamic, argument.clone()));
        }
        if !argument.is_null() {
            let object = call.object(at)?;
            let entries = object.entries();
            call.fuel.spend(entries.len())?;
            all.extend(entries);
            kinds.push(object.declared().and_then(Type::element));
        }
    }
    // Maps of one type make a map.
    Ok(match kinds.first() {
        Some(Some(element)) if kinds.iter().all(|kind| *kind == Some(*element)) => call.map_of((*element).clone(), all),
        _ => Value::Object(Object::from(all)),
    })
}

/// From `{ name = [element] }` to `{ element = [name] }`.
fn transpose(call: &Call<'_>) -> Result<Value, Failed> {
    let mut turned: BTreeMap<SmolStr, Vec<SmolStr>> = BTreeMap::new();
    let mut entries = call.object(0)?.entries();
    entries.sort_by(|(a, _), (b, _)| a.cmp(b));
    for (name, value) in entries {
        let items = match value.unmarked() {
            Value::List(items) => items.clone(),
            Value::Unknown(_) => return Ok(call.unknown_of(&Type::map(Type::list(Type::String)), value)),
            _ => return Err(call.fail(0, "the values are lists of texts")),
        };
        call.fuel.spend(items.len())?;
        for item in items.iter() {
            match convert::to_text(item).map_err(|reason| call.fail(0, reason))? {
                Value::String(text) => turned.entry(text).or_default().push(name.clone()),
                unknown @ Value::Unknown(_) => {
                    return Ok(call.unknown_of(&Type::map(Type::list(Type::String)), unknown));
                }
                _ => return Err(call.fail(0, "an element is null")),
            }
        }
    }
    let texts = |names: Vec<SmolStr>| call.list_of(Type::String, names.into_iter().map(Value::String).collect());
    let turned = turned.into_iter().map(|(name, names)| (name, texts(names)));
    Ok(call.map_of(Type::list(Type::String), turned))
}

fn zipmap(call: &Call<'_>) -> Result<Value, Failed> {
    let (keys, values) = (call.list(0)?, call.list(1)?);
    if keys.len() != values.len() {
        return Err(call.fail(1, "the lists differ in length"));
    }
    let mut is_sensitive = false;
    let mut object = IndexMap::new();
    for (key, value) in keys.iter().zip(values.iter()) {
        is_sensitive |= key.is_sensitive();
        match convert::to_text(key.unmarked()).map_err(|_| call.fail(0, "a key is not text"))? {
            Value::String(text) => {
                object.insert(text, value.clone());
            }
            unknown @ Value::Unknown(_) => {
                let kind =
                    values.declared().and_then(Type::element).map_or(Type::Dynamic, |kind| Type::map(kind.clone()));
                return Ok(call.unknown_of(&kind, unknown));
            }
            _ => return Err(call.fail(0, "a key is null")),
        }
    }
    let value = match values.declared().and_then(Type::element) {
        Some(element) => call.map_of(element.clone(), object),
        None => Value::Object(Object::from(object)),
    };
    Ok(crate::lang::eval::mark(value, is_sensitive))
}
