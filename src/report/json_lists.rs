//! The lists of `lepton/1`: what they hold, what a project adds to them, and where a report takes it.

use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

use super::json;
use super::view::{ProjectInput, Report};
use crate::model::Address;
use crate::price::Currency;
use crate::rules::Finding;

/// The lists of a report that projects add to, in the order in which they stand.
pub(super) const LISTS: [&str; 3] = ["findings", "savings", "projects"];

/// What a project adds to each of those lists, as they stand there.
pub(super) fn project_parts(
    one: &ProjectInput,
    findings: &[Finding],
    savings: &[(Address, Decimal)],
    currency: &Currency,
) -> [String; 3] {
    let findings = findings.iter().map(|finding| json::pretty(&json::finding_out(Some(&one.name), finding)));
    let savings = savings.iter().map(|(address, saving)| json::pretty(&json::saving_out(&one.name, address, *saving)));
    [items(findings), items(savings), items([json::pretty(&json::project(one, &None, currency))])]
}

/// Texts as elements of a list, each with a comma before it.
fn items(texts: impl IntoIterator<Item = String>) -> String {
    texts.into_iter().map(|text| format!(",\n    {}", text.replace('\n', "\n    "))).collect()
}

/// The findings of a report, each made when it is written.
pub(super) struct Findings<'r>(pub(super) &'r Report);

impl Serialize for Findings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(report) = self;
        let findings = report.findings.iter();
        serializer
            .collect_seq(findings.map(|finding| json::finding_out(json::name_of(report, finding.project), finding)))
    }
}

/// The savings of a report, each made when it is written.
pub(super) struct Savings<'r>(pub(super) &'r Report);

impl Serialize for Savings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(report) = self;
        serializer.collect_seq(
            report
                .savings
                .iter()
                .map(|(project, address, saving)| json::saving_out(&report.projects[*project].name, address, *saving)),
        )
    }
}

/// The resources of a project, each made when it is written.
pub(super) struct Resources<'r>(pub(super) &'r ProjectInput);

impl Serialize for Resources<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.pairs().filter_map(|(change, diff)| json::resource(change, diff)))
    }
}

/// A report cut where its lists begin: behind each piece but the last stands what projects add.
pub(super) fn cut(text: &str) -> Vec<&str> {
    let mut rest = text;
    let mut pieces = Vec::with_capacity(LISTS.len() + 1);
    for name in LISTS {
        // Only a key of the document itself stands two spaces from the edge.
        let key = format!("\n  \"{name}\": [");
        let at = rest.find(&key).expect("a report has its lists") + key.len();
        let (piece, behind) = rest.split_at(at);
        pieces.push(piece);
        rest = behind;
    }
    pieces.push(rest);
    pieces
}
