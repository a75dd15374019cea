//! What needs no frame is evaluated once, when it is lowered.

use super::Lowerer;
use crate::lang::eval::Evaluator;
use crate::lang::expr::{Kind, Node, Piece};
use crate::lang::fuel::Fuel;
use crate::lang::{Frame, NoHost};

impl Lowerer<'_> {
    /// Evaluates what needs no frame. What fails is left to fail when, and if, it is evaluated.
    pub(super) fn fold(&self, node: Node) -> Node {
        if !self.problems.is_empty() || !self.is_closed(&node) {
            return node;
        }
        let frame = Frame { slots: &[], host: &NoHost };
        let fuel = Fuel::for_folding();
        let mut evaluator = Evaluator::new(&frame, self.names.dialect(), self.source, &fuel);
        match evaluator.node(&node) {
            Ok(value) => Node { kind: Kind::Constant(value), span: node.span },
            Err(_) => node,
        }
    }

    fn is_closed(&self, node: &Node) -> bool {
        match &node.kind {
            Kind::Constant(_) | Kind::Slot(_) | Kind::Local(_) => false,
            Kind::Call { function, .. } if !function.is_closed() => false,
            // These bind locals of their own, which their parts may use.
            Kind::For(_) | Kind::Splat { .. } => self.uses_only_own_locals(node),
            Kind::Template(pieces) if pieces.iter().any(|piece| !matches!(piece, Piece::Value(_) | Piece::Text(_))) => {
                self.uses_only_own_locals(node)
            }
            _ => {
                let mut is_constant = true;
                node.children(&mut |child| is_constant &= child.constant().is_some());
                is_constant
            }
        }
    }

    fn uses_only_own_locals(&self, node: &Node) -> bool {
        let mut is_closed = true;
        node.walk(&mut |inner| {
            is_closed &= match &inner.kind {
                Kind::Slot(_) => false,
                Kind::Local(local) => usize::from(*local) >= self.locals.len(),
                Kind::Call { function, .. } => function.is_closed(),
                _ => true,
            }
        });
        is_closed
    }
}
