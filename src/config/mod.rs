//! `lepton.hcl`: budgets, rules, suppressions, contracted prices, currency, usage by address, projects, modules, sites and placement;
//! every mistake with its span.
//!
//! ```
//! use lepton::config::Config;
//! use lepton::model::Source;
//!
//! let text = "budget \"prod\" {\n  scope   = \"module.prod.*\"\n  monthly = 12000\n}\n";
//! let config = Config::read(&Source::new("lepton.hcl", text)).expect("no problem");
//! assert_eq!(config.budgets[0].name, "prod");
//!
//! let problems = Config::read(&Source::new("lepton.hcl", "budgett \"prod\" {}\ncurency = \"EUR\"\n")).unwrap_err();
//! assert_eq!(problems.len(), 2);
//! ```

mod agreement;
mod blocks;
mod committed;
mod fields;
mod file;
mod placement;
mod placement_shape;
mod projects;
mod reader;
mod rule;
mod shape;
mod sites;
mod terms;
mod terms_shape;
mod words;
mod workloads;

pub use blocks::{Budget, Builtin, Suppression, UsageByAddress};
pub use committed::{CommittedPrice, CommittedUnit, Coverage};
pub use fields::Spanned;
pub use file::Config;
pub use placement::{Apart, Commitment, Path, Pin, PinnedTo, Placement, RegionName};
pub use projects::{Instances, LocalModule, Project, Variable};
pub use rule::{AddressPattern, Docs, Rule, Target};
pub use shape::describe;
pub use sites::{Capacity, Power, Purchase, Rate, Site};
pub use terms::{Contract, Discount, Exchange, Prices, Scope, Sought, Terms};
pub use words::{
    Arch, CommitmentKind, FirstByte, LossLevel, Metric, PathKind, Payment, Provider, Scale, Term, WorkloadArch,
};
pub use workloads::{Traffic, TrafficEnd, Workload, WorkloadFacts, Worth};

pub(crate) use blocks::fits;
pub(crate) use rule::slots;
