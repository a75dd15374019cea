//! Many states at once, and one large one: how long reading takes, measured against two cores that only parse them into
//! typed structs; and how much memory the command needs, for few states, for many, and for one in one file.
//!
//! `STATES` sets their number, `KILOBYTES` their size, `MEGABYTES` that of the large one (0 leaves it out).

mod states;

use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use indexmap::IndexMap;
use lepton::catalog::Catalog;
use lepton::estimate::{Alike, Estimator};
use lepton::model::{Object, Plan};
use lepton::price::Book;
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// As in the binary.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const RUNS: usize = 5;

#[derive(Deserialize)]
#[allow(dead_code)]
struct State<A> {
    version: u64,
    terraform_version: String,
    serial: u64,
    lineage: String,
    resources: Vec<Resource<A>>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Resource<A> {
    module: Option<String>,
    mode: String,
    #[serde(rename = "type")]
    kind: String,
    name: String,
    provider: String,
    instances: Vec<Instance<A>>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Instance<A> {
    index_key: Option<Value>,
    schema_version: u64,
    attributes: A,
    sensitive_attributes: Vec<Value>,
    private: Option<String>,
    dependencies: Option<Vec<String>>,
    deposed: Option<String>,
}

fn main() {
    let (count, kilobytes, megabytes) = (number("STATES", 1000), number("KILOBYTES", 200), number("MEGABYTES", 1000));
    rayon::ThreadPoolBuilder::new().num_threads(2).build_global().expect("the pool is not built yet");
    let texts: Vec<Vec<u8>> = (0..count).map(|seed| states::state(kilobytes * 1000, seed).into_bytes()).collect();
    let total: usize = texts.iter().map(Vec::len).sum();
    println!("{count} states, {:.1} MB, two threads", total as f64 / 1e6);
    let nothing = || ();
    let typed = best(&texts, nothing, |(), bytes| {
        serde_json::from_slice::<State<IndexMap<String, Value>>>(&bytes).expect("a state").resources.len()
    });
    let raw = best(&texts, nothing, |(), bytes| {
        serde_json::from_slice::<State<&RawValue>>(&bytes).expect("a state").resources.len()
    });
    let (catalog, book) = (Catalog::embedded(), Book::embedded());
    let read = best(&texts, nothing, |(), bytes| lepton::input::read("state", bytes).expect("a state").changes.len());
    // As in the command, the plans of a run share what costs the same in them.
    let priced = best(&texts, Alike::default, |alike, bytes| {
        price(&catalog, book, alike, &lepton::input::read("state", bytes).expect("a state"))
    });
    let against = |time: Duration, base: Duration| time.as_secs_f64() / base.as_secs_f64();
    println!("parse, attributes as values     {typed:>8.1?}");
    println!("parse, attributes left raw      {raw:>8.1?}");
    for (what, time) in [("lepton reads", read), ("lepton reads and prices", priced)] {
        let (of_typed, of_raw) = (against(time, typed), against(time, raw));
        println!("{what:<31} {time:>8.1?}  {of_typed:.2} x of values, {of_raw:.2} x of raw");
    }
    drop(texts);
    memory(count, kilobytes, megabytes);
}

/// What the command needs for a tenth of the states, for all, and for one large state.
fn memory(count: usize, kilobytes: usize, megabytes: usize) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, count) in [("few", count / 10), ("all", count)] {
        let states = folder.path().join(name);
        std::fs::create_dir(&states).expect("the folder is empty");
        for seed in 0..count {
            let path = states.join(format!("{seed:05}.tfstate"));
            std::fs::write(path, states::state(kilobytes * 1000, seed)).expect("the file can be written");
        }
        run(&format!("{count} states"), &states);
    }
    if megabytes > 0 {
        let path = folder.path().join("large.tfstate");
        std::fs::write(&path, states::state(megabytes * 1_000_000, 7)).expect("the file can be written");
        run(&format!("one state of {megabytes} MB"), &path);
    }
}

/// Runs the command on a path; says how long it took and the most memory that it had.
fn run(what: &str, path: &Path) {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_lepton"))
        .arg("plan-cost")
        .arg(path)
        .args(["--fail-on", "never"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the command starts");
    let mut most = None;
    while child.try_wait().expect("the command is a child").is_none() {
        most = peak(child.id()).or(most);
        std::thread::sleep(Duration::from_millis(2));
    }
    let most = most.map_or_else(|| "not known".to_owned(), |kilobytes| format!("{:.0} MB", kilobytes as f64 / 1e3));
    println!("{what:<31} {:>8.1?}  peak {most}", start.elapsed());
}

/// The most memory that a process had so far in kB, where the system says so.
fn peak(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?.parse().ok()
}

/// The best of several runs over all texts, on both threads.
fn best<S: Sync>(texts: &[Vec<u8>], prepare: impl Fn() -> S, work: impl Fn(&S, Vec<u8>) -> usize + Sync) -> Duration {
    let run = |_| {
        let start = Instant::now();
        let shared = prepare();
        black_box(texts.par_iter().map(|text| work(&shared, text.clone())).sum::<usize>());
        start.elapsed()
    };
    (0..RUNS).map(run).min().expect("there are runs")
}

fn price(catalog: &Catalog, book: &Book, alike: &Alike, plan: &Plan) -> usize {
    let usage = |_: &str, _: &lepton::model::Address| Object::default();
    let estimator = Estimator {
        catalog,
        book,
        usage: &usage,
        region: None,
        is_strict: false,
        currency: "USD".into(),
        terms: lepton::config::Terms::NONE,
        wants_trace: false,
        wants_tags: false,
        alike: Some(alike),
    };
    estimator.price_plan(plan).changes.len()
}

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}
