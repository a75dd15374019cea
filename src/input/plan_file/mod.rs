//! Saved plans, as `terraform plan -out` and `tofu plan -out` write them, without either program.
//!
//! ```text
//! zip ── tfplan ──────── messages ── values as JSON text with masks ──▶ Change…
//!     ├─ tfconfig/ ───── modules ── blocks, parsed when asked for ────▶ references, regions, places
//!     └─ tfstate ─────── whether anything exists
//! ```
//!
//! The values become the text that `show -json` would give, and from there on all is as for plan JSON. What the file
//! does not have is the providers' schemas. Numbers with more digits than a binary fraction holds are stored as text and
//! are read as text. What only a schema calls sensitive is found by its name (`secrets.rs`).

mod archive;
mod blocks;
mod changes;
mod expressions;
mod marks;
mod msgpack;
mod provider;
mod secrets;
mod sources;
mod values;
mod wire;

pub(super) use provider::ProviderPlace;
pub use sources::PlanSources;

use std::collections::HashMap;
use std::sync::Arc;

use prost::bytes::Bytes;
use smol_str::SmolStr;

use self::archive::Archive;
use self::changes::{Draft, Found};
use self::values::{Guard, Writer};
use self::wire::{Field, Fields, Variable};
use super::configuration::Configuration;
use super::document::Document;
use super::plan::Gathered;
use super::problems;
use super::references::Graph;
use super::region::{Configured, Regions};
use super::text::MOST_BYTES;
use crate::model::{Change, Declarations, InputKind, Plan, Problem};

/// The version of the format that is known: Terraform's since 0.12, and OpenTofu's.
const VERSION: u64 = 3;
/// The most bytes that the messages of a plan have. Small ones take many times their room once they are read.
const MOST_MESSAGES: u64 = 256 << 20;

/// The entry with the plan itself.
const PLAN: &str = "tfplan";
/// The entry with the state that it was planned from.
const STATE: &str = "tfstate";

/// What is wrong with a plan file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// The zip cannot be unpacked.
    Archive,
    /// The messages in it break.
    Messages,
    /// A value breaks.
    Values,
    TooLarge,
}

/// What the messages say.
struct Said {
    version: Option<u64>,
    terraform_version: Option<SmolStr>,
    errored: bool,
    complete: bool,
    applyable: bool,
    is_partial: bool,
    lists_changes: bool,
    nameless: usize,
    drafts: Vec<Draft>,
    variables: Vec<Variable>,
    writer: Writer,
}

/// Whether some bytes are a zip.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// Reads a saved plan, and gives the files that it holds.
pub(super) fn read(label: &str, bytes: Vec<u8>) -> Result<(Plan, Option<PlanSources>), Problem> {
    let broken = |broken| problems::broken_plan_file(label, broken);
    let archive = Archive::open(bytes.into()).map_err(broken)?;
    let Some(messages) = archive.read(PLAN, MOST_MESSAGES).map_err(broken)? else {
        return Err(problems::other_zip(label, archive.names()));
    };
    if problems::is_stack(&messages) {
        return Err(problems::stack_plan(label));
    }
    let mut said = Said::read(messages.into()).map_err(broken)?;
    match said.version {
        Some(VERSION) => {}
        Some(version) => return Err(problems::plan_file_version(label, version)),
        None => return Err(broken(Broken::Messages)),
    }
    let variables = said.write_variables().map_err(broken)?;
    let sources = PlanSources::of(&archive);
    let has_before = said.lists_changes || holds_state(&archive).map_err(broken)?;
    Ok((plan(label, said, variables, sources.clone(), has_before), sources))
}

