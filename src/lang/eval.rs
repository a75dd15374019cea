//! Evaluates lowered expressions: null, unknown and sensitive values travel by the rules of the dialect.

use hcl::edit::expr::BinaryOperator;
use indexmap::IndexMap;
use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

use super::equal::equal;
use super::expr::{Expr, For, Kind, Local, Node, Piece};
use super::functions::{Call, Function, Nulls};
use super::{Dialect, Frame, convert};
use crate::model::{Object, Problem, Source, Span, Value};

/// How deep expressions nest at most; the parser bounds text, this bounds what `for` makes of it.
const MAX_DEPTH: usize = 200;
/// How many nodes one evaluation visits at most, so that no expression runs for ever.
const MAX_STEPS: usize = 1_000_000;
/// How long a text that an expression makes may be.
pub(super) const MAX_TEXT: usize = 1 << 20;

impl Expr {
    /// Evaluates the expression. The problem underlines the exact sub-expression.
    pub fn eval(&self, frame: &Frame<'_>) -> Result<Value, Problem> {
        if let Kind::Constant(value) = &self.root.kind {
            return Ok(value.clone());
        }
        Evaluator::new(frame, self.dialect, &self.source).node(&self.root)
    }
}

pub(super) struct Evaluator<'e> {
    frame: &'e Frame<'e>,
    dialect: Dialect,
    source: &'e Source,
    locals: Vec<Value>,
    depth: usize,
    steps: usize,
}

impl<'e> Evaluator<'e> {
    pub(super) fn new(frame: &'e Frame<'e>, dialect: Dialect, source: &'e Source) -> Self {
        Self { frame, dialect, source, locals: Vec::new(), depth: 0, steps: 0 }
    }

    fn is_stanza(&self) -> bool {
        self.dialect == Dialect::Stanza
    }

    pub(super) fn node(&mut self, node: &Node) -> Result<Value, Problem> {
        self.depth += 1;
        self.steps += 1;
        if self.depth > MAX_DEPTH || self.steps > MAX_STEPS {
            return Err(self.problem("lepton::lang::too-large", node.span, "the expression does too much", ""));
        }
        let value = self.inner(node);
        self.depth -= 1;
        value
    }

    fn inner(&mut self, node: &Node) -> Result<Value, Problem> {
        match &node.kind {
            Kind::Constant(value) => Ok(value.clone()),
            Kind::Slot(slot) => Ok(self.frame.slots.get(slot.0 as usize).cloned().unwrap_or(Value::Null)),
            Kind::Local(local) => Ok(self.locals.get(*local as usize).cloned().unwrap_or(Value::Null)),
            Kind::Template(pieces) => self.template(pieces, node.span),
            Kind::List(items) => {
                let items: Result<Vec<Value>, Problem> = items.iter().map(|item| self.node(item)).collect();
                Ok(Value::from(items?))
            }
            Kind::Object(entries) => self.object(entries),
            Kind::Negate(inner) => {
                let value = self.node(inner)?;
                self.numeric(&value, inner.span, |number| Some(-number))
            }
            Kind::Not(inner) => {
                let value = self.node(inner)?;
                let is_sensitive = value.is_sensitive();
                let result = match self.truth(&value, inner.span)? {
                    Truth::Known(truth) => Value::Bool(!truth),
                    Truth::Unknown(value) => value,
                };
                Ok(mark(result, is_sensitive))
            }
            Kind::Binary(operator, sides) => self.binary(*operator, &sides.0, &sides.1, node.span),
            Kind::Conditional(parts) => {
                let condition = self.node(&parts.0)?;
                let is_sensitive = condition.is_sensitive();
                let result = match self.truth(&condition, parts.0.span)? {
                    Truth::Unknown(value) => value,
                    Truth::Known(true) => self.node(&parts.1)?,
                    Truth::Known(false) => self.node(&parts.2)?,
                };
                Ok(mark(result, is_sensitive))
            }
            Kind::Call { function, arguments, expands } => self.call(function, arguments, *expands, node.span),
            Kind::Attribute(base, name) => {
                let base_value = self.node(base)?;
                self.attribute(&base_value, name, node.span)
            }
            Kind::Index(sides) => {
                let (base, key) = (self.node(&sides.0)?, self.node(&sides.1)?);
                self.index(&base, &key, sides.1.span)
            }
            Kind::Splat { base, element, each } => {
                let base = self.node(base)?;
                self.splat(&base, *element, each)
            }
            Kind::For(body) => self.for_expr(body),
        }
    }

