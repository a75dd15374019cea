//! What is said of mistakes in a module, and of what lepton assumes about it.

use smol_str::SmolStr;

use super::reference::Reference;
use super::written::{At, Nested};
use crate::input::masked;
use crate::lang::near;
use crate::model::{Problem, Source, Span};

pub(super) fn duplicate(known: &Nested, again: &Nested) -> Problem {
    let name = again.labels.join(".");
    let message = format!("{} `{name}` is declared twice", again.kind);
    let problem =
        Problem::error("lepton::module::duplicate", message).at(&again.at.source, again.at.span, "again here");
    problem.help(format!("the first one is in {}", place(&known.at)))
}

pub(super) fn duplicate_local(name: &str, known: &At, again: &At) -> Problem {
    Problem::error("lepton::module::duplicate", format!("the local value `{name}` is declared twice"))
        .at(&again.source, again.span, "again here")
        .help(format!("the first one is in {}", place(known)))
}

pub(super) fn unknown_block(block: &Nested) -> Problem {
    let message = format!("a block `{}` with {} labels has no meaning here", block.kind, block.labels.len());
    Problem::error("lepton::module::unknown-block", message)
        .at(&block.at.source, block.at.span, "not a block of a module")
        .help("see which blocks a module may hold: variable, locals, resource, data, module, output, provider, …")
}

pub(super) fn both_count_and_for_each(count: &At, for_each: &At) -> Problem {
    Problem::error("lepton::module::count-and-for-each", "a block has `count` or `for_each`, not both")
        .at(&for_each.source, for_each.span, "this one")
        .at(&count.source, count.span, "and that one")
        .help("leave one of them out")
}

pub(super) fn incomplete_dynamic(block: &Nested) -> Problem {
    Problem::error("lepton::module::dynamic", "a `dynamic` block needs `for_each` and a block `content`")
        .at(&block.at.source, block.at.span, "one of them is missing")
        .help("write `dynamic \"name\" { for_each = … content { … } }`")
}

pub(super) fn undeclared<'n>(
    what: &str,
    name: &str,
    known: impl Iterator<Item = &'n str>,
    reference: &Reference,
    source: &Source,
) -> Problem {
    let message = format!("{what} `{name}` is not declared in this module");
    Problem::error("lepton::module::undeclared", message)
        .at(source, reference.span, near(name, known))
        .help("declare it, or correct its name")
}

pub(super) fn incomplete_reference(reference: &Reference, source: &Source) -> Problem {
    let message = format!("`{}` alone is no value", reference.text());
    Problem::error("lepton::module::incomplete-reference", message)
        .at(source, reference.span, "more is needed")
        .help("name what is meant: `var.size`, `local.tags`, `aws_instance.web`, `data.aws_ami.base`")
}

pub(super) fn cycle(names: &[String], at: &At) -> Problem {
    Problem::error("lepton::module::cycle", format!("values depend on each other in a circle: {}", names.join(", ")))
        .at(&at.source, at.span, "part of the circle")
        .help("break the circle: one of them must not refer to the next")
}

pub(super) fn too_deep(at: &At) -> Problem {
    Problem::error("lepton::module::too-deep", "values depend on each other through too many others")
        .at(&at.source, at.span, "stopped here")
        .help("shorten the chain of references")
}

pub(super) fn too_many(what: &str, most: usize, at: &At) -> Problem {
    Problem::error("lepton::module::too-many", format!("there are more than {most} {what}"))
        .at(&at.source, at.span, "stopped here")
        .help("look for a `count` or `for_each` that is larger than meant")
}

pub(super) fn invalid_count(reason: &str, at: &At) -> Problem {
    Problem::error("lepton::module::count", format!("`count` {reason}"))
        .at(&at.source, at.span, "not a number of instances")
        .help("`count` is a whole number, 0 or more")
}

pub(super) fn invalid_for_each(reason: &str, at: &At) -> Problem {
    Problem::error("lepton::module::for-each", format!("`for_each` {reason}"))
        .at(&at.source, at.span, "not a set of keys")
        .help("`for_each` is a map, or a set of texts: `toset([\"a\", \"b\"])`")
}

/// `count` or `for_each` are known only after apply.
pub(super) fn assumed_instances(address: &str, because: &str, count: usize, at: &At) -> Problem {
    let times = if count == 1 { "one instance is".to_owned() } else { format!("{count} instances are") };
    Problem::warning(
        "lepton::module::assumed-instances",
        format!("how many instances `{address}` has is known only after apply: {times} priced"),
    )
    .at(&at.source, at.span, format!("depends on {because}"))
    .help(format!("say it in lepton.hcl: instances \"{address}\" {{ count = 3 }}"))
}

pub(super) fn no_value(name: &str, at: &At) -> Problem {
    Problem::warning(
        "lepton::module::no-value",
        format!("the variable `{name}` has no value: it is treated as unknown"),
    )
    .at(&at.source, at.span, "no default, and nothing gives it a value")
    .help(format!("give it: `--var {name}=…`, `--var-file FILE`, or TF_VAR_{name}"))
}

