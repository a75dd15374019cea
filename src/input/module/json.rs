//! Files in Terraform's JSON syntax, as the blocks that they stand for.
//!
//! The text is rewritten into native syntax line by line, so that every problem still has its line: JSON is nearly an
//! expression of the language, only texts are templates of their own, with other escapes.

use hcl::edit::Span as _;
use hcl::edit::expr::{Expression, Object, ObjectKey, ObjectValue};
use hcl::edit::template::Element;
use smol_str::SmolStr;

use super::written::{Argument, At, Nested, Written};
use crate::model::{Problem, Source, Span};

/// How deep values nest in a file.
const MOST_DEPTH: usize = 60;

/// What stands at the top of a file, with the number of its labels.
const TOP: &[(&str, usize)] = &[
    ("resource", 2),
    ("data", 2),
    ("ephemeral", 2),
    ("module", 1),
    ("variable", 1),
    ("output", 1),
    ("provider", 1),
    ("check", 1),
    ("action", 2),
    ("locals", 0),
    ("terraform", 0),
    ("moved", 0),
    ("import", 0),
    ("removed", 0),
];

/// Blocks within blocks; everything else within a resource is a value.
const NESTED: &[(&str, usize)] = &[
    ("lifecycle", 0),
    ("connection", 0),
    ("provisioner", 1),
    ("validation", 0),
    ("precondition", 0),
    ("postcondition", 0),
    ("dynamic", 1),
    ("content", 0),
    ("assert", 0),
    ("required_providers", 0),
    ("backend", 1),
    ("cloud", 0),
];

/// Arguments whose texts are expressions, not templates, by the kind of their block.
fn is_bare(kind: &str, name: &str) -> bool {
    let bare: &[&str] = match kind {
        "variable" => &["type"],
        "resource" | "data" | "ephemeral" => &["provider", "depends_on"],
        "module" => &["providers", "depends_on"],
        "output" | "check" => &["depends_on"],
        "lifecycle" => &["ignore_changes", "replace_triggered_by"],
        "moved" | "removed" => &["from", "to"],
        "import" => &["to", "provider"],
        "dynamic" => &["iterator"],
        _ => &[],
    };
    bare.contains(&name)
}

/// Reads a file of a module in JSON syntax.
pub(in crate::input) fn read(name: &str, text: &str) -> Result<Written, Problem> {
    read_blocks(name, text, TOP)
}

/// Reads a file in JSON syntax whose blocks, with the number of their labels, are these.
pub(in crate::input) fn read_blocks(name: &str, text: &str, top: &[(&str, usize)]) -> Result<Written, Problem> {
    serde_json::from_str::<serde::de::IgnoredAny>(text).map_err(|error| syntax(name, text, &error))?;
    let source = Source::new(name, native(text.trim_end()));
    let expression = hcl::edit::parser::parse_expr(source.text()).map_err(|error| {
        let message = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
        let start = error.location().offset().min(source.text().len());
        Problem::error("lepton::module::syntax", message).at(&source, Span { start, end: start }, "here")
    })?;
    let reader = Reader { source };
    let mut written = Written::default();
    for part in reader.each(&expression) {
        reader.blocks(part, "", top, &mut written);
    }
    Ok(written)
}

fn syntax(name: &str, text: &str, error: &serde_json::Error) -> Problem {
    let line_start: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let start = (line_start + error.column().saturating_sub(1)).min(text.len());
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default().to_owned();
    Problem::error("lepton::module::syntax", message)
        .at(&Source::new(name, text), Span { start, end: start }, "here")
        .help("the file is not JSON")
}

struct Reader {
    source: Source,
}

impl Reader {
    /// A list of objects, or one.
    fn each<'e>(&self, expression: &'e Expression) -> Vec<&'e Expression> {
        match expression {
            Expression::Array(items) => items.iter().collect(),
            other => vec![other],
        }
    }

    /// The blocks of an object whose keys are kinds of blocks; what is none of them is an argument.
    fn blocks(&self, expression: &Expression, outer: &str, kinds: &[(&str, usize)], into: &mut Written) {
        for (key, value) in entries(expression) {
            let Some((name, span)) = word(key) else { continue };
            if name.starts_with("//") {
                continue;
            }
            match kinds.iter().find(|(kind, _)| *kind == name) {
                Some((kind, labels)) => self.labelled(kind, *labels, value, &mut Vec::new(), span, into),
                None => {
                    let at = At { source: self.source.clone(), span };
                    into.arguments.insert(name.clone(), self.argument(outer, &name, value, at));
                }
            }
        }
    }

    /// One block for each combination of labels below.
    fn labelled(
        &self,
        kind: &str,
        missing: usize,
        value: &Expression,
        labels: &mut Vec<SmolStr>,
        span: Span,
        into: &mut Written,
    ) {
        if missing > 0 {
            for part in self.each(value) {
                for (key, value) in entries(part) {
                    let Some((label, span)) = word(key) else { continue };
                    labels.push(label);
                    self.labelled(kind, missing - 1, value, labels, span, into);
                    labels.pop();
                }
            }
            return;
        }
        for part in self.each(value) {
            let mut content = Written::default();
            self.blocks(part, kind, if kind == "locals" { &[] } else { NESTED }, &mut content);
            let at = At { source: self.source.clone(), span };
            into.blocks.push(Nested { kind: kind.into(), labels: labels.clone(), content, at });
        }
    }

    fn argument(&self, outer: &str, name: &str, value: &Expression, at: At) -> Argument {
        if !is_bare(outer, name) {
            return Argument { value: value.clone().into(), at };
        }
        // The places of an expression within a text are those of the text.
        let at = match value.as_str() {
            Some(text) => At { source: Source::new(self.source.name(), text), span: Span::default() },
            None => at,
        };
        Argument { value: bare(value).unwrap_or_else(|| value.clone()).into(), at }
    }
}

