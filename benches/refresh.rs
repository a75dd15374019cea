//! How long a price list of gigabytes takes to read, and how much memory: a made-up list of machines as wide as the real
//! one, with as many terms. `GIGABYTES=2 cargo bench --bench refresh`.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write};
use std::time::Instant;

use lepton::price::normalise::aws::{OfferFile, Terms, Wanted, offer};
use lepton::price::normalise::{Document, Gathered};
use lepton::price::{Book, Sheet};

fn main() {
    let gigabytes: f64 = std::env::var("GIGABYTES").ok().and_then(|text| text.parse().ok()).unwrap_or(0.1);
    let file = tempfile::NamedTempFile::new().expect("a file");
    let rows = write(file.as_file(), (gigabytes * 1e9) as u64);
    let bytes = file.as_file().metadata().expect("a file").len();
    println!("{rows} rows, {:.0} MB", bytes as f64 / 1e6);
    let wanted = Wanted::of(Book::embedded());
    println!("before              peak {:>6.0} MB", peak());
    let on_demand = Terms { reserved: false, savings_plan: false, spot: false, on_demand: true };
    for (name, terms) in [("on demand", on_demand), ("all terms", Terms::ALL)] {
        let start = Instant::now();
        let list = OfferFile { service: "AmazonEC2", region: Some("eu-west-1"), terms };
        let document = Document { label: "made up".into(), as_of: "2026-11-29".into() };
        let mut gathered = Gathered::default();
        let mut reader = BufReader::new(File::open(file.path()).expect("a file"));
        offer(&mut reader, &list, &wanted, &document, &mut gathered).expect("a list");
        let spent = start.elapsed();
        let prices: usize = gathered.into_sheets().iter().flat_map(Sheet::rows).map(|row| row.prices.len()).sum();
        let speed = bytes as f64 / 1e6 / spent.as_secs_f64();
        println!("{name}  {spent:>8.1?}  peak {:>6.0} MB  {prices} prices, {speed:.0} MB/s", peak());
    }
}

/// The most memory that the process had, in megabytes; 0 where the system does not tell.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(0.0) / 1024.0
}

/// A thousand machines for each of some systems, each bought in six ways, two of which can be reserved; as often as it
/// takes for so many bytes. Of the repetitions only the first has systems that the book knows.
fn write(file: &File, bytes: u64) -> u64 {
    let mut out = BufWriter::with_capacity(1 << 20, file);
    let names: Vec<String> = (0..70).map(|at| format!("Attribute {at}")).collect();
    let about = "\"FormatVersion\",\"v1.0\"\n\"Disclaimer\",\"made up\"\n\"Publication Date\",\"2026-11-29T00:00:00Z\"\n\
                 \"Version\",\"1\"\n\"OfferCode\",\"AmazonEC2\"\n";
    let head = "SKU,OfferTermCode,RateCode,TermType,PriceDescription,EffectiveDate,StartingRange,EndingRange,Unit,\
                PricePerUnit,Currency,LeaseContractLength,PurchaseOption,OfferingClass,Location,Location Type,\
                Instance Type,usageType,operation,Region Code";
    writeln!(out, "{about}{head},{}", names.join(",")).expect("a file");
    let filling = "\"some attribute\",".repeat(names.len());
    let filling = filling.trim_end_matches(',');
    let (mut rows, mut written) = (0, 0);
    for system in 0.. {
        let operation = match system {
            0 => "RunInstances".to_owned(),
            1 => "RunInstances:0002".to_owned(),
            2 => "RunInstances:000g".to_owned(),
            3 => "RunInstances:0010".to_owned(),
            4 => "RunInstances:0800".to_owned(),
            _ => format!("RunInstances:9{system}"),
        };
        for machine in 0..1000 {
            for usage in ["BoxUsage", "DedicatedUsage", "UnusedBox", "UnusedDed", "Reservation", "DedicatedRes"] {
                let sku = format!("{system}-{machine}-{usage}");
                let mut row = |term: &str, unit: &str, price: u32, promise: &str| {
                    let line = format!(
                        "\"{sku}\",\"JRTCKXETXF\",\"{sku}.JRTCKXETXF.6YS6EN2CT7\",\"{term}\",\"a price, made up\",\
                         \"2026-11-01\",\"0\",\"Inf\",\"{unit}\",\"0.{price:010}\",\"USD\",{promise},\"EU (Ireland)\",\
                         \"AWS Region\",\"m{machine}.large\",\"EU-{usage}:m{machine}.large\",\"{operation}\",\"eu-west-1\",\
                         {filling}\n"
                    );
                    out.write_all(line.as_bytes()).expect("a file");
                    (rows, written) = (rows + 1, written + line.len() as u64);
                };
                row("OnDemand", "Hrs", machine + 1, "\"\",\"\",\"\"");
                if !matches!(usage, "BoxUsage" | "DedicatedUsage") {
                    continue;
                }
                for (years, class) in
                    ["1yr", "3yr"].iter().flat_map(|years| [(years, "standard"), (years, "convertible")])
                {
                    for payment in ["No Upfront", "Partial Upfront", "All Upfront"] {
                        let promise = format!("\"{years}\",\"{payment}\",\"{class}\"");
                        row("Reserved", "Hrs", machine, &promise);
                        if payment != "No Upfront" {
                            row("Reserved", "Quantity", machine + 7, &promise);
                        }
                    }
                }
            }
            if written >= bytes {
                out.flush().expect("a file");
                return rows;
            }
        }
    }
    unreachable!("the systems do not end")
}
