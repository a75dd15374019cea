//! The forms of a report by name, and where they go.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::terminal;
use crate::model::{Problem, Severity};
use crate::report::{self, Format, RenderOptions, Report, Spool};

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

/// Writes the form at a position.
type WriteForm<'w> = dyn FnMut(usize, (Format, &RenderOptions), &mut dyn Write) -> io::Result<()> + 'w;

impl Output {
    /// Whether some form of the result shows tags and accounts.
    pub(super) fn wants_tags(&self) -> bool {
        let formats = self.out.iter().map(|path| self.format.for_file(path)).chain([self.format.format()]);
        let formats = formats.chain(self.report.as_ref().map(|_| Format::Json));
        formats.into_iter().any(|format| matches!(format, Format::Json | Format::InfracostJson | Format::Csv))
    }

    /// The forms asked for, each with the file that it goes to; without one it is printed.
    fn forms(&self, options: &RenderOptions) -> Vec<(Option<&Path>, Format, RenderOptions)> {
        let plain = RenderOptions { color: false, ..options.clone() };
        let out = self.out.iter().map(|path| (path, self.format.for_file(path)));
        let also = self.report.iter().map(|path| (path, Format::Json));
        let files = out.chain(also).map(|(path, format)| (Some(path.as_path()), format, plain.clone()));
        let is_printed = !self.quiet && self.out.is_empty();
        files.chain(is_printed.then(|| (None, self.format.format(), options.clone()))).collect()
    }

    /// What gathers a report while its projects are priced; `None` if some form takes all of them at once.
    pub(super) fn spool(&self, shown: &report::Options, options: &RenderOptions) -> Option<Spool> {
        let forms = self.forms(options).into_iter().map(|(_, format, options)| (format, options));
        Spool::new(&forms.collect::<Vec<_>>(), shown.clone())
    }

    /// Writes and prints a report in every form asked for; gives the errors of single files.
    pub(super) fn put(&self, report: &Report, warnings: &[Problem], options: &RenderOptions) -> Vec<Problem> {
        self.put_with(warnings, options, &mut |_, (format, options), out| report::write(report, format, options, out))
    }

    /// The same for a report whose projects are written already.
    pub(super) fn put_spooled(
        &self,
        spool: &mut Spool,
        report: &Report,
        warnings: &[Problem],
        options: &RenderOptions,
    ) -> Vec<Problem> {
        self.put_with(warnings, options, &mut |form, _, out| spool.write(form, report, out))
    }

    fn put_with(&self, warnings: &[Problem], options: &RenderOptions, write: &mut WriteForm<'_>) -> Vec<Problem> {
        let mut problems = Vec::new();
        let (files, printed): (Vec<_>, Vec<_>) =
            self.forms(options).into_iter().enumerate().partition(|(_, (path, ..))| path.is_some());
        for (form, (path, format, options)) in files {
            let path = path.expect("a file has a path");
            problems.extend(terminal::write_with(path, |out| write(form, (format, &options), out)).err());
        }
        if !self.quiet {
            terminal::report(warnings);
        }
        for (form, (_, format, options)) in printed {
            problems.extend(terminal::print_with(|out| write(form, (format, &options), out)).err());
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
