//! What lepton does on a pull request: every request holds against GitHub's own description, and whatever goes wrong
//! on the way ends in one comment, a clear word, and the gate's own exit code.

#[path = "support/github/mod.rs"]
mod github;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, Barrier};
use std::time::Duration;

use github::{Fault, GitHub, TOKEN, WRITER, When};

const REPOSITORY: &str = "acme/shop";
const COMMENTS: &str = "/repos/acme/shop/issues/7/comments";

/// A plan-cost run in a workflow's environment.
fn lepton(github: &GitHub, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lepton"));
    command.args(arguments).env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("GITHUB_API_URL", github.url()).env("GITHUB_TOKEN", TOKEN).env("GITHUB_REPOSITORY", REPOSITORY);
    command.env("GITHUB_REF", "refs/pull/7/merge").env("GITHUB_SHA", "0123456789abcdef0123456789abcdef01234567");
    command.env("NO_COLOR", "1").env("COLUMNS", "80").env("SOURCE_DATE_EPOCH", "1767225600");
    // Whoever asks for traces must not read the token in them either.
    command.env("RUST_LOG", "trace").env("RUST_BACKTRACE", "full").env("ACTIONS_STEP_DEBUG", "true");
    command
}

fn run(command: &mut Command) -> (i32, String) {
    let output: Output = command.output().expect("lepton runs");
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(!text.contains(TOKEN), "the token is printed:\n{text}");
    (output.status.code().expect("an exit code"), text)
}

const MIXED: [&str; 7] = [
    "plan-cost",
    "testdata/cli/plans/mixed.json",
    "--catalog",
    "testdata/cli/catalog",
    "--comment",
    "--no-rules",
    "-q",
];

fn mixed(github: &GitHub, more: &[&str]) -> Command {
    lepton(github, &[&MIXED[..], more].concat())
}

fn bodies(github: &GitHub) -> Vec<String> {
    github.comments(REPOSITORY, 7).into_iter().map(|comment| comment.body).collect()
}

fn start() -> GitHub {
    let github = GitHub::start();
    github.pull_request(REPOSITORY, 7);
    github
}

#[test]
fn a_comment_is_written_once_and_then_kept_up_to_date() {
    let github = start();
    github.comment(REPOSITORY, 7, "octocat", "looks good");
    let (code, text) = run(&mut mixed(&github, &[]));
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("comment written"), "{text}");
    let written = bodies(&github);
    assert_eq!(written.len(), 2);
    assert!(written[1].contains("### Monthly cost increases: +$253.00 (+60%)"), "{}", written[1]);
    // The same figures again: nothing is written.
    let (_, text) = run(&mut mixed(&github, &[]));
    assert!(text.contains("says the same already"), "{text}");
    assert_eq!(bodies(&github), written);
    // Other figures: the comment changes, in its place.
    let (_, text) = run(&mut mixed(&github, &["--show-free"]));
    assert!(text.contains("comment updated"), "{text}");
    assert_eq!(bodies(&github).len(), 2);
    assert_ne!(bodies(&github)[1], written[1]);
    // An older run says nothing.
    let (_, text) = run(mixed(&github, &[]).env("SOURCE_DATE_EPOCH", "1767000000"));
    assert!(text.contains("a newer run has written"), "{text}");
    github.assert_sound();
}

#[test]
fn tags_have_comments_of_their_own_and_copied_markers_are_left_alone() {
    let github = start();
    run(&mut mixed(&github, &["--tag", "prod --> @all"]));
    let copied = bodies(&github)[0].clone();
    github.comment(REPOSITORY, 7, "mallory", &copied);
    run(&mut mixed(&github, &["--tag", "staging"]));
    run(&mut mixed(&github, &["--tag", "prod --> @all", "--show-free"]));
    let now = bodies(&github);
    assert_eq!(now.len(), 3, "{now:?}");
    assert_ne!(now[0], copied);
    assert_eq!(now[1], copied, "somebody else's comment is not touched");
    github.assert_sound();
}

