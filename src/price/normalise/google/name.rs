//! The book's name of a SKU: its description without the place.
//!
//! `N2 Instance Core running in Finland` is `N2 Instance Core`; `Storage PD Capacity in Paris` is `Storage PD Capacity`;
//! `Autopilot Pod Memory Requests (us-central1)` loses its brackets; `Standard Storage Iowa` and
//! `Standard Storage US Multi-region` lose the word in the middle. A place that says where data goes
//! (`… from Finland to China`, `Download China`) is part of the name.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

const PLACES: &str = include_str!("places.csv");
const NAMES: &str = include_str!("names.csv");

/// Names that a place follows without `in`.
const BARE: [&str; 6] = [
    "Standard Storage",
    "Nearline Storage",
    "Coldline Storage",
    "Archive Storage",
    "Durable Reduced Availability Storage",
    "Redis Capacity",
];

static KNOWN: LazyLock<BTreeSet<&str>> = LazyLock::new(|| PLACES.lines().skip(1).collect());

static RENAMED: LazyLock<Vec<[SmolStr; 4]>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(NAMES.as_bytes());
    let records = reader.records().map(|record| record.expect("names.csv is part of the program"));
    records.map(|record| [0, 1, 2, 3].map(|at| record[at].into())).collect()
});

/// The book's name of a SKU, and how many of the book's units one of the catalog's is.
pub(super) fn name(service: &str, description: &str, regions: &[SmolStr]) -> (SmolStr, Decimal) {
    let bare = without_place(description.trim(), regions);
    for [of, begins, becomes, per] in RENAMED.iter() {
        if let (true, Some(rest)) = (of == service, bare.strip_prefix(begins.as_str())) {
            return (format_smolstr!("{becomes}{rest}"), per.parse().expect("names.csv is part of the program"));
        }
    }
    (bare, Decimal::ONE)
}

fn without_place(description: &str, regions: &[SmolStr]) -> SmolStr {
    if let Some((name, place)) = description.strip_suffix(')').and_then(|text| text.rsplit_once(" ("))
        && regions.iter().any(|region| region == place)
    {
        return name.into();
    }
    if let Some((name, _)) = description.rsplit_once(" running in ") {
        return name.into();
    }
    if let Some((name, place)) = description.rsplit_once(" in ")
        && is_place(place)
    {
        return name.into();
    }
    if BARE.iter().any(|bare| description.starts_with(bare)) {
        let kind = [" Multi-region", " Dual-region"].into_iter().find(|kind| description.ends_with(kind));
        let kind = kind.unwrap_or_default();
        let text = description.strip_suffix(kind).unwrap_or(description);
        if let Some((at, _)) = text.match_indices(' ').find(|(at, _)| is_place(&text[at + 1..])) {
            return format_smolstr!("{}{kind}", &text[..at]);
        }
    }
    description.into()
}

/// A place, or several with a slash between them.
fn is_place(text: &str) -> bool {
    text.split('/').all(|place| KNOWN.contains(place.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_without_its_place() {
        for (service, description, expected) in [
            ("Compute Engine", "N2 Instance Core running in Finland", "N2 Instance Core"),
            (
                "Compute Engine",
                "Spot Preemptible E2 Instance Ram running in Sao Paulo",
                "Spot Preemptible E2 Instance Ram",
            ),
            ("Compute Engine", "Storage PD Capacity in Hong Kong", "Storage PD Capacity"),
            ("Compute Engine", "Storage PD Capacity", "Storage PD Capacity"),
            ("Compute Engine", "Licensing Fee in Total", "Licensing Fee in Total"),
            ("Cloud Storage", "Standard Storage Iowa", "Standard Storage"),
            ("Cloud Storage", "Standard Storage US Multi-region", "Standard Storage Multi-region"),
            ("Cloud Storage", "Nearline Storage Finland/Netherlands Dual-region", "Nearline Storage Dual-region"),
            ("Cloud Storage", "Download China", "Download China"),
            ("Cloud Memorystore for Redis", "Redis Capacity Basic M1 Mumbai", "Redis Capacity Basic M1"),
            ("BigQuery", "Analysis (us-central1)", "Analysis"),
            (
                "Networking",
                "Network Data Transfer Out from Finland to China",
                "Network Data Transfer Out from Finland to China",
            ),
            ("Cloud DNS", "DNS Query (port 53)", "DNS Query (port 53)"),
            ("Cloud SQL", "Cloud SQL for MySQL: Zonal - vCPU in Mumbai", "Cloud SQL: Zonal - vCPU"),
            ("Cloud SQL", "Cloud SQL for SQL Server: Zonal - vCPU in Mumbai", "Cloud SQL for SQL Server: Zonal - vCPU"),
        ] {
            assert_eq!(name(service, description, &["us-central1".into()]).0, expected);
        }
    }

    #[test]
    fn a_thousandth_of_a_vcpu_is_one() {
        let (_, per) = name("Kubernetes Engine", "Autopilot Pod mCPU Requests (us-central1)", &["us-central1".into()]);
        assert_eq!(per, Decimal::new(1, 3));
    }
}
