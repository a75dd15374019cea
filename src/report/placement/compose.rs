//! How a placement becomes its view.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::lifecycle::LifecycleRuleView;
use super::view::{
    AbsentView, CapacityView, CloudView, FlowView, LossView, MovedView, OfferView, PlacementView, ProofView, RangeView,
    RefusalView, RefutedView, ScheduleView, StageView, StaysView, StuckView, SuggestionView, SummaryRow, TieringView,
};
use crate::model::Address;
use crate::place::{
    Cloud, Edge, Figures, Lack, Moved, Origin, Placement, Proved, Range, Refusal, Schedule, Site, Suggestion, Tiering,
};

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
            clouds: clouds(placement),
            no_single: placement.absent.iter().map(absent).collect(),
            suggestions: placement.suggestions.iter().map(|found| suggestion(placement, found)).collect(),
            refusals: placement.refusals.iter().map(|found| refusal(placement, found)).collect(),
            stuck: placement.stuck.iter().map(|(address, lack)| stuck(placement, address, *lack)).collect(),
            schedules: placement.schedules.iter().map(|found| schedule(placement, found)).collect(),
            ranges: placement.ranges.iter().map(range).collect(),
            tiering: placement.tiering.iter().map(tiering).collect(),
            lifecycle_rules: placement.lifecycle_rules.iter().map(LifecycleRuleView::of).collect(),
            untold_buckets: placement.untold_buckets,
            stays: StaysView {
                resources: placement.stays.len(),
                monthly: placement.stays.iter().map(|standing| standing.monthly).sum::<Decimal>().normalize(),
            },
            unpriced: placement.unpriced,
            said_flows: placement.flows_of(Origin::Said),
            usage_flows: placement.flows_of(Origin::Usage),
            assumed_flows: placement.flows_of(Origin::Assumed),
            flows: placement.edges.iter().map(|edge| flow(placement, edge)).collect(),
            unknown_flows: placement.unknown_flows,
            sites: placement.sites.iter().map(Site::name).collect(),
            proof: proof(placement.proved),
            benefit_definition: BENEFIT.into(),
        }
    }
}

fn flow(placement: &Placement, edge: &Edge) -> FlowView {
    let address = |at: usize| placement.workloads.get(at).map(|workload| workload.address.to_string());
    FlowView {
        from: address(edge.from).unwrap_or_default(),
        to: edge.to.and_then(address),
        gb: edge.gb.normalize(),
        back_gb: edge.back_gb.normalize(),
        origin: edge.origin.as_str().into(),
    }
}

fn absent((provider, reason): &(SmolStr, String)) -> AbsentView {
    AbsentView { provider: provider.clone(), reason: reason.clone() }
}

fn clouds(placement: &Placement) -> Vec<CloudView> {
    let capacity = |name: &SmolStr| {
        placement.sites.iter().find_map(|site| match site {
            Site::Own(own) if own.name.value == *name => Some(CapacityView {
                vcpu: own.capacity.value.vcpu.normalize(),
                memory_gb: own.capacity.value.memory_gb.normalize(),
            }),
            _ => None,
        })
    };
    let view = |of: &str, cloud: &Cloud| CloudView {
        placement: of.into(),
        kind: if cloud.provider.is_some() { "cloud" } else { "ways" }.into(),
        provider: cloud.provider.clone(),
        workloads: cloud.workloads,
        resources: cloud.resources,
        vcpu: cloud.vcpu.normalize(),
        memory_gb: cloud.memory_gb.normalize(),
        capacity: cloud.provider.as_ref().and_then(capacity),
        monthly: cloud.monthly.normalize(),
        benefit: fine(cloud.benefit),
        ratio: None,
        moving: cloud.moving,
        resized: cloud.resized,
        recommendation: None,
    };
    let now = placement.clouds_now.iter().map(|cloud| view("now", cloud));
    let hybrid = placement.clouds_hybrid.iter().map(|cloud| view("hybrid", cloud));
    judged(now.chain(hybrid).collect(), &summary(placement))
}

/// Clouds with their ratios and what is to become of each, and behind those of each placement all of them.
pub(super) fn judged(clouds: Vec<CloudView>, summary: &[SummaryRow]) -> Vec<CloudView> {
    let (mut now, mut hybrid): (Vec<_>, Vec<_>) = clouds.into_iter().partition(|cloud| cloud.placement == "now");
    for (of, clouds) in [("now", &mut now), ("hybrid", &mut hybrid)] {
        let row = summary.iter().find(|row| row.kind == of);
        let mut all = CloudView { placement: of.into(), kind: "all".into(), ..CloudView::default() };
        clouds.iter().for_each(|cloud| all.add(cloud));
        all.recommendation = row.map(|row| row.recommendation.clone());
        clouds.push(all);
    }
    now.append(&mut hybrid);
    judge(&mut now);
    now
}