#[test]
fn behaviours_do_what_they_are_called() {
    let github = start();
    run(&mut mixed(&github, &["--comment-behavior", "new"]));
    run(&mut mixed(&github, &["--comment-behavior", "new"]));
    assert_eq!(bodies(&github).len(), 2);
    run(&mut mixed(&github, &["--comment-behavior", "hide-and-new"]));
    let now = github.comments(REPOSITORY, 7);
    assert_eq!(now.len(), 3);
    assert_eq!(github.requests().iter().filter(|request| request.path == "/graphql").count(), 2);
    run(&mut mixed(&github, &["--comment-behavior", "delete-and-new"]));
    assert_eq!(bodies(&github).len(), 1);
    github.assert_sound();
}

#[test]
fn an_enterprise_server_has_its_api_below_a_path() {
    let github = start();
    let (code, text) =
        run(mixed(&github, &["--comment-behavior", "hide-and-new"]).env("GITHUB_API_URL", github.enterprise_url()));
    assert!(code == 0 && text.contains("comment written"), "{text}");
    let (_, text) =
        run(mixed(&github, &["--comment-behavior", "hide-and-new"]).env("GITHUB_API_URL", github.enterprise_url()));
    assert!(text.contains("comment written"), "{text}");
    assert_eq!(bodies(&github).len(), 2);
    github.assert_sound();
}

#[test]
fn nothing_is_said_where_nothing_changes_unless_asked() {
    let github = start();
    let same = ["plan-cost", "testdata/cli/plans/small.json", "--compare-to", "testdata/cli/plans/small.json"];
    let rest = ["--catalog", "testdata/cli/catalog", "--comment", "--no-rules", "-q"];
    let (_, text) = run(&mut lepton(&github, &[&same[..], &rest].concat()));
    assert!(text.contains("no comment written") && bodies(&github).is_empty(), "{text}");
    let (_, text) = run(&mut lepton(&github, &[&same[..], &rest, &["--only-on-change=false"]].concat()));
    assert!(text.contains("comment written"), "{text}");
    assert!(bodies(&github)[0].contains("Monthly cost does not change"));
    // One that stands is kept up to date all the same.
    run(&mut mixed(&github, &[]));
    let (_, text) = run(&mut lepton(&github, &[&same[..], &rest].concat()));
    assert!(text.contains("comment updated"), "{text}");
    github.assert_sound();
}

#[test]
fn passing_faults_are_waited_out() {
    let faults = [
        Fault::status(502),
        Fault::status(503),
        Fault::secondary_limit(1),
        Fault::primary_limit(403, Duration::from_secs(1)),
        Fault::primary_limit(429, Duration::from_secs(1)),
        Fault::closed(),
        Fault::closed_after(),
        Fault::cut(),
    ];
    for (at, fault) in faults.into_iter().enumerate() {
        let github = start();
        github.fault(When::post(COMMENTS), fault);
        let (code, text) = run(&mut mixed(&github, &[]));
        assert_eq!(code, 0, "{text}");
        assert!(text.contains("comment written"), "fault {at}: {text}");
        assert_eq!(bodies(&github).len(), 1, "fault {at} doubles the comment");
        assert_eq!(github.faults_left(), 0, "fault {at} did not happen");
        github.assert_sound();
    }
}

#[test]
fn a_fault_of_a_look_up_is_waited_out_too() {
    let github = start();
    github.fault(When::get(COMMENTS), Fault::cut());
    github.fault(When::get("/user"), Fault::status(500));
    let (_, text) = run(&mut mixed(&github, &[]));
    assert!(text.contains("comment written"), "{text}");
    assert_eq!(github.faults_left(), 0);
    github.assert_sound();
}

