//! Each thing that can be made to go wrong.

use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::json;

use crate::client::{call, get, post, try_call};
use crate::github::{Fault, WRITER, When};
use crate::{COMMENTS, shop};

#[test]
fn errors_as_github_puts_them() {
    let github = shop();
    for (fault, status, message) in [
        (Fault::forbidden(), 403, "Resource not accessible by integration"),
        (Fault::not_found(), 404, "Not Found"),
        (Fault::invalid("IssueComment", "data", "no"), 422, "Validation Failed"),
        (Fault::status(500), 500, "Server Error"),
        (Fault::message(410, "Issues are disabled for this repo"), 410, "Issues are disabled for this repo"),
    ] {
        github.fault(When::post(COMMENTS), fault);
        let reply = post(&github, COMMENTS, &json!({ "body": "text" }));
        assert_eq!((reply.status, &reply.json()["message"]), (status, &json!(message)));
    }
    for status in [502, 503] {
        github.fault(When::any(), Fault::status(status));
        let reply = get(&github, COMMENTS);
        assert_eq!((reply.status, reply.header("content-type")), (status, Some("text/html; charset=utf-8")));
    }
    assert!(github.comments("acme/shop", 7).is_empty());
    github.fault(When::any(), Fault::answer(418, &[("X-Extra", "1")], &json!({ "a": 1 })).and_header("x-more", "2"));
    let reply = get(&github, COMMENTS);
    assert_eq!((reply.status, reply.header("x-extra"), reply.header("x-more")), (418, Some("1"), Some("2")));
    github.assert_sound();
}

#[test]
fn rate_limits() {
    let github = shop();
    github.fault(When::any(), Fault::secondary_limit(3));
    let reply = get(&github, COMMENTS);
    assert_eq!((reply.status, reply.header("retry-after")), (403, Some("3")));
    assert!(reply.json()["message"].as_str().is_some_and(|text| text.contains("secondary rate limit")));
    for status in [403, 429] {
        github.fault(When::any(), Fault::primary_limit(status, Duration::from_secs(60)));
        let reply = get(&github, COMMENTS);
        assert_eq!((reply.status, reply.header("x-ratelimit-remaining")), (status, Some("0")));
        let reset: u64 = reply.header("x-ratelimit-reset").and_then(|text| text.parse().ok()).expect("a time");
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("now is after 1970").as_secs();
        assert!((now + 30..=now + 61).contains(&reset));
    }
    assert_ne!(get(&github, COMMENTS).header("x-ratelimit-remaining"), Some("0"));
}

#[test]
fn connections_that_break() {
    let github = shop();
    let text = json!({ "body": "text" });
    github.fault(When::post(COMMENTS), Fault::closed());
    assert!(try_call(&github, "POST", COMMENTS, Some(&text)).is_none());
    assert_eq!(github.comments("acme/shop", 7).len(), 0);

    github.fault(When::post(COMMENTS), Fault::closed_after());
    assert!(try_call(&github, "POST", COMMENTS, Some(&text)).is_none());
    assert_eq!(github.comments("acme/shop", 7).len(), 1);

    github.fault(When::post(COMMENTS), Fault::cut());
    let half = post(&github, COMMENTS, &text);
    assert!(!half.whole && !half.body.is_empty());
    assert_eq!(half.status, 201);
    assert_eq!(github.comments("acme/shop", 7).len(), 2);
    assert!(get(&github, COMMENTS).whole);
}

#[test]
fn slow_answers() {
    let github = shop();
    github.fault(When::any(), Fault::slow(Duration::from_millis(300)));
    let start = Instant::now();
    assert_eq!(get(&github, COMMENTS).status, 200);
    assert!(start.elapsed() >= Duration::from_millis(300));
    github.fault(When::any(), Fault::status(502).and_slow(Duration::from_millis(100)));
    let start = Instant::now();
    assert_eq!(get(&github, COMMENTS).status, 502);
    assert!(start.elapsed() >= Duration::from_millis(100));
}

#[test]
fn a_comment_goes_between_look_up_and_update() {
    let github = shop();
    let id = github.comment("acme/shop", 7, WRITER, "mine").id;
    let one = format!("/repos/acme/shop/issues/comments/{id}");
    github.fault(
        When::patch("/repos/*/*/issues/comments/*"),
        Fault::hook(move |world| assert!(world.delete_comment(id))),
    );
    assert_eq!(get(&github, COMMENTS).json().as_array().map(Vec::len), Some(1));
    assert_eq!(call(&github, "PATCH", &one, Some(&json!({ "body": "text" }))).status, 404);
    github.assert_sound();
}

#[test]
fn a_second_writer_comes_between_look_up_and_creation() {
    let github = shop();
    github.fault(
        When::post("/repos/{owner}/{repo}/issues/{issue_number}/comments"),
        Fault::hook(|world| drop(world.comment("acme/shop", 7, WRITER, "theirs"))),
    );
    assert_eq!(post(&github, COMMENTS, &json!({ "body": "mine" })).status, 201);
    let bodies: Vec<String> = github.comments("acme/shop", 7).into_iter().map(|comment| comment.body).collect();
    assert_eq!(bodies, ["theirs", "mine"]);
    github.assert_sound();
}

#[test]
fn two_runs_look_before_either_writes() {
    let github = shop();
    let both = Barrier::new(2);
    // Neither comment is written before both requests for one are there, and so both runs have looked.
    github.fault(
        When::post(COMMENTS).times(2),
        Fault::hook(move |_| {
            both.wait();
        }),
    );
    let seen = thread::scope(|scope| {
        let run = || {
            let seen = get(&github, COMMENTS).json();
            assert_eq!(post(&github, COMMENTS, &json!({ "body": "text" })).status, 201);
            seen
        };
        let runs = [scope.spawn(run), scope.spawn(run)];
        runs.map(|run| run.join().expect("a run ends well"))
    });
    assert_eq!(seen.map(|seen| seen.as_array().map(Vec::len)), [Some(0), Some(0)]);
    assert_eq!(github.comments("acme/shop", 7).len(), 2);
    github.assert_sound();
}

#[test]
fn which_requests_meet_a_fault() {
    let statuses = |faults: &[(When, u16)]| {
        let github = shop();
        for (when, status) in faults {
            github.fault(when.clone(), Fault::status(*status));
        }
        let seen: Vec<u16> = (0..5).map(|_| get(&github, COMMENTS).status).collect();
        (seen, github.faults_left())
    };
    assert_eq!(statuses(&[(When::any(), 500), (When::any(), 502)]), (vec![500, 502, 200, 200, 200], 0));
    assert_eq!(statuses(&[(When::request(3), 500)]), (vec![200, 200, 500, 200, 200], 0));
    assert_eq!(statuses(&[(When::get(COMMENTS).after(1).times(2), 500)]), (vec![200, 500, 500, 200, 200], 0));
    assert_eq!(statuses(&[(When::any().always(), 500)]), (vec![500; 5], 0));
    assert_eq!(statuses(&[(When::post(COMMENTS), 500), (When::write(), 500)]), (vec![200; 5], 2));
    assert_eq!(statuses(&[(When::get("/repos/*/issues/7/comments"), 500)]), (vec![200; 5], 1));
}

#[test]
fn a_read_only_token() {
    let github = shop();
    github.read_only();
    assert_eq!(get(&github, COMMENTS).status, 200);
    assert_eq!(post(&github, COMMENTS, &json!({ "body": "text" })).status, 403);
    assert_eq!(post(&github, COMMENTS, &json!({ "body": "text" })).status, 403);
    assert!(github.comments("acme/shop", 7).is_empty());
}
