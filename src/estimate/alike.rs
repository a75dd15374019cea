//! What was priced in other plans of a run: resources whose deciding attributes are spelled alike cost the same there,
//! too, and share their lines.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::quality::RandomState;

use super::estimator::Applied;
use super::items::Items;

/// How many are kept; when there are more, all are forgotten.
const MOST: usize = 8_192;

/// What estimators with the same settings may share.
#[derive(Default)]
pub struct Alike {
    priced: Mutex<HashMap<Vec<u8>, Arc<Applied>, RandomState>>,
    items: Arc<Items>,
}

impl Alike {
    /// What the lines of all these plans are of.
    pub(super) fn items(&self) -> Arc<Items> {
        Arc::clone(&self.items)
    }

    /// What was priced under a key that holds all that decides.
    pub(super) fn get(&self, key: &[u8]) -> Option<Arc<Applied>> {
        self.priced.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    pub(super) fn keep(&self, key: &[u8], applied: &Arc<Applied>) {
        let mut priced = self.priced.lock().unwrap_or_else(PoisonError::into_inner);
        if priced.len() >= MOST {
            priced.clear();
        }
        priced.insert(key.to_vec(), Arc::clone(applied));
    }
}
