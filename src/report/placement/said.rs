//! Placements in words: what table and Markdown say alike.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::super::words::count;
use super::lifecycle::life;
use super::rounded;
use super::total::TotalView;
use super::view::{
    AbsentView, CloudView, MovedView, PlacementView, RangeView, RefusalView, ScheduleView, SuggestionView, SummaryRow,
    TieringView,
};
use crate::model::amount;

/// `Placement: following 3 suggestions would save $120.00 a month (31%)`.
pub(super) fn headline(view: &PlacementView, currency: &str) -> String {
    let saving = (view.saving, view.saving_percent);
    format!("Placement: {}", result(view.workloads, view.suggestions.len(), saving, currency))
}

/// `All 2 projects: following 3 suggestions would save $120.00 a month (31%)`.
pub(super) fn total_headline(total: &TotalView, currency: &str) -> String {
    let saving = (total.saving, total.saving_percent);
    let result = result(total.workloads, total.suggestions, saving, currency);
    let all = if total.unplaced == 0 { "All " } else { "" };
    format!("{all}{}: {result}", count(total.projects, "project", "projects"))
}

fn result(workloads: usize, suggestions: usize, saving: (Decimal, Option<Decimal>), currency: &str) -> String {
    if workloads == 0 {
        return "nothing here could run elsewhere".into();
    }
    if suggestions == 0 {
        return "everything is best where it is".into();
    }
    let (saving, percent) = saving;
    let share = percent.map(|percent| format!(" ({}%)", rounded(percent, 1))).unwrap_or_default();
    let (suggestions, saving) = (count(suggestions, "suggestion", "suggestions"), amount::money(saving, currency));
    format!("following {suggestions} would save {saving} a month{share}")
}

/// What the sums over several projects hold, and what they do not.
pub(super) fn total_notes(total: &TotalView, currency: &str) -> Vec<String> {
    let mut notes = vec![format!(
        "Each project is placed by itself and the sums are added, in {currency} a month of 730 hours: capacity of own \
         sites, limits, fees, commitments and free data count for each project as if it were alone."
    )];
    for site in &total.overbooked {
        notes.push(format!(
            "The hybrids together take {} vCPU and {} GiB at {}, which has {} and {}: not all of them can be followed.",
            site.vcpu.normalize(),
            site.memory_gb.normalize(),
            site.site,
            site.capacity.vcpu,
            site.capacity.memory_gb
        ));
    }
    if total.unplaced > 0 {
        let projects = count(total.unplaced, "project was", "projects were");
        notes.push(format!("{projects} not placed, and {} in no sum.", if total.unplaced == 1 { "is" } else { "are" }));
    }
    if total.schedules > 0 {
        let machines = count(total.schedules, "machine", "machines");
        let saving = amount::money(total.schedule_saving, currency);
        notes.push(format!("Schedules for {machines} outside production would save {saving}, in no sum here."));
    }
    notes
}

/// The columns of what each cloud has.
pub(super) const BY_CLOUD: [&str; 8] = ["By cloud", "Resources", "vCPU", "GiB", "Cost", "Benefit", "B/C", "Advice"];

/// What each cloud has of the placement as it is; of the hybrid too, where that is another.
pub(super) fn by_cloud(clouds: &[CloudView], currency: &str) -> Vec<[String; 8]> {
    let is_same = clouds.iter().all(|cloud| cloud.moving == 0 && cloud.resized == 0);
    let count = |of: &str| clouds.iter().filter(|cloud| cloud.placement == of && cloud.kind != "all").count();
    let is_sum = |cloud: &CloudView| cloud.kind == "all" && count(&cloud.placement) < 2;
    let shown = clouds.iter().filter(|cloud| !is_sum(cloud) && (!is_same || cloud.placement == "now"));
    let row = |cloud: &CloudView| {
        let of_cloud = |text: String| if cloud.kind == "ways" { "–".into() } else { text };
        // None is known of, or there are none: neither is a figure.
        let known = |size: Decimal| if size.is_zero() { "–".into() } else { rounded(size, 1) };
        [
            cloud_name(cloud),
            of_cloud(cloud.resources.to_string()),
            of_cloud(known(cloud.vcpu)),
            of_cloud(known(cloud.memory_gb)),
            amount::money(cloud.monthly, currency),
            of_cloud(amount::money(cloud.benefit, currency)),
            of_cloud(ratio(cloud.ratio)),
            cloud.recommendation.as_deref().map(worded).unwrap_or_default().into(),
        ]
    };
    shown.map(row).collect()
}

