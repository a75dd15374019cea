//! The root modules below a folder, and the files of values that each may be planned with.
//!
//! A folder that declares something itself is the root module, whatever lies below it. Else every folder below with
//! module files is one, unless another calls it by a local path. Left out are hidden folders, `node_modules`, examples
//! and tests beside a module's files, and below a folder called `modules` all that configures no provider or backend
//! and has no values of its own.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::sources::{Files, is_module_file, read_files, tidy};
use crate::model::Problem;

/// How deep folders are searched.
const MOST_DEPTH: usize = 16;
/// How many folders are searched.
const MOST_FOLDERS: usize = 20_000;

/// Folders beside a module's files that show or test it.
const BESIDE: [&str; 6] = ["example", "examples", "test", "tests", "fixtures", "testdata"];
/// Folders of modules that are there to be called.
const LIBRARIES: [&str; 2] = ["modules", "module"];
/// Folders within a root module that hold the values of its environments.
const ENVIRONMENTS: [&str; 7] = ["env", "envs", "environment", "environments", "tfvars", "vars", "config"];

/// A root module.
#[derive(Debug, PartialEq, Eq)]
pub struct Root {
    /// Its folder.
    pub folder: PathBuf,
    /// The values that it may be planned with, by name; none if there are only those that are always read.
    pub environments: Vec<Environment>,
}

/// Values that a root module may be planned with.
#[derive(Debug, PartialEq, Eq)]
pub struct Environment {
    /// `prod` of `prod.tfvars`, `env/prod.tfvars` and `environments/prod/terraform.tfvars`.
    pub name: String,
    /// The files.
    pub files: Vec<PathBuf>,
}

/// The root modules of a folder, in order of their paths.
pub fn roots(folder: &Path) -> Result<Vec<Root>, Problem> {
    let mut survey = Survey::default();
    let own = Outline::of(folder);
    if own.as_ref().is_some_and(|own| own.declares) {
        return Ok(vec![root(folder.to_owned())]);
    }
    survey.search(folder, own.is_some(), false, 0)?;
    let mut found = survey.roots();
    if found.is_empty() && own.is_some() {
        found.push(folder.to_owned());
    }
    if found.is_empty() {
        let problem = match survey.modules.is_empty() {
            true => format!("`{}` has no .tf files, plans or states, nor has a folder below it", folder.display()),
            false => format!("`{}` has no root module: its modules are there to be called", folder.display()),
        };
        return Err(Problem::error("lepton::roots::none", problem)
            .help("give the folder of a root module, a plan or a state, or patterns such as 'plans/*.json'"));
    }
    found.sort();
    Ok(found.into_iter().map(root).collect())
}

fn root(folder: PathBuf) -> Root {
    Root { environments: environments(&folder), folder }
}

/// What tells of a module's files whether it is a root.
struct Outline {
    /// The folders that it calls by a local path.
    calls: Vec<PathBuf>,
    /// Whether it declares something, not only versions and the like; a file that cannot be read may.
    declares: bool,
    /// Whether it configures a provider or says where its state is.
    is_configured: bool,
}

impl Outline {
    /// `None` of a folder without module files.
    fn of(folder: &Path) -> Option<Self> {
        let (files, problems) = read_files(folder);
        if files.is_empty() && problems.is_empty() {
            return None;
        }
        let local = |source: &String| source.starts_with("./") || source.starts_with("../");
        let sources = files.calls().into_iter().filter_map(|(_, source, _)| source).filter(local);
        let kinds = kinds(&files);
        let has = |wanted: &[&str]| kinds.iter().any(|kind| wanted.contains(&kind.as_str()));
        Some(Self {
            calls: sources.map(|source| tidy(&folder.join(source))).collect(),
            declares: !problems.is_empty() || has(&["resource", "data", "module"]),
            is_configured: has(&["provider", "backend", "cloud"]),
        })
    }
}

