//! Calls: the function is found and its arguments are counted before anything is evaluated.

use hcl::edit::Span as _;
use hcl::edit::expr::FuncCall;

use super::Lowerer;
use crate::lang::Dialect;
use crate::lang::diagnostics::{code, did_you_mean};
use crate::lang::expr::{Kind, Node};
use crate::lang::functions::{self, Function};
use crate::model::{Problem, Span, Value};

impl Lowerer<'_> {
    pub(super) fn call(&mut self, call: &FuncCall, span: Span) -> Kind {
        let mut arguments: Vec<Node> = call.args.iter().map(|argument| self.node(argument)).collect();
        let expands = call.args.expand_final();
        if let Some(name) = self.name_at_provider(call) {
            let place = call.name.name.span().map_or(span, Span::from);
            arguments.insert(0, Node { kind: Kind::Constant(Value::from(name.as_str())), span: place });
            return Kind::Call { function: &functions::OF_PROVIDER, arguments, expands };
        }
        let Some(function) = self.function(call, span) else {
            return Kind::Constant(Value::Null);
        };
        self.count_arguments(function, arguments.len(), expands, span);
        if function.follows_references {
            self.check_reference(function, &arguments);
        }
        Kind::Call { function, arguments, expands }
    }

    /// The whole name of a provider's function, of which modules only know that it exists: `provider::aws::arn_parse`.
    fn name_at_provider(&self, call: &FuncCall) -> Option<String> {
        let names: Vec<&str> = call.name.namespace.iter().map(|name| name.as_str()).collect();
        // The third name is an alias of the provider.
        let is_of_provider = matches!(names.as_slice(), ["provider", _] | ["provider", _, _]);
        let is_known = self.names.dialect() == Dialect::Terraform && is_of_provider;
        is_known.then(|| format!("{}::{}", names.join("::"), call.name.name.as_str()))
    }

    fn function(&mut self, call: &FuncCall, span: Span) -> Option<&'static Function> {
        let name = call.name.name.as_str();
        let place = call.name.name.span().map_or(span, Span::from);
        let is_core = matches!(call.name.namespace.as_slice(), [namespace] if namespace.as_str() == "core");
        if call.name.is_namespaced() && !is_core {
            let problem = Problem::error(code::UNKNOWN_FUNCTION, format!("`{name}` is a function of a provider"))
                .at(self.source, place, "not known here")
                .help("only Terraform's own functions are known");
            self.problems.push(problem);
            return None;
        }
        let dialect = self.names.dialect();
        if let Some(function) = self.names.host_function(name).or_else(|| functions::find(name, dialect)) {
            return Some(function);
        }
        let problem = match functions::unsupported(name, dialect) {
            Some(reason) => Problem::error(code::UNSUPPORTED_FUNCTION, format!("`{name}` is not supported here"))
                .at(self.source, place, "not supported")
                .help(reason),
            None => Problem::error(code::UNKNOWN_FUNCTION, format!("there is no function `{name}`"))
                .at(
                    self.source,
                    place,
                    did_you_mean(name, self.names.host_functions().chain(functions::names(dialect))),
                )
                .help("the functions are Terraform's, with known, ref, refs and referrers"),
        };
        self.problems.push(problem);
        None
    }

    fn count_arguments(&mut self, function: &Function, count: usize, expands: bool, span: Span) {
        let is_short = count < function.least && !expands;
        let is_long = function.most.is_some_and(|most| count > most);
        if is_short || is_long {
            let message = format!("`{}` takes {}, not {count}", function.name, function.wanted());
            let problem = Problem::error(code::ARGUMENT_COUNT, message)
                .at(self.source, span, if is_short { "an argument is missing" } else { "an argument too many" })
                .help(format!("write `{}`", function.usage()));
            self.problems.push(problem);
        }
    }

    fn check_reference(&mut self, function: &Function, arguments: &[Node]) {
        for argument in arguments {
            if argument.constant().and_then(|value| value.as_str()).is_none() {
                let message = format!("the arguments of `{}` are plain texts", function.name);
                let problem = Problem::error(code::REFERENCE_PATH, message)
                    .at(self.source, argument.span, "not a constant text")
                    .help(format!("write `{}`, without indexes in the path", function.usage()));
                self.problems.push(problem);
            }
        }
    }
}
