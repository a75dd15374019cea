//! A lowered expression with what it reads, found once.

use hcl::edit::expr::Expression;

use super::{Expr, Names, Traversal, lower};
use crate::model::{Problem, Source};

/// A lowered expression with what it reads.
#[derive(Debug)]
pub struct Lowered {
    pub(crate) expr: Expr,
    pub(crate) traversals: Vec<Traversal>,
}

impl Lowered {
    /// Lowers an expression; every problem in it is kept.
    pub fn of(expression: &Expression, names: &Names, source: &Source) -> Result<Self, Vec<Problem>> {
        let expr = lower(expression, names, source)?;
        let traversals = expr.traversals();
        Ok(Self { expr, traversals })
    }

    /// The parts of `a && b && c`, in order; any other expression is one part.
    pub(crate) fn conjuncts(&self) -> Vec<Self> {
        let of = |expr: Expr| Self { traversals: expr.traversals(), expr };
        self.expr.conjuncts().into_iter().map(of).collect()
    }
}

/// «did you mean», if something near is known.
pub(crate) fn near<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> String {
    let distance = |candidate: &str| strsim::damerau_levenshtein(name, candidate);
    let best = known.map(|candidate| (distance(candidate), candidate)).min();
    match best {
        Some((distance, candidate)) if distance <= 1 + name.len() / 4 => format!("did you mean `{candidate}`?"),
        _ => "not known here".into(),
    }
}
