//! Terraform's pure functions, and lepton's own `known`, `money`, `ref`, `refs` and `referrers`.
//!
//! A group is a file with a table of its functions; [`find`] looks a name up in all of them. Functions
//! that see files, clocks or chance are not among them: the same input gives the same result.

mod call;
mod conversion;
mod encoding;
mod format;
mod gives;
mod hash;
mod json;
mod lists;
mod logic;
mod money;
mod network;
mod numeric;
mod objects;
mod references;
mod regex;
mod sensitivity;
mod sets;
mod text;
mod time;

pub(super) use call::{Call, Failed};
pub(super) use gives::Gives;

use super::Dialect;
use crate::model::Value;

/// A function by its name.
#[derive(Debug)]
pub(super) struct Function {
    pub(super) name: &'static str,
    /// The names of its arguments, for help: `list, start, end`.
    parameters: &'static str,
    /// The least number of arguments.
    pub(super) least: usize,
    /// The largest number of arguments; `None`: any number.
    pub(super) most: Option<usize>,
    pub(super) nulls: Nulls,
    pub(super) marks: Marks,
    pub(super) kind: Kind,
    pub(super) gives: Gives,
    /// Only in this dialect.
    only: Option<Dialect>,
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

/// What sensitive arguments do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marks {
    /// Any sensitive part of an argument makes the whole result sensitive.
    Spread,
    /// Parts of arguments become parts of the result, with their marks.
    Kept,
    /// The function looks at them.
    Seen,
}

/// How the arguments are evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// All of them, before the call.
    Plain,
    /// One after the other, until one succeeds.
    Try,
    /// Only to see whether it succeeds.
    Can,
    /// The second only where the first is null or unknown.
    Known,
}

/// Functions of Terraform that see the outside or chance, or that nobody has needed yet.
const UNSUPPORTED: &[(&str, &str)] = &[
    ("abspath", FILES),
    ("base64gzip", LATER),
    ("bcrypt", CHANCE),
    ("ephemeralasnull", LATER),
    ("file", FILES),
    ("filebase64", FILES),
    ("filebase64sha256", FILES),
    ("filebase64sha512", FILES),
    ("fileexists", FILES),
    ("filemd5", FILES),
    ("fileset", FILES),
    ("filesha1", FILES),
    ("filesha256", FILES),
    ("filesha512", FILES),
    ("pathexpand", FILES),
    ("plantimestamp", CLOCK),
    ("rsadecrypt", LATER),
    ("templatefile", FILES),
    ("templatestring", LATER),
    ("textdecodebase64", LATER),
    ("textencodebase64", LATER),
    ("timestamp", CLOCK),
    ("uuid", CHANCE),
    ("yamldecode", LATER),
    ("yamlencode", LATER),
];
const FILES: &str = "expressions see no files: the same input gives the same result";
const CLOCK: &str = "expressions see no clock: the same input gives the same result";
const CHANCE: &str = "expressions know no chance: the same input gives the same result";
const LATER: &str = "Terraform has this function, lepton does not";
const ELSEWHERE: &str = "this function is for the other kind of file: modules or stanzas";

const GROUPS: &[&[Function]] = &[
    conversion::ALL,
    encoding::ALL,
    format::ALL,
    hash::ALL,
    json::ALL,
    lists::ALL,
    logic::ALL,
    money::ALL,
    network::ALL,
    numeric::ALL,
    objects::ALL,
    references::ALL,
    regex::ALL,
    sensitivity::ALL,
    sets::ALL,
    text::ALL,
    time::ALL,
];

/// A function by its name, if the dialect has it.
pub(super) fn find(name: &str, dialect: Dialect) -> Option<&'static Function> {
    all().find(|function| function.name == name).filter(|function| function.is_in(dialect))
}

/// The names of all functions of a dialect.
pub(super) fn names(dialect: Dialect) -> impl Iterator<Item = &'static str> {
    all().filter(move |function| function.is_in(dialect)).map(|function| function.name)
}

/// Why a function that exists is not to be had.
pub(super) fn unsupported(name: &str, dialect: Dialect) -> Option<&'static str> {
    if all().any(|function| function.name == name && !function.is_in(dialect)) {
        return Some(ELSEWHERE);
    }
    UNSUPPORTED.iter().find(|(known, _)| *known == name).map(|(_, reason)| *reason)
}

fn all() -> impl Iterator<Item = &'static Function> {
    GROUPS.iter().flat_map(|group| group.iter())
}

/// A function with its parameters as they are written in help: `list, start, end`, `[…]` may be left
/// out, `…` may be repeated.
const fn pure(
    name: &'static str,
    parameters: &'static str,
    least: usize,
    most: Option<usize>,
    run: fn(&Call<'_>) -> Result<Value, Failed>,
) -> Function {
    Function {
        name,
        parameters,
        least,
        most,
        nulls: Nulls::Travel,
        marks: Marks::Spread,
        kind: Kind::Plain,
        gives: Gives::Any,
        only: None,
        follows_references: false,
        run,
    }
}

impl Function {
    /// The same function, looking at null and unknown arguments itself.
    const fn sees_nulls(mut self) -> Self {
        self.nulls = Nulls::Seen;
        self
    }

    /// The same function, whose result is made of parts of its arguments.
    const fn keeps_marks(mut self) -> Self {
        self.marks = Marks::Kept;
        self
    }

    /// The same function, whose result is always of this type.
    const fn gives(mut self, gives: Gives) -> Self {
        self.gives = gives;
        self
    }

    /// The same function, in one dialect only.
    const fn only_in(mut self, dialect: Dialect) -> Self {
        self.only = Some(dialect);
        self
    }

    fn is_in(&self, dialect: Dialect) -> bool {
        self.only.is_none_or(|only| only == dialect)
    }

    /// How many arguments it takes, in words.
    pub(super) fn wanted(&self) -> String {
        let plural = |count: usize| if count == 1 { "1 argument".to_owned() } else { format!("{count} arguments") };
        match self.most {
            Some(most) if most == self.least => plural(most),
            Some(most) => format!("{} to {most} arguments", self.least),
            None => format!("at least {}", plural(self.least)),
        }
    }

    /// How a call of it looks.
    pub(super) fn usage(&self) -> String {
        format!("{}({})", self.name, self.parameters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_stands_once() {
        let mut names: Vec<&str> =
            all().map(|function| function.name).chain(UNSUPPORTED.iter().map(|one| one.0)).collect();
        names.sort_unstable();
        let doubled: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(doubled.is_empty(), "{doubled:?}");
    }
}
