//! A board of a few lines: sites, workloads with their prices, data and rules.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::super::board::Board;
use super::super::constraints::{self, Constraint};
use super::super::edge::{Edge, Origin};
use super::super::gateway::{Gate, Links, Passed};
use super::super::loss::{Code, Loss};
use super::super::need::Need;
use super::super::offer::{Equivalence, Offer};
use super::super::placement::Placement;
use super::super::site::Site;
use super::super::table::Table;
use super::super::workload::Workload;
use crate::config::{Config, LossLevel, Placement as Rules, WorkloadFacts};
use crate::model::{Address, Problem, Source, Value};

/// A figure as it is written.
pub(super) fn figure(text: &str) -> Decimal {
    text.parse().expect("a decimal")
}

/// The board of a test.
pub(super) struct Scene {
    pub(super) config: Config,
    pub(super) rules: Rules,
    pub(super) sites: Vec<Site>,
    pub(super) workloads: Vec<Workload>,
    pub(super) offers: Vec<BTreeMap<usize, Offer>>,
    pub(super) edges: Vec<Edge>,
    pub(super) gates: Vec<Option<Gate>>,
    pub(super) links: Links,
    /// What gateways, which stay, are charged by usage for the data that passes them.
    pub(super) charged: BTreeMap<usize, Decimal>,
    now: Vec<usize>,
}

impl Scene {
    /// A scene with the blocks of a `lepton.hcl`. The least saving is nothing unless the text says it.
    pub(super) fn new(text: &str) -> Self {
        let config = Config::read(&Source::new("lepton.hcl", text)).expect("the text of a test");
        let mut rules = config.placement.clone().unwrap_or_default();
        if !text.contains("minimum_saving") {
            (rules.minimum_saving, rules.minimum_percent) = (Decimal::ZERO, Decimal::ZERO);
        }
        let sites = config.sites.iter().map(|site| Site::Own(Box::new(site.clone()))).collect();
        Self {
            config,
            rules,
            sites,
            workloads: Vec::new(),
            offers: Vec::new(),
            edges: Vec::new(),
            gates: Vec::new(),
            links: Links::new(),
            charged: BTreeMap::new(),
            now: Vec::new(),
        }
    }

    fn site(&mut self, name: &str) -> usize {
        if let Some(at) = self.sites.iter().position(|site| site.name() == name) {
            return at;
        }
        let (provider, region) = name.split_once('/').expect("a provider and a region, or a site of the text");
        self.sites.push(Site::region(provider, region));
        self.sites.len() - 1
    }

    /// A workload with its place and what it costs there.
    pub(super) fn workload(&mut self, address: &str, site: &str, cost: &str) -> usize {
        self.workload_of(address, site, cost, &[("concept", Value::from("vm")), ("wants", Value::from("machine"))])
    }

    /// The same with what its `workload` block of the catalog says.
    pub(super) fn workload_of(&mut self, address: &str, site: &str, cost: &str, needs: &[(&str, Value)]) -> usize {
        let at = self.site(site);
        let needs = needs.iter().map(|(name, value)| ((*name).into(), value.clone())).collect();
        self.now.push(at);
        self.workloads.push(Workload {
            address: Address::new(address),
            members: vec![Address::new(address)],
            need: Need::of(needs).expect("it names a concept"),
            provider: self.sites[at].provider().into(),
            region: site.split_once('/').map(|(_, region)| region).unwrap_or_default().into(),
            now: figure(cost),
            carried: Decimal::ZERO,
            open_lines: 0,
            has_fallback: false,
            components: BTreeMap::new(),
            at: vec![self.workloads.len()],
        });
        self.offers.push(BTreeMap::new());
        self.gates.push(None);
        self.workloads.len() - 1
    }

    /// What the workload would cost elsewhere, or on something else where it is.
    pub(super) fn offer(&mut self, workload: usize, site: &str, cost: &str) -> &mut Offer {
        let at = self.site(site);
        let offer = Offer {
            kind: "test".into(),
            size: format!("offer of {site}").into(),
            option: "on demand".into(),
            units: Decimal::ONE,
            monthly: figure(cost),
            used: figure(cost),
            equivalence: Equivalence::Exact,
            losses: Vec::new(),
            speed: None,
            shape: None,
            as_of: "2026-11".into(),
            is_exact_region: true,
            open_lines: 0,
            disk_iops: None,
            components: BTreeMap::new(),
        };
        self.offers[workload].insert(at, offer);
        self.offers[workload].get_mut(&at).expect("just put there")
    }

    /// Data a month from one workload to another, and back.
    pub(super) fn data(&mut self, from: usize, to: usize, gb: &str, back_gb: &str) {
        let (gb, back_gb) = (figure(gb), figure(back_gb));
        self.edges.push(Edge { from, to: Some(to), gb, back_gb, origin: Origin::Said });
    }

    /// A gateway that a workload's data passes on its way out, and what it takes for a GB.
    pub(super) fn gate(&mut self, workload: usize, gb_price: Option<&str>) -> &mut Gate {
        let gate = Gate { gb_price: gb_price.map(figure), is_for_outside: true, gateways: vec![0] };
        self.gates[workload].insert(gate)
    }

    /// A private link that the data between two workloads passes, and what it takes for a GB.
    pub(super) fn private_link(&mut self, from: usize, to: usize, gb_price: Option<&str>) {
        self.links.insert((from, to), Passed { gb_price: gb_price.map(figure), at: 0, serves: to });
    }

    /// Data a month to the outside.
    pub(super) fn outside(&mut self, from: usize, gb: &str) {
        self.edges.push(Edge { from, to: None, gb: figure(gb), back_gb: Decimal::ZERO, origin: Origin::Said });
    }

    /// The decision.
    pub(super) fn place(self) -> Result<Placement, Vec<Problem>> {
        let facts: Vec<WorkloadFacts> = constraints::facts(&self.config, &self.workloads);
        let rules: Vec<Constraint> =
            constraints::constraints(&self.config, &self.rules, &self.workloads, &facts, &self.sites);
        let mut board = Board {
            base: self.workloads.iter().map(|workload| workload.now).collect(),
            lacks: vec![BTreeMap::new(); self.workloads.len()],
            facts,
            workloads: self.workloads,
            sites: self.sites,
            now: self.now,
            offers: self.offers,
            edges: self.edges,
            gates: self.gates,
            links: self.links,
            fixed: self.charged.values().sum(),
            rules: self.rules,
            paths: self.config.paths.clone(),
            commitments: self.config.commitments.clone(),
            usd: Decimal::ONE,
            today: "2026-11-28".into(),
        };
        board.fixed -= board.counted_twice(&self.charged).values().sum::<Decimal>();
        Table { board, constraints: rules, source: self.config.source.as_ref() }.conclude(Vec::new(), 0, Vec::new())
    }

    /// The decision where one is expected.
    pub(super) fn placed(self) -> Placement {
        self.place().unwrap_or_else(|problems| panic!("{problems:?}"))
    }
}

/// Where each workload that moves goes, in order of address.
pub(super) fn moves(placement: &Placement) -> Vec<(String, String)> {
    let moved = placement.suggestions.iter().flat_map(|suggestion| &suggestion.moved);
    let mut moves: Vec<_> = moved.map(|moved| (moved.address.to_string(), moved.to.clone())).collect();
    moves.sort();
    moves
}

/// A monthly cost to the cent.
pub(super) fn cents(amount: Decimal) -> Decimal {
    amount.round_dp(2)
}

/// A loss that may be suggested.
pub(super) fn loss(code: Code) -> Loss {
    Loss::new(code, LossLevel::Review, "a test")
}
