//! Which addresses resources had before: what `moved` blocks say, and what Terraform takes as moved without one.

use std::collections::HashSet;

use super::evaluate::Evaluator;
use crate::model::Address;

/// How many moves are followed: those of a module count for each of its instances.
const MOST_MOVES: usize = 100_000;
/// How many earlier addresses of one resource are looked at.
const MOST_EARLIER: usize = 64;

/// The addresses that `moved` blocks lead from and to, as seen from the root module.
#[derive(Debug, Default)]
pub struct Moves(Vec<(String, String)>);

impl Moves {
    pub(super) fn of(evaluator: &Evaluator<'_>) -> Self {
        let mut moves = Vec::new();
        for instance in 0..evaluator.instances.len() {
            for moved in &evaluator.declared(instance).moves {
                if moves.len() >= MOST_MOVES {
                    return Self(moves);
                }
                moves.push((evaluator.address(instance, &moved.from), evaluator.address(instance, &moved.to)));
            }
        }
        Self(moves)
    }

    /// The addresses that a resource may have had, the latest first.
    pub fn earlier(&self, address: &Address) -> Vec<Address> {
        let mut found = vec![address.as_str().to_owned()];
        let mut seen: HashSet<String> = found.iter().cloned().collect();
        let mut at = 0;
        while at < found.len() && found.len() < MOST_EARLIER {
            let known = found[at].clone();
            let before = self.0.iter().filter_map(|(from, to)| Some(format!("{from}{}", below(to, &known)?)));
            for earlier in before.chain(uncounted(&known)) {
                if seen.insert(earlier.clone()) {
                    found.push(earlier);
                }
            }
            at += 1;
        }
        found.into_iter().skip(1).map(Address::new).collect()
    }
}

/// What follows an address in that of something within it, or of an instance of it.
fn below<'a>(outer: &str, address: &'a str) -> Option<&'a str> {
    address.strip_prefix(outer).filter(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// The address before a resource got its `count`, or after it lost it: Terraform takes these for the same without a
/// block.
fn uncounted(address: &str) -> Option<String> {
    match address.strip_suffix("[0]") {
        Some(plain) => Some(plain.to_owned()),
        None if !address.ends_with(']') => Some(format!("{address}[0]")),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn earlier(moves: &[(&str, &str)], address: &str) -> Vec<String> {
        let moves = moves.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
        Moves(moves).earlier(&Address::new(address)).iter().map(|address| address.as_str().to_owned()).collect()
    }

    #[test]
    fn resources_and_modules_take_their_instances_along() {
        assert_eq!(earlier(&[("a.old", "a.new")], "a.new[\"x\"]"), ["a.old[\"x\"]"]);
        assert_eq!(earlier(&[("module.old", "module.new")], "module.new[1].a.b[1]"), ["module.old[1].a.b[1]"]);
        assert_eq!(earlier(&[("a.old", "a.new")], "a.newer")[0], "a.newer[0]");
    }

    #[test]
    fn chains_lead_back_and_circles_end() {
        let chain = earlier(&[("a.one", "a.two"), ("a.two", "a.three")], "a.three[\"k\"]");
        assert_eq!(chain, ["a.two[\"k\"]", "a.one[\"k\"]"]);
        let circle = earlier(&[("a.one", "a.two"), ("a.two", "a.one")], "a.two[1]");
        assert_eq!(circle, ["a.one[1]"]);
        assert!(earlier(&[("a.b.b", "a.b")], "a.b").len() <= MOST_EARLIER + 2);
    }

    #[test]
    fn a_count_that_comes_or_goes_moves_the_first() {
        assert_eq!(earlier(&[], "a.b[0]"), ["a.b"]);
        assert_eq!(earlier(&[], "a.b"), ["a.b[0]"]);
        assert!(earlier(&[], "a.b[1]").is_empty());
    }
}
