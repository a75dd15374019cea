//! Reads the tables of facts in `data/`: their lines by column, and what stands behind each line.
//!
//! A table is part of the program, so a line that cannot be read is a bug of ours and no diagnostic of the user's.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

use rust_decimal::Decimal;
use smol_str::SmolStr;

/// How far a figure can be trusted, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// Nobody has looked it up.
    FromMemory,
    /// Read off a page, in no stored price list.
    PublicPage,
    /// From a stored list that is old, coarse, or second-hand.
    Medium,
    /// From a stored price list.
    High,
}

impl Confidence {
    /// Whether a figure of it may stand in a total, and not only in an explanation.
    pub fn may_price(self) -> bool {
        self >= Self::Medium
    }
}

impl FromStr for Confidence {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "from memory" => Ok(Self::FromMemory),
            "public page" => Ok(Self::PublicPage),
            "medium" => Ok(Self::Medium),
            "high" => Ok(Self::High),
            _ => Err(()),
        }
    }
}

/// Where a figure comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// When it held: a date, a month or a year.
    pub as_of: SmolStr,
    /// What it was read from.
    pub text: SmolStr,
}

/// A table with its columns, lines and the sources that its head names.
pub(super) struct Table {
    name: &'static str,
    columns: Vec<SmolStr>,
    lines: Vec<csv::StringRecord>,
    sources: BTreeMap<SmolStr, Arc<Source>>,
}

impl Table {
    /// A table of the program; an empty one has no lines.
    pub(super) fn read(name: &'static str, text: &str) -> Self {
        let mut sources = BTreeMap::new();
        for line in text.lines().filter_map(|line| line.strip_prefix("# source ")) {
            let mut cells = line.splitn(3, '|').map(str::trim);
            if let (Some(id), Some(as_of), Some(text)) = (cells.next(), cells.next(), cells.next()) {
                sources.insert(id.into(), Arc::new(Source { as_of: as_of.into(), text: text.into() }));
            }
        }
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
        let columns = reader.headers().expect("tables of facts are CSV").iter().map(SmolStr::from).collect();
        let lines = reader.records().collect::<Result<_, _>>().expect("lines of facts have the columns of their head");
        Self { name, columns, lines, sources }
    }

    /// Its lines, in order.
    pub(super) fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.lines.iter().map(|cells| Line { table: self, cells })
    }
}

/// One line of a table.
#[derive(Clone, Copy)]
pub(super) struct Line<'t> {
    table: &'t Table,
    cells: &'t csv::StringRecord,
}

impl<'t> Line<'t> {
    /// What stands in a column.
    pub(super) fn text(self, column: &str) -> &'t str {
        let at = self.table.columns.iter().position(|name| name == column);
        at.and_then(|at| self.cells.get(at)).unwrap_or_else(|| panic!("{} has no column {column}", self.table.name))
    }

    /// The same, as a value that lives on.
    pub(super) fn word(self, column: &str) -> SmolStr {
        self.text(column).into()
    }

    /// The same, or nothing where the cell is empty.
    pub(super) fn given<T: FromStr>(self, column: &str) -> Option<T> {
        let text = self.text(column);
        let value = || text.parse().unwrap_or_else(|_| panic!("{}: {column} `{text}` cannot be read", self.table.name));
        (!text.is_empty()).then(value)
    }

    /// An exact figure, or nothing where it is unknown.
    pub(super) fn decimal(self, column: &str) -> Option<Decimal> {
        self.given(column)
    }

    /// A figure that every line has.
    pub(super) fn number<T: FromStr>(self, column: &str) -> T {
        self.given(column).unwrap_or_else(|| panic!("{}: {column} is empty", self.table.name))
    }

    /// Whether a column says yes.
    pub(super) fn says(self, column: &str) -> bool {
        self.text(column) == "yes"
    }

    /// What stands behind the line.
    pub(super) fn source(self) -> Arc<Source> {
        let id = self.text("source");
        self.table.sources.get(id).unwrap_or_else(|| panic!("{}: no source {id}", self.table.name)).clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_table_has_no_lines() {
        assert_eq!(Table::read("nothing", "").lines().count(), 0);
        assert_eq!(Table::read("a head", "# why\nprovider,family\n").lines().count(), 0);
    }

    #[test]
    fn figures_are_exact_and_may_be_unknown() {
        let table = Table::read("two", "# source a | 2026 | a list\nprice,source\n0.1093,a\n,a\n");
        let prices: Vec<_> = table.lines().map(|line| line.decimal("price")).collect();
        assert_eq!(prices, [Some(Decimal::new(1093, 4)), None]);
        assert_eq!(table.lines().next().unwrap().source().text, "a list");
    }

    #[test]
    fn what_nobody_stored_prices_nothing() {
        assert!(Confidence::High.may_price() && Confidence::Medium.may_price());
        assert!(!Confidence::PublicPage.may_price() && !Confidence::FromMemory.may_price());
    }

    /// Each table says where it is from, of when, and under which licence.
    #[test]
    fn every_table_has_a_head() {
        for text in [
            include_str!("data/regions.csv"),
            include_str!("data/operators.csv"),
            include_str!("data/egress.csv"),
            include_str!("data/performance.csv"),
            include_str!("data/performance-geekbench.csv"),
            include_str!("data/burstable.csv"),
            include_str!("data/managed.csv"),
            include_str!("data/storage_tiers.csv"),
        ] {
            let head: String = text.lines().take_while(|line| line.starts_with('#')).collect();
            for word in ["ource", "s of", "icence"] {
                assert!(head.contains(word) || head.contains(&word.replace(' ', "-")), "`{word}` is not in {head}");
            }
        }
    }
}
