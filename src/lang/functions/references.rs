//! `ref`, `refs` and `referrers`: the resources around the one at hand.

use smol_str::SmolStr;

use super::{Call, Failed, Function, Nulls};
use crate::model::Value;

pub(super) const ALL: &[Function] = &[
    following("ref", 1, None, |call| Ok(targets(call)?.into_iter().next().unwrap_or(Value::Null))),
    following("refs", 1, None, |call| Ok(Value::from(targets(call)?))),
    following("referrers", 2, Some(2), |call| Ok(Value::from(call.host.referrers(&call.text(0)?, &call.text(1)?)))),
];

const fn following(
    name: &'static str,
    least: usize,
    most: Option<usize>,
    run: fn(&Call<'_>) -> Result<Value, Failed>,
) -> Function {
    Function { name, least, most, nulls: Nulls::Travel, follows_references: true, run }
}

fn targets(call: &Call<'_>) -> Result<Vec<Value>, Failed> {
    let kinds: Result<Vec<SmolStr>, Failed> = (1..call.arguments.len()).map(|at| call.text(at)).collect();
    Ok(call.host.targets(&call.text(0)?, &kinds?))
}
