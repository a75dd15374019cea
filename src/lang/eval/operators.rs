//! Arithmetic, comparison and logic.

use std::sync::Arc;

use hcl::edit::expr::BinaryOperator;
use rust_decimal::Decimal;

use super::{Answer, Evaluator, Truth, mark, with_article};
use crate::lang::diagnostics::code;
use crate::lang::expr::Node;
use crate::lang::fuel::{Fuel, Spent};
use crate::lang::{Dialect, conform, convert, unify};
use crate::model::{Problem, Span, Type, Unknown, Value};

/// An operand as a number, or what the result is instead: null or unknown.
type Operand = Result<Decimal, Value>;

impl Evaluator<'_> {
    pub(super) fn binary(&mut self, operator: BinaryOperator, left: &Node, right: &Node, span: Span) -> Answer {
        let (a, b) = (self.node(left)?, self.node(right)?);
        if let (Value::Number(a), Value::Number(b)) = (&a, &b) {
            return self.calculate(operator, *a, *b, span);
        }
        let is_sensitive = a.is_sensitive() || b.is_sensitive();
        let result = match operator {
            BinaryOperator::Eq | BinaryOperator::NotEq => {
                let is_wanted = operator == BinaryOperator::Eq;
                let equality = equal(&a, &b, self.dialect, self.fuel).map_err(|Spent| self.spent(span))?;
                return Ok(self.typed_unknown(equality.into_value(is_wanted), &Type::Bool));
            }
            BinaryOperator::And | BinaryOperator::Or => {
                let (a, b) = (self.truth(&a, left.span)?, self.truth(&b, right.span)?);
                self.typed_unknown(self.logic(operator == BinaryOperator::Or, a, b), &Type::Bool)
            }
            _ => match (self.number(&a, left.span)?, self.number(&b, right.span)?) {
                (Ok(a), Ok(b)) => self.calculate(operator, a, b, span)?,
                // Null stays null, whatever the other one turns out to be.
                (Err(Value::Null), _) | (_, Err(Value::Null)) => Value::Null,
                (Err(unknown), _) | (_, Err(unknown)) => self.typed_unknown(unknown, result_of(operator)),
            },
        };
        Ok(mark(result, is_sensitive))
    }

    fn logic(&self, is_or: bool, a: Truth, b: Truth) -> Value {
        match (a, b) {
            (Truth::Known(a), Truth::Known(b)) => Value::Bool(if is_or { a || b } else { a && b }),
            // One side can decide alone; Terraform does not look at it that way.
            (Truth::Known(known), Truth::Unknown(_)) | (Truth::Unknown(_), Truth::Known(known))
                if known == is_or && self.is_stanza() =>
            {
                Value::Bool(known)
            }
            (Truth::Unknown(unknown), _) | (_, Truth::Unknown(unknown)) => unknown,
        }
    }

    fn calculate(&self, operator: BinaryOperator, a: Decimal, b: Decimal, span: Span) -> Answer {
        let number = match operator {
            BinaryOperator::Eq => return Ok(Value::Bool(a == b)),
            BinaryOperator::NotEq => return Ok(Value::Bool(a != b)),
            BinaryOperator::Less => return Ok(Value::Bool(a < b)),
            BinaryOperator::LessEq => return Ok(Value::Bool(a <= b)),
            BinaryOperator::Greater => return Ok(Value::Bool(a > b)),
            BinaryOperator::GreaterEq => return Ok(Value::Bool(a >= b)),
            BinaryOperator::Plus => a.checked_add(b).map(without_residue),
            BinaryOperator::Minus => a.checked_sub(b).map(without_residue),
            BinaryOperator::Mul => a.checked_mul(b).map(without_residue),
            BinaryOperator::Div | BinaryOperator::Mod if b.is_zero() => {
                return Err(self
                    .problem(code::DIVISION_BY_ZERO, span, "division by zero", "the divisor is 0")
                    .help("guard it with a condition: `b == 0 ? 0 : a / b`"));
            }
            BinaryOperator::Div => a.checked_div(b),
            BinaryOperator::Mod => a.checked_rem(b),
            BinaryOperator::And | BinaryOperator::Or => {
                let place = self.quote(span);
                let message = format!("{place} joins numbers, not truth values");
                let label = "true or false is needed on both sides";
                return Err(self.problem(code::TYPE, span, message, label).help("compare the numbers first"));
            }
        };
        number.map(Value::Number).ok_or_else(|| self.overflow(span))
    }

    fn overflow(&self, span: Span) -> Problem {
        self.problem(code::OVERFLOW, span, "the number grows too large", "does not fit")
            .help("numbers have up to 28 digits")
    }

    pub(super) fn negate(&mut self, inner: &Node) -> Answer {
        let value = self.node(inner)?;
        let result = match self.number(&value, inner.span)? {
            Ok(number) => Value::Number(-number),
            Err(instead) => self.typed_unknown(instead, &Type::Number),
        };
        Ok(mark(result, value.is_sensitive()))
    }

    pub(super) fn not(&mut self, inner: &Node) -> Answer {
        let value = self.node(inner)?;
        let result = match self.truth(&value, inner.span)? {
            Truth::Known(truth) => Value::Bool(!truth),
            Truth::Unknown(unknown) => self.typed_unknown(unknown, &Type::Bool),
        };
        Ok(mark(result, value.is_sensitive()))
    }

    fn number(&self, value: &Value, span: Span) -> Result<Operand, Problem> {
        match convert::to_number(value.unmarked()) {
            Ok(Value::Number(number)) => Ok(Ok(number)),
            Ok(Value::Null) if !self.is_stanza() => Err(self.null(span, "a number")),
            Ok(instead) if conform::may_be(&instead, &Type::Number) => Ok(Err(instead)),
            _ => {
                let what = with_article(value);
                let message = format!("{} is {what} that is not a number", self.quote(span));
                Err(self
                    .problem(code::TYPE, span, message, "a number is needed here")
                    .help("`tonumber` reads numbers that are written as text"))
            }
        }
    }

    /// A condition: null is false in stanzas.
    pub(super) fn truth(&self, value: &Value, span: Span) -> Result<Truth, Problem> {
        match convert::to_bool(value.unmarked()) {
            Ok(Value::Bool(truth)) => Ok(Truth::Known(truth)),
            Ok(Value::Null) if self.is_stanza() => Ok(Truth::Known(false)),
            Ok(Value::Null) => Err(self.null(span, "true or false")),
            Ok(unknown) if conform::may_be(&unknown, &Type::Bool) => Ok(Truth::Unknown(unknown)),
            _ => {
                let message = format!("{} is {}, neither true nor false", self.quote(span), with_article(value));
                Err(self
                    .problem(code::TYPE, span, message, "true or false is needed here")
                    .help("compare it with something: `!= null`, `== \"…\"`, `> 0`"))
            }
        }
    }

    pub(super) fn null(&self, span: Span, wanted: &str) -> Problem {
        let message = format!("{} is null where {wanted} is needed", self.quote(span));
        self.problem(code::NULL, span, message, "null").help("give a fallback with `coalesce(…, …)`")
    }
}