/// The kinds of blocks at the top of files and in their `terraform` blocks.
fn kinds(files: &Files) -> HashSet<String> {
    let mut kinds = HashSet::new();
    for block in files.native().flat_map(|file| file.body.blocks()) {
        kinds.insert(block.ident.as_str().to_owned());
        if block.has_ident("terraform") {
            kinds.extend(block.body.blocks().map(|inner| inner.ident.as_str().to_owned()));
        }
    }
    for text in files.json_texts() {
        let Ok(serde_json::Value::Object(top)) = serde_json::from_str(text) else { continue };
        for (kind, value) in top {
            if kind == "terraform" {
                kinds.extend(value.as_object().into_iter().flat_map(|inner| inner.keys().cloned()));
            }
            kinds.insert(kind);
        }
    }
    kinds
}

/// The modules below a folder.
#[derive(Default)]
struct Survey {
    modules: Vec<(PathBuf, bool)>,
    called: HashSet<PathBuf>,
    folders: usize,
}

impl Survey {
    fn search(&mut self, folder: &Path, is_module: bool, is_library: bool, depth: usize) -> Result<(), Problem> {
        if depth >= MOST_DEPTH {
            return Ok(());
        }
        for (name, inner) in folders(folder) {
            let is_left = name.starts_with('.') || name == "node_modules" || name == "cdk.out";
            if is_left || (is_module && BESIDE.contains(&name.as_str())) {
                continue;
            }
            self.folders += 1;
            if self.folders > MOST_FOLDERS {
                let message = format!("`{}` is among more than {MOST_FOLDERS} folders", inner.display());
                return Err(Problem::error("lepton::roots::too-many", message)
                    .help("give the folders of the root modules, or those next above them"));
            }
            let is_library = is_library || LIBRARIES.contains(&name.as_str());
            let outline = Outline::of(&inner);
            if let Some(outline) = &outline {
                self.called.extend(outline.calls.iter().cloned());
                let may_be_root = !is_library || outline.is_configured || has_values(&inner);
                self.modules.push((inner.clone(), may_be_root));
            }
            self.search(&inner, is_module || outline.is_some(), is_library, depth + 1)?;
        }
        Ok(())
    }

    fn roots(&self) -> Vec<PathBuf> {
        let is_root = |(folder, may_be_root): &&(PathBuf, bool)| *may_be_root && !self.called.contains(&tidy(folder));
        self.modules.iter().filter(is_root).map(|(folder, _)| folder.clone()).collect()
    }
}

/// The folders in a folder, in order of their names. Links are not followed: they may lead in a circle.
fn folders(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut found: Vec<(String, PathBuf)> = folders
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let path = if folder == Path::new(".") { PathBuf::from(&name) } else { folder.join(&name) };
            Some((name, path))
        })
        .collect();
    found.sort();
    found
}

/// The files of values in a folder with the name of each, `prod` of `prod.tfvars`.
fn values(folder: &Path) -> Vec<(String, PathBuf)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut found: Vec<(String, PathBuf)> = entries
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            let stem = name.strip_suffix(".tfvars").or_else(|| name.strip_suffix(".tfvars.json"))?;
            let is_file = !stem.is_empty() && !name.starts_with('.') && entry.path().is_file();
            is_file.then(|| (stem.to_owned(), folder.join(&name)))
        })
        .collect();
    found.sort();
    found
}

fn has_values(folder: &Path) -> bool {
    !values(folder).is_empty()
}

fn has_module_files(folder: &Path) -> bool {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    entries.into_iter().any(|entry| is_module_file(&entry.path()))
}

