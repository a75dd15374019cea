//! Pull requests, and the accounts behind them.

use serde_json::{Value, json};

use super::WRITER;
use super::answer::Call;
use super::description::Description;
use super::fault::error;
use super::sample::{laid_over, renamed};
use super::wire::Answer;
use super::world::{PullRequest, State};

pub fn get(call: &Call, state: &State) -> Answer {
    match state.pulls.get(&(call.repository(), call.operation.number("pull_number"))) {
        Some(pull) => {
            let comments = state.comments_on(&pull.repository, pull.number).count();
            Answer::json(200, &laid_over(view(call, "pull-request", pull), json!({ "comments": comments })))
        }
        None => error(404, "Not Found"),
    }
}

pub fn of_commit(call: &Call, state: &State) -> Answer {
    let (repository, sha) = (call.repository(), &call.operation.path["commit_sha"]);
    let has_commit = |pull: &&PullRequest| pull.head_sha == *sha || pull.commits.contains(sha);
    let pulls = state.pulls.values().filter(|pull| pull.repository == repository).filter(has_commit);
    let (items, link) = call.page(pulls.map(|pull| view(call, "pull-request-simple", pull)).collect());
    let answer = Answer::json(200, &Value::Array(items));
    match link {
        Some(link) => answer.header("link", link),
        None => answer,
    }
}

pub fn user() -> Answer {
    let user = laid_over(Description::get().sample("public-user"), account(WRITER));
    Answer::json(200, &laid_over(user, json!({ "user_view_type": "public" })))
}

/// An account as it stands beside what it wrote.
pub fn account(login: &str) -> Value {
    let account = renamed(Description::get().sample("simple-user"), "octocat", &in_address(login));
    let kind = if login.ends_with("[bot]") { "Bot" } else { "User" };
    laid_over(account, json!({ "login": login, "type": kind }))
}

fn in_address(login: &str) -> String {
    login.replace('[', "%5B").replace(']', "%5D")
}

fn view(call: &Call, schema: &str, pull: &PullRequest) -> Value {
    let PullRequest { repository, number, .. } = pull;
    let address = format!("{}/repos/{repository}/pulls/{number}", call.base);
    let known = json!({
        "url": address,
        "number": number,
        "html_url": format!("https://github.com/{repository}/pull/{number}"),
        "issue_url": format!("{}/repos/{repository}/issues/{number}", call.base),
        "comments_url": format!("{}/repos/{repository}/issues/{number}/comments", call.base),
        "state": if pull.open { "open" } else { "closed" },
        "locked": false,
        "head": branch(&pull.head_repository, &pull.head_ref, &pull.head_sha),
        "base": branch(repository, &pull.base_ref, &pull.base_sha),
    });
    laid_over(Description::get().sample(schema), known)
}

fn branch(repository: &str, name: &str, sha: &str) -> Value {
    let (owner, short) = repository.split_once('/').expect("repositories are `owner/name`");
    let full = Description::get().sample("repository");
    let full = renamed(renamed(full, "octocat/Hello-World", repository), "octocat", owner);
    let known = json!({ "name": short, "full_name": repository, "owner": account(owner), "default_branch": "main" });
    json!({
        "label": format!("{owner}:{name}"),
        "ref": name,
        "sha": sha,
        "user": account(owner),
        "repo": laid_over(full, known),
    })
}
