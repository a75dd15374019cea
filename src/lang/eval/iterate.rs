//! `for` expressions.

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::{Answer, Evaluator, Truth, mark, with_article};
use crate::lang::diagnostics::code;
use crate::lang::expr::{For, Local, Node};
use crate::model::{Object, Problem, Span, Type, Value};

/// A key and a value of a collection.
pub(super) type Entry = (Value, Value);

/// What a `for` has collected so far.
enum Collected {
    List(Vec<Value>),
    Object(IndexMap<SmolStr, Value>),
    Groups(IndexMap<SmolStr, Vec<Value>>),
}

impl Evaluator<'_> {
    pub(super) fn for_expr(&mut self, body: &For) -> Answer {
        let collection = self.node(&body.collection)?;
        let mut is_sensitive = collection.is_sensitive();
        let entries = match self.entries(&collection, body.collection.span)? {
            Ok(entries) => entries,
            Err(unknown) => return Ok(mark(self.typed_unknown(unknown, &Type::Dynamic), is_sensitive)),
        };
        let mut collected = match (&body.key_result, body.groups) {
            (None, _) => Collected::List(Vec::new()),
            (Some(_), false) => Collected::Object(IndexMap::new()),
            (Some(_), true) => Collected::Groups(IndexMap::new()),
        };
        let mut unknown = None;
        for (key, value) in entries {
            if let Some(local) = body.key {
                self.bind(local, mark(key, is_sensitive));
            }
            self.bind(body.value, mark(value, collection.is_sensitive()));
            match self.includes(body.condition.as_ref(), &mut is_sensitive)? {
                Truth::Known(true) => {}
                Truth::Known(false) => continue,
                Truth::Unknown(decides) => {
                    unknown = unknown.or(Some(decides));
                    continue;
                }
            }
            let decides = self.collect(body, &mut collected, &mut is_sensitive)?;
            unknown = unknown.or(decides);
        }
        // Which elements there are is not known: then nothing of the result is.
        let result = match unknown {
            Some(decides) => self.typed_unknown(decides, &Type::Dynamic),
            None => collected.into_value(),
        };
        Ok(mark(result, is_sensitive))
    }

    fn includes(&mut self, condition: Option<&Node>, is_sensitive: &mut bool) -> Result<Truth, Problem> {
        let Some(condition) = condition else {
            return Ok(Truth::Known(true));
        };
        let value = self.node(condition)?;
        *is_sensitive |= value.is_sensitive();
        self.truth(&value, condition.span)
    }

    /// Adds one result; the unknown value if its key is not known.
    fn collect(&mut self, body: &For, to: &mut Collected, is_sensitive: &mut bool) -> Result<Option<Value>, Problem> {
        let Some(key) = &body.key_result else {
            let result = self.node(&body.result)?;
            if let Collected::List(items) = to {
                items.push(result);
            }
            return Ok(None);
        };
        let key_value = self.node(key)?;
        *is_sensitive |= key_value.is_sensitive();
        let name = self.key(&key_value, key.span)?;
        let result = self.node(&body.result)?;
        let name = match name {
            Ok(name) => name,
            Err(unknown) => return Ok(Some(unknown)),
        };
        match to {
            Collected::Object(object) => {
                if object.insert(name.clone(), result).is_some() {
                    let shown = if *is_sensitive { "one key".to_owned() } else { format!("the key {name:?}") };
                    let message = format!("two elements give {shown}");
                    let help = "group the values of a key with `...` behind the value";
                    return Err(self.problem(code::DUPLICATE_KEY, key.span, message, "not unique").help(help));
                }
            }
            Collected::Groups(groups) => groups.entry(name).or_default().push(result),
            Collected::List(_) => {}
        }
        Ok(None)
    }

    /// Keys and values of a collection, objects sorted by key; or the unknown value that it is.
    pub(super) fn entries(&self, value: &Value, span: Span) -> Result<Result<Vec<Entry>, Value>, Problem> {
        let entries: Vec<Entry> = match value.unmarked() {
            unknown @ Value::Unknown(inner) if !inner.kind.is_primitive() => return Ok(Err(unknown.clone())),
            Value::Null if self.is_stanza() => Vec::new(),
            Value::List(items) if items.is_set() => items.iter().map(|item| (item.clone(), item.clone())).collect(),
            Value::List(items) => {
                items.iter().enumerate().map(|(at, item)| (Value::from(at as i64), item.clone())).collect()
            }
            Value::Object(object) => {
                let mut entries = object.entries();
                entries.sort_by(|(a, _), (b, _)| a.cmp(b));
                entries.into_iter().map(|(name, value)| (Value::String(name), value)).collect()
            }
            other => {
                let message = format!("{} is {}, it has no elements", self.quote(span), with_article(other));
                return Err(self
                    .problem(code::TYPE, span, message, "a list or an object is needed here")
                    .help("a splat makes a list of anything: `value[*]`"));
            }
        };
        self.spend(entries.len(), span)?;
        Ok(Ok(entries))
    }

    pub(super) fn bind(&mut self, local: Local, value: Value) {
        let at = usize::from(local);
        if self.locals.len() <= at {
            self.locals.resize(at + 1, Value::Null);
        }
        self.locals[at] = value;
    }
}

impl Collected {
    fn into_value(self) -> Value {
        match self {
            Self::List(items) => Value::from(items),
            Self::Object(mut object) => {
                object.sort_unstable_keys();
                Value::Object(Object::from_iter(object))
            }
            Self::Groups(mut groups) => {
                groups.sort_unstable_keys();
                Value::Object(groups.into_iter().map(|(name, items)| (name, Value::from(items))).collect())
            }
        }
    }
}
