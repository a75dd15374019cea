//! Sets, which are lists without doubles, in order.

use super::{Call, Failed, Function, pure};
use crate::lang::fuel::{Fuel, MAX_ELEMENTS, Spent};
use crate::lang::sets::{contains, distinct};
use crate::model::{Type, Value};

pub(super) const ALL: &[Function] = &[
    pure("distinct", "list", 1, Some(1), |call| {
        let (items, element) = call.alike(0)?;
        match items.iter().find(|item| item.as_unknown().is_some()) {
            Some(unknown) => Ok(call.unknown_of(&Type::list(element), unknown.clone())),
            None => Ok(call.list_of(element, distinct(items, call.fuel)?)),
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
    let (mut rest, element) = call.make_alike(0, &all)?;
    if let Some(unknown) = rest.iter().find(|item| item.as_unknown().is_some()) {
        return Ok(call.unknown_of(&Type::set(element), unknown.clone()));
    }
    let mut sets = Vec::new();
    for length in lengths {
        let tail = rest.split_off(length);
        sets.push(std::mem::replace(&mut rest, tail));
    }
    let items = combine(&sets, call.fuel)?;
    call.set_of(element, items)
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

/// All combinations of an element of each set.
fn product(call: &Call<'_>) -> Result<Value, Failed> {
    let mut rows: Vec<Vec<Value>> = vec![Vec::new()];
    let mut kinds = Vec::new();
    let mut is_set = true;
    for at in 0..call.arguments.len() {
        is_set &= call.list(at)?.is_set();
        let (items, kind) = call.elements(at)?;
        kinds.push(kind);
        if rows.len().saturating_mul(items.len()) > MAX_ELEMENTS {
            return Err(call.fail(at, format!("more than {MAX_ELEMENTS} combinations")));
        }
        let with = |row: &Vec<Value>, item: &Value| {
            let mut longer = row.clone();
            longer.push(item.clone());
            longer
        };
        rows = rows.iter().flat_map(|row| items.iter().map(|item| with(row, item))).collect();
        call.fuel.spend(rows.len() * (at + 1))?;
    }
    let rows = rows.into_iter().map(Value::from).collect();
    if is_set { call.set_of(Type::tuple(kinds), rows) } else { Ok(call.list_of(Type::tuple(kinds), rows)) }
}
