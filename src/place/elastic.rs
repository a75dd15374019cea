//! What would follow demand: machines outside production on a schedule, and the bounds of groups.
//!
//! Both stand beside the suggestions and in none of their sums: they change how long or how many machines run.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::placement::Placing;
use super::workload::Workload;
use crate::catalog::overlay;
use crate::config::{Placement, WorkloadFacts};
use crate::estimate::{Estimator, Patched};
use crate::model::{Address, Object, Value};

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
    if placing.all_hours.is_empty() {
        return Vec::new();
    }
    let rules = placing.config.placement.as_ref();
    let hours = rules.map_or(Placement::SCHEDULE_HOURS, |rules| rules.schedule_hours);
    let original = placing.estimator;
    let usage = |kind: &str, address: &Address| {
        let scheduled: Object = [(HOURS.into(), Value::Number(hours))].into_iter().collect();
        overlay(&(original.usage)(kind, address), &scheduled)
    };
    let estimator =
        Estimator { usage: &usage, region: original.region.clone(), currency: original.currency.clone(), ..*original };
    let repricer = estimator.repricer(placing.plan);
    let mut owners: BTreeMap<&Address, (usize, usize)> = BTreeMap::new();
    for (at, workload) in workloads.iter().enumerate().filter(|(at, _)| facts[*at].hours.is_none()) {
        let addresses = workload.at.iter().map(|position| (&placing.plan.changes[*position].address, (at, *position)));
        owners.extend(addresses);
    }
    let schedule = |address: &Address| {
        let (owner, position) = *owners.get(address)?;
        let now = placing.priced.changes[position].after.as_deref()?.monthly().known?.amount;
        let then = repricer.reprice(position, &Patched::default())?.monthly().known?.amount;
        let workload = &workloads[owner];
        (then < now).then(|| Schedule {
            workload: workload.address.clone(),
            address: address.clone(),
            site: format!("{}/{}", workload.provider, workload.region),
            monthly: now,
            hours,
            scheduled: then,
        })
    };
    let mut found: Vec<Schedule> = placing.all_hours.iter().filter_map(schedule).collect();
    found.sort_by(|a, b| b.saving().cmp(&a.saving()).then_with(|| a.address.cmp(&b.address)));
    found
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
