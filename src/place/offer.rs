//! What could stand for a workload at a site: the catalog's offers, priced by their own stanzas.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::fit::{Demand, Fit};
use super::loss::{Code, Loss};
use super::need::Need;
use super::site::Site;
use super::workload::{Workload, components};
use crate::catalog::{Around, Asker, Sheet};
use crate::config::LossLevel;
use crate::estimate::{Alone, Estimator, Line, Monthly, Quantity};
use crate::lang::NoHost;
use crate::model::{Object, Problem, Value};

/// One way to run a workload at a site.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The resource type that would be made; empty at an own place.
    pub kind: SmolStr,
    /// The provider's name of the machine or class.
    pub size: SmolStr,
    /// How it is bought: `on demand`, `spot`.
    pub option: SmolStr,
    /// How many.
    pub units: Decimal,
    /// What all of them cost a month, with what is carried along.
    pub monthly: Decimal,
    /// The part of it that serves the demand; the rest is paid and not used.
    pub used: Decimal,
    /// How it equals what there is.
    pub equivalence: Equivalence,
    /// What is lost.
    pub losses: Vec<Loss>,
    /// How much faster its vCPU is than the present one's, where both were measured.
    pub speed: Option<Decimal>,
    /// vCPUs and GiB of one unit, where it is a machine.
    pub shape: Option<(Decimal, Decimal)>,
    /// The oldest as-of date of its prices.
    pub as_of: SmolStr,
    /// Whether all its prices are of its own region.
    pub is_exact_region: bool,
    /// Lines that only usage decides.
    pub open_lines: usize,
    /// Operations a second that its disk gives at any size, where that is known.
    pub(super) disk_iops: Option<Decimal>,
    /// What the components of one unit cost, those of its parts left out.
    pub(super) components: BTreeMap<SmolStr, Decimal>,
}

/// How an offer equals what there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Equivalence {
    /// Every component is equal.
    Exact,
    /// Every component is equal or more.
    Superset,
    /// It does the same work with another count or size.
    Adjusted,
}

impl Equivalence {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Superset => "superset",
            Self::Adjusted => "adjusted",
        }
    }
}

/// Why nothing at a site can stand for a workload: the requirement that fails last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lack {
    /// No offer of the site stands for such a thing.
    Kind,
    /// The instruction set.
    Arch,
    /// GPUs.
    Gpu,
    /// vCPUs, memory or storage.
    Size,
    /// It would have to be rewritten, or loses more than is allowed.
    Loss,
    /// The book has no price.
    Price,
    /// A requirement of the workload is not known.
    Unknown,
}

impl Lack {
    /// As a fragment of a sentence.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Kind => "nothing there stands for it",
            Self::Unknown => "what it needs is not known",
            Self::Arch => "no machine of its instruction set",
            Self::Gpu => "no machine with its GPUs",
            Self::Size => "nothing large enough",
            Self::Loss => "it would lose more than is allowed",
            Self::Price => "the price book lacks the price",
        }
    }
}

/// The usual way to buy.
const ON_DEMAND: &str = "on demand";

/// Machines that may be taken away, for work that bears it.
const SPOT: &str = "spot";

/// A row of what an offer runs over.
pub(super) struct Row {
    each: Option<(SmolStr, Value)>,
    pub(super) size: SmolStr,
    pub(super) vcpu: Option<Decimal>,
    pub(super) memory_gb: Option<Decimal>,
    pub(super) arch: Option<SmolStr>,
    pub(super) gpus: Decimal,
    pub(super) burstable: bool,
}

#[cfg(test)]
impl Row {
    /// A machine with vCPUs and GiB, and nothing else to say.
    pub(super) fn plain(size: &str, vcpu: Decimal, memory_gb: Decimal) -> Self {
        let (vcpu, memory_gb) = (Some(vcpu), Some(memory_gb));
        Self { each: None, size: size.into(), vcpu, memory_gb, arch: None, gpus: Decimal::ZERO, burstable: false }
    }
}

/// An offer of the catalog with its rows.
struct Stand {
    sheet: Arc<Sheet>,
    wants: SmolStr,
    provider: SmolStr,
    kind: SmolStr,
    option: SmolStr,
    disk_iops: Option<Decimal>,
    rows: Vec<Row>,
}

