//! EC2 instances that run Windows, Red Hat or SUSE: the price of Linux plus that of the licence.
//!
//! The list of all regions mixes in other products: Windows on an own licence, dedicated tenancy, SQL Server.
//! A licence costs the same everywhere, so the difference to Linux that many regions share is the licence,
//! and a price with another difference is something else: it is kept out and counted, and the price of Linux
//! plus the licence stands in for it under a source of its own. Types that few regions have are measured by the
//! licence of most types with as many vCPUs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

use super::super::table::Table;
use super::ec2::{LINUX, Linux, SERVICE};
use super::offers::{Meter, Offers, Source};
use crate::price::SheetError;

/// The systems: their operation, and what each source calls them.
const SYSTEMS: &str = include_str!("ec2-systems.csv");

const TABLE: &str = "ec2-by-os-libcloud.csv.gz";
const SIZES: &str = "ec2-instance-specs.csv";

/// How many different prices of Linux a difference must go with before it counts as the licence's price.
const WITNESSES: usize = 3;

/// Prices are rounded to four decimals, and a reconstructed price of Linux may be 0.2 % off.
const ROUNDING: Decimal = Decimal::from_parts(6, 0, 0, false, 4);
const SHARE: Decimal = Decimal::from_parts(2, 0, 0, false, 3);

/// A system's prices by region and type.
type Prices<'t> = BTreeMap<(&'t str, &'t str), Decimal>;
/// The number of vCPUs by type.
type Sizes<'t> = BTreeMap<&'t str, &'t str>;

/// A system's prices, sorted into those that are what they say, and the rest.
pub(super) struct System {
    operation: SmolStr,
    words: SmolStr,
    kept: Vec<(SmolStr, SmolStr, Decimal)>,
    gaps: Vec<(SmolStr, SmolStr)>,
    kept_out: usize,
    licences: Licences,
}

/// Reads the table of all systems.
pub(super) fn read(from: &Path, linux: &Linux) -> Result<Vec<System>, SheetError> {
    let systems = Table::read("ec2-systems.csv".to_owned(), SYSTEMS.as_bytes())?;
    let sizes = Table::open(&from.join(SIZES))?;
    let sizes: Sizes<'_> = sizes.lines().map(|line| (line.text("instance_type"), line.text("vcpu"))).collect();
    let list = Table::open(&from.join(TABLE))?;
    let mut read = Vec::new();
    for system in systems.lines() {
        let mut prices = Prices::new();
        for line in list.lines().filter(|line| line.text("os") == system.text("name")) {
            let price = line.decimal(line.text("usd_per_hour"), "price")?;
            prices.insert((line.text("region"), line.text("instance_type")), price);
        }
        read.push(System::of(system.text("operation"), system.text("system"), &prices, linux, &sizes));
    }
    Ok(read)
}

impl System {
    fn of(operation: &str, words: &str, prices: &Prices<'_>, linux: &Linux, sizes: &Sizes<'_>) -> Self {
        let licences = Licences::of(prices, linux, sizes);
        let (mut kept, mut gaps, mut kept_out) = (Vec::new(), Vec::new(), 0);
        for (&(region, kind), &price) in prices {
            let base = base(linux, region, kind);
            if base.is_some_and(|base| licences.explain(kind, base, price)) {
                kept.push((region.into(), kind.into(), price));
                continue;
            }
            // Zero is no price: the list has it for types that are offered as well as for others.
            kept_out += usize::from(!price.is_zero());
            gaps.push((region.into(), kind.into()));
        }
        Self { operation: operation.into(), words: words.into(), kept, gaps, kept_out, licences }
    }

    /// Puts the prices that the list gives.
    pub(super) fn shelve_listed(&self, offers: &mut Offers) {
        let title = format!(
            "AWS price list, as collected by apache-libcloud 3.9.1 libcloud/data/pricing.json, Apache-2.0; kept out: \
             {} of {} prices of {} that are not those of Linux plus a licence",
            self.kept_out,
            self.kept_out + self.kept.len(),
            self.words
        );
        let source = Source::new(&format!("libcloud-2025-03.{}", self.code()), "2025-03-02", &title);
        for (region, kind, price) in &self.kept {
            offers.put(SERVICE, &self.meter(kind), "Hrs", *price, region, &source);
        }
    }

