//! What a function sees of its call.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use smol_str::SmolStr;

use super::Gives;
use crate::lang::conform::Stopped;
use crate::lang::fuel::{Fuel, MAX_TEXT, Spent};
use crate::lang::{Dialect, Host, conform, convert, sets, unify};
use crate::model::{List, Object, Problem, Type, Value};

/// A call with its evaluated arguments.
pub(in crate::lang) struct Call<'c> {
    pub(in crate::lang) arguments: &'c [Value],
    pub(in crate::lang) host: &'c dyn Host,
    pub(in crate::lang) dialect: Dialect,
    pub(in crate::lang) fuel: &'c Fuel,
    pub(in crate::lang) name: &'static str,
    /// How deep the call stands in the evaluation.
    pub(in crate::lang) depth: usize,
    /// Whether it stands in a template that a function renders.
    pub(in crate::lang) is_in_template: bool,
    /// Whether the first argument is written as a name, with or without attributes and indexes.
    pub(in crate::lang) is_named: bool,
}

/// Why a call failed, and which argument is to blame.
#[derive(Debug)]
pub(in crate::lang) struct Failed {
    pub(in crate::lang) argument: Option<usize>,
    pub(in crate::lang) message: String,
    /// What is wrong elsewhere, with its own place.
    pub(in crate::lang) elsewhere: Option<Problem>,
}

impl Failed {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { argument: None, message: message.into(), elsewhere: None }
    }
}

impl From<Spent> for Failed {
    fn from(_: Spent) -> Self {
        Self::new("the result grows too large")
    }
}

