//! Blocks as a module's files have them, in either syntax, with what overrides them merged in.

use std::sync::Arc;

use hcl::edit::Span as _;
use hcl::edit::expr::Expression;
use hcl::edit::structure::{Block, Body};
use indexmap::IndexMap;
use smol_str::SmolStr;

use crate::model::{Line, Source, Span};

/// The content of a block or a file.
#[derive(Clone, Debug, Default)]
pub(in crate::input) struct Written {
    pub(in crate::input) arguments: IndexMap<SmolStr, Argument>,
    pub(in crate::input) blocks: Vec<Nested>,
}

/// A name with an expression.
#[derive(Clone, Debug)]
pub(in crate::input) struct Argument {
    pub(in crate::input) value: Arc<Expression>,
    pub(in crate::input) at: At,
}

/// A block within something.
#[derive(Clone, Debug)]
pub(in crate::input) struct Nested {
    pub(in crate::input) kind: SmolStr,
    pub(in crate::input) labels: Vec<SmolStr>,
    pub(in crate::input) content: Written,
    /// Where its head is written.
    pub(in crate::input) at: At,
}

/// A place in a file.
#[derive(Clone, Debug)]
pub(in crate::input) struct At {
    pub(in crate::input) source: Source,
    pub(in crate::input) span: Span,
}

impl At {
    pub(super) fn line(&self) -> Line {
        Line { file: self.source.name().into(), number: self.source.line(self.span) }
    }
}

impl Written {
    /// The content of a body in native syntax.
    pub(in crate::input) fn of(body: &Body, source: &Source) -> Self {
        let argument = |attribute: &hcl::edit::structure::Attribute| {
            let at = At { source: source.clone(), span: attribute.key.span().unwrap_or_default().into() };
            (attribute.key.as_str().into(), Argument { value: Arc::new(attribute.value.clone()), at })
        };
        let arguments = body.attributes().map(argument).collect();
        Self { arguments, blocks: body.blocks().map(|block| Nested::of(block, source)).collect() }
    }

    pub(in crate::input) fn argument(&self, name: &str) -> Option<&Argument> {
        self.arguments.get(name)
    }

    /// The nested blocks of one kind.
    pub(in crate::input) fn blocks<'w>(&'w self, kind: &'w str) -> impl Iterator<Item = &'w Nested> {
        self.blocks.iter().filter(move |block| block.kind == kind)
    }

    /// Lays an override over this content: its arguments win, and its nested blocks replace all of their kind.
    pub(in crate::input) fn override_with(&mut self, over: Self) {
        self.arguments.extend(over.arguments);
        self.blocks.retain(|block| !over.blocks.iter().any(|other| other.names_the_same(block)));
        self.blocks.extend(over.blocks);
    }
}

impl Nested {
    fn of(block: &Block, source: &Source) -> Self {
        let start = block.ident.span().map_or(0, |span| span.start);
        let end = block.labels.last().map(hcl::edit::Span::span).unwrap_or(block.ident.span());
        let span = Span { start, end: end.map_or(start, |span| span.end) };
        Self {
            kind: block.ident.as_str().into(),
            labels: block.labels.iter().map(|label| label.as_str().into()).collect(),
            content: Written::of(&block.body, source),
            at: At { source: source.clone(), span },
        }
    }

    /// The kind that a nested block makes: a `dynamic` block makes those of its label.
    pub(in crate::input) fn makes(&self) -> &SmolStr {
        match (self.kind.as_str(), self.labels.first()) {
            ("dynamic", Some(label)) => label,
            _ => &self.kind,
        }
    }

    fn names_the_same(&self, other: &Self) -> bool {
        self.makes() == other.makes()
    }
}
