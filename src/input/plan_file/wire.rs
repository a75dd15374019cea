//! The messages of a plan file, as far as they are read. Numbers are those of Terraform's and OpenTofu's format 3.

use prost::Message;
use prost::bytes::{Buf as _, Bytes};

use super::Broken;

/// A change of one resource instance.
#[derive(Clone, PartialEq, Message)]
pub(super) struct ResourceChange {
    /// Up to Terraform 0.14 the address is in parts, here and in the next five.
    #[prost(string, tag = "1")]
    pub(super) module: String,
    #[prost(int32, tag = "2")]
    pub(super) mode: i32,
    #[prost(string, tag = "3")]
    pub(super) kind: String,
    #[prost(string, tag = "4")]
    pub(super) name: String,
    #[prost(string, optional, tag = "5")]
    pub(super) key: Option<String>,
    #[prost(int64, optional, tag = "6")]
    pub(super) index: Option<i64>,
    #[prost(string, tag = "7")]
    pub(super) deposed: String,
    #[prost(string, tag = "8")]
    pub(super) provider: String,
    #[prost(message, optional, tag = "9")]
    pub(super) change: Option<Change>,
    #[prost(string, tag = "13")]
    pub(super) address: String,
    #[prost(string, tag = "14")]
    pub(super) previous_address: String,
}

/// The mode of a data source in a split address.
pub(super) const DATA: i32 = 1;

#[derive(Clone, PartialEq, Message)]
pub(super) struct Change {
    #[prost(int32, tag = "1")]
    pub(super) action: i32,
    #[prost(message, repeated, tag = "2")]
    pub(super) values: Vec<DynamicValue>,
    #[prost(message, repeated, tag = "3")]
    pub(super) before_sensitive: Vec<Path>,
    #[prost(message, repeated, tag = "4")]
    pub(super) after_sensitive: Vec<Path>,
    #[prost(message, optional, tag = "5")]
    pub(super) importing: Option<Importing>,
}

/// That an object is imported; what under is not read.
#[derive(Clone, PartialEq, Message)]
pub(super) struct Importing {}

/// A value in MessagePack.
#[derive(Clone, PartialEq, Message)]
pub(super) struct DynamicValue {
    #[prost(bytes = "bytes", tag = "1")]
    pub(super) msgpack: Bytes,
}

#[derive(Clone, PartialEq, Message)]
pub(super) struct Path {
    #[prost(message, repeated, tag = "1")]
    pub(super) steps: Vec<Step>,
}

/// A step of a path: into an attribute, or to the element under a key.
#[derive(Clone, PartialEq, Message)]
pub(super) struct Step {
    #[prost(string, optional, tag = "1")]
    pub(super) attribute: Option<String>,
    #[prost(message, optional, tag = "2")]
    pub(super) key: Option<DynamicValue>,
}

/// A variable with its value.
#[derive(Clone, PartialEq, Message)]
pub(super) struct Variable {
    #[prost(string, tag = "1")]
    pub(super) name: String,
    #[prost(message, optional, tag = "2")]
    pub(super) value: Option<DynamicValue>,
}

/// What a plan says at its top, one field after the other: held all at once, small messages would take many times the
/// room that they have in the file.
pub(super) enum Field {
    Version(u64),
    Variable(Variable),
    Change(Box<ResourceChange>),
    TerraformVersion(String),
    Errored(bool),
    Applyable(bool),
    Complete(bool),
    /// It leaves something out: a target, or a change that was put off.
    Partial,
    Other,
}

/// The fields of a message.
pub(super) struct Fields(Bytes);

impl Fields {
    pub(super) fn new(bytes: Bytes) -> Self {
        Self(bytes)
    }

    fn field(&mut self) -> Option<Field> {
        let key = self.varint()?;
        let number = key >> 3;
        match key & 7 {
            0 => {
                let value = self.varint()?;
                Some(match number {
                    1 => Field::Version(value),
                    20 => Field::Errored(value != 0),
                    25 => Field::Applyable(value != 0),
                    26 => Field::Complete(value != 0),
                    _ => Field::Other,
                })
            }
            1 => self.skip(8),
            2 => {
                let length = usize::try_from(self.varint()?).ok().filter(|length| *length <= self.0.len())?;
                let bytes = self.0.split_to(length);
                Some(match number {
                    2 => Field::Variable(Variable::decode(bytes).ok()?),
                    3 => Field::Change(Box::new(ResourceChange::decode(bytes).ok()?)),
                    5 | 27 | 31 | 32 => Field::Partial,
                    14 => Field::TerraformVersion(String::from_utf8(bytes.into()).ok()?),
                    _ => Field::Other,
                })
            }
            5 => self.skip(4),
            _ => None,
        }
    }

    fn skip(&mut self, length: usize) -> Option<Field> {
        (self.0.len() >= length).then(|| self.0.advance(length))?;
        Some(Field::Other)
    }

    fn varint(&mut self) -> Option<u64> {
        const MOST: usize = 10;
        let mut value = 0_u64;
        for at in 0..MOST {
            let byte = *self.0.get(at)?;
            value |= u64::from(byte & 0x7f).checked_shl(7 * u32::try_from(at).ok()?)?;
            if byte < 0x80 {
                self.0.advance(at + 1);
                return Some(value);
            }
        }
        None
    }
}

impl Iterator for Fields {
    type Item = Result<Field, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        (!self.0.is_empty()).then(|| self.field().ok_or(Broken::Messages))
    }
}