impl Call<'_> {
    pub(super) fn fail(&self, at: usize, message: impl Into<String>) -> Failed {
        Failed { argument: Some(at), message: message.into(), elsewhere: None }
    }

    pub(super) fn is_stanza(&self) -> bool {
        self.dialect == Dialect::Stanza
    }

    pub(super) fn number(&self, at: usize) -> Result<Decimal, Failed> {
        let converted = convert::to_number(&self.arguments[at]).map_err(|reason| self.fail(at, reason))?;
        converted.as_number().ok_or_else(|| self.fail(at, "a number is needed"))
    }

    pub(super) fn integer(&self, at: usize) -> Result<i64, Failed> {
        let number = self.number(at)?;
        let whole = number.is_integer().then(|| number.to_i64()).flatten();
        whole.ok_or_else(|| self.fail(at, "a whole number is needed"))
    }

    /// A whole number that counts something.
    pub(super) fn count(&self, at: usize) -> Result<usize, Failed> {
        usize::try_from(self.integer(at)?).map_err(|_| self.fail(at, "the number is negative"))
    }

    pub(super) fn text(&self, at: usize) -> Result<SmolStr, Failed> {
        match convert::to_text(&self.arguments[at]).map_err(|reason| self.fail(at, reason))? {
            Value::String(text) => Ok(text),
            _ => Err(self.fail(at, "text is needed")),
        }
    }

    /// A list, tuple or set.
    pub(super) fn list(&self, at: usize) -> Result<&List, Failed> {
        match self.arguments[at].unmarked() {
            Value::List(items) => Ok(items),
            _ => Err(self.fail(at, "a list is needed")),
        }
    }

    /// A list or tuple: its elements have places.
    pub(super) fn sequence(&self, at: usize) -> Result<&List, Failed> {
        let items = self.list(at)?;
        if items.is_set() { Err(self.fail(at, "a list is needed, not a set")) } else { Ok(items) }
    }

    pub(super) fn object(&self, at: usize) -> Result<&Object, Failed> {
        self.arguments[at].as_object().ok_or_else(|| self.fail(at, "an object is needed"))
    }

    /// The elements of a list, converted to one type as Terraform does it, and that type.
    pub(super) fn alike(&self, at: usize) -> Result<(Vec<Value>, Type), Failed> {
        let items = self.list(at)?;
        match items.declared().and_then(Type::element) {
            Some(element) => Ok((items.to_vec(), element.clone())),
            None => self.make_alike(at, items),
        }
    }

    pub(super) fn make_alike(&self, at: usize, items: &[Value]) -> Result<(Vec<Value>, Type), Failed> {
        let alike = unify::alike(items, self.fuel)?;
        let (items, element) = alike.ok_or_else(|| self.fail(at, "the elements have no common type"))?;
        let is_plain = element.is_primitive() && items.iter().all(|item| item.as_unknown().is_none());
        match self.is_stanza() && !is_plain {
            true => Ok((items.iter().map(conform::untyped).collect(), Type::Dynamic)),
            false => Ok((items, element)),
        }
    }

    /// The elements of a list, in Terraform converted to one type, and that type. Stanzas leave them as they are.
    pub(super) fn elements(&self, at: usize) -> Result<(Vec<Value>, Type), Failed> {
        if self.is_stanza() { Ok((self.list(at)?.to_vec(), Type::Dynamic)) } else { self.alike(at) }
    }

    /// A value in a type that the function asks for.
    pub(super) fn converted(&self, at: usize, to: &Type) -> Result<Value, Failed> {
        conform::converted(&self.arguments[at], to, self.fuel).map_err(|stopped| match stopped {
            Stopped::Mismatch(mismatch) => self.fail(at, mismatch.to_string()),
            Stopped::Spent => Failed::from(Spent),
        })
    }

    /// A list of elements of one type. Stanzas know no types.
    pub(super) fn list_of(&self, element: Type, items: Vec<Value>) -> Value {
        if self.is_stanza() { Value::from(items) } else { Value::List(List::of(Type::list(element), items)) }
    }

    /// A set of elements of one type, put in order.
    pub(super) fn set_of(&self, element: Type, items: Vec<Value>) -> Result<Value, Failed> {
        let items = sets::set(items, self.fuel)?;
        Ok(if self.is_stanza() { Value::from(items) } else { Value::List(List::of(Type::set(element), items)) })
    }

    /// A map of elements of one type.
    pub(super) fn map_of(&self, element: Type, entries: impl IntoIterator<Item = (SmolStr, Value)>) -> Value {
        Value::Object(match self.is_stanza() {
            true => entries.into_iter().collect(),
            false => Object::of(Type::map(element), entries),
        })
    }

    /// Elements of a list or set as a list of the same type, those of a tuple as a tuple.
    pub(super) fn like(&self, list: &List, items: Vec<Value>) -> Value {
        match list.declared().and_then(Type::element) {
            Some(element) => self.list_of(element.clone(), items),
            None => Value::from(items),
        }
    }

    /// An unknown value as an element of the first argument.
    pub(super) fn unknown_element(&self, value: &Value) -> Value {
        if self.is_stanza() { value.clone() } else { Gives::Element.unknown(value, self.arguments) }
    }

    /// The same unknown value, as one of this type.
    pub(super) fn unknown_of(&self, kind: &Type, value: Value) -> Value {
        if self.is_stanza() { value } else { conform::retyped(value, kind) }
    }

    /// The elements of a list as texts; `Err` within if one of them is unknown or null.
    pub(super) fn texts(&self, at: usize) -> Result<Result<Vec<SmolStr>, Value>, Failed> {
        let mut texts = Vec::new();
        let mut instead = None;
        for item in self.list(at)?.iter() {
            match convert::to_text(item).map_err(|reason| self.fail(at, reason))? {
                Value::String(text) => texts.push(text),
                Value::Null if !self.is_stanza() => return Err(self.fail(at, "an element is null")),
                other => instead = instead.or(Some(other)),
            }
        }
        Ok(instead.map_or(Ok(texts), Err))
    }

    /// A text that the function made, if it is not too long.
    pub(super) fn made(&self, text: &str) -> Result<Value, Failed> {
        if text.len() > MAX_TEXT {
            return Err(Failed::from(Spent));
        }
        Ok(Value::from(convert::composed(text).as_ref()))
    }

    /// A list of texts that the function made.
    pub(super) fn made_list(&self, texts: impl IntoIterator<Item = SmolStr>) -> Result<Value, Failed> {
        let mut items = Vec::new();
        for text in texts {
            self.fuel.spend_text(text.len())?;
            items.push(Value::String(text));
        }
        Ok(self.list_of(Type::String, items))
    }
}
