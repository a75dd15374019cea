//! Check runs, SARIF uploads and hidden comments.

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::client::{call, get, post};
use crate::github::{Fault, GitHub, WRITER, When};
use crate::requests::assert_refused;
use crate::{COMMENTS, shop};

const RUNS: &str = "/repos/acme/shop/check-runs";
const SARIFS: &str = "/repos/acme/shop/code-scanning/sarifs";

fn sha() -> String {
    "a".repeat(40)
}

fn annotation(line: u32) -> Value {
    json!({ "path": "main.tf", "start_line": line, "end_line": line, "annotation_level": "warning", "message": "dear" })
}

fn run_with(annotations: Vec<Value>) -> Value {
    json!({
        "name": "lepton",
        "head_sha": sha(),
        "status": "in_progress",
        "output": { "title": "cost", "summary": "more", "annotations": annotations },
    })
}

#[test]
fn a_check_run_gathers_annotations() {
    let github = shop();
    let created = post(&github, RUNS, &run_with((1..=50).map(annotation).collect()));
    assert_eq!((created.status, &created.json()["conclusion"]), (201, &Value::Null));
    let one = format!("{RUNS}/{}", created.json()["id"]);
    let rest: Vec<Value> = (51..=60).map(annotation).collect();
    let end = json!({ "conclusion": "failure", "output": { "title": "cost", "summary": "most", "annotations": rest } });
    let updated = call(&github, "PATCH", &one, Some(&end)).json();
    assert_eq!((&updated["status"], &updated["conclusion"]), (&json!("completed"), &json!("failure")));
    assert_eq!(updated["output"]["annotations_count"], 60);
    assert!(updated["completed_at"].is_string());

    let [run] = &github.check_runs("acme/shop")[..] else { panic!("one run") };
    assert_eq!((run.name.as_str(), run.summary.as_deref()), ("lepton", Some("most")));
    assert_eq!(run.annotations[59]["start_line"], 60);
    assert_eq!(call(&github, "PATCH", &format!("{RUNS}/1"), Some(&end)).status, 404);
    github.assert_sound();
}

#[test]
fn check_runs_of_a_commit() {
    let github = shop();
    let pull = github.pull_request("acme/shop", 8);
    let start = |name: &str, sha: &str| {
        let run = json!({ "name": name, "head_sha": sha });
        assert_eq!(post(&github, RUNS, &run).status, 201);
    };
    start("lepton", &sha());
    start("lepton", &sha());
    start("other", &sha());
    start("lepton", &pull.head_sha);
    let count = |reference: &str, query: &str| {
        let found = get(&github, &format!("/repos/acme/shop/commits/{reference}/check-runs{query}")).json();
        assert!(
            found["check_runs"].as_array().map(Vec::len) <= found["total_count"].as_u64().map(|count| count as usize)
        );
        (found["total_count"].as_u64(), found["check_runs"].as_array().map(Vec::len))
    };
    assert_eq!(count(&sha(), ""), (Some(2), Some(2)));
    assert_eq!(count(&sha(), "?filter=all"), (Some(3), Some(3)));
    assert_eq!(count(&sha(), "?filter=all&per_page=2&page=2"), (Some(3), Some(1)));
    assert_eq!(count(&sha(), "?check_name=lepton"), (Some(1), Some(1)));
    assert_eq!(count(&sha(), "?status=completed"), (Some(0), Some(0)));
    assert_eq!(count(&pull.head_ref, ""), (Some(1), Some(1)));
    github.assert_sound();
}

