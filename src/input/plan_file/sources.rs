//! The configuration inside a plan file: its modules with their files, read when something of them is asked for.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use serde::Deserialize;
use smol_str::{SmolStr, format_smolstr};

use super::archive::Archive;
use super::expressions;
use crate::input::module::json;
use crate::input::module::written::{Nested, Written};
use crate::input::place::{Place, Step};
use crate::input::sources::{GivenModule, Sources, keep_module_files};
use crate::lang::parse_body;
use crate::model::{Address, Declaration, Declarations, Line, Source};

/// The most bytes of one file, as of those in folders.
const MOST_FILE: u64 = 4 << 20;
/// The most bytes that the files of all modules have together.
const MOST_TOGETHER: u64 = 256 << 20;
/// The most bytes of the list of modules.
const MOST_LIST: u64 = 16 << 20;
/// The most modules.
const MOST_MODULES: usize = 10_000;

/// The files that a plan was made of, as the plan file holds them.
#[derive(Clone)]
pub struct PlanSources(Arc<Tree>);

struct Tree {
    archive: Archive,
    modules: Vec<Node>,
    /// How many bytes may still be unpacked.
    left: AtomicU64,
}

/// One module call; the first is the root module.
struct Node {
    parent: Option<usize>,
    name: SmolStr,
    children: HashMap<SmolStr, usize>,
    /// Its folder as seen from the root module; empty for the root.
    folder: String,
    is_own: bool,
    /// Its files: their names, and those of their entries.
    files: Vec<(String, String)>,
    index: OnceLock<Index>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Listed {
    key: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    dir: String,
}

/// What a module declares, by name.
#[derive(Default)]
struct Index {
    files: Vec<File>,
    resources: HashMap<SmolStr, Declared>,
    calls: HashMap<SmolStr, Declared>,
    outputs: HashMap<SmolStr, Declared>,
    variables: HashMap<SmolStr, Declared>,
    providers: Vec<(SmolStr, Declared)>,
    settings: Vec<Declared>,
}

struct File {
    source: Source,
    /// The blocks of a file in JSON syntax.
    nested: Vec<Nested>,
}

/// A block, with those that override parts of it.
#[derive(Default)]
struct Declared {
    blocks: Vec<At>,
    texts: OnceLock<Texts>,
}

/// Where a block is.
struct At {
    file: usize,
    line: usize,
    spelled: Spelled,
}

enum Spelled {
    Native(std::ops::Range<usize>),
    /// The position among the file's blocks.
    Json(usize),
}

/// What a block refers to, as JSON.
#[derive(Default)]
struct Texts {
    expressions: String,
    for_each: Option<String>,
}

impl PlanSources {
    /// The modules that an archive lists; `None` if it has no configuration.
    pub(super) fn of(archive: &Archive) -> Option<Self> {
        const LIST: &str = "tfconfig/modules.json";
        const FOLDER: &str = "tfconfig/m-";
        let mut files: HashMap<&str, Vec<(String, String)>> = HashMap::new();
        for name in archive.names() {
            let Some((key, file)) = name.strip_prefix(FOLDER).and_then(|rest| rest.split_once('/')) else { continue };
            // A file of a module stands right in its folder.
            if !file.contains(['/', '\\']) {
                files.entry(key).or_default().push((file.to_owned(), name.to_owned()));
            }
        }
        let list = archive.read(LIST, MOST_LIST).ok()??;
        let mut listed: Vec<Listed> = serde_json::from_slice(&list).ok()?;
        listed.truncate(MOST_MODULES);
        // Callers come first.
        listed.sort_by(|left, right| left.key.cmp(&right.key));
        let root = Listed { key: String::new(), source: String::new(), dir: ".".to_owned() };
        let mut modules = vec![Node::of(&root, None, "", &mut files, true)];
        let mut by_key: HashMap<String, usize> = HashMap::from([(String::new(), 0)]);
        for module in listed {
            if by_key.contains_key(&module.key) {
                continue;
            }
            let (caller, name) = module.key.rsplit_once('.').unwrap_or(("", &module.key));
            let Some(&parent) = by_key.get(caller) else { continue };
            let at = modules.len();
            let is_local = module.source.starts_with("./") || module.source.starts_with("../");
            let node = Node::of(&module, Some(parent), name, &mut files, is_local && modules[parent].is_own);
            modules[parent].children.insert(name.into(), at);
            modules.push(node);
            by_key.insert(module.key, at);
        }
        let left = AtomicU64::new(MOST_TOGETHER);
        Some(Self(Arc::new(Tree { archive: archive.clone(), modules, left })))
    }

    /// The module calls: the caller and the name of each, the root first.
    pub(in crate::input) fn calls(&self) -> impl Iterator<Item = (Option<usize>, &SmolStr, &HashMap<SmolStr, usize>)> {
        self.0.modules.iter().map(|node| (node.parent, &node.name, &node.children))
    }

    /// What the attributes of a resource refer to, and what `each` runs over there.
    pub(in crate::input) fn resource(&self, module: usize, name: &str) -> Option<(&str, Option<&str>)> {
        let index = self.index(module);
        index.texts(index.resources.get(name)?, expressions::resource)
    }