#[test]
fn a_server_that_stays_broken_does_not_break_the_gate() {
    let github = start();
    github.fault(When::post(COMMENTS).always(), Fault::status(502));
    let (code, text) = run(&mut mixed(&github, &[]));
    assert_eq!(code, 0, "{text}");
    assert!(text.contains("lepton::publish::server"), "{text}");
    let (code, text) = run(&mut mixed(&github, &["--require-publish"]));
    assert_eq!(code, 2, "{text}");
    let github = start();
    github.fault(When::any().always(), Fault::primary_limit(403, Duration::from_secs(1800)));
    let (code, text) = run(&mut mixed(&github, &[]));
    assert_eq!(code, 0);
    assert!(text.contains("lepton::publish::rate-limit") && text.contains("for another 1"), "{text}");
    assert_eq!(github.requests().len(), 1, "a limit that lasts is not tried again");
    github.assert_sound();
}

#[test]
fn a_fork_reads_the_report_in_the_job_summary() {
    let github = start();
    github.read_only();
    let summary = temporary("fork-summary.md");
    let gate = ["--config", "testdata/cli/gates/team.hcl"];
    let (code, text) = run(mixed(&github, &gate).env("GITHUB_STEP_SUMMARY", &summary));
    assert_eq!(code, 1, "the gate's own exit code stands: {text}");
    assert!(text.contains("lepton::publish::forbidden") && text.contains("pull-requests: write"), "{text}");
    assert!(text.contains("the report is in the job summary instead"), "{text}");
    assert!(text.trim_end().lines().any(|line| line.starts_with("gate failed: ")), "{text}");
    let report = std::fs::read_to_string(summary).expect("a summary");
    assert!(report.contains("Monthly cost increases"), "{report}");
    github.assert_sound();
}

#[test]
fn a_comment_that_is_too_long_for_the_server_is_in_the_job_summary() {
    let github = start();
    let too_long = || Fault::invalid("IssueComment", "body", "body is too long (maximum is 65536 characters)");
    github.fault(When::post(COMMENTS), too_long());
    let summary = temporary("long-summary.md");
    let gate = ["--config", "testdata/cli/gates/team.hcl"];
    let (code, text) = run(mixed(&github, &gate).env("GITHUB_STEP_SUMMARY", &summary));
    assert_eq!(code, 1, "the gate's own exit code stands: {text}");
    assert!(text.contains("lepton::publish::refused") && text.contains("422"), "{text}");
    assert!(text.contains("body is too long (maximum is 65536 characters)"), "{text}");
    assert!(text.contains("the report is in the job summary instead"), "{text}");
    assert!(std::fs::read_to_string(summary).expect("a summary").contains("Monthly cost increases"));
    assert_eq!(bodies(&github).len(), 0);
    // The same when one that stands is written over: it stays as it was.
    run(&mut mixed(&github, &[]));
    let before = bodies(&github);
    let id = github.comments(REPOSITORY, 7)[0].id;
    github.fault(When::patch(&format!("/repos/acme/shop/issues/comments/{id}")), too_long());
    let (code, text) = run(&mut mixed(&github, &["--show-free"]));
    assert!(code == 0 && text.contains("lepton::publish::refused") && text.contains("422"), "{text}");
    assert_eq!(bodies(&github), before);
    assert_eq!(github.faults_left(), 0);
    github.assert_sound();
}

#[test]
fn what_is_wrong_is_named() {
    let github = start();
    for (more, code, part) in [
        (&["--pull-request", "8"][..], "lepton::publish::not-found", "404"),
        (&["--repo", "acme"][..], "lepton::publish::repository", "OWNER/NAME"),
    ] {
        let (exit, text) = run(&mut mixed(&github, more));
        assert_eq!(exit, 0);
        assert!(text.contains(code) && text.contains(part), "{text}");
    }
    let (_, text) = run(mixed(&github, &[]).env("GITHUB_TOKEN", "gone"));
    assert!(text.contains("lepton::publish::token") && !text.contains("gone\n"), "{text}");
    let (_, text) = run(mixed(&github, &[]).env_remove("GITHUB_TOKEN"));
    assert!(text.contains("GITHUB_TOKEN is not set"), "{text}");
    let (_, text) = run(mixed(&github, &[]).env_remove("GITHUB_REF"));
    assert!(text.contains("nothing says the pull request"), "{text}");
    let (_, text) = run(mixed(&github, &[]).env("GITHUB_API_URL", "http://127.0.0.1:1"));
    assert!(text.contains("lepton::publish::unreachable"), "{text}");
}

