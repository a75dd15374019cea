//! Judges a project by its rules: each resource by those of its type, the project once by those without one.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use foldhash::quality::RandomState;
use rayon::prelude::*;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::active::Active;
use super::finding::{Finding, Origin, Patch};
use super::resources::{self, Known};
use super::said::{Failures, STAGES, Said, Verdict};
use super::saving::Outcome;
use super::{Project, production};
use crate::config::{Config, slots};
use crate::estimate::{Estimate, Repricer, Status};
use crate::lang::{Frame, Host, Lowered, NoHost, Slot};
use crate::model::{Action, Object, Problem, Resource, Value};

/// A finding with the position of its resource in the plan.
pub(super) struct Placed {
    pub(super) at: Option<usize>,
    /// Equal for resources with the same findings and the same savings.
    pub(super) alike: Option<usize>,
    pub(super) finding: Finding,
}

/// Judges one project.
pub(super) struct Bench<'b> {
    pub(super) project: &'b Project<'b>,
    pub(super) repricer: &'b Repricer<'b>,
    rules: &'b [Active<'b>],
    config: &'b Config,
    today: &'b str,
    pub(super) currency: &'b SmolStr,
    /// The rules of each type, by position; those that are judged alike for equal resources apart.
    by_kind: HashMap<&'b str, ForKind>,
    resources: OnceLock<Value>,
    failures: Failures,
}

/// The rules of one type.
struct ForKind {
    local: Vec<usize>,
    others: Vec<usize>,
    /// The attributes that the local ones read, sorted; tags are among them if one reads tags.
    attributes: Vec<SmolStr>,
    /// What was said of resources that are spelled alike.
    said: Mutex<HashMap<Vec<u8>, Said, RandomState>>,
    reads_production: bool,
    reads_usage: bool,
}

