//! A placement for a pull request: what following it saves first, the sums folded.

use std::fmt::Write as _;

use super::super::escape::{code, plain};
use super::super::view::Report;
use super::super::words;
use super::total::TotalView;
use super::view::{CloudView, PlacementView, RefusalView, SuggestionView, SummaryRow};
use super::{Depth, PlacedProject, PlacementOptions, said, unplaced};
use crate::model::amount;

/// The most that the placements of a report may take.
const MAX_BYTES_BESIDE_COSTS: usize = 10_000;
/// The most that placements alone may take: forges refuse longer bodies.
const MAX_BYTES: usize = 64_000;

const OPEN: &str = "<details>\n<summary>The sums: what moves, what it loses, what stays and why</summary>\n\n";
const CLOSE: &str = "</details>\n\n";

/// The placements of a report, each of its project; empty without any.
pub(in crate::report) fn sections(report: &Report, room: usize) -> String {
    let options = PlacementOptions {
        depth: Depth::Short,
        unplaced: unplaced(report),
        currency: report.currency(),
        prices: (&report.options.book_oldest, &report.options.book_newest),
        width: 0,
        color: false,
    };
    let placed = report.projects.iter().zip(&report.placements);
    let placed: Vec<_> = placed.filter_map(|(project, view)| Some((project.name.as_str(), view.as_ref()?))).collect();
    several(&placed, report.projects.len() > 1, &options, room.min(MAX_BYTES_BESIDE_COSTS))
}

/// Renders the placements of some projects.
pub(super) fn render(projects: &[PlacedProject], options: &PlacementOptions<'_>) -> String {
    let placed: Vec<_> = projects.iter().map(|project| (project.name.as_str(), &project.placement)).collect();
    several(&placed, projects.len() > 1, options, MAX_BYTES)
}

/// Placements while there is room; what is left out is said.
fn several(placed: &[(&str, &PlacementView)], has_names: bool, options: &PlacementOptions<'_>, most: usize) -> String {
    const SAYING: usize = 100;
    let views: Vec<&PlacementView> = placed.iter().map(|(_, view)| *view).collect();
    let most = most.saturating_sub(SAYING);
    let sum = TotalView::of(&views, options.unplaced).map_or_else(String::new, |found| total(&found, options));
    let mut left_out = usize::from(sum.len() > most);
    let mut out = if sum.len() > most { String::new() } else { sum };
    for (at, (name, view)) in placed.iter().enumerate() {
        let of = if has_names { format!(" ({})", code(name)) } else { String::new() };
        let share = most.saturating_sub(out.len()) / (placed.len() - at);
        let text = section(view, options, &of, share);
        match out.len() + text.len() <= most {
            true => out.push_str(&text),
            false => left_out += 1,
        }
    }
    if left_out > 0 {
        let placements = words::count(left_out, "placement is", "placements are");
        out.push_str(&format!("{placements} left out here for length; `lepton place` prints them.\n\n"));
    }
    out
}

/// What all projects cost together.
fn total(total: &TotalView, options: &PlacementOptions<'_>) -> String {
    let mut out = format!("### {}\n\n", plain(&said::total_headline(total, options.currency)));
    summary(&mut out, &total.summary, options.currency);
    clouds(&mut out, &total.clouds, options.currency);
    out.push_str(&small(&said::total_notes(total, options.currency)));
    out
}

