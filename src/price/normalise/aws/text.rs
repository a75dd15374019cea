//! Text as it streams in: what it is, whether its last row is whole, and no row without end.

use std::io::{self, Read};

use crate::model::Problem;
use crate::price::normalise::{Document, broken};

/// No row of a CSV file is longer.
const LONGEST_ROW: usize = 1 << 20;

/// A reader that tells how the text ends. It ends the text with an error at a row without end.
pub(super) struct Rows<R> {
    inner: R,
    in_row: usize,
}

impl<R: Read> Rows<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner, in_row: 0 }
    }

    /// Whether the last row had its end.
    pub(super) fn is_whole(&self) -> bool {
        self.in_row == 0
    }
}

impl<R: Read> Read for Rows<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        match buffer[..length].iter().rposition(|&byte| byte == b'\n') {
            Some(end) => self.in_row = length - end - 1,
            None => self.in_row += length,
        }
        if self.in_row > LONGEST_ROW {
            return Err(io::Error::other("a row is longer than a megabyte"));
        }
        Ok(length)
    }
}

/// A text whose start was looked at, with that start.
pub(super) type Whole<'r> = io::Chain<io::Cursor<Vec<u8>>, &'r mut dyn Read>;

/// Whether a text is JSON, by its first byte; with the whole text.
pub(super) fn peek<'r>(reader: &'r mut dyn Read, document: &Document) -> Result<(bool, Whole<'r>), Problem> {
    let mut start = vec![0; 64];
    let mut length = 0;
    while length < start.len() {
        match reader.read(&mut start[length..]) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(broken(document, 0, &format!("it cannot be read: {error}"))),
        }
    }
    start.truncate(length);
    let is_json = start.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    Ok((is_json, io::Cursor::new(start).chain(reader)))
}
