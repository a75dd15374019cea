//! What can be wrong with an input, each with what it is, where, and what to do now.
//!
//! No problem quotes the input: plans hold secrets.

use std::io;

use super::plan_file::Broken;
use crate::model::Problem;

pub(super) const SHOW_PLAN: &str = "make JSON of the plan with `terraform show -json plan.tfplan > plan.json` (or `tofu show …`) \
                         and give that file";

pub(super) const MAKE_PLAN: &str = "save the plan and show it: `terraform plan -out plan.tfplan && terraform show -json \
                                    plan.tfplan > plan.json`";
const DAMAGED: &str = "the file may have been cut, or changed by a transfer as text: copy it again, or plan again";

pub(super) fn unreadable(label: &str, error: &io::Error) -> Problem {
    if error.kind() == io::ErrorKind::NotFound {
        return Problem::error("lepton::input::not-found", format!("there is no file `{label}`"))
            .help("check the path; `-` reads the standard input");
    }
    Problem::error("lepton::input::unreadable", format!("`{label}` cannot be read: {error}"))
        .help("check that the file may be read by this user")
}

pub(super) fn directory(label: &str) -> Problem {
    Problem::error("lepton::input::directory", format!("`{label}` is a directory, not a plan or a state"))
        .help("plan it first: `terraform plan -out plan.tfplan && terraform show -json plan.tfplan > plan.json`")
}

pub(super) fn too_large(label: &str) -> Problem {
    Problem::error("lepton::input::too-large", format!("{label} holds more than 2 GiB of text"))
        .help("split the stack, or plan parts of it with `-target`")
}

pub(super) fn broken_gzip(label: &str) -> Problem {
    Problem::error("lepton::input::broken-gzip", format!("{label} begins like gzip, but cannot be unpacked"))
        .help("the file may have been cut; pack it again, or give it unpacked")
}

pub(super) fn broken_zstd(label: &str) -> Problem {
    Problem::error("lepton::input::broken-zstd", format!("{label} begins like zstd, but cannot be unpacked"))
        .help("the file may have been cut, or needs more than 128 MiB to unpack (`--long`); pack it again, or give it unpacked")
}

pub(super) fn packed(label: &str, packing: &str) -> Problem {
    Problem::error("lepton::input::packed", format!("{label} is packed by {packing}, which lepton does not unpack"))
        .help("unpack it first, or pack it by gzip or zstd")
}

pub(super) fn packed_twice(label: &str, inner: &str, outer: &str) -> Problem {
    Problem::error("lepton::input::packed-twice", format!("{label} is packed twice: {inner} within {outer}"))
        .help("unpack it once, and give the file that comes of it")
}

pub(super) fn broken_utf16(label: &str, at: usize) -> Problem {
    Problem::error("lepton::input::broken-utf16", format!("{label} is UTF-16 text that breaks at byte {at}")).help(
        "write the file again; in PowerShell: `terraform show -json plan.tfplan | Out-File -Encoding utf8 plan.json`",
    )
}

pub(super) fn not_utf8(label: &str, at: usize) -> Problem {
    Problem::error("lepton::input::not-utf8", format!("{label} is not UTF-8 text: byte {at} does not fit"))
        .help("Terraform writes UTF-8; something between it and lepton changed the text. Write the file again")
}

/// Names a binary file by its first bytes; `None` if it may be text.
pub(super) fn binary(label: &str, bytes: &[u8]) -> Option<Problem> {
    if bytes.starts_with(b"tfplan") {
        let message = format!("{label} is a plan file of Terraform 0.11 or older, which has no JSON form");
        return Some(
            Problem::error("lepton::input::ancient-plan-file", message)
                .help("plan with Terraform 0.12 or newer, or with OpenTofu"),
        );
    }
    if is_stack(bytes) && std::str::from_utf8(bytes).is_err() {
        return Some(stack_plan(label));
    }
    if bytes.starts_with(b"tfstate") {
        let message = format!("{label} is a binary state of Terraform's first releases");
        return Some(
            Problem::error("lepton::input::ancient-state", message)
                .help("let a newer Terraform upgrade the state: `terraform state pull > state.json`"),
        );
    }
    let head = &bytes[..bytes.len().min(512)];
    head.contains(&0).then(|| {
        Problem::error("lepton::input::binary", format!("{label} is binary, and neither a plan nor a state"))
            .help(SHOW_PLAN)
    })
}