#[test]
fn a_comment_that_is_deleted_meanwhile_is_written_again() {
    let github = start();
    run(&mut mixed(&github, &[]));
    let id = github.comments(REPOSITORY, 7)[0].id;
    let path = format!("/repos/acme/shop/issues/comments/{id}");
    github.fault(
        When::patch(&path),
        Fault::hook(move |world| {
            world.delete_comment(id);
        }),
    );
    let (_, text) = run(&mut mixed(&github, &["--show-free"]));
    assert!(text.contains("comment written"), "{text}");
    assert_eq!(bodies(&github).len(), 1);
    assert_eq!(github.faults_left(), 0);
    github.assert_sound();
}

#[test]
fn runs_at_once_leave_one_comment() {
    let github = start();
    let both = Arc::new(Barrier::new(2));
    let wait = Arc::clone(&both);
    github.fault(When::post(COMMENTS).times(2), Fault::hook(move |_| _ = wait.wait()));
    let mut first = mixed(&github, &[]).spawn().expect("lepton starts");
    let mut second =
        mixed(&github, &["--show-free"]).env("SOURCE_DATE_EPOCH", "1767225700").spawn().expect("it starts");
    assert!(first.wait().expect("it ends").success() && second.wait().expect("it ends").success());
    let left = bodies(&github);
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(left[0].contains("valid-at=2026%2D01%2D01T00:01:40Z"), "the newer text stays: {}", left[0]);
    assert_eq!(github.faults_left(), 0);
    github.assert_sound();
}

#[test]
fn a_check_has_the_verdict_and_its_findings_at_their_lines() {
    let github = start();
    // More findings than one request takes: 120 resources that a rule finds.
    let folder = temporary("check");
    std::fs::create_dir_all(&folder).expect("a folder");
    let servers = (0..120).map(|at| format!("resource \"demo_server\" \"s{at}\" {{\n  size = \"large\"\n}}\n"));
    std::fs::write(folder.join("main.tf"), servers.collect::<String>()).expect("sources");
    let changes: Vec<String> = (0..120)
        .map(|at| {
            format!(
                r#"{{"address":"demo_server.s{at}","mode":"managed","type":"demo_server","name":"s{at}","provider_name":"registry.terraform.io/demo/demo","change":{{"actions":["create"],"before":null,"after":{{"size":"large","region":"north-1"}},"after_unknown":{{}}}}}}"#
            )
        })
        .collect();
    let plan = format!(
        r#"{{"format_version":"1.2","terraform_version":"1.11.4","complete":true,"resource_changes":[{}]}}"#,
        changes.join(",")
    );
    std::fs::write(folder.join("plan.json"), plan).expect("a plan");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let arguments =
        ["plan-cost", "plan.json", "--source", ".", "--check", "--fail-on", "warning", "--quiet", "--config"];
    let mut command = lepton(&github, &arguments);
    command.arg(root.join("testdata/cli/gates/quiet.hcl")).arg("--catalog").arg(root.join("testdata/cli/catalog"));
    let (code, text) = run(command.current_dir(&folder).env("GITHUB_WORKSPACE", folder.parent().expect("a parent")));
    assert_eq!(code, 1, "{text}");
    let checks = github.check_runs(REPOSITORY);
    assert_eq!(checks.len(), 1);
    let check = &checks[0];
    assert_eq!(check.conclusion.as_deref(), Some("failure"));
    assert_eq!(check.annotations.len(), 120);
    assert!(check.annotations.iter().all(|annotation| annotation["path"] == "check/main.tf"));
    let lines: std::collections::BTreeSet<u64> =
        check.annotations.iter().filter_map(|annotation| annotation["start_line"].as_u64()).collect();
    assert_eq!(lines.len(), 120);
    github.assert_sound();
}

