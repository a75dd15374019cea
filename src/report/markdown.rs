//! Markdown that reads well on a pull request: total first, then what changes, then the details, folded.
//!
//! The text stays under the bound of the forges by leaving out the details of the cheapest resources, and says so.

use std::cmp::{Ordering, Reverse};
use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::escape::{code, plain};
use super::findings;
use super::page::{Page, Shape, open_of};
use super::placement;
use super::rows::{self, Row};
use super::view::{self, ProjectInput, Report};
use super::{modules, words};
use crate::diff::{ChangeDiff, Fate};
use crate::estimate::{Estimate, Line, Monthly, PricedChange, Quantity, Status};
use crate::model::{Action, Severity, amount};
use crate::rules::Finding;

/// Forges refuse longer bodies; counted in bytes, which is never less than their unit.
const MAX_BYTES: usize = 64_000;
/// The most of it that each table may take, and the notes at the end.
const MAX_PROJECTS: usize = 6_000;
const MAX_MODULES: usize = 6_000;
const MAX_CHANGES: usize = 24_000;
/// Findings take what is left beyond the room of the details, and never less than this.
const MIN_FINDINGS: usize = 18_000;
const DETAILS: usize = 20_000;
const MAX_NOTES: usize = 7_000;

/// Renders the report.
pub(super) fn render(report: &Report) -> String {
    let foot = notes(report);
    let mut page = Page::new(MAX_BYTES - foot.len().min(MAX_BYTES));
    headline(&mut page, report);
    projects(&mut page, report);
    modules(&mut page, report);
    changes(&mut page, report);
    findings(&mut page, report);
    let mut head = page.into_text();
    head.push_str(&placement::sections(report, MAX_BYTES.saturating_sub(head.len() + foot.len())));
    let details = details(report, MAX_BYTES.saturating_sub(head.len() + foot.len()));
    format!("{head}{details}{foot}")
}

/// What a reader with little time needs: by how much, whether the gate holds, and the totals.
fn headline(page: &mut Page, report: &Report) {
    let currency = report.currency();
    let sides = report.past.as_ref().zip(report.delta.as_ref());
    let difference = sides.map(|(past, delta)| words::difference(delta, Some(past), currency)).unwrap_or_default();
    page.paragraph(&match sides.map(|(_, delta)| (delta.known.cmp(&Decimal::ZERO), delta.is_exact())) {
        Some((Ordering::Greater, _)) => format!("### Monthly cost increases: {difference}"),
        Some((Ordering::Less, _)) => format!("### Monthly cost decreases: {difference}"),
        Some((Ordering::Equal, true)) => "### Monthly cost does not change".to_owned(),
        Some((Ordering::Equal, false)) => "### Monthly cost may change, by how much is not known".to_owned(),
        None => format!("### Monthly cost: {}", words::total(&report.current, currency)),
    });
    match (findings::verdict(report), findings::passed(report)) {
        (Some(failed), _) => page.paragraph(&format!("**{}**", plain(&capital(&failed)))),
        (None, Some(passed)) => page.paragraph(&passed),
        (None, None) => {}
    }
    if let Some((past, _)) = sides {
        page.line("| now | after | difference |");
        page.line("| ---: | ---: | ---: |");
        let (now, after) = (words::total(past, currency), words::total(&report.current, currency));
        page.paragraph(&format!("| {now} | **{after}** | **{difference}** |"));
    }
    let beside = words::beside(&report.current, currency);
    if !beside.is_empty() {
        let beside: Vec<String> = beside.iter().map(|(name, cost)| format!("{cost} {name}")).collect();
        page.paragraph(&format!("Beside that on demand: {}.", beside.join("; ")));
    }
    let missing = words::not_included(report);
    if !missing.is_empty() {
        page.paragraph(&missing.join(" "));
    }
}

/// A row per project that changes, where there are several.
fn projects(page: &mut Page, report: &Report) {
    const OPEN: usize = 15;
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
    let row = |project: &&ProjectInput| {
        let now = project.diff.past.as_ref().map(|past| words::total(past, currency)).unwrap_or_default();
        let after = words::total(&project.diff.current, currency);
        let delta = project.diff.delta.as_ref();
        let delta = delta.map(|delta| words::change(delta, currency)).unwrap_or_default();
        format!("| {} | {now} | {after} | {delta} |", code(&project.name))
    };
    let rows: Vec<String> = changed.iter().map(row).collect();
    let head = "| project | now | after | difference |\n| --- | ---: | ---: | ---: |";
    let shape = Shape { head, open: open_of(rows.len(), OPEN), most: MAX_PROJECTS };
    let shown = page.table(&shape, &rows, |folded| {
        format!("{}, none of them changes more", words::count(folded.len(), "more project", "more projects"))
    });
    if shown < rows.len() {
        page.paragraph(&format!("{} more projects are left out here for length.", rows.len() - shown));
    }
    match report.projects.len() - changed.len() {
        0 => {}
        1 => page.paragraph("1 project does not change."),
        same => page.paragraph(&format!("{same} projects do not change.")),
    }
}

