//! Names what was given in the place of a plan: other files of Terraform, other outputs of its commands, pages.

use std::borrow::Cow;

use super::problems::{MAKE_PLAN, SHOW_PLAN};
use super::scan;
use super::sniff::Top;
use crate::model::Problem;

/// Names a text that holds no JSON document of Terraform's.
pub(super) fn text(label: &str, text: &str) -> Problem {
    let start = text.trim_start();
    if start.starts_with('<') {
        return Problem::error("lepton::input::html", format!("{label} is an HTML or XML page, not a plan"))
            .help("a download that needed a sign-in often gives such a page: fetch the file again, signed in");
    }
    if start.starts_with("version https://") && start.contains("\noid sha256:") {
        return Problem::error("lepton::input::git-lfs-pointer", format!("{label} is a Git LFS pointer, not the file"))
            .help("fetch the file itself with `git lfs pull`");
    }
    let head_end = text.char_indices().nth(20_000).map_or(text.len(), |(at, _)| at);
    let head = &without_colours(&text[..head_end]);
    if is_lock_file(head) {
        let message = format!("{label} is a lock file of providers (`.terraform.lock.hcl`), not a plan");
        return Problem::error("lepton::input::lock-file", message).help(SHOW_PLAN);
    }
    if is_plan_text(head) {
        let message = format!("{label} is the plan as text for people, not as JSON");
        return Problem::error("lepton::input::plan-text", message).help(MAKE_PLAN);
    }
    if is_shown_text(head) {
        let message = format!("{label} is the output of `terraform show` for people, not JSON");
        return Problem::error("lepton::input::shown-text", message).help(
            "add `-json`: `terraform show -json > state.json` for what exists, `terraform show -json plan.tfplan > \
             plan.json` for a plan",
        );
    }
    if is_error_text(head) {
        let message = format!("{label} is an error message of Terraform, not its plan");
        return Problem::error("lepton::input::terraform-error", message)
            .help("the command that wrote the file failed: run it again, and mend what it says first");
    }
    if is_configuration(head) {
        return configuration(label);
    }
    if start.starts_with("digraph") {
        let message = format!("{label} is a drawing of `terraform graph`, not a plan");
        return Problem::error("lepton::input::graph", message).help(SHOW_PLAN);
    }
    Problem::error("lepton::input::not-json", format!("{label} is neither JSON nor a saved plan")).help(SHOW_PLAN)
}

/// Names a document of another command that has a format version, too.
pub(super) fn versioned(label: &str, top: &Top<'_>) -> Option<Problem> {
    let command = if top.provider_schemas.is_some() {
        "providers schema -json"
    } else if top.function_signatures.is_some() {
        "metadata functions -json"
    } else if top.valid.is_some() && top.diagnostics.is_some() {
        "validate -json"
    } else {
        return None;
    };
    Some(output_of(label, command))
}

/// Names a JSON document without a plan or a state.
pub(super) fn document(label: &str, json: &str) -> Problem {
    let has = |name: &str| scan::field(json, name).is_some();
    if has("schema") && has("projects") && has("prices") || has("version") && has("projects") && has("currency") {
        let message = format!("{label} is a report on costs, not a plan");
        return Problem::error("lepton::input::report", message)
            .help("give the plan that it was made of; to compare with a report of lepton, give it to `--compare-to`");
    }
    if has("terraform_version") && has("provider_selections") {
        return output_of(label, "version -json");
    }
    if has("Modules") && json.len() < 1 << 20 {
        let message = format!("{label} lists the modules that `terraform init` installed; it is not a plan");
        return Problem::error("lepton::input::modules-list", message).help(SHOW_PLAN);
    }
    if is_outputs(json) {
        return output_of(label, "output -json");
    }
    if let Some(kind) = hosted(json) {
        let message =
            format!("{label} is an answer of HCP Terraform about {kind}, without the plan or the state itself");
        return Problem::error("lepton::input::hosted-answer", message).help(
            "fetch the plan with `/api/v2/plans/PLAN-ID/json-output`, a state from its `hosted-json-state-download-url`",
        );
    }
    if ["resource", "module", "provider", "variable"]
        .iter()
        .any(|block| scan::field(json, block).is_some_and(is_object))
    {
        return configuration(label);
    }
    let message = format!("{label} is JSON, but neither a plan nor a state of Terraform or OpenTofu");
    Problem::error("lepton::input::not-terraform", message).help(SHOW_PLAN)
}