    /// Puts Linux plus the licence where the list has something else, unless another list has it by now.
    pub(super) fn shelve_summed(&self, offers: &mut Offers, linux: &Linux) {
        let title = format!(
            "the price of Linux in the region plus the licence of {}, which costs the same in at least {WITNESSES} \
             regions of apache-libcloud 3.9.1 (2025-03-02), Apache-2.0",
            self.words
        );
        let source = Source::new(&format!("linux-plus-licence.{}", self.code()), "2024-08", &title);
        for (region, kind) in &self.gaps {
            if let (Some(base), Some(licence)) = (base(linux, region, kind), self.licences.usual(kind)) {
                offers.put(SERVICE, &self.meter(kind), "Hrs", base + licence, region, &source);
            }
        }
    }

    /// Puts dedicated Linux plus the licence, which dedicated tenancy makes no dearer.
    pub(super) fn shelve_dedicated(&self, offers: &mut Offers) {
        let given = offers.given(SERVICE).into_iter().filter(|given| given.meter.operation == LINUX);
        for linux in given {
            let Some(kind) = linux.meter.usage_type.strip_prefix("DedicatedUsage:") else { continue };
            let Some(licence) = self.licences.usual(kind) else { continue };
            let title = format!(
                "{}; plus the licence of {}, as 936 of 1,006 dedicated prices of Windows and SUSE in eu-west-1 in 2023 are",
                linux.source.title, self.words
            );
            let id = format!("{}.{}", linux.source.id, self.code());
            let source = Source::new(&id, &linux.source.as_of, &title);
            let meter = Meter::new(linux.meter.usage_type.clone(), self.operation.clone());
            offers.put(SERVICE, &meter, "Hrs", linux.price + licence, &linux.region, &source);
        }
    }

    /// The part of the operation that names the system.
    fn code(&self) -> &str {
        self.operation.trim_start_matches("RunInstances:")
    }

    fn meter(&self, kind: &str) -> Meter {
        Meter::new(format_smolstr!("BoxUsage:{kind}"), self.operation.clone())
    }
}

fn base(linux: &Linux, region: &str, kind: &str) -> Option<Decimal> {
    linux.get(&(region.into(), kind.into())).copied()
}

/// What the licence of a type costs, as far as enough regions agree.
struct Licences {
    /// By type: the differences that go with enough prices of Linux, and with how many.
    by_kind: BTreeMap<SmolStr, BTreeMap<Decimal, usize>>,
    /// For types without such a difference: the licence of most types of the same size.
    by_size: BTreeMap<SmolStr, Decimal>,
}

impl Licences {
    fn of(prices: &Prices<'_>, linux: &Linux, sizes: &Sizes<'_>) -> Self {
        let mut seen: BTreeMap<SmolStr, BTreeMap<Decimal, BTreeSet<Decimal>>> = BTreeMap::new();
        for (&(region, kind), &price) in prices {
            let Some(base) = base(linux, region, kind) else { continue };
            let difference = (price - base).round_dp(4).normalize();
            // The price of Linux itself is that of an own licence.
            if difference > Decimal::ZERO {
                seen.entry(kind.into()).or_default().entry(difference).or_default().insert(base);
            }
        }
        let count = |differences: BTreeMap<Decimal, BTreeSet<Decimal>>| {
            let counted = differences.into_iter().map(|(difference, bases)| (difference, bases.len()));
            counted.filter(|(_, witnesses)| *witnesses >= WITNESSES).collect()
        };
        let by_kind = seen.into_iter().map(|(kind, differences)| (kind, count(differences))).collect();
        let mut licences = Self { by_kind, by_size: BTreeMap::new() };
        licences.by_size = licences.sizes(prices, sizes);
        licences
    }

