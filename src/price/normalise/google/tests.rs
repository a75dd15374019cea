use super::*;
use crate::price::Sheet;
use serde_json::{Value, json};

fn document() -> Document {
    Document { label: "page".into(), as_of: "2026-08-15".into() }
}

fn sku(id: &str, description: &str, regions: &[&str], rates: Value) -> Value {
    json!({
        "name": format!("services/S/skus/{id}"), "skuId": id, "description": description,
        "category": { "serviceDisplayName": "Compute Engine", "resourceFamily": "Compute", "usageType": "OnDemand" },
        "serviceRegions": regions,
        "pricingInfo": [{
            "summary": "", "effectiveTime": "2026-01-01T00:00:00Z", "currencyConversionRate": 1,
            "pricingExpression": {
                "usageUnit": "h", "displayQuantity": 1, "tieredRates": rates, "baseUnit": "s",
                "baseUnitConversionFactor": 3600
            }
        }]
    })
}

fn rate(from: f64, units: &str, nanos: i64) -> Value {
    json!({ "startUsageAmount": from, "unitPrice": { "currencyCode": "USD", "units": units, "nanos": nanos } })
}

fn core() -> Value {
    sku("A", "N2 Instance Core running in Finland", &["europe-north1"], json!([rate(0.0, "0", 34_802_000)]))
}

fn page_of(skus: &[Value], token: &str) -> String {
    json!({ "skus": skus, "nextPageToken": token }).to_string()
}

fn sheets(pages: &[String]) -> Result<Vec<Sheet>, String> {
    let mut answer = Answer::default();
    for page in pages {
        answer.page(page.as_bytes(), &document()).map_err(|problem| problem.to_string())?;
    }
    let mut gathered = Gathered::default();
    answer.gather(&mut gathered).map_err(|problem| problem.to_string())?;
    Ok(gathered.into_sheets())
}

fn error(page: &str) -> String {
    let mut gathered = Gathered::default();
    let found = super::page(page.as_bytes(), &document(), &mut gathered).expect_err("a broken page").to_string();
    assert!(gathered.into_sheets().is_empty(), "a broken page gives no price");
    found
}

/// The second of two SKUs with a part of it replaced.
fn broken_sku(pointer: &str, value: Value) -> String {
    let mut broken = core();
    *broken.pointer_mut(pointer).expect("a part") = value;
    error(&page_of(&[core(), broken], ""))
}

#[test]
fn a_sku_is_a_row_with_its_regions() {
    let second = sku(
        "B",
        "N2 Instance Core running in Iowa",
        &["us-central1", "us-east1"],
        json!([rate(0.0, "1", 500_000_000)]),
    );
    let text = sheets(&[page_of(&[core()], "next"), page_of(&[second], "")]).expect("two pages")[0].to_csv();
    let expected = "sku,unit,from,source,europe-north1,us-central1,us-east1\n\
                    N2 Instance Core,hour,0,catalog-2026-08-15,0.034802,1.5,1.5\n";
    assert!(text.ends_with(expected), "{text}");
    assert!(text.contains("# source catalog-2026-08-15 | 2026-08-15 | USD | Google Cloud Billing Catalog"), "{text}");
}

#[test]
fn tiers_of_a_month_are_tiers_and_those_of_a_day_are_kept_out() {
    let mut tiered = sku("R", "Requests", &["global"], json!([rate(0.0, "0", 0), rate(2_000_000.0, "0", 400)]));
    let expression = "/pricingInfo/0/pricingExpression";
    let aggregation = |interval: &str| json!({ "aggregationLevel": "ACCOUNT", "aggregationInterval": interval, "aggregationCount": 1 });
    tiered.pointer_mut(expression).expect("a part")["aggregationInfo"] = aggregation("MONTHLY");
    let text = sheets(&[page_of(&[tiered.clone()], "")]).expect("a page")[0].to_csv();
    assert!(
        text.ends_with("Requests,hour,0,catalog-2026-08-15,0\nRequests,hour,2000000,catalog-2026-08-15,0.0000004\n"),
        "{text}"
    );
    tiered.pointer_mut(expression).expect("a part")["aggregationInfo"] = aggregation("DAILY");
    let text = sheets(&[page_of(&[tiered, core()], "")]).expect("a page")[0].to_csv();
    assert!(
        text.contains("kept out: 1 with tiers that are not those of a month") && !text.contains("Requests"),
        "{text}"
    );
}

#[test]
fn a_commitment_is_a_service_of_its_own() {
    let mut commitment = sku(
        "C",
        "Commitment v1: N2 Cpu in Finland for 3 Years",
        &["europe-north1"],
        json!([rate(0.0, "0", 15_000_000)]),
    );
    commitment["category"]["usageType"] = "Commit3Yr".into();
    let sheets = sheets(&[page_of(&[commitment], "")]).expect("a page");
    assert_eq!(sheets[0].service(), "Compute Engine committed");
    assert!(sheets[0].to_csv().ends_with("Commitment v1: N2 Cpu,3 Years,hour,0,catalog-2026-08-15,0.015\n"));
}

