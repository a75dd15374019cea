//! Whether a resource is part of production: by its tags, else by the words of its module's path and its project.
//!
//! Names of resources say nothing: `aws_lb_target_group.test` stands in many a production plan.

use smol_str::SmolStr;

/// The tags that name an environment, in the order in which they are believed.
const TAGS: [&str; 6] = ["environment", "env", "stage", "tier", "workspace", "deployment"];

/// Words that mean production.
const PRODUCTION: [&str; 5] = ["prod", "production", "prd", "live", "prod1"];

/// Words that mean anything but production.
const OTHER: [&str; 20] = [
    "dev",
    "develop",
    "development",
    "devel",
    "test",
    "tests",
    "testing",
    "tst",
    "stage",
    "staging",
    "stg",
    "qa",
    "uat",
    "sandbox",
    "sbx",
    "nonprod",
    "preprod",
    "demo",
    "preview",
    "ephemeral",
];

/// What a resource's tags, then its module and project say; `None` if nothing tells.
pub(super) fn guess(tags: &[(SmolStr, SmolStr)], texts: [&str; 2]) -> Option<bool> {
    for wanted in TAGS {
        let tag = tags.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        if let Some(found) = tag.and_then(|(_, value)| judge(value)) {
            return Some(found);
        }
    }
    texts.into_iter().find_map(judge)
}

/// Judges a text by its words. `non-prod` and `pre-prod` are not production.
fn judge(text: &str) -> Option<bool> {
    let mut previous = "";
    let mut found = None;
    for word in text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        let is = |known: &[&str]| known.iter().any(|known| word.eq_ignore_ascii_case(known));
        let is_negated = ["non", "not", "pre"].iter().any(|no| previous.eq_ignore_ascii_case(no));
        if is(&OTHER) || (is(&PRODUCTION) && is_negated) {
            return Some(false);
        }
        if is(&PRODUCTION) {
            found = Some(true);
        }
        previous = word;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tagged(name: &str, value: &str) -> Option<bool> {
        guess(&[(name.into(), value.into())], ["", ""])
    }

    #[test]
    fn tags_come_first_then_words() {
        assert_eq!(tagged("Environment", "production"), Some(true));
        assert_eq!(tagged("env", "Dev"), Some(false));
        assert_eq!(tagged("Stage", "non-prod"), Some(false));
        assert_eq!(tagged("Name", "prod"), None);
        assert_eq!(guess(&[], ["module.staging", "prod"]), Some(false));
        assert_eq!(guess(&[], ["", "envs/prod/plan.json"]), Some(true));
        assert_eq!(guess(&[], ["module.producer", "plan.json"]), None);
    }
}
