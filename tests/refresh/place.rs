//! A folder in which `lepton catalog` is run against a server on this machine.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use lepton::price::folder;
use lepton::price::{Book, Key, Lookup};
use tempfile::TempDir;

use super::server::Server;

/// A key that nothing may print.
pub(super) const KEY: &str = "hunter2-google-key";

/// A folder with a book, or none.
pub(super) struct Place(pub(super) TempDir);

impl Place {
    pub(super) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(super) fn book(&self) -> PathBuf {
        self.0.path().join("prices")
    }

    /// A run of `catalog`: the exit code with all that is printed.
    pub(super) fn catalog(&self, server: &Server, arguments: &[&str]) -> (i32, String) {
        self.run(server, &[&["catalog"], arguments].concat())
    }

    pub(super) fn run(&self, server: &Server, arguments: &[&str]) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lepton"));
        command.args(arguments).current_dir(self.0.path()).env_clear().env("COLUMNS", "200");
        // None of the providers' own servers is asked.
        let lists = ["aws", "aws-spot", "azure", "google", "ecb"].map(|name| format!("{name}={}", server.address));
        command.env("HOME", self.0.path()).env("LEPTON_PRICE_LISTS", lists.join(","));
        command.env("GOOGLE_API_KEY", KEY);
        let output = command.output().unwrap();
        let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        // Long lines are folded with a bar before them.
        let plain: Vec<&str> = text.split(['\n', '│']).map(str::trim).filter(|part| !part.is_empty()).collect();
        (output.status.code().unwrap(), plain.join(" "))
    }

    /// Refreshes some services.
    pub(super) fn refresh(&self, server: &Server, services: &[&str]) -> (i32, String) {
        let mut arguments = vec!["refresh", "--provider", "aws", "--to", "prices", "--terms", "on-demand"];
        arguments.extend(services.iter().flat_map(|service| ["--service", service]));
        self.catalog(server, &arguments)
    }

    pub(super) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.book()];
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()) {
                if path.is_dir() { folders.push(path) } else { _ = files.insert(path.clone(), fs::read(path).unwrap()) }
            }
        }
        files
    }

    pub(super) fn sheet(&self, name: &str) -> String {
        fs::read_to_string(self.book().join(name)).unwrap()
    }

    pub(super) fn price(&self, service: &str, key: [&str; 2], region: &str) -> String {
        let (book, _) = folder::load(&self.book()).unwrap().unwrap();
        let book = book.over(Book::embedded()).unwrap();
        let columns = [("usage_type".into(), key[0].into()), ("operation".into(), key[1].into())];
        match book.find(&Key { provider: "aws", service, columns: &columns, region }) {
            Lookup::Found(price) if price.is_exact_region => price.tiers.iter().map(|tier| tier.price).join(),
            other => format!("{other:?}"),
        }
    }
}

trait Join {
    fn join(self) -> String;
}

impl<T: ToString, I: Iterator<Item = T>> Join for I {
    fn join(self) -> String {
        self.map(|item| item.to_string()).collect::<Vec<_>>().join(" ")
    }
}
