//! Placements worked out by hand, on boards of a few workloads whose prices stand in the test.

mod data;
mod gateways;
mod moves;
mod properties;
mod rules;
mod scene;
mod usage;
mod worth;
