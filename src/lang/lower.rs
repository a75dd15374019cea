//! From the parsed expression to the lowered tree: names get slots, functions are found, constants fold.

use hcl::edit::Span as _;
use hcl::edit::expr::{Expression, ForExpr, ObjectKey, TraversalOperator, UnaryOperator};
use hcl::edit::template::{Directive, Element, StringTemplate, Strip, Template};
use smol_str::{SmolStr, ToSmolStr};

use super::eval::Evaluator;
use super::expr::{Expr, For, Kind, Local, Node, Piece};
use super::functions::{self, Function};
use super::{Frame, Names, NoHost, convert};
use crate::model::{Problem, Source, Span, Value};

/// Lowers an expression. All its problems are reported, not only the first.
pub fn lower(expression: &Expression, names: &Names, source: &Source) -> Result<Expr, Vec<Problem>> {
    let mut lowerer = Lowerer { names, source, locals: Vec::new(), problems: Vec::new() };
    let root = lowerer.node(expression);
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
            Expression::String(text) => Kind::Constant(Value::from(text.as_str())),
            Expression::Array(items) => Kind::List(items.iter().map(|item| self.node(item)).collect()),
            Expression::Object(object) => {
                let entry = |(key, value): (&ObjectKey, &hcl::edit::expr::ObjectValue)| {
                    (self.object_key(key), self.node(value.expr()))
                };
                Kind::Object(object.iter().map(entry).collect())
            }
            Expression::StringTemplate(template) => self.string_template(template),
            Expression::HeredocTemplate(heredoc) => {
                let mut heredoc = heredoc.clone();
                if heredoc.indent().is_some() {
                    heredoc.dedent();
                }
                self.template(&heredoc.template)
            }
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
                return self.operators(base, &traversal.operators);
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

    /// Evaluates what needs no frame. What fails is left to fail when, and if, it is evaluated.
    fn fold(&self, node: Node) -> Node {
        let mut is_constant = !matches!(node.kind, Kind::Constant(_) | Kind::Slot(_) | Kind::Local(_));
        if let Kind::Call { function, .. } = &node.kind {
            is_constant &= !function.follows_references;
        }
        node.children(&mut |child| is_constant &= matches!(child.kind, Kind::Constant(_)));
        let is_lazy = matches!(node.kind, Kind::For(_) | Kind::Splat { .. });
        if !is_constant || is_lazy {
            return node;
        }
        let frame = Frame { slots: &[], host: &NoHost };
        let mut evaluator = Evaluator::new(&frame, self.names.dialect(), self.source);
        match evaluator.node(&node) {
            Ok(value) => Node { kind: Kind::Constant(value), span: node.span },
            Err(_) => node,
        }
    }

    fn number(&mut self, text: &str, span: Span) -> Kind {
        // The parser rounds to a double; the text in the file is exact.
        let written = self.source.slice(span);
        let number = convert::parse_number(written).or_else(|| convert::parse_number(text));
        match number {
            Some(number) => Kind::Constant(Value::Number(number)),
            None => self.fail("number-range", span, "the number does not fit a decimal", "", "28 digits fit"),
        }
    }

    fn object_key(&mut self, key: &ObjectKey) -> Node {
        let span: Span = key.span().unwrap_or_default().into();
        match key {
            ObjectKey::Ident(name) => Node { kind: Kind::Constant(Value::from(name.as_str())), span },
            ObjectKey::Expression(Expression::Variable(name)) => {
                Node { kind: Kind::Constant(Value::from(name.as_str())), span }
            }
            ObjectKey::Expression(expression) => self.node(expression),
        }
    }

    fn name(&mut self, name: &str, span: Span) -> Kind {
        if let Some(at) = self.locals.iter().rposition(|local| local == name) {
            return Kind::Local(at as Local);
        }
        if let Some(slot) = self.names.find(name) {
            return Kind::Slot(slot);
        }
        let in_scope: Vec<&str> = self.names.all().iter().chain(&self.locals).map(SmolStr::as_str).collect();
        let label = did_you_mean(name, in_scope.iter().copied());
        let help = if in_scope.is_empty() {
            "no names are in scope here: only constants and functions".to_owned()
        } else {
            format!("names in scope: {}", in_scope.join(", "))
        };
        self.fail("unknown-name", span, format!("`{name}` is not a name in scope"), label, help)
    }

    fn call(&mut self, call: &hcl::edit::expr::FuncCall, span: Span) -> Kind {
        let name = call.name.name.as_str();
        let name_span: Span = call.name.name.span().unwrap_or_default().into();
        let arguments: Vec<Node> = call.args.iter().map(|argument| self.node(argument)).collect();
        if call.name.is_namespaced() {
            let message = "provider functions are not known here";
            return self.fail("unknown-function", name_span, message, "", "only Terraform's own pure functions are");
        }
        let Some(function) = functions::find(name) else {
            if functions::IMPURE.contains(&name) {
                let message = format!("`{name}` is not available here");
                let help = "expressions see no files, no clock and no chance: the same input gives the same result";
                return self.fail("impure-function", name_span, message, "", help);
            }
            let label = did_you_mean(name, functions::names());
            return self.fail("unknown-function", name_span, format!("there is no function `{name}`"), label, "");
        };
        let expands = call.args.expand_final();
        self.check_arguments(function, &arguments, expands, span);
        Kind::Call { function, arguments, expands }
    }

    fn check_arguments(&mut self, function: &Function, arguments: &[Node], expands: bool, span: Span) {
        let count = arguments.len();
        let is_short = count < function.least && !expands;
        let is_long = function.most.is_some_and(|most| count > most);
        if is_short || is_long {
            let wants = match function.most {
                Some(most) if most == function.least => format!("{most}"),
                Some(most) => format!("{} to {most}", function.least),
                None => format!("at least {}", function.least),
            };
            let message = format!("`{}` takes {wants} arguments, not {count}", function.name);
            self.fail("argument-count", span, message, "", "");
        }
        if function.follows_references {
            for argument in arguments.iter().filter(|node| !matches!(node.kind, Kind::Constant(Value::String(_)))) {
                let message = format!("the arguments of `{}` are plain texts", function.name);
                self.fail(
                    "reference-path",
                    argument.span,
                    message,
                    "",
                    "write the path as a constant, without indexes",
                );
            }
        }
    }

    fn operators(&mut self, base: Node, operators: &[hcl::edit::Decorated<TraversalOperator>]) -> Node {
        let start = base.span.start;
        let mut node = base;
        for (at, operator) in operators.iter().enumerate() {
            let span = Span { start, end: operator.span().map_or(node.span.end, |span| span.end) };
            let kind = match operator.value() {
                TraversalOperator::GetAttr(name) => Kind::Attribute(Box::new(node), name.as_str().into()),
                TraversalOperator::LegacyIndex(index) => {
                    let key = Node { kind: Kind::Constant(Value::from(*index.value() as i64)), span };
                    Kind::Index(Box::new((node, key)))
                }
                TraversalOperator::Index(key) => {
                    let key = self.node(key);
                    Kind::Index(Box::new((node, key)))
                }
                TraversalOperator::AttrSplat(_) | TraversalOperator::FullSplat(_) => {
                    let element = self.locals.len() as Local;
                    self.locals.push(SmolStr::new_static(""));
                    let rest = &operators[at + 1..];
                    // `a.*.b[0]` indexes the result, `a[*].b[0]` each element.
                    let is_attribute = |operator: &&hcl::edit::Decorated<TraversalOperator>| {
                        matches!(operator.value(), TraversalOperator::GetAttr(_))
                    };
                    let taken = match operator.value() {
                        TraversalOperator::FullSplat(_) => rest.len(),
                        _ => rest.iter().take_while(is_attribute).count(),
                    };
                    let each = Node { kind: Kind::Local(element), span };
                    let each = self.operators(each, &rest[..taken]);
                    self.locals.pop();
                    let end = each.span.end;
                    let splat = Kind::Splat { base: Box::new(node), element, each: Box::new(each) };
                    return self.operators(Node { kind: splat, span: Span { start, end } }, &rest[taken..]);
                }
            };
            node = self.fold(Node { kind, span });
        }
        node
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

    fn string_template(&mut self, template: &StringTemplate) -> Kind {
        // `"${x}"` is x itself, of whatever type.
        if let [Element::Interpolation(only)] = template.iter().collect::<Vec<_>>().as_slice() {
            return self.node(&only.expr).kind;
        }
        Kind::Template(self.pieces(template.iter()))
    }

    fn template(&mut self, template: &Template) -> Kind {
        if let [Element::Interpolation(only)] = template.iter().collect::<Vec<_>>().as_slice() {
            return self.node(&only.expr).kind;
        }
        Kind::Template(self.pieces(template.iter()))
    }

    fn pieces<'t>(&mut self, elements: impl Iterator<Item = &'t Element>) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut strips_next = false;
        for element in elements {
            let (before, after) = strips(element);
            if before && let Some(Piece::Text(text)) = pieces.last_mut() {
                *text = text.trim_end().to_smolstr();
            }
            let piece = match element {
                Element::Literal(text) => {
                    let text = if strips_next { text.trim_start() } else { text.as_str() };
                    Piece::Text(text.into())
                }
                Element::Interpolation(value) => Piece::Value(self.node(&value.expr)),
                Element::Directive(directive) => self.directive(directive),
            };
            pieces.push(piece);
            strips_next = after;
        }
        pieces
    }

    fn directive(&mut self, directive: &Directive) -> Piece {
        match directive {
            Directive::If(parts) => {
                let condition = self.node(&parts.if_expr.cond_expr);
                let mut then = self.pieces(parts.if_expr.template.iter());
                let middle = parts.else_expr.as_ref().map_or(parts.endif_expr.strip, |part| part.strip);
                strip_ends(&mut then, after(parts.if_expr.strip), before(middle));
                let mut otherwise = Vec::new();
                if let Some(part) = &parts.else_expr {
                    otherwise = self.pieces(part.template.iter());
                    strip_ends(&mut otherwise, after(part.strip), before(parts.endif_expr.strip));
                }
                Piece::If { condition, then, otherwise }
            }
            Directive::For(parts) => {
                let collection = self.node(&parts.for_expr.collection_expr);
                let depth = self.locals.len();
                let key = parts.for_expr.key_var.as_ref().map(|name| self.bind(name.as_str()));
                let value = self.bind(parts.for_expr.value_var.as_str());
                let mut body = self.pieces(parts.for_expr.template.iter());
                strip_ends(&mut body, after(parts.for_expr.strip), before(parts.endfor_expr.strip));
                self.locals.truncate(depth);
                Piece::For { key, value, collection, body }
            }
        }
    }

    fn fail(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) -> Kind {
        let code = match code {
            "unknown-name" => "lepton::lang::unknown-name",
            "unknown-function" => "lepton::lang::unknown-function",
            "impure-function" => "lepton::lang::impure-function",
            "argument-count" => "lepton::lang::argument-count",
            "reference-path" => "lepton::lang::reference-path",
            _ => "lepton::lang::number-range",
        };
        let mut problem = Problem::error(code, message).at(self.source, span, label);
        let help = help.into();
        if !help.is_empty() {
            problem = problem.help(help);
        }
        self.problems.push(problem);
        Kind::Constant(Value::Null)
    }
}

