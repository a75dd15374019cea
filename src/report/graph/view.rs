//! The graph of a project: resources with their costs, references between them, sums of modules.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::super::view::shown;
use crate::diff::{CostDiff, Delta};
use crate::estimate::{MonthlyTotal, PricedChange, PricedPlan, Status};
use crate::model::{Action, Address, Plan, Region};

/// The graph of one project.
#[derive(Clone, Debug)]
pub struct GraphProject {
    /// Its name.
    pub name: String,
    /// The file or folder that it was read from.
    pub path: String,
    /// Its resources, sorted by address.
    pub nodes: Vec<Node>,
    /// Its references, in the order of the resources.
    pub edges: Vec<Edge>,
    /// Its modules with those around them, sorted by address; the root module is left out.
    pub modules: Vec<Module>,
}

/// A resource.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its address.
    pub address: Address,
    /// The key under which it is deposed, if it is.
    pub deposed: Option<SmolStr>,
    /// Its type.
    pub kind: SmolStr,
    /// The provider's short name.
    pub provider: SmolStr,
    /// What Terraform will do.
    pub action: Action,
    /// How far it is priced.
    pub status: Status,
    /// Where it runs.
    pub region: Option<Region>,
    /// The account that pays for it.
    pub account: Option<SmolStr>,
    /// What it costs now; `None` if there is no such side.
    pub before: Option<MonthlyTotal>,
    /// What it will cost.
    pub after: Option<MonthlyTotal>,
    /// The difference.
    pub delta: Delta,
}

/// A reference between two resources, by their positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// The resource that refers.
    pub from: usize,
    /// The resource referred to.
    pub to: usize,
    /// The attributes that refer, where they are known.
    pub paths: Vec<SmolStr>,
    /// Whether it leads through resources that are not shown.
    pub is_indirect: bool,
}

/// A module instance, with those within it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    /// Its address.
    pub address: String,
    /// What its resources are known to cost now.
    pub before: Decimal,
    /// What they are known to cost after.
    pub after: Decimal,
}

impl GraphProject {
    /// The graph of a priced plan.
    pub fn of(name: String, path: String, plan: &Plan, priced: &PricedPlan, diff: &CostDiff) -> Self {
        let mut nodes = Vec::new();
        let mut positions: BTreeMap<usize, usize> = BTreeMap::new();
        for (at, (change, diff)) in priced.changes.iter().zip(&diff.changes).enumerate() {
            if let Some(node) = node(change, diff.delta.clone()) {
                positions.insert(at, nodes.len());
                nodes.push(node);
            }
        }
        let mut edges = Vec::new();
        for (&at, &from) in &positions {
            let mut targets: BTreeMap<usize, Vec<SmolStr>> = BTreeMap::new();
            for (path, to) in plan.references.links(at) {
                let Some(&to) = positions.get(&to).filter(|to| **to != from) else { continue };
                let paths = targets.entry(to).or_default();
                if !path.is_empty() && !paths.contains(&path) {
                    paths.push(path);
                }
            }
            edges.extend(targets.into_iter().map(|(to, paths)| Edge { from, to, paths, is_indirect: false }));
        }
        let modules = modules(&nodes);
        Self { name, path, nodes, edges, modules }
    }

