//! Constants with their spans, and objects whose keys are known.

use std::ops::Range;

use hcl::edit::Span as _;
use hcl::edit::expr::{Expression, ObjectKey};
use hcl::edit::structure::{Block, Body};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use smol_str::SmolStr;

use super::reader::Reader;
use super::shape::{AttributeShape, Kind};
use super::words::{Word, choice};
use crate::lang::near;
use crate::model::{Span, Value};

/// What a whole number is called where it must be one.
const COUNT: &str = "a whole number, at least 1";

/// A value with its place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What is written.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// The known keys of an object that was read, each of its kind.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<(&'static str, Value, Span)>);

impl Fields {
    fn field(&self, name: &str) -> Option<&(&'static str, Value, Span)> {
        self.0.iter().find(|(known, ..)| *known == name)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn number(&self, name: &str) -> Option<Decimal> {
        self.field(name)?.1.as_number()
    }

    pub(super) fn count(&self, name: &str) -> Option<u32> {
        self.number(name)?.to_u32()
    }

    pub(super) fn word<W: Word>(&self, name: &str) -> Option<W> {
        W::of(self.field(name)?.1.as_str()?)
    }

    pub(super) fn span(&self, name: &str) -> Option<Range<usize>> {
        self.field(name).map(|(.., span)| span.start..span.end)
    }

    /// The numbers by their keys.
    pub(super) fn numbers(&self) -> impl Iterator<Item = (&'static str, Decimal)> {
        self.0.iter().filter_map(|(name, value, _)| Some((*name, value.as_number()?)))
    }
}

/// One key of an object as it is written.
struct Written {
    key: SmolStr,
    key_span: Option<Range<usize>>,
    value: Value,
    value_span: Option<Range<usize>>,
}

/// The place of an attribute's value.
pub(super) fn value_span(body: &Body, name: &str) -> Option<Range<usize>> {
    body.get_attribute(name).and_then(|attribute| attribute.value.span())
}

/// A label with its place.
pub(super) fn spanned_label(block: &Block, index: usize) -> Option<Spanned<SmolStr>> {
    let label = block.labels.get(index)?;
    Some(Spanned { value: label.as_str().into(), span: label.span().unwrap_or_default().into() })
}

impl Reader<'_> {
    pub(super) fn spanned_text(&mut self, body: &Body, name: &str) -> Option<Spanned<SmolStr>> {
        let value = self.text(body, name)?;
        Some(Spanned { value, span: value_span(body, name).unwrap_or_default().into() })
    }

    /// A text or a list of texts; those of a list each with its own place.
    pub(super) fn spanned_texts(&mut self, body: &Body, name: &str) -> Option<Vec<Spanned<SmolStr>>> {
        let expression = &body.get_attribute(name)?.value;
        let Expression::Array(items) = expression else {
            let span = expression.span().unwrap_or_default().into();
            let texts = self.texts(body, name)?;
            return Some(texts.into_iter().map(|value| Spanned { value, span }).collect());
        };
        let mut texts = Vec::new();
        for item in items.iter() {
            let Some(value) = self.value(item) else { continue };
            match value.as_str() {
                Some(text) => {
                    texts.push(Spanned { value: text.into(), span: item.span().unwrap_or_default().into() });
                }
                None => self.wrong_at(item.span(), name, "a text, or a list of texts", &value),
            }
        }
        Some(texts)
    }

    /// A number, its sign free, from `least` to `most`.
    pub(super) fn number_within(&mut self, body: &Body, name: &str, least: i64, most: i64) -> Option<Decimal> {
        let value = self.constant(body, name)?;
        let number = value.as_number();
        let is_within = |number: &Decimal| (Decimal::from(least)..=Decimal::from(most)).contains(number);
        if number.as_ref().is_some_and(is_within) {
            return number;
        }
        self.wrong_at(value_span(body, name), name, &format!("a number from {least} to {most}"), &value);
        None
    }

