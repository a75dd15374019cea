//! Text in other encodings than UTF-8, in Base64.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use encoding_rs::{Encoding, WINDOWS_874, WINDOWS_1252, WINDOWS_1254};

use super::{Call, Failed, Function, pure};
use crate::lang::Dialect;

pub(super) const ALL: &[Function] = &[
    pure("textdecodebase64", "base64, encoding", 2, Some(2), |call| {
        let charset = charset(call)?;
        let bytes = STANDARD.decode(call.text(0)?).map_err(|_| call.fail(0, "the text is not Base64"))?;
        let text = charset.decode(&bytes);
        call.made(&text.ok_or_else(|| call.fail(0, "the bytes are not text in this encoding"))?)
    })
    .only_in(Dialect::Terraform),
    pure("textencodebase64", "text, encoding", 2, Some(2), |call| {
        let charset = charset(call)?;
        let bytes = charset.encode(&call.text(0)?);
        call.made(&STANDARD.encode(bytes.ok_or_else(|| call.fail(0, "a character does not exist in this encoding"))?))
    })
    .only_in(Dialect::Terraform),
];

/// An encoding.
enum Charset {
    Utf16 {
        is_little: bool,
        /// Begins with a byte order mark.
        is_marked: bool,
    },
    /// Bytes up to this one, of which those from 0x80 to 0x9f are control characters: what the web takes for the
    /// encoding of Windows, where they are letters.
    Controls(&'static Encoding, u8),
    Other(&'static Encoding),
}

fn charset(call: &Call<'_>) -> Result<Charset, Failed> {
    let name = call.text(1)?;
    named(&name.to_ascii_lowercase())
        .ok_or_else(|| call.fail(1, "not the name of a known encoding, such as `UTF-16LE`"))
}

fn named(name: &str) -> Option<Charset> {
    match name {
        "utf-16" | "csutf16" => return Some(Charset::Utf16 { is_little: false, is_marked: true }),
        "utf-16be" | "csutf16be" => return Some(Charset::Utf16 { is_little: false, is_marked: false }),
        "utf-16le" | "csutf16le" => return Some(Charset::Utf16 { is_little: true, is_marked: false }),
        _ => {}
    }
    let encoding = Encoding::for_label_no_replacement(name.as_bytes())?;
    let is_of_windows = name.contains("125") || name.contains("874");
    if ![WINDOWS_874, WINDOWS_1252, WINDOWS_1254].contains(&encoding) || is_of_windows {
        return Some(Charset::Other(encoding));
    }
    let is_ascii = ["ascii", "x3.4", "646"].iter().any(|part| name.contains(part));
    Some(Charset::Controls(encoding, if is_ascii { 0x7f } else { 0xff }))
}

impl Charset {
    /// `None` if a character cannot be written.
    fn encode(&self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Utf16 { is_little, is_marked } => {
                let mark = is_marked.then_some(0xfeff);
                let units = mark.into_iter().chain(text.encode_utf16());
                Some(units.flat_map(|unit| if *is_little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect())
            }
            Self::Controls(encoding, last) => text.chars().map(|letter| single(encoding, *last, letter)).collect(),
            Self::Other(encoding) => {
                let (bytes, _, has_errors) = encoding.encode(text);
                (!has_errors).then(|| bytes.into_owned())
            }
        }
    }

    /// `None` if the bytes are no text.
    fn decode(&self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Utf16 { is_little, is_marked } => utf16(bytes, *is_little, *is_marked),
            Self::Controls(encoding, last) => {
                let letter = |byte: &u8| match byte {
                    0x80..=0x9f => Some(char::from(*byte).to_string()),
                    _ => Some(encoding.decode_without_bom_handling_and_without_replacement(&[*byte])?.into_owned()),
                };
                bytes.iter().map(|byte| letter(byte).filter(|_| byte <= last)).collect()
            }
            Self::Other(encoding) => {
                Some(encoding.decode_without_bom_handling_and_without_replacement(bytes)?.into_owned())
            }
        }
    }
}

fn single(encoding: &'static Encoding, last: u8, letter: char) -> Option<u8> {
    let byte = match letter {
        '\u{80}'..='\u{9f}' => u8::try_from(u32::from(letter)).ok()?,
        _ => match encoding.encode(letter.encode_utf8(&mut [0; 4])) {
            (bytes, _, false) => *bytes.first().filter(|byte| !(0x80..=0x9f).contains(*byte))?,
            _ => return None,
        },
    };
    (byte <= last).then_some(byte)
}

fn utf16(bytes: &[u8], is_little: bool, is_marked: bool) -> Option<String> {
    let (is_little, bytes) = match bytes {
        [0xfe, 0xff, rest @ ..] if is_marked => (false, rest),
        [0xff, 0xfe, rest @ ..] if is_marked => (true, rest),
        _ => (is_little, bytes),
    };
    let unit = |pair: &[u8]| {
        let pair = [pair[0], pair[1]];
        if is_little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
    };
    let pairs = bytes.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    char::decode_utf16(pairs.map(unit)).collect::<Result<String, _>>().ok()
}
