//! Reads a usage file's text, and says everything that is wrong with it at once.

use std::path::Path;

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::file::{UsageFile, kind_of, overlay};
use super::unknown::Given;
use super::yaml::{self, Entry, Node, Places};
use crate::model::{Address, Object, Pattern, Problem, Source, Span, Value, rank};

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
        let places = Places::new(&source);
        let root = yaml::read(&source, &places).map_err(|problem| vec![problem])?;
        let mut reader = Reader {
            source: &source,
            places: &places,
            file: Self::default(),
            warnings: Vec::new(),
            errors: Vec::new(),
        };
        if let Some(root) = root.filter(|root| !yaml::is_null(root)) {
            reader.document(path, &root);
        }
        let Reader { mut file, warnings, errors, .. } = reader;
        file.source = Some(source);
        if errors.is_empty() { Ok((file, warnings)) } else { Err(errors) }
    }
}

struct Reader<'r> {
    source: &'r Source,
    places: &'r Places,
    file: UsageFile,
    warnings: Vec<Problem>,
    errors: Vec<Problem>,
}

impl Reader<'_> {
    fn document(&mut self, path: &str, root: &Node<'_>) {
        let Some(entries) = yaml::entries(root) else {
            let problem = Problem::error("lepton::usage::layout", "a usage file is a map")
                .at(self.source, self.span(root), "this is none")
                .help("start with `version: 0.1`");
            self.errors.push(problem);
            return;
        };
        for (name, key, node) in &entries {
            match *name {
                "version" => self.version(node),
                DEFAULTS => self.defaults(node),
                RESOURCES => self.resources(node),
                other => {
                    let message = format!("`{other}` is no part of a usage file");
                    let problem = Problem::warning("lepton::usage::unknown-section", message)
                        .at(self.source, self.span(key), "ignored")
                        .help(format!("the sections are version, {DEFAULTS}, {RESOURCES}"));
                    self.warnings.push(problem);
                }
            }
        }
        if !entries.iter().any(|(name, ..)| *name == "version") {
            let problem = Problem::error("lepton::usage::version", format!("{path} states no version"))
                .help("begin the file with `version: 0.1`");
            self.errors.push(problem);
        }
    }

    fn version(&mut self, node: &Node<'_>) {
        if yaml::text(node) != Some(VERSION) {
            let problem = Problem::error("lepton::usage::version", "this version of usage files is not known")
                .at(self.source, self.span(node), "only 0.1 is")
                .help("write `version: 0.1`");
            self.errors.push(problem);
        }
    }

    fn defaults(&mut self, node: &Node<'_>) {
        for (kind, _, node) in self.section(node, DEFAULTS) {
            if let Some(object) = self.keys(kind.into(), node) {
                self.file.defaults.insert(kind.into(), object);
            }
        }
    }

    fn resources(&mut self, node: &Node<'_>) {
        let mut wildcards: Vec<(&str, Object)> = Vec::new();
        for (address, _, node) in self.section(node, RESOURCES) {
            let Some(object) = self.keys(kind_of(&Address::new(address)).into(), node) else { continue };
            if address.contains('*') {
                wildcards.push((address, object));
            } else {
                self.file.exact.insert(address.into(), object);
            }
        }
        wildcards.sort_by_cached_key(|(address, _)| rank(address));
        self.fill_listed(&wildcards);
        let pattern = |(address, object): (&str, Object)| Some((Pattern::new(address)?, object));
        self.file.wildcards = wildcards.into_iter().filter_map(pattern).collect();
    }

    /// `x[*]` also fills what a listed `x["k"]` lacks.
    fn fill_listed(&mut self, wildcards: &[(&str, Object)]) {
        let stem = |address: &'_ str| address.strip_suffix("[*]").map(str::to_owned);
        let fill: IndexMap<String, &Object> =
            wildcards.iter().filter_map(|(address, object)| Some((stem(address)?, object))).collect();
        if fill.is_empty() {
            return;
        }
        for (address, listed) in &mut self.file.exact {
            let Some(open) = address.ends_with(']').then(|| last_index(address)).flatten() else { continue };
            if let Some(object) = fill.get(&address[..open]) {
                *listed = overlay(object, listed);
            }
        }
    }

    /// The figures of one entry; `None` if it is no map.
    fn keys(&mut self, kind: SmolStr, node: &Node<'_>) -> Option<Object> {
        if yaml::is_null(node) {
            return Some(Object::default());
        }
        let Some(entries) = yaml::entries(node) else {
            let message = "the usage of a resource is a map of keys to figures";
            let problem = Problem::error("lepton::usage::layout", message)
                .at(self.source, self.span(node), "this is none")
                .help("write `key: figure` lines below the address");
            self.errors.push(problem);
            return None;
        };
        self.note_given(&kind, &[], &entries);
        let object = yaml::value(node);
        Some(fill_indexed(object.as_object()?))
    }

    fn note_given(&mut self, kind: &SmolStr, path: &[SmolStr], entries: &[Entry<'_, '_>]) {
        for (name, key, node) in entries {
            let mut path = path.to_vec();
            path.push((*name).into());
            if let Some(inner) = yaml::entries(node) {
                self.note_given(kind, &path, &inner);
            }
            let span = self.span(key);
            self.file.given.push(Given { kind: kind.clone(), path, span });
        }
    }

    /// The entries of a section; a section that is no map is an error.
    fn section<'n, 'y>(&mut self, node: &'n Node<'y>, name: &str) -> Vec<Entry<'n, 'y>> {
        if yaml::is_null(node) {
            return Vec::new();
        }
        yaml::entries(node).unwrap_or_else(|| {
            let problem = Problem::error("lepton::usage::layout", format!("`{name}` is a map"));
            let problem = problem.at(self.source, self.span(node), "this is none");
            self.errors.push(problem.help("write its entries as `name: { key: figure }`"));
            Vec::new()
        })
    }

    fn span(&self, node: &Node<'_>) -> Span {
        self.places.span(node.span)
    }
}

/// Where the last index of an address begins; brackets inside a quoted key do not count.
fn last_index(address: &str) -> Option<usize> {
    let local = Address::new(address).local().len();
    let start = address.len() - local;
    address[start..].find('[').map(|at| start + at)
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
