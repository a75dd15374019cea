//! Reads plans and states, whatever their spelling, into a Plan.