/// A placement in at most so many bytes, as far as that goes: what each placement costs stands in any case.
fn section(view: &PlacementView, options: &PlacementOptions<'_>, of: &str, most: usize) -> String {
    let mut out = format!("### {}{of}\n\n", plain(&said::headline(view, options.currency)));
    let mut costs = String::new();
    summary(&mut costs, &view.summary, options.currency);
    let mut by_cloud = String::new();
    clouds(&mut by_cloud, &view.clouds, options.currency);
    let foot = foot(view, options);
    const SAYING: usize = 240;
    let mut room =
        most.saturating_sub(out.len() + costs.len() + by_cloud.len() + foot.len() + OPEN.len() + CLOSE.len() + SAYING);
    let mut moves = String::new();
    let mut sums = String::new();
    if options.depth > Depth::Summary {
        table(&mut moves, &view.suggestions, options.currency, &mut room);
        sums = blocks(view, options, room);
    }
    let fold = |text: &str| if text.is_empty() { String::new() } else { format!("{OPEN}{text}{CLOSE}") };
    match options.depth {
        // Beside the costs of a plan, what nobody need follow is folded as a whole.
        Depth::Short if view.suggestions.is_empty() => out.push_str(&fold(&format!("{costs}{by_cloud}{sums}{foot}"))),
        Depth::Short => out.push_str(&format!("{costs}{}", fold(&format!("{moves}{by_cloud}{sums}{foot}")))),
        Depth::Summary | Depth::Full => out.push_str(&format!("{costs}{by_cloud}{moves}{}{foot}", fold(&sums))),
    }
    out
}

fn foot(view: &PlacementView, options: &PlacementOptions<'_>) -> String {
    let mut notes: Vec<String> = said::proof(view).into_iter().collect();
    notes.extend((!view.schedules.is_empty()).then(|| said::SCHEDULES.to_owned()));
    notes.extend(said::notes(view, options.currency, &options.dates()));
    small(&notes)
}

fn small(notes: &[String]) -> String {
    let notes: Vec<String> = notes.iter().map(|note| format!("<sub>{}</sub>", plain(note))).collect();
    format!("{}\n\n", notes.join("<br>\n"))
}

/// What each cloud has of the placement as it is, and of the hybrid.
fn clouds(out: &mut String, clouds: &[CloudView], currency: &str) {
    let rows = said::by_cloud(clouds, currency);
    if rows.is_empty() {
        return;
    }
    line(out, &format!("| {} |", said::BY_CLOUD.join(" | ")));
    line(out, "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |");
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| plain(cell).to_string()).collect();
        line(out, &format!("| {} |", cells.join(" | ")));
    }
    line(out, "");
}

fn summary(out: &mut String, rows: &[SummaryRow], currency: &str) {
    line(out, "| placement | moved | cannot | cost | benefit | B/C | recommendation |");
    line(out, "| --- | ---: | ---: | ---: | ---: | ---: | --- |");
    for row in rows {
        let bold = |text: String| if row.recommendation == "recommended" { format!("**{text}**") } else { text };
        let (moved, cannot) = match row.kind.as_str() {
            "single" => (row.moved.to_string(), row.cannot.to_string()),
            "hybrid" => (row.moved.to_string(), "–".into()),
            _ => ("–".into(), "–".into()),
        };
        let (cost, benefit) = (amount::money(row.monthly, currency), amount::money(row.benefit, currency));
        let (name, word) = (plain(&said::row_name(row)), plain(said::recommendation(row)));
        let (name, cost) = (bold(name), bold(cost));
        line(
            out,
            &format!("| {name} | {moved} | {cannot} | {cost} | {benefit} | {} | {word} |", said::ratio(row.ratio)),
        );
    }
    line(out, "");
}

/// A row per suggestion.
fn table(out: &mut String, suggestions: &[SuggestionView], currency: &str, room: &mut usize) {
    if suggestions.is_empty() {
        return;
    }
    const HEAD: &str = "| suggestion | from | to | saving | once | confidence |\n\
                        | --- | --- | --- | ---: | ---: | --- |\n";
    let mut rows = String::from(HEAD);
    let mut shown = 0;
    for suggestion in suggestions {
        let row = suggestion_row(suggestion, currency);
        // Half of the room is for the sums.
        if rows.len() + row.len() > *room / 2 {
            break;
        }
        rows.push_str(&row);
        shown += 1;
    }
    *room = room.saturating_sub(rows.len());
    if shown > 0 {
        out.push_str(&rows);
        out.push('\n');
    }
    if shown < suggestions.len() {
        let more = words::count(suggestions.len() - shown, "suggestion is", "suggestions are");
        line(out, &format!("{more} left out here for length."));
        line(out, "");
    }
}

