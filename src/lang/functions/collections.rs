//! Functions of lists and objects.

use indexmap::IndexMap;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::{Call, Failed, Function, pure, seeing};
use crate::lang::convert;
use crate::lang::equal::equal;
use crate::model::{Object, Value};

/// How many elements `range` and friends make at most.
const MAX_ELEMENTS: usize = 10_000;

pub(super) const ALL: &[Function] = &[
    pure("alltrue", 1, Some(1), |call| truths(call, true)),
    pure("anytrue", 1, Some(1), |call| truths(call, false)),
    pure("chunklist", 2, Some(2), |call| {
        let size = usize::try_from(call.integer(1)?).map_err(|_| call.fail(1, "the size is not negative"))?;
        let items = call.list(0)?;
        let chunks = items.chunks(if size == 0 { items.len().max(1) } else { size });
        Ok(Value::from(chunks.map(|chunk| Value::from(chunk.to_vec())).collect::<Vec<_>>()))
    }),
    seeing("coalesce", 1, None, coalesce),
    seeing("coalescelist", 1, None, |call| {
        let found = call
            .arguments
            .iter()
            .find(|value| value.as_list().is_none_or(|items| !items.is_empty()) && !value.is_null());
        found.cloned().ok_or_else(|| Failed::new("no argument is a list with elements"))
    }),
    pure("compact", 1, Some(1), |call| {
        let kept = call.list(0)?.iter().filter(|item| !item.is_null() && item.as_str() != Some(""));
        Ok(Value::from(kept.cloned().collect::<Vec<_>>()))
    }),
    pure("concat", 1, None, |call| {
        let mut all = Vec::new();
        for at in 0..call.arguments.len() {
            all.extend_from_slice(call.list(at)?);
        }
        Ok(Value::from(all))
    }),
    pure("contains", 2, Some(2), |call| {
        let mut unknown = None;
        for item in call.list(0)? {
            match equal(item, &call.arguments[1]) {
                Value::Bool(true) => return Ok(Value::Bool(true)),
                Value::Bool(false) => {}
                other => unknown = Some(other),
            }
        }
        Ok(unknown.unwrap_or(Value::Bool(false)))
    }),
    pure("distinct", 1, Some(1), |call| Ok(Value::from(distinct(call.list(0)?)))),
    pure("element", 2, Some(2), |call| {
        let (items, at) = (call.list(0)?, call.integer(1)?);
        if items.is_empty() {
            return if call.is_stanza { Ok(Value::Null) } else { Err(call.fail(0, "the list is empty")) };
        }
        Ok(items[at.rem_euclid(items.len() as i64) as usize].clone())
    }),
    pure("flatten", 1, Some(1), |call| {
        let mut flat = Vec::new();
        flatten(call.list(0)?, &mut flat);
        Ok(Value::from(flat))
    }),
    pure("index", 2, Some(2), |call| {
        let at = call.list(0)?.iter().position(|item| equal(item, &call.arguments[1]) == Value::Bool(true));
        at.map(|at| Value::from(at as i64)).ok_or_else(|| call.fail(1, "the list has no such element"))
    }),
    pure("keys", 1, Some(1), |call| {
        let mut names = call.object(0)?.names();
        names.sort();
        Ok(Value::from(names.into_iter().map(Value::String).collect::<Vec<_>>()))
    }),
    pure("length", 1, Some(1), |call| match &call.arguments[0] {
        Value::List(items) => Ok(Value::from(items.len() as i64)),
        Value::Object(object) => Ok(Value::from(object.len() as i64)),
        Value::String(text) => Ok(Value::from(text.chars().count() as i64)),
        other => Err(call.fail(0, format!("a {} has no length", other.kind()))),
    }),
    seeing("lookup", 2, Some(3), lookup),
    seeing("merge", 0, None, |call| {
        let mut all: IndexMap<SmolStr, Value> = IndexMap::new();
        for (at, argument) in call.arguments.iter().enumerate() {
            if argument.as_unknown().is_some() {
                return Ok(argument.clone());
            }
            if !argument.is_null() {
                all.extend(call.object(at)?.entries());
            }
        }
        Ok(Value::Object(Object::from_iter(all)))
    }),
    pure("one", 1, Some(1), |call| match call.list(0)? {
        [] => Ok(Value::Null),
        [only] => Ok(only.clone()),
        _ => Err(call.fail(0, "the list has more than one element")),
    }),
    pure("range", 1, Some(3), range),
    pure("reverse", 1, Some(1), |call| Ok(Value::from(call.list(0)?.iter().rev().cloned().collect::<Vec<_>>()))),
    pure("setintersection", 1, None, |call| {
        let mut kept = distinct(call.list(0)?);
        for at in 1..call.arguments.len() {
            let other = call.list(at)?;
            kept.retain(|item| other.contains(item));
        }
        Ok(Value::from(kept))
    }),
    pure("setsubtract", 2, Some(2), |call| {
        let taken = call.list(1)?;
        Ok(Value::from(distinct(call.list(0)?).into_iter().filter(|item| !taken.contains(item)).collect::<Vec<_>>()))
    }),
    pure("setunion", 1, None, |call| {
        let mut all = Vec::new();
        for at in 0..call.arguments.len() {
            all.extend_from_slice(call.list(at)?);
        }
        Ok(Value::from(distinct(&all)))
    }),
    pure("slice", 3, Some(3), |call| {
        let items = call.list(0)?;
        let (start, end) = (call.integer(1)?, call.integer(2)?);
        if start < 0 || end < start || end > items.len() as i64 {
            return Err(call.fail(1, format!("{start} to {end} is no part of a list of {}", items.len())));
        }
        Ok(Value::from(items[start as usize..end as usize].to_vec()))
    }),
    pure("sort", 1, Some(1), |call| {
        let texts: Result<Vec<SmolStr>, Failed> = call
            .list(0)?
            .iter()
            .map(|item| match convert::to_text(item.unmarked()) {
                Ok(Value::String(text)) => Ok(text),
                _ => Err(call.fail(0, "an element is not text")),
            })
            .collect();
        let mut texts = texts?;
        texts.sort();
        Ok(Value::from(texts.into_iter().map(Value::String).collect::<Vec<_>>()))
    }),
    pure("tobool", 1, Some(1), |call| convert::to_bool(&call.arguments[0]).map_err(|reason| call.fail(0, reason))),
    pure("tolist", 1, Some(1), |call| Ok(Value::from(call.list(0)?.to_vec()))),
    pure("tomap", 1, Some(1), |call| Ok(Value::Object(call.object(0)?.clone()))),
    pure("tonumber", 1, Some(1), |call| convert::to_number(&call.arguments[0]).map_err(|reason| call.fail(0, reason))),
    pure("toset", 1, Some(1), |call| Ok(Value::from(distinct(call.list(0)?)))),
    pure("tostring", 1, Some(1), |call| convert::to_text(&call.arguments[0]).map_err(|reason| call.fail(0, reason))),
    // The evaluator runs these two itself: they are about the failure of their arguments.
    seeing("can", 1, Some(1), |_| Ok(Value::Bool(true))),
    seeing("try", 1, None, |call| Ok(call.arguments[0].clone())),
    pure("values", 1, Some(1), |call| {
        let mut entries = call.object(0)?.entries();
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(Value::from(entries.into_iter().map(|(_, value)| value).collect::<Vec<_>>()))
    }),
    pure("zipmap", 2, Some(2), |call| {
        let (names, values) = (call.list(0)?, call.list(1)?);
        if names.len() != values.len() {
            return Err(call.fail(1, "the lists differ in length"));
        }
        let name = |value: &Value| value.as_str().map(SmolStr::from).ok_or_else(|| call.fail(0, "a key is not text"));
        let entries: Result<Vec<_>, Failed> =
            names.iter().zip(values).map(|(key, value)| Ok((name(key)?, value.clone()))).collect();
        Ok(Value::Object(entries?.into_iter().collect()))
    }),
    seeing("known", 2, Some(2), |call| {
        let value = &call.arguments[0];
        Ok(if value.is_null() || value.as_unknown().is_some() { call.arguments[1].clone() } else { value.clone() })
    }),
];

