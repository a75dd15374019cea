//! A graph as JSON, `lepton-graph/1`. Adding a field is fine, changing one is a new version.
//!
//! The schema stands in `schema/lepton-graph-1.json`. Amounts are exact decimal strings.

use serde::Serialize;
use smol_str::SmolStr;

use super::super::json::{action_word, origin_word, status_word};
use super::super::sums::{Difference, Total};
use super::GraphOptions;
use super::view::{GraphProject, Node};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Root<'r> {
    schema: &'static str,
    lepton_version: &'static str,
    currency: &'r str,
    prices: Prices<'r>,
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
    resources: Vec<Resource<'r>>,
    references: Vec<Reference<'r>>,
    modules: Vec<Module<'r>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Resource<'r> {
    address: &'r str,
    module: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    deposed: Option<&'r str>,
    #[serde(rename = "type")]
    kind: &'r str,
    provider: &'r str,
    action: &'static str,
    status: &'static str,
    region: Option<&'r str>,
    region_origin: Option<&'static str>,
    account: Option<&'r str>,
    before: Option<Total>,
    after: Option<Total>,
    difference: Difference,
}

#[derive(Serialize)]
struct Reference<'r> {
    from: &'r str,
    to: &'r str,
    attributes: &'r [SmolStr],
    direct: bool,
}

#[derive(Serialize)]
struct Module<'r> {
    module: &'r str,
    before: String,
    after: String,
}

pub(super) fn render(projects: &[GraphProject], options: &GraphOptions<'_>) -> String {
    let root = Root {
        schema: "lepton-graph/1",
        lepton_version: env!("CARGO_PKG_VERSION"),
        currency: options.currency,
        prices: Prices { oldest: options.prices.0, newest: options.prices.1 },
        projects: projects.iter().map(project).collect(),
    };
    let mut text = serde_json::to_string_pretty(&root).expect("the layout has text keys only");
    text.push('\n');
    text
}

fn project(project: &GraphProject) -> Project<'_> {
    let address = |at: usize| project.nodes[at].address.as_str();
    Project {
        name: &project.name,
        path: &project.path,
        resources: project.nodes.iter().map(resource).collect(),
        references: project
            .edges
            .iter()
            .map(|edge| Reference {
                from: address(edge.from),
                to: address(edge.to),
                attributes: &edge.paths,
                direct: !edge.is_indirect,
            })
            .collect(),
        modules: project
            .modules
            .iter()
            .map(|module| Module {
                module: &module.address,
                before: module.before.normalize().to_string(),
                after: module.after.normalize().to_string(),
            })
            .collect(),
    }
}

fn resource(node: &Node) -> Resource<'_> {
    Resource {
        address: node.address.as_str(),
        module: node.address.module(),
        deposed: node.deposed.as_deref(),
        kind: &node.kind,
        provider: &node.provider,
        action: action_word(node.action),
        status: status_word(node.status),
        region: node.region.as_ref().map(|region| region.name.as_str()),
        region_origin: node.region.as_ref().map(|region| origin_word(region.origin)),
        account: node.account.as_deref(),
        before: node.before.as_ref().map(Total::of),
        after: node.after.as_ref().map(Total::of),
        difference: Difference::of(&node.delta),
    }
}
