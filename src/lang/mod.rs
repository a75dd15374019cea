//! The expression language: parsed by `hcl::edit`, lowered once, evaluated many times.
//!
//! ```text
//! text ── parse_body ──▶ hcl::edit::Body ── lower(Names) ──▶ Expr ── eval(Frame) ──▶ Value
//! ```
//!
//! Two dialects share everything. In [`Dialect::Terraform`] null in arithmetic or in a template is
//! an error, as in Terraform. In [`Dialect::Stanza`] null travels: arithmetic, templates and
//! functions of a null give null, and traversal of null or of a missing attribute gives null; only
//! comparison, `coalesce`, `try`, `can`, `lookup` and the conditional look at it. Unknown travels in both.

pub mod convert;
mod diagnostics;
mod eval;
mod expr;
mod fuel;
mod functions;
mod lower;
mod marks;
mod parse;
mod reads;
mod unify;

pub use expr::Expr;
pub use lower::lower;
pub use parse::parse_body;

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
}

impl Names {
    /// No names yet.
    pub fn new(dialect: Dialect) -> Self {
        Self { dialect, names: Vec::new() }
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

/// The resources around the one being priced, for `ref`, `refs` and `referrers`.
pub trait Host {
    /// The objects that attribute `path` of the resource at hand refers to; all types if `kinds` is empty.
    fn targets(&self, path: &str, kinds: &[SmolStr]) -> Vec<Value>;
    /// The objects of type `kind` whose attribute `path` refers to the resource at hand.
    fn referrers(&self, kind: &str, path: &str) -> Vec<Value>;
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
