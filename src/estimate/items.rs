//! What lines are of, each held once: the lines of thousands of resources are of a few hundred items.

use std::collections::HashMap;
use std::hash::BuildHasher as _;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::quality::RandomState;

use super::line::Item;

/// How many are kept; when there are more, all are forgotten.
const MOST: usize = 8_192;

/// The items of the lines that were made.
#[derive(Default)]
pub(super) struct Items {
    held: Mutex<HashMap<u64, Arc<Item>, RandomState>>,
}

impl Items {
    /// The item, or its equal that is held already.
    pub(super) fn share(&self, item: Item) -> Arc<Item> {
        // With a trace it is of one resource.
        if !item.why.trace.is_empty() {
            return Arc::new(item);
        }
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let hash = hash(held.hasher(), &item);
        match held.get(&hash) {
            Some(found) if **found == item => return Arc::clone(found),
            // Two that only look alike: the first stays.
            Some(_) => return Arc::new(item),
            None => {}
        }
        if held.len() >= MOST {
            held.clear();
        }
        let item = Arc::new(item);
        held.insert(hash, Arc::clone(&item));
        item
    }
}

/// By all that tells items apart, but terms, which are those of the run.
fn hash(hasher: &RandomState, item: &Item) -> u64 {
    let Item { part, component, detail, unit, discount, is_usage_based, note, why, .. } = item;
    let rows: Vec<_> = why.prices.iter().map(|(price, times)| (&price.row, &price.region, times)).collect();
    hasher.hash_one((part, component, detail, unit, discount, is_usage_based, note, &why.file, why.line, rows))
}