/// `now at aws`, `hybrid at google`, `hybrid, ways`.
fn cloud_name(cloud: &CloudView) -> String {
    match &cloud.provider {
        Some(provider) => format!("{} at {provider}", cloud.placement),
        None => format!("{}, {}", cloud.placement, cloud.kind),
    }
}

/// What a schedule would save, as hours times their price.
pub(super) fn schedule(schedule: &ScheduleView, currency: &str) -> Vec<String> {
    let (now, then) = (amount::money(schedule.monthly, currency), amount::money(schedule.scheduled, currency));
    let mut said = vec![
        format!("outside production at {}, and runs at all hours", schedule.site),
        format!(
            "for {} hours a month: {} hours fewer × {} = {} less, {now} → {then}",
            schedule.hours,
            schedule.fewer_hours,
            amount::unit_price(schedule.hourly, currency),
            amount::money(schedule.saving, currency),
        ),
    ];
    if schedule.in_suggestion {
        said.push("a suggestion changes it too: the two savings do not add up".into());
    }
    said
}

/// What the bounds of a group cost.
pub(super) fn range(range: &RangeView, currency: &str) -> String {
    let money = |sum: Decimal| amount::money(sum, currency);
    format!(
        "{} at {}: {}; between its bounds of {} and {}: {} to {}",
        amount::quantity(range.units),
        range.site,
        money(range.monthly),
        amount::quantity(range.least_units),
        amount::quantity(range.most_units),
        money(range.least),
        money(range.most)
    )
}

/// What the figures of a cloud hold.
const BILLED: &str =
    "By cloud: resources whose cost is known, and what each cloud bills, with the data that leaves it.";

/// How to have schedules counted.
pub(super) const SCHEDULES: &str = "Schedules and bounds are in no figure above. `hours` in a `workload` block of \
                                    lepton.hcl counts a schedule as a suggestion; `monthly_hrs` in the usage says that \
                                    it runs already.";

/// That not all that could run at a provider fits there together.
fn held(row: &SummaryRow) -> String {
    format!(
        "At {} not everything fits that could run there: capacity, or rules between workloads, keep {} out, and as many \
         go as can.",
        row.provider.as_deref().unwrap_or_default(),
        count(row.held, "workload", "workloads")
    )
}

/// Why a provider has no row.
fn absent(absent: &AbsentView) -> String {
    format!("Nothing here can run at {}: {}.", absent.provider, absent.reason)
}

/// What a row of the summary is about.
pub(super) fn row_name(row: &SummaryRow) -> String {
    match (row.kind.as_str(), &row.provider) {
        ("single", Some(provider)) => format!("all at {provider}"),
        ("resized", _) => "now, resized".into(),
        (kind, _) => kind.into(),
    }
}

/// The verdict of a row.
pub(super) fn recommendation(row: &SummaryRow) -> &str {
    worded(&row.recommendation)
}

fn worded(recommendation: &str) -> &str {
    match recommendation {
        "not-worth" => "not worth it",
        "same" => "same cost",
        word => word,
    }
}

/// The ratio in two places: `1.07`, `–`.
pub(super) fn ratio(ratio: Option<Decimal>) -> String {
    ratio.map_or_else(|| "–".into(), |ratio| format!("{:.2}", ratio.round_dp(2)))
}

/// From where to where.
pub(super) fn route(moved: &MovedView) -> String {
    if moved.from == moved.to {
        let change = if is_same_machine(moved) { "on a schedule" } else { "resized" };
        return format!("{change} at {}", moved.from);
    }
    format!("{} → {}", moved.from, moved.to)
}