/// Every offer of the catalog, each with its rows, and prices asked for so far.
pub(super) struct Shelf<'s> {
    estimator: &'s Estimator<'s>,
    stands: Vec<Stand>,
    prices: Mutex<BTreeMap<String, Option<Priced>>>,
}

/// What one unit of an offer costs.
#[derive(Clone)]
struct Priced {
    monthly: Decimal,
    as_of: SmolStr,
    is_exact_region: bool,
    open_lines: usize,
    components: BTreeMap<SmolStr, Decimal>,
}

impl<'s> Shelf<'s> {
    /// Reads the offers of some providers.
    pub(super) fn of(estimator: &'s Estimator<'s>, providers: &[&str], problems: &mut Vec<Problem>) -> Self {
        let mut stands = Vec::new();
        for name in estimator.catalog.offers() {
            match estimator.catalog.offer(name) {
                Some(Ok(sheet)) => match stand(sheet, providers) {
                    Ok(stand) => stands.extend(stand),
                    Err(problem) => problems.push(problem.softened()),
                },
                Some(Err(broken)) => problems.extend(broken.iter().cloned().map(Problem::softened)),
                None => {}
            }
        }
        Self { estimator, stands, prices: Mutex::default() }
    }

    /// The cheapest machine in place of the present one, where it is. Only the components that the offer has too are
    /// exchanged: what else is paid there stays.
    pub(super) fn best_in_place(&self, workload: &Workload, demand: &Demand, site: &Site) -> Result<Offer, Lack> {
        let best = self.best(workload, demand, site)?;
        let bought = workload.need.bought_iops();
        // Where the offer's disk gives what was bought, that is a change to be made here, not a reason to leave.
        if let Some(iops) = bought.filter(|iops| best.disk_iops.is_some_and(|given| *iops <= given)) {
            let text = format!("general disks in place of {} bought operations a second", iops.normalize());
            let mut losses = best.losses;
            losses.push(Loss::new(Code::IopsLower, LossLevel::Note, text));
            return Ok(Offer { losses, ..best });
        }
        let exchanged: Decimal = best.components.keys().filter_map(|label| workload.components.get(label)).sum();
        let new: Decimal = best.components.values().sum();
        let monthly = workload.now - exchanged + new * best.units;
        let used = monthly - best.monthly + best.used;
        Ok(Offer { monthly, used, ..best })
    }

    /// The cheapest way to run a workload at a region, within what it may lose; or what is lacking.
    pub(super) fn best(&self, workload: &Workload, demand: &Demand, site: &Site) -> Result<Offer, Lack> {
        let Site::Region { provider, name, .. } = site else { return Err(Lack::Kind) };
        let need = &workload.need;
        let mut lack = Lack::Kind;
        let mut best: Option<Offer> = None;
        let is_for = |stand: &&Stand| {
            stand.provider == *provider && stand.wants == need.wants && (need.interruptible || stand.option != SPOT)
        };
        for stand in self.stands.iter().filter(is_for) {
            let near = near_rows(&stand.rows, need, demand, &mut lack);
            for row in near {
                match self.offer(stand, row, workload, demand, site, name) {
                    Ok(offer) if best.as_ref().is_none_or(|best| is_better(&offer, best)) => best = Some(offer),
                    Ok(_) => {}
                    Err(found) => lack = lack.max(found),
                }
            }
        }
        best.ok_or(lack)
    }

