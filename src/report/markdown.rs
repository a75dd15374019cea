//! Markdown that reads well on a pull request: total first, then what changes, then the details, folded.
//!
//! Names come out of plans that anyone may have written: nothing in them can end a table cell, open a tag, or ping a
//! person. The text stays under a bound by leaving out the details of the cheapest resources, and says so.

use std::cmp::Reverse;
use std::fmt::Write as _;

use rust_decimal::Decimal;

use super::text::{cut_middle, is_hidden};
use super::view::{self, Report};
use super::{amount, words};
use crate::diff::{ChangeDiff, Fate};
use crate::estimate::{Estimate, Line, Monthly, PricedChange, Quantity, Status};

/// Forges refuse longer bodies; counted in bytes, which is never less than their unit.
const MAX_BYTES: usize = 64_000;

/// Renders the report.
pub(super) fn render(report: &Report) -> String {
    let mut head = String::new();
    headline(&mut head, report);
    changes(&mut head, report);
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
            let verb = match delta.known.cmp(&Decimal::ZERO) {
                std::cmp::Ordering::Greater => "increases",
                std::cmp::Ordering::Less => "decreases",
                std::cmp::Ordering::Equal if delta.is_exact() => "does not change",
                std::cmp::Ordering::Equal => "may change",
            };
            line(out, &format!("### Monthly cost {verb}: {}", words::difference(delta, Some(past), currency)));
            line(out, "");
            line(out, "| now | after | difference |");
            line(out, "| ---: | ---: | ---: |");
            let (now, after) = (words::total(past, currency), words::total(&report.current, currency));
            line(out, &format!("| {now} | **{after}** | **{}** |", words::difference(delta, Some(past), currency)));
            line(out, "");
            if let Some(text) = words::not_included(delta.usage_lines, delta.unknown_lines) {
                line(out, &format!("Not in the difference: {text}."));
                line(out, "");
            }
        }
        _ => {
            line(out, &format!("### Monthly cost: {}", words::total(&report.current, currency)));
            line(out, "");
        }
    }
    let current = &report.current;
    if let Some(text) = words::not_included(current.usage_lines, current.unknown_lines) {
        line(out, &format!("Not in the total: {text}."));
        line(out, "");
    }
}

/// The table of what changes: at most so many rows, the largest first.
fn changes(out: &mut String, report: &Report) {
    const MAX_ROWS: usize = 100;
    let mut rows: Vec<(&str, &PricedChange, &ChangeDiff)> = Vec::new();
    for project in &report.projects {
        let changed = project.pairs().filter(|(_, diff)| diff.fate != Fate::Same && !diff.lines.is_empty());
        rows.extend(changed.map(|(change, diff)| (project.name.as_str(), change, diff)));
    }
    if rows.is_empty() || report.delta.is_none() {
        return;
    }
    rows.sort_by_key(|(_, _, diff)| Reverse(diff.delta.known.abs()));
    let has_projects = report.projects.len() > 1;
    line(out, &format!("| {}change | resource | difference |", if has_projects { "project | " } else { "" }));
    line(out, &format!("| {}--- | --- | ---: |", if has_projects { "--- | " } else { "" }));
    for (project, change, diff) in rows.iter().take(MAX_ROWS) {
        let project = if has_projects { format!("{} | ", code(project)) } else { String::new() };
        let word = match (change.action, diff.fate) {
            (crate::model::Action::Replace, _) => "replaced",
            (_, Fate::Added) => "new",
            (_, Fate::Removed) => "ends",
            (_, Fate::Forgotten) => "leaves the state, goes on costing",
            _ => "changed",
        };
        let resource = code(change.address.as_str());
        line(out, &format!("| {project}{word} | {resource} | {} |", delta_text(diff, report.currency())));
    }
    if rows.len() > MAX_ROWS {
        let rest: Decimal = rows[MAX_ROWS..].iter().map(|(_, _, diff)| diff.delta.known).sum();
        let text =
            format!("{} smaller changes, together {}.", rows.len() - MAX_ROWS, amount::signed(rest, report.currency()));
        line(out, "");
        line(out, &text);
    }
    line(out, "");
}

fn delta_text(diff: &ChangeDiff, currency: &str) -> String {
    let delta = &diff.delta;
    match (delta.is_exact(), delta.known.is_zero()) {
        (true, _) => amount::signed(delta.known, currency),
        (false, true) if delta.unknown_lines == 0 => "depends on usage".into(),
        (false, true) => "not known".into(),
        (false, false) => format!("{} and more", amount::signed(delta.known, currency)),
    }
}

