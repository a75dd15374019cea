//! Where the work could run, as reports say it: one view, and a text of it per format.

mod compose;
mod json;
mod lifecycle;
mod markdown;
mod said;
mod table;
mod total;
mod view;

use rust_decimal::Decimal;

use super::view::Report;
use super::words;

pub use total::TotalView;
pub use view::PlacementView;

pub(super) use markdown::sections;
pub(super) use table::tables;

/// A project with its placement.
#[derive(Debug)]
pub struct PlacedProject {
    /// Its name.
    pub name: String,
    /// The file it was read from.
    pub path: String,
    /// Where its work could run.
    pub placement: PlacementView,
}

/// What placements are rendered as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For the terminal.
    Table,
    /// For a pull request.
    Markdown,
    /// `lepton-place/1`.
    Json,
}

/// How much of a placement is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// Only what each placement costs.
    Summary,
    /// The suggestions as well, as beside the costs of a plan.
    Short,
    /// Everything: what was refused, what cannot move, what was assumed.
    Full,
}

/// How placements look.
#[derive(Clone, Debug)]
pub struct PlacementOptions<'o> {
    /// How much is shown.
    pub depth: Depth,
    /// How many projects could not be placed: they are in no sum.
    pub unplaced: usize,
    /// The currency of every amount.
    pub currency: &'o str,
    /// The oldest and the newest day of the prices.
    pub prices: (&'o str, &'o str),
    /// Columns of the terminal.
    pub width: usize,
    /// Whether colour is wanted.
    pub color: bool,
}

impl PlacementOptions<'_> {
    fn dates(&self) -> String {
        words::dates_of(self.prices.0, self.prices.1)
    }
}

/// Renders the placements of some projects.
pub fn render(projects: &[PlacedProject], form: Form, options: &PlacementOptions<'_>) -> String {
    match form {
        Form::Table => table::render(projects, options),
        Form::Markdown => markdown::render(projects, options),
        Form::Json => json::render(projects, options),
    }
}

/// How many projects of a report were not placed, though others were.
fn unplaced(report: &Report) -> usize {
    report.placements.iter().filter(|placement| placement.is_none()).count()
}

/// What several projects cost together.
fn total(projects: &[PlacedProject], unplaced: usize) -> Option<TotalView> {
    let views: Vec<&PlacementView> = projects.iter().map(|project| &project.placement).collect();
    TotalView::of(&views, unplaced)
}

/// Rounded for people: `3.1`, `0.34`.
fn rounded(number: Decimal, places: u32) -> String {
    let strategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
    number.round_dp_with_strategy(places, strategy).normalize().to_string()
}