/// Names a zip that holds no plan by what is in it.
pub(super) fn other_zip<'n>(label: &str, names: impl Iterator<Item = &'n str>) -> Problem {
    let names: Vec<&str> = names.collect();
    let has = |test: &dyn Fn(&str) -> bool| names.iter().any(|name| test(name));
    if has(&|name| name == "tfstate" || name.starts_with("tfconfig/")) {
        let message = format!("{label} is a saved plan file whose plan is missing: it has no entry `tfplan`");
        return Problem::error("lepton::input::plan-file-incomplete", message)
            .help("write it again: `terraform plan -out plan.tfplan`, or `tofu plan -out plan.tfplan`");
    }
    let what = if has(&|name| name == "[Content_Types].xml") {
        ", an office document"
    } else if has(&|name| name == "META-INF/MANIFEST.MF") {
        ", a Java package"
    } else if has(&|name| name.starts_with("terraform-provider-")) {
        ", a provider for Terraform"
    } else if has(&|name| name.ends_with(".tfplan") || name.ends_with("/tfplan")) {
        " around a saved plan"
    } else if has(&|name| name.ends_with(".tf") || name.ends_with(".tf.json")) {
        " of Terraform files"
    } else {
        ""
    };
    Problem::error("lepton::input::zip", format!("{label} is a zip archive{what}, but not a saved plan"))
        .help("unpack it, and give the plan, the state or the folder in it")
}

pub(super) fn broken_plan_file(label: &str, broken: Broken) -> Problem {
    let what = match broken {
        Broken::Archive => {
            let message =
                format!("{label} begins like a saved plan file, or another zip archive, but cannot be unpacked");
            return Problem::error("lepton::input::plan-file-damaged", message).help(DAMAGED);
        }
        Broken::Messages => "the plan in it breaks off, or is none",
        Broken::Values => "a value of the plan in it breaks off, or is none",
        Broken::TooLarge => {
            let message = format!("{label} is a saved plan file that unpacks to more than lepton reads");
            return Problem::error("lepton::input::too-large", message)
                .help("split the stack, or plan parts of it with `-target`");
        }
    };
    Problem::error("lepton::input::plan-file-damaged", format!("{label} is a saved plan file that is damaged: {what}"))
        .help(DAMAGED)
}

pub(super) fn plan_file_version(label: &str, version: u64) -> Problem {
    let message = format!("{label} is a saved plan file of version {version}; lepton reads version 3");
    Problem::error("lepton::input::plan-file-version", message).help(SHOW_PLAN)
}

/// Whether bytes are the plan of a stack, which names its messages.
pub(super) fn is_stack(bytes: &[u8]) -> bool {
    const NAME: &[u8] = b"tfstackdata1.";
    const HEAD: usize = 4096;
    bytes[..bytes.len().min(HEAD)].windows(NAME.len()).any(|window| window == NAME)
}

pub(super) fn stack_plan(label: &str) -> Problem {
    let message = format!("{label} is the plan of a Terraform stack, which holds several configurations");
    Problem::error("lepton::input::stack-plan", message)
        .help("give the folders of the stack's components, or plans of the same configurations on their own")
}

pub(super) fn empty(label: &str) -> Problem {
    Problem::error("lepton::input::empty", format!("{label} is empty")).help(
        "the command that wrote it may have failed: run `terraform show -json plan.tfplan` and look at its output",
    )
}

pub(super) fn event_stream(label: &str) -> Problem {
    let message = format!("{label} is the event log of `terraform plan -json`, which does not hold the plan");
    Problem::error("lepton::input::event-stream", message).help(SHOW_PLAN)
}

