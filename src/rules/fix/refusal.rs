//! Why a finding is not followed, and where a person would follow it.

use hcl::edit::Span as _;
use hcl::edit::expr::{Expression, Traversal, TraversalOperator};

use super::super::finding::Finding;
use crate::input::{Place, Sources};
use crate::model::{Address, Problem, Span};

fn refuse(finding: &Finding, reason: &str) -> Problem {
    let about = finding.address.as_ref().map_or("the project", Address::as_str);
    Problem::warning("lepton::fix::refused", format!("{} of {about} is left: {reason}", finding.code))
}

pub(super) fn not_found(finding: &Finding, address: &Address) -> Problem {
    refuse(finding, "no .tf file declares the resource").help(format!(
        "give --source the root module of the plan; `terraform init` notes where modules are, and {} may be in one",
        address.without_indexes()
    ))
}

pub(super) fn foreign(finding: &Finding, place: &Place<'_>) -> Problem {
    let problem = refuse(finding, "the module is not part of this code base").at(
        &place.file.source,
        place.head(),
        "declared here",
    );
    problem.help("set an input of the module at its call, or change the module where it is kept")
}

pub(super) fn removal(finding: &Finding, place: &Place<'_>) -> Problem {
    refuse(finding, "nothing is removed without you")
        .at(&place.file.source, place.head(), "this resource can go")
        .help("delete the block and what refers to it, then plan again")
}

pub(super) fn shared(finding: &Finding, place: &Place<'_>, all: usize, others: usize) -> Problem {
    let reason = match others {
        0 => format!("the {all} instances of its block want different changes"),
        1 => format!("its block makes {all} instances, and one of them has no such finding"),
        _ => format!("its block makes {all} instances, and {others} of them have no such finding"),
    };
    refuse(finding, &reason)
        .at(&place.file.source, place.head(), "one block for all")
        .help("let the value depend on `each.key` or on a variable of the module")
}

pub(super) fn twice(finding: &Finding, place: &Place<'_>, name: &str) -> Problem {
    refuse(finding, &format!("a change that saves more sets `{name}` already"))
        .at(&place.file.source, place.head(), "in this resource")
        .help("apply that one, plan again, and see what is left")
}

pub(super) fn unusual(finding: &Finding, place: &Place<'_>) -> Problem {
    refuse(finding, "the file would not keep its formatting")
        .at(&place.file.source, place.head(), "change it by hand here")
        .help("`terraform fmt` may bring the file into a form that can be kept")
}

pub(super) fn ignored(finding: &Finding, place: &Place<'_>, span: Span, name: &str) -> Problem {
    refuse(finding, &format!("`ignore_changes` holds `{name}` as it is"))
        .at(&place.file.source, span, "set here")
        .help("take it out of `ignore_changes`, or change the resource where it is managed")
}

pub(super) fn dynamic(finding: &Finding, place: &Place<'_>, span: Span, name: &str) -> Problem {
    refuse(finding, &format!("a `dynamic` block makes `{name}`"))
        .at(&place.file.source, span, "made here")
        .help("change what its `for_each` and `content` read")
}

pub(super) fn no_block(finding: &Finding, place: &Place<'_>, name: &str) -> Problem {
    refuse(finding, &format!("the blocks `{name}` are not written as the plan has them"))
        .at(&place.file.source, place.head(), "in this resource")
        .help(format!("write the block `{name}` by hand"))
}

pub(super) fn no_text(finding: &Finding, place: &Place<'_>, name: &str) -> Problem {
    refuse(finding, &format!("the value for `{name}` is not known or secret"))
        .at(&place.file.source, place.head(), "in this resource")
        .help("set it by hand")
}

pub(super) fn stale(finding: &Finding, place: &Place<'_>, span: Span) -> Problem {
    refuse(finding, "the plan was made of another text")
        .at(&place.file.source, span, "not what the plan says")
        .help("plan again, then fix")
}

