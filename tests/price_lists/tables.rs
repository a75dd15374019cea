//! Collected tables, each as prices of the book's keys.

use std::collections::BTreeMap;
use std::path::Path;

use lepton::price::Sheet;
use lepton::price::normalise::{Gathered, azure};
use rust_decimal::Decimal;
use saphyr::{LoadableYamlNode as _, Scalar, Yaml};
use serde_json::{Value, json};

use super::{document, read};

/// A price as a table gives it.
#[derive(Clone, Debug)]
pub struct Other {
    /// The table.
    pub table: &'static str,
    /// Its day.
    pub as_of: &'static str,
    /// The price of the book's unit.
    pub price: Decimal,
}

/// Provider, service, key and region.
pub type At = (&'static str, String, Vec<String>, String);

/// What tables say of a price.
pub type Index = BTreeMap<At, Vec<Other>>;

/// A line by its columns.
type Line = BTreeMap<String, String>;

fn lines(path: &Path) -> Vec<Line> {
    let text = read(path);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let head = reader.headers().unwrap().clone();
    let line =
        |record: csv::StringRecord| head.iter().zip(&record).map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
    reader.records().map(|record| line(record.unwrap())).collect()
}

fn decimal(text: &str) -> Option<Decimal> {
    text.parse().or_else(|_| Decimal::from_scientific(text)).ok().filter(|price| !price.is_zero())
}

fn put(index: &mut Index, at: At, table: &'static str, as_of: &'static str, price: Option<Decimal>) {
    let Some(price) = price else { return };
    index.entry(at).or_default().push(Other { table, as_of, price });
}

fn at(provider: &'static str, service: &str, key: &[&str], region: &str) -> At {
    (provider, service.to_owned(), key.iter().map(|part| (*part).to_owned()).collect(), region.to_owned())
}

/// Every table of which the names of the things are those of the book, or follow from them.
pub fn index(folder: &Path) -> Index {
    let mut index = Index::new();
    ec2(&mut index, &folder.join("aws"));
    databases(&mut index, &folder.join("aws"));
    retail(&mut index, folder);
    machines(&mut index, &folder.join("azure"));
    google(&mut index, &folder.join("gcp"));
    index
}

fn ec2(index: &mut Index, aws: &Path) {
    let operation = |os: &str| {
        Some(match os {
            "linux" | "Linux" => "RunInstances",
            "windows" | "Windows" => "RunInstances:0002",
            "rhel" | "RHEL" => "RunInstances:0010",
            "rhel_ha" => "RunInstances:1010",
            "suse" | "SUSE" => "RunInstances:000g",
            _ => return None,
        })
    };
    let of = |kind: &str, operation: &str, region: &str| {
        at("aws", "AmazonEC2", &[&format!("BoxUsage:{kind}"), operation], region)
    };
    for line in lines(&aws.join("ec2-by-os-libcloud.csv.gz")) {
        let Some(operation) = operation(&line["os"]) else { continue };
        let at = of(&line["instance_type"], operation, &line["region"]);
        put(index, at, "libcloud", "2025-03-02", decimal(&line["usd_per_hour"]));
    }
    for line in lines(&aws.join("ec2-linux-ondemand-karpenter.csv")).iter().filter(|line| line["currency"] == "USD") {
        let at = of(&line["instance_type"], "RunInstances", &line["region"]);
        put(index, at, "karpenter", "2026-07-20", decimal(&line["price_per_hour"]));
    }
    for line in lines(&aws.join("ec2-linux-ondemand-consensus-all-regions.csv.gz")) {
        let at = of(&line["instance_type"], "RunInstances", &line["region"]);
        put(index, at, "coroot", "2024-08-09", decimal(&line["coroot_2024_08_raw"]));
    }
    for line in lines(&aws.join("eu-west-1-ondemand-2023-02-terracost.csv.gz")) {
        let usage = match line["Tenancy"].as_str() {
            "Shared" => "BoxUsage",
            "Dedicated" => "DedicatedUsage",
            _ => continue,
        };
        let is_plain = line["CapacityStatus"] == "Used"
            && line["PreInstalledSW"] == "NA"
            && line["LicenseModel"] == "No License required";
        if let (true, Some(operation)) = (is_plain, operation(&line["OperatingSystem"])) {
            let key = [&format!("{usage}:{}", line["InstanceType"]), operation];
            let at = at("aws", "AmazonEC2", &key, "eu-west-1");
            put(index, at, "terracost", "2023-02-23", decimal(&line["price"]));
        }
    }
}

fn databases(index: &mut Index, aws: &Path) {
    let engines = lines(Path::new("src/price/import/aws/rds-engines.csv"));
    let of = |class: &str, zones: &str, operation: &str, region: &str| {
        at("aws", "AmazonRDS", &[&format!("{zones}:{class}"), operation], region)
    };
    for line in lines(&aws.join("rds-aurora-ondemand-31-regions-coroot.csv.gz")) {
        let zones = if line["deployment"] == "multi_az" { "Multi-AZUsage" } else { "InstanceUsage" };
        let engine = engines.iter().find(|engine| engine["coroot"] == line["engine"]).unwrap();
        let at = of(&line["instance_class"], zones, &engine["operation"], &line["region"]);
        put(index, at, "coroot", "2024-08-09", decimal(&line["on_demand_usd_per_hour"]));
    }
    let instances: Value =
        serde_json::from_str(&read(&aws.join("rds-all-engines-reserved-2021-ec2instances.json.gz"))).unwrap();
    for instance in instances.as_array().unwrap() {
        let class = instance["instance_type"].as_str().unwrap();
        for (region, codes) in instance["pricing"].as_object().unwrap() {
            for engine in &engines {
                let price = codes.get(&engine["code"]).and_then(|price| decimal(&price["ondemand"].to_string()));
                let at = of(class, "InstanceUsage", &engine["operation"], region);
                put(index, at, "ec2instances", "2021-03-30", price);
            }
        }
    }
    let caches = [("memcached", "0001"), ("redis", "0002")];
    for line in lines(&aws.join("elasticache-ondemand-31-regions-coroot.csv.gz")) {
        let (_, code) = caches.iter().find(|(engine, _)| *engine == line["engine"]).unwrap();
        let key = [&format!("NodeUsage:{}", line["node_type"]), &format!("CreateCacheCluster:{code}")];
        let at = at("aws", "AmazonElastiCache", &key.map(String::as_str), &line["region"]);
        put(index, at, "coroot", "2024-08-09", decimal(&line["on_demand_usd_per_hour"]));
    }
    for line in lines(&aws.join("eu-west-1-ondemand-2023-02-terracost.csv.gz")) {
        if let Some(usage) = line["UsageType"].strip_prefix("EU-NodeUsage:") {
            let Some((_, code)) = caches.iter().find(|(engine, _)| line["CacheEngine"].eq_ignore_ascii_case(engine))
            else {
                continue;
            };
            let key = [&format!("NodeUsage:{usage}"), &format!("CreateCacheCluster:{code}")];
            let at = at("aws", "AmazonElastiCache", &key.map(String::as_str), "eu-west-1");
            put(index, at, "terracost", "2023-02-23", decimal(&line["price"]));
        }
        let zones = match line["DeploymentOption"].as_str() {
            "Single-AZ" => "InstanceUsage",
            "Multi-AZ" => "Multi-AZUsage",
            _ => continue,
        };
        let is_it = |engine: &&Line| {
            engine["engine"] == line["DatabaseEngine"]
                && engine["edition"] == line["DatabaseEdition"]
                && engine["license"] == line["LicenseModel"]
        };
        if let (Some(engine), true) = (engines.iter().find(is_it), line["InstanceType"].starts_with("db.")) {
            let at = of(&line["InstanceType"], zones, &engine["operation"], "eu-west-1");
            put(index, at, "terracost", "2023-02-23", decimal(&line["price"]));
        }
    }
}

/// Tables of retail prices become answers of the API, and the normaliser makes the keys.
fn retail(index: &mut Index, folder: &Path) {
    let azure = folder.join("azure");
    for (file, table, as_of) in [
        ("retail-prices-48-services-14-regions-2026-08.csv.gz", "retail", "2026-08-15"),
        ("vm-and-storage-5-eu-regions-2026-08-radar.csv.gz", "radar", "2026-08-22"),
        ("indonesiacentral-southeastasia-2026-06-dashboard.csv.gz", "dashboard", "2026-06-21"),
        ("retail-prices-random-1k-all-services-2024-08.csv.gz", "sample", "2024-08-31"),
    ] {
        let items: Vec<Value> = lines(&azure.join(file)).iter().filter_map(item).collect();
        sheets(index, &items, table, as_of);
    }
    for (file, as_of) in
        [("retail-page-1-2022-04.json", "2022-04-30"), ("retail-eastus2-virtual-machines-page.json", "2026-01-15")]
    {
        let page: Value = serde_json::from_str(&read(&folder.join("raw-samples/azure").join(file))).unwrap();
        sheets(index, page["Items"].as_array().unwrap(), "raw page", as_of);
    }
}

fn item(line: &Line) -> Option<Value> {
    let of = |names: &[&str]| names.iter().find_map(|name| line.get(*name)).cloned().unwrap_or_default();
    let number = |text: String| serde_json::from_str::<Value>(if text.is_empty() { "0" } else { &text }).unwrap();
    let start = of(&["effective_start", "effectiveStartDate"]);
    let service = match line.get("kind").map(String::as_str) {
        Some("vm") => "Virtual Machines".into(),
        Some(_) => "Storage".into(),
        None => of(&["service_name", "serviceName"]),
    };
    matches!(of(&["type", "purchase_option"]).as_str(), "Consumption" | "PAYG").then(|| {
        json!({
            "currencyCode": "USD", "type": "Consumption", "serviceName": service,
            "tierMinimumUnits": number(of(&["tier_minimum_units", "tierMinimumUnits"])),
            "retailPrice": number(of(&["retail_price_usd", "retailPrice", "retail_price", "price"])),
            "armRegionName": of(&["arm_region", "armRegionName"]),
            "effectiveStartDate": if start.is_empty() { "2020-01-01".into() } else { start },
            "meterId": of(&["meter_id", "meterId"]), "meterName": of(&["meter_name", "meterName"]),
            "skuId": of(&["sku_id", "skuId"]), "productName": of(&["product_name", "productName"]),
            "skuName": of(&["sku_name", "skuName"]), "unitOfMeasure": of(&["unit_of_measure", "unitOfMeasure"]),
            "isPrimaryMeterRegion": of(&["is_primary_meter_region", "isPrimaryMeterRegion"]) == "1",
            "armSkuName": of(&["arm_sku_name", "armSkuName"]),
        })
    })
}

/// Items of one meter and day at one price: a table that lacks tiers or names of meters mixes several.
fn plain(items: &[Value]) -> Vec<&Value> {
    let names = [
        "serviceName",
        "productName",
        "skuName",
        "meterName",
        "armSkuName",
        "armRegionName",
        "tierMinimumUnits",
        "meterId",
        "skuId",
        "effectiveStartDate",
        "type",
    ];
    let mut found: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    for item in items {
        let key: Vec<String> = names.iter().map(|name| item[*name].to_string()).collect();
        found.entry(key.join(" ")).or_default().push(item);
    }
    let is_plain = |items: &Vec<&Value>| items.iter().all(|item| item["retailPrice"] == items[0]["retailPrice"]);
    found.into_values().filter(is_plain).flatten().collect()
}

fn sheets(index: &mut Index, items: &[Value], table: &'static str, as_of: &'static str) {
    let items = plain(items);
    let page = json!({ "Items": items, "Count": items.len(), "NextPageLink": null }).to_string();
    let mut gathered = Gathered::default();
    azure::page(page.as_bytes(), &document(table, as_of), &mut gathered).unwrap();
    for sheet in gathered.into_sheets() {
        for row in sheet.rows().filter(|row| row.from.is_zero()) {
            for (region, price) in row.prices {
                let at =
                    at("azure", sheet.service(), &row.key.iter().map(|part| part.as_str()).collect::<Vec<_>>(), region);
                put(index, at, table, as_of, Some(*price).filter(|_| is_single(&sheet, row.key)));
            }
        }
    }
}

/// A tier alone may be another tier than it seems.
fn is_single(sheet: &Sheet, key: &[smol_str::SmolStr]) -> bool {
    sheet.rows().skip_while(|row| row.key < key).take_while(|row| row.key == key).count() == 1
}

fn machines(index: &mut Index, azure: &Path) {
    let of = |size: &str, os: &str, region: &str| at("azure", "Virtual Machines", &[size, os, "Regular"], region);
    let mut sizes: BTreeMap<String, String> = BTreeMap::new();
    for line in lines(&azure.join("vm-linux-ondemand-57-regions-karpenter.csv.gz")) {
        let size = line["arm_sku_name"].to_ascii_lowercase();
        put(
            index,
            of(&size, "Linux", &line["arm_region"]),
            "karpenter",
            "2026-06-18",
            decimal(&line["price_usd_per_hour"]),
        );
        sizes.insert(size.replace(['_', '-'], "").replace("standard", ""), size);
    }
    for line in lines(&azure.join("vm-by-os-libcloud.csv.gz")) {
        let os = if line["os"] == "windows" { "Windows" } else { "Linux" };
        if let Some(size) = sizes.get(line["sku_key"].trim_start_matches("standard")) {
            put(index, of(size, os, &line["arm_region"]), "libcloud", "2025-03-02", decimal(&line["usd_per_hour"]));
        }
    }
}

fn google(index: &mut Index, gcp: &Path) {
    let of = |service: &str, sku: &str, region: &str| at("google", service, &[sku], region);
    let text = read(&gcp.join("all-services-43-regions-2026-07-gcosts-pricing.yml.gz"));
    let documents = Yaml::load_from_str(&text).unwrap();
    let number = |node: &Yaml<'_>| match node {
        Yaml::Value(Scalar::FloatingPoint(number)) => decimal(&number.into_inner().to_string()),
        Yaml::Value(Scalar::Integer(number)) => decimal(&number.to_string()),
        _ => None,
    };
    let mut hours: BTreeMap<(String, String, &str), Decimal> = BTreeMap::new();
    let compute = documents[0].as_mapping_get("compute").unwrap().as_mapping_get("instance").unwrap();
    for (kind, instance) in compute.as_mapping().unwrap() {
        let Some(costs) = instance.as_mapping_get("cost").and_then(Yaml::as_mapping) else { continue };
        for (region, cost) in costs {
            let (kind, region) = (kind.as_str().unwrap(), region.as_str().unwrap());
            for (field, spot) in [("hour", ""), ("hour_spot", "Spot Preemptible ")] {
                let Some(price) = cost.as_mapping_get(field).and_then(number) else { continue };
                let at = of("Compute Engine", &format!("{spot}Machine type {kind}"), region);
                put(index, at, "gcosts", "2026-07-16", Some(price));
                hours.insert((kind.to_owned(), region.to_owned(), spot), price);
            }
        }
    }
    // The rates of a family follow from two types that differ in memory only.
    for family in lines(Path::new("src/price/import/google/families.csv")) {
        let name = &family["family"];
        for ((kind, region, spot), standard) in
            hours.iter().filter(|((kind, ..), _)| kind.starts_with(&format!("{name}-standard-")))
        {
            let cores = kind.rsplit('-').next().unwrap();
            let other = (format!("{name}-highmem-{cores}"), region.clone(), *spot);
            let (Some(highmem), Ok(cores)) = (hours.get(&other), cores.parse::<Decimal>()) else { continue };
            let (Some(less), Some(more)) = (memory(kind), memory(&other.0)) else { continue };
            let ram = (highmem - standard) / (more - less);
            let core = (standard - ram * less) / cores;
            let at = |sku: &str| of("Compute Engine", &format!("{spot}{sku}"), region);
            put(index, at(&family["core"]), "gcosts", "2026-07-16", Some(core.round_dp(8)));
            put(index, at(&family["ram"]), "gcosts", "2026-07-16", Some(ram.round_dp(8)));
        }
    }
    let list: Value = serde_json::from_str(&read(&gcp.join("gce-core-ram-disk-image-libcloud.json.gz"))).unwrap();
    let disks = [
        ("SSD", "SSD backed PD Capacity"),
        ("Standard", "Storage PD Capacity"),
        ("Regional SSD", "Regional SSD backed PD Capacity"),
        ("Regional Standard", "Regional Storage PD Capacity"),
        ("Local SSD", "SSD backed Local Storage"),
    ];
    for (disk, sku) in disks {
        for (region, price) in list["gce_disks"][disk]["on_demand"].as_object().unwrap() {
            // A month has 720 hours there.
            let price = decimal(&price["price"].to_string()).map(|price| (price * Decimal::from(720)).round_dp(6));
            put(index, of("Compute Engine", sku, region), "libcloud", "2025-03-02", price);
        }
    }
    for line in lines(&gcp.join("cloud-sql-by-region-2024-03-infracost-api.csv")) {
        let name = line["sku_description"].rsplit_once(" in ").map_or("", |(name, _)| name);
        let at = of("Cloud SQL", &format!("Cloud SQL: {name}"), &line["region"]);
        put(index, at, "infracost api", "2024-03-29", decimal(&line["usd_per_unit_hour_or_gb_month"]));
    }
}

/// The memory of a machine type, as the catalog's facts say.
fn memory(kind: &str) -> Option<Decimal> {
    static FACTS: std::sync::LazyLock<BTreeMap<String, Decimal>> = std::sync::LazyLock::new(|| {
        let text = std::fs::read_to_string("src/catalog/google/machine_types.csv").unwrap();
        let rows =
            text.lines().filter(|line| !line.starts_with('#')).skip(1).map(|line| line.split(',').collect::<Vec<_>>());
        rows.filter_map(|row| Some((row[0].to_owned(), decimal(row[4])?))).collect()
    });
    FACTS.get(kind).copied()
}
