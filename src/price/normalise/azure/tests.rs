use super::*;
use crate::price::Sheet;

fn document() -> Document {
    Document { label: "page".into(), as_of: "2026-08-15".into() }
}

fn item(changes: &[(&str, serde_json::Value)]) -> serde_json::Value {
    let mut item = serde_json::json!({
        "currencyCode": "USD", "tierMinimumUnits": 0.0, "retailPrice": 0.5, "unitPrice": 0.5,
        "armRegionName": "westeurope", "location": "EU West", "effectiveStartDate": "2025-01-01T00:00:00Z",
        "meterId": "m1", "meterName": "Hot LRS Write Operations", "productId": "P", "skuId": "P/1",
        "productName": "Blob Storage", "skuName": "Hot LRS", "serviceName": "Storage", "serviceId": "S",
        "serviceFamily": "Storage", "unitOfMeasure": "10K", "type": "Consumption", "isPrimaryMeterRegion": true,
        "armSkuName": ""
    });
    for (name, value) in changes {
        item[*name] = value.clone();
    }
    item
}

fn page_of(items: &[serde_json::Value], next: Option<&str>) -> String {
    let count = items.len();
    serde_json::json!({ "BillingCurrency": "USD", "Items": items, "NextPageLink": next, "Count": count }).to_string()
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

/// The rows of the sheets, each after its service.
fn rows(items: &[serde_json::Value]) -> Vec<String> {
    let sheets = sheets(&[page_of(items, None)]).expect("a page");
    let rows = |sheet: &Sheet| {
        let text = sheet.to_csv();
        let rows: Vec<String> = text.lines().filter(|line| !line.starts_with('#')).skip(1).map(str::to_owned).collect();
        rows.into_iter().map(|row| format!("{}: {row}", sheet.service())).collect::<Vec<_>>()
    };
    sheets.iter().flat_map(rows).collect()
}

fn error(page: &str) -> String {
    let mut gathered = Gathered::default();
    let found = super::page(page.as_bytes(), &document(), &mut gathered).expect_err("a broken page").to_string();
    assert!(gathered.into_sheets().is_empty(), "a broken page gives no price");
    found
}

fn broken_item(name: &str, value: serde_json::Value) -> String {
    error(&page_of(&[item(&[]), item(&[(name, value)])], None))
}

#[test]
fn a_price_of_ten_thousand_is_a_price_of_one_and_so_are_its_tiers() {
    let found = rows(&[item(&[]), item(&[("tierMinimumUnits", 100.into()), ("retailPrice", 0.000_002.into())])]);
    assert_eq!(
        found,
        [
            "Storage: Blob Storage,Hot LRS,Hot LRS Write Operations,1,0,retail-2026-08-15,0.00005",
            "Storage: Blob Storage,Hot LRS,Hot LRS Write Operations,1,1000000,retail-2026-08-15,0.0000000002",
        ]
    );
}

#[test]
fn a_machine_is_keyed_by_what_a_plan_knows() {
    let machine = |product: &str, sku: &str, price: f64| {
        item(&[
            ("serviceName", "Virtual Machines".into()),
            ("productName", product.into()),
            ("skuName", sku.into()),
            ("armSkuName", "Standard_D4as_v5".into()),
            ("unitOfMeasure", "1 Hour".into()),
            ("retailPrice", price.into()),
            ("meterId", format!("{product}{sku}").into()),
        ])
    };
    let found = rows(&[
        machine("Virtual Machines Dasv5 Series", "D4as v5", 0.208),
        machine("Virtual Machines Dasv5 Series", "D4as v5 Spot", 0.04),
        machine("Virtual Machines Dasv5 Series Windows", "D4as v5", 0.392),
        machine("Dasv5 Series Cloud Services", "D4as v5", 0.392),
    ]);
    assert_eq!(
        found,
        [
            "Virtual Machines: standard_d4as_v5,Linux,Regular,Hour,0,retail-2026-08-15,0.208",
            "Virtual Machines: standard_d4as_v5,Linux,Spot,Hour,0,retail-2026-08-15,0.04",
            "Virtual Machines: standard_d4as_v5,Windows,Regular,Hour,0,retail-2026-08-15,0.392",
        ]
    );
}

#[test]
fn terms_are_services_of_their_own_and_test_prices_none() {
    let hour = ("unitOfMeasure", "1 Hour".into());
    let plan = serde_json::json!([{ "retailPrice": 0.3, "unitPrice": 0.3, "term": "1 Year" }]);
    let found = rows(&[
        item(&[hour.clone(), ("savingsPlan", plan)]),
        item(&[
            hour.clone(),
            ("type", "Reservation".into()),
            ("reservationTerm", "3 Years".into()),
            ("retailPrice", 900.into()),
        ]),
        item(&[hour, ("type", "DevTestConsumption".into()), ("retailPrice", 0.1.into())]),
    ]);
    assert_eq!(
        found,
        [
            "Storage: Blob Storage,Hot LRS,Hot LRS Write Operations,Hour,0,retail-2026-08-15,0.5",
            "Storage reserved: Blob Storage,Hot LRS,Hot LRS Write Operations,3 Years,Term,0,retail-2026-08-15,900",
            "Storage savings plan: Blob Storage,Hot LRS,Hot LRS Write Operations,1 Year,Hour,0,retail-2026-08-15,0.3",
        ]
    );
}

#[test]
fn the_price_of_the_day_is_taken() {
    let over = item(&[("effectiveEndDate", "2026-07-31T23:59:00Z".into()), ("retailPrice", 0.1.into())]);
    let older = item(&[("effectiveStartDate", "2024-01-01T00:00:00Z".into()), ("retailPrice", 0.2.into())]);
    let to_come = item(&[("effectiveStartDate", "2026-09-01T00:00:00Z".into()), ("retailPrice", 0.9.into())]);
    let found = rows(&[over, item(&[]), older, to_come]);
    assert_eq!(found, ["Storage: Blob Storage,Hot LRS,Hot LRS Write Operations,1,0,retail-2026-08-15,0.00005"]);
}

#[test]
fn a_meter_in_two_units_on_two_pages_keeps_the_hour() {
    let base =
        [("skuName", "Standard".into()), ("meterName", "Base Unit".into()), ("serviceName", "Service Bus".into())];
    let priced =
        |unit: &str, id: &str| item(&[&base[..], &[("unitOfMeasure", unit.into()), ("meterId", id.into())]].concat());
    let pages = [page_of(&[priced("1/Hour", "a")], Some("next")), page_of(&[priced("1/Month", "b")], None)];
    let text = sheets(&pages).expect("two pages")[0].to_csv();
    assert!(text.contains("kept out: 1 in another unit"), "{text}");
    assert!(text.ends_with("Blob Storage,Standard,Base Unit,1/Hour,0,retail-2026-08-15,0.5\n"), "{text}");
}

#[test]
fn a_plan_in_two_units_keeps_that_of_the_first_region() {
    let plan = serde_json::json!([{ "retailPrice": 0.3, "unitPrice": 0.3, "term": "1 Year" }]);
    let priced = |unit: &str, region: &str| {
        item(&[
            ("unitOfMeasure", unit.into()),
            ("armRegionName", region.into()),
            ("meterId", region.into()),
            ("savingsPlan", plan.clone()),
        ])
    };
    let sheets = sheets(&[page_of(&[priced("1 GB", "westeurope"), priced("1 Hour", "uksouth")], None)]);
    let text = sheets.expect("a page")[1].to_csv();
    assert!(text.contains("kept out: 1 in another unit"), "{text}");
    assert!(
        text.ends_with(
            "source,uksouth\nBlob Storage,Hot LRS,Hot LRS Write Operations,1 Year,Hour,0,retail-2026-08-15,0.3\n"
        ),
        "{text}"
    );
}

#[test]
fn two_meters_of_one_name_are_kept_out_and_counted() {
    let pages = [page_of(
        &[item(&[]), item(&[("meterId", "m2".into()), ("retailPrice", 1.into())]), item(&[("meterName", "x".into())])],
        None,
    )];
    let text = sheets(&pages).expect("a page")[0].to_csv();
    assert!(text.contains("kept out: 1 with two prices at a time") && !text.contains("Write Operations"), "{text}");
}

#[test]
fn zones_are_regions_and_no_region_is_everywhere() {
    let found =
        sheets(&[page_of(&[item(&[("armRegionName", "Zone 1".into())]), item(&[("armRegionName", "".into())])], None)]);
    assert!(found.expect("a page")[0].to_csv().contains("source,Zone 1,global\n"));
}

#[test]
fn two_prices_of_one_meter_are_an_error_with_their_place() {
    let found = broken_item("retailPrice", 0.6.into());
    let expected = "page: item 2: two prices for Blob Storage / Hot LRS / Hot LRS Write Operations in westeurope from \
                    2025-01-01 on";
    assert_eq!(found, expected);
    // The same row twice is none.
    assert_eq!(rows(&[item(&[]), item(&[])]).len(), 1);
}

#[test]
fn a_page_that_leads_back_is_an_error() {
    let pages = [page_of(&[item(&[])], Some("b")), page_of(&[item(&[])], Some("c")), page_of(&[item(&[])], Some("b"))];
    assert_eq!(sheets(&pages), Err("page: the page that it calls the next one was already read".into()));
    let mut gathered = Gathered::default();
    let next = super::page(pages[0].as_bytes(), &document(), &mut gathered).expect("a page");
    assert_eq!(next.as_deref(), Some("b"));
}

#[test]
fn a_field_that_moved_is_an_error_with_its_place() {
    for name in [
        "currencyCode",
        "tierMinimumUnits",
        "retailPrice",
        "armRegionName",
        "effectiveStartDate",
        "meterId",
        "meterName",
        "skuId",
        "productName",
        "skuName",
        "serviceName",
        "unitOfMeasure",
        "type",
        "isPrimaryMeterRegion",
        "armSkuName",
    ] {
        let mut broken = item(&[]);
        broken.as_object_mut().expect("an item").remove(name);
        assert_eq!(error(&page_of(&[item(&[]), broken], None)), format!("page: item 2: the field `{name}` is missing"));
    }
    for name in ["Items", "NextPageLink", "Count"] {
        let mut page: serde_json::Value = serde_json::from_str(&page_of(&[item(&[])], None)).expect("JSON");
        page.as_object_mut().expect("a page").remove(name);
        assert_eq!(error(&page.to_string()), format!("page: the field `{name}` is missing"));
    }
    let other = broken_item("meterName", serde_json::json!({ "secret": 1 }));
    assert!(other.starts_with("page: item 2: a field is not what it was (line 1, column "), "{other}");
    assert!(!other.contains("secret"), "{other}");
    assert_eq!(broken_item("effectiveStartDate", "1 May 2024".into()), "page: item 2: `effectiveStartDate` is no date");
    assert_eq!(broken_item("unitOfMeasure", "GB".into()), "page: item 2: `unitOfMeasure` begins with no number");
}

#[test]
fn a_price_is_a_number_of_a_known_currency_from_zero_on() {
    assert_eq!(broken_item("retailPrice", (-0.5).into()), "page: item 2: `retailPrice` is below zero");
    assert_eq!(
        broken_item("retailPrice", "0.5".into()),
        "page: item 2: `retailPrice` is no number of at most 28 digits"
    );
    assert_eq!(broken_item("currencyCode", "XXX".into()), "page: item 2: its currency is not known");
    let mixed = "page: item 2: its currency is EUR, but that of others USD";
    assert_eq!(broken_item("currencyCode", "EUR".into()), mixed);
    let whole = page_of(&[item(&[])], None);
    for wrong in ["1e400", "1e-400", "1e999999999999", "9".repeat(400).as_str(), "79228162514264337593543950335"] {
        let found =
            error(&whole.replace("\"retailPrice\":0.5", &format!("\"retailPrice\":{wrong}")).replace("10K", "0.1K"));
        assert!(found.starts_with("page: item 1: `"), "{wrong}: {found}");
    }
    let nan = error(&whole.replace("\"retailPrice\":0.5", "\"retailPrice\":NaN"));
    assert!(nan.starts_with("page:1: here begins what is no part of a page of retail prices"), "{nan}");
}

#[test]
fn text_that_is_cut_or_nested_without_end_is_an_error() {
    let whole = page_of(&[item(&[])], None);
    for end in 0..whole.len() {
        assert!(error(&whole[..end]).starts_with("page:"), "cut at {end}");
    }
    let deep = "[".repeat(10_000);
    assert!(error(&deep).starts_with("page:1: "));
    let field = whole.replace("\"retailPrice\":0.5", &format!("\"retailPrice\":{deep}{}", "]".repeat(10_000)));
    assert_eq!(error(&field), "page: item 1: `retailPrice` is no number of at most 28 digits");
    let short = whole.replace("\"Count\":1", "\"Count\":2");
    assert_eq!(error(&short), "page: `Count` is 2, but there are 1 items");
    let bytes = super::page(&b"\xff"[..], &document(), &mut Gathered::default()).expect_err("no text").to_string();
    assert_eq!(bytes, "page: byte 0 is no UTF-8");
}

#[test]
fn another_currency_is_another_source() {
    let mut gathered = Gathered::default();
    for (currency, region) in [("USD", "westeurope"), ("CNY", "chinaeast2")] {
        let page = page_of(&[item(&[("currencyCode", currency.into()), ("armRegionName", region.into())])], None);
        super::page(page.as_bytes(), &document(), &mut gathered).expect("a page");
    }
    let text = gathered.into_sheets()[0].to_csv();
    assert!(text.contains("# source retail-2026-08-15 | 2026-08-15 | USD |"), "{text}");
    assert!(text.contains("# source retail-2026-08-15.cny | 2026-08-15 | CNY |"), "{text}");
}
