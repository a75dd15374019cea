//! What is held against a request, and what is remembered of it.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::json;

use crate::client::{HEADERS, Reply, call, get, post, send_raw, try_call};
use crate::github::{Fault, GitHub, TOKEN, When};
use crate::{COMMENTS, shop};

/// The request is refused, and the one violation says this.
#[track_caller]
pub fn assert_refused(github: &GitHub, reply: &Reply, what: &str) {
    assert_eq!(reply.status, 422, "{reply:?}");
    let violations = github.violations();
    assert_eq!(violations.len(), 1, "{violations:?}");
    assert!(violations[0].to_string().contains(what), "{} does not say {what}", violations[0]);
}

#[test]
fn a_field_that_is_not_described_is_refused() {
    let github = shop();
    let reply = post(&github, COMMENTS, &json!({ "body": "text", "minimized": true }));
    assert_refused(&github, &reply, "/minimized is not described");
    assert!(github.comments("acme/shop", 7).is_empty());
}

#[test]
fn a_missing_field_is_refused() {
    let github = shop();
    let reply = post(&github, COMMENTS, &json!({}));
    assert_refused(&github, &reply, "\"body\" is a required property");
}

#[test]
fn a_field_of_the_wrong_type_is_refused() {
    let github = shop();
    let reply = post(&github, COMMENTS, &json!({ "body": 7 }));
    assert_refused(&github, &reply, "/body: 7 is not of type \"string\"");
}

#[test]
fn a_body_that_is_missing_or_no_json_is_refused() {
    let github = shop();
    assert_refused(&github, &call(&github, "POST", COMMENTS, None), "the body is missing");
    let bearer = format!("Bearer {TOKEN}");
    let github = shop();
    let mut headers = HEADERS.to_vec();
    headers.push(("authorization", &bearer));
    let reply = send_raw(&github, "POST", COMMENTS, &headers, "{").expect("an answer");
    assert_refused(&github, &reply, "the body is not JSON");
    let github = shop();
    headers.retain(|(name, _)| *name != "content-type");
    let reply = send_raw(&github, "POST", COMMENTS, &headers, "{\"body\":\"text\"}").expect("an answer");
    assert_refused(&github, &reply, "content-type");
    let github = shop();
    assert_refused(&github, &call(&github, "GET", COMMENTS, Some(&json!({}))), "a body where none is described");
}

#[test]
fn an_unknown_path_is_refused() {
    for target in ["/repos/acme/shop/issues/7/remarks", "/repos/acme//issues/7/comments", "/"] {
        let github = shop();
        assert_refused(&github, &get(&github, target), "no operation has the path");
    }
}

#[test]
fn an_unknown_method_is_refused() {
    let github = shop();
    assert_refused(&github, &call(&github, "PUT", COMMENTS, None), "does not know the method PUT");
}

#[test]
fn a_wrong_parameter_is_refused() {
    for (target, what) in [
        (format!("{COMMENTS}?sort=updated"), "unknown query parameter `sort`"),
        (format!("{COMMENTS}?per_page=many"), "parameter `per_page`"),
        (format!("{COMMENTS}?page=1&page=2"), "`page` is given 2 times"),
        ("/repos/acme/shop/issues/seven/comments".to_owned(), "parameter `issue_number`"),
        ("/repos/acme/shop/issues/comments/1.5".to_owned(), "parameter `comment_id`"),
    ] {
        let github = shop();
        assert_refused(&github, &get(&github, &target), what);
    }
}

