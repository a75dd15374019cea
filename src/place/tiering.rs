//! What data costs in each class of object storage, which class is cheapest, and when moving it loses money.
//!
//! For `N` objects of `G` GB, a share `ρ` read each month, kept `L` months (of 30 days, as providers bill them):
//! `L·[G_b·p + ρ·G·ret + ρ·N·get + N·mon] + N·move + G_b·p·max(0, min_days/30 − L) + restored copies`, where `G_b` is
//! what is billed as stored: small objects count as the class's least size, and some classes index each object.

pub mod rule;

use rust_decimal::Decimal;

use super::facts::Confidence;
use super::storage::{Tier, standard, tiers};

const KB_PER_GB: Decimal = Decimal::from_parts(1_048_576, 0, 0, false, 0);
const MONTH_DAYS: Decimal = Decimal::from_parts(30, 0, 0, false, 0);
const TEN_THOUSAND: Decimal = Decimal::from_parts(10_000, 0, 0, false, 0);
const THOUSAND: Decimal = Decimal::ONE_THOUSAND;

/// What is to be stored. Objects are taken to be of one size, and to be read alike at any age.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Data {
    /// How many there are.
    pub objects: Decimal,
    /// How much they are together.
    pub gb: Decimal,
    /// The share that is read each month: of the bytes, and of the objects.
    pub read_share: Decimal,
    /// How long they are kept.
    pub days: Decimal,
    /// How long a reader can wait.
    pub first_byte_minutes: u32,
    /// How long a restored copy is kept, at the standard price.
    pub restored_days: Decimal,
    /// Whether it can be made again, so that a class in fewer zones than the standard one will do.
    pub may_be_lost: bool,
}

impl Data {
    /// Kept for months of 30 days, read at once, without restored copies, not to be lost.
    pub fn new(objects: Decimal, gb: Decimal, read_share: Decimal, months: Decimal) -> Self {
        let days = months * MONTH_DAYS;
        let restored_days = Decimal::ZERO;
        Self { objects, gb, read_share, days, first_byte_minutes: 0, restored_days, may_be_lost: false }
    }

    /// The same with a reader who can wait.
    pub fn waiting(self, first_byte_minutes: u32) -> Self {
        Self { first_byte_minutes, ..self }
    }

    /// How long it is kept, in months of 30 days.
    pub fn months(&self) -> Decimal {
        self.days / MONTH_DAYS
    }

    /// Whether a class is fast enough and as safe as the standard one.
    fn fits(&self, tier: &Tier, warm: &Tier) -> bool {
        tier.first_byte_minutes <= self.first_byte_minutes && (self.may_be_lost || tier.zones == warm.zones)
    }
}

/// What data costs in a class over its life, part by part, in the class's currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Billed size × price, with the index at the class's own price.
    pub storage: Decimal,
    /// The index at the standard price.
    pub index: Decimal,
    /// Gigabytes read.
    pub retrieval: Decimal,
    /// Reads or restores.
    pub requests: Decimal,
    /// Monitoring of objects.
    pub monitoring: Decimal,
    /// Moving objects in.
    pub moving: Decimal,
    /// What is left to pay of the least duration.
    pub early_deletion: Decimal,
    /// Restored copies at the standard price.
    pub restored: Decimal,
    /// How far the prices can be trusted.
    pub confidence: Confidence,
    /// Whether part of the data has a lower price than the one taken.
    pub is_upper_bound: bool,
}

impl Cost {
    /// All parts together.
    pub fn total(&self) -> Decimal {
        let running = self.storage + self.index + self.retrieval + self.requests + self.monitoring;
        running + self.moving + self.early_deletion + self.restored
    }

    /// This and what follows it.
    fn and(self, next: &Self) -> Self {
        Self {
            storage: self.storage + next.storage,
            index: self.index + next.index,
            retrieval: self.retrieval + next.retrieval,
            requests: self.requests + next.requests,
            monitoring: self.monitoring + next.monitoring,
            moving: self.moving + next.moving,
            early_deletion: self.early_deletion + next.early_deletion,
            restored: self.restored + next.restored,
            confidence: self.confidence.min(next.confidence),
            is_upper_bound: self.is_upper_bound || next.is_upper_bound,
        }
    }
}

/// What the class bills as stored, in GB: at least its least size an object, and its index at its own price.
pub fn billed_gb(tier: &Tier, data: &Data) -> Decimal {
    let least = data.objects * tier.min_object_kb / KB_PER_GB;
    data.gb.max(least) + data.objects * tier.overhead_tier_kb / KB_PER_GB
}

