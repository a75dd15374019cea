//! Evaluates lowered expressions: null, unknown and sensitive values travel by the rules of the dialect.
//!
//! An evaluation is bounded in depth and in work (`fuel`), and nothing in it panics: what cannot be is a
//! problem that underlines the exact sub-expression. No problem prints a value that may be sensitive.

mod access;
mod attempt;
mod call;
mod iterate;
mod operators;
mod template;
mod trace;

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::diagnostics::{code, quoted};
use super::expr::{Expr, Kind, Node};
use super::fuel::{Fuel, Spent};
use super::functions::Call;
use super::{Dialect, Frame, conform, convert, unify};
use crate::model::{Object, Problem, Source, Span, Type, Value};

pub(super) use operators::equal;

/// How deep nodes nest at most: more than the parser lets through.
const MAX_DEPTH: usize = 400;

impl Expr {
    /// Evaluates the expression. The problem underlines the exact sub-expression.
    pub fn eval(&self, frame: &Frame<'_>) -> Result<Value, Problem> {
        if let Kind::Constant(value) = &self.root.kind {
            return Ok(value.clone());
        }
        Evaluator::new(frame, self.dialect, &self.source, &Fuel::full()).node(&self.root)
    }

    /// Evaluates a template on behalf of a call, with what the evaluation around it has left.
    pub(super) fn eval_within(&self, call: &Call<'_>, slots: &[Value]) -> Result<Value, Problem> {
        let frame = Frame { slots, host: call.host };
        let mut evaluator = Evaluator::new(&frame, self.dialect, &self.source, call.fuel);
        evaluator.depth = call.depth;
        evaluator.is_template = true;
        evaluator.node(&self.root)
    }
}

/// What an evaluation gives.
type Answer = Result<Value, Problem>;

pub(super) struct Evaluator<'e> {
    frame: &'e Frame<'e>,
    dialect: Dialect,
    source: &'e Source,
    /// The variables of `for` and the elements of splats, by depth.
    locals: Vec<Value>,
    depth: usize,
    fuel: &'e Fuel,
    /// Whether this is a template that a function renders.
    is_template: bool,
    /// The traversals and calls seen, if asked for.
    trace: Option<Vec<(Span, Value)>>,
}

impl<'e> Evaluator<'e> {
    pub(super) fn new(frame: &'e Frame<'e>, dialect: Dialect, source: &'e Source, fuel: &'e Fuel) -> Self {
        Self { frame, dialect, source, locals: Vec::new(), depth: 0, fuel, is_template: false, trace: None }
    }

    fn is_stanza(&self) -> bool {
        self.dialect == Dialect::Stanza
    }

