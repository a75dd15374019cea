//! What could stand for a workload at a site: the catalog's offers, priced by their own stanzas.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::fit::{Demand, Fit};
use super::loss::Loss;
use super::need::Need;
use super::site::Site;
use super::workload::Workload;
use crate::catalog::{Asker, Sheet};
use crate::estimate::{Alone, Estimator, Line, Monthly, Reason};
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
    /// A requirement of the workload is not known.
    Unknown,
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

/// An offer of the catalog with its rows.
struct Stand {
    sheet: Arc<Sheet>,
    wants: SmolStr,
    provider: SmolStr,
    kind: SmolStr,
    option: SmolStr,
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

    /// The cheapest way to run a workload at a region, within what it may lose; or what is lacking.
    pub(super) fn best(&self, workload: &Workload, demand: &Demand, site: &Site) -> Result<Offer, Lack> {
        let Site::Region { provider, name, .. } = site else { return Err(Lack::Kind) };
        let need = &workload.need;
        let mut lack = Lack::Kind;
        let mut best: Option<Offer> = None;
        let is_for = |stand: &&Stand| {
            stand.provider == *provider && stand.wants == need.wants && (need.interruptible || stand.option != "spot")
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
        let need = &workload.need;
        let asker = Asker {
            this: Object::default(),
            usage: Object::default(),
            region: Some(region.clone()),
            need: need.for_offers(&workload.provider),
            each: row.each.clone(),
            host: &NoHost,
        };
        let names = ["when", "self", "usage", "losses"];
        let [when, this, usage, more] = stand.sheet.read(&asker, names).map_err(|_| Lack::Kind)?;
        if stand.sheet.has("when") && when.as_bool() != Some(true) {
            return Err(Lack::Kind);
        }
        losses.extend(demand.declared(&more, workload, &stand.provider));
        let this = this.as_object().cloned().unwrap_or_default();
        let usage = usage.as_object().cloned().unwrap_or_default();
        let priced = self.price(stand, region, this, usage).ok_or(Lack::Price)?;
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
        })
    }

    /// Prices one unit, once for equal attributes.
    fn price(&self, stand: &Stand, region: &SmolStr, values: Object, usage: Object) -> Option<Priced> {
        let key = format!("{} {region} {values:?} {usage:?}", stand.kind);
        let lock = || self.prices.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&key) {
            return known.clone();
        }
        let usage = match self.estimator.catalog.stanza(&stand.kind) {
            Some(Ok(stanza)) => crate::catalog::overlay(&stanza.usage, &usage),
            _ => usage,
        };
        let alone = Alone { kind: stand.kind.clone(), region: region.clone(), values, usage };
        let priced = self.estimator.price_alone(&alone).and_then(|estimate| sum(&estimate.lines));
        lock().insert(key, priced.clone());
        priced
    }
}

/// The sum of known lines; nothing if some price or quantity is lacking, for then nobody knows what it costs.
fn sum(lines: &[Line]) -> Option<Priced> {
    let mut priced = Priced { monthly: Decimal::ZERO, as_of: SmolStr::default(), is_exact_region: true, open_lines: 0 };
    let mut is_any_known = false;
    for line in lines {
        match &line.monthly {
            Monthly::Exact(money) => {
                priced.monthly += money.amount;
                is_any_known = true;
            }
            Monthly::Unknown(Reason::Usage(_)) => priced.open_lines += 1,
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
    let [concept, provider, kind, option, over] =
        sheet.read(&asker(None), ["concept", "provider", "type", "option", "for_each"])?;
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
        option: text(&option).unwrap_or_else(|| "on demand".into()),
        rows,
        sheet,
    }))
}