fn suggestion_row(suggestion: &SuggestionView, currency: &str) -> String {
    let Some(first) = suggestion.moved.first() else { return String::new() };
    let more = suggestion.moved.len() - 1;
    let more = if more == 0 { String::new() } else { format!(" and {more} more together") };
    let to = if first.from == first.to { first.offer.size.as_str() } else { first.to.as_str() };
    format!(
        "| {}{more} | {} | {} | {} | {} | {} |\n",
        code(&first.address),
        plain(&first.from),
        plain(to),
        amount::money(suggestion.saving, currency),
        amount::money(suggestion.migration, currency),
        plain(&suggestion.confidence),
    )
}

/// The sums of suggestions, refusals and what cannot move, while there is room.
fn blocks(view: &PlacementView, options: &PlacementOptions<'_>, room: usize) -> String {
    let currency = options.currency;
    let suggestions = view.suggestions.iter().enumerate().map(|(at, found)| suggestion(at + 1, found, currency));
    let refusals = view.refusals.iter().map(|found| refusal(found, currency));
    let schedules = view.schedules.iter().map(|found| {
        let (saving, said) = (amount::money(found.saving, currency), said::schedule(found, currency).join("; "));
        format!("- {} would save {saving} a month on a schedule: {}\n", code(&found.address), plain(&said))
    });
    let ranges = view
        .ranges
        .iter()
        .map(|found| format!("- {}: {}\n", code(&found.address), plain(&said::range(found, currency))));
    let tierings = said::buckets(view, currency)
        .into_iter()
        .map(|(address, said)| format!("- {}: {}\n", code(&address), plain(&said.join("; "))));
    let stuck = view
        .stuck
        .iter()
        .map(|found| format!("- {} cannot run elsewhere: {}\n", code(&found.address), plain(&found.reason)));
    let mut out = String::new();
    let mut left_out = 0;
    for block in suggestions.chain(schedules).chain(ranges).chain(tierings).chain(refusals).chain(stuck) {
        match out.len() + block.len() <= room {
            true => out.push_str(&block),
            false => left_out += 1,
        }
    }
    if left_out > 0 {
        let sums = words::count(left_out, "sum is", "sums are");
        out.push_str(&format!("\n{sums} left out here for length; `lepton place` prints them.\n"));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

fn suggestion(number: usize, suggestion: &SuggestionView, currency: &str) -> String {
    let mut out = format!("**{number}. saves {} a month**\n", amount::money(suggestion.saving, currency));
    for moved in &suggestion.moved {
        line(&mut out, &format!("- {}: {}", code(&moved.address), plain(&said::route(moved))));
        line(&mut out, &format!("  - {}", plain(&said::machines(moved, currency))));
    }
    let holds = said::holds(suggestion);
    let sums = [said::sum(suggestion, currency), said::once(suggestion, currency)];
    for text in sums.into_iter().chain(holds) {
        line(&mut out, &format!("- {}", plain(&text)));
    }
    for loss in &suggestion.losses {
        line(&mut out, &format!("- loses ({}) {}: {}", plain(&loss.level), code(&loss.code), plain(&loss.text)));
    }
    line(&mut out, &format!("- {}", plain(&said::confidence(suggestion))));
    line(&mut out, "");
    out
}

fn refusal(refusal: &RefusalView, currency: &str) -> String {
    let route = plain(&said::route(&refusal.moved));
    let flips = said::flips(refusal).map(|text| format!("; {}", plain(&text))).unwrap_or_default();
    format!("- {} stays ({route}): {}{flips}\n", code(&refusal.moved.address), plain(&said::refused(refusal, currency)))
}

fn line(out: &mut String, text: &str) {
    writeln!(out, "{text}").expect("a String takes every write");
}
