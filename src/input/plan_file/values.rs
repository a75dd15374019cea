//! Values as JSON text, as `show -json` writes them: what is unknown or sensitive stands apart, in masks.

use std::fmt::Write as _;

use serde_json::Value as Json;

use super::Broken;
use super::marks::{Marks, Part};
use super::msgpack::{Cursor, Head};
use super::secrets;
use crate::input::text::MOST_BYTES;

/// Values nested deeper than this are not looked into: they count as not known.
const DEEPEST: usize = 128;

/// Writes values into one text.
pub(super) struct Writer {
    /// The values.
    pub(super) text: String,
    /// What is unknown in the value written last; empty if nothing is.
    pub(super) unknown: String,
    /// What is sensitive in it; empty if nothing is.
    pub(super) sensitive: String,
}

/// What is known of a value besides its bytes.
#[derive(Clone, Copy)]
struct Known<'k> {
    /// Its type, where the bytes say it.
    kind: Option<&'k Json>,
    marks: Option<&'k Marks>,
    guard: Guard,
    depth: usize,
}

/// Which values are sensitive by their names alone.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Guard {
    /// None: no schema has a say in them.
    None,
    /// Those whose name speaks of a secret.
    Names,
    /// The content of a secret too.
    Contents,
}

impl Writer {
    pub(super) fn new(room: usize) -> Self {
        Self { text: String::with_capacity(room), unknown: String::new(), sensitive: String::new() }
    }

    /// Writes the value that some bytes hold.
    pub(super) fn value(&mut self, msgpack: &[u8], marks: Option<&Marks>, guard: Guard) -> Result<(), Broken> {
        self.unknown.clear();
        self.sensitive.clear();
        let mut input = Cursor::new(msgpack);
        self.any(&mut input, Known { kind: None, marks, guard, depth: 0 })?;
        if input.is_empty() { Ok(()) } else { Err(Broken::Values) }
    }

    /// Writes a text as a JSON string.
    pub(super) fn string(&mut self, text: &str) -> Result<(), Broken> {
        // A control character takes six times its room.
        let grown = text.len() + 5 * text.bytes().filter(|byte| *byte < b' ' || matches!(byte, b'"' | b'\\')).count();
        if (self.text.len() + grown) as u64 > MOST_BYTES {
            return Err(Broken::TooLarge);
        }
        push_string(text, &mut self.text);
        Ok(())
    }

    fn any(&mut self, input: &mut Cursor<'_>, known: Known<'_>) -> Result<(), Broken> {
        match input.type_of_any() {
            None => self.typed(input, known),
            Some(kind) => {
                let kind: Option<Json> = serde_json::from_slice(kind).ok();
                // The schema leaves open what this is, so it marks nothing in it.
                self.typed(input, Known { kind: kind.as_ref(), guard: Guard::None, ..known })
            }
        }
    }

    fn typed(&mut self, input: &mut Cursor<'_>, mut known: Known<'_>) -> Result<(), Broken> {
        if self.text.len() as u64 > MOST_BYTES {
            return Err(Broken::TooLarge);
        }
        let head = input.head().ok_or(Broken::Values)?;
        if known.marks.is_some_and(|marks| *marks == Marks::All || !marks.fits(head)) {
            self.sensitive.push_str("true");
            known.marks = None;
            known.guard = Guard::None;
        }
        match head {
            Head::Null => self.text.push_str("null"),
            Head::Bool(value) => self.text.push_str(if value { "true" } else { "false" }),
            Head::Integer(number) => write!(self.text, "{number}").expect("writing to a string succeeds"),
            Head::Float(number) if number.is_finite() => {
                write!(self.text, "{number}").expect("writing to a string succeeds");
            }
            Head::Text(text) if known.kind.is_some_and(|kind| kind == "number") && is_number(text) => {
                self.text.push_str(text);
            }
            Head::Text(text) => self.string(text)?,
            Head::List(length) if known.depth < DEEPEST => self.list(input, length, known)?,
            Head::Map(length) if known.depth < DEEPEST => self.object(input, length, known)?,
            Head::List(length) => self.not_known(input, length)?,
            Head::Map(length) => self.not_known(input, 2 * length)?,
            Head::Float(_) | Head::Unknown => self.not_known(input, 0)?,
            Head::Bytes(_) => return Err(Broken::Values),
        }
        Ok(())
    }

