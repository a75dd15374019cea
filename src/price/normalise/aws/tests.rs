//! What lists give, as CSV and as JSON.

use super::*;
use crate::price::Sheet;

const HEAD: &str = "\
\"FormatVersion\",\"v1.0\"
\"Disclaimer\",\"It is for information, and has a comma.\"
\"Publication Date\",\"2026-10-19T20:48:02Z\"
\"Version\",\"20261019204802\"
\"OfferCode\",\"AmazonEC2\"
SKU,TermType,StartingRange,Unit,PricePerUnit,Currency,LeaseContractLength,PurchaseOption,OfferingClass,\
Location,Location Type,Instance Type,usageType,operation,Region Code
";

const ROWS: [&str; 5] = [
    "A,OnDemand,0,Hrs,0.1070000000,USD,,,,EU (Ireland),AWS Region,m5.large,EU-BoxUsage:m5.large,RunInstances,eu-west-1",
    "A,Reserved,0,Hrs,0.0390000000,USD,1yr,Partial Upfront,standard,EU (Ireland),AWS Region,m5.large,\
     EU-BoxUsage:m5.large,RunInstances,eu-west-1",
    "A,Reserved,,Quantity,342,USD,1yr,Partial Upfront,standard,EU (Ireland),AWS Region,m5.large,\
     EU-BoxUsage:m5.large,RunInstances,eu-west-1",
    "B,OnDemand,0,GB-Mo,0.05,USD,,,,EU (Ireland),AWS Region,,EU-EBS:SnapshotUsage,CreateSnapshot,eu-west-1",
    "C,OnDemand,0,Hrs,9,USD,,,,EU (Ireland),AWS Region,m5.large,EU-UnusedBox:m5.large,RunInstances,eu-west-1",
];

const JSON: &str = r#"{
  "formatVersion" : "v1.0",
  "publicationDate" : "2026-10-19T20:48:02Z",
  "products" : {
    "A" : { "sku" : "A", "productFamily" : "Compute Instance", "attributes" : {
      "usagetype" : "EU-BoxUsage:m5.large", "operation" : "RunInstances", "instanceType" : "m5.large",
      "locationType" : "AWS Region", "location" : "EU (Ireland)", "regionCode" : "eu-west-1", "vcpu" : "2" } },
    "B" : { "sku" : "B", "attributes" : {
      "usagetype" : "EU-EBS:SnapshotUsage", "operation" : "CreateSnapshot",
      "locationType" : "AWS Region", "location" : "EU (Ireland)", "regionCode" : "eu-west-1" } },
    "C" : { "sku" : "C", "attributes" : {
      "usagetype" : "EU-UnusedBox:m5.large", "operation" : "RunInstances", "instanceType" : "m5.large",
      "locationType" : "AWS Region", "location" : "EU (Ireland)", "regionCode" : "eu-west-1" } }
  },
  "terms" : {
    "OnDemand" : {
      "A" : { "A.T" : { "termAttributes" : {}, "priceDimensions" : { "A.T.R" : {
        "unit" : "Hrs", "beginRange" : "0", "endRange" : "Inf", "pricePerUnit" : { "USD" : "0.1070000000" } } } } },
      "B" : { "B.T" : { "termAttributes" : {}, "priceDimensions" : { "B.T.R" : {
        "unit" : "GB-Mo", "beginRange" : "0", "endRange" : "Inf", "pricePerUnit" : { "USD" : "0.05" } } } } },
      "C" : { "C.T" : { "termAttributes" : {}, "priceDimensions" : { "C.T.R" : {
        "unit" : "Hrs", "beginRange" : "0", "endRange" : "Inf", "pricePerUnit" : { "USD" : "9" } } } } }
    },
    "Reserved" : {
      "A" : { "A.U" : {
        "termAttributes" : {
          "LeaseContractLength" : "1yr", "OfferingClass" : "standard", "PurchaseOption" : "Partial Upfront" },
        "priceDimensions" : {
          "A.U.R" : { "unit" : "Hrs", "beginRange" : "0", "pricePerUnit" : { "USD" : "0.039" } },
          "A.U.Q" : { "unit" : "Quantity", "pricePerUnit" : { "USD" : "342" } } } } }
    }
  }
}
"#;

