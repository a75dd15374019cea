//! The view of a placement: what every format shows, computed once. JSON carries it as it is, and it reads back.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use super::lifecycle::LifecycleRuleView;
use crate::model::Address;
use crate::place::{Figures, Lack, Moved, Placement, Proved, Refusal, Suggestion, Tiering};

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
    /// Providers and sites that cannot take all that could run there: they have no row.
    pub no_single: Vec<String>,
    /// What makes the hybrid, dearest first.
    pub suggestions: Vec<SuggestionView>,
    /// What looks cheaper and is not worth making.
    pub refusals: Vec<RefusalView>,
    /// Workloads that have no other place.
    pub stuck: Vec<StuckView>,
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
    /// Data flows that nobody measured or said.
    pub assumed_flows: usize,
    /// Data flows with a price that nobody knows: they are in no sum.
    pub unknown_flows: usize,
    /// The candidates.
    pub sites: Vec<String>,
    /// How good the hybrid is known to be.
    pub proof: ProofView,
    /// What the benefit is.
    pub benefit_definition: String,
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
    /// Workloads that cannot be there.
    pub cannot: usize,
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

const BENEFIT: &str = "The benefit is what the work done in a month is worth: `value` in lepton.hcl, else what the \
                       work costs today, so that B/C is 1.00 now.";

impl PlacementView {
    /// The view of a placement.
    pub fn of(placement: &Placement) -> Self {
        let now = placement.now.bill.monthly();
        let saving = placement.saving();
        Self {
            saving: saving.normalize(),
            saving_percent: percent(saving, now),
            migration: placement.hybrid.bill.migration.normalize(),
            workloads: placement.workloads.len(),
            summary: summary(placement),
            no_single: no_single(placement),
            suggestions: placement.suggestions.iter().map(|found| suggestion(placement, found)).collect(),
            refusals: placement.refusals.iter().map(|found| refusal(placement, found)).collect(),
            stuck: placement.stuck.iter().map(|(address, lack)| stuck(placement, address, *lack)).collect(),
            tiering: placement.tiering.iter().map(tiering).collect(),
            lifecycle_rules: placement.lifecycle_rules.iter().map(LifecycleRuleView::of).collect(),
            untold_buckets: placement.untold_buckets,
            stays: StaysView {
                resources: placement.stays.len(),
                monthly: placement.stays.iter().map(|(_, cost)| *cost).sum::<Decimal>().normalize(),
            },
            unpriced: placement.unpriced,
            assumed_flows: placement.assumed_flows,
            unknown_flows: placement.unknown_flows,
            sites: placement.sites.clone(),
            proof: proof(placement.proved),
            benefit_definition: BENEFIT.into(),
        }
    }
}

/// Providers among the candidates that no placement has alone, each once.
fn no_single(placement: &Placement) -> Vec<String> {
    let provider = |site: &String| site.split_once('/').map_or(site.as_str(), |(provider, _)| provider).to_owned();
    let mut names: Vec<String> = placement.sites.iter().map(provider).collect();
    names.sort_unstable();
    names.dedup();
    names.retain(|name| placement.single.iter().all(|(provider, _)| provider != name));
    names
}

fn summary(placement: &Placement) -> Vec<SummaryRow> {
    let best = placement.hybrid.bill.monthly();
    let has_suggestions = !placement.suggestions.is_empty();
    let row = |kind: &str, provider: Option<&SmolStr>, figures: &Figures| {
        let bill = &figures.bill;
        let recommendation = match kind {
            "hybrid" if has_suggestions => "recommended",
            "now" if !has_suggestions => "recommended",
            _ if bill.monthly() > best => "dearer",
            _ if bill.monthly() == best => "same",
            _ => "not-worth",
        };
        SummaryRow {
            kind: kind.into(),
            provider: provider.cloned(),
            moved: figures.moved,
            cannot: figures.cannot,
            monthly: bill.monthly().normalize(),
            running: bill.running.normalize(),
            traffic: bill.traffic.normalize(),
            fees: bill.fees.normalize(),
            stranded: bill.stranded.normalize(),
            migration: bill.migration.normalize(),
            benefit: figures.benefit.normalize(),
            ratio: figures.ratio().map(fine),
            recommendation: recommendation.into(),
        }
    };
    let mut rows = vec![row("now", None, &placement.now)];
    rows.extend(placement.shrunk.iter().map(|figures| row("resized", None, figures)));
    rows.extend(placement.single.iter().map(|(provider, figures)| row("single", Some(provider), figures)));
    rows.push(row("hybrid", None, &placement.hybrid));
    rows
}

