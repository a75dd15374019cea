//! Classes of object storage for buckets whose size, objects and reads are known: the cheapest life, what loses, and
//! what the plan's own lifecycle rules gain or lose.

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::facts::Confidence;
use super::storage::{self, Tier};
use super::tiering::rule::{Rule, Ruling, deleted_after, judge_rules};
use super::tiering::{self, Data};
use super::workload::Workload;
use crate::config::{FirstByte, WorkloadFacts};
use crate::model::Address;

/// Months that data is taken to be kept unless said.
const USUAL_MONTHS: u32 = 12;

/// What the data of a bucket costs over its life, by class.
#[derive(Clone, Debug)]
pub struct Tiering {
    /// The bucket.
    pub address: Address,
    /// How many months its data is kept.
    pub months: Decimal,
    /// Whether nobody said so.
    pub is_months_assumed: bool,
    /// What it costs over its life in the class where it begins.
    pub stays: Decimal,
    /// What it costs with those rules of the plan's own lifecycle that can be judged; nothing if there are none.
    pub planned: Option<Decimal>,
    /// Whether those are all its rules.
    pub is_planned_whole: bool,
    /// The cheapest life: from which day on in which class.
    pub stages: Vec<(Decimal, SmolStr)>,
    /// What that costs over the same life.
    pub best: Decimal,
    /// Classes into which a move at once would lose money, with what it would cost.
    pub refuted: Vec<(SmolStr, Decimal)>,
    /// How far the prices can be trusted, and of when they are.
    pub as_of: SmolStr,
}

impl Tiering {
    /// What the cheapest life saves over the whole of it, against what the plan makes of it.
    pub fn saving(&self) -> Decimal {
        self.planned.unwrap_or(self.stays) - self.best
    }
}

/// A lifecycle rule of the plan, and what is found of it. Amounts are in the report's currency.
#[derive(Clone, Debug)]
pub struct JudgedRule {
    /// The bucket.
    pub address: Address,
    /// What the plan says.
    pub rule: Rule,
    /// How many months the data is kept, where that is known.
    pub months: Option<Decimal>,
    /// What is found.
    pub ruling: Ruling,
    /// A unit of USD in the report's currency, for the sums of the ruling.
    pub usd: Decimal,
}

/// What is found of buckets.
#[derive(Clone, Debug, Default)]
pub(super) struct Buckets {
    /// The cheapest lives, where size, objects, reads and prices are known.
    pub tiering: Vec<Tiering>,
    /// How many others there are.
    pub untold: usize,
    /// The rules that the plan has for them.
    pub rules: Vec<JudgedRule>,
}

/// Looks at the buckets among workloads.
pub(super) fn look_at(workloads: &[Workload], facts: &[WorkloadFacts], usd: Decimal) -> Buckets {
    let mut found = Buckets::default();
    for (bucket, facts) in workloads.iter().zip(facts).filter(|(workload, _)| workload.need.wants == "object") {
        let (tiering, rules) = look(bucket, facts, usd);
        found.untold += usize::from(tiering.is_none());
        found.tiering.extend(tiering);
        found.rules.extend(rules);
    }
    found
}

/// The cheapest life of a bucket's data, and its rules.
fn look(workload: &Workload, facts: &WorkloadFacts, usd: Decimal) -> (Option<Tiering>, Vec<JudgedRule>) {
    let rules = &workload.need.lifecycle;
    let known = data(workload, facts).and_then(|data| Ok((start(workload)?, data)));
    let (rulings, planned, months, tiering) = match known {
        Err(reason) => (rules.iter().map(|rule| unjudged(rule, reason)).collect(), None, None, None),
        Ok((start, data)) => {
            let (rulings, planned) = judge_rules(rules, start, &data);
            (rulings, planned.map(|cost| cost.total()), Some(data.months()), tiering(workload, start, &data, usd))
        }
    };
    let is_assumed = facts.lifetime_months.is_none() && deleted_after(rules).is_none();
    let planned = planned.map(|sum| sum * usd);
    let is_planned_whole = rules.iter().zip(&rulings).all(|(rule, ruling)| rule.is_settled(ruling));
    let judged = |(rule, ruling): (&Rule, Ruling)| JudgedRule {
        address: workload.address.clone(),
        rule: rule.clone(),
        months,
        ruling,
        usd,
    };
    let tiering = tiering.map(|found| Tiering { planned, is_planned_whole, is_months_assumed: is_assumed, ..found });
    (tiering, rules.iter().zip(rulings).map(judged).collect())
}

