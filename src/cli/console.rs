//! `lepton console`: expressions in the scope of a module, of a plan's resources, or of a resource's stanza.

use std::io::{BufRead as _, IsTerminal as _};
use std::path::PathBuf;

use clap::Args;
use rustyline::error::ReadlineError;
use serde_json::{Value as Json, json};
use smol_str::SmolStr;

use super::audit::Audit;
use super::pricing::{Pricing, Read};
use super::{Outcome, PricingOptions, terminal};
use crate::estimate::Probe;
use crate::input;
use crate::input::module;
use crate::lang::{Dialect, Frame, Names, NoHost, lower};
use crate::model::{Plan, Problem, Value};

/// Evaluates expressions.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  lepton console infra
  lepton console infra --var env=prod
  echo 'cidrsubnet(var.cidr, 8, 2)' | lepton console infra
  lepton console --plan plan.json
  lepton console --plan plan.json --resource aws_instance.web
  echo 'length(aws_instance.web)' | lepton console --plan plan.json --json

Without a terminal every line of stdin is an expression; a heredoc goes on to its end.
With --json every answer is a line: {\"value\": …, \"type\": …}, or {\"error\": …}. What is known only
after apply is null, and marked by \"unknown\"; sensitive values are left out, and marked.")]
pub(super) struct Arguments {
    /// The folder of a root module
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,

    /// Take the resources of a plan or a state as the scope
    #[arg(long, value_name = "FILE", conflicts_with = "folder")]
    plan: Option<String>,

    /// Take what the stanza of a resource sees as the scope: self, usage, region, table and its own names
    #[arg(long, value_name = "ADDRESS")]
    resource: Option<String>,

    /// Answer each expression with a line of JSON
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    pricing: PricingOptions,
}

/// What answers expressions.
type Answer<'a> = dyn FnMut(&str) -> Result<Value, Vec<Problem>> + 'a;

pub(super) fn run(arguments: &Arguments) -> Outcome {
    match try_run(arguments) {
        Ok(outcome) => outcome,
        Err(problems) => {
            terminal::report(&problems);
            Outcome::Failed
        }
    }
}

fn try_run(arguments: &Arguments) -> Result<Outcome, Vec<Problem>> {
    let audit = &mut Audit::new(None);
    let pricing = Pricing::prepare(&arguments.pricing, false, audit)?;
    if arguments.plan.is_none() && arguments.resource.is_none() {
        let known = pricing.known();
        let find =
            |source: &str, version: Option<&str>, is_installed| pricing.find_module(source, version, is_installed);
        return module::session(&arguments.folder, pricing.given(), &find, &known, |session| {
            terminal::report(&pricing.unfetched());
            let names = session.names();
            talk(arguments.json, &names, &mut |text| session.value(text).map_err(|problem| vec![problem]))
        })?
        .map_err(|problem| vec![problem]);
    }
    let path = arguments.plan.clone().unwrap_or_else(|| arguments.folder.display().to_string());
    let Read { mut projects, errors, .. } = pricing.read(std::slice::from_ref(&path), "input", audit);
    let Some(project) = projects.pop() else { return Err(errors) };
    let outcome = match &arguments.resource {
        None => of_plan(arguments, &project.plan),
        Some(address) => of_resource(arguments, &pricing, &project.plan, address)?,
    };
    outcome.map_err(|problem| vec![problem])
}

/// In the scope of a plan, its resources stand under their names.
fn of_plan(arguments: &Arguments, plan: &Plan) -> Result<Outcome, Problem> {
    let mut names = Names::new(Dialect::Terraform);
    let mut slots = Vec::new();
    for (name, value) in input::by_name(plan) {
        names.bind(&name);
        slots.push(value);
    }
    let addresses: Vec<SmolStr> = plan.changes.iter().map(|change| change.address.as_str().into()).collect();
    talk(arguments.json, &addresses, &mut |text| {
        let (source, expression) = module::parsed(text).map_err(|problem| vec![problem])?;
        let expr = lower(&expression, &names, &source)?;
        expr.eval(&Frame { slots: &slots, host: &NoHost }).map_err(|problem| vec![problem])
    })
}

fn of_resource(
    arguments: &Arguments,
    pricing: &Pricing,
    plan: &Plan,
    address: &str,
) -> Result<Result<Outcome, Problem>, Vec<Problem>> {
    let Some(at) = plan.changes.iter().position(|change| change.address.as_str() == address) else {
        let message = format!("there is no resource {address}");
        let help = "`lepton plan-cost --show-free` lists every address";
        return Err(vec![Problem::error("lepton::console::no-such-address", message).help(help)]);
    };
    let names = ["self", "usage", "region", "table"].map(SmolStr::new_static);
    Ok(pricing.with_estimator(plan, false, |estimator| {
        let probe = Probe { estimator, plan, at };
        talk(arguments.json, &names, &mut |text| probe.value(text))
    }))
}

/// Answers what is asked: at a prompt if stdin is a terminal, else line by line.
fn talk(is_json: bool, names: &[SmolStr], answer: &mut Answer<'_>) -> Result<Outcome, Problem> {
    if std::io::stdin().is_terminal() {
        return prompt(is_json, names, answer);
    }
    let mut outcome = Outcome::Passed;
    let mut lines = std::io::stdin().lock().lines();
    while let Some(line) = lines.next() {
        let mut text = line.map_err(|error| unreadable(&error))?;
        if let Some(end) = heredoc(&text).map(str::to_owned) {
            for line in lines.by_ref() {
                let line = line.map_err(|error| unreadable(&error))?;
                let is_end = line.trim() == end;
                text.extend(["\n", &line]);
                if is_end {
                    break;
                }
            }
        }
        if !text.trim().is_empty() && !tell(is_json, &text, answer)? {
            outcome = Outcome::Failed;
        }
    }
    // In JSON an error is an answer like any other.
    Ok(if is_json { Outcome::Passed } else { outcome })
}

