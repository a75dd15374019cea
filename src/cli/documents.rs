//! What the paths of a run stand for: documents, that is plans and states, and folders of configuration.

use std::path::Path;

use super::audit::Audit;
use super::inputs::{Once, expand};
use super::pricing::{Pricing, Project, Read, plain};
use crate::fetch::{self, Object, Objects};
use crate::input;
use crate::input::module::Moves;
use crate::model::Problem;
use crate::report::AuditInput;

/// What one path stands for, or one of the documents of a folder.
pub(super) enum Input {
    /// A plan or a state.
    Document(Document),
    /// A folder of configuration.
    Folder(String),
}

/// A plan or a state that is not read yet.
pub(super) struct Document {
    /// How its project is called.
    pub(super) name: String,
    /// Where it is, as the user knows it.
    pub(super) path: String,
    /// About how many bytes it has; nothing if that is not known.
    pub(super) size: u64,
    /// The object, if it is in a store.
    object: Option<Object>,
}

/// What a document gives, with its line in the audit log; nothing of one that turns out to be something else.
pub(super) type Opened = Result<Option<(Project, Option<AuditInput>)>, Unread>;

/// A document that could not be read.
pub(super) struct Unread {
    /// Where it is, as the user knows it.
    pub(super) path: String,
    /// Why.
    pub(super) problem: Problem,
}

impl From<Unread> for Read {
    fn from(Unread { path, problem }: Unread) -> Self {
        Self { errors: vec![problem], unread: vec![path], ..Self::default() }
    }
}

impl Document {
    fn file(path: String, name: String) -> Self {
        let size = std::fs::metadata(&path).map_or(0, |metadata| metadata.len());
        Self { name, path, size, object: None }
    }

    fn object(object: Object) -> Self {
        Self { name: object.label.clone(), path: object.label.clone(), size: object.size, object: Some(object) }
    }

    /// Reads it.
    pub(super) fn open(self, objects: &Objects, role: &'static str, audit: &Audit) -> Opened {
        let read = || {
            let bytes = match &self.object {
                Some(object) => objects.load(object)?,
                None => Some(input::load(Path::new(&self.path))?),
            };
            let Some(bytes) = bytes else { return Ok(None) };
            let noted = audit.digest(role, &self.path, &bytes);
            Ok(Some((input::read_with_sources(&self.path, bytes)?, noted)))
        };
        let opened = read();
        let Self { name, path, .. } = self;
        match opened {
            Ok(None) => Ok(None),
            Ok(Some(((plan, saved), noted))) => {
                Ok(Some((Project { name, path, plan, sources: None, saved, moves: Moves::default() }, noted)))
            }
            Err(problem) => Err(Unread { path, problem }),
        }
    }
}

impl Pricing {
    /// What paths stand for, in their order.
    pub(super) fn inputs(&self, paths: &[String]) -> Vec<Result<Input, Problem>> {
        let mut inputs = Vec::new();
        let mut once = Once::default();
        for path in paths {
            if fetch::is_url(path) && !Path::new(path).exists() {
                match self.objects().find(path) {
                    Ok(found) => inputs.extend(found.into_iter().map(Document::object).map(Input::Document).map(Ok)),
                    Err(problem) => inputs.push(Err(problem)),
                }
                continue;
            }
            for path in expand(path).into_iter().filter(|path| once.is_new(path)) {
                match path {
                    Ok(path) if Path::new(&path).is_dir() => match documents(plain(&path), plain(&path)) {
                        Ok(found) if found.is_empty() => inputs.push(Ok(Input::Folder(plain(&path).to_owned()))),
                        Ok(found) => inputs.extend(found.into_iter().map(Input::Document).map(Ok)),
                        Err(problem) => inputs.push(Err(problem)),
                    },
                    Ok(path) => {
                        let name = if path == "-" { "stdin".into() } else { path.clone() };
                        inputs.push(Ok(Input::Document(Document::file(path, name))));
                    }
                    Err(problem) => inputs.push(Err(problem)),
                }
            }
        }
        inputs
    }

    /// Reads one input.
    pub(super) fn open(&self, input: Input, role: &'static str, audit: &mut Audit) -> Read {
        match input {
            Input::Folder(path) => self.read_configuration(&path, &path, role, audit),
            Input::Document(document) => match document.open(self.objects(), role, audit) {
                Ok(Some((project, noted))) => {
                    audit.add(noted);
                    Ok(project).into()
                }
                Ok(None) => Read::default(),
                Err(unread) => unread.into(),
            },
        }
    }

    /// Reads a folder, be it of configuration or of documents. `shown` stands for it in the names of projects.
    pub(super) fn read_plain(&self, path: &str, shown: &str, role: &'static str, audit: &mut Audit) -> Read {
        let found = match documents(path, shown) {
            Ok(found) => found,
            Err(problem) => return Err(problem).into(),
        };
        if found.is_empty() {
            return self.read_configuration(path, shown, role, audit);
        }
        let mut read = Read::default();
        for document in found {
            read.add(self.open(Input::Document(document), role, audit));
        }
        read
    }
}

/// The documents of a folder, each called by its path.
fn documents(folder: &str, shown: &str) -> Result<Vec<Document>, Problem> {
    let found = input::documents(Path::new(folder))?;
    let document = |path: std::path::PathBuf| {
        let rest = path.strip_prefix(folder).unwrap_or(&path);
        let name = super::folders::shown(shown, rest);
        // The current folder goes without saying.
        let path = if folder == "." { rest.display().to_string() } else { path.display().to_string() };
        Document::file(path, name)
    };
    Ok(found.into_iter().map(document).collect())
}
