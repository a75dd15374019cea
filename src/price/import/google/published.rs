//! Disks, addresses, network and Cloud Storage by region, out of a published YAML list.
//!
//! `per` in `published.csv` is how many units a figure of the list counts: it gives a NAT gateway at its dearest, which
//! is with 32 machines.

use std::path::Path;

use rust_decimal::Decimal;
use saphyr::{LoadableYamlNode as _, Scalar, Yaml};

use super::super::table::{Table, read_text};
use super::{Offer, Shelf, source};
use crate::price::SheetError;

pub(super) fn shelve(shelf: &mut Shelf, from: &Path) -> Result<(), SheetError> {
    let path = from.join("all-services-43-regions-2026-07-gcosts-pricing.yml.gz");
    let fail = |message: String| SheetError::format(path.display().to_string(), 0, message);
    let text = read_text(&path)?;
    let documents = Yaml::load_from_str(&text).map_err(|error| fail(error.to_string()))?;
    let root = documents.first().ok_or_else(|| fail("no document".into()))?;
    let source = source(
        "gcosts-2026-07",
        "2026-07-16",
        "Google Cloud Billing Catalog, as collected by Cyclenerd/google-cloud-pricing-cost-calculator pricing.yml (shaneholloman fork @169fa4f), Apache-2.0",
    );
    let mapping = Table::read("published.csv".to_owned(), include_str!("published.csv").as_bytes())?;
    for line in mapping.lines() {
        let mut node = root;
        for name in line.text("path").split('/').chain(["cost"]) {
            node = node
                .as_mapping_get(name)
                .ok_or_else(|| line.fail(format!("the list has no `{}`", line.text("path"))))?;
        }
        let per = line.decimal(line.text("per"), "per")?;
        let Yaml::Mapping(regions) = node else { return Err(line.fail("no prices by region".to_owned())) };
        for (region, prices) in regions {
            let Some(region) = region.as_str() else { continue };
            let Some(price) = prices.as_mapping_get(line.text("field")).and_then(decimal) else { continue };
            let offer = Offer {
                service: line.text("service"),
                sku: line.text("sku"),
                unit: line.text("unit"),
                from: Decimal::ZERO,
                region: multi_region(region),
                price: price / per,
            };
            shelf.put(&offer, &source);
        }
    }
    Ok(())
}

/// The list calls the multi-regions by continent; buckets say `us`, `eu`, `asia`.
fn multi_region(region: &str) -> &str {
    match region {
        "us-multi" => "us",
        "europe-multi" => "eu",
        "asia-multi" => "asia",
        other => other,
    }
}

/// The shortest decimal that reads as the number: the list writes no more digits than a price has.
fn decimal(node: &Yaml<'_>) -> Option<Decimal> {
    match node {
        Yaml::Value(Scalar::FloatingPoint(number)) => number.into_inner().to_string().parse().ok(),
        Yaml::Value(Scalar::Integer(number)) => Some((*number).into()),
        _ => None,
    }
}
