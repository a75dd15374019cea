//! What is read: paths and patterns of the command line and of lists, each file once.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use clap::Args;

use super::pricing::Read;
use crate::input;
use crate::model::Problem;

/// What stands for the standard input.
const STDIN: &str = "-";

/// The inputs of a verb that reads many.
#[derive(Debug, Args)]
pub(super) struct Inputs {
    /// Plans (saved ones, or of `terraform show -json`), states, folders of .tf files or of plans and states; `-` is
    /// stdin; patterns such as `envs/*/plan.json`, `**/plan.json` and `envs/{dev,prod}/plan.json` work, and so do s3://,
    /// gs://, az:// and https:// addresses
    #[arg(required_unless_present = "list", value_name = "PATH")]
    paths: Vec<String>,

    /// A file with further inputs, a path or a pattern a line, seen from the current folder; lines that begin with `#`
    /// are comments, and `-` reads the list from stdin
    #[arg(long, value_name = "FILE")]
    list: Vec<PathBuf>,

    /// What to call the project, where the inputs are one; several have their names from their paths or `lepton.hcl`
    #[arg(long, value_name = "NAME")]
    project_name: Option<String>,
}

impl Inputs {
    /// The paths and patterns of the command line, then those of the lists.
    pub(super) fn paths(&self) -> Result<Vec<String>, Problem> {
        let mut paths = self.paths.clone();
        for list in &self.list {
            paths.extend(lines(list)?);
        }
        let lists = self.list.iter().filter(|list| list.as_os_str() == STDIN).count();
        if lists + paths.iter().filter(|path| *path == STDIN).count() > 1 {
            return Err(Problem::error("lepton::input::stdin-twice", "the standard input can be read once only")
                .help("write one of what it should hold to a file, and give that"));
        }
        Ok(paths)
    }

    /// Whether a name is given.
    pub(super) fn is_named(&self) -> bool {
        self.project_name.is_some()
    }

    /// Gives the one project the name that was asked for.
    pub(super) fn name(&self, read: &mut Read) -> Result<(), Problem> {
        let Some(name) = &self.project_name else { return Ok(()) };
        match (read.projects.as_mut_slice(), read.unread.len()) {
            ([project], 0) => project.name.clone_from(name),
            ([], _) => {}
            (several, unread) => {
                let count = several.len() + unread;
                let message = format!("one name, `{name}`, is given for {count} projects");
                return Err(Problem::error("lepton::input::project-name", message).help(
                    "leave --project-name out; `project` blocks in lepton.hcl name the projects of a folder one by one",
                ));
            }
        }
        Ok(())
    }
}

/// The paths in a list.
fn lines(list: &Path) -> Result<Vec<String>, Problem> {
    let text = input::load_text(list)?;
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let paths: Vec<String> =
        lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect();
    if paths.is_empty() {
        return Err(Problem::error(
            "lepton::input::empty-list",
            format!("the list `{}` names no file", list.display()),
        )
        .help("write a path or a pattern on each line"));
    }
    Ok(paths)
}

/// The files and folders that paths and patterns mean, in their order, the same one only where it comes up first.
pub(super) fn expand_all(paths: &[String]) -> Vec<Result<String, Problem>> {
    let mut once = Once::default();
    let found = paths.iter().flat_map(|path| expand(path));
    found.filter(|path| once.is_new(path)).collect()
}

/// Files and folders that came up: the same one counts where it comes up first.
#[derive(Default)]
pub(super) struct Once {
    seen: HashSet<PathBuf>,
}

impl Once {
    /// Whether a path did not come up yet.
    pub(super) fn is_new(&mut self, path: &Result<String, Problem>) -> bool {
        path.as_ref().map_or(true, |path| path == STDIN || self.seen.insert(absolute(path)))
    }
}

/// A path from the root on, without steps that lead nowhere. Links stay: two names of one file are two projects.
fn absolute(path: &str) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.into());
    let mut plain = PathBuf::new();
    for part in whole.components() {
        match part {
            Component::ParentDir => _ = plain.pop(),
            Component::CurDir => {}
            part => plain.push(part),
        }
    }
    plain
}

/// The files that a path means: itself, or what its pattern matches.
pub(super) fn expand(path: &str) -> Vec<Result<String, Problem>> {
    match Path::new(path).exists() {
        true => vec![Ok(path.to_owned())],
        false => alternatives(path).iter().flat_map(|path| matches(path)).collect(),
    }
}

