//! The steps of `action.yml`, run as a runner runs them: on a real plan, with a release served over the loopback
//! address, and with inputs that would be commands if they were ever read as such.
#![cfg(unix)]

#[path = "support/github/mod.rs"]
mod github;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use saphyr::{LoadableYamlNode as _, Yaml};
use sha2::{Digest as _, Sha256};

const VERSION: &str = "v9.9.9";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn target() -> &'static str {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "aarch64") => "aarch64-unknown-linux-musl",
        ("macos", "aarch64") => "aarch64-apple-darwin",
        ("macos", _) => "x86_64-apple-darwin",
        _ => "x86_64-unknown-linux-musl",
    }
}

/// A server with files by path, for as long as the process lives.
fn serve(files: BTreeMap<String, Vec<u8>>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = vec![0; 8192];
            let read = stream.read(&mut request).unwrap_or(0);
            let text = String::from_utf8_lossy(&request[..read]).into_owned();
            let path = text.split_whitespace().nth(1).unwrap_or("").to_owned();
            let (status, body) = match files.get(&path) {
                Some(body) => ("200 OK", body.as_slice()),
                None => ("404 Not Found", &b"no such release"[..]),
            };
            let head = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", body.len());
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
        }
    });
    url
}

/// The release of the program under test; `is_true` tells whether its checksum is its own.
fn release(folder: &Path, is_true: bool) -> String {
    let archive = folder.join("lepton.tar.gz");
    let program = Path::new(env!("CARGO_BIN_EXE_lepton"));
    let status = Command::new("tar")
        .arg("-czf")
        .arg(&archive)
        .arg("-C")
        .arg(program.parent().expect("a folder"))
        .arg("lepton")
        .status();
    assert!(status.expect("tar runs").success());
    let bytes = fs::read(&archive).expect("the archive");
    let name = format!("lepton-{}.tar.gz", target());
    let mut sum: String = hex::encode(Sha256::digest(&bytes));
    if !is_true {
        sum.replace_range(..4, "dead");
    }
    let base = format!("/acme/lepton/releases/download/{VERSION}");
    serve(BTreeMap::from([
        (format!("{base}/{name}"), bytes),
        (format!("{base}/SHA256SUMS"), format!("{sum}  {name}\n").into_bytes()),
    ]))
}

/// What a run of the action left behind.
struct Run {
    code: i32,
    text: String,
    outputs: BTreeMap<String, String>,
    summary: String,
    folder: PathBuf,
}

/// The contexts that expressions in `action.yml` name.
fn resolve(
    text: &str,
    inputs: &BTreeMap<String, String>,
    steps: &BTreeMap<String, BTreeMap<String, String>>,
) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${{") {
        let (expression, after) = after.split_once("}}").expect("an expression ends");
        out.push_str(before);
        let path: Vec<&str> = expression.trim().split('.').collect();
        out.push_str(&match path.as_slice() {
            ["inputs", name] => inputs.get(*name).unwrap_or_else(|| panic!("no input {name}")).clone(),
            ["steps", step, "outputs", name] => steps[*step].get(*name).cloned().unwrap_or_default(),
            ["github", "action_path"] => root().display().to_string(),
            ["github", "action_repository"] => "acme/lepton".into(),
            ["github", "action_ref"] => VERSION.into(),
            ["github", "token"] => "no-token".into(),
            other => panic!("the harness does not know {other:?}"),
        });
        rest = after;
    }
    out + rest
}

/// The outputs that a step appended to its file.
fn read_outputs(text: &str) -> BTreeMap<String, String> {
    let mut outputs = BTreeMap::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some((name, end)) = line.split_once("<<") {
            let value: Vec<&str> = lines.by_ref().take_while(|line| *line != end).collect();
            outputs.insert(name.to_owned(), value.join("\n"));
        } else if let Some((name, value)) = line.split_once('=') {
            outputs.insert(name.to_owned(), value.to_owned());
        }
    }
    outputs
}

