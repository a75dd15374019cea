//! Machines: core and memory rates by family and region.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::super::table::{Line, Table};
use super::{Offer, Shelf, source};
use crate::price::{SheetError, SourceNote};

const SERVICE: &str = "Compute Engine";
const FAMILIES: &str = include_str!("families.csv");
const TYPES: &str = include_str!("../../../catalog/google/machine_types.csv");

/// A price of a machine type, with what is billed of it.
struct Shape {
    cores: Decimal,
    memory_gb: Decimal,
    price: Decimal,
}

/// Shapes by purchase, family and region.
type Shapes<'t> = BTreeMap<(&'t str, &'t str, &'t str), Vec<Shape>>;

pub(super) fn shelve(shelf: &mut Shelf, from: &Path) -> Result<(), SheetError> {
    let families = Table::read("families.csv".to_owned(), FAMILIES.as_bytes())?;
    let by_family: HashMap<&str, Line<'_>> = families.lines().map(|line| (line.text("family"), line)).collect();
    let without_comment: String = TYPES.lines().skip_while(|line| line.starts_with('#')).collect::<Vec<_>>().join("\n");
    let types = Table::read("machine_types.csv".to_owned(), without_comment.as_bytes())?;
    let facts: HashMap<&str, Line<'_>> = types.lines().map(|line| (line.text("machine_type"), line)).collect();

    let list = Table::open(&from.join("gce-ondemand-spot-43-regions-karpenter.csv.gz"))?;
    let mut shapes: Shapes<'_> = BTreeMap::new();
    for line in list.lines() {
        let kind = line.text("machine_type");
        let Some(fact) = facts.get(kind) else { continue };
        let price = line.decimal(line.text("price_usd_per_hour"), "price")?;
        if price.is_zero() {
            continue;
        }
        let purchase = line.text("purchase_option");
        let sku = fact.text("machine_sku");
        if sku.is_empty() {
            let shape = Shape {
                cores: fact.decimal(fact.text("billed_cores"), "billed_cores")?,
                memory_gb: fact.decimal(fact.text("memory_gb"), "memory_gb")?,
                price,
            };
            shapes.entry((purchase, fact.text("family"), line.text("region"))).or_default().push(shape);
        } else {
            put(shelf, &sku_of(purchase, sku), "hour", line.text("region"), price, &whole(purchase));
        }
    }
    let mut rates = Rates::new();
    for ((purchase, family, region), shapes) in &shapes {
        let names = &by_family[family];
        if let Some((core, ram)) = solve(shapes) {
            if *purchase == "on_demand" {
                rates.insert(((*family).into(), (*region).into()), (core, ram));
            }
            put(shelf, &sku_of(purchase, names.text("core")), "hour", region, core, &solved(purchase));
            put(shelf, &sku_of(purchase, names.text("ram")), "GiBy.h", region, ram, &solved(purchase));
        }
    }
    shelve_custom(shelf, from, &families, &rates)
}

/// The rates that price every shape to a thousandth; `None` if none do.
///
/// Sustained use and other discounts are no part of these prices, so a family is exactly linear where it is at all.
fn solve(shapes: &[Shape]) -> Option<(Decimal, Decimal)> {
    let tolerance = Decimal::new(1, 3);
    let fits = |core: Decimal, ram: Decimal| {
        shapes.iter().all(|shape| {
            let price = shape.cores * core + shape.memory_gb * ram;
            (price - shape.price).abs() <= shape.price * tolerance
        })
    };
    // The largest shapes give the most digits: the list rounds to about a millionth.
    let mut largest: Vec<&Shape> = shapes.iter().collect();
    largest.sort_by_key(|shape| std::cmp::Reverse(shape.price));
    for (at, a) in largest.iter().enumerate() {
        for b in &largest[at + 1..] {
            let determinant = a.memory_gb * b.cores - b.memory_gb * a.cores;
            if determinant.is_zero() {
                continue;
            }
            let ram = (a.price * b.cores - b.price * a.cores) / determinant;
            let core = (a.price - ram * a.memory_gb) / a.cores;
            let (core, ram) = (core.round_dp(8), ram.round_dp(8));
            if core > Decimal::ZERO && ram > Decimal::ZERO && fits(core, ram) {
                return Some((core, ram));
            }
        }
    }
    None
}

/// Family and region to the on-demand rates of a core and a gigabyte.
type Rates = HashMap<(SmolStr, SmolStr), (Decimal, Decimal)>;

