//! Follows an attribute's expression through modules, variables and outputs to resources.

use std::collections::HashSet;

use indexmap::IndexSet;
use smol_str::SmolStr;

use crate::model::Address;

use super::configuration::{Configuration, references};
use super::place::{Place, inside};
use super::scan;

/// How many variables and outputs one reference is followed through.
const MOST_HOPS: usize = 32;

/// How deeply blocks of an expression are looked into.
const DEEPEST: usize = 32;

/// How many attributes of a resource are asked what they refer to.
const MOST_PATHS: usize = 1_024;

/// How many references one attribute is followed through, all branches together.
const MOST_STEPS: usize = 4_096;

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
    pub(super) pins: Vec<(usize, Key)>,
    /// Whether the expression does not tell which output of a module it means, so that this is one of several.
    pub(super) is_one_of_several: bool,
}

/// What an attribute refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Resolved {
    pub(super) pointers: Vec<Pointer>,
    /// Whether some reference leads to what the configuration does not tell: a local value, a data source.
    pub(super) is_open: bool,
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

impl Key {
    /// The key as the brackets of an address have it, seen from the referring resource.
    pub(super) fn text<'a>(&'a self, from: &Place<'a>) -> Option<&'a str> {
        match self {
            Self::Given(key) => Some(key),
            Self::OfResource => from.key,
            Self::OfModule(level) => from.modules.get(*level).and_then(|step| step.key),
        }
    }
}

/// The paths of the attributes of the resource at `place` that refer to anything.
pub(super) fn paths(configuration: &Configuration, place: &Place<'_>) -> Vec<SmolStr> {
    let Some((_, configured)) = configuration.resource(place) else { return Vec::new() };
    let mut found = IndexSet::new();
    if let Some(expressions) = configured.expressions {
        gather_paths(expressions, "", 0, &mut found);
    }
    found.into_iter().collect()
}

fn gather_paths(node: &str, path: &str, depth: usize, found: &mut IndexSet<SmolStr>) {
    if depth >= DEEPEST || found.len() >= MOST_PATHS {
        return;
    }
    if node.starts_with('[') {
        scan::elements(node).for_each(|element| gather_paths(element, path, depth + 1, found));
        return;
    }
    if depth > 0 && (scan::field(node, "references").is_some() || scan::field(node, "constant_value").is_some()) {
        if scan::field(node, "references").is_some() {
            found.insert(SmolStr::new(path));
        }
        return;
    }
    for (name, inner) in scan::entries(node) {
        let Some(name) = scan::string(name) else { continue };
        let path = if path.is_empty() { name.into_owned() } else { format!("{path}.{name}") };
        gather_paths(inner, &path, depth + 1, found);
    }
}

/// The resources that attribute `path` of the resource at `place` refers to; those of any attribute if it is empty.
pub(super) fn resolve(configuration: &Configuration, place: &Place<'_>, path: &str) -> Resolved {
    let found = Resolved::default();
    let mut search = Search { configuration, from: place, visited: HashSet::new(), found, is_any_output: false };
    let Some((module, configured)) = configuration.resource(place) else { return search.found };
    let Some(expressions) = configured.expressions else { return search.found };
    let steps: Vec<_> = path.split('.').filter(|step| !step.is_empty()).collect();
    let mut leaves = Vec::new();
    expressions_at(expressions, &steps, 0, &mut leaves);
    for leaf in leaves {
        search.follow(leaf, Standing { module, pins: &[], hops: 0 }, Some(Key::OfResource), configured.for_each);
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
    found: Resolved,
    /// Whether every output of a module is followed, because the expression does not say which.
    is_any_output: bool,
}

/// Where an expression stands, as it is followed.
#[derive(Clone, Copy)]
struct Standing<'a> {
    /// The module of the expression.
    module: usize,
    pins: &'a [(usize, Key)],
    hops: usize,
}