    fn object(&mut self, entries: &[(Node, Node)]) -> Result<Value, Problem> {
        let mut object = IndexMap::with_capacity(entries.len());
        for (key, value) in entries {
            let name = match self.key(key)? {
                Ok(name) => name,
                Err(unknown) => return Ok(unknown),
            };
            object.insert(name, self.node(value)?);
        }
        Ok(Value::Object(Object::from_iter(object)))
    }

    /// The text of an object key, or the unknown value that decides it.
    fn key(&mut self, node: &Node) -> Result<Result<SmolStr, Value>, Problem> {
        let value = self.node(node)?;
        if value.as_unknown().is_some() {
            return Ok(Err(value));
        }
        match convert::to_text(value.unmarked()) {
            Ok(Value::String(text)) => Ok(Ok(text)),
            _ => {
                let message = format!("a {} cannot be the key of an object", value.kind());
                Err(self.problem("lepton::lang::key", node.span, message, ""))
            }
        }
    }

    fn template(&mut self, pieces: &[Piece], span: Span) -> Result<Value, Problem> {
        let mut text = String::new();
        let mut is_sensitive = false;
        match self.pieces(pieces, &mut text, &mut is_sensitive, span)? {
            Some(instead) => Ok(mark(instead, is_sensitive)),
            None => Ok(mark(Value::from(text.as_str()), is_sensitive)),
        }
    }

    /// Writes pieces; the value that the template has instead, if one of them is null or unknown.
    fn pieces(
        &mut self,
        pieces: &[Piece],
        text: &mut String,
        is_sensitive: &mut bool,
        span: Span,
    ) -> Result<Option<Value>, Problem> {
        for piece in pieces {
            let instead = match piece {
                Piece::Text(literal) => {
                    text.push_str(literal);
                    None
                }
                Piece::Value(node) => {
                    let value = self.node(node)?;
                    *is_sensitive |= value.is_sensitive();
                    match convert::to_text(value.unmarked()) {
                        Ok(Value::String(shown)) => {
                            text.push_str(&shown);
                            None
                        }
                        Ok(Value::Null) if !self.is_stanza() => {
                            return Err(self.problem("lepton::lang::null", node.span, "null in a template", ""));
                        }
                        Ok(other) => Some(other),
                        Err(reason) => return Err(self.problem("lepton::lang::template", node.span, reason, "")),
                    }
                }
                Piece::If { condition, then, otherwise } => {
                    let value = self.node(condition)?;
                    *is_sensitive |= value.is_sensitive();
                    match self.truth(&value, condition.span)? {
                        Truth::Unknown(value) => Some(value),
                        Truth::Known(truth) => {
                            self.pieces(if truth { then } else { otherwise }, text, is_sensitive, span)?
                        }
                    }
                }
                Piece::For { key, value, collection, body } => {
                    let items = self.node(collection)?;
                    *is_sensitive |= items.is_sensitive();
                    match self.elements(&items, collection.span)? {
                        Err(unknown) => Some(unknown),
                        Ok(items) => {
                            let mut instead = None;
                            for (at, item) in items {
                                self.bind(*key, *value, at, item);
                                instead = self.pieces(body, text, is_sensitive, span)?;
                                if instead.is_some() {
                                    break;
                                }
                            }
                            instead
                        }
                    }
                }
            };
            if instead.is_some() {
                return Ok(instead);
            }
            if text.len() > MAX_TEXT {
                return Err(self.problem("lepton::lang::too-large", span, "the text grows too long", ""));
            }
        }
        Ok(None)
    }

    fn binary(&mut self, operator: BinaryOperator, left: &Node, right: &Node, span: Span) -> Result<Value, Problem> {
        let (left_value, right_value) = (self.node(left)?, self.node(right)?);
        let is_sensitive = left_value.is_sensitive() || right_value.is_sensitive();
        let (a, b) = (left_value.unmarked(), right_value.unmarked());
        let result = match operator {
            BinaryOperator::Eq => equal(a, b),
            BinaryOperator::NotEq => match equal(a, b) {
                Value::Bool(truth) => Value::Bool(!truth),
                unknown => unknown,
            },
            BinaryOperator::And | BinaryOperator::Or => {
                match (self.truth(a, left.span)?, self.truth(b, right.span)?) {
                    (Truth::Known(a), Truth::Known(b)) => {
                        Value::Bool(if operator == BinaryOperator::And { a && b } else { a || b })
                    }
                    // One side can decide alone.
                    (Truth::Known(known), Truth::Unknown(_)) | (Truth::Unknown(_), Truth::Known(known))
                        if known == (operator == BinaryOperator::Or) =>
                    {
                        Value::Bool(known)
                    }
                    (Truth::Unknown(value), _) | (_, Truth::Unknown(value)) => value,
                }
            }
            _ => self.arithmetic(operator, (a, left.span), (b, right.span), span)?,
        };
        Ok(mark(result, is_sensitive))
    }