/// Every resource with its lines, folded; the dearest first while there is room.
fn details(report: &Report, room: usize) -> String {
    let mut blocks: Vec<(Decimal, usize, String)> = Vec::new();
    for project in &report.projects {
        for (change, diff) in project.pairs() {
            let Some(estimate) = view::shown(change) else { continue };
            let is_listed = match estimate.status {
                Status::Free => report.options.show_free,
                Status::Unsupported => false,
                _ => true,
            };
            if is_listed {
                let cost = estimate.monthly().known.map_or(Decimal::ZERO, |money| money.amount);
                blocks.push((cost, blocks.len(), block(change, diff, estimate, report.currency())));
            }
        }
    }
    if blocks.is_empty() {
        return String::new();
    }
    let open = "<details>\n<summary>Details by resource</summary>\n\n";
    let close = "</details>\n\n";
    const SAYING: usize = 120;
    let mut left = room.saturating_sub(open.len() + close.len() + SAYING);
    blocks.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
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
    let mut out = String::from(open);
    kept.iter().for_each(|(_, block)| out.push_str(block));
    if dropped > 0 {
        let resources = words::count(dropped, "cheaper resource is", "cheaper resources are");
        let sum = amount::money(dropped_cost, report.currency());
        line(&mut out, &format!("{resources} left out here for length, together {sum}; they are in the totals."));
        line(&mut out, "");
    }
    out.push_str(close);
    out
}

fn block(change: &PricedChange, diff: &ChangeDiff, estimate: &Estimate, currency: &str) -> String {
    let mut out = String::new();
    let total = words::total(&estimate.monthly(), currency);
    let ends = if diff.fate == Fate::Removed { "ends: " } else { "" };
    line(&mut out, &format!("**{}** {ends}{total}", code(change.address.as_str())));
    line(&mut out, "");
    if estimate.lines.is_empty() {
        return out;
    }
    line(&mut out, "| component | quantity | unit | monthly cost |");
    line(&mut out, "| --- | ---: | --- | ---: |");
    for row in estimate.lines.iter().filter(|line| !view::is_zero(line)) {
        line(&mut out, &row_of(row, currency));
    }
    line(&mut out, "");
    out
}

fn row_of(line: &Line, currency: &str) -> String {
    let mut name = line.part.join(" / ");
    if !name.is_empty() {
        name.push_str(" / ");
    }
    name.push_str(&line.name());
    let quantity = match &line.quantity {
        Quantity::Known(quantity) => amount::quantity(*quantity),
        _ => String::new(),
    };
    let cost = match &line.monthly {
        Monthly::Exact(money) => {
            let mark = if line.is_region_fallback() { "\\*" } else { "" };
            format!("{}{mark}", amount::money(money.amount, currency))
        }
        Monthly::Unknown(_) => plain(&words::instead_of_cost(line, currency)),
    };
    format!("| {} | {quantity} | {} | {cost} |", plain(&name), plain(&line.unit))
}

fn notes(out: &mut String, report: &Report) {
    for note in words::notes(report) {
        // The mark of a fallback is a star: here it must not begin a list.
        line(out, &format!("<sub>{}</sub><br>", plain(&note)));
    }
    line(out, &format!("<sub>{}</sub>", plain(&words::coverage(report))));
}

fn line(out: &mut String, text: &str) {
    writeln!(out, "{text}").expect("a String takes every write");
}

/// Text that no renderer takes for Markdown, HTML or a mention.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' => {
                out.push('\\');
                out.push(letter);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            // An entity would become a mention again: forges look for them after Markdown.
            '@' => out.push('＠'),
            // Without these no address in the text becomes a link.
            ':' if out.ends_with("http") || out.ends_with("https") => out.push_str("&#58;"),
            '.' if out.ends_with("www") => out.push_str("&#46;"),
            letter if is_hidden(letter) => out.push('\u{fffd}'),
            letter => out.push(letter),
        }
    }
    out
}

/// A name as code: nothing in it is Markdown. Backticks and pipes, which could end it, become look-alikes.
fn code(text: &str) -> String {
    const MAX_WIDTH: usize = 160;
    if text.is_empty() {
        return "—".into();
    }
    let inner: String = cut_middle(text, MAX_WIDTH)
        .chars()
        .map(|letter| match letter {
            '`' => '\'',
            '|' => '¦',
            letter if is_hidden(letter) => '\u{fffd}',
            letter => letter,
        })
        .collect();
    format!("`{inner}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_stay_text() {
        assert_eq!(plain("see https://x.example or www.x.example"), "see https&#58;//x.example or www&#46;x.example");
        assert_eq!(code(""), "—");
        assert_eq!(code("a`b|c\nd"), "`a'b¦c\u{fffd}d`");
        assert_eq!(plain("<img> @team a|b\u{202e}"), "&lt;img&gt; ＠team a\\|b\u{fffd}");
    }
}
