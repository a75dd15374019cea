//! A usage file in memory: which figures it gives for a resource.

use std::collections::HashMap;
use std::path::Path;

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::pattern::{Pattern, rank};
use super::yaml::{self, Node};
use crate::model::{Address, Object, Problem, Source, Span, Value};

/// What a user says about usage.
#[derive(Debug, Default)]
pub struct UsageFile {
    defaults: HashMap<SmolStr, Object>,
    exact: HashMap<SmolStr, Object>,
    /// In the order in which they are tried.
    wildcards: Vec<(Pattern, Object)>,
    /// Every key given: the type it is for, its path, and its place.
    given: Vec<Given>,
    source: Option<Source>,
}

#[derive(Debug)]
struct Given {
    kind: SmolStr,
    path: Vec<SmolStr>,
    span: Span,
}

const VERSION: &str = "0.1";
const DEFAULTS: &str = "resource_type_default_usage";
const RESOURCES: &str = "resource_usage";

impl UsageFile {
    /// Reads a file. One that does not exist counts as empty, with a warning.
    pub fn read(path: &Path) -> Result<(Self, Vec<Problem>), Vec<Problem>> {
        let name = path.display().to_string();
        match std::fs::read(path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Self::parse(&name, text.strip_prefix('\u{feff}').unwrap_or(&text)),
                Err(_) => Err(vec![
                    Problem::error("lepton::usage::encoding", format!("{name} is not UTF-8 text"))
                        .help("save the usage file as UTF-8"),
                ]),
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let problem = Problem::warning("lepton::usage::missing", format!("there is no usage file {name}"))
                    .help("the run goes on without usage figures; check the path");
                Ok((Self::default(), vec![problem]))
            }
            Err(error) => Err(vec![
                Problem::error("lepton::usage::unreadable", format!("cannot read {name}: {error}"))
                    .help("check that the file may be read"),
            ]),
        }
    }

    /// Reads a file's text; `path` is for diagnostics. Warnings come with the file, errors instead of it.
    pub fn parse(path: &str, text: &str) -> Result<(Self, Vec<Problem>), Vec<Problem>> {
        let source = Source::new(path, text);
        let mut file = Self::default();
        let mut warnings = Vec::new();
        let mut errors = Vec::new();
        match yaml::read(&source) {
            Err(problem) => errors.push(problem),
            Ok(None) => {}
            Ok(Some(root)) if yaml::is_null(&root) => {}
            Ok(Some(root)) => match yaml::entries(&root) {
                None => errors.push(
                    Problem::error("lepton::usage::layout", "a usage file is a map")
                        .at(&source, yaml::span(&source, root.span), "this is none")
                        .help("start with `version: 0.1`"),
                ),
                Some(entries) => {
                    for (name, key, node) in &entries {
                        match *name {
                            "version" => errors.extend(wrong_version(&source, node)),
                            DEFAULTS => file.read_defaults(&source, node, &mut errors),
                            RESOURCES => file.read_resources(&source, node, &mut errors),
                            other => warnings.push(
                                Problem::warning(
                                    "lepton::usage::unknown-section",
                                    format!("`{other}` is no part of a usage file"),
                                )
                                .at(&source, yaml::span(&source, key.span), "ignored")
                                .help(format!("the sections are version, {DEFAULTS}, {RESOURCES}")),
                            ),
                        }
                    }
                    if !entries.iter().any(|(name, ..)| *name == "version") {
                        errors.push(
                            Problem::error("lepton::usage::version", format!("{path} states no version"))
                                .help("begin the file with `version: 0.1`"),
                        );
                    }
                }
            },
        }
        file.source = Some(source);
        if errors.is_empty() { Ok((file, warnings)) } else { Err(errors) }
    }

    fn read_defaults(&mut self, source: &Source, node: &Node<'_>, errors: &mut Vec<Problem>) {
        for (kind, _, node) in sections(source, node, DEFAULTS, errors) {
            if let Some(object) = self.read_keys(source, kind.into(), node, errors) {
                self.defaults.insert(kind.into(), object);
            }
        }
    }

    fn read_resources(&mut self, source: &Source, node: &Node<'_>, errors: &mut Vec<Problem>) {
        let mut wildcards: Vec<(&str, Object)> = Vec::new();
        for (address, _, node) in sections(source, node, RESOURCES, errors) {
            let local = Address::new(address).local().to_owned();
            let kind: SmolStr = local.split(['.', '[']).next().unwrap_or_default().into();
            let Some(object) = self.read_keys(source, kind, node, errors) else { continue };
            if address.contains('*') {
                wildcards.push((address, object));
            } else {
                self.exact.insert(address.into(), object);
            }
        }
        wildcards.sort_by_cached_key(|(address, _)| rank(address));
        for (address, object) in &wildcards {
            self.fill_listed(address, object);
        }
        let pattern = |(address, object): (&str, Object)| Some((Pattern::new(address)?, object));
        self.wildcards = wildcards.into_iter().filter_map(pattern).collect();
    }

    /// `x[*]` also fills what a listed `x["k"]` lacks.
    fn fill_listed(&mut self, wildcard: &str, object: &Object) {
        let Some(stem) = wildcard.strip_suffix("[*]").filter(|stem| !stem.contains('*')) else { return };
        for (address, listed) in &mut self.exact {
            let index = address.strip_prefix(stem).filter(|rest| rest.starts_with('[') && rest.ends_with(']'));
            if index.is_some() {
                *listed = overlay(object, listed);
            }
        }
    }

    fn read_keys(
        &mut self,
        source: &Source,
        kind: SmolStr,
        node: &Node<'_>,
        errors: &mut Vec<Problem>,
    ) -> Option<Object> {
        if yaml::is_null(node) {
            return Some(Object::default());
        }
        let Some(entries) = yaml::entries(node) else {
            errors.push(
                Problem::error("lepton::usage::layout", "the usage of a resource is a map of keys to figures").at(
                    source,
                    yaml::span(source, node.span),
                    "this is none",
                ),
            );
            return None;
        };
        self.note_given(source, &kind, &[], &entries);
        let object = match yaml::value(node) {
            Value::Object(object) => fill_indexed(&object),
            _ => Object::default(),
        };
        Some(object)
    }

    fn note_given(
        &mut self,
        source: &Source,
        kind: &SmolStr,
        path: &[SmolStr],
        entries: &[(&str, &Node<'_>, &Node<'_>)],
    ) {
        for (name, key, node) in entries {
            let mut path = path.to_vec();
            path.push((*name).into());
            if let Some(inner) = yaml::entries(node) {
                self.note_given(source, kind, &path, &inner);
            }
            self.given.push(Given { kind: kind.clone(), path, span: yaml::span(source, key.span) });
        }
    }

    /// The figures for one resource, the more specific over the less.
    pub fn for_resource(&self, kind: &str, address: &Address) -> Object {
        let default = self.defaults.get(kind);
        let wildcard = self.wildcards.iter().find(|(pattern, _)| pattern.matches(address.as_str()));
        let exact = self.exact.get(address.as_str());
        let layers = [default, wildcard.map(|(_, object)| object), exact];
        let mut layers = layers.into_iter().flatten();
        let Some(first) = layers.next() else { return Object::default() };
        layers.fold(first.clone(), |base, over| overlay(&base, over))
    }

    /// Keys that no stanza reads, all in one warning. `known` gives the keys of a type; `None` for an unknown type.
    pub fn unknown_keys(&self, known: &dyn Fn(&str) -> Option<Object>) -> Vec<Problem> {
        let Some(source) = &self.source else { return Vec::new() };
        let mut unknown: Vec<(Span, String, String)> = Vec::new();
        for given in &self.given {
            let Some(keys) = known(&given.kind) else { continue };
            if let Some(near) = missing(&keys, &given.path) {
                unknown.push((given.span, format!("{}: {}", given.kind, given.path.join(".")), near));
            }
        }
        if unknown.is_empty() {
            return Vec::new();
        }
        const SHOWN: usize = 12;
        unknown.sort();
        let mut names: Vec<&str> = unknown.iter().map(|(_, name, _)| name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let message = format!("no stanza reads these usage keys, they are ignored: {}", names.join(", "));
        let mut problem = Problem::warning("lepton::usage::unknown-key", message);
        for (span, _, near) in unknown.iter().take(SHOWN) {
            problem = problem.at(source, *span, near.clone());
        }
        vec![problem.help("`lepton catalog show TYPE` lists the usage keys of a type")]
    }

    /// The addresses that the file names exactly.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        self.exact.keys().map(SmolStr::as_str)
    }
}

