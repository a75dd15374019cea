//! Templates: texts with values, conditions and loops in them.

use super::{Answer, Evaluator, Truth, mark, with_article};
use crate::lang::diagnostics::code;
use crate::lang::expr::{Node, Piece};
use crate::lang::fuel::{MAX_TEXT, Spent};
use crate::lang::{conform, convert};
use crate::model::{Problem, Span, Type, Value};

/// A template while it is written.
#[derive(Default)]
struct Writing {
    text: String,
    is_sensitive: bool,
    /// How much of the text stood before the first unknown part.
    known: Option<usize>,
    /// What the template is instead of a text: null, which stays, or unknown.
    instead: Option<Value>,
}

impl Writing {
    fn stands_for(&mut self, value: Value) {
        if !matches!(self.instead, Some(Value::Null)) && (value.is_null() || self.instead.is_none()) {
            self.instead = Some(value);
        }
        self.known.get_or_insert(self.text.len());
    }
}

impl Evaluator<'_> {
    pub(super) fn template(&mut self, pieces: &[Piece], span: Span) -> Answer {
        let mut writing = Writing::default();
        self.pieces(pieces, &mut writing, span)?;
        self.fuel.spend_text(writing.text.len()).map_err(|Spent| self.spent(span))?;
        let value = match writing.instead {
            Some(instead) if self.is_stanza() => instead,
            Some(instead) => conform::unknown_text(instead, &writing.text[..writing.known.unwrap_or_default()]),
            None => Value::from(convert::composed(&writing.text).as_ref()),
        };
        Ok(mark(value, writing.is_sensitive))
    }

    fn pieces(&mut self, pieces: &[Piece], writing: &mut Writing, span: Span) -> Result<(), Problem> {
        for piece in pieces {
            match piece {
                Piece::Text(literal) => writing.text.push_str(literal),
                Piece::Value(node) => self.interpolate(node, writing)?,
                Piece::If { condition, then, otherwise } => {
                    let value = self.node(condition)?;
                    writing.is_sensitive |= value.is_sensitive();
                    match self.truth(&value, condition.span)? {
                        Truth::Unknown(unknown) => writing.stands_for(unknown),
                        Truth::Known(true) => self.pieces(then, writing, span)?,
                        Truth::Known(false) => self.pieces(otherwise, writing, span)?,
                    }
                }
                Piece::For { key, value, collection, body } => {
                    let items = self.node(collection)?;
                    let is_sensitive = items.is_sensitive();
                    writing.is_sensitive |= is_sensitive;
                    match self.entries(&items, collection.span)? {
                        Err(unknown) => writing.stands_for(unknown),
                        Ok(entries) => {
                            for (at, item) in entries {
                                if let Some(key) = key {
                                    self.bind(*key, mark(at, is_sensitive));
                                }
                                self.bind(*value, mark(item, is_sensitive));
                                self.pieces(body, writing, span)?;
                            }
                        }
                    }
                }
            }
            if writing.text.len() > MAX_TEXT {
                return Err(self.spent(span));
            }
        }
        Ok(())
    }

    fn interpolate(&mut self, node: &Node, writing: &mut Writing) -> Result<(), Problem> {
        let value = self.node(node)?;
        writing.is_sensitive |= value.is_sensitive();
        match convert::to_text(value.unmarked()) {
            Ok(Value::String(text)) => writing.text.push_str(&text),
            Ok(Value::Null) if !self.is_stanza() => return Err(self.null(node.span, "text")),
            Ok(instead) if conform::may_be(&instead, &Type::String) => writing.stands_for(instead),
            _ => {
                let message = format!("{} is {}, which is no text", self.quote(node.span), with_article(&value));
                return Err(self
                    .problem(code::TYPE, node.span, message, "text is needed here")
                    .help("`join` and `jsonencode` make text of lists and objects"));
            }
        }
        Ok(())
    }
}