    fn not_known(&mut self, input: &mut Cursor<'_>, inside: usize) -> Result<(), Broken> {
        self.text.push_str("null");
        self.unknown.push_str("true");
        input.skip(inside).ok_or(Broken::Values)
    }

    fn list(&mut self, input: &mut Cursor<'_>, length: usize, known: Known<'_>) -> Result<(), Broken> {
        let mut unknown = Mask::open(&mut self.unknown, '[');
        let mut sensitive = Mask::open(&mut self.sensitive, '[');
        let may_mark = known.may_mark();
        self.text.push('[');
        for at in 0..length {
            if at > 0 {
                self.text.push(',');
            }
            unknown.part(&mut self.unknown, None);
            let marks = known.marks.and_then(|marks| marks.part(&Part::Element(at)));
            if may_mark {
                sensitive.part(&mut self.sensitive, None);
            }
            let kind = element_kind(known.kind, at);
            self.any(input, Known { kind, marks, guard: known.guard.below(), depth: known.depth + 1 })?;
            unknown.end_of_part(&mut self.unknown, "false");
            if may_mark {
                sensitive.end_of_part(&mut self.sensitive, "false");
            }
        }
        self.text.push(']');
        unknown.close(&mut self.unknown, ']');
        sensitive.close(&mut self.sensitive, ']');
        Ok(())
    }

    fn object(&mut self, input: &mut Cursor<'_>, length: usize, known: Known<'_>) -> Result<(), Broken> {
        let mut unknown = Mask::open(&mut self.unknown, '{');
        let mut sensitive = Mask::open(&mut self.sensitive, '{');
        let may_mark = known.may_mark();
        self.text.push('{');
        let start = self.text.len();
        for _ in 0..length {
            let before = self.text.len();
            if before > start {
                self.text.push(',');
            }
            let key_start = self.text.len();
            let Some(Head::Text(name)) = input.head() else { return Err(Broken::Values) };
            self.string(name)?;
            let key = key_start..self.text.len();
            let marks = known.marks.and_then(|marks| marks.part(&Part::Field(name.into())));
            let is_hidden = input.holds_something() && known.guard.hides(name);
            let kind = field_kind(known.kind, name);
            let inside = Known { kind, marks, guard: known.guard.below(), depth: known.depth + 1 };
            // Most values are plain, and have no masks to be written.
            if marks.is_none() && !is_hidden && input.is_plain() {
                self.text.push(':');
                self.typed(input, inside)?;
                continue;
            }
            let inside = if is_hidden { Known { marks: Some(&Marks::All), ..inside } } else { inside };
            unknown.part(&mut self.unknown, Some(&self.text[key.clone()]));
            if may_mark {
                sensitive.part(&mut self.sensitive, Some(&self.text[key]));
            }
            self.text.push(':');
            self.any(input, inside)?;
            // What is wholly unknown stands in the mask alone.
            if unknown.marks_all(&self.unknown) {
                self.text.truncate(before);
            }
            unknown.end_of_part(&mut self.unknown, "");
            if may_mark {
                sensitive.end_of_part(&mut self.sensitive, "");
            }
        }
        self.text.push('}');
        unknown.close(&mut self.unknown, '}');
        sensitive.close(&mut self.sensitive, '}');
        Ok(())
    }
}

impl Known<'_> {
    fn may_mark(&self) -> bool {
        self.marks.is_some() || self.guard != Guard::None
    }
}

impl Guard {
    /// That of values of a resource of a type. Those that Terraform makes itself have no secrets.
    pub(super) fn of(kind: &str) -> Self {
        if secrets::are_secrets(kind) { Self::Contents } else { Self::Names }
    }

    fn hides(self, name: &str) -> bool {
        match self {
            Self::None => false,
            Self::Names => secrets::is_secret(name),
            Self::Contents => secrets::is_secret(name) || secrets::is_content(name),
        }
    }

    /// That of what is within a value: the content of a secret is one of its own attributes.
    fn below(self) -> Self {
        if self == Self::Contents { Self::Names } else { self }
    }
}

/// The mask of a list or an object while it is written. One that marks nothing is taken back.
struct Mask {
    start: usize,
    /// Where the part began, its key included, and where its mask begins.
    part: (usize, usize),
    is_empty: bool,
}