fn prompt(is_json: bool, names: &[SmolStr], answer: &mut Answer<'_>) -> Result<Outcome, Problem> {
    let failed = |error: ReadlineError| {
        Problem::error("lepton::console::terminal", format!("the terminal cannot be read: {error}"))
            .help("give expressions on stdin instead")
    };
    // The history is kept for this run only: what somebody types may hold secrets.
    let mut editor = rustyline::DefaultEditor::new().map_err(failed)?;
    if !names.is_empty() {
        terminal::say(&format!("{} names are in scope, for example {}; `exit` ends", names.len(), names[0]));
    }
    loop {
        match editor.readline("> ") {
            Ok(line) if ["exit", "quit"].contains(&line.trim()) => return Ok(Outcome::Passed),
            Ok(line) if line.trim().is_empty() => {}
            Ok(line) => {
                let _ = editor.add_history_entry(line.as_str());
                tell(is_json, &line, answer)?;
            }
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => return Ok(Outcome::Passed),
            Err(error) => return Err(failed(error)),
        }
    }
}

/// Prints one answer; false if there is none.
fn tell(is_json: bool, text: &str, answer: &mut Answer<'_>) -> Result<bool, Problem> {
    let (asked, wants_type) = match text.trim().strip_prefix("type(").and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (inner, true),
        None => (text.trim(), false),
    };
    match answer(asked) {
        Ok(value) if is_json => terminal::print(&format!("{}\n", as_json(&value)))?,
        Ok(value) if wants_type => terminal::print(&format!("{}\n", value.value_type()))?,
        Ok(value) => terminal::print(&format!("{}\n", written(&value, 0)))?,
        Err(problems) => {
            match problems.first().filter(|_| is_json) {
                Some(problem) => terminal::print(&format!("{}\n", json!({ "error": problem.to_string() })))?,
                None => terminal::report(&problems),
            }
            return Ok(false);
        }
    }
    Ok(true)
}

/// The word that ends the heredoc which a line begins.
fn heredoc(line: &str) -> Option<&str> {
    let (_, rest) = line.rsplit_once("<<")?;
    let word = rest.strip_prefix('-').unwrap_or(rest).trim_end();
    let is_word = !word.is_empty() && word.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    is_word.then_some(word)
}

/// A value with its type; `unknown` and `sensitive` say which parts are not told. Numbers keep all their digits.
fn as_json(value: &Value) -> String {
    let mut answer = format!("{{\"value\":{},\"type\":{}", plain(value), value.value_type().to_json());
    let marks = [
        ("unknown", marked(value, &|value| matches!(value, Value::Unknown(_)))),
        ("sensitive", marked(value, &Value::is_sensitive)),
    ];
    for (name, mark) in marks {
        if let Some(mark) = mark {
            answer.push_str(&format!(",\"{name}\":{mark}"));
        }
    }
    answer.push('}');
    answer
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null | Value::Unknown(_) | Value::Sensitive(_) => "null".into(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number.normalize().to_string(),
        Value::String(text) => json!(text.as_str()).to_string(),
        Value::List(items) => format!("[{}]", items.iter().map(plain).collect::<Vec<_>>().join(",")),
        Value::Object(object) => {
            let entries = object.entries();
            let entries = entries.iter().map(|(name, value)| format!("{}:{}", json!(name.as_str()), plain(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(","))
        }
    }
}

/// Where a value is of a kind: `true`, or parallel to the value; `None` if it is nowhere.
fn marked(value: &Value, is_meant: &dyn Fn(&Value) -> bool) -> Option<Json> {
    if is_meant(value) {
        return Some(json!(true));
    }
    match value {
        Value::List(items) => {
            let marks: Vec<Option<Json>> = items.iter().map(|item| marked(item, is_meant)).collect();
            let is_any = marks.iter().any(Option::is_some);
            is_any.then(|| marks.into_iter().map(|mark| mark.unwrap_or(json!(false))).collect())
        }
        Value::Object(object) => {
            let marks = object.entries().into_iter();
            let marks = marks.filter_map(|(name, value)| Some((name.to_string(), marked(&value, is_meant)?)));
            let marks: serde_json::Map<String, Json> = marks.collect();
            (!marks.is_empty()).then_some(Json::Object(marks))
        }
        _ => None,
    }
}

/// A value as one would write it, over several lines where it is long.
fn written(value: &Value, depth: usize) -> String {
    const WIDTH: usize = 78;
    let line = value.to_string();
    if line.len() + 2 * depth <= WIDTH {
        return line;
    }
    let indent = "  ".repeat(depth + 1);
    let end = "  ".repeat(depth);
    match value {
        Value::List(items) => {
            let items: String = items.iter().map(|item| format!("{indent}{},\n", written(item, depth + 1))).collect();
            format!("[\n{items}{end}]")
        }
        Value::Object(object) => {
            let entries = object.entries();
            let entries: String = entries
                .iter()
                .map(|(name, value)| format!("{indent}{name} = {}\n", written(value, depth + 1)))
                .collect();
            format!("{{\n{entries}{end}}}")
        }
        _ => line,
    }
}

fn unreadable(error: &std::io::Error) -> Problem {
    Problem::error("lepton::console::stdin", format!("stdin cannot be read: {error}")).help("give UTF-8 text")
}
