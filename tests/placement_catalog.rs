//! What the catalog says of placement: every `workload` and `offer` block holds, and the book prices every offer.

use lepton::catalog::{Around, Asker, Catalog, check_sheets, overlay, schema::Schema};
use lepton::config::{Exchange, Terms};
use lepton::estimate::{Alone, Estimator, Monthly, Reason};
use lepton::lang::NoHost;
use lepton::model::{Address, Object, Value};
use lepton::place::managed;
use lepton::price::Book;

#[test]
fn every_block_holds() {
    let problems = check_sheets(&Catalog::embedded(), &Schema::embedded());
    let said: Vec<String> = problems
        .iter()
        .map(|problem| {
            let place = problem.place().map(|(source, span)| format!("{}@{}", source.name(), span.start));
            format!("{} {problem} {}", place.unwrap_or_default(), problem.code())
        })
        .collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
}

fn object<const N: usize>(entries: [(&str, Value); N]) -> Value {
    Value::Object(entries.into_iter().map(|(name, value)| (name.into(), value)).collect())
}

/// Needs of which each offer is to meet one.
fn needs() -> Vec<Value> {
    let all = |os: &str, memory_gb: i64, version: &str, tier: &str, (requests, hours): (Value, i64)| {
        object([
            ("os", Value::from(os)),
            ("gpus", Value::from(0)),
            ("interruptible", Value::Bool(true)),
            ("count", Value::from(1)),
            ("vcpu", Value::from(2)),
            ("memory_gb", Value::from(memory_gb)),
            ("disk_gb", Value::from(50)),
            ("gb", Value::from(100)),
            ("hours", Value::from(hours)),
            ("ha", Value::Bool(false)),
            ("version", Value::from(version)),
            ("tier", Value::from(tier)),
            ("reads", requests),
            ("writes", Value::Null),
            ("request_kb", Value::from(4)),
        ])
    };
    vec![
        all("linux", 6, "8.4", "standard", (Value::Null, 730)),
        all("windows", 6, "16", "infrequent", (Value::Null, 730)),
        all("linux", 1, "16", "standard", (Value::from(1_000_000), 70)),
    ]
}

/// The book lacks the price of requests to regional buckets of Google, and of Alibaba's disks.
const UNPRICED: &[&str] = &["alicloud_instance", "google_storage_bucket"];

