//! `yamlencode`: block style with quoted texts, in the layout that Terraform writes.

use crate::lang::convert::number_text;
use crate::lang::fuel::{Fuel, MAX_TEXT, Spent};
use crate::model::{Object, Value};

/// A longer key stands behind `?`, on a line of its own.
const LONGEST_SIMPLE_KEY: usize = 128;

/// A value without unknown or sensitive parts.
pub(super) fn encode(value: &Value, fuel: &Fuel) -> Result<String, Spent> {
    let mut writer = Writer { text: String::new(), fuel, is_open: false };
    writer.node(value, Place::Root, 0)?;
    if writer.is_open {
        writer.text.push_str("...\n");
    }
    Ok(writer.text)
}

/// Where a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Root,
    /// Behind `key:`.
    Key,
    /// Behind `- `, or behind `: ` below a long key.
    Dash,
}

struct Writer<'w> {
    text: String,
    fuel: &'w Fuel,
    /// Whether more could follow what stands last, so that `...` has to end it.
    is_open: bool,
}

impl Writer<'_> {
    /// Writes a value; `indent` is that of the collection it stands in.
    fn node(&mut self, value: &Value, place: Place, indent: usize) -> Result<(), Spent> {
        self.fuel.spend(1)?;
        if self.text.len() > MAX_TEXT {
            return Err(Spent);
        }
        let inner = if place == Place::Root { 0 } else { indent + 2 };
        match value {
            Value::List(items) if !items.is_empty() => {
                // The dashes stand below the key itself.
                let own = if place == Place::Key { indent } else { inner };
                self.line_break(place);
                self.list(items, own, place == Place::Key)
            }
            Value::Object(object) if !object.is_empty() => {
                self.line_break(place);
                self.object(object, inner, place == Place::Key)
            }
            scalar => {
                if place == Place::Key {
                    self.text.push(' ');
                }
                self.scalar(scalar, place, indent + 2)
            }
        }
    }

    fn line_break(&mut self, place: Place) {
        if place == Place::Key {
            self.text.push('\n');
        }
    }

    fn list(&mut self, items: &[Value], indent: usize, starts_line: bool) -> Result<(), Spent> {
        for (at, item) in items.iter().enumerate() {
            self.indent(indent, starts_line || at > 0);
            self.text.push_str("- ");
            self.node(item, Place::Dash, indent)?;
        }
        Ok(())
    }

    fn object(&mut self, object: &Object, indent: usize, starts_line: bool) -> Result<(), Spent> {
        let mut entries = object.entries();
        entries.sort_by(|(a, _), (b, _)| a.cmp(b));
        for (at, (name, value)) in entries.iter().enumerate() {
            self.indent(indent, starts_line || at > 0);
            if name.len() <= LONGEST_SIMPLE_KEY && !name.contains(is_break) {
                self.quoted(name);
                self.text.push(':');
                self.node(value, Place::Key, indent)?;
            } else {
                self.text.push_str("? ");
                self.string(name, indent + 2);
                self.indent(indent, true);
                self.text.push_str(": ");
                self.node(value, Place::Dash, indent)?;
            }
        }
        Ok(())
    }

    fn indent(&mut self, indent: usize, is_wanted: bool) {
        if is_wanted {
            self.text.extend(std::iter::repeat_n(' ', indent));
        }
    }

    fn scalar(&mut self, value: &Value, place: Place, indent: usize) -> Result<(), Spent> {
        let plain = match value {
            Value::Bool(truth) => truth.to_string(),
            Value::Number(number) => number_text(*number).to_string(),
            Value::List(_) => "[]".to_owned(),
            Value::Object(_) => "{}".to_owned(),
            Value::String(text) => {
                self.fuel.spend_text(text.len())?;
                self.string(text, indent);
                return Ok(());
            }
            Value::Null | Value::Unknown(_) | Value::Sensitive(_) => "null".to_owned(),
        };
        self.text.push_str(&plain);
        self.text.push('\n');
        self.is_open = place == Place::Root && !matches!(value, Value::List(_) | Value::Object(_));
        Ok(())
    }

    /// Texts of several lines stand as they are, if nothing in them would be lost.
    fn string(&mut self, text: &str, indent: usize) {
        self.is_open = false;
        if text.contains('\n') && is_block(text) {
            self.block(text, indent);
        } else {
            self.quoted(text);
            self.text.push('\n');
        }
    }

    fn block(&mut self, text: &str, indent: usize) {
        self.text.push('|');
        if text.starts_with([' ', '\n']) {
            self.text.push('2');
        }
        if !text.ends_with('\n') {
            self.text.push('-');
        } else if text == "\n" || text.ends_with("\n\n") {
            self.text.push('+');
            self.is_open = true;
        }
        self.text.push('\n');
        for line in text.split_inclusive('\n') {
            self.indent(indent, line != "\n");
            self.text.push_str(line);
        }
        if !text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn quoted(&mut self, text: &str) {
        self.is_open = false;
        self.text.push('"');
        for letter in text.chars() {
            match letter {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                plain if is_printable(plain) && !is_break(plain) => self.text.push(plain),
                other => self.text.push_str(&escaped(other)),
            }
        }
        self.text.push('"');
    }
}

/// Whether a text can stand in a block: no characters to escape, no space at the end of a line.
fn is_block(text: &str) -> bool {
    text.chars().all(is_printable) && !text.ends_with(' ') && !text.contains(" \n")
}

fn is_break(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Characters that Terraform writes as they are; those of four bytes are not among them.
fn is_printable(letter: char) -> bool {
    matches!(letter, '\n' | ' '..='~' | '\u{a0}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}')
}

fn escaped(letter: char) -> String {
    let short = match letter {
        '\0' => "\\0",
        '\u{7}' => "\\a",
        '\u{8}' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\u{b}' => "\\v",
        '\u{c}' => "\\f",
        '\r' => "\\r",
        '\u{1b}' => "\\e",
        '\u{85}' => "\\N",
        '\u{2028}' => "\\L",
        '\u{2029}' => "\\P",
        _ => return long_escape(u32::from(letter)),
    };
    short.to_owned()
}

fn long_escape(code: u32) -> String {
    match code {
        0..=0xff => format!("\\x{code:02X}"),
        0x100..=0xffff => format!("\\u{code:04X}"),
        _ => format!("\\U{code:08X}"),
    }
}
