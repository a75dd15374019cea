//! Files of Terragrunt, read and parsed once however often they are included.

use std::path::Path;

use crate::input::module::json;
use crate::input::module::written::Written;
use crate::lang::{near, parse_body};
use crate::model::{Problem, Source};

/// Blocks of a unit, with the number of their labels; `include` may go without its one.
pub(super) const UNIT: &[(&str, usize)] = &[
    ("include", 1),
    ("locals", 0),
    ("terraform", 0),
    ("dependency", 1),
    ("dependencies", 0),
    ("generate", 1),
    ("remote_state", 0),
    ("exclude", 0),
    ("feature", 1),
    ("errors", 0),
    ("engine", 0),
    ("catalog", 0),
];

/// Blocks of `terragrunt.stack.hcl`.
pub(super) const STACK: &[(&str, usize)] = &[("locals", 0), ("unit", 1), ("stack", 1)];

/// What may stand in a unit beside blocks.
const ARGUMENTS: &[&str] = &[
    "inputs",
    "skip",
    "prevent_destroy",
    "generate",
    "remote_state",
    "download_dir",
    "iam_role",
    "iam_assume_role_duration",
    "iam_assume_role_session_name",
    "iam_web_identity_token",
    "terraform_binary",
    "terraform_version_constraint",
    "terragrunt_version_constraint",
    "retryable_errors",
    "retry_max_attempts",
    "retry_sleep_interval_sec",
];

/// Reads a file, in either syntax. `name` is what problems call it.
pub(super) fn read(path: &Path, name: &str, blocks: &[(&str, usize)]) -> Result<Written, Vec<Problem>> {
    let text = text(path, name).map_err(|problem| vec![problem])?;
    let written = if path.extension().is_some_and(|ending| ending == "json") {
        json::read_blocks(name, &text, blocks).map_err(|problem| vec![problem])?
    } else {
        let source = Source::new(name, text);
        Written::of(&parse_body(&source).map_err(|problem| vec![problem])?, &source)
    };
    let problems = unexpected(&written, blocks);
    if problems.is_empty() { Ok(written) } else { Err(problems) }
}

/// The text of a file. Only such as hold configurations are read: no mistake may print what another file holds.
pub(super) fn text(path: &Path, name: &str) -> Result<String, Problem> {
    let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let is_configuration =
        [".hcl", ".hcl.json", ".tf", ".tofu", ".json", ".tfvars"].iter().any(|end| file.ends_with(end));
    if !is_configuration {
        return Err(unreadable(name, "it is no file of Terragrunt or Terraform, by its name"));
    }
    if !path.is_file() {
        return Err(unreadable(name, "there is no such file"));
    }
    let bytes = crate::input::load(path)?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable(name, "it is not UTF-8 text"))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn unreadable(name: &str, reason: &str) -> Problem {
    Problem::error("lepton::terragrunt::unreadable", format!("`{name}` cannot be read: {reason}"))
        .help("correct the path, or the file")
}

/// What has no meaning in the file.
fn unexpected(written: &Written, blocks: &[(&str, usize)]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for block in &written.blocks {
        let known = blocks.iter().find(|(kind, _)| *kind == block.kind);
        let fits = |labels: usize| block.labels.len() == labels || (block.kind == "include" && block.labels.is_empty());
        if known.is_none_or(|(_, labels)| !fits(*labels)) {
            let message = format!("a block `{}` with {} labels has no meaning here", block.kind, block.labels.len());
            problems.push(
                Problem::error("lepton::terragrunt::unknown-block", message)
                    .at(&block.at.source, block.at.span, near(&block.kind, blocks.iter().map(|(kind, _)| *kind)))
                    .help("see Terragrunt's reference for the blocks of this file"),
            );
        }
    }
    let arguments = if blocks == UNIT { ARGUMENTS } else { &[] };
    for (name, argument) in written.arguments.iter().filter(|(name, _)| !arguments.contains(&name.as_str())) {
        problems.push(
            Problem::error("lepton::terragrunt::unknown-attribute", format!("`{name}` has no meaning here"))
                .at(&argument.at.source, argument.at.span, near(name, arguments.iter().copied()))
                .help("values of your own stand in `locals` or `inputs`"),
        );
    }
    problems
}
