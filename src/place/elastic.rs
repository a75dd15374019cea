//! What would follow demand: machines outside production on a schedule, and the bounds of groups.
//!
//! Both stand beside the suggestions and in none of their sums: they change how long or how many machines run.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::offer::{Equivalence, Offer};
use super::placement::Placing;
use super::workload::Workload;
use crate::catalog::overlay;
use crate::config::{Placement, WorkloadFacts};
use crate::estimate::{Estimator, Patched};
use crate::model::{Address, Value};

/// Hours of a month.
const MONTH: Decimal = Decimal::from_parts(730, 0, 0, false, 0);

/// By what usage says how many hours of a month a machine runs.
const HOURS: &str = "monthly_hrs";

/// A resource outside production that runs at all hours, and what it would cost on a schedule where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The workload that it belongs to.
    pub workload: Address,
    /// The resource.
    pub address: Address,
    /// Its place.
    pub site: String,
    /// What it costs a month at all hours.
    pub monthly: Decimal,
    /// How many hours it would run.
    pub hours: Decimal,
    /// What it would cost then.
    pub scheduled: Decimal,
}

impl Schedule {
    /// What it would save a month.
    pub fn saving(&self) -> Decimal {
        self.monthly - self.scheduled
    }

    /// How many hours it would not run.
    pub fn fewer_hours(&self) -> Decimal {
        MONTH - self.hours
    }

    /// What each of them costs.
    pub fn hourly(&self) -> Option<Decimal> {
        self.saving().checked_div(self.fewer_hours())
    }
}

/// A group of machines, and what its bounds cost where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// The group.
    pub address: Address,
    /// Its place.
    pub site: String,
    /// How many machines were counted.
    pub units: Decimal,
    /// What they cost a month.
    pub monthly: Decimal,
    /// Its least and its greatest number of machines.
    pub bounds: (Decimal, Decimal),
    /// What those cost.
    pub costs: (Decimal, Decimal),
}

/// What each machine that need not run at all hours would cost on a schedule: priced again by its own stanza.
///
/// Whose hours the user says is left out, as are stanzas that do not go by hours.
pub(super) fn schedules(placing: &Placing<'_>, workloads: &[Workload], facts: &[WorkloadFacts]) -> Vec<Schedule> {
    let rules = placing.config.placement.as_ref();
    let hours = rules.map_or(Placement::SCHEDULE_HOURS, |rules| rules.schedule_hours);
    let mut owners: BTreeMap<&Address, (usize, usize)> = BTreeMap::new();
    for (at, workload) in workloads.iter().enumerate().filter(|(at, _)| facts[*at].hours.is_none()) {
        owners.extend(workload.at.iter().map(|position| (&placing.plan.changes[*position].address, (at, *position))));
    }
    let meant = placing.all_hours.iter().filter_map(|address| owners.get(address));
    let meant: Vec<(usize, usize)> = meant.copied().collect();
    let then = repriced(placing, &meant.iter().map(|(_, position)| (*position, hours)).collect());
    let schedule = |(owner, position): (usize, usize)| {
        let now = placing.priced.changes[position].after.as_deref()?.monthly().known?.amount;
        let scheduled = *then.get(&position)?;
        let workload = &workloads[owner];
        (scheduled < now).then(|| Schedule {
            workload: workload.address.clone(),
            address: placing.plan.changes[position].address.clone(),
            site: format!("{}/{}", workload.provider, workload.region),
            monthly: now,
            hours,
            scheduled,
        })
    };
    let mut found: Vec<Schedule> = meant.into_iter().filter_map(schedule).collect();
    found.sort_by(|a, b| b.saving().cmp(&a.saving()).then_with(|| a.address.cmp(&b.address)));
    found
}

/// Today's machines at today's place for the hours that the user says, as offers of the workloads; those that save.
pub(super) fn on_hours(
    placing: &Placing<'_>,
    workloads: &[Workload],
    facts: &[WorkloadFacts],
) -> BTreeMap<usize, Offer> {
    let told = |at: usize| facts[at].hours.filter(|hours| *hours < workloads[at].need.hours);
    let told: BTreeMap<usize, Decimal> = (0..workloads.len()).filter_map(|at| Some((at, told(at)?))).collect();
    let members = told.iter().flat_map(|(at, hours)| workloads[*at].at.iter().map(|position| (*position, *hours)));
    let then = repriced(placing, &members.collect());
    let estimate = |position: usize| placing.priced.changes[position].after.as_deref();
    let offer = |at: usize| {
        let workload = &workloads[at];
        let need = &workload.need;
        let now = |position: usize| Some(estimate(position)?.monthly().known?.amount);
        let costs = workload.at.iter().map(|position| then.get(position).copied().or_else(|| now(*position)));
        let monthly: Decimal = costs.flatten().sum();
        let lines = workload.at.iter().filter_map(|position| estimate(*position)).flat_map(|found| found.lines.iter());
        let dates = lines.flat_map(|line| line.why.prices.iter().map(|(price, _)| &price.source.as_of));
        if monthly >= workload.now {
            return None;
        }
        Some(Offer {
            kind: placing.plan.changes[*workload.at.first()?].after.as_ref()?.kind.clone(),
            size: need.size.clone().unwrap_or_default(),
            option: SmolStr::default(),
            units: need.units(),
            monthly,
            used: monthly,
            equivalence: Equivalence::Exact,
            losses: Vec::new(),
            speed: None,
            shape: need.vcpu.zip(need.memory_gb),
            as_of: dates.min().cloned().unwrap_or_default(),
            is_exact_region: !workload.has_fallback,
            open_lines: workload.open_lines,
            disk_iops: None,
            components: BTreeMap::new(),
        })
    };
    told.keys().filter_map(|at| Some((*at, offer(*at)?))).collect()
}

/// What resources would cost if they ran for some hours of a month, by their positions in the plan.
fn repriced(placing: &Placing<'_>, hours: &BTreeMap<usize, Decimal>) -> BTreeMap<usize, Decimal> {
    if hours.is_empty() {
        return BTreeMap::new();
    }
    let original = placing.estimator;
    let by_address: BTreeMap<&Address, Decimal> =
        hours.iter().map(|(position, hours)| (&placing.plan.changes[*position].address, *hours)).collect();
    let usage = |kind: &str, address: &Address| {
        let given = (original.usage)(kind, address);
        let Some(hours) = by_address.get(address) else { return given };
        overlay(&given, &[(HOURS.into(), Value::Number(*hours))].into_iter().collect())
    };
    let estimator =
        Estimator { usage: &usage, region: original.region.clone(), currency: original.currency.clone(), ..*original };
    let repricer = estimator.repricer(placing.plan);
    let cost = |position: &usize| {
        Some((*position, repricer.reprice(*position, &Patched::default(), None)?.monthly().known?.amount))
    };
    hours.keys().filter_map(cost).collect()
}

/// What groups cost at their bounds, where those are known.
pub(super) fn ranges(workloads: &[Workload]) -> Vec<Range> {
    let range = |workload: &Workload| {
        let costs = workload.between(workload.now)?;
        Some(Range {
            address: workload.address.clone(),
            site: format!("{}/{}", workload.provider, workload.region),
            units: workload.need.units(),
            monthly: workload.now,
            bounds: workload.need.bounds?,
            costs,
        })
    };
    workloads.iter().filter_map(range).collect()
}
