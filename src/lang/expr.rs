//! The lowered tree of an expression.

use smol_str::SmolStr;

use super::functions::Function;
use super::{Dialect, ReferenceCall, Slot, Traversal};
use crate::model::{Source, Span, Value};

/// A lowered expression.
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

/// A variable that a `for` binds, by its depth.
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
    Binary(hcl::edit::expr::BinaryOperator, Box<(Node, Node)>),
    Conditional(Box<(Node, Node, Node)>),
    Call {
        function: &'static Function,
        arguments: Vec<Node>,
        expands: bool,
    },
    Attribute(Box<Node>, SmolStr),
    Index(Box<(Node, Node)>),
    /// The base, and what is applied to each element, which is bound to the local.
    Splat {
        base: Box<Node>,
        element: Local,
        each: Box<Node>,
    },
    For(Box<For>),
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
        match &self.root.kind {
            Kind::Constant(value) => Some(value),
            _ => None,
        }
    }

    /// Every traversal that starts at a bound name, in order of appearance.
    pub fn traversals(&self) -> Vec<Traversal> {
        let mut found = Vec::new();
        traversals(&self.root, &mut found);
        found
    }

    /// The literal arguments of every `ref`, `refs` and `referrers`.
    pub fn reference_calls(&self) -> Vec<ReferenceCall> {
        let mut found = Vec::new();
        self.root.walk(&mut |node| {
            if let Kind::Call { function, arguments, .. } = &node.kind
                && function.follows_references
            {
                let literal = |node: &Node| match &node.kind {
                    Kind::Constant(value) => value.as_str().map(SmolStr::from),
                    _ => None,
                };
                let arguments = arguments.iter().filter_map(literal).collect();
                found.push(ReferenceCall { function: function.name.into(), arguments, span: node.span });
            }
        });
        found
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
            Kind::Negate(inner) | Kind::Not(inner) | Kind::Attribute(inner, _) => visit(inner),
            Kind::Binary(_, sides) | Kind::Index(sides) => {
                visit(&sides.0);
                visit(&sides.1);
            }
            Kind::Conditional(parts) => {
                visit(&parts.0);
                visit(&parts.1);
                visit(&parts.2);
            }
            Kind::Call { arguments, .. } => arguments.iter().for_each(visit),
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

/// Collects maximal traversals: `self.a[0].b` once, not its beginnings.
fn traversals(node: &Node, found: &mut Vec<Traversal>) {
    if let Some((root, path)) = traversal(node) {
        found.push(Traversal { root, path, span: node.span });
        indexes(node, found);
        return;
    }
    node.children(&mut |child| traversals(child, found));
}

/// The slot and the attribute names of a node that is a traversal.
fn traversal(node: &Node) -> Option<(Slot, Vec<SmolStr>)> {
    match &node.kind {
        Kind::Slot(slot) => Some((*slot, Vec::new())),
        Kind::Attribute(base, name) => {
            let (slot, mut path) = traversal(base)?;
            path.push(name.clone());
            Some((slot, path))
        }
        Kind::Index(sides) => {
            let (slot, mut path) = traversal(&sides.0)?;
            if let Kind::Constant(key) = &sides.1.kind
                && let Some(name) = key.as_str()
            {
                path.push(name.into());
            }
            Some((slot, path))
        }
        Kind::Splat { base, element, each } => {
            let (slot, mut path) = traversal(base)?;
            path.extend(below(each, *element)?);
            Some((slot, path))
        }
        _ => None,
    }
}

/// The attribute names that are taken of a splat's element.
fn below(node: &Node, element: Local) -> Option<Vec<SmolStr>> {
    match &node.kind {
        Kind::Local(local) if *local == element => Some(Vec::new()),
        Kind::Attribute(base, name) => {
            let mut path = below(base, element)?;
            path.push(name.clone());
            Some(path)
        }
        Kind::Index(sides) => below(&sides.0, element),
        _ => None,
    }
}

/// The traversals within the computed indexes of a traversal.
fn indexes(node: &Node, found: &mut Vec<Traversal>) {
    match &node.kind {
        Kind::Attribute(base, _) => indexes(base, found),
        Kind::Index(sides) => {
            indexes(&sides.0, found);
            traversals(&sides.1, found);
        }
        Kind::Splat { base, .. } => indexes(base, found),
        _ => {}
    }
}
