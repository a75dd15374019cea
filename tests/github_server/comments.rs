//! Comments and pull requests, as long as nothing goes wrong.

use serde_json::json;

use crate::client::{call, get, post};
use crate::github::{GitHub, PullRequest, WRITER};
use crate::requests::assert_refused;
use crate::{COMMENTS, shop};

#[test]
fn comments_are_written_read_changed_and_deleted() {
    let github = shop();
    let created = post(&github, COMMENTS, &json!({ "body": "first" }));
    assert_eq!(created.status, 201);
    let created = created.json();
    assert_eq!(created["body"], "first");
    assert_eq!(created["user"]["login"], WRITER);
    assert_eq!(created["user"]["type"], "Bot");
    assert_eq!(created["created_at"], created["updated_at"]);
    assert!(created["id"].as_u64() > Some(u64::from(u32::MAX)));

    let one = format!("/repos/acme/shop/issues/comments/{}", created["id"]);
    let changed = call(&github, "PATCH", &one, Some(&json!({ "body": "second" })));
    assert_eq!((changed.status, &changed.json()["body"]), (200, &json!("second")));
    assert_ne!(changed.json()["created_at"], changed.json()["updated_at"]);
    assert_eq!(get(&github, &one).json(), changed.json());
    assert_eq!(get(&github, COMMENTS).json(), json!([changed.json()]));
    assert_eq!(github.comments("acme/shop", 7)[0].body, "second");

    let deleted = call(&github, "DELETE", &one, None);
    assert_eq!((deleted.status, deleted.body.len()), (204, 0));
    assert_eq!(get(&github, COMMENTS).json(), json!([]));
    for (method, body) in [("GET", None), ("PATCH", Some(json!({ "body": "third" }))), ("DELETE", None)] {
        assert_eq!(call(&github, method, &one, body.as_ref()).status, 404, "{method}");
    }
    github.assert_sound();
}

#[test]
fn comments_belong_to_one_pull_request() {
    let github = shop();
    github.pull_request("acme/shop", 8);
    github.pull_request("acme/store", 7);
    let id = github.comment("acme/shop", 7, "octocat", "here").id;
    assert_eq!(get(&github, "/repos/acme/shop/issues/8/comments").json(), json!([]));
    assert_eq!(get(&github, "/repos/acme/store/issues/7/comments").json(), json!([]));
    assert_eq!(get(&github, &format!("/repos/acme/store/issues/comments/{id}")).status, 404);
    assert_eq!(get(&github, "/repos/acme/shop/issues/9/comments").status, 404);
    assert_eq!(get(&github, "/repos/acme/unknown/issues/7/comments").status, 404);
    github.assert_sound();
}

#[test]
fn a_comment_has_at_most_65536_characters() {
    let github = shop();
    assert_eq!(post(&github, COMMENTS, &json!({ "body": "ß".repeat(65_536) })).status, 201);
    let refused = post(&github, COMMENTS, &json!({ "body": "a".repeat(65_537) }));
    assert_eq!(refused.status, 422);
    assert_eq!(refused.json()["message"], "Validation Failed");
    assert_eq!(refused.json()["errors"][0]["message"], "Body is too long (maximum is 65536 characters)");
    assert_eq!(post(&github, COMMENTS, &json!({ "body": " \n" })).status, 422);
    assert_eq!(github.comments("acme/shop", 7).len(), 1);
    github.assert_sound();
}

#[test]
fn lists_come_in_pages() {
    let github = shop();
    for number in 0..205 {
        github.comment("acme/shop", 7, "octocat", &format!("comment {number}"));
    }
    let first = get(&github, COMMENTS);
    assert_eq!(first.json().as_array().map(Vec::len), Some(30));
    assert_eq!(first.link("last").as_deref(), Some("/repos/acme/shop/issues/7/comments?page=7"));
    assert_eq!(first.link("prev"), None);

    let mut seen = Vec::new();
    let mut next = Some(format!("{COMMENTS}?per_page=1000"));
    while let Some(target) = next {
        let page = get(&github, &target);
        let bodies = page.json().as_array().expect("a list").clone();
        assert!(bodies.len() <= 100);
        seen.extend(bodies.into_iter().map(|comment| comment["body"].clone()));
        next = page.link("next");
    }
    assert_eq!(seen, (0..205).map(|number| json!(format!("comment {number}"))).collect::<Vec<_>>());
    assert_eq!(get(&github, &format!("{COMMENTS}?page=9")).json(), json!([]));
    github.assert_sound();
}

#[test]
fn comments_since_a_time() {
    let github = shop();
    github.comment("acme/shop", 7, "octocat", "old");
    let recent = github.comment("acme/shop", 7, "octocat", "recent");
    let found = get(&github, &format!("{COMMENTS}?since={}", recent.updated_at)).json();
    assert_eq!(found.as_array().map(Vec::len), Some(1));
    assert_eq!(found[0]["body"], "recent");
    assert_refused(&github, &get(&github, &format!("{COMMENTS}?since=yesterday")), "date-time");
}

#[test]
fn pull_requests() {
    let github = GitHub::start();
    let mine = github.pull_request("acme/shop", 7);
    github.put_pull_request(PullRequest {
        head_repository: "stranger/shop".to_owned(),
        commits: vec!["c".repeat(40)],
        ..PullRequest::new("acme/shop", 8)
    });
    let pull = get(&github, "/repos/acme/shop/pulls/7").json();
    assert_eq!(pull["head"]["sha"], mine.head_sha.as_str());
    assert_eq!(pull["head"]["repo"]["full_name"], "acme/shop");
    assert_eq!(pull["state"], "open");
    assert!(pull["_links"]["self"]["href"].as_str().is_some_and(|address| address.starts_with("https://")));
    let fork = get(&github, "/repos/acme/shop/pulls/8").json();
    assert_eq!(fork["head"]["repo"]["full_name"], "stranger/shop");
    assert_eq!(fork["base"]["repo"]["full_name"], "acme/shop");
    assert_eq!(get(&github, "/repos/acme/shop/pulls/9").status, 404);

    let of_commit = |sha: &str| {
        let found = get(&github, &format!("/repos/acme/shop/commits/{sha}/pulls")).json();
        found.as_array().expect("a list").iter().map(|pull| pull["number"].as_u64()).collect::<Vec<_>>()
    };
    assert_eq!(of_commit(&mine.head_sha), [Some(7)]);
    assert_eq!(of_commit(&"c".repeat(40)), [Some(8)]);
    assert_eq!(of_commit(&"d".repeat(40)), []);

    let others = || get(&github, "/repos/acme/store/commits/main/pulls");
    assert_eq!(others().status, 404);
    github.repository("acme/store");
    assert_eq!((others().status, others().json()), (200, json!([])));
    github.assert_sound();
}

#[test]
fn who_the_token_is() {
    let github = shop();
    let user = get(&github, "/user");
    assert_eq!((user.status, &user.json()["login"]), (200, &json!(WRITER)));
    github.assert_sound();
}

#[test]
fn enterprise_server_has_a_prefix() {
    let github = shop();
    github.comment("acme/shop", 7, "octocat", "one");
    github.comment("acme/shop", 7, "octocat", "two");
    let page = get(&github, &format!("/api/v3{COMMENTS}?per_page=1"));
    assert_eq!(page.link("next").as_deref(), Some("/api/v3/repos/acme/shop/issues/7/comments?per_page=1&page=2"));
    assert_eq!(github.calls(), [format!("GET {COMMENTS}")]);
    assert!(github.enterprise_url().ends_with("/api/v3"));
    github.assert_sound();
}
