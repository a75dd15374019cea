//! The Terraform files that a plan was made of: where each resource of the plan is written.
//!
//! Nothing is evaluated here. Modules are followed by their local paths, by what `terraform init` noted in
//! `.terraform/modules/modules.json`, and by what the caller knows of other places.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use hcl::edit::Span as _;
use hcl::edit::expr::Expression;
use hcl::edit::structure::{Block, Body, Structure};
use serde::Deserialize;

use crate::lang::parse_body;
use crate::model::{Address, Problem, Source, Span};

/// Files of a module tree that no person wrote are longer.
const MOST_BYTES: u64 = 4 << 20;
/// How deep modules call modules.
const MOST_DEPTH: usize = 32;
/// How many module calls are followed.
const MOST_CALLS: usize = 10_000;
/// The code of what is said of a module that calls itself.
pub(super) const CALLS_ITSELF: &str = "lepton::module::calls-itself";

/// A root module and the modules that it calls.
#[derive(Debug, Default)]
pub struct Sources {
    /// By address without indexes; the root is "".
    modules: BTreeMap<String, Module>,
    /// Where modules are that no local path leads to, by their source and version.
    fetched: HashMap<(String, Option<String>), PathBuf>,
    problems: Vec<Problem>,
}

/// The files of one module, as called at one place.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its folder.
    pub folder: PathBuf,
    /// Its files in order of their names, overrides last.
    pub files: Vec<std::sync::Arc<SourceFile>>,
    /// Its files in JSON syntax, in the same order.
    pub(super) json: Vec<std::sync::Arc<JsonFile>>,
    /// Whether it is part of the same code base: reached from the root by local paths alone.
    pub is_own: bool,
    /// The address of the module that calls it, and the name of the call; `None` for the root.
    pub call: Option<(String, String)>,
}

/// A parsed file.
#[derive(Debug)]
pub struct SourceFile {
    /// Its path, as one would open it.
    pub path: PathBuf,
    /// Its text.
    pub source: Source,
    /// Its structure, with spans.
    pub body: Body,
    pub(super) is_override: bool,
}

/// A file in JSON syntax, as it is written.
#[derive(Debug)]
pub(super) struct JsonFile {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) is_override: bool,
}

/// A file of the root module that stands elsewhere, or nowhere: it is as if it stood in the folder.
#[derive(Clone, Debug)]
pub struct AddedFile {
    /// What problems call it.
    pub label: String,
    /// The name in the folder: `provider.tf`. A file of that name is replaced.
    pub name: String,
    /// What it holds.
    pub text: String,
}

/// A module whose files are at hand.
pub(super) struct GivenModule {
    pub(super) address: String,
    pub(super) folder: PathBuf,
    pub(super) is_own: bool,
    pub(super) call: Option<(String, String)>,
    pub(super) texts: Vec<(PathBuf, String)>,
}

/// The files of one folder, in both syntaxes.
#[derive(Clone, Default)]
pub(super) struct Files {
    native: Vec<std::sync::Arc<SourceFile>>,
    json: Vec<std::sync::Arc<JsonFile>>,
}

/// Where modules are that no local path leads to, by their source and version, and whether `init` has installed them:
/// what is found wins over that.
pub type FindModule<'f> = &'f dyn Fn(&str, Option<&str>, bool) -> Option<PathBuf>;

/// A block of a file.
#[derive(Clone, Copy, Debug)]
pub struct Place<'s> {
    /// The module.
    pub module: &'s Module,
    /// The file.
    pub file: &'s SourceFile,
    /// The position of the block in the file's body.
    pub index: usize,
    /// The block.
    pub block: &'s Block,
}

