//! Attributes, indexes and splats.

use smol_str::{SmolStr, format_smolstr};

use super::{Answer, Evaluator, mark, with_article};
use crate::lang::diagnostics::{code, did_you_mean};
use crate::lang::expr::{Kind, Local, Node, Path, Step, To};
use crate::lang::fuel::Spent;
use crate::lang::{convert, unify};
use crate::model::{List, Object, Problem, Span, Type, Unknown, Value};

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
    pub(super) fn steps(&mut self, base: &Value, steps: &[Step], start: usize) -> Answer {
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
            Value::Unknown(unknown) => {
                let path = format_smolstr!("{}.{name}", unknown.path);
                match kind_of_attribute(&unknown.kind, name) {
                    Some(kind) => Value::unknown_of(path, kind),
                    // Functions of stanzas leave the type that an argument had.
                    None if self.is_stanza() => Value::unknown(path),
                    None => return Err(self.no_attribute_of(&unknown.kind, name, span)),
                }
            }
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

    fn no_attribute_of(&self, kind: &Type, name: &str, span: Span) -> Problem {
        let message = format!("`.{name}` is asked of {}", kind.words());
        self.problem(code::NO_ATTRIBUTE, span, message, "has no such attribute")
            .help("the value is known only after apply, but its type is known")
    }

    fn index(&self, base: &Value, key: &Value, base_span: Span, span: Span) -> Answer {
        let is_sensitive = base.is_sensitive() || key.is_sensitive();
        let result = match (base.unmarked(), key.unmarked()) {
            (Value::Null, _) | (_, Value::Null) if self.is_stanza() => Value::Null,
            (Value::Unknown(unknown), key) if !key.is_null() => match kind_of_element(&unknown.kind, key) {
                Some(kind) => Value::unknown_of(unknown.path.clone(), kind),
                None if self.is_stanza() => Value::unknown(unknown.path.clone()),
                None => return Err(self.no_index(with_article(base), base_span, span)),
            },
            (_, Value::Null) => {
                let message = format!("{} is null, it cannot choose an element", self.quote(span));
                return Err(self.problem(code::INDEX, span, message, "null").help("give a fallback with `coalesce`"));
            }
            (Value::List(items), _) if items.is_set() => {
                return Err(self.no_index(with_article(base), base_span, span));
            }
            (_, Value::Unknown(unknown)) if self.is_stanza() => Value::Unknown(unknown.clone()),
            (base, Value::Unknown(unknown)) => {
                let kind = unify::type_of(base, self.fuel).map_err(|Spent| self.spent(span))?;
                match kind_of_element(&kind, key.unmarked()) {
                    Some(kind) => Value::unknown_of(unknown.path.clone(), kind),
                    None => return Err(self.no_index(with_article(base), base_span, span)),
                }
            }
            (Value::List(items), _) => self.element(items, key, span)?,
            (Value::Object(object), _) => self.entry(object, key, span)?,
            (other, _) => return Err(self.no_index(with_article(other), base_span, span)),
        };
        Ok(mark(result, is_sensitive))
    }

    fn no_index(&self, what: &str, base: Span, index: Span) -> Problem {
        let place = Span { start: base.start, end: index.end };
        let message = format!("an element is asked of {what}");
        self.problem(code::INDEX, place, message, "has no elements").help("index lists and objects")
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
            Value::Unknown(unknown) if self.is_stanza() || unknown.kind == Type::Dynamic => return Ok(base),
            Value::Unknown(unknown) => match &unknown.kind {
                Type::List(kind) | Type::Set(kind) => return self.unknown_splat(unknown, kind, element, each),
                Type::Tuple(_) => return Ok(Value::unknown(unknown.path.clone())),
                _ if unknown.is_not_null => &single,
                _ => return Ok(Value::unknown(unknown.path.clone())),
            },
            Value::List(items) => items,
            _ => &single,
        };
        self.spend(items.len(), each.span)?;
        let mut results = Vec::with_capacity(items.len());
        for item in items {
            self.bind(element, mark(item.clone(), is_sensitive));
            results.push(self.node(each)?);
        }
        let result = match base.unmarked() {
            Value::List(items) if !items.is_tuple() => self.list_of(results, items.declared(), element, each)?,
            _ => Value::from(results),
        };
        Ok(mark(result, is_sensitive))
    }

    /// The splat of a list or set is a list.
    fn list_of(&mut self, results: Vec<Value>, of: Option<&Type>, element: Local, each: &Node) -> Answer {
        let kind = match results.is_empty() {
            true => self.kind_of_each(of.and_then(Type::element).unwrap_or(&Type::Dynamic), element, each)?,
            false => unify::common(&results, self.fuel).map_err(|Spent| self.spent(each.span))?,
        };
        Ok(match kind {
            Some(kind) => Value::List(List::of(Type::list(kind), results)),
            None => Value::from(results),
        })
    }

    fn unknown_splat(&mut self, unknown: &Unknown, of: &Type, element: Local, each: &Node) -> Answer {
        let kind = self.kind_of_each(of, element, each)?.unwrap_or(Type::Dynamic);
        Ok(Value::unknown_of(unknown.path.clone(), Type::list(kind)))
    }

    /// The type that a splat makes of an element of this type.
    fn kind_of_each(&mut self, of: &Type, element: Local, each: &Node) -> Result<Option<Type>, Problem> {
        self.bind(element, Value::unknown_of(SmolStr::default(), of.clone()));
        let result = self.node(each)?;
        unify::type_of(&result, self.fuel).map(Some).map_err(|Spent| self.spent(each.span))
    }
}

/// The type of an attribute; `None` if there surely is none.
fn kind_of_attribute(of: &Type, name: &str) -> Option<Type> {
    match of {
        Type::Dynamic => Some(Type::Dynamic),
        Type::Map(element) => Some((**element).clone()),
        Type::Object(attributes) => attributes.get(name).map(|attribute| attribute.kind.clone()),
        _ => None,
    }
}

/// The type of an element; `None` if there surely is none.
fn kind_of_element(of: &Type, key: &Value) -> Option<Type> {
    match (of, key) {
        (Type::Dynamic, _) => Some(Type::Dynamic),
        (Type::List(element) | Type::Map(element), _) => Some((**element).clone()),
        (Type::Tuple(_) | Type::Object(_), Value::Unknown(_)) => Some(Type::Dynamic),
        (Type::Object(_), _) => kind_of_attribute(of, convert::to_text(key).ok()?.as_str()?),
        (Type::Tuple(elements), _) => {
            let at = usize::try_from(convert::to_number(key).ok()?.as_number()?).ok()?;
            elements.get(at).cloned()
        }
        _ => None,
    }
}
