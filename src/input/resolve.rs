//! Follows an attribute's expression through modules, variables and outputs to resources.

use std::collections::HashSet;

use crate::model::Address;

use super::configuration::{Configuration, references};
use super::place::{Place, inside};
use super::scan;

/// How many variables and outputs one reference is followed through.
const MOST_HOPS: usize = 32;

/// How deeply blocks of an expression are looked into.
const DEEPEST: usize = 32;

/// A resource that an expression refers to, before its instances are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pointer {
    /// Its module, as a position in the configuration.
    pub(super) module: usize,
    /// `aws_instance.web`.
    pub(super) resource: String,
    /// Which instance, where the expression says.
    pub(super) key: Option<Key>,
    /// Instances of module calls that the expression names, by their depth.
    pub(super) pins: Vec<(usize, String)>,
}

/// How an expression names an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// `aws_instance.web[0]`.
    Given(String),
    /// Through `each` or `count` of the referring resource.
    OfResource,
    /// Through `each` or `count` of a module call around the referring resource, by its depth.
    OfModule(usize),
}

/// The resources that attribute `path` of the resource at `place` refers to; those of any attribute if it is empty.
pub(super) fn resolve(configuration: &Configuration, place: &Place<'_>, path: &str) -> Vec<Pointer> {
    let mut search = Search { configuration, from: place, visited: HashSet::new(), found: Vec::new() };
    let Some((module, configured)) = configuration.resource(place) else { return search.found };
    let Some(expressions) = configured.expressions else { return search.found };
    let steps: Vec<_> = path.split('.').filter(|step| !step.is_empty()).collect();
    let mut leaves = Vec::new();
    expressions_at(expressions, &steps, 0, &mut leaves);
    for leaf in leaves {
        search.follow(module, leaf, Some(Key::OfResource), configured.for_each, &[], 0);
    }
    search.found
}

/// The expressions at a path; blocks are lists or objects of expressions, whatever their number.
fn expressions_at<'a>(node: &'a str, path: &[&str], depth: usize, leaves: &mut Vec<&'a str>) {
    if depth >= DEEPEST {
        return;
    }
    if node.starts_with('[') {
        scan::elements(node).for_each(|element| expressions_at(element, path, depth + 1, leaves));
        return;
    }
    let is_leaf = |name| scan::field(node, name).is_some();
    if depth > 0 && (is_leaf("references") || is_leaf("constant_value")) {
        leaves.push(node);
        return;
    }
    if let Some((first, rest)) = path.split_first() {
        if let Some(inner) = scan::field(node, first) {
            expressions_at(inner, rest, depth + 1, leaves);
        }
    } else {
        scan::entries(node).for_each(|(_, inner)| expressions_at(inner, path, depth + 1, leaves));
    }
}

struct Search<'a> {
    configuration: &'a Configuration,
    from: &'a Place<'a>,
    visited: HashSet<(usize, String)>,
    found: Vec<Pointer>,
}

impl Search<'_> {
    /// Follows everything that an expression of a module refers to. `repeated` is whose key `each` and
    /// `count` stand for there, and `for_each` what `each` runs over.
    fn follow(
        &mut self,
        module: usize,
        expression: &str,
        repeated: Option<Key>,
        for_each: Option<&str>,
        pins: &[(usize, String)],
        hops: usize,
    ) {
        if hops >= MOST_HOPS {
            return;
        }
        let references = references(expression);
        let is_repeated = |reference: &String| reference.starts_with("each.") || reference.starts_with("count.");
        let key = repeated.filter(|_| references.iter().any(is_repeated));
        for reference in &references {
            if reference == "each.value" || reference.starts_with("each.value.") {
                if let Some(for_each) = for_each {
                    for inner in super::configuration::references(for_each) {
                        self.follow_reference(module, &inner, key.clone(), pins, hops);
                    }
                }
            } else {
                self.follow_reference(module, reference, key.clone(), pins, hops);
            }
        }
    }

    fn follow_reference(
        &mut self,
        module: usize,
        reference: &str,
        key: Option<Key>,
        pins: &[(usize, String)],
        hops: usize,
    ) {
        if !self.visited.insert((module, format!("{reference} {key:?} {pins:?}"))) {
            return;
        }
        let address = Address::new(reference);
        let mut segments = address.segments().peekable();
        match (segments.next().unwrap_or(""), segments.next()) {
            ("each" | "count" | "local" | "path" | "terraform" | "self" | "data" | "ephemeral" | "", _) => {}
            ("var", Some(name)) => self.follow_variable(module, name, pins, hops),
            ("module", Some(name)) => {
                let index = segments.next_if(|next| next.starts_with('[')).map(inside);
                if let Some(output) = segments.next() {
                    self.follow_output(module, name, index, output, pins, hops);
                }
            }
            (kind, Some(name)) => {
                let index = segments.next().filter(|next| next.starts_with('[')).map(inside);
                let key = index.map(|index| Key::Given(index.to_owned())).or(key);
                let pointer = Pointer { module, resource: format!("{kind}.{name}"), key, pins: pins.to_vec() };
                if !self.found.contains(&pointer) {
                    self.found.push(pointer);
                }
            }
            (_, None) => {}
        }
    }

    /// A variable is what the module's caller gives.
    fn follow_variable(&mut self, module: usize, name: &str, pins: &[(usize, String)], hops: usize) {
        let scope = &self.configuration.modules()[module];
        let (Some(parent), Some(input)) = (scope.parent, self.configuration.input(module, name)) else { return };
        let level = self.configuration.path(module).len() - 1;
        // Only a module around the referring resource has an instance that is known here.
        let around = self.configuration.module(self.from.modules.iter().take(level + 1)) == Some(module);
        let for_each = self.configuration.for_each(module);
        let mut leaves = Vec::new();
        if scan::field(input, "references").is_some() {
            leaves.push(input);
        }
        for leaf in leaves {
            let key = around.then_some(Key::OfModule(level));
            self.follow(parent, leaf, key, for_each, pins, hops + 1);
        }
    }

    /// An output is an expression of the called module.
    fn follow_output(
        &mut self,
        module: usize,
        name: &str,
        index: Option<&str>,
        output: &str,
        pins: &[(usize, String)],
        hops: usize,
    ) {
        let Some(&child) = self.configuration.modules()[module].children.get(name) else { return };
        let Some(expression) = self.configuration.output(child, output) else { return };
        let mut pins = pins.to_vec();
        if let Some(index) = index {
            pins.push((self.configuration.path(child).len() - 1, index.to_owned()));
        }
        self.follow(child, expression, None, None, &pins, hops + 1);
    }
}
