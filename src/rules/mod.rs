//! Judges a plan: rules, budgets and policies give findings.
//!
//! ```text
//! builtin/*.hcl, lepton.hcl ── Rule ── judge(plan, prices) ──▶ Finding… ── suppressions ──▶ report
//! ```

mod active;
mod alike;
mod all_hours;
mod budget;
mod builtin;
mod codes;
mod finding;
mod fix;
mod judge;
mod locate;
mod overlay;
mod policy;
mod policy_calls;
mod production;
mod resources;
mod run;
mod said;
mod saving;
mod suppress;

pub use all_hours::all_hours;
pub use budget::Share;
pub use builtin::{all_builtin_rules, builtin_codes, builtin_rules, builtin_text};
pub use codes::check_codes;
pub use finding::{Finding, FoundBy, Origin, Patch, Place, RuleDocs, Saving, Suppressed};
pub use fix::{FixedFile, Fixes, Followed, fix, write as write_fix};
pub use locate::locate;
pub use overlay::overlay;
pub use policy::{Policies, PolicyInput};
pub use run::{Judge, Judgement, Project, conclude};
pub use suppress::{meant, suppress, used_up};
