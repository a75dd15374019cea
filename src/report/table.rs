//! The table for a terminal: a tree of resources, parts and components with their monthly cost.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use unicode_width::UnicodeWidthStr as _;

use super::placement;
use super::rows::{self, Row};
use super::text::{self, clean, cut, cut_middle, pad, wrap};
use super::view::{self, Options, ProjectInput, Report};
use super::{RenderOptions, findings, modules, words};
use crate::diff::{ChangeDiff, Fate};
use crate::estimate::{Estimate, Line, Monthly, PricedChange, Quantity, Status};
use crate::model::{Action, Severity, amount};

/// Renders the report as a table.
pub(super) fn render(report: &Report, options: &RenderOptions) -> String {
    let is_one_of_several = report.projects.len() > 1;
    let mut text = String::new();
    for one in &report.projects {
        text.push_str(&project(one, is_one_of_several, &report.options, options));
    }
    text.push_str(&summary(report, options));
    text
}

/// The resources of a project, with its total if it is one of several.
pub(super) fn project(
    project: &ProjectInput,
    is_one_of_several: bool,
    shown: &Options,
    options: &RenderOptions,
) -> String {
    let mut table = Table::new(Columns::of(project, shown, options.width), &shown.currency, options);
    table.project(project, is_one_of_several, shown);
    table.out
}

/// What stands below the resources of all projects.
pub(super) fn summary(report: &Report, options: &RenderOptions) -> String {
    let columns = Columns::new(options.width, !report.coverage.fallbacks.is_empty());
    let mut table = Table::new(columns, report.currency(), options);
    table.totals(report);
    table.findings(report);
    table.out.push_str(&placement::tables(report, options));
    table.notes(report);
    table.out
}

/// The widths of the columns.
struct Columns {
    name: usize,
    quantity: usize,
    unit: usize,
    cost: usize,
}

impl Columns {
    /// Columns as wide as their heads.
    fn new(width: usize, has_margin: bool) -> Self {
        let columns = Self { name: 0, quantity: "Quantity".len(), unit: "Unit".len(), cost: "Monthly cost".len() };
        columns.filled(width, usize::from(has_margin))
    }

    /// Columns for the figures of a project.
    fn of(project: &ProjectInput, shown: &Options, width: usize) -> Self {
        let mut columns = Self::new(width, false);
        let mut margin = 0;
        let changes = project.priced.changes.iter();
        let estimates = changes.flat_map(|change| [&change.before, &change.after]).flatten();
        // Resources that are alike share their lines: each set is measured once.
        let mut seen = HashSet::new();
        let distinct = estimates.filter(|estimate| seen.insert(estimate.lines.as_ptr()));
        for line in distinct.flat_map(|estimate| estimate.lines.iter()) {
            let (Quantity::Known(quantity), Monthly::Exact(money)) = (&line.quantity, &line.monthly) else { continue };
            columns.quantity = columns.quantity.max(amount::quantity(*quantity).width());
            columns.unit = columns.unit.max(line.unit.width());
            columns.cost = columns.cost.max(amount::money(money.amount, &shown.currency).width() + 1);
            margin = margin.max(usize::from(line.is_region_fallback()));
        }
        // A figure that is wider stands on a row of its own.
        columns.quantity = columns.quantity.min(16);
        columns.unit = columns.unit.min(20);
        columns.cost = columns.cost.min(18);
        columns.filled(width, margin)
    }

    /// With what is left of the width for names.
    fn filled(self, width: usize, margin: usize) -> Self {
        let gaps = 1 + 2 + 2 + 2;
        let Self { quantity, unit, cost, .. } = self;
        Self { name: width.saturating_sub(quantity + unit + cost + gaps + margin), ..self }
    }

    /// All columns but the name, with the gaps between them.
    fn rest(&self) -> usize {
        self.quantity + 2 + self.unit + 2 + self.cost
    }

    fn whole(&self) -> usize {
        1 + self.name + 2 + self.rest()
    }
}

