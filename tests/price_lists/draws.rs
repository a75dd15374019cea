//! Prices drawn at random from the embedded book, beside what a table says that they are not from.

use std::path::Path;

use lepton::price::{Book, Meter, MeterPrice};
use rust_decimal::Decimal;

use super::tables::{Index, Other, index};

/// How many prices of each provider in a hundred.
const SHARES: [(&str, usize); 3] = [("aws", 36), ("azure", 36), ("google", 28)];

/// What a title says of a source that is a table.
const ORIGINS: [(&str, &[&str]); 11] = [
    ("libcloud", &["libcloud"]),
    ("karpenter", &["karpenter"]),
    ("coroot", &["coroot"]),
    ("terracost", &["terracost"]),
    ("ec2instances", &["ec2instances.info"]),
    ("retail", &["azure-architecture-diagram-builder", "retail-2026-08"]),
    ("raw page", &[]),
    ("radar", &["azure-pricing-radar"]),
    ("dashboard", &["azure-pricing-dashboard"]),
    ("sample", &["cloud-prices"]),
    ("gcosts", &["google-cloud-pricing-cost-calculator"]),
];

/// A row of the table.
struct Drawn {
    meter: String,
    region: String,
    ours: (Decimal, String, String),
    other: Other,
}

impl Drawn {
    /// How far the other is from ours, in per cent of ours.
    fn difference(&self) -> Decimal {
        if self.ours.0.is_zero() {
            Decimal::ZERO
        } else {
            ((self.other.price / self.ours.0 - Decimal::ONE) * Decimal::ONE_HUNDRED).round_dp(1)
        }
    }
}

/// Draws `count` prices and prints each beside another table's.
pub fn compare(folder: &Path, count: usize) {
    let index = index(folder);
    let mut random = Random(0x5eed_1e97_0002);
    let mut drawn = Vec::new();
    for (provider, share) in SHARES {
        let wanted = share * count / 100;
        let (found, passed) = draw(provider, wanted, &index, &mut random);
        println!("{provider}: {} prices of {} drawn have another source", found.len(), found.len() + passed);
        assert_eq!(found.len(), wanted, "{provider}");
        drawn.extend(found);
    }
    assert_eq!(drawn.len(), count);
    println!("\n| meter | region | the book | source, date | other price | source, date | difference |");
    println!("|---|---|---|---|---|---|---|");
    for row in &drawn {
        let (price, source, as_of) = &row.ours;
        let Other { table, as_of: other_as_of, price: other } = &row.other;
        println!(
            "| {} | {} | {} | {source}, {as_of} | {} | {table}, {other_as_of} | {} % |",
            row.meter,
            row.region,
            price.normalize(),
            other.normalize(),
            row.difference().normalize()
        );
    }
    let near = drawn.iter().filter(|row| row.difference().abs() <= Decimal::new(5, 1)).count();
    println!("\n{near} of {count} agree within 0.5 %");
    assert!(near * 10 >= count * 7, "only {near} of {count} agree: the book or the tables have changed");
}

/// Draws prices until enough have another source; says how many had none.
fn draw(provider: &str, wanted: usize, index: &Index, random: &mut Random) -> (Vec<Drawn>, usize) {
    let book = Book::embedded();
    let services = book.services(provider);
    let meters: Vec<Meter> = services.iter().flat_map(|service| book.meters(provider, service)).collect();
    let places: Vec<(usize, usize)> = meters
        .iter()
        .enumerate()
        .flat_map(|(at, meter)| (0..meter.prices.len()).map(move |price| (at, price)))
        .collect();
    let (mut found, mut passed) = (Vec::new(), 0);
    let mut taken = std::collections::BTreeSet::new();
    while found.len() < wanted && taken.len() < places.len() {
        let at = random.below(places.len());
        if !taken.insert(at) {
            continue;
        }
        let (meter, price) = (&meters[places[at].0], &meters[places[at].0].prices[places[at].1]);
        match other(meter, price, index) {
            Some(other) => found.push(Drawn {
                meter: format!("{} {}", meter.service, meter.key.join(" / ")),
                region: price.region.to_string(),
                ours: (price.tiers[0].price, price.source.id.to_string(), price.source.as_of.to_string()),
                other: other.clone(),
            }),
            None => passed += 1,
        }
    }
    (found, passed)
}

/// What the newest table says that the price is not from. A price with tiers is only compared with what has them too.
fn other<'i>(meter: &Meter, price: &MeterPrice, index: &'i Index) -> Option<&'i Other> {
    let provider = SHARES.iter().find(|(name, _)| *name == meter.provider)?.0;
    let key = meter.key.iter().map(ToString::to_string).collect();
    let others = index.get(&(provider, meter.service.to_string(), key, price.region.to_string()))?;
    let is_other = |other: &&Other| {
        let origins = ORIGINS.iter().find(|(table, _)| *table == other.table).map_or(&[][..], |(_, origins)| origins);
        !origins.iter().any(|origin| price.source.title.contains(origin))
    };
    others.iter().filter(is_other).filter(|_| price.tiers.len() == 1).max_by_key(|other| other.as_of)
}

/// Numbers without a pattern that matters, the same at every run (xorshift64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}
