//! Reads MessagePack piece by piece. No length in it is believed before the bytes are there.

use rmp::Marker;

/// A cursor over MessagePack.
#[derive(Clone)]
pub(super) struct Cursor<'a> {
    bytes: &'a [u8],
}

/// The head of a value. The contents of lists and maps follow it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Head<'a> {
    Null,
    Bool(bool),
    Integer(i128),
    Float(f64),
    Text(&'a str),
    /// Bytes that are no text: Terraform puts types into them.
    Bytes(&'a [u8]),
    List(usize),
    Map(usize),
    /// An extension: Terraform's values that are not known yet, whatever is known of them.
    Unknown,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// Whether all was read.
    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The head of the next value; `None` if the bytes end within it or are none.
    pub(super) fn head(&mut self) -> Option<Head<'a>> {
        Some(match Marker::from_u8(self.take(1)?[0]) {
            Marker::Null => Head::Null,
            Marker::False => Head::Bool(false),
            Marker::True => Head::Bool(true),
            Marker::FixPos(value) => Head::Integer(value.into()),
            Marker::FixNeg(value) => Head::Integer(value.into()),
            Marker::U8 => Head::Integer(u8::from_be_bytes(self.array()?).into()),
            Marker::U16 => Head::Integer(u16::from_be_bytes(self.array()?).into()),
            Marker::U32 => Head::Integer(u32::from_be_bytes(self.array()?).into()),
            Marker::U64 => Head::Integer(u64::from_be_bytes(self.array()?).into()),
            Marker::I8 => Head::Integer(i8::from_be_bytes(self.array()?).into()),
            Marker::I16 => Head::Integer(i16::from_be_bytes(self.array()?).into()),
            Marker::I32 => Head::Integer(i32::from_be_bytes(self.array()?).into()),
            Marker::I64 => Head::Integer(i64::from_be_bytes(self.array()?).into()),
            Marker::F32 => Head::Float(f32::from_be_bytes(self.array()?).into()),
            Marker::F64 => Head::Float(f64::from_be_bytes(self.array()?)),
            Marker::FixStr(length) => self.text(length.into())?,
            Marker::Str8 => self.length(1).and_then(|length| self.text(length))?,
            Marker::Str16 => self.length(2).and_then(|length| self.text(length))?,
            Marker::Str32 => self.length(4).and_then(|length| self.text(length))?,
            Marker::Bin8 => Head::Bytes(self.length(1).and_then(|length| self.take(length))?),
            Marker::Bin16 => Head::Bytes(self.length(2).and_then(|length| self.take(length))?),
            Marker::Bin32 => Head::Bytes(self.length(4).and_then(|length| self.take(length))?),
            Marker::FixArray(length) => Head::List(self.fits(length.into())?),
            Marker::Array16 => Head::List(self.length(2).and_then(|length| self.fits(length))?),
            Marker::Array32 => Head::List(self.length(4).and_then(|length| self.fits(length))?),
            Marker::FixMap(length) => Head::Map(self.fits(length.into())?),
            Marker::Map16 => Head::Map(self.length(2).and_then(|length| self.fits(length))?),
            Marker::Map32 => Head::Map(self.length(4).and_then(|length| self.fits(length))?),
            Marker::FixExt1 => self.extension(1)?,
            Marker::FixExt2 => self.extension(2)?,
            Marker::FixExt4 => self.extension(4)?,
            Marker::FixExt8 => self.extension(8)?,
            Marker::FixExt16 => self.extension(16)?,
            Marker::Ext8 => self.length(1).and_then(|length| self.extension(length))?,
            Marker::Ext16 => self.length(2).and_then(|length| self.extension(length))?,
            Marker::Ext32 => self.length(4).and_then(|length| self.extension(length))?,
            Marker::Reserved => return None,
        })
    }

    /// The type in front of a value of any type, which is a pair of both; `None`, and nothing is read, where the next
    /// value is no such pair.
    pub(super) fn type_of_any(&mut self) -> Option<&'a [u8]> {
        const PAIR: u8 = 0x92;
        if self.bytes.first() != Some(&PAIR) {
            return None;
        }
        let mut ahead = self.clone();
        let (Head::List(2), Head::Bytes(kind)) = (ahead.head()?, ahead.head()?) else { return None };
        *self = ahead;
        Some(kind)
    }

    /// Whether the next value is nothing, a truth, a whole number or a text: known, and with nothing in it.
    pub(super) fn is_plain(&self) -> bool {
        self.bytes.first().is_some_and(
            |byte| matches!(byte, 0x00..=0x7f | 0xa0..=0xbf | 0xc0 | 0xc2 | 0xc3 | 0xcc..=0xd3 | 0xd9..=0xdb | 0xe0..),
        )
    }

    /// Whether the next value is a text, a list or a map with something in it.
    pub(super) fn holds_something(&self) -> bool {
        // One that is empty is written in its first byte.
        const EMPTY: [u8; 3] = [0x80, 0x90, 0xa0];
        self.bytes.first().is_some_and(|byte| match byte {
            0x80..=0xbf => !EMPTY.contains(byte),
            _ => matches!(byte, 0xd9..=0xdf),
        })
    }

    /// Steps over what is in a list or a map whose head was read, however deep it is.
    pub(super) fn skip(&mut self, values: usize) -> Option<()> {
        let mut left = values;
        while left > 0 {
            left -= 1;
            let inside = match self.head()? {
                Head::List(length) => length,
                Head::Map(length) => length.checked_mul(2)?,
                _ => 0,
            };
            left = left.checked_add(inside)?;
        }
        Some(())
    }

    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn length(&mut self, bytes: usize) -> Option<usize> {
        Some(self.take(bytes)?.iter().fold(0, |length, &byte| length << 8 | usize::from(byte)))
    }

    fn text(&mut self, length: usize) -> Option<Head<'a>> {
        std::str::from_utf8(self.take(length)?).ok().map(Head::Text)
    }

    /// A number of values, if that many can follow: each takes a byte at least.
    fn fits(&self, count: usize) -> Option<usize> {
        (count <= self.bytes.len()).then_some(count)
    }

    fn extension(&mut self, length: usize) -> Option<Head<'a>> {
        self.take(1)?;
        self.take(length)?;
        Some(Head::Unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(bytes: &[u8]) -> Option<Head<'_>> {
        Cursor::new(bytes).head()
    }

    #[test]
    fn numbers_keep_their_size_and_sign() {
        let cases: [(&[u8], i128); 9] = [
            (&[0x7f], 127),
            (&[0xff], -1),
            (&[0xcc, 0xff], 255),
            (&[0xcd, 0x01, 0x00], 256),
            (&[0xcf, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], i128::from(u64::MAX)),
            (&[0xd0, 0x80], -128),
            (&[0xd1, 0x80, 0x00], -32768),
            (&[0xd2, 0xff, 0xff, 0xff, 0xfe], -2),
            (&[0xd3, 0x80, 0, 0, 0, 0, 0, 0, 0], i128::from(i64::MIN)),
        ];
        for (bytes, number) in cases {
            assert_eq!(head(bytes), Some(Head::Integer(number)));
        }
        assert_eq!(head(&[0xca, 0x3f, 0, 0, 0]), Some(Head::Float(0.5)));
        assert_eq!(head(&[0xcb, 0x3f, 0xe8, 0, 0, 0, 0, 0, 0]), Some(Head::Float(0.75)));
    }

    #[test]
    fn extensions_of_every_length_are_unknown() {
        // The plain one, a refined one, and a long one.
        for bytes in [&[0xd4, 0x00, 0x00][..], &[0xc7, 0x02, 0x0c, 0x81, 0x01], &[0xc8, 0x00, 0x01, 0x0c, 0x80]] {
            let mut cursor = Cursor::new(bytes);
            assert_eq!((cursor.head(), cursor.is_empty()), (Some(Head::Unknown), true));
        }
        assert_eq!(head(&[0xc7, 0x00, 0x0c]), Some(Head::Unknown));
    }

    #[test]
    fn lengths_that_lie_are_no_values() {
        for bytes in [
            &[0xdd, 0xff, 0xff, 0xff, 0xff][..],
            &[0xdf, 0xff, 0xff, 0xff, 0xff, 0xc0],
            &[0xdb, 0xff, 0xff, 0xff, 0xff, b'a'],
            &[0xc6, 0xff, 0xff, 0xff, 0xff],
            &[0xc9, 0xff, 0xff, 0xff, 0xff, 0x0c],
            &[0xa3, b'a', b'b'],
            &[0x92],
            &[0xcb, 0x3f],
            &[0xc1],
            &[0xa1, 0xff],
            &[],
        ] {
            assert_eq!(head(bytes), None, "{bytes:x?}");
        }
    }

    #[test]
    fn a_type_is_told_from_a_list_of_texts() {
        let mut any = Cursor::new(&[0x92, 0xc4, 0x08, b'"', b's', b't', b'r', b'i', b'n', b'g', b'"', 0xa1, b'x']);
        assert_eq!(any.type_of_any(), Some(&br#""string""#[..]));
        assert_eq!(any.head(), Some(Head::Text("x")));
        let mut list = Cursor::new(&[0x92, 0xa1, b'x', 0xa1, b'y']);
        assert_eq!((list.type_of_any(), list.head()), (None, Some(Head::List(2))));
    }

    #[test]
    fn any_depth_is_stepped_over() {
        let mut bytes = vec![0x91; 10_000];
        bytes.extend([0xc0, 0xc3]);
        let mut cursor = Cursor::new(&bytes);
        assert_eq!((cursor.skip(1), cursor.head()), (Some(()), Some(Head::Bool(true))));
        assert_eq!(Cursor::new(&bytes[..9_999]).skip(1), None);
    }
}
