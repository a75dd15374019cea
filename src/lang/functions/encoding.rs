//! Encodings of text: Base64, gzip, URLs, CSV.

use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::read::{GzDecoder, GzEncoder};
use smol_str::SmolStr;

use super::{Call, Failed, Function, Gives, pure};
use crate::lang::Dialect;
use crate::lang::fuel::MAX_TEXT;
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
    // A function of OpenTofu.
    pure("base64gunzip", "base64", 1, Some(1), |call| {
        let bytes = STANDARD.decode(call.text(0)?).map_err(|_| call.fail(0, "the text is not Base64"))?;
        let mut text = String::new();
        let unpacked = GzDecoder::new(bytes.as_slice()).take(MAX_TEXT as u64 + 1).read_to_string(&mut text);
        unpacked.map_err(|_| call.fail(0, "not a text that gzip has packed"))?;
        call.made(&text)
    })
    .only_in(Dialect::Terraform)
    .gives(Gives::Text),
    // It unpacks to the same text as what Terraform makes, but need not be the same bytes.
    pure("base64gzip", "text", 1, Some(1), |call| {
        let text = call.text(0)?;
        let mut bytes = Vec::new();
        let packed = GzEncoder::new(text.as_bytes(), Compression::default()).read_to_end(&mut bytes);
        packed.map_err(|_| call.fail(0, "the text cannot be packed"))?;
        call.made(&STANDARD.encode(bytes))
    })
    .only_in(Dialect::Terraform)
    .gives(Gives::Text),
    pure("csvdecode", "text", 1, Some(1), csvdecode),
    // A function of OpenTofu.
    pure("urldecode", "text", 1, Some(1), |call| {
        let text = url_decoded(&call.text(0)?);
        call.made(&text.ok_or_else(|| call.fail(0, "a `%` is not followed by two digits, or the text is not UTF-8"))?)
    })
    .only_in(Dialect::Terraform)
    .gives(Gives::Text),
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

/// What [`url_encoded`] has written; `None` if it cannot have.
fn url_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                let (high, low) = (digit(rest.next()?)?, digit(rest.next()?)?);
                u8::try_from(high * 16 + low).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
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
