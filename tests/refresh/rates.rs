//! What `catalog refresh --rates` brings.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use super::place::Place;
use super::server::{Odd, Server};

const RATES: &str = "/stats/eurofxref/eurofxref.zip";

/// A zip with one file.
fn zipped(name: &str, text: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(text.as_bytes()).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn rates_are_brought_here_and_stand_in_a_report_with_their_day() {
    let (server, place) = (Server::start(), Place::new());
    let put = |bytes: Vec<u8>| _ = server.state.lock().unwrap().files.insert(RATES.into(), bytes);
    let file = place.0.path().join("rates/eurofxref.csv");
    let refresh = ["refresh", "--rates"];
    let (code, text) = place.catalog(&server, &refresh);
    assert!(code == 2 && text.contains("name one by `--to FILE`, and in lepton.hcl by"), "{text}");
    fs::write(place.0.path().join("lepton.hcl"), "currency = \"CHF\"\nrates = \"rates/eurofxref.csv\"\n").unwrap();

    let day = |day: &str, usd: &str| zipped("eurofxref.csv", &format!("Date, USD, CHF, \n{day}, {usd}, 0.95, \n"));
    put(day("2 January 2026", "1.25"));
    let (code, text) = place.catalog(&server, &refresh);
    assert_eq!((code, text.as_str()), (0, "exchange rates of 2026-01-02 for 2 currencies, in `rates/eurofxref.csv`"));
    // What is there is not sent again, and stays as it is.
    let written = fs::read(&file).unwrap();
    server.take_asked();
    let (code, text) = place.catalog(&server, &refresh);
    let expected = "there are no newer rates than those of 2026-01-02, in `rates/eurofxref.csv`";
    assert_eq!((code, text.as_str()), (0, expected));
    assert!(server.take_asked()[0].to_lowercase().contains("if-none-match: \""));
    assert!(fs::read(&file).unwrap() == written);
    // Of another list it is not known whether it is the same.
    let mirror = format!("ecb={}/mirror", server.address);
    let (code, text) = place.catalog(&server, &["refresh", "--rates", "--base-url", &mirror]);
    assert!(code == 2 && text.contains("/mirror/stats/eurofxref/eurofxref.zip answers 404"), "{text}");
    assert!(text.contains("`rates/eurofxref.csv` is as it was: the rates of 2026-01-02 stay in use"), "{text}");
    assert!(!server.take_asked()[0].to_lowercase().contains("if-none-match"));

    // A franc is 0.95 of a euro, which is 1.25 dollars: a dollar is 0.76 francs.
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/cli");
    let (plan, catalog) = (data.join("plans/small.json"), data.join("catalog"));
    let price = ["plan-cost", plan.to_str().unwrap(), "--catalog", catalog.to_str().unwrap()];
    let (code, text) = place.run(&server, &price);
    let rate = "1 USD is 0.76 CHF as of 2026-01-02 (European Central Bank, euro reference rates)";
    assert!(code == 0 && text.contains(rate), "{text}");
    // 730 hours of 0.05 dollars.
    assert!(text.contains("CHF 27.74"), "{text}");
    put(day("5 January 2026", "1"));
    assert_eq!(
        place.catalog(&server, &refresh),
        (0, "exchange rates of 2026-01-05 for 2 currencies, in `rates/eurofxref.csv`".into())
    );
    let (_, text) = place.run(&server, &price);
    assert!(text.contains("1 USD is 0.95 CHF as of 2026-01-05") && text.contains("CHF 34.68"), "{text}");
    // Nothing but the table is left.
    let names: Vec<_> = fs::read_dir(file.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["eurofxref.csv"]);
}

#[test]
fn rates_that_are_not_as_they_should_be_leave_the_table_as_it_was() {
    let (server, place) = (Server::start(), Place::new());
    let put = |bytes: Vec<u8>| _ = server.state.lock().unwrap().files.insert(RATES.into(), bytes);
    let refresh = ["refresh", "--rates", "--to", "rates.csv"];
    let file = place.0.path().join("rates.csv");
    let table = |names: &str, rates: &str| zipped("eurofxref.csv", &format!("Date, {names}\n{rates}\n"));
    put(table("USD, CHF, ", "5 January 2026, 1.25, 0.95, "));
    assert_eq!(place.catalog(&server, &refresh).0, 0);
    let before = fs::read(&file).unwrap();
    for (bytes, odd, expected) in [
        (table("USD, XYZ", "6 January 2026, 1.25, 1"), vec![], "eurofxref.zip:1: column 3 is of no known currency"),
        (table("USD", "6 January 2026, -1.25"), vec![], "eurofxref.zip:2: the rate is no number above 0"),
        (table("USD", "6 January 2026, 0"), vec![], "eurofxref.zip:2: the rate is no number above 0"),
        (table("CHF", "6 January 2026, 0.95"), vec![], "it has no rate of USD up to"),
        (table("USD", "6 January 2999, 1.25"), vec![], "it has no rate of USD up to"),
        (table("USD", "2 January 2026, 1.25"), vec![], "has the rates of 2026-01-02, older than those of 2026-01-05"),
        (zipped("eurofxref.csv", ""), vec![], "eurofxref.zip:1: its first column is not `Date`"),
        (Vec::new(), vec![], "eurofxref.zip: it is no zip archive"),
        (b"<!DOCTYPE html><html>Sorry</html>".to_vec(), vec![], "eurofxref.zip: it is no zip archive"),
        (vec![0; 2 << 20], vec![], "answers with more than 1048576 bytes"),
        (table("USD", "6 January 2026, 1.25"), vec![Odd::TooShort(20)], "eurofxref.zip: it is no zip archive"),
        (table("USD", "6 January 2026, 1.25"), vec![Odd::Busy(403, "")], "answers 403"),
        (table("USD", "6 January 2026, 1.25"), vec![Odd::Cut(0); 9], "it was asked 5 times"),
    ] {
        put(bytes);
        server.odd(RATES, &odd);
        let (code, text) = place.catalog(&server, &refresh);
        assert!(code == 2 && text.contains(expected), "{text}\ninstead of\n{expected}");
        assert!(text.contains("`rates.csv` is as it was: the rates of 2026-01-05 stay in use"), "{text}");
        assert!(fs::read(&file).unwrap() == before, "{expected}: the table is another");
    }
    // A table of one's own is not written over.
    put(table("USD", "6 January 2026, 1.25"));
    server.odd(RATES, &[]);
    for own in ["date,from,to,rate\n2026-01-02,USD,RUB,80\n", "Date,USD\n2026-01-02,1\n2026-01-01,1\n", "notes\n", ""] {
        fs::write(&file, own).unwrap();
        let (code, text) = place.catalog(&server, &refresh);
        assert!(code == 2 && text.contains("holds other rates than the reference rates of a day"), "{own}: {text}");
        assert_eq!(fs::read_to_string(&file).unwrap(), own);
    }
    // A table as the bank has it is.
    fs::write(&file, "Date, USD, CHF, \n2 January 2026, 1.25, 0.95, \n").unwrap();
    assert_eq!(
        place.catalog(&server, &refresh),
        (0, "exchange rates of 2026-01-06 for 1 currencies, in `rates.csv`".into())
    );
}
