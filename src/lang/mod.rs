//! The expression language: parsed by `hcl::edit`, lowered once, evaluated many times.
//!
//! ```text
//! text ── parse_body ──▶ hcl::edit::Body ── lower(Names) ──▶ Expr ── eval(Frame) ──▶ Value
//! ```
//!
//! ```
//! use lepton::lang::{Dialect, Frame, Names, NoHost, lower, parse_body};
//! use lepton::model::{Source, Value};
//!
//! let source = Source::new("a.hcl", "quantity = ceil(size / 3)\n");
//! let mut names = Names::new(Dialect::Stanza);
//! names.bind("size");
//! let body = parse_body(&source)?;
//! let expr = lower(&body.get_attribute("quantity").expect("it stands there").value, &names, &source).expect("no problem");
//! assert_eq!(expr.eval(&Frame { slots: &[Value::from(8)], host: &NoHost })?, Value::from(3));
//! # Ok::<(), lepton::model::Problem>(())
//! ```
//!
//! # Dialects
//!
//! Two dialects share everything but null and types. In [`Dialect::Terraform`] null in arithmetic, in a template, as
//! a condition or as an argument is an error, and so are a missing attribute and an index out of range.
//! In [`Dialect::Stanza`] null travels: arithmetic, ordering, templates and functions of a null give null, and
//! so do traversals of null, of a missing attribute and of an index out of range; it is false as a condition,
//! and without elements in `for` and splats. `==`, `coalesce`, `coalescelist`, `try`, `can`, `known`, `lookup`,
//! `merge`, `jsonencode`, conversions and the conditional look at it. Further, in stanzas, a list of one
//! block has the attributes of the block, `sum([])` is 0, `false && …` and `true || …` are decided, and the
//! branches of a conditional keep their own types.
//!
//! # Types
//!
//! In modules, values have Terraform's types: `[…]` is a tuple and `{…}` an object, conversions and functions
//! give lists, sets and maps, `==` compares types, and the branches of a conditional have one type. [`read_type`]
//! reads a type constraint, [`Type::conform`](crate::model::Type::conform) puts a value in the type. A null has no
//! type but that of its place: the type of a list, map or object says what its nulls are. Unknown values may
//! have a type, be known not to be null, and, if they are texts, have a known start. Stanzas know no types: there
//! a list is a list.
//!
//! # Unknown and sensitive
//!
//! What depends on an unknown value is unknown, and carries the path that decides it. What depends on a
//! sensitive value is sensitive; no [`Problem`](crate::model::Problem) prints a value that may be.
//!
//! # Numbers
//!
//! Numbers are decimals of 28 digits. Division by zero and what does not fit are problems. Results of
//! `+`, `-` and `*` keep 27 digits, so that divisions come out: `2 / 3 * 3` is 2.
//!
//! # Files, clocks and chance
//!
//! Stanzas see none of them. In modules, files are what the [`Host`] gives; what is decided when a plan is applied
//! (`timestamp`, `uuid`, `bcrypt`, functions of providers) is unknown.
//!
//! # Bounds
//!
//! No expression panics or runs away: text nests 64 levels (the parser), traversals have 64 steps, an
//! evaluation does about a million units of work (a node, an element made, 16 bytes of text), a text has up to
//! 1 MiB, `range` and `setproduct` make 1024 elements, `format` pads to 1024. A template that a function renders
//! shares depth and work with the evaluation around it.

mod conform;
mod constraint;
pub mod convert;
mod diagnostics;
mod eval;
mod expr;
mod files;
mod fuel;
mod functions;
mod lower;
mod lowered;
mod marks;
mod order;
mod parse;
mod reads;
mod sets;
mod table;
#[cfg(test)]
mod tests;
mod unify;

pub use conform::Mismatch;
pub use constraint::read_type;
pub use expr::Expr;
pub use files::{FileKind, Files};
pub use functions::{Function, Refused};
pub use lower::lower;
pub use lowered::Lowered;
pub use parse::parse_body;

pub(crate) use lowered::near;
pub(crate) use order::order_lets;
pub(crate) use table::read_table;

