//! Brings a report to the people who review: comments, checks, code scanning, job summaries.
//!
//! The only code that waits for others, so the only asynchronous code; callers see plain functions. A token is held
//! as a secret and goes into one header of each request, never into a message.
//!
//! ```text
//! Report → body ─▶ behaviour (update | new | delete-and-new | hide-and-new) ─▶ Forge: GitHub, GitLab
//! ```

mod behavior;
mod environment;
mod github;
mod gitlab;
mod http;
mod marker;

use std::future::Future;

pub use behavior::{Behavior, Commented, Posted, post};
pub use environment::{GitHubTarget, GitLabTarget};
pub use github::{Annotation, AnnotationLevel, CheckRun, Conclusion, GitHub};
pub use gitlab::GitLab;
pub use marker::Marker;

use crate::model::Problem;

/// Runs one piece of publishing to its end.
pub fn run<T>(work: impl Future<Output = Result<T, Problem>>) -> Result<T, Problem> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| {
        Problem::error("lepton::publish::runtime", format!("no connection can be made: {error}"))
            .help("the system refuses sockets or timers to this process")
    })?;
    runtime.block_on(work)
}
