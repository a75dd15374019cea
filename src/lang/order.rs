//! Puts lets into an order in which each reads only earlier ones.

use super::{Lowered, Slot};
use crate::model::Span;

/// Orders lets by what they read; a circle gives the span of a let in it.
pub(crate) fn order_lets(mut pending: Vec<(Slot, Lowered)>) -> Result<Vec<(Slot, Lowered)>, Span> {
    let mut ordered: Vec<(Slot, Lowered)> = Vec::with_capacity(pending.len());
    while !pending.is_empty() {
        let waiting: Vec<Slot> = pending.iter().map(|(slot, _)| *slot).collect();
        let is_ready = |(_, lowered): &(Slot, Lowered)| {
            !lowered.traversals.iter().any(|traversal| waiting.contains(&traversal.root))
        };
        let Some(at) = pending.iter().position(is_ready) else {
            return Err(pending[0].1.expr.span());
        };
        ordered.push(pending.remove(at));
    }
    Ok(ordered)
}
