//! Terraform's functions, and lepton's own `known`, `money`, `ref`, `refs` and `referrers`.
//!
//! A group is a file with a table of its functions; [`find`] looks a name up in all of them. Functions
//! that see files, clocks or chance are for modules only: in stanzas and rules the same input gives the same
//! result. What a clock or chance decides when a plan is applied is unknown.

mod apply;
mod call;
mod charset;
mod conversion;
mod encoding;
mod files;
mod fileset;
mod format;
mod gives;
mod hash;
mod host;
mod json;
mod lists;
mod logic;
mod money;
mod network;
mod numeric;
mod objects;
mod paths;
mod references;
mod regex;
mod sensitivity;
mod sets;
mod template;
mod text;
mod time;
mod yaml;

pub(super) use apply::OF_PROVIDER;
pub(super) use call::{Call, Failed};
pub(super) use gives::Gives;
pub use host::Refused;

use super::Dialect;
use crate::model::Value;

/// A function by its name.
#[derive(Debug)]
pub struct Function {
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
    /// What it sees besides its arguments; then it is for modules only.
    sees: Option<Outside>,
    /// Whether it looks at the resources around: its arguments are constants.
    pub(super) follows_references: bool,
    /// Whether the host answers it.
    asks_host: bool,
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
    /// In stanzas one after the other, until one is neither null nor empty; elsewhere all, since they have a common type.
    Coalesce,
}

/// What a function sees besides its arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outside {
    Files,
    Clock,
    Chance,
}

impl Outside {
    /// Why expressions of the same input, same result do not see it.
    fn is_hidden(self) -> &'static str {
        match self {
            Self::Files => "expressions see no files: the same input gives the same result",
            Self::Clock => "expressions see no clock: the same input gives the same result",
            Self::Chance => "expressions know no chance: the same input gives the same result",
        }
    }
}

const ELSEWHERE: &str = "this function is for the other kind of file: modules or stanzas";

const GROUPS: &[&[Function]] = &[
    apply::ALL,
    charset::ALL,
    conversion::ALL,
    encoding::ALL,
    files::ALL,
    fileset::ALL,
    format::ALL,
    hash::ALL,
    json::ALL,
    lists::ALL,
    logic::ALL,
    money::ALL,
    network::ALL,
    numeric::ALL,
    objects::ALL,
    paths::ALL,
    references::ALL,
    regex::ALL,
    sensitivity::ALL,
    sets::ALL,
    template::ALL,
    text::ALL,
    time::ALL,
    yaml::ALL,
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
    let elsewhere = all().find(|function| function.name == name && !function.is_in(dialect))?;
    Some(elsewhere.sees.map_or(ELSEWHERE, Outside::is_hidden))
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
        sees: None,
        follows_references: false,
        asks_host: false,
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

    /// The same function, which sees the outside: in modules only.
    const fn sees(mut self, outside: Outside) -> Self {
        self.sees = Some(outside);
        self.only_in(Dialect::Terraform)
    }

    /// Whether the arguments alone decide the result.
    pub(super) fn is_closed(&self) -> bool {
        !self.follows_references && !self.asks_host && self.sees.is_none()
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
mod tests;
