//! Judges resources that are spelled alike once: large plans repeat a few hundred spellings.

use std::sync::{Arc, PoisonError};

use super::judge::{Bench, ForKind, Tags, put, set};
use super::said::{Failures, Kept, STAGES, Said, Verdict};
use crate::config::slots;
use crate::estimate::Status;
use crate::lang::{Frame, Lowered};
use crate::model::{Object, Resource, Value};

/// How many spellings of a type are remembered.
const MOST_KEPT: usize = 2_000;

impl Bench<'_> {
    /// What the rules say that need nothing but the resource; said once for resources that are spelled alike.
    /// True with it if it is kept for all such resources.
    pub(super) fn local(
        &self,
        at: usize,
        after: &Resource,
        rules: &ForKind,
        tags: &Tags,
    ) -> (Arc<[Verdict]>, Arc<[usize]>, bool) {
        let alone = || {
            let local: Vec<usize> = rules.plain.iter().chain(&rules.staged).copied().collect();
            let said = Arc::from(self.apply_all(at, &local, None, tags, &self.failures));
            (said, Arc::from(rules.tagged.as_slice()), false)
        };
        let Object::Lazy(values) = &after.values else { return alone() };
        if rules.reads_usage && self.repricer.has_usage(at) {
            return alone();
        }
        let mut key = Vec::with_capacity(256);
        if rules.reads_action {
            key.push(self.project.plan.changes[at].action as u8);
        }
        if let Some(estimate) = self.estimate(at).filter(|estimate| !matches!(estimate.status, Status::Free)) {
            // Resources that cost alike share their lines: what decides the price is the same.
            key.extend_from_slice(&(estimate.lines.as_ptr() as usize).to_le_bytes());
            key.extend_from_slice(estimate.region.as_ref().map_or("", |region| &region.name).as_bytes());
        }
        key.push(0);
        if rules.reads_module {
            key.extend_from_slice(after.address.module().as_bytes());
            key.push(0);
        }
        if !rules.attributes.is_empty() && !values.fingerprint(&rules.attributes, &mut key) {
            return alone();
        }
        let lock = || rules.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = lock().get(&key).cloned();
        let (kept, is_kept) = match kept {
            Some(kept) => (kept, true),
            None => {
                let Some(said) = self.say(at, rules) else { return alone() };
                let has_patch = match &said {
                    Said::Anywhere(said) => said.iter().any(|verdict| verdict.patch.is_some()),
                    Said::ByProduction(said) => {
                        said.iter().flat_map(|said| said.iter()).any(|verdict| verdict.patch.is_some())
                    }
                };
                // A saving that reaches into other resources is this resource's own.
                if has_patch && !self.repricer.dependents(at).is_empty() {
                    return alone();
                }
                let late = self.undecided(at, &rules.tagged).into();
                let mut all = lock();
                let own = Kept { said, late };
                // Another thread may have been first: all take what is kept.
                match (all.get(&key), all.len() < MOST_KEPT) {
                    (Some(kept), _) => (kept.clone(), true),
                    (None, true) => (all.entry(key).or_insert(own).clone(), true),
                    (None, false) => (own, false),
                }
            }
        };
        let verdicts = match kept.said {
            Said::Anywhere(said) => said,
            Said::ByProduction([outside, inside, unknown]) => match self.production(at, tags) {
                Some(false) => outside,
                Some(true) => inside,
                None => unknown,
            },
        };
        (verdicts, kept.late, is_kept)
    }

    /// The rules that may find something if the tags are of a kind: their conditions do not fail without them.
    fn undecided(&self, at: usize, rules: &[usize]) -> Vec<usize> {
        if rules.is_empty() {
            return Vec::new();
        }
        let mut known = self.scope(Some(at), 0);
        self.fill(at, &mut known, &Tags::new(), &|slot| {
            ![slots::TAGS, slots::PRODUCTION].contains(&slot) && rules.iter().any(|rule| self.rules[*rule].reads(slot))
        });
        for slot in [slots::TAGS, slots::PRODUCTION] {
            set(&mut known, slot, Value::unknown("tags"));
        }
        let host = self.repricer.host(at);
        let may_hold = |rule: &usize| {
            let active = &self.rules[*rule];
            let mut scope = known.clone();
            set(&mut scope, slots::TABLE, active.rule.table.clone());
            let eval = |lowered: &Lowered, scope: &[Value]| lowered.expr.eval(&Frame { slots: scope, host: &host });
            for condition in &active.conditions {
                for (slot, lowered) in &condition.lets {
                    let Ok(value) = eval(lowered, &scope) else { return true };
                    put(&mut scope, *slot, value);
                }
                if matches!(eval(&condition.holds, &scope), Ok(Value::Bool(false) | Value::Null)) {
                    return false;
                }
            }
            true
        };
        rules.iter().filter(|rule| may_hold(rule)).copied().collect()
    }

    /// Whether a resource is part of production takes its tags to tell, and matters to few rules: for those that it can
    /// decide, all answers are tried once. `None` if some rule fails: what failed is judged again for each resource, and
    /// names the first of them.
    fn say(&self, at: usize, rules: &ForKind) -> Option<Said> {
        let failures = Failures::default();
        let judge = |rules: &[usize], stage| self.apply_all(at, rules, stage, &Tags::new(), &failures);
        let plain = judge(&rules.plain, None);
        let undecided = self.undecided(at, &rules.staged);
        let said = if undecided.is_empty() {
            Said::Anywhere(plain.into())
        } else {
            Said::ByProduction(STAGES.map(|stage| {
                let mut verdicts = plain.clone();
                verdicts.extend(judge(&undecided, Some(stage)));
                verdicts.into()
            }))
        };
        failures.is_empty().then_some(said)
    }
}
