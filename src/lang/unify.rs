//! The common type of several types, as Terraform finds it for lists, sets, maps and conditions.

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::conform::{Stopped, converted};
use super::fuel::{Fuel, Spent};
use crate::model::{Type, Value};

/// The type of a value, paid for.
pub(super) fn type_of(value: &Value, fuel: &Fuel) -> Result<Type, Spent> {
    let mut left = fuel.left();
    let kind = value.type_within(&mut left);
    fuel.spend(fuel.left() - left)?;
    kind.ok_or(Spent)
}

/// The type that all values can take; `None` if there is none.
pub(super) fn common<'v>(values: impl IntoIterator<Item = &'v Value>, fuel: &Fuel) -> Result<Option<Type>, Spent> {
    let mut distinct: Vec<Type> = Vec::new();
    for value in values {
        let kind = type_of(value, fuel)?;
        fuel.spend(distinct.len())?;
        if !distinct.contains(&kind) {
            distinct.push(kind);
        }
    }
    Ok(unified(distinct))
}

/// The elements in their common type, and that type; `None` if there is none.
pub(super) fn alike(items: &[Value], fuel: &Fuel) -> Result<Option<(Vec<Value>, Type)>, Spent> {
    let plain = items.first().map_or(Type::Dynamic, plain_type);
    if plain.is_primitive() && items.iter().all(|item| plain_type(item) == plain) {
        return Ok(Some((items.to_vec(), plain)));
    }
    let Some(kind) = common(items, fuel)? else {
        return Ok(None);
    };
    let alike: Result<Vec<Value>, Spent> = items.iter().map(|item| in_common(item, &kind, fuel)).collect();
    Ok(Some((alike?, kind)))
}

/// The type of a value that is a primitive and known; the usual case, and found at no cost.
fn plain_type(value: &Value) -> Type {
    match value {
        Value::Bool(_) => Type::Bool,
        Value::Number(_) => Type::Number,
        Value::String(_) => Type::String,
        _ => Type::Dynamic,
    }
}

/// A value in a type that was found for it and others. What cannot be converted yet stays as it is.
pub(super) fn in_common(value: &Value, kind: &Type, fuel: &Fuel) -> Result<Value, Spent> {
    match converted(value, kind, fuel) {
        Ok(value) => Ok(value),
        Err(Stopped::Spent) => Err(Spent),
        Err(Stopped::Mismatch(_)) => Ok(value.clone()),
    }
}

/// The type that values of all these types can take. What is not known of a type decides nothing.
pub(super) fn unified(mut types: Vec<Type>) -> Option<Type> {
    types.retain(|kind| *kind != Type::Dynamic);
    let Some(first) = types.first() else {
        return Some(Type::Dynamic);
    };
    if types.iter().all(|kind| kind == first) {
        return types.pop();
    }
    match first {
        Type::Bool | Type::Number | Type::String => unified_primitives(&types),
        Type::List(_) | Type::Set(_) | Type::Tuple(_) => unified_lists(types),
        Type::Map(_) | Type::Object(_) => unified_objects(types),
        Type::Dynamic => None,
    }
}

/// Numbers and booleans become text beside text; beside each other there is no common type.
fn unified_primitives(types: &[Type]) -> Option<Type> {
    (types.iter().all(Type::is_primitive) && types.contains(&Type::String)).then_some(Type::String)
}

/// Tuples of one length element by element, others as lists with one type for all elements.
fn unified_lists(types: Vec<Type>) -> Option<Type> {
    if let Some(tuples) = tuples_of_one_length(&types) {
        let column = |at: usize| unified(tuples.iter().map(|tuple| tuple[at].clone()).collect());
        return (0..tuples[0].len()).map(column).collect::<Option<_>>().map(Type::Tuple);
    }
    let is_set = types.iter().any(|kind| matches!(kind, Type::Set(_)))
        && !types.iter().any(|kind| matches!(kind, Type::List(_)));
    let mut elements = Vec::new();
    for kind in types {
        match kind {
            Type::List(element) | Type::Set(element) => elements.push((*element).clone()),
            Type::Tuple(inner) => elements.extend_from_slice(&inner),
            _ => return None,
        }
    }
    let element = unified(elements)?;
    Some(if is_set { Type::set(element) } else { Type::list(element) })
}

fn tuples_of_one_length(types: &[Type]) -> Option<Vec<&[Type]>> {
    let tuples = types.iter().map(|kind| match kind {
        Type::Tuple(elements) => Some(&**elements),
        _ => None,
    });
    let tuples: Vec<&[Type]> = tuples.collect::<Option<_>>()?;
    tuples.windows(2).all(|pair| pair[0].len() == pair[1].len()).then_some(tuples)
}

/// Objects with the same attributes one by one, others as maps with one type for all values.
fn unified_objects(types: Vec<Type>) -> Option<Type> {
    if let Some(columns) = attributes_of_the_same_names(&types) {
        let unified = columns.into_iter().map(|(name, column)| Some((name, unified(column)?)));
        return unified.collect::<Option<Vec<_>>>().map(Type::object);
    }
    let mut elements = Vec::new();
    for kind in types {
        match kind {
            Type::Map(element) => elements.push((*element).clone()),
            Type::Object(attributes) => elements.extend(attributes.values().map(|attribute| attribute.kind.clone())),
            _ => return None,
        }
    }
    unified(elements).map(Type::map)
}

/// The types of each attribute, where all are objects with the same attributes.
fn attributes_of_the_same_names(types: &[Type]) -> Option<IndexMap<SmolStr, Vec<Type>>> {
    let mut columns: IndexMap<SmolStr, Vec<Type>> = IndexMap::new();
    for kind in types {
        let Type::Object(attributes) = kind else { return None };
        for (name, attribute) in attributes.iter() {
            columns.entry(name.clone()).or_default().push(attribute.kind.clone());
        }
    }
    columns.values().all(|column| column.len() == types.len()).then_some(columns)
}