fn document() -> Document {
    Document { label: "list.csv".into(), as_of: "2026-11-29".into() }
}

fn wanted() -> Wanted {
    let mut wanted = Wanted::default();
    wanted.add("AmazonEC2", "BoxUsage:t3.micro", "RunInstances");
    wanted.add("AmazonEC2", "EBS:SnapshotUsage", "");
    wanted
}

fn read(text: &str) -> Result<Vec<Sheet>, String> {
    let file = OfferFile { service: "AmazonEC2", region: Some("eu-west-1"), terms: Terms::ALL };
    let mut gathered = Gathered::default();
    offer(&mut text.as_bytes(), &file, &wanted(), &document(), &mut gathered).map_err(|problem| problem.to_string())?;
    let notes: Vec<String> = gathered.take_notes().iter().map(ToString::to_string).collect();
    if notes.is_empty() { Ok(gathered.into_sheets()) } else { Err(notes.join("\n")) }
}

fn csv(rows: &[&str]) -> String {
    format!("{HEAD}{}\n", rows.join("\n"))
}

#[test]
fn a_list_gives_the_same_as_csv_and_as_json() {
    let sheets = read(&csv(&ROWS)).expect("a list");
    let text: Vec<String> = sheets.iter().map(Sheet::to_csv).collect();
    let source = |service: &str| format!("# source list-2026-10-19 | 2026-10-19 | USD | AWS price list, {service}");
    let on_demand = format!(
        "# service: AmazonEC2\n# provider: aws\n{}\nusage_type,operation,unit,from,source,eu-west-1\n\
         BoxUsage:m5.large,RunInstances,Hrs,0,list-2026-10-19,0.107\n\
         EBS:SnapshotUsage,,GB-Mo,0,list-2026-10-19,0.05\n",
        source("AmazonEC2")
    );
    let reserved = format!(
        "# service: AmazonEC2 reserved\n# provider: aws\n{}\n\
         usage_type,operation,term,payment,class,charge,unit,from,source,eu-west-1\n\
         BoxUsage:m5.large,RunInstances,1yr,Partial Upfront,standard,hourly,Hrs,0,list-2026-10-19,0.039\n\
         BoxUsage:m5.large,RunInstances,1yr,Partial Upfront,standard,upfront,Quantity,0,list-2026-10-19,342\n",
        source("AmazonEC2")
    );
    assert_eq!(text, [on_demand, reserved]);
    assert_eq!(read(JSON).expect("a list"), sheets);
}

#[test]
fn columns_are_found_wherever_they_stand() {
    let turned = |line: &str| line.split(',').rev().collect::<Vec<_>>().join(",");
    let (about, names) = HEAD.split_at(HEAD.find("SKU").expect("names"));
    let names = turned(names.trim_end().strip_prefix("SKU,").expect("names"));
    let rows = ROWS.map(|row| format!("A,{}", turned(row.split_once(',').expect("cells").1)));
    let text = format!("{about}SKU,{names}\n{}\n", rows.join("\n"));
    assert_eq!(read(&text).expect("a list"), read(&csv(&ROWS)).expect("a list"));
}

