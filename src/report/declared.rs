//! Where a resource is written, as lepton's own JSON has it.

use serde::Serialize;

use crate::model::{Declaration, Line};

/// The block of a resource, and the call of its module.
#[derive(Serialize)]
pub(super) struct Declared<'r> {
    #[serde(flatten)]
    at: Place<'r>,
    #[serde(skip_serializing_if = "Option::is_none")]
    call: Option<Place<'r>>,
}

#[derive(Serialize)]
struct Place<'r> {
    file: &'r str,
    line: usize,
}

impl<'r> Declared<'r> {
    pub(super) fn of(declaration: &'r Declaration) -> Self {
        let place = |line: &'r Line| Place { file: &line.file, line: line.number };
        Self { at: place(&declaration.at), call: declaration.call.as_ref().map(place) }
    }
}
