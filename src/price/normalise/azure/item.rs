//! An item of the Retail Prices API: what it must say, and which of the book's rows it is.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::value::RawValue;
use smol_str::SmolStr;

use super::super::json::{Place, present};
use crate::model::Problem;
use crate::price::retail::unit::split_unit;
use crate::price::retail::{RetailRow, WORLDWIDE};

/// How something is bought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Purchase {
    /// By use, at the list price.
    AsYouGo,
    /// At the price of the whole term.
    Reserved,
    /// By use, at the price for who commits to spend for a term.
    SavingsPlan,
}

/// A row with what it takes to tell it from others.
#[derive(Clone, Debug)]
pub(super) struct Priced {
    pub(super) purchase: Purchase,
    /// `1 Year`, `3 Years`; empty without a term.
    pub(super) term: SmolStr,
    pub(super) sku_id: SmolStr,
    pub(super) row: RetailRow,
    /// The page and the item on it.
    pub(super) page: usize,
    pub(super) item: usize,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Item<'i> {
    #[serde(borrow)]
    currency_code: Option<Cow<'i, str>>,
    #[serde(borrow)]
    tier_minimum_units: Option<&'i RawValue>,
    #[serde(borrow)]
    retail_price: Option<&'i RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    arm_region_name: Option<Option<Cow<'i, str>>>,
    #[serde(borrow)]
    effective_start_date: Option<Cow<'i, str>>,
    #[serde(borrow)]
    effective_end_date: Option<Cow<'i, str>>,
    #[serde(borrow)]
    meter_id: Option<Cow<'i, str>>,
    #[serde(borrow)]
    meter_name: Option<Cow<'i, str>>,
    #[serde(borrow)]
    sku_id: Option<Cow<'i, str>>,
    #[serde(borrow)]
    product_name: Option<Cow<'i, str>>,
    #[serde(borrow)]
    sku_name: Option<Cow<'i, str>>,
    #[serde(borrow)]
    service_name: Option<Cow<'i, str>>,
    #[serde(borrow)]
    unit_of_measure: Option<Cow<'i, str>>,
    #[serde(borrow, rename = "type")]
    kind: Option<Cow<'i, str>>,
    is_primary_meter_region: Option<bool>,
    #[serde(borrow, default, deserialize_with = "present")]
    arm_sku_name: Option<Option<Cow<'i, str>>>,
    #[serde(borrow)]
    reservation_term: Option<Cow<'i, str>>,
    #[serde(borrow)]
    savings_plan: Option<Vec<Plan<'i>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Plan<'i> {
    #[serde(borrow)]
    retail_price: Option<&'i RawValue>,
    #[serde(borrow)]
    term: Option<Cow<'i, str>>,
}

/// Reads an item into rows. Test prices (`DevTestConsumption`) and what does not hold on the day give none.
pub(super) fn read(
    item: &RawValue,
    place: Place<'_>,
    page: usize,
    currency: &mut Option<&'static str>,
) -> Result<Vec<Priced>, Problem> {
    let item: Item<'_> = place.read(item)?;
    place.currency(&place.need(item.currency_code, "currencyCode")?, currency)?;
    let kind = place.need(item.kind, "type")?;
    let measure = place.need(item.unit_of_measure, "unitOfMeasure")?;
    let (per, unit) = split_unit(&measure).ok_or_else(|| place.broken("`unitOfMeasure` begins with no number"))?;
    let region = place.need(item.arm_region_name, "armRegionName")?.unwrap_or_default();
    let start = place.need(item.effective_start_date, "effectiveStartDate")?;
    let row = RetailRow {
        region: if region.is_empty() || region == "Global" { WORLDWIDE.into() } else { region.into() },
        service: place.need(item.service_name, "serviceName")?.into(),
        product: place.need(item.product_name, "productName")?.into(),
        sku: place.need(item.sku_name, "skuName")?.into(),
        meter: place.need(item.meter_name, "meterName")?.into(),
        arm_sku: place.need(item.arm_sku_name, "armSkuName")?.unwrap_or_default().into(),
        unit,
        per,
        price: place.price(item.retail_price, "retailPrice")?,
        tier: place.price(item.tier_minimum_units, "tierMinimumUnits")?,
        effective: day(&start).ok_or_else(|| place.broken("`effectiveStartDate` is no date"))?.into(),
        is_primary: place.need(item.is_primary_meter_region, "isPrimaryMeterRegion")?,
        meter_id: place.need(item.meter_id, "meterId")?.into(),
    };
    // A tier begins within 28 digits even when a unit counts millions.
    row.tier.checked_mul(per).ok_or_else(|| place.broken("`tierMinimumUnits` is no number of at most 28 digits"))?;
    let sku_id: SmolStr = place.need(item.sku_id, "skuId")?.into();
    let end = item
        .effective_end_date
        .as_deref()
        .map(|end| day(end).ok_or_else(|| place.broken("`effectiveEndDate` is no date")));
    let is_over = end.transpose()?.is_some_and(|end| is_before(end, &place.document.as_of));
    let is_to_come = is_before(&place.document.as_of, &row.effective);
    let make =
        |purchase, term: SmolStr, row| Priced { purchase, term, sku_id: sku_id.clone(), row, page, item: place.item };

    let mut found = Vec::new();
    match kind.as_ref() {
        "Reservation" => {
            let term = place.need(item.reservation_term, "reservationTerm")?.into();
            // The unit is that of use, but the price that of the whole term.
            let row = RetailRow { unit: "Term".into(), per: Decimal::ONE, ..row };
            found.push(make(Purchase::Reserved, term, row));
        }
        "Consumption" => {
            for plan in item.savings_plan.unwrap_or_default() {
                let price = place.price(plan.retail_price, "savingsPlan/retailPrice")?;
                let term = place.need(plan.term, "savingsPlan/term")?.into();
                found.push(make(Purchase::SavingsPlan, term, RetailRow { price, ..row.clone() }));
            }
            found.push(make(Purchase::AsYouGo, SmolStr::default(), row));
        }
        _ => {}
    }
    if is_over || is_to_come {
        found.clear();
    }
    Ok(found)
}

/// The day of a point in time, `YYYY-MM-DD`.
fn day(time: &str) -> Option<&str> {
    let day = time.get(..10)?;
    let is_day = day
        .bytes()
        .enumerate()
        .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    is_day.then_some(day)
}

/// Whether a day is before another, as far as both are told: a month is before no day of its own.
fn is_before(one: &str, other: &str) -> bool {
    let told = one.len().min(other.len());
    one.get(..told) < other.get(..told)
}