/// A row per module that changes, where that says more than the projects do.
fn modules(page: &mut Page, report: &Report) {
    const OPEN: usize = 10;
    let currency = &report.options.currency;
    let rows = modules::changed(report);
    if rows.is_empty() {
        return;
    }
    let has_projects = report.projects.len() > 1;
    let text = |row: &modules::ModuleRow<'_>| {
        let project = if has_projects { format!("{} | ", code(row.project)) } else { String::new() };
        let module = if row.module.is_empty() { "the root module".to_owned() } else { code(row.module) };
        format!("| {project}{module} | {} |", words::change(&row.delta, currency))
    };
    let texts: Vec<String> = rows.iter().map(text).collect();
    let head = match has_projects {
        true => "| project | module | difference |\n| --- | --- | ---: |",
        false => "| module | difference |\n| --- | ---: |",
    };
    let shape = Shape { head, open: open_of(rows.len(), OPEN), most: MAX_MODULES };
    let shown = page.table(&shape, &texts, |folded| {
        format!("{}, none of them changes more", words::count(folded.len(), "more module", "more modules"))
    });
    if shown < rows.len() {
        let rest = modules::together(&rows[shown..]);
        let left = words::count(rows.len() - shown, "more module is", "more modules are");
        page.paragraph(&format!("{left} left out here for length, together {}.", amount::signed(rest, currency)));
    }
}

/// The table of what changes, the largest first. The address stands last: a long one must not push the figure away.
fn changes(page: &mut Page, report: &Report) {
    const OPEN: usize = 15;
    let mut changes: Vec<(&str, &PricedChange, &ChangeDiff)> = Vec::new();
    for project in &report.projects {
        let changed = project.pairs().filter(|(_, diff)| diff.fate != Fate::Same && !diff.lines.is_empty());
        changes.extend(changed.map(|(change, diff)| (project.name.as_str(), change, diff)));
    }
    changes.sort_by_key(|(_, _, diff)| Reverse(diff.delta.known.abs()));
    let has_projects = report.projects.len() > 1;
    let row = |(project, change, diff): &(&str, &PricedChange, &ChangeDiff)| {
        let project = if has_projects { format!("{} | ", code(project)) } else { String::new() };
        let word = match (change.action, diff.fate) {
            (Action::Replace, _) => "replaced",
            (_, Fate::Added) => "new",
            (_, Fate::Removed) => "ends",
            (_, Fate::Forgotten) => "leaves the state, goes on costing",
            _ => "changed",
        };
        let delta = words::change(&diff.delta, report.currency());
        format!("| {project}{word} | {delta} | {} |", title(change))
    };
    let rows: Vec<String> = changes.iter().map(row).collect();
    let head = match has_projects {
        true => "| project | change | difference | resource |\n| --- | --- | ---: | --- |",
        false => "| change | difference | resource |\n| --- | ---: | --- |",
    };
    let shape = Shape { head, open: open_of(rows.len(), OPEN), most: MAX_CHANGES };
    let shown = page.table(&shape, &rows, |folded| {
        format!("{}, none of them larger", words::count(folded.len(), "more change", "more changes"))
    });
    if shown < rows.len() {
        let rest: Decimal = changes[shown..].iter().map(|(_, _, diff)| diff.delta.known).sum();
        let left = words::count(rows.len() - shown, "smaller change is", "smaller changes are");
        let sum = amount::signed(rest, report.currency());
        page.paragraph(&format!("{left} left out here for length, together {sum}."));
    }
}

