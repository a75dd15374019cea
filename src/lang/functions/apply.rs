//! What nobody knows before a plan is applied: the clock, chance, and what providers compute.

use super::{Call, Failed, Function, Outside, pure};
use crate::lang::Dialect;
use crate::model::Value;

pub(super) const ALL: &[Function] = &[
    pure("bcrypt", "text, [cost]", 1, Some(2), unknown).sees(Outside::Chance),
    pure("plantimestamp", "", 0, Some(0), |call| {
        let time = call.host.plan_time();
        Ok(time.map_or_else(|| Value::unknown("plantimestamp()"), Value::String))
    })
    .sees(Outside::Clock),
    // No cost depends on a decrypted secret: it is not worth an implementation of RSA.
    pure("rsadecrypt", "ciphertext, private_key", 2, Some(2), unknown).only_in(Dialect::Terraform),
    pure("timestamp", "", 0, Some(0), unknown).sees(Outside::Clock),
    pure("uuid", "", 0, Some(0), unknown).sees(Outside::Chance),
];

/// Any function of a provider. Its first argument is its whole name.
pub(in crate::lang) static OF_PROVIDER: Function =
    pure("provider", "name, …", 1, None, |call| Ok(Value::unknown(format!("{}(…)", call.text(0)?)))).sees_nulls();

fn unknown(call: &Call<'_>) -> Result<Value, Failed> {
    Ok(Value::unknown(format!("{}()", call.name)))
}
