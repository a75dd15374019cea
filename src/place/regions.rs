//! Regions of the providers: where they are, under which law, and how far apart.
//!
//! A region's name is only unique with its provider: `eu-west-1` is Dublin at AWS and London at Alibaba.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use smol_str::SmolStr;

use super::facts::Table;

/// A region of a provider.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// The book's name of it: `aws`, `azure`, `google`, `hetzner`, …
    pub provider: SmolStr,
    /// Its name at the provider.
    pub name: SmolStr,
    /// The city or county that it shares with regions of others.
    pub metro: SmolStr,
    /// Two letters.
    pub country: SmolStr,
    /// NA, SA, EU, ME, AF, AS, OC or CN.
    pub continent: SmolStr,
    /// Degrees north of the metro.
    pub latitude: f64,
    /// Degrees east of the metro.
    pub longitude: f64,
    /// `public`, `china` or `us-gov`: accounts and networks do not cross.
    pub partition: SmolStr,
    /// Tags of law, as `eu-gdpr`: hints, no legal advice.
    pub jurisdictions: Vec<SmolStr>,
    /// Whether prices of machines there were stored when the table was made.
    pub has_prices: bool,
    /// Whether anybody may start there: not restricted, closed or doubtful.
    pub is_open: bool,
    /// What else is to be said.
    pub note: SmolStr,
}

impl Region {
    /// Whether it is under a law: by the whole tag, or by its first part (`eu` is `eu-gdpr` and `eu-data-act`).
    ///
    /// `eu-adequate` is another country's law that the EU trusts, so `eu` does not mean it.
    pub fn is_under(&self, jurisdiction: &str) -> bool {
        let is_part = |tag: &str| tag.strip_prefix(jurisdiction).is_some_and(|rest| rest.starts_with('-'));
        self.jurisdictions.iter().any(|tag| tag == jurisdiction || (is_part(tag) && !tag.starts_with("eu-adequate")))
    }
}

static REGIONS: LazyLock<Vec<Region>> = LazyLock::new(|| {
    let table = Table::read("regions.csv", include_str!("data/regions.csv"));
    let mut regions: Vec<Region> = table
        .lines()
        .map(|line| Region {
            provider: line.word("provider"),
            name: line.word("region"),
            metro: line.word("metro"),
            country: line.word("country"),
            continent: line.word("continent"),
            latitude: line.number("lat"),
            longitude: line.number("lon"),
            partition: line.word("partition"),
            jurisdictions: line.text("jurisdictions").split(';').map(SmolStr::from).collect(),
            has_prices: line.says("prices"),
            is_open: line.says("open"),
            note: line.word("note"),
        })
        .collect();
    regions.sort_by(|a, b| (&a.provider, &a.name).cmp(&(&b.provider, &b.name)));
    regions
});

static OPERATORS: LazyLock<BTreeMap<SmolStr, SmolStr>> = LazyLock::new(|| {
    let table = Table::read("operators.csv", include_str!("data/operators.csv"));
    table.lines().map(|line| (line.word("provider"), line.word("country"))).collect()
});

/// Every region, by provider and name.
pub fn all() -> &'static [Region] {
    &REGIONS
}

/// A region of a provider.
pub fn find(provider: &str, name: &str) -> Option<&'static Region> {
    let at = REGIONS.binary_search_by(|region| (region.provider.as_str(), region.name.as_str()).cmp(&(provider, name)));
    at.ok().map(|at| &REGIONS[at])
}

/// Whether two regions are in the same metro and an account of one partition can reach both.
pub fn same_metro(a: &Region, b: &Region) -> bool {
    a.metro == b.metro && a.partition == b.partition
}

/// The open, public region of a provider that is nearest to a place; the first by name of equally near ones.
pub fn nearest(provider: &str, latitude: f64, longitude: f64) -> Option<&'static Region> {
    let candidates = REGIONS.iter().filter(|region| region.provider == provider);
    let open = candidates.filter(|region| region.is_open && region.has_prices && region.partition == "public");
    let far = |region: &Region| distance_km((region.latitude, region.longitude), (latitude, longitude));
    open.min_by(|a, b| far(a).total_cmp(&far(b)))
}

/// The country whose company operates a provider: who, not where.
pub fn operator_country(provider: &str) -> Option<&'static str> {
    OPERATORS.get(provider).map(SmolStr::as_str)
}

/// An estimate of the round trip between two regions, in milliseconds.
pub fn rtt_ms(a: &Region, b: &Region) -> f64 {
    if a.metro == b.metro {
        return rtt_of_km(0.0);
    }
    rtt_of_km(distance_km((a.latitude, a.longitude), (b.latitude, b.longitude)))
}

