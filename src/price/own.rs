//! A price book of the user's own: a sheet as the book has them, or a table with a price in each row.
//!
//! ```csv
//! provider,service,meter,region,unit,price,currency,as_of,source
//! platform,Database,small,berlin,Hrs,0.12,EUR,2026-10-01,the platform team
//! ```
//!
//! Every column that is none of those named below is a part of the key. Without a region a price holds in all of them;
//! `from` begins a tier.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::{Book, Sheet, SheetError, SourceNote};
use crate::model::{Problem, Source, Span};

/// The columns that are no key.
const PLAIN: [&str; 9] = ["provider", "service", "region", "unit", "from", "price", "currency", "as_of", "source"];

/// Those that every table has.
const NEEDED: [&str; 7] = ["provider", "service", "unit", "price", "currency", "as_of", "source"];

/// So many mistakes are told.
const MOST_PROBLEMS: usize = 20;

/// Compiles a book, to lie over another.
pub fn read(source: &Source, under: &Book) -> Result<Book, Vec<Problem>> {
    if let Some(at) = source.text().find(|letter: char| letter.is_control() && !"\r\n".contains(letter)) {
        let line = 1 + source.text()[..at].matches('\n').count();
        return Err(vec![problem(source, line, "a control character", "no price list has such letters")]);
    }
    let is_sheet = source.text().lines().take_while(|line| line.starts_with('#')).any(|line| {
        let comment = line.trim_start_matches('#').trim_start();
        comment.starts_with("service:") || comment.starts_with("provider:")
    });
    let sheets = match is_sheet {
        true => vec![Sheet::parse(source.name(), source.text()).map_err(|error| vec![of_sheet(source, &error)])?],
        false => table(source, under)?,
    };
    for sheet in &sheets {
        for note in sheet.sources() {
            if !is_day(&note.as_of) {
                let text = format!("the source `{}` has no date as YYYY-MM-DD, YYYY-MM or YYYY", note.id);
                return Err(vec![problem(source, 1, &text, "a price without a date cannot grow old")]);
            }
        }
        let known = under.columns(sheet.provider(), sheet.service());
        if let Some(known) = known.filter(|known| *known != sheet.key_columns()) {
            let text = format!("the key of {} {} is {}", sheet.provider(), sheet.service(), known.join(", "));
            return Err(vec![problem(source, 1, &text, "give these columns, in this order, before `unit`")]);
        }
    }
    Book::of_file(&sheets, source.name()).map_err(|error| vec![of_sheet(source, &error)])
}

/// The row of a table in words of its columns.
struct Row<'r> {
    head: &'r csv::StringRecord,
    cells: &'r csv::StringRecord,
}

impl Row<'_> {
    fn cell(&self, name: &str) -> &str {
        let at = self.head.iter().position(|column| column == name);
        at.and_then(|at| self.cells.get(at)).unwrap_or_default().trim()
    }

    /// The key columns that are filled.
    fn key(&self) -> impl Iterator<Item = (&str, &str)> {
        let cells = self.head.iter().zip(self.cells.iter().map(str::trim));
        cells.filter(|(name, cell)| !PLAIN.contains(name) && !cell.is_empty())
    }
}