fn plan(
    label: &str,
    said: Said,
    variables: std::ops::Range<usize>,
    sources: Option<PlanSources>,
    has_before: bool,
) -> Plan {
    let document = Document::new(said.writer.text);
    let configuration = sources.clone().map(|files| Arc::new(Configuration::of_files(files)));
    let regions = configuration.as_ref().map(|configuration| {
        let variables = (document.clone(), document.part_in(variables));
        Regions::of_files(configuration, variables)
    });
    let mut known: HashMap<ProviderPlace, Configured> = HashMap::new();
    let mut gathered = Gathered { nameless: said.nameless, ..Gathered::default() };
    gathered.changes.reserve_exact(said.drafts.len());
    for draft in said.drafts {
        gathered.unknown_actions += usize::from(draft.is_odd());
        let configured = draft.provider.as_ref().map(|place| match known.get(place) {
            Some(configured) => configured.clone(),
            None => {
                let configured = regions.as_ref().map(|regions| regions.at(place)).unwrap_or_default();
                known.insert(place.clone(), configured.clone());
                configured
            }
        });
        gathered.changes.push(draft.finish(&document, configured.unwrap_or_default()));
    }
    let gathered = gathered.sorted();
    // Not every version says whether a plan is complete; those that do also say whether it can be applied.
    let complete = !said.errored && (said.complete || !(said.is_partial || said.applyable));
    let is_empty = gathered.changes.is_empty() && !said.lists_changes && has_before;
    let problems = gathered.problems(label, said.errored, complete, is_empty);
    let changes: Arc<[Change]> = gathered.changes.into();
    Plan {
        kind: InputKind::PlanFile,
        terraform_version: said.terraform_version,
        references: Arc::new(Graph::new(changes.clone(), configuration)),
        changes,
        declarations: sources.map(|sources| Arc::new(sources) as Arc<dyn Declarations>),
        assumed_usage: HashMap::new(),
        complete,
        has_before,
        problems,
    }
}

impl Said {
    fn read(messages: Bytes) -> Result<Self, Broken> {
        let mut said = Self {
            version: None,
            terraform_version: None,
            errored: false,
            complete: false,
            applyable: false,
            is_partial: false,
            lists_changes: false,
            nameless: 0,
            drafts: Vec::new(),
            variables: Vec::new(),
            // Names and values take a little more room in JSON.
            writer: Writer::new(messages.len() + messages.len() / 2),
        };
        for field in Fields::new(messages) {
            match field? {
                Field::Version(version) => said.version = Some(version),
                Field::TerraformVersion(version) => said.terraform_version = Some(version.into()),
                Field::Errored(value) => said.errored = value,
                Field::Complete(value) => said.complete = value,
                Field::Applyable(value) => said.applyable = value,
                Field::Partial => said.is_partial = true,
                Field::Variable(variable) => said.variables.push(variable),
                // Another version may mean something else by the same field.
                Field::Change(message) if said.version == Some(VERSION) => {
                    let found = changes::draft(&message, &mut said.writer)?;
                    said.lists_changes |= !matches!(found, Found::Hidden);
                    match found {
                        Found::Managed(draft) => said.drafts.push(*draft),
                        Found::Nameless => said.nameless += 1,
                        Found::Other | Found::Hidden => {}
                    }
                    if said.writer.text.len() as u64 > MOST_BYTES {
                        return Err(Broken::TooLarge);
                    }
                }
                Field::Change(_) | Field::Other => {}
            }
        }
        Ok(said)
    }

    /// Writes the variables as `show -json` has them; their place in the text.
    fn write_variables(&mut self) -> Result<std::ops::Range<usize>, Broken> {
        let start = self.writer.text.len();
        self.writer.text.push('{');
        for (at, variable) in std::mem::take(&mut self.variables).iter().enumerate() {
            if at > 0 {
                self.writer.text.push(',');
            }
            self.writer.string(&variable.name)?;
            self.writer.text.push_str(":{\"value\":");
            match &variable.value {
                Some(value) if !value.msgpack.is_empty() => self.writer.value(&value.msgpack, None, Guard::None)?,
                _ => self.writer.text.push_str("null"),
            }
            self.writer.text.push('}');
        }
        self.writer.text.push('}');
        Ok(start..self.writer.text.len())
    }
}

/// Whether the state that the plan starts from holds anything.
fn holds_state(archive: &Archive) -> Result<bool, Broken> {
    #[derive(serde::Deserialize)]
    struct State {
        #[serde(default)]
        resources: Vec<serde::de::IgnoredAny>,
        #[serde(default)]
        outputs: HashMap<String, serde::de::IgnoredAny>,
    }
    let Some(bytes) = archive.read(STATE, MOST_BYTES)? else { return Ok(false) };
    let state: Option<State> = serde_json::from_slice(&bytes).ok();
    Ok(state.is_some_and(|state| !state.resources.is_empty() || !state.outputs.is_empty()))
}