    /// The licence of each type that has none of its own, by what more than half of its size pay.
    fn sizes(&self, prices: &Prices<'_>, sizes: &Sizes<'_>) -> BTreeMap<SmolStr, Decimal> {
        let mut usual: BTreeMap<&str, BTreeMap<Decimal, usize>> = BTreeMap::new();
        for kind in self.by_kind.keys() {
            if let (Some(size), Some(licence)) = (sizes.get(kind.as_str()), self.usual(kind)) {
                *usual.entry(size).or_default().entry(licence).or_default() += 1;
            }
        }
        let majority = |size: &str| {
            let licences = usual.get(size)?;
            let (licence, count) = licences.iter().max_by_key(|(_, count)| **count)?;
            (count * 2 > licences.values().sum::<usize>()).then_some(*licence)
        };
        let kinds: BTreeSet<&str> = prices.keys().map(|(_, kind)| *kind).collect();
        let without = kinds.into_iter().filter(|kind| self.usual(kind).is_none());
        without.filter_map(|kind| Some((kind.into(), majority(sizes.get(kind)?)?))).collect()
    }

    /// The difference with the most witnesses, unless another has half as many: older types have a licence
    /// that differs by region.
    fn usual(&self, kind: &str) -> Option<Decimal> {
        let mut known: Vec<_> = self.by_kind.get(kind)?.iter().collect();
        known.sort_by(|(_, many), (_, more)| more.cmp(many));
        match known.as_slice() {
            [(licence, _)] => Some(**licence),
            [(licence, many), (_, others), ..] if **many > **others * 2 => Some(**licence),
            _ => None,
        }
    }

    /// Whether a price is that of Linux plus one of the licence's known prices.
    fn explain(&self, kind: &str, base: Decimal, price: Decimal) -> bool {
        let own = self.by_kind.get(kind).into_iter().flat_map(BTreeMap::keys);
        let mut known = own.chain(self.by_size.get(kind));
        known.any(|licence| (base + licence - price).abs() <= ROUNDING + price * SHARE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().expect("a decimal")
    }

    #[test]
    fn a_licence_is_what_most_regions_add_to_linux() {
        let regions = [
            ("a", "0.1", "0.192"),
            ("b", "0.11", "0.202"),
            ("c", "0.12", "0.212"),
            ("d", "0.13", "0.13"),
            ("e", "0.1", "0.3"),
        ];
        let linux: Linux =
            regions.iter().map(|(region, base, _)| (((*region).into(), "m5.large".into()), decimal(base))).collect();
        let prices: Prices<'_> =
            regions.iter().map(|(region, _, price)| ((*region, "m5.large"), decimal(price))).collect();
        let licences = Licences::of(&prices, &linux, &Sizes::from([("m5.large", "2"), ("x9.large", "2")]));
        assert_eq!(licences.usual("m5.large"), Some(decimal("0.092")));
        assert!(licences.explain("m5.large", decimal("0.13"), decimal("0.2221")));
        assert!(!licences.explain("m5.large", decimal("0.13"), decimal("0.13")), "an own licence");
        assert!(!licences.explain("m5.large", decimal("0.1"), decimal("0.3")), "something else");
        assert_eq!(licences.usual("m5.xlarge"), None);
    }

    #[test]
    fn a_rare_type_is_measured_by_its_size() {
        let mut prices = Prices::from([(("a", "x9.large"), decimal("0.292")), (("b", "x9.large"), decimal("0.22"))]);
        let mut linux = Linux::new();
        for (region, base) in [("a", "0.1"), ("b", "0.11"), ("c", "0.12")] {
            linux.insert((region.into(), "m5.large".into()), decimal(base));
            linux.insert((region.into(), "x9.large".into()), decimal("0.2"));
            prices.insert((region, "m5.large"), decimal(base) + decimal("0.092"));
        }
        let sizes = Sizes::from([("m5.large", "2"), ("x9.large", "2")]);
        let system = System::of("RunInstances:0002", "Windows", &prices, &linux, &sizes);
        assert!(system.kept.contains(&("a".into(), "x9.large".into(), decimal("0.292"))));
        assert_eq!((system.kept_out, system.gaps), (1, vec![("b".into(), "x9.large".into())]));
    }
}
