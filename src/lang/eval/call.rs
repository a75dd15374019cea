//! Calls: arguments are evaluated, null, unknown and sensitive ones handled as the function wants it.

use super::{Answer, Evaluator, mark, with_article};
use crate::lang::diagnostics::code;
use crate::lang::expr::Node;
use crate::lang::fuel::Spent;
use crate::lang::functions::{Call, Function, Gives, Kind, Marks, Nulls};
use crate::lang::marks;
use crate::model::{Problem, Span, Value};

impl Evaluator<'_> {
    pub(super) fn call(&mut self, function: &'static Function, nodes: &[Node], expands: bool, span: Span) -> Answer {
        match function.kind {
            Kind::Try => return self.first_that_succeeds(nodes, span),
            Kind::Can => return self.succeeds(nodes),
            Kind::Known => {
                // The usual case needs no fallback, and attributes cost time to decode.
                if let ([value, fallback], false) = (nodes, expands) {
                    return self.known(value, fallback);
                }
            }
            // What follows the one that is taken decides nothing in a stanza.
            Kind::Coalesce if self.is_stanza() && !expands => return self.first_given(nodes),
            Kind::Coalesce | Kind::Plain => {}
        }
        let mut arguments = Vec::with_capacity(nodes.len());
        for (at, node) in nodes.iter().enumerate() {
            let value = self.node(node)?;
            if !expands || at + 1 < nodes.len() {
                arguments.push(value);
            } else if value.as_unknown().is_some() {
                return Ok(self.unknown_result(function, value, &arguments));
            } else {
                self.expand(&value, node.span, &mut arguments)?;
            }
        }
        let count = arguments.len();
        if count < function.least || function.most.is_some_and(|most| count > most) {
            let message = format!("`{}` takes {}, not {count}", function.name, function.wanted());
            let label = "the list has the wrong length";
            return Err(self
                .problem(code::ARGUMENT_COUNT, span, message, label)
                .help(format!("write `{}`", function.usage())));
        }
        let is_sensitive = match function.marks {
            Marks::Seen => false,
            Marks::Kept => marks::take_outer(&mut arguments),
            Marks::Spread => marks::take_all(&mut arguments, self.fuel).map_err(|Spent| self.spent(span))?,
        };
        if function.nulls == Nulls::Travel
            && let Some(instead) = self.instead(function, &arguments, nodes, span)?
        {
            return Ok(mark(self.unknown_result(function, instead, &arguments), is_sensitive));
        }
        self.run(function, &arguments, nodes, span, is_sensitive)
    }

    fn expand(&self, value: &Value, span: Span, arguments: &mut Vec<Value>) -> Result<(), Problem> {
        let Some(items) = value.as_list() else {
            let message = format!("{} is {}, not a list of arguments", self.quote(span), with_article(value));
            let help = "`...` hands the elements of a list to the function";
            return Err(self.problem(code::TYPE, span, message, "a list is needed here").help(help));
        };
        self.spend(items.len(), span)?;
        arguments.extend(items.iter().map(|item| mark(item.clone(), value.is_sensitive())));
        Ok(())
    }

    /// The null or unknown argument that is the result, if there is one.
    fn instead(
        &self,
        function: &Function,
        arguments: &[Value],
        nodes: &[Node],
        span: Span,
    ) -> Result<Option<Value>, Problem> {
        if let Some(at) = arguments.iter().position(Value::is_null) {
            if self.is_stanza() {
                return Ok(Some(Value::Null));
            }
            let place = nodes.get(at).map_or(span, |node| node.span);
            let message = format!("argument {} of `{}` is null", at + 1, function.name);
            let help = "give a fallback with `coalesce(…, …)`";
            return Err(self.problem(code::NULL, place, message, "null").help(help));
        }
        Ok(arguments.iter().find(|value| value.as_unknown().is_some()).cloned())
    }

    fn run(
        &mut self,
        function: &'static Function,
        arguments: &[Value],
        nodes: &[Node],
        span: Span,
        is_sensitive: bool,
    ) -> Answer {
        let call = Call {
            arguments,
            host: self.frame.host,
            dialect: self.dialect,
            fuel: self.fuel,
            name: function.name,
            depth: self.depth,
            is_in_template: self.is_template,
            is_named: nodes.first().is_some_and(Node::is_name),
        };
        match (function.run)(&call) {
            Ok(value) => {
                let paid = match &value {
                    Value::List(items) => self.fuel.spend(items.len()),
                    Value::String(text) => self.fuel.spend_text(text.len()),
                    _ => Ok(()),
                };
                paid.map_err(|Spent| self.spent(span))?;
                Ok(mark(self.as_given(function, value), is_sensitive))
            }
            // What has run out of work must not go on by a fallback.
            Err(_) if self.fuel.is_spent() => Err(self.spent(span)),
            Err(failed) => {
                let place = failed.argument.and_then(|at| nodes.get(at)).map_or(span, |node| node.span);
                // A reason may quote an argument.
                let is_hidden = is_sensitive || arguments.iter().any(Value::is_sensitive);
                if let (Some(problem), false) = (failed.elsewhere, is_hidden) {
                    return Err(problem);
                }
                let reason = if is_hidden { "it fails on a sensitive value".to_owned() } else { failed.message };
                let message = format!("`{}`: {reason}", function.name);
                Err(self.problem(code::CALL, place, message, "here").help(format!("write `{}`", function.usage())))
            }
        }
    }

    /// What the function gives where an argument decides that it is null or unknown. Stanzas know no types.
    fn unknown_result(&self, function: &Function, instead: Value, arguments: &[Value]) -> Value {
        match instead.as_unknown() {
            Some(_) if !self.is_stanza() => {
                mark(function.gives.unknown(instead.unmarked(), arguments), instead.is_sensitive())
            }
            _ => instead,
        }
    }

    /// A result in the type that the function always gives; what depends on the arguments has its type already.
    fn as_given(&self, function: &Function, value: Value) -> Value {
        match function.gives {
            Gives::Any | Gives::Like(_) | Gives::Element => value,
            _ => self.unknown_result(function, value, &[]),
        }
    }

    /// The value, or the fallback where it is null or known only after apply.
    /// The first that is neither null nor empty text, else null.
    fn first_given(&mut self, nodes: &[Node]) -> Answer {
        let mut is_sensitive = false;
        for node in nodes {
            let value = self.node(node)?;
            if !value.is_null() && value.as_str() != Some("") {
                return Ok(mark(value, is_sensitive));
            }
            is_sensitive |= value.is_sensitive();
        }
        Ok(mark(Value::Null, is_sensitive))
    }

    fn known(&mut self, value: &Node, fallback: &Node) -> Answer {
        let value = self.node(value)?;
        let (inner, is_sensitive) = match &value {
            Value::Sensitive(inner) => (&**inner, true),
            other => (other, false),
        };
        if !inner.is_null() && inner.as_unknown().is_none() {
            return Ok(value);
        }
        Ok(mark(self.node(fallback)?, is_sensitive))
    }
}