impl Place<'_> {
    /// The bytes of the block's head: `resource "aws_instance" "web"`.
    pub fn head(&self) -> Span {
        let start = self.block.ident.span().map_or(0, |span| span.start);
        let text = self.file.source.text();
        let end = text[start..].find(['{', '\n']).map_or(text.len(), |length| start + length);
        Span { start, end: start + text[start..end].trim_end().len() }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Installed {
    #[serde(default)]
    modules: Vec<InstalledModule>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct InstalledModule {
    key: String,
    dir: PathBuf,
}

impl Sources {
    /// Reads the module in a folder and all that it calls. Files that do not parse are left out, with a problem each.
    pub fn read(folder: &Path) -> Result<Self, Problem> {
        Self::read_with(folder, &|_, _, _| None)
    }

    /// The same, where the caller knows where further modules are.
    pub fn read_with(folder: &Path, find: FindModule<'_>) -> Result<Self, Problem> {
        Self::read_all(folder, &[], find)
    }

    /// The same, with further files of the root module.
    pub fn read_all(folder: &Path, added: &[AddedFile], find: FindModule<'_>) -> Result<Self, Problem> {
        let unreadable = |text: String| {
            Problem::error("lepton::sources::unreadable", text).help("give the folder of the root module's .tf files")
        };
        if !folder.is_dir() {
            return Err(unreadable(format!("`{}` is no folder", folder.display())));
        }
        let mut reader = Reader {
            installed: installed(folder),
            read: HashMap::new(),
            sources: Self::default(),
            root: folder.to_owned(),
            added,
            find,
        };
        reader.module("", "", folder, true, None, 0);
        let sources = reader.sources;
        let is_empty = |module: &Module| module.files.is_empty() && module.json.is_empty();
        if sources.modules.values().all(is_empty) && sources.problems.is_empty() {
            return Err(unreadable(format!("`{}` has no .tf files", folder.display())));
        }
        Ok(sources)
    }

    /// Modules whose files are at hand. Files that do not parse are left out, with a problem each.
    pub(super) fn given(modules: impl Iterator<Item = GivenModule>) -> Self {
        let mut sources = Self::default();
        for GivenModule { address, folder, is_own, call, texts } in modules {
            let mut files = Files::default();
            for (path, text) in texts {
                let name = path.display().to_string();
                sources.problems.extend(files.push(&path, name, text).err());
            }
            files.sort();
            let module = Module { folder, files: files.native, json: files.json, is_own, call };
            sources.modules.insert(address, module);
        }
        sources
    }

    /// What is wrong with single files, each of which was left out.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Where a module is that no local path leads to.
    pub fn fetched(&self, source: &str, version: Option<&str>) -> Option<PathBuf> {
        self.fetched.get(&(source.to_owned(), version.map(str::to_owned))).cloned()
    }

    /// All files with their names, each once.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        let mut seen = std::collections::HashSet::new();
        let files = self.modules.values().flat_map(|module| {
            let native = module.files.iter().map(|file| (file.source.name(), file.source.text()));
            native.chain(module.json.iter().map(|file| (file.name.as_str(), file.text.as_str())))
        });
        files.filter(move |(name, _)| seen.insert(*name))
    }

    /// Every module by its address without indexes, callers first.
    pub(super) fn modules(&self) -> impl Iterator<Item = (&String, &Module)> {
        self.modules.iter()
    }

    /// The module at an address without indexes.
    pub fn module(&self, address: &str) -> Option<&Module> {
        self.modules.get(address)
    }

    /// Where a managed resource is written: its block, then the blocks that override parts of it.
    pub fn resource(&self, address: &Address) -> Vec<Place<'_>> {
        let plain = Address::new(address.without_indexes());
        let Some(module) = self.modules.get(plain.module()) else { return Vec::new() };
        let Some((kind, name)) = plain.local().split_once('.') else { return Vec::new() };
        let mut found = Vec::new();
        for file in &module.files {
            for (index, structure) in file.body.iter().enumerate() {
                let Structure::Block(block) = structure else { continue };
                if block.has_ident("resource") && block.has_exact_labels(&[kind, name]) {
                    found.push(Place { module, file, index, block });
                }
            }
        }
        found
    }

    /// The first block of a kind with some labels in a module, such as `variable "size"`.
    pub fn block(&self, module: &str, kind: &str, labels: &[&str]) -> Option<Place<'_>> {
        let module = self.modules.get(module)?;
        module.files.iter().find_map(|file| {
            file.body.iter().enumerate().find_map(|(index, structure)| {
                let block = structure.as_block()?;
                let is_meant = block.has_ident(kind) && block.has_exact_labels(labels);
                is_meant.then_some(Place { module, file, index, block })
            })
        })
    }

    /// The blocks of a kind without labels in a module, such as `locals`.
    pub fn blocks<'s>(&'s self, module: &str, kind: &'static str) -> impl Iterator<Item = Place<'s>> {
        self.modules.get(module).into_iter().flat_map(move |module| {
            module.files.iter().flat_map(move |file| {
                file.body.iter().enumerate().filter_map(move |(index, structure)| {
                    let block = structure.as_block().filter(|block| block.has_ident(kind))?;
                    Some(Place { module, file, index, block })
                })
            })
        })
    }
}

