//! `--audit-log`: a line a run, appended whole or not at all.

use std::fs::{File, OpenOptions};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::clock;
use crate::model::Problem;
use crate::price::Book;
use crate::report::{AuditInput, AuditRun, Report, audit_line};

/// Collects what a run reads, for its line in the log.
pub(super) struct Audit {
    path: Option<PathBuf>,
    inputs: Vec<AuditInput>,
}

impl Audit {
    /// An audit for the log at a path; without one nothing is collected.
    pub(super) fn new(path: Option<&Path>) -> Self {
        Self { path: path.map(Path::to_owned), inputs: Vec::new() }
    }

    /// Whether there is a log.
    pub(super) fn is_on(&self) -> bool {
        self.path.is_some()
    }

    /// Notes bytes that were read.
    pub(super) fn bytes(&mut self, role: &'static str, path: &str, bytes: &[u8]) {
        let noted = self.noted(role, path, bytes);
        self.add(noted);
    }

    /// What is to be noted of bytes that were read, if there is a log.
    pub(super) fn noted(&self, role: &'static str, path: &str, bytes: &[u8]) -> Option<AuditInput> {
        self.is_on().then(|| {
            let sha256 = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            AuditInput { role, path: path.to_owned(), bytes: bytes.len() as u64, sha256 }
        })
    }

    /// Notes what [`Audit::noted`] gave.
    pub(super) fn add(&mut self, noted: Option<AuditInput>) {
        self.inputs.extend(noted);
    }

    /// Notes a file that was read; one that could not be is among the run's errors.
    pub(super) fn file(&mut self, role: &'static str, path: &Path) {
        if let Some(bytes) = self.is_on().then(|| std::fs::read(path).ok()).flatten() {
            self.bytes(role, &path.display().to_string(), &bytes);
        }
    }

    /// Appends the line of a run that ended.
    pub(super) fn close(&self, report: Option<&Report>, problems: &[Problem], exit_code: u8) -> Result<(), Problem> {
        let Some(path) = &self.path else { return Ok(()) };
        let book = Book::embedded();
        let (digest, (oldest, newest)) = (book.digest(), book.as_of());
        let run = AuditRun {
            time: &clock::now(),
            inputs: &self.inputs,
            book: (&digest, &oldest, &newest),
            exit_code,
            problems,
        };
        append(path, audit_line(report, &run).as_bytes()).map_err(|error| {
            let message = format!("the audit log `{}` cannot be written: {error}", path.display());
            Problem::error("lepton::audit::not-written", message)
                .help("the run is not recorded; check the folder, its permissions and the space left")
        })
    }
}

/// Appends under a lock; what was written of a line that does not fit is taken back.
fn append(path: &Path, line: &[u8]) -> std::io::Result<()> {
    let mut file = OpenOptions::new().create(true).append(true).open(path)?;
    file.lock()?;
    let end = file.seek(SeekFrom::End(0))?;
    let written = file.write_all(line).and_then(|()| file.sync_data());
    if written.is_err() {
        let _ = take_back(&file, end);
    }
    written
}

fn take_back(file: &File, end: u64) -> std::io::Result<()> {
    // A device or a pipe has no length.
    if file.metadata()?.is_file() { file.set_len(end) } else { Ok(()) }
}
