//! Amounts for people: `money(1234.5)` is `$1,234.50`.

use super::{Function, pure};
use crate::lang::Dialect;
use crate::model::{Value, amount};

pub(super) const ALL: &[Function] = &[pure("money", "amount", 1, Some(1), |call| {
    Ok(Value::from(amount::money(call.number(0)?, call.host.currency()).as_str()))
})
.only_in(Dialect::Stanza)];
