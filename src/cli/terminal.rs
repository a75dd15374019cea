//! Talking to the terminal: colour, width, diagnostics, and a reader that may close the pipe.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::Path;

use miette::{GraphicalReportHandler, GraphicalTheme};

use crate::model::Problem;

/// The width that tables fill: the terminal's own, with a floor of 80 columns.
pub(super) fn width() -> usize {
    const FLOOR: usize = 80;
    let columns = std::env::var("COLUMNS").ok().and_then(|text| text.parse::<usize>().ok());
    columns.unwrap_or(FLOOR).clamp(FLOOR, 240)
}

/// Whether stdout takes colour: it is a terminal, and nobody asked for none.
pub(super) fn has_colour() -> bool {
    io::stdout().is_terminal() && wants_colour()
}

fn wants_colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Prints problems to stderr, each with its place and its help.
pub(super) fn report<'p>(problems: impl IntoIterator<Item = &'p Problem>) {
    let is_terminal = io::stderr().is_terminal();
    let theme = match (is_terminal && wants_colour(), is_terminal) {
        (true, _) => GraphicalTheme::unicode(),
        (false, true) => GraphicalTheme::unicode_nocolor(),
        (false, false) => GraphicalTheme::unicode_nocolor(),
    };
    let handler = GraphicalReportHandler::new_themed(theme).with_width(width()).with_links(false);
    let mut text = String::new();
    for problem in problems {
        if handler.render_report(&mut text, problem).is_err() {
            text.push_str(&format!("{}: {problem}\n", problem.code()));
        }
        text.push('\n');
    }
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Says one line on stderr.
pub(super) fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Writes a result to stdout. A reader that closed the pipe has seen enough: that is no error.
pub(super) fn print(text: &str) -> Result<(), Problem> {
    print_with(|out| out.write_all(text.as_bytes()))
}

/// Writes a result to stdout piece by piece.
pub(super) fn print_with(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Problem> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => Err(Problem::error("lepton::cli::stdout", format!("cannot write to stdout: {error}"))),
        Ok(()) => Ok(()),
    }
}

/// Writes a result to a file.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Problem> {
    write_with(path, |out| out.write_all(text.as_bytes()))
}

/// Writes a result to a file piece by piece.
pub(super) fn write_with(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Problem> {
    let write = || {
        let mut out = BufWriter::new(File::create(path)?);
        write(&mut out)?;
        out.flush()
    };
    write().map_err(|error| {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "its folder does not exist".to_owned(),
            _ => error.to_string(),
        };
        Problem::error("lepton::cli::out", format!("cannot write {}: {reason}", path.display()))
            .help("check that the folder exists and may be written to")
    })
}
