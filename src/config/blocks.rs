//! The blocks of `lepton.hcl` but rules, as the rest of lepton uses them.

use hcl::edit::Span as _;
use hcl::edit::structure::Block;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::reader::Reader;
use super::rule::{AddressPattern, slots};
use super::shape;
use crate::lang::{Dialect, Lowered, Names};
use crate::model::{Object, Pattern, Severity, Span};

/// A limit on what part of a plan may cost.
#[derive(Debug)]
pub struct Budget {
    /// Its name.
    pub name: SmolStr,
    /// Which resources; empty means all.
    pub scope: Vec<AddressPattern>,
    /// Which projects; empty means all.
    pub projects: Vec<SmolStr>,
    /// Which providers; empty means all.
    pub providers: Vec<SmolStr>,
    /// The tags that a resource must have.
    pub tags: Vec<(SmolStr, SmolStr)>,
    pub(crate) when: Option<Lowered>,
    /// The ceiling of the cost a month.
    pub monthly: Option<Decimal>,
    /// By how much a change may raise it.
    pub max_increase: Option<Decimal>,
    /// By how many percent a change may raise it.
    pub max_percent: Option<Decimal>,
    /// Whether an unknown cost breaks it.
    pub fail_if_unknown: bool,
    /// How bad a broken budget is.
    pub severity: Severity,
    /// What the finding adds.
    pub message: Option<SmolStr>,
    /// Its block in the file.
    pub span: Span,
}

/// A change of built-in rules.
#[derive(Debug)]
pub struct Builtin {
    /// A code or a pattern of codes.
    pub code: SmolStr,
    /// Whether they are judged.
    pub enabled: Option<bool>,
    /// How bad their findings are.
    pub severity: Option<Severity>,
    /// Its block in the file.
    pub span: Span,
}

/// Findings that do not count for a while.
#[derive(Debug)]
pub struct Suppression {
    /// A code or a pattern of codes.
    pub code: SmolStr,
    /// Which resources; empty means all.
    pub on: Vec<AddressPattern>,
    /// Why.
    pub reason: SmolStr,
    /// The last day it holds.
    pub until: SmolStr,
    /// Who answers for it.
    pub by: Option<SmolStr>,
    /// Its block in the file.
    pub span: Span,
}

/// Usage figures for addresses.
#[derive(Debug)]
pub struct UsageByAddress {
    /// Which resources.
    pub on: AddressPattern,
    /// The figures.
    pub figures: Object,
    /// The pattern as written.
    pub label: SmolStr,
    /// Its block in the file.
    pub span: Span,
}

/// Whether a text is a pattern's, or equals it.
pub(crate) fn fits(pattern: &str, text: &str) -> bool {
    Pattern::new(pattern).map_or_else(|| pattern == text, |pattern| pattern.matches(text))
}

impl Suppression {
    /// Whether it holds on a day, given as `YYYY-MM-DD`.
    pub fn holds(&self, today: &str) -> bool {
        today <= self.until.as_str()
    }
}

pub(super) fn label(block: &Block) -> SmolStr {
    block.labels.first().map(|label| label.as_str().into()).unwrap_or_default()
}

pub(super) fn span(block: &Block) -> Span {
    block.span().unwrap_or_default().into()
}

fn patterns(texts: Option<Vec<SmolStr>>) -> Vec<AddressPattern> {
    texts.unwrap_or_default().iter().map(|text| AddressPattern::new(text)).collect()
}

pub(super) fn budget(reader: &mut Reader<'_>, block: &Block) -> Budget {
    let body = &block.body;
    reader.check(body, &shape::BUDGET, block.ident.span());
    let mut names = Names::new(Dialect::Stanza);
    for name in slots::NAMES {
        names.bind(name);
    }
    let tags = reader.object(body, "tags").unwrap_or_default().entries();
    let tags = tags.into_iter().map(|(name, value)| (name, value.as_str().map_or_else(|| "*".into(), SmolStr::from)));
    let budget = Budget {
        name: label(block),
        scope: patterns(reader.texts(body, "scope")),
        projects: reader.texts(body, "project").unwrap_or_default(),
        providers: reader.texts(body, "provider").unwrap_or_default(),
        tags: tags.collect(),
        when: reader.expression(body, "when", &names),
        monthly: reader.number(body, "monthly"),
        max_increase: reader.number(body, "max_increase"),
        max_percent: reader.number(body, "max_percent"),
        fail_if_unknown: reader.boolean(body, "fail_if_unknown").unwrap_or(false),
        severity: reader.severity(body, "severity", false).flatten().unwrap_or(Severity::Error),
        message: reader.text(body, "message"),
        span: span(block),
    };
    let limits = ["monthly", "max_increase", "max_percent"];
    if !budget.fail_if_unknown && !limits.iter().any(|name| body.has_attribute(name)) {
        reader
            .problem("lepton::config::no-limit", "a budget without a limit", block.ident.span(), "")
            .help("give `monthly`, `max_increase` or `max_percent`");
    }
    budget
}

pub(super) fn builtin(reader: &mut Reader<'_>, block: &Block) -> Builtin {
    let body = &block.body;
    reader.check(body, &shape::BUILTIN, block.ident.span());
    Builtin {
        code: label(block),
        enabled: reader.boolean(body, "enabled"),
        severity: reader.severity(body, "severity", false).flatten(),
        span: block.labels.first().and_then(|label| label.span()).unwrap_or_default().into(),
    }
}

pub(super) fn suppression(reader: &mut Reader<'_>, block: &Block) -> Suppression {
    let body = &block.body;
    reader.check(body, &shape::SUPPRESS, block.ident.span());
    Suppression {
        code: label(block),
        on: patterns(reader.texts(body, "on")),
        reason: reader.text(body, "reason").unwrap_or_default(),
        until: reader.date(body, "until").unwrap_or_default(),
        by: reader.text(body, "by"),
        span: span(block),
    }
}

pub(super) fn usage(reader: &mut Reader<'_>, block: &Block) -> UsageByAddress {
    reader.check(&block.body, &shape::USAGE, block.ident.span());
    let attributes = block.body.attributes();
    let figures =
        attributes.filter_map(|attribute| Some((attribute.key.as_str().into(), reader.value(&attribute.value)?)));
    UsageByAddress {
        figures: figures.collect(),
        on: AddressPattern::new(&label(block)),
        label: label(block),
        span: span(block),
    }
}
