//! Markers planted in every kind of input, at every place that Terraform calls sensitive or that no one prints, are in
//! nothing that lepton writes: no format, no log, no error.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

/// The beginning of each marker.
const MARKER: &str = "hunter2";
/// A secret that has a price.
const KNOWN: &str = "x1e.32xlarge";

#[path = "support/saved_plan.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod saved_plan;

/// The contents of an input by name; the first has the markers.
struct Planted {
    name: &'static str,
    files: Vec<(&'static str, Vec<u8>)>,
    /// What to give to lepton, in the folder of the files.
    path: &'static str,
}

/// A marker with the place where it was planted.
fn marker(place: &str) -> String {
    format!("{MARKER}-{place}")
}

/// The attributes of a server, of which only `root_block_device` and the like are no secret.
fn server(side: &str) -> Value {
    json!({
        "ami": marker(&format!("{side}-ami")),
        "arn": format!("arn:aws:ec2:us-east-1:123456789012:instance/{}", marker(&format!("{side}-arn"))),
        "availability_zone": marker(&format!("{side}-zone")),
        "id": marker(&format!("{side}-id")),
        "instance_type": marker(&format!("{side}-type")),
        "monitoring": true,
        "password_data": marker(&format!("{side}-unmarked-password")),
        "root_block_device": [{ "volume_type": marker(&format!("{side}-volume-type")), "volume_size": 20 }],
        "tags": { "team": marker(&format!("{side}-tag")) },
        "tenancy": marker(&format!("{side}-tenancy")),
        "user_data": marker(&format!("{side}-unmarked-user-data")),
    })
}

fn server_marks() -> Value {
    json!({
        "ami": true, "arn": true, "availability_zone": true, "id": true, "instance_type": true,
        "root_block_device": [{ "volume_type": true }], "tags": { "team": true }, "tenancy": true,
    })
}

/// The attributes of a database, all of it secret.
fn database() -> Value {
    json!({
        "allocated_storage": 100, "arn": marker("db-arn"), "engine": marker("db-engine"), "id": marker("db-id"),
        "identifier": marker("db-identifier"), "instance_class": marker("db-class"), "multi_az": false,
        "password": marker("db-password"), "storage_type": marker("db-storage"),
    })
}

fn plan() -> String {
    let change = |kind: &str, name: &str, change: Value| {
        json!({
            "address": format!("{kind}.{name}"), "mode": "managed", "type": kind, "name": name,
            "provider_name": "registry.terraform.io/hashicorp/aws", "change": change,
        })
    };
    let updated = json!({
        "actions": ["update"], "before": server("before"), "after": server("after"), "after_unknown": {},
        "before_sensitive": server_marks(), "after_sensitive": server_marks(),
    });
    let known = json!({
        "actions": ["create"], "before": null,
        "after": { "instance_type": KNOWN, "arn": "arn:aws:ec2:us-east-1:123456789012:instance/i-1" },
        "after_unknown": {}, "before_sensitive": false, "after_sensitive": { "instance_type": true },
    });
    let created = json!({
        "actions": ["create"], "before": null, "after": database(), "after_unknown": {}, "before_sensitive": false,
        "after_sensitive": true,
    });
    json!({
        "format_version": "1.2", "terraform_version": "1.11.4", "complete": true, "applyable": true, "errored": false,
        "variables": { "region": { "value": marker("variable-region") }, "token": { "value": marker("variable") } },
        "resource_changes": [
            change("aws_instance", "web", updated), change("aws_db_instance", "main", created),
            change("aws_instance", "known", known),
        ],
        "output_changes": { "secret": {
            "actions": ["create"], "before": null, "after": marker("output"), "after_unknown": false,
            "before_sensitive": true, "after_sensitive": true,
        } },
        "prior_state": { "format_version": "1.0", "values": {
            "outputs": { "secret": { "sensitive": true, "value": marker("prior-output"), "type": "string" } },
            "root_module": {},
        } },
        "configuration": {
            "provider_config": { "aws": {
                "name": "aws", "full_name": "registry.terraform.io/hashicorp/aws",
                "expressions": {
                    "region": { "references": ["var.region"] },
                    "access_key": { "constant_value": marker("access-key") },
                    "secret_key": { "constant_value": marker("secret-key") },
                },
            } },
            "root_module": {
                "resources": [
                    { "address": "aws_instance.web", "mode": "managed", "type": "aws_instance", "name": "web",
                      "provider_config_key": "aws",
                      "expressions": { "user_data": { "constant_value": marker("constant-user-data") } } },
                    { "address": "aws_db_instance.main", "mode": "managed", "type": "aws_db_instance",
                      "name": "main", "provider_config_key": "aws",
                      "expressions": { "password": { "references": ["var.token"] } } },
                ],
                "variables": { "region": { "sensitive": true }, "token": { "sensitive": true } },
            },
        },
    })
    .to_string()
}

fn state_4() -> String {
    let path = |name: &str| json!([{ "type": "get_attr", "value": name }]);
    let names = ["ami", "arn", "availability_zone", "id", "instance_type", "root_block_device", "tags", "tenancy"];
    let server_marks: Vec<Value> = names.into_iter().map(path).collect();
    let names = ["engine", "instance_class", "storage_type", "identifier", "id", "arn", "password"];
    let database_marks: Vec<Value> = names.into_iter().map(path).collect();
    let resource = |kind: &str, attributes: Value, marks: &[Value]| {
        json!({
            "mode": "managed", "type": kind, "name": "secret",
            "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
            "instances": [{
                "schema_version": 1, "attributes": attributes, "sensitive_attributes": marks,
                "private": marker("private"),
            }],
        })
    };
    json!({
        "version": 4, "terraform_version": "1.11.4", "serial": 3, "lineage": "5b0a2a1e-0c5b-4c1f-9d58-6a4c1d3a0b9e",
        "outputs": { "secret": { "value": marker("output"), "type": "string", "sensitive": true } },
        "resources": [
            resource("aws_instance", server("state"), &server_marks),
            resource("aws_db_instance", database(), &database_marks),
        ],
        "check_results": null,
    })
    .to_string()
}

/// States of this version mark nothing; what no stanza reads is never printed.
fn state_3() -> String {
    json!({
        "version": 3, "terraform_version": "0.11.14", "serial": 1, "lineage": "5b0a2a1e-0c5b-4c1f-9d58-6a4c1d3a0b9e",
        "modules": [{ "path": ["root"], "outputs": {
            "secret": { "sensitive": true, "type": "string", "value": marker("output") },
        }, "resources": {
            "aws_db_instance.main": { "type": "aws_db_instance", "depends_on": [], "provider": "provider.aws",
                "primary": { "id": "db-1", "attributes": {
                    "id": "db-1", "engine": "mysql", "instance_class": "db.t3.medium", "allocated_storage": "20",
                    "password": marker("password"), "username": marker("username"),
                }, "meta": { "secret": marker("meta") }, "tainted": false },
                "deposed": [] },
        }, "depends_on": [] }],
    })
    .to_string()
}

fn state_shown() -> String {
    let resource = |kind: &str, values: Value, marks: Value| {
        json!({
            "address": format!("{kind}.secret"), "mode": "managed", "type": kind, "name": "secret",
            "provider_name": "registry.terraform.io/hashicorp/aws", "schema_version": 1, "values": values,
            "sensitive_values": marks,
        })
    };
    let all = |value: &Value| -> Value {
        value
            .as_object()
            .expect("an object")
            .keys()
            .map(|name| (name.clone(), Value::Bool(true)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    json!({
        "format_version": "1.0", "terraform_version": "1.11.4",
        "values": {
            "outputs": { "secret": { "sensitive": true, "value": marker("output"), "type": "string" } },
            "root_module": { "resources": [
                resource("aws_instance", server("shown"), server_marks()),
                resource("aws_db_instance", database(), all(&database())),
            ] },
        },
    })
    .to_string()
}

/// What is written in a file of configuration is no secret of lepton's; what is given to it is.
const CONFIGURATION: &str = r#"
variable "region" {
  sensitive = true
}

variable "type" {
  sensitive = true

  validation {
    condition     = length(var.type) < 3
    error_message = "not this: ${var.type}"
  }
}

locals {
  tags   = { team = sensitive(var.open) }
  number = tonumber(var.type)
}

variable "open" {}

provider "aws" {
  region     = var.region
  secret_key = var.type
}

resource "aws_instance" "web" {
  instance_type = var.type
  ami           = sensitive(var.open)
  user_data     = "password=${var.open}"
  tags          = local.tags

  root_block_device {
    volume_type = sensitive(var.open)
    volume_size = local.number
  }

  lifecycle {
    precondition {
      condition     = var.type == "t3.large"
      error_message = "wrong: ${nonsensitive("x")} ${var.type}"
    }
  }
}

resource "aws_instance" "several" {
  for_each      = toset([var.type])
  instance_type = each.key
}

resource "aws_db_instance" "main" {
  engine         = sensitive(var.open)
  instance_class = var.type
  password       = var.open
}

check "type" {
  assert {
    condition     = var.type == "t3.large"
    error_message = "it is ${var.type}"
  }
}

output "secret" {
  value     = var.type
  sensitive = true
}

output "leak" {
  value = var.type
}
"#;

/// The files of a folder with its values.
fn folder(name: &'static str, configuration: String, values: &str) -> Planted {
    let values = ["type", "region", "open"].map(|name| format!("{name} = \"{}\"\n", marker(name))).concat() + values;
    let files = vec![("terraform.tfvars", values.into_bytes()), ("main.tf", configuration.into_bytes())];
    Planted { name, files, path: "." }
}

fn planted() -> Vec<Planted> {
    let document =
        |name, text: String| Planted { name, files: vec![("input.json", text.into_bytes())], path: "input.json" };
    let parsed: Value = serde_json::from_str(&plan()).expect("JSON");
    let sources = [("".to_owned(), "main.tf".to_owned(), CONFIGURATION.to_owned())];
    // Stored as they are, so that the markers can be seen.
    let entries = saved_plan::entries(&parsed, &sources);
    let messages = entries[0].1.clone();
    vec![
        Planted {
            name: "saved-plan",
            files: vec![("messages", messages), ("plan.bin", saved_plan::zipped(&entries))],
            path: "plan.bin",
        },
        document("plan", plan()),
        document("state-4", state_4()),
        document("state-3", state_3()),
        document("state-shown", state_shown()),
        document(
            "wrapped",
            json!({ "run": { "id": 1, "plan": serde_json::from_str::<Value>(&plan()).unwrap() } }).to_string(),
        ),
        document(
            "noise",
            format!("+ terraform show -json {}\n{}\n::debug::{}\n", marker("noise"), plan(), marker("debug")),
        ),
        document("twice", format!("{}\n{}", plan(), plan())),
        document("log", format!("{{\"@level\":\"info\",\"@message\":\"{}\"}}\n", marker("log"))),
        document(
            "wrong-shape",
            plan().replace("\"resource_changes\":[", &format!("\"resource_changes\":[\"{}\",", marker("shape"))),
        ),
        folder("folder", CONFIGURATION.replace("length(var.type) < 3", "true"), ""),
        folder("folder-without-a-number", CONFIGURATION.replace("tonumber(var.type)", "20"), ""),
        folder("folder-that-fails-a-validation", CONFIGURATION.to_owned(), ""),
        folder("folder-with-an-unclosed-value", CONFIGURATION.to_owned(), "more = [\"hunter2-unclosed\"\n"),
        folder("folder-with-an-unknown-name", CONFIGURATION.to_owned(), "more = \"hunter2-unknown\"\n"),
        folder("folder-with-a-call-in-its-values", CONFIGURATION.to_owned(), "more = tonumber(\"hunter2-call\")\n"),
        Planted {
            name: "folder-with-values-in-json",
            files: vec![
                ("terraform.tfvars.json", format!("\"{}\"", marker("json")).into_bytes()),
                ("main.tf", CONFIGURATION.into()),
            ],
            path: ".",
        },
    ]
}

fn lepton(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lepton"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command.env("NO_COLOR", "1").env("SOURCE_DATE_EPOCH", "1767225600").env("COLUMNS", "80");
    command.env("GITHUB_TOKEN", marker("token")).env("GITLAB_TOKEN", marker("token")).env("RUST_BACKTRACE", "1");
    command.output().expect("lepton runs")
}

/// All that a run printed and wrote, and its exit code.
fn written(folder: &Path, arguments: &[&str]) -> (String, Option<i32>) {
    let output = lepton(folder, arguments);
    let mut text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.push_str(&String::from_utf8_lossy(&output.stderr));
    for name in ["audit.jsonl", "report.json", "out.md", "out.json", "out.sarif", "out.xml", "out.csv"] {
        let path = folder.join(name);
        text.push_str(&fs::read_to_string(&path).unwrap_or_default());
        let _ = fs::remove_file(path);
    }
    (text, output.status.code())
}

/// Every form of every command that reads inputs.
fn runs(path: &str) -> Vec<Vec<&str>> {
    const FILES: &[&str] = &["out.md", "out.json", "out.sarif", "out.xml", "out.csv"];
    let mut all =
        vec!["plan-cost", path, "--place", "--show-free", "--audit-log", "audit.jsonl", "--report", "report.json"];
    all.extend(FILES.iter().flat_map(|file| ["--out", file]));
    let mut runs = vec![vec!["plan-cost", path], all, vec!["fix", path]];
    for format in ["table", "infracost-json", "gitlab-code-quality"] {
        runs.push(vec!["plan-cost", path, "--format", format, "--compare-to", path, "--region", "us-east-1"]);
    }
    for address in [
        "aws_instance.web",
        "aws_instance.known",
        "aws_db_instance.main",
        "aws_instance.secret",
        "aws_db_instance.secret",
    ] {
        runs.push(vec!["explain", address, path, "--region", "us-east-1"]);
    }
    runs.extend(["table", "json", "markdown"].map(|format| vec!["place", path, "--format", format]));
    runs.extend(["dot", "json"].map(|format| vec!["graph", path, "--format", format]));
    runs
}

fn has_marker(bytes: &[u8]) -> bool {
    bytes.windows(MARKER.len()).any(|window| window == MARKER.as_bytes())
}

/// Where a marker stands in a text, with what is around it.
fn found(text: &str) -> Option<String> {
    let at = text.find(MARKER).or_else(|| text.find(KNOWN))?;
    let around = |from: usize, to: usize| text.get(from..to).unwrap_or(&text[at..]).to_owned();
    Some(around(at.saturating_sub(120), (at + 120).min(text.len())))
}

#[test]
fn no_marker_leaves_its_input() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut leaks = Vec::new();
    for planted in planted() {
        let folder: PathBuf = folder.path().join(planted.name);
        fs::create_dir(&folder).expect("a folder");
        assert!(has_marker(&planted.files[0].1), "{}: nothing is planted", planted.name);
        for (name, text) in &planted.files {
            fs::write(folder.join(name), text).expect("a file");
        }
        for run in runs(planted.path) {
            let (text, code) = written(&folder, &run);
            assert!(matches!(code, Some(0..=2)), "{}: {run:?} ends with {code:?}:\n{text}", planted.name);
            leaks.extend(found(&text).map(|around| format!("{} {run:?}: {around}", planted.name)));
        }
    }
    assert!(leaks.is_empty(), "{} leaks:\n\n{}", leaks.len(), leaks.join("\n\n"));
}

#[test]
fn no_marker_leaves_what_is_cut_short() {
    let folder = tempfile::tempdir().expect("a folder");
    for planted in planted().into_iter().filter(|planted| planted.path != ".") {
        let whole = &planted.files.last().expect("a file").1;
        for part in 1..24 {
            let cut = &whole[..whole.len() * part / 24];
            let path = folder.path().join("input.json");
            fs::write(&path, cut).expect("a file");
            let problem = lepton::input::read_path(&path).err();
            let said = problem.map(|problem| format!("{problem:?} {problem}")).unwrap_or_default();
            assert_eq!(found(&said), None, "{}: cut at {part} of 24", planted.name);
        }
    }
}