#[test]
fn a_unit_may_be_spelt_in_another_way() {
    let more = ROWS[0].replace(",0,Hrs", ",10,hours").replace("0.107", "0.1");
    let sheets = read(&csv(&[ROWS[0], &more])).expect("a list");
    assert_eq!(sheets[0].rows().count(), 2);
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let on_demand = ROWS[0];
    let with = |from: &str, to: &str| csv(&[ROWS[3], &on_demand.replace(from, to)]);
    let whole = csv(&ROWS);
    let line_of = |part: &str| JSON[..JSON.find(part).expect("a part")].lines().count();
    let (half, dear, terms) = (JSON[..JSON.len() / 2].lines().count(), line_of("0.107"), line_of("\"terms\""));
    let of_json = [
        format!("list.csv:{half}: the file ends within a value"),
        format!("list.csv:{dear}: the price of BoxUsage:m5.large / RunInstances in eu-west-1 is below zero"),
        format!("list.csv:{dear}: its currency is neither USD nor CNY"),
        format!("list.csv:{terms}: its terms stand before its products"),
    ];
    for (text, expected) in [
        (with("USD", "EUR"), "list.csv:8: its currency is neither USD nor CNY"),
        (
            with("0.107", "-0.107"),
            "list.csv:8: the price of BoxUsage:m5.large / RunInstances in eu-west-1 is below zero",
        ),
        (with("0.107", "cheap"), "list.csv:8: a price is not a number"),
        (with(",OnDemand", ""), "list.csv:8: the row has 14 columns, not 15: it is cut, or a column moved"),
        (with("OnDemand,0", "0,OnDemand"), "list.csv:8: its term is neither OnDemand nor Reserved"),
        (
            csv(&[on_demand, &on_demand.replace("0.107", "0.108")]),
            "list.csv:8: two prices for BoxUsage:m5.large / RunInstances from 0 on in eu-west-1",
        ),
        (
            csv(&[on_demand, &on_demand.replace(",0,Hrs", ",10,GB-Mo")]),
            "list.csv:8: BoxUsage:m5.large / RunInstances in eu-west-1 has another unit here than before",
        ),
        (whole.replace("PricePerUnit", "Price"), "list.csv:6: the column `PricePerUnit` is missing"),
        (whole.replace("SKU", "Sku"), "list.csv:12: it has no line of names that begins with SKU"),
        (whole[..whole.len() - 1].to_owned(), "list.csv:11: the file ends within a row"),
        (whole[..whole.len() - 20].to_owned(), "list.csv:11: the row has 14 columns"),
        (
            csv(&[ROWS[3], &ROWS[3].replace("CreateSnapshot,", "Other,").replace("0.05", "0.06")]),
            "list.csv: EBS:SnapshotUsage in eu-west-1 costs more for some operations than for others: it is left out",
        ),
        (csv(&[ROWS[4]]), "list.csv: it has no price that the book asks for"),
        (JSON[..JSON.len() / 2].to_owned(), &of_json[0]),
        (JSON.replacen("0.107", "-0.107", 1), &of_json[1]),
        (JSON.replacen("USD", "EUR", 1), &of_json[2]),
        (JSON.replace("\"terms\"", "\"words\""), "list.csv: it has no terms"),
        (JSON.replace("\"products\"", "\"goods\""), &of_json[3]),
        (String::new(), "list.csv:1: it has no line of names"),
    ] {
        let said = read(&text).expect_err(expected);
        assert!(said.starts_with(expected as &str), "{said}\ninstead of\n{expected}");
    }
}

#[test]
fn every_cut_of_a_list_is_an_error() {
    let whole = csv(&ROWS);
    for end in 0..whole.len() {
        // A list that is cut between rows has nothing that says so; its length does.
        let is_between = whole[..end].ends_with('\n') && end >= HEAD.len();
        assert_eq!(read(&whole[..end]).is_err(), !is_between || end == HEAD.len(), "{end}");
    }
    for end in 0..JSON.trim_end().len() {
        assert!(read(&JSON[..end]).is_err(), "{end}");
    }
}