struct Reader<'f> {
    installed: HashMap<String, PathBuf>,
    read: HashMap<PathBuf, Files>,
    sources: Sources,
    root: PathBuf,
    added: &'f [AddedFile],
    find: FindModule<'f>,
}

impl Reader<'_> {
    fn module(
        &mut self,
        address: &str,
        key: &str,
        folder: &Path,
        is_own: bool,
        call: Option<(String, String)>,
        depth: usize,
    ) {
        if depth > MOST_DEPTH || self.sources.modules.len() >= MOST_CALLS {
            return;
        }
        let mut files = self.files(folder);
        if address.is_empty() {
            self.add_to(&mut files);
        }
        let calls = files.calls();
        let module = Module { folder: folder.to_owned(), files: files.native, json: files.json, is_own, call };
        self.sources.modules.insert(address.to_owned(), module);
        for (name, source, version) in calls {
            let inner = if address.is_empty() { format!("module.{name}") } else { format!("{address}.module.{name}") };
            let key = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
            let is_local =
                source.as_deref().is_some_and(|source| source.starts_with("./") || source.starts_with("../"));
            let target = match (is_local, &source) {
                (true, Some(source)) => Some(folder.join(source)),
                _ => {
                    let installed = self.installed.get(&key).map(|folder| self.root.join(folder));
                    let is_installed = installed.as_ref().is_some_and(|folder| folder.is_dir());
                    let find = |source: &str| (self.find)(source, version.as_deref(), is_installed);
                    source.as_deref().and_then(find).or(installed)
                }
            };
            if let (false, Some(source), Some(target)) = (is_local, source, &target) {
                self.sources.fetched.insert((source, version), target.clone());
            }
            if let Some(target) = target.filter(|target| target.is_dir()) {
                if self.is_around(address, &tidy(&target)) {
                    let problem = self.calls_itself(address, &name);
                    self.sources.problems.push(problem);
                    continue;
                }
                let call = Some((address.to_owned(), name));
                self.module(&inner, &key, &tidy(&target), is_own && is_local, call, depth + 1);
            }
        }
    }

    fn add_to(&mut self, files: &mut Files) {
        for added in self.added {
            files.remove(&added.name);
            let (label, path) = (added.label.clone(), self.root.join(&added.name));
            if let Err(problem) = files.push(&path, label, added.text.clone()) {
                self.sources.problems.push(problem);
            }
        }
        files.sort();
    }

    /// Whether a folder is that of a module or of one that calls it.
    fn is_around(&self, address: &str, folder: &Path) -> bool {
        let mut next = Some(address.to_owned());
        while let Some(module) = next.and_then(|address| self.sources.modules.get(&address)) {
            if module.folder == folder {
                return true;
            }
            next = module.call.as_ref().map(|(caller, _)| caller.clone());
        }
        false
    }

    fn calls_itself(&self, address: &str, name: &str) -> Problem {
        let problem = Problem::error(CALLS_ITSELF, format!("the module `{name}` calls itself"))
            .help("a module cannot be part of itself: correct the source");
        match self.sources.block(address, "module", &[name]) {
            Some(place) => problem.at(&place.file.source, place.head(), "leads back to where it is called"),
            None => problem,
        }
    }

    /// The files of a folder, read once however often the module is called.
    fn files(&mut self, folder: &Path) -> Files {
        if let Some(files) = self.read.get(folder) {
            return files.clone();
        }
        let (files, problems) = read_files(folder);
        self.sources.problems.extend(problems);
        self.read.insert(folder.to_owned(), files.clone());
        files
    }
}

