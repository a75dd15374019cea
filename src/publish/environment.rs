//! What a CI job's environment says of the pull request that it runs for.

use serde_json::Value;

use crate::model::Problem;

/// A pull request on GitHub, and the commit that it proposes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GitHubTarget {
    /// The address of the API.
    pub api_url: String,
    /// `owner/name`.
    pub repository: Option<String>,
    /// The number of the pull request.
    pub pull_request: Option<u64>,
    /// The head commit, which checks belong to.
    pub sha: Option<String>,
    /// The commit that was checked out, which code scanning wants with its reference.
    pub checkout: Option<(String, String)>,
}

/// A merge request on GitLab.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GitLabTarget {
    /// The address of the API.
    pub api_url: String,
    /// The project's number or path.
    pub project: Option<String>,
    /// The number of the merge request.
    pub merge_request: Option<u64>,
}

impl GitHubTarget {
    /// Reads `GITHUB_…` variables and the event file that they name. `read` gives the text of a file.
    pub fn of(variable: &dyn Fn(&str) -> Option<String>, read: &dyn Fn(&str) -> Option<String>) -> Self {
        let event: Value = variable("GITHUB_EVENT_PATH")
            .and_then(|path| read(&path))
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or(Value::Null);
        let pull_request = &event["pull_request"];
        let reference = variable("GITHUB_REF");
        let number_of = |reference: &str| reference.strip_prefix("refs/pull/")?.split('/').next()?.parse().ok();
        Self {
            api_url: variable("GITHUB_API_URL").unwrap_or_else(|| "https://api.github.com".into()),
            repository: variable("GITHUB_REPOSITORY"),
            pull_request: pull_request["number"]
                .as_u64()
                // A comment on a pull request is an event of an issue.
                .or_else(|| event["issue"]["pull_request"].is_object().then(|| event["issue"]["number"].as_u64())?)
                .or_else(|| event["workflow_run"]["pull_requests"][0]["number"].as_u64())
                .or_else(|| number_of(reference.as_deref()?)),
            sha: pull_request["head"]["sha"]
                .as_str()
                .or_else(|| event["workflow_run"]["head_sha"].as_str())
                .map(str::to_owned)
                .or_else(|| variable("GITHUB_SHA")),
            checkout: variable("GITHUB_SHA").zip(reference.filter(|reference| reference.starts_with("refs/"))),
        }
    }

    /// The repository and the number, or what is missing.
    pub fn pull_request(&self) -> Result<(&str, u64), Problem> {
        let missing = |what: &str, option: &str| {
            Problem::error("lepton::publish::target", format!("nothing says {what}"))
                .help(format!("give {option}; in a workflow on `pull_request` the environment says it"))
        };
        let repository = self.repository.as_deref().ok_or_else(|| missing("the repository", "--repo OWNER/NAME"))?;
        let number = self.pull_request.ok_or_else(|| missing("the pull request", "--pull-request N"))?;
        Ok((repository, number))
    }
}

impl GitLabTarget {
    /// Reads the `CI_…` variables.
    pub fn of(variable: &dyn Fn(&str) -> Option<String>) -> Self {
        Self {
            api_url: variable("CI_API_V4_URL").unwrap_or_else(|| "https://gitlab.com/api/v4".into()),
            project: variable("CI_PROJECT_ID").or_else(|| variable("CI_PROJECT_PATH")),
            merge_request: variable("CI_MERGE_REQUEST_IID").and_then(|number| number.parse().ok()),
        }
    }

    /// The project and the number, or what is missing.
    pub fn merge_request(&self) -> Result<(&str, u64), Problem> {
        let missing = |what: &str, option: &str| {
            Problem::error("lepton::publish::target", format!("nothing says {what}"))
                .help(format!("give {option}; in a merge request pipeline the environment says it"))
        };
        let project = self.project.as_deref().ok_or_else(|| missing("the project", "--repo GROUP/NAME"))?;
        let number = self.merge_request.ok_or_else(|| missing("the merge request", "--pull-request N"))?;
        Ok((project, number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(variables: &[(&str, &str)], event: &str) -> GitHubTarget {
        let variable = |name: &str| {
            let found = variables.iter().find(|(other, _)| *other == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        GitHubTarget::of(&variable, &|path| (path == "event.json").then(|| event.to_owned()))
    }

    #[test]
    fn the_event_says_the_pull_request_and_its_head() {
        let variables = [
            ("GITHUB_EVENT_PATH", "event.json"),
            ("GITHUB_REPOSITORY", "acme/shop"),
            ("GITHUB_SHA", "merged"),
            ("GITHUB_REF", "refs/pull/7/merge"),
        ];
        let found = target(&variables, r#"{"pull_request":{"number":7,"head":{"sha":"proposed"}}}"#);
        assert_eq!((found.pull_request, found.sha.as_deref()), (Some(7), Some("proposed")));
        assert_eq!(found.checkout, Some(("merged".into(), "refs/pull/7/merge".into())));
        assert_eq!(found.api_url, "https://api.github.com");
        let without = target(&variables, "no JSON");
        assert_eq!((without.pull_request, without.sha.as_deref()), (Some(7), Some("merged")));
        let comment = target(&variables[..2], r#"{"issue":{"number":9,"pull_request":{}}}"#);
        assert_eq!(comment.pull_request, Some(9));
        let issue = target(&variables[..2], r#"{"issue":{"number":9}}"#);
        assert_eq!(issue.pull_request, None);
        assert_eq!(issue.pull_request().unwrap_err().code(), "lepton::publish::target");
    }
}
