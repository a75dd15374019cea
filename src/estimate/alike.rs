//! What was priced before, in this plan or others of the run: resources in which all that their stanza looked at is
//! spelled alike cost the same, and share their lines.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::quality::RandomState;
use smol_str::SmolStr;

use super::estimator::Applied;
use super::items::Items;
use crate::catalog::{Provider, Reads, Stanza};
use crate::model::{Extent, LookedAt};

/// How many are kept; when there are more, all are forgotten.
const MOST: usize = 8_192;

/// What estimators with the same settings may share.
#[derive(Default)]
pub struct Alike {
    priced: Mutex<HashMap<Vec<u8>, Arc<Applied>, RandomState>>,
    items: Arc<Items>,
    learned: Mutex<HashMap<(SmolStr, SmolStr), Arc<Learned>, RandomState>>,
}

/// What is known of the stanza of a type.
pub(super) struct Learned {
    /// What it may read, with what tells the region.
    pub(super) reads: Reads,
    /// The attributes among it; `None` if any may be read.
    pub(super) attributes: Option<Extent>,
    /// The attributes that may refer to other resources.
    pub(super) references: Vec<SmolStr>,
    /// Those among them that are not asked for the region alone.
    pub(super) stanza_references: Vec<SmolStr>,
    /// The attributes that may tell where a resource is; `None` if any may.
    pub(super) place: Option<BTreeSet<SmolStr>>,
    /// How many resources were looked for by all that may be read, and how many were found.
    pub(super) luck: Luck,
    /// What it was seen to look at.
    pub(super) looked: LookedAt,
}

/// How often something that was looked for was there.
#[derive(Default)]
pub(super) struct Luck {
    tried: AtomicU32,
    found: AtomicU32,
}

impl Luck {
    /// Whether it is worth looking.
    pub(super) fn is_good(&self) -> bool {
        const TRIES: u32 = 64;
        let (tried, found) = (self.tried.load(Ordering::Relaxed), self.found.load(Ordering::Relaxed));
        tried < TRIES || found >= tried / 8
    }

    pub(super) fn note(&self, is_found: bool) {
        self.tried.fetch_add(1, Ordering::Relaxed);
        self.found.fetch_add(is_found.into(), Ordering::Relaxed);
    }
}

impl Learned {
    fn of(stanza: &Stanza, provider: Option<&Provider>) -> Self {
        let reads = Reads::of(stanza, provider);
        let attributes = (!reads.all).then(|| Extent::of(reads.attributes.iter().cloned()));
        let references = reads.references.iter().cloned().collect();
        let stanza_references = Reads::of(stanza, None).references.into_iter().collect();
        let place = match provider.map(Reads::of_place) {
            None => Some(BTreeSet::new()),
            Some(reads) => (!reads.all).then_some(reads.attributes),
        };
        Self {
            reads,
            attributes,
            place,
            references,
            stanza_references,
            luck: Luck::default(),
            looked: LookedAt::default(),
        }
    }
}

impl Alike {
    /// What the lines of all these plans are of.
    pub(super) fn items(&self) -> Arc<Items> {
        Arc::clone(&self.items)
    }

    /// What is known of the stanza of a type, with its provider's name.
    pub(super) fn learned(&self, name: (&str, &str), stanza: &Stanza, provider: Option<&Provider>) -> Arc<Learned> {
        let mut learned = self.learned.lock().unwrap_or_else(PoisonError::into_inner);
        let name = (SmolStr::new(name.0), SmolStr::new(name.1));
        Arc::clone(learned.entry(name).or_insert_with(|| Arc::new(Learned::of(stanza, provider))))
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
