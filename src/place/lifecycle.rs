//! Classes of object storage for buckets whose size, objects and reads are known: the cheapest life, and what loses.

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::facts::Confidence;
use super::storage;
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
    /// What the cheapest life saves over the whole of it.
    pub fn saving(&self) -> Decimal {
        self.stays - self.best
    }
}

/// What is known of a bucket; nothing if its size, objects, reads or prices are not.
pub(super) fn tiering(workload: &Workload, facts: &WorkloadFacts, usd: Decimal) -> Option<Tiering> {
    let need = &workload.need;
    if need.wants != "object" {
        return None;
    }
    let gb = need.gb?;
    let objects = facts.objects.or(need.objects)?;
    let by_reads = || need.reads?.checked_div(objects);
    let read_share = facts.read_share.or_else(by_reads)?;
    let months = facts.lifetime_months.unwrap_or_else(|| USUAL_MONTHS.into());
    const HALF_A_DAY: u32 = 12 * 60;
    let wait = match facts.max_first_byte {
        None | Some(FirstByte::Milliseconds) => 0,
        Some(FirstByte::Minutes) => 60,
        Some(FirstByte::Hours) => HALF_A_DAY,
    };
    let data = Data::new(objects, gb, read_share, months).waiting(wait);
    let warm = storage::standard(&workload.provider, &workload.region)?;
    if warm.currency != "USD" {
        return None;
    }
    let stays = tiering::cost(warm, warm, &data)?.total();
    let chain = tiering::lifecycle(&workload.provider, &workload.region, &data, Confidence::Medium)?;
    // One class alone says nothing of others.
    if storage::tiers(&workload.provider, &workload.region).iter().filter(|tier| tier.confidence.may_price()).count()
        < 2
    {
        return None;
    }
    let colder = storage::tiers(&workload.provider, &workload.region)
        .iter()
        .filter(|tier| tier.name != warm.name && tier.confidence.may_price() && tier.first_byte_minutes <= wait);
    let refuted = colder.filter_map(|tier| {
        let verdict = tiering::judge(tier, warm, &data)?;
        verdict.is_refuted().then(|| (tier.name.clone(), verdict.moves.total() * usd))
    });
    Some(Tiering {
        address: workload.address.clone(),
        months,
        is_months_assumed: facts.lifetime_months.is_none(),
        stays: stays * usd,
        stages: chain.iter().map(|stage| (stage.from_day, stage.tier.name.clone())).collect(),
        best: tiering::chain_total(&chain) * usd,
        refuted: refuted.collect(),
        as_of: warm.source.as_of.clone(),
    })
}
