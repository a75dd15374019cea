//! Classes of object storage: their prices and the rules by which they bill more than is stored.

use std::sync::{Arc, LazyLock};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::facts::{Confidence, Line, Source, Table};

/// A class of object storage in a region. A price that is unknown is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// `aws`, `azure`, `google`, `alibaba` or `tencent`.
    pub provider: SmolStr,
    /// `standard`, `cool`, `glacier-deep-archive` …
    pub name: SmolStr,
    /// What Terraform calls it.
    pub terraform: SmolStr,
    /// The provider's region.
    pub region: SmolStr,
    /// Of its prices.
    pub currency: SmolStr,
    /// A gigabyte for a month.
    pub storage: Option<Decimal>,
    /// A gigabyte read.
    pub retrieval: Option<Decimal>,
    /// Ten thousand writes.
    pub write_per_10k: Option<Decimal>,
    /// Ten thousand reads.
    pub read_per_10k: Option<Decimal>,
    /// Ten thousand restores, where objects are read only after one.
    pub restore_per_10k: Option<Decimal>,
    /// Ten thousand objects that a lifecycle moves into it.
    pub move_per_10k: Option<Decimal>,
    /// What is deleted earlier is billed to this age.
    pub min_days: Decimal,
    /// Whether that age is the object's, so that moving on owes nothing; else it is the time in the class.
    pub counts_from_creation: bool,
    /// What is smaller is billed as this size.
    pub min_object_kb: Decimal,
    /// Index of each object, at the class's own price.
    pub overhead_tier_kb: Decimal,
    /// Index of each object, at the standard price.
    pub overhead_standard_kb: Decimal,
    /// A lifecycle moves no younger object into it.
    pub min_age_days: Decimal,
    /// How long the slowest standard retrieval takes.
    pub first_byte_minutes: u32,
    /// Whether objects are read only after a restore.
    pub needs_restore: bool,
    /// How many zones hold the data, in the provider's words.
    pub zones: SmolStr,
    /// A thousand monitored objects for a month.
    pub monitoring_per_1k: Option<Decimal>,
    /// Smaller objects are not monitored.
    pub monitored_from_kb: Decimal,
    /// Up to here the price holds; what is above is cheaper.
    pub cap_gb: Option<Decimal>,
    /// Whether it can be chosen, and is not a step inside another class.
    pub is_choice: bool,
    /// How far its prices can be trusted.
    pub confidence: Confidence,
    /// Where they come from.
    pub source: Arc<Source>,
}

impl Tier {
    fn read(line: Line<'_>) -> Self {
        Self {
            provider: line.word("provider"),
            name: line.word("tier"),
            terraform: line.word("terraform"),
            region: line.word("region"),
            currency: line.word("currency"),
            storage: line.decimal("storage"),
            retrieval: line.decimal("retrieval"),
            write_per_10k: line.decimal("write_per_10k"),
            read_per_10k: line.decimal("read_per_10k"),
            restore_per_10k: line.decimal("restore_per_10k"),
            move_per_10k: line.decimal("move_per_10k"),
            min_days: line.number("min_days"),
            counts_from_creation: line.text("min_days_from") == "creation",
            min_object_kb: line.number("min_object_kb"),
            overhead_tier_kb: line.number("overhead_tier_kb"),
            overhead_standard_kb: line.number("overhead_standard_kb"),
            min_age_days: line.number("min_age_days"),
            first_byte_minutes: line.number("first_byte_minutes"),
            needs_restore: line.says("restore"),
            zones: line.word("zones"),
            monitoring_per_1k: line.decimal("monitoring_per_1k"),
            monitored_from_kb: line.number("monitored_from_kb"),
            cap_gb: line.decimal("cap_gb"),
            is_choice: line.says("choose"),
            confidence: line.number("confidence"),
            source: line.source(),
        }
    }

    /// What ten thousand reads cost: restores where objects need one.
    pub fn get_per_10k(&self) -> Option<Decimal> {
        if self.needs_restore { self.restore_per_10k } else { self.read_per_10k }
    }
}

/// By provider and region; the order of the table within, which is from warm to cold.
static TIERS: LazyLock<Vec<Tier>> = LazyLock::new(|| {
    let table = Table::read("storage_tiers.csv", include_str!("data/storage_tiers.csv"));
    let mut tiers: Vec<Tier> = table.lines().map(Tier::read).collect();
    tiers.sort_by(|a, b| (&a.provider, &a.region).cmp(&(&b.provider, &b.region)));
    tiers
});

