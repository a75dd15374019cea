//! Functions that choose: fallbacks, and questions about truth.

use super::{Call, Failed, Function, Gives, Kind, pure};
use crate::lang::{convert, unify};
use crate::model::Value;

pub(super) const ALL: &[Function] = &[
    pure("alltrue", "list", 1, Some(1), |call| truths(call, true)).gives(Gives::Bool),
    pure("anytrue", "list", 1, Some(1), |call| truths(call, false)).gives(Gives::Bool),
    lazy("can", "expression", 1, Some(1), Kind::Can),
    Function { kind: Kind::Coalesce, ..pure("coalesce", "value, …", 1, None, coalesce).sees_nulls().keeps_marks() },
    lazy("known", "value, fallback", 2, Some(2), Kind::Known),
    lazy("try", "expression, …, fallback", 1, None, Kind::Try),
];

/// A function that the evaluator itself performs, since its arguments may fail.
const fn lazy(name: &'static str, parameters: &'static str, least: usize, most: Option<usize>, kind: Kind) -> Function {
    let mut function = pure(name, parameters, least, most, |call| {
        Err(Failed::new(format!("`{}` cannot be called on values", call.name)))
    });
    function.kind = kind;
    function
}

/// The first that is neither null nor empty text; an unknown one before it decides.
fn coalesce(call: &Call<'_>) -> Result<Value, Failed> {
    let found = call.arguments.iter().find(|value| !value.is_null() && value.as_str() != Some(""));
    match found {
        Some(value) if call.is_stanza() => Ok(value.clone()),
        Some(value) => {
            let kind = unify::common(call.arguments, call.fuel)?;
            let kind = kind.ok_or_else(|| Failed::new("the arguments have no common type"))?;
            Ok(unify::in_common(value, &kind, call.fuel)?)
        }
        None if call.is_stanza() => Ok(Value::Null),
        None => Err(Failed::new("every argument is null or empty")),
    }
}

fn truths(call: &Call<'_>, all: bool) -> Result<Value, Failed> {
    let mut unknown = None;
    for item in call.list(0)?.iter() {
        match convert::to_bool(item).map_err(|reason| call.fail(0, reason))? {
            // Null counts as false.
            Value::Null if all => return Ok(Value::Bool(false)),
            Value::Bool(truth) if truth != all => return Ok(Value::Bool(!all)),
            Value::Null | Value::Bool(_) => {}
            other => unknown = unknown.or(Some(other)),
        }
    }
    Ok(unknown.unwrap_or(Value::Bool(all)))
}
