//! Functions of lists.

use rust_decimal::Decimal;
use unicode_segmentation::UnicodeSegmentation as _;

use super::gives::same_list;
use super::{Call, Failed, Function, Gives, pure};
use crate::lang::eval::equal;
use crate::lang::fuel::{MAX_ELEMENTS, Spent};
use crate::lang::marks::unknown_part;
use crate::lang::{convert, unify};
use crate::model::{Type, Value};

pub(super) const ALL: &[Function] = &[
    pure("chunklist", "list, size", 2, Some(2), |call| {
        let ((items, element), size) = (call.elements(0)?, call.count(1)?);
        let chunks = items.chunks(if size == 0 { items.len().max(1) } else { size });
        let chunks = chunks.map(|chunk| call.list_of(element.clone(), chunk.to_vec())).collect();
        Ok(call.list_of(Type::list(element), chunks))
    })
    .gives(Gives::Like(|of| Type::list(same_list(of))))
    .keeps_marks(),
    pure("coalescelist", "list, …", 1, None, coalescelist).sees_nulls().keeps_marks(),
    pure("compact", "list", 1, Some(1), compact).gives(Gives::Texts),
    pure("concat", "list, …", 1, None, concat).keeps_marks(),
    pure("contains", "list, value", 2, Some(2), contains).gives(Gives::Bool),
    pure("element", "list, index", 2, Some(2), element).gives(Gives::Element).keeps_marks(),
    pure("flatten", "list", 1, Some(1), flatten).keeps_marks(),
    pure("index", "list, value", 2, Some(2), |call| {
        for (at, item) in call.sequence(0)?.iter().enumerate() {
            match equal(item, &call.arguments[1], call.dialect, call.fuel)? {
                equality if equality.truth == Some(true) => return Ok(Value::from(at as i64)),
                equality if equality.truth.is_none() => return Ok(equality.into_value(true)),
                _ => {}
            }
        }
        Err(call.fail(1, "the list has no such element"))
    })
    .gives(Gives::Number),
    pure("length", "list", 1, Some(1), |call| match &call.arguments[0] {
        // Unknown elements may turn out to be equal.
        Value::List(items) if items.is_set() && items.len() > 1 => match unknown_part(&call.arguments[0], call.fuel)? {
            Some(unknown) => Ok(unknown),
            None => Ok(Value::from(items.len() as i64)),
        },
        Value::List(items) => Ok(Value::from(items.len() as i64)),
        Value::Object(object) => Ok(Value::from(object.len() as i64)),
        Value::String(text) => Ok(Value::from(text.graphemes(true).count() as i64)),
        other => Err(call.fail(0, format!("a {} has no length", other.kind()))),
    })
    .gives(Gives::Number)
    .keeps_marks(),
    pure("matchkeys", "values, keys, searched", 3, Some(3), matchkeys),
    pure("one", "list", 1, Some(1), |call| match &**call.list(0)? {
        [] => Ok(Value::Null),
        [only] => Ok(only.clone()),
        _ => Err(call.fail(0, "the list has more than one element")),
    })
    .gives(Gives::Element)
    .keeps_marks(),
    pure("range", "[start,] limit[, step]", 1, Some(3), range).gives(Gives::Numbers),
    pure("reverse", "list", 1, Some(1), |call| {
        let items = call.list(0)?;
        Ok(call.like(items, items.iter().rev().cloned().collect()))
    })
    .gives(Gives::Like(same_list))
    .keeps_marks(),
    pure("slice", "list, start, end", 3, Some(3), |call| {
        let (items, start, end) = (call.sequence(0)?, call.count(1)?, call.count(2)?);
        match items.get(start..end) {
            Some(part) => Ok(call.like(items, part.to_vec())),
            None => Err(call.fail(2, format!("{start} to {end} is no part of a list of {}", items.len()))),
        }
    })
    .gives(Gives::Like(same_list))
    .keeps_marks(),
    pure("sort", "list", 1, Some(1), |call| match call.texts(0)? {
        Ok(mut texts) => {
            texts.sort();
            call.made_list(texts)
        }
        Err(Value::Null) => Ok(Value::Null),
        // How many there are is known, which one stands where is not.
        Err(unknown) => {
            let unknown = call.unknown_of(&Type::String, unknown);
            Ok(call.list_of(Type::String, vec![unknown; call.list(0)?.len()]))
        }
    })
    .gives(Gives::Texts),
];

fn coalescelist(call: &Call<'_>) -> Result<Value, Failed> {
    for (at, argument) in call.arguments.iter().enumerate() {
        match argument.unmarked() {
            Value::Null => {}
            Value::List(items) if items.is_set() => return Err(call.fail(at, "a list is needed, not a set")),
            Value::List(items) if items.is_empty() => {}
            Value::List(_) | Value::Unknown(_) => return Ok(argument.clone()),
            _ => return Err(call.fail(at, "a list is needed")),
        }
    }
    if call.is_stanza() { Ok(Value::Null) } else { Err(Failed::new("no argument is a list with elements")) }
}