#[test]
fn required_headers() {
    let bearer = format!("Bearer {TOKEN}");
    let all = [("accept", "application/json"), ("user-agent", "lepton"), ("authorization", bearer.as_str())];
    for (left_out, _) in all {
        let github = shop();
        let headers: Vec<(&str, &str)> = all.into_iter().filter(|(name, _)| *name != left_out).collect();
        let reply = send_raw(&github, "GET", COMMENTS, &headers, "").expect("an answer");
        assert_refused(&github, &reply, left_out);
    }
    let github = shop();
    let reply = send_raw(&github, "GET", COMMENTS, &all, "").expect("an answer");
    assert_eq!(reply.status, 200);
    let version = [("x-github-api-version", "2022-11-28")];
    let reply = send_raw(&github, "GET", COMMENTS, &[&all[..], &version].concat(), "").expect("an answer");
    assert_eq!(reply.status, 200);
    let version = [("x-github-api-version", "3")];
    let reply = send_raw(&github, "GET", COMMENTS, &[&all[..], &version].concat(), "").expect("an answer");
    assert_refused(&github, &reply, "no version `3`");
}

#[test]
fn another_token_is_turned_away() {
    let github = shop();
    let headers = [&HEADERS[..], &[("authorization", "Bearer another")]].concat();
    let reply = send_raw(&github, "GET", COMMENTS, &headers, "").expect("an answer");
    assert_eq!((reply.status, &reply.json()["message"]), (401, &json!("Bad credentials")));
}

#[test]
fn a_request_that_meets_a_fault_is_validated_too() {
    let github = shop();
    github.fault(When::any(), Fault::status(502));
    assert_eq!(post(&github, COMMENTS, &json!({ "text": "" })).status, 502);
    assert!(github.violations().iter().any(|violation| violation.what.contains("/text is not described")));
    github.fault(When::any(), Fault::closed());
    assert!(try_call(&github, "GET", "/elsewhere", None).is_none());
    assert!(github.violations().iter().any(|violation| violation.request == 2));
}

#[test]
fn the_log_has_all_of_a_request() {
    let github = shop();
    post(&github, COMMENTS, &json!({ "body": "text" }));
    get(&github, &format!("{COMMENTS}?per_page=100"));
    let [posted, got] = &github.requests()[..] else { panic!("two requests") };
    assert_eq!((posted.number, posted.method.as_str(), posted.path.as_str()), (1, "POST", COMMENTS));
    assert_eq!(posted.json(), json!({ "body": "text" }));
    assert_eq!(posted.header("user-agent"), Some("lepton"));
    assert_eq!(got.parameter("per_page"), Some("100"));
    assert_eq!(github.calls(), [format!("POST {COMMENTS}"), format!("GET {COMMENTS}")]);
}

#[test]
fn a_token_out_of_place_is_found() {
    let bearer = format!("Bearer {TOKEN}");
    let found = |target: &str, header: &str, body: &str| {
        let github = shop();
        let mut headers = HEADERS.to_vec();
        headers.extend([("authorization", bearer.as_str()), ("x-extra", header)]);
        let _ = send_raw(&github, "POST", target, &headers, body);
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| github.assert_token_hidden())).is_err()
    };
    assert!(!found(COMMENTS, "", "{\"body\":\"text\"}"));
    assert!(found(COMMENTS, "", &format!("{{\"body\":\"{TOKEN}\"}}")));
    assert!(found(COMMENTS, TOKEN, "{\"body\":\"text\"}"));
    assert!(found(&format!("{COMMENTS}?token={TOKEN}"), "", "{\"body\":\"text\"}"));
}

#[test]
fn one_connection_carries_many_requests() {
    let github = shop();
    let mut stream = TcpStream::connect(github.url().trim_start_matches("http://")).expect("the server listens");
    let one = format!(
        "GET /user HTTP/1.1\r\nhost: github\r\naccept: application/json\r\nuser-agent: lepton\r\n\
         authorization: Bearer {TOKEN}\r\n\r\n"
    );
    stream.write_all(format!("{one}{one}").as_bytes()).expect("the server reads");
    while github.requests().len() < 2 {
        std::thread::yield_now();
    }
    drop(github);
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    assert!(bytes.starts_with(b"HTTP/1.1 200 OK\r\n"));
}