fn run(name: &str, server: &str, given: &[(&str, &str)]) -> Run {
    run_on(name, server, given, &[("GITHUB_EVENT_NAME", "push")])
}

/// A run on an event, which `event` describes as a runner's environment does.
fn run_on(name: &str, server: &str, given: &[(&str, &str)], event: &[(&str, &str)]) -> Run {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("action").join(name);
    let _ = fs::remove_dir_all(&folder);
    for part in ["workspace", "temp", "tools"] {
        fs::create_dir_all(folder.join(part)).expect("a folder");
    }
    let plan = root().join("testdata/plans/azure-scale-set.json");
    fs::copy(plan, folder.join("workspace/plan.json")).expect("the plan");
    let text = fs::read_to_string(root().join("action.yml")).expect("action.yml");
    let documents = Yaml::load_from_str(&text).expect("YAML");
    let action = &documents[0];
    let mut inputs: BTreeMap<String, String> = BTreeMap::new();
    for (name, input) in action["inputs"].as_mapping().expect("inputs") {
        let default = input.as_mapping_get("default").and_then(|value| value.as_str()).unwrap_or_default();
        let default = if default.contains("github.token") { "no-token" } else { default };
        inputs.insert(name.as_str().expect("a name").to_owned(), default.to_owned());
    }
    for (name, value) in given {
        assert!(inputs.insert((*name).to_owned(), (*value).to_owned()).is_some(), "no input {name}");
    }
    let mut steps: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let summary = folder.join("summary.md");
    let (mut code, mut said) = (0, String::new());
    for (at, step) in action["runs"]["steps"].as_sequence().expect("steps").iter().enumerate() {
        // The cache is the runner's own; everything else is a script.
        let Some(script) = step.as_mapping_get("run").and_then(|run| run.as_str()) else { continue };
        assert!(!script.contains("${{"), "an input would become part of a command: {script}");
        let outputs = folder.join(format!("outputs-{at}"));
        fs::write(&outputs, "").expect("a file");
        let directory = step.as_mapping_get("working-directory").and_then(|value| value.as_str()).unwrap_or(".");
        let directory = folder.join("workspace").join(resolve(directory, &inputs, &steps));
        let mut command = Command::new("bash");
        command.arg("-c").arg(script).current_dir(directory).env_clear();
        for (name, value) in step["env"].as_mapping().expect("an environment") {
            let value = resolve(value.as_str().unwrap_or_default(), &inputs, &steps);
            command.env(name.as_str().expect("a name"), value);
        }
        let arch = if std::env::consts::ARCH == "aarch64" { "ARM64" } else { "X64" };
        let os = if std::env::consts::OS == "macos" { "macOS" } else { "Linux" };
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("RUNNER_OS", os).env("RUNNER_ARCH", arch).env("RUNNER_TEMP", folder.join("temp"));
        command.env("RUNNER_TOOL_CACHE", folder.join("tools")).env("GITHUB_SERVER_URL", server);
        command.env("GITHUB_WORKSPACE", folder.join("workspace")).env("GITHUB_OUTPUT", &outputs);
        command.env("GITHUB_STEP_SUMMARY", &summary).env("NO_COLOR", "1");
        command.envs(event.iter().copied());
        let output = command.output().expect("bash runs");
        said.push_str(&String::from_utf8_lossy(&output.stdout));
        said.push_str(&String::from_utf8_lossy(&output.stderr));
        let id = step.as_mapping_get("id").and_then(|id| id.as_str()).unwrap_or("none").to_owned();
        steps.insert(id, read_outputs(&fs::read_to_string(&outputs).expect("outputs")));
        code = output.status.code().expect("an exit code");
        if code != 0 {
            break;
        }
    }
    let outputs = steps.remove("run").unwrap_or_default();
    let summary = fs::read_to_string(summary).unwrap_or_default();
    Run { code, text: said, outputs, summary, folder }
}

