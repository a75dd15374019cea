//! One view of the result, and a renderer per format. Renderers compute nothing about cost.

mod audit;
pub mod book;
pub mod book_changes;
mod code_quality;
pub mod coverage;
mod csv;
mod declared;
mod escape;
mod explain;
mod findings;
pub mod graph;
mod infracost_json;
mod infracost_layout;
mod json;
mod json_lists;
mod junit;
mod markdown;
mod modules;
mod page;
pub mod placement;
mod rows;
mod sarif;
mod saved;
mod spool;
mod sums;
mod table;
mod text;
mod view;
mod words;

use std::io::{self, Write};

pub use audit::{AuditInput, AuditRun, audit_line};
pub use explain::explain;
pub(crate) use findings::severity_word;
pub use findings::verdict;
pub use saved::{SavedReport, read_report};
pub use spool::{Part, Spool, Told};
pub use view::{Coverage, MaxAge, Named, Options, ProjectInput, Report};

/// How a report looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// For the terminal.
    Table,
    /// lepton's own versioned JSON.
    Json,
    /// For a pull request.
    Markdown,
    /// The widely used JSON layout, version 0.2.
    InfracostJson,
    /// Findings for code scanning, version 2.1.0.
    Sarif,
    /// Findings for the test report of a CI system.
    Junit,
    /// A row per priced line.
    Csv,
    /// Findings for a merge request of GitLab.
    GitLabCodeQuality,
}

/// `1 finding`, `2 findings`.
pub(crate) fn findings_word(number: usize) -> String {
    words::count(number, "finding", "findings")
}

/// What a renderer may know of the outside.
#[derive(Clone, Debug)]
pub struct RenderOptions {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether colour is wanted.
    pub color: bool,
    /// When the report was made, as RFC 3339.
    pub timestamp: String,
}

/// Writes a report.
pub fn write(report: &Report, format: Format, options: &RenderOptions, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Json => json::write(report, out),
        Format::InfracostJson => infracost_json::write(report, options, out),
        Format::Sarif => sarif::write(report, out),
        _ => out.write_all(render(report, format, options).as_bytes()),
    }
}

/// Renders a report.
pub fn render(report: &Report, format: Format, options: &RenderOptions) -> String {
    match format {
        Format::Table => table::render(report, options),
        Format::Json => json::render(report, options),
        Format::Markdown => markdown::render(report),
        Format::InfracostJson => infracost_json::render(report, options),
        Format::Sarif => sarif::render(report),
        Format::Junit => junit::render(report),
        Format::Csv => csv::render(report),
        Format::GitLabCodeQuality => code_quality::render(report),
    }
}
