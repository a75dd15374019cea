//! Text to `hcl::edit` structures, with syntax errors as problems.

use hcl::edit::parser::Error;
use hcl::edit::structure::Body;
use hcl::edit::template::Template;

use super::diagnostics::code;
use crate::model::{Problem, Source, Span};

/// Parses a whole HCL text; a syntax error is one problem that underlines the place.
///
/// The parser itself bounds nesting (64 levels, 128 chained operators), so hostile text cannot
/// exhaust the stack.
pub fn parse_body(source: &Source) -> Result<Body, Problem> {
    hcl::edit::parser::parse_body(source.text()).map_err(|error| problem(source, &error))
}

/// Parses a text as a template, with the same bounds.
pub(super) fn parse_template(source: &Source) -> Result<Template, Problem> {
    hcl::edit::parser::parse_template(source.text()).map_err(|error| problem(source, &error))
}

fn problem(source: &Source, error: &Error) -> Problem {
    let (place, label) = near(source.text(), error.location().offset());
    let message = first_sentence(error.message());
    Problem::error(code::SYNTAX, message).at(source, place, label).help(help(source.slice(place)))
}

/// The character at an offset; where there is only space to the end of the line, the last one that can be seen.
fn near(text: &str, offset: usize) -> (Span, &'static str) {
    let mut start = offset.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let rest_of_line = text[start..].lines().next().unwrap_or_default();
    match text[start..].chars().next() {
        Some(letter) if !rest_of_line.trim().is_empty() => (Span { start, end: start + letter.len_utf8() }, "here"),
        _ => {
            let end = text[..start].trim_end().len();
            let start = text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
            (Span { start, end }, "behind this")
        }
    }
}

/// The parser's message on one line.
fn first_sentence(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn help(found: &str) -> &'static str {
    match found {
        "'" => "texts stand in double quotes",
        "+" | "-" | "*" | "?" | ":" | "&" | "|" => {
            "an expression ends with its line, unless it stands in parentheses, brackets or braces"
        }
        _ => "look for a bracket, a quote or an operator that is missing before this place",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> (Problem, String) {
        let source = Source::new("a.hcl", text);
        let problem = parse_body(&source).unwrap_err();
        let (_, span) = problem.place().unwrap();
        let underlined = source.slice(span).to_owned();
        (problem, underlined)
    }

    #[test]
    fn a_syntax_error_underlines_its_place() {
        let (problem, underlined) = problem("a = 1\nb = 'x'\n");
        assert_eq!((problem.code(), underlined.as_str()), ("lepton::lang::syntax", "'"));
        assert!(problem.help_text().unwrap().contains("double quotes"));
    }

    #[test]
    fn an_end_that_comes_too_early_underlines_what_is_there() {
        let (_, underlined) = problem("a = {\n  b = [1,\n\n\n");
        assert!(!underlined.trim().is_empty());
    }

    #[test]
    fn deep_nesting_is_refused() {
        let (problem, _) = problem(&format!("a = {}1{}\n", "(".repeat(10_000), ")".repeat(10_000)));
        assert_eq!(problem.code(), "lepton::lang::syntax");
    }
}
