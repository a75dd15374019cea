//! Bytes to text: byte order marks, UTF-16, UTF-8.

use std::borrow::Cow;

use crate::model::Problem;

use super::problems;

/// The most bytes that an input may have, unpacked or not.
pub(super) const MOST_BYTES: u64 = 2 << 30;

/// The text that the unpacked bytes of an input hold.
pub(super) fn decode(label: &str, bytes: Vec<u8>) -> Result<String, Problem> {
    match spelling(&bytes) {
        Spelling::Utf16(order) => decode_utf16(label, &bytes, order),
        Spelling::Utf8 => {
            // One check for what the format is before one for whether it is text: binary files get their names.
            if let Some(problem) = problems::binary(label, &bytes) {
                return Err(problem);
            }
            String::from_utf8(bytes).map_err(|error| {
                let at = error.utf8_error().valid_up_to();
                problems::not_utf8(label, at)
            })
        }
    }
}

/// The text of a beginning of an input, which may be cut anywhere.
pub(super) fn lossy(bytes: &[u8]) -> Cow<'_, str> {
    match spelling(bytes) {
        Spelling::Utf8 => String::from_utf8_lossy(bytes),
        Spelling::Utf16(order) => {
            let units = bytes.as_chunks::<2>().0.iter().map(|&pair| order(pair));
            let letters = char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER));
            Cow::Owned(letters.collect())
        }
    }
}

#[derive(Clone, Copy)]
enum Spelling {
    Utf8,
    Utf16(fn([u8; 2]) -> u16),
}

/// How the text is spelled: by its byte order mark, else by where the zero bytes of its first characters stand.
fn spelling(bytes: &[u8]) -> Spelling {
    match bytes {
        [0xff, 0xfe, ..] => Spelling::Utf16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => Spelling::Utf16(u16::from_be_bytes),
        [a, 0, b, 0, ..] if *a > 0 && *b > 0 => Spelling::Utf16(u16::from_le_bytes),
        [0, a, 0, b, ..] if *a > 0 && *b > 0 => Spelling::Utf16(u16::from_be_bytes),
        _ => Spelling::Utf8,
    }
}

fn decode_utf16(label: &str, bytes: &[u8], order: fn([u8; 2]) -> u16) -> Result<String, Problem> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(problems::broken_utf16(label, bytes.len() - 1));
    }
    let units = pairs.iter().map(|&pair| order(pair));
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut at = 0;
    for decoded in char::decode_utf16(units) {
        let character = decoded.map_err(|_| problems::broken_utf16(label, at))?;
        at += 2 * character.len_utf16();
        text.push(character);
    }
    Ok(text)
}
