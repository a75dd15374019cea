//! The view of a placement: what every format shows, computed once. JSON carries it as it is, and it reads back.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::lifecycle::LifecycleRuleView;

/// Where the work of a project could run, and what that would cost. Amounts are a month, in the report's currency.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PlacementView {
    /// What following all suggestions saves.
    pub saving: Decimal,
    /// The share of the cost now that it is, in percent.
    pub saving_percent: Option<Decimal>,
    /// What moving costs once.
    pub migration: Decimal,
    /// How many workloads there are.
    pub workloads: usize,
    /// A row per placement: now, each provider alone, the hybrid.
    pub summary: Vec<SummaryRow>,
    /// What each cloud has of the placement as it is, and of the hybrid.
    pub clouds: Vec<CloudView>,
    /// Providers and own sites without a row, as nothing here could run there.
    pub no_single: Vec<AbsentView>,
    /// What makes the hybrid, dearest first.
    pub suggestions: Vec<SuggestionView>,
    /// What looks cheaper and is not worth making.
    pub refusals: Vec<RefusalView>,
    /// Workloads that have no other place.
    pub stuck: Vec<StuckView>,
    /// Machines outside production that could run on a schedule, by what that saves: in no figure.
    pub schedules: Vec<ScheduleView>,
    /// Groups of machines with what their bounds cost: in no figure.
    pub ranges: Vec<RangeView>,
    /// What the data of buckets would cost in other classes.
    pub tiering: Vec<TieringView>,
    /// The lifecycle rules that the plan has for buckets, and what is found of each.
    pub lifecycle_rules: Vec<LifecycleRuleView>,
    /// Buckets of which too little is known for that.
    pub untold_buckets: usize,
    /// Resources that stay whatever moves.
    pub stays: StaysView,
    /// Resources whose cost nobody knows.
    pub unpriced: usize,
    /// Data flows that `traffic` in `lepton.hcl` says.
    pub said_flows: usize,
    /// Data flows that usage figures give.
    pub usage_flows: usize,
    /// Data flows that nobody measured or said.
    pub assumed_flows: usize,
    /// All of them.
    pub flows: Vec<FlowView>,
    /// Data flows with a price that nobody knows: they are in no sum.
    pub unknown_flows: usize,
    /// The candidates.
    pub sites: Vec<String>,
    /// How good the hybrid is known to be.
    pub proof: ProofView,
    /// What the benefit is.
    pub benefit_definition: String,
}

/// Data between two workloads, or to the internet.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FlowView {
    /// The one workload.
    pub from: String,
    /// The other; nothing is the internet.
    pub to: Option<String>,
    /// GB a month from the one to the other.
    pub gb: Decimal,
    /// GB back.
    pub back_gb: Decimal,
    /// `said` in `lepton.hcl`, out of `usage`, or `assumed`.
    pub origin: SmolStr,
}

/// A placement in figures.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SummaryRow {
    /// `now`, `resized`, `single` or `hybrid`.
    pub kind: String,
    /// The provider or site of a single one.
    pub provider: Option<SmolStr>,
    /// Workloads elsewhere than today.
    pub moved: usize,
    /// Workloads that are not there.
    pub cannot: usize,
    /// Of them, those that could be, if capacity and rules between workloads left them room.
    pub held: usize,
    /// What it costs.
    pub monthly: Decimal,
    /// Of it, what runs.
    pub running: Decimal,
    /// Of it, what carrying data costs.
    pub traffic: Decimal,
    /// Of it, fixed fees.
    pub fees: Decimal,
    /// Of it, commitments that are paid and no longer used.
    pub stranded: Decimal,
    /// What moving there costs once.
    pub migration: Decimal,
    /// What the work is worth.
    pub benefit: Decimal,
    /// The benefit over the cost.
    pub ratio: Option<Decimal>,
    /// `recommended`, `dearer`, `same` or `not-worth`.
    pub recommendation: String,
}

