//! Check runs, with the limits that GitHub's documentation gives in prose.

use serde_json::{Value, json};

use super::answer::Call;
use super::description::Description;
use super::fault::error;
use super::sample::laid_over;
use super::wire::Answer;
use super::world::State;

/// A check run, with all annotations that were sent for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckRun {
    pub repository: String,
    pub id: u64,
    pub name: String,
    pub head_sha: String,
    pub status: String,
    pub conclusion: Option<String>,
    pub details_url: Option<String>,
    pub external_id: Option<String>,
    pub started_at: Option<String>,
    pub completed_at: Option<String>,
    pub title: Option<String>,
    pub summary: Option<String>,
    pub text: Option<String>,
    pub annotations: Vec<Value>,
}

impl CheckRun {
    /// Takes over what a request says, and adds its annotations to those before.
    fn change(&mut self, request: &Value, now: &str) {
        let text = |value: &Value| value.as_str().map(ToOwned::to_owned);
        let output = &request["output"];
        let fields = [
            (&mut self.conclusion, &request["conclusion"]),
            (&mut self.details_url, &request["details_url"]),
            (&mut self.external_id, &request["external_id"]),
            (&mut self.started_at, &request["started_at"]),
            (&mut self.completed_at, &request["completed_at"]),
            (&mut self.title, &output["title"]),
            (&mut self.summary, &output["summary"]),
            (&mut self.text, &output["text"]),
        ];
        for (field, value) in fields {
            *field = text(value).or(field.take());
        }
        self.name = text(&request["name"]).unwrap_or_else(|| self.name.clone());
        self.status = text(&request["status"]).unwrap_or_else(|| self.status.clone());
        if request["conclusion"].is_string() {
            "completed".clone_into(&mut self.status);
            self.completed_at.get_or_insert(now.to_owned());
        }
        self.annotations.extend(output["annotations"].as_array().into_iter().flatten().cloned());
    }
}

/// What the documentation forbids and the description does not, in a body that is as described.
pub fn wrong_with(operation: &str, body: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let ended = body["status"] == "completed" || body["completed_at"].is_string();
    if ended && body["conclusion"].is_null() {
        wrong.push("/conclusion is missing, and the check has ended".to_owned());
    }
    if body["conclusion"] == "stale" {
        wrong.push("/conclusion: only GitHub says `stale`".to_owned());
    }
    if operation == "checks/create" && !is_sha(&body["head_sha"]) {
        wrong.push(format!("/head_sha: no commit {}", body["head_sha"]));
    }
    let output = &body["output"];
    if output.is_object() && !output["title"].is_string() {
        wrong.push("/output/title is missing".to_owned());
    }
    for (index, annotation) in output["annotations"].as_array().into_iter().flatten().enumerate() {
        let found = wrong_with_annotation(annotation);
        wrong.extend(found.into_iter().map(|what| format!("/output/annotations/{index}: {what}")));
    }
    wrong
}

fn wrong_with_annotation(annotation: &Value) -> Vec<&'static str> {
    let number = |name: &str| annotation[name].as_i64();
    let length = |name: &str| annotation[name].as_str().map_or(0, str::len);
    let path = annotation["path"].as_str().unwrap_or_default();
    let columns = number("start_column").is_some() || number("end_column").is_some();
    let rules = [
        (number("start_line") < Some(1), "lines are counted from 1"),
        (number("end_line") < number("start_line"), "it ends before it starts"),
        (columns && number("start_line") != number("end_line"), "columns, but on more than one line"),
        (number("start_column").is_some_and(|column| column < 1), "columns are counted from 1"),
        (annotation["title"].as_str().is_some_and(|title| title.chars().count() > 255), "a title over 255 characters"),
        (length("message") > 64 * 1024, "a message over 64 KB"),
        (length("message") == 0, "no message"),
        (length("raw_details") > 64 * 1024, "details over 64 KB"),
        (
            path.is_empty() || path.starts_with('/') || path.starts_with("./"),
            "a path that is not one of the repository",
        ),
    ];
    rules.into_iter().filter(|(broken, _)| *broken).map(|(_, what)| what).collect()
}

fn is_sha(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| [40, 64].contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

pub fn create(call: &Call, state: &mut State) -> Answer {
    let request = call.request.json();
    let (id, now) = (state.next_id(), state.tick());
    let mut run = CheckRun {
        repository: call.repository(),
        id,
        name: String::new(),
        head_sha: request["head_sha"].as_str().expect("the request is valid").to_owned(),
        status: "queued".to_owned(),
        conclusion: None,
        details_url: None,
        external_id: None,
        started_at: Some(now.clone()),
        completed_at: None,
        title: None,
        summary: None,
        text: None,
        annotations: Vec::new(),
    };
    run.change(&request, &now);
    let view = view(call, &run);
    state.check_runs.push(run);
    Answer::json(201, &view)
}

pub fn update(call: &Call, state: &mut State) -> Answer {
    let (repository, id, now) = (call.repository(), call.operation.number("check_run_id"), state.tick());
    match state.check_runs.iter_mut().find(|run| run.repository == repository && run.id == id) {
        Some(run) => {
            run.change(&call.request.json(), &now);
            Answer::json(200, &view(call, run))
        }
        None => error(404, "Not Found"),
    }
}

/// The check runs of a commit or a branch, newest first; of runs with one name the newest only, unless asked for all.
pub fn of_reference(call: &Call, state: &State) -> Answer {
    let (repository, reference) = (call.repository(), &call.operation.path["ref"]);
    let branch = state.pulls.values().find(|pull| pull.head_repository == repository && pull.head_ref == *reference);
    let sha = branch.map_or(reference, |pull| &pull.head_sha);
    let asked = |name: &str, value: &str| call.request.parameter(name).is_none_or(|wanted| wanted == value);
    let mut found: Vec<&CheckRun> = Vec::new();
    for run in state.check_runs.iter().rev().filter(|run| run.repository == repository && run.head_sha == *sha) {
        let superseded = found.iter().any(|newer| newer.name == run.name);
        if superseded && call.request.parameter("filter") != Some("all") {
            continue;
        }
        found.push(run);
    }
    found.retain(|run| asked("check_name", &run.name) && asked("status", &run.status));
    let total = found.len();
    let (page, link) = call.page(found);
    let runs: Vec<Value> = page.into_iter().map(|run| view(call, run)).collect();
    let answer = Answer::json(200, &json!({ "total_count": total, "check_runs": runs }));
    match link {
        Some(link) => answer.header("link", link),
        None => answer,
    }
}

fn view(call: &Call, run: &CheckRun) -> Value {
    let address = format!("{}/repos/{}/check-runs/{}", call.base, run.repository, run.id);
    let known = json!({
        "id": run.id,
        "node_id": format!("CR_kwDO{}", run.id),
        "url": address,
        "html_url": format!("https://github.com/{}/runs/{}", run.repository, run.id),
        "name": run.name,
        "head_sha": run.head_sha,
        "status": run.status,
        "conclusion": run.conclusion,
        "details_url": run.details_url,
        "external_id": run.external_id,
        "started_at": run.started_at,
        "completed_at": run.completed_at,
        "output": {
            "title": run.title,
            "summary": run.summary,
            "text": run.text,
            "annotations_count": run.annotations.len(),
            "annotations_url": format!("{address}/annotations"),
        },
    });
    laid_over(Description::get().sample("check-run"), known)
}
