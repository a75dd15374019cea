//! Templates: their literal texts with strip markers and heredoc indentation applied, as Terraform does it.

use std::collections::VecDeque;

use hcl::edit::Span as _;
use hcl::edit::template::{Directive, Element, HeredocTemplate, StringTemplate, Strip, Template};
use smol_str::SmolStr;

use super::Lowerer;
use crate::lang::convert;
use crate::lang::expr::{Kind, Piece};
use crate::model::{Source, Span};

impl Lowerer<'_> {
    pub(super) fn string_template(&mut self, template: &StringTemplate) -> Kind {
        let elements: Vec<&Element> = template.iter().collect();
        let mut tokens = Tokens::default();
        tokens.read(&elements, &|text, _| vec![text.to_owned()]);
        self.template(&elements, tokens)
    }

    /// A text that is a template as a whole: line by line like a heredoc, but with its indentation.
    pub(super) fn whole_template(&mut self, template: &Template) -> Kind {
        let elements: Vec<&Element> = template.iter().collect();
        let mut tokens = Tokens::default();
        let source = self.source;
        tokens.read(&elements, &|text, span| lines(text, span, source));
        self.template(&elements, tokens)
    }

    pub(super) fn heredoc(&mut self, heredoc: &HeredocTemplate) -> Kind {
        let elements: Vec<&Element> = heredoc.template.iter().collect();
        let mut tokens = Tokens::default();
        let source = self.source;
        tokens.read(&elements, &|text, span| lines(text, span, source));
        // The parser takes indentation off already, but only from what it kept; the source has it all.
        if is_indented(heredoc, source) {
            tokens.unindent();
        }
        self.template(&elements, tokens)
    }

    fn template(&mut self, elements: &[&Element], tokens: Tokens) -> Kind {
        // `"${x}"` is x itself, of whatever type.
        if let [Element::Interpolation(only)] = elements {
            return self.node(&only.expr).kind;
        }
        let mut texts = tokens.texts();
        Kind::Template(self.pieces(elements, &mut texts))
    }

    fn pieces(&mut self, elements: &[&Element], texts: &mut VecDeque<SmolStr>) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(elements.len());
        for element in elements {
            match element {
                Element::Literal(_) => {
                    let text = texts.pop_front().expect("each literal was read into a text");
                    if !text.is_empty() {
                        pieces.push(Piece::Text(text));
                    }
                }
                Element::Interpolation(value) => pieces.push(Piece::Value(self.node(&value.expr))),
                Element::Directive(directive) => pieces.push(self.directive(directive, texts)),
            }
        }
        pieces
    }

    fn directive(&mut self, directive: &Directive, texts: &mut VecDeque<SmolStr>) -> Piece {
        match directive {
            Directive::If(parts) => Piece::If {
                condition: self.node(&parts.if_expr.cond_expr),
                then: self.pieces(&parts.if_expr.template.iter().collect::<Vec<_>>(), texts),
                otherwise: match &parts.else_expr {
                    Some(part) => self.pieces(&part.template.iter().collect::<Vec<_>>(), texts),
                    None => Vec::new(),
                },
            },
            Directive::For(parts) => {
                let collection = self.node(&parts.for_expr.collection_expr);
                let depth = self.locals.len();
                let key = parts.for_expr.key_var.as_ref().map(|name| self.bind(name.as_str()));
                let value = self.bind(parts.for_expr.value_var.as_str());
                let body = self.pieces(&parts.for_expr.template.iter().collect::<Vec<_>>(), texts);
                self.locals.truncate(depth);
                Piece::For { key, value, collection, body }
            }
        }
    }
}

/// A template as Terraform's scanner sees it: literals, line by line in a heredoc, and what stands between.
#[derive(Default)]
struct Tokens {
    tokens: Vec<Token>,
    literals: usize,
    strips_next: bool,
}

enum Token {
    /// A piece of the literal with this number.
    Literal(usize, String),
    Other,
}

