//! One file of the price book: a service's meters as CSV that a person can review.
//!
//! ```csv
//! # service: AmazonEC2
//! # provider: aws
//! # source list-2026-07 | 2026-07-20 | USD | aws/karpenter-provider-aws pkg/providers/pricing @1d92708, Apache-2.0
//! usage_type,operation,unit,from,source,us-east-1,eu-west-1
//! BoxUsage:m5.large,RunInstances,Hrs,0,list-2026-07,0.096,
//! ```
//!
//! The columns before `unit` are the key, in the provider's own words. `from` is the tier's first unit.
//! Every other column is a region; `global` holds in every region. Regions of one meter may come from
//! several sources: then the meter has a row per source. An empty cell means that the source gives no price.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rust_decimal::Decimal;
use smol_str::SmolStr;

/// Where the figures of some rows come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceNote {
    /// A short id, unique in the sheet.
    pub id: SmolStr,
    /// The day the source states: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.
    pub as_of: SmolStr,
    /// The currency of its prices.
    pub currency: SmolStr,
    /// Publisher, document, version and licence, in words.
    pub title: SmolStr,
}

/// A service's prices. Rows are kept sorted, so the same facts give the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    provider: SmolStr,
    service: SmolStr,
    key_columns: Vec<SmolStr>,
    sources: BTreeMap<SmolStr, SourceNote>,
    rows: BTreeMap<RowKey, Row>,
}

/// A meter's key, its tier and its source: what makes a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct RowKey {
    key: Vec<SmolStr>,
    from: Decimal,
    source: SmolStr,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Row {
    unit: SmolStr,
    prices: BTreeMap<SmolStr, Decimal>,
}

/// Whether two units are one, however they are spelt: lists write `Request` and `Requests`, `Hrs` and `hours`, `GB-Mo`
/// and `GB-month`.
pub fn is_same_unit(one: &str, other: &str) -> bool {
    one == other || one.split('-').map(plain_unit).eq(other.split('-').map(plain_unit))
}

fn plain_unit(part: &str) -> String {
    let lower = part.to_ascii_lowercase();
    match lower.trim_end_matches('s') {
        "hour" => "hr".into(),
        "month" => "mo".into(),
        // A byte is no bit.
        plain if plain.contains('b') => part.trim_end_matches('s').into(),
        plain => plain.into(),
    }
}

/// One row of a sheet, borrowed.
#[derive(Clone, Copy, Debug)]
pub struct RowView<'s> {
    /// The key, in the order of the key columns.
    pub key: &'s [SmolStr],
    /// The first unit of the tier.
    pub from: Decimal,
    /// The id of the source.
    pub source: &'s str,
    /// The provider's unit.
    pub unit: &'s str,
    /// The price per region.
    pub prices: &'s BTreeMap<SmolStr, Decimal>,
}

/// A sheet that cannot be read, or a source table that is not what the importer expects.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// The file could not be opened or read.
    #[error("{path}: {error}")]
    Io {
        /// The file.
        path: String,
        /// What the system said.
        #[source]
        error: std::io::Error,
    },
    /// The text breaks a rule of the format.
    #[error("{path}:{line}: {message}")]
    Format {
        /// The file.
        path: String,
        /// The line, from 1; 0 if the whole file is meant.
        line: u64,
        /// Which rule.
        message: String,
    },
}

impl SheetError {
    /// A broken rule at a line of a file.
    pub fn format(path: impl Into<String>, line: u64, message: impl Into<String>) -> Self {
        Self::Format { path: path.into(), line, message: message.into() }
    }

    /// A failed read of a file.
    pub fn io(path: &Path, error: std::io::Error) -> Self {
        Self::Io { path: path.display().to_string(), error }
    }
}

impl Sheet {
    /// An empty sheet with its key columns in order, for example `["usage_type", "operation"]`.
    pub fn new(provider: &str, service: &str, key_columns: &[&str]) -> Self {
        Self {
            provider: provider.into(),
            service: service.into(),
            key_columns: key_columns.iter().map(|&name| name.into()).collect(),
            sources: BTreeMap::new(),
            rows: BTreeMap::new(),
        }
    }

    /// The book's provider.
    pub fn provider(&self) -> &str {
        &self.provider
    }

    /// The provider's service.
    pub fn service(&self) -> &str {
        &self.service
    }

