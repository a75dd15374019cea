//! Findings as GitLab's code quality report: what a merge request shows beside the changed lines.

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::view::Report;
use crate::model::Severity;
use crate::rules::Finding;

#[derive(Serialize)]
struct Issue<'r> {
    description: String,
    check_name: &'r str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'r>,
}

#[derive(Serialize)]
struct Location<'r> {
    path: &'r str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// Renders the findings that count. Those without a place stand at the first line of their plan.
pub(super) fn render(report: &Report) -> String {
    let issues: Vec<Issue<'_>> =
        report.findings.iter().filter(|finding| finding.counts()).map(|f| issue(report, f)).collect();
    let mut text = serde_json::to_string_pretty(&issues).expect("the layout has text keys only");
    text.push('\n');
    text
}

fn issue<'r>(report: &'r Report, finding: &'r Finding) -> Issue<'r> {
    let project = finding.project.map(|at| &report.projects[at]);
    let address = finding.address.as_ref().map(|address| address.as_str());
    let mut print = Sha256::new();
    for part in [finding.code.as_str(), project.map_or("", |project| &project.name), address.unwrap_or(&finding.title)]
    {
        print.update(part);
        print.update([0]);
    }
    let (path, begin) = match &finding.place {
        Some(place) => (place.source.name(), place.source.line(place.span)),
        None => (project.or(report.projects.first()).map_or("lepton.hcl", |project| project.path.as_str()), 1),
    };
    Issue {
        description: match address {
            Some(address) => format!("{address}: {}", finding.message),
            None => finding.message.to_string(),
        },
        check_name: &finding.code,
        fingerprint: hex::encode(print.finalize()),
        severity: match finding.severity {
            Severity::Note => "info",
            Severity::Warning => "minor",
            Severity::Error => "critical",
        },
        location: Location { path: path.strip_prefix("./").unwrap_or(path), lines: Lines { begin } },
    }
}
