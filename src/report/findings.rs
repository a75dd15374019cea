//! Findings in words: what table, Markdown and the last line of a run say of them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::text::{clean, cut_middle};
use super::view::Report;
use super::words::count;
use crate::model::{Severity, amount};
use crate::rules::{Finding, Saving};

/// How many findings of a rule a table names: a long list hides the next rule.
pub(super) const NAMED: usize = 5;

/// How many failing findings the verdict names.
pub(super) const NAMED_FAILING: usize = 5;

/// The findings of one rule, the worst and dearest rules first.
pub(super) struct Group<'r> {
    pub(super) code: &'r SmolStr,
    pub(super) title: &'r str,
    pub(super) severity: Severity,
    /// How many there are.
    pub(super) count: usize,
    /// What following all of them would save; `None` if no figure is known.
    pub(super) saving: Option<Decimal>,
    /// The dearest first; of those that are written already only so many as a table names.
    pub(super) findings: Vec<&'r Finding>,
}

/// What sorts the findings of a rule: the dearest first.
pub(super) fn dearest(finding: &Finding) -> Reverse<Option<Decimal>> {
    Reverse(finding.saving.as_ref().map(|saving| saving.monthly))
}

/// What a finding saves, if that is a figure.
pub(super) fn known_saving(finding: &Finding) -> Option<Decimal> {
    finding.saving.as_ref().map(|saving| saving.monthly).filter(|saving| !saving.is_zero())
}

/// The findings that count, by rule.
pub(super) fn groups(report: &Report) -> Vec<Group<'_>> {
    let told = report.told.groups.iter().map(|((code, Reverse(severity)), told)| {
        let findings = told.dearest.iter().collect();
        let group =
            Group { code, title: &told.title, severity: *severity, count: told.count, saving: told.saving, findings };
        ((code, Reverse(*severity)), group)
    });
    let mut groups: BTreeMap<(&SmolStr, Reverse<Severity>), Group<'_>> = told.collect();
    for finding in report.findings.iter().filter(|finding| finding.counts()) {
        let key = (&finding.code, Reverse(finding.severity));
        let group = groups.entry(key).or_insert_with(|| Group {
            code: &finding.code,
            title: &finding.title,
            severity: finding.severity,
            count: 0,
            saving: None,
            findings: Vec::new(),
        });
        group.count += 1;
        group.saving = [group.saving, known_saving(finding)].into_iter().flatten().reduce(|sum, one| sum + one);
        group.findings.push(finding);
    }
    let mut groups: Vec<Group<'_>> = groups.into_values().collect();
    groups.iter_mut().for_each(|group| group.findings.sort_by_key(|finding| dearest(finding)));
    groups.sort_by_key(|group| (Reverse(group.severity), Reverse(group.saving)));
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
        let told = report.told.groups.iter().filter(|((_, of), _)| of.0 == severity).map(|(_, told)| told.count);
        told.sum::<usize>() + report.findings.iter().filter(is_of).count()
    };
    let suppressed = report.findings.iter().filter(|finding| finding.suppressed.is_some()).count();
    let suppressed = report.told.suppressed + suppressed;
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
    let (told, resources) = report.told.savings;
    let sum = report.savings.iter().map(|(_, _, saving)| *saving).fold(told, |sum, saving| sum + saving);
    (sum > Decimal::ZERO).then_some((sum, resources + report.savings.len()))
}

/// The verdict of the gate, and for which findings it failed; `None` if nothing failed.
pub fn verdict(report: &Report) -> Option<String> {
    const MOST_WIDTH: usize = 160;
    let failing = report.failing().count();
    let level = report.options.fail_on?;
    if failing == 0 {
        return None;
    }
    // A name must not fill the line that says the verdict.
    let about = |finding: &Finding| match &finding.address {
        Some(address) => format!("{} ({})", finding.code, cut_middle(&clean(address.as_str()), MOST_WIDTH)),
        None => format!("{} ({})", finding.code, cut_middle(&clean(&finding.title), MOST_WIDTH)),
    };
    let first = report.told.failing_first.iter().chain(report.failing_here());
    let mut named: Vec<String> = first.take(NAMED_FAILING).map(about).collect();
    if failing > named.len() {
        named.push(format!("and {} more", failing - named.len()));
    }
    let at = level_word(level);
    Some(format!("gate failed: {} {at}: {}", count(failing, "finding", "findings"), named.join(", ")))
}

/// That the gate holds, and at which level; `None` if it does not, or if there is none. What could not be read may hold
/// anything.
pub(super) fn passed(report: &Report) -> Option<String> {
    let level = level_word(report.options.fail_on?);
    if report.failing().next().is_some() {
        return None;
    }
    Some(match report.unread.len() {
        0 => format!("Gate passed: no finding {level}."),
        unread => {
            let unread = count(unread, "input", "inputs");
            format!("**Gate not passed: no finding {level}, but {unread} could not be read.**")
        }
    })
}

fn level_word(level: Severity) -> &'static str {
    match level {
        Severity::Error => "at error",
        Severity::Warning => "at warning or above",
        Severity::Note => "at note or above",
    }
}
