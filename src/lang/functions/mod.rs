//! Terraform's pure functions, and lepton's own `known`, `ref`, `refs` and `referrers`.

mod collections;
mod encoding;
mod numeric;
mod references;
mod text;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use smol_str::SmolStr;

use super::{Host, convert};
use crate::model::{Object, Value};

/// A function by its name.
#[derive(Debug)]
pub(super) struct Function {
    pub(super) name: &'static str,
    pub(super) least: usize,
    /// `None`: any number.
    pub(super) most: Option<usize>,
    pub(super) nulls: Nulls,
    /// Whether it looks at the resources around: its arguments are constants.
    pub(super) follows_references: bool,
    pub(super) run: fn(&Call<'_>) -> Result<Value, Failed>,
}

/// What null and unknown arguments do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nulls {
    /// They are the result.
    Travel,
    /// The function looks at them.
    Seen,
}

/// A call with its evaluated arguments, sensitivity taken off.
pub(super) struct Call<'c> {
    pub(super) arguments: &'c [Value],
    pub(super) host: &'c dyn Host,
    pub(super) is_stanza: bool,
}

/// Why a call failed, and which argument is to blame.
#[derive(Debug)]
pub(super) struct Failed {
    pub(super) argument: Option<usize>,
    pub(super) message: String,
}

/// Functions of Terraform that see the outside, or chance.
pub(super) const IMPURE: &[&str] = &[
    "abspath",
    "basename",
    "bcrypt",
    "dirname",
    "file",
    "filebase64",
    "filebase64sha256",
    "filebase64sha512",
    "fileexists",
    "filemd5",
    "fileset",
    "filesha1",
    "filesha256",
    "filesha512",
    "pathexpand",
    "plantimestamp",
    "rsadecrypt",
    "templatefile",
    "timestamp",
    "uuid",
];

const GROUPS: &[&[Function]] = &[collections::ALL, encoding::ALL, numeric::ALL, references::ALL, text::ALL];

/// A function by its name.
pub(super) fn find(name: &str) -> Option<&'static Function> {
    GROUPS.iter().flat_map(|group| group.iter()).find(|function| function.name == name)
}

/// The names of all functions.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    GROUPS.iter().flat_map(|group| group.iter()).map(|function| function.name)
}

/// A function whose null and unknown arguments are its result.
const fn pure(
    name: &'static str,
    least: usize,
    most: Option<usize>,
    run: fn(&Call<'_>) -> Result<Value, Failed>,
) -> Function {
    Function { name, least, most, nulls: Nulls::Travel, follows_references: false, run }
}

/// A function that looks at null and unknown arguments.
const fn seeing(
    name: &'static str,
    least: usize,
    most: Option<usize>,
    run: fn(&Call<'_>) -> Result<Value, Failed>,
) -> Function {
    Function { name, least, most, nulls: Nulls::Seen, follows_references: false, run }
}

impl Failed {
    fn new(message: impl Into<String>) -> Self {
        Self { argument: None, message: message.into() }
    }
}

impl Call<'_> {
    fn fail(&self, at: usize, message: impl Into<String>) -> Failed {
        Failed { argument: Some(at), message: message.into() }
    }

    fn number(&self, at: usize) -> Result<Decimal, Failed> {
        let converted = convert::to_number(&self.arguments[at]).map_err(|reason| self.fail(at, reason))?;
        converted.as_number().ok_or_else(|| self.fail(at, "a number is needed"))
    }

    fn integer(&self, at: usize) -> Result<i64, Failed> {
        let number = self.number(at)?;
        let whole = number.is_integer().then(|| number.to_i64()).flatten();
        whole.ok_or_else(|| self.fail(at, "a whole number is needed"))
    }

    fn text(&self, at: usize) -> Result<SmolStr, Failed> {
        let converted = convert::to_text(&self.arguments[at]).map_err(|reason| self.fail(at, reason))?;
        converted.as_str().map(SmolStr::from).ok_or_else(|| self.fail(at, "text is needed"))
    }

    fn list(&self, at: usize) -> Result<&[Value], Failed> {
        self.arguments[at].as_list().ok_or_else(|| self.fail(at, "a list is needed"))
    }

    fn object(&self, at: usize) -> Result<&Object, Failed> {
        self.arguments[at].as_object().ok_or_else(|| self.fail(at, "an object is needed"))
    }

    /// The first element that is not known, if any: then the result is not known either.
    fn unknown_in(items: &[Value]) -> Option<Value> {
        items.iter().find(|item| item.as_unknown().is_some()).map(|item| item.unmarked().clone())
    }
}
