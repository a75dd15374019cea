//! Type constraints: `list(string)`, `object({ size = optional(number, 8) })`.

use std::sync::Arc;

use hcl::edit::Span as _;
use hcl::edit::expr::{Expression, FuncCall, Object, ObjectKey};
use indexmap::IndexMap;
use smol_str::SmolStr;

use super::diagnostics::{code, did_you_mean};
use super::{Dialect, Frame, Names, NoHost, lower};
use crate::model::{Attribute, Problem, Source, Span, Type, Value};

const PRIMITIVES: [&str; 4] = ["any", "bool", "number", "string"];
const CONSTRUCTORS: [&str; 5] = ["list", "map", "object", "set", "tuple"];

/// Reads a type constraint, with all its problems. The parser bounds how deep it nests.
///
/// ```
/// use lepton::lang::{parse_body, read_type};
/// use lepton::model::Source;
/// let source = Source::new("a.tf", "type = map(object({ size = optional(number, 8) }))\n");
/// let body = parse_body(&source)?;
/// let kind = read_type(&body.get_attribute("type").expect("it stands there").value, &source).expect("no problem");
/// assert_eq!(kind.to_string(), "map(object({ size = optional(number, 8) }))");
/// # Ok::<(), lepton::model::Problem>(())
/// ```
pub fn read_type(expression: &Expression, source: &Source) -> Result<Type, Vec<Problem>> {
    let mut reader = Reader { source, problems: Vec::new() };
    let kind = reader.whole(expression);
    if reader.problems.is_empty() { Ok(kind) } else { Err(reader.problems) }
}

