//! The lowered tree of an expression.

use hcl::edit::expr::BinaryOperator;
use smol_str::SmolStr;

use super::functions::Function;
use super::{Dialect, Slot};
use crate::model::{Source, Span, Value};

/// A lowered expression: names are slots, functions are found, constants are folded.
#[derive(Clone, Debug)]
pub struct Expr {
    pub(super) root: Node,
    pub(super) dialect: Dialect,
    pub(super) source: Source,
}

/// A node with its place.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub(super) kind: Kind,
    pub(super) span: Span,
}

/// A variable that a `for` binds, or the element of a splat, by its depth.
pub(super) type Local = u16;

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Constant(Value),
    Slot(Slot),
    Local(Local),
    Template(Vec<Piece>),
    List(Vec<Node>),
    Object(Vec<(Node, Node)>),
    Negate(Box<Node>),
    Not(Box<Node>),
    Binary(BinaryOperator, Box<(Node, Node)>),
    Conditional(Box<(Node, Node, Node)>),
    Call {
        function: &'static Function,
        arguments: Vec<Node>,
        /// Whether the last argument is a list of arguments: `max(sizes...)`.
        expands: bool,
    },
    /// Attributes and indexes, as many as follow each other, so that none of their values is cloned.
    Path(Box<Path>),
    /// The base, and what is applied to each element, which is bound to the local.
    Splat {
        base: Box<Node>,
        element: Local,
        each: Box<Node>,
    },
    For(Box<For>),
}

#[derive(Clone, Debug)]
pub(super) struct Path {
    pub(super) base: Node,
    pub(super) steps: Vec<Step>,
}

#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) to: To,
    /// Where the step ends; it starts where the path does.
    pub(super) end: usize,
}

#[derive(Clone, Debug)]
pub(super) enum To {
    Attribute(SmolStr),
    Index(Node),
}

#[derive(Clone, Debug)]
pub(super) struct For {
    pub(super) key: Option<Local>,
    pub(super) value: Local,
    pub(super) collection: Node,
    /// The key of an object; `None` makes a list.
    pub(super) key_result: Option<Node>,
    pub(super) result: Node,
    pub(super) condition: Option<Node>,
    pub(super) groups: bool,
}

/// A piece of a template.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Text(SmolStr),
    Value(Node),
    If { condition: Node, then: Vec<Piece>, otherwise: Vec<Piece> },
    For { key: Option<Local>, value: Local, collection: Node, body: Vec<Piece> },
}

impl Expr {
    /// The value, if the expression needs no frame (it folded to a constant).
    pub fn constant(&self) -> Option<&Value> {
        self.root.constant()
    }

    /// Where the expression stands.
    pub fn span(&self) -> Span {
        self.root.span
    }

    /// The text it stands in.
    pub fn source(&self) -> &Source {
        &self.source
    }
}

impl Node {
    pub(super) fn constant(&self) -> Option<&Value> {
        match &self.kind {
            Kind::Constant(value) => Some(value),
            _ => None,
        }
    }

    /// Whether the node is a name with attributes and indexes, if any, and nothing else.
    pub(super) fn is_name(&self) -> bool {
        match &self.kind {
            Kind::Slot(_) | Kind::Local(_) => true,
            Kind::Path(path) => path.base.is_name(),
            _ => false,
        }
    }

    /// Visits the node and everything below it, outermost first.
    pub(super) fn walk<'n>(&'n self, visit: &mut dyn FnMut(&'n Node)) {
        visit(self);
        self.children(&mut |child| child.walk(visit));
    }

    /// Visits what stands directly below.
    pub(super) fn children<'n>(&'n self, visit: &mut dyn FnMut(&'n Node)) {
        match &self.kind {
            Kind::Constant(_) | Kind::Slot(_) | Kind::Local(_) => {}
            Kind::Template(pieces) => pieces.iter().for_each(|piece| piece.children(visit)),
            Kind::List(items) => items.iter().for_each(visit),
            Kind::Object(entries) => entries.iter().for_each(|(key, value)| {
                visit(key);
                visit(value);
            }),
            Kind::Negate(inner) | Kind::Not(inner) => visit(inner),
            Kind::Binary(_, sides) => {
                visit(&sides.0);
                visit(&sides.1);
            }
            Kind::Conditional(parts) => {
                visit(&parts.0);
                visit(&parts.1);
                visit(&parts.2);
            }
            Kind::Call { arguments, .. } => arguments.iter().for_each(visit),
            Kind::Path(path) => {
                visit(&path.base);
                path.indexes().for_each(visit);
            }
            Kind::Splat { base, each, .. } => {
                visit(base);
                visit(each);
            }
            Kind::For(body) => {
                visit(&body.collection);
                let rest = [body.key_result.as_ref(), Some(&body.result), body.condition.as_ref()];
                rest.into_iter().flatten().for_each(visit);
            }
        }
    }
}

impl Path {
    /// The index expressions, in order.
    pub(super) fn indexes(&self) -> impl Iterator<Item = &Node> {
        self.steps.iter().filter_map(|step| match &step.to {
            To::Attribute(_) => None,
            To::Index(node) => Some(node),
        })
    }
}

impl Piece {
    fn children<'n>(&'n self, visit: &mut dyn FnMut(&'n Node)) {
        match self {
            Self::Text(_) => {}
            Self::Value(node) => visit(node),
            Self::If { condition, then, otherwise } => {
                visit(condition);
                then.iter().chain(otherwise).for_each(|piece| piece.children(visit));
            }
            Self::For { collection, body, .. } => {
                visit(collection);
                body.iter().for_each(|piece| piece.children(visit));
            }
        }
    }
}