/// The values that a root module may be planned with beside those that are always read.
fn environments(root: &Path) -> Vec<Environment> {
    let is_automatic = |name: &str| name == "terraform" || name.ends_with(".auto");
    let one = |(name, file): (String, PathBuf)| Environment { name, files: vec![file] };
    let mut found: Vec<Environment> =
        values(root).into_iter().filter(|(name, _)| !is_automatic(name)).map(one).collect();
    for (name, folder) in folders(root) {
        if !ENVIRONMENTS.contains(&name.as_str()) || has_module_files(&folder) {
            continue;
        }
        found.extend(values(&folder).into_iter().map(one));
        for (name, inner) in folders(&folder) {
            let files: Vec<PathBuf> = values(&inner).into_iter().map(|(_, file)| file).collect();
            if !files.is_empty() && !has_module_files(&inner) {
                found.push(Environment { name, files });
            }
        }
    }
    found.sort_by(|left, right| left.name.cmp(&right.name));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const RESOURCE: &str = "resource \"aws_vpc\" \"a\" {}\n";

    fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        folder
    }

    /// The folders of the roots, each with its environments.
    fn found(files: &[(&str, &str)]) -> Vec<(String, Vec<String>)> {
        let folder = tree(files);
        let name = |path: &Path| path.strip_prefix(folder.path()).unwrap().display().to_string();
        let names = |root: &Root| root.environments.iter().map(|environment| environment.name.clone()).collect();
        roots(folder.path()).unwrap().iter().map(|root| (name(&root.folder), names(root))).collect()
    }

    fn folders_of(files: &[(&str, &str)]) -> Vec<String> {
        found(files).into_iter().map(|(folder, _)| folder).collect()
    }

    #[test]
    fn modules_that_are_called_are_no_roots() {
        let call = "module \"a\" {\n  source = \"../lib\"\n}\n";
        assert_eq!(folders_of(&[("lib/a.tf", RESOURCE), ("prod/a.tf", call), ("test/a.tofu", call)]), ["prod", "test"]);
        let json = r#"{"module": {"a": {"source": "../lib"}}}"#;
        assert_eq!(folders_of(&[("lib/a.tf", RESOURCE), ("prod/a.tf.json", json)]), ["prod"]);
    }

    #[test]
    fn a_folder_that_declares_something_is_the_root() {
        assert_eq!(folders_of(&[("a.tf", RESOURCE), ("below/a.tf", RESOURCE)]), [""]);
        let versions = "terraform {\n  required_version = \">= 1.5\"\n}\n";
        assert_eq!(folders_of(&[("versions.tf", versions), ("below/a.tf", RESOURCE)]), ["below"]);
        assert_eq!(folders_of(&[("versions.tf", versions)]), [""]);
        assert_eq!(folders_of(&[("broken.tf", "resource {"), ("below/a.tf", RESOURCE)]), [""]);
    }

    #[test]
    fn what_is_there_to_be_called_or_shown_is_left_out() {
        let provider = "provider \"aws\" {}\n";
        let files = [
            ("modules/uncalled/a.tf", RESOURCE),
            ("modules/configured/a.tf", provider),
            ("modules/valued/a.tf", RESOURCE),
            ("modules/valued/terraform.tfvars", ""),
            ("prod/a.tf", RESOURCE),
            ("prod/examples/a/a.tf", RESOURCE),
            ("prod/tests/a.tf", RESOURCE),
            ("prod/.terraform/modules/a/a.tf", RESOURCE),
            ("prod/node_modules/a/a.tf", RESOURCE),
            ("environments/test/a.tf", RESOURCE),
        ];
        assert_eq!(folders_of(&files), ["environments/test", "modules/configured", "modules/valued", "prod"]);
    }

    #[test]
    fn values_that_are_not_read_by_themselves_are_environments() {
        let files = [
            ("a.tf", RESOURCE),
            ("terraform.tfvars", ""),
            ("team.auto.tfvars", ""),
            ("prod.tfvars", ""),
            ("env/stage.tfvars.json", "{}"),
            ("environments/dev/terraform.tfvars", ""),
            ("environments/own/a.tf", RESOURCE),
            ("environments/own/terraform.tfvars", ""),
            ("docs/other.tfvars", ""),
        ];
        let environments = ["dev", "prod", "stage"].map(str::to_owned).to_vec();
        assert_eq!(found(&files), [(String::new(), environments)]);
    }

    #[test]
    fn a_folder_without_a_root_says_so() {
        let problem = |files: &[(&str, &str)]| roots(tree(files).path()).unwrap_err().to_string();
        assert!(problem(&[("plan.json", "{}")]).contains("no .tf files"));
        assert!(problem(&[("modules/a/a.tf", RESOURCE)]).contains("no root module"));
    }
}