pub(super) fn one_line(finding: &Finding, place: &Place<'_>, span: Span) -> Problem {
    refuse(finding, "the block stands on one line")
        .at(&place.file.source, span, "here")
        .help("give each attribute a line of its own, as `terraform fmt` wants it")
}

/// A value that is not written out: the place that decides it, as far as it can be followed.
pub(super) fn computed(finding: &Finding, place: &Place<'_>, value: &Expression, sources: &Sources) -> Problem {
    let here = || value.span().map_or_else(|| place.head(), Span::from);
    let plain = |reason: &str, label: &str| {
        refuse(finding, reason).at(&place.file.source, here(), label).help("change the expression by hand")
    };
    let (root, name) = match value {
        Expression::Traversal(traversal) => (root_of(traversal), first_attribute(traversal)),
        _ => (None, None),
    };
    match (root, name) {
        (Some("var"), Some(name)) => variable(finding, place, name, sources)
            .unwrap_or_else(|| plain(&format!("the value comes from the variable `{name}`"), "read here")),
        (Some("local"), Some(name)) => local(finding, place, name, sources)
            .unwrap_or_else(|| plain(&format!("the value comes from the local `{name}`"), "read here")),
        (Some("each" | "count"), _) => plain("the value differs from instance to instance", "read here"),
        _ => plain("an expression makes the value", "made here"),
    }
}

/// A variable is given at the call of the module, else it has a default.
fn variable(finding: &Finding, place: &Place<'_>, name: &str, sources: &Sources) -> Option<Problem> {
    let address = sources_address(place, sources)?;
    if let Some((caller, call)) = &place.module.call {
        let call_block = sources.block(caller, "module", &[call])?;
        if let Some(given) = call_block.block.body.get_attribute(name) {
            return Some(
                refuse(finding, &format!("the value comes from the input `{name}` of module `{call}`"))
                    .at(
                        &call_block.file.source,
                        given.span().map_or_else(|| call_block.head(), Span::from),
                        "given here",
                    )
                    .help("change it at the call"),
            );
        }
    }
    let declared = sources.block(&address, "variable", &[name])?;
    let (span, label, help) = match declared.block.body.get_attribute("default") {
        Some(default) => (default.span().map(Span::from), "its default", "change the default, or give another value"),
        None => (None, "declared here", "change it where it is given: a .tfvars file, -var or TF_VAR_"),
    };
    Some(
        refuse(finding, &format!("the value comes from the variable `{name}`"))
            .at(&declared.file.source, span.unwrap_or_else(|| declared.head()), label)
            .help(help),
    )
}

fn local(finding: &Finding, place: &Place<'_>, name: &str, sources: &Sources) -> Option<Problem> {
    let address = sources_address(place, sources)?;
    let mut blocks = sources.blocks(&address, "locals");
    let (found, attribute) = blocks.find_map(|found| Some((found, found.block.body.get_attribute(name)?)))?;
    let span = attribute.span().map_or_else(|| found.head(), Span::from);
    Some(
        refuse(finding, &format!("the value comes from the local `{name}`"))
            .at(&found.file.source, span, "set here")
            .help("change the local"),
    )
}

/// The address of the module that a place is in.
fn sources_address(place: &Place<'_>, sources: &Sources) -> Option<String> {
    let address = match &place.module.call {
        None => String::new(),
        Some((caller, name)) if caller.is_empty() => format!("module.{name}"),
        Some((caller, name)) => format!("{caller}.module.{name}"),
    };
    sources.module(&address).map(|_| address)
}

fn root_of(traversal: &Traversal) -> Option<&str> {
    match &traversal.expr {
        Expression::Variable(name) => Some(name.as_str()),
        _ => None,
    }
}

fn first_attribute(traversal: &Traversal) -> Option<&str> {
    match traversal.operators.first()?.value() {
        TraversalOperator::GetAttr(name) => Some(name.as_str()),
        _ => None,
    }
}