fn did_you_mean<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let near = known.map(|known| (strsim::damerau_levenshtein(name, known), known)).min();
    match near {
        Some((distance, known)) if distance <= 1 + name.len() / 4 && !known.is_empty() => {
            format!("did you mean `{known}`?")
        }
        _ => "not known here".into(),
    }
}

/// Whether an element takes the space before it, and behind it, away.
fn strips(element: &Element) -> (bool, bool) {
    match element {
        Element::Literal(_) => (false, false),
        Element::Interpolation(value) => (before(value.strip), after(value.strip)),
        Element::Directive(directive) => match directive.as_ref() {
            Directive::If(parts) => (before(parts.if_expr.strip), after(parts.endif_expr.strip)),
            Directive::For(parts) => (before(parts.for_expr.strip), after(parts.endfor_expr.strip)),
        },
    }
}

fn before(strip: Strip) -> bool {
    matches!(strip, Strip::Start | Strip::Both)
}

fn after(strip: Strip) -> bool {
    matches!(strip, Strip::End | Strip::Both)
}

fn strip_ends(pieces: &mut [Piece], at_start: bool, at_end: bool) {
    if at_start && let Some(Piece::Text(text)) = pieces.first_mut() {
        *text = text.trim_start().to_smolstr();
    }
    if at_end && let Some(Piece::Text(text)) = pieces.last_mut() {
        *text = text.trim_end().to_smolstr();
    }
}
