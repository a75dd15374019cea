//! Functions of numbers.

use rust_decimal::Decimal;
use rust_decimal::MathematicalOps as _;
use rust_decimal::prelude::ToPrimitive as _;

use super::{Call, Failed, Function, pure};
use crate::model::Value;

pub(super) const ALL: &[Function] = &[
    pure("abs", 1, Some(1), |call| Ok(Value::Number(call.number(0)?.abs()))),
    pure("ceil", 1, Some(1), |call| Ok(Value::Number(call.number(0)?.ceil()))),
    pure("floor", 1, Some(1), |call| Ok(Value::Number(call.number(0)?.floor()))),
    pure("log", 2, Some(2), log),
    pure("max", 1, None, |call| extreme(call, |number, best| number > best)),
    pure("min", 1, None, |call| extreme(call, |number, best| number < best)),
    pure("parseint", 2, Some(2), parseint),
    pure("pow", 2, Some(2), pow),
    pure("signum", 1, Some(1), |call| {
        let number = call.number(0)?;
        Ok(Value::from(if number.is_zero() {
            0
        } else if number.is_sign_negative() {
            -1
        } else {
            1
        }))
    }),
    pure("sum", 1, Some(1), sum),
];

fn extreme(call: &Call<'_>, is_better: fn(Decimal, Decimal) -> bool) -> Result<Value, Failed> {
    let mut best = call.number(0)?;
    for at in 1..call.arguments.len() {
        let number = call.number(at)?;
        if is_better(number, best) {
            best = number;
        }
    }
    Ok(Value::Number(best))
}

fn log(call: &Call<'_>) -> Result<Value, Failed> {
    let (number, base) = (call.number(0)?, call.number(1)?);
    let (Some(top), Some(bottom)) = (number.checked_ln(), base.checked_ln()) else {
        return Err(call.fail(0, "a logarithm of a number that is not positive"));
    };
    let quotient = top.checked_div(bottom).ok_or_else(|| call.fail(1, "the base cannot be 1"))?;
    Ok(Value::Number(quotient.round_dp(20).normalize()))
}

fn pow(call: &Call<'_>) -> Result<Value, Failed> {
    let (base, exponent) = (call.number(0)?, call.number(1)?);
    let power = match exponent.is_integer().then(|| exponent.to_i64()).flatten() {
        Some(whole) => base.checked_powi(whole),
        None => base.checked_powd(exponent),
    };
    power.map(|power| Value::Number(power.normalize())).ok_or_else(|| Failed::new("the power does not fit a decimal"))
}

fn parseint(call: &Call<'_>) -> Result<Value, Failed> {
    let (text, base) = (call.text(0)?, call.integer(1)?);
    let radix = u32::try_from(base).ok().filter(|radix| (2..=36).contains(radix));
    let radix = radix.ok_or_else(|| call.fail(1, "the base is a number from 2 to 36"))?;
    let number = i128::from_str_radix(&text, radix).map_err(|_| call.fail(0, "not a whole number in that base"))?;
    Decimal::try_from_i128_with_scale(number, 0)
        .map(Value::Number)
        .map_err(|_| call.fail(0, "the number does not fit a decimal"))
}

fn sum(call: &Call<'_>) -> Result<Value, Failed> {
    let items = call.list(0)?;
    if let Some(unknown) = Call::unknown_in(items) {
        return Ok(unknown);
    }
    let mut sum = Decimal::ZERO;
    for item in items {
        let number = crate::lang::convert::to_number(item.unmarked()).map_err(|reason| call.fail(0, reason))?;
        match number.as_number() {
            Some(number) => {
                sum = sum.checked_add(number).ok_or_else(|| Failed::new("the sum does not fit a decimal"))?
            }
            // One figure that is not known leaves the sum not known.
            None if call.is_stanza => return Ok(Value::Null),
            None => return Err(call.fail(0, "an element is null")),
        }
    }
    Ok(Value::Number(sum))
}
