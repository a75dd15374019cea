//! Tables of constants: written in the file that uses them, or as CSV beside it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use hcl::edit::Span as _;
use hcl::edit::structure::Block;
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::{Dialect, Frame, Names, NoHost, lower};
use crate::model::{Attributes, Object, Problem, Source, Value};

/// Reads a `table` block; `csv` gives the text of a file beside the catalog file.
pub(crate) fn read_table<'t>(
    block: &Block,
    source: &Source,
    csv: &dyn Fn(&str) -> Option<Cow<'t, str>>,
) -> Result<Value, Vec<Problem>> {
    let body = &block.body;
    let fail = |span: Option<std::ops::Range<usize>>, message: String, help: &str| {
        let problem = Problem::error("lepton::catalog::table", message);
        vec![problem.at(source, span.unwrap_or_default().into(), "").help(help)]
    };
    const FORMS: &str = "write `rows = { key = value }`, or `csv = \"file.csv\"` with `key = \"column\"`";
    for attribute in body.attributes() {
        if !["rows", "csv", "key"].contains(&attribute.key.as_str()) {
            let message = format!("`{}` is not an attribute of a table", attribute.key.as_str());
            return Err(fail(attribute.key.span(), message, FORMS));
        }
    }
    if let Some(rows) = body.get_attribute("rows") {
        let expr = lower(&rows.value, &Names::new(Dialect::Stanza), source)?;
        return expr.eval(&Frame { slots: &[], host: &NoHost }).map_err(|problem| vec![problem]);
    }
    let text = |name: &str| body.get_attribute(name).and_then(|attribute| attribute.value.as_str());
    let (Some(file), Some(key)) = (text("csv"), text("key")) else {
        return Err(fail(block.ident.span(), "a table without rows".into(), FORMS));
    };
    let span = body.get_attribute("csv").and_then(|attribute| attribute.value.span());
    let Some(content) = csv(file) else {
        return Err(fail(span, format!("there is no file `{file}` beside this one"), "check the name"));
    };
    let table = CsvTable::parse(&content, key).map_err(|message| fail(span, format!("{file}: {message}"), FORMS))?;
    Ok(Value::Object(Object::Lazy(Arc::new(table))))
}

/// A CSV file by one of its columns. A row becomes an object when it is asked for.
struct CsvTable {
    head: Vec<SmolStr>,
    rows: Vec<csv::StringRecord>,
    by_key: HashMap<SmolStr, usize>,
    key_at: usize,
}

impl CsvTable {
    fn parse(text: &str, key: &str) -> Result<Self, String> {
        let mut reader = csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(text.as_bytes());
        let head: Vec<SmolStr> = reader.headers().map_err(|error| error.to_string())?.iter().map(Into::into).collect();
        let key_at = head.iter().position(|name| name == key).ok_or_else(|| format!("there is no column `{key}`"))?;
        let mut rows = Vec::new();
        let mut by_key = HashMap::new();
        for record in reader.into_records() {
            let record = record.map_err(|error| error.to_string())?;
            if by_key.insert(SmolStr::from(&record[key_at]), rows.len()).is_some() {
                return Err(format!("`{}` stands in two rows", &record[key_at]));
            }
            rows.push(record);
        }
        Ok(Self { head, rows, by_key, key_at })
    }
}

impl Attributes for CsvTable {
    fn get(&self, name: &str) -> Option<Value> {
        let row = &self.rows[*self.by_key.get(name)?];
        let cells = self.head.iter().zip(row.iter()).map(|(name, cell)| (name.clone(), read_cell(cell)));
        Some(Value::Object(cells.collect()))
    }

    fn names(&self) -> Vec<SmolStr> {
        self.rows.iter().map(|row| row[self.key_at].into()).collect()
    }
}

/// An empty cell is null, digits are a number, `true` and `false` are truth values, all else is text.
fn read_cell(cell: &str) -> Value {
    match cell {
        "" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        text => match text.parse::<Decimal>() {
            Ok(number) => Value::Number(number),
            Err(_) => Value::from(text),
        },
    }
}
