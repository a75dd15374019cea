//! Offer files as CSV: some lines about the file, a line of names, a row a price.

use std::io::Read;

use csv::StringRecord;

use super::meter::{Place, Product};
use super::offer::{Charge, Collector, Term};
use super::text::Rows;
use crate::model::Problem;
use crate::price::normalise::{Document, Gathered, broken};

/// The names stand in one of the first lines.
const MOST_ABOUT: usize = 16;

pub(super) fn read(
    reader: impl Read,
    offer: &mut Collector<'_>,
    document: &Document,
    gathered: &mut Gathered,
) -> Result<(), Problem> {
    let mut table = Table::open(reader, document, |name, value| {
        if name == "Publication Date" {
            offer.published(value);
        }
    })?;
    let columns = Columns::of(&table)?;
    while table.next()? {
        let cell = |column: usize| table.cell(Some(column));
        let term = match cell(columns.term) {
            "OnDemand" if offer.terms().on_demand => Term::OnDemand,
            "Reserved" if offer.terms().reserved => Term::Reserved {
                length: table.cell(columns.length),
                payment: table.cell(columns.payment),
                class: table.cell(columns.class),
            },
            "OnDemand" | "Reserved" => continue,
            _ => return Err(table.wrong("its term is neither OnDemand nor Reserved")),
        };
        let Some(meter) = offer.meter(&columns.product(&table)) else { continue };
        let charge = Charge {
            from: cell(columns.from),
            unit: cell(columns.unit),
            price: cell(columns.price),
            currency: cell(columns.currency),
        };
        offer.take(&meter, term, &charge, gathered).map_err(|message| table.wrong(&message))?;
    }
    Ok(())
}

/// The columns that are read, wherever they stand.
struct Columns {
    term: usize,
    from: usize,
    unit: usize,
    price: usize,
    currency: usize,
    usage_type: usize,
    operation: usize,
    instance_type: Option<usize>,
    market_option: Option<usize>,
    length: Option<usize>,
    payment: Option<usize>,
    class: Option<usize>,
    at: [Option<usize>; 3],
    from_place: [Option<usize>; 3],
    to_place: [Option<usize>; 3],
}

impl Columns {
    fn of<R: Read>(table: &Table<'_, R>) -> Result<Self, Problem> {
        let found = |name: &str| table.column(name);
        let columns = Self {
            term: table.must("TermType")?,
            from: table.must("StartingRange")?,
            unit: table.must("Unit")?,
            price: table.must("PricePerUnit")?,
            currency: table.must("Currency")?,
            usage_type: table.must("usageType")?,
            operation: table.must("operation")?,
            instance_type: found("Instance Type"),
            market_option: found("MarketOption"),
            length: found("LeaseContractLength"),
            payment: found("PurchaseOption"),
            class: found("OfferingClass"),
            at: ["Region Code", "Location", "Location Type"].map(found),
            from_place: ["From Region Code", "From Location", "From Location Type"].map(found),
            to_place: ["To Region Code", "To Location", "To Location Type"].map(found),
        };
        if [columns.at, columns.from_place].iter().all(|place| place[2].is_none()) {
            return Err(table.wrong("the column `Location Type` is missing"));
        }
        Ok(columns)
    }

    fn product<'t, R: Read>(&self, table: &'t Table<'_, R>) -> Product<'t> {
        let place = |[code, name, kind]: [Option<usize>; 3]| Place {
            code: table.cell(code),
            name: table.cell(name),
            kind: table.cell(kind),
        };
        Product {
            usage_type: table.cell(Some(self.usage_type)),
            operation: table.cell(Some(self.operation)),
            instance_type: table.cell(self.instance_type),
            market_option: table.cell(self.market_option),
            at: place(self.at),
            from: place(self.from_place),
            to: place(self.to_place),
        }
    }
}

/// The rows of a file, one at a time, each as wide as the line of names.
pub(super) struct Table<'d, R> {
    reader: csv::Reader<Rows<R>>,
    document: &'d Document,
    head: StringRecord,
    row: StringRecord,
    line: u64,
}

impl<'d, R: Read> Table<'d, R> {
    /// Reads up to the line of names, which begins with `SKU`; what stands before is told by name.
    pub(super) fn open(reader: R, document: &'d Document, mut about: impl FnMut(&str, &str)) -> Result<Self, Problem> {
        let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(Rows::new(reader));
        let (head, row) = (StringRecord::new(), StringRecord::new());
        let mut table = Self { reader, document, head, row, line: 1 };
        for _ in 0..MOST_ABOUT {
            if !table.read()? {
                break;
            }
            match (table.row.get(0), table.row.get(1)) {
                (Some("SKU"), _) => {
                    table.head = table.row.clone();
                    return Ok(table);
                }
                (Some(name), Some(value)) => about(name, value),
                _ => {}
            }
        }
        Err(table.wrong("it has no line of names that begins with SKU"))
    }

    fn read(&mut self) -> Result<bool, Problem> {
        self.line = self.reader.position().line();
        let is_row = self.reader.read_record(&mut self.row).map_err(|error| {
            let line = error.position().map_or(self.line, csv::Position::line);
            match error.kind() {
                csv::ErrorKind::Io(error) => broken(self.document, line, &format!("it cannot be read: {error}")),
                csv::ErrorKind::Utf8 { .. } => broken(self.document, line, "it is not UTF-8"),
                _ => broken(self.document, line, "it is no CSV"),
            }
        })?;
        if let Some(place) = self.row.position().filter(|_| is_row) {
            self.line = place.line();
        }
        Ok(is_row)
    }

    /// Goes on to the next row. An error if it is not as wide as the names are, or the file ends within it.
    pub(super) fn next(&mut self) -> Result<bool, Problem> {
        let is_row = self.read()?;
        if is_row && self.row.len() != self.head.len() {
            let (has, should) = (self.row.len(), self.head.len());
            return Err(self.wrong(&format!("the row has {has} columns, not {should}: it is cut, or a column moved")));
        }
        if !is_row && !self.reader.get_ref().is_whole() {
            return Err(self.wrong("the file ends within a row"));
        }
        Ok(is_row)
    }

    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.head.iter().position(|found| found == name)
    }

    pub(super) fn must(&self, name: &str) -> Result<usize, Problem> {
        self.column(name).ok_or_else(|| self.wrong(&format!("the column `{name}` is missing")))
    }

    pub(super) fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|column| self.row.get(column)).unwrap_or_default()
    }

    pub(super) fn wrong(&self, message: &str) -> Problem {
        broken(self.document, self.line, message)
    }
}