pub(super) fn missing_input(call: &str, name: &str, at: &At) -> Problem {
    Problem::error("lepton::module::missing-input", format!("module `{call}` is called without `{name}`"))
        .at(&at.source, at.span, "needs it")
        .help(format!("give `{name}` a value in the call, or a default in the module"))
}

pub(super) fn unexpected_input<'n>(call: &str, name: &str, known: impl Iterator<Item = &'n str>, at: &At) -> Problem {
    Problem::error("lepton::module::unexpected-input", format!("module `{call}` has no variable `{name}`"))
        .at(&at.source, at.span, near(name, known))
        .help("correct the name, or declare the variable in the module")
}

pub(super) fn unexpected_argument(kind: &str, name: &str, at: &At) -> Problem {
    Problem::error("lepton::module::unexpected-argument", format!("{kind} has no argument `{name}`"))
        .at(&at.source, at.span, "not known here")
        .help("correct the name, or leave it out")
}

pub(super) fn wrong_value(name: &str, reason: &str, at: &At) -> Problem {
    Problem::error("lepton::module::variable", format!("the value of `{name}` does not fit: {reason}"))
        .at(&at.source, at.span, "declared here")
        .help("give a value of the declared type")
}

pub(super) fn failed_condition(message: &str, at: &At) -> Problem {
    Problem::error("lepton::module::condition", message.to_owned())
        .at(&at.source, at.span, "does not hold")
        .help("change the value that the condition looks at")
}

pub(super) fn condition_is_no_truth(at: &At) -> Problem {
    Problem::error("lepton::module::condition", "the condition is neither true nor false")
        .at(&at.source, at.span, "not a truth value")
        .help("compare something")
}

pub(super) fn sensitive_output(name: &str, at: &At) -> Problem {
    Problem::error("lepton::module::sensitive-output", format!("output `{name}` would show a sensitive value"))
        .at(&at.source, at.span, "depends on something sensitive")
        .help("add `sensitive = true` to the output")
}

pub(super) fn missing_module(call: &str, source: &str, at: &At) -> Problem {
    Problem::error("lepton::module::missing", format!("module `{call}` comes from `{source}`, where no module is"))
        .at(&at.source, at.span, "called here")
        .help("correct the path")
}

/// A module that `init` would fetch, once for all its calls; the first has the place.
pub(super) fn not_loaded(source: &str, calls: &[(&SmolStr, &At)]) -> Problem {
    const MOST_NAMED: usize = 5;
    let source = masked(source);
    let names: Vec<String> = calls.iter().take(MOST_NAMED).map(|(name, _)| format!("`{name}`")).collect();
    let (names, more) = (names.join(", "), calls.len().saturating_sub(MOST_NAMED));
    let message = match (calls.len(), more) {
        (1, _) => {
            format!("module {names} from `{source}` is not here: nothing in it is priced, its outputs are unknown")
        }
        (_, 0) => {
            format!(
                "modules {names} from `{source}` are not here: nothing in them is priced, their outputs are unknown"
            )
        }
        _ => format!(
            "modules {names} and {more} more from `{source}` are not here: nothing in them is priced, their outputs are unknown"
        ),
    };
    let problem = Problem::warning("lepton::module::not-loaded", message);
    let problem = match calls.first() {
        Some((_, at)) => problem.at(&at.source, at.span, "called here"),
        None => problem,
    };
    problem.help("run `terraform init`, give --fetch-modules, or name a local copy in lepton.hcl")
}

/// Data sources whose answers are taken for known.
pub(super) fn assumed_data<'n>(names: impl ExactSizeIterator<Item = &'n SmolStr>) -> Problem {
    const MOST_NAMED: usize = 5;
    let more = names.len().saturating_sub(MOST_NAMED);
    let mut named = names.take(MOST_NAMED).map(SmolStr::as_str).collect::<Vec<_>>().join(", ");
    if more > 0 {
        named.push_str(&format!(" and {more} more"));
    }
    Problem::note("lepton::module::assumed-data", format!("assumed, as nobody was asked: what {named} would say"))
}

pub(super) fn undeclared_variable(name: &str, given_by: &str) -> Problem {
    Problem::error("lepton::module::undeclared-variable", format!("{given_by} gives `{name}`, which is not declared"))
        .help("declare the variable, or leave it out")
}

pub(super) fn undeclared_in_file(name: &str, source: &Source, span: Span) -> Problem {
    Problem::warning("lepton::module::undeclared-variable", format!("`{name}` is given, but not declared"))
        .at(source, span, "no variable of this name")
        .help("declare the variable, or leave it out")
}

pub(super) fn unreadable_variable(name: &str, given_by: &str) -> Problem {
    let message = format!("the value that {given_by} gives `{name}` is not an expression");
    Problem::error("lepton::module::variable", message).help("quote texts: --var 'names=[\"a\", \"b\"]'")
}

fn place(at: &At) -> String {
    format!("{}, line {}", at.source.name(), at.source.line(at.span))
}

/// The name of a thing, for messages.
pub(super) fn named(kind: &str, name: &SmolStr) -> String {
    format!("{kind}.{name}")
}