impl Mask {
    fn open(into: &mut String, bracket: char) -> Self {
        let start = into.len();
        into.push(bracket);
        Self { start, part: (start, start), is_empty: true }
    }

    fn part(&mut self, into: &mut String, key: Option<&str>) {
        let begin = into.len();
        if begin > self.start + 1 {
            into.push(',');
        }
        if let Some(key) = key {
            into.push_str(key);
            into.push(':');
        }
        self.part = (begin, into.len());
    }

    fn marks_all(&self, mask: &str) -> bool {
        &mask[self.part.1..] == "true"
    }

    /// `none` is what stands for a part of which nothing is marked; nothing does if it is empty.
    fn end_of_part(&mut self, into: &mut String, none: &str) {
        if into.len() > self.part.1 {
            self.is_empty = false;
        } else if none.is_empty() {
            into.truncate(self.part.0);
        } else {
            into.push_str(none);
        }
    }

    fn close(self, into: &mut String, bracket: char) {
        if self.is_empty {
            into.truncate(self.start);
        } else {
            into.push(bracket);
        }
    }
}

/// The type of an element of a list, a set or a tuple.
fn element_kind(kind: Option<&Json>, at: usize) -> Option<&Json> {
    let inner = kind?.get(1)?;
    inner.as_array().filter(|_| kind.is_some_and(|kind| kind[0] == "tuple")).map_or(Some(inner), |kinds| kinds.get(at))
}

/// The type of an attribute of an object, or of the elements of a map.
fn field_kind<'k>(kind: Option<&'k Json>, name: &str) -> Option<&'k Json> {
    let inner = kind?.get(1)?;
    inner.as_object().map_or(Some(inner), |kinds| kinds.get(name))
}

/// Whether a text spells a number: those with many digits are stored so.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && all_digits(part) && (whole == "0" || !whole.starts_with('0'))
}

