//! Reads blocks by their shapes: unknown names, missing attributes and wrong types are all found at once.

use std::ops::Range;

use hcl::edit::Span as _;
use hcl::edit::expr::Expression;
use hcl::edit::structure::{Attribute, Block, Body, Structure};
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::shape::BlockShape;
use crate::lang::{Dialect, Frame, Lowered, Names, NoHost, lower, near};
use crate::model::{Object, Problem, Severity, Source, Value};

/// A file being read, with the problems found so far.
pub(super) struct Reader<'s> {
    pub(super) source: &'s Source,
    pub(super) problems: Vec<Problem>,
}

impl<'s> Reader<'s> {
    pub(super) fn new(source: &'s Source) -> Self {
        Self { source, problems: Vec::new() }
    }

    /// Checks that a body holds what its shape allows, each attribute once, and what it requires.
    pub(super) fn check(&mut self, body: &Body, shape: &BlockShape, ident: Option<Range<usize>>) {
        for structure in body.iter() {
            match structure {
                Structure::Attribute(attribute) if !shape.is_open => self.known_attribute(attribute, shape),
                Structure::Attribute(_) => {}
                Structure::Block(inner) => self.known_block(inner, shape),
            }
        }
        for attribute in shape.attributes.iter().filter(|attribute| attribute.is_required) {
            if !body.has_attribute(attribute.name) {
                let message = format!("`{}` lacks the attribute `{}`", shape.name, attribute.name);
                self.problem("lepton::config::missing-attribute", message, ident.clone(), "in this block")
                    .help(attribute.doc);
            }
        }
    }

    fn known_attribute(&mut self, attribute: &Attribute, shape: &BlockShape) {
        let name = attribute.key.as_str();
        if shape.attribute(name).is_none() {
            let near = near(name, shape.attributes.iter().map(|known| known.name));
            let message = format!("`{name}` is not an attribute of `{}`", shape.name);
            self.problem("lepton::config::unknown-attribute", message, attribute.key.span(), near);
        }
    }

    fn known_block(&mut self, inner: &Block, shape: &BlockShape) {
        let name = inner.ident.as_str();
        let Some(known) = shape.blocks.iter().find(|known| known.name == name) else {
            let near = near(name, shape.blocks.iter().map(|known| known.name));
            let message = format!("`{name}` is not a block of `{}`", shape.name);
            self.problem("lepton::config::unknown-block", message, inner.ident.span(), near);
            return;
        };
        let wanted = known.labels.len();
        if inner.labels.len() != wanted {
            let message = format!("`{name}` takes {wanted} label{}", if wanted == 1 { "" } else { "s" });
            let help = match known.labels {
                [] => String::new(),
                [label] => format!("the label is {label}"),
                labels => format!("the labels are {}", labels.join(", then ")),
            };
            self.problem("lepton::config::label", message, inner.ident.span(), "").help(help);
        }
    }

    /// A constant text.
    pub(super) fn text(&mut self, body: &Body, name: &str) -> Option<SmolStr> {
        let value = self.constant(body, name)?;
        let text = value.as_str().map(SmolStr::from);
        if text.is_none() {
            self.wrong_kind(body, name, "a text", &value);
        }
        text
    }

    pub(super) fn number(&mut self, body: &Body, name: &str) -> Option<Decimal> {
        let value = self.constant(body, name)?;
        let number = value.as_number();
        match number {
            None => self.wrong_kind(body, name, "a number", &value),
            Some(number) if number.is_sign_negative() && !number.is_zero() => {
                self.wrong_kind(body, name, "at least 0", &value);
                return None;
            }
            Some(_) => {}
        }
        number
    }

    pub(super) fn boolean(&mut self, body: &Body, name: &str) -> Option<bool> {
        let value = self.constant(body, name)?;
        let found = value.as_bool();
        if found.is_none() {
            self.wrong_kind(body, name, "true or false", &value);
        }
        found
    }

    pub(super) fn object(&mut self, body: &Body, name: &str) -> Option<Object> {
        let value = self.constant(body, name)?;
        let found = value.as_object().cloned();
        if found.is_none() {
            self.wrong_kind(body, name, "an object", &value);
        }
        found
    }

    /// A text or a list of texts.
    pub(super) fn texts(&mut self, body: &Body, name: &str) -> Option<Vec<SmolStr>> {
        let value = self.constant(body, name)?;
        let found = match &value {
            Value::String(text) => Some(vec![text.as_str().into()]),
            Value::List(items) => items.iter().map(|item| item.as_str().map(SmolStr::from)).collect(),
            _ => None,
        };
        if found.is_none() {
            self.wrong_kind(body, name, "a text, or a list of texts", &value);
        }
        found
    }

