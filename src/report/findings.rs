//! Findings in words: what table, Markdown and the last line of a run say of them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::text::{clean, cut_middle};
use super::view::Report;
use super::words::count;
use crate::model::{Severity, amount};
use crate::rules::{Finding, Saving};

/// The findings of one rule, the worst and dearest rules first.
pub(super) struct Group<'r> {
    pub(super) code: &'r SmolStr,
    pub(super) title: &'r str,
    pub(super) severity: Severity,
    pub(super) findings: Vec<&'r Finding>,
}

impl Group<'_> {
    /// What following all of its findings would save; `None` if no figure is known.
    pub(super) fn saving(&self) -> Option<Decimal> {
        let savings = self.findings.iter().filter_map(|finding| finding.saving.as_ref());
        let known: Vec<Decimal> = savings.map(|saving| saving.monthly).filter(|saving| !saving.is_zero()).collect();
        (!known.is_empty()).then(|| known.into_iter().sum())
    }
}

/// The findings that count, by rule.
pub(super) fn groups(report: &Report) -> Vec<Group<'_>> {
    let mut groups: BTreeMap<(&SmolStr, std::cmp::Reverse<Severity>), Group<'_>> = BTreeMap::new();
    for finding in report.findings.iter().filter(|finding| finding.counts()) {
        let key = (&finding.code, std::cmp::Reverse(finding.severity));
        let group = groups.entry(key).or_insert_with(|| Group {
            code: &finding.code,
            title: &finding.title,
            severity: finding.severity,
            findings: Vec::new(),
        });
        group.findings.push(finding);
    }
    let mut groups: Vec<Group<'_>> = groups.into_values().collect();
    for group in &mut groups {
        let dearest = |finding: &&Finding| std::cmp::Reverse(finding.saving.as_ref().map(|saving| saving.monthly));
        group.findings.sort_by_key(dearest);
    }
    groups.sort_by_key(|group| (std::cmp::Reverse(group.severity), std::cmp::Reverse(group.saving())));
    groups
}

/// The word for a severity.
pub(crate) fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// What following a finding would do to the cost; empty if nothing is re-priced.
pub(super) fn saving(saving: Option<&Saving>, currency: &str) -> String {
    let Some(saving) = saving else { return String::new() };
    let known = amount::money(saving.monthly.abs(), currency);
    let known = match (saving.monthly.is_zero(), saving.monthly.is_sign_negative()) {
        (true, _) => String::new(),
        (false, true) => format!("costs {known} more"),
        (false, false) => format!("saves {known}"),
    };
    match (known.is_empty(), saving.usage_lines, saving.unknown_lines) {
        (true, 0, 0) => "costs the same".into(),
        (false, 0, 0) => known,
        (true, _, 0) => "saving depends on usage".into(),
        (true, ..) => "saving not known".into(),
        (false, _, 0) => format!("{known} and usage"),
        (false, ..) => format!("{known} and more not known"),
    }
}

/// How many findings there are: `2 errors, 1 warning, 3 notes, 1 suppressed`; empty if there are none.
pub(super) fn counts(report: &Report) -> String {
    let active = |severity: Severity| {
        let is_of = |finding: &&Finding| finding.severity == severity && finding.counts();
        report.findings.iter().filter(is_of).count()
    };
    let suppressed = report.findings.iter().filter(|finding| finding.suppressed.is_some()).count();
    let known = report.findings.iter().filter(|finding| finding.is_known && finding.suppressed.is_none()).count();
    let parts = [
        (active(Severity::Error), "error", "errors"),
        (active(Severity::Warning), "warning", "warnings"),
        (active(Severity::Note), "note", "notes"),
        (suppressed, "suppressed", "suppressed"),
        (known, "known before", "known before"),
    ];
    let said = parts.into_iter().filter(|(number, ..)| *number > 0).map(|(number, one, many)| count(number, one, many));
    said.collect::<Vec<String>>().join(", ")
}

/// What following all warnings and errors together would save, resource by resource; `None` without any.
pub(super) fn total_saving(report: &Report) -> Option<(Decimal, usize)> {
    let sum: Decimal = report.savings.iter().map(|(_, _, saving)| *saving).sum();
    (sum > Decimal::ZERO).then_some((sum, report.savings.len()))
}

/// The verdict of the gate, and for which findings it failed; `None` if nothing failed.
pub fn verdict(report: &Report) -> Option<String> {
    const MOST: usize = 5;
    const MOST_WIDTH: usize = 160;
    let failing: Vec<&Finding> = report.failing().collect();
    let level = report.options.fail_on?;
    if failing.is_empty() {
        return None;
    }
    // A name must not fill the line that says the verdict.
    let about = |finding: &&Finding| match &finding.address {
        Some(address) => format!("{} ({})", finding.code, cut_middle(&clean(address.as_str()), MOST_WIDTH)),
        None => format!("{} ({})", finding.code, cut_middle(&clean(&finding.title), MOST_WIDTH)),
    };
    let mut named: Vec<String> = failing.iter().take(MOST).map(about).collect();
    if failing.len() > MOST {
        named.push(format!("and {} more", failing.len() - MOST));
    }
    let at = level_word(level);
    Some(format!("gate failed: {} {at}: {}", count(failing.len(), "finding", "findings"), named.join(", ")))
}

/// That the gate holds, and at which level; `None` if it does not, or if there is none.
pub(super) fn passed(report: &Report) -> Option<String> {
    let level = report.options.fail_on?;
    report.failing().next().is_none().then(|| format!("Gate passed: no finding {}.", level_word(level)))
}

fn level_word(level: Severity) -> &'static str {
    match level {
        Severity::Error => "at error",
        Severity::Warning => "at warning or above",
        Severity::Note => "at note or above",
    }
}
