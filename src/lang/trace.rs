//! How an expression came to its value, step by step.

use super::Frame;
use super::eval::Evaluator;
use super::expr::{Expr, Kind, Node};
use crate::model::{Span, Value};

impl Expr {
    /// Each traversal and call in the expression with the value it had, for `lepton explain`.
    pub fn trace(&self, frame: &Frame<'_>) -> Vec<(Span, Value)> {
        let mut steps: Vec<(Span, Value)> = Vec::new();
        let mut spans: Vec<(Span, &Node)> = Vec::new();
        collect_traced(&self.root, &mut spans);
        for (span, node) in spans {
            if let Ok(value) = Evaluator::new(frame, self.dialect, &self.source).node(node) {
                let is_known = steps.iter().any(|(known, _)| self.source.slice(*known) == self.source.slice(span));
                if !is_known {
                    steps.push((span, value));
                }
            }
        }
        steps
    }
}

/// Traversals and calls that use no variable of a `for`, innermost first.
fn collect_traced<'n>(node: &'n Node, found: &mut Vec<(Span, &'n Node)>) {
    let is_traversal = matches!(node.kind, Kind::Attribute(..) | Kind::Index(_) | Kind::Slot(_) | Kind::Splat { .. });
    if !is_traversal && !matches!(node.kind, Kind::For(_)) {
        node.children(&mut |child| collect_traced(child, found));
    }
    let mut has_local = false;
    node.walk(&mut |inner| has_local |= matches!(inner.kind, Kind::Local(_)));
    let is_traced = is_traversal || matches!(node.kind, Kind::Call { .. } | Kind::For(_));
    if is_traced && (!has_local || matches!(node.kind, Kind::For(_) | Kind::Splat { .. })) {
        found.push((node.span, node));
    }
}
