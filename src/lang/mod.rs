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

use hcl::edit::expr::Expression;
use hcl::edit::structure::Body;
use smol_str::SmolStr;

use crate::model::{Problem, Source, Span, Value};

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

/// A lowered expression.
#[derive(Clone, Debug)]
pub struct Expr {
    span: Span,
    source: Source,
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

/// Parses a whole HCL text; a syntax error is one problem that underlines the place.
pub fn parse_body(source: &Source) -> Result<Body, Problem> {
    let _ = source;
    todo!("lang")
}

/// Lowers an expression. All its problems are reported, not only the first.
pub fn lower(expression: &Expression, names: &Names, source: &Source) -> Result<Expr, Vec<Problem>> {
    let _ = (expression, names, source);
    todo!("lang")
}

impl Expr {
    /// Evaluates the expression. The problem underlines the exact sub-expression.
    pub fn eval(&self, frame: &Frame<'_>) -> Result<Value, Problem> {
        let _ = frame;
        todo!("lang")
    }

    /// The value, if the expression needs no frame (it folded to a constant).
    pub fn constant(&self) -> Option<&Value> {
        todo!("lang")
    }

    /// Every traversal that starts at a bound name, in order of appearance.
    pub fn traversals(&self) -> Vec<Traversal> {
        todo!("lang")
    }

    /// The attribute paths given to `ref`, `refs` and `referrers` as literals, with the call's span.
    pub fn reference_calls(&self) -> Vec<ReferenceCall> {
        todo!("lang")
    }

    /// Each traversal and call in the expression with the value it had, for `lepton explain`.
    pub fn trace(&self, frame: &Frame<'_>) -> Vec<(Span, Value)> {
        let _ = frame;
        todo!("lang")
    }

    /// Where the expression stands.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The text it stands in.
    pub fn source(&self) -> &Source {
        &self.source
    }
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
