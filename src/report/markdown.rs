//! Markdown that reads well on a pull request: total first, then what changes, then the details, folded.
//!
//! The text stays under the bound of the forges by leaving out the details of the cheapest resources, and says so.

use std::cmp::{Ordering, Reverse};
use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::escape::{code, plain};
use super::findings::{self, Group};
use super::rows::{self, Row};
use super::view::{self, ProjectInput, Report};
use super::words;
use crate::diff::{ChangeDiff, Delta, Fate};
use crate::estimate::{Estimate, Line, Monthly, PricedChange, Quantity, Status};
use crate::model::{Action, Severity, amount};

/// Forges refuse longer bodies; counted in bytes, which is never less than their unit.
const MAX_BYTES: usize = 64_000;
/// The most that the table of projects, and that of changes, may take of it.
const MAX_TABLE_BYTES: usize = 16_000;

/// Renders the report.
pub(super) fn render(report: &Report) -> String {
    let mut head = String::new();
    headline(&mut head, report);
    projects(&mut head, report);
    modules(&mut head, report);
    changes(&mut head, report);
    findings(&mut head, report);
    let mut foot = String::new();
    notes(&mut foot, report);

    let room = MAX_BYTES.saturating_sub(head.len() + foot.len());
    let details = details(report, room);
    format!("{head}{details}{foot}")
}

fn headline(out: &mut String, report: &Report) {
    let currency = report.currency();
    match (&report.past, &report.delta) {
        (Some(past), Some(delta)) => {
            let difference = words::difference(delta, Some(past), currency);
            match delta.known.cmp(&Decimal::ZERO) {
                Ordering::Greater => line(out, &format!("### Monthly cost increases: {difference}")),
                Ordering::Less => line(out, &format!("### Monthly cost decreases: {difference}")),
                Ordering::Equal if delta.is_exact() => line(out, "### Monthly cost does not change"),
                Ordering::Equal => line(out, "### Monthly cost may change, by how much is not known"),
            }
            line(out, "");
            line(out, "| now | after | difference |");
            line(out, "| ---: | ---: | ---: |");
            let (now, after) = (words::total(past, currency), words::total(&report.current, currency));
            line(out, &format!("| {now} | **{after}** | **{difference}** |"));
        }
        _ => line(out, &format!("### Monthly cost: {}", words::total(&report.current, currency))),
    }
    line(out, "");
    if let Some(verdict) = findings::verdict(report) {
        line(out, &format!("**{}**", plain(&verdict)));
        line(out, "");
    }
    for text in words::not_included(report) {
        line(out, &text);
        line(out, "");
    }
}

/// A row per project that changes, where there are several.
fn projects(out: &mut String, report: &Report) {
    if report.projects.len() < 2 {
        return;
    }
    let currency = report.currency();
    let is_changed = |project: &&ProjectInput| match &project.diff.delta {
        Some(delta) => !delta.is_zero(),
        None => true,
    };
    let mut changed: Vec<&ProjectInput> = report.projects.iter().filter(is_changed).collect();
    changed.sort_by_key(|project| Reverse(project.diff.delta.as_ref().map(|delta| delta.known.abs())));
    if !changed.is_empty() {
        line(out, "| project | now | after | difference |");
        line(out, "| --- | ---: | ---: | ---: |");
        let rows = changed.iter().map(|project| {
            let now = project.diff.past.as_ref().map(|past| words::total(past, currency)).unwrap_or_default();
            let after = words::total(&project.diff.current, currency);
            let delta = project.diff.delta.as_ref();
            let delta = delta.map(|delta| words::change(delta, currency)).unwrap_or_default();
            format!("| {} | {now} | {after} | {delta} |", code(&project.name))
        });
        let shown = table(out, rows, MAX_TABLE_BYTES / 2);
        if shown < changed.len() {
            line(out, &format!("{} more projects are left out here for length.", changed.len() - shown));
            line(out, "");
        }
    }
    let same = report.projects.len() - changed.len();
    if same > 0 {
        let text = match same {
            1 => "1 project does not change.".to_owned(),
            same => format!("{same} projects do not change."),
        };
        line(out, &text);
        line(out, "");
    }
}

