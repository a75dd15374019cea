//! `lepton.hcl`: budgets, rules, suppressions, discounts, currency, usage by address, sites; every mistake with its span.
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

mod blocks;
mod file;
mod reader;
mod rule;
mod shape;

pub use blocks::{Budget, Builtin, Discount, Exchange, Site, Suppression, Terms, UsageByAddress};
pub use file::Config;
pub use rule::{AddressPattern, Docs, Rule, Target};
pub use shape::describe;

pub(crate) use blocks::fits;
pub(crate) use rule::slots;
