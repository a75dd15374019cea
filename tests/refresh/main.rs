//! What `catalog refresh` brings: out of a server that behaves, and out of one that does not. The lists are excerpts
//! of real ones.

mod place;
mod rates;
mod server;

use std::fs;
use std::path::Path;

use lepton::price::Sheet;
use lepton::price::folder;

use place::{KEY, Place};
use server::{Odd, Server};

const COMPREHEND: &str = "/offers/v1.0/aws/comprehend/20260116160258/ap-south-1/index.csv";
const MACHINES: &str = "/offers/v1.0/aws/AmazonEC2/20201019204802/eu-west-3/index.csv";

#[test]
fn a_book_is_brought_here_with_the_keys_of_the_embedded_one() {
    let (server, place) = (Server::start(), Place::new());
    server.state.lock().unwrap().is_packing = true;
    let (code, text) =
        place.catalog(&server, &["refresh", "--provider", "aws", "--to", "prices", "--service", "AmazonEC2,"]);
    assert_eq!(code, 2, "a name is one name: {text}");
    assert!(text.contains("there is no offer `AmazonEC2,`") && text.contains("did you mean `AmazonEC2`?"), "{text}");
    let (code, text) = place.refresh(&server, &["AmazonEC2", "AmazonECS", "comprehend"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(text, "3 lists read: 53 prices in 3 sheets, in `prices`");
    assert_eq!(place.price("AmazonEC2", ["EBS:VolumeUsage.gp2", ""], "eu-west-3"), "0.116");
    assert_eq!(place.price("AmazonECS", ["Fargate-vCPU-Hours:perCPU", ""], "eu-west-1"), "0.04048");
    let pii = ["DetectPiiEntities", "DetectPiiEntities"];
    assert_eq!(place.price("comprehend", pii, "ap-south-1"), "0.0001 0.00005 0.000025 0.000005");
    // Of services that the book knows no other keys come than it has.
    let known = Sheet::parse("ec2", include_str!("../../src/price/book/aws/amazonec2.csv")).unwrap();
    let fresh = Sheet::parse("ec2", &place.sheet("aws/amazonec2.csv")).unwrap();
    assert_eq!((fresh.key_columns(), fresh.rows().count()), (known.key_columns(), 5));
    for row in fresh.rows() {
        assert!(known.rows().any(|known| known.key == row.key && known.unit == row.unit), "{:?}", row.key);
    }
    let (code, text) = place.catalog(&server, &["status", "--prices", "prices"]);
    assert!(code == 0 && text.contains("over the embedded one"), "{text}");
    // A meter that comes in another unit than stanzas count in is named; one that is spelt otherwise is not.
    server.edit(MACHINES, |text| {
        let is_of = |line: &str, meter: &str| line.contains(meter) && line.contains("GB-Mo");
        let line = |line: &str| match line {
            line if is_of(line, "VolumeUsage.gp2") => line.replace("GB-Mo", "TB-Mo"),
            line if is_of(line, "VolumeUsage.st1") => line.replace("GB-Mo", "GB-month"),
            line => line.to_owned(),
        };
        text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
    });
    let (code, text) = place.refresh(&server, &["AmazonEC2"]);
    let named = "AmazonEC2: EBS:VolumeUsage.gp2 is in TB-Mo now, and in GB-Mo in the embedded book";
    assert!(code == 0 && text.contains(named) && text.matches("is in ").count() == 1, "{text}");
}

#[test]
fn plans_and_spare_machines_come_too() {
    let (server, place) = (Server::start(), Place::new());
    let (code, text) =
        place.catalog(&server, &["refresh", "--to", "prices", "--service", "AmazonRDS", "--terms", "savings-plan"]);
    assert_eq!((code, text.as_str()), (0, "1 list read: 24 prices in 1 sheet, in `prices`"));
    let plans = place.sheet("aws/awsdatabasesavingsplans.csv");
    let row =
        "DatabaseSavingsPlans,AmazonRDS,InstanceUsage:db.r8i.12xlarge,CreateDBInstance:0005,1yr,No Upfront,Hrs,0,";
    assert!(plans.contains(row), "{plans}");
    let (code, text) =
        place.catalog(&server, &["refresh", "--to", "prices", "--service", "AmazonEC2", "--terms", "spot"]);
    assert_eq!(code, 0, "{text}");
    assert_eq!(place.price("AmazonEC2", ["SpotUsage:c1.medium", "RunInstances"], "eu-west-1"), "0.0284");
    assert_eq!(place.sheet("aws/awsdatabasesavingsplans.csv"), plans, "other sheets stay");
}

/// A recorded answer.
fn recorded(name: &str) -> serde_json::Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/prices").join(name);
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

#[test]
fn azure_is_read_page_by_page() {
    let (server, place) = (Server::start(), Place::new());
    let whole = recorded("azure-redis.json");
    let items = whole["Items"].as_array().unwrap();
    let page = |items: &[serde_json::Value], next: Option<&str>| {
        let page = serde_json::json!({
            "BillingCurrency": "USD", "Items": items, "NextPageLink": next, "Count": items.len(),
        });
        page.to_string().into_bytes()
    };
    let first = "/api/retail/prices?api-version=2023-01-01-preview&currencyCode=USD\
                 &%24filter=serviceName+eq+%27Redis+Cache%27";
    let second = "/api/retail/prices?api-version=2023-01-01-preview&%24skip=40";
    let link = format!("https://prices.azure.com:443{second}");
    let put = |path: &str, bytes| _ = server.state.lock().unwrap().files.insert(path.into(), bytes);
    put(first, page(&items[..40], Some(&link)));
    put(second, page(&items[40..], None));
    server.odd(second, &[Odd::Busy(429, "0")]);
    let redis = ["refresh", "--to", "prices", "--service", "Redis Cache"];
    let (code, text) = place.catalog(&server, &redis);
    assert_eq!(code, 0, "{text}");
    let both = place.sheet("azure/redis-cache.csv");
    // The same as from a single page.
    let other = Place::new();
    put(first, page(items, None));
    assert_eq!(other.catalog(&server, &redis).0, 0);
    assert_eq!(other.sheet("azure/redis-cache.csv"), both);
    // Of the keys that stanzas ask for none is unlike those of the embedded book.
    let known = Sheet::parse("redis", include_str!("../../src/price/book/azure/redis-cache.csv")).unwrap();
    assert_eq!(Sheet::parse("redis", &both).unwrap().key_columns(), known.key_columns());
    // A page that leads back is refused, and the book stays.
    put(first, page(&items[..40], Some(&link)));
    put(second, page(&items[40..], Some(&link)));
    let (code, text) = place.catalog(&server, &redis);
    assert!(code == 2 && text.contains("already read"), "{text}");
    assert_eq!(place.sheet("azure/redis-cache.csv"), both);
}

#[test]
fn google_is_read_page_by_page_with_a_key_that_nothing_shows() {
    let (server, place) = (Server::start(), Place::new());
    let whole = recorded("google-compute.json");
    let skus: Vec<&serde_json::Value> = whole["skus"].as_array().unwrap().iter().collect();
    // The recorded page has two currencies; an answer has one.
    let is_usd = |sku: &&&serde_json::Value| sku.to_string().contains("\"currencyCode\":\"USD\"");
    let skus: Vec<&serde_json::Value> = skus.iter().filter(is_usd).copied().collect();
    assert!(skus.len() > 1);
    let services = serde_json::json!({ "services": [
        { "serviceId": "6F81-5844-456A", "displayName": "Compute Engine" },
        { "serviceId": "0000-0000-0000", "displayName": "Something Else" },
    ] });
    let page = |skus: &[&serde_json::Value], next: &str| {
        serde_json::json!({ "skus": skus, "nextPageToken": next }).to_string().into_bytes()
    };
    let put = |path: &str, bytes| _ = server.state.lock().unwrap().files.insert(path.into(), bytes);
    let list = "/v1/services/6F81-5844-456A/skus?currencyCode=USD&pageSize=5000";
    put("/v1/services?pageSize=5000", services.to_string().into_bytes());
    put(list, page(&skus[..1], "more"));
    put(&format!("{list}&pageToken=more"), page(&skus[1..], ""));
    let (code, text) = place.catalog(&server, &["refresh", "--provider", "google", "--to", "prices"]);
    assert!(code == 0 && !text.contains(KEY), "{text}");
    assert!(place.sheet("google/compute-engine.csv").contains("# provider: google"));
    let asked = server.take_asked();
    assert_eq!(asked.len(), 3, "{asked:?}");
    assert!(asked.iter().all(|head| head.contains(KEY) && !head.lines().next().unwrap().contains(KEY)));
    // Nothing of it is written either.
    assert!(place.files().values().all(|bytes| !String::from_utf8_lossy(bytes).contains(KEY)));
}

#[test]
fn what_did_not_change_is_not_sent_again_and_keeps_its_prices() {
    let (server, place) = (Server::start(), Place::new());
    let services = ["AmazonEC2", "comprehend"];
    assert_eq!(place.refresh(&server, &services).0, 0);
    let (ec2, comprehend) = (place.sheet("aws/amazonec2.csv"), place.sheet("aws/comprehend.csv"));
    let (code, text) = place.refresh(&server, &services);
    assert_eq!((code, text.as_str()), (0, "0 lists read, 2 unchanged: 0 prices in 0 sheets, in `prices`"));
    assert_eq!((place.sheet("aws/amazonec2.csv"), place.sheet("aws/comprehend.csv")), (ec2, comprehend.clone()));
    // One list changes: a price moves, a meter is gone.
    server.edit(MACHINES, |text| {
        let kept: Vec<&str> = text.lines().filter(|line| !line.contains("VolumeUsage.st1")).collect();
        kept.join("\n").replace("0.1160000000", "0.1170000000") + "\n"
    });
    let (code, text) = place.refresh(&server, &services);
    assert_eq!((code, text.as_str()), (0, "1 list read, 1 unchanged: 4 prices in 1 sheet, in `prices`"));
    assert_eq!(place.price("AmazonEC2", ["EBS:VolumeUsage.gp2", ""], "eu-west-3"), "0.117");
    assert!(!place.sheet("aws/amazonec2.csv").contains("VolumeUsage.st1"));
    assert_eq!(place.sheet("aws/comprehend.csv"), comprehend);
    // What was asked for is more now: the list is read again though it did not change.
    server.take_asked();
    let more =
        ["refresh", "--provider", "aws", "--to", "prices", "--service", "comprehend", "--terms", "on-demand,reserved"];
    let (code, text) = place.catalog(&server, &more);
    assert!(code == 0 && text.starts_with("1 list read: 40 prices"), "{text}");
    assert!(server.take_asked().iter().all(|head| !head.to_lowercase().contains("if-none-match")));
}

#[test]
fn nothing_is_lost_or_doubled_however_a_server_answers() {
    let good = Place::new();
    let calm = Server::start();
    assert_eq!(good.refresh(&calm, &["comprehend"]).0, 0);
    let expected = good.sheet("aws/comprehend.csv");
    let index = "/offers/v1.0/aws/index.json";
    let busy = Odd::Busy(429, "Retry-After: 0\r\n");
    for (path, is_packing, has_tags, odd) in [
        (index, false, true, vec![busy.clone(), Odd::Busy(503, ""), Odd::Cut(30)]),
        (COMPREHEND, false, true, vec![busy, Odd::Busy(500, "Retry-After: never\r\n")]),
        (COMPREHEND, false, true, vec![Odd::Cut(5000), Odd::Cut(1), Odd::Cut(5000), Odd::Cut(0)]),
        (COMPREHEND, true, true, vec![Odd::Cut(500), Odd::Cut(200)]),
        (COMPREHEND, false, true, vec![Odd::Cut(5000), Odd::Whole]),
        (COMPREHEND, false, false, vec![Odd::Cut(5000), Odd::Cut(7000)]),
        (COMPREHEND, false, true, vec![Odd::TooLong(10)]),
    ] {
        let (server, place) = (Server::start(), Place::new());
        {
            let mut state = server.state.lock().unwrap();
            (state.is_packing, state.has_tags) = (is_packing, has_tags);
        }
        server.odd(path, &odd);
        let (code, text) = place.refresh(&server, &["comprehend"]);
        assert_eq!(code, 0, "{odd:?}: {text}");
        assert_eq!(place.sheet("aws/comprehend.csv"), expected, "{odd:?}");
        let asked = server.take_asked();
        let is_cut = odd.iter().any(|odd| matches!(odd, Odd::Cut(_)));
        let parts = asked.iter().filter(|head| head.to_lowercase().contains("\r\nrange: bytes=")).count();
        assert_eq!(parts > 0, (is_cut && has_tags) || matches!(odd[0], Odd::TooLong(_)), "{odd:?}: {asked:?}");
        assert!(fs::read_dir(place.0.path()).unwrap().count() <= 2, "nothing but the book and its lock is left");
    }
}

#[test]
fn what_was_here_when_a_run_failed_is_not_sent_again() {
    let (server, place) = (Server::start(), Place::new());
    server.odd(COMPREHEND, &[Odd::Cut(9000), Odd::Busy(403, "")]);
    let (code, text) = place.refresh(&server, &["comprehend"]);
    assert_eq!(code, 2, "{text}");
    assert!(text.contains("there is no refreshed book: the embedded prices of"), "{text}");
    server.take_asked();
    assert_eq!(place.refresh(&server, &["comprehend"]).0, 0);
    let last = server.take_asked().pop().unwrap().to_lowercase();
    assert!(last.contains("range: bytes=9000-") && last.contains("if-range"), "{last}");
}

#[test]
fn a_refresh_that_fails_leaves_the_book_as_it_was_and_says_so() {
    let (server, place) = (Server::start(), Place::new());
    assert_eq!(place.refresh(&server, &["comprehend"]).0, 0);
    let before = place.files();
    let whole = String::from_utf8(server.state.lock().unwrap().files[COMPREHEND].clone()).unwrap();
    let last = whole.lines().last().unwrap();
    let lines = whole.lines().count();
    let with = |line: &str| format!("{whole}{line}\n");
    let price = "\"1.0000000000\"";
    let bad: Vec<(String, Vec<Odd>, String)> = vec![
        (whole[..whole.len() - 40].into(), vec![], format!("index.csv:{lines}: the row has 20 columns, not 22")),
        (whole.replace("PricePerUnit", "Price"), vec![], "index.csv:6: the column `PricePerUnit` is missing".into()),
        (
            whole.replacen("\"OnDemand\",", "", 1),
            vec![],
            "index.csv:7: the row has 21 columns, not 22: it is cut, or a column moved".into(),
        ),
        (with(&last.replace("USD", "XAU")), vec![], format!("index.csv:{}: its currency is neither", lines + 1)),
        (with(&last.replace(price, "-1")), vec![], format!("index.csv:{}: the price of DetectTopics", lines + 1)),
        (with(&last.replace(price, "2")), vec![], format!("index.csv:{}: two prices for DetectTopics", lines + 1)),
        (
            with(&last.replace(",\"0\",\"Inf\",\"MB\"", ",\"9\",\"Inf\",\"GB\"")),
            vec![],
            format!("index.csv:{}: DetectTopics-1MB / DetectTopics in ap-south-1 has another unit", lines + 1),
        ),
        (with(""), vec![Odd::TooShort(300)], "it is cut, or a column moved".into()),
        (with(""), vec![Odd::Busy(403, "")], "answers 403".into()),
        (with(""), vec![Odd::Busy(429, "Retry-After: 86400\r\n")], "asks to wait 86400 seconds".into()),
        (with(""), vec![Odd::Cut(0); 9], "it was asked 5 times".into()),
    ];
    for (text, odd, expected) in bad {
        server.edit(COMPREHEND, |_| text);
        server.odd(COMPREHEND, &odd);
        let (code, text) = place.refresh(&server, &["comprehend"]);
        assert_eq!(code, 2, "{expected}: {text}");
        assert!(text.contains(&expected), "{text}\ninstead of\n{expected}");
        assert!(text.contains("the book in `prices` is as it was: that of 2"), "{text}");
        assert!(place.files() == before, "{expected}: the book is another");
    }
    // A list of another region, which has one meter in another unit.
    let index = "/offers/v1.0/aws/comprehend/current/region_index.json";
    let index_before = server.state.lock().unwrap().files[index].clone();
    server.edit(COMPREHEND, |_| whole.clone() + "\n");
    let other = COMPREHEND.replace("ap-south-1", "ap-south-2");
    let elsewhere = whole.replace("APS3-", "APS5-").replace("ap-south-1", "ap-south-2").replace("\"MB\"", "\"GB\"");
    server.state.lock().unwrap().files.insert(other.clone(), elsewhere.into_bytes());
    server.edit(index, |text| {
        let region = text.find("\"ap-south-1\"").unwrap();
        let one = &text[region..text.rfind("}\n  }").unwrap() + 1];
        text.replace(one, &format!("{one}, {}", one.replace("ap-south-1", "ap-south-2")))
    });
    let (code, text) = place.refresh(&server, &["comprehend"]);
    let line = whole.lines().position(|line| line.contains("\"MB\"")).unwrap() + 1;
    let expected =
        format!("ap-south-2/index.csv:{line}: DetectTopics-PerMB / DetectTopics in ap-south-2 has another unit");
    assert!(code == 2 && text.contains(&expected), "{text}\ninstead of\n{expected}");
    assert!(place.files() == before);
    server.state.lock().unwrap().files.insert(index.into(), index_before);
    // A page that repeats another.
    server.edit(index, |text| {
        let region = text.find("\"ap-south-1\"").unwrap();
        let one = &text[region..text.rfind("}\n  }").unwrap() + 1];
        text.replace(one, &format!("{one}, {}", one.replacen("\"ap-south-1\"", "\"ap-south-2\"", 1)))
    });
    let (code, text) = place.refresh(&server, &["comprehend"]);
    assert!(code == 2 && text.contains("the page is led to a second time"), "{text}");
    assert!(place.files() == before);
}

#[test]
fn one_refresh_at_a_time_writes_a_book() {
    let (server, place) = (Server::start(), Place::new());
    let lock = fs::File::create(place.0.path().join("prices.lock")).unwrap();
    lock.lock().unwrap();
    let (code, text) = place.refresh(&server, &["comprehend"]);
    assert!(code == 2 && text.contains("another refresh writes `prices`"), "{text}");
    assert!(server.take_asked().is_empty() && !place.book().exists());
    drop(lock);
    assert_eq!(place.refresh(&server, &["comprehend"]).0, 0);
}

#[test]
fn sheets_alone_get_new_prices_in_place_of_old_ones() {
    let (server, place) = (Server::start(), Place::new());
    let old = "\
# service: AmazonEC2
# provider: aws
# source old | 2019-01 | USD | a list of old
usage_type,operation,unit,from,source,eu-west-1,eu-west-3
EBS:VolumeUsage.gp2,,GB-Mo,0,old,0.11,0.2
EBS:VolumeUsage.gp3,,GB-Mo,0,old,0.088,0.0928
";
    fs::create_dir_all(place.book().join("aws")).unwrap();
    fs::write(place.book().join("aws/amazonec2.csv"), old).unwrap();
    fs::write(place.book().join("fallback.csv"), "provider,region,fallback\n").unwrap();
    let arguments = ["refresh", "--update-sheets", "prices", "--service", "AmazonEC2", "--terms", "on-demand"];
    let (code, text) = place.catalog(&server, &arguments);
    assert_eq!((code, text.as_str()), (0, "1 list read: 5 prices in 1 sheet, in `prices`"));
    let names: Vec<_> = place.files().into_keys().collect();
    assert_eq!(names, ["aws/amazonec2.csv", "fallback.csv"].map(|name| place.book().join(name)));
    let sheet = place.sheet("aws/amazonec2.csv");
    for row in [
        "EBS:VolumeUsage.gp2,,GB-Mo,0,list-2020-10-19,,0.116\n",
        "EBS:VolumeUsage.gp2,,GB-Mo,0,old,0.11,\n",
        "EBS:VolumeUsage.gp3,,GB-Mo,0,old,0.088,0.0928\n",
    ] {
        assert!(sheet.contains(row), "{row}{sheet}");
    }
    // A book and sheets out of the same lists: nothing that the sheets need may be left out as unchanged.
    let both = [&arguments[..], &["--to", "book"]].concat();
    for _ in 0..2 {
        fs::write(place.book().join("aws/amazonec2.csv"), old).unwrap();
        let (code, text) = place.catalog(&server, &both);
        assert_eq!((code, text.as_str()), (0, "1 list read: 5 prices in 1 sheet, in `book` and `prices`"));
        assert_eq!(place.sheet("aws/amazonec2.csv"), sheet);
        assert!(folder::load(&place.0.path().join("book")).unwrap().is_some());
    }
    server.odd(MACHINES, &[Odd::Busy(403, "")]);
    let (code, text) = place.catalog(&server, &arguments);
    assert!(code == 2 && text.contains("the sheets in `prices` are as they were"), "{text}");
    assert_eq!(place.sheet("aws/amazonec2.csv"), sheet);
    assert!(server.take_asked().iter().any(|head| head.contains(MACHINES)));
}

#[test]
fn azure_is_asked_for_a_region_and_for_what_has_none() {
    let (server, place) = (Server::start(), Place::new());
    let mut items: Vec<serde_json::Value> = recorded("azure-redis.json")["Items"].as_array().unwrap().clone();
    // Of the recorded region one meter is made another's, and two are made those of no region.
    for (item, region) in items.iter_mut().rev().zip(["northeurope", "", "Global"]) {
        item["armRegionName"] = region.into();
        item["skuName"] = format!("of {region:?}").into();
        for name in ["skuId", "meterId"] {
            item[name] = region.into();
        }
    }
    let with = |regions: &[&str]| {
        let is_of = |item: &&serde_json::Value| regions.contains(&item["armRegionName"].as_str().unwrap());
        let items: Vec<_> = items.iter().filter(is_of).collect();
        let page = serde_json::json!({
            "BillingCurrency": "USD", "Items": items, "NextPageLink": null, "Count": items.len(),
        });
        page.to_string().into_bytes()
    };
    // What the server is asked is what it answers: a filter that asks otherwise gets nothing.
    let path = |filter: &str| {
        let filter = form_urlencoded::Serializer::new(String::new()).append_pair("$filter", filter).finish();
        format!("/api/retail/prices?api-version=2023-01-01-preview&currencyCode=USD&{filter}")
    };
    let put = |filter: &str, bytes| _ = server.state.lock().unwrap().files.insert(path(filter), bytes);
    let none = "armRegionName eq '' or armRegionName eq 'Global'";
    let one = "serviceName eq 'Redis Cache' and (armRegionName eq 'westeurope'";
    put(&format!("{one} or {none})"), with(&["westeurope", "", "Global"]));
    put(
        &format!("{} or armRegionName eq 'westeurope' or {none})", one.replace("westeurope", "northeurope")),
        with(&["northeurope", "westeurope", "", "Global"]),
    );
    put(&format!("serviceName eq 'Bandwidth' and (armRegionName eq 'westeurope' or {none})"), with(&[]));

    let redis = ["refresh", "--to", "prices", "--provider", "azure", "--service", "Redis Cache", "--region"];
    let (code, text) = place.catalog(&server, &[&redis[..], &["westeurope", "--service", "Bandwidth"]].concat());
    assert!(code == 0 && text.starts_with("2 lists read: "), "{text}");
    let sheet = place.sheet("azure/redis-cache.csv");
    let regions = |sheet: &str| sheet.lines().find(|line| line.contains(",source,")).unwrap().to_owned();
    assert!(regions(&sheet).ends_with(",source,global,westeurope"), "{sheet}");
    for region in ["\"\"", "\"Global\""] {
        let row = sheet.lines().find(|line| line.contains(&format!("of {}", region.replace('"', "\"\"")))).unwrap();
        // Its only price is that which holds everywhere.
        assert!(row.ends_with(',') && !row.ends_with(",,"), "{row}");
    }
    let (code, text) = place.catalog(&server, &[&redis[..], &["westeurope", "--region", "northeurope"]].concat());
    assert_eq!(code, 0, "{text}");
    let sheet = place.sheet("azure/redis-cache.csv");
    assert!(regions(&sheet).ends_with(",source,global,northeurope,westeurope"), "{sheet}");
    // A region that nothing was put for: the server knows no such list, and the book stays.
    let before = place.files();
    let (code, text) = place.catalog(&server, &[&redis[..], &["uksouth"]].concat());
    assert!(code == 2 && text.contains("answers 404"), "{text}");
    assert!(place.files() == before);
}

/// A list of China for machines, one for everywhere in it, and their indexes; below the paths that they have there.
fn put_china(server: &Server) {
    let machines = "/offers/v1.0/cn/AmazonEC2";
    let list = "\
\"FormatVersion\",\"v1.0\"
\"Publication Date\",\"2026-10-19T20:48:02Z\"
\"OfferCode\",\"AmazonEC2\"
SKU,TermType,StartingRange,Unit,PricePerUnit,Currency,Location,Location Type,Instance Type,usageType,operation,Region Code
A,OnDemand,0,Hrs,0.7,CNY,China (Beijing),AWS Region,m5.large,CNN1-BoxUsage:m5.large,RunInstances,cn-north-1
B,OnDemand,0,GB-Mo,0.75,CNY,China (Beijing),AWS Region,,CNN1-EBS:VolumeUsage.gp2,,cn-north-1
C,OnDemand,0,vCPU-Hours,0.33,CNY,Any,AWS Region,,CPUCredits:t3,RunInstances,
";
    let index = |offers| serde_json::json!({ "formatVersion": "v1.0", "offers": offers });
    let regions = |codes: &[&str]| {
        let region = |code: &&str| {
            let url = format!("{machines}/20261019204802/{code}/index.json");
            ((*code).to_owned(), serde_json::json!({ "regionCode": code, "currentVersionUrl": url }))
        };
        serde_json::json!({ "regions": codes.iter().map(region).collect::<serde_json::Map<_, _>>() })
    };
    let offer = serde_json::json!({ "AmazonEC2": {
        "offerCode": "AmazonEC2", "currentRegionIndexUrl": format!("{machines}/current/region_index.json"),
    } });
    let mut state = server.state.lock().unwrap();
    let mut put = |path: String, text: String| _ = state.files.insert(path, text.into_bytes());
    put("/offers/v1.0/cn/index.json".into(), index(offer).to_string());
    put(format!("{machines}/current/region_index.json"), regions(&["cn-north-1", "cn-northwest-1"]).to_string());
    put(format!("{machines}/20261019204802/cn-north-1/index.csv"), list.into());
}

#[test]
fn the_list_of_china_is_asked_for_its_regions_and_is_in_its_currency() {
    let (server, place) = (Server::start(), Place::new());
    put_china(&server);
    let refresh =
        ["refresh", "--provider", "aws", "--to", "prices", "--service", "AmazonEC2", "--region", "cn-north-1"];
    let (code, text) = place.catalog(&server, &refresh);
    assert_eq!((code, text.as_str()), (0, "1 list read: 3 prices in 1 sheet, in `prices`"));
    // Nobody else is asked, for spot prices neither: their feed has none of China.
    let asked = server.take_asked();
    assert!(asked.len() == 3 && asked.iter().all(|head| head.starts_with("GET /offers/v1.0/cn/")), "{asked:?}");
    let sheet = place.sheet("aws/amazonec2.csv");
    assert!(sheet.contains("# source list-cny-2026-10-19 | 2026-10-19 | CNY | AWS price list, AmazonEC2"), "{sheet}");
    assert_eq!(place.price("AmazonEC2", ["BoxUsage:m5.large", "RunInstances"], "cn-north-1"), "0.7");
    // What holds everywhere in China holds nowhere else.
    assert!(sheet.contains("\nCPUCredits:t3,RunInstances,vCPU-Hours,0,list-cny-2026-10-19,0.33\n"), "{sheet}");
    assert!(!sheet.contains("global"), "{sheet}");
    // Both lists for regions of both, into the one sheet.
    let (code, text) =
        place.catalog(&server, &[&refresh[..], &["--region", "eu-west-3", "--terms", "on-demand"]].concat());
    assert_eq!((code, text.as_str()), (0, "2 lists read: 8 prices in 1 sheet, in `prices`"));
    assert_eq!(place.price("AmazonEC2", ["EBS:VolumeUsage.gp2", ""], "eu-west-3"), "0.116");
    assert_eq!(place.price("AmazonEC2", ["EBS:VolumeUsage.gp2", ""], "cn-north-1"), "0.75");
    // Without regions China is not asked.
    server.take_asked();
    assert_eq!(place.refresh(&server, &["AmazonEC2"]).0, 0);
    assert!(server.take_asked().iter().all(|head| !head.contains("/cn/")));

    // A line of a plan costs yuan, and by a rate dollars: 730 hours of 0.7 yuan at 0.14 are 71.54.
    let plan = r#"{"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[
{"address":"aws_instance.web","mode":"managed","type":"aws_instance","name":"web",
 "provider_name":"registry.terraform.io/hashicorp/aws",
 "change":{"actions":["create"],"before":null,"after":{"instance_type":"m5.large","availability_zone":"cn-north-1a"},
 "after_unknown":{}}}],"configuration":{"root_module":{}}}"#;
    fs::write(place.0.path().join("plan.json"), plan).unwrap();
    let rate = "exchange \"CNY\" {\n  rate = 0.14\n  as_of = \"2026-11-27\"\n  source = \"our bank\"\n}\n";
    fs::write(place.0.path().join("lepton.hcl"), rate).unwrap();
    let (code, text) = place.run(&server, &["plan-cost", "plan.json", "--prices", "prices"]);
    assert!(code == 0 && text.contains("$71.54"), "{text}");
    let (code, text) = place.run(&server, &["explain", "aws_instance.web", "plan.json", "--prices", "prices"]);
    assert!(code == 0 && text.contains("AWS price list, AmazonEC2") && text.contains("2026-10-19"), "{text}");
}