    /// Whether a module has a resource in which a word stands.
    pub(in crate::input) fn mentions(&self, module: usize, name: &str, word: &str) -> bool {
        let index = self.index(module);
        index.resources.get(name).is_some_and(|declared| {
            declared.blocks.iter().any(|at| match &at.spelled {
                Spelled::Native(range) => {
                    let text = index.files[at.file].source.text().get(range.clone());
                    text.is_some_and(|text| text.contains(word))
                }
                // There, a name may be written with escapes.
                Spelled::Json(_) => true,
            })
        })
    }

    /// What the inputs of the call of a module refer to, and what `each` runs over there.
    pub(in crate::input) fn call(&self, module: usize) -> Option<(&str, Option<&str>)> {
        let node = &self.0.modules[module];
        let index = self.index(node.parent?);
        index.texts(index.calls.get(&node.name)?, expressions::call)
    }

    /// What an output of a module refers to.
    pub(in crate::input) fn output(&self, module: usize, name: &str) -> Option<&str> {
        let index = self.index(module);
        let value = |block: &Written| block.argument("value").map(expressions::argument).unwrap_or_default();
        Some(index.texts(index.outputs.get(name)?, value)?.0).filter(|text| !text.is_empty())
    }

    /// A variable of a module, with its default.
    pub(in crate::input) fn variable(&self, module: usize, name: &str) -> Option<&str> {
        let index = self.index(module);
        Some(index.texts(index.variables.get(name)?, expressions::variable)?.0)
    }

    /// The names of the outputs of a module, in order.
    pub(in crate::input) fn output_names(&self, module: usize) -> Vec<String> {
        let mut names: Vec<String> = self.index(module).outputs.keys().map(SmolStr::to_string).collect();
        names.sort_unstable();
        names
    }

    /// The expressions in a provider configuration of a module.
    pub(in crate::input) fn provider(&self, module: usize, name: &str, alias: Option<&str>) -> Option<String> {
        let index = self.index(module);
        let local = index.local_name(name);
        let blocks = index.providers.iter().filter(|(label, _)| *label == local);
        let written = blocks.filter_map(|(_, declared)| index.written(declared));
        let found = written
            .into_iter()
            .find(|block| block.argument("alias").and_then(|argument| argument.value.as_str()) == alias)?;
        Some(expressions::provider(&found))
    }

    /// The files, parsed, for what looks at places in them. Paths are as seen from the root module.
    pub fn sources(&self) -> Sources {
        let modules = self.0.modules.iter().enumerate().map(|(at, node)| {
            let call = node.parent.map(|parent| (self.address(parent), node.name.to_string()));
            let files = &self.index(at).files;
            let texts = files.iter().map(|file| (PathBuf::from(file.source.name()), file.source.text().to_owned()));
            GivenModule {
                address: self.address(at),
                folder: PathBuf::from(if node.folder.is_empty() { "." } else { &node.folder }),
                is_own: node.is_own,
                call,
                texts: texts.collect(),
            }
        });
        Sources::given(modules)
    }

    fn address(&self, module: usize) -> String {
        let up = std::iter::successors(Some(module), |&at| self.0.modules[at].parent);
        let mut names: Vec<String> = up
            .filter(|&at| self.0.modules[at].parent.is_some())
            .map(|at| format!("module.{}", self.0.modules[at].name))
            .collect();
        names.reverse();
        names.join(".")
    }

