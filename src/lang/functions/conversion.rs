//! Conversions between types.

use super::{Failed, Function, pure};
use crate::lang::convert;
use crate::lang::sets::set;
use crate::model::Value;

pub(super) const ALL: &[Function] = &[
    pure("tobool", "value", 1, Some(1), |call| {
        convert::to_bool(&call.arguments[0]).map_err(|reason| call.fail(0, reason))
    })
    .sees_nulls(),
    pure("tolist", "list", 1, Some(1), |call| match &call.arguments[0] {
        value @ (Value::Null | Value::Unknown(_)) => Ok(value.clone()),
        _ => call.alike(0).map(Value::from),
    })
    .sees_nulls()
    .keeps_marks(),
    pure("tomap", "object", 1, Some(1), |call| match &call.arguments[0] {
        value @ (Value::Null | Value::Unknown(_)) => Ok(value.clone()),
        _ => {
            let (names, values): (Vec<_>, Vec<_>) = call.object(0)?.entries().into_iter().unzip();
            let values = call.make_alike(0, &values)?;
            Ok(Value::Object(names.into_iter().zip(values).collect()))
        }
    })
    .sees_nulls()
    .keeps_marks(),
    pure("tonumber", "value", 1, Some(1), |call| {
        convert::to_number(&call.arguments[0]).map_err(|reason| call.fail(0, reason))
    })
    .sees_nulls(),
    pure("toset", "list", 1, Some(1), |call| match &call.arguments[0] {
        value @ (Value::Null | Value::Unknown(_)) => Ok(value.clone()),
        _ => set(call.alike(0)?, call.fuel).map(Value::from).map_err(Failed::from),
    })
    .sees_nulls(),
    pure("tostring", "value", 1, Some(1), |call| {
        convert::to_text(&call.arguments[0]).map_err(|reason: String| -> Failed { call.fail(0, reason) })
    })
    .sees_nulls(),
];