fn server() -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("release-{:?}", thread::current().id()));
    fs::create_dir_all(&folder).expect("a folder");
    release(&folder, true)
}

#[test]
fn a_release_is_fetched_once_and_prices_the_plan() {
    let run = run("good", &server(), &[("path", "plan.json"), ("out", "cost.md\ncost.sarif")]);
    assert_eq!(run.code, 0, "{}", run.text);
    assert!(run.folder.join("workspace/cost.md").exists());
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(&run.outputs["report-path"]).expect("a report")).expect("JSON");
    assert_eq!(report["current"]["monthly"], run.outputs["monthly-cost"].as_str());
    assert_eq!(run.outputs["past-monthly-cost"], "0", "the plan begins with nothing");
    assert_eq!(report["difference"]["monthly"], run.outputs["diff"].as_str());
    assert_eq!(run.outputs["verdict"], "passed");
    assert!(run.summary.starts_with("### Monthly cost increases"), "{}", run.summary);
    assert!(run.folder.join("workspace/cost.sarif").exists());
}

#[test]
fn a_gate_that_fails_fails_the_step_and_sets_the_outputs() {
    let gate = "budget \"all\" {\n  monthly = 1\n}\n";
    let server = server();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("action-gate.hcl");
    fs::write(&folder, gate).expect("a file");
    let config = folder.to_str().expect("a plain path");
    let run = run("gate", &server, &[("path", "plan.json"), ("config", config)]);
    assert_eq!(run.code, 1, "{}", run.text);
    assert_eq!(run.outputs["verdict"], "failed");
    assert!(run.text.contains("gate failed: 1 finding at error: budget-exceeded (all)"), "{}", run.text);
    assert!(run.summary.contains("budget-exceeded"));
}

#[test]
fn on_a_pull_request_it_comments_checks_and_hands_findings_over() {
    let github = github::GitHub::start();
    github.pull_request("acme/shop", 7);
    let sha = "0123456789abcdef0123456789abcdef01234567";
    let url = github.url();
    let event = [
        ("GITHUB_EVENT_NAME", "pull_request"),
        ("GITHUB_API_URL", url.as_str()),
        ("GITHUB_REPOSITORY", "acme/shop"),
        ("GITHUB_REF", "refs/pull/7/merge"),
        ("GITHUB_SHA", sha),
    ];
    let given = [
        ("path", "plan.json"),
        ("github-token", github::TOKEN),
        ("tag", "prod"),
        ("check", "cost gate"),
        ("sarif", "true"),
        ("comment-behavior", "delete-and-new"),
    ];
    let server = server();
    for _ in 0..2 {
        let run = run_on("pull-request", &server, &given, &event);
        assert_eq!(run.code, 0, "{}", run.text);
        assert!(!run.text.contains(github::TOKEN) && !run.summary.contains(github::TOKEN));
        assert!(run.outputs.values().all(|output| !output.contains(github::TOKEN)));
    }
    let comments = github.comments("acme/shop", 7);
    assert_eq!(comments.len(), 1);
    assert!(comments[0].body.contains("tag=prod") && comments[0].body.contains("### Monthly cost increases"));
    let checks = github.check_runs("acme/shop");
    assert_eq!((checks[0].name.as_str(), checks[0].conclusion.as_deref()), ("cost gate", Some("success")));
    assert_eq!(github.sarif_uploads("acme/shop").len(), 2);
    github.assert_sound();
}

#[test]
fn a_release_with_another_checksum_is_not_used() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("release-wrong");
    fs::create_dir_all(&folder).expect("a folder");
    let run = run("wrong", &release(&folder, false), &[("path", "plan.json")]);
    assert_eq!(run.code, 2, "{}", run.text);
    assert!(run.text.contains("does not have the checksum of its release"), "{}", run.text);
    let none = self::run("none", &serve(BTreeMap::new()), &[("path", "plan.json")]);
    assert_eq!(none.code, 2);
    assert!(none.text.contains("is v9.9.9 a release?"), "{}", none.text);
}

