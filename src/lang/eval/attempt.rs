//! `try` and `can`: expressions that may fail.

use super::{Answer, Evaluator};
use crate::lang::diagnostics::code;
use crate::lang::expr::{Kind, Node, Path, To};
use crate::lang::fuel::Spent;
use crate::lang::marks;
use crate::model::{Problem, Span, Type, Value};

impl Evaluator<'_> {
    pub(super) fn first_that_succeeds(&mut self, nodes: &[Node], span: Span) -> Answer {
        let depth = self.depth;
        for node in nodes {
            if let Some(unknown) = self.decides(node)? {
                return Ok(self.typed_unknown(unknown, &Type::Dynamic));
            }
            match self.node(node) {
                Ok(value) => return Ok(value),
                Err(problem) if problem.code() == code::TOO_LARGE => return Err(problem),
                Err(_) => self.depth = depth,
            }
        }
        Err(self
            .problem(code::TRY, span, "every argument of `try` failed", "no fallback")
            .help("let the last argument be a constant"))
    }

    pub(super) fn succeeds(&mut self, nodes: &[Node]) -> Answer {
        let depth = self.depth;
        let Some(node) = nodes.first() else {
            return Ok(Value::Bool(false));
        };
        if let Some(unknown) = self.decides(node)? {
            return Ok(self.typed_unknown(unknown, &Type::Bool));
        }
        match self.node(node) {
            Ok(value) if value.as_unknown().is_some() => Ok(self.typed_unknown(value, &Type::Bool)),
            Ok(_) => Ok(Value::Bool(true)),
            Err(problem) if problem.code() == code::TOO_LARGE => Err(problem),
            Err(_) => {
                self.depth = depth;
                Ok(Value::Bool(false))
            }
        }
    }

    /// In Terraform, the first unknown part of what an expression refers to: whether it fails is open then.
    fn decides(&mut self, node: &Node) -> Result<Option<Value>, Problem> {
        if self.is_stanza() {
            return Ok(None);
        }
        let mut pending = vec![node];
        while let Some(node) = pending.pop() {
            self.spend(1, node.span)?;
            let referred = match &node.kind {
                Kind::Slot(slot) => Some(self.slot(*slot).clone()),
                Kind::Path(path) if matches!(path.base.kind, Kind::Slot(_)) => {
                    pending.extend(path.indexes());
                    self.referred(path, node.span.start)
                }
                _ => {
                    node.children(&mut |child| pending.push(child));
                    None
                }
            };
            let Some(referred) = referred else { continue };
            match marks::unknown_part(&referred, self.fuel) {
                Ok(None) => {}
                Ok(unknown) => return Ok(unknown),
                Err(Spent) => return Err(self.spent(node.span)),
            }
        }
        Ok(None)
    }

    /// What a path refers to before its first computed index; nothing if that fails.
    fn referred(&mut self, path: &Path, start: usize) -> Option<Value> {
        let is_fixed = |to: &To| !matches!(to, To::Index(index) if index.constant().is_none());
        let fixed = path.steps.iter().take_while(|step| is_fixed(&step.to)).count();
        let Kind::Slot(slot) = path.base.kind else { return None };
        self.steps(self.slot(slot), &path.steps[..fixed], start).ok()
    }
}