struct Reader<'r> {
    source: &'r Source,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    /// Older modules write `list` and `map` alone, and these and `string` in quotes.
    fn whole(&mut self, expression: &Expression) -> Type {
        let word = match expression {
            Expression::Variable(name) => name.as_str(),
            Expression::String(text) => text.as_str(),
            _ => return self.kind(expression),
        };
        match word {
            "list" => Type::list(Type::Dynamic),
            "map" => Type::map(Type::Dynamic),
            "string" => Type::String,
            _ => self.kind(expression),
        }
    }

    fn kind(&mut self, expression: &Expression) -> Type {
        let span: Span = expression.span().unwrap_or_default().into();
        match expression {
            Expression::Variable(name) => self.word(name.as_str(), span),
            Expression::FuncCall(call) if !call.name.is_namespaced() => self.constructor(call, span),
            Expression::Parenthesis(inner) => self.kind(inner.inner()),
            _ => {
                let help = "write a type such as `string`, `list(string)` or `object({ name = string })`";
                self.fail(span, "this is no type", "not a type", help)
            }
        }
    }

    fn word(&mut self, name: &str, span: Span) -> Type {
        match name {
            "any" => Type::Dynamic,
            "bool" => Type::Bool,
            "number" => Type::Number,
            "string" => Type::String,
            "list" | "map" | "set" => {
                let help = format!("write `{name}(any)`, or the type of its elements for `any`");
                self.fail(span, format!("`{name}` does not say what it holds"), "of what?", help)
            }
            "object" => {
                let help = "write `object({ name = string })`";
                self.fail(span, "`object` does not say what attributes it has", "which attributes?", help)
            }
            "tuple" => {
                let help = "write `tuple([string, number])`";
                self.fail(span, "`tuple` does not say what elements it has", "which elements?", help)
            }
            _ => self.unknown(name, span),
        }
    }

    fn constructor(&mut self, call: &FuncCall, span: Span) -> Type {
        let name = call.name.name.as_str();
        let place = call.name.name.span().map_or(span, Span::from);
        if !CONSTRUCTORS.contains(&name) {
            if PRIMITIVES.contains(&name) {
                return self.fail(span, format!("`{name}` takes no argument"), "here", format!("write `{name}`"));
            }
            if name == "optional" {
                let help = "write `object({ name = optional(string) })`";
                return self.fail(place, "only attributes of objects are optional", "not an attribute", help);
            }
            return self.unknown(name, place);
        }
        let arguments: Vec<&Expression> = call.args.iter().collect();
        let ([argument], false) = (arguments.as_slice(), call.args.expand_final()) else {
            let help = "write `list(string)`, `tuple([string])` or `object({ name = string })`";
            return self.fail(span, format!("`{name}` takes one argument"), "not one argument", help);
        };
        match (name, argument) {
            ("list", element) => Type::list(self.kind(element)),
            ("set", element) => Type::set(self.kind(element)),
            ("map", element) => Type::map(self.kind(element)),
            ("tuple", Expression::Array(elements)) => Type::tuple(elements.iter().map(|element| self.kind(element))),
            ("object", Expression::Object(attributes)) => self.object(attributes),
            (_, other) => {
                let (wanted, help) = match name {
                    "tuple" => ("types in brackets", "write `tuple([string, number])`"),
                    _ => ("attributes in braces", "write `object({ name = string })`"),
                };
                let place = other.span().map_or(span, Span::from);
                self.fail(place, format!("`{name}` takes {wanted}"), "not that", help)
            }
        }
    }

    fn object(&mut self, object: &Object) -> Type {
        let mut attributes: IndexMap<SmolStr, Attribute> = IndexMap::new();
        for (key, value) in object.iter() {
            let (name, span) = match key {
                ObjectKey::Ident(name) => (name.as_str(), name.span()),
                ObjectKey::Expression(Expression::Variable(name)) => (name.as_str(), name.span()),
                ObjectKey::Expression(other) => {
                    let place = other.span().unwrap_or_default().into();
                    self.fail(place, "an attribute is named by a word", "not a word", "write `name = string`");
                    continue;
                }
            };
            let attribute = self.attribute(value.expr());
            if attributes.insert(name.into(), attribute).is_some() {
                let place = span.unwrap_or_default().into();
                self.fail(place, format!("the attribute `{name}` stands twice"), "again", "take one of them out");
            }
        }
        Type::Object(Arc::new(attributes))
    }

    /// A type, or `optional(type)`, or `optional(type, default)`.
    fn attribute(&mut self, expression: &Expression) -> Attribute {
        let call = match expression {
            Expression::FuncCall(call) if call.name.name.as_str() == "optional" => call,
            other => return self.kind(other).into(),
        };
        let arguments: Vec<&Expression> = call.args.iter().collect();
        let (kind, default) = match arguments.as_slice() {
            [kind] => (self.kind(kind), None),
            [kind, default] => {
                let kind = self.kind(kind);
                let default = self.default(default, &kind);
                (kind, default)
            }
            _ => {
                let span = expression.span().unwrap_or_default().into();
                let help = "write `optional(string)` or `optional(string, \"default\")`";
                (self.fail(span, "`optional` takes a type and a default", "not one or two arguments", help), None)
            }
        };
        Attribute { kind, is_optional: true, default: default.filter(|default| !default.is_null()) }
    }

    /// A default is a constant of the type.
    fn default(&mut self, expression: &Expression, kind: &Type) -> Option<Value> {
        let lowered = lower(expression, &Names::new(Dialect::Terraform), self.source);
        let expr = lowered.map_err(|problems| self.problems.extend(problems)).ok()?;
        let value = expr.eval(&Frame { slots: &[], host: &NoHost });
        let value = value.map_err(|problem| self.problems.push(problem)).ok()?;
        match kind.conform(&value) {
            Ok(value) => Some(value),
            Err(mismatch) => {
                let message = format!("the default does not fit its type: {mismatch}");
                self.fail(expr.span(), message, "not of the type", format!("the type is `{kind}`"));
                None
            }
        }
    }

    fn unknown(&mut self, name: &str, span: Span) -> Type {
        let label = did_you_mean(name, PRIMITIVES.into_iter().chain(CONSTRUCTORS));
        let help = format!("the types are {} and {}", PRIMITIVES.join(", "), CONSTRUCTORS.join("(…), ") + "(…)");
        self.fail(span, format!("there is no type `{name}`"), label, help)
    }

    /// Notes the problem; the type that stands here meanwhile fits anything, so that nothing follows from it.
    fn fail(
        &mut self,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
        help: impl Into<String>,
    ) -> Type {
        let problem = Problem::error(code::TYPE_CONSTRAINT, message).at(self.source, span, label).help(help);
        self.problems.push(problem);
        Type::Dynamic
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::parse_body;

    fn read(text: &str) -> Result<Type, Vec<(String, String)>> {
        let source = Source::new("a.tf", format!("type = {text}\n"));
        let body = parse_body(&source).unwrap();
        read_type(&body.get_attribute("type").unwrap().value, &source).map_err(|problems| {
            let underlined = |problem: &Problem| {
                let (source, span) = problem.place().unwrap();
                (source.slice(span).to_owned(), problem.to_string())
            };
            problems.iter().map(underlined).collect()
        })
    }

    #[test]
    fn constraints_are_read_as_they_are_written() {
        for text in [
            "any",
            "list(set(map(bool)))",
            "tuple([string, tuple([])])",
            "object({})",
            "object({ b = number, a = optional(list(string), [\"x\"]), c = optional(any) })",
        ] {
            assert_eq!(read(text).unwrap().to_string(), text);
        }
        for (text, kind) in
            [("list", "list(any)"), ("\"map\"", "map(any)"), ("\"string\"", "string"), ("(bool)", "bool")]
        {
            assert_eq!(read(text).unwrap().to_string(), kind, "{text}");
        }
    }

    #[test]
    fn every_problem_underlines_its_text() {
        for (text, underlined) in [
            ("strng", "strng"),
            ("list(list)", "list"),
            ("set", "set"),
            ("list(string, number)", "list(string, number)"),
            ("string(1)", "string(1)"),
            ("list(optional(string))", "optional"),
            ("tuple(string)", "string"),
            ("object([string])", "[string]"),
            ("object({ \"a\" = string })", "\"a\""),
            ("object({ a = optional(number, \"x\") })", "\"x\""),
            ("object({ a = optional(number, var.x) })", "var"),
            ("list(5)", "5"),
            ("a.b", "a.b"),
            ("foo::list(string)", "foo::list(string)"),
        ] {
            let problems = read(text).unwrap_err();
            assert_eq!(problems.len(), 1, "{text}: {problems:?}");
            assert_eq!(problems[0].0, underlined, "{text}: {problems:?}");
        }
        assert_eq!(read("object({ a = strng, b = lst(any) })").unwrap_err().len(), 2);
    }
}