/// The classes of a provider in a region, from warm to cold; empty where the table has none.
pub fn tiers(provider: &str, region: &str) -> &'static [Tier] {
    let place = |tier: &Tier| (tier.provider.as_str(), tier.region.as_str()).cmp(&(provider, region));
    let start = TIERS.partition_point(|tier| place(tier).is_lt());
    let end = TIERS.partition_point(|tier| place(tier).is_le());
    &TIERS[start..end]
}

/// A class by its name, or by what Terraform calls it.
pub fn find(provider: &str, region: &str, tier: &str) -> Option<&'static Tier> {
    let classes = tiers(provider, region);
    let by_name = classes.iter().find(|class| class.name == tier);
    by_name.or_else(|| classes.iter().find(|class| class.terraform.eq_ignore_ascii_case(tier)))
}

/// The class in which objects are held if nobody chooses: the first.
pub fn standard(provider: &str, region: &str) -> Option<&'static Tier> {
    tiers(provider, region).first()
}

/// What a gigabyte costs for a month, in USD; nothing where it is not known or may not stand in a total.
pub fn storage_per_gb(provider: &str, region: &str, tier: &str) -> Option<Decimal> {
    priced(provider, region, tier)?.storage
}

/// What ten thousand writes and ten thousand reads cost, in USD, likewise.
pub fn requests_per_10k(provider: &str, region: &str, tier: &str) -> Option<(Decimal, Decimal)> {
    let tier = priced(provider, region, tier)?;
    Some((tier.write_per_10k?, tier.get_per_10k()?))
}

fn priced(provider: &str, region: &str, tier: &str) -> Option<&'static Tier> {
    find(provider, region, tier).filter(|tier| tier.currency == "USD" && tier.confidence.may_price())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    /// 10,000 GB: S3 in Frankfurt at 0.0245 = 245.00, Cloud Storage at 0.023 = 230.00; saves 15.00.
    /// Ten million reads at S3: 1,000 × 0.004 = 4.00; ten million writes at Google: 1,000 × 0.05 = 50.00.
    #[test]
    fn a_bucket_of_ten_terabytes() {
        let gb = usd("10000");
        let aws = storage_per_gb("aws", "eu-central-1", "STANDARD").unwrap() * gb;
        let google = storage_per_gb("google", "europe-west3", "standard").unwrap() * gb;
        assert_eq!((aws, google, aws - google), (usd("245"), usd("230"), usd("15")));
        let (_, reads) = requests_per_10k("aws", "eu-central-1", "standard").unwrap();
        let (writes, _) = requests_per_10k("google", "europe-west3", "standard").unwrap();
        assert_eq!((reads * usd("1000"), writes * usd("1000")), (usd("4"), usd("50")));
    }

    #[test]
    fn what_is_not_in_the_table_is_unknown() {
        assert_eq!(storage_per_gb("aws", "eu-central-1", "STANDARD_IA"), None);
        assert_eq!(storage_per_gb("aws", "mars-north-1", "STANDARD"), None);
        assert_eq!(storage_per_gb("azure", "mexicocentral", "archive"), None);
        // Prices in yuan are no USD.
        assert_eq!(storage_per_gb("alibaba", "cn-hangzhou", "standard-lrs"), None);
        assert_eq!(find("alibaba", "cn-hangzhou", "standard-lrs").unwrap().currency, "CNY");
        assert_eq!(requests_per_10k("azure", "canadacentral", "hot"), None);
        assert!(tiers("aws", "nowhere").is_empty() && standard("aws", "nowhere").is_none());
    }

    #[test]
    fn classes_are_found_by_either_name() {
        assert_eq!(find("azure", "westeurope", "Cool").unwrap().name, "cool");
        assert_eq!(find("aws", "us-east-1", "INTELLIGENT_TIERING").unwrap().name, "intelligent-tiering-frequent");
        assert_eq!(standard("aws", "us-east-1").unwrap().terraform, "STANDARD");
        assert_eq!(standard("azure", "westeurope").unwrap().terraform, "Hot");
        assert_eq!(tiers("google", "europe-west3").len(), 4);
    }

    /// The first class is the standard one in every region: the chain starts there.
    #[test]
    fn warm_comes_first() {
        for two in TIERS.windows(2).filter(|two| two[0].region != two[1].region || two[0].provider != two[1].provider) {
            assert!(matches!(two[1].name.as_str(), "standard" | "hot" | "standard-lrs"), "{:?}", two[1]);
        }
    }
}
