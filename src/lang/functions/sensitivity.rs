//! Sensitivity marks, in modules only: a stanza can neither hide nor reveal anything.

use super::{Function, Gives, Marks, pure};
use crate::lang::Dialect;
use crate::model::Value;

pub(super) const ALL: &[Function] = &[
    // No value at hand is ephemeral: such values stand in no plan.
    looking(pure("ephemeralasnull", "value", 1, Some(1), |call| Ok(call.arguments[0].clone()))),
    looking(
        pure("issensitive", "value", 1, Some(1), |call| {
            let value = &call.arguments[0];
            Ok(if value.as_unknown().is_some() { value.clone() } else { Value::Bool(value.is_sensitive()) })
        })
        .gives(Gives::Bool),
    ),
    looking(pure("nonsensitive", "value", 1, Some(1), |call| Ok(call.arguments[0].unmarked().clone()))),
    looking(pure("sensitive", "value", 1, Some(1), |call| Ok(call.arguments[0].clone().sensitive()))),
];

const fn looking(mut function: Function) -> Function {
    function.marks = Marks::Seen;
    function.sees_nulls().only_in(Dialect::Terraform)
}
