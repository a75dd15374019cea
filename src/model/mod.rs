//! What every stage speaks of: addresses, values, resources, changes, and problems with a place.

mod address;
pub(crate) mod amount;
mod extent;
mod kind;
mod list;
mod object;
mod pattern;
mod plan;
mod problem;
mod value;

pub use address::Address;
pub use extent::{Extent, LookedAt, SoFar, Watch, watched};
pub use kind::{Attribute, Type};
pub use list::List;
pub use object::{Attributes, Entries, Object};
pub use pattern::Pattern;
pub(crate) use pattern::rank;
pub use plan::{
    Action, Change, Declaration, Declarations, InputKind, Line, NoReferences, Plan, ProviderConfiguration, References,
    Region, RegionOrigin, Resource, Side,
};
pub use problem::{Problem, Severity, Source, Span};
pub use value::{Unknown, Value};
