//! A source table: a CSV file, plain or gzipped, read by column name.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use rust_decimal::Decimal;

use crate::price::SheetError;

/// A table in memory.
pub(super) struct Table {
    path: String,
    head: csv::StringRecord,
    records: Vec<csv::StringRecord>,
}

/// A whole text file; a name that ends in `.gz` is unpacked.
pub(super) fn read_text(path: &Path) -> Result<String, SheetError> {
    let fail = |error| SheetError::io(path, error);
    let mut file = File::open(path).map_err(fail)?;
    let mut text = String::new();
    if path.extension().is_some_and(|extension| extension == "gz") {
        GzDecoder::new(file).read_to_string(&mut text).map_err(fail)?;
    } else {
        file.read_to_string(&mut text).map_err(fail)?;
    }
    Ok(text)
}

/// One line of a table.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    table: &'t Table,
    record: &'t csv::StringRecord,
}

impl Table {
    /// Reads a file; a name that ends in `.gz` is unpacked.
    pub(super) fn open(path: &Path) -> Result<Self, SheetError> {
        let file = File::open(path).map_err(|error| SheetError::io(path, error))?;
        let name = path.display().to_string();
        if path.extension().is_some_and(|extension| extension == "gz") {
            return Self::read(name, GzDecoder::new(file));
        }
        Self::read(name, file)
    }

    /// Reads CSV text; `path` is for the error messages.
    pub(super) fn read(path: String, text: impl Read) -> Result<Self, SheetError> {
        let fail = |error: csv::Error| SheetError::format(&path, 0, error.to_string());
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text);
        // Some lists begin with a byte order mark.
        let head = reader.headers().map_err(fail)?.iter().map(|name| name.trim_start_matches('\u{feff}')).collect();
        let records = reader.records().collect::<Result<_, _>>().map_err(fail)?;
        Ok(Self { path, head, records })
    }

    /// The lines, in the order of the file.
    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.records.iter().map(|record| Line { table: self, record })
    }
}

impl<'t> Line<'t> {
    /// The cell of a column; empty if the table has no such column.
    pub(super) fn text(&self, column: &str) -> &'t str {
        let at = self.table.head.iter().position(|name| name == column);
        at.and_then(|at| self.record.get(at)).unwrap_or_default()
    }

    /// The first of several spellings of a column that the table has.
    pub(super) fn text_of(&self, columns: &[&str]) -> &'t str {
        let known = columns.iter().find(|&&name| self.table.head.iter().any(|head| head == name));
        known.map(|name| self.text(name)).unwrap_or_default()
    }

    /// A cell as an exact decimal.
    pub(super) fn decimal(&self, text: &str, what: &str) -> Result<Decimal, SheetError> {
        let parsed = text.parse().or_else(|_| Decimal::from_scientific(text));
        parsed.map_err(|_| self.fail(format!("{what} `{text}` is not a decimal number")))
    }

    /// An error at this line.
    pub(super) fn fail(&self, message: String) -> SheetError {
        let line = self.record.position().map_or(0, csv::Position::line);
        SheetError::format(&self.table.path, line, message)
    }
}