fn wrong_version(source: &Source, node: &Node<'_>) -> Option<Problem> {
    if yaml::text(node) == Some(VERSION) {
        return None;
    }
    let problem = Problem::error("lepton::usage::version", "this version of usage files is not known")
        .at(source, yaml::span(source, node.span), "only 0.1 is")
        .help("write `version: 0.1`");
    Some(problem)
}

/// The entries of a section; a section that is no map is an error.
fn sections<'n, 'y>(
    source: &Source,
    node: &'n Node<'y>,
    name: &str,
    errors: &mut Vec<Problem>,
) -> Vec<(&'n str, &'n Node<'y>, &'n Node<'y>)> {
    if yaml::is_null(node) {
        return Vec::new();
    }
    yaml::entries(node).unwrap_or_else(|| {
        errors.push(Problem::error("lepton::usage::layout", format!("`{name}` is a map")).at(
            source,
            yaml::span(source, node.span),
            "this is none",
        ));
        Vec::new()
    })
}

/// The label for a key that is not among the known ones; `None` if it is.
fn missing(known: &Object, path: &[SmolStr]) -> Option<String> {
    let mut level = known.clone();
    for (at, name) in path.iter().enumerate() {
        let stem = name.split('[').next().unwrap_or(name);
        match level.get(name).or_else(|| level.get(stem)) {
            Some(Value::Object(inner)) => level = inner,
            // The stanza takes the whole value: what is below is its own business.
            Some(_) => return None,
            None => {
                // Its parent was reported already, if it has one that is not known.
                let names = level.names();
                let near = names.iter().map(|known| (strsim::damerau_levenshtein(name, known), known)).min();
                return Some(match near {
                    Some((distance, known)) if distance <= 2 + name.len() / 3 => format!("did you mean `{known}`?"),
                    _ if at == 0 => "not a usage key of this type".into(),
                    _ => format!("not a key of `{}`", path[..at].join(".")),
                });
            }
        }
    }
    None
}

