//! What rules said, kept for resources that are spelled alike.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::quality::RandomState;
use smol_str::SmolStr;

use super::finding::{Patch, Saving};
use crate::estimate::Line;
use crate::model::{LookedAt, Object, Problem, SoFar};

/// What a rule said of a resource, without the resource's name.
#[derive(Clone)]
pub(super) struct Verdict {
    pub(super) rule: usize,
    pub(super) message: SmolStr,
    pub(super) patch: Option<Patch>,
    pub(super) saving: Option<Saving>,
}

/// How many resources are remembered for some rules; when there are more, all are forgotten.
const MOST_KEPT: usize = 4_000;

/// What rules said of resources of one type, of all that these rules looked at.
#[derive(Default)]
pub(super) struct Memory {
    /// What they looked at.
    pub(super) looked: LookedAt,
    kept: Mutex<HashMap<Vec<u8>, Kept, RandomState>>,
}

impl Memory {
    /// What was said of a resource that looked like this.
    pub(super) fn get(&self, key: &[u8]) -> Option<Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    /// Keeps what was said; gives what is kept, since another thread may have been first.
    pub(super) fn keep(&self, key: Vec<u8>, own: Kept) -> Kept {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.entry(key).or_insert(own).clone()
    }
}

/// What rules said in the projects of a run.
#[derive(Default)]
pub(super) struct Memories(Mutex<HashMap<Rules, Arc<Memory>, RandomState>>);

/// A type and the positions of its rules, parted as they are judged.
pub(super) type Rules = (SmolStr, [Vec<usize>; 3]);

impl Memories {
    /// What was said by some rules.
    pub(super) fn of(&self, rules: Rules) -> Arc<Memory> {
        Arc::clone(self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(rules).or_default())
    }
}

/// What is kept for resources that are spelled alike.
#[derive(Clone)]
pub(super) struct Kept {
    pub(super) said: Said,
    /// What was looked at by then: resources that share what is kept are alike in that.
    pub(super) looked: Arc<SoFar>,
    /// Its lines: as long as they are held, no others have their place in memory, which stands in the key.
    pub(super) _lines: Option<Arc<[Line]>>,
    /// The rules that only the tags of each resource can decide.
    pub(super) late: Arc<[usize]>,
}

/// What the rules say of a resource that need nothing but it.
pub(super) struct Local {
    pub(super) said: Arc<[Verdict]>,
    /// The rules that only its tags can decide.
    pub(super) late: Arc<[usize]>,
    /// What resources are alike in that share this; nothing if it is the resource's own.
    pub(super) looked: Option<Arc<SoFar>>,
}

/// What rules say of a resource, wherever it may stand.
#[derive(Clone)]
pub(super) enum Said {
    /// The same inside production and outside.
    Anywhere(Arc<[Verdict]>),
    /// Outside of production, in production, and where nothing tells.
    ByProduction([Arc<[Verdict]>; 3]),
}

/// The positions in `Said::ByProduction`.
pub(super) const STAGES: [Option<bool>; 3] = [Some(false), Some(true), None];

/// The failure of each rule on the first resource of the plan that it fails on.
#[derive(Default)]
pub(super) struct Failures(Mutex<BTreeMap<usize, (usize, Problem)>>);

impl Failures {
    pub(super) fn note(&self, rule: usize, at: usize, problem: impl FnOnce() -> Problem) {
        let mut failures = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.get(&rule).is_none_or(|(earlier, _)| at < *earlier) {
            failures.insert(rule, (at, problem()));
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// Each rule's failure.
    pub(super) fn into_all(self) -> BTreeMap<usize, Problem> {
        let failures = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        failures.into_iter().map(|(rule, (_, problem))| (rule, problem)).collect()
    }
}

/// The patches of findings, each held once: rules say the same of many resources.
#[derive(Default)]
pub(super) struct Patches(Mutex<BTreeMap<(usize, String), Object>>);

impl Patches {
    /// The patch of a rule, or its equal that is held already.
    pub(super) fn share(&self, rule: usize, patch: Patch) -> Patch {
        /// More different ones are not looked through.
        const MOST: usize = 1_000;
        let Patch::Set(values) = patch else { return patch };
        let key = (rule, format!("{values:?}"));
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= MOST && !held.contains_key(&key) {
            return Patch::Set(values);
        }
        Patch::Set(held.entry(key).or_insert(values).clone())
    }
}