fn matches(path: &str) -> Vec<Result<String, Problem>> {
    let is_pattern = path.contains(['*', '?', '[']) && !Path::new(path).exists();
    if !is_pattern {
        return vec![Ok(path.to_owned())];
    }
    // As in a shell, no wildcard stands for a hidden folder: `**` would find what `.terraform` keeps.
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    let matches = match glob::glob_with(path, options) {
        Ok(matches) => matches,
        Err(error) => {
            let message = format!("`{path}` is not a pattern: {error}");
            return vec![Err(Problem::error("lepton::input::pattern", message).help("quote a literal `[` as `[[]`"))];
        }
    };
    let mut found: Vec<Result<String, Problem>> = matches
        .map(|entry| match entry {
            Ok(path) => Ok(path.display().to_string()),
            Err(error) => Err(Problem::error("lepton::input::unreadable", error.to_string())
                .help("check that the folder may be read by this user")),
        })
        .collect();
    if found.is_empty() {
        let problem = Problem::error("lepton::input::no-match", format!("no file matches `{path}`"))
            .help("check the pattern; quote it so that the shell leaves it alone");
        found.push(Err(problem));
    }
    found
}

/// What a pattern with `{a,b}` stands for, as in a shell; beyond a limit, and without a comma, braces are plain letters.
fn alternatives(pattern: &str) -> Vec<String> {
    const MOST: usize = 1000;
    let mut done = Vec::new();
    let mut open = vec![(pattern.to_owned(), 0)];
    while let Some((pattern, from)) = open.pop() {
        match braces(&pattern, from) {
            Some((start, end, choices)) if open.len() + done.len() + choices.len() <= MOST => {
                let chosen =
                    choices.iter().map(|&choice| (format!("{}{choice}{}", &pattern[..start], &pattern[end..]), start));
                let chosen: Vec<(String, usize)> = chosen.collect();
                open.extend(chosen.into_iter().rev());
            }
            _ => done.push(pattern),
        }
    }
    done
}

/// The first pair of braces with a comma between them: where it begins and ends, and what may stand in its place.
fn braces(pattern: &str, from: usize) -> Option<(usize, usize, Vec<&str>)> {
    for (step, _) in pattern[from..].match_indices('{') {
        let start = from + step;
        let (mut depth, mut first, mut choices) = (0, start + 1, Vec::new());
        for (at, letter) in pattern[start..].char_indices().map(|(step, letter)| (start + step, letter)) {
            match letter {
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 1 => {
                    choices.push(&pattern[first..at]);
                    first = at + 1;
                }
                _ => {}
            }
            if depth == 0 {
                choices.push(&pattern[first..at]);
                break;
            }
        }
        if depth == 0 && choices.len() > 1 {
            let end =
                choices.last().map_or(start, |last| last.as_ptr() as usize - pattern.as_ptr() as usize + last.len());
            return Some((start, end + 1, choices));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn braces_stand_for_alternatives() {
        assert_eq!(alternatives("envs/{dev,prod}/plan.json"), ["envs/dev/plan.json", "envs/prod/plan.json"]);
        assert_eq!(alternatives("{a,b{1,2}}x{,y}"), ["ax", "axy", "b1x", "b1xy", "b2x", "b2xy"]);
        for plain in ["a", "{a}", "{a,b", "a}b,{", "}{", "", "{}"] {
            assert_eq!(alternatives(plain), [plain]);
        }
        assert_eq!(alternatives("{é,ü}{x}"), ["é{x}", "ü{x}"]);
        assert!(alternatives(&"{a,b}".repeat(200)).len() <= 1000);
    }

    #[test]
    fn the_same_file_counts_once() {
        let paths = ["src/main.rs", "./src/../src/main.rs", "src/mai?.rs", "src/{main,lib}.rs"].map(String::from);
        let found: Vec<String> = expand_all(&paths).into_iter().map(Result::unwrap).collect();
        assert_eq!(found, ["src/main.rs", "src/lib.rs"]);
        let stdin = [STDIN, STDIN].map(String::from);
        assert_eq!(expand_all(&stdin).len(), 2);
    }

    #[test]
    fn wildcards_leave_hidden_folders_alone() {
        let is_hidden = |path: &String| path.split('/').any(|part| part.starts_with('.'));
        let found: Vec<String> = expand("*/**/*.yml").into_iter().map(Result::unwrap).collect();
        assert!(!found.is_empty() && !found.iter().any(is_hidden));
        assert!(expand("**/ci.yml")[0].is_err() && expand(".github/**/ci.yml")[0].is_ok());
    }
}
