//! Findings as SARIF 2.1.0: what code scanning reads. Costs are not findings and are not in it.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use serde_json::{Value, json};
use serde_sarif::sarif::{
    ArtifactLocation, Invocation, Location, LogicalLocation, Message, MultiformatMessageString, Notification,
    PhysicalLocation, PropertyBag, Region, ReportingConfiguration, ReportingDescriptor, Result as Found, ResultKind,
    ResultLevel, Run, Sarif, Suppression, Tool, ToolComponent,
};
use sha2::{Digest as _, Sha256};
use smol_str::SmolStr;

use super::findings::severity_word;
use super::view::Report;
use crate::model::{Problem, Severity, Source, Span};
use crate::rules::{Finding, RuleDocs};

/// Renders the findings.
pub(super) fn render(report: &Report) -> String {
    let mut text = Vec::new();
    write(report, &mut text).expect("memory takes every write");
    String::from_utf8(text).expect("JSON is text")
}

/// Writes the findings, one after the other.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut codes: BTreeMap<&SmolStr, &Finding> = BTreeMap::new();
    for finding in &report.findings {
        codes.entry(&finding.code).or_insert(finding);
    }
    let position = |code: &SmolStr| codes.keys().position(|other| *other == code).expect("every code is among them");
    let mut driver = ToolComponent::builder().name("lepton").build();
    driver.semantic_version = Some(env!("CARGO_PKG_VERSION").into());
    driver.rules = Some(codes.values().map(|finding| rule(finding)).collect());
    let mut run = Run::builder().tool(Tool::builder().driver(driver).build()).build();
    run.results = Some(Vec::new());
    run.column_kind = Some(json!("unicodeCodePoints"));
    let mut invocation = Invocation::builder().execution_successful(true).build();
    invocation.tool_execution_notifications = Some(report.problems().into_iter().map(notification).collect());
    run.invocations = Some(vec![invocation]);
    let mut root = Sarif::builder().version(json!("2.1.0")).runs(vec![run]).build();
    root.schema = Some("https://json.schemastore.org/sarif-2.1.0.json".into());
    let around = super::json::pretty(&root);
    // Only a key of a run stands six spaces from the edge.
    const RESULTS: &str = "\n      \"results\": [";
    let at = around.find(RESULTS).expect("a run has results") + RESULTS.len();
    let mut out = BufWriter::new(out);
    let (before, after) = around.split_at(at);
    out.write_all(before.as_bytes())?;
    for (at, finding) in report.findings.iter().enumerate() {
        let result = super::json::pretty(&result(report, finding, position(&finding.code)));
        let comma = if at == 0 { "" } else { "," };
        write!(out, "{comma}\n        {}", result.replace('\n', "\n        "))?;
    }
    if !report.findings.is_empty() {
        out.write_all(b"\n      ")?;
    }
    out.write_all(after.as_bytes())?;
    out.write_all(b"\n")?;
    out.flush()
}

/// What a code means.
fn rule(finding: &Finding) -> ReportingDescriptor {
    let mut rule = ReportingDescriptor::builder().id(finding.code.as_str()).build();
    rule.short_description = Some(text(if finding.docs.is_some() { &finding.title } else { &finding.code }));
    rule.default_configuration =
        Some(ReportingConfiguration { level: Some(json!(severity_word(finding.severity))), ..Default::default() });
    let mut properties: BTreeMap<String, Value> = BTreeMap::new();
    if let Some(docs) = finding.docs.as_ref().filter(|docs| !docs.what.is_empty()) {
        rule.full_description = Some(text(&docs.what));
        rule.help = Some(help(docs));
        rule.help_uri = docs.url.as_ref().map(SmolStr::to_string);
        if !docs.confidence.is_empty() {
            properties.insert("precision".into(), json!(docs.confidence));
        }
    }
    rule.properties = Some(PropertyBag { tags: Some(vec!["cost".into()]), additional_properties: properties });
    rule
}

fn help(docs: &RuleDocs) -> MultiformatMessageString {
    let parts = [("Why it costs", &docs.why), ("When to leave it", &docs.ignore)];
    let said = parts.iter().filter(|(_, text)| !text.is_empty());
    let plain: Vec<String> = said.clone().map(|(head, text)| format!("{head}: {}", text.trim())).collect();
    let marked: Vec<String> = said.map(|(head, text)| format!("**{head}.** {}", text.trim())).collect();
    let mut help = text(&plain.join("\n\n"));
    help.markdown = Some(marked.join("\n\n"));
    help
}

