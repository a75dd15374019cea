//! The audit log is whole lines, whoever writes at the same time.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use sha2::{Digest as _, Sha256};

const PLAN: &str = "testdata/cli/plans/small.json";

fn command(log: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lepton"));
    command.args(["plan-cost", "--catalog", "testdata/cli/catalog", "--quiet", "--audit-log"]).arg(log).args(arguments);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

#[test]
fn runs_at_once_leave_a_line_each() {
    const RUNS: usize = 12;
    let log = Path::new(env!("CARGO_TARGET_TMPDIR")).join("audit-at-once.log");
    let _ = fs::remove_file(&log);
    let runs: Vec<_> = (0..RUNS).map(|_| command(&log, &[PLAN]).spawn().expect("lepton starts")).collect();
    for mut run in runs {
        assert!(run.wait().expect("lepton ends").success());
    }
    let text = fs::read_to_string(&log).expect("the log");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("a whole line")).collect();
    assert_eq!(lines.len(), RUNS);
    let digest: String = hex::encode(Sha256::digest(fs::read(PLAN).expect("the plan")));
    for line in &lines {
        assert_eq!(line["inputs"][0]["sha256"], digest.as_str());
        assert_eq!(line["verdict"]["passed"], true);
        assert_eq!(line["exitCode"], 0);
    }
}

#[test]
fn a_run_that_cannot_read_its_input_is_recorded_too() {
    let log = Path::new(env!("CARGO_TARGET_TMPDIR")).join("audit-of-a-failure.log");
    let _ = fs::remove_file(&log);
    let status = command(&log, &["testdata/cli/plans/none.json"]).status().expect("lepton runs");
    assert_eq!(status.code(), Some(2));
    let line: Value = serde_json::from_str(&fs::read_to_string(&log).expect("the log")).expect("one line");
    assert_eq!(line["exitCode"], 2);
    assert_eq!(line["errors"][0], "lepton::input::not-found");
    assert!(line.get("verdict").is_none(), "there was no report");
}
