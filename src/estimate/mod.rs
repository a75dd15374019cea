//! Resource, stanza, usage and book become lines: the `C = Σ cᵢ·uᵢ` of one resource.

mod agreed;
mod alike;
mod alone;
pub mod check;
mod cover;
mod estimator;
mod items;
mod line;
mod locate;
mod neighbours;
mod price_line;
mod probe;
mod reprice;

pub use alike::Alike;
pub use alone::Alone;
pub use check::{NeededKey, needed};
pub use estimator::{Estimator, UsageOf};
pub use line::{
    Committed, Estimate, Item, Line, Monthly, MonthlyTotal, PricedChange, PricedPlan, Quantity, Reason, Status,
    TierShare, UnitPrice, Why,
};
pub use neighbours::Patched;
pub use probe::Probe;
pub use reprice::Repricer;
