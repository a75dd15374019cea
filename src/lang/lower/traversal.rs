//! Traversals: attributes, indexes and splats behind a value.

use hcl::edit::expr::TraversalOperator;
use hcl::edit::{Decorated, Span as _};
use smol_str::SmolStr;

use super::Lowerer;
use crate::lang::diagnostics::code;
use crate::lang::expr::{Kind, Local, Node, Path, Step, To};
use crate::model::{Problem, Span, Value};

/// How long a traversal is at most.
const MAX_STEPS: usize = 64;

impl Lowerer<'_> {
    pub(super) fn operators(&mut self, base: Node, operators: &[Decorated<TraversalOperator>], span: Span) -> Node {
        if operators.len() > MAX_STEPS {
            let problem = Problem::error(code::TOO_LARGE, format!("a traversal of {} steps", operators.len()))
                .at(self.source, span, "too long")
                .help(format!("{MAX_STEPS} steps are the most"));
            return Node { kind: self.fail(problem), span };
        }
        self.apply(base, operators, span.start)
    }

    fn apply(&mut self, base: Node, operators: &[Decorated<TraversalOperator>], start: usize) -> Node {
        let mut node = base;
        for (at, operator) in operators.iter().enumerate() {
            let end = operator.span().map_or(node.span.end, |span| span.end);
            let to = match operator.value() {
                TraversalOperator::GetAttr(name) => To::Attribute(name.as_str().into()),
                TraversalOperator::LegacyIndex(index) => {
                    let span = operator.span().unwrap_or_default().into();
                    To::Index(Node { kind: Kind::Constant(Value::Number((**index).into())), span })
                }
                TraversalOperator::Index(index) => To::Index(self.node(index)),
                TraversalOperator::FullSplat(_) | TraversalOperator::AttrSplat(_) => {
                    return self.splat(node, operator, &operators[at + 1..], Span { start, end });
                }
            };
            node = self.fold(step(node, Step { to, end }, start));
        }
        node
    }

    /// A splat and what it applies to each element; then what follows it.
    fn splat(
        &mut self,
        base: Node,
        operator: &TraversalOperator,
        rest: &[Decorated<TraversalOperator>],
        span: Span,
    ) -> Node {
        // `a.*.b[0]` indexes the result, `a[*].b[0]` each element.
        let is_of_element = |operator: &&Decorated<TraversalOperator>| {
            matches!(operator.value(), TraversalOperator::GetAttr(_) | TraversalOperator::LegacyIndex(_))
        };
        let taken = match operator {
            TraversalOperator::FullSplat(_) => rest.len(),
            _ => rest.iter().take_while(is_of_element).count(),
        };
        let element = self.locals.len() as Local;
        self.locals.push(SmolStr::new_static(""));
        let each = self.apply(Node { kind: Kind::Local(element), span }, &rest[..taken], span.start);
        self.locals.pop();
        let whole = Span { start: span.start, end: each.span.end };
        let kind = Kind::Splat { base: Box::new(base), element, each: Box::new(each) };
        let splat = self.fold(Node { kind, span: whole });
        self.apply(splat, &rest[taken..], span.start)
    }
}

/// A node with one step more; the steps of a path are kept together.
fn step(base: Node, step: Step, start: usize) -> Node {
    let span = Span { start, end: step.end };
    let path = match base.kind {
        Kind::Path(mut path) => {
            path.steps.push(step);
            path
        }
        kind => Box::new(Path { base: Node { kind, span: base.span }, steps: vec![step] }),
    };
    Node { kind: Kind::Path(path), span }
}