use smol_str::SmolStr;

use crate::model::{Span, Value};

/// How null behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Null travels (stanzas, rules, budgets).
    Stanza,
    /// Null is an error where Terraform says so (modules).
    Terraform,
}

/// The position of a name's value in a [`Frame`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slot(pub u16);

/// The names that an expression may use, each bound to a slot.
#[derive(Clone, Debug)]
pub struct Names {
    dialect: Dialect,
    names: Vec<SmolStr>,
    host_functions: &'static [Function],
}

impl Names {
    /// No names yet.
    pub fn new(dialect: Dialect) -> Self {
        Self { dialect, names: Vec::new(), host_functions: &[] }
    }

    /// The same names, with functions that the host answers.
    #[must_use]
    pub fn with_functions(mut self, functions: &'static [Function]) -> Self {
        self.host_functions = functions;
        self
    }

    fn host_function(&self, name: &str) -> Option<&'static Function> {
        self.host_functions.iter().find(|function| function.name == name)
    }

    fn host_functions(&self) -> impl Iterator<Item = &'static str> {
        self.host_functions.iter().map(|function| function.name)
    }

    /// Binds a name to the next slot, or returns the slot it has.
    pub fn bind(&mut self, name: &str) -> Slot {
        if let Some(slot) = self.find(name) {
            return slot;
        }
        self.names.push(name.into());
        Slot((self.names.len() - 1) as u16)
    }

    /// The slot of a name.
    pub fn find(&self, name: &str) -> Option<Slot> {
        self.names.iter().position(|known| known == name).map(|at| Slot(at as u16))
    }

    /// All names, in slot order.
    pub fn all(&self) -> &[SmolStr] {
        &self.names
    }

    /// How null behaves.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }
}

/// What an expression sees while it is evaluated: a value per slot, and the plan around it.
#[derive(Clone, Copy)]
pub struct Frame<'f> {
    /// The values of the bound names, by slot. A slot beyond the end is null.
    pub slots: &'f [Value],
    /// The resources around the one at hand.
    pub host: &'f dyn Host,
}

/// The resources around the one being priced, for `ref`, `refs` and `referrers`; for modules, files and the clock.
pub trait Host {
    /// The objects that attribute `path` of the resource at hand refers to; all types if `kinds` is empty.
    fn targets(&self, path: &str, kinds: &[SmolStr]) -> Vec<Value>;
    /// The objects of type `kind` whose attribute `path` refers to the resource at hand.
    fn referrers(&self, kind: &str, path: &str) -> Vec<Value>;
    /// The currency that `money` writes.
    fn currency(&self) -> &str {
        "USD"
    }
    /// The files that modules may read; `None`: none at all.
    fn files(&self) -> Option<&dyn Files> {
        None
    }
    /// When the plan is made, in RFC 3339; `None` if that is not known.
    fn plan_time(&self) -> Option<SmolStr> {
        None
    }
    /// Answers a function that only this host has ([`Function::of_host`]).
    fn call(&self, name: &str, _arguments: &[Value]) -> Result<Value, Refused> {
        Err(Refused::from(format!("`{name}` has no meaning here")))
    }
}

/// A host without any resource.
pub struct NoHost;

impl Host for NoHost {
    fn targets(&self, _path: &str, _kinds: &[SmolStr]) -> Vec<Value> {
        Vec::new()
    }

    fn referrers(&self, _kind: &str, _path: &str) -> Vec<Value> {
        Vec::new()
    }
}

/// A traversal that starts at a bound name, as written: `self.root_block_device[0].volume_type`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traversal {
    /// The name it starts at.
    pub root: Slot,
    /// The attribute names that follow, indexes and splats left out, up to the first computed index.
    pub path: Vec<SmolStr>,
    /// Where it stands.
    pub span: Span,
}

/// A literal call of `ref`, `refs` or `referrers`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferenceCall {
    /// `ref`, `refs` or `referrers`.
    pub function: SmolStr,
    /// The literal arguments.
    pub arguments: Vec<SmolStr>,
    /// Where the call stands.
    pub span: Span,
}