#[test]
fn inputs_stay_data_whatever_they_say() {
    let server = server();
    for (at, hostile) in
        ["$(touch pwned)", "`touch pwned`", "'; touch pwned; '", "\" ; touch pwned #", "a b\tc", "--help"]
            .into_iter()
            .enumerate()
    {
        let given = [("path", hostile), ("tag", hostile), ("check", ""), ("usage-file", ""), ("out", "")];
        let run = run(&format!("hostile-{at}"), &server, &given);
        assert_eq!(run.code, 2, "{}", run.text);
        assert!(run.text.contains("lepton::input::"), "{hostile}: {}", run.text);
        let entries = fs::read_dir(run.folder.join("workspace")).expect("the workspace").count();
        assert_eq!(entries, 1, "{hostile} made a file");
    }
    let version = run("version", &server, &[("path", "plan.json"), ("version", "v1/../../x")]);
    assert!(version.code == 2 && version.text.contains("letters, digits"), "{}", version.text);
}

#[test]
fn several_plans_and_other_folders_work() {
    let server = server();
    let run = run("several", &server, &[("path", "plan.json\nplan.json\n"), ("format", "markdown")]);
    assert_eq!(run.code, 0, "{}", run.text);
    let none = self::run("empty", &server, &[("path", "\n\n")]);
    assert!(none.code == 2 && none.text.contains("path names no plan"), "{}", none.text);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("action-elsewhere");
    fs::create_dir_all(&folder).expect("a folder");
    fs::copy(root().join("testdata/plans/azure-scale-set.json"), folder.join("plan.json")).expect("the plan");
    let given = [("path", "plan.json"), ("working-directory", folder.to_str().expect("a plain path"))];
    assert_eq!(self::run("elsewhere", &server, &given).code, 0);
}

#[test]
fn the_release_is_that_of_the_action_within_another_action_too() {
    let find = |place: &str, repository: &str, reference: &str, version: &str| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("action-find");
        fs::create_dir_all(&folder).expect("a folder");
        let outputs = folder.join("outputs");
        fs::write(&outputs, "").expect("a file");
        let mut command = Command::new("bash");
        command.arg(root().join(".github/action/find.sh")).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("RUNNER_OS", "Windows").env("RUNNER_ARCH", "X64").env("RUNNER_TEMP", &folder);
        command.env("GITHUB_OUTPUT", &outputs).env("LEPTON_ACTION", place).env("LEPTON_VERSION", version);
        command.env("LEPTON_REPOSITORY", repository).env("LEPTON_REF", reference);
        assert!(command.status().expect("bash runs").success());
        let outputs = read_outputs(&fs::read_to_string(outputs).expect("outputs"));
        assert_eq!(outputs["target"], "x86_64-pc-windows-msvc");
        (outputs["repository"].clone(), outputs["version"].clone())
    };
    let own = || ("acme/lepton".to_owned(), VERSION.to_owned());
    let hash = "0123456789abcdef0123456789abcdef01234567";
    assert_eq!(find("/w/_actions/acme/lepton/v9.9.9", "outer/tool", "main", ""), own());
    assert_eq!(find(r"D:\a\_actions\acme\lepton\v9.9.9", "outer/tool", "v1.2.3", ""), own());
    assert_eq!(find(&format!("/w/_actions/acme/lepton/{hash}"), "", "", VERSION), own());
    assert_eq!(find(&format!("/w/_actions/acme/lepton/{hash}"), "outer/tool", "v1.2.3", "").1, "source");
    assert_eq!(find("/w/lepton/lepton", "acme/lepton", VERSION, ""), own());
    assert_eq!(find("/w/lepton/lepton", "", "", "").1, "source");
}
