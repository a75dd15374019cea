//! What it costs to move a gigabyte: to the internet, between regions and zones, over a tunnel or a programme.
//!
//! A price that the table lacks is `None`, never a guess: it is to be said as unknown.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::facts::{Confidence, Line, Source, Table};
use super::regions;

const MONTH_HOURS: Decimal = Decimal::from_parts(730, 0, 0, false, 0);

/// A price from a volume on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Where it begins, in gigabytes of a month above the free allowance.
    pub from_gb: Decimal,
    /// USD.
    pub usd_per_gb: Decimal,
    /// How far the price can be trusted.
    pub confidence: Confidence,
    /// Where the price comes from.
    pub source: Arc<Source>,
}

/// The prices of a month's volume: a free allowance first, then steps.
///
/// Providers grant the allowance once, and most count steps over all regions of a payer, so whoever sums a
/// placement asks for one total of all traffic that shares them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tiers {
    /// What a month has free.
    pub free_gb: Decimal,
    /// At least one, the first from zero, ascending.
    pub steps: Vec<Step>,
}

impl Tiers {
    /// What the next gigabyte costs after a volume.
    pub fn marginal(&self, gb: Decimal) -> Decimal {
        if gb < self.free_gb {
            return Decimal::ZERO;
        }
        self.reached(gb - self.free_gb).last().map_or(Decimal::ZERO, |step| step.usd_per_gb)
    }

    /// What a volume costs, exactly.
    pub fn total(&self, gb: Decimal) -> Decimal {
        self.paid((gb - self.free_gb).max(Decimal::ZERO))
    }

    /// What a volume costs whose allowance is used up elsewhere.
    pub fn paid(&self, gb: Decimal) -> Decimal {
        let ends = self.steps.iter().skip(1).map(|step| Some(step.from_gb)).chain([None]);
        let parts = self.steps.iter().zip(ends).map(|(step, end)| {
            let until = end.map_or(gb, |end| end.min(gb));
            (until - step.from_gb).max(Decimal::ZERO) * step.usd_per_gb
        });
        parts.sum()
    }

    /// How far a volume's total can be trusted: as far as the worst step that it reaches.
    pub fn confidence(&self, gb: Decimal) -> Confidence {
        let reached = self.reached((gb - self.free_gb).max(Decimal::ZERO));
        reached.map(|step| step.confidence).min().unwrap_or(Confidence::FromMemory)
    }

    /// Whether a volume's total may stand in a sum.
    pub fn may_price(&self, gb: Decimal) -> bool {
        self.confidence(gb).may_price()
    }

    fn reached(&self, paid_gb: Decimal) -> impl Iterator<Item = &Step> {
        self.steps.iter().take_while(move |step| step.from_gb <= paid_gb)
    }
}

/// A way to pay less for transfer, with its conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    /// `interconnect-multicloud`, `data-transfer-essentials`, `data-act-at-cost`, `data-act-reduced`, `exit-waiver`,
    /// `private-direct-connect` or `privatelink`.
    pub kind: SmolStr,
    /// Whose it is; the interconnect is of two.
    pub providers: Vec<SmolStr>,
    /// Where it holds: tags of jurisdictions, a region, or nothing for everywhere.
    pub places: Vec<SmolStr>,
    /// To where.
    pub to: SmolStr,
    /// What a gigabyte costs; unknown where the rate is not published.
    pub usd_per_gb: Option<Decimal>,
    /// What an hour costs; unknown where the fee is not published.
    pub usd_per_hour: Option<Decimal>,
    /// Its conditions.
    pub note: SmolStr,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// Where it comes from.
    pub source: Arc<Source>,
}

type Key = (SmolStr, SmolStr, SmolStr);

#[derive(Default)]
struct Book {
    /// By provider, kind and scope.
    tiers: BTreeMap<Key, Tiers>,
    /// By provider, from and to.
    regions: BTreeMap<Key, Decimal>,
    /// By provider, kind (`zone`, `continent`) and region: the name under which prices stand.
    scopes: BTreeMap<Key, SmolStr>,
    /// By provider, kind and scope.
    per_gb: BTreeMap<Key, Decimal>,
    /// By provider, kind and scope.
    per_hour: BTreeMap<Key, Decimal>,
    programmes: Vec<Programme>,
}

static BOOK: LazyLock<Book> = LazyLock::new(|| {
    let mut book = Book::default();
    for line in Table::read("egress.csv", include_str!("data/egress.csv")).lines() {
        book.add(line);
    }
    book
});

impl Book {
    fn add(&mut self, line: Line<'_>) {
        let (provider, kind) = (line.word("provider"), line.word("kind"));
        let key = (provider.clone(), kind.clone(), line.word("from"));
        match kind.as_str() {
            "internet" | "internet-isp-routing" | "internet-standard-tier" => {
                let free_gb = line.decimal("free_gb").unwrap_or_default();
                let tiers = self.tiers.entry(key).or_insert(Tiers { free_gb, steps: Vec::new() });
                tiers.steps.push(Step {
                    from_gb: line.number("from_gb"),
                    usd_per_gb: line.number("usd_per_gb"),
                    confidence: line.number("confidence"),
                    source: line.source(),
                });
            }
            "zone" | "continent" => {
                self.scopes.insert(key, line.word("to"));
            }
            "inter-region" if line.number::<Confidence>("confidence").may_price() => {
                self.regions.insert((provider, key.2, line.word("to")), line.number("usd_per_gb"));
            }
            "inter-zone" | "nat" => {
                self.per_gb.insert(key, line.number("usd_per_gb"));
            }
            "vpn" => {
                self.per_hour.insert(key, line.number("usd_per_hour"));
            }
            _ => self.programmes.push(Programme {
                kind,
                providers: provider.split('+').map(SmolStr::from).collect(),
                places: line.text("from").split(';').filter(|place| *place != "*").map(SmolStr::from).collect(),
                to: line.word("to"),
                usd_per_gb: line.decimal("usd_per_gb"),
                usd_per_hour: line.decimal("usd_per_hour"),
                note: line.word("note"),
                confidence: line.number("confidence"),
                source: line.source(),
            }),
        }
    }

