//! A module that is asked one expression after the other.

use std::path::Path;

use hcl::edit::expr::Expression;
use smol_str::SmolStr;

use super::declare::Formula;
use super::evaluate::Evaluator;
use super::files::ModuleHost;
use super::given::{Given, Values};
use super::reference::references;
use super::scope::Scope;
use super::tree::Tree;
use super::written::At;
use super::{Knowledge, with_stack};
use crate::input::{FindModule, Sources};
use crate::lang::{lower, parse_body};
use crate::model::{Problem, Severity, Source, Span, Value};

/// The name under which an expression is parsed.
const NAME: &str = "expression";

/// The scope of a root module, for expressions that somebody types.
pub struct Session<'s> {
    evaluator: Evaluator<'s>,
}

/// Opens the root module in a folder and runs `use_it` with it.
pub fn session<T: Send>(
    folder: &Path,
    given: &Given,
    find: FindModule<'_>,
    knowledge: &dyn Knowledge,
    use_it: impl FnOnce(&mut Session<'_>) -> T + Send,
) -> Result<T, Vec<Problem>> {
    let sources = Sources::read_with(folder, find).map_err(|problem| vec![problem])?;
    let tree = Tree::of(&sources, folder);
    let values = Values::read(folder, &tree.modules[0].declared, given);
    let mut broken = tree.problems.iter().chain(&values.problems).filter(|one| one.severity() == Severity::Error);
    if let Some(first) = broken.next() {
        return Err(std::iter::once(first).chain(broken).cloned().collect());
    }
    let host = ModuleHost::new(folder, &sources);
    Ok(with_stack(|| {
        let evaluator = Evaluator::new(&tree, &values, host, knowledge);
        use_it(&mut Session { evaluator })
    }))
}

impl Session<'_> {
    /// The value of an expression in the root module.
    pub fn value(&mut self, text: &str) -> Result<Value, Problem> {
        let (source, expression) = parsed(text)?;
        let declared = self.evaluator.declared(0);
        let expr = lower(&expression, &declared.names, &source).map_err(|mut problems| problems.swap_remove(0))?;
        let at = At { source, span: Span::default() };
        let formula = Formula { expr: Some(expr), references: references(&expression), at };
        let value = self.evaluator.formula(0, &formula, &Scope::default());
        let errors = self.evaluator.problems.drain(..).filter(|problem| problem.severity() == Severity::Error);
        let Some(problem) = errors.into_iter().next() else { return Ok(value) };
        // What failed is asked for again next time, and fails again.
        self.evaluator.reset();
        Err(problem)
    }

    /// What may stand at the beginning of an expression, for completion.
    pub fn names(&self) -> Vec<SmolStr> {
        let declared = self.evaluator.declared(0);
        let dotted = |prefix: &str, name: &str| SmolStr::from(format!("{prefix}.{name}"));
        let variables = declared.variables.keys().map(|name| dotted("var", name));
        let locals = declared.locals.keys().map(|name| dotted("local", name));
        let calls = declared.calls.keys().map(|name| dotted("module", name));
        variables.chain(locals).chain(calls).chain(declared.resources.keys().map(|name| name.address())).collect()
    }
}

/// An expression alone, as the value of an attribute.
pub fn parsed(text: &str) -> Result<(Source, Expression), Problem> {
    let source = Source::new(NAME, format!("value = {text}\n"));
    let body = parse_body(&source)?;
    match body.get_attribute("value") {
        Some(attribute) if body.len() == 1 => Ok((source.clone(), attribute.value.clone())),
        _ => Err(Problem::error("lepton::console::expression", "this is more than one expression")
            .help("give one expression at a time")),
    }
}
