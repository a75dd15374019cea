//! A rule made ready to be judged: what it reads decides what must be at hand, and what may be remembered.

use std::collections::BTreeSet;
use std::sync::Arc;

use smol_str::SmolStr;

use super::finding::{FoundBy, Origin, RuleDocs};
use crate::config::{Rule, slots};
use crate::lang::{Lowered, ReferenceCall, Slot};
use crate::model::Severity;

/// A rule with what it reads.
pub(super) struct Active<'r> {
    pub(super) rule: &'r Rule,
    pub(super) origin: Origin,
    /// The rule's own, or what `lepton.hcl` says instead.
    pub(super) severity: Severity,
    /// What its findings share.
    pub(super) found_by: Arc<FoundBy>,
    /// The parts of the condition, each with the lets that it needs besides those before it.
    pub(super) conditions: Vec<Condition<'r>>,
    /// The lets that only the cure and the message need.
    pub(super) lets: Vec<&'r (Slot, Lowered)>,
    /// The slots that it reads, as bits.
    reads: u32,
    /// How it follows references.
    references: Vec<ReferenceCall>,
    /// Whether it reads its resource as a whole.
    reads_whole: bool,
    /// The types whose resources it looks through; `None` if any may.
    pub(super) looks_through: Option<BTreeSet<SmolStr>>,
}

/// A part of a rule's condition: where one does not hold, nothing that follows is looked at.
pub(super) struct Condition<'r> {
    pub(super) lets: Vec<&'r (Slot, Lowered)>,
    pub(super) holds: Lowered,
}

impl<'r> Active<'r> {
    pub(super) fn new(rule: &'r Rule, origin: Origin, severity: Severity) -> Self {
        let cures = [Some(&rule.when), rule.instead.as_ref(), Some(&rule.message)];
        let expressions: Vec<&Lowered> =
            rule.lets.iter().map(|(_, lowered)| lowered).chain(cures.into_iter().flatten()).collect();
        let mut reads = 0;
        let mut reads_whole = false;
        for traversal in expressions.iter().flat_map(|lowered| &lowered.traversals) {
            reads |= bit(traversal.root);
            if traversal.root == slots::SELF || traversal.root == slots::AFTER {
                reads_whole |= traversal.path.is_empty();
            }
        }
        let looks_through = looks_through(expressions.iter().copied());
        let references = expressions.iter().flat_map(|lowered| lowered.expr.reference_calls()).collect();
        let mut defined: BTreeSet<u16> = BTreeSet::new();
        let conditions = rule.when.conjuncts().into_iter().map(|holds| {
            let mut needed = needed(&holds, &rule.lets);
            needed.retain(|slot| defined.insert(*slot));
            Condition { lets: rule.lets.iter().filter(|(slot, _)| needed.contains(&slot.0)).collect(), holds }
        });
        let conditions = conditions.collect();
        let lets = rule.lets.iter().filter(|(slot, _)| !defined.contains(&slot.0)).collect();
        let docs = RuleDocs {
            what: rule.docs.what.to_string(),
            why: rule.docs.why.to_string(),
            ignore: rule.docs.ignore.to_string(),
            confidence: rule.docs.confidence.clone(),
            effort: rule.docs.effort.clone(),
            restart: rule.docs.restart,
            rollback: rule.docs.rollback,
            url: rule.docs.url.clone(),
        };
        let (code, title) = (rule.code.clone(), rule.title.clone());
        let found_by = Arc::new(FoundBy { code, severity, origin, title, docs: Some(docs) });
        Self { rule, origin, severity, found_by, conditions, lets, reads, references, reads_whole, looks_through }
    }

    pub(super) fn reads(&self, slot: Slot) -> bool {
        self.reads & bit(slot) != 0
    }

    /// Whether resources with equal attributes, price, region, action and module are judged alike, but for their tags.
    /// `is_there` says whether a type is in the plan: what refers to a resource, or is referred to by it, is the same
    /// nothing for all otherwise.
    pub(super) fn is_local(&self, is_there: &dyn Fn(&str) -> bool) -> bool {
        const ELSEWHERE: [Slot; 3] = [slots::BEFORE, slots::DELTA, slots::ADDRESS];
        let finds_nothing = |call: &ReferenceCall| match (call.function.as_str(), call.arguments.as_slice()) {
            ("referrers", [kind, ..]) => !is_there(kind),
            ("ref" | "refs", [_, kinds @ ..]) => !kinds.is_empty() && !kinds.iter().any(|kind| is_there(kind)),
            _ => false,
        };
        self.references.iter().all(finds_nothing)
            && !self.reads_whole
            && !ELSEWHERE.into_iter().any(|slot| self.reads(slot))
    }
}

/// The types that expressions name behind `resources`; `None` if they may mean any.
pub(super) fn looks_through<'l>(expressions: impl Iterator<Item = &'l Lowered>) -> Option<BTreeSet<SmolStr>> {
    let traversals = expressions.flat_map(|lowered| &lowered.traversals);
    traversals.filter(|traversal| traversal.root == slots::RESOURCES).map(|found| found.path.first().cloned()).collect()
}

/// Lets stand behind the named slots, and are no matter here.
fn bit(slot: Slot) -> u32 {
    if usize::from(slot.0) < slots::NAMES.len() { 1 << slot.0 } else { 0 }
}

/// The slots of the lets that an expression reads, directly or through others.
fn needed(expression: &Lowered, lets: &[(Slot, Lowered)]) -> BTreeSet<u16> {
    let mut found = BTreeSet::new();
    let mut pending: Vec<&Lowered> = vec![expression];
    while let Some(lowered) = pending.pop() {
        for traversal in &lowered.traversals {
            let is_new = |(slot, _): &&(Slot, Lowered)| *slot == traversal.root && !found.contains(&slot.0);
            if let Some((slot, lowered)) = lets.iter().find(is_new) {
                found.insert(slot.0);
                pending.push(lowered);
            }
        }
    }
    found
}
