//! Suppressions: findings that do not count for a while, and suppressions that are used up.

use std::sync::Arc;

use super::finding::{Finding, FoundBy, Origin, Place, Suppressed};
use crate::config::{Config, Suppression, fits};
use crate::model::Severity;

/// Marks what is suppressed on a day.
pub fn suppress(config: &Config, findings: &mut [Finding], today: &str) {
    for suppression in config.suppressions.iter().filter(|suppression| suppression.holds(today)) {
        for finding in findings.iter_mut().filter(|finding| is_meant(suppression, finding)) {
            finding.suppressed.get_or_insert_with(|| {
                Box::new(Suppressed {
                    reason: suppression.reason.to_string(),
                    until: Some(suppression.until.clone()),
                    by: suppression.by.clone(),
                })
            });
        }
    }
}

/// How many findings each suppression is meant for, whether it holds or not.
pub fn meant(config: &Config, findings: &[Finding]) -> Vec<usize> {
    let count = |suppression: &Suppression| findings.iter().filter(|finding| is_meant(suppression, finding)).count();
    config.suppressions.iter().map(count).collect()
}

/// A finding for each suppression that expired, or that suppresses nothing. `meant`: how many findings each is for.
pub fn used_up(config: &Config, meant: &[usize], today: &str) -> Vec<Finding> {
    let mut more = Vec::new();
    for (suppression, meant) in config.suppressions.iter().zip(meant) {
        let code = &suppression.code;
        let used_up = match (*meant, suppression.holds(today)) {
            (0, _) => Some((
                "suppression-without-finding",
                Severity::Note,
                format!("nothing in this run is {code}: the suppression can go"),
            )),
            (_, true) => None,
            (count, false) => Some((
                "suppression-expired",
                Severity::Warning,
                format!(
                    "the suppression of {code} held until {}: {} again",
                    suppression.until,
                    if count == 1 { "1 finding counts".into() } else { format!("{count} findings count") }
                ),
            )),
        };
        more.extend(used_up.map(|(code, severity, message)| finding(config, suppression, code, severity, message)));
    }
    more
}

/// Whether a suppression holds for a finding on a day.
pub(super) fn is_suppressed(config: &Config, finding: &Finding, today: &str) -> bool {
    config.suppressions.iter().any(|suppression| suppression.holds(today) && is_meant(suppression, finding))
}

fn is_meant(suppression: &Suppression, finding: &Finding) -> bool {
    let is_address = |finding: &Finding| {
        finding.address.as_ref().is_some_and(|address| suppression.on.iter().any(|pattern| pattern.matches(address)))
    };
    fits(&suppression.code, &finding.code) && (suppression.on.is_empty() || is_address(finding))
}

fn finding(config: &Config, suppression: &Suppression, code: &str, severity: Severity, message: String) -> Finding {
    let title = suppression.code.clone();
    Finding {
        by: Arc::new(FoundBy { code: code.into(), severity, origin: Origin::Suppression, title, docs: None }),
        project: None,
        address: None,
        message: message.into(),
        place: config.source.clone().map(|source| Box::new(Place { source, span: suppression.span })),
        saving: None,
        patch: None,
        suppressed: None,
        is_known: false,
    }
}
