//! Judges a project by its rules: each resource by those of its type, the project once by those without one.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::active::{Active, looks_through};
use super::finding::{Finding, Origin, Patch};
use super::resources::{self, Known};
use super::said::{Failures, Local, Memories, Memory, Patches, Verdict};
use super::saving::Outcome;
use super::{Project, production};
use crate::config::{Config, slots};
use crate::estimate::{Estimate, Repricer};
use crate::lang::{Frame, Host, Lowered, NoHost, Slot};
use crate::model::{Action, Object, Problem, SoFar, Value};

/// A finding with the position of its resource in the plan.
pub(super) struct Placed {
    pub(super) at: Option<usize>,
    /// What other resources share with it, if some may.
    pub(super) alike: Option<Alike>,
    pub(super) finding: Box<Finding>,
}

/// What resources share that look alike.
#[derive(Clone)]
pub(super) struct Alike {
    /// Equal for resources with the same findings.
    pub(super) said: usize,
    /// What they are alike in.
    pub(super) looked: Arc<SoFar>,
}

/// Judges one project.
pub(super) struct Bench<'b> {
    pub(super) project: &'b Project<'b>,
    pub(super) repricer: &'b Repricer<'b>,
    pub(super) rules: &'b [Active<'b>],
    config: &'b Config,
    today: &'b str,
    pub(super) currency: &'b SmolStr,
    /// The rules of each type, by position; those that are judged alike for equal resources apart.
    by_kind: HashMap<&'b str, ForKind>,
    resources: OnceLock<Value>,
    /// The types that some rule or budget looks through; `None` if any may be meant.
    looks_through: Option<BTreeSet<SmolStr>>,
    pub(super) failures: Failures,
    patches: Patches,
}

/// The tags of one resource, once something asks for them.
pub(super) type Tags = OnceCell<Vec<(SmolStr, SmolStr)>>;

/// The rules of one type.
pub(super) struct ForKind {
    pub(super) plain: Vec<usize>,
    /// Those that ask whether the resource is part of production.
    pub(super) staged: Vec<usize>,
    /// Those that would be local if they did not read tags: few resources have equal tags.
    pub(super) tagged: Vec<usize>,
    pub(super) others: Vec<usize>,
    /// What was said of resources that look alike to the local ones and the tagged ones.
    pub(super) memory: Arc<Memory>,
    pub(super) reads_usage: bool,
    pub(super) reads_module: bool,
    pub(super) reads_action: bool,
    pub(super) reads_region: bool,
    /// Whether some of them would change the resource, which may save at others, too.
    pub(super) has_cures: bool,
}

