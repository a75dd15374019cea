//! A finding: what a rule, a budget or a policy has to say about a plan, and what following it would save.

use std::ops::Deref;
use std::sync::Arc;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use crate::model::{Address, Object, Severity, Source, Span};

/// Something worth saying, with the reason and what would change.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What found it: shared by all that it finds.
    pub by: Arc<FoundBy>,
    /// The position of the project in the report; `None` for what concerns the whole run.
    pub project: Option<usize>,
    /// The resource; `None` for what concerns a project or the run.
    pub address: Option<Address>,
    /// What is the matter with this resource, as a sentence.
    pub message: SmolStr,
    /// Where it stands in the user's sources, if those are at hand.
    pub place: Option<Box<Place>>,
    /// What following it would save; `None` if nothing is re-priced.
    pub saving: Option<Saving>,
    /// What to change.
    pub patch: Option<Patch>,
    /// Why it does not count, if it is suppressed.
    pub suppressed: Option<Box<Suppressed>>,
    /// Whether it does not count because the baseline has it already.
    pub is_known: bool,
}

/// What finds something: a rule, a budget, a policy.
#[derive(Clone, Debug)]
pub struct FoundBy {
    /// The permanent kebab-case name of what was found: `oversized-volume`.
    pub code: SmolStr,
    /// How bad it is.
    pub severity: Severity,
    /// What kind of judge found it.
    pub origin: Origin,
    /// The short title of the rule.
    pub title: SmolStr,
    /// The documentation of the rule.
    pub docs: Option<RuleDocs>,
}

impl Deref for Finding {
    type Target = FoundBy;

    fn deref(&self) -> &FoundBy {
        &self.by
    }
}

/// What kind of judge made a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// A rule that lepton brings.
    Builtin,
    /// A rule of the user's `lepton.hcl`.
    User,
    /// A budget of the user's `lepton.hcl`.
    Budget,
    /// A suppression that is used up: expired, or without anything to suppress.
    Suppression,
    /// A Rego policy.
    Policy,
}

/// A place in a text of the user's.
#[derive(Clone, Debug)]
pub struct Place {
    /// The text, under its path.
    pub source: Source,
    /// The bytes meant.
    pub span: Span,
}

/// What following a finding would save a month, by pricing the resource again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saving {
    /// The amount a month, in the report's currency. Negative if it would cost more.
    pub monthly: Decimal,
    /// How many lines would change by an amount that usage decides.
    pub usage_lines: usize,
    /// How many lines would change by an amount that nobody knows.
    pub unknown_lines: usize,
}

/// What to change at a resource.
#[derive(Clone, Debug)]
pub enum Patch {
    /// These attributes get these values.
    Set(Object),
    /// The resource goes.
    Remove,
}

/// Who suppressed a finding, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// The reason given.
    pub reason: String,
    /// The last day it holds, as `YYYY-MM-DD`.
    pub until: Option<SmolStr>,
    /// Who answers for it.
    pub by: Option<SmolStr>,
}

/// What a rule says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleDocs {
    /// What it finds.
    pub what: String,
    /// Why that costs.
    pub why: String,
    /// When to leave it.
    pub ignore: String,
    /// How sure it is: `high`, `medium` or `low`.
    pub confidence: SmolStr,
    /// How much work following it is: `low`, `medium` or `high`.
    pub effort: SmolStr,
    /// Whether following it restarts or replaces something.
    pub restart: bool,
    /// Whether it can be taken back.
    pub rollback: bool,
    /// The provider's page that it rests on.
    pub url: Option<SmolStr>,
}

impl Finding {
    /// Whether it counts: neither suppressed, nor known before.
    pub fn counts(&self) -> bool {
        self.suppressed.is_none() && !self.is_known
    }

    /// Whether it counts at a level.
    pub fn reaches(&self, level: Severity) -> bool {
        self.counts() && self.severity >= level
    }
}