impl<'b> Bench<'b> {
    pub(super) fn new(
        project: &'b Project<'b>,
        repricer: &'b Repricer<'b>,
        rules: &'b [Active<'b>],
        config: &'b Config,
        today: &'b str,
        currency: &'b SmolStr,
    ) -> Self {
        let mut bench = Self {
            project,
            repricer,
            rules,
            config,
            today,
            currency,
            by_kind: HashMap::new(),
            resources: OnceLock::new(),
            failures: Failures::default(),
        };
        let kinds: HashSet<&str> =
            project.plan.changes.iter().filter_map(|change| Some(change.after.as_ref()?.kind.as_str())).collect();
        bench.by_kind = kinds.iter().map(|kind| (*kind, bench.rules_of(kind, &kinds))).collect();
        bench
    }

    fn rules_of(&self, kind: &str, kinds: &HashSet<&str>) -> ForKind {
        use crate::config::Target;
        let may_concern = |target: &Target| match target {
            Target::Addresses(_) => true,
            other => other.matches(kind, &crate::model::Address::new("")),
        };
        let concern: Vec<usize> =
            (0..self.rules.len()).filter(|&at| self.rules[at].rule.on.iter().any(may_concern)).collect();
        let by_address = |at: &usize| self.rules[*at].rule.on.iter().any(|on| matches!(on, Target::Addresses(_)));
        let (local, others): (Vec<usize>, Vec<usize>) = concern
            .into_iter()
            .partition(|at| self.rules[*at].is_local(&|kind| kinds.contains(kind)) && !by_address(at));
        let mut attributes: Vec<SmolStr> =
            local.iter().filter_map(|&at| self.rules[at].attributes.as_ref()).flatten().cloned().collect();
        let reads = |slot: Slot| local.iter().any(|&at| self.rules[at].reads(slot));
        let reads_production = reads(slots::PRODUCTION);
        if reads(slots::TAGS) {
            attributes.extend(
                ["tags", "tags_all", "tag", "labels", "effective_labels", "terraform_labels", "user_labels"]
                    .map(SmolStr::from),
            );
        }
        attributes.sort();
        attributes.dedup();
        let reads_usage = reads(slots::USAGE);
        ForKind { local, others, attributes, said: Mutex::default(), reads_production, reads_usage }
    }

    /// What all rules say, in the order of the plan; then what those without a type say.
    pub(super) fn judge(&self) -> Vec<Placed> {
        let found: Vec<Vec<Placed>> =
            (0..self.project.plan.changes.len()).into_par_iter().map(|at| self.resource(at)).collect();
        let mut found: Vec<Placed> = found.into_iter().flatten().collect();
        for (at, rule) in self.rules.iter().enumerate().filter(|(_, active)| active.rule.on.is_empty()) {
            let scope = self.scope(None, rule.rule.lets.len());
            found.extend(
                self.apply(at, None, scope, &NoHost, &self.failures).map(|verdict| self.finding(None, None, verdict)),
            );
        }
        found
    }

    /// The failures of rules, one each. A built-in rule that fails on an odd resource is no mistake of the user's.
    pub(super) fn failures(self) -> Vec<Problem> {
        let failures = self.failures.into_all();
        let is_builtin = |at: usize| self.rules.get(at).is_some_and(|active| active.origin == Origin::Builtin);
        let soften = |(at, problem): (usize, Problem)| if is_builtin(at) { problem.softened() } else { problem };
        failures.into_iter().map(soften).collect()
    }

    fn resource(&self, at: usize) -> Vec<Placed> {
        let change = &self.project.plan.changes[at];
        let Some(after) = change.after.as_ref().filter(|_| change.action != Action::Forget) else { return Vec::new() };
        let Some(rules) = self.by_kind.get(after.kind.as_str()) else { return Vec::new() };
        if rules.local.is_empty() && rules.others.is_empty() {
            return Vec::new();
        }
        let (said, is_shared) = self.local(at, after, rules);
        let mut verdicts: Vec<Verdict> = said.to_vec();
        let wanted = |rule: &&usize| {
            let on = &self.rules[**rule].rule.on;
            on.iter().any(|target| target.matches(&after.kind, &after.address))
        };
        let others: Vec<usize> = rules.others.iter().filter(wanted).copied().collect();
        let more = self.apply_all(at, &others, None, &self.failures);
        let alike = (is_shared && more.iter().all(|verdict| verdict.patch.is_none())).then_some(said.as_ptr() as usize);
        verdicts.extend(more);
        verdicts.sort_by_key(|verdict| verdict.rule);
        verdicts.into_iter().map(|verdict| self.finding(Some(at), alike, verdict)).collect()
    }

    /// What the rules say that need nothing but the resource; said once for resources that are spelled alike.
    /// True with it if it is kept for all such resources.
    fn local(&self, at: usize, after: &Resource, rules: &ForKind) -> (Arc<[Verdict]>, bool) {
        if rules.local.is_empty() {
            return (Arc::new([]), false);
        }
        let alone = || (Arc::from(self.apply_all(at, &rules.local, None, &self.failures)), false);
        let Object::Lazy(values) = &after.values else { return alone() };
        if rules.reads_usage && self.repricer.has_usage(at) {
            return alone();
        }
        let mut key = Vec::new();
        if let Some(estimate) = self.estimate(at).filter(|estimate| !matches!(estimate.status, Status::Free)) {
            // Resources that cost alike share their lines: what decides the price is the same.
            key.extend_from_slice(&(estimate.lines.as_ptr() as usize).to_le_bytes());
            key.extend_from_slice(estimate.region.as_ref().map_or("", |region| &region.name).as_bytes());
        }
        key.push(0);
        if !values.fingerprint(&rules.attributes, &mut key) {
            return alone();
        }
        let lock = || rules.said.lock().unwrap_or_else(PoisonError::into_inner);
        let said = lock().get(&key).cloned();
        let said = match said {
            Some(said) => said,
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
                // Another thread may have been first: all take what is kept.
                lock().entry(key).or_insert(said).clone()
            }
        };
        let verdicts = match said {
            Said::Anywhere(said) => said,
            Said::ByProduction([outside, inside, unknown]) => match self.production(at) {
                Some(false) => outside,
                Some(true) => inside,
                None => unknown,
            },
        };
        (verdicts, true)
    }

    /// Whether a resource is part of production takes its tags to tell, and matters to few: all answers are tried once.
    /// `None` if some rule fails: what failed is judged again for each, and names the first of them.
    fn say(&self, at: usize, rules: &ForKind) -> Option<Said> {
        let failures = Failures::default();
        let judge = |stage| Arc::<[Verdict]>::from(self.apply_all(at, &rules.local, stage, &failures));
        if !rules.reads_production {
            let said = Said::Anywhere(judge(None));
            return failures.is_empty().then_some(said);
        }
        let said = STAGES.map(|stage| judge(Some(stage)));
        if !failures.is_empty() {
            return None;
        }
        let is_same = |a: &[Verdict], b: &[Verdict]| {
            let same = |(a, b): (&Verdict, &Verdict)| {
                a.rule == b.rule
                    && a.message == b.message
                    && a.saving == b.saving
                    && a.patch.is_some() == b.patch.is_some()
            };
            a.len() == b.len() && a.iter().zip(b).all(same)
        };
        let [outside, inside, unknown] = &said;
        if is_same(outside, inside) && is_same(outside, unknown) {
            return Some(Said::Anywhere(Arc::clone(outside)));
        }
        Some(Said::ByProduction(said))
    }

    /// `production` stands for the resource's own answer, if it is given.
    fn apply_all(
        &self,
        at: usize,
        rules: &[usize],
        production: Option<Option<bool>>,
        failures: &Failures,
    ) -> Vec<Verdict> {
        if rules.is_empty() {
            return Vec::new();
        }
        let reads = |slot: Slot| rules.iter().any(|&rule| self.rules[rule].reads(slot));
        let mut scope = self.scope(Some(at), 0);
        let is_given = production.is_some();
        self.fill(at, &mut scope, &|slot| reads(slot) && !(slot == slots::PRODUCTION && is_given));
        if let Some(production) = production {
            set(&mut scope, slots::PRODUCTION, production.map_or(Value::Null, Value::Bool));
        }
        let host = self.repricer.host(at);
        rules.iter().filter_map(|&rule| self.apply(rule, Some(at), scope.clone(), &host, failures)).collect()
    }

    /// The slots that cost nothing to fill; `more` are kept free behind them.
    fn scope(&self, at: Option<usize>, more: usize) -> Vec<Value> {
        let mut scope = Vec::with_capacity(slots::NAMES.len() + more);
        scope.resize(slots::NAMES.len(), Value::Null);
        set(&mut scope, slots::PROJECT, Value::from(self.project.name));
        set(&mut scope, slots::TODAY, Value::from(self.today));
        if at.is_none() {
            set(&mut scope, slots::RESOURCES, self.resources());
            let total = &self.project.diff.current;
            set(
                &mut scope,
                slots::MONTHLY,
                total.known.as_ref().map_or(Value::Null, |money| Value::Number(money.amount)),
            );
            let delta = self.project.diff.delta.as_ref();
            set(&mut scope, slots::DELTA, delta.map_or(Value::Null, |delta| Value::Number(delta.known)));
        }
        scope
    }

    /// The slots of a resource that some rule reads.
    fn fill(&self, at: usize, scope: &mut [Value], reads: &dyn Fn(Slot) -> bool) {
        let change = &self.project.plan.changes[at];
        // One that ends is seen as it was: a budget asks for it too.
        let Some(after) = change.after.as_ref().or(change.before.as_ref()) else { return };
        let text = |text: &str| Value::from(text);
        for slot in [slots::SELF, slots::AFTER] {
            set(scope, slot, Value::Object(after.values.clone()));
        }
        let before = change.before.as_ref().map_or(Value::Null, |before| Value::Object(before.values.clone()));
        set(scope, slots::BEFORE, before);
        set(scope, slots::TYPE, text(&after.kind));
        set(scope, slots::ADDRESS, text(after.address.as_str()));
        if reads(slots::MODULE) {
            set(scope, slots::MODULE, text(after.address.module()));
        }
        if reads(slots::ACTION) {
            set(scope, slots::ACTION, text(action_word(change.action)));
        }
        if reads(slots::MONTHLY) {
            set(scope, slots::MONTHLY, self.monthly(at).map_or(Value::Null, Value::Number));
        }
        if reads(slots::DELTA) {
            let delta = self.project.position(at).map(|position| &self.project.diff.changes[position].delta);
            let value = match delta {
                None => Value::Null,
                Some(delta) if delta.unknown_lines == 0 => Value::Number(delta.known),
                Some(_) => Value::unknown("delta"),
            };
            set(scope, slots::DELTA, value);
        }
        if reads(slots::TAGS) {
            set(scope, slots::TAGS, resources::tags(&self.repricer.tags(at)));
        }
        if reads(slots::REGION) {
            set(scope, slots::REGION, self.repricer.region(at).map_or(Value::Null, |region| text(&region)));
        }
        if reads(slots::USAGE) {
            set(scope, slots::USAGE, Value::Object(self.repricer.usage(at)));
        }
        if reads(slots::PRODUCTION) {
            set(scope, slots::PRODUCTION, self.production(at).map_or(Value::Null, Value::Bool));
        }
        if reads(slots::RESOURCES) {
            set(scope, slots::RESOURCES, self.resources());
        }
    }

    fn apply(
        &self,
        at: usize,
        change: Option<usize>,
        mut scope: Vec<Value>,
        host: &dyn Host,
        failures: &Failures,
    ) -> Option<Verdict> {
        let active = &self.rules[at];
        let rule = active.rule;
        set(&mut scope, slots::TABLE, rule.table.clone());
        let eval = |lowered: &Lowered, scope: &[Value]| {
            let result = lowered.expr.eval(&Frame { slots: scope, host });
            result.map_err(|problem| self.note_failure(failures, at, change, problem))
        };
        let define = |scope: &mut Vec<Value>, lets: &[&(Slot, Lowered)]| -> Option<()> {
            for (slot, lowered) in lets {
                let value = eval(lowered, scope).ok()?;
                let slot = usize::from(slot.0);
                if scope.len() <= slot {
                    scope.resize(slot + 1, Value::Null);
                }
                scope[slot] = value;
            }
            Some(())
        };
        let (first, rest) = active.lets.split_at(active.needed_first);
        define(&mut scope, first)?;
        if eval(&rule.when, &scope).ok()?.as_bool() != Some(true) {
            return None;
        }
        define(&mut scope, rest)?;
        let patch = match (&rule.instead, rule.remove) {
            (Some(instead), _) => Some(Patch::Set(eval(instead, &scope).ok()?.as_object()?.clone())),
            (None, true) => Some(Patch::Remove),
            (None, false) => None,
        };
        let saving = match (&patch, change) {
            (Some(patch), Some(change)) => Some(self.outcome(&self.patched(change, patch))),
            _ => None,
        };
        if !rule.always && saving.as_ref().is_some_and(Outcome::is_useless) {
            return None;
        }
        let saving = saving.map(|outcome| outcome.saving);
        let message = match eval(&rule.message, &scope).ok()? {
            Value::String(text) => text.to_string(),
            // Unknown and sensitive values are not printed.
            _ => rule.title.to_string(),
        };
        Some(Verdict { rule: at, message, patch, saving })
    }

    fn finding(&self, at: Option<usize>, alike: Option<usize>, verdict: Verdict) -> Placed {
        let active = &self.rules[verdict.rule];
        let after = at.and_then(|at| self.project.plan.changes[at].after.as_ref());
        let finding = Finding {
            code: active.rule.code.clone(),
            severity: active.severity,
            origin: active.origin,
            project: Some(self.project.index),
            address: after.map(|after| after.address.clone()),
            title: active.rule.title.clone(),
            message: verdict.message,
            place: None,
            saving: verdict.saving,
            patch: verdict.patch,
            docs: Some(Arc::clone(&active.docs)),
            suppressed: None,
        };
        Placed { at, alike, finding }
    }

    /// Whether a condition in the scope of rules holds for a resource.
    pub(super) fn holds(&self, at: usize, condition: &Lowered) -> bool {
        let mut scope = self.scope(Some(at), 0);
        self.fill(at, &mut scope, &|_| true);
        let host = self.repricer.host(at);
        match condition.expr.eval(&Frame { slots: &scope, host: &host }) {
            Ok(value) => value.as_bool() == Some(true),
            Err(problem) => {
                self.note_failure(&self.failures, usize::MAX - 1, Some(at), problem);
                false
            }
        }
    }

    /// Keeps a rule's failure on the first resource of the plan: which thread came first must not show.
    fn note_failure(&self, failures: &Failures, rule: usize, change: Option<usize>, problem: Problem) {
        let at = change.unwrap_or(usize::MAX);
        failures.note(rule, at, || match change {
            Some(change) => problem.about(self.project.plan.changes[change].address.as_str()),
            None => problem,
        });
    }

    pub(super) fn estimate(&self, at: usize) -> Option<&Estimate> {
        self.project.priced.changes[self.project.position(at)?].after.as_deref()
    }

    fn monthly(&self, at: usize) -> Option<Decimal> {
        Some(self.estimate(at)?.monthly().known?.amount)
    }

    fn production(&self, at: usize) -> Option<bool> {
        let change = &self.project.plan.changes[at];
        let after = change.after.as_ref().or(change.before.as_ref())?;
        let tags = self.repricer.tags(at);
        let Some(predicate) = &self.config.production else {
            return production::guess(&tags, [after.address.module(), self.project.name]);
        };
        let scope = [
            Value::from(after.address.as_str()),
            Value::from(after.address.module()),
            Value::from(after.kind.as_str()),
            Value::from(self.project.name),
            resources::tags(&tags),
            self.repricer.region(at).map_or(Value::Null, |region| Value::from(region.as_str())),
            Value::Object(after.values.clone()),
        ];
        let host = self.repricer.host(at);
        match predicate.expr.eval(&Frame { slots: &scope, host: &host }) {
            Ok(value) => value.as_bool(),
            Err(problem) => {
                self.note_failure(&self.failures, usize::MAX, Some(at), problem);
                None
            }
        }
    }

    fn resources(&self) -> Value {
        let make = || {
            let known = (0..self.project.plan.changes.len()).map(|at| Known {
                at,
                monthly: self.monthly(at),
                region: self.estimate(at).and_then(|estimate| Some(estimate.region.as_ref()?.name.clone())),
                tags: self.repricer.tags(at),
            });
            resources::resources(&self.project.plan.changes, known)
        };
        self.resources.get_or_init(make).clone()
    }
}

fn set(scope: &mut [Value], slot: Slot, value: Value) {
    scope[usize::from(slot.0)] = value;
}

/// The word for an action in rules and outputs.
fn action_word(action: Action) -> &'static str {
    match action {
        Action::NoOp => "no-op",
        Action::Create => "create",
        Action::Read => "read",
        Action::Update => "update",
        Action::Delete => "delete",
        Action::Replace => "replace",
        Action::Forget => "forget",
        Action::Other => "other",
    }
}
