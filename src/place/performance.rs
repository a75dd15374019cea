//! How fast a vCPU is: families of machines, their speed relative to m5, and what burstable ones sustain.
//!
//! A vCPU is no unit: a family that sells whole cores does twice the work of one that sells threads. Speeds are
//! compared by one metric on both sides, never by two, since they differ (m6i is 1.48 by Geekbench, 1.17 by
//! CoreMark). The Geekbench table has a licence of its own and may be empty.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use smol_str::{SmolStr, ToSmolStr};

use super::facts::Table;
use super::family::family_name;

/// A family of machines of a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// `aws`, `azure`, `google`, `alibaba` or `tencent`.
    pub provider: SmolStr,
    /// As the provider spells it.
    pub name: SmolStr,
    /// What it is made for: `general`, `compute`, `memory`, `burstable`, `storage`, `accelerated` …
    pub class: SmolStr,
    /// `amd64` or `arm64`; unknown where nobody measured it.
    pub arch: Option<SmolStr>,
    /// How many vCPUs share a core.
    pub threads_per_core: Option<u8>,
    /// Whether it has a GPU or the like.
    pub has_gpu: bool,
    /// The family that the provider sells in its place.
    pub successor: Option<SmolStr>,
    coremark: Option<Decimal>,
    geekbench: Option<Decimal>,
}

/// What two speeds were compared by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Metric {
    /// The same family: no measurement needed.
    Same,
    /// Geekbench 6, all cores (Spare Cores, CC BY-SA 4.0).
    Geekbench,
    /// CoreMark (vantage-sh, MIT; Cyclenerd, Apache-2.0).
    CoreMark,
}

/// How much faster a vCPU of one family is than of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Speed {
    /// Measured on both sides.
    Ratio {
        /// Above one: the first is faster.
        ratio: Decimal,
        /// By what.
        metric: Metric,
    },
    /// Not measured by one metric on both sides.
    Unknown,
}

/// What a machine sustains of each of its vCPUs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sustained {
    /// All of it.
    Whole,
    /// A share; what is above it is a burst.
    Share(Decimal),
    /// It bursts, and its share is not in the table.
    Unknown,
}

type Key = (SmolStr, SmolStr);

/// By provider and family in small letters: Azure's names come in any case.
static FAMILIES: LazyLock<BTreeMap<Key, Family>> =
    LazyLock::new(|| read(include_str!("data/performance.csv"), include_str!("data/performance-geekbench.csv")));

static SHARES: LazyLock<BTreeMap<Key, Decimal>> = LazyLock::new(|| {
    let table = Table::read("burstable.csv", include_str!("data/burstable.csv"));
    table.lines().map(|line| (key(line.text("provider"), line.text("machine_type")), line.number("share"))).collect()
});

fn key(provider: &str, name: &str) -> Key {
    (provider.into(), name.to_ascii_lowercase().to_smolstr())
}

fn read(families: &str, geekbench: &str) -> BTreeMap<Key, Family> {
    let geekbench = Table::read("performance-geekbench.csv", geekbench);
    let scores: BTreeMap<Key, Decimal> = geekbench
        .lines()
        .map(|line| (key(line.text("provider"), line.text("family")), line.number("geekbench")))
        .collect();
    let table = Table::read("performance.csv", families);
    let family = |line: super::facts::Line<'_>| {
        let key = key(line.text("provider"), line.text("family"));
        let family = Family {
            provider: line.word("provider"),
            name: line.word("family"),
            class: line.word("class"),
            arch: line.given("arch"),
            threads_per_core: line.given("threads_per_core"),
            has_gpu: line.says("gpu") || line.text("class") == "accelerated",
            successor: line.given("successor"),
            coremark: line.decimal("coremark"),
            geekbench: scores.get(&key).copied(),
        };
        (key, family)
    };
    table.lines().map(family).collect()
}

/// A family by its name.
pub fn find(provider: &str, family: &str) -> Option<&'static Family> {
    FAMILIES.get(&key(provider, family))
}

/// The family of a machine type, if both are known.
pub fn family(provider: &str, machine_type: &str) -> Option<&'static Family> {
    find(provider, &family_name(provider, machine_type)?)
}

/// Every family, by provider and name.
pub fn all() -> impl Iterator<Item = &'static Family> {
    FAMILIES.values()
}

