//! What opening the book costs at start-up, and what a look-up costs, over meters and regions from all of it.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use lepton::price::{Book, Key, Lookup, Sheet};
use smol_str::SmolStr;

/// A key that owns its parts.
struct Asked {
    provider: SmolStr,
    service: SmolStr,
    columns: Vec<(SmolStr, SmolStr)>,
    region: SmolStr,
}

fn main() {
    let start = Instant::now();
    let book = Book::embedded();
    println!("open, first time     {:>10.1?}  ({} meters)", start.elapsed(), book.len());

    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/price/book");
    let providers = std::fs::read_dir(folder).expect("the book").map(|entry| entry.expect("an entry").path());
    let read = |provider: PathBuf| Sheet::read_all(&provider).expect("sheets");
    let sheets: Vec<Sheet> = providers.filter(|path| path.is_dir()).flat_map(read).collect();
    let mut asked: Vec<Asked> = sheets.iter().flat_map(keys).collect();
    // Neighbours in the file are neighbours in memory: a plan does not ask in that order, nor for everything.
    asked.sort_by_cached_key(|key| scatter(&key.columns, &key.region));
    asked.truncate(5_000);
    println!("exact region         {:>10.1?}", each(book, &asked));
    for key in &mut asked {
        key.region = "nowhere-1".into();
    }
    println!("region it lacks      {:>10.1?}", each(book, &asked));
    for key in &mut asked {
        key.columns[0].1 = "no such meter".into();
    }
    println!("meter it lacks       {:>10.1?}", each(book, &asked));

    let start = Instant::now();
    black_box(Book::from_sheets(black_box(&sheets)).expect("a book"));
    println!("compile every sheet  {:>10.1?}", start.elapsed());
}

/// Every key of a sheet with each region that has a price; a meter of several tiers stands once a tier.
fn keys(sheet: &Sheet) -> Vec<Asked> {
    let mut keys = Vec::new();
    for row in sheet.rows() {
        let columns: Vec<_> = sheet.key_columns().iter().cloned().zip(row.key.iter().cloned()).collect();
        keys.extend(row.prices.keys().map(|region| Asked {
            provider: sheet.provider().into(),
            service: sheet.service().into(),
            columns: columns.clone(),
            region: region.clone(),
        }));
    }
    keys
}

/// The same disorder in every run.
fn scatter(columns: &[(SmolStr, SmolStr)], region: &str) -> u64 {
    let bytes = columns.iter().flat_map(|(_, value)| value.bytes()).chain(region.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The mean time of a look-up, in the best of several runs.
fn each(book: &Book, asked: &[Asked]) -> Duration {
    let timed = |_| {
        let start = Instant::now();
        let mut found = 0_u32;
        for Asked { provider, service, columns, region } in asked {
            let lookup = book.find(&Key { provider, service, columns, region });
            found += u32::from(matches!(black_box(lookup), Lookup::Found(_)));
        }
        black_box(found);
        start.elapsed()
    };
    (0..5).map(timed).min().expect("there are runs") / u32::try_from(asked.len()).expect("fewer keys than that")
}