#[test]
fn a_savings_plan_says_the_same_as_csv_and_as_json() {
    let csv = "\
FormatVersion,v1.0
Publication Date,2026-04-22T19:42:03Z
SKU,RateCode,Unit,EffectiveDate,DiscountedRate,Currency,DiscountedSKU,DiscountedServiceCode,DiscountedUsageType,\
DiscountedOperation,PurchaseOption,LeaseContractLength,LeaseContractLengthUnit,ServiceCode,Product Family,\
DiscountedRegionCode,DiscountedInstanceType
D,D.1,Hrs,2026-04-20,0.079,USD,A,AmazonEC2,EU-BoxUsage:m5.large,RunInstances,No Upfront,1,year,\
ComputeSavingsPlans,ComputeSavingsPlans,eu-west-1,m5.large
D,D.2,Hrs,2026-04-20,0.5,USD,B,AmazonEC2,EU-UnusedBox:m5.large,RunInstances,No Upfront,1,year,\
ComputeSavingsPlans,ComputeSavingsPlans,eu-west-1,m5.large
";
    let json = r#"{ "version" : "1", "publicationDate" : "2026-04-22T19:42:03Z",
  "products" : [ { "sku" : "D", "productFamily" : "ComputeSavingsPlans", "attributes" : {
    "purchaseOption" : "No Upfront", "purchaseTerm" : "1yr", "location" : "Any" } } ],
  "terms" : { "savingsPlan" : [ { "sku" : "D", "leaseContractLength" : { "duration" : 1 }, "rates" : [
    { "discountedServiceCode" : "AmazonEC2", "discountedUsageType" : "EU-BoxUsage:m5.large", "unit" : "Hrs",
      "discountedOperation" : "RunInstances", "discountedRegionCode" : "eu-west-1",
      "discountedRate" : { "price" : "0.079", "currency" : "USD" } },
    { "discountedServiceCode" : "AmazonEC2", "discountedUsageType" : "EU-UnusedBox:m5.large", "unit" : "Hrs",
      "discountedOperation" : "RunInstances", "discountedRegionCode" : "eu-west-1",
      "discountedRate" : { "price" : "0.5", "currency" : "USD" } } ] } ] } }"#;
    let read = |text: &str| {
        let file = OfferFile { service: "AWSComputeSavingsPlan", region: Some("eu-west-1"), terms: Terms::ALL };
        let mut gathered = Gathered::default();
        let read = plan(&mut text.as_bytes(), &file, &wanted(), &document(), &mut gathered);
        read.map(|()| gathered.into_sheets()).map_err(|problem| problem.to_string())
    };
    let sheets = read(csv).expect("a plan");
    let text = sheets[0].to_csv();
    assert!(
        text.ends_with(
            "plan,service,usage_type,operation,term,payment,unit,from,source,eu-west-1\n\
             ComputeSavingsPlans,AmazonEC2,BoxUsage:m5.large,RunInstances,1yr,No Upfront,Hrs,0,list-2026-04-22,0.079\n"
        ),
        "{text}"
    );
    assert_eq!(read(json).expect("a plan"), sheets);
    let unknown = read(&json.replacen("\"D\"", "\"E\"", 1)).expect_err("no such product");
    assert_eq!(unknown, "list.csv:4: rates are of a plan that is no product");
    for end in 0..json.len() {
        assert!(read(&json[..end]).is_err(), "{end}");
    }
}

#[test]
fn the_feed_gives_what_is_left_over_in_each_region() {
    let feed = include_str!("../../../../testdata/prices/aws/spot.js");
    let mut wanted = wanted();
    wanted.add("AmazonEC2", "SpotUsage:m5.large", "RunInstances");
    let read = |feed: &str| {
        let mut gathered = Gathered::default();
        let read = spot(&mut feed.as_bytes(), &|region| region != "us-east-1", &wanted, &document(), &mut gathered);
        read.map(|()| gathered.into_sheets()).map_err(|problem| problem.to_string())
    };
    let text = read(feed).expect("a feed")[0].to_csv();
    assert!(text.contains("\nSpotUsage:c1.medium,RunInstances,Hrs,0,spot-2026-11-29,0.0284\n"), "{text}");
    assert!(!text.contains("m3.medium") && !text.contains("0002"), "{text}");
    assert!(read(&feed[..feed.len() / 2]).is_err());
    let euro = read(&feed.replacen("USD", "EUR", 1)).expect_err("euros");
    assert_eq!(euro, "list.csv: its currency is not USD");
}