/// Whether only its hours change.
fn is_same_machine(moved: &MovedView) -> bool {
    moved.from == moved.to && moved.hours.is_some() && moved.size.as_deref() == Some(moved.offer.size.as_str())
}

/// What runs it now, and what would.
pub(super) fn machines(moved: &MovedView, currency: &str) -> String {
    let offer = &moved.offer;
    let times = |units: Decimal| match units == Decimal::ONE {
        true => String::new(),
        false => format!("{} × ", amount::quantity(units)),
    };
    let now = format!("{}{}", times(moved.units.unwrap_or(Decimal::ONE)), moved.size.as_deref().unwrap_or("today's"));
    let size = if offer.size.is_empty() { offer.kind.as_str() } else { offer.size.as_str() };
    let kind = if moved.from == moved.to { "" } else { offer.kind.as_str() };
    let hours = moved.hours.map(|hours| format!("{hours} hours a month")).unwrap_or_default();
    let mut bought = vec![offer.option.as_str(), kind, offer.equivalence.as_str(), hours.as_str()];
    bought.retain(|text| !text.is_empty());
    let costs =
        format!("{} → {} a month", amount::money(moved.monthly, currency), amount::money(offer.monthly, currency));
    // What is paid and serves nothing is worth a word from a twentieth on.
    let is_wasted = offer.used * Decimal::from(20) < offer.monthly * Decimal::from(19);
    let used = format!(", {} of it used", amount::money(offer.used, currency));
    let costs = if is_wasted { format!("{costs}{used}") } else { costs };
    let bounds = offer.least.zip(offer.most).map(|(least, most)| {
        format!(", {} to {} between its bounds", amount::money(least, currency), amount::money(most, currency))
    });
    let costs = format!("{costs}{}", bounds.unwrap_or_default());
    let with = match moved.members.saturating_sub(1) {
        0 => String::new(),
        others => format!(", with {}", count(others, "further resource", "further resources")),
    };
    format!("{now} → {}{size} ({}): {costs}{with}", times(offer.units), bought.join(", "))
}

/// The sum with and without, and what of it is carried or fixed.
pub(super) fn sum(suggestion: &SuggestionView, currency: &str) -> String {
    let (without, with) = (amount::money(suggestion.without, currency), amount::money(suggestion.with, currency));
    let mut text = format!("the whole costs {without} a month without it, {with} with it");
    let added = added(suggestion.traffic, suggestion.fees, currency);
    if !added.is_empty() {
        text.push_str(&format!("; {added}"));
    }
    if !suggestion.in_place.is_zero() {
        let in_place = amount::money(suggestion.in_place, currency);
        text.push_str(&format!("; {in_place} of it another machine where it is would save too"));
    }
    text
}

/// Each bucket of which something is known, with what is said of its classes and of its lifecycle rules.
pub(super) fn buckets(view: &PlacementView, currency: &str) -> BTreeMap<String, Vec<String>> {
    let classes = view.tiering.iter().map(|found| (&found.address, tiering(found, currency)));
    let rules = view.lifecycle_rules.iter().map(|rule| (&rule.address, vec![rule.said(currency)]));
    let mut said: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (address, texts) in classes.chain(rules) {
        said.entry(address.clone()).or_default().extend(texts);
    }
    said
}

