//! A server on the loopback address that stands for GitHub.
//!
//! It keeps comments, check runs and SARIF uploads, and holds every request against GitHub's published OpenAPI
//! description (`testdata/github/openapi.json`): the path, the method, the parameters, the headers and the body, in
//! which nothing may stand that the description does not name. A wrong request is answered with 422 and written down
//! as a [`Violation`]. What the server answers is held against the same description.
//!
//! ```ignore
//! #[path = "support/github/mod.rs"]
//! mod github;
//! use github::{Fault, GitHub, When};
//!
//! let github = GitHub::start();
//! let pull = github.pull_request("acme/shop", 7); // head commit, branches: see `PullRequest`
//! github.comment("acme/shop", 7, "octocat", "first"); // somebody else's comment
//!
//! // The first attempt to write meets a 502, and before the second one another run has written.
//! let create = When::post("/repos/acme/shop/issues/7/comments");
//! github.fault(create.clone(), Fault::status(502));
//! github.fault(create, Fault::hook(|github| drop(github.comment("acme/shop", 7, "github-actions[bot]", "mine"))));
//!
//! // … let lepton run with GITHUB_API_URL = github.url() and GITHUB_TOKEN = github::TOKEN …
//!
//! assert_eq!(github.comments("acme/shop", 7).len(), 2);
//! assert_eq!(github.faults_left(), 0);
//! github.assert_sound(); // no violations, and the token only where it belongs
//! ```
//!
//! - State: [`World::pull_request`], [`World::comment`], [`World::comments`], [`World::check_runs`],
//!   [`World::sarif_uploads`].
//! - Faults: [`When`] says which request, [`Fault`] says what goes wrong. Each is used once unless
//!   [`When::times`] or [`When::always`] says otherwise; the first that matches, in the order they were given, counts.
//!   A request that meets a fault is validated all the same.
//! - Log: [`World::requests`], [`World::violations`].
//! - `/api/v3` and `/api/graphql` work too, as on GitHub Enterprise Server: [`World::enterprise_url`].

// Each test that includes this module uses its own part of it.
#![allow(dead_code, unused_imports)]

mod answer;
mod checks;
mod comments;
mod description;
mod fault;
mod graphql;
mod pulls;
mod sample;
mod scanning;
mod schema;
mod serve;
mod wire;
mod world;

use std::net::TcpListener;
use std::ops::Deref;
use std::thread::{self, JoinHandle};

pub use checks::CheckRun;
pub use fault::{Fault, When};
pub use scanning::SarifUpload;
pub use wire::Request;
pub use world::{Comment, PullRequest, Violation, World};

/// The only token that the server takes. It looks like nothing else, so that a leak is found by searching for it.
pub const TOKEN: &str = "token-of-the-loopback-server-91c2e7";

/// The account that writes with [`TOKEN`]: the one that a workflow's own token has.
pub const WRITER: &str = "github-actions[bot]";

/// A running server. It stops when this is dropped; everything else is in [`World`].
pub struct GitHub {
    world: World,
    accepting: Option<JoinHandle<()>>,
}

impl GitHub {
    /// Starts a server on a free port of 127.0.0.1.
    pub fn start() -> GitHub {
        let listener = TcpListener::bind("127.0.0.1:0").expect("the loopback address has a free port");
        let address = listener.local_addr().expect("a bound listener has an address");
        let world = World::new(address);
        let accepting = thread::spawn({
            let world = world.clone();
            move || serve::accept(&listener, &world)
        });
        GitHub { world, accepting: Some(accepting) }
    }
}

impl Deref for GitHub {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

impl Drop for GitHub {
    fn drop(&mut self) {
        self.world.stop();
        if let Some(accepting) = self.accepting.take() {
            let _ = accepting.join();
        }
    }
}