    /// The key columns, in order.
    pub fn key_columns(&self) -> &[SmolStr] {
        &self.key_columns
    }

    /// The sources, by id.
    pub fn sources(&self) -> impl Iterator<Item = &SourceNote> {
        self.sources.values()
    }

    /// The rows in the order of the file.
    pub fn rows(&self) -> impl Iterator<Item = RowView<'_>> {
        self.rows.iter().map(|(key, row)| RowView {
            key: &key.key,
            from: key.from,
            source: &key.source,
            unit: &row.unit,
            prices: &row.prices,
        })
    }

    /// Declares a source before rows name it.
    pub fn add_source(&mut self, note: SourceNote) {
        self.sources.insert(note.id.clone(), note);
    }

    /// Sets the price of a meter's tier in a region, as one source gives it.
    ///
    /// A price set twice by the same source keeps the later value. The source must be declared.
    pub fn set(&mut self, key: &[&str], unit: &str, from: Decimal, source: &str, region: &str, price: Decimal) {
        assert_eq!(key.len(), self.key_columns.len(), "a key has a value per key column");
        assert!(self.sources.contains_key(source), "source `{source}` is declared before its rows");
        let key = RowKey {
            key: key.iter().map(|&part| part.into()).collect(),
            from: from.normalize(),
            source: source.into(),
        };
        let row = self.rows.entry(key).or_default();
        row.unit = unit.into();
        row.prices.insert(region.into(), price.normalize());
    }

    /// The price that a source gives a meter's tier in a region.
    pub fn price(&self, key: &[&str], from: Decimal, source: &str, region: &str) -> Option<Decimal> {
        let key = RowKey {
            key: key.iter().map(|&part| part.into()).collect(),
            from: from.normalize(),
            source: source.into(),
        };
        self.rows.get(&key)?.prices.get(region).copied()
    }

    /// Whether any source gives the meter a price in the region.
    pub fn has(&self, key: &[&str], region: &str) -> bool {
        let first = RowKey {
            key: key.iter().map(|&part| part.into()).collect(),
            from: Decimal::MIN,
            source: SmolStr::default(),
        };
        self.rows
            .range(first.clone()..)
            .take_while(|(row_key, _)| row_key.key == first.key)
            .any(|(_, row)| row.prices.contains_key(region))
    }

    /// Keeps the prices that are wanted, by key, source and region, and what is needed to say where those come from.
    pub fn retain(&mut self, mut is_wanted: impl FnMut(&[SmolStr], &str, &str) -> bool) {
        for (key, row) in &mut self.rows {
            row.prices.retain(|region, _| is_wanted(&key.key, &key.source, region));
        }
        self.rows.retain(|_, row| !row.prices.is_empty());
        let used: BTreeSet<&SmolStr> = self.rows.keys().map(|key| &key.source).collect();
        self.sources.retain(|id, _| used.contains(id));
    }

    /// The price of a meter's tier in a region, whichever source gives it.
    pub fn any_price(&self, key: &[&str], from: Decimal, region: &str) -> Option<Decimal> {
        let key: Vec<SmolStr> = key.iter().map(|&part| part.into()).collect();
        let first = RowKey { key, from: from.normalize(), source: SmolStr::default() };
        self.rows
            .range(first.clone()..)
            .take_while(|(row_key, _)| row_key.key == first.key && row_key.from == first.from)
            .find_map(|(_, row)| row.prices.get(region).copied())
    }

    /// The unit of a row.
    pub fn unit_of(&self, key: &[&str], from: Decimal, source: &str) -> Option<&str> {
        let key = RowKey {
            key: key.iter().map(|&part| part.into()).collect(),
            from: from.normalize(),
            source: source.into(),
        };
        self.rows.get(&key).map(|row| row.unit.as_str())
    }

    /// The unit of a meter, whichever tier and source gives it.
    pub fn unit(&self, key: &[&str]) -> Option<&str> {
        let key: Vec<SmolStr> = key.iter().map(|&part| part.into()).collect();
        let first = RowKey { key, from: Decimal::MIN, source: SmolStr::default() };
        let (found, row) = self.rows.range(first.clone()..).next()?;
        (found.key == first.key).then_some(row.unit.as_str())
    }

    /// The file name for the service: lower case, dashes for anything else than letters and digits.
    pub fn file_name(&self) -> String {
        let mut name = String::new();
        for letter in self.service.chars() {
            if letter.is_ascii_alphanumeric() {
                name.push(letter.to_ascii_lowercase());
            } else if !name.ends_with('-') && !name.is_empty() {
                name.push('-');
            }
        }
        format!("{}.csv", name.trim_end_matches('-'))
    }

    /// The file's text.
    pub fn to_csv(&self) -> String {
        let mut out = String::new();
        writeln!(out, "# service: {}", self.service).expect("a String takes every write");
        writeln!(out, "# provider: {}", self.provider).expect("a String takes every write");
        for note in self.sources.values() {
            writeln!(out, "# source {} | {} | {} | {}", note.id, note.as_of, note.currency, note.title)
                .expect("a String takes every write");
        }
        let mut regions: Vec<&SmolStr> = self.rows.values().flat_map(|row| row.prices.keys()).collect();
        regions.sort_unstable();
        regions.dedup();

        let mut writer = csv::Writer::from_writer(Vec::new());
        let head = self.key_columns.iter().map(SmolStr::as_str).chain(["unit", "from", "source"]);
        let mut record: Vec<String> =
            head.chain(regions.iter().map(|region| region.as_str())).map(Into::into).collect();
        writer.write_record(&record).expect("memory takes every write");
        for (key, row) in &self.rows {
            record.clear();
            record.extend(key.key.iter().map(ToString::to_string));
            record.extend([row.unit.to_string(), key.from.to_string(), key.source.to_string()]);
            record.extend(
                regions.iter().map(|&region| row.prices.get(region).map(ToString::to_string).unwrap_or_default()),
            );
            writer.write_record(&record).expect("memory takes every write");
        }
        let bytes = writer.into_inner().expect("memory takes every write");
        out.push_str(std::str::from_utf8(&bytes).expect("only text was written"));
        out
    }

    /// Reads a file's text; `path` is for the error messages.
    pub fn parse(path: &str, text: &str) -> Result<Self, SheetError> {
        let fail = |line: u64, message: String| SheetError::format(path, line, message);
        let mut service = None;
        let mut provider = None;
        let mut sources = BTreeMap::new();
        let mut header_lines = 0;
        for line in text.lines() {
            let Some(comment) = line.strip_prefix('#') else { break };
            header_lines += 1;
            let comment = comment.trim();
            if let Some(name) = comment.strip_prefix("service:") {
                service = Some(name.trim());
            } else if let Some(name) = comment.strip_prefix("provider:") {
                provider = Some(name.trim());
            } else if let Some(note) = comment.strip_prefix("source ") {
                let mut parts = note.splitn(4, '|').map(str::trim);
                let (Some(id), Some(as_of), Some(currency), Some(title)) =
                    (parts.next(), parts.next(), parts.next(), parts.next())
                else {
                    return Err(fail(header_lines, "a source is `# source ID | AS-OF | CURRENCY | TITLE`".into()));
                };
                let note =
                    SourceNote { id: id.into(), as_of: as_of.into(), currency: currency.into(), title: title.into() };
                sources.insert(note.id.clone(), note);
            }
        }
        let service = service.ok_or_else(|| fail(1, "the line `# service: NAME` is missing".into()))?;
        let provider = provider.ok_or_else(|| fail(1, "the line `# provider: NAME` is missing".into()))?;

        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
        let head = reader.headers().map_err(|error| fail(0, error.to_string()))?.clone();
        let unit_at = head
            .iter()
            .position(|name| name == "unit")
            .ok_or_else(|| fail(header_lines + 1, "the column `unit` is missing".into()))?;
        if head.get(unit_at + 1) != Some("from") || head.get(unit_at + 2) != Some("source") {
            return Err(fail(header_lines + 1, "the columns `unit,from,source` stand after the key".into()));
        }
        let key_columns: Vec<&str> = head.iter().take(unit_at).collect();
        let mut sheet = Self::new(provider, service, &key_columns);
        sheet.sources = sources;
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).map_err(|error| fail(0, error.to_string()))? {
            let line = record.position().map_or(0, csv::Position::line);
            let number = |text: &str, what: &str| {
                text.parse::<Decimal>().map_err(|_| fail(line, format!("{what} `{text}` is not a decimal number")))
            };
            let source: SmolStr = record[unit_at + 2].into();
            if !sheet.sources.contains_key(&source) {
                return Err(fail(line, format!("source `{source}` is not declared above")));
            }
            let key = RowKey {
                key: record.iter().take(unit_at).map(SmolStr::from).collect(),
                from: number(&record[unit_at + 1], "from")?.normalize(),
                source,
            };
            let mut row = Row { unit: record[unit_at].into(), prices: BTreeMap::new() };
            for (at, cell) in record.iter().enumerate().skip(unit_at + 3) {
                if !cell.is_empty() {
                    row.prices.insert(head[at].into(), number(cell, "price")?.normalize());
                }
            }
            if sheet.rows.insert(key, row).is_some() {
                return Err(fail(line, "the same meter, tier and source stand in an earlier row".into()));
            }
        }
        Ok(sheet)
    }

    /// Reads every sheet below a folder, in order of path.
    pub fn read_all(folder: &Path) -> Result<Vec<Self>, SheetError> {
        let mut paths = Vec::new();
        collect_csv(folder, &mut paths)?;
        paths.sort();
        let read = |path: &PathBuf| {
            let text = std::fs::read_to_string(path).map_err(|error| SheetError::io(path, error))?;
            Self::parse(&path.display().to_string(), &text)
        };
        paths.iter().map(read).collect()
    }
}

