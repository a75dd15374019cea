//! The values of the root module's variables: from the environment, from files, from options.

use std::path::{Path, PathBuf};

use indexmap::IndexMap;
use smol_str::SmolStr;

use super::declare::{Declared, Variable};
use super::said;
use crate::lang::{Dialect, Frame, Names, NoHost, convert, lower, parse_body};
use crate::model::{Pattern, Problem, Source, Span, Type, Value};

/// What is given to a project from outside, the later winning over the earlier.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// `--var` and `--var-file`, in their order.
    pub options: Vec<VariableOption>,
    /// Names and values of the environment that begin with `TF_VAR_`, without that.
    pub environment: Vec<(SmolStr, String)>,
    /// Values of variables, such as Terragrunt's inputs; the environment wins over them. Names that are not declared are
    /// left alone.
    pub inputs: Vec<(SmolStr, Value)>,
    /// The workspace; `default` if it is empty.
    pub workspace: SmolStr,
    /// How many instances blocks have whose number is known only after apply, by an address with `*`.
    pub instances: Vec<(SmolStr, usize)>,
}

/// One option that gives variables.
#[derive(Clone, Debug)]
pub enum VariableOption {
    /// `--var name=text`
    Value(SmolStr, String),
    /// `--var-file path`
    File(PathBuf),
    /// A value that a file of configuration gives, with its place there.
    Known(SmolStr, Value, Source, Span),
}

/// The values of variables, read and sorted out.
pub(super) struct Values {
    by_name: IndexMap<SmolStr, Value>,
    pub(super) workspace: SmolStr,
    instances: Vec<(SmolStr, usize)>,
    pub(super) problems: Vec<Problem>,
}

impl Values {
    pub(super) fn read(folder: &Path, declared: &Declared, given: &Given) -> Self {
        let workspace = if given.workspace.is_empty() { "default".into() } else { given.workspace.clone() };
        let instances = given.instances.clone();
        let mut values = Self { by_name: IndexMap::new(), workspace, instances, problems: Vec::new() };
        for (name, value) in &given.inputs {
            if let Some(variable) = declared.variables.get(name) {
                values.input(name, value, variable);
            }
        }
        for (name, text) in &given.environment {
            if let Some(variable) = declared.variables.get(name) {
                values.text(name, text, variable, "the environment");
            }
        }
        for path in automatic(folder) {
            values.file(&path, declared);
        }
        for option in &given.options {
            match option {
                VariableOption::File(path) => values.file(path, declared),
                VariableOption::Known(name, value, ..) if declared.variables.contains_key(name) => {
                    values.by_name.insert(name.clone(), value.clone());
                }
                VariableOption::Known(name, _, source, span) => {
                    values.problems.push(said::undeclared_in_file(name, source, *span));
                }
                VariableOption::Value(name, text) => match declared.variables.get(name) {
                    Some(variable) => values.text(name, text, variable, "--var"),
                    None => values.problems.push(said::undeclared_variable(name, "--var")),
                },
            }
        }
        values
    }

    pub(super) fn of(&self, name: &str) -> Option<&Value> {
        self.by_name.get(name)
    }

    /// How many instances a block is said to have.
    pub(super) fn instances(&self, address: &str) -> Option<usize> {
        let fits = |pattern: &SmolStr| match Pattern::new(pattern) {
            Some(pattern) => pattern.matches(address),
            None => pattern == address,
        };
        self.instances.iter().find(|(pattern, _)| fits(pattern)).map(|(_, count)| *count)
    }

    /// Variables of a simple or no type take a text as it is; all others parse it.
    fn text(&mut self, name: &SmolStr, text: &str, variable: &Variable, given_by: &str) {
        if is_literal(variable) {
            self.by_name.insert(name.clone(), Value::from(text));
            return;
        }
        let source = Source::of_values(given_by, format!("{name} = {text}\n"));
        match read(&source) {
            Ok(values) if values.len() == 1 => {
                self.by_name.extend(values.into_iter().map(|(name, _, value)| (name, value)))
            }
            _ => self.problems.push(said::unreadable_variable(name, given_by)),
        }
    }

    /// A value that travels through the environment: texts are read as such, all others as JSON.
    fn input(&mut self, name: &SmolStr, value: &Value, variable: &Variable) {
        match value {
            Value::String(text) => self.text(name, text, variable, "an input"),
            Value::List(_) | Value::Object(_) if is_literal(variable) => {
                let text = to_json(value).map_or(Value::unknown(name.clone()), |json| Value::from(&*json.to_string()));
                self.by_name.insert(name.clone(), text);
            }
            _ => _ = self.by_name.insert(name.clone(), value.clone()),
        }
    }

    fn file(&mut self, path: &Path, declared: &Declared) {
        let name = path.display().to_string();
        let values = super::super::load(path).and_then(|bytes| {
            let text = String::from_utf8(bytes).map_err(|_| {
                Problem::error("lepton::module::variables", format!("`{name}` is not UTF-8 text"))
                    .help("save the file as UTF-8")
            })?;
            if path.extension().is_some_and(|ending| ending == "json") {
                json(&name, &text)
            } else {
                read(&Source::of_values(name, text))
            }
        });
        match values {
            Ok(values) => {
                for (name, place, value) in values {
                    if declared.variables.contains_key(&name) {
                        self.by_name.insert(name, value);
                    } else if let Some((source, span)) = place {
                        self.problems.push(said::undeclared_in_file(&name, &source, span));
                    }
                }
            }
            Err(problem) => self.problems.push(problem),
        }
    }
}

