//! From the parsed expression to the lowered tree: names get slots, functions are found, constants fold.

mod call;
mod fold;
mod template;
mod traversal;

use hcl::edit::Span as _;
use hcl::edit::expr::{Expression, ForExpr, ObjectKey, ObjectValue, UnaryOperator};
use hcl::edit::template::Template;
use smol_str::SmolStr;

use super::diagnostics::{code, did_you_mean};
use super::expr::{Expr, For, Kind, Local, Node};
use super::{Names, convert};
use crate::model::{Problem, Source, Span, Value};

/// Lowers an expression. All its problems are reported, not only the first.
///
/// The parser bounds how deep expressions nest, and this how long traversals are, so that neither
/// lowering nor evaluating exhausts the stack.
pub fn lower(expression: &Expression, names: &Names, source: &Source) -> Result<Expr, Vec<Problem>> {
    lowered(names, source, |lowerer| lowerer.node(expression))
}

/// Lowers a text that is a template as a whole, such as the content of a file.
pub(super) fn lower_template(template: &Template, names: &Names, source: &Source) -> Result<Expr, Vec<Problem>> {
    let span = Span { start: 0, end: source.text().len() };
    lowered(names, source, |lowerer| Node { kind: lowerer.whole_template(template), span })
}

fn lowered(names: &Names, source: &Source, lower: impl FnOnce(&mut Lowerer<'_>) -> Node) -> Result<Expr, Vec<Problem>> {
    let mut lowerer = Lowerer { names, source, locals: Vec::new(), problems: Vec::new() };
    let root = lower(&mut lowerer);
    if lowerer.problems.is_empty() {
        return Ok(Expr { root, dialect: names.dialect(), source: source.clone() });
    }
    Err(lowerer.problems)
}

struct Lowerer<'l> {
    names: &'l Names,
    source: &'l Source,
    /// The names that `for` binds, outermost first; a splat's element has no name.
    locals: Vec<SmolStr>,
    problems: Vec<Problem>,
}

impl Lowerer<'_> {
    fn node(&mut self, expression: &Expression) -> Node {
        let span: Span = expression.span().unwrap_or_default().into();
        let kind = match expression {
            Expression::Null(_) => Kind::Constant(Value::Null),
            Expression::Bool(truth) => Kind::Constant(Value::Bool(*truth.value())),
            Expression::Number(number) => self.number(&number.value().to_string(), span),
            Expression::String(text) => Kind::Constant(Value::from(convert::composed(text.as_str()).as_ref())),
            Expression::Array(items) => Kind::List(items.iter().map(|item| self.node(item)).collect()),
            Expression::Object(object) => Kind::Object(object.iter().map(|entry| self.entry(entry)).collect()),
            Expression::StringTemplate(template) => self.string_template(template),
            Expression::HeredocTemplate(heredoc) => self.heredoc(heredoc),
            Expression::Parenthesis(inner) => return self.node(inner.inner()),
            Expression::Variable(name) => self.name(name.as_str(), span),
            Expression::Conditional(parts) => Kind::Conditional(Box::new((
                self.node(&parts.cond_expr),
                self.node(&parts.true_expr),
                self.node(&parts.false_expr),
            ))),
            Expression::FuncCall(call) => self.call(call, span),
            Expression::Traversal(traversal) => {
                let base = self.node(&traversal.expr);
                return self.operators(base, &traversal.operators, span);
            }
            Expression::UnaryOp(operation) => {
                let inner = Box::new(self.node(&operation.expr));
                match operation.operator.value() {
                    UnaryOperator::Neg => Kind::Negate(inner),
                    UnaryOperator::Not => Kind::Not(inner),
                }
            }
            Expression::BinaryOp(operation) => {
                let sides = (self.node(&operation.lhs_expr), self.node(&operation.rhs_expr));
                Kind::Binary(*operation.operator.value(), Box::new(sides))
            }
            Expression::ForExpr(body) => self.for_expr(body),
        };
        self.fold(Node { kind, span })
    }

    fn number(&mut self, text: &str, span: Span) -> Kind {
        // The parser rounds to a double; the text in the file is exact.
        let written = self.source.slice(span);
        if let Some(number) = convert::parse_number(written).or_else(|| convert::parse_number(text)) {
            return Kind::Constant(Value::Number(number));
        }
        let problem = Problem::error(code::NUMBER_RANGE, "the number is too large")
            .at(self.source, span, "does not fit")
            .help("numbers have up to 28 digits");
        self.fail(problem)
    }

    fn entry(&mut self, (key, value): (&ObjectKey, &ObjectValue)) -> (Node, Node) {
        (self.object_key(key), self.node(value.expr()))
    }

    /// A bare word is the key itself; anything else is an expression.
    fn object_key(&mut self, key: &ObjectKey) -> Node {
        let constant = |name: &str, span: Span| Node { kind: Kind::Constant(Value::from(name)), span };
        let expression = match key {
            ObjectKey::Ident(name) => return constant(name.as_str(), name.span().unwrap_or_default().into()),
            ObjectKey::Expression(expression) => expression,
        };
        let span: Span = expression.span().unwrap_or_default().into();
        match expression {
            Expression::Variable(name) => constant(name.as_str(), span),
            Expression::Null(_) => constant("null", span),
            Expression::Traversal(_) => {
                let problem = Problem::error(code::AMBIGUOUS_KEY, "the key of an object is a word or in parentheses")
                    .at(self.source, span, "a word or a reference?")
                    .help("write `(reference) = …` for the value, `\"text\" = …` for the text");
                Node { kind: self.fail(problem), span }
            }
            _ => self.node(expression),
        }
    }

    fn name(&mut self, name: &str, span: Span) -> Kind {
        if let Some(at) = self.locals.iter().rposition(|local| local == name) {
            return Kind::Local(at as Local);
        }
        if let Some(slot) = self.names.find(name) {
            return Kind::Slot(slot);
        }
        let in_scope: Vec<&str> =
            self.names.all().iter().chain(&self.locals).map(SmolStr::as_str).filter(|name| !name.is_empty()).collect();
        let help = if in_scope.is_empty() {
            "no names are in scope here: only constants and functions".to_owned()
        } else {
            format!("names in scope: {}", in_scope.join(", "))
        };
        let problem = Problem::error(code::UNKNOWN_NAME, format!("`{name}` is not a name in scope"))
            .at(self.source, span, did_you_mean(name, in_scope))
            .help(help);
        self.fail(problem)
    }

    fn for_expr(&mut self, body: &ForExpr) -> Kind {
        let collection = self.node(&body.intro.collection_expr);
        let depth = self.locals.len();
        let key = body.intro.key_var.as_ref().map(|name| self.bind(name.as_str()));
        let value = self.bind(body.intro.value_var.as_str());
        let lowered = For {
            key,
            value,
            collection,
            key_result: body.key_expr.as_ref().map(|key| self.node(key)),
            result: self.node(&body.value_expr),
            condition: body.cond.as_ref().map(|condition| self.node(&condition.expr)),
            groups: body.grouping,
        };
        self.locals.truncate(depth);
        Kind::For(Box::new(lowered))
    }

    fn bind(&mut self, name: &str) -> Local {
        self.locals.push(name.into());
        (self.locals.len() - 1) as Local
    }

    /// Notes the problem; the value that stands here meanwhile is never evaluated.
    fn fail(&mut self, problem: Problem) -> Kind {
        self.problems.push(problem);
        Kind::Constant(Value::Null)
    }
}

#[cfg(test)]
mod tests;