#[derive(Clone, Copy)]
enum Style {
    Plain,
    Bold,
    Dim,
    Green,
    Red,
    Yellow,
}

struct Table<'t> {
    currency: &'t str,
    options: &'t RenderOptions,
    out: String,
    columns: Columns,
    /// The rows below a resource, by the lines that resources which are alike share.
    bodies: HashMap<*const Line, String>,
}

impl<'t> Table<'t> {
    fn new(columns: Columns, currency: &'t str, options: &'t RenderOptions) -> Self {
        Self { currency, options, out: String::new(), columns, bodies: HashMap::new() }
    }

    fn project(&mut self, project: &ProjectInput, is_one_of_several: bool, options: &Options) {
        let shown: Vec<(&PricedChange, &ChangeDiff, &Estimate)> = project
            .pairs()
            .filter_map(|(change, diff)| Some((change, diff, view::shown(change)?)))
            .filter(|(_, _, estimate)| view::is_listed(estimate, options))
            .collect();
        if is_one_of_several {
            self.across(&format!(" Project {}", project.name), "", Style::Bold);
            self.out.push('\n');
        }
        if shown.is_empty() {
            self.line(" Nothing here has a cost.", Style::Plain);
            self.out.push('\n');
            return;
        }
        self.head();
        for (change, diff, estimate) in shown {
            self.resource(change, diff, estimate);
        }
        if is_one_of_several {
            let currency = self.currency;
            self.across(" Project total", &words::total(&project.diff.current, currency), Style::Bold);
            if let Some(delta) = &project.diff.delta {
                let text = words::difference(delta, project.diff.past.as_ref(), currency);
                self.across(" Project difference", &text, Style::Plain);
            }
            self.out.push('\n');
        }
    }

    fn head(&mut self) {
        let Columns { name, quantity, unit, cost } = self.columns;
        let text =
            format!(" {:<name$}  {:>quantity$}  {:<unit$}  {:>cost$}", "Name", "Quantity", "Unit", "Monthly cost");
        self.line(&text, Style::Bold);
        self.out.push('\n');
    }

    fn resource(&mut self, change: &PricedChange, diff: &ChangeDiff, estimate: &Estimate) {
        let (marker, style) = marker(change, diff);
        let mut title = format!("{marker} {}", change.address);
        if let Some(key) = &change.deposed {
            title.push_str(&format!(" (deposed {key})"));
        }
        self.across(&title, &self.aside(change, diff, estimate), style);
        let key = estimate.lines.as_ptr();
        // Lines that are of this resource alone are not met again.
        let is_met_again = Arc::strong_count(&estimate.lines) > 1 && !estimate.lines.is_empty();
        let is_shared = diff.fate != Fate::Changed && is_met_again;
        if let Some(body) = self.bodies.get(&key).filter(|_| is_shared) {
            self.out.push_str(body);
            return;
        }
        let start = self.out.len();
        let rows = rows::of(change, diff);
        if rows.is_empty() {
            match estimate.problems.first() {
                Some(problem) if estimate.status == Status::Unpriced => {
                    let text = format!("not priced: {problem}");
                    self.beside("", &clean(&text), "   └─ ", "      ", Style::Plain);
                }
                _ if estimate.lines.is_empty() => {}
                _ => {
                    let zero = amount::money(0.into(), self.currency);
                    self.across("   └─ every line is zero", &zero, Style::Dim);
                }
            }
        }
        self.tree(&rows, 0, "   ");
        self.out.push('\n');
        if is_shared {
            self.bodies.insert(key, self.out[start..].to_owned());
        }
    }