#[test]
fn the_price_of_the_day_is_taken_and_a_sku_without_one_counted() {
    let mut changed = core();
    let mut next = changed["pricingInfo"][0].clone();
    next["effectiveTime"] = "2026-09-01T00:00:00Z".into();
    next["pricingExpression"]["tieredRates"] = json!([rate(0.0, "9", 0)]);
    changed["pricingInfo"].as_array_mut().expect("prices").push(next);
    let mut free = sku("F", "Free of prices", &["global"], json!([]));
    free["pricingInfo"] = json!([]);
    let text = sheets(&[page_of(&[changed, free], "")]).expect("a page")[0].to_csv();
    assert!(text.ends_with("0.034802\n") && text.contains("kept out: 1 without a price"), "{text}");
}

#[test]
fn two_skus_of_one_name_are_kept_out_where_they_differ() {
    let other = sku("B", "N2 Instance Core running in Finland", &["europe-north1"], json!([rate(0.0, "1", 0)]));
    let elsewhere = sku("C", "N2 Instance Core running in Iowa", &["us-central1"], json!([rate(0.0, "2", 0)]));
    let text = sheets(&[page_of(&[core(), other, elsewhere], "")]).expect("a page")[0].to_csv();
    assert!(text.contains("kept out: 1 with two prices at a time"), "{text}");
    assert!(text.ends_with("source,us-central1\nN2 Instance Core,hour,0,catalog-2026-08-15,2\n"), "{text}");
    let mut again = core();
    again["pricingInfo"][0]["pricingExpression"]["tieredRates"] = json!([rate(0.0, "3", 0)]);
    assert_eq!(error(&page_of(&[core(), again], "")), "page: item 2: two prices for one SKU, N2 Instance Core");
    assert_eq!(sheets(&[page_of(&[core(), core()], "")]).expect("the same twice").len(), 1);
}

#[test]
fn a_page_that_leads_back_is_an_error() {
    let pages = ["b", "c", "b"].map(|token| page_of(&[core()], token));
    assert_eq!(sheets(&pages), Err("page: the page that it calls the next one was already read".into()));
}

#[test]
fn a_field_that_moved_is_an_error_with_its_place() {
    for name in ["skuId", "description", "category", "serviceRegions", "pricingInfo"] {
        let mut broken = core();
        broken.as_object_mut().expect("a SKU").remove(name);
        assert_eq!(error(&page_of(&[core(), broken], "")), format!("page: item 2: the field `{name}` is missing"));
    }
    let rates = "/pricingInfo/0/pricingExpression/tieredRates";
    assert_eq!(broken_sku(rates, Value::Null), "page: item 2: the field `pricingExpression/tieredRates` is missing");
    let unit = "/pricingInfo/0/pricingExpression/usageUnit";
    assert_eq!(broken_sku(unit, Value::Null), "page: item 2: the field `pricingExpression/usageUnit` is missing");
    assert_eq!(error("{}"), "page: the field `skus` is missing");
    let other = broken_sku("/description", json!(["secret"]));
    assert!(other.starts_with("page: item 2: a field is not what it was") && !other.contains("secret"), "{other}");
}

#[test]
fn a_price_is_an_amount_of_a_known_currency_from_zero_on() {
    let price = "/pricingInfo/0/pricingExpression/tieredRates/0/unitPrice";
    let wrong = "page: item 2: `unitPrice` is no amount from zero to what 28 digits hold";
    for (field, value) in [
        ("units", json!("-1")),
        ("units", json!("1e9")),
        ("units", json!("NaN")),
        ("units", json!("9".repeat(40))),
        ("nanos", json!(-1)),
        ("nanos", json!(1_000_000_000)),
    ] {
        assert_eq!(broken_sku(&format!("{price}/{field}"), value), wrong);
    }
    assert_eq!(broken_sku(&format!("{price}/currencyCode"), json!("XXX")), "page: item 2: its currency is not known");
    let mixed = broken_sku(&format!("{price}/currencyCode"), json!("IDR"));
    assert_eq!(mixed, "page: item 2: its currency is IDR, but that of others USD");
    let from = "/pricingInfo/0/pricingExpression/tieredRates/0/startUsageAmount";
    assert_eq!(broken_sku(from, json!(-1)), "page: item 2: `tieredRates/startUsageAmount` is below zero");
    let twice = json!([rate(0.0, "1", 0), rate(0.0, "2", 0)]);
    let rates = "/pricingInfo/0/pricingExpression/tieredRates";
    assert_eq!(broken_sku(rates, twice), "page: item 2: two prices for one tier");
}

#[test]
fn text_that_is_cut_or_nested_without_end_is_an_error() {
    let whole = page_of(&[core()], "");
    for end in 0..whole.len() {
        assert!(error(&whole[..end]).starts_with("page:"), "cut at {end}");
    }
    let deep = "[".repeat(10_000);
    assert!(error(&deep).starts_with("page:1: "));
    let field = whole.replace("\"nanos\":34802000", &format!("\"nanos\":{deep}{}", "]".repeat(10_000)));
    assert!(error(&field).starts_with("page: item 1: a field is not what it was"));
}

#[test]
fn services_have_an_id_and_a_name() {
    let page = json!({ "services": [{ "name": "services/6F81", "serviceId": "6F81", "displayName": "Compute Engine" }], "nextPageToken": "x" });
    let (services, next) = services(page.to_string().as_bytes(), &document()).expect("a page");
    assert_eq!(services, [Service { id: "6F81".into(), name: "Compute Engine".into() }]);
    assert_eq!(next.as_deref(), Some("x"));
    let broken = super::services(&b"{\"services\":[{}]}"[..], &document()).expect_err("no id").to_string();
    assert_eq!(broken, "page: item 1: the field `serviceId` is missing");
}
