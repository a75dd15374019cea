//! What problems of expressions have in common: permanent codes, near names, quoted source.

use crate::model::{Source, Span};

/// Codes of problems. They are permanent: users may look them up or filter by them.
pub(super) mod code {
    pub(in crate::lang) const SYNTAX: &str = "lepton::lang::syntax";
    pub(in crate::lang) const UNKNOWN_NAME: &str = "lepton::lang::unknown-name";
    pub(in crate::lang) const UNKNOWN_FUNCTION: &str = "lepton::lang::unknown-function";
    pub(in crate::lang) const UNSUPPORTED_FUNCTION: &str = "lepton::lang::unsupported-function";
    pub(in crate::lang) const ARGUMENT_COUNT: &str = "lepton::lang::argument-count";
    pub(in crate::lang) const REFERENCE_PATH: &str = "lepton::lang::reference-path";
    pub(in crate::lang) const NUMBER_RANGE: &str = "lepton::lang::number-range";
    pub(in crate::lang) const AMBIGUOUS_KEY: &str = "lepton::lang::ambiguous-key";
    pub(in crate::lang) const TOO_LARGE: &str = "lepton::lang::too-large";
    pub(in crate::lang) const NULL: &str = "lepton::lang::null";
    pub(in crate::lang) const TYPE: &str = "lepton::lang::type";
    pub(in crate::lang) const TYPE_CONSTRAINT: &str = "lepton::lang::type-constraint";
    pub(in crate::lang) const KEY: &str = "lepton::lang::key";
    pub(in crate::lang) const DUPLICATE_KEY: &str = "lepton::lang::duplicate-key";
    pub(in crate::lang) const NO_ATTRIBUTE: &str = "lepton::lang::no-attribute";
    pub(in crate::lang) const INDEX: &str = "lepton::lang::index";
    pub(in crate::lang) const DIVISION_BY_ZERO: &str = "lepton::lang::division-by-zero";
    pub(in crate::lang) const OVERFLOW: &str = "lepton::lang::overflow";
    pub(in crate::lang) const TRY: &str = "lepton::lang::try";
    pub(in crate::lang) const CALL: &str = "lepton::lang::call";
}

/// The known name that was probably meant.
pub(super) fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let near = known.into_iter().map(|known| (strsim::damerau_levenshtein(name, known), known)).min()?;
    (near.0 <= 1 + name.len() / 4).then_some(near.1)
}

/// A label that asks for the nearest name, or says that there is none.
pub(super) fn did_you_mean<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> String {
    match nearest(name, known) {
        Some(known) => format!("did you mean `{known}`?"),
        None => "not known here".into(),
    }
}

/// The source of a span as it can stand within a message.
pub(super) fn quoted(source: &Source, span: Span) -> String {
    const LONGEST: usize = 48;
    let text = source.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}