fn push_string(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.bytes().position(|byte| byte < b' ' || matches!(byte, b'"' | b'\\')) {
        out.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            other => write!(out, "\\u{other:04x}").expect("writing to a string succeeds"),
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::plan_file::wire;

    fn written(msgpack: &[u8], marks: Option<&Marks>) -> (String, String, String) {
        let mut writer = Writer::new(0);
        writer.value(msgpack, marks, Guard::None).unwrap();
        assert!(serde_json::from_str::<Json>(&writer.text).is_ok(), "{}", writer.text);
        (writer.text, writer.unknown, writer.sensitive)
    }

    /// `{"a": …}` around a value.
    fn within(value: &[u8]) -> Vec<u8> {
        [&[0x81, 0xa1, b'a'], value].concat()
    }

    #[test]
    fn unknown_values_stand_in_the_mask() {
        // {"a": [1, unknown, {"b": refined unknown, "c": 2}]}
        let list = [0x93, 0x01, 0xd4, 0, 0, 0x82, 0xa1, b'b', 0xc7, 1, 0x0c, 0x80, 0xa1, b'c', 2];
        let (text, unknown, sensitive) = written(&within(&list), None);
        assert_eq!((text.as_str(), sensitive.as_str()), (r#"{"a":[1,null,{"c":2}]}"#, ""));
        assert_eq!(unknown, r#"{"a":[false,true,{"b":true}]}"#);
        assert_eq!(written(&within(&[0x91, 0x80]), None).1, "");
        assert_eq!(written(&within(&[0xd4, 0, 0]), None), ("{}".into(), r#"{"a":true}"#.into(), String::new()));
    }

    #[test]
    fn sensitive_parts_stand_in_the_mask() {
        let step = |name: &str| wire::Step { attribute: Some(name.to_owned()), key: None };
        let at = wire::Step { attribute: None, key: Some(wire::DynamicValue { msgpack: vec![1].into() }) };
        let marks = Marks::of(&[wire::Path { steps: vec![step("a"), at, step("b")] }]);
        // {"a": [{}, {"b": "x"}]}
        let (_, _, sensitive) = written(&within(&[0x92, 0x80, 0x81, 0xa1, b'b', 0xa1, b'x']), marks.as_ref());
        assert_eq!(sensitive, r#"{"a":[false,{"b":true}]}"#);
        // What does not fit the path is marked whole; what holds nothing is not.
        assert_eq!(written(&within(&[0xa1, b'x']), marks.as_ref()).2, r#"{"a":true}"#);
        assert_eq!(written(&within(&[0x91, 0x80]), marks.as_ref()).2, r#"{"a":true}"#);
        assert_eq!(written(&within(&[0xc0]), marks.as_ref()).2, "");
    }

    #[test]
    fn names_of_secrets_mark_what_they_hold() {
        let guarded = |guard: Guard, msgpack: &[u8]| {
            let mut writer = Writer::new(0);
            writer.value(msgpack, None, guard).unwrap();
            writer.sensitive
        };
        let field = |name: &str, value: &[u8]| [&[0x81, 0xa0 | name.len() as u8], name.as_bytes(), value].concat();
        assert_eq!(guarded(Guard::Names, &field("password", &[0xa1, b'x'])), r#"{"password":true}"#);
        assert_eq!(guarded(Guard::Names, &field("a", &field("token", &[0xa1, b'x']))), r#"{"a":{"token":true}}"#);
        assert_eq!(guarded(Guard::Names, &field("value", &[0xa1, b'x'])), "");
        assert_eq!(guarded(Guard::Contents, &field("value", &[0xa1, b'x'])), r#"{"value":true}"#);
        assert_eq!(guarded(Guard::None, &field("password", &[0xa1, b'x'])), "");
        // Nothing, a number, a truth, an empty text: there is no secret in them.
        for value in [&[0xc0][..], &[0x08], &[0xc3], &[0xa0], &[0x90], &[0x80]] {
            assert_eq!(guarded(Guard::Names, &field("password", value)), "", "{value:x?}");
        }
    }

    #[test]
    fn types_tell_numbers_from_texts() {
        let any = |kind: &str, value: &[u8]| {
            [&[0x92, 0xc4, u8::try_from(kind.len()).unwrap()], kind.as_bytes(), value].concat()
        };
        let number = [&[0xa3][..], b"0.1"].concat();
        assert_eq!(written(&any(r#""number""#, &number), None).0, "0.1");
        assert_eq!(written(&any(r#""string""#, &number), None).0, r#""0.1""#);
        assert_eq!(written(&number, None).0, r#""0.1""#);
        let pair = [&[0x92][..], &number, &number].concat();
        assert_eq!(written(&any(r#"["tuple",["string","number"]]"#, &pair), None).0, r#"["0.1",0.1]"#);
        let object = within(&number);
        assert_eq!(written(&any(r#"["object",{"a":"number"}]"#, &object), None).0, r#"{"a":0.1}"#);
        assert_eq!(written(&any(r#"["map","number"]"#, &object), None).0, r#"{"a":0.1}"#);
        assert_eq!(written(&any(r#""number""#, &[0xa4, b'+', b'I', b'n', b'f']), None).0, r#""+Inf""#);
    }

    #[test]
    fn texts_are_escaped() {
        let hostile = "\"}],\\u0000\u{0}\u{1}\n\r\t\u{7f}\u{2028}é";
        let bytes = [&[0xd9, u8::try_from(hostile.len()).unwrap()], hostile.as_bytes()].concat();
        let (text, ..) = written(&bytes, None);
        assert_eq!(serde_json::from_str::<String>(&text).unwrap(), hostile);
    }

    #[test]
    fn depth_is_bounded() {
        let mut bytes = vec![0x91; 10_000];
        bytes.push(0xc0);
        let mut writer = Writer::new(0);
        writer.value(&bytes, None, Guard::None).unwrap();
        let Writer { text, unknown, .. } = writer;
        assert_eq!(text, format!("{}null{}", "[".repeat(DEEPEST), "]".repeat(DEEPEST)));
        assert_eq!(unknown, format!("{}true{}", "[".repeat(DEEPEST), "]".repeat(DEEPEST)));
        let maps = [0x81, 0xa1, b'a'].repeat(10_000);
        assert!(Writer::new(0).value(&maps, None, Guard::None).is_err());
    }

    #[test]
    fn what_is_no_value_is_an_error() {
        // Two values, a key that is no text, bytes, a text that is no UTF-8.
        for bytes in [&[0x01, 0x02][..], &[0x81, 0x01, 0x02], &[0xc4, 1, 0], &[0xa1, 0xff], &[]] {
            assert!(matches!(Writer::new(0).value(bytes, None, Guard::None), Err(Broken::Values)), "{bytes:x?}");
        }
    }
}
