//! The declared order in which other regions stand in for one that the book lacks.
//!
//! First the regions of the same country, nearest first, then those of the same continent, then the provider's
//! reference regions. A region of a separate partition (China, governments) only falls back within its partition,
//! and nothing outside falls back into one.

use std::path::Path;

use super::table::Table;
use crate::price::SheetError;

/// How many neighbours are declared before the reference regions.
const NEIGHBOURS: usize = 6;
/// Where providers publish every service first; those of China publish in China, apart from the rest.
const REFERENCE: &[(&str, &[&str])] = &[
    ("alibaba", &["ap-southeast-1"]),
    ("alibaba", &["cn-hangzhou", "cn-beijing", "cn-shanghai", "cn-shenzhen"]),
    ("aws", &["us-east-1"]),
    ("azure", &["eastus", "eastus2", "westeurope"]),
    ("google", &["us-central1"]),
    ("tencent", &["ap-singapore", "ap-hongkong"]),
    ("tencent", &["ap-guangzhou", "ap-beijing", "ap-shanghai"]),
];

struct Place {
    provider: String,
    region: String,
    country: String,
    continent: String,
    partition: String,
    latitude: f64,
    longitude: f64,
}

/// The text of `fallback.csv`, out of a table of regions with their places.
pub(super) fn generate(regions: &Path) -> Result<String, SheetError> {
    order(&Table::open(regions)?)
}

fn order(table: &Table) -> Result<String, SheetError> {
    let mut places = Vec::new();
    for line in table.lines() {
        // Distances only order neighbours: they are no money.
        let degrees = |column: &str| {
            let text = line.text(column);
            text.parse::<f64>().map_err(|_| line.fail(format!("{column} `{text}` is not a number")))
        };
        places.push(Place {
            provider: match line.text("provider") {
                "gcp" => "google".into(),
                other => other.into(),
            },
            region: line.text("region").into(),
            country: line.text("country").into(),
            continent: line.text("continent").into(),
            // Regions for banks have prices of their own, up to twice the others'.
            partition: match line.text("note") {
                "financial" => "financial".into(),
                _ => line.text("partition").into(),
            },
            latitude: degrees("lat")?,
            longitude: degrees("lon")?,
        });
    }
    places.sort_by(|a, b| (&a.provider, &a.region).cmp(&(&b.provider, &b.region)));
    let mut text = String::from(
        "# Made by `lepton catalog import`: same country, then same continent, nearest first, then reference regions.\n\
         provider,region,fallback\n",
    );
    for place in &places {
        let mut own = REFERENCE.iter().filter(|(provider, _)| *provider == place.provider).peekable();
        if own.peek().is_none() {
            continue;
        }
        let is_near = |other: &&Place| {
            other.provider == place.provider
                && other.partition == place.partition
                && other.region != place.region
                && other.continent == place.continent
        };
        let mut near: Vec<&Place> = places.iter().filter(is_near).collect();
        near.sort_by(|a, b| {
            let rank = |other: &Place| (other.country != place.country, distance(place, other) as u64);
            rank(a).cmp(&rank(b)).then_with(|| a.region.cmp(&b.region))
        });
        let mut order: Vec<&str> = near.iter().take(NEIGHBOURS).map(|other| other.region.as_str()).collect();
        let is_of_partition = |region: &str| {
            let is_it = |other: &Place| other.provider == place.provider && other.region == region;
            places.iter().any(|other| is_it(other) && other.partition == place.partition)
        };
        if let Some((_, reference)) = own.find(|(_, reference)| is_of_partition(reference[0])) {
            let missing = reference.iter().filter(|region| **region != place.region && !order.contains(region));
            let missing: Vec<&str> = missing.copied().collect();
            order.extend(missing);
        }
        if !order.is_empty() {
            text.push_str(&format!("{},{},{}\n", place.provider, place.region, order.join(" ")));
        }
    }
    Ok(text)
}

/// Great-circle distance in kilometres.
fn distance(a: &Place, b: &Place) -> f64 {
    const EARTH_KM: f64 = 6371.0;
    let (lat_a, lat_b) = (a.latitude.to_radians(), b.latitude.to_radians());
    let half_lat = (lat_b - lat_a) / 2.0;
    let half_lon = (b.longitude - a.longitude).to_radians() / 2.0;
    let chord = half_lat.sin().powi(2) + lat_a.cos() * lat_b.cos() * half_lon.sin().powi(2);
    2.0 * EARTH_KM * chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fallbacks(rows: &str) -> Result<String, String> {
        let text = format!("provider,region,country,continent,lat,lon,partition\n{rows}");
        let table = Table::read("regions.csv".into(), text.as_bytes()).expect("a table");
        order(&table).map(|text| text.lines().skip(2).collect::<Vec<_>>().join("\n")).map_err(|error| error.to_string())
    }

    #[test]
    fn the_own_country_comes_first_then_the_continent_by_distance_then_the_reference() {
        let rows = "aws,us-east-1,US,NA,39,-77,public\n\
                    aws,a1,AA,EU,50,8,public\n\
                    aws,a2,AA,EU,60,20,public\n\
                    aws,b1,BB,EU,50,9,public\n\
                    aws,c1,CC,EU,40,-4,public\n";
        let text = fallbacks(rows).expect("regions");
        assert!(text.contains("aws,a1,a2 b1 c1 us-east-1"), "{text}");
        assert!(!text.contains("aws,us-east-1"), "nothing is near us-east-1: {text}");
    }

    #[test]
    fn partitions_and_providers_are_closed() {
        let rows = "aws,us-east-1,US,NA,39,-77,public\n\
                    aws,us-gov-east-1,US,NA,40,-83,us-gov\n\
                    aws,us-gov-west-1,US,NA,45,-120,us-gov\n\
                    gcp,us-east1,US,NA,33,-80,public\n\
                    gcp,us-central1,US,NA,41,-96,public\n";
        let text = fallbacks(rows).expect("regions");
        let expected = "aws,us-gov-east-1,us-gov-west-1\naws,us-gov-west-1,us-gov-east-1\n\
                        google,us-central1,us-east1\ngoogle,us-east1,us-central1";
        assert_eq!(text, expected);
    }

    #[test]
    fn every_partition_has_its_own_reference() {
        let rows = "tencent,ap-singapore,SG,AS,1,104,public\n\
                    tencent,eu-frankfurt,DE,EU,50,9,public\n\
                    tencent,ap-guangzhou,CN,CN,23,113,china\n\
                    tencent,ap-beijing,CN,CN,40,116,china\n";
        let text = fallbacks(rows).expect("regions");
        assert!(text.contains("tencent,eu-frankfurt,ap-singapore ap-hongkong"), "{text}");
        assert!(text.contains("tencent,ap-beijing,ap-guangzhou ap-shanghai"), "{text}");
    }

    #[test]
    fn a_place_without_coordinates_is_an_error_with_its_line() {
        let error = fallbacks("aws,a1,AA,EU,,8,public\n").expect_err("no latitude");
        assert_eq!(error, "regions.csv:2: lat `` is not a number");
    }
}