    pub(super) fn node(&mut self, node: &Node) -> Answer {
        match &node.kind {
            // Leaves need no bounds.
            Kind::Constant(value) => return Ok(value.clone()),
            Kind::Local(local) => return Ok(self.local(*local).clone()),
            _ => {}
        }
        self.spend(1, node.span)?;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.spent(node.span));
        }
        let answer = self.inner(node);
        self.depth -= 1;
        if self.trace.is_some() {
            self.note(node, &answer);
        }
        answer
    }

    fn inner(&mut self, node: &Node) -> Answer {
        match &node.kind {
            Kind::Constant(value) => Ok(value.clone()),
            Kind::Slot(slot) => Ok(self.slot(*slot).clone()),
            Kind::Local(local) => Ok(self.local(*local).clone()),
            Kind::Path(path) => self.path(path, node.span.start),
            Kind::Binary(operator, sides) => self.binary(*operator, &sides.0, &sides.1, node.span),
            Kind::Conditional(parts) => self.conditional(&parts.0, &parts.1, &parts.2, node.span),
            Kind::Call { function, arguments, expands } => self.call(function, arguments, *expands, node.span),
            Kind::Template(pieces) => self.template(pieces, node.span),
            Kind::Negate(inner) => self.negate(inner),
            Kind::Not(inner) => self.not(inner),
            Kind::List(items) => {
                let items: Result<Vec<Value>, Problem> = items.iter().map(|item| self.node(item)).collect();
                Ok(Value::from(items?))
            }
            Kind::Object(entries) => self.object(entries),
            Kind::Splat { base, element, each } => self.splat(base, *element, each),
            Kind::For(body) => self.for_expr(body),
        }
    }

    fn object(&mut self, entries: &[(Node, Node)]) -> Answer {
        let mut object = IndexMap::with_capacity(entries.len());
        let mut is_sensitive = false;
        let mut unknown = None;
        for (key, value) in entries {
            let key_value = self.node(key)?;
            is_sensitive |= key_value.is_sensitive();
            let value = self.node(value)?;
            match self.key(&key_value, key.span)? {
                Ok(name) => {
                    object.insert(name, value);
                }
                Err(decides) => unknown = unknown.or(Some(decides)),
            }
        }
        let result = match unknown {
            Some(decides) => self.typed_unknown(decides, &Type::Dynamic),
            None => Value::Object(Object::from(object)),
        };
        Ok(mark(result, is_sensitive))
    }

    /// The text of an object's key, or the unknown value that decides it.
    fn key(&self, value: &Value, span: Span) -> Result<Result<SmolStr, Value>, Problem> {
        match convert::to_text(value.unmarked()) {
            Ok(Value::String(text)) => Ok(Ok(text)),
            Ok(unknown @ Value::Unknown(_)) => Ok(Err(unknown)),
            _ => {
                let message = format!("{} is {}, which cannot be a key", self.quote(span), with_article(value));
                Err(self.problem(code::KEY, span, message, "not a text").help("keys of objects are texts"))
            }
        }
    }

    /// The chosen branch. In Terraform both have one type, so that the other one is looked at, too.
    fn conditional(&mut self, condition: &Node, then: &Node, otherwise: &Node, span: Span) -> Answer {
        let value = self.node(condition)?;
        let result = match self.truth(&value, condition.span)? {
            Truth::Unknown(unknown) if self.is_stanza() => unknown,
            Truth::Unknown(unknown) => self.either(&unknown, then, otherwise, span)?,
            Truth::Known(truth) => {
                let (chosen, other) = if truth { (then, otherwise) } else { (otherwise, then) };
                let chosen = self.node(chosen)?;
                if self.is_stanza() { chosen } else { self.like_the_other(chosen, other, span)? }
            }
        };
        Ok(mark(result, value.is_sensitive()))
    }

    /// What is one of two, as far as it is known: their common type, and that neither is null.
    fn either(&mut self, unknown: &Value, then: &Node, otherwise: &Node, span: Span) -> Answer {
        let depth = self.depth;
        let (Ok(then), Ok(otherwise)) = (self.node(then), self.node(otherwise)) else {
            // The branch that will not be taken may fail.
            self.depth = depth;
            return Ok(conform::retyped(unknown.clone(), &Type::Dynamic));
        };
        let is_not_null = |value: &Value| match value.unmarked() {
            Value::Null => false,
            Value::Unknown(unknown) => unknown.is_not_null,
            _ => true,
        };
        let kind = self.common(&then, &otherwise, span)?;
        let path = unknown.as_unknown().map(|unknown| unknown.path.clone()).unwrap_or_default();
        let value = Value::unknown_of(path, kind);
        let value = if is_not_null(&then) && is_not_null(&otherwise) { value.not_null() } else { value };
        Ok(mark(value, then.is_sensitive() || otherwise.is_sensitive()))
    }

    fn like_the_other(&mut self, chosen: Value, other: &Node, span: Span) -> Answer {
        let depth = self.depth;
        let Ok(other) = self.node(other) else {
            // The branch that is not taken may fail.
            self.depth = depth;
            return Ok(chosen);
        };
        let kind = self.common(&chosen, &other, span)?;
        unify::in_common(&chosen, &kind, self.fuel).map_err(|Spent| self.spent(span))
    }

    /// The common type of the branches of a condition.
    fn common(&self, one: &Value, other: &Value, span: Span) -> Result<Type, Problem> {
        match unify::common([one, other], self.fuel) {
            Ok(Some(kind)) => Ok(kind),
            Ok(None) => {
                let message = "the results of the condition have different types";
                let label = format!("{} or {}", with_article(one), with_article(other));
                Err(self.problem(code::TYPE, span, message, label).help("make both of one type"))
            }
            Err(Spent) => Err(self.spent(span)),
        }
    }

    /// The same value; if it is unknown, as one of this type that is not null. Stanzas know no types.
    fn typed_unknown(&self, value: Value, kind: &Type) -> Value {
        if self.is_stanza() { value } else { conform::retyped(value, kind) }
    }

    fn slot(&self, slot: super::Slot) -> &'e Value {
        self.frame.slots.get(usize::from(slot.0)).unwrap_or(&Value::Null)
    }

    fn local(&self, local: super::expr::Local) -> &Value {
        self.locals.get(usize::from(local)).unwrap_or(&Value::Null)
    }

    fn spend(&self, work: usize, span: Span) -> Result<(), Problem> {
        self.fuel.spend(work).map_err(|Spent| self.spent(span))
    }

    fn spent(&self, span: Span) -> Problem {
        self.problem(code::TOO_LARGE, span, "the expression does too much", "stopped here")
            .help("evaluations are bounded; work on fewer or smaller values")
    }

    fn problem(&self, code: &'static str, span: Span, message: impl Into<String>, label: impl Into<String>) -> Problem {
        Problem::error(code, message).at(self.source, span, label)
    }

    /// The source of a span, for a message.
    fn quote(&self, span: Span) -> String {
        quoted(self.source, span)
    }
}

/// A condition's value.
enum Truth {
    Known(bool),
    Unknown(Value),
}

/// Marks a value as sensitive if what it came from is.
pub(super) fn mark(value: Value, is_sensitive: bool) -> Value {
    if is_sensitive { value.sensitive() } else { value }
}

/// What a value is, as a message says it.
fn with_article(value: &Value) -> &'static str {
    match value.unmarked() {
        Value::Null => "null",
        Value::Bool(_) => "a bool",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::List(items) if items.is_set() => "a set",
        Value::List(_) => "a list",
        Value::Object(_) => "an object",
        Value::Unknown(unknown) => match unknown.kind {
            Type::Dynamic => "not known",
            Type::Bool => "a bool",
            Type::Number => "a number",
            Type::String => "a string",
            Type::List(_) | Type::Tuple(_) => "a list",
            Type::Set(_) => "a set",
            Type::Map(_) | Type::Object(_) => "an object",
        },
        Value::Sensitive(_) => "sensitive",
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod type_tests;
