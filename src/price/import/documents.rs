//! Prices out of tables that stand in a provider's product documents, cell by cell.
//!
//! A mapping beside each importer says which column of which table is which meter; `places.csv` says which regions a
//! document means by a name, so that no name is ever guessed. A cell that neither explains is an error.

use std::collections::BTreeMap;
use std::path::Path;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::table::{Line, Table};
use crate::price::{Sheet, SheetError, SourceNote};

/// What an importer knows about its provider's documents.
pub(super) struct Documents<'d> {
    /// The book's provider.
    pub(super) provider: &'d str,
    /// The key columns by service.
    pub(super) services: &'d [(&'d str, &'d [&'d str])],
    /// The sources that the mapping names.
    pub(super) sources: &'d [SourceNote],
    /// Which cell is which meter: the text of a CSV file.
    pub(super) tables: &'d str,
    /// Figures that stand in a document's sentences: the text of a CSV file, perhaps empty.
    pub(super) published: &'d str,
    /// What regions the documents' names mean: the text of a CSV file.
    pub(super) places: &'d str,
}

/// Sheets by service.
pub(super) type Shelf = BTreeMap<SmolStr, Sheet>;

/// Regions by the name that a list or a document gives them.
pub(super) struct Places(BTreeMap<String, Vec<String>>);

impl Places {
    pub(super) fn read(text: &str) -> Result<Self, SheetError> {
        let table = Table::read("places.csv".to_owned(), text.as_bytes())?;
        let regions = |line: Line<'_>| line.text("regions").split_whitespace().map(str::to_owned).collect();
        Ok(Self(table.lines().map(|line| (line.text("name").to_owned(), regions(line))).collect()))
    }

    /// The regions that a name means; none for a line that is no place.
    pub(super) fn regions(&self, name: &str, line: Line<'_>) -> Result<&[String], SheetError> {
        self.0.get(name).map(Vec::as_slice).ok_or_else(|| line.fail(format!("`{name}` is not in places.csv")))
    }
}

/// Puts every figure that the mapping names on its sheet.
pub(super) fn shelve(shelf: &mut Shelf, list: &Table, documents: &Documents<'_>) -> Result<(), SheetError> {
    let places = Places::read(documents.places)?;
    let mapping = Table::read("tables.csv".to_owned(), documents.tables.as_bytes())?;
    for meter in mapping.lines() {
        put(shelf, documents, meter, figures(meter, list, &places)?)?;
    }
    let published = Table::read("published.csv".to_owned(), documents.published.as_bytes())?;
    for meter in published.lines() {
        let price = meter.decimal(meter.text("price"), "price")?;
        let regions = meter.text("regions").split(' ');
        put(shelf, documents, meter, regions.map(|region| (region.to_owned(), price)).collect())?;
    }
    Ok(())
}

/// Puts a meter's prices by region on the sheet of its service.
fn put(
    shelf: &mut Shelf,
    documents: &Documents<'_>,
    meter: Line<'_>,
    prices: BTreeMap<String, Decimal>,
) -> Result<(), SheetError> {
    let service = meter.text("service");
    let columns = documents.services.iter().find(|(name, _)| *name == service).map(|(_, columns)| *columns);
    let columns = columns.ok_or_else(|| meter.fail(format!("no service `{service}`")))?;
    let source = documents.sources.iter().find(|note| note.id == meter.text("source"));
    let source = source.ok_or_else(|| meter.fail(format!("no source `{}`", meter.text("source"))))?;
    let sheet = shelf.entry(service.into());
    let sheet = sheet.or_insert_with(|| Sheet::new(documents.provider, service, columns));
    if !sheet.sources().any(|note| note.id == source.id) {
        sheet.add_source(source.clone());
    }
    let key: Vec<&str> = meter.text("key").split('|').collect();
    let from = meter.decimal(meter.text("from"), "from")?;
    for (region, price) in prices {
        sheet.set(&key, meter.text("unit"), from, &source.id, &region, price);
    }
    Ok(())
}