    fn arithmetic(
        &mut self,
        operator: BinaryOperator,
        (left, left_span): (&Value, Span),
        (right, right_span): (&Value, Span),
        span: Span,
    ) -> Result<Value, Problem> {
        let left = match self.number(left, left_span)? {
            Ok(number) => number,
            Err(instead) => return Ok(instead),
        };
        let right = match self.number(right, right_span)? {
            Ok(number) => number,
            Err(instead) => return Ok(instead),
        };
        let number = match operator {
            BinaryOperator::Less => return Ok(Value::Bool(left < right)),
            BinaryOperator::LessEq => return Ok(Value::Bool(left <= right)),
            BinaryOperator::Greater => return Ok(Value::Bool(left > right)),
            BinaryOperator::GreaterEq => return Ok(Value::Bool(left >= right)),
            BinaryOperator::Plus => left.checked_add(right),
            BinaryOperator::Minus => left.checked_sub(right),
            BinaryOperator::Mul => left.checked_mul(right),
            BinaryOperator::Div | BinaryOperator::Mod if right.is_zero() => {
                return Err(self.problem("lepton::lang::division-by-zero", span, "division by zero", ""));
            }
            BinaryOperator::Div => left.checked_div(right),
            _ => left.checked_rem(right),
        };
        number.map(Value::Number).ok_or_else(|| self.problem("lepton::lang::overflow", span, TOO_LARGE, ""))
    }

    fn numeric(
        &mut self,
        value: &Value,
        span: Span,
        with: impl Fn(Decimal) -> Option<Decimal>,
    ) -> Result<Value, Problem> {
        let result = match self.number(value.unmarked(), span)? {
            Err(instead) => instead,
            Ok(number) => match with(number) {
                Some(number) => Value::Number(number),
                None => return Err(self.problem("lepton::lang::overflow", span, TOO_LARGE, "")),
            },
        };
        Ok(mark(result, value.is_sensitive()))
    }

    /// A number, or the null or unknown value that stands instead of the result.
    fn number(&mut self, value: &Value, span: Span) -> Result<Result<Decimal, Value>, Problem> {
        match convert::to_number(value) {
            Ok(Value::Number(number)) => Ok(Ok(number)),
            Ok(Value::Null) if !self.is_stanza() => {
                Err(self.problem("lepton::lang::null", span, "null where a number is needed", ""))
            }
            Ok(instead) => Ok(Err(instead)),
            Err(reason) => Err(self.problem("lepton::lang::type", span, reason, "a number is needed here")),
        }
    }

    fn truth(&mut self, value: &Value, span: Span) -> Result<Truth, Problem> {
        match convert::to_bool(value.unmarked()) {
            Ok(Value::Bool(truth)) => Ok(Truth::Known(truth)),
            Ok(Value::Null) if self.is_stanza() => Ok(Truth::Known(false)),
            Ok(Value::Null) => Err(self.problem("lepton::lang::null", span, "null where true or false is needed", "")),
            Ok(unknown) => Ok(Truth::Unknown(unknown)),
            Err(reason) => Err(self.problem("lepton::lang::type", span, reason, "true or false is needed here")),
        }
    }

    fn attribute(&mut self, base: &Value, name: &str, span: Span) -> Result<Value, Problem> {
        let result = match base.unmarked() {
            Value::Object(object) => match object.get(name) {
                Some(value) => value,
                None if self.is_stanza() => Value::Null,
                None => {
                    let message = format!("the object has no attribute `{name}`");
                    return Err(self.problem("lepton::lang::no-attribute", span, message, ""));
                }
            },
            Value::Null if self.is_stanza() => Value::Null,
            Value::Unknown(unknown) => Value::unknown(format_smolstr!("{}.{name}", unknown.path)),
            // Terraform writes a single nested block as a list of one.
            Value::List(items) if self.is_stanza() => match items.as_ref() {
                [] => Value::Null,
                [only] => self.attribute(only, name, span)?,
                _ => {
                    let message = format!("a list has no attribute `{name}`");
                    return Err(self.problem(
                        "lepton::lang::no-attribute",
                        span,
                        message,
                        "choose an element by `[0]`",
                    ));
                }
            },
            other => {
                let message = format!("a {} has no attribute `{name}`", other.kind());
                return Err(self.problem("lepton::lang::no-attribute", span, message, ""));
            }
        };
        Ok(mark(result, base.is_sensitive()))
    }

