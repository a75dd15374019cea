//! A SKU of the Cloud Billing Catalog: what it must say, and what it costs where.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::value::RawValue;
use smol_str::SmolStr;

use super::super::json::Place;
use super::name::name;
use crate::model::Problem;
use crate::price::retail::Tiers;

/// What a unit of a SKU costs, by the first unit of each tier; or why the book cannot have it.
pub(super) type Cost = Result<Tiers, &'static str>;

/// A SKU.
#[derive(Clone, Debug)]
pub(super) struct Listed {
    pub(super) id: SmolStr,
    pub(super) service: SmolStr,
    pub(super) name: SmolStr,
    /// `1 Year`, `3 Years`; empty without a commitment.
    pub(super) term: &'static str,
    pub(super) unit: SmolStr,
    pub(super) regions: Vec<SmolStr>,
    pub(super) cost: Cost,
    /// The page and the item on it.
    pub(super) page: usize,
    pub(super) item: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sku<'s> {
    #[serde(borrow)]
    sku_id: Option<Cow<'s, str>>,
    #[serde(borrow)]
    description: Option<Cow<'s, str>>,
    #[serde(borrow)]
    category: Option<Category<'s>>,
    service_regions: Option<Vec<SmolStr>>,
    #[serde(borrow)]
    pricing_info: Option<Vec<Info<'s>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Category<'s> {
    #[serde(borrow)]
    service_display_name: Option<Cow<'s, str>>,
    #[serde(borrow)]
    usage_type: Option<Cow<'s, str>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Info<'s> {
    #[serde(borrow)]
    effective_time: Option<Cow<'s, str>>,
    #[serde(borrow)]
    pricing_expression: Option<Expression<'s>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Expression<'s> {
    #[serde(borrow)]
    usage_unit: Option<Cow<'s, str>>,
    #[serde(borrow)]
    tiered_rates: Option<Vec<Rate<'s>>>,
    #[serde(borrow)]
    aggregation_info: Option<Aggregation<'s>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Aggregation<'s> {
    #[serde(borrow)]
    aggregation_interval: Option<Cow<'s, str>>,
    aggregation_count: Option<u32>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Rate<'s> {
    #[serde(borrow)]
    start_usage_amount: Option<&'s RawValue>,
    #[serde(borrow)]
    unit_price: Option<UnitPrice<'s>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct UnitPrice<'s> {
    #[serde(borrow)]
    currency_code: Option<Cow<'s, str>>,
    #[serde(borrow)]
    units: Option<Cow<'s, str>>,
    #[serde(default)]
    nanos: i64,
}

/// Reads a SKU.
pub(super) fn read(
    sku: &RawValue,
    place: Place<'_>,
    page: usize,
    currency: &mut Option<&'static str>,
) -> Result<Listed, Problem> {
    let sku: Sku<'_> = place.read(sku)?;
    let category = place.need(sku.category, "category")?;
    let service: SmolStr = place.need(category.service_display_name, "category/serviceDisplayName")?.into();
    let usage = place.need(category.usage_type, "category/usageType")?;
    let description = place.need(sku.description, "description")?;
    let regions = place.need(sku.service_regions, "serviceRegions")?;
    let term = match usage.as_ref() {
        "Commit1Yr" => "1 Year",
        "Commit3Yr" => "3 Years",
        _ => "",
    };
    let (name, per) = name(&service, uncommitted(&description, term), &regions);
    let mut listed = Listed {
        id: place.need(sku.sku_id, "skuId")?.into(),
        service,
        name,
        term,
        unit: SmolStr::default(),
        regions: regions.iter().map(|region| region_of(region).into()).collect(),
        cost: Err("without a price"),
        page,
        item: place.item,
    };
    // The prices follow each other; the last one that has begun holds.
    for info in place.need(sku.pricing_info, "pricingInfo")? {
        let day = info.effective_time.as_deref().and_then(|time| time.get(..place.document.as_of.len().min(10)));
        let expression = place.need(info.pricing_expression, "pricingInfo/pricingExpression")?;
        let unit = unit_of(place.need(expression.usage_unit.as_deref(), "pricingExpression/usageUnit")?);
        let cost = cost(expression, per, place, currency)?;
        if day.is_none_or(|day| day <= place.document.as_of.as_str()) {
            (listed.unit, listed.cost) = (unit, cost);
        }
    }
    Ok(listed)
}

fn cost(
    expression: Expression<'_>,
    per: Decimal,
    place: Place<'_>,
    currency: &mut Option<&'static str>,
) -> Result<Cost, Problem> {
    let mut tiers = Tiers::new();
    for rate in place.need(expression.tiered_rates, "pricingExpression/tieredRates")? {
        let from = place.price(rate.start_usage_amount, "tieredRates/startUsageAmount")?;
        let unit_price = place.need(rate.unit_price, "tieredRates/unitPrice")?;
        place.currency(&place.need(unit_price.currency_code, "unitPrice/currencyCode")?, currency)?;
        let wrong = || place.broken("`unitPrice` is no amount from zero to what 28 digits hold");
        let units: u64 = place.need(unit_price.units, "unitPrice/units")?.parse().map_err(|_| wrong())?;
        let nanos = u32::try_from(unit_price.nanos).ok().filter(|nanos| *nanos < 1_000_000_000).ok_or_else(wrong)?;
        let price = (Decimal::from(units) + Decimal::new(nanos.into(), 9)).checked_div(per).ok_or_else(wrong)?;
        if tiers.insert(from * per, price).is_some_and(|other| other != price) {
            return Err(place.broken("two prices for one tier"));
        }
    }
    let monthly = expression.aggregation_info.is_none_or(|info| {
        info.aggregation_interval.as_deref() == Some("MONTHLY") && matches!(info.aggregation_count, None | Some(1))
    });
    if tiers.is_empty() {
        return Ok(Err("without a price"));
    }
    if !tiers.contains_key(&Decimal::ZERO) {
        return Ok(Err("whose first tier is missing"));
    }
    if tiers.len() > 1 && !monthly {
        return Ok(Err("with tiers that are not those of a month"));
    }
    Ok(Ok(tiers))
}

/// A commitment's description without its term, which is a column of its own.
fn uncommitted<'d>(description: &'d str, term: &str) -> &'d str {
    if term.is_empty() {
        return description;
    }
    description.rsplit_once(" for ").map_or(description, |(name, _)| name)
}

/// The book writes an hour out, where it stands alone.
fn unit_of(unit: &str) -> SmolStr {
    if unit == "h" { "hour".into() } else { unit.into() }
}

/// The multi-region of Europe as buckets call it.
fn region_of(region: &str) -> &str {
    if region == "europe" { "eu" } else { region }
}