#[test]
fn a_check_run_that_github_would_not_take() {
    let with = |name: &str, value: Value| {
        let mut run = run_with(vec![annotation(1)]);
        run[name] = value;
        run
    };
    let annotated = |name: &str, value: Value| {
        let mut annotation = annotation(1);
        annotation[name] = value;
        run_with(vec![annotation])
    };
    for (run, what) in [
        (run_with((1..=51).map(annotation).collect()), "more than 50 items"),
        (with("conclusion", json!("passed")), "/conclusion: \"passed\" is not one of"),
        (with("conclusion", json!("stale")), "only GitHub says `stale`"),
        (with("status", json!("completed")), "/conclusion is missing"),
        (with("started_at", json!("today")), "date-time"),
        (with("head_sha", json!("main")), "/head_sha: no commit"),
        (with("verdict", json!("failed")), "/verdict is not described"),
        (with("output", json!({ "title": "cost" })), "\"summary\" is a required property"),
        (with("output", json!({ "title": "", "summary": "a".repeat(65_536) })), "longer than 65535"),
        (annotated("line", json!(1)), "/output/annotations/0/line is not described"),
        (annotated("start_line", json!("1")), "is not of type \"integer\""),
        (annotated("start_line", json!(0)), "lines are counted from 1"),
        (annotated("start_line", json!(2)), "it ends before it starts"),
        (annotated("annotation_level", json!("error")), "is not one of"),
        (annotated("title", json!("ü".repeat(256))), "a title over 255 characters"),
        (annotated("message", json!("")), "no message"),
        (annotated("message", json!("a".repeat(65_537))), "a message over 64 KB"),
        (annotated("raw_details", json!("a".repeat(65_537))), "details over 64 KB"),
        (annotated("path", json!("/srv/main.tf")), "a path that is not one of the repository"),
    ] {
        let github = shop();
        assert_refused(&github, &post(&github, RUNS, &run), what);
        assert!(github.check_runs("acme/shop").is_empty());
    }
    let mut long = annotation(1);
    (long["end_line"], long["start_column"]) = (json!(2), json!(1));
    let github = shop();
    assert_refused(&github, &post(&github, RUNS, &run_with(vec![long])), "columns, but on more than one line");
}

#[test]
fn an_update_that_github_would_not_take() {
    for (update, what) in [
        (json!({ "head_sha": sha() }), "/head_sha is not described"),
        (json!({ "output": { "summary": "more" } }), "/output/title is missing"),
        (json!({ "status": "completed" }), "not valid under any of the schemas"),
    ] {
        let github = shop();
        let id = post(&github, RUNS, &run_with(Vec::new())).json()["id"].clone();
        assert_refused(&github, &call(&github, "PATCH", &format!("{RUNS}/{id}"), Some(&update)), what);
    }
}

fn packed(text: &str) -> String {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).expect("memory takes it");
    STANDARD.encode(encoder.finish().expect("memory takes it"))
}

#[test]
fn sarif_files_are_uploaded_and_processed() {
    let github = shop();
    let sarif = json!({ "version": "2.1.0", "runs": [] });
    let upload = json!({
        "commit_sha": sha(), "ref": "refs/pull/7/head", "sarif": packed(&sarif.to_string()), "tool_name": "lepton",
    });
    let receipt = post(&github, SARIFS, &upload);
    assert_eq!(receipt.status, 202);
    let id = receipt.json()["id"].as_str().expect("an id").to_owned();
    let status = || get(&github, &format!("{SARIFS}/{id}")).json()["processing_status"].clone();
    assert_eq!([status(), status(), status()], ["pending", "complete", "complete"]);
    assert_eq!(get(&github, &format!("{SARIFS}/other")).status, 404);
    let [upload] = &github.sarif_uploads("acme/shop")[..] else { panic!("one upload") };
    assert_eq!((upload.reference.as_str(), &upload.sarif), ("refs/pull/7/head", &sarif));
    assert_eq!((upload.tool_name.as_deref(), upload.asked), (Some("lepton"), 3));
    github.assert_sound();
}

