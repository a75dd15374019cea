//! Functions of numbers.

use rust_decimal::prelude::ToPrimitive as _;
use rust_decimal::{Decimal, MathematicalOps as _};

use super::{Call, Failed, Function, Gives, pure};
use crate::lang::convert;
use crate::model::Value;

pub(super) const ALL: &[Function] = &[
    pure("abs", "number", 1, Some(1), |call| Ok(Value::Number(call.number(0)?.abs()))).gives(Gives::Number),
    pure("ceil", "number", 1, Some(1), |call| Ok(Value::Number(call.number(0)?.ceil()))).gives(Gives::Number),
    pure("floor", "number", 1, Some(1), |call| Ok(Value::Number(call.number(0)?.floor()))).gives(Gives::Number),
    pure("log", "number, base", 2, Some(2), log).gives(Gives::Number),
    pure("max", "number, …", 1, None, |call| extreme(call, |number, best| number > best)).gives(Gives::Number),
    pure("min", "number, …", 1, None, |call| extreme(call, |number, best| number < best)).gives(Gives::Number),
    pure("parseint", "text, base", 2, Some(2), parseint).gives(Gives::Number),
    pure("pow", "number, exponent", 2, Some(2), pow).gives(Gives::Number),
    pure("signum", "number", 1, Some(1), |call| Ok(Value::from(call.integer(0)?.signum()))).gives(Gives::Number),
    pure("sum", "list", 1, Some(1), sum).gives(Gives::Number),
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

/// Rounded to 20 places, so that whole results are whole: `log(1000, 10)` is 3.
fn log(call: &Call<'_>) -> Result<Value, Failed> {
    const PLACES: u32 = 20;
    let (number, base) = (call.number(0)?, call.number(1)?);
    let (Some(top), Some(bottom)) = (number.checked_ln(), base.checked_ln()) else {
        return Err(call.fail(0, "only positive numbers have a logarithm"));
    };
    let quotient = top.checked_div(bottom).ok_or_else(|| call.fail(1, "the base cannot be 1"))?;
    Ok(Value::Number(quotient.round_dp(PLACES).normalize()))
}

fn pow(call: &Call<'_>) -> Result<Value, Failed> {
    let (base, exponent) = (call.number(0)?, call.number(1)?);
    let power = match exponent.is_integer().then(|| exponent.to_i64()).flatten() {
        Some(whole) if whole.unsigned_abs() <= MAX_EXPONENT => base.checked_powi(whole),
        Some(_) => None,
        None if exponent == Decimal::new(5, 1) => base.sqrt(),
        None => base.checked_powd(exponent),
    };
    power.map(|power| Value::Number(power.normalize())).ok_or_else(|| Failed::new("the power does not fit a decimal"))
}

/// More does not fit for any base worth raising.
const MAX_EXPONENT: u64 = 100_000;

/// Whole numbers in bases 2 to 62; letters are one digit up to base 36, small and capital ones differ above.
fn parseint(call: &Call<'_>) -> Result<Value, Failed> {
    let (Value::String(text), base) = (&call.arguments[0], call.integer(1)?) else {
        return Err(call.fail(0, "text is needed"));
    };
    if !(2..=62).contains(&base) {
        return Err(call.fail(1, "the base is a number from 2 to 62"));
    }
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digit = |letter: char| {
        let value = match letter {
            '0'..='9' => letter as i128 - '0' as i128,
            'a'..='z' => letter as i128 - 'a' as i128 + 10,
            'A'..='Z' if base <= 36 => letter as i128 - 'A' as i128 + 10,
            'A'..='Z' => letter as i128 - 'A' as i128 + 36,
            _ => return None,
        };
        (value < i128::from(base)).then_some(value)
    };
    let mut number: i128 = 0;
    for letter in digits.chars() {
        let value = digit(letter).ok_or_else(|| call.fail(0, format!("{letter:?} is no digit in base {base}")))?;
        let next = number.checked_mul(i128::from(base)).and_then(|number| number.checked_add(value));
        number = next.ok_or_else(|| call.fail(0, "the number does not fit a decimal"))?;
    }
    if digits.is_empty() {
        return Err(call.fail(0, "the text is empty"));
    }
    let signed = if text.starts_with('-') { -number } else { number };
    Decimal::try_from_i128_with_scale(signed, 0)
        .map(Value::Number)
        .map_err(|_| call.fail(0, "the number does not fit a decimal"))
}

/// In stanzas nothing sums up to 0, and one figure that is not known leaves the sum not known.
fn sum(call: &Call<'_>) -> Result<Value, Failed> {
    let items = call.list(0)?;
    if items.is_empty() && !call.is_stanza() {
        return Err(call.fail(0, "the list is empty"));
    }
    let mut sum = Decimal::ZERO;
    let mut instead = None;
    for item in items.iter() {
        match convert::to_number(item).map_err(|reason| call.fail(0, reason))? {
            Value::Number(number) => {
                let next = sum.checked_add(number);
                sum = next.ok_or_else(|| Failed::new("the sum does not fit a decimal"))?;
            }
            Value::Null if call.is_stanza() => return Ok(Value::Null),
            Value::Null => return Err(call.fail(0, "an element is null")),
            unknown => instead = instead.or(Some(unknown)),
        }
    }
    Ok(instead.unwrap_or(Value::Number(sum)))
}
