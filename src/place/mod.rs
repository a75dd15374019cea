//! Hybrid placement: where the same work could run, and what that would really cost.
//!
//! ```text
//! plan ── contract ──▶ workloads ── offers, data, rules ──▶ board ── solve ──▶ suggestions, with the sums
//! ```
//!
//! Costs are `C = Σ cᵢ·uᵢ` in the report's currency, a month of 730 hours. The benefit is what the work is worth:
//! `value` in `lepton.hcl`, else what it costs today, so that today's ratio is 1.00 and any other says how much
//! work a unit of money buys against today. Work that is bound by capacity (`batch`) counts by how much gets done.

mod board;
mod clouds;
mod conflict;
mod constraints;
mod decide;
mod edge;
pub mod egress;
mod elastic;
mod facts;
mod family;
mod fit;
mod flow;
mod gateway;
mod lifecycle;
mod loss;
pub mod managed;
mod need;
mod offer;
mod own;
pub mod performance;
mod placement;
pub mod regions;
mod single;
mod site;
mod solve;
pub mod storage;
mod suggest;
mod table;
pub mod tiering;
mod workload;

#[cfg(test)]
mod tests;

pub use board::Bill;
pub use clouds::Cloud;
pub use edge::{Edge, Origin};
pub use elastic::{Range, Schedule};
pub use lifecycle::{JudgedRule, Tiering};
pub use loss::{Code, Loss};
pub use need::{Disk, Need};
pub use offer::{Equivalence, Lack, Offer};
pub use placement::{Figures, Placement, Placing, Proved, place};
pub use site::Site;
pub use suggest::{Confidence, Moved, Refusal, Suggestion};
pub use workload::{Standing, Workload};