/// What the data of a bucket costs as it is, in its cheapest life, and in classes that lose money.
fn tiering(tiering: &TieringView, currency: &str) -> Vec<String> {
    let money = |sum: Decimal| amount::money(sum, currency);
    let assumed = if tiering.months_assumed { " (assumed)" } else { "" };
    let first = tiering.stages.first().map_or("today's class", |stage| stage.class.as_str());
    let life = life(tiering.months);
    let whole = format!("{} over {life}{assumed}", money(tiering.stays));
    let later = tiering.stages.iter().skip(1).map(|stage| format!("{} from day {}", stage.class, stage.from_day));
    let later: Vec<String> = later.collect();
    let rules = if tiering.planned_whole { "the plan's own lifecycle" } else { "the plan's rules that can be judged" };
    let mut said = vec![match (tiering.planned, later.is_empty()) {
        (Some(planned), _) if planned <= tiering.best => {
            format!("{rules}: {} over {life}{assumed}, and no other that is known is cheaper", money(planned))
        }
        (Some(planned), true) => format!(
            "stays in {first} without the moves of {rules}: {whole} in place of {}, saves {}",
            money(planned),
            money(tiering.saving)
        ),
        (Some(planned), false) => format!(
            "{}: {} in place of {} over {life}{assumed} with {rules}, saves {}",
            later.join(", "),
            money(tiering.best),
            money(planned),
            money(tiering.saving)
        ),
        (None, true) => format!("stays in {first}: {whole}, and no other class is cheaper"),
        (None, false) => {
            format!(
                "{}: {} in place of {whole}, saves {}",
                later.join(", "),
                money(tiering.best),
                money(tiering.saving)
            )
        }
    }];
    for refuted in &tiering.refuted {
        let lost = money(refuted.cost - tiering.stays);
        said.push(format!("a move into {} at once would lose {lost}: it costs {}", refuted.class, money(refuted.cost)));
    }
    said
}

/// `traffic +$3.00, fees +$1.00`.
fn added(traffic: Decimal, fees: Decimal, currency: &str) -> String {
    let parts = [("traffic", traffic), ("fees", fees)].into_iter().filter(|(_, sum)| !sum.is_zero());
    parts.map(|(name, sum)| format!("{name} {}", amount::signed(sum, currency))).collect::<Vec<_>>().join(", ")
}

/// What moving costs once, and when that is paid back.
pub(super) fn once(suggestion: &SuggestionView, currency: &str) -> String {
    if suggestion.migration.is_zero() {
        let is_scheduled = suggestion.moved.iter().all(is_same_machine);
        return match suggestion.kind.as_str() {
            "resize" if is_scheduled => "costs nothing once: only its hours change".into(),
            "resize" => "costs nothing once: only the machine changes".into(),
            _ => "costs nothing once, unless lepton.hcl says what the work of moving costs".into(),
        };
    }
    let migration = amount::money(suggestion.migration, currency);
    match suggestion.payback_months {
        Some(months) => format!("costs {migration} once, paid back after {}", months_word(months)),
        None => format!("costs {migration} once"),
    }
}

fn months_word(months: Decimal) -> String {
    let text = rounded(months, 1);
    match text.as_str() {
        "0" => "less than 0.1 months".into(),
        "1" => "1 month".into(),
        _ => format!("{text} months"),
    }
}

/// What could change the answer.
pub(super) fn holds(suggestion: &SuggestionView) -> Option<String> {
    let traffic =
        suggestion.break_even_traffic.map(|factor| format!("traffic is {} times as much", rounded(factor, 2)));
    let price =
        suggestion.price_margin_percent.map(|percent| format!("the new price rises by {}%", rounded(percent, 0)));
    let until: Vec<String> = traffic.into_iter().chain(price).collect();
    (!until.is_empty()).then(|| format!("saves until {}", until.join(", or ")))
}

/// How sure it is, and why no surer.
pub(super) fn confidence(suggestion: &SuggestionView) -> String {
    match suggestion.doubts.is_empty() {
        true => format!("confidence: {}", suggestion.confidence),
        false => format!("confidence: {}, as {}", suggestion.confidence, suggestion.doubts.join("; ")),
    }
}

