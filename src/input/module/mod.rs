//! Configurations without a plan: evaluates the modules of a folder, and gives what a plan of them would hold.
//!
//! ```text
//! folder ── Sources ──▶ Tree (Declared per folder) ── Evaluator ──▶ Project { plan, outputs }
//! ```
//!
//! Nothing is asked of a provider: what only apply or a data source tells is unknown, and so is what depends on it.

mod check;
mod configuration;
mod data;
mod declare;
mod evaluate;
mod files;
mod gathered;
pub(super) mod given;
mod instances;
pub(super) mod json;
mod moves;
pub(super) mod open;
mod refer;
mod reference;
mod remote;
mod resources;
mod said;
mod scope;
mod session;
mod tree;
pub(super) mod written;

pub use data::{Knowledge, NoKnowledge};
pub use given::{Given, VariableOption};
pub use moves::Moves;
pub(super) use reference::references;
pub use session::{Session, parsed, session};

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use indexmap::IndexMap;
use smol_str::SmolStr;

use self::evaluate::Evaluator;
use self::files::ModuleHost;
use self::given::Values;
use self::tree::Tree;
use super::configuration::Configuration;
use super::document::Document;
use super::references::Graph;
use super::{AddedFile, FindModule, Sources};
use crate::model::{Action, Address, Change, Declaration, InputKind, Plan, Problem, Resource, Severity, Value};

/// How much stack an evaluation has: values may depend on each other through hundreds of others.
const STACK: usize = 256 << 20;

/// A configuration that was evaluated.
pub struct Project {
    /// What a plan of it would hold: every resource, as it will be.
    pub plan: Plan,
    /// The outputs of the root module.
    pub outputs: IndexMap<SmolStr, Value>,
    /// The files that it was read from.
    pub sources: Sources,
    /// Which addresses its resources had before.
    pub moves: Moves,
}

impl Project {
    /// A project of which nothing is known, with what is said of it.
    pub(super) fn empty(problems: Vec<Problem>) -> Self {
        let changes: Arc<[Change]> = Arc::new([]);
        let references = Arc::new(Graph::new(changes.clone(), None));
        Self {
            plan: planned(changes, references, problems),
            outputs: IndexMap::new(),
            sources: Sources::default(),
            moves: Moves::default(),
        }
    }
}

/// Evaluates the root module in a folder. All its mistakes are given, not only the first.
pub fn evaluate(
    folder: &Path,
    given: &Given,
    find: FindModule<'_>,
    knowledge: &dyn Knowledge,
) -> Result<Project, Vec<Problem>> {
    evaluate_with(folder, &[], given, find, knowledge)
}

/// The same, with further files of the root module.
pub fn evaluate_with(
    folder: &Path,
    added: &[AddedFile],
    given: &Given,
    find: FindModule<'_>,
    knowledge: &dyn Knowledge,
) -> Result<Project, Vec<Problem>> {
    let sources = Sources::read_all(folder, added, find).map_err(|problem| vec![problem])?;
    let tree = Tree::of(&sources, folder);
    let values = Values::read(folder, &tree.modules[0].declared, given);
    let host = ModuleHost::new(folder, &sources);
    let (plan, outputs, moves) = with_stack(|| run(host, &tree, &values, knowledge))?;
    Ok(Project { plan, outputs, sources, moves })
}

/// Runs something that may call itself deeply.
fn with_stack<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, run);
        thread.expect("a thread can be started").join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn run(
    host: ModuleHost,
    tree: &Tree,
    values: &Values,
    knowledge: &dyn Knowledge,
) -> Result<(Plan, IndexMap<SmolStr, Value>, Moves), Vec<Problem>> {
    let mut evaluator = Evaluator::new(tree, values, host, knowledge);
    evaluator.all();
    let names: Vec<SmolStr> = tree.modules[0].declared.outputs.keys().cloned().collect();
    let outputs = names.iter().map(|name| (name.clone(), evaluator.output(name))).collect();
    let mut problems = tree.problems.clone();
    problems.extend(values.problems.iter().cloned());
    problems.append(&mut evaluator.problems);
    if !evaluator.assumed.is_empty() {
        problems.push(said::assumed_data(evaluator.assumed.iter()));
    }
    if problems.iter().any(|problem| problem.severity() == Severity::Error) {
        return Err(problems);
    }
    let moves = Moves::of(&evaluator);
    Ok((plan(tree, &mut evaluator, problems), outputs, moves))
}

fn plan(tree: &Tree, evaluator: &mut Evaluator<'_>, problems: Vec<Problem>) -> Plan {
    let mut changes = Vec::new();
    let mut assumed = HashMap::new();
    for instance in 0..evaluator.instances.len() {
        let declared = evaluator.declared(instance);
        let call = evaluator.call_line(instance);
        let resources = std::mem::take(&mut evaluator.instances[instance].resources);
        for (name, copies) in resources.iter().filter(|(name, _)| !name.is_data) {
            let block = &declared.resources[name];
            let written = Declaration { at: block.at.line(), call: call.clone() };
            let base = evaluator.address(instance, &name.address());
            for made in copies {
                let Some(values) = made.values.as_object() else { continue };
                let address = Address::new(format!("{base}{}", made.key.suffix()));
                let short = name.kind.split_once('_').map_or(name.kind.as_str(), |(short, _)| short);
                let resource = Resource {
                    address: address.clone(),
                    kind: name.kind.clone(),
                    provider: short.into(),
                    provider_region: made.configured.region.clone(),
                    configuration: made.configured.configuration.clone(),
                    values: values.clone(),
                };
                if let Some(usage) = evaluator.knowledge.usage(&resource.values) {
                    assumed.insert(address.clone(), usage);
                }
                changes.push(change(address, written.clone(), resource));
            }
        }
    }
    super::plan::sort(&mut changes);
    let changes: Arc<[Change]> = changes.into();
    let references = Arc::new(Graph::new(changes.clone(), Some(Arc::new(configured(tree)))));
    Plan { assumed_usage: assumed, ..planned(changes, references, problems) }
}

/// The configuration as plans have it, with references through local values followed.
pub(super) fn configuration_of(sources: &Sources, folder: &Path) -> Configuration {
    configured(&Tree::of(sources, folder))
}

fn configured(tree: &Tree) -> Configuration {
    let document = Document::new(configuration::root_module(tree));
    let root = document.part(document.text());
    Configuration::new(&document, Some(root))
}

fn planned(changes: Arc<[Change]>, references: Arc<Graph>, problems: Vec<Problem>) -> Plan {
    Plan {
        kind: InputKind::Configuration,
        terraform_version: None,
        references,
        changes,
        declarations: None,
        assumed_usage: HashMap::new(),
        complete: true,
        has_before: false,
        problems,
    }
}

fn change(address: Address, declared: Declaration, resource: Resource) -> Change {
    Change {
        address,
        previous_address: None,
        action: Action::NoOp,
        deposed: None,
        is_import: false,
        declared: Some(declared),
        before: None,
        after: Some(resource),
    }
}