/// How much faster a vCPU of `a` is than one of `b`: by Geekbench where both have it, else by CoreMark where both have it.
pub fn compare(a: &Family, b: &Family) -> Speed {
    if (&a.provider, &a.name) == (&b.provider, &b.name) {
        return Speed::Ratio { ratio: Decimal::ONE, metric: Metric::Same };
    }
    let by = |metric, a: Option<Decimal>, b: Option<Decimal>| {
        let ratio = a?.checked_div(b?)?;
        Some(Speed::Ratio { ratio, metric })
    };
    by(Metric::Geekbench, a.geekbench, b.geekbench)
        .or_else(|| by(Metric::CoreMark, a.coremark, b.coremark))
        .unwrap_or(Speed::Unknown)
}

/// The smaller of the ratios, for whoever wants caution.
pub fn compare_cautiously(a: &Family, b: &Family) -> Speed {
    let cautious = Family { geekbench: None, ..a.clone() };
    match (compare(a, b), compare(&cautious, b)) {
        (Speed::Ratio { ratio: one, .. }, Speed::Ratio { ratio, metric }) if ratio < one => {
            Speed::Ratio { ratio, metric }
        }
        (speed, _) => speed,
    }
}

/// What a machine sustains of each vCPU.
pub fn sustained(provider: &str, machine_type: &str) -> Sustained {
    if let Some(share) = SHARES.get(&key(provider, machine_name(machine_type))) {
        return Sustained::Share(*share);
    }
    match family(provider, machine_type) {
        Some(family) if family.class.starts_with("burstable") => Sustained::Unknown,
        _ => Sustained::Whole,
    }
}

/// The machine in the name of a database's or cache's class: `db.t4g.small`, `B_Standard_B1ms`.
fn machine_name(machine_type: &str) -> &str {
    let name = machine_type.rsplit('/').next().unwrap_or(machine_type);
    let name = ["db.", "cache."].iter().find_map(|prefix| name.strip_prefix(prefix)).unwrap_or(name);
    name.find("_Standard_").map_or(name, |at| &name[at + 1..])
}