/// Whether the text of a variable is its value.
fn is_literal(variable: &Variable) -> bool {
    !variable.is_typed || matches!(variable.kind, Type::String | Type::Number | Type::Bool)
}

type Placed = (SmolStr, Option<(Source, Span)>, Value);

/// The files that are read without being named, the later winning.
pub(in crate::input) fn automatic(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = ["terraform.tfvars", "terraform.tfvars.json"].map(|name| folder.join(name)).into();
    paths.retain(|path| path.is_file());
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let is_automatic = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        !name.starts_with('.') && (name.ends_with(".auto.tfvars") || name.ends_with(".auto.tfvars.json"))
    };
    let mut found: Vec<PathBuf> = entries.filter(is_automatic).collect();
    found.sort();
    paths.extend(found);
    paths
}

/// Reads a file of values in native syntax.
pub(in crate::input) fn read(source: &Source) -> Result<Vec<Placed>, Problem> {
    use hcl::edit::Span as _;
    let body = parse_body(source)?;
    let names = Names::new(Dialect::Terraform);
    let mut values = Vec::new();
    for attribute in body.attributes() {
        if let Some(span) = call_in(&attribute.value) {
            let problem = Problem::error("lepton::module::variables", "a file of values calls no functions");
            return Err(problem.at(source, span, "a call").help("write the value itself"));
        }
        let expr = lower(&attribute.value, &names, source).map_err(|mut problems| problems.swap_remove(0))?;
        let value = expr.eval(&Frame { slots: &[], host: &NoHost })?;
        let span = attribute.key.span().unwrap_or_default().into();
        values.push((attribute.key.as_str().into(), Some((source.clone(), span)), value));
    }
    if let Some(block) = body.blocks().next() {
        let span = block.ident.span().unwrap_or_default().into();
        let problem = Problem::error("lepton::module::variables", "a file of values has no blocks");
        return Err(problem.at(source, span, "a block").help("write `name = value`"));
    }
    Ok(values)
}

/// Where an expression calls a function, if it does.
fn call_in(value: &hcl::edit::expr::Expression) -> Option<Span> {
    use hcl::edit::Span as _;
    use hcl::edit::visit::Visit;
    struct First(Option<Span>);
    impl Visit for First {
        fn visit_func_call(&mut self, call: &hcl::edit::expr::FuncCall) {
            self.0.get_or_insert(call.name.name.span().unwrap_or_default().into());
        }
    }
    let mut first = First(None);
    first.visit_expr(value);
    first.0
}

/// Reads a file of values in JSON.
fn json(name: &str, text: &str) -> Result<Vec<Placed>, Problem> {
    let values: IndexMap<SmolStr, serde_json::Value> = serde_json::from_str(text).map_err(|error| {
        // Its own words may quote a value.
        let place = format!("line {}, column {}", error.line(), error.column());
        Problem::error("lepton::module::variables", format!("`{name}` is not JSON of variables: {place}"))
            .help("write an object with the value of each variable")
    })?;
    let source = Source::of_values(name, text);
    let place = |name: &str| {
        let start = text.find(&format!("\"{name}\"")).unwrap_or_default();
        (source.clone(), Span { start, end: (start + name.len() + 2).min(text.len()) })
    };
    Ok(values.into_iter().map(|(name, value)| (name.clone(), Some(place(&name)), from_json(&value))).collect())
}

/// A value as JSON; `None` if some part is not known, or sensitive.
pub(in crate::input) fn to_json(value: &Value) -> Option<serde_json::Value> {
    Some(match value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(truth) => (*truth).into(),
        Value::Number(number) => serde_json::from_str(&number.normalize().to_string()).ok()?,
        Value::String(text) => text.as_str().into(),
        Value::List(items) => items.iter().map(to_json).collect::<Option<Vec<_>>>()?.into(),
        Value::Object(object) => {
            let entries = object.entries().into_iter();
            let json = entries.map(|(name, value)| Some((name.to_string(), to_json(&value)?)));
            serde_json::Value::Object(json.collect::<Option<serde_json::Map<_, _>>>()?)
        }
        Value::Unknown(_) | Value::Sensitive(_) => return None,
    })
}

pub(super) fn from_json(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(truth) => Value::Bool(*truth),
        serde_json::Value::Number(number) => {
            convert::parse_number(&number.to_string()).map_or(Value::Null, Value::Number)
        }
        serde_json::Value::String(text) => Value::from(text.as_str()),
        serde_json::Value::Array(items) => Value::from(items.iter().map(from_json).collect::<Vec<_>>()),
        serde_json::Value::Object(entries) => {
            Value::Object(entries.iter().map(|(name, value)| (name.into(), from_json(value))).collect())
        }
    }
}