/// A division that does not come out leaves an error in the last digit. Here it is rounded away, so that
/// `2 / 3 * 3` is 2 and `ceil` of it is not 3. Numbers of fewer digits stay as they are.
fn without_residue(number: Decimal) -> Decimal {
    const TRUSTED_DIGITS: u32 = 27;
    const TRUSTED: i128 = 10_i128.pow(TRUSTED_DIGITS);
    if number.scale() == 0 || number.mantissa().abs() < TRUSTED {
        return number;
    }
    number.round_sf(TRUSTED_DIGITS).unwrap_or(number)
}

/// Whether two values are equal, and what the answer rests on.
#[derive(Debug, Default)]
pub(in crate::lang) struct Equality {
    /// `None` if an unknown part decides.
    pub(in crate::lang) truth: Option<bool>,
    pub(in crate::lang) unknown: Option<Arc<Unknown>>,
    pub(in crate::lang) is_sensitive: bool,
}

impl Equality {
    fn known(truth: bool) -> Self {
        Self { truth: Some(truth), ..Self::default() }
    }

    pub(in crate::lang) fn into_value(self, is_wanted: bool) -> Value {
        let value = match (self.truth, self.unknown) {
            (Some(truth), _) => Value::Bool(truth == is_wanted),
            (None, Some(unknown)) => Value::Unknown(unknown),
            (None, None) => Value::Bool(is_wanted),
        };
        mark(value, self.is_sensitive)
    }

