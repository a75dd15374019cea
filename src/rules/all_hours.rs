//! Which machines outside production run at all hours and need not: what the built-in rules on this find.

use std::collections::HashSet;

use super::builtin::builtin_rules;
use super::run::{Project, by_builtins};
use super::suppress::is_suppressed;
use crate::config::Config;
use crate::diff;
use crate::estimate::{Estimator, PricedPlan};
use crate::model::{Address, Plan, Problem};

/// The rules that find them.
const CODES: [&str; 2] = ["aws-compute-all-hours-outside-production", "running-all-hours-outside-production"];

/// The machines of a project that a schedule could stop, in the order of the plan, unless they are suppressed.
pub fn all_hours(
    name: &str,
    plan: &Plan,
    priced: &PricedPlan,
    estimator: &Estimator<'_>,
    config: &Config,
    today: &str,
) -> Result<Vec<Address>, Vec<Problem>> {
    let kinds: HashSet<&str> =
        plan.changes.iter().filter_map(|change| Some(change.after.as_ref()?.kind.as_str())).collect();
    let mut rules = builtin_rules(&kinds)?;
    rules.retain(|rule| CODES.contains(&rule.code.as_str()));
    if rules.is_empty() {
        return Ok(Vec::new());
    }
    let diff = diff::compare(priced, &estimator.currency);
    let project = Project { index: 0, name, plan, priced, positions: None, diff: &diff };
    let found = by_builtins(config, &rules, today, &project, estimator);
    let counts = found.into_iter().filter(|finding| !is_suppressed(config, finding, today));
    Ok(counts.filter_map(|finding| finding.address).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_rules_are_there() {
        let known: Vec<&str> = super::super::builtin_codes().collect();
        assert!(CODES.iter().all(|code| known.contains(code)), "{CODES:?}");
    }
}