#[test]
fn code_scanning_gets_the_findings() {
    let github = start();
    let arguments = ["--sarif-upload", "--check", "cost gate", "--config", "testdata/cli/gates/team.hcl"];
    let (code, text) = run(&mut mixed(&github, &arguments));
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("handed to code scanning") && text.contains("check written"), "{text}");
    let uploads = github.sarif_uploads(REPOSITORY);
    assert_eq!(uploads.len(), 1);
    assert_eq!(github.check_runs(REPOSITORY)[0].name, "cost gate");
    github.assert_sound();
}

#[test]
fn one_thing_that_is_refused_does_not_keep_the_others() {
    let github = start();
    let each = [
        ("/repos/acme/shop/issues/7/comments", "pull-requests: write", "comment written"),
        ("/repos/acme/shop/check-runs", "checks: write", "check written"),
        ("/repos/acme/shop/code-scanning/sarifs", "security-events: write", "findings handed to code scanning"),
    ];
    for (path, permission, done) in each {
        github.fault(When::post(path), Fault::forbidden());
        let arguments = ["--check", "--sarif-upload", "--tag", permission];
        let (code, text) = run(&mut mixed(&github, &arguments));
        assert_eq!(code, 0);
        assert!(text.contains(permission) && !text.contains(done), "{text}");
        for (_, _, other) in each.iter().filter(|(_, _, other)| *other != done) {
            assert!(text.contains(other), "{text}");
        }
    }
    github.assert_sound();
}

#[test]
fn earlier_reports_are_posted_as_one() {
    let github = start();
    let folder = temporary("reports");
    std::fs::create_dir_all(&folder).expect("a folder");
    for plan in ["mixed", "small"] {
        let path = format!("testdata/cli/plans/{plan}.json");
        let out = folder.join(format!("{plan}.json"));
        let mut command = lepton(&github, &["plan-cost", &path, "--catalog", "testdata/cli/catalog", "--no-rules"]);
        run(command.args(["--quiet", "--out"]).arg(out));
    }
    let pattern = folder.join("*.json");
    let (code, text) = run(&mut lepton(&github, &["comment", pattern.to_str().expect("a plain path")]));
    assert_eq!(code, 0, "{text}");
    let body = &bodies(&github)[0];
    assert!(body.contains("| `testdata/cli/plans/mixed.json` |") && body.contains("small.json"), "{body}");
    let (code, text) = run(&mut lepton(&github, &["comment", "testdata/cli/plans/small.json"]));
    assert!(code == 2 && text.contains("lepton::publish::no-report"), "{text}");
    // Posting is this command's job: a refusal fails it.
    github.read_only();
    let summary = temporary("reports-summary.md");
    let (code, text) = run(lepton(&github, &["comment", pattern.to_str().expect("a plain path"), "--tag", "b"])
        .args(["--only-on-change=false"])
        .env("GITHUB_STEP_SUMMARY", &summary));
    assert_eq!(code, 2);
    assert!(text.contains("the report is in the job summary instead"), "{text}");
    assert!(std::fs::read_to_string(summary).expect("a summary").contains("Monthly cost"));
    github.assert_sound();
}

#[test]
fn the_account_of_a_personal_token_is_asked_for() {
    let github = start();
    run(&mut mixed(&github, &[]));
    assert!(github.comments(REPOSITORY, 7).iter().all(|comment| comment.user == WRITER));
    assert!(github.requests().iter().any(|request| request.path == "/user"));
    github.assert_sound();
}

fn temporary(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("publish").join(name);
    let _ = std::fs::remove_dir_all(&path);
    let _ = std::fs::remove_file(&path);
    std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
    path
}