/// What a cloud, or an own site, has of a placement.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CloudView {
    /// `now` or `hybrid`.
    pub placement: String,
    /// `cloud`, `ways` for the fees of the ways between them, or `all`.
    pub kind: String,
    /// The provider or own site of a cloud.
    pub provider: Option<SmolStr>,
    /// Workloads that run there.
    pub workloads: usize,
    /// Resources with a known cost.
    pub resources: usize,
    /// vCPUs of its machines, as far as they are known.
    pub vcpu: Decimal,
    /// GiB of their memory, as far as that is known.
    pub memory_gb: Decimal,
    /// What an own site holds: vCPUs and GiB.
    pub capacity: Option<CapacityView>,
    /// What it bills.
    pub monthly: Decimal,
    /// What the work done there is worth.
    pub benefit: Decimal,
    /// The benefit over the cost.
    pub ratio: Option<Decimal>,
    /// Workloads that leave it for the hybrid, or that come to it in the hybrid.
    pub moving: usize,
    /// Workloads that run on other machines there in the hybrid.
    pub resized: usize,
    /// `keep`, `resize`, `reduce`, `leave`, `extend` or `begin`; for all of them that of the placement; nothing for
    /// ways.
    pub recommendation: Option<String>,
}

/// What an own site holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CapacityView {
    /// vCPUs.
    pub vcpu: Decimal,
    /// GiB of memory.
    pub memory_gb: Decimal,
}

/// A provider or own site at which nothing here could run.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AbsentView {
    /// Its name.
    pub provider: SmolStr,
    /// Why.
    pub reason: String,
}

/// A machine outside production that runs at all hours, and what it would cost on a schedule where it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ScheduleView {
    /// The machine, or the group of machines.
    pub address: String,
    /// Its place.
    pub site: String,
    /// What it costs at all hours.
    pub monthly: Decimal,
    /// How many hours of the month's 730 it would run.
    pub hours: Decimal,
    /// How many it would not.
    pub fewer_hours: Decimal,
    /// What each of those costs.
    pub hourly: Decimal,
    /// What it would cost on the schedule.
    pub scheduled: Decimal,
    /// The difference.
    pub saving: Decimal,
    /// Whether a suggestion changes its workload: then the two savings do not add up.
    pub in_suggestion: bool,
}

/// A group of machines with what its bounds cost where it is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RangeView {
    /// The group.
    pub address: String,
    /// Its place.
    pub site: String,
    /// How many machines were counted.
    pub units: Decimal,
    /// What they cost.
    pub monthly: Decimal,
    /// The least number of machines.
    pub least_units: Decimal,
    /// The greatest.
    pub most_units: Decimal,
    /// What the least number costs.
    pub least: Decimal,
    /// What the greatest does.
    pub most: Decimal,
}

/// A move that is worth making, or several that are worth it only together.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SuggestionView {
    /// `move`, or `resize` where nothing leaves its place.
    pub kind: String,
    /// What moves.
    pub moved: Vec<MovedView>,
    /// What everything costs without it.
    pub without: Decimal,
    /// What everything costs with it.
    pub with: Decimal,
    /// The difference.
    pub saving: Decimal,
    /// Of the difference, what another machine where it is would save as well.
    pub in_place: Decimal,
    /// What carrying data adds.
    pub traffic: Decimal,
    /// What fees and stranded commitments add.
    pub fees: Decimal,
    /// What it costs once.
    pub migration: Decimal,
    /// After how many months it has paid for itself.
    pub payback_months: Option<Decimal>,
    /// At which multiple of the traffic it no longer saves.
    pub break_even_traffic: Option<Decimal>,
    /// By how many percent the new price may rise.
    pub price_margin_percent: Option<Decimal>,
    /// What is lost, worst first.
    pub losses: Vec<LossView>,
    /// `high`, `medium` or `low`.
    pub confidence: String,
    /// Why it is no surer.
    pub doubts: Vec<String>,
}

