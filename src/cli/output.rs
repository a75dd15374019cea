//! The forms of a report by name, and where they go.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::terminal;
use crate::model::{Problem, Severity};
use crate::report::{self, Format, RenderOptions, Report};

/// How the result looks, and where it goes.
#[derive(Debug, Args)]
pub(super) struct Output {
    /// How the result looks
    #[arg(long, value_enum, default_value_t = FormatName::Table)]
    format: FormatName,

    /// Write the result to a file instead of stdout; give it again for another format: `--out cost.md`
    /// takes its format from the ending (.md, .json, .sarif, .xml for JUnit, .csv), any other ending that of --format
    #[arg(long, value_name = "FILE")]
    out: Vec<PathBuf>,

    /// Write lepton's own JSON to a file as well, whatever else is printed and written
    #[arg(long, value_name = "FILE")]
    pub(super) report: Option<PathBuf>,

    /// Show resources that cost nothing too
    #[arg(long)]
    pub(super) show_free: bool,

    /// Print errors only; files named by --out are written
    #[arg(short, long)]
    pub(super) quiet: bool,
}

impl Output {
    /// Whether some form of the result shows tags and accounts.
    pub(super) fn wants_tags(&self) -> bool {
        let formats = self.out.iter().map(|path| self.format.for_file(path)).chain([self.format.format()]);
        let formats = formats.chain(self.report.as_ref().map(|_| Format::Json));
        formats.into_iter().any(|format| matches!(format, Format::Json | Format::InfracostJson | Format::Csv))
    }

    /// Writes and prints a report in every form asked for; gives the errors of single files.
    pub(super) fn put(&self, report: &Report, warnings: &[Problem], options: &RenderOptions) -> Vec<Problem> {
        let mut problems = Vec::new();
        let plain = RenderOptions { color: false, ..options.clone() };
        let also = self.report.iter().map(|path| (path, Format::Json));
        for (path, format) in self.out.iter().map(|path| (path, self.format.for_file(path))).chain(also) {
            let text = report::render(report, format, &plain);
            problems.extend(terminal::write(path, &text).err());
        }
        if !self.quiet {
            terminal::report(warnings);
            if self.out.is_empty() {
                let text = report::render(report, self.format.format(), options);
                problems.extend(terminal::print(&text).err());
            }
        }
        problems
    }
}

/// The severities by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// Any finding
    Note,
    /// Warnings and errors
    Warning,
    /// Errors only
    Error,
    /// No finding
    Never,
}

impl FailOn {
    pub(super) fn severity(self) -> Option<Severity> {
        match self {
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
            Self::Never => None,
        }
    }
}

/// The output formats by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormatName {
    /// For the terminal
    Table,
    /// lepton's own versioned JSON
    Json,
    /// For a pull request
    Markdown,
    /// The widely used JSON layout, version 0.2
    InfracostJson,
    /// Findings for code scanning, version 2.1.0
    Sarif,
    /// Findings for the test report of a CI system
    Junit,
    /// A row per priced line, for spreadsheets
    Csv,
    /// Findings for a merge request of GitLab
    #[value(name = "gitlab-code-quality")]
    GitLabCodeQuality,
}

impl FormatName {
    fn format(self) -> Format {
        match self {
            Self::Table => Format::Table,
            Self::Json => Format::Json,
            Self::Markdown => Format::Markdown,
            Self::InfracostJson => Format::InfracostJson,
            Self::Sarif => Format::Sarif,
            Self::Junit => Format::Junit,
            Self::Csv => Format::Csv,
            Self::GitLabCodeQuality => Format::GitLabCodeQuality,
        }
    }

    /// The format for a file: what `--format` says, unless the ending knows better.
    fn for_file(self, path: &Path) -> Format {
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("json") if self == Self::Table => Format::Json,
            Some("md" | "markdown") => Format::Markdown,
            Some("sarif") => Format::Sarif,
            Some("xml") => Format::Junit,
            Some("csv") => Format::Csv,
            _ => self.format(),
        }
    }
}
