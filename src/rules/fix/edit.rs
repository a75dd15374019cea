//! Changes one attribute or nested block in a parsed body, and leaves every other byte as it is.

use std::str::FromStr as _;

use hcl::Number;
use hcl::edit::expr::{Array, Expression, Object as HclObject, ObjectKey, ObjectValue, UnaryOperator};
use hcl::edit::structure::{Attribute, Block, Body, Structure};
use hcl::edit::{Decorate as _, Ident, Span as _};
use rust_decimal::Decimal;

use super::super::finding::Finding;
use super::refusal;
use crate::input::{Place, Sources};
use crate::model::{Object, Problem, Span, Value};

/// What an edit may look at.
pub(super) struct Editor<'e, 's> {
    pub(super) finding: &'e Finding,
    pub(super) place: &'e Place<'s>,
    pub(super) sources: &'e Sources,
    /// The attributes of the resource in the plan.
    pub(super) now: &'e Object,
}

impl Editor<'_, '_> {
    /// Sets an attribute of the resource's own body.
    pub(super) fn set(&self, body: &mut Body, name: &str, value: &Value) -> Result<(), Problem> {
        self.check_ignored(body, name)?;
        let now = self.now.get(name).unwrap_or(Value::Null);
        self.set_in(body, name, value, &now)
    }

    fn set_in(&self, body: &mut Body, name: &str, value: &Value, now: &Value) -> Result<(), Problem> {
        if let Some(attribute) = body.get_attribute(name) {
            let is_literal = is_literal(&attribute.value);
            if !is_literal {
                return Err(refusal::computed(self.finding, self.place, &attribute.value, self.sources));
            }
            if !says(&attribute.value, now) {
                let span = attribute.value.span().map_or_else(|| self.place.head(), Span::from);
                return Err(refusal::stale(self.finding, self.place, span));
            }
            if value.is_null() {
                body.remove_attribute(name);
                return Ok(());
            }
            let mut attribute = body.get_attribute_mut(name).expect("it is there");
            return self.replace(attribute.value_mut(), name, value);
        }
        for block in body.get_blocks("dynamic") {
            if block.labels.first().is_some_and(|label| label.as_str() == name) {
                let span = block.ident.span().map_or_else(|| self.place.head(), Span::from);
                return Err(refusal::dynamic(self.finding, self.place, span, name));
            }
        }
        let blocks = body.get_blocks(name).count();
        match value {
            Value::Null if blocks == 0 => Ok(()),
            Value::List(items) if blocks > 0 => {
                let old = list(now);
                if items.len() != blocks || old.len() != blocks {
                    return Err(refusal::no_block(self.finding, self.place, name));
                }
                let pairs = body.get_blocks_mut(name).zip(items.iter().zip(&old));
                pairs.into_iter().try_for_each(|(block, (item, old))| self.block(block, name, item, old))
            }
            Value::Object(_) if blocks == 1 => {
                let old = list(now).into_iter().next().unwrap_or_else(|| now.clone());
                body.get_blocks_mut(name).try_for_each(|block| self.block(block, name, value, &old))
            }
            _ if blocks > 0 => Err(refusal::no_block(self.finding, self.place, name)),
            Value::List(items) if items.iter().any(|item| item.as_object().is_some()) => {
                // Only blocks are lists of objects in most schemas; which ones are not, the plan does not tell.
                Err(refusal::no_block(self.finding, self.place, name))
            }
            _ => self.insert(body, name, value),
        }
    }

    fn block(&self, block: &mut Block, name: &str, value: &Value, now: &Value) -> Result<(), Problem> {
        let Some(object) = value.as_object() else {
            return Err(refusal::no_block(self.finding, self.place, name));
        };
        for name in object.names() {
            let value = object.get(&name).expect("a name of its own");
            let old = now.as_object().and_then(|now| now.get(&name)).unwrap_or(Value::Null);
            // The patch of a block repeats what stays as it is.
            if value == old && !block.body.has_attribute(&name) {
                continue;
            }
            self.set_in(&mut block.body, &name, &value, &old)?;
        }
        Ok(())
    }