    fn offer(
        &self,
        stand: &Stand,
        row: &Row,
        workload: &Workload,
        demand: &Demand,
        site: &Site,
        region: &SmolStr,
    ) -> Result<Offer, Lack> {
        let Fit { units, equivalence, mut losses, speed, share_used } =
            demand.fit(workload, row, &stand.provider, site)?;
        let (mut priced, more) = self.unit(stand, row, workload, region)?;
        if stand.option == SPOT {
            let plain = self
                .stands
                .iter()
                .find(|other| other.kind == stand.kind && other.wants == stand.wants && other.option == ON_DEMAND);
            let plain = plain.ok_or(Lack::Price)?;
            let twin = plain.rows.iter().find(|other| other.size == row.size).ok_or(Lack::Price)?;
            let (on_demand, _) = self.unit(plain, twin, workload, region)?;
            priced.monthly = effective_spot(priced.monthly, on_demand.monthly);
        }
        // Databases and disks say themselves what they lose of operations.
        let lost = workload.need.disks.iter().filter_map(|disk| disk.iops).max();
        if let Some(iops) = lost.filter(|iops| stand.disk_iops.is_none_or(|given| *iops > given)) {
            let text = format!("a general disk in place of {} bought operations a second", iops.normalize());
            losses.push(Loss::new(Code::IopsLower, LossLevel::Review, text));
        }
        losses.extend(demand.declared(&more, workload, &stand.provider));
        losses.extend(demand.of_price(&priced.as_of, priced.is_exact_region));
        losses.sort_by(|a, b| (b.level, a.code).cmp(&(a.level, b.code)));
        losses.dedup_by(|a, b| a.code == b.code);
        if !demand.allows(&losses) {
            return Err(Lack::Loss);
        }
        let bought = priced.monthly * units;
        Ok(Offer {
            kind: stand.kind.clone(),
            size: row.size.clone(),
            option: stand.option.clone(),
            units,
            monthly: bought + workload.carried,
            used: bought * share_used + workload.carried,
            equivalence,
            losses,
            speed,
            shape: row.vcpu.zip(row.memory_gb),
            as_of: priced.as_of,
            is_exact_region: priced.is_exact_region,
            open_lines: priced.open_lines,
            disk_iops: stand.disk_iops,
            components: priced.components,
        })
    }

    /// What one unit of a row costs, with the losses that the catalog names.
    fn unit(&self, stand: &Stand, row: &Row, workload: &Workload, region: &SmolStr) -> Result<(Priced, Value), Lack> {
        let asker = Asker {
            this: Object::default(),
            usage: Object::default(),
            region: Some(region.clone()),
            need: workload.need.for_offers(&workload.provider),
            each: row.each.clone(),
            host: &NoHost,
        };
        let names = ["when", "self", "refs", "usage", "losses"];
        let [when, this, refs, usage, losses] = stand.sheet.read(&asker, names).map_err(|_| Lack::Kind)?;
        if stand.sheet.has("when") && when.as_bool() != Some(true) {
            return Err(Lack::Kind);
        }
        let [values, refs, usage] = [this, refs, usage].map(|value| value.as_object().cloned().unwrap_or_default());
        let around = Around { refs, ..Around::default() };
        let alone = Alone { kind: stand.kind.clone(), region: region.clone(), values, usage, around };
        Ok((self.price(alone).ok_or(Lack::Price)?, losses))
    }

    /// Prices one unit, once for equal attributes.
    fn price(&self, mut alone: Alone) -> Option<Priced> {
        let key = format!("{alone:?}");
        let lock = || self.prices.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&key) {
            return known.clone();
        }
        if let Some(Ok(stanza)) = self.estimator.catalog.stanza(&alone.kind) {
            alone.usage = crate::catalog::overlay(&stanza.usage, &alone.usage);
        }
        let priced = self.estimator.price_alone(&alone).and_then(|estimate| sum(&estimate.lines));
        lock().insert(key, priced.clone());
        priced
    }
}

/// What a spot machine costs in the long run: `(1−q)·P_spot·(1+λ·ℓ) + q·P_od`, with λ = 0.05 interruptions an hour, each
/// losing ℓ = 0.5 hours of work, and a share of q = 0.1 on demand where no spot machine is to be had.
fn effective_spot(spot: Decimal, on_demand: Decimal) -> Decimal {
    let on_demand_share = Decimal::new(1, 1);
    let lost = Decimal::new(5, 2) * Decimal::new(5, 1);
    (Decimal::ONE - on_demand_share) * spot * (Decimal::ONE + lost) + on_demand_share * on_demand
}

/// The sum of known lines; nothing if some price or quantity is lacking, for then nobody knows what it costs.
fn sum(lines: &[Line]) -> Option<Priced> {
    let mut priced = Priced {
        monthly: Decimal::ZERO,
        as_of: SmolStr::default(),
        is_exact_region: true,
        open_lines: 0,
        components: components(lines.iter().filter(|line| line.part.is_empty())),
    };
    let mut is_any_known = false;
    for line in lines {
        match &line.monthly {
            Monthly::Exact(money) => {
                priced.monthly += money.amount;
                is_any_known = true;
            }
            // What nobody knows the amount of is open on both sides, also where its price is lacking.
            Monthly::Unknown(_) if matches!(line.quantity, Quantity::Usage(_)) => priced.open_lines += 1,
            Monthly::Unknown(_) => return None,
        }
        priced.is_exact_region &= !line.is_region_fallback();
        for (price, _) in &line.why.prices {
            if priced.as_of.is_empty() || price.source.as_of < priced.as_of {
                priced.as_of = price.source.as_of.clone();
            }
        }
    }
    is_any_known.then_some(priced)
}

