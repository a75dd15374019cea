//! A page of JSON, read so that whatever does not fit is named by its place and never quoted.

use std::io::Read;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::{Document, broken};
use crate::model::Problem;

/// No page is longer: a hundred times what the providers send.
const LONGEST: u64 = 256 << 20;

/// The currencies that the providers publish prices in.
const CURRENCIES: &[&str] = &[
    "AED", "ARS", "AUD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "IDR",
    "ILS", "INR", "JPY", "KRW", "MXN", "MYR", "NOK", "NZD", "PEN", "PHP", "PLN", "RON", "RUB", "SAR", "SEK", "SGD",
    "THB", "TRY", "TWD", "UAH", "USD", "VND", "ZAR",
];

/// The text of a page.
pub(super) fn text(reader: impl Read, document: &Document) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    let read = reader.take(LONGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| broken(document, 0, &format!("it cannot be read: {}", error.kind())))?;
    if bytes.len() as u64 > LONGEST {
        return Err(broken(document, 0, "it is longer than 256 MiB"));
    }
    String::from_utf8(bytes)
        .map_err(|error| broken(document, 0, &format!("byte {} is no UTF-8", error.utf8_error().valid_up_to())))
}

/// A page as its format says; what `kind` it should be is for people.
pub(super) fn page<'p, T: Deserialize<'p>>(text: &'p str, kind: &str, document: &Document) -> Result<T, Problem> {
    serde_json::from_str(text).map_err(|error| {
        let what = if error.is_eof() { "it ends within" } else { "here begins what is no part of" };
        broken(document, error.line() as u64, &format!("{what} {kind} (column {})", error.column()))
    })
}

/// The place of an item on a page, from 1.
#[derive(Clone, Copy)]
pub(super) struct Place<'d> {
    pub(super) document: &'d Document,
    pub(super) item: usize,
}

impl Place<'_> {
    /// What is wrong with the item.
    pub(super) fn broken(&self, message: &str) -> Problem {
        broken(self.document, 0, &format!("item {}: {message}", self.item))
    }

    /// The item as its format says.
    pub(super) fn read<'p, T: Deserialize<'p>>(&self, item: &'p RawValue) -> Result<T, Problem> {
        serde_json::from_str(item.get()).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            self.broken(&format!("a field is not what it was (line {line}, column {column} of the item)"))
        })
    }

    /// A field that every item has.
    pub(super) fn need<T>(&self, field: Option<T>, name: &str) -> Result<T, Problem> {
        field.ok_or_else(|| self.broken(&format!("the field `{name}` is missing")))
    }

    /// An exact number out of its JSON text.
    pub(super) fn decimal(&self, number: Option<&RawValue>, name: &str) -> Result<Decimal, Problem> {
        let text = self.need(number, name)?.get();
        let parsed = text.parse::<Decimal>().or_else(|_| Decimal::from_scientific(text));
        parsed.map_err(|_| self.broken(&format!("`{name}` is no number of at most 28 digits")))
    }

    /// A price, which is never below zero.
    pub(super) fn price(&self, number: Option<&RawValue>, name: &str) -> Result<Decimal, Problem> {
        let price = self.decimal(number, name)?;
        if price.is_sign_negative() && !price.is_zero() {
            return Err(self.broken(&format!("`{name}` is below zero")));
        }
        Ok(price)
    }

    /// A currency that is known and the only one.
    pub(super) fn currency(&self, code: &str, only: &mut Option<&'static str>) -> Result<(), Problem> {
        let Some(code) = CURRENCIES.iter().find(|known| **known == code) else {
            return Err(self.broken("its currency is not known"));
        };
        if only.get_or_insert(code) != code {
            return Err(
                self.broken(&format!("its currency is {code}, but that of others {}", only.unwrap_or_default()))
            );
        }
        Ok(())
    }
}

/// A field that must be there, though it may be null.
pub(super) fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(field: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(field).map(Some)
}
