//! `ref`, `refs` and `referrers`: the resources around the one at hand.

use smol_str::SmolStr;

use super::{Call, Failed, Function, pure};
use crate::lang::Dialect;
use crate::model::Value;

pub(super) const ALL: &[Function] = &[
    following(pure("ref", "\"path\", \"type\", …", 1, None, |call| {
        Ok(targets(call)?.into_iter().next().unwrap_or(Value::Null))
    })),
    following(pure("refs", "\"path\", \"type\", …", 1, None, |call| Ok(Value::from(targets(call)?)))),
    following(pure("referrers", "\"type\", \"path\"", 2, Some(2), |call| {
        Ok(Value::from(call.host.referrers(&call.text(0)?, &call.text(1)?)))
    })),
];

const fn following(mut function: Function) -> Function {
    function.follows_references = true;
    function.only_in(Dialect::Stanza)
}

fn targets(call: &Call<'_>) -> Result<Vec<Value>, Failed> {
    let kinds: Result<Vec<SmolStr>, Failed> = (1..call.arguments.len()).map(|at| call.text(at)).collect();
    Ok(call.host.targets(&call.text(0)?, &kinds?))
}
