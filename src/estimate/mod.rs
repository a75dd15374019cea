//! Resource, stanza, usage and book become lines: the `C = Σ cᵢ·uᵢ` of one resource.

mod line;

pub use line::{
    Estimate, Line, Monthly, MonthlyTotal, PricedChange, PricedPlan, Quantity, Reason, Status, TierShare, UnitPrice,
    Why,
};