/// The sheets of a table, one for each service.
fn table(source: &Source, under: &Book) -> Result<Vec<Sheet>, Vec<Problem>> {
    let mut reader =
        csv::ReaderBuilder::new().comment(Some(b'#')).trim(csv::Trim::Headers).from_reader(source.text().as_bytes());
    let unread = |error: &csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        vec![problem(source, usize::try_from(line).unwrap_or(1), "a row has more or fewer cells than the head", "")]
    };
    let head = reader.headers().map_err(|error| unread(&error))?.clone();
    if let Some(missing) = NEEDED.iter().find(|name| !head.iter().any(|column| column == **name)) {
        let text = format!("the column `{missing}` is missing");
        let help = "the first row names the columns: provider, service, those of the key, region, unit, price, \
                    currency, as_of, source; or begin as a sheet does, with `# service:`";
        return Err(vec![problem(source, 1, &text, help)]);
    }
    let records = reader.records().collect::<Result<Vec<_>, _>>().map_err(|error| unread(&error))?;
    let mut columns: BTreeMap<(SmolStr, SmolStr), Vec<SmolStr>> = BTreeMap::new();
    for cells in &records {
        let row = Row { head: &head, cells };
        let service = (SmolStr::from(row.cell("provider")), SmolStr::from(row.cell("service")));
        let known = under.columns(&service.0, &service.1);
        let key = columns.entry(service).or_insert_with(|| known.map(<[SmolStr]>::to_vec).unwrap_or_default());
        if known.is_none() {
            let own = head
                .iter()
                .filter(|name| key.iter().any(|known| known == name) || row.key().any(|(own, _)| own == *name));
            *key = own.map(SmolStr::from).collect();
        }
    }
    let mut sheets: BTreeMap<(SmolStr, SmolStr), Sheet> = BTreeMap::new();
    let mut problems = Vec::new();
    for cells in &records {
        let row = Row { head: &head, cells };
        let service = (SmolStr::from(row.cell("provider")), SmolStr::from(row.cell("service")));
        let key = &columns[&service];
        let names: Vec<&str> = key.iter().map(SmolStr::as_str).collect();
        let sheet = sheets.entry(service.clone()).or_insert_with(|| Sheet::new(&service.0, &service.1, &names));
        if let Err((what, help)) = add(sheet, &row, &names) {
            let line = cells.position().map_or(1, csv::Position::line);
            problems.push(problem(source, usize::try_from(line).unwrap_or(1), &what, &help));
        }
        if problems.len() == MOST_PROBLEMS {
            break;
        }
    }
    if problems.is_empty() { Ok(sheets.into_values().collect()) } else { Err(problems) }
}

/// Adds a row to its sheet; what is wrong with it, and what to do.
fn add(sheet: &mut Sheet, row: &Row<'_>, columns: &[&str]) -> Result<(), (String, String)> {
    for name in ["provider", "service", "unit", "currency", "as_of", "source"] {
        if row.cell(name).is_empty() {
            return Err((format!("`{name}` is empty"), "only the key, `region` and `from` may be left out".into()));
        }
    }
    if let Some((name, _)) = row.key().find(|(name, _)| !columns.contains(name)) {
        let text = format!("`{name}` is no part of the key of {} {}", sheet.provider(), sheet.service());
        return Err((text, format!("its columns are {}", columns.join(", "))));
    }
    let number = |name: &str, text: &str| {
        let number = text.parse::<Decimal>().ok().filter(|number| !number.is_sign_negative() || number.is_zero());
        number.ok_or_else(|| {
            (format!("`{name}` is no number of at least 0"), "write it as 0.0456, without a currency".into())
        })
    };
    let price = number("price", row.cell("price"))?;
    let from = if row.cell("from").is_empty() { Decimal::ZERO } else { number("from", row.cell("from"))? };
    let (currency, as_of, title) = (row.cell("currency"), row.cell("as_of"), row.cell("source"));
    if currency.len() != 3 || !currency.bytes().all(|letter| letter.is_ascii_uppercase()) {
        return Err(("`currency` is no ISO 4217 code".into(), "three capital letters, such as USD or EUR".into()));
    }
    if !is_day(as_of) {
        return Err(("`as_of` is no date".into(), "write YYYY-MM-DD, YYYY-MM or YYYY".into()));
    }
    let source = format!("{as_of} {currency} {title}");
    let note =
        SourceNote { id: source.as_str().into(), as_of: as_of.into(), currency: currency.into(), title: title.into() };
    sheet.add_source(note);
    let key: Vec<&str> =
        columns.iter().map(|name| row.key().find(|(own, _)| own == name).map_or("", |(_, cell)| cell)).collect();
    let region = if row.cell("region").is_empty() { super::lookup::GLOBAL } else { row.cell("region") };
    if sheet.price(&key, from, &source, region).is_some() {
        return Err(("an earlier row has the same key, region and tier".into(), "keep one of them".into()));
    }
    sheet.set(&key, row.cell("unit"), from, &source, region, price);
    Ok(())
}