    fn index(&mut self, base: &Value, key: &Value, span: Span) -> Result<Value, Problem> {
        let is_sensitive = base.is_sensitive() || key.is_sensitive();
        let result = match (base.unmarked(), key.unmarked()) {
            (Value::Unknown(unknown), _) => Value::Unknown(unknown.clone()),
            (_, Value::Unknown(unknown)) => Value::Unknown(unknown.clone()),
            (Value::Null, _) | (_, Value::Null) if self.is_stanza() => Value::Null,
            (Value::List(items), key) => {
                let at = convert::to_number(key).ok().and_then(|key| key.as_number());
                let at = at.filter(|at| at.is_integer() && !at.is_sign_negative());
                let item = at.and_then(|at| usize::try_from(at).ok()).and_then(|at| items.get(at));
                match item {
                    Some(item) => item.clone(),
                    None if self.is_stanza() && at.is_some() => Value::Null,
                    None => {
                        let message = format!("{key} is not an index of a list of {}", items.len());
                        return Err(self.problem("lepton::lang::index", span, message, ""));
                    }
                }
            }
            (Value::Object(object), key) => {
                let name =
                    convert::to_text(key).map_err(|reason| self.problem("lepton::lang::index", span, reason, ""))?;
                match object.get(name.as_str().unwrap_or_default()) {
                    Some(value) => value,
                    None if self.is_stanza() => Value::Null,
                    None => {
                        return Err(self.problem("lepton::lang::index", span, "the object has no such key", ""));
                    }
                }
            }
            (other, _) => {
                let message = format!("a {} has no elements", other.kind());
                return Err(self.problem("lepton::lang::index", span, message, ""));
            }
        };
        Ok(mark(result, is_sensitive))
    }

    fn splat(&mut self, base: &Value, element: Local, each: &Node) -> Result<Value, Problem> {
        let items: Vec<Value> = match base.unmarked() {
            Value::Null => Vec::new(),
            Value::Unknown(unknown) => return Ok(mark(Value::Unknown(unknown.clone()), base.is_sensitive())),
            Value::List(items) => items.to_vec(),
            other => vec![other.clone()],
        };
        let mut results = Vec::with_capacity(items.len());
        for item in items {
            self.set_local(element, item);
            results.push(self.node(each)?);
        }
        Ok(mark(Value::from(results), base.is_sensitive()))
    }

    fn for_expr(&mut self, body: &For) -> Result<Value, Problem> {
        let collection = self.node(&body.collection)?;
        let is_sensitive = collection.is_sensitive();
        let items = match self.elements(&collection, body.collection.span)? {
            Ok(items) => items,
            Err(unknown) => return Ok(mark(unknown, is_sensitive)),
        };
        let mut list = Vec::new();
        let mut object: IndexMap<SmolStr, Value> = IndexMap::new();
        let mut groups: IndexMap<SmolStr, Vec<Value>> = IndexMap::new();
        for (key, value) in items {
            self.bind(body.key, body.value, key, value);
            if let Some(condition) = &body.condition {
                let value = self.node(condition)?;
                match self.truth(&value, condition.span)? {
                    Truth::Known(true) => {}
                    Truth::Known(false) => continue,
                    Truth::Unknown(value) => return Ok(mark(value, is_sensitive)),
                }
            }
            let Some(key_result) = &body.key_result else {
                list.push(self.node(&body.result)?);
                continue;
            };
            let name = match self.key(key_result)? {
                Ok(name) => name,
                Err(unknown) => return Ok(mark(unknown, is_sensitive)),
            };
            let result = self.node(&body.result)?;
            if body.groups {
                groups.entry(name).or_default().push(result);
            } else if object.insert(name.clone(), result).is_some() {
                let message = format!("two elements give the key {name:?}");
                return Err(self.problem("lepton::lang::duplicate-key", key_result.span, message, "group with `...`"));
            }
        }
        let result = match (&body.key_result, body.groups) {
            (None, _) => Value::from(list),
            (Some(_), false) => {
                object.sort_unstable_keys();
                Value::Object(Object::from_iter(object))
            }
            (Some(_), true) => {
                groups.sort_unstable_keys();
                Value::Object(groups.into_iter().map(|(name, items)| (name, Value::from(items))).collect())
            }
        };
        Ok(mark(result, is_sensitive))
    }