    /// A new value in the place of an old one; objects are changed key by key.
    fn replace(&self, old: &mut Expression, name: &str, value: &Value) -> Result<(), Problem> {
        if let (Expression::Object(object), Some(new)) = (&mut *old, value.as_object()) {
            for key in new.names() {
                let value = new.get(&key).expect("a name of its own");
                let slot =
                    object.iter_mut().find_map(|(other, slot)| (key_text(&other) == Some(&*key)).then_some(slot));
                if let Some(slot) = slot {
                    self.replace(slot.expr_mut(), &key, &value)?;
                } else {
                    let text = self.expression(&key, &value)?;
                    object.insert(ObjectKey::Ident(Ident::new_sanitized(&*key).into()), ObjectValue::new(text));
                }
            }
            return Ok(());
        }
        if says(old, value) {
            return Ok(());
        }
        let mut new = self.expression(name, value)?;
        *new.decor_mut() = old.decor().clone();
        *old = new;
        Ok(())
    }

    fn expression(&self, name: &str, value: &Value) -> Result<Expression, Problem> {
        expression(value).ok_or_else(|| refusal::no_text(self.finding, self.place, name))
    }

    /// A new attribute behind those that are there, before the nested blocks, in line with its neighbours.
    fn insert(&self, body: &mut Body, name: &str, value: &Value) -> Result<(), Problem> {
        let value = self.expression(name, value)?;
        if body.prefer_oneline() && !body.is_empty() {
            let span = body.span().map_or_else(|| self.place.head(), Span::from);
            return Err(refusal::one_line(self.finding, self.place, span));
        }
        let at = place_for(body);
        let neighbour = at.checked_sub(1).and_then(|at| body.get(at)).or_else(|| body.get(0));
        let indent = match neighbour {
            Some(neighbour) => indent_of(neighbour),
            None => format!("{}  ", self.indent_of_head()),
        };
        let mut attribute = Attribute::new(Ident::new(name), value);
        attribute.decor_mut().set_prefix(indent.as_str());
        // In line with the group of attributes before it, if that has one line.
        let width = match at.checked_sub(1).and_then(|at| body.get(at)) {
            Some(Structure::Attribute(before)) => {
                let suffix = before.key.decor().suffix().map_or(1, |suffix| suffix.len());
                before.key.as_str().len() + suffix
            }
            _ => 0,
        };
        let gap = width.saturating_sub(name.len()).max(1);
        attribute.key.decor_mut().set_suffix(" ".repeat(gap));
        attribute.value.decor_mut().set_prefix(" ");
        body.set_prefer_oneline(false);
        body.insert(at, attribute);
        Ok(())
    }

    fn indent_of_head(&self) -> String {
        let text = self.place.file.source.text();
        let start = self.place.head().start;
        let line = text[..start].rsplit('\n').next().unwrap_or("");
        line.chars().take_while(|letter| letter.is_whitespace()).collect()
    }

    /// What `ignore_changes` names, no plan changes.
    fn check_ignored(&self, body: &Body, name: &str) -> Result<(), Problem> {
        for lifecycle in body.get_blocks("lifecycle") {
            let Some(ignored) = lifecycle.body.get_attribute("ignore_changes") else { continue };
            let text = ignored.value.to_string();
            let mut words = text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
            let is_ignored = words.any(|word| word == name || word == "all");
            if is_ignored {
                let span = ignored.span().map_or_else(|| self.place.head(), Span::from);
                return Err(refusal::ignored(self.finding, self.place, span, name));
            }
        }
        Ok(())
    }
}

/// Behind the first group of attributes that has more than meta-arguments; before the nested blocks in any case.
fn place_for(body: &Body) -> usize {
    const META: [&str; 4] = ["count", "for_each", "provider", "depends_on"];
    let mut has_own = false;
    let mut at = 0;
    for structure in body {
        let Structure::Attribute(attribute) = structure else { break };
        let is_blank_first = |prefix: &str| prefix.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']);
        let begins_group = attribute.decor().prefix().is_some_and(|prefix| is_blank_first(prefix));
        if has_own && begins_group {
            break;
        }
        has_own |= !META.contains(&attribute.key.as_str());
        at += 1;
    }
    at
}

