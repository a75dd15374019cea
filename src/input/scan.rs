//! Walks JSON text that serde_json has already found sound, without copying it.
//!
//! On unsound text it stops early or gives nonsense, but it never panics and always ends.

use std::borrow::Cow;
use std::ops::Range;

/// A cursor over JSON text.
pub(super) struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// The next byte that is not white space, left in place.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.at += 1;
        }
        None
    }

    /// Steps over `byte` if it is next.
    #[inline]
    fn take(&mut self, byte: u8) -> bool {
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    /// Enters an object or a list.
    pub(super) fn open(&mut self, bracket: u8) -> bool {
        self.take(bracket)
    }

    /// The next key of the object that was entered, quotes included; `None` at its end, which is passed.
    pub(super) fn key(&mut self) -> Option<&'a str> {
        self.take(b',');
        if self.take(b'}') || self.peek() != Some(b'"') {
            return None;
        }
        let key = self.value();
        self.take(b':').then_some(key)
    }

    /// Whether the list that was entered has another element; its end is passed.
    pub(super) fn has_element(&mut self) -> bool {
        self.take(b',');
        !self.take(b']') && self.peek().is_some()
    }

    /// The text of the next value, which is passed.
    pub(super) fn value(&mut self) -> &'a str {
        let start = self.skip_value();
        self.text.get(start..self.at).unwrap_or("")
    }

    /// Steps over a value, and gives its start.
    fn skip_value(&mut self) -> usize {
        let next = self.peek();
        let start = self.at;
        match next {
            Some(b'"') => _ = self.skip_string(),
            Some(b'{' | b'[') => self.skip_nested(),
            _ => self.skip_word(),
        }
        start
    }

    /// Steps over a string; whether it has a backslash.
    fn skip_string(&mut self) -> bool {
        let bytes = self.text.as_bytes();
        let mut at = self.at + 1;
        let mut has_escapes = false;
        loop {
            // Eight bytes at a time: long strings are where the bytes of a plan are.
            while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
                let word = u64::from_le_bytes(*chunk);
                let hits = bytes_equal(word, b'"') | bytes_equal(word, b'\\');
                if hits != 0 {
                    at += hits.trailing_zeros() as usize / 8;
                    break;
                }
                at += 8;
            }
            match bytes.get(at) {
                Some(b'"') => break at += 1,
                Some(b'\\') => {
                    has_escapes = true;
                    at += 2;
                }
                Some(_) => at += 1,
                None => break,
            }
        }
        self.at = at.min(bytes.len());
        has_escapes
    }

    /// The place of the next key of the object that was entered, without its quotes, and whether it has escapes;
    /// `None` at the object's end.
    fn key_place(&mut self) -> Option<(Range<usize>, bool)> {
        self.take(b',');
        if self.peek() != Some(b'"') {
            return None;
        }
        let start = self.at + 1;
        let has_escapes = self.skip_string();
        let end = self.at.saturating_sub(1).max(start);
        self.take(b':').then_some((start..end, has_escapes))
    }

    /// The length of the value that the text begins with, if it has any.
    pub(super) fn value_length(mut self) -> Option<usize> {
        self.skip_value();
        (self.at > 0).then_some(self.at)
    }

    fn skip_nested(&mut self) {
        const OPEN: u8 = b'{';
        const CLOSE: u8 = b'}';
        let bytes = self.text.as_bytes();
        let mut depth = 0_usize;
        loop {
            // Eight bytes at a time. One bit parts square brackets from curly ones: to this cursor they are the same.
            while let Some(chunk) = bytes.get(self.at..).and_then(|rest| rest.first_chunk::<8>()) {
                let word = u64::from_le_bytes(*chunk);
                let folded = word | u64::from_le_bytes([b'{' ^ b'['; 8]);
                let hits = bytes_equal(word, b'"') | bytes_equal(folded, OPEN) | bytes_equal(folded, CLOSE);
                if hits != 0 {
                    self.at += hits.trailing_zeros() as usize / 8;
                    break;
                }
                self.at += 8;
            }
            let Some(&byte) = bytes.get(self.at) else { return };
            match byte {
                b'"' => {
                    let _ = self.skip_string();
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {
                    self.at += 1;
                    continue;
                }
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    fn skip_word(&mut self) {
        let bytes = self.text.as_bytes();
        // The words that most attributes of a plan are.
        let word = bytes.get(self.at..).and_then(|rest| rest.first_chunk::<4>());
        match word {
            Some(b"null" | b"true") => return self.at += 4,
            Some(b"fals") => return self.at = (self.at + 5).min(bytes.len()),
            _ => {}
        }
        let ends = |byte: &u8| matches!(byte, b',' | b'}' | b']' | b':' | b' ' | b'\n' | b'\r' | b'\t');
        let rest = bytes.get(self.at..).unwrap_or(&[]);
        let length = rest.iter().position(ends).unwrap_or(rest.len());
        // A stray closing bracket must not hold the cursor in place for ever.
        self.at += length.max(usize::from(!rest.is_empty()));
        while !self.text.is_char_boundary(self.at) {
            self.at += 1;
        }
    }
}

/// A word whose lowest set bit marks the first byte of `word` that equals `byte`; 0 if none does.
fn bytes_equal(word: u64, byte: u8) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    let difference = word ^ (ONES * u64::from(byte));
    difference.wrapping_sub(ONES) & !difference & (ONES << 7)
}

/// Every entry of an object: the key with its quotes, and the value's text. Nothing if it is no object.
pub(super) fn entries(object: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut scan = Scan::new(object);
    let is_object = scan.open(b'{');
    std::iter::from_fn(move || if is_object { Some((scan.key()?, scan.value())) } else { None })
}

/// The places of every entry of an object: of the key without its quotes, whether it has escapes, and of the value.
pub(super) fn entry_places(object: &str) -> impl Iterator<Item = (Range<usize>, bool, Range<usize>)> {
    let mut scan = Scan::new(object);
    let is_object = scan.open(b'{');
    std::iter::from_fn(move || {
        let (key, has_escapes) = if is_object { scan.key_place()? } else { return None };
        let start = scan.skip_value();
        Some((key, has_escapes, start..scan.at))
    })
}

/// Every element of a list. Nothing if it is no list.
pub(super) fn elements(list: &str) -> impl Iterator<Item = &str> {
    let mut scan = Scan::new(list);
    let is_list = scan.open(b'[');
    std::iter::from_fn(move || (is_list && scan.has_element()).then(|| scan.value()))
}

/// The value of a key of an object; of equal keys the last.
pub(super) fn field<'a>(object: &'a str, name: &str) -> Option<&'a str> {
    let named = |(key, _): &(&str, &str)| string(key).is_some_and(|key| key == name);
    entries(object).filter(named).map(|(_, value)| value).last()
}