    fn module(&self, steps: &[Step<'_>]) -> Option<usize> {
        steps.iter().try_fold(0, |at, step| self.0.modules[at].children.get(step.name).copied())
    }

    fn index(&self, module: usize) -> &Index {
        let node = &self.0.modules[module];
        node.index.get_or_init(|| {
            let mut index = Index::default();
            let mut overrides = Vec::new();
            for (name, entry) in &node.files {
                let Some(text) = self.text(entry) else { continue };
                let path = if node.folder.is_empty() { name.clone() } else { format!("{}/{name}", node.folder) };
                let stem = name.split('.').next().unwrap_or_default();
                if stem == "override" || stem.ends_with("_override") {
                    overrides.push((path, text));
                } else {
                    index.add(path, text, false);
                }
            }
            overrides.into_iter().for_each(|(path, text)| index.add(path, text, true));
            index
        })
    }

    /// The text of an entry. What is broken or too large is left out: a configuration only adds knowledge.
    fn text(&self, entry: &str) -> Option<String> {
        let most = self.0.left.load(Ordering::Relaxed).min(MOST_FILE);
        let bytes = self.0.archive.read(entry, most).ok()??;
        self.0.left.fetch_sub((bytes.len() as u64).min(most), Ordering::Relaxed);
        let text = String::from_utf8(bytes).ok()?;
        Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }
}

impl Declarations for PlanSources {
    fn of(&self, address: &Address) -> Option<Declaration> {
        let place = Place::of(address);
        let module = self.module(&place.modules)?;
        let index = self.index(module);
        let at = index.line(index.resources.get(place.resource_name().as_str())?)?;
        let node = &self.0.modules[module];
        let call = node.parent.and_then(|parent| {
            let caller = self.index(parent);
            caller.line(caller.calls.get(&node.name)?)
        });
        Some(Declaration { at, call })
    }
}

impl Node {
    fn of(
        listed: &Listed,
        parent: Option<usize>,
        name: &str,
        files: &mut HashMap<&str, Vec<(String, String)>>,
        is_own: bool,
    ) -> Self {
        let mut files = files.remove(listed.key.as_str()).unwrap_or_default();
        keep_module_files(&mut files, |(name, _)| name);
        // Windows writes its own separators, and a name must not reach a terminal as anything but a name.
        let folder = listed.dir.replace('\\', "/").replace(char::is_control, "?");
        Self {
            parent,
            name: name.into(),
            children: HashMap::new(),
            folder: if folder == "." { String::new() } else { folder },
            is_own,
            files,
            index: OnceLock::new(),
        }
    }
}

impl Index {
    fn add(&mut self, path: String, text: String, is_override: bool) {
        let file = self.files.len();
        let path = path.replace(char::is_control, "?");
        if path.ends_with(".json") {
            let nested = json::read(&path, &text).map(|written| written.blocks).unwrap_or_default();
            for (position, block) in nested.iter().enumerate() {
                let words = std::iter::once(block.kind.as_str()).chain(block.labels.iter().map(SmolStr::as_str));
                let at = At { file, line: block.at.source.line(block.at.span), spelled: Spelled::Json(position) };
                self.declare(&words.collect::<Vec<_>>(), at, is_override);
            }
            self.files.push(File { source: Source::new(path, text), nested });
            return;
        }
        for block in super::blocks::blocks(&text) {
            let words: Vec<&str> = block.words.iter().map(String::as_str).collect();
            let at = At { file, line: block.line, spelled: Spelled::Native(block.range) };
            self.declare(&words, at, is_override);
        }
        self.files.push(File { source: Source::new(path, text), nested: Vec::new() });
    }

    fn declare(&mut self, words: &[&str], at: At, is_override: bool) {
        let (group, name) = match words {
            ["resource", kind, name] => (&mut self.resources, format_smolstr!("{kind}.{name}")),
            ["module", name] => (&mut self.calls, SmolStr::new(name)),
            ["output", name] => (&mut self.outputs, SmolStr::new(name)),
            ["variable", name] => (&mut self.variables, SmolStr::new(name)),
            ["provider", name] => {
                self.providers.push((SmolStr::new(name), Declared { blocks: vec![at], texts: OnceLock::new() }));
                return;
            }
            ["terraform"] => {
                self.settings.push(Declared { blocks: vec![at], texts: OnceLock::new() });
                return;
            }
            _ => return,
        };
        let blocks = &mut group.entry(name).or_default().blocks;
        if blocks.is_empty() || is_override {
            blocks.push(at);
        }
    }

    /// The content of a block, overrides laid over it.
    fn written(&self, declared: &Declared) -> Option<Written> {
        let mut blocks = declared.blocks.iter().filter_map(|at| self.block(at));
        let mut written = blocks.next()?;
        blocks.for_each(|over| written.override_with(over));
        Some(written)
    }

    fn block(&self, at: &At) -> Option<Written> {
        let file = &self.files[at.file];
        match &at.spelled {
            Spelled::Json(position) => Some(file.nested.get(*position)?.content.clone()),
            Spelled::Native(range) => {
                let source = Source::new(file.source.name(), file.source.text().get(range.clone())?);
                let written = Written::of(&parse_body(&source).ok()?, &source);
                Some(written.blocks.into_iter().next()?.content)
            }
        }
    }

    fn texts<'d>(
        &self,
        declared: &'d Declared,
        write: impl Fn(&Written) -> String,
    ) -> Option<(&'d str, Option<&'d str>)> {
        let texts = declared.texts.get_or_init(|| {
            let Some(written) = self.written(declared) else { return Texts::default() };
            let for_each = written.argument("for_each").map(expressions::argument);
            Texts { expressions: write(&written), for_each }
        });
        Some((&texts.expressions, texts.for_each.as_deref()))
    }

    fn line(&self, declared: &Declared) -> Option<Line> {
        let at = declared.blocks.first()?;
        Some(Line { file: self.files[at.file].source.name().into(), number: at.line })
    }

    /// What a provider is called in the module: `required_providers` may give it a name of the module's own.
    fn local_name(&self, provider: &str) -> SmolStr {
        if self.providers.iter().any(|(label, _)| label == provider) {
            return provider.into();
        }
        for settings in self.settings.iter().filter_map(|declared| self.written(declared)) {
            for required in settings.blocks("required_providers") {
                for (name, argument) in &required.content.arguments {
                    if expressions::provider_source(&argument.value)
                        .is_some_and(|source| source.rsplit('/').next() == Some(provider))
                    {
                        return name.clone();
                    }
                }
            }
        }
        provider.into()
    }
}