/// `x[*]` among attribute keys fills what a listed `x[k]` lacks.
fn fill_indexed(object: &Object) -> Object {
    let entries = object.entries();
    let mut filled: IndexMap<SmolStr, Value> = entries.iter().cloned().collect();
    for (name, value) in &entries {
        let (Some(stem), Some(base)) = (name.strip_suffix("[*]"), value.as_object()) else { continue };
        for (other, listed) in &mut filled {
            let is_indexed = other != name && other.strip_prefix(stem).is_some_and(|rest| rest.starts_with('['));
            if let (true, Some(over)) = (is_indexed, listed.as_object()) {
                *listed = Value::Object(overlay(base, over));
            }
        }
    }
    Object::from_iter(filled)
}

/// The second over the first, nested maps merged. A key without a figure says nothing.
fn overlay(base: &Object, over: &Object) -> Object {
    let mut keys: IndexMap<SmolStr, Value> = base.entries().into_iter().collect();
    for (name, value) in over.entries() {
        let merged = match (keys.get(&name).and_then(Value::as_object), value.as_object()) {
            (Some(base), Some(over)) => Value::Object(overlay(base, over)),
            _ if value.is_null() && keys.contains_key(&name) => continue,
            _ => value,
        };
        keys.insert(name, merged);
    }
    Object::from_iter(keys)
}