/// Cheaper; of equal prices the one that loses less, then by name.
fn is_better(offer: &Offer, other: &Offer) -> bool {
    let key = |offer: &Offer| (offer.monthly.round_dp(2), super::loss::rank(&offer.losses), offer.size.clone());
    key(offer) < key(other)
}

/// Rows that might fit and are not far too large: pricing is the dear part.
fn near_rows<'r>(rows: &'r [Row], need: &Need, demand: &Demand, lack: &mut Lack) -> Vec<&'r Row> {
    let fitting: Vec<&Row> = rows.iter().filter(|row| demand.may_fit(need, row, lack)).collect();
    let least = |of: fn(&Row) -> Option<Decimal>| fitting.iter().filter_map(|row| of(row)).min();
    let (vcpu, memory) = (least(|row| row.vcpu), least(|row| row.memory_gb));
    let is_near = |found: Option<Decimal>, wanted: Option<Decimal>, least: Option<Decimal>, times: i64| match found {
        None => true,
        Some(found) => found <= Decimal::from(times) * wanted.unwrap_or_default().max(least.unwrap_or_default()),
    };
    fitting
        .into_iter()
        .filter(|row| is_near(row.vcpu, need.vcpu, vcpu, 2) && is_near(row.memory_gb, need.memory_gb, memory, 4))
        .collect()
}

/// Reads an offer block with all its rows; nothing if no provider that is asked for has it.
fn stand(sheet: Arc<Sheet>, providers: &[&str]) -> Result<Option<Stand>, Problem> {
    let asker = |each| Asker {
        this: Object::default(),
        usage: Object::default(),
        region: None,
        need: Value::Object(Object::default()),
        each,
        host: &NoHost,
    };
    let [concept, provider, kind, option, disk_iops, over] =
        sheet.read(&asker(None), ["concept", "provider", "type", "option", "disk_iops", "for_each"])?;
    let text = |value: &Value| value.as_str().map(SmolStr::from);
    let (Some(wants), Some(provider)) = (text(&concept), text(&provider)) else { return Ok(None) };
    if !providers.contains(&provider.as_str()) {
        return Ok(None);
    }
    let elements: Vec<Option<(SmolStr, Value)>> = match over {
        Value::Object(rows) => rows.entries().into_iter().map(Some).collect(),
        Value::List(items) => items
            .iter()
            .enumerate()
            .map(|(at, item)| Some((item.as_str().map_or_else(|| at.to_string().into(), SmolStr::from), item.clone())))
            .collect(),
        _ => vec![None],
    };
    let mut rows = Vec::with_capacity(elements.len());
    for each in elements {
        let names = ["size", "vcpu", "memory_gb", "arch", "gpus", "burstable"];
        let [size, vcpu, memory_gb, arch, gpus, burstable] = sheet.read(&asker(each.clone()), names)?;
        rows.push(Row {
            size: text(&size).unwrap_or_default(),
            vcpu: vcpu.as_number(),
            memory_gb: memory_gb.as_number(),
            arch: text(&arch),
            gpus: gpus.as_number().unwrap_or_default(),
            burstable: burstable.as_bool() == Some(true),
            each,
        });
    }
    Ok(Some(Stand {
        wants,
        provider,
        kind: text(&kind).unwrap_or_else(|| sheet.name.clone()),
        option: text(&option).unwrap_or_else(|| ON_DEMAND.into()),
        disk_iops: disk_iops.as_number(),
        rows,
        sheet,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e11_spot_costs_its_interruptions_too() {
        // n2-standard-4: 0.9 × 0.099592 × 1.025 + 0.1 × 0.250248 = 0.116898; 53.29 % less than on demand.
        let figure = |text: &str| text.parse::<Decimal>().unwrap();
        let effective = effective_spot(figure("0.099592"), figure("0.250248"));
        assert_eq!(effective.round_dp(6), figure("0.116898"));
        let less = (Decimal::ONE - effective / figure("0.250248")) * Decimal::ONE_HUNDRED;
        assert_eq!(less.round_dp(2), figure("53.29"));
    }
}