fn collect_csv(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), SheetError> {
    for entry in std::fs::read_dir(folder).map_err(|error| SheetError::io(folder, error))? {
        let path = entry.map_err(|error| SheetError::io(folder, error))?.path();
        if path.is_dir() {
            collect_csv(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "csv") {
            paths.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_one_however_it_is_spelt() {
        for (one, other) in [("Request", "Requests"), ("Hrs", "hours"), ("GB-Mo", "GB-month"), ("GiBps-mo", "GiBps-Mo")]
        {
            assert!(is_same_unit(one, other), "{one} {other}");
        }
        for (one, other) in [("Hrs", "GB-Mo"), ("GiBps-mo", "MiBps-mo"), ("Mbps", "MBps"), ("GB", "GB-Mo"), ("", "Hrs")]
        {
            assert!(!is_same_unit(one, other), "{one} {other}");
        }
    }

    fn sheet() -> Sheet {
        let mut sheet = Sheet::new("aws", "AmazonEC2", &["usage_type", "operation"]);
        sheet.add_source(SourceNote {
            id: "a".into(),
            as_of: "2026-07-20".into(),
            currency: "USD".into(),
            title: "a list, with a comma".into(),
        });
        let price = |text: &str| text.parse().expect("a decimal");
        sheet.set(&["BoxUsage:m5.large", "RunInstances"], "Hrs", Decimal::ZERO, "a", "us-east-1", price("0.0960"));
        sheet.set(&["BoxUsage:m5.large", "RunInstances"], "Hrs", Decimal::ZERO, "a", "eu-west-1", price("0.107"));
        sheet
    }

    #[test]
    fn text_and_back_is_the_same_sheet() {
        let text = sheet().to_csv();
        assert_eq!(Sheet::parse("x.csv", &text).expect("our own text"), sheet());
        assert!(text.contains("BoxUsage:m5.large,RunInstances,Hrs,0,a,0.107,0.096"), "{text}");
    }

    #[test]
    fn what_is_not_kept_goes_with_its_source() {
        let mut sheet = sheet();
        sheet.add_source(SourceNote {
            id: "b".into(),
            as_of: "2026-08".into(),
            currency: "USD".into(),
            title: "-".into(),
        });
        let key = ["BoxUsage:m5.large", "RunInstances"];
        sheet.set(&key, "Hrs", Decimal::ZERO, "b", "us-east-2", Decimal::ONE);
        assert_eq!(sheet.any_price(&key, Decimal::ZERO, "us-east-2"), Some(Decimal::ONE));
        assert_eq!(sheet.any_price(&key, Decimal::TEN, "us-east-2"), None);
        sheet.retain(|_, source, region| source == "a" && region != "eu-west-1");
        assert_eq!(sheet.sources().count(), 1);
        let prices: Vec<_> = sheet.rows().flat_map(|row| row.prices.keys().cloned()).collect();
        assert_eq!(prices, ["us-east-1"]);
    }

    #[test]
    fn an_undeclared_source_is_an_error_with_its_line() {
        let text = sheet().to_csv().replace(",a,", ",b,");
        let error = Sheet::parse("x.csv", &text).expect_err("b is not declared").to_string();
        assert!(error.starts_with("x.csv:5: source `b`"), "{error}");
    }
}
