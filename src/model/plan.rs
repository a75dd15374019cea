//! A plan or a state as lepton sees it: changes with two sides, and the references between them.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use smol_str::SmolStr;

use super::{Address, Object, Problem};

/// Which side of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Side {
    /// As it exists now.
    Before,
    /// As it will exist.
    After,
}

/// What kind of document was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum InputKind {
    /// `terraform show -json` of a plan.
    PlanJson,
    /// A saved plan: what `terraform plan -out` writes.
    PlanFile,
    /// A raw state file, or `terraform show -json` of a state.
    State,
    /// A folder of configuration files.
    Configuration,
}

/// What Terraform will do to a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Nothing.
    NoOp,
    /// Make it.
    Create,
    /// Read a data source.
    Read,
    /// Change it in place.
    Update,
    /// Destroy it.
    Delete,
    /// Destroy and make again, in either order.
    Replace,
    /// Remove it from the state and leave the object alone.
    Forget,
    /// A list of actions that this version of lepton does not know.
    Other,
}

/// Everything read from one input.
#[derive(Clone)]
pub struct Plan {
    /// What kind of document this was.
    pub kind: InputKind,
    /// `terraform_version` as written.
    pub terraform_version: Option<SmolStr>,
    /// Managed resources, sorted by address. Data sources are left out.
    pub changes: Arc<[Change]>,
    /// Which resource an attribute of another one points at.
    pub references: Arc<dyn References>,
    /// Where resources are written, if the plan holds the files it was made of.
    pub declarations: Option<Arc<dyn Declarations>>,
    /// What is assumed of the usage of resources, by their address, because of data sources that they refer to.
    pub assumed_usage: HashMap<Address, Object>,
    /// False when Terraform says that the plan does not hold everything (errored, targeted, deferred).
    pub complete: bool,
    /// Whether the input has a side `before` at all (a state has none).
    pub has_before: bool,
    /// What the reader should know: odd versions, skipped entries, drift left aside.
    pub problems: Vec<Problem>,
}

/// A planned change of one resource, or for a state its present object as `after`.
#[derive(Clone)]
pub struct Change {
    /// The address after the change.
    pub address: Address,
    /// Where it came from, if a `moved` block or an implicit move renamed it.
    pub previous_address: Option<Address>,
    /// What Terraform will do.
    pub action: Action,
    /// The key of a deposed object that this change is about.
    pub deposed: Option<SmolStr>,
    /// Whether the object is being imported.
    pub is_import: bool,
    /// Where the resource is written, if it was read from files of configuration.
    pub declared: Option<Declaration>,
    /// The object as it is.
    pub before: Option<Resource>,
    /// The object as it will be.
    pub after: Option<Resource>,
}

/// Where a resource is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// Its block.
    pub at: Line,
    /// The call of the module that it is in; `None` in the root module.
    pub call: Option<Line>,
}

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The path of the file.
    pub file: Arc<str>,
    /// The number of the line, from 1.
    pub number: usize,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.number)
    }
}

/// One side of a change.
#[derive(Clone)]
pub struct Resource {
    /// Its address.
    pub address: Address,
    /// Its type, such as `aws_instance`.
    pub kind: SmolStr,
    /// The provider's short name, such as `aws` or `azurerm`.
    pub provider: SmolStr,
    /// The region of its provider configuration, where that is a known value.
    pub provider_region: Option<SmolStr>,
    /// The provider configuration that it uses, where the input tells which.
    pub configuration: Option<Arc<ProviderConfiguration>>,
    /// Its attributes; unknown and sensitive ones are marked.
    pub values: Object,
}

/// A configuration of a provider. Its resources share it.
#[derive(Clone, Debug, Default)]
pub struct ProviderConfiguration {
    /// What the input calls it, such as `aws.east`; within an input no two of a provider are called alike.
    pub key: SmolStr,
    /// Its settings, as far as they are known values and no secrets.
    pub settings: Object,
}

/// Where a resource runs, and how lepton knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// The provider's own name of the region.
    pub name: SmolStr,
    /// How lepton knows.
    pub origin: RegionOrigin,
}

impl Region {
    /// Whether the input says so, and not the caller or nobody.
    pub fn is_said(&self) -> bool {
        matches!(self.origin, RegionOrigin::Resource | RegionOrigin::Provider)
    }
}

/// How the region of a resource is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RegionOrigin {
    /// An attribute of the resource, or of one it refers to, says so.
    Resource,
    /// Its provider configuration says so, or other resources of it do.
    Provider,
    /// Given by `--region`.
    Option,
    /// Nothing says so: the catalog's declared default was assumed.
    Assumed,
}

/// Which resources point at which, out of the configuration or the ids.
pub trait References: Send + Sync {
    /// The positions in [`Plan::changes`] of what attribute `path` of change `from` refers to.
    ///
    /// `path` has no indexes: `launch_template.id` stands for every element of the block.
    fn targets(&self, from: usize, path: &str) -> Vec<usize>;
    /// The positions of changes of type `kind` whose attribute `path` refers to change `to`.
    fn referrers(&self, to: usize, kind: &str, path: &str) -> Vec<usize>;
    /// The positions of changes that any attribute of change `from` refers to, in order.
    fn all_targets(&self, from: usize) -> Vec<usize>;
    /// The same with the path of the attribute that refers, in the order of the paths; empty if it is not known.
    fn links(&self, from: usize) -> Vec<(SmolStr, usize)> {
        self.all_targets(from).into_iter().map(|to| (SmolStr::default(), to)).collect()
    }
}

/// Where resources are written, out of files that are looked at when they are asked for.
pub trait Declarations: Send + Sync {
    /// Where the resource at an address is written.
    fn of(&self, address: &Address) -> Option<Declaration>;
}

/// A plan in which nothing refers to anything.
pub struct NoReferences;

impl References for NoReferences {
    fn targets(&self, _from: usize, _path: &str) -> Vec<usize> {
        Vec::new()
    }

    fn referrers(&self, _to: usize, _kind: &str, _path: &str) -> Vec<usize> {
        Vec::new()
    }

    fn all_targets(&self, _from: usize) -> Vec<usize> {
        Vec::new()
    }
}

impl Change {
    /// One side of the change.
    pub fn side(&self, side: Side) -> Option<&Resource> {
        match side {
            Side::Before => self.before.as_ref(),
            Side::After => self.after.as_ref(),
        }
    }
}
