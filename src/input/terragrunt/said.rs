//! What is said of mistakes in Terragrunt's files, and of what they leave unknown.

use crate::input::masked;
use crate::input::module::written::At;
use crate::lang::near;
use crate::model::Problem;

pub(super) fn nested_include(at: &At) -> Problem {
    Problem::error("lepton::terragrunt::nested-include", "an included file includes another one")
        .at(&at.source, at.span, "Terragrunt includes one level deep")
        .help("include both files in the unit, or read this one with `read_terragrunt_config`")
}

pub(super) fn includes_itself(at: &At) -> Problem {
    Problem::error("lepton::terragrunt::cycle", "the file includes itself")
        .at(&at.source, at.span, "leads back here")
        .help("include the file of a folder above: find_in_parent_folders(\"root.hcl\")")
}

pub(super) fn no_such_file(what: &str, path: &str, at: &At) -> Problem {
    Problem::error("lepton::terragrunt::missing", format!("{what} is `{path}`, where no file is"))
        .at(&at.source, at.span, "leads nowhere")
        .help("correct the path")
}

pub(super) fn not_a_path(what: &str, at: &At) -> Problem {
    Problem::error("lepton::terragrunt::path", format!("{what} is not a text that is known"))
        .at(&at.source, at.span, "not a path")
        .help("give it a path that depends on nothing but files and names")
}

pub(super) fn unknown_strategy(name: &str, at: &At) -> Problem {
    Problem::error("lepton::terragrunt::merge-strategy", format!("`{name}` is no way to merge"))
        .at(&at.source, at.span, near(name, ["no_merge", "shallow", "deep"].into_iter()))
        .help("the strategies are no_merge, shallow and deep")
}

pub(super) fn circle_of_locals(name: &str, at: &At) -> Problem {
    Problem::error("lepton::terragrunt::cycle", format!("the local value `{name}` depends on itself"))
        .at(&at.source, at.span, "part of the circle")
        .help("break the circle: one of the values must not refer to the next")
}

pub(super) fn circle_of_units(names: &[String], at: &At) -> Problem {
    let circle = names.join(" → ");
    Problem::error("lepton::terragrunt::cycle", format!("units depend on each other in a circle: {circle}"))
        .at(&at.source, at.span, "part of the circle")
        .help("break the circle: one of the units must not depend on the next")
}

pub(super) fn no_unit(path: &str, at: &At) -> Problem {
    Problem::error("lepton::terragrunt::missing", format!("there is no unit in `{path}`"))
        .at(&at.source, at.span, "depends on it")
        .help("correct `config_path`: a unit is a folder with a terragrunt.hcl")
}

pub(super) fn missing_source(source: &str, at: Option<&At>) -> Problem {
    let problem =
        Problem::error("lepton::terragrunt::missing", format!("the unit's source is `{source}`, where no module is"));
    let problem = match at {
        Some(at) => problem.at(&at.source, at.span, "leads nowhere"),
        None => problem,
    };
    problem.help("correct the path; it is relative to the folder of the unit")
}

/// A module that Terragrunt would fetch.
pub(super) fn not_loaded(source: &str, at: Option<&At>) -> Problem {
    let source = masked(source);
    let message =
        format!("the module from `{source}` is not here: nothing of this unit is priced, its outputs are unknown");
    let problem = Problem::warning("lepton::terragrunt::not-loaded", message);
    let problem = match at {
        Some(at) => problem.at(&at.source, at.span, "not loaded"),
        None => problem,
    };
    problem.help("give --fetch-modules, or name a local copy in lepton.hcl")
}

pub(super) fn unknown_source(because: &str, at: Option<&At>) -> Problem {
    let message = "the source of the unit's module is not known: nothing of this unit is priced";
    let problem = Problem::warning("lepton::terragrunt::not-loaded", message);
    let problem = match at {
        Some(at) => problem.at(&at.source, at.span, format!("depends on {because}")),
        None => problem,
    };
    problem.help("let the source depend on nothing but files and names")
}

/// Outputs that nobody can tell, whose place the mocks take.
pub(super) fn only_mocks(name: &str, path: &str, has_mocks: bool, at: &At) -> Problem {
    let message = match has_mocks {
        true => format!("what `{path}` gives is not known: the mock outputs stand for it"),
        false => format!("what `{path}` gives is not known, and there are no mock outputs that `plan` may use"),
    };
    Problem::warning("lepton::terragrunt::mock-outputs", message)
        .at(&at.source, at.span, format!("`dependency.{name}.outputs`"))
        .help("let lepton read that unit's module: give --fetch-modules, or name a local copy in lepton.hcl")
}

pub(super) fn not_run(file: &str) -> Problem {
    Problem::warning(
        "lepton::terragrunt::not-run",
        format!("`run_cmd` in `{file}` runs nothing here: what it prints is unknown"),
    )
    .help("what depends on it is unknown, too; give a fallback with `try` or an input")
}

pub(super) fn not_decrypted(file: &str) -> Problem {
    Problem::warning(
        "lepton::terragrunt::not-run",
        format!("`sops_decrypt_file` in `{file}` decrypts nothing here: its result is unknown"),
    )
    .help("what depends on it is unknown, too")
}

pub(super) fn not_set(name: &str, file: &str) -> Problem {
    let message = format!("the environment has no `{name}`, which `{file}` needs: it is unknown");
    Problem::warning("lepton::terragrunt::environment", message)
        .help(format!("set it, or give a fallback: get_env(\"{name}\", \"…\")"))
}

pub(super) fn too_many_units(most: usize) -> Problem {
    Problem::error("lepton::terragrunt::too-many", format!("there are more than {most} units or folders"))
        .help("name a folder further below")
}

/// A mistake in a generated file that must not be shown.
pub(super) fn hidden_mistake(file: &str) -> Problem {
    let message = format!("the generated file `{file}` has a mistake, which depends on values that must not be shown");
    Problem::error("lepton::terragrunt::generated", message).help("see the `generate` block of this file")
}
