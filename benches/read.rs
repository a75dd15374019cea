//! How long reading a plan takes, measured against serde_json skipping through the same bytes, and how long a saved plan
//! takes, measured against its JSON. `PAIR` names a saved plan and its JSON, with a comma between, to measure too.

mod plans;
#[path = "../tests/support/saved_plan.rs"]
mod saved_plan;

use std::hint::black_box;
use std::time::{Duration, Instant};

use lepton::model::Plan;
use serde::de::IgnoredAny;

fn main() {
    let resources = std::env::var("RESOURCES").ok().and_then(|text| text.parse().ok()).unwrap_or(4600);
    let text = plans::plan(resources);
    println!("{resources} resources, {:.1} MB", text.len() as f64 / 1e6);
    let skip = best(|| (), |()| serde_json::from_slice::<IgnoredAny>(text.as_bytes()).expect("JSON"));
    println!("skip with serde_json     {skip:>10.1?}");
    let copy = || text.clone().into_bytes();
    let read = best(copy, |bytes| lepton::input::read("plan.json", bytes).expect("a plan"));
    println!("read                     {read:>10.1?}  {:.2} x", ratio(read, skip));
    let touched = best(copy, |bytes| touch(lepton::input::read("plan.json", bytes).expect("a plan")));
    println!("read, 12 attributes each {touched:>10.1?}  {:.2} x", ratio(touched, skip));
    let referred = best(copy, |bytes| refer(lepton::input::read("plan.json", bytes).expect("a plan")));
    println!("read, one reference each {referred:>10.1?}  {:.2} x", ratio(referred, skip));

    let text = plans::plan(2000);
    let json = serde_json::from_str(&text).expect("JSON");
    compare("2000 resources", &saved_plan::saved(&json, &plans::files(2000)), text.as_bytes());
    if let Some((saved, json)) = std::env::var("PAIR").ok().as_deref().and_then(|pair| pair.split_once(',')) {
        let bytes = |path: &str| std::fs::read(path).expect("a file");
        compare(saved, &bytes(saved), &bytes(json));
    }
}

/// A saved plan against its JSON: read, with attributes looked at, with references followed.
fn compare(name: &str, saved: &[u8], json: &[u8]) {
    println!("{name}, saved in {:.1} kB, JSON of {:.1} kB", saved.len() as f64 / 1e3, json.len() as f64 / 1e3);
    let read = |bytes: Vec<u8>| (lepton::input::read("plan", bytes).expect("a plan"), 0);
    let measure = |what: &str, run: &dyn Fn(Vec<u8>) -> (Plan, usize)| {
        let base = best(|| json.to_vec(), run);
        let time = best(|| saved.to_vec(), run);
        println!("{what:<24} {time:>10.1?} for {base:>10.1?}  {:.2} x", ratio(time, base));
    };
    measure("read", &read);
    measure("read, 12 attributes each", &|bytes| touch(read(bytes).0));
    measure("read, one reference each", &|bytes| refer(read(bytes).0));
}

/// The best of several runs, what is made before and dropped after left out.
fn best<I, T>(mut make: impl FnMut() -> I, mut run: impl FnMut(I) -> T) -> Duration {
    let timed = |_| {
        let input = make();
        let start = Instant::now();
        let result = black_box(run(black_box(input)));
        let spent = start.elapsed();
        drop(result);
        spent
    };
    (0..15).map(timed).min().expect("there are runs")
}

fn ratio(time: Duration, base: Duration) -> f64 {
    time.as_secs_f64() / base.as_secs_f64()
}

/// Looks at attributes as stanzas do: some of the resource, some of its blocks.
fn touch(plan: Plan) -> (Plan, usize) {
    const NAMES: [&str; 12] = [
        "instance_type",
        "tenancy",
        "root_block_device",
        "ebs_block_device",
        "credit_specification",
        "monitoring",
        "size",
        "type",
        "iops",
        "tags",
        "memory_size",
        "architectures",
    ];
    let mut found = 0;
    for resource in plan.changes.iter().flat_map(|change| [&change.before, &change.after]).flatten() {
        for value in NAMES.iter().filter_map(|name| resource.values.get(name)) {
            let block = value.as_list().and_then(|items| items.first()?.as_object());
            found += 1 + block.map_or(0, |block| block.get("volume_size").iter().chain(&block.get("iops")).count());
        }
    }
    (plan, found)
}

fn refer(plan: Plan) -> (Plan, usize) {
    let found = (0..plan.changes.len()).map(|at| plan.references.targets(at, "role").len()).sum();
    (plan, found)
}