pub(super) fn truncated(label: &str, line: usize, column: usize) -> Problem {
    let message = format!("{label} ends in the middle of its JSON, at line {line}, column {column}");
    Problem::error("lepton::input::truncated", message).help("the file was cut: write or fetch it again")
}

pub(super) fn syntax(label: &str, line: usize, column: usize) -> Problem {
    let message = format!("{label} is not valid JSON: it breaks at line {line}, column {column}");
    Problem::error("lepton::input::syntax", message)
        .help("write the file again with `terraform show -json`, and change nothing by hand")
}

pub(super) fn shape(label: &str, line: usize, column: usize) -> Problem {
    let message = format!(
        "{label} looks like Terraform's JSON, but holds a value of the wrong kind that ends at line {line}, column {column}"
    );
    Problem::error("lepton::input::unexpected-shape", message)
        .help("write the file again with `terraform show -json`, and change nothing by hand")
}

pub(super) fn trailing(label: &str, line: usize, column: usize) -> Problem {
    let message = format!("{label} holds more text behind its JSON document, from line {line}, column {column}");
    Problem::error("lepton::input::trailing-data", message)
        .help("two commands may have written to one file: write it again, only with `terraform show -json`")
}

pub(super) fn several_documents(label: &str, places: &[(usize, usize)]) -> Problem {
    let message = format!("{label} holds {} JSON documents, which begin {}", places.len(), listed(places));
    Problem::error("lepton::input::several-documents", message).help("give each plan as a file of its own")
}

/// `at line 1, column 1, and at line 2, column 9`; no more than the first five.
fn listed(places: &[(usize, usize)]) -> String {
    const MOST: usize = 5;
    let shown = places.iter().take(MOST).map(|(line, column)| format!("at line {line}, column {column}"));
    let mut shown: Vec<String> = shown.collect();
    match places.len() > MOST {
        true => shown.push("and further down".to_owned()),
        false => shown.last_mut().into_iter().for_each(|last| last.insert_str(0, "and ")),
    }
    shown.join(", ")
}

pub(super) fn not_terraform(label: &str) -> Problem {
    let message = format!("{label} is JSON, but neither a plan nor a state of Terraform or OpenTofu");
    Problem::error("lepton::input::not-terraform", message).help(SHOW_PLAN)
}

pub(super) fn several_plans(label: &str, places: &[(usize, usize)], are_more: bool) -> Problem {
    let least = if are_more { "at least " } else { "" };
    let message = format!("{label} wraps {least}{} plans or states in one document, {}", places.len(), listed(places));
    Problem::error("lepton::input::several-plans", message).help("give each of them as a file of its own")
}

pub(super) fn encrypted_state(label: &str) -> Problem {
    Problem::error("lepton::input::encrypted-state", format!("{label} is a state that OpenTofu has encrypted"))
        .help("decrypt it where the key is: `tofu show -json > state.json`, and give that file")
}

pub(super) fn encrypted_plan(label: &str) -> Problem {
    Problem::error("lepton::input::encrypted-plan", format!("{label} is a plan file that OpenTofu has encrypted"))
        .help("show it where the key is: `tofu show -json plan.tfplan > plan.json`, and give that file")
}

pub(super) fn backend_pointer(label: &str) -> Problem {
    let message = format!("{label} only says where the state is kept (a backend); it holds no resources");
    Problem::error("lepton::input::backend-pointer", message)
        .help("fetch the state itself with `terraform state pull > state.json`")
}

pub(super) fn plan_version(label: &str, version: &str) -> Problem {
    let message = format!("{label} is a plan of format {}; lepton reads 0.1 to 1.x", shown(version));
    Problem::error("lepton::input::plan-version", message).help("update lepton, or plan with an older Terraform")
}

pub(super) fn state_version(label: &str, version: &str) -> Problem {
    let message = format!("{label} is a state of version {}; lepton reads versions 1, 3 and 4", shown(version));
    Problem::error("lepton::input::state-version", message)
        .help("give the state as JSON, which is the same in every version: `terraform show -json > state.json`")
}

