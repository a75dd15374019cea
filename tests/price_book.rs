//! What holds for the book inside the binary, whatever an import writes into it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use lepton::price::{Book, Key, Lookup, Sheet};
use rust_decimal::Decimal;
use smol_str::SmolStr;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/price/book")
}

fn sheets() -> &'static [(PathBuf, Sheet)] {
    static SHEETS: LazyLock<Vec<(PathBuf, Sheet)>> = LazyLock::new(read_sheets);
    &SHEETS
}

fn read_sheets() -> Vec<(PathBuf, Sheet)> {
    let mut found = Vec::new();
    for provider in fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        for path in fs::read_dir(provider).unwrap().map(|entry| entry.unwrap().path()) {
            let sheet = Sheet::parse(path.to_str().unwrap(), &fs::read_to_string(&path).unwrap()).unwrap();
            found.push((path, sheet));
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    assert!(!found.is_empty(), "the book is empty");
    found
}

/// The embedded book gives back every figure of the sheets: the tiers of the newest source that prices a region.
#[test]
fn the_embedded_book_says_what_the_sheets_say() {
    type Tiers = BTreeMap<Decimal, Decimal>;
    type BySource<'s> = BTreeMap<(&'s str, &'s str), Tiers>;
    let book = Book::embedded();
    let mut looked_up = 0;
    for (path, sheet) in sheets() {
        let as_of: BTreeMap<&str, &str> = sheet.sources().map(|note| (note.id.as_str(), note.as_of.as_str())).collect();
        let mut expected: BTreeMap<(&[SmolStr], &str), BySource<'_>> = BTreeMap::new();
        for row in sheet.rows() {
            for (region, price) in row.prices {
                let sources = expected.entry((row.key, region)).or_default();
                sources.entry((as_of[row.source], row.source)).or_default().insert(row.from, *price);
            }
        }
        for ((key, region), sources) in &expected {
            let columns: Vec<_> = sheet.key_columns().iter().cloned().zip(key.iter().cloned()).collect();
            let asked = Key { provider: sheet.provider(), service: sheet.service(), columns: &columns, region };
            let Lookup::Found(found) = book.find(&asked) else { panic!("{}: {key:?} in {region}", path.display()) };
            let (&(as_of, source), tiers) = sources.last_key_value().unwrap();
            let said: Tiers = found.tiers.iter().map(|tier| (tier.from, tier.price)).collect();
            assert_eq!(said, *tiers, "{}: {key:?} in {region}", path.display());
            assert_eq!((found.source.as_of.as_str(), found.source.id.as_str()), (as_of, source));
            assert!(found.is_exact_region && found.region == *region);
            looked_up += 1;
        }
    }
    assert!(looked_up > 10_000, "only {looked_up} prices");
}

#[test]
fn every_sheet_stands_where_its_head_says_and_rewrites_to_the_same_bytes() {
    for (path, sheet) in sheets() {
        assert_eq!(*path, folder().join(sheet.provider()).join(sheet.file_name()));
        assert_eq!(fs::read_to_string(path).unwrap(), sheet.to_csv(), "{} was edited by hand", path.display());
    }
}

#[test]
fn every_source_has_a_date_a_currency_and_a_title() {
    for (path, sheet) in sheets() {
        for note in sheet.sources() {
            let digits: Vec<&str> = note.as_of.split('-').collect();
            let is_date = digits.len() <= 3 && digits.iter().all(|part| part.parse::<u32>().is_ok());
            assert!(is_date, "{}: {} is as of `{}`", path.display(), note.id, note.as_of);
            assert!(note.currency.len() == 3 && !note.title.is_empty(), "{}: {}", path.display(), note.id);
        }
    }
}

/// No region of China or of a government stands in for another, nor another for one of these.
#[test]
fn separate_partitions_stay_separate() {
    const TENCENT_CHINA: [&str; 6] =
        ["ap-beijing", "ap-chengdu", "ap-chongqing", "ap-guangzhou", "ap-nanjing", "ap-shanghai"];
    let partition = |provider: &str, region: &str| match region {
        // Hong Kong keeps the rest of the world's law.
        "cn-hongkong" if provider == "alibaba" => "public",
        _ if region.ends_with("-fsi") => "financial",
        _ if provider == "tencent" && TENCENT_CHINA.contains(&region) => "china",
        _ if region.starts_with("cn-") || region.starts_with("china") => "china",
        _ if region.contains("gov") => "government",
        _ => "public",
    };
    let text = fs::read_to_string(folder().join("fallback.csv")).unwrap();
    let mut seen = BTreeSet::new();
    for line in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let [provider, region, order] = line.split(',').collect::<Vec<_>>()[..] else { panic!("{line}") };
        seen.insert((provider, partition(provider, region)));
        for other in order.split(' ') {
            assert_ne!(region, other, "{line}");
            assert_eq!(partition(provider, region), partition(provider, other), "{line}");
        }
    }
    for some in [("aws", "china"), ("azure", "government"), ("alibaba", "china"), ("alibaba", "public")] {
        assert!(seen.contains(&some), "{some:?} is not in {seen:?}");
    }
    assert!(seen.contains(&("tencent", "china")) && seen.contains(&("tencent", "public")), "{seen:?}");
}