impl<'b> Bench<'b> {
    pub(super) fn new(
        project: &'b Project<'b>,
        repricer: &'b Repricer<'b>,
        rules: &'b [Active<'b>],
        config: &'b Config,
        today: &'b str,
        currency: &'b SmolStr,
        memories: &Memories,
    ) -> Self {
        let by_rules = rules.iter().map(|active| active.looks_through.clone());
        let by_budgets = looks_through(config.budgets.iter().filter_map(|budget| budget.when.as_ref()));
        let mut bench = Self {
            project,
            repricer,
            rules,
            config,
            today,
            currency,
            by_kind: HashMap::new(),
            resources: OnceLock::new(),
            looks_through: by_rules
                .chain([by_budgets])
                .collect::<Option<Vec<_>>>()
                .map(|sets| sets.into_iter().flatten().collect()),
            failures: Failures::default(),
            patches: Patches::default(),
        };
        let kinds: HashSet<&str> =
            project.plan.changes.iter().filter_map(|change| Some(change.after.as_ref()?.kind.as_str())).collect();
        bench.by_kind = kinds.iter().map(|kind| (*kind, bench.rules_of(kind, &kinds, memories))).collect();
        bench
    }

    fn rules_of(&self, kind: &str, kinds: &HashSet<&str>, memories: &Memories) -> ForKind {
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
        let both = || local.iter().map(|&at| &self.rules[at]);
        let reads = |slot: Slot| both().any(|rule| rule.reads(slot));
        let (reads_usage, reads_module) = (reads(slots::USAGE), reads(slots::MODULE));
        let (reads_action, reads_region) = (reads(slots::ACTION), reads(slots::REGION));
        // What is the same for a whole project is not in another, unless it is nothing in both.
        let looks_through = |rule: &Active<'_>| {
            let is_there = |of: &BTreeSet<SmolStr>| of.iter().any(|kind| kinds.contains(kind.as_str()));
            rule.reads(slots::RESOURCES) && rule.looks_through.as_ref().is_none_or(is_there)
        };
        let is_own = reads(slots::PROJECT) || both().any(looks_through);
        let has_cures = both().any(|rule| rule.rule.instead.is_some() || rule.rule.remove);
        let (tagged, local): (Vec<usize>, Vec<usize>) =
            local.into_iter().partition(|&at| self.rules[at].reads(slots::TAGS));
        let (staged, plain): (Vec<usize>, Vec<usize>) =
            local.into_iter().partition(|&at| self.rules[at].reads(slots::PRODUCTION));
        let memory = match is_own {
            true => Arc::default(),
            false => memories.of((kind.into(), [plain.clone(), staged.clone(), tagged.clone()])),
        };
        ForKind {
            plain,
            staged,
            tagged,
            others,
            memory,
            reads_usage,
            reads_module,
            reads_action,
            reads_region,
            has_cures,
        }
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
        if rules.plain.is_empty() && rules.staged.is_empty() && rules.tagged.is_empty() && rules.others.is_empty() {
            return Vec::new();
        }
        let tags = Tags::new();
        let Local { said, late, looked } = self.local(at, after, rules, &tags);
        let mut verdicts: Vec<Verdict> = said.to_vec();
        let wanted = |rule: &&usize| {
            let on = &self.rules[**rule].rule.on;
            on.iter().any(|target| target.matches(&after.kind, &after.address))
        };
        let others: Vec<usize> = rules.others.iter().filter(wanted).chain(late.iter()).copied().collect();
        let more = self.apply_all((at, None), &others, None, &tags, &self.failures);
        let looked = looked.filter(|_| more.iter().all(|verdict| verdict.patch.is_none()));
        let alike = looked.map(|looked| Alike { said: said.as_ptr() as usize, looked });
        verdicts.extend(more);
        verdicts.sort_by_key(|verdict| verdict.rule);
        verdicts.into_iter().map(|verdict| self.finding(Some(at), alike.clone(), verdict)).collect()
    }

    /// `this` stands for the resource's attributes, `production` for its own answer, if they are given.
    pub(super) fn apply_all(
        &self,
        (at, this): (usize, Option<&Object>),
        rules: &[usize],
        production: Option<Option<bool>>,
        tags: &Tags,
        failures: &Failures,
    ) -> Vec<Verdict> {
        if rules.is_empty() {
            return Vec::new();
        }
        let reads = |slot: Slot| rules.iter().any(|&rule| self.rules[rule].reads(slot));
        let mut scope = self.scope(Some(at), 0);
        let is_given = production.is_some();
        self.fill((at, this), &mut scope, tags, &|slot| reads(slot) && !(slot == slots::PRODUCTION && is_given));
        if let Some(production) = production {
            set(&mut scope, slots::PRODUCTION, production.map_or(Value::Null, Value::Bool));
        }
        let host = self.repricer.host(at);
        rules.iter().filter_map(|&rule| self.apply(rule, Some((at, this)), scope.clone(), &host, failures)).collect()
    }

    /// The slots that cost nothing to fill; `more` are kept free behind them.
    pub(super) fn scope(&self, at: Option<usize>, more: usize) -> Vec<Value> {
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
    pub(super) fn fill(
        &self,
        (at, this): (usize, Option<&Object>),
        scope: &mut [Value],
        tags: &Tags,
        reads: &dyn Fn(Slot) -> bool,
    ) {
        let change = &self.project.plan.changes[at];
        // One that ends is seen as it was: a budget asks for it too.
        let Some(after) = change.after.as_ref().or(change.before.as_ref()) else { return };
        let text = |text: &str| Value::from(text);
        for slot in [slots::SELF, slots::AFTER] {
            set(scope, slot, Value::Object(this.unwrap_or(&after.values).clone()));
        }
        let before = change.before.as_ref().map_or(Value::Null, |before| Value::Object(before.values.clone()));
        set(scope, slots::BEFORE, before);
        if reads(slots::TYPE) {
            set(scope, slots::TYPE, text(&after.kind));
        }
        if reads(slots::ADDRESS) {
            set(scope, slots::ADDRESS, text(after.address.as_str()));
        }
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
        if reads(slots::TAGS) || reads(slots::PRODUCTION) {
            if reads(slots::PRODUCTION) {
                set(scope, slots::PRODUCTION, self.production(at, tags).map_or(Value::Null, Value::Bool));
            }
            if reads(slots::TAGS) {
                set(scope, slots::TAGS, resources::tags(tags.get_or_init(|| self.repricer.tags(at))));
            }
        }
        if reads(slots::REGION) {
            set(scope, slots::REGION, self.repricer.region(at).map_or(Value::Null, |region| text(&region)));
        }
        if reads(slots::USAGE) {
            set(scope, slots::USAGE, Value::Object(self.repricer.usage(at)));
        }
        if reads(slots::RESOURCES) {
            set(scope, slots::RESOURCES, self.resources());
        }
    }

    fn apply(
        &self,
        at: usize,
        change: Option<(usize, Option<&Object>)>,
        mut scope: Vec<Value>,
        host: &dyn Host,
        failures: &Failures,
    ) -> Option<Verdict> {
        let active = &self.rules[at];
        let rule = active.rule;
        set(&mut scope, slots::TABLE, rule.table.clone());
        let eval = |lowered: &Lowered, scope: &[Value]| {
            let result = lowered.expr.eval(&Frame { slots: scope, host });
            result.map_err(|problem| self.note_failure(failures, at, change.map(|(change, _)| change), problem))
        };
        let define = |scope: &mut Vec<Value>, lets: &[&(Slot, Lowered)]| -> Option<()> {
            for (slot, lowered) in lets {
                put(scope, *slot, eval(lowered, scope).ok()?);
            }
            Some(())
        };
        for condition in &active.conditions {
            define(&mut scope, &condition.lets)?;
            if eval(&condition.holds, &scope).ok()?.as_bool() != Some(true) {
                return None;
            }
        }
        define(&mut scope, &active.lets)?;
        let patch = match (&rule.instead, rule.remove) {
            (Some(instead), _) => Some(Patch::Set(eval(instead, &scope).ok()?.as_object()?.clone())),
            (None, true) => Some(Patch::Remove),
            (None, false) => None,
        };
        let saving = match (&patch, change) {
            (Some(patch), Some(change)) => Some(self.outcome_of(change, patch)),
            _ => None,
        };
        if !rule.always && saving.as_ref().is_some_and(Outcome::is_useless) {
            return None;
        }
        let saving = saving.map(|outcome| outcome.saving);
        let message = match eval(&rule.message, &scope).ok()? {
            Value::String(text) => text,
            // Unknown and sensitive values are not printed.
            _ => rule.title.clone(),
        };
        let patch = patch.map(|patch| self.patches.share(at, patch));
        Some(Verdict { rule: at, message, patch, saving })
    }

    fn finding(&self, at: Option<usize>, alike: Option<Alike>, verdict: Verdict) -> Placed {
        let active = &self.rules[verdict.rule];
        let after = at.and_then(|at| self.project.plan.changes[at].after.as_ref());
        let finding = Finding {
            by: Arc::clone(&active.found_by),
            project: Some(self.project.index),
            address: after.map(|after| after.address.clone()),
            message: verdict.message,
            place: None,
            saving: verdict.saving,
            patch: verdict.patch,
            suppressed: None,
            is_known: false,
        };
        Placed { at, alike, finding: Box::new(finding) }
    }

    /// Whether a condition in the scope of rules holds for a resource.
    pub(super) fn holds(&self, at: usize, condition: &Lowered) -> bool {
        let mut scope = self.scope(Some(at), 0);
        self.fill((at, None), &mut scope, &Tags::new(), &|_| true);
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

    pub(super) fn production(&self, at: usize, tags: &Tags) -> Option<bool> {
        let tags = tags.get_or_init(|| self.repricer.tags(at));
        let change = &self.project.plan.changes[at];
        let after = change.after.as_ref().or(change.before.as_ref())?;
        let Some(predicate) = &self.config.production else {
            return production::guess(tags, [after.address.module(), self.project.name]);
        };
        let scope = [
            Value::from(after.address.as_str()),
            Value::from(after.address.module()),
            Value::from(after.kind.as_str()),
            Value::from(self.project.name),
            resources::tags(tags),
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
            let changes = &self.project.plan.changes;
            // A large plan has few resources of the types that rules look through.
            let is_meant = |at: &usize| match (&changes[*at].after, &self.looks_through) {
                (Some(after), Some(kinds)) => kinds.contains(&after.kind),
                (after, _) => after.is_some(),
            };
            let known = (0..changes.len()).filter(is_meant).map(|at| Known {
                at,
                monthly: self.monthly(at),
                region: self.estimate(at).and_then(|estimate| Some(estimate.region.as_ref()?.name.clone())),
                tags: self.repricer.tags(at),
            });
            resources::resources(changes, known)
        };
        self.resources.get_or_init(make).clone()
    }
}

/// Fills the slot of a let, which stands behind the named ones.
pub(super) fn put(scope: &mut Vec<Value>, slot: Slot, value: Value) {
    let slot = usize::from(slot.0);
    if scope.len() <= slot {
        scope.resize(slot + 1, Value::Null);
    }
    scope[slot] = value;
}

pub(super) fn set(scope: &mut [Value], slot: Slot, value: Value) {
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