/// Splits a literal, given its text and its place, into tokens.
type Split<'s> = dyn Fn(&str, Span) -> Vec<String> + 's;

impl Tokens {
    fn read(&mut self, elements: &[&Element], split: &Split<'_>) {
        for element in elements {
            match element {
                Element::Literal(text) => {
                    let span = text.span().unwrap_or_default().into();
                    self.literal(split(text.as_str(), span));
                }
                Element::Interpolation(value) => self.marker(value.strip),
                Element::Directive(directive) => self.directive(directive, split),
            }
        }
    }

    fn literal(&mut self, lines: Vec<String>) {
        for (at, mut line) in lines.into_iter().enumerate() {
            if at == 0 && self.strips_next {
                line = line.trim_start().to_owned();
            }
            self.tokens.push(Token::Literal(self.literals, line));
        }
        self.literals += 1;
        self.strips_next = false;
    }

    /// `${~` takes the space before it away, `~}` the space behind it, within one token.
    fn marker(&mut self, strip: Strip) {
        let strips_before = matches!(strip, Strip::Start | Strip::Both);
        if strips_before && let Some(Token::Literal(_, text)) = self.tokens.last_mut() {
            text.truncate(text.trim_end().len());
        }
        self.tokens.push(Token::Other);
        self.strips_next = matches!(strip, Strip::End | Strip::Both);
    }

    fn directive(&mut self, directive: &Directive, split: &Split<'_>) {
        match directive {
            Directive::If(parts) => {
                self.marker(parts.if_expr.strip);
                self.read(&parts.if_expr.template.iter().collect::<Vec<_>>(), split);
                if let Some(part) = &parts.else_expr {
                    self.marker(part.strip);
                    self.read(&part.template.iter().collect::<Vec<_>>(), split);
                }
                self.marker(parts.endif_expr.strip);
            }
            Directive::For(parts) => {
                self.marker(parts.for_expr.strip);
                self.read(&parts.for_expr.template.iter().collect::<Vec<_>>(), split);
                self.marker(parts.endfor_expr.strip);
            }
        }
    }

    /// Takes the indentation that all lines share off each of them; blank lines do not count.
    fn unindent(&mut self) {
        let mut starts_line = true;
        let mut shared = usize::MAX;
        let mut indented = Vec::new();
        for (at, token) in self.tokens.iter().enumerate() {
            let Token::Literal(_, text) = token else {
                if starts_line {
                    shared = 0;
                }
                starts_line = false;
                continue;
            };
            let is_blank = text.ends_with('\n') && text.trim().is_empty();
            if starts_line && !is_blank {
                shared = shared.min(text.chars().take_while(|letter| letter.is_whitespace()).count());
                indented.push(at);
            }
            starts_line = text.ends_with('\n');
        }
        for at in indented {
            if let Token::Literal(_, text) = &mut self.tokens[at] {
                *text = text.chars().skip(shared).collect();
            }
        }
    }

    /// The text of each literal, in order.
    fn texts(self) -> VecDeque<SmolStr> {
        let mut texts = vec![String::new(); self.literals];
        for token in self.tokens {
            if let Token::Literal(at, text) = token {
                texts[at].push_str(&text);
            }
        }
        texts.iter().map(|text| SmolStr::from(convert::composed(text).as_ref())).collect()
    }
}

/// A literal without quotes as it stands in the source, line by line, with `$${` and `%%{` read as what they escape.
fn lines(text: &str, span: Span, source: &Source) -> Vec<String> {
    let written = source.slice(span);
    let whole = if written.is_empty() { text.to_owned() } else { written.replace("$${", "${").replace("%%{", "%{") };
    whole.split_inclusive('\n').map(str::to_owned).collect()
}

/// Whether the heredoc starts with `<<-`.
fn is_indented(heredoc: &HeredocTemplate, source: &Source) -> bool {
    let start = heredoc.span().map_or(0, |span| span.start);
    heredoc.indent().is_some() || source.text().get(start..).is_some_and(|text| text.starts_with("<<-"))
}
