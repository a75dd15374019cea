//! YAML in and out.

mod decode;
mod encode;
mod scalar;

use super::{Function, pure};
use crate::lang::Dialect;
use crate::lang::marks::unknown_part;

pub(super) const ALL: &[Function] = &[
    pure("yamldecode", "text", 1, Some(1), |call| {
        let text = call.text(0)?;
        call.fuel.spend(text.len() / 8)?;
        decode::decode(&text, call.fuel).map_err(|reason| call.fail(0, reason))
    })
    .only_in(Dialect::Terraform),
    pure("yamlencode", "value", 1, Some(1), |call| {
        let value = &call.arguments[0];
        match unknown_part(value, call.fuel)? {
            Some(unknown) => Ok(unknown),
            None => call.made(&encode::encode(value, call.fuel)?),
        }
    })
    .sees_nulls()
    .only_in(Dialect::Terraform),
];