/// The module files of a folder, and what is wrong with those that cannot be read.
pub(super) fn read_files(folder: &Path) -> (Files, Vec<Problem>) {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| is_module_file(path));
    paths.sort();
    // OpenTofu's own spelling of a file stands for the other.
    let twins: Vec<String> = paths.iter().filter_map(|path| path.to_str()).filter_map(twin).collect();
    paths.retain(|path| path.to_str().is_none_or(|path| !twins.iter().any(|twin| twin == path)));
    let mut files = Files::default();
    let problems = paths.iter().filter_map(|path| files.add(path).err()).collect();
    files.sort();
    (files, problems)
}

impl Files {
    pub(super) fn is_empty(&self) -> bool {
        self.native.is_empty() && self.json.is_empty()
    }

    pub(super) fn native(&self) -> impl Iterator<Item = &SourceFile> {
        self.native.iter().map(std::sync::Arc::as_ref)
    }

    pub(super) fn json_texts(&self) -> impl Iterator<Item = &str> {
        self.json.iter().map(|file| file.text.as_str())
    }

    fn add(&mut self, path: &Path) -> Result<(), Problem> {
        let unreadable = |text: String| {
            let text = format!("`{}` cannot be read: {text}", path.display());
            Problem::error("lepton::sources::unreadable", text).help("its resources have no place in the report")
        };
        let length = std::fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
        if length > MOST_BYTES {
            return Err(unreadable(format!("it has {length} bytes, more than {MOST_BYTES}")));
        }
        let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
        let text = text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text);
        self.push(path, path.display().to_string(), text)
    }

    fn push(&mut self, path: &Path, name: String, text: String) -> Result<(), Problem> {
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let stem = file_name.split('.').next().unwrap_or_default();
        let is_override = stem == "override" || stem.ends_with("_override");
        if has_ending(path, "json") {
            self.json.push(JsonFile { name, text, is_override }.into());
            return Ok(());
        }
        let source = Source::new(name, text);
        let body = parse_body(&source)?;
        self.native.push(SourceFile { path: path.to_owned(), source, body, is_override }.into());
        Ok(())
    }

    /// Leaves a file out.
    fn remove(&mut self, name: &str) {
        let is_meant = |path: &Path| path.file_name().is_some_and(|found| found == name);
        self.native.retain(|file| !is_meant(&file.path));
        self.json.retain(|file| !is_meant(Path::new(&file.name)));
    }

    /// Overrides stand last.
    fn sort(&mut self) {
        self.native.sort_by_key(|file| file.is_override);
        self.json.sort_by_key(|file| file.is_override);
    }

    /// The modules that these files call: the name, the source and the version of each call.
    pub(super) fn calls(&self) -> Vec<(String, Option<String>, Option<String>)> {
        let blocks = self.native.iter().flat_map(|file| file.body.blocks());
        let native = blocks.filter(|block| block.has_ident("module")).filter_map(|block| {
            let name = block.labels.first()?.as_str().to_owned();
            Some((name, literal(&block.body, "source"), literal(&block.body, "version")))
        });
        native.chain(self.json.iter().flat_map(|file| json_calls(&file.text))).collect()
    }
}

fn json_calls(text: &str) -> Vec<(String, Option<String>, Option<String>)> {
    let Ok(serde_json::Value::Object(mut top)) = serde_json::from_str(text) else { return Vec::new() };
    let Some(serde_json::Value::Object(calls)) = top.remove("module") else { return Vec::new() };
    let text = |call: &serde_json::Value, name: &str| call.get(name)?.as_str().map(str::to_owned);
    calls.into_iter().map(|(name, call)| (name, text(&call, "source"), text(&call, "version"))).collect()
}