/// What a quoted string says; `None` if the text is no string. Lone surrogates become U+FFFD.
pub(super) fn string(quoted: &str) -> Option<Cow<'_, str>> {
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    if !inner.contains('\\') {
        return Some(Cow::Borrowed(inner));
    }
    Some(Cow::Owned(unescape(inner)))
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let Some(escape) = rest.chars().next() else { break };
        rest = &rest[escape.len_utf8()..];
        match escape {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'r' => out.push('\r'),
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            'u' => rest = push_code_unit(&mut out, rest),
            other => out.push(other),
        }
    }
    out.push_str(rest);
    out
}

/// Pushes the character whose hexadecimal digits (after `\u`) `rest` begins with, and gives what follows.
fn push_code_unit<'a>(out: &mut String, rest: &'a str) -> &'a str {
    let Some((first, after)) = code_unit(rest) else {
        out.push(char::REPLACEMENT_CHARACTER);
        return rest;
    };
    let second = after.strip_prefix("\\u").and_then(code_unit);
    if let Some((second, after)) = second
        && let Some(Ok(pair)) = char::decode_utf16([first, second]).next()
        && pair.len_utf16() == 2
    {
        out.push(pair);
        return after;
    }
    out.push(char::from_u32(u32::from(first)).unwrap_or(char::REPLACEMENT_CHARACTER));
    after
}

fn code_unit(text: &str) -> Option<(u16, &str)> {
    let digits = text.get(..4)?;
    Some((u16::from_str_radix(digits, 16).ok()?, &text[4..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_objects_and_lists() {
        let text = r#" { "a" : [1, {"b": "]}\""}] , "c":null,"a":true}"#;
        let found: Vec<_> = entries(text).collect();
        assert_eq!(found, [(r#""a""#, r#"[1, {"b": "]}\""}]"#), (r#""c""#, "null"), (r#""a""#, "true")]);
        assert_eq!(elements(found[0].1).collect::<Vec<_>>(), ["1", r#"{"b": "]}\""}"#]);
        assert_eq!(field(text, "a"), Some("true"));
        assert_eq!(entries("[1]").count() + elements("{}").count() + entries("{}").count(), 0);
    }

    #[test]
    fn unescapes_strings() {
        assert_eq!(string(r#""a\n\"\u00e9\ud83d\ude00\/""#).as_deref(), Some("a\n\"é😀/"));
        assert_eq!(string(r#""\ud800x\udc00\u00""#).as_deref(), Some("\u{fffd}x\u{fffd}\u{fffd}00"));
        assert_eq!(string("12"), None);
    }

    #[test]
    fn ends_on_unsound_text() {
        for text in ["{", "[", "[}", "[]]", "{\"a\"", "{\"a\":", "[1 2", "\"\\", "[:]", "[é", "{\"a\":}", "]"] {
            assert!(entries(text).take(100).count() < 100, "{text}");
            assert!(elements(text).take(100).count() < 100, "{text}");
            let _ = Scan::new(text).value();
        }
    }
}