#[test]
fn a_sarif_file_that_github_would_not_take() {
    let good = || json!({ "commit_sha": sha(), "ref": "refs/heads/main", "sarif": packed(r#"{"version":"2.1.0","runs":[]}"#) });
    for (name, value, what) in [
        ("commit_sha", json!("g".repeat(40)), "/commit_sha: \"gggg"),
        ("ref", json!("main"), "/ref: \"main\" does not match"),
        ("sarif", json!("{}"), "no Base64"),
        ("sarif", json!(STANDARD.encode("{}")), "no gzip"),
        ("sarif", json!(packed("text")), "no JSON"),
        ("sarif", json!(packed("{}")), "version null"),
        ("sarif", json!(packed(r#"{"version":"2.1.0"}"#)), "it has no runs"),
    ] {
        let github = shop();
        let mut upload = good();
        upload[name] = value;
        assert_refused(&github, &post(&github, SARIFS, &upload), what);
        assert!(github.sarif_uploads("acme/shop").is_empty());
    }
}

const HIDE: &str = "mutation($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) \
                    { minimizedComment { isMinimized minimizedReason } } }";

fn hide(github: &GitHub, query: &str, variables: &Value) -> Value {
    let reply = post(github, "/graphql", &json!({ "query": query, "variables": variables }));
    assert_eq!(reply.status, 200, "{:?}", github.violations());
    reply.json()
}

#[test]
fn a_comment_is_hidden() {
    let github = shop();
    let comment = github.comment("acme/shop", 7, WRITER, "old");
    let minimized = json!({ "isMinimized": true, "minimizedReason": "outdated" });
    let done = json!({ "data": { "minimizeComment": { "minimizedComment": minimized } } });
    assert_eq!(hide(&github, HIDE, &json!({ "id": comment.node_id })), done);
    assert_eq!(github.comments("acme/shop", 7)[0].minimized.as_deref(), Some("outdated"));
    assert_eq!(get(&github, COMMENTS).json()[0]["minimized"], json!({ "reason": "outdated" }));

    let whole =
        "mutation Hide($input: MinimizeCommentInput!) { done: minimizeComment(input: $input) { clientMutationId } }";
    let input =
        json!({ "input": { "subjectId": comment.node_id, "classifier": "OFF_TOPIC", "clientMutationId": "1" } });
    assert_eq!(hide(&github, whole, &input), json!({ "data": { "done": { "clientMutationId": "1" } } }));
    assert_eq!(github.comments("acme/shop", 7)[0].minimized.as_deref(), Some("off-topic"));

    let missing = hide(&github, HIDE, &json!({ "id": "IC_none" }));
    assert_eq!(
        (&missing["errors"][0]["type"], &missing["data"]["minimizeComment"]),
        (&json!("NOT_FOUND"), &Value::Null)
    );
    github.fault(When::post("/graphql"), Fault::graphql("RATE_LIMITED", "API rate limit exceeded"));
    assert_eq!(hide(&github, HIDE, &json!({ "id": comment.node_id }))["errors"][0]["type"], "RATE_LIMITED");
    github.read_only();
    assert_eq!(hide(&github, HIDE, &json!({ "id": comment.node_id }))["errors"][0]["type"], "FORBIDDEN");
    github.assert_sound();
}

#[test]
fn a_mutation_that_github_would_not_take() {
    let id = json!({ "id": "IC_1" });
    for (query, variables, what) in [
        (HIDE.to_owned(), json!({}), "$id is ID! and is not given"),
        (HIDE.to_owned(), json!({ "id": 1 }), "does not take `subjectId`: 1"),
        (HIDE.to_owned(), json!({ "id": "IC_1", "classifier": "OUTDATED" }), "$classifier is given and not declared"),
        (HIDE.to_owned(), json!([]), "/variables: [] is not of type \"object\""),
        (HIDE.replace("ID!", "String!"), id.clone(), "$id is String!, and ID! is needed"),
        (HIDE.replace("subjectId: $id,", "subjectId: \"IC_1\","), id.clone(), "$id is not used"),
        (HIDE.replace("OUTDATED", "OLD"), id.clone(), "does not take `classifier`: \"OLD\""),
        (HIDE.replace("OUTDATED", "\"OUTDATED\""), id.clone(), "is not of type ReportedContentClassifiers!"),
        (HIDE.replace("subjectId", "commentId"), id.clone(), "commentId"),
        (HIDE.replace("isMinimized", "hidden"), id.clone(), "Minimizable does not have `hidden`"),
        (HIDE.replace("minimizeComment(", "deleteIssue("), id.clone(), "the mutation `deleteIssue` is not one"),
        (HIDE.replace("mutation", "query"), id.clone(), "not a single mutation"),
        (HIDE.trim_end_matches('}').to_owned(), id.clone(), "query parse error"),
    ] {
        let github = shop();
        let comment = github.comment("acme/shop", 7, WRITER, "old");
        let reply = post(&github, "/graphql", &json!({ "query": query, "variables": variables }));
        assert_eq!(reply.status, 422, "{query}");
        let violations: Vec<String> = github.violations().into_iter().map(|violation| violation.what).collect();
        assert!(violations.iter().any(|found| found.contains(what)), "{violations:?} do not say {what}");
        assert_eq!(github.comments("acme/shop", 7), [comment]);
    }
    let github = shop();
    let reply = post(&github, "/graphql", &json!({ "query": HIDE, "variables": id, "extensions": {} }));
    assert_refused(&github, &reply, "/extensions is not described");
}