    /// What stands at the right of a resource: what becomes of it, and by how much it changes.
    fn aside(&self, change: &PricedChange, diff: &ChangeDiff, estimate: &Estimate) -> String {
        let word = match (change.action, diff.fate) {
            _ if estimate.status == Status::Free => return "free".into(),
            (_, Fate::Forgotten) => return "leaves the state, goes on costing".into(),
            (_, Fate::Removed) => "ends",
            (Action::Replace, _) => "replaced",
            _ if change.is_import => "imported",
            _ => "",
        };
        let moved = change.previous_address.as_ref().map(|previous| clean(&format!("was {previous}")));
        // Where both addresses do not fit, the new one is the one to read.
        let fits = |moved: &String| change.address.as_str().width() + moved.width() + 6 <= self.columns.whole();
        let moved = moved.map(|moved| if fits(&moved) { moved } else { "moved".into() }).unwrap_or_default();
        let is_told = matches!(diff.fate, Fate::Changed | Fate::Removed) && !diff.delta.is_zero();
        let delta = if is_told { words::change(&diff.delta, self.currency) } else { String::new() };
        [word, &moved, &delta].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// Rows of one level, then each part below with its own rows.
    fn tree(&mut self, rows: &[Row<'_>], depth: usize, indent: &str) {
        let mut at = 0;
        while at < rows.len() {
            let row = &rows[at];
            let is_here = row.line.part.len() == depth;
            let end = if is_here {
                at + 1
            } else {
                let name = &row.line.part[depth];
                at + rows[at..].iter().take_while(|other| other.line.part.get(depth) == Some(name)).count()
            };
            let (branch, below) = if end == rows.len() { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            if is_here {
                self.component(row, &format!("{indent}{branch}"), &format!("{indent}{below}"));
            } else {
                self.across(&format!("{indent}{branch}{}", row.line.part[depth]), "", Style::Plain);
                // Below a certain depth a tree would leave no room for its names.
                let below = if indent.width() < self.columns.name / 2 { below } else { "" };
                self.tree(&rows[at..end], depth + 1, &format!("{indent}{below}"));
            }
            at = end;
        }
    }

    fn component(&mut self, row: &Row<'_>, indent: &str, next: &str) {
        // The indent begins with spaces: the mark of a change takes the place of the first.
        let marked = format!("{}{}", row.mark, &indent[1..]);
        self.figures(row.line, &clean(&row.line.name()), &marked, next, Style::Plain);
        if let Some(was) = row.was {
            let name = match &was.detail {
                Some(detail) if was.detail != row.line.detail => format!("was {}", clean(detail)),
                _ => "was".into(),
            };
            self.figures(was, &name, next, next, Style::Dim);
        }
    }

    fn figures(&mut self, line: &Line, name: &str, indent: &str, next: &str, style: Style) {
        let mark = if line.is_region_fallback() { "*" } else { "" };
        let (Monthly::Exact(money), Quantity::Known(quantity)) = (&line.monthly, &line.quantity) else {
            let aside = words::instead_of_cost(line, self.currency);
            self.beside(name, &clean(&aside), indent, next, style);
            return;
        };
        let Columns { quantity: quantity_width, unit: unit_width, cost: cost_width, name: name_width } = self.columns;
        let cost = format!("{}{mark}", amount::money(money.amount, self.currency));
        // The mark stands behind the figure, in the margin: figures stay aligned.
        let cost_width = cost_width + mark.len();
        let quantity = amount::quantity(*quantity);
        let has_room = indent.width() + text::NARROWEST <= name_width + 1;
        if !has_room || quantity.width() > quantity_width || cost.width() > cost_width {
            let text = clean(&format!("{quantity} {}: {cost}", line.unit));
            self.beside(name, &text, indent, next, style);
            return;
        }
        let unit = pad(&cut(&clean(&line.unit), unit_width), unit_width);
        let rows = wrap(name, (name_width + 1).saturating_sub(indent.width()));
        for (at, row) in rows.iter().enumerate() {
            if at > 0 {
                self.line(&format!("{next}{row}"), style);
                continue;
            }
            let start = pad(&format!("{indent}{row}"), name_width + 1);
            self.line(&format!("{start}  {quantity:>quantity_width$}  {unit}  {cost:>cost_width$}"), style);
        }
    }

    /// A name with a text instead of figures; on lines of its own where both do not fit.
    fn beside(&mut self, name: &str, aside: &str, indent: &str, next: &str, style: Style) {
        let whole = self.columns.whole();
        let used = indent.width() + name.width();
        if used + 2 + aside.width() <= whole {
            let gap = if name.is_empty() { 0 } else { whole - used - aside.width() };
            self.line(&format!("{indent}{name}{}{aside}", " ".repeat(gap)), style);
            return;
        }
        for (at, row) in wrap(name, whole.saturating_sub(indent.width())).iter().enumerate() {
            self.line(&format!("{}{row}", if at == 0 { indent } else { next }), style);
        }
        for row in wrap(aside, whole.saturating_sub(next.width() + 2)) {
            self.line(&format!("{next}  {row}"), Style::Dim);
        }
    }

    fn totals(&mut self, report: &Report) {
        let currency = self.currency;
        let rule = format!(" {}", "─".repeat(self.columns.whole() - 1));
        self.line(&rule, Style::Dim);
        if let (Some(past), Some(delta)) = (&report.past, &report.delta) {
            self.across(" Total now", &words::total(past, currency), Style::Plain);
            self.across(" Total after", &words::total(&report.current, currency), Style::Bold);
            self.beside_total(report);
            self.across(" Difference", &words::difference(delta, Some(past), currency), Style::Bold);
        } else {
            self.across(" Total a month", &words::total(&report.current, currency), Style::Bold);
            self.beside_total(report);
        }
        for text in words::not_included(report) {
            self.wrapped(&text);
        }
        self.out.push('\n');
        self.projects(report);
        self.modules(report);
    }

    /// What stands beside the costs on demand.
    fn beside_total(&mut self, report: &Report) {
        for (name, cost) in words::beside(&report.current, self.currency) {
            self.across(&format!("   {name}"), &cost, Style::Plain);
        }
    }

    /// A row per project, where there are so many that their totals stand far apart.
    fn projects(&mut self, report: &Report) {
        const FEW: usize = 2;
        /// The most projects that are listed again.
        const MOST: usize = 30;
        let projects = &report.projects;
        if projects.len() <= FEW {
            return;
        }
        let currency = self.currency;
        self.line(" Total by project", Style::Bold);
        for project in projects.iter().take(MOST) {
            let total = words::total(&project.diff.current, currency);
            let figures = match &project.diff.delta {
                Some(delta) => format!("{total} ({})", words::change(delta, currency)),
                None => total,
            };
            self.across(&format!("   {}", project.name), &figures, Style::Plain);
        }
        if projects.len() > MOST {
            let more = words::count(projects.len() - MOST, "more project", "more projects");
            self.line(&format!("   {more} above"), Style::Plain);
        }
        self.out.push('\n');
    }

    /// A row per module that changes, where that says more than the totals do.
    fn modules(&mut self, report: &Report) {
        /// The most modules that are named.
        const MOST: usize = 10;
        let rows = modules::changed(report);
        if rows.is_empty() {
            return;
        }
        let currency = self.currency;
        self.line(" Difference by module", Style::Bold);
        for row in rows.iter().take(MOST) {
            let module = if row.module.is_empty() { "the root module" } else { row.module };
            let project = if report.projects.len() > 1 { format!("{}: ", row.project) } else { String::new() };
            self.across(&format!("   {project}{module}"), &words::change(&row.delta, currency), Style::Plain);
        }
        if rows.len() > MOST {
            let more = words::count(rows.len() - MOST, "more module", "more modules");
            let rest = amount::signed(modules::together(&rows[MOST..]), currency);
            self.across(&format!("   {more}, together"), &rest, Style::Plain);
        }
        self.out.push('\n');
    }

    /// What rules and budgets found: a headline a rule, its resources below.
    fn findings(&mut self, report: &Report) {
        let counts = findings::counts(report);
        if counts.is_empty() {
            return;
        }
        let currency = self.currency;
        self.line(&format!(" Findings: {counts}"), Style::Bold);
        if let Some((sum, resources)) = findings::total_saving(report) {
            let (sum, on) = (amount::money(sum, currency), words::count(resources, "resource", "resources"));
            self.wrapped(&format!("Following all warnings and errors would save {sum} a month on {on}."));
        }
        self.out.push('\n');
        for group in findings::groups(report) {
            let style = match group.severity {
                Severity::Error => Style::Red,
                Severity::Warning => Style::Yellow,
                Severity::Note => Style::Plain,
            };
            let head = format!(" {} {}: {}", findings::severity_word(group.severity), group.code, group.title);
            let rows = wrap(&clean(&head), self.columns.whole() - 1);
            rows.iter().enumerate().for_each(|(at, row)| {
                self.line(&if at == 0 { row.clone() } else { format!("   {}", row.trim_start()) }, style);
            });
            for finding in group.findings.iter().take(findings::NAMED) {
                let saving = findings::saving(finding.saving.as_ref(), currency);
                if let Some(address) = &finding.address {
                    self.across(&format!("   {address}"), &saving, Style::Plain);
                }
                let at = finding
                    .place
                    .as_ref()
                    .map(|place| format!(" ({}:{})", place.source.name(), place.source.line(place.span)));
                let said = format!("{}{}", finding.message, at.unwrap_or_default());
                for row in wrap(&clean(&said), self.columns.whole() - 6) {
                    self.line(&format!("     {row}"), Style::Dim);
                }
            }
            if let Some(more) = group.count.checked_sub(findings::NAMED).filter(|more| *more > 0) {
                let more = words::count(more, "resource more", "resources more");
                self.line(&format!("   and {more}; --format json lists them all"), Style::Dim);
            }
            self.out.push('\n');
        }
    }

    fn notes(&mut self, report: &Report) {
        for note in words::notes(report) {
            self.wrapped(&note);
        }
        self.wrapped(&words::coverage(report));
    }

    fn wrapped(&mut self, text: &str) {
        for row in wrap(&clean(text), self.columns.whole() - 1) {
            self.line(&format!(" {row}"), Style::Dim);
        }
    }

    /// A text on the left and one on the right edge; the left gives way in its middle.
    fn across(&mut self, left: &str, right: &str, style: Style) {
        const LEAST: usize = 16;
        let whole = self.columns.whole();
        if text::width(right) + LEAST > whole {
            self.across(left, "", style);
            wrap(right, whole - 3).iter().for_each(|row| self.line(&format!("   {row}"), style));
            return;
        }
        let room = whole.saturating_sub(text::width(right) + if right.is_empty() { 0 } else { 2 });
        let left = cut_middle(&clean(left), room);
        let gap = if right.is_empty() { 0 } else { whole.saturating_sub(text::width(&left) + text::width(right)) };
        let mut row = left;
        row.extend(std::iter::repeat_n(' ', gap));
        row.push_str(right);
        self.line(&row, style);
    }

    fn line(&mut self, text: &str, style: Style) {
        let text = text.trim_end();
        let code = match style {
            _ if !self.options.color => "",
            Style::Plain => "",
            Style::Bold => "\x1b[1m",
            Style::Dim => "\x1b[2m",
            Style::Green => "\x1b[32m",
            Style::Red => "\x1b[31m",
            Style::Yellow => "\x1b[33m",
        };
        self.out.push_str(code);
        self.out.push_str(text);
        if !code.is_empty() {
            self.out.push_str("\x1b[0m");
        }
        self.out.push('\n');
    }
}

fn marker(change: &PricedChange, diff: &ChangeDiff) -> (char, Style) {
    match (change.action, diff.fate) {
        (Action::Delete, _) | (_, Fate::Removed | Fate::Forgotten) => ('-', Style::Red),
        (Action::Create, _) | (_, Fate::Added) => ('+', Style::Green),
        (Action::Update | Action::Replace, _) | (_, Fate::Changed) => ('~', Style::Yellow),
        _ => (' ', Style::Plain),
    }
}
