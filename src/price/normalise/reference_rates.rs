//! The European Central Bank's reference rates of a day: a zip with a CSV file, a column a currency, in units a euro.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use smol_str::SmolStr;
use zip::ZipArchive;

use super::{Document, broken};
use crate::model::Problem;
use crate::price::currencies::is_known;
use crate::price::rates::RateTable;

/// Neither the zip nor what is in it is longer.
pub const LONGEST: u64 = 1 << 20;

/// The currency that prices are in: without a rate of it a table is of no use.
const NEEDED: &str = "USD";

/// The rates of a day.
#[derive(Clone, Debug)]
pub struct ReferenceRates {
    /// The text as it is in the zip, with a line end after each line.
    pub text: String,
    /// The day.
    pub day: SmolStr,
    /// How many currencies have a rate.
    pub currencies: usize,
}

/// Reads the zip of a day that is not after the document's. Whatever is not as it should be makes the whole of no use.
pub fn reference_rates(reader: &mut dyn Read, document: &Document) -> Result<ReferenceRates, Problem> {
    let wrong = |line: usize, what: &str| {
        broken(document, line as u64, what).help("nothing was written: the rates are as they were")
    };
    let text = unpacked(reader).map_err(|what| wrong(0, what))?;
    let text: String = text.trim_start_matches('\u{feff}').lines().flat_map(|line| [line.trim_end(), "\n"]).collect();
    check_names(text.lines().next().unwrap_or_default()).map_err(|what| wrong(1, &what))?;
    let table = RateTable::parse(&text, &document.as_of).map_err(|(line, what)| wrong(line, what))?;
    let newest = table.rate("EUR", NEEDED);
    let newest = newest.ok_or_else(|| wrong(0, &format!("it has no rate of {NEEDED} up to {}", document.as_of)))?;
    Ok(ReferenceRates { text, day: newest.as_of, currencies: table.currencies().len() - 1 })
}

/// The text of the CSV file in a zip.
fn unpacked(reader: &mut dyn Read) -> Result<String, &'static str> {
    let bytes = read(reader)?;
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| "it is no zip archive")?;
    let is_table = |name: Result<_, _>| name.is_ok_and(|name: std::borrow::Cow<'_, str>| name.ends_with(".csv"));
    let table = zip.file_names().position(is_table).ok_or("the zip has no CSV file")?;
    let mut table = zip.by_index(table).map_err(|_| "the CSV file in the zip cannot be unpacked")?;
    String::from_utf8(read(&mut table)?).map_err(|_| "the CSV file in the zip is not UTF-8")
}

fn read(reader: &mut dyn Read) -> Result<Vec<u8>, &'static str> {
    let mut bytes = Vec::new();
    let length = reader.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|_| "it cannot be unpacked")?;
    if length as u64 > LONGEST { Err("it is longer than a megabyte") } else { Ok(bytes) }
}

/// The line of names: the date, then currencies, each once.
fn check_names(line: &str) -> Result<(), String> {
    let mut names = line.split(',').map(str::trim);
    if names.next() != Some("Date") {
        return Err("its first column is not `Date`".into());
    }
    let mut seen = BTreeSet::new();
    // A comma stands behind the last one too.
    for (at, name) in names.enumerate().filter(|(_, name)| !name.is_empty()) {
        if !is_known(name) {
            return Err(format!("column {} is of no known currency", at + 2));
        }
        if !seen.insert(name) {
            return Err(format!("column {} is of a currency that has one already", at + 2));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::write::SimpleFileOptions;

    use super::*;

    fn zipped(name: &str, text: &[u8]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(name, SimpleFileOptions::default()).expect("a file");
        zip.write_all(text).expect("memory");
        zip.finish().expect("a zip").into_inner()
    }

    fn read(bytes: &[u8]) -> Result<ReferenceRates, String> {
        let document = Document { label: "rates.zip".into(), as_of: "2026-11-28".into() };
        reference_rates(&mut &bytes[..], &document).map_err(|problem| problem.to_string())
    }

    #[test]
    fn the_rates_of_a_day_are_read() {
        let rates = read(&zipped("eurofxref.csv", b"Date, USD, CHF, \r\n27 November 2026, 1.25, 0.95, \r\n"));
        let rates = rates.expect("rates");
        assert_eq!((rates.day.as_str(), rates.currencies), ("2026-11-27", 2));
        assert_eq!(rates.text, "Date, USD, CHF,\n27 November 2026, 1.25, 0.95,\n");
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        let of = |text: &str| read(&zipped("eurofxref.csv", text.as_bytes())).expect_err("a mistake");
        let row = |names: &str, rates: &str| of(&format!("Date, {names}\n27 November 2026, {rates}\n"));
        assert_eq!(row("USD, XXX", "1.25, 2"), "rates.zip:1: column 3 is of no known currency");
        assert_eq!(row("USD, USD", "1.25, 2"), "rates.zip:1: column 3 is of a currency that has one already");
        for rate in ["0", "-1.25", "1.25 dollars", "NaN"] {
            assert_eq!(row("USD", rate), "rates.zip:2: the rate is no number above 0", "{rate}");
        }
        assert_eq!(row("USD", "N/A"), "rates.zip: it has no rate of USD up to 2026-11-28");
        assert_eq!(row("CHF", "0.95"), "rates.zip: it has no rate of USD up to 2026-11-28");
        assert_eq!(of("Date, USD\n29 November 2026, 1.25\n"), "rates.zip: it has no rate of USD up to 2026-11-28");
        assert_eq!(of("Date, USD\n31 February 2026, 1.25\n"), "rates.zip:2: the date is no day such as 2026-11-27");
        assert_eq!(of(""), "rates.zip:1: its first column is not `Date`");
        assert_eq!(of("<!DOCTYPE html>\n"), "rates.zip:1: its first column is not `Date`");
        let error = |bytes: &[u8]| read(bytes).expect_err("a mistake");
        assert_eq!(error(b""), "rates.zip: it is no zip archive");
        assert_eq!(error(b"<!DOCTYPE html><html></html>"), "rates.zip: it is no zip archive");
        assert_eq!(error(&zipped("index.html", b"Date, USD\n")), "rates.zip: the zip has no CSV file");
        assert_eq!(error(&zipped("a.csv", &vec![b' '; 2 << 20])), "rates.zip: it is longer than a megabyte");
    }
}
