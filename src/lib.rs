//! lepton: what a Terraform or OpenTofu change costs, before it is applied.
//!
//! # The map
//!
//! A small engine of five verbs (read, price, compare, judge, tell) and everything it knows about
//! clouds as data beside it: stanzas in HCL ([`catalog`]) and a price book in CSV ([`price`]).
//!
//! ```text
//! Input → Plan(Change…) → Estimate(Line…) → CostDiff → Finding… → Report → text
//! ```
//!
//! | module | owns | may import |
//! |---|---|---|
//! | [`model`] | address, value, resource, change, problem | nothing |
//! | [`lang`] | the expression language: lower, check, evaluate | model |
//! | [`input`] | plan JSON, state, references | model, lang |
//! | [`fetch`] | modules, and plans and states in object stores, when asked for; `fetch::object` is asynchronous inside | model, lang, input |
//! | [`catalog`] | stanza grammar, type index, lazy load | model, lang |
//! | [`price`] | money, price book, tiers, importers | model |
//! | [`refresh`] | price lists, brought here from their providers into a book | model, fetch, price |
//! | [`usage`] | usage files, their precedence | model, lang |
//! | [`config`] | `lepton.hcl`, rules as data, with spans | model, lang |
//! | [`estimate`] | resource + stanza + usage + book → lines | all above |
//! | [`diff`] | pairs before with after | estimate, price, model |
//! | [`rules`] | findings: rules, budgets, suppressions | all above |
//! | [`place`] | workloads, sites, offers, solver, suggestions | all above |
//! | [`report`] | one view, a renderer per format | everything above |
//! | [`publish`] | GitHub, GitLab, job summary; asynchronous | model |
//! | [`cli`] | arguments, a file per verb, exit codes | all |
//!
//! Arrows point one way; `tests/arrows.rs` rejects any other.

#![warn(missing_docs, unreachable_pub)]

pub mod catalog;
pub mod cli;
pub mod config;
pub mod diff;
pub mod estimate;
pub mod fetch;
pub mod input;
pub mod lang;
pub mod model;
pub mod place;
pub mod price;
pub mod publish;
pub mod refresh;
pub mod report;
pub mod rules;
pub mod usage;
