//! Prices drawn at random from the embedded book, beside what a table says that they are not from.

use std::path::Path;

use lepton::price::{Book, Key, Lookup, Meter, MeterPrice};
use rust_decimal::Decimal;

use super::tables::{At, Index, Other, index};

/// Prices that are nearer agree, in per cent.
const NEAR: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

/// How many prices of each provider in a hundred.
const SHARES: [(&str, usize); 3] = [("aws", 36), ("azure", 36), ("google", 28)];

/// What a title says of a source that is a table.
const ORIGINS: [(&str, &[&str]); 12] = [
    ("infracost api", &["cloud_pricing_with_infracost", "cloud-sql-2024-03"]),
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
    at: At,
    ours: (Decimal, String, String),
    other: Other,
}

impl Drawn {
    /// How many times ours the other is.
    fn ratio(&self) -> Decimal {
        if self.ours.0.is_zero() { Decimal::ONE } else { self.other.price / self.ours.0 }
    }

    /// How far the other is from ours, in per cent of ours.
    fn difference(&self) -> Decimal {
        ((self.ratio() - Decimal::ONE) * Decimal::ONE_HUNDRED).round_dp(1)
    }

    /// Why the other is not ours, as far as the tables tell it; empty where the two agree.
    fn reason(&self, index: &Index) -> Option<String> {
        let (_, service, key, _) = &self.at;
        if self.difference().abs() <= NEAR {
            return Some(String::new());
        }
        if key.iter().any(|part| part.contains("Spot")) {
            return Some("a spot price, which moves every month".into());
        }
        if key.get(1).is_some_and(|operation| operation == "RunInstances:0010") && self.other.as_of < "2024-07-01" {
            return Some("Red Hat is sold by the vCPU since 2024-07-01; the other price is older".into());
        }
        if service == "AmazonEC2" && self.is_dedicated(index) {
            return Some(format!("{} has the price of dedicated tenancy", self.other.table));
        }
        self.family(index)
    }

    /// Whether the other is as much dearer as dedicated tenancy is: in eu-west-1 in 2023, or the tenth of newer types.
    fn is_dedicated(&self, index: &Index) -> bool {
        let of = |key: &[String]| {
            let prices = index.get(&("aws", "AmazonEC2".into(), key.to_vec(), "eu-west-1".into()))?;
            prices.iter().find(|price| price.table == "terracost").map(|price| price.price)
        };
        let (_, _, key, _) = &self.at;
        let dedicated = [key[0].replace("BoxUsage", "DedicatedUsage"), key[1].clone()];
        let known = of(&dedicated).zip(of(key)).map(|(dedicated, shared)| dedicated / shared);
        (self.ratio() - known.unwrap_or(Decimal::new(11, 1))).abs() <= Decimal::new(6, 3)
    }

    /// Whether most sizes of a family differ alike in a region, and how many do.
    fn family(&self, index: &Index) -> Option<String> {
        let (provider, service, key, region) = &self.at;
        let family = |size: &str| size.chars().filter(|letter| !letter.is_ascii_digit()).collect::<String>();
        let sizes = index.iter().filter(|((of, name, other, place), _)| {
            (of, name, place) == (provider, service, region)
                && family(&other[0]) == family(&key[0])
                && other[1..] == key[1..]
        });
        let book = Book::embedded();
        let (mut alike, mut all) = (0, 0);
        for ((_, _, other, _), prices) in sizes {
            let columns: Vec<_> =
                book.columns(provider, service)?.iter().cloned().zip(other.iter().map(Into::into)).collect();
            let Lookup::Found(ours) = book.find(&Key { provider, service, columns: &columns, region }) else {
                continue;
            };
            let Some(other) = prices.iter().find(|price| price.table == self.other.table) else { continue };
            all += 1;
            alike += usize::from((other.price / ours.tiers[0].price - self.ratio()).abs() <= Decimal::new(1, 2));
        }
        let dates =
            format!("from {} to {}", self.other.as_of.min(&self.ours.2), self.ours.2.as_str().max(self.other.as_of));
        (alike >= 2 && alike * 2 >= all).then(|| format!("{alike} of {all} sizes of the family moved alike {dates}"))
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
    println!("\n| meter | region | the book | source, date | other price | source, date | difference | why |");
    println!("|---|---|---|---|---|---|---|---|");
    let (mut near, mut unexplained) = (0, 0);
    for row in &drawn {
        let (_, service, key, region) = &row.at;
        let (price, source, as_of) = &row.ours;
        let Other { table, as_of: other_as_of, price: other } = &row.other;
        let reason = row.reason(&index);
        near += usize::from(row.difference().abs() <= NEAR);
        unexplained += usize::from(reason.is_none());
        println!(
            "| {service} {} | {region} | {} | {source}, {as_of} | {} | {table}, {other_as_of} | {} % | {} |",
            key.join(" / "),
            price.round_dp(8).normalize(),
            other.round_dp(8).normalize(),
            row.difference().normalize(),
            reason.as_deref().unwrap_or("not known")
        );
    }
    println!("\n{near} of {count} agree within 0.5 %; {unexplained} differ for no known reason");
    assert_eq!(unexplained, 0, "a price differs for no known reason");
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
            Some((at, other)) => found.push(Drawn {
                at: at.clone(),
                ours: (price.tiers[0].price, price.source.id.to_string(), price.source.as_of.to_string()),
                other: other.clone(),
            }),
            None => passed += 1,
        }
    }
    (found, passed)
}

/// What the newest table says that the price is not from. A price with tiers is only compared with what has them too.
fn other<'i>(meter: &Meter, price: &MeterPrice, index: &'i Index) -> Option<(&'i At, &'i Other)> {
    let provider = SHARES.iter().find(|(name, _)| *name == meter.provider)?.0;
    let key = meter.key.iter().map(ToString::to_string).collect();
    let (at, others) = index.get_key_value(&(provider, meter.service.to_string(), key, price.region.to_string()))?;
    let is_other = |other: &&Other| {
        let origins = ORIGINS.iter().find(|(table, _)| *table == other.table).map_or(&[][..], |(_, origins)| origins);
        !origins.iter().any(|origin| price.source.title.contains(origin))
    };
    let newest = others.iter().filter(is_other).filter(|_| price.tiers.len() == 1).max_by_key(|other| other.as_of);
    newest.map(|other| (at, other))
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
