//! The modules that change, where that says more than the projects do.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::view::Report;
use crate::diff::Delta;

/// A module and by how much it changes.
pub(super) struct ModuleRow<'r> {
    pub(super) project: &'r str,
    /// Its path; the root module's is empty.
    pub(super) module: &'r str,
    pub(super) delta: Delta,
}

/// The modules that change, the largest change first; none where no project has two of them.
pub(super) fn changed(report: &Report) -> Vec<ModuleRow<'_>> {
    let mut rows: Vec<ModuleRow<'_>> = Vec::new();
    let mut says_more = false;
    for project in &report.projects {
        let first = rows.len();
        for (module, diff) in project.diff.by_module(&project.priced, &report.options.currency) {
            let Some(delta) = diff.delta.filter(|delta| !delta.is_zero()) else { continue };
            rows.push(ModuleRow { project: &project.name, module, delta });
        }
        says_more |= rows.len() - first > 1;
    }
    if !says_more {
        return Vec::new();
    }
    rows.sort_by_key(|row| Reverse(row.delta.known.abs()));
    rows
}

/// What some rows change together.
pub(super) fn together(rows: &[ModuleRow<'_>]) -> Decimal {
    rows.iter().map(|row| row.delta.known).sum()
}
