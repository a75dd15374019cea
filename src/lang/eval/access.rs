//! Attributes, indexes and splats.

use smol_str::format_smolstr;

use super::{Answer, Evaluator, mark, with_article};
use crate::lang::convert;
use crate::lang::diagnostics::{code, did_you_mean};
use crate::lang::expr::{Kind, Local, Node, Path, Step, To};
use crate::model::{Object, Problem, Span, Value};

impl Evaluator<'_> {
    pub(super) fn path(&mut self, path: &Path, start: usize) -> Answer {
        match &path.base.kind {
            Kind::Slot(slot) => {
                let base = self.slot(*slot);
                self.steps(base, &path.steps, start)
            }
            _ => {
                let base = self.node(&path.base)?;
                self.steps(&base, &path.steps, start)
            }
        }
    }

    /// Follows steps by reference, so that no object on the way is cloned.
    fn steps(&mut self, base: &Value, steps: &[Step], start: usize) -> Answer {
        let Some((step, rest)) = steps.split_first() else {
            return Ok(base.clone());
        };
        let span = Span { start, end: step.end };
        let value = match (&step.to, base) {
            (To::Attribute(name), Value::Object(Object::Map(map))) if let Some(value) = map.get(name) => {
                return self.steps(value, rest, start);
            }
            (To::Attribute(name), _) => self.attribute(base, name, span)?,
            (To::Index(node), _) => {
                let key = self.node(node)?;
                self.index(base, &key, Span { start, end: node.span.start }, node.span)?
            }
        };
        self.steps(&value, rest, start)
    }

    fn attribute(&self, base: &Value, name: &str, span: Span) -> Answer {
        let result = match base.unmarked() {
            Value::Object(object) => match object.get(name) {
                Some(value) => value,
                None if self.is_stanza() => Value::Null,
                None => return Err(self.no_attribute(object, name, span)),
            },
            Value::Null if self.is_stanza() => Value::Null,
            Value::Unknown(unknown) => Value::unknown(format_smolstr!("{}.{name}", unknown.path)),
            // Terraform writes a single nested block as a list of one.
            Value::List(items) if self.is_stanza() && items.len() < 2 => match items.first() {
                None => Value::Null,
                Some(only) => self.attribute(only, name, span)?,
            },
            other => {
                let message = format!("`.{name}` is asked of {}", with_article(other));
                let help = match other {
                    Value::List(_) => format!("choose an element with `[0]`, or take all with `[*].{name}`"),
                    Value::Null => "give a fallback with `try(…, …)`".to_owned(),
                    _ => "only objects have attributes".to_owned(),
                };
                return Err(self.problem(code::NO_ATTRIBUTE, span, message, "has no attributes").help(help));
            }
        };
        Ok(mark(result, base.is_sensitive()))
    }

    fn no_attribute(&self, object: &Object, name: &str, span: Span) -> Problem {
        let names = object.names();
        let label = did_you_mean(name, names.iter().map(|name| name.as_str()));
        self.problem(code::NO_ATTRIBUTE, span, format!("the object has no attribute `{name}`"), label)
            .help("give a fallback with `try(…, …)` if it may be missing")
    }

    fn index(&self, base: &Value, key: &Value, base_span: Span, span: Span) -> Answer {
        let is_sensitive = base.is_sensitive() || key.is_sensitive();
        let result = match (base.unmarked(), key.unmarked()) {
            (Value::Null, _) | (_, Value::Null) if self.is_stanza() => Value::Null,
            (Value::Unknown(unknown), _) | (_, Value::Unknown(unknown)) => Value::Unknown(unknown.clone()),
            (_, Value::Null) => {
                let message = format!("{} is null, it cannot choose an element", self.quote(span));
                return Err(self.problem(code::INDEX, span, message, "null").help("give a fallback with `coalesce`"));
            }
            (Value::List(items), _) => self.element(items, key, span)?,
            (Value::Object(object), _) => self.entry(object, key, span)?,
            (other, _) => {
                let message = format!("an element is asked of {}", with_article(other));
                let place = Span { start: base_span.start, end: span.end };
                return Err(self
                    .problem(code::INDEX, place, message, "has no elements")
                    .help("index lists and objects"));
            }
        };
        Ok(mark(result, is_sensitive))
    }

    fn element(&self, items: &[Value], key: &Value, span: Span) -> Answer {
        let number = convert::to_number(key).ok().and_then(|key| key.as_number()).filter(|at| at.is_integer());
        let Some(number) = number else {
            let message = format!("{} is {}, not the index of an element", self.quote(span), with_article(key));
            let help = "lists are indexed by whole numbers, from 0";
            return Err(self.problem(code::INDEX, span, message, "not a whole number").help(help));
        };
        match usize::try_from(number).ok().and_then(|at| items.get(at)) {
            Some(item) => Ok(item.clone()),
            None if self.is_stanza() => Ok(Value::Null),
            None => {
                let message = format!("{} is no index of a list of {}", self.quote(span), items.len());
                Err(self.problem(code::INDEX, span, message, "out of range").help("indexes count from 0"))
            }
        }
    }

    fn entry(&self, object: &Object, key: &Value, span: Span) -> Answer {
        let text = match convert::to_text(key.unmarked()) {
            Ok(Value::String(text)) => text,
            _ => {
                let message = format!("{} is {}, not a key", self.quote(span), with_article(key));
                return Err(self.problem(code::INDEX, span, message, "not a text").help("keys of objects are texts"));
            }
        };
        match object.get(&text) {
            Some(value) => Ok(value),
            None if self.is_stanza() => Ok(Value::Null),
            None => {
                let message = format!("the object has no key {}", self.quote(span));
                let help = "give a fallback with `lookup(object, key, fallback)`";
                Err(self.problem(code::INDEX, span, message, "no such key").help(help))
            }
        }
    }

    /// Null has no elements; what is no list is one element.
    pub(super) fn splat(&mut self, base: &Node, element: Local, each: &Node) -> Answer {
        let base = self.node(base)?;
        let is_sensitive = base.is_sensitive();
        let single = [base.unmarked().clone()];
        let items: &[Value] = match base.unmarked() {
            Value::Null => &[],
            Value::Unknown(_) => return Ok(base),
            Value::List(items) => items,
            _ => &single,
        };
        self.spend(items.len(), each.span)?;
        let mut results = Vec::with_capacity(items.len());
        for item in items {
            self.bind(element, mark(item.clone(), is_sensitive));
            results.push(self.node(each)?);
        }
        Ok(mark(Value::from(results), is_sensitive))
    }
}