    /// Both parts must be equal.
    fn and(self, other: Self) -> Self {
        let truth = match (self.truth, other.truth) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        };
        let is_sensitive = self.is_sensitive || other.is_sensitive;
        Self { truth, unknown: self.unknown.or(other.unknown), is_sensitive }
    }
}

/// Equality of whole values. Nothing is converted: `1 == "1"` is false. In Terraform both are of one type,
/// too: `[1] == tolist([1])` is false.
pub(in crate::lang) fn equal(left: &Value, right: &Value, dialect: Dialect, fuel: &Fuel) -> Result<Equality, Spent> {
    let is_plain = |value: &Value| matches!(value, Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_));
    if dialect == Dialect::Terraform && !(is_plain(left) && is_plain(right)) {
        let (a, b) = (unify::type_of(left, fuel)?, unify::type_of(right, fuel)?);
        if !a.may_equal(&b) {
            let is_sensitive = left.is_sensitive() || right.is_sensitive();
            return Ok(Equality { is_sensitive, ..Equality::known(false) });
        }
    }
    equal_parts(left, right, fuel)
}

fn equal_parts(left: &Value, right: &Value, fuel: &Fuel) -> Result<Equality, Spent> {
    fuel.spend(1)?;
    let is_sensitive = left.is_sensitive() || right.is_sensitive();
    let mut equality = match (left.unmarked(), right.unmarked()) {
        (Value::Unknown(unknown), other) | (other, Value::Unknown(unknown)) => match is_excluded(unknown, other) {
            true => Equality::known(false),
            false => Equality { truth: None, unknown: Some(unknown.clone()), is_sensitive: false },
        },
        (Value::List(a), Value::List(b)) if a.len() == b.len() => {
            let mut all = Equality::known(true);
            for (a, b) in a.iter().zip(b.iter()) {
                all = all.and(equal_parts(a, b, fuel)?);
            }
            all
        }
        (Value::Object(a), Value::Object(b)) if a.len() == b.len() => {
            let mut all = Equality::known(true);
            for (name, value) in a.entries() {
                all = all.and(match b.get(&name) {
                    Some(other) => equal_parts(&value, &other, fuel)?,
                    None => Equality::known(false),
                });
            }
            all
        }
        (Value::List(_), Value::List(_)) | (Value::Object(_), Value::Object(_)) => Equality::known(false),
        (a, b) => Equality::known(a == b),
    };
    equality.is_sensitive |= is_sensitive;
    Ok(equality)
}

/// Whether what is known of an unknown value rules another one out.
fn is_excluded(unknown: &Unknown, other: &Value) -> bool {
    match other {
        Value::Null => unknown.is_not_null,
        Value::String(text) => !text.starts_with(unknown.prefix.as_str()),
        _ => false,
    }
}

/// The type of what arithmetic or a comparison gives.
fn result_of(operator: BinaryOperator) -> &'static Type {
    match operator {
        BinaryOperator::Plus
        | BinaryOperator::Minus
        | BinaryOperator::Mul
        | BinaryOperator::Div
        | BinaryOperator::Mod => &Type::Number,
        _ => &Type::Bool,
    }
}