/// A row per module that changes, where that says more than the projects do.
fn modules(out: &mut String, report: &Report) {
    const MOST: usize = 20;
    let currency = &report.options.currency;
    let mut rows: Vec<(&str, &str, Delta)> = Vec::new();
    let mut says_more = false;
    for project in report.projects.iter().filter(|project| project.diff.delta.is_some()) {
        let modules = project.diff.by_module(&project.priced, currency);
        let changed: Vec<_> = modules.into_iter().filter(|(_, delta)| !delta.is_zero()).collect();
        says_more |= changed.len() > 1;
        rows.extend(changed.into_iter().map(|(module, delta)| (project.name.as_str(), module, delta)));
    }
    if !says_more {
        return;
    }
    rows.sort_by_key(|(_, _, delta)| Reverse(delta.known.abs()));
    let has_projects = report.projects.len() > 1;
    line(out, &format!("| {}module | difference |", if has_projects { "project | " } else { "" }));
    line(out, &format!("| {}--- | ---: |", if has_projects { "--- | " } else { "" }));
    let texts = rows.iter().take(MOST).map(|(project, module, delta)| {
        let project = if has_projects { format!("{} | ", code(project)) } else { String::new() };
        let module = if module.is_empty() { "the root module".to_owned() } else { code(module) };
        format!("| {project}{module} | {} |", words::change(delta, currency))
    });
    let shown = table(out, texts, MAX_TABLE_BYTES / 2);
    if shown < rows.len() {
        let rest: Decimal = rows[shown..].iter().map(|(_, _, delta)| delta.known).sum();
        let modules = words::count(rows.len() - shown, "more module", "more modules");
        line(out, &format!("{modules}, together {}.", amount::signed(rest, currency)));
        line(out, "");
    }
}

/// The table of what changes, the largest first; a long one is folded behind its beginning.
fn changes(out: &mut String, report: &Report) {
    const OPEN: usize = 15;
    let mut rows: Vec<(&str, &PricedChange, &ChangeDiff)> = Vec::new();
    for project in &report.projects {
        let changed = project.pairs().filter(|(_, diff)| diff.fate != Fate::Same && !diff.lines.is_empty());
        rows.extend(changed.map(|(change, diff)| (project.name.as_str(), change, diff)));
    }
    if rows.is_empty() {
        return;
    }
    rows.sort_by_key(|(_, _, diff)| Reverse(diff.delta.known.abs()));
    let has_projects = report.projects.len() > 1;
    let head = |out: &mut String| {
        line(out, &format!("| {}change | resource | difference |", if has_projects { "project | " } else { "" }));
        line(out, &format!("| {}--- | --- | ---: |", if has_projects { "--- | " } else { "" }));
    };
    let text = |(project, change, diff): &(&str, &PricedChange, &ChangeDiff)| {
        let project = if has_projects { format!("{} | ", code(project)) } else { String::new() };
        let word = match (change.action, diff.fate) {
            (Action::Replace, _) => "replaced",
            (_, Fate::Added) => "new",
            (_, Fate::Removed) => "ends",
            (_, Fate::Forgotten) => "leaves the state, goes on costing",
            _ => "changed",
        };
        let delta = words::change(&diff.delta, report.currency());
        format!("| {project}{word} | {} | {delta} |", code(change.address.as_str()))
    };
    // A fold for two rows would hide more than it helps.
    let open = if rows.len() > OPEN + 3 { OPEN } else { rows.len() };
    head(out);
    let mut shown = table(out, rows[..open].iter().map(text), MAX_TABLE_BYTES);
    if shown == open && open < rows.len() {
        line(out, "<details>");
        line(
            out,
            &format!(
                "<summary>{}, none of them larger</summary>",
                words::count(rows.len() - open, "more change", "more changes")
            ),
        );
        line(out, "");
        head(out);
        shown += table(out, rows[open..].iter().map(text), MAX_TABLE_BYTES);
        line(out, "</details>");
        line(out, "");
    }
    if shown < rows.len() {
        let rest: Decimal = rows[shown..].iter().map(|(_, _, diff)| diff.delta.known).sum();
        let sum = amount::signed(rest, report.currency());
        let changes = words::count(rows.len() - shown, "smaller change is", "smaller changes are");
        line(out, &format!("{changes} left out here for length, together {sum}."));
        line(out, "");
    }
}