/// The price of a meter by region.
fn figures(meter: Line<'_>, list: &Table, places: &Places) -> Result<BTreeMap<String, Decimal>, SheetError> {
    let per = meter.decimal(meter.text("per"), "per")?;
    // `c2^`: an empty cell has the figure of the line above, as cells that span lines are printed.
    let (column, repeats) = match meter.text("column").strip_suffix('^') {
        Some(column) => (column, true),
        None => (meter.text("column"), false),
    };
    let mut found: BTreeMap<String, Decimal> = BTreeMap::new();
    let mut above = "";
    for line in list.lines().filter(|line| is_of(*line, meter)) {
        let cell = match line.text(column) {
            "" if repeats => above,
            cell => cell,
        };
        above = cell;
        let name = match meter.text("place").strip_prefix('=') {
            Some(literal) => literal,
            None => line.text(meter.text("place")),
        };
        for region in places.regions(name, line)? {
            let price = line.decimal(cell.trim_end_matches("元/h"), column)? / per;
            if found.insert(region.clone(), price).is_some_and(|other| other != price) {
                return Err(line.fail(format!("a second price of {} in {region}", meter.text("key"))));
            }
        }
    }
    if found.is_empty() { Err(meter.fail("no table has such a line".to_owned())) } else { Ok(found) }
}

/// Whether a line holds figures of a meter.
fn is_of(line: Line<'_>, meter: Line<'_>) -> bool {
    let document = format!("{}/{}", line.text("repository"), line.text("document"));
    if document != meter.text("document") || line.text("table") != meter.text("table") || line.text("kind") != "d" {
        return false;
    }
    let only = meter.text("only");
    match (only.split_once('='), only.split_once('!'), only.split_once('~')) {
        (Some((column, text)), ..) => line.text(column) == text,
        (_, Some((column, text)), _) => line.text(column) != text,
        (_, _, Some((column, text))) => line.text(column).contains(text),
        _ => true,
    }
}

/// A source of the documents' figures.
pub(super) fn note(id: &str, as_of: &str, currency: &str, title: &str) -> SourceNote {
    SourceNote { id: id.into(), as_of: as_of.into(), currency: currency.into(), title: title.into() }
}

/// The file of a provider's documents.
pub(super) fn open(from: &Path, name: &str) -> Result<Table, SheetError> {
    Table::open(&from.join(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "repository,document,table,row,kind,c1,c2,c3\n\
                        o/r,d.md,0,0,h,Place,Small,Large\n\
                        o/r,d.md,0,1,d,North,0.5元/h,2\n\
                        o/r,d.md,0,2,d,South,,3\n";
    const PLACES: &str = "name,regions\nNorth,n-1 n-2\nSouth,s-1\n";

    fn read(mapping: &str) -> Result<String, String> {
        let text = format!("service,key,unit,from,per,source,document,table,only,place,column\n{mapping}\n");
        let documents = Documents {
            provider: "p",
            services: &[("nat", &["size"])],
            sources: &[note("docs", "2020-03", "CNY", "documents")],
            tables: &text,
            published: "",
            places: PLACES,
        };
        let list = Table::read("list.csv".into(), LIST.as_bytes()).expect("a table");
        let mut shelf = Shelf::new();
        shelve(&mut shelf, &list, &documents).map_err(|error| error.to_string())?;
        Ok(shelf["nat"].to_csv().lines().skip(3).collect::<Vec<_>>().join("\n"))
    }

    #[test]
    fn a_name_may_mean_several_regions_and_a_cell_may_span_lines() {
        let text = read("nat,small,hour,0,1,docs,o/r/d.md,0,,c1,c2^").expect("figures");
        assert_eq!(text, "size,unit,from,source,n-1,n-2,s-1\nsmall,hour,0,docs,0.5,0.5,0.5");
    }

    #[test]
    fn lines_are_chosen_and_figures_divided() {
        let text = read("nat,large,hour,0,24,docs,o/r/d.md,0,c1!North,c1,c3").expect("figures");
        assert_eq!(text, "size,unit,from,source,s-1\nlarge,hour,0,docs,0.125");
    }

    #[test]
    fn what_is_not_explained_is_an_error() {
        let error = read("nat,small,hour,0,1,docs,o/r/d.md,0,,=East,c2^").expect_err("no such place");
        assert_eq!(error, "list.csv:3: `East` is not in places.csv");
        let error = read("nat,small,hour,0,1,docs,o/r/d.md,0,,c1,c2").expect_err("an empty cell");
        assert_eq!(error, "list.csv:4: c2 `` is not a decimal number");
        let error = read("nat,small,hour,0,1,docs,o/r/d.md,9,,c1,c2").expect_err("no such table");
        assert_eq!(error, "tables.csv:2: no table has such a line");
    }
}
