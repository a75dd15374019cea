//! A placement for the terminal.

use super::super::RenderOptions;
use super::super::text::{clean, cut, cut_middle, pad, width, wrap};
use super::super::view::Report;
use super::super::words::count;
use super::total::TotalView;
use super::view::{CloudView, MovedView, PlacementView, RefusalView, SuggestionView, SummaryRow};
use super::{Depth, PlacedProject, PlacementOptions, said, unplaced};
use crate::model::amount;

/// The placements of a report, each of its project; empty without any.
pub(in crate::report) fn tables(report: &Report, options: &RenderOptions) -> String {
    let options = PlacementOptions {
        depth: Depth::Short,
        unplaced: unplaced(report),
        currency: report.currency(),
        prices: (&report.options.book_oldest, &report.options.book_newest),
        width: options.width,
        color: options.color,
    };
    let placed = report.projects.iter().zip(&report.placements);
    let placed: Vec<_> = placed.filter_map(|(project, view)| Some((project.name.as_str(), view.as_ref()?))).collect();
    let mut out = several(&placed, report.projects.len() > 1, &options);
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// Renders the placements of some projects.
pub(super) fn render(projects: &[PlacedProject], options: &PlacementOptions<'_>) -> String {
    let placed: Vec<_> = projects.iter().map(|project| (project.name.as_str(), &project.placement)).collect();
    several(&placed, projects.len() > 1, options)
}

fn several(placed: &[(&str, &PlacementView)], has_names: bool, options: &PlacementOptions<'_>) -> String {
    let mut table = Table { options, out: String::new() };
    for (at, (name, view)) in placed.iter().enumerate() {
        if at > 0 {
            table.gap();
        }
        if has_names {
            table.bold(&cut_middle(&format!(" Project {}", clean(name)), options.width));
            table.gap();
        }
        table.placement(view);
    }
    let views: Vec<&PlacementView> = placed.iter().map(|(_, view)| *view).collect();
    if let Some(total) = TotalView::of(&views, options.unplaced) {
        table.gap();
        table.total(&total);
    }
    table.out
}

struct Table<'o> {
    options: &'o PlacementOptions<'o>,
    out: String,
}

/// The widths of the figures of the summary.
struct Columns {
    name: usize,
    cost: usize,
    benefit: usize,
}