/// The whitespace before a structure on its own line.
fn indent_of(structure: &Structure) -> String {
    let prefix = match structure {
        Structure::Attribute(attribute) => attribute.decor().prefix(),
        Structure::Block(block) => block.decor().prefix(),
    };
    let prefix = prefix.map_or("", |prefix| &**prefix);
    prefix.rsplit('\n').next().unwrap_or("").chars().take_while(|letter| letter.is_whitespace()).collect()
}

fn list(value: &Value) -> Vec<Value> {
    match value {
        Value::List(items) => items.to_vec(),
        _ => Vec::new(),
    }
}

fn key_text(key: &ObjectKey) -> Option<&str> {
    match key {
        ObjectKey::Ident(name) => Some(name.as_str()),
        ObjectKey::Expression(Expression::String(text)) => Some(text.as_str()),
        ObjectKey::Expression(Expression::Variable(name)) => Some(name.as_str()),
        ObjectKey::Expression(_) => None,
    }
}

/// Whether an expression is written out, without anything to evaluate.
fn is_literal(value: &Expression) -> bool {
    match value {
        Expression::Null(_) | Expression::Bool(_) | Expression::Number(_) | Expression::String(_) => true,
        Expression::Array(items) => items.iter().all(is_literal),
        Expression::Object(object) => {
            object.iter().all(|(key, value)| key_text(key).is_some() && is_literal(value.expr()))
        }
        Expression::UnaryOp(operation) => {
            *operation.operator == UnaryOperator::Neg && matches!(operation.expr, Expression::Number(_))
        }
        _ => false,
    }
}

/// Whether a literal says what a value is. What a plan does not show is not compared.
fn says(literal: &Expression, value: &Value) -> bool {
    match (literal, value) {
        (_, Value::Unknown(_) | Value::Sensitive(_)) => true,
        (Expression::Null(_), value) => value.is_null(),
        (Expression::Bool(literal), Value::Bool(value)) => **literal == *value,
        (Expression::Bool(literal), Value::String(value)) => literal.to_string() == *value,
        (Expression::String(literal), Value::String(value)) => literal.as_str() == value,
        (Expression::String(literal), Value::Bool(value)) => literal.as_str() == value.to_string(),
        (Expression::String(literal), Value::Number(value)) => {
            Decimal::from_str(literal.as_str()).is_ok_and(|literal| literal == *value)
        }
        (Expression::Number(_) | Expression::UnaryOp(_), Value::Number(_) | Value::String(_)) => {
            let text = literal.to_string();
            let value = match value {
                Value::Number(value) => Some(*value),
                other => other.as_str().and_then(|text| Decimal::from_str(text).ok()),
            };
            Decimal::from_str(text.trim()).ok() == value
        }
        // A provider adds to lists and maps; their parts are compared where they are set.
        (Expression::Array(_) | Expression::Object(_), Value::List(_) | Value::Object(_)) => true,
        _ => false,
    }
}

/// A value as one would write it; `None` for what is not known or must not be shown.
fn expression(value: &Value) -> Option<Expression> {
    Some(match value {
        Value::Null => Expression::null(),
        Value::Bool(value) => Expression::from(*value),
        Value::Number(value) => Expression::from(number(*value)?),
        Value::String(text) => Expression::from(text.as_str()),
        Value::List(items) => {
            let items: Vec<Expression> = items.iter().map(expression).collect::<Option<_>>()?;
            let mut array = Array::new();
            for (at, mut item) in items.into_iter().enumerate() {
                item.decor_mut().set_prefix(if at == 0 { "" } else { " " });
                array.push(item);
            }
            Expression::Array(array)
        }
        Value::Object(object) => {
            let mut out = HclObject::new();
            for name in object.names() {
                let value = expression(&object.get(&name)?)?;
                out.insert(ObjectKey::Ident(Ident::new_sanitized(&*name).into()), ObjectValue::new(value));
            }
            Expression::Object(out)
        }
        Value::Unknown(_) | Value::Sensitive(_) => return None,
    })
}

fn number(value: Decimal) -> Option<Number> {
    let value = value.normalize();
    match i64::try_from(value) {
        Ok(whole) if value.is_integer() => Some(Number::from(whole)),
        _ => Number::from_f64(value.try_into().ok()?),
    }
}