/// Keeps what Terraform or OpenTofu would read, in order of the names.
pub(super) fn keep_module_files<T>(files: &mut Vec<T>, name: impl Fn(&T) -> &String) {
    files.retain(|file| is_module_file(Path::new(name(file))));
    files.sort_by(|left, right| name(left).cmp(name(right)));
    // OpenTofu's own spelling of a file stands for the other.
    let twins: Vec<String> = files.iter().filter_map(|file| twin(name(file))).collect();
    files.retain(|file| !twins.contains(name(file)));
}

/// Whether Terraform or OpenTofu would read a file: those of editors and hidden ones are left alone.
pub(super) fn is_module_file(path: &Path) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return false };
    let is_left = name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'));
    !is_left && [".tf", ".tofu", ".tf.json", ".tofu.json"].iter().any(|ending| name.ends_with(ending))
}

/// The file that a file of OpenTofu's own stands for.
fn twin(path: &str) -> Option<String> {
    let plain = path.strip_suffix(".tofu").map(|stem| format!("{stem}.tf"));
    plain.or_else(|| path.strip_suffix(".tofu.json").map(|stem| format!("{stem}.tf.json")))
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found == ending)
}

/// What `terraform init` noted, by the path of the call: `net.subnets`.
fn installed(root: &Path) -> HashMap<String, PathBuf> {
    let text = std::fs::read(root.join(".terraform/modules/modules.json")).unwrap_or_default();
    let installed: Installed = serde_json::from_slice(&text).unwrap_or(Installed { modules: Vec::new() });
    installed
        .modules
        .into_iter()
        .filter(|module| !module.key.is_empty())
        .map(|module| (module.key, module.dir))
        .collect()
}

/// A text attribute without anything to evaluate in it.
fn literal(body: &Body, name: &str) -> Option<String> {
    match &body.get_attribute(name)?.value {
        Expression::String(text) => Some(text.as_str().to_owned()),
        _ => None,
    }
}

/// A path without `.` and without `x/..`, so that one folder has one name.
pub(super) fn tidy(path: &Path) -> PathBuf {
    use std::path::Component;
    let mut out = PathBuf::new();
    for part in path.components() {
        match (part, out.components().next_back()) {
            (Component::CurDir, Some(_)) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                out.pop();
            }
            _ => out.push(part),
        }
    }
    out
}

/// A source without the password in it.
pub(crate) fn masked(source: &str) -> String {
    let Some(start) = source.find("://").map(|at| at + 3) else { return source.to_owned() };
    let end = source[start..].find('/').map_or(source.len(), |length| start + length);
    let Some(at) = source[start..end].rfind('@').map(|at| start + at) else { return source.to_owned() };
    match source[start..at].find(':') {
        Some(colon) => format!("{}:***{}", &source[..start + colon], &source[at..]),
        // A name alone may be a token, except the one that every server has.
        None if &source[start..at] == "git" => source.to_owned(),
        None => format!("{}***{}", &source[..start], &source[at..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_folder_has_one_name() {
        assert_eq!(tidy(Path::new("infra/./modules/../net")), Path::new("infra/net"));
        assert_eq!(tidy(Path::new("../a/../../b")), Path::new("../../b"));
        assert_eq!(tidy(Path::new("./a")), Path::new("./a"));
    }

    #[test]
    fn passwords_are_masked() {
        assert_eq!(masked("git::https://me:secret@example.com/a@b"), "git::https://me:***@example.com/a@b");
        assert_eq!(masked("git::https://token@example.com/a"), "git::https://***@example.com/a");
        assert_eq!(masked("git::ssh://git@example.com/a"), "git::ssh://git@example.com/a");
        assert_eq!(masked("git@example.com:a/b"), "git@example.com:a/b");
    }
}