/// What rules and budgets found: errors as a table, the rest folded.
fn findings(out: &mut String, report: &Report) {
    let counts = findings::counts(report);
    if counts.is_empty() {
        return;
    }
    line(out, &format!("### Findings: {counts}"));
    line(out, "");
    if let Some((sum, resources)) = findings::total_saving(report) {
        let sum = amount::money(sum, report.currency());
        let resources = words::count(resources, "resource", "resources");
        line(out, &format!("Following all warnings and errors would save **{sum}** a month on {resources}."));
        line(out, "");
    }
    let groups = findings::groups(report);
    let (errors, others): (Vec<&Group<'_>>, Vec<&Group<'_>>) =
        groups.iter().partition(|group| group.severity == Severity::Error);
    if !errors.is_empty() {
        finding_table(out, &errors, report.currency());
    }
    if !others.is_empty() {
        line(out, "<details>");
        line(out, "<summary>Warnings and notes</summary>");
        line(out, "");
        finding_table(out, &others, report.currency());
        line(out, "</details>");
        line(out, "");
    }
}

fn finding_table(out: &mut String, groups: &[&Group<'_>], currency: &str) {
    line(out, "| severity | finding | resource | what | saving |");
    line(out, "| --- | --- | --- | --- | ---: |");
    let findings = groups.iter().flat_map(|group| &group.findings);
    let all = findings.clone().count();
    let shown = table(
        out,
        findings.map(|finding| {
            let address = finding.address.as_ref().map(|address| code(address.as_str())).unwrap_or_default();
            let rule = match finding.docs.as_ref().and_then(|docs| docs.url.as_ref()) {
                Some(url) => format!("[{}]({})", plain(&finding.code), link(url)),
                None => plain(&finding.code),
            };
            let saving = findings::saving(finding.saving.as_ref(), currency);
            let word = findings::severity_word(finding.severity);
            let at = finding.place.as_ref().map(|place| {
                format!(" ({})", code(&format!("{}:{}", place.source.name(), place.source.line(place.span))))
            });
            let at = at.unwrap_or_default();
            format!("| {word} | {rule} | {address} | {}{at} | {saving} |", plain(&finding.message))
        }),
        MAX_TABLE_BYTES,
    );
    if shown < all {
        line(out, &format!("{} left out here for length.", words::count(all - shown, "finding is", "findings are")));
        line(out, "");
    }
}

/// An address for a link: what could end it is written as an escape.
fn link(url: &str) -> String {
    url.chars().filter(|letter| !letter.is_whitespace() && !"()<>|".contains(*letter)).collect()
}

/// As many rows as the bound allows, and the empty line that ends a table; gives their number.
fn table(out: &mut String, rows: impl Iterator<Item = String>, most: usize) -> usize {
    let end = out.len() + most;
    let mut shown = 0;
    for row in rows {
        if out.len() + row.len() > end {
            break;
        }
        writeln!(out, "{row}").expect("a String takes every write");
        shown += 1;
    }
    line(out, "");
    shown
}

/// Every resource with its lines, folded; the dearest first while there is room.
fn details(report: &Report, room: usize) -> String {
    let mut blocks: Vec<(Decimal, usize, String)> = Vec::new();
    for project in &report.projects {
        let of = if report.projects.len() > 1 { format!(" of {}", code(&project.name)) } else { String::new() };
        for (change, diff) in project.pairs() {
            let Some(estimate) = view::shown(change).filter(|estimate| view::is_listed(estimate, report)) else {
                continue;
            };
            let cost = estimate.monthly().known.map_or(Decimal::ZERO, |money| money.amount);
            let name = format!("**{}**{of}", code(change.address.as_str()));
            blocks.push((cost, blocks.len(), block(&name, change, diff, estimate, report.currency())));
        }
    }
    if blocks.is_empty() {
        return String::new();
    }
    const OPEN: &str = "<details>\n<summary>Details by resource</summary>\n\n";
    const CLOSE: &str = "</details>\n\n";
    const SAYING: usize = 160;
    let mut left = room.saturating_sub(OPEN.len() + CLOSE.len() + SAYING);
    blocks.sort_by_key(|(cost, at, _)| (Reverse(*cost), *at));
    let mut kept: Vec<(usize, String)> = Vec::new();
    let mut dropped = 0;
    let mut dropped_cost = Decimal::ZERO;
    for (cost, at, block) in blocks {
        match left.checked_sub(block.len()) {
            Some(rest) => {
                left = rest;
                kept.push((at, block));
            }
            None => {
                dropped += 1;
                dropped_cost += cost;
            }
        }
    }
    kept.sort_by_key(|(at, _)| *at);
    let mut out = String::from(OPEN);
    kept.iter().for_each(|(_, block)| out.push_str(block));
    if dropped > 0 {
        let resources = words::count(dropped, "resource is", "resources are");
        let sum = amount::money(dropped_cost, report.currency());
        line(&mut out, &format!("{resources} left out here for length, together {sum}; the totals hold them."));
        line(&mut out, "");
    }
    out.push_str(CLOSE);
    out
}

fn block(name: &str, change: &PricedChange, diff: &ChangeDiff, estimate: &Estimate, currency: &str) -> String {
    let mut out = String::new();
    let total = words::total(&estimate.monthly(), currency);
    let ends = match diff.fate {
        Fate::Removed => ", ends",
        Fate::Forgotten => ", leaves the state, goes on costing",
        _ => "",
    };
    line(&mut out, &format!("{name} {total}{ends}"));
    line(&mut out, "");
    let rows = rows::of(change, diff);
    if rows.is_empty() {
        if let (Status::Unpriced, Some(problem)) = (estimate.status, estimate.problems.first()) {
            line(&mut out, &format!("not priced: {}", plain(&problem.to_string())));
            line(&mut out, "");
        }
        return out;
    }
    line(&mut out, "| component | quantity | unit | monthly cost |");
    line(&mut out, "| --- | ---: | --- | ---: |");
    rows.iter().for_each(|row| line(&mut out, &row_of(row, currency)));
    line(&mut out, "");
    out
}

fn row_of(row: &Row<'_>, currency: &str) -> String {
    let line = row.line;
    let mut name: String = line.part.iter().map(|part| format!("{part} / ")).collect();
    name.push_str(&line.name());
    let mut name = plain(&name);
    let (mut quantity, mut cost) = (quantity(line), cost(line, currency));
    match (row.mark, row.was) {
        ('+', _) => name.push_str(" **new**"),
        ('-', _) => name.push_str(" **ends**"),
        (_, Some(was)) => {
            if was.detail != line.detail {
                name.push_str(&format!(" *was {}*", plain(was.detail.as_deref().unwrap_or("without detail"))));
            }
            if was.quantity != line.quantity {
                quantity.push_str(&format!(" *was {}*", self::quantity(was)));
            }
            cost.push_str(&format!(" *was {}*", self::cost(was, currency)));
        }
        _ => {}
    }
    format!("| {name} | {quantity} | {} | {cost} |", plain(&line.unit))
}

fn quantity(line: &Line) -> String {
    match &line.quantity {
        Quantity::Known(quantity) => amount::quantity(*quantity),
        Quantity::Usage(_) | Quantity::Unknown(_) | Quantity::Failed(_) => "not known".into(),
    }
}

fn cost(line: &Line, currency: &str) -> String {
    match &line.monthly {
        Monthly::Exact(money) => {
            let mark = if line.is_region_fallback() { "\\*" } else { "" };
            format!("{}{mark}", amount::money(money.amount, currency))
        }
        Monthly::Unknown(_) => plain(&words::instead_of_cost(line, currency)),
    }
}

fn notes(out: &mut String, report: &Report) {
    for note in words::notes(report) {
        line(out, &format!("<sub>{}</sub><br>", plain(&note)));
    }
    line(out, &format!("<sub>{}</sub>", plain(&words::coverage(report))));
}

fn line(out: &mut String, text: &str) {
    writeln!(out, "{text}").expect("a String takes every write");
}