/// The first that is neither null nor empty text; an unknown one before it decides.
fn coalesce(call: &Call<'_>) -> Result<Value, Failed> {
    let found = call.arguments.iter().find(|value| !value.is_null() && value.as_str() != Some(""));
    match found {
        Some(value) => Ok(value.clone()),
        None if call.is_stanza => Ok(Value::Null),
        None => Err(Failed::new("every argument is null or empty")),
    }
}

fn lookup(call: &Call<'_>) -> Result<Value, Failed> {
    if let Some(unknown) = call.arguments[..2].iter().find(|value| value.as_unknown().is_some()) {
        return Ok(unknown.clone());
    }
    let fallback = call.arguments.get(2);
    let found = match (&call.arguments[0], &call.arguments[1]) {
        (Value::Null, _) | (_, Value::Null) if call.is_stanza => None,
        _ => call.object(0)?.get(&call.text(1)?),
    };
    match (found, fallback) {
        (Some(value), _) => Ok(value),
        (None, Some(fallback)) => Ok(fallback.clone()),
        (None, None) if call.is_stanza => Ok(Value::Null),
        (None, None) => Err(call.fail(1, "the object has no such key")),
    }
}

fn truths(call: &Call<'_>, all: bool) -> Result<Value, Failed> {
    let mut unknown = None;
    for item in call.list(0)? {
        match convert::to_bool(item.unmarked()).map_err(|reason| call.fail(0, reason))? {
            Value::Bool(truth) if truth != all => return Ok(Value::Bool(!all)),
            Value::Bool(_) => {}
            // Null counts as false.
            Value::Null if all => return Ok(Value::Bool(false)),
            Value::Null => {}
            other => unknown = Some(other),
        }
    }
    Ok(unknown.unwrap_or(Value::Bool(all)))
}

fn distinct(items: &[Value]) -> Vec<Value> {
    let mut kept: Vec<Value> = Vec::with_capacity(items.len());
    for item in items {
        if !kept.contains(item) {
            kept.push(item.clone());
        }
    }
    kept
}

fn flatten(items: &[Value], flat: &mut Vec<Value>) {
    for item in items {
        match item.as_list() {
            Some(inner) => flatten(inner, flat),
            None => flat.push(item.clone()),
        }
    }
}

fn range(call: &Call<'_>) -> Result<Value, Failed> {
    let (start, end) = match call.arguments.len() {
        1 => (Decimal::ZERO, call.number(0)?),
        _ => (call.number(0)?, call.number(1)?),
    };
    let step = match call.arguments.len() {
        3 => call.number(2)?,
        _ if end < start => Decimal::NEGATIVE_ONE,
        _ => Decimal::ONE,
    };
    let is_forward = end >= start;
    if step.is_zero() || (is_forward != step.is_sign_positive() && start != end) {
        return Err(Failed::new("the step does not lead from start to end"));
    }
    let mut items = Vec::new();
    let mut at = start;
    while if is_forward { at < end } else { at > end } {
        if items.len() >= MAX_ELEMENTS {
            return Err(Failed::new(format!("more than {MAX_ELEMENTS} elements")));
        }
        items.push(Value::Number(at));
        at = at.checked_add(step).ok_or_else(|| Failed::new("a number does not fit a decimal"))?;
    }
    Ok(Value::from(items))
}
