//! Codes that a configuration names: a typo would switch nothing off in silence.

use super::builtin_codes;
use crate::config::{Config, fits};
use crate::lang::near;
use crate::model::Problem;

/// Codes of findings that are not rules.
const OTHERS: [&str; 7] = [
    "budget-exceeded",
    "budget-increase",
    "budget-increase-percent",
    "budget-unknown",
    "budget-without-resources",
    "suppression-expired",
    "suppression-without-finding",
];

/// What is wrong with the codes of `builtin` and `suppress` blocks.
pub fn check_codes(config: &Config) -> Vec<Problem> {
    let Some(source) = &config.source else { return Vec::new() };
    let mut known: Vec<&str> = builtin_codes().chain(OTHERS).collect();
    known.extend(config.rules.iter().map(|rule| rule.code.as_str()));
    let mut problems = Vec::new();
    for builtin in &config.builtins {
        if !builtin_codes().any(|code| fits(&builtin.code, code)) {
            let message = format!("no built-in rule is `{}`", builtin.code);
            problems.push(
                Problem::error("lepton::config::unknown-code", message)
                    .at(source, builtin.span, near(&builtin.code, builtin_codes()))
                    .help("`lepton rules list` names them all"),
            );
        }
    }
    for suppression in &config.suppressions {
        if !known.iter().any(|code| fits(&suppression.code, code)) {
            // Policies have codes of their own, which only a run knows.
            let message = format!("no rule is `{}`, unless a policy gives that code", suppression.code);
            problems.push(
                Problem::warning("lepton::config::unknown-code", message)
                    .at(source, suppression.span, near(&suppression.code, known.iter().copied()))
                    .help("`lepton rules list` names the rules"),
            );
        }
    }
    problems
}