/// Whether a text is a day, or the month or the year of one.
fn is_day(text: &str) -> bool {
    let is_of = |part: &str, digits: usize| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = text.split('-');
    parts.next().is_some_and(|year| is_of(year, 4)) && text.len() <= 10 && parts.all(|part| is_of(part, 2))
}

fn of_sheet(source: &Source, error: &SheetError) -> Problem {
    match error {
        SheetError::Format { line, message, .. } => problem(
            source,
            usize::try_from(*line).unwrap_or(0).max(1),
            message,
            "the file is laid out as the book's own sheets",
        ),
        SheetError::Io { .. } => Problem::error("lepton::prices::own-book", error.to_string()),
    }
}

/// What is wrong at a line, from 1.
fn problem(source: &Source, line: usize, what: &str, help: &str) -> Problem {
    let mut start = 0;
    for _ in 1..line {
        start = source.text()[start..].find('\n').map_or(start, |at| start + at + 1);
    }
    let end = source.text()[start..].find(['\r', '\n']).map_or(source.text().len(), |at| start + at);
    let problem = Problem::error("lepton::prices::own-book", what).at(source, Span { start, end }, "");
    if help.is_empty() { problem } else { problem.help(help) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::price::{Key, Lookup};

    fn price(book: &Book, service: &str, columns: &[(&str, &str)], region: &str) -> Option<(String, SmolStr)> {
        let columns: Vec<(SmolStr, SmolStr)> =
            columns.iter().map(|&(name, value)| (name.into(), value.into())).collect();
        match book.find(&Key { provider: "platform", service, columns: &columns, region }) {
            Lookup::Found(price) => Some((
                price.tiers.iter().map(|tier| format!("{}:{} ", tier.from, tier.price)).collect(),
                price.currency,
            )),
            _ => None,
        }
    }

    #[test]
    fn services_of_a_table_have_the_key_columns_that_they_fill() {
        let text = "provider,service,meter,class,region,unit,from,price,currency,as_of,source\n\
                    platform,Database,small,,berlin,Hrs,,0.12,EUR,2026-10-01,the team\n\
                    platform,Database,small,,berlin,Hrs,100,0.1,EUR,2026-10-01,the team\n\
                    platform,Queue,,fast,,Requests,0,0.5,USD,2026,the team\n";
        let book = read(&Source::new("own.csv", text), Book::embedded()).expect("a book");
        let of = |service, columns: &[(&str, &str)], region| price(&book, service, columns, region);
        assert_eq!(of("Database", &[("meter", "small")], "berlin"), Some(("0:0.12 100:0.1 ".into(), "EUR".into())));
        assert_eq!(of("Queue", &[("class", "fast")], "anywhere"), Some(("0:0.5 ".into(), "USD".into())));
        assert_eq!(of("Database", &[("meter", "small")], "paris"), None);
    }

    proptest! {
        #[test]
        fn no_table_panics(rows in prop::collection::vec(prop::collection::vec(prop::sample::select(vec![
            "provider", "service", "unit", "price", "currency", "as_of", "source", "region", "from", "aws", "AmazonEC2",
            "usage_type", "", "USD", "2026", "1", "-1", "99999999999999999999999999999999", "\"", "# service: x", "#",
        ]), 0..10), 0..6)) {
            let text: String = rows.iter().map(|row| row.join(",") + "\n").collect();
            let _ = read(&Source::new("own.csv", text), Book::embedded());
        }
    }
}
