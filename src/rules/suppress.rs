//! Suppressions: findings that do not count for a while, and suppressions that are used up.

use super::finding::{Finding, Origin, Place, Suppressed};
use crate::config::{Config, Suppression, fits};
use crate::model::Severity;

/// Marks what is suppressed on a day.
pub fn suppress(config: &Config, findings: &mut [Finding], today: &str) {
    for suppression in config.suppressions.iter().filter(|suppression| suppression.holds(today)) {
        for finding in findings.iter_mut().filter(|finding| is_meant(suppression, finding)) {
            finding.suppressed.get_or_insert_with(|| Suppressed {
                reason: suppression.reason.to_string(),
                until: Some(suppression.until.clone()),
                by: suppression.by.clone(),
            });
        }
    }
}

/// A finding for each suppression that expired, or that suppresses nothing.
pub fn used_up(config: &Config, findings: &[Finding], today: &str) -> Vec<Finding> {
    let mut more = Vec::new();
    for suppression in &config.suppressions {
        let code = &suppression.code;
        let meant = findings.iter().filter(|finding| is_meant(suppression, finding)).count();
        let used_up = match (meant, suppression.holds(today)) {
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
    Finding {
        code: code.into(),
        severity,
        origin: Origin::Suppression,
        project: None,
        address: None,
        title: suppression.code.clone(),
        message,
        place: config.source.clone().map(|source| Place { source, span: suppression.span }),
        saving: None,
        patch: None,
        docs: None,
        suppressed: None,
        is_known: false,
    }
}