    /// A number above 0.
    pub(super) fn positive(&mut self, body: &Body, name: &str) -> Option<Decimal> {
        let number = self.number(body, name)?;
        if number.is_zero() {
            self.wrong_at(value_span(body, name), name, "more than 0", &Value::from(number));
            return None;
        }
        Some(number)
    }

    /// A whole number, at least 1.
    pub(super) fn count(&mut self, body: &Body, name: &str) -> Option<u32> {
        let value = self.constant(body, name)?;
        let found = count_of(&value);
        if found.is_none() {
            self.wrong_at(value_span(body, name), name, COUNT, &value);
        }
        found
    }

    /// A word of a closed set.
    pub(super) fn word<W: Word>(&mut self, body: &Body, name: &str) -> Option<W> {
        let value = self.constant(body, name)?;
        let found = value.as_str().and_then(W::of);
        if found.is_none() {
            self.wrong_at(value_span(body, name), name, &choice(W::WORDS), &value);
        }
        found
    }

    /// An object of known keys. What is wrong with one key leaves the others as they are.
    pub(super) fn fields(
        &mut self,
        body: &Body,
        name: &'static str,
        shape: &'static [AttributeShape],
    ) -> Option<Fields> {
        let written = self.written(body, name)?;
        for known in shape.iter().filter(|known| known.is_required) {
            if !written.iter().any(|found| found.key == known.name) {
                let message = format!("`{name}` lacks `{}`", known.name);
                self.problem("lepton::config::missing-key", message, value_span(body, name), "in this object")
                    .help(known.doc);
            }
        }
        let fields = written.into_iter().filter_map(|found| self.field(name, found, shape));
        Some(Fields(fields.collect()))
    }

    fn field(
        &mut self,
        name: &str,
        found: Written,
        shape: &'static [AttributeShape],
    ) -> Option<(&'static str, Value, Span)> {
        let Some(known) = shape.iter().find(|known| known.name == found.key) else {
            let near = near(&found.key, shape.iter().map(|known| known.name));
            let message = format!("`{}` is not a key of `{name}`", found.key);
            let keys: Vec<&str> = shape.iter().map(|known| known.name).collect();
            self.problem("lepton::config::unknown-key", message, found.key_span, near)
                .help(format!("the keys are {}", keys.join(", ")));
            return None;
        };
        let number = found.value.as_number();
        let wanted = match known.kind {
            Kind::Count if count_of(&found.value).is_none() => COUNT.to_owned(),
            Kind::Choice(words) if !found.value.as_str().is_some_and(|word| words.contains(&word)) => choice(words),
            Kind::Number if number.is_none() => "a number".into(),
            Kind::Number if number < Some(Decimal::ZERO) => "at least 0".into(),
            _ => {
                let span = found.value_span.unwrap_or_default().into();
                return Some((known.name, found.value, span));
            }
        };
        self.wrong_at(found.value_span, &format!("{name}.{}", known.name), &wanted, &found.value);
        None
    }

    /// The keys of an object; those that are written out each with its own place.
    fn written(&mut self, body: &Body, name: &str) -> Option<Vec<Written>> {
        let expression = &body.get_attribute(name)?.value;
        let Expression::Object(entries) = expression else {
            let span = expression.span();
            let whole = |(key, value)| Written { key, key_span: span.clone(), value, value_span: span.clone() };
            return Some(self.object(body, name)?.entries().into_iter().map(whole).collect());
        };
        let mut written = Vec::new();
        for (key, value) in entries.iter() {
            let (text, key_span) = match key {
                ObjectKey::Ident(ident) => (Some(SmolStr::from(ident.as_str())), ident.span()),
                ObjectKey::Expression(inner) => {
                    (self.value(inner).and_then(|key| key.as_str().map(SmolStr::from)), inner.span())
                }
            };
            let value_span = value.expr().span();
            if let (Some(key), Some(value)) = (text, self.value(value.expr())) {
                written.push(Written { key, key_span, value, value_span });
            }
        }
        Some(written)
    }
}

fn count_of(value: &Value) -> Option<u32> {
    value.as_number().filter(|number| number.is_integer())?.to_u32().filter(|count| *count > 0)
}