/// The expression that a text, or each text of a list or an object, spells.
fn bare(value: &Expression) -> Option<Expression> {
    Some(match value {
        Expression::String(text) => text.as_str().parse().ok()?,
        Expression::Array(items) => {
            let items: Option<Vec<Expression>> = items.iter().map(bare).collect();
            Expression::from(items?)
        }
        Expression::Object(object) => {
            let entries = object.iter().map(|(key, value)| Some((key.clone(), ObjectValue::new(bare(value.expr())?))));
            Expression::Object(entries.collect::<Option<Object>>()?)
        }
        _ => return None,
    })
}

fn entries(expression: &Expression) -> Vec<(&ObjectKey, &Expression)> {
    match expression {
        Expression::Object(object) => object.iter().map(|(key, value)| (key, value.expr())).collect(),
        _ => Vec::new(),
    }
}

fn word(key: &ObjectKey) -> Option<(SmolStr, Span)> {
    match key {
        ObjectKey::Expression(expression) => {
            Some((expression.as_str()?.into(), expression.span().unwrap_or_default().into()))
        }
        ObjectKey::Ident(name) => Some((name.as_str().into(), name.span().unwrap_or_default().into())),
    }
}

/// The JSON text in native syntax, on the same lines.
fn native(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut rest = text;
    let mut depth = 0_usize;
    while let Some(start) = rest.find(['"', '{', '[', '}', ']']) {
        let letter = rest.as_bytes()[start];
        if letter != b'"' {
            match letter {
                b'{' | b'[' => depth += 1,
                _ => depth = depth.saturating_sub(1),
            }
            out.push_str(&rest[..=start]);
            rest = &rest[start + 1..];
            if depth > MOST_DEPTH {
                // The parser refuses what nests deeper.
                out.push_str(rest);
                return out;
            }
            continue;
        }
        out.push_str(&rest[..start]);
        let end = string_end(&rest[start..]) + start;
        let decoded: String = serde_json::from_str(&rest[start..end]).unwrap_or_default();
        push_template(&decoded, &mut out);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// The length of the JSON string that a text begins with.
fn string_end(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// A text as a quoted template: what is literal is escaped, what is evaluated stands as it is, on one line.
fn push_template(text: &str, out: &mut String) {
    out.push('"');
    match hcl::edit::parser::parse_template(text) {
        Ok(template) => {
            for element in &template {
                let written = &text[element.span().unwrap_or_default()];
                match element {
                    Element::Literal(_) => push_literal(written, out),
                    _ => out.push_str(&written.replace(['\n', '\r'], " ")),
                }
            }
        }
        // What is no template fails where it is evaluated, with the user's own words.
        Err(_) => push_literal(text, out),
    }
    out.push('"');
}

/// Literal text of a template, in which `$${` and `%%{` are escapes already.
fn push_literal(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            other if other.is_control() => out.push_str(&format!("\\u{:04x}", other as u32)),
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_and_texts_become_templates() {
        let text = "{\n  \"a\": \"x \\\"y\\\" ${lookup(var.m, \\\"k\\\")}\",\n  \"b\": [1, true, null]\n}\n";
        let native = native(text);
        assert_eq!(native, "{\n  \"a\": \"x \\\"y\\\" ${lookup(var.m, \"k\")}\",\n  \"b\": [1, true, null]\n}\n");
    }

    #[test]
    fn labels_make_blocks() {
        let written =
            read("a.tf.json", r#"{"resource": {"t": {"a": {"x": 1}, "b": [{"x": 2}]}}, "//": "no"}"#).unwrap();
        let names: Vec<String> = written.blocks("resource").map(|block| block.labels.join(".")).collect();
        assert_eq!(names, ["t.a", "t.b"]);
    }
}