/// The lines of the only resource of a plan, as JSON of a report.
fn lines_of(place: &Place, server: &Server) -> Vec<serde_json::Value> {
    let (code, text) = place.run(server, &["plan-cost", "plan.json", "--prices", "prices", "--format", "json"]);
    assert_eq!(code, 0, "{text}");
    let report = text.find('{').map(|at| serde_json::from_str::<serde_json::Value>(&text[at..]).unwrap()).unwrap();
    report["projects"][0]["resources"][0]["after"]["lines"].as_array().unwrap().clone()
}

#[test]
fn a_commitment_costs_what_the_list_of_savings_plans_says() {
    let (server, place) = (Server::start(), Place::new());
    // The rates of the plan are those of the recorded list; the price on demand stands in a list beside it.
    let databases = "/offers/v1.0/aws/AmazonRDS";
    let list = "\
\"FormatVersion\",\"v1.0\"
\"Publication Date\",\"2026-04-20T10:00:00Z\"
\"OfferCode\",\"AmazonRDS\"
SKU,TermType,StartingRange,Unit,PricePerUnit,Currency,Location,Location Type,Instance Type,usageType,operation,Region Code
A,OnDemand,0,Hrs,2.1760000000,USD,Asia Pacific (Hyderabad),AWS Region,db.r7g.2xlarge,APS5-Multi-AZUsage:db.r7g.2xl,\
CreateDBInstance:0002,ap-south-2
";
    let regions = serde_json::json!({ "regions": { "ap-south-2": {
        "regionCode": "ap-south-2", "currentVersionUrl": format!("{databases}/20260420100000/ap-south-2/index.json"),
    } } });
    {
        let mut state = server.state.lock().unwrap();
        let region_index = format!("{databases}/current/region_index.json");
        state.files.insert(region_index, regions.to_string().into_bytes());
        state.files.insert(format!("{databases}/20260420100000/ap-south-2/index.csv"), list.into());
    }
    let (code, text) = place.catalog(
        &server,
        &["refresh", "--to", "prices", "--service", "AmazonRDS", "--terms", "on-demand,savings-plan"],
    );
    assert_eq!((code, text.as_str()), (0, "2 lists read: 25 prices in 2 sheets, in `prices`"));
    let plan = r#"{"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[
{"address":"aws_db_instance.shop","mode":"managed","type":"aws_db_instance","name":"shop",
 "provider_name":"registry.terraform.io/hashicorp/aws",
 "change":{"actions":["create"],"before":null,"after":{"instance_class":"db.r7g.2xlarge","engine":"mysql",
 "engine_version":"8.0","multi_az":true,"allocated_storage":100,"storage_type":"gp3",
 "availability_zone":"ap-south-2a"},
 "after_unknown":{}}}],"configuration":{"root_module":{}}}"#;
    fs::write(place.0.path().join("plan.json"), plan).unwrap();
    let committed = "\
commitment \"aws\" {
  kind     = \"savings-plan\"
  service  = \"AmazonRDS\"
  term     = \"1y\"
  payment  = \"no-upfront\"
  coverage = 50
  list     = \"AWSDatabaseSavingsPlans\"
  key      = { plan = \"DatabaseSavingsPlans\", term = \"1yr\", payment = \"No Upfront\" }
}
";
    fs::write(place.0.path().join("lepton.hcl"), committed).unwrap();
    let lines = lines_of(&place, &server);
    // 730 hours of 2.176 dollars; half of them at the plan's 1.7408: 635.392 + 794.24.
    let line =
        lines.iter().find(|line| line["component"] == "Database instance").unwrap_or_else(|| panic!("{lines:#?}"));
    assert_eq!((line["monthly"].as_str(), line["effectiveCost"].as_str()), (Some("1588.48"), Some("1429.632")));
    assert_eq!(line["prices"][0]["asOf"], "2026-04-20");
    assert_eq!(line["prices"][0]["source"], "AWS price list, AmazonRDS");
    // What the list has no rate for costs what it costs on demand.
    let three = committed.replace("1yr", "3yr").replace("\"1y\"", "\"3y\"");
    fs::write(place.0.path().join("lepton.hcl"), three).unwrap();
    let lines = lines_of(&place, &server);
    assert!(lines.iter().all(|line| line["effectiveCost"].is_null()), "{lines:#?}");
}