/// What is to become of each cloud, by what the other placement has of it, and its ratio.
fn judge(clouds: &mut [CloudView]) {
    let names = |kind: &str| -> BTreeSet<SmolStr> {
        clouds.iter().filter(|cloud| cloud.placement == kind).filter_map(|cloud| cloud.provider.clone()).collect()
    };
    let (now, hybrid) = (names("now"), names("hybrid"));
    for cloud in clouds {
        cloud.ratio = cloud.benefit.checked_div(cloud.monthly).map(fine);
        let Some(provider) = &cloud.provider else { continue };
        let word = match (cloud.placement.as_str(), cloud.moving, cloud.resized) {
            ("now", 1.., _) if !hybrid.contains(provider) => "leave",
            ("now", 1.., _) => "reduce",
            (_, 1.., _) if !now.contains(provider) => "begin",
            (_, 1.., _) => "extend",
            (_, _, 1..) => "resize",
            _ => "keep",
        };
        cloud.recommendation = Some(word.into());
    }
}

impl CloudView {
    /// Adds what another has.
    pub(super) fn add(&mut self, other: &Self) {
        self.workloads += other.workloads;
        self.resources += other.resources;
        self.vcpu += other.vcpu;
        self.memory_gb += other.memory_gb;
        self.monthly += other.monthly;
        self.benefit += other.benefit;
        self.moving += other.moving;
        self.resized += other.resized;
    }
}

fn schedule(placement: &Placement, schedule: &Schedule) -> ScheduleView {
    let moved = placement.suggestions.iter().flat_map(|suggestion| &suggestion.moved);
    ScheduleView {
        address: schedule.address.as_str().into(),
        site: schedule.site.clone(),
        monthly: schedule.monthly.normalize(),
        hours: schedule.hours.normalize(),
        fewer_hours: schedule.fewer_hours().normalize(),
        hourly: fine(schedule.hourly().unwrap_or_default()),
        scheduled: schedule.scheduled.normalize(),
        saving: schedule.saving().normalize(),
        in_suggestion: moved.into_iter().any(|moved| moved.address == schedule.workload),
    }
}

fn range(range: &Range) -> RangeView {
    RangeView {
        address: range.address.as_str().into(),
        site: range.site.clone(),
        units: range.units.normalize(),
        monthly: range.monthly.normalize(),
        least_units: range.bounds.0.normalize(),
        most_units: range.bounds.1.normalize(),
        least: fine(range.costs.0),
        most: fine(range.costs.1),
    }
}

fn summary(placement: &Placement) -> Vec<SummaryRow> {
    let best = placement.hybrid.bill.monthly();
    let has_suggestions = !placement.suggestions.is_empty();
    let row = |kind: &str, provider: Option<&SmolStr>, figures: &Figures| {
        let bill = &figures.bill;
        let recommendation = verdict(kind, bill.monthly(), best, has_suggestions);
        SummaryRow {
            kind: kind.into(),
            provider: provider.cloned(),
            moved: figures.moved,
            cannot: figures.cannot,
            held: figures.held,
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

/// What is to be said of a placement beside the hybrid, which costs `best`.
pub(super) fn verdict(kind: &str, monthly: Decimal, best: Decimal, has_suggestions: bool) -> &'static str {
    match kind {
        "hybrid" if has_suggestions => "recommended",
        "now" if !has_suggestions => "recommended",
        _ if monthly > best => "dearer",
        _ if monthly == best => "same",
        _ => "not-worth",
    }
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
    let bounds = workload.and_then(|workload| workload.between(offer.monthly));
    MovedView {
        address: moved.address.as_str().into(),
        members: moved.members,
        from: moved.from.clone(),
        to: moved.to.clone(),
        size: moved.size.clone(),
        units: workload.and_then(|workload| workload.need.count).map(|count| count.normalize()),
        monthly: moved.now.normalize(),
        hours: moved.hours.map(|hours| hours.normalize()),
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
        stages: tiering.stages.iter().map(stage).collect(),
        best: fine(tiering.best),
        saving: fine(tiering.saving()),
        refuted: tiering.refuted.iter().map(refuted).collect(),
        as_of: tiering.as_of.to_string(),
        planned: tiering.planned.map(fine),
        planned_whole: tiering.is_planned_whole,
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

pub(super) fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    (part * Decimal::ONE_HUNDRED).checked_div(whole).map(fine)
}