/// Lists make a list, tuples a tuple.
fn concat(call: &Call<'_>) -> Result<Value, Failed> {
    let mut all = Vec::new();
    let mut kinds = Vec::new();
    for at in 0..call.arguments.len() {
        let items = call.sequence(at)?;
        call.fuel.spend(items.len())?;
        kinds.push(items.declared().and_then(Type::element));
        all.extend_from_slice(items);
    }
    let kinds: Option<Vec<Type>> = kinds.into_iter().map(|kind| kind.cloned()).collect();
    match kinds.and_then(unify::unified) {
        Some(element) => {
            let all: Result<Vec<Value>, Spent> =
                all.iter().map(|item| unify::in_common(item, &element, call.fuel)).collect();
            Ok(call.list_of(element, all?))
        }
        None => Ok(Value::from(all)),
    }
}

fn compact(call: &Call<'_>) -> Result<Value, Failed> {
    let mut texts = Vec::new();
    for item in call.list(0)?.iter() {
        match convert::to_text(item).map_err(|reason| call.fail(0, reason))? {
            Value::String(text) if !text.is_empty() => texts.push(text),
            unknown @ Value::Unknown(_) => return Ok(unknown),
            _ => {}
        }
    }
    call.made_list(texts)
}

fn contains(call: &Call<'_>) -> Result<Value, Failed> {
    let mut unknown = None;
    for item in call.list(0)?.iter() {
        let equality = equal(item, &call.arguments[1], call.dialect, call.fuel)?;
        match equality.truth {
            Some(true) => return Ok(Value::Bool(true)),
            Some(false) => {}
            None => unknown = unknown.or(Some(equality.into_value(true))),
        }
    }
    Ok(unknown.unwrap_or(Value::Bool(false)))
}

/// Beyond the end it starts again; in stanzas before the start, too: -1 is the last.
fn element(call: &Call<'_>) -> Result<Value, Failed> {
    let (items, at) = (call.sequence(0)?, call.integer(1)?);
    if at < 0 && !call.is_stanza() {
        return Err(call.fail(1, "the index is negative"));
    }
    match i64::try_from(items.len()) {
        Ok(length) if length > 0 => Ok(items[at.rem_euclid(length) as usize].clone()),
        _ if call.is_stanza() => Ok(Value::Null),
        _ => Err(call.fail(0, "the list is empty")),
    }
}

fn flatten(call: &Call<'_>) -> Result<Value, Failed> {
    let items = call.list(0)?;
    // An unknown element may turn out to be a list of any length; only types tell that it will not.
    let is_open = |item: &&Value| item.as_unknown().is_some_and(|unknown| !is_single(&unknown.kind));
    if let Some(unknown) = items.iter().find(is_open) {
        return Ok(call.unknown_of(&Type::Dynamic, unknown.clone()));
    }
    let mut flat = Vec::new();
    flatten_into(call, items, &mut flat)?;
    match flat.iter().find(is_open) {
        Some(unknown) if !call.is_stanza() => Ok(call.unknown_of(&Type::Dynamic, unknown.clone())),
        _ => Ok(Value::from(flat)),
    }
}

/// Whether a value of this type is surely no list.
fn is_single(kind: &Type) -> bool {
    !matches!(kind, Type::Dynamic | Type::List(_) | Type::Set(_) | Type::Tuple(_))
}

fn flatten_into(call: &Call<'_>, items: &[Value], flat: &mut Vec<Value>) -> Result<(), Failed> {
    for item in items {
        call.fuel.spend(1)?;
        match item {
            Value::List(inner) => flatten_into(call, inner, flat)?,
            Value::Sensitive(inner) if inner.as_list().is_some() => {
                let marked: Vec<Value> =
                    inner.as_list().unwrap_or_default().iter().map(|item| item.clone().sensitive()).collect();
                flatten_into(call, &marked, flat)?;
            }
            _ => flat.push(item.clone()),
        }
    }
    Ok(())
}

/// The values whose key, at the same place, is one of those searched for.
fn matchkeys(call: &Call<'_>) -> Result<Value, Failed> {
    let ((values, element), keys, searched) = (call.elements(0)?, call.list(1)?, call.list(2)?);
    if values.len() != keys.len() {
        return Err(call.fail(1, "the lists differ in length"));
    }
    let (alike, _) = call.make_alike(2, &[&**keys, &**searched].concat())?;
    let (keys, searched) = alike.split_at(keys.len());
    let mut kept = Vec::new();
    for (value, key) in values.iter().zip(keys) {
        for wanted in searched {
            let equality = equal(key, wanted, call.dialect, call.fuel)?;
            if equality.truth.is_none() {
                return Ok(call.unknown_of(&Type::list(element), equality.into_value(true)));
            }
            if equality.truth == Some(true) {
                kept.push(value.clone());
                break;
            }
        }
    }
    Ok(call.list_of(element, kept))
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
        return Err(Failed::new("the step does not lead from start to limit"));
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
    Ok(call.list_of(Type::Number, items))
}