#[test]
fn the_book_prices_every_offer() {
    let catalog = Catalog::embedded();
    // Any rate: the prices of China and of the EU's own providers are in another currency.
    let exchange = |from: &str| Exchange {
        from: from.into(),
        rate: 1.into(),
        as_of: "2026-11-01".into(),
        source: "a test".into(),
    };
    let terms = Terms { exchanges: vec![exchange("CNY"), exchange("EUR")], ..Terms::default() };
    let usage = |_: &str, _: &Address| Object::default();
    let estimator = Estimator {
        catalog: &catalog,
        book: Book::embedded(),
        usage: &usage,
        region: None,
        is_strict: false,
        currency: "USD".into(),
        terms: &terms,
        wants_trace: false,
        wants_tags: false,
        alike: None,
    };
    let mut report = Vec::new();
    let mut wrong = Vec::new();
    for name in catalog.offers() {
        let Some(Ok(sheet)) = catalog.offer(name) else { panic!("{name} does not lower") };
        let asker = |need: Value, region: &str, each| Asker {
            this: Object::default(),
            usage: Object::default(),
            region: Some(region.into()),
            need,
            each,
            host: &NoHost,
        };
        let empty = || Value::Object(Object::default());
        let [over, kind, provider] = sheet.read(&asker(empty(), "", None), ["for_each", "type", "provider"]).unwrap();
        let rows: Vec<_> =
            over.as_object().map_or_else(|| vec![None], |rows| rows.entries().into_iter().map(Some).collect());
        let region = match provider.as_str().unwrap() {
            "aws" => "us-east-1",
            "azure" => "eastus",
            "google" => "us-central1",
            "alibaba" => "eu-central-1",
            "tencent" => "ap-guangzhou",
            "hetzner" => "fsn1",
            "ovh" => "GRA",
            "scaleway" => "fr-par",
            "upcloud" => "de-fra1",
            "exoscale" => "de-fra-1",
            other => panic!("{name}: who is {other}?"),
        };
        let kind = kind.as_str().unwrap_or(name).to_owned();
        let Some(Ok(stanza)) = catalog.stanza(&kind) else { panic!("{kind} has no stanza") };
        let (mut offered, mut priced, mut cheapest) = (0, 0, None);
        let mut open = String::new();
        for (need, each) in needs().iter().flat_map(|need| rows.iter().map(move |row| (need, row))) {
            let names = ["when", "self", "refs", "usage", "size"];
            let [when, this, refs, usage, size] =
                sheet.read(&asker(need.clone(), region, each.clone()), names).unwrap();
            if sheet.has("when") && when.as_bool() != Some(true) {
                continue;
            }
            offered += 1;
            let usage = overlay(&stanza.usage, &usage.as_object().cloned().unwrap_or_default());
            let values = this.as_object().cloned().unwrap_or_default();
            let around = Around { refs: refs.as_object().cloned().unwrap_or_default(), ..Around::default() };
            let alone = Alone { kind: kind.as_str().into(), region: region.into(), values, usage, around };
            let estimate = estimator.price_alone(&alone).unwrap();
            let mut sum = lepton::model::Value::from(0).as_number().unwrap();
            let mut is_whole = !estimate.lines.is_empty();
            for line in estimate.lines.iter() {
                match &line.monthly {
                    Monthly::Exact(money) => sum += money.amount,
                    Monthly::Unknown(Reason::Usage(_)) => {}
                    Monthly::Unknown(reason) => {
                        is_whole = false;
                        open = format!("{} of {}: {reason:?}", line.name(), size.as_str().unwrap_or_default());
                    }
                }
            }
            if is_whole {
                priced += 1;
                if cheapest.as_ref().is_none_or(|(least, _)| sum < *least) {
                    cheapest = Some((sum, size));
                }
            }
        }
        report.push(format!("{name}: {} rows, {offered} offered, {priced} priced, cheapest {cheapest:?}", rows.len()));
        assert!(priced == 0 || !UNPRICED.contains(&name), "{name} is priced now: take it off the list");
        if priced == 0 && !UNPRICED.contains(&name) {
            wrong.push(format!("{name}: nothing is priced; {open}"));
        }
    }
    println!("{}", report.join("\n"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Types of the equivalence table without a need of their own: what they stand for is in another resource, and what
/// clusters on Fargate run is in no plan.
const IN_ANOTHER: &[&str] =
    &["aws_launch_template", "azurerm_storage_container", "azurerm_cosmosdb_account", "aws_eks_fargate_profile"];

#[test]
fn what_has_equals_says_what_it_needs() {
    let catalog = Catalog::embedded();
    let is_asked = |name: &str| {
        let whole =
            ["vm", "vm-group", "object", "queue", "pubsub", "containers-serverless", "functions", "kv-document"];
        let starts = ["rdb-", "cache-", "block-", "document-", "kubernetes-"];
        whole.contains(&name) || starts.iter().any(|start| name.starts_with(start))
    };
    let concepts: Vec<_> = managed::all().iter().filter(|concept| is_asked(&concept.name)).collect();
    assert!(concepts.len() > 15, "{}", concepts.len());
    let kinds = concepts.iter().flat_map(|concept| ["aws", "azure", "google"].map(|name| concept.types(name)));
    let own = |kind: &str| ["aws_", "azurerm_", "google_"].iter().any(|provider| kind.starts_with(provider));
    let lacking: Vec<&str> = kinds
        .flatten()
        .map(|kind| kind.terraform_type.as_str())
        .filter(|kind| own(kind) && catalog.workload(kind).is_none() && !IN_ANOTHER.contains(kind))
        .collect();
    assert!(lacking.is_empty(), "{lacking:?}");
    for kind in IN_ANOTHER {
        assert!(catalog.workload(kind).is_none(), "{kind} says what it needs now: take it off the list");
    }
}

#[test]
fn mistakes_are_said() {
    let mut catalog = Catalog::embedded();
    catalog.add_files(&["testdata/placement/misspelt.hcl".into()]).unwrap();
    let problems = check_sheets(&catalog, &Schema::embedded());
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    let expected = [
        "`memory` is not an attribute of a workload",
        "`instnace_type` is not an attribute of aws_instance",
        "usage key `monthly_hours` is not declared",
        "row `small` has no vCPUs, no memory or no size",
        "`losess` is not an attribute of an offer",
        "`instance_typ` is not an attribute of aws_instance",
    ];
    assert_eq!(said, expected);
}