fn result(report: &Report, finding: &Finding, rule: usize) -> Found {
    let project = finding.project.map(|at| &report.projects[at]);
    let mut result = Found::builder().message(message(&finding.message)).build();
    result.rule_id = Some(finding.code.to_string());
    result.rule_index = i64::try_from(rule).ok();
    result.kind = Some(ResultKind::Fail);
    result.level = Some(match finding.severity {
        Severity::Error => ResultLevel::Error,
        Severity::Warning => ResultLevel::Warning,
        Severity::Note => ResultLevel::Note,
    });
    let location = Location {
        physical_location: match (&finding.place, project) {
            (Some(place), _) => Some(physical(&place.source, place.span)),
            (None, Some(project)) if project.path != "-" => Some(file(&project.path)),
            _ => None,
        },
        logical_locations: finding.address.as_ref().map(|address| {
            let name = Some(address.as_str().to_owned());
            vec![LogicalLocation { fully_qualified_name: name, kind: Some("resource".into()), ..Default::default() }]
        }),
        ..Default::default()
    };
    if location != Location::default() {
        result.locations = Some(vec![location]);
    }
    // The same finding in the next run has the same print, wherever the resource stands in its file by then.
    let mut print = Sha256::new();
    for part in [finding.code.as_str(), project.map_or("", |project| &project.name)] {
        print.update(part);
        print.update([0]);
    }
    print.update(finding.address.as_ref().map_or(finding.title.as_str(), |address| address.as_str()));
    result.partial_fingerprints = Some(BTreeMap::from([("finding/v1".to_owned(), hex::encode(print.finalize()))]));
    if finding.is_known {
        result.baseline_state = Some(json!("unchanged"));
    }
    if let Some(suppressed) = &finding.suppressed {
        let mut suppression = Suppression::builder().kind(json!("external")).build();
        suppression.status = Some(json!("accepted"));
        suppression.justification = Some(suppressed.reason.clone());
        result.suppressions = Some(vec![suppression]);
    }
    if let Some(saving) = &finding.saving {
        let properties = [
            ("monthlySaving".to_owned(), json!(saving.monthly.normalize().to_string())),
            ("currency".to_owned(), json!(report.currency())),
        ];
        result.properties = Some(PropertyBag { tags: None, additional_properties: properties.into_iter().collect() });
    }
    result
}

fn notification(problem: &Problem) -> Notification {
    let help = problem.help_text().map(|help| format!(" ({help})")).unwrap_or_default();
    let mut out = Notification::builder().message(message(&format!("{problem}{help}"))).build();
    out.level = Some(json!(severity_word(problem.severity())));
    out.locations = problem
        .place()
        .map(|(source, span)| vec![Location { physical_location: Some(physical(source, span)), ..Default::default() }]);
    out.properties = Some(PropertyBag {
        tags: None,
        additional_properties: BTreeMap::from([("code".to_owned(), json!(problem.code()))]),
    });
    out
}

/// A file as a whole; code scanning wants a line all the same.
fn file(path: &str) -> PhysicalLocation {
    let artifact = ArtifactLocation { uri: Some(uri(path)), ..Default::default() };
    let region = Region { start_line: Some(1), ..Default::default() };
    PhysicalLocation { artifact_location: Some(artifact), region: Some(region), ..Default::default() }
}

/// A place in a text, counted in lines and characters from 1.
fn physical(source: &Source, span: Span) -> PhysicalLocation {
    let text = source.text();
    let position = |at: usize| {
        let before = text.get(..at.min(text.len())).unwrap_or("");
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
        (i64::try_from(line).ok(), i64::try_from(column).ok())
    };
    let (start_line, start_column) = position(span.start);
    let (end_line, end_column) = position(span.end.max(span.start));
    let region = Region { start_line, start_column, end_line, end_column, ..Default::default() };
    PhysicalLocation { region: Some(region), ..file(source.name()) }
}

/// A path as a URI reference: relative ones stay relative to the root of the repository.
fn uri(path: &str) -> String {
    let path = path.replace('\\', "/");
    let path = path.strip_prefix("./").unwrap_or(&path);
    let mut out = String::with_capacity(path.len());
    if path.starts_with('/') {
        out.push_str("file://");
    }
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn message(text: &str) -> Message {
    Message { text: Some(text.to_owned()), ..Default::default() }
}

fn text(text: &str) -> MultiformatMessageString {
    MultiformatMessageString::builder().text(text.trim()).build()
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("./plans/a b%.json"), "plans/a%20b%25.json");
        assert_eq!(uri("plans\\prod.json"), "plans/prod.json");
        assert_eq!(uri("/srv/ä.tf"), "file:///srv/%C3%A4.tf");
    }
}
