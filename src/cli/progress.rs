//! A bar on the terminal while many inputs are read and priced.

use std::io::{self, IsTerminal as _};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What is over sooner needs no bar.
const PATIENCE: Duration = Duration::from_millis(500);

/// How far a step of a run has come; it may be told from several threads.
pub(super) struct Progress {
    bar: ProgressBar,
    begun: Instant,
    is_wanted: bool,
}

impl Progress {
    /// The progress of so many inputs; `verb` says what is done with them. Nothing is drawn where stderr is no terminal.
    pub(super) fn new(verb: &'static str, inputs: usize, is_quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(inputs as u64), ProgressDrawTarget::hidden());
        let style = ProgressStyle::with_template("{msg} {bar:40} {pos} of {len}").expect("a sound template");
        bar.set_style(style);
        bar.set_message(verb);
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let is_wanted = inputs > 1 && !is_quiet && !is_dumb && io::stderr().is_terminal();
        Self { bar, begun: Instant::now(), is_wanted }
    }

    /// One input more is done.
    pub(super) fn step(&self) {
        self.bar.inc(1);
        if self.is_wanted && self.bar.is_hidden() && self.begun.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
