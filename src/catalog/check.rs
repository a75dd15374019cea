//! `lepton catalog check`: proves what can be proved of stanzas without a plan.
//!
//! Every stanza lowers, every attribute path exists for its type, every `usage` key that is read is
//! declared, every `example` gives its quantities. The price keys it meets are returned, so that the
//! caller can prove that the book has them.

use smol_str::SmolStr;

use super::example;
use super::fact::{Asked, AskedKey};
use super::index::Catalog;
use super::schema::Schema;
use super::stanza::{Block, Component, Free, Item, PriceSource, Stanza, slots};
use crate::lang::Lowered;
use crate::model::{Object, Problem, Source, Span};

/// What checking a stanza found.
#[derive(Debug, Default)]
pub struct Checked {
    /// What is wrong.
    pub problems: Vec<Problem>,
    /// The price keys that its examples asked for, each with its component's place.
    pub keys: Vec<CheckedKey>,
    /// How many examples ran.
    pub examples: usize,
}

/// A price key that an example asked for.
#[derive(Debug)]
pub struct CheckedKey {
    /// The key.
    pub key: AskedKey,
    /// The file.
    pub source: Source,
    /// The component's block.
    pub span: Span,
}

/// Checks the stanza of a type.
pub fn check(catalog: &Catalog, kind: &str, schema: &Schema) -> Checked {
    let mut checked = Checked::default();
    let stanza = match catalog.stanza(kind) {
        None => return checked,
        Some(Err(problems)) => {
            checked.problems.extend(problems.iter().cloned());
            return checked;
        }
        Some(Ok(stanza)) => stanza,
    };
    let mut walk = Walk { stanza: &stanza, schema, problems: Vec::new() };
    walk.block(&stanza.block);
    if let Free::When(condition) = &stanza.free {
        walk.lowered(condition);
    }
    checked.problems.append(&mut walk.problems);
    if !matches!(stanza.free, Free::Always) {
        run_examples(&stanza, &mut checked);
    }
    checked
}

fn run_examples(stanza: &Stanza, checked: &mut Checked) {
    if stanza.examples.is_empty() {
        let problem = Problem::error("lepton::catalog::no-example", format!("`{}` has no example", stanza.kind))
            .at(&stanza.source, Span { start: stanza.span.start, end: stanza.span.start + "resource".len() }, "")
            .help("add `example \"NAME\" { self = { … } expect = { \"LABEL\" = quantity } }`");
        checked.problems.push(problem);
    }
    let mut seen: Vec<Span> = Vec::new();
    for example in &stanza.examples {
        let (facts, problems) = example::run(stanza, example);
        checked.examples += 1;
        checked.problems.extend(problems);
        for fact in facts {
            seen.push(fact.component.span);
            if let Asked::Keys(keys) = fact.price {
                let place = |key| CheckedKey { key, source: fact.source.clone(), span: fact.component.span };
                checked.keys.extend(keys.into_iter().map(place));
            }
        }
    }
    let mut unseen = Vec::new();
    components(&stanza.block, &mut unseen);
    for component in unseen.into_iter().filter(|component| !seen.contains(&component.span)) {
        if matches!(component.price, PriceSource::Keys(_)) {
            let message = format!("no example of `{}` has the component \"{}\"", stanza.kind, component.label);
            let span = Span { start: component.span.start, end: component.span.start + "component".len() };
            checked.problems.push(
                Problem::warning("lepton::catalog::untested-component", message)
                    .at(&stanza.source, span, "its price key is not proved")
                    .help("add an example in which it appears"),
            );
        }
    }
}

/// The components of a block and its parts, not those of templates.
fn components<'b>(block: &'b Block, found: &mut Vec<&'b Component>) {
    for item in &block.items {
        match item {
            Item::Component(component) => found.push(component),
            Item::Part(part) => components(&part.block, found),
            Item::Use(_) => {}
        }
    }
}

struct Walk<'w> {
    stanza: &'w Stanza,
    schema: &'w Schema,
    problems: Vec<Problem>,
}

impl Walk<'_> {
    fn block(&mut self, block: &Block) {
        for (_, lowered) in &block.lets {
            self.lowered(lowered);
        }
        for item in &block.items {
            match item {
                Item::Component(component) => self.component(component),
                Item::Part(part) => {
                    for lowered in [&part.for_each, &part.when, &part.times].into_iter().flatten() {
                        self.lowered(lowered);
                    }
                    self.block(&part.block);
                }
                Item::Use(used) => {
                    let guards = [&used.when, &used.times];
                    for lowered in guards.into_iter().chain(&used.inputs).flatten() {
                        self.lowered(lowered);
                    }
                }
            }
        }
    }

    fn component(&mut self, component: &Component) {
        let own = [&component.unit, &component.quantity];
        let optional = [
            &component.per,
            &component.detail,
            &component.discount,
            &component.when,
            &component.for_each,
            &component.times,
            &component.note,
        ];
        for lowered in own.into_iter().chain(optional.into_iter().flatten()) {
            self.lowered(lowered);
        }
        match &component.price {
            PriceSource::Rate(rate) => self.lowered(&rate.price),
            PriceSource::Gap(_) => {}
            PriceSource::Keys(keys) => {
                for key in keys {
                    let optional = [&key.provider, &key.region, &key.times].into_iter().flatten();
                    let columns = key.columns.iter().map(|(_, lowered)| lowered);
                    for lowered in optional.chain(columns).chain([&key.service]) {
                        self.lowered(lowered);
                    }
                }
            }
        }
    }

    fn lowered(&mut self, lowered: &Lowered) {
        for traversal in &lowered.traversals {
            if traversal.root == slots::SELF {
                self.attribute(&self.stanza.kind, &traversal.path, traversal.span);
            } else if traversal.root == slots::USAGE {
                self.usage(&traversal.path, traversal.span);
            }
        }
        for call in lowered.expr.reference_calls() {
            let (kind, path) = match (call.function.as_ref(), call.arguments.as_slice()) {
                // Here the attribute is the other type's.
                ("referrers", [kind, path, ..]) => (kind, path),
                ("referrers", _) | (_, []) => continue,
                (_, [path, ..]) => (&self.stanza.kind, path),
            };
            let path: Vec<SmolStr> = path.split('.').map(SmolStr::from).collect();
            self.attribute(kind, &path, call.span);
        }
    }

    fn attribute(&mut self, kind: &str, path: &[SmolStr], span: Span) {
        let Some(missing) = self.schema.missing(kind, path) else { return };
        let known = self.schema.beside(kind, &path[..missing]);
        let near = super::near(&path[missing], known.iter().copied());
        let message = format!("`{}` is not an attribute of {kind}", path[..=missing].join("."));
        self.problems.push(
            Problem::error("lepton::catalog::unknown-attribute", message)
                .at(&self.stanza.source, span, near)
                .help(format!("run `lepton catalog show {kind}` for the names in scope")),
        );
    }

    fn usage(&mut self, path: &[SmolStr], span: Span) {
        let mut keys: Option<Object> = Some(self.stanza.usage.clone());
        for name in path {
            let Some(object) = keys.take() else { return };
            match object.get(name) {
                Some(value) => keys = value.as_object().cloned(),
                None => {
                    let names = object.names();
                    let near = super::near(name, names.iter().map(SmolStr::as_str));
                    let message = format!("usage key `{}` is not declared", path.join("."));
                    self.problems.push(
                        Problem::error("lepton::catalog::unknown-usage-key", message)
                            .at(&self.stanza.source, span, near)
                            .help("declare it in a `usage` block with its default"),
                    );
                    return;
                }
            }
        }
    }
}
