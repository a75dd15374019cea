//! The table for a terminal: a tree of resources, parts and components with their monthly cost.

use std::collections::{HashMap, HashSet};

use unicode_width::UnicodeWidthStr as _;

use super::text::{clean, cut, cut_middle, pad, wrap};
use super::view::{self, ProjectInput, Report};
use super::{RenderOptions, amount, words};
use crate::diff::{ChangeDiff, Fate};
use crate::estimate::{Estimate, Line, Monthly, PricedChange, Quantity, Status};
use crate::model::Action;

/// Renders the report as a table.
pub(super) fn render(report: &Report, options: &RenderOptions) -> String {
    let mut table = Table {
        report,
        options,
        out: String::new(),
        columns: Columns::of(report, options.width),
        bodies: HashMap::new(),
    };
    for project in &report.projects {
        table.project(project);
    }
    table.totals();
    table.notes();
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
    fn of(report: &Report, width: usize) -> Self {
        let mut columns = Self { name: 0, quantity: "Quantity".len(), unit: "Unit".len(), cost: "Monthly cost".len() };
        let mut margin = 0;
        let estimates = report.projects.iter().flat_map(|project| &project.priced.changes).filter_map(view::shown);
        // Resources that are alike share their lines: each set is measured once.
        let mut seen = HashSet::new();
        let distinct = estimates.filter(|estimate| seen.insert(estimate.lines.as_ptr()));
        for line in distinct.flat_map(|estimate| estimate.lines.iter()) {
            let (Quantity::Known(quantity), Monthly::Exact(money)) = (&line.quantity, &line.monthly) else { continue };
            columns.quantity = columns.quantity.max(amount::quantity(*quantity).width());
            columns.unit = columns.unit.max(line.unit.width());
            columns.cost = columns.cost.max(amount::money(money.amount, report.currency()).width() + 1);
            margin = margin.max(usize::from(line.is_region_fallback()));
        }
        // A figure that is wider stands on a row of its own.
        columns.quantity = columns.quantity.min(16);
        columns.unit = columns.unit.min(20);
        columns.cost = columns.cost.min(18);
        let gaps = 1 + 2 + 2 + 2;
        columns.name = width.saturating_sub(columns.quantity + columns.unit + columns.cost + gaps + margin);
        columns
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
    report: &'t Report,
    options: &'t RenderOptions,
    out: String,
    columns: Columns,
    /// The rows below a resource, by the lines that resources which are alike share.
    bodies: HashMap<*const Line, String>,
}

impl Table<'_> {
    fn project(&mut self, project: &ProjectInput) {
        let shown: Vec<(&PricedChange, &ChangeDiff, &Estimate)> = project
            .pairs()
            .filter_map(|(change, diff)| Some((change, diff, view::shown(change)?)))
            .filter(|(_, _, estimate)| self.is_listed(estimate))
            .collect();
        if self.report.projects.len() > 1 {
            self.across(&format!(" Project {}", project.name), "", Style::Bold);
            self.out.push('\n');
        }
        if shown.is_empty() {
            self.line(" Nothing in it has a cost.", Style::Plain);
            self.out.push('\n');
            return;
        }
        self.head();
        for (change, diff, estimate) in shown {
            self.resource(change, diff, estimate);
        }
        if self.report.projects.len() > 1 {
            let total = words::total(&project.diff.current, self.report.currency());
            self.across(" Project total", &total, Style::Bold);
            self.out.push('\n');
        }
    }

    fn is_listed(&self, estimate: &Estimate) -> bool {
        match estimate.status {
            Status::Free => self.report.options.show_free,
            Status::Unsupported => false,
            _ => true,
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
        let aside = match (change.action, diff.fate) {
            _ if estimate.status == Status::Free => "free".to_owned(),
            (Action::Replace, Fate::Changed) => format!("replaced, {}", self.delta_text(diff)),
            (Action::Replace, _) => "replaced".into(),
            (_, Fate::Removed) => format!("ends, {}", self.delta_text(diff)),
            (_, Fate::Forgotten) => "leaves the state, goes on costing".into(),
            (_, Fate::Changed) => self.delta_text(diff),
            _ if change.is_import => "imported".into(),
            _ => String::new(),
        };
        self.across(&title, &aside, style);
        let key = estimate.lines.as_ptr();
        if let Some(body) = self.bodies.get(&key) {
            self.out.push_str(body);
            return;
        }
        let start = self.out.len();
        let lines: Vec<&Line> = estimate.lines.iter().filter(|line| !view::is_zero(line)).collect();
        if lines.is_empty() && !estimate.lines.is_empty() {
            self.across("   └─ every line is zero", &amount::money(0.into(), self.report.currency()), Style::Dim);
        }
        self.tree(&lines, 0, "   ");
        self.out.push('\n');
        if !estimate.lines.is_empty() {
            self.bodies.insert(key, self.out[start..].to_owned());
        }
    }

    fn delta_text(&self, diff: &ChangeDiff) -> String {
        let delta = &diff.delta;
        let mut text = amount::signed(delta.known, self.report.currency());
        if !delta.is_exact() {
            text = if delta.known.is_zero() { "change not known".into() } else { format!("{text} and more not known") };
        }
        text
    }

    /// Lines of one level, then each part below with its own lines.
    fn tree(&mut self, lines: &[&Line], depth: usize, indent: &str) {
        let mut at = 0;
        while at < lines.len() {
            let line = lines[at];
            let is_here = line.part.len() == depth;
            let end = if is_here {
                at + 1
            } else {
                let name = &line.part[depth];
                at + lines[at..].iter().take_while(|other| other.part.get(depth) == Some(name)).count()
            };
            let (branch, below) = if end == lines.len() { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            if is_here {
                self.component(line, &format!("{indent}{branch}"), &format!("{indent}{below}"));
            } else {
                self.across(&format!("{indent}{branch}{}", line.part[depth]), "", Style::Plain);
                // Below a certain depth a tree would leave no room for its names.
                let below = if indent.width() < self.columns.name / 2 { below } else { "" };
                self.tree(&lines[at..end], depth + 1, &format!("{indent}{below}"));
            }
            at = end;
        }
    }

    fn component(&mut self, line: &Line, indent: &str, next: &str) {
        let mark = if line.is_region_fallback() { "*" } else { "" };
        let name = clean(&line.name());
        let Monthly::Exact(money) = &line.monthly else {
            let aside = words::instead_of_cost(line, self.report.currency());
            self.beside(&name, &clean(&aside), indent, next);
            return;
        };
        let quantity = match &line.quantity {
            Quantity::Known(quantity) => amount::quantity(*quantity),
            _ => String::new(),
        };
        let Columns { quantity: quantity_width, unit: unit_width, cost: cost_width, name: name_width } = self.columns;
        let cost = format!("{}{mark}", amount::money(money.amount, self.report.currency()));
        if quantity.width() > quantity_width || cost.width() > cost_width + mark.width() {
            self.beside(&name, &clean(&format!("{quantity} {}: {cost}", line.unit)), indent, next);
            return;
        }
        // The mark stands behind the figure, in the margin: figures stay aligned.
        let cost_width = cost_width + usize::from(!mark.is_empty());
        let rows = wrap(&name, (name_width + 1).saturating_sub(indent.width()));
        for (at, row) in rows.iter().enumerate() {
            let start = format!("{}{row}", if at == 0 { indent } else { next });
            if at == 0 {
                let start = pad(&start, name_width + 1);
                let unit = pad(&cut(&clean(&line.unit), unit_width), unit_width);
                let text = format!("{start}  {quantity:>quantity_width$}  {unit}  {cost:>cost_width$}");
                self.line(&text, Style::Plain);
            } else {
                self.line(&start, Style::Plain);
            }
        }
    }

    /// A name with a text instead of figures; on lines of its own where both do not fit.
    fn beside(&mut self, name: &str, aside: &str, indent: &str, next: &str) {
        let whole = self.columns.whole();
        let used = indent.width() + name.width();
        if used + 2 + aside.width() <= whole {
            let gap = whole - used - aside.width();
            let text = format!("{indent}{name}{}{aside}", " ".repeat(gap));
            self.line(&text, Style::Plain);
            return;
        }
        for (at, row) in wrap(name, whole.saturating_sub(indent.width())).iter().enumerate() {
            let text = format!("{}{row}", if at == 0 { indent } else { next });
            self.line(&text, Style::Plain);
        }
        for row in wrap(aside, whole.saturating_sub(next.width() + 2)) {
            let text = format!("{next}  {row}");
            self.line(&text, Style::Dim);
        }
    }

    fn totals(&mut self) {
        let currency = self.report.currency().to_owned();
        let rule = format!(" {}", "─".repeat(self.columns.whole() - 1));
        self.line(&rule, Style::Dim);
        if let (Some(past), Some(delta)) = (&self.report.past, &self.report.delta) {
            self.across(" Total now", &words::total(past, &currency), Style::Plain);
            self.across(" Total after", &words::total(&self.report.current, &currency), Style::Bold);
            let text = words::difference(delta, Some(past), &currency);
            self.across(" Difference", &text, Style::Bold);
            if let Some(text) = words::not_included(delta.usage_lines, delta.unknown_lines) {
                self.wrapped(&format!("Not in the difference: {text}."));
            }
        } else {
            self.across(" Total a month", &words::total(&self.report.current, &currency), Style::Bold);
        }
        let current = &self.report.current;
        if let Some(text) = words::not_included(current.usage_lines, current.unknown_lines) {
            self.wrapped(&format!("Not in the total: {text}."));
        }
        self.out.push('\n');
    }

    fn notes(&mut self) {
        for note in words::notes(self.report) {
            self.wrapped(&note);
        }
        self.wrapped(&words::coverage(self.report));
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
        if right.width() + LEAST > whole {
            self.across(left, "", style);
            wrap(right, whole - 3).iter().for_each(|row| self.line(&format!("   {row}"), style));
            return;
        }
        let room = whole.saturating_sub(right.width() + if right.is_empty() { 0 } else { 2 });
        let left = cut_middle(&clean(left), room);
        let gap = if right.is_empty() { 0 } else { whole.saturating_sub(left.width() + right.width()) };
        self.line(&format!("{left}{}{right}", " ".repeat(gap)), style);
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
        (Action::Create, _) => ('+', Style::Green),
        (Action::Update | Action::Replace, _) | (_, Fate::Changed) => ('~', Style::Yellow),
        _ => (' ', Style::Plain),
    }
}
