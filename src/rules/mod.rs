//! Judges a plan: rules, budgets and policies give findings.

mod finding;

pub use finding::{Finding, Origin, Patch, Place, RuleDocs, Saving, Suppressed};