    /// A day, as `YYYY-MM-DD`.
    pub(super) fn date(&mut self, body: &Body, name: &str) -> Option<SmolStr> {
        let text = self.text(body, name)?;
        if is_date(&text) {
            return Some(text);
        }
        self.wrong_kind(body, name, "a day such as 2026-12-31", &Value::from(text.as_str()));
        None
    }

    /// A severity; the inner `None` is `never`.
    pub(super) fn severity(&mut self, body: &Body, name: &str, may_be_never: bool) -> Option<Option<Severity>> {
        let text = self.text(body, name)?;
        match severity(&text) {
            Some(severity) => Some(Some(severity)),
            None if may_be_never && text == "never" => Some(None),
            None => {
                let choice = if may_be_never { "note, warning, error or never" } else { "note, warning or error" };
                self.wrong_kind(body, name, choice, &Value::from(text.as_str()));
                None
            }
        }
    }

    /// An expression over some names.
    pub(super) fn expression(&mut self, body: &Body, name: &str, names: &Names) -> Option<Lowered> {
        self.lowered(&body.get_attribute(name)?.value, names)
    }

    pub(super) fn lowered(&mut self, expression: &Expression, names: &Names) -> Option<Lowered> {
        Lowered::of(expression, names, self.source).map_err(|problems| self.problems.extend(problems)).ok()
    }

    /// A constant: it may use functions and operators, but no name.
    pub(super) fn constant(&mut self, body: &Body, name: &str) -> Option<Value> {
        self.value(&body.get_attribute(name)?.value)
    }

    pub(super) fn value(&mut self, expression: &Expression) -> Option<Value> {
        let lowered = lower(expression, &Names::new(Dialect::Stanza), self.source);
        let expr = lowered.map_err(|problems| self.problems.extend(problems)).ok()?;
        expr.eval(&Frame { slots: &[], host: &NoHost }).map_err(|problem| self.problems.push(problem)).ok()
    }

    fn wrong_kind(&mut self, body: &Body, name: &str, wanted: &str, found: &Value) {
        let span = body.get_attribute(name).and_then(|attribute| attribute.value.span());
        self.wrong_at(span, name, wanted, found);
    }

    /// A value that is not what its name wants.
    pub(super) fn wrong_at(&mut self, span: Option<Range<usize>>, name: &str, wanted: &str, found: &Value) {
        let label = format!("this is {found}");
        self.problem("lepton::config::wrong-value", format!("`{name}` is {wanted}"), span, label);
    }

    /// Keeps a problem, and gives it back for its help.
    pub(super) fn problem(
        &mut self,
        code: &'static str,
        message: impl Into<String>,
        span: Option<Range<usize>>,
        label: impl Into<String>,
    ) -> Helped<'_> {
        self.problems.push(Problem::error(code, message).at(self.source, span.unwrap_or_default().into(), label));
        Helped(&mut self.problems)
    }
}

/// The latest problem, for its help.
pub(super) struct Helped<'p>(&'p mut Vec<Problem>);

impl Helped<'_> {
    pub(super) fn help(self, help: impl Into<String>) {
        let help = help.into();
        if let Some(last) = self.0.pop() {
            self.0.push(if help.is_empty() { last } else { last.help(help) });
        }
    }
}

/// The severity of a word.
pub(crate) fn severity(word: &str) -> Option<Severity> {
    match word {
        "note" => Some(Severity::Note),
        "warning" => Some(Severity::Warning),
        "error" => Some(Severity::Error),
        _ => None,
    }
}

/// Whether a text is a day of the calendar.
fn is_date(text: &str) -> bool {
    const DAYS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let digits = |text: &str, count: usize| text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
        return false;
    }
    let [year, month, day] = [year, month, day].map(|part| part.parse::<u32>().unwrap_or(0));
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let Some(days) = month.checked_sub(1).and_then(|month| DAYS.get(month as usize)) else { return false };
    (1..=*days).contains(&day) && (month != 2 || day < 29 || is_leap)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_days_of_the_calendar() {
        assert!(is_date("2026-12-31") && is_date("2028-02-29"));
        assert!(!is_date("2026-02-29") && !is_date("2026-13-01") && !is_date("2026-1-1") && !is_date("tomorrow"));
    }
}
