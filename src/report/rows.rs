//! The rows of a resource in outputs for people: each line as it will be, what it was, and lines that end.

use super::view;
use crate::diff::{ChangeDiff, Fate, LineDelta};
use crate::estimate::{Line, PricedChange};

/// A line to show.
pub(super) struct Row<'r> {
    /// As it will be, or as it is if it ends.
    pub(super) line: &'r Line,
    /// As it is, where that differs.
    pub(super) was: Option<&'r Line>,
    /// `+`, `-` or `~` for a line of a resource that changes; else a space.
    pub(super) mark: char,
}

/// The rows of a resource. Lines that cost nothing for certain, before and after, are left out.
pub(super) fn of<'r>(change: &'r PricedChange, diff: &ChangeDiff) -> Vec<Row<'r>> {
    if diff.fate != Fate::Changed {
        let lines = view::shown(change).map_or(&[][..], |estimate| &*estimate.lines);
        let rows = lines.iter().filter(|line| !view::is_zero(line));
        return rows.map(|line| Row { line, was: None, mark: ' ' }).collect();
    }
    let before = change.before.as_deref().map_or(&[][..], |estimate| &*estimate.lines);
    let after = change.after.as_deref().map_or(&[][..], |estimate| &*estimate.lines);
    let mut rows: Vec<Row<'r>> = Vec::with_capacity(diff.lines.len());
    for pair in diff.lines.iter() {
        let was = pair.before.map(|at| &before[at]);
        let is_same = matches!(&pair.delta, LineDelta::Exact(money) if money.is_zero());
        match (pair.after.map(|at| &after[at]), was) {
            (Some(line), Some(_)) if is_same => rows.push(Row { line, was: None, mark: ' ' }),
            (Some(line), Some(was)) => rows.push(Row { line, was: Some(was), mark: '~' }),
            (Some(line), None) => rows.push(Row { line, was: None, mark: '+' }),
            (None, Some(line)) => {
                // A line that ends stands with the others of its part.
                let behind = rows.iter().rposition(|row| row.line.part == line.part).map_or(rows.len(), |at| at + 1);
                rows.insert(behind, Row { line, was: None, mark: '-' });
            }
            (None, None) => {}
        }
    }
    rows.retain(|row| !view::is_zero(row.line) || row.was.is_some_and(|was| !view::is_zero(was)));
    rows
}