fn suggestion(placement: &Placement, suggestion: &Suggestion) -> SuggestionView {
    let losses = suggestion.losses().into_iter().map(|loss| LossView {
        code: loss.code.as_str().into(),
        level: loss.level.as_str().into(),
        text: loss.text.clone(),
    });
    SuggestionView {
        kind: if suggestion.is_in_place() { "resize" } else { "move" }.into(),
        moved: suggestion.moved.iter().map(|found| moved(placement, found)).collect(),
        without: suggestion.without.normalize(),
        with: suggestion.with.normalize(),
        saving: suggestion.saving().normalize(),
        in_place: suggestion.in_place.normalize(),
        traffic: suggestion.traffic.normalize(),
        fees: suggestion.fees.normalize(),
        migration: suggestion.migration.normalize(),
        payback_months: suggestion.payback_months.map(fine),
        break_even_traffic: suggestion.break_even_traffic.map(fine),
        price_margin_percent: suggestion.price_margin_percent.map(fine),
        losses: losses.collect(),
        confidence: suggestion.confidence.as_str().into(),
        doubts: suggestion.doubts.clone(),
    }
}

fn moved(placement: &Placement, moved: &Moved) -> MovedView {
    let workload = placement.workloads.iter().find(|workload| workload.address == moved.address);
    let offer = &moved.offer;
    let bounds = workload.and_then(|workload| workload.between(offer));
    MovedView {
        address: moved.address.as_str().into(),
        members: moved.members,
        from: moved.from.clone(),
        to: moved.to.clone(),
        size: moved.size.clone(),
        units: workload.and_then(|workload| workload.need.count).map(|count| count.normalize()),
        monthly: moved.now.normalize(),
        offer: OfferView {
            kind: offer.kind.to_string(),
            size: offer.size.to_string(),
            option: offer.option.to_string(),
            units: offer.units.normalize(),
            monthly: offer.monthly.normalize(),
            used: fine(offer.used),
            least: bounds.map(|(least, _)| fine(least)),
            most: bounds.map(|(_, most)| fine(most)),
            equivalence: offer.equivalence.as_str().into(),
            speed: offer.speed.map(fine),
            as_of: offer.as_of.to_string(),
            exact_region: offer.is_exact_region,
            open_lines: offer.open_lines,
        },
    }
}

fn refusal(placement: &Placement, refusal: &Refusal) -> RefusalView {
    RefusalView {
        moved: moved(placement, &refusal.moved),
        by_price: refusal.by_price.normalize(),
        traffic: refusal.traffic.normalize(),
        fees: refusal.fees.normalize(),
        migration: refusal.migration.normalize(),
        saving: refusal.saving.normalize(),
        reason: refusal.reason.clone(),
        break_even_traffic: refusal.break_even_traffic.map(fine),
    }
}

fn stuck(placement: &Placement, address: &Address, lack: Lack) -> StuckView {
    // Without another site there is nothing that could have been lacking.
    let reason = if placement.sites.len() < 2 { "there is no other site" } else { lack.as_str() };
    StuckView { address: address.as_str().into(), reason: reason.into() }
}

fn tiering(tiering: &Tiering) -> TieringView {
    let stage = |(day, class): &(Decimal, SmolStr)| StageView { from_day: day.normalize(), class: class.to_string() };
    let refuted = |(class, cost): &(SmolStr, Decimal)| RefutedView { class: class.to_string(), cost: fine(*cost) };
    TieringView {
        address: tiering.address.as_str().into(),
        months: fine(tiering.months),
        months_assumed: tiering.is_months_assumed,
        stays: fine(tiering.stays),
        planned: tiering.planned.map(fine),
        planned_whole: tiering.is_planned_whole,
        stages: tiering.stages.iter().map(stage).collect(),
        best: fine(tiering.best),
        saving: fine(tiering.saving()),
        refuted: tiering.refuted.iter().map(refuted).collect(),
        as_of: tiering.as_of.to_string(),
    }
}

fn proof(proved: Proved) -> ProofView {
    match proved {
        Proved::Optimal | Proved::Relaxation => ProofView { kind: "optimal".into(), gap_percent: None },
        Proved::Gap(share) => ProofView {
            kind: "bound".into(),
            gap_percent: Decimal::try_from(share * 100.0).ok().map(|percent| percent.round_dp(2).normalize()),
        },
    }
}

/// What division gave, in as many places as anybody reads.
pub(super) fn fine(number: Decimal) -> Decimal {
    number.round_dp(4).normalize()
}

fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    (part * Decimal::ONE_HUNDRED).checked_div(whole).map(fine)
}