/// Whether a custom rate can be one: Google bills custom machines at 5 % above the predefined rate. The list also has
/// zeros, where a family is not offered, and rates of one family under the name of another.
fn is_plausible(price: Decimal, predefined: Option<Decimal>, is_extended: bool) -> bool {
    let (least, most) = if is_extended { (15, 30) } else { (104, 106) };
    let scale = if is_extended { Decimal::TEN } else { Decimal::ONE_HUNDRED };
    predefined.is_some_and(|rate| {
        let share = price / rate * scale;
        share >= Decimal::from(least) && share <= Decimal::from(most)
    })
}

/// Custom machines have rates of their own, which another list has directly.
fn shelve_custom(shelf: &mut Shelf, from: &Path, families: &Table, rates: &Rates) -> Result<(), SheetError> {
    let path = from.join("gce-core-ram-disk-image-libcloud.json.gz");
    let text = super::super::table::read_text(&path)?;
    let fail = |message: String| SheetError::format(path.display().to_string(), 0, message);
    let list: serde_json::Value = serde_json::from_str(&text).map_err(|error| fail(error.to_string()))?;
    let source = source(
        "libcloud-2025-03",
        "2025-03-02",
        "Google Cloud Billing Catalog core and RAM prices, as shipped by apache-libcloud 3.9.1 data/pricing.json, Apache-2.0",
    );
    for family in families.lines().filter(|family| !family.text("libcloud").is_empty()) {
        let parts = [
            ("custom", "cpu", "custom_core"),
            ("custom", "ram", "custom_ram"),
            ("custom_extended", "ram", "extended_ram"),
        ];
        for (set, part, column) in parts {
            for purchase in ["on_demand", "preemptible"] {
                let name = format!("{}_{set}", family.text("libcloud"));
                let Some(regions) = list["gce_instances"][&name][part][purchase].as_object() else { continue };
                for (region, given) in regions {
                    let Some(price) =
                        given["price"].as_number().and_then(|price| price.to_string().parse::<Decimal>().ok())
                    else {
                        return Err(fail(format!("{name} {part} of {region} has no price")));
                    };
                    let rate = rates.get(&(family.text("family").into(), region.as_str().into()));
                    let predefined = rate.map(|(core, ram)| if part == "cpu" { *core } else { *ram });
                    if purchase == "on_demand" && !is_plausible(price, predefined, set == "custom_extended")
                        || price.is_zero()
                    {
                        continue;
                    }
                    let sku = sku_of(if purchase == "on_demand" { "on_demand" } else { "spot" }, family.text(column));
                    let unit = if part == "cpu" { "hour" } else { "GiBy.h" };
                    // The list multiplies by hours of a month and back, which leaves digits that no price has.
                    put(shelf, &sku, unit, region, price.round_dp(8), &source);
                }
            }
        }
    }
    Ok(())
}

fn put(shelf: &mut Shelf, sku: &str, unit: &str, region: &str, price: Decimal, source: &SourceNote) {
    shelf.put(&Offer { service: SERVICE, sku, unit, from: Decimal::ZERO, region, price }, source);
}

fn sku_of(purchase: &str, sku: &str) -> SmolStr {
    match purchase {
        "on_demand" => sku.into(),
        _ => format!("Spot Preemptible {sku}").into(),
    }
}

fn solved(purchase: &str) -> SourceNote {
    if purchase == "on_demand" {
        return source(
            "solved-2026-08",
            "2026-08-03",
            "core and RAM rates solved from the machine type prices of cloudpilot-ai/karpenter-provider-gcp initial-prices.json @417f047, Apache-2.0; they price every shape of the family to 0.1 %",
        );
    }
    source(
        "solved-spot-2026-08",
        "2026-08-03",
        "spot core and RAM rates solved from the machine type prices of cloudpilot-ai/karpenter-provider-gcp initial-prices.json @417f047, Apache-2.0; Google changes spot prices monthly",
    )
}

fn whole(purchase: &str) -> SourceNote {
    if purchase == "on_demand" {
        return source(
            "machine-types-2026-08",
            "2026-08-03",
            "machine type prices (not split into the SKUs that Google bills) of cloudpilot-ai/karpenter-provider-gcp initial-prices.json @417f047, Apache-2.0",
        );
    }
    source(
        "machine-types-spot-2026-08",
        "2026-08-03",
        "spot machine type prices (not split into SKUs) of cloudpilot-ai/karpenter-provider-gcp initial-prices.json @417f047, Apache-2.0; Google changes spot prices monthly",
    )
}
