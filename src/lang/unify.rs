//! The common type of several values, as Terraform finds it for lists, sets, maps and conditions.

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::convert;
use super::fuel::{Fuel, Spent};
use crate::model::Value;

/// What values must look like to be of one type.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    /// Null, unknown, or nothing at all.
    Any,
    Bool,
    Number,
    Text,
    List(Box<Shape>),
    Tuple(Vec<Shape>),
    Map(Box<Shape>),
    Object(IndexMap<SmolStr, Shape>),
}

/// The shape that all values can take; `None` if there is none.
pub(super) fn common(values: &[&Value], fuel: &Fuel) -> Result<Option<Shape>, Spent> {
    let shapes: Result<Vec<Shape>, Spent> = values.iter().map(|value| shape(value, fuel)).collect();
    Ok(unified(shapes?))
}

/// The elements in their common shape; `None` if there is none.
pub(super) fn alike(items: &[Value], fuel: &Fuel) -> Result<Option<Vec<Value>>, Spent> {
    let is_alike = |pair: &[Value]| std::mem::discriminant(&pair[0]) == std::mem::discriminant(&pair[1]);
    let is_plain = |item: &Value| matches!(item, Value::String(_) | Value::Number(_) | Value::Bool(_));
    if items.iter().all(is_plain) && items.windows(2).all(is_alike) {
        return Ok(Some(items.to_vec()));
    }
    let shape = common(&items.iter().collect::<Vec<_>>(), fuel)?;
    Ok(shape.map(|shape| items.iter().map(|item| conform(item, &shape)).collect()))
}

fn shape(value: &Value, fuel: &Fuel) -> Result<Shape, Spent> {
    fuel.spend(1)?;
    Ok(match value.unmarked() {
        Value::Null | Value::Unknown(_) | Value::Sensitive(_) => Shape::Any,
        Value::Bool(_) => Shape::Bool,
        Value::Number(_) => Shape::Number,
        Value::String(_) => Shape::Text,
        Value::List(items) => {
            let shapes: Result<Vec<Shape>, Spent> = items.iter().map(|item| shape(item, fuel)).collect();
            Shape::Tuple(shapes?)
        }
        Value::Object(object) => {
            let entries = object.entries();
            let shapes = entries.iter().map(|(name, value)| Ok((name.clone(), shape(value, fuel)?)));
            Shape::Object(shapes.collect::<Result<_, Spent>>()?)
        }
    })
}

fn unified(mut shapes: Vec<Shape>) -> Option<Shape> {
    shapes.retain(|shape| *shape != Shape::Any);
    let Some(first) = shapes.first() else {
        return Some(Shape::Any);
    };
    match first {
        Shape::Bool | Shape::Number | Shape::Text => unified_plain(&shapes),
        Shape::List(_) | Shape::Tuple(_) => unified_lists(shapes),
        _ => unified_objects(shapes),
    }
}

/// Numbers and booleans become text beside text; beside each other there is no common type.
fn unified_plain(shapes: &[Shape]) -> Option<Shape> {
    if shapes.iter().all(|shape| *shape == shapes[0]) {
        return Some(shapes[0].clone());
    }
    let is_plain = |shape: &Shape| matches!(shape, Shape::Bool | Shape::Number | Shape::Text);
    (shapes.iter().all(is_plain) && shapes.contains(&Shape::Text)).then_some(Shape::Text)
}

/// Lists of one length element by element, others with one type for all elements.
fn unified_lists(shapes: Vec<Shape>) -> Option<Shape> {
    let lengths: Vec<Option<usize>> =
        shapes.iter().map(|shape| if let Shape::Tuple(items) = shape { Some(items.len()) } else { None }).collect();
    let is_tuple = lengths[0].is_some() && lengths.iter().all(|length| *length == lengths[0]);
    let mut columns: Vec<Vec<Shape>> = vec![Vec::new(); if is_tuple { lengths[0].unwrap_or(0) } else { 1 }];
    for shape in shapes {
        match shape {
            Shape::Tuple(items) if is_tuple => {
                for (column, item) in columns.iter_mut().zip(items) {
                    column.push(item);
                }
            }
            Shape::Tuple(items) => columns[0].extend(items),
            _ => return None,
        }
    }
    let mut unified_columns: Vec<Shape> = columns.into_iter().map(unified).collect::<Option<_>>()?;
    match is_tuple {
        true => Some(Shape::Tuple(unified_columns)),
        false => Some(Shape::List(Box::new(unified_columns.pop()?))),
    }
}

/// Objects with the same attributes one by one, others as maps with one type for all values.
fn unified_objects(shapes: Vec<Shape>) -> Option<Shape> {
    let Some(Shape::Object(first)) = shapes.first().cloned() else {
        return None;
    };
    let has_same_names = shapes.iter().all(|shape| match shape {
        Shape::Object(other) => other.len() == first.len() && other.keys().all(|name| first.contains_key(name)),
        _ => false,
    });
    let mut columns: IndexMap<SmolStr, Vec<Shape>> = IndexMap::new();
    for shape in shapes {
        let Shape::Object(entries) = shape else { return None };
        for (name, shape) in entries {
            let column = if has_same_names { name } else { SmolStr::default() };
            columns.entry(column).or_default().push(shape);
        }
    }
    if has_same_names {
        let entries = columns.into_iter().map(|(name, column)| Some((name, unified(column)?)));
        return entries.collect::<Option<_>>().map(Shape::Object);
    }
    unified(columns.pop()?.1).map(|shape| Shape::Map(Box::new(shape)))
}

/// A value in a shape that was found for it and others.
pub(super) fn conform(value: &Value, shape: &Shape) -> Value {
    if let Value::Sensitive(inner) = value {
        return conform(inner, shape).sensitive();
    }
    match (value, shape) {
        (Value::Number(_) | Value::Bool(_), Shape::Text) => convert::to_text(value).unwrap_or_else(|_| value.clone()),
        (Value::List(items), Shape::List(item)) => {
            Value::from(items.iter().map(|value| conform(value, item)).collect::<Vec<_>>())
        }
        (Value::List(items), Shape::Tuple(shapes)) => {
            Value::from(items.iter().zip(shapes).map(|(value, shape)| conform(value, shape)).collect::<Vec<_>>())
        }
        (Value::Object(object), Shape::Map(item)) => {
            Value::Object(object.entries().into_iter().map(|(name, value)| (name, conform(&value, item))).collect())
        }
        (Value::Object(object), Shape::Object(shapes)) => {
            let entries = object.entries().into_iter().map(|(name, value)| {
                let value = shapes.get(&name).map_or_else(|| value.clone(), |shape| conform(&value, shape));
                (name, value)
            });
            Value::Object(entries.collect())
        }
        _ => value.clone(),
    }
}