impl Table<'_> {
    fn placement(&mut self, view: &PlacementView) {
        self.bold(&format!(" {}", said::headline(view, self.options.currency)));
        self.gap();
        self.summary(&view.summary);
        self.clouds(&view.clouds);
        if self.options.depth > Depth::Summary {
            self.suggestions(&view.suggestions);
            self.elastic(view);
            self.tiering(view);
        }
        if self.options.depth == Depth::Full {
            self.refusals(&view.refusals);
            self.stuck(view);
        }
        self.notes(view);
    }

    /// What all projects cost together.
    fn total(&mut self, total: &TotalView) {
        self.bold(&format!(" {}", said::total_headline(total, self.options.currency)));
        self.gap();
        self.summary(&total.summary);
        self.clouds(&total.clouds);
        said::total_notes(total, self.options.currency).iter().for_each(|note| self.wrapped(note, " "));
    }

    /// What each cloud has of the placement as it is, and of the hybrid.
    fn clouds(&mut self, clouds: &[CloudView]) {
        let rows = said::by_cloud(clouds, self.options.currency);
        if rows.is_empty() {
            return;
        }
        let cells: Vec<_> = [said::BY_CLOUD.map(String::from)].into_iter().chain(rows).collect();
        for (at, row) in grid(&cells, self.options.width).into_iter().enumerate() {
            if at == 0 { self.bold(&row) } else { self.line(&row) }
        }
        self.gap();
    }

    /// What would follow demand: schedules, and the bounds of groups.
    fn elastic(&mut self, view: &PlacementView) {
        if view.schedules.is_empty() && view.ranges.is_empty() {
            return;
        }
        let currency = self.options.currency;
        self.bold(" Elastic alternatives, beside the suggestions");
        self.gap();
        for schedule in &view.schedules {
            let saving = format!("would save {}", amount::money(schedule.saving, currency));
            self.across(&format!("   {}", schedule.address), &saving);
            said::schedule(schedule, currency).iter().for_each(|text| self.wrapped(text, "     "));
        }
        for range in &view.ranges {
            self.line(&format!("   {}", cut_middle(&clean(&range.address), self.options.width - 4)));
            self.wrapped(&said::range(range, currency), "     ");
        }
        if !view.schedules.is_empty() {
            self.gap();
            self.wrapped(said::SCHEDULES, " ");
        }
        self.gap();
    }

    fn summary(&mut self, rows: &[SummaryRow]) {
        const HEADS: [&str; 4] = ["Placement", "Cost", "Benefit", "B/C"];
        let currency = self.options.currency;
        let widest = |texts: &mut dyn Iterator<Item = String>, least: usize| {
            texts.map(|text| width(&text)).max().unwrap_or_default().max(least)
        };
        let columns = Columns {
            name: widest(&mut rows.iter().map(said::row_name), HEADS[0].len()).min(18),
            cost: widest(&mut rows.iter().map(|row| amount::money(row.monthly, currency)), HEADS[1].len()),
            benefit: widest(&mut rows.iter().map(|row| amount::money(row.benefit, currency)), HEADS[2].len()),
        };
        let head = ["Moved", "Cannot", HEADS[1], HEADS[2], HEADS[3], "Recommendation"];
        self.row(&columns, HEADS[0], head, true);
        for row in rows {
            let name = said::row_name(row);
            let number = |number: usize| number.to_string();
            let (moved, cannot) = match row.kind.as_str() {
                "single" => (number(row.moved), number(row.cannot)),
                "hybrid" => (number(row.moved), "–".into()),
                _ => ("–".into(), "–".into()),
            };
            let (cost, benefit) = (amount::money(row.monthly, currency), amount::money(row.benefit, currency));
            let (ratio, word) = (said::ratio(row.ratio), said::recommendation(row));
            self.row(&columns, &name, [&moved, &cannot, &cost, &benefit, &ratio, word], false);
        }
        self.gap();
    }

    fn row(&mut self, columns: &Columns, name: &str, figures: [&str; 6], is_bold: bool) {
        let [moved, cannot, cost, benefit, ratio, word] = figures;
        let Columns { name: name_width, cost: cost_width, benefit: benefit_width } = *columns;
        let name = pad(&cut_middle(&clean(name), name_width), name_width);
        let row = format!(
            " {name}  {moved:>5}  {cannot:>6}  {cost:>cost_width$}  {benefit:>benefit_width$}  {ratio:>4}  {word}"
        );
        let row = cut(&clean(&row), self.options.width);
        if is_bold || word == "recommended" {
            self.bold(&row);
        } else {
            self.line(&row);
        }
    }

    fn suggestions(&mut self, suggestions: &[SuggestionView]) {
        if suggestions.is_empty() {
            return;
        }
        let currency = self.options.currency;
        self.bold(" Suggestions");
        self.gap();
        for (at, suggestion) in suggestions.iter().enumerate() {
            let number = format!("{:>2}. ", at + 1);
            let saving = format!("saves {}", amount::money(suggestion.saving, currency));
            match suggestion.moved.as_slice() {
                [moved] => self.moved(moved, &number, &saving),
                several => {
                    let together = count(several.len(), "workload together", "workloads together");
                    self.across(&format!(" {number}{together}"), &saving);
                    several.iter().for_each(|moved| self.moved(moved, "      ", ""));
                }
            }
            self.details(suggestion);
            self.gap();
        }
    }

    /// A workload, its way and its machines.
    fn moved(&mut self, moved: &MovedView, number: &str, aside: &str) {
        self.across(&format!(" {number}{}", moved.address), aside);
        self.wrapped(&said::route(moved), "       ");
        self.wrapped(&said::machines(moved, self.options.currency), "       ");
    }

    fn details(&mut self, suggestion: &SuggestionView) {
        const INDENT: &str = "     ";
        let currency = self.options.currency;
        self.wrapped(&said::sum(suggestion, currency), INDENT);
        self.wrapped(&said::once(suggestion, currency), INDENT);
        said::holds(suggestion).iter().for_each(|text| self.wrapped(text, INDENT));
        for loss in &suggestion.losses {
            self.wrapped(&format!("loses ({}) {}: {}", loss.level, loss.code, loss.text), INDENT);
        }
        self.wrapped(&said::confidence(suggestion), INDENT);
    }

    fn tiering(&mut self, view: &PlacementView) {
        let buckets = said::buckets(view, self.options.currency);
        if buckets.is_empty() {
            return;
        }
        self.bold(" Storage classes");
        self.gap();
        for (address, said) in &buckets {
            self.line(&format!("   {}", cut_middle(&clean(address), self.options.width - 4)));
            said.iter().for_each(|text| self.wrapped(text, "     "));
        }
        self.gap();
    }

    fn refusals(&mut self, refusals: &[RefusalView]) {
        if refusals.is_empty() {
            return;
        }
        self.bold(" Stays: cheaper elsewhere by price, and not worth moving");
        self.gap();
        for refusal in refusals {
            self.line(&format!("   {}", cut_middle(&clean(&refusal.moved.address), self.options.width - 4)));
            self.wrapped(&said::route(&refusal.moved), "     ");
            self.wrapped(&said::machines(&refusal.moved, self.options.currency), "     ");
            self.wrapped(&said::refused(refusal, self.options.currency), "     ");
            said::flips(refusal).iter().for_each(|text| self.wrapped(text, "     "));
            self.gap();
        }
    }

    fn stuck(&mut self, view: &PlacementView) {
        if view.stuck.is_empty() {
            return;
        }
        self.bold(" Cannot run elsewhere");
        self.gap();
        for stuck in &view.stuck {
            self.across(&format!("   {}", stuck.address), &stuck.reason);
        }
        self.gap();
    }

    fn notes(&mut self, view: &PlacementView) {
        let mut notes: Vec<String> = said::proof(view).into_iter().collect();
        let all = said::notes(view, self.options.currency, &self.options.dates());
        match self.options.depth {
            Depth::Short if !view.refusals.is_empty() || !view.stuck.is_empty() => {
                notes.extend(all);
                notes.push("`lepton place` shows what was refused and what cannot move.".into());
            }
            _ => notes.extend(all),
        }
        notes.iter().for_each(|note| self.wrapped(note, " "));
    }

    fn wrapped(&mut self, text: &str, indent: &str) {
        let room = self.options.width.saturating_sub(indent.len());
        for (at, row) in wrap(&clean(text), room.saturating_sub(2)).iter().enumerate() {
            let hanging = if at == 0 || indent.len() == 1 { "" } else { "  " };
            self.line(&format!("{indent}{hanging}{row}"));
        }
    }

    /// A text on the left and one on the right edge; the left gives way in its middle.
    fn across(&mut self, left: &str, right: &str) {
        let whole = self.options.width.saturating_sub(1);
        let right = clean(right);
        if width(&right) > whole / 2 {
            self.line(&cut_middle(&clean(left), whole));
            self.wrapped(&right, "     ");
            return;
        }
        let room = whole.saturating_sub(width(&right) + if right.is_empty() { 0 } else { 2 });
        let left = cut_middle(&clean(left), room);
        let gap = whole.saturating_sub(width(&left) + width(&right));
        self.line(&format!("{left}{}{right}", " ".repeat(gap)));
    }

    fn bold(&mut self, text: &str) {
        match self.options.color {
            true => self.out.push_str(&format!("\x1b[1m{}\x1b[0m\n", text.trim_end())),
            false => self.line(text),
        }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    fn gap(&mut self) {
        self.out.push('\n');
    }
}

/// Rows of cells: the first and the last of each on the left, the others on the right, the first as wide as is left.
fn grid(rows: &[[String; 8]], most: usize) -> Vec<String> {
    const LAST: usize = 7;
    let mut widths: Vec<usize> =
        (0..=LAST).map(|at| rows.iter().map(|row| width(&row[at])).max().unwrap_or_default()).collect();
    let others: usize = widths[1..].iter().map(|width| width + 2).sum();
    widths[0] = widths[0].min(most.saturating_sub(others + 1).max(8));
    let show = |row: &[String; 8]| {
        let mut text = format!(" {}", pad(&cut_middle(&clean(&row[0]), widths[0]), widths[0]));
        for at in 1..LAST {
            text.push_str(&format!("  {:>1$}", row[at], widths[at]));
        }
        cut(format!("{text}  {}", row[LAST]).trim_end(), most)
    };
    rows.iter().map(show).collect()
}
