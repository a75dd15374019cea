//! Templates that are read while an expression is evaluated: `templatefile` and `templatestring`.

use hcl::edit::Ident;

use super::{Call, Failed, Function, Outside, files, pure};
use crate::lang::diagnostics::code;
use crate::lang::lower::lower_template;
use crate::lang::parse::parse_template;
use crate::lang::{Dialect, Names, convert};
use crate::model::{Problem, Source, Value};

pub(super) const ALL: &[Function] = &[
    pure("templatefile", "path, variables", 2, Some(2), |call| {
        refuse_within(call)?;
        let text = files::text(call)?;
        render(call, Source::new(call.text(0)?, text))
    })
    .sees(Outside::Files),
    pure("templatestring", "reference, variables", 2, Some(2), templatestring).only_in(Dialect::Terraform),
];

/// How many variables a template has at most.
const MOST_VARIABLES: usize = 1024;
/// How much of a text is parsed for a unit of work.
const PARSED_A_UNIT: usize = 2;

fn templatestring(call: &Call<'_>) -> Result<Value, Failed> {
    refuse_within(call)?;
    if !call.is_named {
        let reason = "the template is the name of a text that stands elsewhere; write any other as a template itself";
        return Err(call.fail(0, reason));
    }
    let Some(text) = call.arguments[0].as_str() else {
        return Err(call.fail(0, "the template is a text"));
    };
    let rendered = render(call, Source::new("template", text))?;
    convert::to_text(&rendered).map_err(|reason| call.fail(0, format!("the template gives no text: {reason}")))
}

/// A template within a template could read itself for ever.
fn refuse_within(call: &Call<'_>) -> Result<(), Failed> {
    match call.is_in_template {
        true => Err(Failed::new("a template cannot render another one")),
        false => Ok(()),
    }
}

/// The template with the variables of the second argument.
fn render(call: &Call<'_>, source: Source) -> Result<Value, Failed> {
    let (names, slots) = variables(call)?;
    call.fuel.spend(source.text().len() / PARSED_A_UNIT)?;
    let template = parse_template(&source).map_err(|problem| failed(call, &problem))?;
    let expr = lower_template(&template, &names, &source).map_err(|problems| failed(call, &problems[0]))?;
    expr.eval_within(call, &slots).map_err(|problem| failed(call, &problem))
}

fn variables(call: &Call<'_>) -> Result<(Names, Vec<Value>), Failed> {
    let entries = match call.arguments[1].as_object() {
        Some(object) => object.entries(),
        None => return Err(call.fail(1, "the variables are an object")),
    };
    if entries.len() > MOST_VARIABLES {
        return Err(call.fail(1, format!("a template has {MOST_VARIABLES} variables at most")));
    }
    call.fuel.spend(entries.len())?;
    let mut names = Names::new(Dialect::Terraform);
    let mut slots = Vec::with_capacity(entries.len());
    for (name, value) in entries {
        if Ident::try_new(name.as_str()).is_err() {
            return Err(call.fail(1, format!("{name:?} cannot be the name of a variable")));
        }
        names.bind(&name);
        slots.push(value);
    }
    Ok((names, slots))
}

/// A problem within the template, as one of the call: a name that is missing is to blame on the variables.
fn failed(call: &Call<'_>, problem: &Problem) -> Failed {
    if problem.code() == code::TOO_LARGE {
        call.fuel.use_up();
    }
    let argument = usize::from(problem.code() == code::UNKNOWN_NAME);
    let place = problem.place().map(|(source, span)| format!("{}:{}: ", source.name(), source.line(span)));
    call.fail(argument, format!("{}{problem}", place.unwrap_or_default()))
}
