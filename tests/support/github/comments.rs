//! Comments on pull requests, which GitHub keeps as comments on issues.

use chrono::DateTime;
use serde_json::{Value, json};

use super::WRITER;
use super::answer::Call;
use super::description::Description;
use super::fault::{error, invalid};
use super::pulls::account;
use super::sample::laid_over;
use super::wire::Answer;
use super::world::{Comment, State};

/// GitHub's limit, in characters.
const LONGEST_BODY: usize = 65_536;

pub fn list(call: &Call, state: &State) -> Answer {
    let (repository, number) = (call.repository(), call.operation.number("issue_number"));
    if !state.pulls.contains_key(&(repository.clone(), number)) {
        return error(404, "Not Found");
    }
    let since = call.request.parameter("since").and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    let is_recent = |comment: &&Comment| {
        let updated = DateTime::parse_from_rfc3339(&comment.updated_at).expect("the server wrote it");
        since.is_none_or(|since| updated >= since)
    };
    let all = state.comments_on(&repository, number).filter(is_recent).map(|comment| view(call, comment)).collect();
    let (items, link) = call.page(all);
    let answer = Answer::json(200, &Value::Array(items));
    match link {
        Some(link) => answer.header("link", link),
        None => answer,
    }
}

pub fn create(call: &Call, state: &mut State) -> Answer {
    let (repository, number) = (call.repository(), call.operation.number("issue_number"));
    if !state.pulls.contains_key(&(repository.clone(), number)) {
        return error(404, "Not Found");
    }
    let body = match body(call) {
        Ok(body) => body,
        Err(answer) => return *answer,
    };
    let comment = state.write_comment(&repository, number, WRITER, &body);
    let view = view(call, &comment);
    Answer::json(201, &view).header("location", view["url"].as_str().expect("a comment has an address"))
}

pub fn get(call: &Call, state: &State) -> Answer {
    match find(call, state) {
        Some(comment) => Answer::json(200, &view(call, comment)),
        None => error(404, "Not Found"),
    }
}

pub fn update(call: &Call, state: &mut State) -> Answer {
    let Some(id) = find(call, state).map(|comment| comment.id) else {
        return error(404, "Not Found");
    };
    match body(call) {
        Ok(body) => {
            let comment = state.edit_comment(id, &body).expect("the comment was found");
            Answer::json(200, &view(call, &comment))
        }
        Err(answer) => *answer,
    }
}

pub fn delete(call: &Call, state: &mut State) -> Answer {
    let Some(id) = find(call, state).map(|comment| comment.id) else {
        return error(404, "Not Found");
    };
    state.delete_comment(id);
    Answer::empty(204)
}

fn find<'a>(call: &Call, state: &'a State) -> Option<&'a Comment> {
    let (repository, id) = (call.repository(), call.operation.number("comment_id"));
    state.comments.iter().find(|comment| comment.repository == repository && comment.id == id)
}

/// The text that the request brings, or what GitHub says to it.
fn body(call: &Call) -> Result<String, Box<Answer>> {
    let body = call.request.json()["body"].as_str().expect("the request is valid").to_owned();
    if body.chars().count() > LONGEST_BODY {
        let message = format!("Body is too long (maximum is {LONGEST_BODY} characters)");
        return Err(Box::new(invalid("IssueComment", "data", &message)));
    }
    if body.trim().is_empty() {
        return Err(Box::new(invalid("IssueComment", "data", "Body cannot be blank")));
    }
    Ok(body)
}

fn view(call: &Call, comment: &Comment) -> Value {
    let Comment { repository, number, id, .. } = comment;
    let known = json!({
        "id": id,
        "node_id": comment.node_id,
        "url": format!("{}/repos/{repository}/issues/comments/{id}", call.base),
        "html_url": format!("https://github.com/{repository}/pull/{number}#issuecomment-{id}"),
        "issue_url": format!("{}/repos/{repository}/issues/{number}", call.base),
        "user": account(&comment.user),
        "body": comment.body,
        "created_at": comment.created_at,
        "updated_at": comment.updated_at,
        "author_association": "NONE",
        "minimized": comment.minimized.as_ref().map(|reason| json!({ "reason": reason })),
    });
    laid_over(Description::get().sample("issue-comment"), known)
}