    /// The positions of the resources that an address means: the one, or all instances and all that a module holds.
    pub fn find(&self, address: &str) -> Vec<usize> {
        let is_meant = |node: &Node| {
            let rest = node.address.as_str().strip_prefix(address);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        self.nodes.iter().enumerate().filter(|(_, node)| is_meant(node)).map(|(at, _)| at).collect()
    }

    /// The part of the graph that is at most so many references away from some resources, in either direction.
    #[must_use]
    pub fn around(self, centres: &[usize], depth: usize) -> Self {
        let mut beside: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        for edge in &self.edges {
            beside[edge.from].push(edge.to);
            beside[edge.to].push(edge.from);
        }
        let mut kept: BTreeSet<usize> = centres.iter().copied().collect();
        let mut waiting: VecDeque<(usize, usize)> = centres.iter().map(|at| (*at, 0)).collect();
        while let Some((at, away)) = waiting.pop_front() {
            if away < depth {
                waiting.extend(beside[at].iter().filter(|next| kept.insert(**next)).map(|next| (*next, away + 1)));
            }
        }
        let edges = self.edges.clone();
        self.only(&kept, edges)
    }

    /// The resources that cost something or may. References that lead through others stay as indirect ones.
    #[must_use]
    pub fn costly(self) -> Self {
        let is_costly = |node: &Node| !matches!(node.status, Status::Free | Status::Unsupported);
        let kept: BTreeSet<usize> =
            self.nodes.iter().enumerate().filter(|(_, node)| is_costly(node)).map(|(at, _)| at).collect();
        let mut targets: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        self.edges.iter().for_each(|edge| targets[edge.from].push(edge.to));
        let mut edges: Vec<Edge> = Vec::new();
        for &from in &kept {
            let direct = self.edges.iter().filter(|edge| edge.from == from && kept.contains(&edge.to));
            let mut found: BTreeMap<usize, Edge> = direct.map(|edge| (edge.to, edge.clone())).collect();
            let mut seen: BTreeSet<usize> = BTreeSet::from([from]);
            let mut waiting: Vec<usize> = targets[from].iter().copied().filter(|to| !kept.contains(to)).collect();
            while let Some(hidden) = waiting.pop() {
                if !seen.insert(hidden) {
                    continue;
                }
                for &to in &targets[hidden] {
                    match kept.contains(&to) {
                        true if to != from => {
                            let edge = Edge { from, to, paths: Vec::new(), is_indirect: true };
                            found.entry(to).or_insert(edge);
                        }
                        true => {}
                        false => waiting.push(to),
                    }
                }
            }
            edges.extend(found.into_values());
        }
        self.only(&kept, edges)
    }

    /// Some resources, with the references between them.
    fn only(self, kept: &BTreeSet<usize>, edges: Vec<Edge>) -> Self {
        let places: BTreeMap<usize, usize> = kept.iter().enumerate().map(|(new, old)| (*old, new)).collect();
        let moved = |edge: Edge| {
            let (from, to) = (*places.get(&edge.from)?, *places.get(&edge.to)?);
            Some(Edge { from, to, ..edge })
        };
        let edges = edges.into_iter().filter_map(moved).collect();
        let nodes = self.nodes.into_iter().enumerate().filter(|(at, _)| kept.contains(at)).map(|(_, node)| node);
        let nodes: Vec<Node> = nodes.collect();
        let modules = modules(&nodes);
        Self { name: self.name, path: self.path, nodes, edges, modules }
    }
}

fn node(change: &PricedChange, delta: Delta) -> Option<Node> {
    let estimate = shown(change)?;
    Some(Node {
        address: change.address.clone(),
        deposed: change.deposed.clone(),
        kind: estimate.kind.clone(),
        provider: estimate.provider.clone(),
        action: change.action,
        status: estimate.status,
        region: estimate.region.clone(),
        account: estimate.account.clone(),
        before: change.before.as_ref().map(|estimate| estimate.monthly()),
        after: change.after.as_ref().map(|estimate| estimate.monthly()),
        delta,
    })
}

/// The module instances of some resources, and those around them.
fn modules(nodes: &[Node]) -> Vec<Module> {
    let known = |total: &Option<MonthlyTotal>| {
        let money = total.as_ref().and_then(|total| total.known.as_ref());
        money.map_or(Decimal::ZERO, |money| money.amount)
    };
    let mut sums: BTreeMap<Address, (Decimal, Decimal)> = BTreeMap::new();
    for node in nodes {
        for module in enclosing(node.address.module()) {
            let sum = sums.entry(Address::new(module)).or_default();
            *sum = (sum.0.saturating_add(known(&node.before)), sum.1.saturating_add(known(&node.after)));
        }
    }
    let module = |(address, (before, after)): (Address, _)| Module { address: address.to_string(), before, after };
    sums.into_iter().map(module).collect()
}

/// `module.a[0]` and `module.a[0].module.b` of the latter, outermost first.
pub(super) fn enclosing(module: &str) -> Vec<String> {
    let address = Address::new(module);
    let mut found = Vec::new();
    let mut path = String::new();
    let mut segments = address.segments().peekable();
    while let (Some(word), Some(name)) = (segments.next(), segments.next()) {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(&format!("{word}.{name}"));
        if let Some(index) = segments.next_if(|next| next.starts_with('[')) {
            path.push_str(index);
        }
        found.push(path.clone());
    }
    found
}