/// Of a bucket too little is known: a rule's own doubt says more than that.
fn unjudged(rule: &Rule, reason: &str) -> Ruling {
    match (&rule.doubt, rule.moves.is_empty() && rule.deletes_after.is_some()) {
        (None, true) => Ruling::Deletes,
        (doubt, _) => Ruling::Unjudged(doubt.clone().unwrap_or_else(|| reason.into())),
    }
}

/// What is stored, how often it is read and for how long, or what of that nobody knows.
fn data(workload: &Workload, facts: &WorkloadFacts) -> Result<Data, &'static str> {
    // No sum over so much overflows.
    const MOST: i64 = 1_000_000_000_000_000;
    let is_sane = |figure: &Decimal| *figure <= Decimal::from(MOST);
    let need = &workload.need;
    let gb = need.gb.filter(is_sane).ok_or("how much is stored is not known")?;
    let objects = facts.objects.or(need.objects).filter(is_sane).ok_or("how many objects are stored is not known")?;
    let by_reads = || need.reads?.checked_div(objects);
    let read_share = facts.read_share.or_else(by_reads).filter(is_sane).ok_or("how much is read is not known")?;
    let said = facts.lifetime_months;
    let wait = match facts.max_first_byte {
        None | Some(FirstByte::Milliseconds) => 0,
        Some(FirstByte::Minutes) => 60,
        Some(FirstByte::Hours) => 12 * 60,
    };
    let data = Data::new(objects, gb, read_share, said.unwrap_or_else(|| USUAL_MONTHS.into())).waiting(wait);
    let days = match deleted_after(&need.lifecycle) {
        Some(age) if said.is_none() => age,
        Some(age) => age.min(data.days),
        None => data.days,
    };
    Ok(Data { days, ..data })
}

/// The class in which the data begins.
fn start(workload: &Workload) -> Result<&'static Tier, &'static str> {
    const UNPRICED: &str = "no class of its region has a price";
    let warm = storage::standard(&workload.provider, &workload.region).filter(|warm| warm.currency == "USD");
    let warm = warm.ok_or(UNPRICED)?;
    match &workload.need.class {
        None => Ok(warm),
        Some(class) => storage::find(&workload.provider, &workload.region, class).ok_or(UNPRICED),
    }
}

/// The cheapest life of data, and the classes that lose money.
fn tiering(workload: &Workload, start: &'static Tier, data: &Data, usd: Decimal) -> Option<Tiering> {
    let classes = storage::tiers(&workload.provider, &workload.region);
    let warm = storage::standard(&workload.provider, &workload.region)?;
    // One class alone says nothing of others.
    if classes.iter().filter(|tier| tier.confidence.may_price()).count() < 2 {
        return None;
    }
    let stays = tiering::cost(start, start, data)?.total();
    let chain = tiering::lifecycle(start, data, Confidence::Medium)?;
    let colder = classes
        .iter()
        .skip_while(|tier| tier.name != start.name)
        .skip(1)
        .filter(|tier| tier.confidence.may_price() && tier.first_byte_minutes <= data.first_byte_minutes);
    let refuted = colder.filter_map(|tier| {
        let verdict = tiering::judge(tier, start, data)?;
        verdict.is_refuted().then(|| (tier.name.clone(), verdict.moves.total() * usd))
    });
    Some(Tiering {
        address: workload.address.clone(),
        months: data.months(),
        is_months_assumed: false,
        stays: stays * usd,
        planned: None,
        is_planned_whole: true,
        stages: chain.iter().map(|stage| (stage.from_day, stage.tier.name.clone())).collect(),
        best: tiering::chain_total(&chain) * usd,
        refuted: refuted.collect(),
        as_of: warm.source.as_of.clone(),
    })
}