/// What the data of a bucket costs over its life, by class.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct TieringView {
    /// The bucket.
    pub address: String,
    /// How many months its data is kept.
    pub months: Decimal,
    /// Whether nobody said so.
    pub months_assumed: bool,
    /// What it costs over its life in the class where it begins.
    pub stays: Decimal,
    /// What it costs with those rules of the plan's own lifecycle that can be judged; nothing if there are none.
    pub planned: Option<Decimal>,
    /// Whether those are all its rules.
    pub planned_whole: bool,
    /// The cheapest life.
    pub stages: Vec<StageView>,
    /// What that costs.
    pub best: Decimal,
    /// What it saves over the whole life, against the plan's own lifecycle where that is known; below zero, the plan's
    /// is cheaper still.
    pub saving: Decimal,
    /// Classes into which a move at once would lose money.
    pub refuted: Vec<RefutedView>,
    /// The date of the prices.
    pub as_of: String,
}

/// A class, and the day at which data gets there.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StageView {
    /// The day.
    pub from_day: Decimal,
    /// The class.
    pub class: String,
}

/// A class into which a move loses money.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RefutedView {
    /// The class.
    pub class: String,
    /// What the whole life would cost there.
    pub cost: Decimal,
}

/// A workload with its new place.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct MovedView {
    /// The workload.
    pub address: String,
    /// How many resources move with it.
    pub members: usize,
    /// Its place.
    pub from: String,
    /// Its new place.
    pub to: String,
    /// Its machine.
    pub size: Option<String>,
    /// How many of them; nothing if that is not known.
    pub units: Option<Decimal>,
    /// What it costs now.
    pub monthly: Decimal,
    /// How many hours a month it would run, where `hours` in lepton.hcl says so.
    pub hours: Option<Decimal>,
    /// What it would run on.
    pub offer: OfferView,
}

/// What a workload would run on.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct OfferView {
    /// The resource type; empty at an own site.
    #[serde(rename = "type")]
    pub kind: String,
    /// The machine.
    pub size: String,
    /// How it is bought.
    pub option: String,
    /// How many.
    pub units: Decimal,
    /// What all of them cost.
    pub monthly: Decimal,
    /// The part of it that serves the demand.
    pub used: Decimal,
    /// What the least number of a group's machines would cost.
    pub least: Option<Decimal>,
    /// What the greatest number would.
    pub most: Option<Decimal>,
    /// `exact`, `superset` or `adjusted`.
    pub equivalence: String,
    /// How much faster its vCPU is.
    pub speed: Option<Decimal>,
    /// The oldest day of its prices.
    pub as_of: String,
    /// Whether its prices are of its own region.
    pub exact_region: bool,
    /// Lines that only usage decides.
    pub open_lines: usize,
}

/// Something that is not the same.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct LossView {
    /// Its permanent code.
    pub code: String,
    /// `note`, `review` or `block`.
    pub level: String,
    /// What it means here.
    pub text: String,
}

/// A move that is not worth making.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RefusalView {
    /// What would move.
    pub moved: MovedView,
    /// What it would save by its price alone.
    pub by_price: Decimal,
    /// What carrying data would add.
    pub traffic: Decimal,
    /// What fees and stranded commitments would add.
    pub fees: Decimal,
    /// What it would cost once.
    pub migration: Decimal,
    /// What is left.
    pub saving: Decimal,
    /// Why not.
    pub reason: String,
    /// Below which multiple of the traffic it would save.
    pub break_even_traffic: Option<Decimal>,
}

/// A workload that has no other place.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StuckView {
    /// The workload.
    pub address: String,
    /// Why.
    pub reason: String,
}

/// Resources that stay whatever moves.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct StaysView {
    /// How many.
    pub resources: usize,
    /// What they cost.
    pub monthly: Decimal,
}

/// How good a placement is known to be.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct ProofView {
    /// `optimal` or `bound`.
    pub kind: String,
    /// By how many percent something could be cheaper at most.
    pub gap_percent: Option<Decimal>,
}
