//! What providers' lists give has the keys of the embedded book.
//!
//! The recorded answers in `testdata/prices` are always read. With `LEPTON_PRICES` set to a folder of collected price
//! tables, their larger samples are read too, and 50 prices of the book are compared with tables that they are not from:
//! `LEPTON_PRICES=… cargo test --test price_lists -- --nocapture`.

#[path = "price_lists/draws.rs"]
mod draws;
#[path = "price_lists/tables.rs"]
mod tables;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use lepton::catalog::Catalog;
use lepton::estimate::check::needed;
use lepton::price::normalise::{Document, Gathered, azure, google};
use lepton::price::{Book, Key, Lookup, Sheet};
use rust_decimal::Decimal;
use serde_json::Value;
use smol_str::SmolStr;

/// The folder of collected tables, if there is one here.
fn collected() -> Option<PathBuf> {
    let folder = std::env::var_os("LEPTON_PRICES").map(PathBuf::from).filter(|folder| folder.is_dir());
    if folder.is_none() {
        eprintln!("skipped: LEPTON_PRICES names no folder of price tables");
    }
    folder
}

fn document(label: &str, as_of: &str) -> Document {
    Document { label: label.into(), as_of: as_of.into() }
}

fn read(path: &Path) -> String {
    let bytes = fs::read(path).unwrap();
    if path.extension().is_some_and(|extension| extension == "gz") {
        return std::io::read_to_string(flate2::read::GzDecoder::new(&bytes[..])).unwrap();
    }
    String::from_utf8(bytes).unwrap()
}

fn azure_sheets(text: &str, as_of: &str) -> Vec<Sheet> {
    let mut gathered = Gathered::default();
    azure::page(text.as_bytes(), &document("sample", as_of), &mut gathered).unwrap();
    gathered.into_sheets()
}

/// The sample of the catalog by its currencies: it is of two, which no page may be.
fn google_sheets(text: &str) -> Vec<Vec<Sheet>> {
    let mixed = google::page(text.as_bytes(), &document("sample", "2023-08-10"), &mut Gathered::default());
    assert_eq!(mixed.unwrap_err().to_string(), "sample: item 4: its currency is IDR, but that of others USD");
    let page: Value = serde_json::from_str(text).unwrap();
    let mut by_currency: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for sku in page["skus"].as_array().unwrap() {
        let rate = &sku["pricingInfo"][0]["pricingExpression"]["tieredRates"][0];
        by_currency.entry(rate["unitPrice"]["currencyCode"].to_string()).or_default().push(sku.clone());
    }
    let sheets = |skus: Vec<Value>| {
        let mut gathered = Gathered::default();
        let page = serde_json::json!({ "skus": skus, "nextPageToken": page["nextPageToken"] }).to_string();
        let next = google::page(page.as_bytes(), &document("sample", "2023-08-10"), &mut gathered).unwrap();
        assert!(next.unwrap().ends_with('='));
        gathered.into_sheets()
    };
    by_currency.into_values().map(sheets).collect()
}

/// From what quantity on a unit costs how much.
type Tiers = Vec<(Decimal, Decimal)>;

/// How the prices of sheets stand to those of the embedded book.
#[derive(Debug, Default)]
struct Agreement {
    keys: usize,
    /// Keys that the book has too, and in that very region.
    common: usize,
    in_region: usize,
    same_price: usize,
    /// What does not have the book's price.
    others: Vec<String>,
}

impl Agreement {
    fn print(&self, name: &str, as_of: &str) {
        let Self { keys, common, in_region, same_price, others } = self;
        println!(
            "{name} ({as_of}): {keys} keys, {common} in the book, {in_region} of them in that region, {same_price} at its price"
        );
        others.iter().take(12).for_each(|other| println!("  {other}"));
    }
}