/// What is left to pay for data deleted before the least duration: `gb × price × days left / 30`.
pub fn early_deletion(price: Decimal, min_days: Decimal, gb: Decimal, kept_days: Decimal) -> Decimal {
    gb * price * (min_days - kept_days).max(Decimal::ZERO) / MONTH_DAYS
}

/// What data costs in a class for its whole life, moved there at once; nothing where a price is unknown.
///
/// `start` is the class out of which it is moved.
pub fn cost(tier: &Tier, start: &Tier, data: &Data) -> Option<Cost> {
    let warm = standard(&start.provider, &start.region)?;
    stay(tier, warm, data, (Decimal::ZERO, data.days), tier.name != start.name)
}

/// The same for a part of its life, from one day until another, with or without the move.
///
/// `warm` is the class whose price its index and its restored copies have.
fn stay(tier: &Tier, warm: &Tier, data: &Data, (from, until): (Decimal, Decimal), moves: bool) -> Option<Cost> {
    if tier.currency != warm.currency {
        return None;
    }
    let days = until - from;
    let counted = match tier.counts_from_creation {
        false => days,
        true if until < data.days => tier.min_days,
        true => until,
    };
    let price = tier.storage?;
    let billed = billed_gb(tier, data);
    let reads = data.read_share * data.objects * days / MONTH_DAYS;
    let read_gb = data.read_share * data.gb * days / MONTH_DAYS;
    let index_gb = data.objects * tier.overhead_standard_kb / KB_PER_GB;
    let restored_days = if tier.needs_restore { data.restored_days } else { Decimal::ZERO };
    let warm_price = if index_gb.is_zero() && restored_days.is_zero() { Decimal::ZERO } else { warm.storage? };
    let is_monitored = data.gb * KB_PER_GB >= data.objects * tier.monitored_from_kb;
    let monitoring = tier.monitoring_per_1k.filter(|_| is_monitored).unwrap_or_default();
    // What nobody reads needs no price of reading.
    let when_read = |price: Option<Decimal>| if reads.is_zero() { Some(Decimal::ZERO) } else { price };
    Some(Cost {
        storage: billed * price * days / MONTH_DAYS,
        index: index_gb * warm_price * days / MONTH_DAYS,
        retrieval: read_gb * when_read(tier.retrieval)?,
        requests: reads * when_read(tier.get_per_10k())? / TEN_THOUSAND,
        monitoring: data.objects * monitoring / THOUSAND * days / MONTH_DAYS,
        moving: if moves { data.objects * tier.move_per_10k? / TEN_THOUSAND } else { Decimal::ZERO },
        early_deletion: early_deletion(price, tier.min_days, billed, counted),
        restored: read_gb * warm_price * restored_days / MONTH_DAYS,
        confidence: tier.confidence,
        is_upper_bound: tier.cap_gb.is_some_and(|cap| billed > cap),
    })
}

/// The classes that data may be in: to be chosen, fast, safe and trusted enough.
fn choices<'t>(warm: &'static Tier, data: &'t Data, trust: Confidence) -> impl Iterator<Item = &'static Tier> + 't {
    let known = tiers(&warm.provider, &warm.region).iter();
    known.filter(move |tier| tier.is_choice && tier.confidence >= trust && data.fits(tier, warm))
}

/// The class in which data costs least over its life; the warmer of equal ones.
pub fn cheapest(provider: &str, region: &str, data: &Data, trust: Confidence) -> Option<(&'static Tier, Cost)> {
    let warm = standard(provider, region)?;
    let costs = choices(warm, data, trust).filter_map(|tier| Some((tier, cost(tier, warm, data)?)));
    costs.min_by_key(|(_, cost)| cost.total())
}

/// The share of a month's reads from which the warmer class is cheaper; nothing where reads never decide.
///
/// `((p1 − p2)·G) / ((ret2 − ret1)·G + (get2 − get1)·N)`, with what is billed as stored for `p·G`.
pub fn break_even_read_share(warmer: &Tier, colder: &Tier, warm: &Tier, data: &Data) -> Option<Decimal> {
    let month = |tier: &Tier, read_share: Decimal| {
        let data = Data { read_share, days: MONTH_DAYS, ..data.clone() };
        let cost = stay(tier, warm, &data, (Decimal::ZERO, MONTH_DAYS), false)?;
        Some(cost.total() - cost.early_deletion)
    };
    let idle = month(warmer, Decimal::ZERO)? - month(colder, Decimal::ZERO)?;
    let read = month(colder, Decimal::ONE)? - month(warmer, Decimal::ONE)? + idle;
    (idle > Decimal::ZERO && read > Decimal::ZERO).then(|| idle / read)
}

