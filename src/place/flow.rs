//! What the catalog says of the data of single resources: how much usage knows of, and what is paid for passing it.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::workload::Workload;
use crate::catalog::{Asker, Sheet};
use crate::estimate::{Estimate, Line, Monthly, Quantity, UnitPrice};
use crate::model::{Plan, Problem, Value};

/// The attributes of a `workload` block that speak of data.
const NAMES: [&str; 8] =
    ["traffic_gb", "internet_gb", "charged_in", "calls", "processes", "unit_gb", "fronts", "direct"];

/// What is known of the data of one resource. GB and calls are of a month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Flow {
    /// GB that pass it, both ways together.
    pub(super) traffic_gb: Option<Decimal>,
    /// GB that leave for the internet.
    pub(super) internet_gb: Option<Decimal>,
    /// The components of its stanza that charge for those: the edge does so in their place.
    pub(super) charged_in: Vec<SmolStr>,
    /// How often it reads or writes an object of what it refers to.
    pub(super) calls: Option<Decimal>,
    /// The components of its stanza that charge for what passes it; the price of a GB is that of the first.
    pub(super) processes: Vec<SmolStr>,
    /// GB in a printed unit of that component.
    pub(super) unit_gb: Decimal,
    /// Whether the internet reaches what it is for through it.
    pub(super) fronts: bool,
    /// Whether it reaches the internet by an address of its own, past any gateway.
    pub(super) direct: bool,
}

/// What is known of data, by the position of resources in the plan.
#[derive(Clone, Debug, Default)]
pub(super) struct Flows {
    pub(super) of: BTreeMap<usize, Flow>,
    /// What the data of a resource goes on to.
    pub(super) leads: BTreeMap<usize, BTreeSet<usize>>,
    /// Ends of private links, with what is behind them.
    pub(super) links: BTreeMap<usize, Link>,
}

/// The end of a private link: data from its network to what it serves passes it, and is paid for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Link {
    /// What it serves, by positions in the plan.
    pub(super) serves: Vec<usize>,
    /// Types of which it serves every resource, such as the buckets of a region.
    pub(super) kinds: Vec<SmolStr>,
    /// The network that it is in; where nothing is said, whoever has a private way there passes it.
    pub(super) within: Vec<usize>,
}

impl Flows {
    /// Takes in what a block says of a resource.
    pub(super) fn read(&mut self, sheet: &Sheet, asker: &Asker<'_>, plan: &Plan, at: usize) -> Result<(), Problem> {
        if sheet.has("leads") {
            let [leads] = sheet.read(asker, ["leads"])?;
            self.lead(&leads, plan, at);
        }
        if sheet.has("serves") || sheet.has("serves_types") {
            let [serves, kinds, within] = sheet.read(asker, ["serves", "serves_types", "within"])?;
            self.link(&serves, &kinds, &within, plan, at);
        }
        if NAMES.iter().any(|name| sheet.has(name)) {
            let flow = Flow::of(sheet.read(asker, NAMES)?);
            if flow != Flow::of([const { Value::Null }; NAMES.len()]) {
                self.of.insert(at, flow);
            }
        }
        Ok(())
    }

    fn link(&mut self, serves: &Value, kinds: &Value, within: &Value, plan: &Plan, at: usize) {
        let targets = |path: &Value| path.as_str().map_or_else(Vec::new, |path| plan.references.targets(at, path));
        let link = Link {
            serves: serves.as_list().into_iter().flatten().flat_map(targets).collect(),
            kinds: kinds.as_list().into_iter().flatten().filter_map(|kind| kind.as_str().map(SmolStr::from)).collect(),
            within: targets(within),
        };
        if !link.serves.is_empty() || !link.kinds.is_empty() {
            self.links.insert(at, link);
        }
    }

    /// `["subnet_id", "route_table_id"]`: the one's data goes on to the other; `"."` is the resource itself.
    fn lead(&mut self, leads: &Value, plan: &Plan, at: usize) {
        let ends = |path: &Value| match path.as_str() {
            Some(".") => vec![at],
            Some(path) => plan.references.targets(at, path),
            None => Vec::new(),
        };
        let ends: Vec<Vec<usize>> = leads.as_list().into_iter().flatten().map(ends).collect();
        let [from, to] = ends.as_slice() else { return };
        for &from in from {
            self.leads.entry(from).or_default().extend(to);
        }
    }

