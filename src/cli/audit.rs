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
    book: Option<Book>,
}

impl Audit {
    /// An audit for the log at a path; without one nothing is collected.
    pub(super) fn new(path: Option<&Path>) -> Self {
        Self { path: path.map(Path::to_owned), inputs: Vec::new(), book: None }
    }

    /// Whether there is a log.
    pub(super) fn is_on(&self) -> bool {
        self.path.is_some()
    }

    /// Notes the price book that is used.
    pub(super) fn book(&mut self, book: &Book) {
        self.book = Some(book.clone());
    }

    /// Notes bytes that were read.
    pub(super) fn bytes(&mut self, role: &'static str, path: &str, bytes: &[u8]) {
        self.add(self.digest(role, path, bytes));
    }

    /// What there is to note of bytes, if there is a log.
    pub(super) fn digest(&self, role: &'static str, path: &str, bytes: &[u8]) -> Option<AuditInput> {
        self.is_on().then(|| AuditInput {
            role,
            path: path.to_owned(),
            bytes: bytes.len() as u64,
            sha256: hex::encode(Sha256::digest(bytes)),
        })
    }

    /// Notes what was read elsewhere.
    pub(super) fn add(&mut self, input: Option<AuditInput>) {
        self.inputs.extend(input);
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
        let book = self.book.as_ref().unwrap_or(Book::embedded());
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
