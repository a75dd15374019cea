//! What an expression reads: its traversals, and the references it follows.

use hcl::edit::expr::BinaryOperator;
use smol_str::SmolStr;

use super::expr::{Expr, Kind, Local, Node, Path, To};
use super::{ReferenceCall, Slot, Traversal};

impl Expr {
    /// Every traversal that starts at a bound name, in order of appearance.
    pub fn traversals(&self) -> Vec<Traversal> {
        let mut found = Vec::new();
        collect(&self.root, &mut found);
        found
    }

    /// The parts of `a && b && c`, in order; any other expression is one part.
    pub(crate) fn conjuncts(&self) -> Vec<Self> {
        fn split<'n>(node: &'n Node, found: &mut Vec<&'n Node>) {
            match &node.kind {
                Kind::Binary(BinaryOperator::And, sides) => {
                    split(&sides.0, found);
                    split(&sides.1, found);
                }
                _ => found.push(node),
            }
        }
        let mut found = Vec::new();
        split(&self.root, &mut found);
        let of = |node: &Node| Self { root: node.clone(), dialect: self.dialect, source: self.source.clone() };
        found.into_iter().map(of).collect()
    }

    /// The literal arguments of every `ref`, `refs` and `referrers`.
    pub fn reference_calls(&self) -> Vec<ReferenceCall> {
        let mut found = Vec::new();
        self.root.walk(&mut |node| {
            if let Kind::Call { function, arguments, .. } = &node.kind
                && function.follows_references
            {
                let literal = |node: &Node| node.constant().and_then(|value| value.as_str()).map(SmolStr::from);
                let arguments = arguments.iter().filter_map(literal).collect();
                found.push(ReferenceCall { function: function.name.into(), arguments, span: node.span });
            }
        });
        found
    }
}

/// Collects maximal traversals: `self.a[0].b` once, not its beginnings.
fn collect(node: &Node, found: &mut Vec<Traversal>) {
    if let Some(trail) = trail(node) {
        found.push(Traversal { root: trail.root, path: trail.path, span: node.span });
        indexes(node, found);
        return;
    }
    node.children(&mut |child| collect(child, found));
}

struct Trail {
    root: Slot,
    path: Vec<SmolStr>,
    /// No computed index yet: what follows one is not a known attribute of the root.
    is_open: bool,
}

/// The root and the attribute names of a node that is a traversal.
fn trail(node: &Node) -> Option<Trail> {
    match &node.kind {
        Kind::Slot(slot) => Some(Trail { root: *slot, path: Vec::new(), is_open: true }),
        Kind::Path(path) => {
            let mut trail = trail(&path.base)?;
            follow(path, &mut trail);
            Some(trail)
        }
        Kind::Splat { base, element, each } => {
            let mut trail = trail(base)?;
            below(each, *element, &mut trail)?;
            Some(trail)
        }
        _ => None,
    }
}

/// Appends what a splat takes of each element.
fn below(node: &Node, element: Local, trail: &mut Trail) -> Option<()> {
    match &node.kind {
        Kind::Local(local) if *local == element => {}
        Kind::Path(path) => {
            below(&path.base, element, trail)?;
            follow(path, trail);
        }
        Kind::Splat { base, element: inner, each } => {
            below(base, element, trail)?;
            below(each, *inner, trail)?;
        }
        _ => return None,
    }
    Some(())
}

fn follow(path: &Path, trail: &mut Trail) {
    for step in path.steps.iter() {
        if !trail.is_open {
            return;
        }
        match &step.to {
            To::Attribute(name) => trail.path.push(name.clone()),
            To::Index(node) => match node.constant() {
                Some(key) => trail.path.extend(key.as_str().map(SmolStr::from)),
                None => trail.is_open = false,
            },
        }
    }
}

/// The traversals within the computed indexes of a traversal.
fn indexes(node: &Node, found: &mut Vec<Traversal>) {
    match &node.kind {
        Kind::Path(path) => {
            indexes(&path.base, found);
            path.indexes().for_each(|index| collect(index, found));
        }
        Kind::Splat { base, each, .. } => {
            indexes(base, found);
            indexes(each, found);
        }
        _ => {}
    }
}