/// Columns and units are the embedded book's wherever both have a key.
fn agreement(sheets: &[Sheet]) -> Agreement {
    let book = Book::embedded();
    let mut found = Agreement::default();
    for sheet in sheets {
        let (provider, service) = (sheet.provider(), sheet.service());
        let Some(columns) = book.columns(provider, service) else { continue };
        assert_eq!(columns, sheet.key_columns(), "{service}");
        let currency = &sheet.sources().next().unwrap().currency;
        let mut meters: BTreeMap<(&[SmolStr], &str), (&str, Tiers)> = BTreeMap::new();
        for row in sheet.rows() {
            for (region, price) in row.prices {
                meters.entry((row.key, region)).or_insert_with(|| (row.unit, Vec::new())).1.push((row.from, *price));
            }
        }
        for ((key, region), (unit, tiers)) in meters {
            found.keys += 1;
            let columns: Vec<_> = columns.iter().cloned().zip(key.iter().cloned()).collect();
            let Lookup::Found(price) = book.find(&Key { provider, service, columns: &columns, region }) else {
                continue;
            };
            assert_eq!(price.unit, unit, "{service}: {key:?} in {region}");
            found.common += 1;
            if !price.is_exact_region {
                continue;
            }
            found.in_region += 1;
            let embedded: Vec<_> = price.tiers.iter().map(|tier| (tier.from, tier.price)).collect();
            if *currency == price.currency && embedded == tiers {
                found.same_price += 1;
                continue;
            }
            let show = |tiers: &[(Decimal, Decimal)]| {
                tiers.iter().map(|(from, price)| format!("{from}: {price}")).collect::<Vec<_>>().join(", ")
            };
            found.others.push(format!(
                "{} in {region}: {} {currency}, the book {} {} of {}",
                key.join(" / "),
                show(&tiers),
                show(&embedded),
                price.currency,
                price.source.as_of
            ));
        }
    }
    found
}

/// The stanzas' keys of a provider's services that the sheets lack.
fn missing(sheets: &[Sheet], region: &str) -> Vec<String> {
    let book = Book::from_sheets(sheets).unwrap();
    let catalog = Catalog::embedded();
    let asked = needed(&catalog).into_iter().filter(|key| sheets.iter().any(|sheet| sheet.service() == key.service));
    let lacks = asked.filter(|key| !matches!(book.find(&key.in_region(region)), Lookup::Found(_)));
    let show = |key: lepton::estimate::check::NeededKey| {
        let values: Vec<&str> = key.columns.iter().map(|(_, value)| value.as_str()).collect();
        format!("{}: {}", key.service, values.join(" / "))
    };
    let mut missing: Vec<String> = lacks.map(show).collect();
    missing.sort();
    missing.dedup();
    missing
}

/// These answers are whole: all that a service has in a region.
#[test]
fn recorded_answers_have_the_keys_and_units_of_the_book() {
    for (name, region) in [("kubernetes", "westeurope"), ("redis", "westeurope"), ("postgresql", "eastus2")] {
        let text = read(&Path::new("testdata/prices").join(format!("azure-{name}.json")));
        let sheets = azure_sheets(&text, "2026-08-15");
        let found = agreement(&sheets);
        found.print(name, "2026-08-15");
        assert!(found.common == found.keys && found.keys >= 10, "{name}");
        assert_eq!(missing(&sheets, region), Vec::<String>::new(), "{name}: asked for by a stanza");
    }
    for sheets in google_sheets(&read(Path::new("testdata/prices/google-compute.json"))) {
        let found = agreement(&sheets);
        found.print("google", "2023-08-10");
        assert!(found.common >= 3);
    }
}

#[test]
fn collected_answers_have_the_keys_and_units_of_the_book() {
    let Some(folder) = collected() else { return };
    let samples = folder.join("raw-samples/azure");
    for (name, as_of, region) in [
        ("retail-eastus2-sql-database-2026-08.json", "2026-08-15", Some("eastus2")),
        // Parts of an answer.
        ("retail-eastus2-virtual-machines-page.json", "2026-01-15", None),
        ("retail-page-1-2022-04.json", "2022-04-15", None),
        ("terracost-retail-francecentral-vm-2021.json.gz", "2021-11-15", Some("francecentral")),
    ] {
        let mut page: Value = serde_json::from_str(&read(&samples.join(name))).unwrap();
        if let Some(items) = page.get("items") {
            // One collector keeps the items only.
            page =
                serde_json::json!({ "Items": items, "Count": items.as_array().unwrap().len(), "NextPageLink": null });
        }
        let sheets = azure_sheets(&page.to_string(), as_of);
        let found = agreement(&sheets);
        found.print(name, as_of);
        assert!(found.common > 0, "{name}");
        if let Some(region) = region {
            // The licence is sold without a region, and the answer is that of one.
            let global = "SQL Database: SQL Database Single/Elastic Pool General Purpose - SQL License / vCore / vCore";
            let missing: Vec<String> = missing(&sheets, region).into_iter().filter(|key| key != global).collect();
            assert_eq!(missing, Vec::<String>::new(), "{name}: asked for by a stanza");
        }
    }
}

#[test]
fn fifty_prices_drawn_at_random_agree_with_another_source() {
    let Some(folder) = collected() else { return };
    draws::compare(&folder, 50);
}
