//! Encodings of text: Base64, URLs, CSV.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use smol_str::SmolStr;

use super::{Call, Failed, Function, Gives, pure};
use crate::model::{Object, Type, Value};

pub(super) const ALL: &[Function] = &[
    pure("base64decode", "text", 1, Some(1), |call| {
        let text: String = call.text(0)?.chars().filter(|letter| !matches!(letter, '\r' | '\n')).collect();
        let bytes = STANDARD.decode(text).map_err(|_| call.fail(0, "the text is not Base64"))?;
        call.made(&String::from_utf8(bytes).map_err(|_| call.fail(0, "the bytes are not UTF-8"))?)
    })
    .gives(Gives::Text),
    pure("base64encode", "text", 1, Some(1), |call| call.made(&STANDARD.encode(call.text(0)?.as_bytes())))
        .gives(Gives::Text),
    pure("csvdecode", "text", 1, Some(1), csvdecode),
    pure("urlencode", "text", 1, Some(1), |call| call.made(&url_encoded(&call.text(0)?))).gives(Gives::Text),
];

/// As a query wants it: a space is `+`.
fn url_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => encoded.push(char::from(byte)),
            b' ' => encoded.push('+'),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

/// A list of objects, by the names in the first line.
fn csvdecode(call: &Call<'_>) -> Result<Value, Failed> {
    let text = call.text(0)?;
    // The reader accepts a quote that never ends, Terraform does not.
    if text.matches('"').count() % 2 == 1 {
        return Err(call.fail(0, "a quote does not end"));
    }
    // It also drops a byte order mark, which to Terraform is a part of the first name.
    let marked = if text.starts_with('\u{feff}') { format!("\u{feff}{text}") } else { text.to_string() };
    let mut reader = csv::ReaderBuilder::new().from_reader(marked.as_bytes());
    let broken = |error: csv::Error| call.fail(0, format!("not CSV: {error}"));
    let names: Vec<SmolStr> = reader.headers().map_err(broken)?.iter().map(SmolStr::from).collect();
    if names.is_empty() {
        return Err(call.fail(0, "the first line names the columns"));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        call.fuel.spend(1 + record.len())?;
        let fields = names.iter().zip(&record).map(|(name, field)| (name.clone(), Value::from(field)));
        rows.push(Value::Object(fields.collect::<Object>()));
    }
    Ok(call.list_of(Type::object(names.into_iter().map(|name| (name, Type::String))), rows))
}
