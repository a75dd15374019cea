//! Judges resources once that look alike to the rules: large plans repeat a few hundred, and states differ in ids.

use std::sync::Arc;

use super::judge::{Bench, ForKind, Tags, put, set};
use super::said::{Failures, Kept, Local, STAGES, Said};
use crate::config::slots;
use crate::estimate::Status;
use crate::lang::{Frame, Lowered};
use crate::model::{Object, Resource, SoFar, Value, watched};

impl Bench<'_> {
    /// What the rules say that need nothing but the resource; said once for resources that look alike to them.
    pub(super) fn local(&self, at: usize, after: &Resource, rules: &ForKind, tags: &Tags) -> Local {
        let alone = || {
            let local: Vec<usize> = rules.plain.iter().chain(&rules.staged).copied().collect();
            let said = Arc::from(self.apply_all((at, None), &local, None, tags, &self.failures));
            Local { said, late: Arc::from(rules.tagged.as_slice()), looked: None }
        };
        let Object::Lazy(values) = &after.values else { return alone() };
        if rules.reads_usage && self.repricer.has_usage(at) {
            return alone();
        }
        // What reaches into other resources is this resource's own.
        if rules.has_cures && !self.repricer.dependents(at).is_empty() {
            return alone();
        }
        let lines = self.estimate(at).filter(|estimate| !matches!(estimate.status, Status::Free));
        let lines = lines.map(|estimate| Arc::clone(&estimate.lines));
        let looked = rules.memory.looked.so_far();
        let mut key = self.key(at, after, rules, &looked);
        if !values.fingerprint(&looked.extent, &mut key) {
            return alone();
        }
        let kept = match rules.memory.get(&key) {
            Some(kept) => kept,
            None => {
                let (this, watch) = watched(&after.values);
                let Some(said) = self.say((at, &this), rules) else { return alone() };
                let late = self.undecided((at, &this), &rules.tagged).into();
                let looked = rules.memory.looked.with(&watch.extent());
                let mut key = self.key(at, after, rules, &looked);
                if !values.fingerprint(&looked.extent, &mut key) {
                    return alone();
                }
                rules.memory.keep(key, Kept { said, looked, _lines: lines, late })
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
        Local { said: verdicts, late: kept.late, looked: Some(kept.looked) }
    }

    /// Begins a key with all that decides what rules say, but the resource's attributes.
    fn key(&self, at: usize, after: &Resource, rules: &ForKind, looked: &SoFar) -> Vec<u8> {
        const END: u8 = 0;
        let mut key = Vec::with_capacity(256);
        key.extend_from_slice(&looked.version.to_le_bytes());
        if rules.reads_action {
            key.push(self.project.plan.changes[at].action as u8);
        }
        let estimate = self.estimate(at);
        if let Some(estimate) = estimate.filter(|estimate| !matches!(estimate.status, Status::Free)) {
            // Resources that cost alike share their lines: what decides the price is the same.
            key.extend_from_slice(&(estimate.lines.as_ptr() as usize).to_le_bytes());
        }
        match estimate.and_then(|estimate| estimate.region.as_ref()) {
            Some(region) => key.extend_from_slice(region.name.as_bytes()),
            // Where nothing is priced, nobody needed it so far.
            None if rules.reads_region => {
                key.extend_from_slice(self.repricer.region(at).unwrap_or_default().as_bytes());
            }
            None => {}
        }
        key.push(END);
        if rules.reads_module {
            key.extend_from_slice(after.address.module().as_bytes());
            key.push(END);
        }
        key
    }

    /// The rules that may find something if the tags are of a kind: their conditions do not fail without them.
    fn undecided(&self, (at, this): (usize, &Object), rules: &[usize]) -> Vec<usize> {
        if rules.is_empty() {
            return Vec::new();
        }
        let mut known = self.scope(Some(at), 0);
        self.fill((at, Some(this)), &mut known, &Tags::new(), &|slot| {
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
    fn say(&self, (at, this): (usize, &Object), rules: &ForKind) -> Option<Said> {
        let failures = Failures::default();
        let judge = |rules: &[usize], stage| self.apply_all((at, Some(this)), rules, stage, &Tags::new(), &failures);
        let plain = judge(&rules.plain, None);
        let undecided = self.undecided((at, this), &rules.staged);
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