/// How many machines carry a demand in reference vCPUs; nothing where a machine carries nothing.
pub fn machines_for(demand: Decimal, vcpu: Decimal, speed: Decimal, share: Decimal) -> Option<Decimal> {
    demand.checked_div(vcpu * speed * share).map(|machines| machines.ceil())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn speed(provider: &str, machine_type: &str) -> Speed {
        compare(family(provider, machine_type).unwrap(), find("aws", "m5").unwrap())
    }

    fn ratio(provider: &str, machine_type: &str) -> Decimal {
        let Speed::Ratio { ratio, .. } = speed(provider, machine_type) else { panic!("{machine_type} is unknown") };
        ratio
    }

    /// Demand 8 on machines of two vCPUs: 8 ÷ (2 × 1.000) = 4; ÷ (2 × 1.929) = 2.07 → 3; ÷ (2 × 1.680) = 2.38 → 3;
    /// ÷ (2 × 0.885) = 4.52 → 5; ÷ (2 × 2.154) = 1.86 → 2.
    #[test]
    fn a_demand_takes_as_many_machines_as_their_speed_says() {
        for (provider, machine, machines) in [
            ("aws", "m5.large", "4"),
            ("aws", "m7g.large", "3"),
            ("google", "n4-standard-2", "3"),
            ("google", "e2-standard-2", "5"),
            ("azure", "Standard_D2ps_v6", "2"),
        ] {
            let machines_needed = machines_for(figure("8"), figure("2"), ratio(provider, machine), Decimal::ONE);
            assert_eq!(machines_needed, Some(figure(machines)), "{machine}");
        }
        assert_eq!(machines_for(figure("8"), figure("2"), Decimal::ZERO, Decimal::ONE), None);
    }

    #[test]
    fn one_metric_on_both_sides() {
        let (m6i, m5) = (find("aws", "m6i").unwrap(), find("aws", "m5").unwrap());
        assert!(matches!(compare(m6i, m5), Speed::Ratio { metric: Metric::Geekbench, .. }));
        // c4a has a CoreMark of neither source and no Geekbench: nothing to compare by.
        assert_eq!(compare(find("google", "c4a").unwrap(), m5), Speed::Unknown);
        assert_eq!(compare(find("tencent", "S5").unwrap(), m5), Speed::Unknown);
        assert_eq!(compare(m5, m5), Speed::Ratio { ratio: Decimal::ONE, metric: Metric::Same });
    }

    /// m6i: 1.48 by Geekbench, 1.17 by CoreMark.
    #[test]
    fn without_geekbench_coremark_decides() {
        for geekbench in ["", "# nothing\nprovider,family,geekbench,samples\n"] {
            let families = read(include_str!("data/performance.csv"), geekbench);
            let (m6i, m5) = (&families[&key("aws", "m6i")], &families[&key("aws", "m5")]);
            let Speed::Ratio { ratio, metric } = compare(m6i, m5) else { panic!("m6i has a CoreMark") };
            assert_eq!((ratio.round_dp(2), metric), (figure("1.17"), Metric::CoreMark));
            // Azure has no CoreMark in the table.
            assert_eq!(compare(&families[&key("azure", "Dsv5")], m5), Speed::Unknown);
        }
    }

    #[test]
    fn caution_takes_the_smaller_ratio() {
        let (m6i, m5) = (find("aws", "m6i").unwrap(), find("aws", "m5").unwrap());
        assert_eq!(ratio("aws", "m6i.large").round_dp(2), figure("1.48"));
        let Speed::Ratio { ratio, metric } = compare_cautiously(m6i, m5) else { panic!("both are measured") };
        assert_eq!((ratio.round_dp(2), metric), (figure("1.17"), Metric::CoreMark));
        assert_eq!(compare_cautiously(find("azure", "Dsv5").unwrap(), m5), speed("azure", "Standard_D4s_v5"));
    }

    /// 2 vCPUs × 30 % of a t3.large are 0.6 of a vCPU: 8 ÷ (2 × 1 × 0.3) = 13.33 → 14.
    #[test]
    fn burstable_machines_sustain_a_share() {
        assert_eq!(sustained("aws", "t3.large"), Sustained::Share(figure("0.3")));
        assert_eq!(sustained("aws", "db.t4g.micro"), Sustained::Share(figure("0.1")));
        assert_eq!(sustained("aws", "t2.xlarge"), Sustained::Share(figure("0.225")));
        assert_eq!(sustained("azure", "Standard_B4ms"), Sustained::Share(figure("0.225")));
        assert_eq!(sustained("azure", "B_Standard_B1ms"), Sustained::Share(figure("0.2")));
        assert_eq!(sustained("azure", "Standard_B2ps_v2"), Sustained::Share(figure("0.4")));
        assert_eq!(sustained("google", "e2-micro"), Sustained::Share(figure("0.125")));
        assert_eq!(sustained("google", "e2-standard-2"), Sustained::Whole);
        assert_eq!(sustained("aws", "m5.large"), Sustained::Whole);
        assert_eq!(sustained("aws", "t1.micro"), Sustained::Unknown);
        assert_eq!(sustained("alibaba", "ecs.t6-c1m2.large"), Sustained::Unknown);
        assert_eq!(machines_for(figure("8"), figure("2"), Decimal::ONE, figure("0.3")), Some(figure("14")));
    }

    #[test]
    fn families_say_what_they_are() {
        let graviton = family("aws", "m7g.large").unwrap();
        assert_eq!((graviton.arch.as_deref(), graviton.threads_per_core), (Some("arm64"), Some(1)));
        let azure = family("azure", "standard_d4s_v5").unwrap();
        assert_eq!((azure.name.as_str(), azure.class.as_str()), ("Dsv5", "general"));
        assert_eq!(find("google", "n2").unwrap().successor.as_deref(), Some("n4"));
        assert!(family("google", "g2-standard-4").unwrap().has_gpu);
        assert_eq!(family("aws", "m99.large"), None);
    }

    #[test]
    fn every_share_is_of_a_known_family() {
        for (provider, machine_type) in SHARES.keys() {
            assert!(family(provider, machine_type).is_some(), "{provider} {machine_type}");
        }
        assert_eq!(
            FAMILIES.len(),
            include_str!("data/performance.csv").lines().filter(|line| !line.starts_with('#')).count() - 1
        );
    }
}