impl Search<'_> {
    /// Follows everything that an expression refers to. `repeated` is whose key `each` and `count` stand for there, and
    /// `for_each` what `each` runs over.
    fn follow(&mut self, expression: &str, at: Standing<'_>, repeated: Option<Key>, for_each: Option<&str>) {
        if at.hops >= MOST_HOPS {
            return;
        }
        let references = references(expression);
        let is_repeated = |reference: &String| reference.starts_with("each.") || reference.starts_with("count.");
        let key = repeated.filter(|_| references.iter().any(is_repeated));
        for reference in &references {
            match reference.strip_prefix("each.value") {
                Some(rest) if rest.is_empty() || rest.starts_with(['.', '[']) => {
                    let over = for_each.map(super::configuration::references).unwrap_or_default();
                    for inner in over {
                        // `each.value.id` over `module.net` is that output of the instance.
                        let is_call = inner.starts_with("module.") && inner.matches('.').count() == 1;
                        let inner = if is_call { format!("{inner}{rest}") } else { inner };
                        self.follow_reference(&inner, at, key.clone());
                    }
                }
                _ => self.follow_reference(reference, at, key.clone()),
            }
        }
    }

    fn follow_reference(&mut self, reference: &str, at: Standing<'_>, key: Option<Key>) {
        let pins = at.pins;
        if self.visited.len() >= MOST_STEPS
            || !self.visited.insert((at.module, format!("{reference} {key:?} {pins:?}")))
        {
            return;
        }
        let address = Address::new(reference);
        let mut segments = address.segments().peekable();
        match (segments.next().unwrap_or(""), segments.next()) {
            ("local" | "data", _) => self.found.is_open = true,
            ("each" | "count" | "path" | "terraform" | "self" | "ephemeral" | "", _) => {}
            ("var", Some(name)) => self.follow_variable(name, at),
            ("module", Some(name)) => {
                let index = segments.next_if(|next| next.starts_with('[')).map(inside);
                let key = index.map(|index| Key::Given(index.to_owned())).or(key);
                match segments.next() {
                    Some(output) => self.follow_output(name, key, output, at),
                    None => self.follow_any_output(name, key, at),
                }
            }
            (kind, Some(name)) => {
                let index = segments.next().filter(|next| next.starts_with('[')).map(inside);
                let key = index.map(|index| Key::Given(index.to_owned())).or(key);
                let resource = format!("{kind}.{name}");
                let (module, pins, is_one_of_several) = (at.module, pins.to_vec(), self.is_any_output);
                let pointer = Pointer { module, resource, key, pins, is_one_of_several };
                if !self.found.pointers.contains(&pointer) {
                    self.found.pointers.push(pointer);
                }
            }
            (_, None) => {}
        }
    }

    /// A variable is what the module's caller gives.
    fn follow_variable(&mut self, name: &str, at: Standing<'_>) {
        let scope = &self.configuration.modules()[at.module];
        let (Some(parent), Some(input)) = (scope.parent, self.configuration.input(at.module, name)) else { return };
        let level = self.configuration.path(at.module).len() - 1;
        // The instance of the module is one that the way here named, or the one around the referring resource.
        let around = self.configuration.module(self.from.modules.iter().take(level + 1)) == Some(at.module);
        let pinned = at.pins.iter().find(|(pinned, _)| *pinned == level).map(|(_, key)| key.clone());
        let key = pinned.or_else(|| around.then_some(Key::OfModule(level)));
        let for_each = self.configuration.for_each(at.module);
        // Outside of the module its instance no longer matters.
        let pins: Vec<_> = at.pins.iter().filter(|(pinned, _)| *pinned < level).cloned().collect();
        let outside = Standing { module: parent, pins: &pins, hops: at.hops + 1 };
        if scan::field(input, "references").is_some() {
            self.follow(input, outside, key, for_each);
        }
    }

    /// An output is an expression of the called module.
    fn follow_output(&mut self, name: &str, key: Option<Key>, output: &str, at: Standing<'_>) {
        let Some(&child) = self.configuration.modules()[at.module].children.get(name) else { return };
        let Some(expression) = self.configuration.output(child, output) else { return };
        let mut pins = at.pins.to_vec();
        if let Some(key) = key {
            pins.push((self.configuration.path(child).len() - 1, key));
        }
        self.follow(expression, Standing { module: child, pins: &pins, hops: at.hops + 1 }, None, None);
    }

    /// Plans write `module.net` alone for `module.net[each.key].id` and `module.net[*].id`: any output may be meant.
    fn follow_any_output(&mut self, name: &str, key: Option<Key>, at: Standing<'_>) {
        let Some(&child) = self.configuration.modules()[at.module].children.get(name) else { return };
        let names = self.configuration.output_names(child);
        let was_any = self.is_any_output;
        self.is_any_output |= names.len() > 1;
        for output in names {
            self.follow_output(name, key.clone(), &output, at);
        }
        self.is_any_output = was_any;
    }
}