    /// What is known of the data of a workload's members.
    pub(super) fn members<'f>(&'f self, workload: &'f Workload) -> impl Iterator<Item = (usize, &'f Flow)> {
        workload.at.iter().filter_map(|at| Some((*at, self.of.get(at)?)))
    }

    /// The gateways that data of a workload passes on its way out, by following what it refers to and where that leads.
    ///
    /// `others` are the members of all workloads: where another sits says nothing of this one.
    pub(super) fn gateways(&self, plan: &Plan, workload: &Workload, others: &BTreeSet<usize>) -> Vec<usize> {
        const MOST_LEADS: usize = 4;
        if self.leads.is_empty() || self.members(workload).any(|(_, flow)| flow.direct) {
            return Vec::new();
        }
        // The lead: its load balancer sits elsewhere.
        let lead = workload.at.iter().take(1).copied().collect();
        let mut step: Vec<usize> = reach(plan, lead, others).shared.into_iter().collect();
        let mut found = BTreeSet::new();
        let mut passed = BTreeSet::new();
        for _ in 0..MOST_LEADS {
            step = step.iter().filter_map(|at| self.leads.get(at)).flatten().copied().collect();
            step.retain(|at| passed.len() < MOST_SEEN && passed.insert(*at));
            found.extend(step.iter().copied().filter(|at| self.processes(*at)));
        }
        found.into_iter().collect()
    }

    fn processes(&self, at: usize) -> bool {
        self.of.get(&at).is_some_and(|flow| !flow.processes.is_empty())
    }
}

const MOST_SEEN: usize = 256;

/// What resources refer to, directly or through what belongs to no workload.
#[derive(Clone, Debug, Default)]
pub(super) struct Reach {
    /// They themselves, and what belongs to no workload.
    pub(super) shared: BTreeSet<usize>,
    /// Members of workloads, at which the way ends.
    pub(super) members: BTreeSet<usize>,
}

/// What some resources refer to in a few steps; `members` are those of all workloads.
pub(super) fn reach(plan: &Plan, start: Vec<usize>, members: &BTreeSet<usize>) -> Reach {
    const MOST_REFERENCES: usize = 3;
    let mut found = Reach { shared: start.iter().copied().collect(), members: BTreeSet::new() };
    let mut step = start;
    for _ in 0..MOST_REFERENCES {
        step = step.iter().flat_map(|at| plan.references.all_targets(*at)).collect();
        found.members.extend(step.iter().filter(|at| members.contains(at)));
        step.retain(|at| found.shared.len() < MOST_SEEN && !members.contains(at) && found.shared.insert(*at));
    }
    found
}

impl Flow {
    fn of(values: [Value; NAMES.len()]) -> Self {
        let [traffic_gb, internet_gb, charged_in, calls, processes, unit_gb, fronts, direct] = values;
        let number = |value: &Value| value.unmarked().as_number().filter(|number| !number.is_sign_negative());
        let truth = |value: &Value| value.unmarked().as_bool() == Some(true);
        let text = |value: &Value| value.unmarked().as_str().map(SmolStr::from);
        Self {
            traffic_gb: number(&traffic_gb),
            internet_gb: number(&internet_gb),
            charged_in: charged_in.as_list().into_iter().flatten().filter_map(text).collect(),
            calls: number(&calls),
            processes: match text(&processes) {
                Some(one) => vec![one],
                None => processes.as_list().into_iter().flatten().filter_map(text).collect(),
            },
            unit_gb: number(&unit_gb).filter(|gb| !gb.is_zero()).unwrap_or(Decimal::ONE),
            fronts: truth(&fronts),
            direct: truth(&direct),
        }
    }

    /// What a GB that passes it costs: the price of its component, in the tier that usage has reached.
    pub(super) fn gb_price(&self, estimate: &Estimate) -> Option<Decimal> {
        let line = self.lines(estimate).next()?;
        let UnitPrice::Known(tiers) = &line.price else { return None };
        let reached = if let Quantity::Known(quantity) = line.quantity { quantity } else { Decimal::ZERO };
        let tier = tiers.iter().take_while(|tier| tier.from <= reached).last().or(tiers.first())?;
        (tier.price * (Decimal::ONE - line.discount)).checked_div(self.unit_gb)
    }

    /// What its stanza charges for passing data already, out of usage; nothing where usage says nothing.
    pub(super) fn charged(&self, estimate: &Estimate) -> Option<Decimal> {
        let exact = |line: &Line| match &line.monthly {
            Monthly::Exact(money) => Some(money.amount),
            Monthly::Unknown(_) => None,
        };
        self.lines(estimate).filter_map(exact).reduce(|sum, amount| sum + amount)
    }

    /// The lines that charge for passing data, in the order of their components.
    fn lines<'e>(&'e self, estimate: &'e Estimate) -> impl Iterator<Item = &'e Line> {
        let of = |label: &'e SmolStr| estimate.lines.iter().find(move |line| line.component == *label);
        self.processes.iter().filter_map(of)
    }

    /// What its stanza charges for data that leaves for the internet.
    pub(super) fn charged_for_internet(&self, estimate: &Estimate) -> Decimal {
        let is_meant = |line: &&Line| self.charged_in.contains(&line.component);
        let exact = |line: &Line| if let Monthly::Exact(money) = &line.monthly { Some(money.amount) } else { None };
        estimate.lines.iter().filter(is_meant).filter_map(exact).sum()
    }
}
