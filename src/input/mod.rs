//! Reads plans and states, whatever their spelling, into a [`Plan`].
//!
//! A document is told by its content, never by its name. The text is kept once; a resource's attributes
//! are ranges of it, decoded when an expression asks for them. The text of a plan never stands in a
//! diagnostic, because plans hold secrets: problems name the line and column instead.

mod by_value;
mod configuration;
mod decode;
mod dependencies;
mod document;
mod flatmap;
mod follow;
mod git;
mod imprint;
mod index_key;
mod layout;
mod lazy;
mod many;
mod mask;
mod mistaken;
pub mod module;
mod module_files;
mod noise;
mod number;
mod packing;
mod place;
mod plan;
mod plan_file;
mod problems;
mod record;
mod references;
mod region;
mod resolve;
mod resources;
mod roots;
mod scan;
mod sniff;
mod sources;
mod state;
pub mod terragrunt;
mod text;
mod values;
mod wrapped;

pub use follow::follow_sources;
pub use git::{Repository, Snapshot};
pub use many::{documents, is_document, is_left, too_many};
pub use module_files::ModuleFiles;
pub use plan_file::PlanSources;
pub use resources::by_name;
pub use roots::{Environment, Root, roots};
pub(crate) use sources::masked;
pub use sources::{AddedFile, FindModule, Module, Place, SourceFile, Sources};

use std::io::Read as _;
use std::path::Path;

use crate::model::{Plan, Problem};

/// Reads one plan or state. `path_label` is what problems call it; `-` stands for the standard input.
///
/// ```
/// let text = r#"{"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[]}"#;
/// let plan = lepton::input::read("plan.json", text.into()).expect("a plan");
/// assert_eq!(plan.terraform_version.as_deref(), Some("1.11.4"));
/// ```
pub fn read(path_label: &str, bytes: Vec<u8>) -> Result<Plan, Problem> {
    read_with_sources(path_label, bytes).map(|(plan, _)| plan)
}

/// The same, with the files that the plan was made of where the input holds them: saved plans do.
pub fn read_with_sources(path_label: &str, bytes: Vec<u8>) -> Result<(Plan, Option<PlanSources>), Problem> {
    let label = if path_label == "-" { "standard input" } else { path_label };
    let bytes = packing::unpack(label, bytes)?;
    if bytes.len() as u64 > text::MOST_BYTES {
        return Err(problems::too_large(label));
    }
    if plan_file::is_zip(&bytes) {
        return plan_file::read(label, bytes);
    }
    Ok((sniff::read(label, text::decode(label, bytes)?)?, None))
}

/// The most bytes that an input may have.
pub const MOST_BYTES: u64 = text::MOST_BYTES;

/// Reads the file at `path`, or the standard input if that is `-`.
pub fn read_path(path: &Path) -> Result<Plan, Problem> {
    read(&path.display().to_string(), load(path)?)
}

/// The text of the file at `path`, or of the standard input if that is `-`, however it is spelled.
pub fn load_text(path: &Path) -> Result<String, Problem> {
    text::decode(&path.display().to_string(), load(path)?)
}

/// The bytes of the file at `path`, or of the standard input if that is `-`; no more than lepton would read.
pub fn load(path: &Path) -> Result<Vec<u8>, Problem> {
    let label = &path.display().to_string();
    if label == "-" {
        let mut bytes = Vec::new();
        let limit = text::MOST_BYTES + 1;
        let read = std::io::stdin().lock().take(limit).read_to_end(&mut bytes);
        return read.map(|_| bytes).map_err(|error| problems::unreadable("standard input", &error));
    }
    let metadata = std::fs::metadata(path).map_err(|error| problems::unreadable(label, &error))?;
    if metadata.is_dir() {
        return Err(problems::directory(label));
    }
    if metadata.len() > text::MOST_BYTES {
        return Err(problems::too_large(label));
    }
    std::fs::read(path).map_err(|error| problems::unreadable(label, &error))
}
