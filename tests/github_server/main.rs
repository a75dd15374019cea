//! The server that stands for GitHub in other tests refuses what GitHub does not describe, and can be made to fail.

mod checks;
mod client;
mod comments;
mod faults;
#[path = "../support/github/mod.rs"]
mod github;
mod requests;

use github::GitHub;

const COMMENTS: &str = "/repos/acme/shop/issues/7/comments";

fn shop() -> GitHub {
    let github = GitHub::start();
    github.pull_request("acme/shop", 7);
    github
}
