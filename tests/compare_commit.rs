//! What `--compare-to git:REF` says: a folder a case, with the files of a commit in `before`, those of the work tree in
//! `after`, the command and all that it prints.
//!
//! `UPDATE_EXPECTED=1 cargo test --test compare_commit` writes what is printed; read it before you commit it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use lepton::price::Book;
use tempfile::TempDir;

fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(["-c", "user.name=a", "-c", "user.email=a@example.org"]).args(arguments);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let output = command.output().expect("git can be run");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A repository whose only commit has the files of a folder.
fn repository(files: &Path) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    copy(files, folder.path());
    commit(folder.path());
    folder
}

fn commit(folder: &Path) {
    git(folder, &["add", "--all", "--force"]);
    git(folder, &["commit", "--quiet", "--allow-empty", "--message", "files"]);
}

fn lepton(folder: &Path, line: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lepton"));
    command.args(line.split_whitespace()).current_dir(folder);
    command.env("NO_COLOR", "1").env("SOURCE_DATE_EPOCH", "1767225600").env("COLUMNS", "80").env_remove("TERM");
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    let (oldest, newest) = Book::embedded().as_of();
    let text = String::from_utf8_lossy(bytes);
    text.replace(oldest.as_str(), "OLD-AS-OF-").replace(newest.as_str(), "NEW-AS-OF-")
}

fn differs(path: &Path, seen: &str) -> Option<String> {
    let expected = fs::read_to_string(path).unwrap_or_default();
    if expected == seen {
        return None;
    }
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(path, seen).unwrap();
        return None;
    }
    Some(format!("{}\n--- expected\n{expected}--- seen\n{seen}", path.display()))
}

fn run(case: &Path) -> Vec<String> {
    let repository = repository(&case.join("before"));
    for entry in fs::read_dir(repository.path()).unwrap().map(Result::unwrap) {
        if entry.file_name() != ".git" {
            fs::remove_dir_all(entry.path()).unwrap();
        }
    }
    copy(&case.join("after"), repository.path());
    let line = fs::read_to_string(case.join("command")).unwrap();
    let output = lepton(repository.path(), &line);
    let temporary = std::env::temp_dir().display().to_string();
    let said = [text(&output.stdout), text(&output.stderr)];
    assert!(!said.iter().any(|text| text.contains(&temporary)), "{}: {said:?}", case.display());
    let code = format!("{}\n", output.status.code().unwrap());
    let [out, err] = said;
    let parts = [("expected.stdout", out), ("expected.stderr", err), ("expected.code", code)];
    parts.iter().filter_map(|(name, seen)| differs(&case.join(name), seen)).collect()
}

#[test]
fn every_case_prints_what_it_says() {
    let entries = fs::read_dir("testdata/commit").unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = entries.collect();
    cases.sort();
    assert!(cases.len() >= 6, "the cases are gone");
    let wrong: Vec<String> = cases.iter().flat_map(|case| run(case)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_work_tree_and_the_index_stay_as_they_are() {
    let case = Path::new("testdata/commit/moves-are-no-removals");
    let repository = repository(&case.join("before"));
    copy(&case.join("after"), repository.path());
    let state = || {
        let status = Command::new("git").arg("-C").arg(repository.path()).args(["status", "--porcelain"]).output();
        let index = fs::read(repository.path().join(".git/index")).unwrap();
        (String::from_utf8(status.unwrap().stdout).unwrap(), index)
    };
    let before = state();
    let output = lepton(repository.path(), "plan-cost infra --compare-to git:HEAD");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(before, state());
}

#[test]
fn a_folder_outside_of_any_repository_is_said() {
    let folder = tempfile::tempdir().unwrap();
    copy(Path::new("testdata/commit/moves-are-no-removals/after"), folder.path());
    let output = lepton(folder.path(), "plan-cost infra --compare-to git:main");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(2) && said.contains("lepton::git::no-repository"), "{said}");
}

#[test]
fn a_shallow_clone_says_what_to_fetch() {
    let origin = repository(Path::new("testdata/commit/moves-are-no-removals/before"));
    commit(origin.path());
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", origin.path().display());
    git(clone.path(), &["clone", "--quiet", "--depth", "1", &url, "."]);
    let output = lepton(clone.path(), "plan-cost infra --compare-to git:HEAD~1");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code() == Some(2) && said.contains("the clone is shallow"), "{said}");
}

/// What a name may look like to git or to a shell stays a name.
#[test]
fn names_are_never_options() {
    let repository = repository(Path::new("testdata/commit/moves-are-no-removals/before"));
    for name in
        ["--output=stolen", "-h", "--", "HEAD;touch${IFS}stolen", "$(touch${IFS}stolen)", "HEAD^{tree}", "@{-1}"]
    {
        let output = lepton(repository.path(), &format!("plan-cost infra --compare-to git:{name}"));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(2) && said.contains("lepton::git::reference"), "{name}: {said}");
        assert!(!repository.path().join("stolen").exists(), "{name}");
    }
}

/// Links of a commit are followed only within it.
#[cfg(unix)]
#[test]
fn links_lead_nowhere_else() {
    let repository = repository(Path::new("testdata/commit/moves-are-no-removals/before"));
    let secret = tempfile::NamedTempFile::new().unwrap();
    fs::write(secret.path(), "resource \"aws_instance\" \"secret\" {\n  instance_type = \"m5.large\"\n}\n").unwrap();
    std::os::unix::fs::symlink(secret.path(), repository.path().join("infra/outside.tf")).unwrap();
    fs::write(
        repository.path().join("shared.txt"),
        "resource \"aws_instance\" \"shared\" {\n  instance_type = \"m5.large\"\n}\n",
    )
    .unwrap();
    std::os::unix::fs::symlink("../shared.txt", repository.path().join("infra/inside.tf")).unwrap();
    commit(repository.path());
    fs::remove_file(repository.path().join("infra/outside.tf")).unwrap();
    fs::remove_file(repository.path().join("infra/inside.tf")).unwrap();
    let output = lepton(repository.path(), "plan-cost infra --compare-to git:HEAD --format json");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let resources = report["projects"][0]["resources"].as_array().unwrap();
    let addresses: Vec<&str> = resources.iter().filter_map(|one| one["address"].as_str()).collect();
    assert!(addresses.contains(&"aws_instance.shared") && !addresses.contains(&"aws_instance.secret"), "{addresses:?}");
}
