//! The modules that change, where that says more than the projects do.

use std::cmp::Reverse;

use rust_decimal::Decimal;

use super::view::{ProjectInput, Report};
use crate::diff::Delta;
use crate::price::Currency;

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
        let of_one = of(project, &report.options.currency);
        says_more |= of_one.len() > 1;
        rows.extend(of_one.into_iter().map(|(module, delta)| ModuleRow { project: &project.name, module, delta }));
    }
    let told = &report.told.modules;
    says_more |= told.windows(2).any(|pair| pair[0].0 == pair[1].0);
    rows.extend(told.iter().map(|(project, module, delta)| ModuleRow {
        project: &report.projects[*project].name,
        module,
        delta: delta.clone(),
    }));
    if !says_more {
        return Vec::new();
    }
    rows.sort_by_key(|row| Reverse(row.delta.known.abs()));
    rows
}

/// The modules of a project that change.
pub(super) fn of<'p>(project: &'p ProjectInput, currency: &Currency) -> Vec<(&'p str, Delta)> {
    let modules = project.diff.by_module(&project.priced, currency).into_iter();
    modules.filter_map(|(module, diff)| Some((module, diff.delta.filter(|delta| !delta.is_zero())?))).collect()
}

/// What some rows change together.
pub(super) fn together(rows: &[ModuleRow<'_>]) -> Decimal {
    rows.iter().map(|row| row.delta.known).sum()
}
