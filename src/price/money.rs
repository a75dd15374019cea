//! Exact money. Rounded once, when it is rendered.

use std::fmt;
use std::ops::{Add, Neg, Sub};

use rust_decimal::Decimal;
use smol_str::SmolStr;

/// An ISO 4217 code, such as `USD`.
pub type Currency = SmolStr;

/// An exact amount of one currency.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd)]
pub struct Money {
    /// How much.
    pub amount: Decimal,
    /// Of what.
    pub currency: Currency,
}

impl Money {
    /// An amount of a currency.
    pub fn new(amount: Decimal, currency: impl Into<Currency>) -> Self {
        Self { amount, currency: currency.into() }
    }

    /// Nothing, in a currency.
    pub fn zero(currency: impl Into<Currency>) -> Self {
        Self::new(Decimal::ZERO, currency)
    }

    /// Whether the amount is zero.
    pub fn is_zero(&self) -> bool {
        self.amount.is_zero()
    }
}

impl Add for Money {
    type Output = Self;

    /// # Panics
    ///
    /// If the currencies differ: adding them is a bug, amounts are converted before they meet.
    fn add(self, other: Self) -> Self {
        assert_eq!(self.currency, other.currency, "amounts of two currencies never meet");
        Self { amount: self.amount + other.amount, currency: self.currency }
    }
}

impl Sub for Money {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Neg for Money {
    type Output = Self;

    fn neg(self) -> Self {
        Self { amount: -self.amount, currency: self.currency }
    }
}

/// The exact amount and the code, for traces: `0.0456 USD`. Renderers format for people.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount.normalize(), self.currency)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn amount() -> impl Strategy<Value = Decimal> {
        (any::<i64>(), 0_u32..=12).prop_map(|(digits, scale)| Decimal::new(digits, scale))
    }

    proptest! {
        #[test]
        fn text_and_back_is_the_same_amount(amount in amount()) {
            let text = Money::new(amount, "USD").to_string();
            let (number, currency) = text.split_once(' ').expect("an amount and a code");
            prop_assert_eq!(Money::new(number.parse().expect("a decimal"), currency), Money::new(amount, "USD"));
        }

        #[test]
        fn swapping_a_difference_negates_it(before in amount(), after in amount()) {
            let [before, after] = [before, after].map(|amount| Money::new(amount, "EUR"));
            prop_assert_eq!(after.clone() - before.clone(), -(before - after));
        }
    }

    #[test]
    #[should_panic(expected = "amounts of two currencies never meet")]
    fn two_currencies_do_not_add_up() {
        let _ = Money::zero("USD") + Money::zero("EUR");
    }
}
