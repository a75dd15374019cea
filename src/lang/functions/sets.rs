//! Sets, which are lists without doubles, in order.

use std::cmp::Ordering;

use super::{Call, Failed, Function, pure};
use crate::lang::eval::equal;
use crate::lang::fuel::{Fuel, MAX_ELEMENTS, Spent};
use crate::model::Value;

pub(super) const ALL: &[Function] = &[
    pure("distinct", "list", 1, Some(1), |call| {
        let items = call.alike(0)?;
        match items.iter().find(|item| item.as_unknown().is_some()) {
            Some(unknown) => Ok(unknown.clone()),
            None => distinct(items, call.fuel).map(Value::from).map_err(Failed::from),
        }
    }),
    pure("setintersection", "set, …", 1, None, |call| {
        combined(call, |sets, fuel| {
            let (first, rest) = sets.split_first().expect("at least one argument");
            kept(first, fuel, |item| rest.iter().try_fold(true, |all, set| Ok(all && contains(set, item, fuel)?)))
        })
    }),
    pure("setproduct", "set, …", 2, None, product).keeps_marks(),
    pure("setsubtract", "set, taken", 2, Some(2), |call| {
        combined(call, |sets, fuel| kept(&sets[0], fuel, |item| Ok(!contains(&sets[1], item, fuel)?)))
    }),
    pure("setunion", "set, …", 1, None, |call| combined(call, |sets, _| Ok(sets.concat()))),
];

/// A set of values: sorted, without doubles; unknown ones stand last.
pub(super) fn set(call: &Call<'_>, mut items: Vec<Value>) -> Result<Vec<Value>, Failed> {
    // Sorting compares each pair a few times.
    call.fuel.spend(items.len() * 4)?;
    items.sort_by(|a, b| order(a, b, 0));
    distinct(items, call.fuel).map_err(Failed::from)
}

/// Combines the arguments as sets of one type.
fn combined(
    call: &Call<'_>,
    combine: impl Fn(&[Vec<Value>], &Fuel) -> Result<Vec<Value>, Spent>,
) -> Result<Value, Failed> {
    let mut lengths = Vec::new();
    let mut all = Vec::new();
    for at in 0..call.arguments.len() {
        let items = call.list(at)?;
        lengths.push(items.len());
        all.extend_from_slice(items);
    }
    let mut rest = call.make_alike(0, &all)?;
    if let Some(unknown) = rest.iter().find(|item| item.as_unknown().is_some()) {
        return Ok(unknown.clone());
    }
    let mut sets = Vec::new();
    for length in lengths {
        let tail = rest.split_off(length);
        sets.push(std::mem::replace(&mut rest, tail));
    }
    let items = combine(&sets, call.fuel)?;
    set(call, items).map(Value::from)
}

fn kept(items: &[Value], fuel: &Fuel, is_kept: impl Fn(&Value) -> Result<bool, Spent>) -> Result<Vec<Value>, Spent> {
    let mut result = Vec::new();
    for item in items {
        fuel.spend(1)?;
        if is_kept(item)? {
            result.push(item.clone());
        }
    }
    Ok(result)
}

fn contains(items: &[Value], wanted: &Value, fuel: &Fuel) -> Result<bool, Spent> {
    for item in items {
        if equal(item, wanted, fuel)?.truth == Some(true) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Without doubles, the first of each kept.
fn distinct(items: Vec<Value>, fuel: &Fuel) -> Result<Vec<Value>, Spent> {
    let mut texts = std::collections::HashSet::new();
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

/// The order of elements in a set: false, true; numbers; texts by their bytes; null and unknown last.
fn order(a: &Value, b: &Value, depth: usize) -> Ordering {
    // What is nested deeper has no order that anyone could rely on.
    const DEEPEST: usize = 4;
    match (a, b) {
        (Value::Bool(a), Value::Bool(b)) => a.cmp(b),
        (Value::Number(a), Value::Number(b)) => a.cmp(b),
        (Value::String(a), Value::String(b)) => a.cmp(b),
        (Value::List(a), Value::List(b)) if depth < DEEPEST => {
            let pairs = a.iter().zip(b.iter()).map(|(a, b)| order(a, b, depth + 1));
            pairs.fold(Ordering::Equal, Ordering::then).then(a.len().cmp(&b.len()))
        }
        (Value::Object(a), Value::Object(b)) if depth < DEEPEST => {
            let sorted = |object: &crate::model::Object| {
                let mut entries = object.entries();
                entries.sort_by(|(a, _), (b, _)| a.cmp(b));
                entries
            };
            let (a, b) = (sorted(a), sorted(b));
            let pairs = a.iter().zip(&b).map(|(a, b)| a.0.cmp(&b.0).then_with(|| order(&a.1, &b.1, depth + 1)));
            pairs.fold(Ordering::Equal, Ordering::then).then(a.len().cmp(&b.len()))
        }
        _ => rank(a).cmp(&rank(b)),
    }
}

fn rank(value: &Value) -> u8 {
    match value {
        Value::Bool(_) => 0,
        Value::Number(_) => 1,
        Value::String(_) => 2,
        Value::List(_) => 3,
        Value::Object(_) => 4,
        Value::Null => 5,
        Value::Unknown(_) | Value::Sensitive(_) => 6,
    }
}

/// All combinations of an element of each set.
fn product(call: &Call<'_>) -> Result<Value, Failed> {
    let mut rows: Vec<Vec<Value>> = vec![Vec::new()];
    for at in 0..call.arguments.len() {
        let items = call.list(at)?;
        if rows.len().saturating_mul(items.len()) > MAX_ELEMENTS {
            return Err(call.fail(at, format!("more than {MAX_ELEMENTS} combinations")));
        }
        let with = |row: &Vec<Value>, item: &Value| {
            let mut longer = row.clone();
            longer.push(item.clone());
            longer
        };
        rows = rows.iter().flat_map(|row| items.iter().map(move |item| with(row, item))).collect();
        call.fuel.spend(rows.len() * (at + 1))?;
    }
    Ok(Value::from(rows.into_iter().map(Value::from).collect::<Vec<_>>()))
}
