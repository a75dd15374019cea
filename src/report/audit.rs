//! The line that a run leaves in the audit log: what went in, what came out, who suppressed what.

use std::collections::BTreeMap;

use serde::Serialize;
use smol_str::SmolStr;

use super::findings::severity_word;
use super::json::Verdict;
use super::sums::{Difference, Total};
use super::view::Report;
use crate::model::{Problem, Severity};

/// What the audit log says of a run besides its report.
#[derive(Clone, Debug)]
pub struct AuditRun<'r> {
    /// When it ended, as RFC 3339.
    pub time: &'r str,
    /// Every file that it read.
    pub inputs: &'r [AuditInput],
    /// The SHA-256 of the price book, and its oldest and newest as-of date.
    pub book: (&'r str, &'r str, &'r str),
    /// How it ended.
    pub exit_code: u8,
    /// Its errors.
    pub problems: &'r [Problem],
}

/// A file that a run read.
#[derive(Clone, Debug, Serialize)]
pub struct AuditInput {
    /// What it was read as: `input`, `compare-to`, `config`, `usage`, `policy`.
    pub role: &'static str,
    /// Its path as given; `-` for the standard input.
    pub path: String,
    /// Its length.
    pub bytes: u64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct AuditLine<'r> {
    schema: &'static str,
    time: &'r str,
    lepton_version: &'static str,
    exit_code: u8,
    inputs: &'r [AuditInput],
    book: BookOut<'r>,
    errors: Vec<&'static str>,
    #[serde(flatten)]
    result: Option<ResultOut<'r>>,
}

#[derive(Serialize)]
struct BookOut<'r> {
    sha256: &'r str,
    oldest: &'r str,
    newest: &'r str,
}

#[derive(Serialize)]
struct ResultOut<'r> {
    currency: &'r str,
    past: Option<Total>,
    current: Total,
    difference: Option<Difference>,
    verdict: Verdict<'r>,
    findings: Vec<FindingOut<'r>>,
    suppressions: Vec<SuppressionOut<'r>>,
}

#[derive(Serialize)]
struct FindingOut<'r> {
    code: &'r str,
    severity: &'static str,
    project: Option<&'r str>,
    address: Option<&'r str>,
    suppressed: bool,
}

#[derive(Serialize)]
struct SuppressionOut<'r> {
    reason: &'r str,
    by: Option<&'r str>,
    until: Option<&'r str>,
    /// How many findings of each code it suppressed.
    findings: BTreeMap<&'r str, usize>,
}

/// The line for the audit log, with its line end. `report` is missing where the run ended before there was one.
pub fn audit_line(report: Option<&Report>, run: &AuditRun<'_>) -> String {
    let is_error = |problem: &&Problem| problem.severity() == Severity::Error;
    let (sha256, oldest, newest) = run.book;
    let line = AuditLine {
        schema: "lepton-audit/1",
        time: run.time,
        lepton_version: env!("CARGO_PKG_VERSION"),
        exit_code: run.exit_code,
        inputs: run.inputs,
        book: BookOut { sha256, oldest, newest },
        errors: run.problems.iter().filter(is_error).map(Problem::code).collect(),
        result: report.map(result),
    };
    let mut text = serde_json::to_string(&line).expect("the layout has text keys only");
    text.push('\n');
    text
}

fn result(report: &Report) -> ResultOut<'_> {
    ResultOut {
        currency: report.currency(),
        past: report.past.as_ref().map(Total::of),
        current: Total::of(&report.current),
        difference: report.delta.as_ref().map(Difference::of),
        verdict: Verdict::of(report),
        findings: report
            .findings
            .iter()
            .map(|finding| FindingOut {
                code: &finding.code,
                severity: severity_word(finding.severity),
                project: finding.project.map(|at| report.projects[at].name.as_str()),
                address: finding.address.as_ref().map(|address| address.as_str()),
                suppressed: finding.suppressed.is_some(),
            })
            .collect(),
        suppressions: suppressions(report),
    }
}

fn suppressions(report: &Report) -> Vec<SuppressionOut<'_>> {
    let mut used: Vec<SuppressionOut<'_>> = Vec::new();
    for finding in &report.findings {
        let Some(by) = &finding.suppressed else { continue };
        let out = SuppressionOut {
            reason: &by.reason,
            by: by.by.as_ref().map(SmolStr::as_str),
            until: by.until.as_ref().map(SmolStr::as_str),
            findings: BTreeMap::new(),
        };
        let is_same =
            |other: &SuppressionOut<'_>| (other.reason, other.by, other.until) == (out.reason, out.by, out.until);
        let at = used.iter().position(is_same).unwrap_or_else(|| {
            used.push(out);
            used.len() - 1
        });
        *used[at].findings.entry(&finding.code).or_default() += 1;
    }
    used
}
