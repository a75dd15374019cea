//! The JSON of `lepton place`: the placements as they stand in `lepton/1` as well, project by project.

use serde::Serialize;

use super::total::TotalView;
use super::view::{AbsentView, CloudView, PlacementView, ProofView, SummaryRow};
use super::{Depth, PlacedProject, PlacementOptions, total};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Root<'r> {
    schema: &'static str,
    lepton_version: &'static str,
    currency: &'r str,
    prices: Prices<'r>,
    /// The sum of several projects.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<TotalView>,
    projects: Vec<Project<'r>>,
}

#[derive(Serialize)]
struct Prices<'r> {
    oldest: &'r str,
    newest: &'r str,
}

#[derive(Serialize)]
struct Project<'r> {
    name: &'r str,
    path: &'r str,
    placement: Shown<'r>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Shown<'r> {
    Whole(&'r PlacementView),
    Summary(Summary<'r>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Summary<'r> {
    workloads: usize,
    summary: &'r [SummaryRow],
    clouds: &'r [CloudView],
    no_single: &'r [AbsentView],
    proof: &'r ProofView,
    benefit_definition: &'r str,
}

/// Renders the placements of some projects.
pub(super) fn render(projects: &[PlacedProject], options: &PlacementOptions<'_>) -> String {
    fn shown(view: &PlacementView, depth: Depth) -> Shown<'_> {
        if depth > Depth::Summary {
            return Shown::Whole(view);
        }
        Shown::Summary(Summary {
            workloads: view.workloads,
            summary: &view.summary,
            clouds: &view.clouds,
            no_single: &view.no_single,
            proof: &view.proof,
            benefit_definition: &view.benefit_definition,
        })
    }
    let root = Root {
        schema: "lepton-place/1",
        lepton_version: env!("CARGO_PKG_VERSION"),
        currency: options.currency,
        prices: Prices { oldest: options.prices.0, newest: options.prices.1 },
        total: total(projects, options.unplaced),
        projects: projects
            .iter()
            .map(|project| Project {
                name: &project.name,
                path: &project.path,
                placement: shown(&project.placement, options.depth),
            })
            .collect(),
    };
    let mut text = serde_json::to_string_pretty(&root).expect("the layout has text keys only");
    text.push('\n');
    text
}
