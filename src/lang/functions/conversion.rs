//! Conversions between types.

use super::{Call, Failed, Function, pure};
use crate::lang::convert;
use crate::model::{Type, Value};

pub(super) const ALL: &[Function] = &[
    pure("tobool", "value", 1, Some(1), |call| primitive(call, &Type::Bool, convert::to_bool)).sees_nulls(),
    pure("tolist", "list", 1, Some(1), |call| collection(call, Type::list)).sees_nulls().keeps_marks(),
    pure("tomap", "object", 1, Some(1), |call| collection(call, Type::map)).sees_nulls().keeps_marks(),
    pure("tonumber", "value", 1, Some(1), |call| primitive(call, &Type::Number, convert::to_number)).sees_nulls(),
    pure("toset", "list", 1, Some(1), |call| collection(call, Type::set)).sees_nulls(),
    pure("tostring", "value", 1, Some(1), |call| primitive(call, &Type::String, convert::to_text)).sees_nulls(),
];

fn primitive(call: &Call<'_>, kind: &Type, convert: fn(&Value) -> Result<Value, String>) -> Result<Value, Failed> {
    let value = convert(&call.arguments[0]).map_err(|reason| call.fail(0, reason))?;
    if call.is_stanza() || value.as_unknown().is_none() { Ok(value) } else { call.converted(0, kind) }
}

fn collection(call: &Call<'_>, of: fn(Type) -> Type) -> Result<Value, Failed> {
    if !call.is_stanza() {
        return call.converted(0, &of(Type::Dynamic));
    }
    if call.arguments[0].is_null() || call.arguments[0].as_unknown().is_some() {
        return Ok(call.arguments[0].clone());
    }
    // Stanzas know no types: a list stays one, and a set is a list in order.
    match of(Type::Dynamic) {
        Type::Map(_) => {
            let (names, values): (Vec<_>, Vec<_>) = call.object(0)?.entries().into_iter().unzip();
            let (values, _) = call.make_alike(0, &values)?;
            Ok(Value::Object(names.into_iter().zip(values).collect()))
        }
        Type::Set(_) => call.set_of(Type::Dynamic, call.alike(0)?.0),
        _ => call.alike(0).map(|(items, _)| Value::from(items)),
    }
}