/// A version as written, if it is one: anything else might be a secret in the wrong place.
fn shown(version: &str) -> String {
    let is_one = version.len() <= 16 && version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_one { version.to_owned() } else { "(unreadable)".to_owned() }
}

pub(super) fn odd_version(label: &str, version: &str) -> Problem {
    let message = format!("{label} has format version {}, which this version of lepton does not know", shown(version));
    Problem::warning("lepton::input::unknown-format-version", message)
        .help("it was read as the newest known one (1.2); compare the resources with the plan")
}

pub(super) fn wrapper_noise(label: &str) -> Problem {
    let message =
        format!("{label} holds other text around its JSON, as the setup-terraform action's wrapper writes it");
    Problem::warning("lepton::input::wrapper-noise", message)
        .help("set `terraform_wrapper: false` in that action; the JSON inside was read")
}

pub(super) fn noise(label: &str, has_events: bool, line: usize, column: usize) -> Problem {
    let what = if has_events { "an event log of Terraform" } else { "other text" };
    let message = format!("{label} holds {what} around its JSON, which begins at line {line}, column {column}");
    Problem::warning("lepton::input::noise", message)
        .help("the JSON was read; write only the output of `terraform show -json` to the file")
}

pub(super) fn noise_behind(label: &str, line: usize) -> Problem {
    let message = format!("{label} holds other text behind its JSON, from line {line}");
    Problem::warning("lepton::input::noise", message)
        .help("the JSON was read; write only the output of `terraform show -json` to the file")
}

pub(super) fn prefixed_lines(label: &str, line: usize) -> Problem {
    let message = format!(
        "{label} is a log in which a plan stands from line {line} on, each of its lines behind a prefix such as the time"
    );
    Problem::error("lepton::input::prefixed-lines", message).help(
        "where a prefix ends cannot be told: keep the output of `terraform show -json` as a file of the job, and give that",
    )
}

pub(super) fn errored_plan(label: &str) -> Problem {
    let message =
        format!("{label} is a plan that failed: what Terraform could not plan is missing, and costs are a lower bound");
    Problem::warning("lepton::input::plan-errored", message)
        .help("mend the error that `terraform plan` prints, and plan again")
}

pub(super) fn incomplete_plan(label: &str) -> Problem {
    let message = format!("{label} is an incomplete plan: it was targeted, or Terraform put some changes off");
    Problem::warning("lepton::input::plan-incomplete", message).help("plan without `-target` to see every resource")
}

pub(super) fn no_resources(label: &str) -> Problem {
    let message = format!("{label} lists no resources: it changes nothing, or only refreshes the state");
    Problem::warning("lepton::input::no-resources", message)
        .help("to price what exists, give the state: `terraform show -json > state.json`")
}

pub(super) fn unknown_actions(label: &str, count: usize) -> Problem {
    let message = format!("{label}: the actions of {} are none that lepton knows", resources(count));
    Problem::warning("lepton::input::unknown-actions", message).help("both sides were taken as the plan gives them")
}

pub(super) fn duplicate_addresses(label: &str, count: usize) -> Problem {
    let message = format!("{label}: {} repeated from another resource", addresses(count));
    Problem::warning("lepton::input::duplicate-address", message)
        .help("each is counted; Terraform itself never writes that")
}

pub(super) fn without_address(label: &str, count: usize) -> Problem {
    let message = format!("{label}: {} without an address or a type", resources(count));
    Problem::warning("lepton::input::no-address", message).help("they were left out")
}

pub(super) fn old_attributes(label: &str, count: usize) -> Problem {
    let message = format!("{label}: the attributes of {} are in the form of Terraform 0.11", resources(count));
    Problem::warning("lepton::input::old-attributes", message)
        .help("numbers and booleans are text there; `terraform apply -refresh-only` rewrites them")
}

fn resources(count: usize) -> String {
    if count == 1 { "1 resource".to_owned() } else { format!("{count} resources") }
}

fn addresses(count: usize) -> String {
    if count == 1 { "1 address is".to_owned() } else { format!("{count} addresses are") }
}