/// What rules and budgets found: the worst in the open, the rest and all notes folded.
fn findings(page: &mut Page, report: &Report) {
    const OPEN: usize = 10;
    let counts = findings::counts(report);
    if counts.is_empty() {
        return;
    }
    page.paragraph(&format!("### Findings: {counts}"));
    let currency = report.currency();
    if let Some((sum, resources)) = findings::total_saving(report) {
        let sum = amount::money(sum, currency);
        let resources = words::count(resources, "resource", "resources");
        page.paragraph(&format!("Following all warnings and errors would save **{sum}** a month on {resources}."));
    }
    let groups = findings::groups(report);
    let all: Vec<&Finding> = groups.iter().flat_map(|group| group.findings.iter().copied()).collect();
    let rows: Vec<String> = all.iter().map(|finding| finding_row(finding, report)).collect();
    let pressing = all.iter().filter(|finding| finding.severity > Severity::Note).count();
    let head = "| severity | finding | saving | what and where |\n| --- | --- | ---: | --- |";
    let most = page.room().saturating_sub(DETAILS).max(MIN_FINDINGS);
    let shape = Shape { head, open: open_of(pressing, OPEN), most };
    let shown = page.table(&shape, &rows, |folded| {
        let is_more = |severity| all[..folded.start].iter().any(|finding| finding.severity == severity);
        let of = |severity, one: &str, many: &str| {
            let number = all[folded.clone()].iter().filter(|finding| finding.severity == severity).count();
            let more = if is_more(severity) { "more " } else { "" };
            (number > 0).then(|| words::count(number, &format!("{more}{one}"), &format!("{more}{many}")))
        };
        let kinds = [
            of(Severity::Error, "error", "errors"),
            of(Severity::Warning, "warning", "warnings"),
            of(Severity::Note, "note", "notes"),
        ];
        kinds.into_iter().flatten().collect::<Vec<String>>().join(", ")
    });
    if shown < rows.len() {
        let left = words::count(rows.len() - shown, "finding is", "findings are");
        page.paragraph(&format!("{left} left out here for length."));
    }
}

/// The address has a row of its own within the last cell: a long one must not squeeze the words.
fn finding_row(finding: &Finding, report: &Report) -> String {
    let project = finding.project.filter(|_| report.projects.len() > 1).and_then(|at| report.projects.get(at));
    let address = match (&finding.address, project) {
        (Some(address), Some(project)) => format!("<br>{} of {}", code(address.as_str()), code(&project.name)),
        (Some(address), None) => format!("<br>{}", code(address.as_str())),
        (None, Some(project)) => format!("<br>{}", code(&project.name)),
        (None, None) => String::new(),
    };
    let rule = match finding.docs.as_ref().and_then(|docs| docs.url.as_ref()) {
        Some(url) => format!("[{}]({})", plain(&finding.code), link(url)),
        None => plain(&finding.code),
    };
    let saving = findings::saving(finding.saving.as_ref(), report.currency());
    let word = findings::severity_word(finding.severity);
    let at = finding
        .place
        .as_ref()
        .map(|place| format!(" ({})", code(&format!("{}:{}", place.source.name(), place.source.line(place.span)))));
    let at = at.unwrap_or_default();
    format!("| {word} | {rule} | {saving} | {}{address}{at} |", plain(&finding.message))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// An address for a link: what could end it is written as an escape.
fn link(url: &str) -> String {
    url.chars().filter(|letter| !letter.is_whitespace() && !"()<>|".contains(*letter)).collect()
}

/// Every resource with its lines, folded; the dearest first while there is room.
fn details(report: &Report, room: usize) -> String {
    let mut blocks: Vec<(Decimal, usize, String)> = Vec::new();
    for project in &report.projects {
        let of = if report.projects.len() > 1 { format!(" of {}", code(&project.name)) } else { String::new() };
        for (change, diff) in project.pairs() {
            let Some(estimate) = view::shown(change).filter(|estimate| view::is_listed(estimate, &report.options))
            else {
                continue;
            };
            let cost = estimate.monthly().known.map_or(Decimal::ZERO, |money| money.amount);
            let name = format!("**{}**{of}", title(change));
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

/// The address of a change, and which object of it if that is a deposed one.
fn title(change: &PricedChange) -> String {
    let deposed = change.deposed.as_ref().map(|key| format!(" (deposed {})", code(key))).unwrap_or_default();
    format!("{}{deposed}", code(change.address.as_str()))
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

/// What a reader should know of the figures, the coverage and the age of the prices.
fn notes(report: &Report) -> String {
    let mut out = String::new();
    let all = words::notes(report);
    for (at, note) in all.iter().enumerate() {
        let note = format!("<sub>{}</sub><br>", plain(note));
        if out.len() + note.len() > MAX_NOTES {
            let left = words::count(all.len() - at, "more note is", "more notes are");
            line(&mut out, &format!("<sub>{left} left out here for length.</sub><br>"));
            break;
        }
        line(&mut out, &note);
    }
    line(&mut out, &format!("<sub>{}</sub>", plain(&words::coverage(report))));
    out
}

fn line(out: &mut String, text: &str) {
    writeln!(out, "{text}").expect("a String takes every write");
}
