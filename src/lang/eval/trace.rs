//! The trace of an evaluation: what each traversal and call was, for people who ask why.

use super::{Answer, Evaluator};
use crate::lang::Frame;
use crate::lang::expr::{Expr, Kind, Node};
use crate::lang::fuel::Fuel;
use crate::model::{Span, Value};

impl Expr {
    /// Each traversal and call in the expression with the value it had, in the order of evaluation; what
    /// is written twice stands once. Branches that were not taken are left out, and so is what differs from
    /// element to element within a `for`.
    pub fn trace(&self, frame: &Frame<'_>) -> Vec<(Span, Value)> {
        let fuel = Fuel::full();
        let mut evaluator = Evaluator::new(frame, self.dialect, &self.source, &fuel);
        evaluator.trace = Some(Vec::new());
        // What was seen before a problem is worth showing, too.
        let _ = evaluator.node(&self.root);
        let mut steps: Vec<(Span, Value)> = Vec::new();
        for (span, value) in evaluator.trace.unwrap_or_default() {
            let text = self.source.slice(span);
            if steps.iter().all(|(known, _)| self.source.slice(*known) != text) {
                steps.push((span, value));
            }
        }
        steps
    }
}

impl Evaluator<'_> {
    pub(super) fn note(&mut self, node: &Node, answer: &Answer) {
        const MOST: usize = 1000;
        let is_traced = match &node.kind {
            Kind::Slot(_) | Kind::Path(_) | Kind::Splat { .. } | Kind::Call { .. } | Kind::For(_) => {
                !has_free_local(node)
            }
            _ => false,
        };
        if let (true, Ok(value), Some(trace)) = (is_traced, answer, &mut self.trace)
            && trace.len() < MOST
        {
            trace.push((node.span, value.clone()));
        }
    }
}

/// Whether the node uses a local that is bound outside of it.
fn has_free_local(node: &Node) -> bool {
    let mut bound = Vec::new();
    let mut used = Vec::new();
    node.walk(&mut |inner| match &inner.kind {
        Kind::Local(local) => used.push(*local),
        Kind::Splat { element, .. } => bound.push(*element),
        Kind::For(body) => bound.extend(body.key.into_iter().chain([body.value])),
        _ => {}
    });
    used.iter().any(|local| !bound.contains(local))
}
