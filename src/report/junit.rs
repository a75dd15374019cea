//! Findings as JUnit: a suite a project, a case a finding; what fails the gate fails its case.

use quick_junit::{NonSuccessKind, Report as Suites, TestCase, TestCaseStatus, TestSuite};

use super::findings::{saving, severity_word};
use super::view::Report;
use crate::rules::Finding;

/// Renders the findings.
pub(super) fn render(report: &Report) -> String {
    let mut suites = Suites::new("lepton");
    for (at, project) in report.projects.iter().enumerate() {
        let findings = report.findings.iter().filter(|finding| finding.project == Some(at));
        suites.add_test_suite(suite(report, &project.name, findings));
    }
    let run: Vec<&Finding> = report.findings.iter().filter(|finding| finding.project.is_none()).collect();
    if !run.is_empty() {
        suites.add_test_suite(suite(report, "the whole run", run.into_iter()));
    }
    let mut text = suites.to_string().expect("text in memory takes every write");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn suite<'r>(report: &Report, name: &str, findings: impl Iterator<Item = &'r Finding>) -> TestSuite {
    let mut suite = TestSuite::new(name);
    suite.add_test_cases(findings.map(|finding| case(report, name, finding)));
    if suite.test_cases.is_empty() {
        // A suite without a case reads as a suite that did not run.
        let mut case = TestCase::new("nothing found", TestCaseStatus::success());
        case.set_classname(name);
        suite.add_test_case(case);
    }
    suite
}

fn case(report: &Report, class: &str, finding: &Finding) -> TestCase {
    let about = finding.address.as_ref().map_or(finding.title.as_str(), |address| address.as_str());
    let save = saving(finding.saving.as_ref(), report.currency());
    let said = if save.is_empty() { finding.message.to_string() } else { format!("{} ({save})", finding.message) };
    let is_failing = report.options.fail_on.is_some_and(|level| finding.reaches(level));
    let status = match &finding.suppressed {
        Some(suppressed) => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(format!("suppressed: {}", suppressed.reason));
            status
        }
        None if finding.is_known => {
            let mut status = TestCaseStatus::skipped();
            status.set_message("known before");
            status
        }
        None if is_failing => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(said.as_str()).set_type(severity_word(finding.severity));
            status
        }
        None => TestCaseStatus::success(),
    };
    let mut case = TestCase::new(format!("{}: {about}", finding.code), status);
    case.set_classname(class);
    if !is_failing {
        case.set_system_out(format!("{}: {said}", severity_word(finding.severity)));
    }
    case
}