/// The sum of a move that is not worth making.
pub(super) fn refused(refusal: &RefusalView, currency: &str) -> String {
    let money = |sum: Decimal| amount::money(sum, currency);
    let mut parts = vec![format!("{} saved by price", money(refusal.by_price))];
    let added = added(refusal.traffic, refusal.fees, currency);
    if !added.is_empty() {
        parts.push(added);
    }
    let left = match refusal.saving.is_sign_negative() && !refusal.saving.is_zero() {
        true => format!("{} a month dearer", money(refusal.saving.abs())),
        false => format!("{} a month left", money(refusal.saving)),
    };
    let mut text = format!("{}: {left}", parts.join(", "));
    if !refusal.migration.is_zero() {
        text.push_str(&format!(", {} once", money(refusal.migration)));
    }
    format!("{text}; {}", refusal.reason)
}

/// At which traffic a refusal would flip.
pub(super) fn flips(refusal: &RefusalView) -> Option<String> {
    // More than all of the traffic is no answer: what stands in the way is something else.
    let factor = refusal.break_even_traffic.filter(|factor| *factor < Decimal::ONE)?;
    Some(format!("would save with less than {} times the traffic", rounded(factor, 2)))
}

/// How good the answer is known to be; nothing where there was no question.
pub(super) fn proof(view: &PlacementView) -> Option<String> {
    if view.workloads == 0 {
        return None;
    }
    Some(match view.proof.gap_percent {
        Some(gap) => format!("Within {}% of the bound: nothing can be cheaper by more than that.", rounded(gap, 1)),
        None => "Optimal: under these rules nothing is cheaper, but for moves that are not worth making.".into(),
    })
}

/// What stays, what is in no sum, what was assumed, and what the words mean.
pub(super) fn notes(view: &PlacementView, currency: &str, dates: &str) -> Vec<String> {
    let mut notes = Vec::new();
    if view.workloads > 0 {
        let workloads = count(view.workloads, "workload", "workloads");
        notes.push(format!(
            "Moved and cannot count workloads, each of them resources that can only move together: {workloads} here."
        ));
    }
    notes.extend(view.clouds.first().map(|_| BILLED.to_owned()));
    for row in view.summary.iter().filter(|row| row.held > 0) {
        notes.push(held(row));
    }
    notes.extend(view.no_single.iter().map(absent));
    if view.stays.resources > 0 {
        notes.push(format!(
            "{} whatever moves, for {} a month; the costs hold them.",
            count(view.stays.resources, "resource stays", "resources stay"),
            amount::money(view.stays.monthly, currency)
        ));
    }
    if view.unpriced > 0 {
        let resources = count(view.unpriced, "resource has a cost", "resources have a cost");
        notes.push(format!(
            "{resources} that is not known, and {} in no sum.",
            if view.unpriced == 1 { "is" } else { "are" }
        ));
    }
    if view.untold_buckets > 0 {
        let buckets = count(view.untold_buckets, "bucket", "buckets");
        notes.push(format!(
            "The cheapest class for the data of {buckets} is not known: usage gives its size, `objects` and \
             `read_share` in a `workload` block the rest, and classes are priced in some regions only."
        ));
    }
    if view.assumed_flows > 0 {
        let flows = count(view.assumed_flows, "data flow is", "data flows are");
        notes.push(format!("{flows} assumed: `traffic` in lepton.hcl says what is carried."));
    }
    if view.usage_flows > 0 {
        let flows = count(view.usage_flows, "data flow is", "data flows are");
        let said = count(view.said_flows, "is", "are");
        notes.push(format!("{flows} out of usage, {said} said by `traffic` in lepton.hcl."));
    }
    if view.unknown_flows > 0 {
        let flows = count(view.unknown_flows, "data flow has", "data flows have");
        notes.push(format!("{flows} a price that is not known, and is in no sum: `path` in lepton.hcl may say it."));
    }
    if view.summary.iter().any(|row| row.recommendation == "not-worth") {
        notes.push(
            "Not worth it: cheaper, by moves that `placement` in lepton.hcl rules out one by one, such as by \
                    `minimum_saving` or `max_payback_months`."
                .into(),
        );
    }
    notes.push(view.benefit_definition.clone());
    if !view.sites.is_empty() {
        notes.push(format!("Candidates: {}; {dates}.", view.sites.join(", ")));
    }
    notes
}