    /// Keys and values of a collection, or the unknown value that it is.
    #[allow(clippy::type_complexity, reason = "a pair in a list, or what stands instead")]
    fn elements(&mut self, value: &Value, span: Span) -> Result<Result<Vec<(Value, Value)>, Value>, Problem> {
        match value.unmarked() {
            Value::Unknown(_) => Ok(Err(value.unmarked().clone())),
            Value::Null if self.is_stanza() => Ok(Ok(Vec::new())),
            Value::List(items) => {
                let key = |at: usize| Value::from(at as i64);
                Ok(Ok(items.iter().enumerate().map(|(at, item)| (key(at), item.clone())).collect()))
            }
            Value::Object(object) => {
                Ok(Ok(object.entries().into_iter().map(|(name, value)| (Value::String(name), value)).collect()))
            }
            other => {
                let message = format!("a {} has no elements", other.kind());
                Err(self.problem("lepton::lang::type", span, message, "a list or an object is needed here"))
            }
        }
    }

    fn bind(&mut self, key: Option<Local>, value: Local, at: Value, item: Value) {
        if let Some(key) = key {
            self.set_local(key, at);
        }
        self.set_local(value, item);
    }

    fn set_local(&mut self, local: Local, value: Value) {
        let at = local as usize;
        if self.locals.len() <= at {
            self.locals.resize(at + 1, Value::Null);
        }
        self.locals[at] = value;
    }

    fn call(
        &mut self,
        function: &'static Function,
        nodes: &[Node],
        expands: bool,
        span: Span,
    ) -> Result<Value, Problem> {
        // `try` and `can` are about the failure of their arguments.
        if function.name == "try" || function.name == "can" {
            for node in nodes {
                let depth = self.depth;
                match self.node(node) {
                    Ok(value) if function.name == "try" => return Ok(value),
                    Ok(value) if value.as_unknown().is_some() => return Ok(value),
                    Ok(_) => return Ok(Value::Bool(true)),
                    Err(_) => self.depth = depth,
                }
            }
            if function.name == "can" {
                return Ok(Value::Bool(false));
            }
            return Err(self.problem("lepton::lang::try", span, "every argument of `try` failed", ""));
        }
        let mut arguments = Vec::with_capacity(nodes.len());
        for (at, node) in nodes.iter().enumerate() {
            let value = self.node(node)?;
            if expands && at + 1 == nodes.len() {
                match value.as_list() {
                    Some(items) => arguments.extend(items.iter().map(|item| mark(item.clone(), value.is_sensitive()))),
                    None if value.as_unknown().is_some() => return Ok(value),
                    None => {
                        return Err(self.problem("lepton::lang::type", node.span, "only a list expands by `...`", ""));
                    }
                }
            } else {
                arguments.push(value);
            }
        }
        if arguments.len() < function.least || function.most.is_some_and(|most| arguments.len() > most) {
            let message = format!("`{}` does not take {} arguments", function.name, arguments.len());
            return Err(self.problem("lepton::lang::argument-count", span, message, ""));
        }
        let mut is_sensitive = false;
        for argument in &mut arguments {
            is_sensitive |= argument.is_sensitive();
            *argument = argument.unmarked().clone();
        }
        if function.nulls == Nulls::Travel {
            if let Some(unknown) = arguments.iter().find(|value| value.as_unknown().is_some()) {
                return Ok(mark(unknown.clone(), is_sensitive));
            }
            if let Some(at) = arguments.iter().position(Value::is_null) {
                if self.is_stanza() {
                    return Ok(mark(Value::Null, is_sensitive));
                }
                let place = nodes.get(at).map_or(span, |node| node.span);
                let message = format!("an argument of `{}` is null", function.name);
                return Err(self.problem("lepton::lang::null", place, message, ""));
            }
        }
        let call = Call { arguments: &arguments, host: self.frame.host, is_stanza: self.is_stanza() };
        match (function.run)(&call) {
            Ok(value) => Ok(mark(value, is_sensitive)),
            Err(failed) => {
                let place = failed.argument.and_then(|at| nodes.get(at)).map_or(span, |node| node.span);
                let message = if is_sensitive { "the call failed on a sensitive value".into() } else { failed.message };
                Err(self.problem("lepton::lang::call", place, format!("`{}`: {message}", function.name), ""))
            }
        }
    }

    fn problem(&self, code: &'static str, span: Span, message: impl Into<String>, label: impl Into<String>) -> Problem {
        Problem::error(code, message).at(self.source, span, label)
    }
}

const TOO_LARGE: &str = "the number grows too large for a decimal";

enum Truth {
    Known(bool),
    Unknown(Value),
}

pub(super) fn mark(value: Value, is_sensitive: bool) -> Value {
    if is_sensitive { value.sensitive() } else { value }
}
