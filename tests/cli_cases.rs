//! What a user sees of each command: a folder a case, with the command, its inputs and all that it prints.
//!
//! `UPDATE_EXPECTED=1 cargo test --test cli_cases` writes what is printed over what was expected; read it before
//! you commit it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use lepton::price::Book;

const FOLDERS: &[&str] = &["testdata/cli", "testdata/module"];

/// A command line as a case writes it: words, and text in single quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut is_quoted = false;
    for letter in line.chars() {
        match letter {
            '\'' => {
                is_quoted = !is_quoted;
                word.get_or_insert_default();
            }
            letter if letter.is_whitespace() && !is_quoted => words.extend(word.take()),
            letter => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

static DIGEST: LazyLock<String> = LazyLock::new(|| Book::embedded().digest());

/// What changes with every new price list or version is masked, in as many columns.
fn masked(bytes: Vec<u8>) -> String {
    let (oldest, newest) = Book::embedded().as_of();
    let version = |key: &str| format!("\"{key}\": \"{}\"", env!("CARGO_PKG_VERSION"));
    let short = format!("\"leptonVersion\":\"{}\"", env!("CARGO_PKG_VERSION"));
    let text = String::from_utf8(bytes).expect("output is UTF-8");
    text.replace(oldest.as_str(), "OLD-AS-OF-")
        .replace(newest.as_str(), "NEW-AS-OF-")
        .replace(&*DIGEST, "BOOK-DIGEST")
        .replace(&short, "\"leptonVersion\":\"VERSION\"")
        .replace(&version("leptonVersion"), "\"leptonVersion\": \"VERSION\"")
        .replace(&version("semanticVersion"), "\"semanticVersion\": \"VERSION\"")
}

/// The difference between a file and what was printed; writes the file when asked to.
fn differs(path: &Path, seen: &str) -> Option<String> {
    let expected = fs::read_to_string(path).unwrap_or_default();
    if expected == seen {
        return None;
    }
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        match seen.is_empty() {
            true => fs::remove_file(path).unwrap(),
            false => fs::write(path, seen).unwrap(),
        }
        return None;
    }
    Some(format!("{}\n--- expected\n{expected}--- seen\n{seen}", path.display()))
}

fn run(case: &Path) -> Vec<String> {
    let line = fs::read_to_string(case.join("command")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_lepton"));
    command.args(words(&line)).current_dir(case);
    command.env("NO_COLOR", "1").env("SOURCE_DATE_EPOCH", "1767225600").env("COLUMNS", "80").env_remove("TERM");
    for name in ["GITHUB_TOKEN", "GITLAB_TOKEN", "GITHUB_STEP_SUMMARY"] {
        command.env_remove(name);
    }
    let stdin = case.join("stdin");
    command.stdin(if stdin.exists() { File::open(stdin).unwrap().into() } else { Stdio::null() });
    // Files that the command writes are expected too: `expected.NAME` beside `written.NAME`.
    let written = || -> Vec<PathBuf> {
        let entries = fs::read_dir(case).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with("written.")).collect()
    };
    written().iter().for_each(|path| fs::remove_file(path).unwrap());
    let output = command.output().unwrap();
    let mut wrong = Vec::new();
    let code = format!("{}\n", output.status.code().expect("an exit code"));
    wrong.extend(differs(&case.join("expected.stdout"), &masked(output.stdout)));
    wrong.extend(differs(&case.join("expected.stderr"), &masked(output.stderr)));
    wrong.extend(differs(&case.join("expected.code"), &code));
    let mut names = Vec::new();
    for path in written() {
        let name = path.file_name().unwrap().to_str().unwrap().replace("written.", "expected.written.");
        wrong.extend(differs(&case.join(&name), &masked(fs::read(&path).unwrap())));
        fs::remove_file(&path).unwrap();
        names.push(name);
    }
    for entry in fs::read_dir(case).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if name.starts_with("expected.written.") && !names.contains(&name) {
            wrong.push(format!("{}: {name} was not written", case.display()));
        }
    }
    wrong
}

fn cases() -> Vec<PathBuf> {
    let entries = FOLDERS.iter().flat_map(|folder| fs::read_dir(folder).unwrap()).map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = entries.filter(|path| path.join("command").exists()).collect();
    cases.sort();
    cases
}

#[test]
fn every_command_prints_what_its_case_says() {
    let cases = cases();
    assert!(cases.len() >= 20, "the cases are gone");
    let wrong: Vec<String> = cases.iter().flat_map(|case| run(case)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_row_of_a_table_is_wider_than_the_terminal() {
    for case in cases() {
        let line = fs::read_to_string(case.join("command")).unwrap();
        if line.contains("--format") || !line.starts_with("plan-cost") {
            continue;
        }
        let text = fs::read_to_string(case.join("expected.stdout")).unwrap_or_default();
        for row in text.lines() {
            assert!(row.chars().count() <= 80, "{}: {row}", case.display());
        }
    }
}