    /// The name under which a region's prices stand: a zone, or itself.
    fn scope(&self, provider: &str, kind: &str, region: &str) -> Option<&SmolStr> {
        self.scopes.get(&(provider.into(), kind.into(), region.into()))
    }

    fn tiers(&self, provider: &str, kind: &str, region: &str) -> Option<&Tiers> {
        let scope = self.scope(provider, "zone", region).map_or(region, SmolStr::as_str);
        self.tiers.get(&(provider.into(), kind.into(), scope.into()))
    }

    /// The figure of the region itself, else of the provider everywhere.
    fn figure(figures: &BTreeMap<Key, Decimal>, provider: &str, kind: &str, region: &str) -> Option<Decimal> {
        let at = |scope: &str| figures.get(&(provider.into(), kind.into(), scope.into())).copied();
        at(region).or_else(|| at("*"))
    }
}

/// What leaves a region for the internet by the provider's default routing.
///
/// Azure's default is its own network, Google's the premium tier (destinations outside China and Australia).
pub fn internet(provider: &str, region: &str) -> Option<&'static Tiers> {
    BOOK.tiers(provider, "internet", region)
}

/// The same by the cheaper routing that has to be chosen: Azure's Internet routing, Google's standard tier.
pub fn internet_by_choice(provider: &str, region: &str) -> Option<&'static Tiers> {
    let kinds = ["internet-isp-routing", "internet-standard-tier"];
    kinds.into_iter().find_map(|kind| BOOK.tiers(provider, kind, region))
}

/// What a gigabyte costs from one region of a provider to another.
pub fn between_regions(provider: &str, from: &str, to: &str) -> Option<Decimal> {
    let (source, target) = (regions::find(provider, from)?, regions::find(provider, to)?);
    if source.partition != target.partition {
        return None;
    }
    if from == to {
        return Some(Decimal::ZERO);
    }
    let price = |from: &str, to: &str| BOOK.regions.get(&(provider.into(), from.into(), to.into())).copied();
    let look_up = |from: &str, to: &str| price(from, to).or_else(|| price("*", to)).or_else(|| price(from, "*"));
    let area = |region: &'static regions::Region| {
        BOOK.scope(provider, "continent", &region.name).unwrap_or(&region.continent).as_str()
    };
    look_up(from, to).or_else(|| look_up(area(source), area(target)))
}

/// What a gigabyte costs that crosses from one zone of a region to another, both sides together.
pub fn between_zones(provider: &str) -> Option<Decimal> {
    Book::figure(&BOOK.per_gb, provider, "inter-zone", "*")
}

/// What a gateway for address translation adds to a gigabyte.
pub fn nat_processing(provider: &str) -> Option<Decimal> {
    Book::figure(&BOOK.per_gb, provider, "nat", "*")
}

/// What a tunnel between two places costs a month before any traffic; places are (provider, region).
///
/// AWS bills a connection of two tunnels, Google each of the two tunnels of HA VPN.
pub fn vpn_monthly(a: (&str, &str), b: (&str, &str)) -> Option<Decimal> {
    let hour = |(provider, region): (&str, &str)| Book::figure(&BOOK.per_hour, provider, "vpn", region);
    Some((hour(a)? + hour(b)?) * MONTH_HOURS)
}

/// Every programme, in the table's order.
pub fn programmes() -> &'static [Programme] {
    &BOOK.programmes
}

/// The programme by which a provider forgoes the transfer of whoever leaves it for good.
pub fn exit_waiver(provider: &str) -> Option<&'static Programme> {
    programmes()
        .iter()
        .find(|programme| programme.kind == "exit-waiver" && programme.providers.contains(&provider.into()))
}

/// The interconnect that two providers offer together; its hourly fee is not published.
pub fn interconnect(a: &str, b: &str) -> Option<&'static Programme> {
    let is_theirs = |programme: &&Programme| {
        programme.kind == "interconnect-multicloud"
            && [a, b].iter().all(|name| programme.providers.contains(&(*name).into()))
    };
    programmes().iter().find(is_theirs).filter(|_| a != b)
}

/// The rate for parallel use of several clouds that a provider offers in a region.
pub fn parallel_use(provider: &str, region: &str) -> Option<&'static Programme> {
    let place = regions::find(provider, region)?;
    programmes().iter().find(|programme| {
        matches!(programme.kind.as_str(), "data-transfer-essentials" | "data-act-at-cost" | "data-act-reduced")
            && programme.providers.contains(&provider.into())
            && programme.places.iter().any(|tag| place.is_under(tag))
    })
}

#[cfg(test)]
mod tests;
