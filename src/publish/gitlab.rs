//! GitLab: notes on merge requests.

use ::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::behavior::{Comment, Forge};
use super::github::explain;
use super::http::{Failure, Http};
use crate::model::Problem;

/// A merge request on a GitLab server.
pub struct GitLab {
    http: Http,
    project: String,
    number: u64,
    account: Option<u64>,
}

impl GitLab {
    /// A merge request of a project, by its number or its path, on the server with this API.
    pub async fn connect(api_url: &str, token: &str, project: &str, number: u64) -> Result<Self, Problem> {
        let http = Http::new(api_url, None, &[("private-token", token)])?;
        let project = project.bytes().fold(String::new(), |mut out, byte| {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => out.push(char::from(byte)),
                _ => out.push_str(&format!("%{byte:02X}")),
            }
            out
        });
        let account = match http.send(Method::GET, "/user", None).await {
            Ok(reply) => reply.body["id"].as_u64(),
            Err(failure) => return Err(explain(&http, failure, "read who the token belongs to", "the scope api")),
        };
        Ok(Self { http, project, number, account })
    }

    fn notes(&self) -> String {
        format!("/projects/{}/merge_requests/{}/notes", self.project, self.number)
    }
}

impl Forge for GitLab {
    async fn list(&self) -> Result<Vec<Comment>, Problem> {
        let path = format!("{}?sort=asc&order_by=created_at", self.notes());
        let notes = self.http.list(&path).await.map_err(|failure| self.explain(failure))?;
        let note = |note: Value| {
            Some(Comment {
                id: note["id"].as_u64()?,
                node: String::new(),
                body: note["body"].as_str().unwrap_or_default().to_owned(),
                is_own: note["author"]["id"].as_u64().is_some() && note["author"]["id"].as_u64() == self.account,
            })
        };
        Ok(notes.into_iter().filter_map(note).collect())
    }

    async fn create(&self, body: &str) -> Result<u64, Failure> {
        let reply = self.http.once(&Method::POST, &self.notes(), Some(&json!({ "body": body }))).await?;
        Ok(reply.body["id"].as_u64().unwrap_or_default())
    }

    async fn update(&self, id: u64, body: &str) -> Result<bool, Problem> {
        let path = format!("{}/{id}", self.notes());
        match self.http.send(Method::PUT, &path, Some(&json!({ "body": body }))).await {
            Ok(_) => Ok(true),
            Err(Failure::Refused(reply)) if reply.status == StatusCode::NOT_FOUND => Ok(false),
            Err(failure) => Err(self.explain(failure)),
        }
    }

    async fn delete(&self, id: u64) -> Result<(), Problem> {
        match self.http.send(Method::DELETE, &format!("{}/{id}", self.notes()), None).await {
            Ok(_) => Ok(()),
            Err(Failure::Refused(reply)) if reply.status == StatusCode::NOT_FOUND => Ok(()),
            Err(failure) => Err(self.explain(failure)),
        }
    }

    async fn hide(&self, _comment: &Comment) -> Result<(), Problem> {
        Err(Problem::error("lepton::publish::refused", "GitLab does not hide notes")
            .help("use --comment-behavior update, new or delete-and-new"))
    }

    fn explain(&self, failure: Failure) -> Problem {
        explain(&self.http, failure, "write a note on the merge request", "the scope api and the role Reporter")
    }
}