/// Whether a move into a class pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What it costs where it is.
    pub stays: Cost,
    /// What it costs after the move.
    pub moves: Cost,
    /// What the move saves over the life of the data; below zero, it loses.
    pub saving: Decimal,
}

impl Verdict {
    /// Whether the move loses money.
    pub fn is_refuted(&self) -> bool {
        self.saving < Decimal::ZERO
    }
}

/// Judges a move of all data from the class where it begins into another, at once.
pub fn judge(tier: &Tier, start: &Tier, data: &Data) -> Option<Verdict> {
    let (stays, moves) = (cost(start, start, data)?, cost(tier, start, data)?);
    let saving = stays.total() - moves.total();
    Some(Verdict { stays, moves, saving })
}

/// A class, and the age at which data gets there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// In days.
    pub from_day: Decimal,
    /// The class.
    pub tier: &'static Tier,
    /// What the time in it costs, with the move into it.
    pub cost: Cost,
}

/// Ages at which a lifecycle may move data.
const AGES: [u32; 9] = [0, 1, 7, 30, 60, 90, 180, 365, 730];

/// The lifecycle that costs least: the shortest path over (age, class) from a class at age zero.
///
/// Data only gets colder, never younger than a class asks for; leaving a class early pays the rest of its duration.
pub fn lifecycle(start: &'static Tier, data: &Data, trust: Confidence) -> Option<Vec<Stage>> {
    let warm = standard(&start.provider, &start.region)?;
    let classes: Vec<&'static Tier> = choices(warm, data, trust).collect();
    let ages: Vec<Decimal> = AGES.into_iter().map(Decimal::from).filter(|age| *age < data.days).collect();
    // The cheapest rest of life from an age on, for data that enters a class then; oldest first.
    let mut best: Vec<Vec<Option<Vec<Stage>>>> = vec![vec![None; classes.len()]; ages.len()];
    for entered in (0..ages.len()).rev() {
        for at in (0..classes.len()).rev() {
            best[entered][at] = rest_of_life((entered, at), &classes, &ages, &best, warm, data);
        }
    }
    let start = classes.iter().position(|tier| tier.name == start.name)?;
    best.first()?[start].clone()
}

/// The cheapest way on for data that enters the class `at` at the age `entered`.
fn rest_of_life(
    (entered, at): (usize, usize),
    classes: &[&'static Tier],
    ages: &[Decimal],
    best: &[Vec<Option<Vec<Stage>>>],
    warm: &Tier,
    data: &Data,
) -> Option<Vec<Stage>> {
    let (tier, from_day) = (classes[at], ages[entered]);
    // What is written into a class has no age yet.
    if !from_day.is_zero() && from_day < tier.min_age_days {
        return None;
    }
    let stage = |until: Decimal| {
        let cost = stay(tier, warm, data, (from_day, until), !from_day.is_zero())?;
        Some(Stage { from_day, tier, cost })
    };
    let to_the_end = stage(data.days).map(|last| vec![last]);
    let onwards = (entered + 1..ages.len()).flat_map(|next| (at + 1..classes.len()).map(move |colder| (next, colder)));
    let chains = onwards.filter_map(|(next, colder)| {
        let rest = best[next][colder].as_ref()?;
        Some(std::iter::once(stage(ages[next])?).chain(rest.iter().cloned()).collect())
    });
    to_the_end.into_iter().chain(chains).min_by_key(|chain: &Vec<Stage>| chain_total(chain))
}

/// The stages of a life that begins in a class and is moved at given ages, which are in order; nothing where a price
/// is unknown.
fn stages(start: &'static Tier, moves: &[(Decimal, &'static Tier)], data: &Data) -> Option<Vec<Stage>> {
    let warm = standard(&start.provider, &start.region)?;
    let entries: Vec<_> = std::iter::once(&(Decimal::ZERO, start)).chain(moves).copied().collect();
    let stage = |(at, &(from_day, tier)): (usize, &(Decimal, &'static Tier))| {
        let until = entries.get(at + 1).map_or(data.days, |(day, _)| *day);
        Some(Stage { from_day, tier, cost: stay(tier, warm, data, (from_day, until), at > 0)? })
    };
    entries.iter().enumerate().map(stage).collect()
}

/// What a chain of stages costs.
pub fn chain_total(chain: &[Stage]) -> Decimal {
    chain.iter().map(|stage| stage.cost.total()).sum()
}

#[cfg(test)]
mod tests;
