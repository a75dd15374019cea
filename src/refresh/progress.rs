//! How far a refresh is, on stderr where that is a terminal.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// The bar of the document at hand.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    pub(super) fn new() -> Self {
        let is_shown = std::io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb");
        let target = if is_shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(None, target);
        let style = ProgressStyle::with_template("{prefix:>9} {wide_msg} {bytes:>10} of {total_bytes:10} {bar:20}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        if is_shown {
            bar.enable_steady_tick(Duration::from_millis(200));
        }
        Self { bar }
    }

    /// A document begins: how many are done, and how many there are by now.
    pub(super) fn begin(&self, done: usize, known: usize, label: &str) {
        self.bar.set_prefix(format!("{done}/{known}"));
        self.bar.set_message(label.to_owned());
        self.bar.set_position(0);
        self.bar.set_length(0);
    }

    /// So much of it is here; its length, if the server tells.
    pub(super) fn at(&self, bytes: u64, length: Option<u64>) {
        self.bar.set_length(length.unwrap_or(bytes));
        self.bar.set_position(bytes);
    }

    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