/// The same over a distance: 2 ms, and 0.015 ms a kilometre (200 km a millisecond in fibre, paths half again as long).
pub fn rtt_of_km(km: f64) -> f64 {
    2.0 + 0.015 * km
}

/// The great circle between two places of (latitude, longitude) in degrees.
pub fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    const EARTH_RADIUS_KM: f64 = 6371.0;
    let (north, east) = ((b.0 - a.0).to_radians() / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let half = north.sin().powi(2) + a.0.to_radians().cos() * b.0.to_radians().cos() * east.sin().powi(2);
    2.0 * EARTH_RADIUS_KM * half.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn region(provider: &str, name: &str) -> &'static Region {
        find(provider, name).unwrap()
    }

    #[test]
    fn a_name_means_another_place_at_another_provider() {
        assert_eq!(region("aws", "eu-west-1").metro, "dublin");
        assert_eq!(region("alibaba", "eu-west-1").metro, "london");
        assert_eq!(region("alibaba", "eu-west-2").metro, "paris");
        assert_eq!(region("aws", "eu-west-2").metro, "london");
        assert_eq!(region("azure", "centralindia").metro, "pune");
        assert_eq!(region("google", "asia-south2").metro, "delhi");
        assert_eq!(find("gcp", "europe-west3"), None);
        assert_eq!(find("aws", "europe-west3"), None);
    }

    #[test]
    fn names_are_unique_with_the_provider() {
        assert!(all().windows(2).all(|two| (&two[0].provider, &two[0].name) < (&two[1].provider, &two[1].name)));
        assert_eq!(all().len(), 222);
    }

    /// Frankfurt (50.1 N, 8.7 E) to Dublin (53.4 N, 6.2 W): north 3.3°, east −14.9°; sin²(1.65°) = 0.00082908,
    /// cos 50.1° · cos 53.4° · sin²(7.45°) = 0.641450 · 0.596225 · 0.01681211 = 0.00642981; their sum 0.00725889,
    /// root 0.08519912, arc sine 0.08530253; times 12,742 km = 1,086.92 km; 2 + 0.015 · 1,086.92 = 18.30 ms.
    #[test]
    fn frankfurt_to_dublin_takes_eighteen_milliseconds() {
        let (frankfurt, dublin) = (region("aws", "eu-central-1"), region("azure", "northeurope"));
        assert!((rtt_ms(frankfurt, dublin) - 18.30).abs() < 0.01, "{}", rtt_ms(frankfurt, dublin));
        assert_eq!(rtt_ms(frankfurt, dublin).to_bits(), rtt_ms(dublin, frankfurt).to_bits());
    }

    #[test]
    fn a_metro_is_two_milliseconds() {
        let (here, there) = (region("aws", "eu-central-1"), region("google", "europe-west3"));
        assert!(same_metro(here, there));
        assert!((rtt_ms(here, there) - 2.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_government_partition_shares_no_metro() {
        assert!(!same_metro(region("aws", "us-gov-east-1"), region("aws", "us-east-2")));
    }

    /// Google has none in Ireland: London is the nearest to Dublin.
    #[test]
    fn the_nearest_of_a_provider_is_open() {
        let dublin = region("aws", "eu-west-1");
        let near = nearest("google", dublin.latitude, dublin.longitude).unwrap();
        assert_eq!((near.name.as_str(), near.metro.as_str()), ("europe-west2", "london"));
        // Azure's germanynorth stands in Berlin, yet takes no new customers.
        let berlin = region("google", "europe-west10");
        assert_eq!(nearest("azure", berlin.latitude, berlin.longitude).unwrap().name, "germanywestcentral");
        // Alibaba left Mumbai and Sydney.
        assert_ne!(nearest("alibaba", 19.1, 72.9).unwrap().name, "ap-south-1");
        assert!(nearest("nobody", 0.0, 0.0).is_none());
    }

    #[test]
    fn who_operates_is_not_where() {
        assert_eq!(operator_country("tencent"), Some("CN"));
        assert_eq!(region("tencent", "eu-frankfurt").country, "DE");
        assert_eq!(operator_country("aws"), Some("US"));
        assert_eq!(operator_country("exoscale"), Some("CH"));
        assert!(region("exoscale", "at-vie-1").is_under("eu"));
        assert_eq!(operator_country("berlin"), None);
    }

    #[test]
    fn the_eu_is_not_whom_it_trusts() {
        assert!(region("aws", "eu-central-1").is_under("eu"));
        assert!(region("aws", "eu-central-1").is_under("eu-data-act"));
        assert!(!region("aws", "us-east-1").is_under("eu"));
        assert!(!region("aws", "eu-west-2").is_under("eu"));
        assert!(region("aws", "eu-west-2").is_under("uk"));
        assert!(region("aws", "us-east-1").is_under("us"));
    }
}
