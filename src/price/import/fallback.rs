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
/// Where providers publish every service first.
const REFERENCE: &[(&str, &[&str])] =
    &[("aws", &["us-east-1"]), ("azure", &["eastus", "eastus2", "westeurope"]), ("google", &["us-central1"])];

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
    let table = Table::open(regions)?;
    let mut places = Vec::new();
    for line in table.lines() {
        let number = |column: &str| line.text(column).parse::<f64>().unwrap_or_default();
        // Distances only order neighbours: they are no money.
        places.push(Place {
            provider: match line.text("provider") {
                "gcp" => "google".into(),
                other => other.into(),
            },
            region: line.text("region").into(),
            country: line.text("country").into(),
            continent: line.text("continent").into(),
            partition: line.text("partition").into(),
            latitude: number("lat"),
            longitude: number("lon"),
        });
    }
    places.sort_by(|a, b| (&a.provider, &a.region).cmp(&(&b.provider, &b.region)));
    let mut text = String::from(
        "# Made by `lepton catalog import`: same country, then same continent, nearest first, then reference regions.\n\
         provider,region,fallback\n",
    );
    for place in &places {
        let Some((_, reference)) = REFERENCE.iter().find(|(provider, _)| *provider == place.provider) else { continue };
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
        let is_public = places.iter().any(|other| {
            other.provider == place.provider && other.region == reference[0] && other.partition == place.partition
        });
        if is_public {
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
