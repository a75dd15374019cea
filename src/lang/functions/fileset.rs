//! `fileset`: the names of files that a pattern matches.

use globset::{GlobBuilder, GlobMatcher};

use super::files::files;
use super::paths::cleaned;
use super::{Call, Failed, Function, Outside, pure};
use crate::lang::{FileKind, Files};
use crate::model::{List, Type, Value};

pub(super) const ALL: &[Function] = &[pure("fileset", "folder, pattern", 2, Some(2), fileset).sees(Outside::Files)];

/// How long a pattern is.
const MOST_PATTERN: usize = 4096;
/// How deep `**` looks.
const MOST_DEPTH: usize = 32;
/// What an entry of a folder costs, in units of work.
const ENTRY: usize = 8;
/// What it costs to compile a pattern.
const PATTERN: usize = 256;

/// The regular files whose path below the folder fits the pattern, sorted.
fn fileset(call: &Call<'_>) -> Result<Value, Failed> {
    let folder = cleaned(&call.text(0)?);
    let (start, pattern) = start(&folder, &call.text(1)?);
    call.fuel.spend(PATTERN)?;
    let mut search = Search {
        call,
        files: files(call)?,
        matcher: matcher(&pattern).map_err(|reason| call.fail(1, reason))?,
        is_recursive: pattern.contains("**"),
        found: Vec::new(),
    };
    // What is plain at the front of the pattern need not be searched for.
    let parts: Vec<&str> = pattern.split('/').collect();
    let is_plain = |part: &&&str| !part.contains(['*', '?', '[', '{', '\\']);
    let plain = parts[..parts.len() - 1].iter().take_while(is_plain).count();
    // Alternatives may hold more parts than stand between separators.
    let is_deep = search.is_recursive || pattern.contains('{');
    let depth = if is_deep { MOST_DEPTH } else { parts.len() - 1 - plain };
    search.folder(&start, &parts[..plain].join("/"), depth)?;
    let mut names: Vec<String> = search.found.iter().map(|path| relative(&folder, &joined(&start, path))).collect();
    names.sort_unstable();
    let names = names.iter().map(|name| Value::from(name.as_str())).collect();
    Ok(Value::List(List::of(Type::set(Type::String), names)))
}

/// The folder that the search starts in, and the pattern from there on without `..`.
fn start(folder: &str, pattern: &str) -> (String, String) {
    let mut start = folder.to_owned();
    let cleaned_pattern = cleaned(pattern.trim_start_matches('/'));
    let mut pattern = cleaned_pattern.as_str();
    while let Some(rest) = pattern.strip_prefix("../") {
        start = cleaned(&format!("{start}/.."));
        pattern = rest;
    }
    (start, pattern.to_owned())
}

fn matcher(pattern: &str) -> Result<GlobMatcher, String> {
    if pattern.len() > MOST_PATTERN {
        return Err("the pattern is too long".to_owned());
    }
    let glob = GlobBuilder::new(pattern).literal_separator(true).backslash_escape(true).empty_alternates(true).build();
    glob.map(|glob| glob.compile_matcher()).map_err(|error| format!("not a pattern: {}", error.kind()))
}

struct Search<'s> {
    call: &'s Call<'s>,
    files: &'s dyn Files,
    matcher: GlobMatcher,
    is_recursive: bool,
    /// Paths below the start.
    found: Vec<String>,
}

impl Search<'_> {
    /// Looks through the folder `inside` the start, and as many levels below.
    fn folder(&mut self, start: &str, inside: &str, depth: usize) -> Result<(), Failed> {
        self.call.fuel.spend(ENTRY)?;
        let folder = joined(start, inside);
        for (name, kind) in self.files.list(&folder).map_err(|reason| self.refused(&folder, &reason))? {
            self.call.fuel.spend(ENTRY)?;
            let path = joined(inside, &name);
            let is_match = self.matcher.is_match(&path);
            let kind = match kind {
                // `**` does not follow links: they may lead in a circle.
                FileKind::Link if is_match || (depth > 0 && !self.is_recursive) => {
                    self.target(&joined(start, &path))?
                }
                known => known,
            };
            match kind {
                FileKind::File if is_match => self.found.push(path),
                FileKind::Folder if depth > 0 => self.folder(start, &path, depth - 1)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn target(&self, path: &str) -> Result<FileKind, Failed> {
        let kind = self.files.kind(path).map_err(|reason| self.refused(path, &reason))?;
        Ok(match kind {
            Some(FileKind::Folder) if self.is_recursive => FileKind::Link,
            other => other.unwrap_or(FileKind::Other),
        })
    }

    fn refused(&self, path: &str, reason: &str) -> Failed {
        self.call.fail(0, format!("{path:?} {reason}"))
    }
}

fn joined(folder: &str, path: &str) -> String {
    match (folder, path) {
        (_, "") => folder.to_owned(),
        ("" | ".", _) => path.to_owned(),
        _ => format!("{}/{path}", folder.trim_end_matches('/')),
    }
}

/// A path as seen from a folder, both clean.
fn relative(folder: &str, path: &str) -> String {
    let parts = |path: &str| -> Vec<String> {
        path.split('/').filter(|part| !matches!(*part, "" | ".")).map(str::to_owned).collect()
    };
    let (folder, path) = (parts(folder), parts(path));
    let shared = folder.iter().zip(&path).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", folder.len() - shared);
    up.chain(path[shared..].iter().map(String::as_str)).collect::<Vec<_>>().join("/")
}