fn output_of(label: &str, command: &str) -> Problem {
    let message = format!("{label} is the output of `terraform {command}`, which holds no resources");
    Problem::error("lepton::input::other-output", message).help(SHOW_PLAN)
}

fn configuration(label: &str) -> Problem {
    let message = format!("{label} is a file of Terraform's configuration, not a plan");
    Problem::error("lepton::input::configuration", message)
        .help("give the folder in which it stands: lepton prices a configuration as a whole; or give its plan as JSON")
}

fn is_object(value: &str) -> bool {
    value.starts_with('{')
}

/// Whether every entry is an output as `terraform output -json` writes it.
fn is_outputs(json: &str) -> bool {
    let is_output = |value: &str| {
        is_object(value) && ["sensitive", "type", "value"].iter().all(|name| scan::field(value, name).is_some())
    };
    let mut values = scan::entries(json).map(|(_, value)| value).peekable();
    values.peek().is_some() && values.all(is_output)
}

/// What an answer of HCP Terraform is about.
fn hosted(json: &str) -> Option<&'static str> {
    let data = scan::field(json, "data")?;
    let first = scan::elements(data).next().unwrap_or(data);
    scan::field(first, "attributes")?;
    match &*scan::string(scan::field(first, "type")?)? {
        "plans" => Some("a plan"),
        "plan-exports" => Some("an export of a plan"),
        "runs" => Some("a run"),
        "applies" => Some("an apply"),
        "state-versions" => Some("a version of a state"),
        "workspaces" => Some("a workspace"),
        _ => None,
    }
}

fn is_lock_file(text: &str) -> bool {
    let made = "This file is maintained automatically by \"t";
    text.lines().take(3).any(|line| line.contains(made))
        || text.lines().any(|line| line.starts_with("provider \"registry.")) && text.contains("\n  hashes")
}

fn is_plan_text(text: &str) -> bool {
    let phrases =
        ["Terraform will perform", "OpenTofu will perform", "Terraform used the selected", "OpenTofu used the"];
    let more = ["Refreshing state...", "No changes. ", " will be created", " to add, ", "Acquiring state lock"];
    phrases.iter().chain(&more).any(|phrase| text.contains(phrase))
}

/// Whether blocks stand under comments with their address, as `terraform show` prints a state.
fn is_shown_text(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_end).peekable();
    while let Some(line) = lines.next() {
        let is_address = line
            .strip_prefix("# ")
            .and_then(|line| line.strip_suffix(':'))
            .is_some_and(|address| address.contains('.') && !address.contains(char::is_whitespace));
        let is_block = |next: &&str| next.starts_with("resource \"") || next.starts_with("data \"");
        if is_address && lines.peek().is_some_and(is_block) {
            return true;
        }
    }
    text.starts_with("The state file is empty. No resources are represented.")
}

/// Whether this begins with the box in which Terraform puts its errors.
fn is_error_text(text: &str) -> bool {
    let mut lines =
        text.lines().map(|line| line.trim_matches(['╷', '│', '╵', ' ', '\t'])).filter(|line| !line.is_empty());
    lines.next().is_some_and(|line| line.starts_with("Error: "))
}

/// Whether some line opens a block of a `.tf` file.
fn is_configuration(text: &str) -> bool {
    let is_block = |line: &str| {
        let (word, rest) = line.split_once([' ', '{']).unwrap_or((line, ""));
        match word {
            "resource" | "data" | "variable" | "module" | "output" | "provider" => {
                rest.trim_start().starts_with('"') && rest.trim_end().ends_with(['{', '}'])
            }
            "terraform" | "locals" | "inputs" | "include" => line.trim_end().ends_with('{'),
            _ => false,
        }
    };
    text.lines().any(is_block)
}

/// A text without the codes that colour it in a terminal.
fn without_colours(text: &str) -> Cow<'_, str> {
    if !text.contains('\u{1b}') {
        return Cow::Borrowed(text);
    }
    let mut parts = text.split('\u{1b}');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let code = part.find(|letter: char| letter.is_ascii_alphabetic()).map_or(0, |at| at + 1);
        plain.push_str(&part[code..]);
    }
    Cow::Owned(plain)
}
