//! GitHub: comments on pull requests, check runs with annotations, code scanning.

use std::io::Write as _;

use ::http::{Method, StatusCode};
use base64::Engine as _;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use super::behavior::{Comment, Forge};
use super::http::{Failure, Http};
use crate::model::Problem;

/// GitHub takes so many annotations in one request.
const ANNOTATIONS: usize = 50;
/// And so many letters in a summary.
const MOST_SUMMARY: usize = 65_000;

/// A repository and a pull request on a GitHub server.
pub struct GitHub {
    http: Http,
    graphql: Http,
    owner: String,
    name: String,
    number: u64,
    is_own: Own,
}

/// Whose comments are lepton's.
enum Own {
    /// Those of one account.
    Account(String),
    /// An installation cannot ask who it is: those of any bot.
    Bots,
}

/// A check run.
#[derive(Clone, Debug)]
pub struct CheckRun {
    /// The name that branch protection asks for.
    pub name: String,
    /// The commit.
    pub sha: String,
    /// How it ended.
    pub conclusion: Conclusion,
    /// The headline.
    pub title: String,
    /// The report, as Markdown.
    pub summary: String,
    /// What stands at lines of files.
    pub annotations: Vec<Annotation>,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conclusion {
    /// The gate holds.
    Success,
    /// It does not.
    Failure,
}

/// A remark at a line of a file.
#[derive(Clone, Debug)]
pub struct Annotation {
    /// The file, from the root of the repository.
    pub path: String,
    /// The first line, from 1.
    pub line: usize,
    /// How bad it is.
    pub level: AnnotationLevel,
    /// The headline.
    pub title: String,
    /// The remark.
    pub message: String,
}

/// How bad an annotation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnnotationLevel {
    /// Worth knowing.
    Notice,
    /// Probably a mistake.
    Warning,
    /// It fails the gate.
    Failure,
}

impl GitHub {
    /// A pull request of `owner/name` on the server with this API; asks the server who the token belongs to.
    pub async fn connect(api_url: &str, token: &str, repository: &str, number: u64) -> Result<Self, Problem> {
        let (owner, name) = split(repository)?;
        let headers = [("accept", "application/vnd.github+json"), ("x-github-api-version", "2022-11-28")];
        let http = Http::new(api_url, Some(token), &headers)?;
        // On an own server the API has a path, and GraphQL stands beside it.
        let root = api_url.trim_end_matches('/').trim_end_matches("/v3");
        let graphql = Http::new(root, Some(token), &headers)?;
        let is_own = match http.send(Method::GET, "/user", None).await {
            Ok(reply) => Own::Account(reply.body["login"].as_str().unwrap_or_default().to_owned()),
            Err(Failure::Refused(reply)) if reply.status == StatusCode::FORBIDDEN => Own::Bots,
            Err(failure) => return Err(explain(&http, failure, "read who the token belongs to", "a valid token")),
        };
        Ok(Self { http, graphql, owner, name, number, is_own })
    }

    fn repository(&self) -> String {
        format!("/repos/{}/{}", self.owner, self.name)
    }

    /// Makes a check run, its annotations in as many requests as they need.
    pub async fn check(&self, check: &CheckRun) -> Result<(), Problem> {
        let explain = |failure| explain(&self.http, failure, "write a check", "checks: write");
        let conclusion = match check.conclusion {
            Conclusion::Success => "success",
            Conclusion::Failure => "failure",
        };
        let summary = cut(&check.summary, MOST_SUMMARY);
        let batches: Vec<Vec<Value>> =
            check.annotations.chunks(ANNOTATIONS).map(|batch| batch.iter().map(annotation).collect()).collect();
        let output = |batch: Option<&Vec<Value>>| {
            let none = Vec::new();
            json!({ "title": check.title, "summary": summary, "annotations": batch.unwrap_or(&none) })
        };
        let mut body = json!({ "name": check.name, "head_sha": check.sha, "output": output(batches.first()) });
        let done = json!({ "status": "completed", "conclusion": conclusion });
        if batches.len() <= 1 {
            merge(&mut body, &done);
        } else {
            body["status"] = "in_progress".into();
        }
        let path = format!("{}/check-runs", self.repository());
        let reply = self.http.send(Method::POST, &path, Some(&body)).await.map_err(explain)?;
        let Some(id) = reply.body["id"].as_u64() else { return Ok(()) };
        let path = format!("{path}/{id}");
        for (at, batch) in batches.iter().enumerate().skip(1) {
            let mut body = json!({ "output": output(Some(batch)) });
            if at + 1 == batches.len() {
                merge(&mut body, &done);
            }
            self.http.send(Method::PATCH, &path, Some(&body)).await.map_err(explain)?;
        }
        Ok(())
    }

    /// Hands findings to code scanning.
    pub async fn upload_sarif(&self, sarif: &str, sha: &str, reference: &str) -> Result<(), Problem> {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all(sarif.as_bytes()).expect("memory takes every write");
        let packed = packed.finish().expect("memory takes every write");
        let sarif = base64::engine::general_purpose::STANDARD.encode(packed);
        let body = json!({ "commit_sha": sha, "ref": reference, "sarif": sarif, "tool_name": "lepton" });
        let path = format!("{}/code-scanning/sarifs", self.repository());
        let sent = self.http.send(Method::POST, &path, Some(&body)).await;
        sent.map(drop).map_err(|failure| {
            explain(
                &self.http,
                failure,
                "upload to code scanning",
                "security-events: write, and code scanning switched on",
            )
        })
    }
}

impl Forge for GitHub {
    async fn list(&self) -> Result<Vec<Comment>, Problem> {
        let path = format!("{}/issues/{}/comments", self.repository(), self.number);
        let comments = self.http.list(&path).await.map_err(|failure| self.explain(failure))?;
        let comment = |comment: Value| {
            let user = &comment["user"];
            Some(Comment {
                id: comment["id"].as_u64()?,
                node: comment["node_id"].as_str().unwrap_or_default().to_owned(),
                body: comment["body"].as_str().unwrap_or_default().to_owned(),
                is_own: match &self.is_own {
                    Own::Account(login) => user["login"].as_str() == Some(login),
                    Own::Bots => user["type"].as_str() == Some("Bot"),
                },
            })
        };
        Ok(comments.into_iter().filter_map(comment).collect())
    }

    async fn create(&self, body: &str) -> Result<u64, Failure> {
        let path = format!("{}/issues/{}/comments", self.repository(), self.number);
        let reply = self.http.once(&Method::POST, &path, Some(&json!({ "body": body }))).await?;
        Ok(reply.body["id"].as_u64().unwrap_or_default())
    }

    async fn update(&self, id: u64, body: &str) -> Result<bool, Problem> {
        let path = format!("{}/issues/comments/{id}", self.repository());
        match self.http.send(Method::PATCH, &path, Some(&json!({ "body": body }))).await {
            Ok(_) => Ok(true),
            Err(Failure::Refused(reply)) if is_gone(reply.status) => Ok(false),
            Err(failure) => Err(self.explain(failure)),
        }
    }

    async fn delete(&self, id: u64) -> Result<(), Problem> {
        let path = format!("{}/issues/comments/{id}", self.repository());
        match self.http.send(Method::DELETE, &path, None).await {
            Ok(_) => Ok(()),
            Err(Failure::Refused(reply)) if is_gone(reply.status) => Ok(()),
            Err(failure) => Err(self.explain(failure)),
        }
    }

    async fn hide(&self, comment: &Comment) -> Result<(), Problem> {
        let query = "mutation($id: ID!) { minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) \
                     { minimizedComment { isMinimized } } }";
        let body = json!({ "query": query, "variables": { "id": comment.node } });
        let reply = self.graphql.send(Method::POST, "/graphql", Some(&body)).await;
        let reply = reply.map_err(|failure| self.explain(failure))?;
        match reply.body["errors"][0]["message"].as_str() {
            // One that is gone needs no hiding.
            Some(message) if !message.contains("Could not resolve to a node") => {
                let text = format!("{} does not hide a comment: {message}", self.http.server());
                let help = "the token needs pull-requests: write; --comment-behavior update needs no hiding";
                Err(Problem::error("lepton::publish::refused", text).help(help))
            }
            _ => Ok(()),
        }
    }

    fn explain(&self, failure: Failure) -> Problem {
        explain(&self.http, failure, "comment on the pull request", "pull-requests: write")
    }
}

fn is_gone(status: StatusCode) -> bool {
    matches!(status, StatusCode::NOT_FOUND | StatusCode::GONE)
}

/// A failure in words: what could not be done, and which permission is missing.
pub(super) fn explain(http: &Http, failure: Failure, what: &str, permission: &str) -> Problem {
    let reply = match failure {
        Failure::Lost(problem) | Failure::Limited(problem) => return problem,
        Failure::Refused(reply) => reply,
    };
    let (code, help) = match reply.status.as_u16() {
        401 => ("lepton::publish::token", "the token is not valid, or no longer".to_owned()),
        403 => (
            "lepton::publish::forbidden",
            format!(
                "the token lacks {permission}; a pull request from a fork gets a token that only reads: run from \
                 `workflow_run` there, or leave it to the job summary"
            ),
        ),
        404 | 410 => (
            "lepton::publish::not-found",
            format!("check the repository and the number; a token without {permission} may not see them"),
        ),
        422 => ("lepton::publish::refused", "the server takes no such content".to_owned()),
        _ => ("lepton::publish::refused", "see what the server says".to_owned()),
    };
    let errors = reply.body["errors"].as_array().into_iter().flatten();
    let details: Vec<&str> = errors.filter_map(|error| error["message"].as_str().or(error.as_str())).collect();
    let details = if details.is_empty() { String::new() } else { format!(": {}", details.join("; ")) };
    let text =
        format!("{} does not let lepton {what}: {} {}{details}", http.server(), reply.status.as_u16(), reply.message());
    Problem::error(code, text).help(help)
}

fn annotation(annotation: &Annotation) -> Value {
    json!({
        "path": annotation.path,
        "start_line": annotation.line,
        "end_line": annotation.line,
        "annotation_level": match annotation.level {
            AnnotationLevel::Notice => "notice",
            AnnotationLevel::Warning => "warning",
            AnnotationLevel::Failure => "failure",
        },
        "title": cut(&annotation.title, 250),
        "message": cut(&annotation.message, 60_000),
    })
}

fn merge(body: &mut Value, more: &Value) {
    if let (Some(body), Some(more)) = (body.as_object_mut(), more.as_object()) {
        body.extend(more.clone());
    }
}

/// At most so many bytes, cut between letters.
fn cut(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// `owner/name` apart; anything else would end in another path of the API.
fn split(repository: &str) -> Result<(String, String), Problem> {
    let is_name = |text: &str| {
        let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
        !text.is_empty() && text.chars().all(is_letter) && !text.chars().all(|letter| letter == '.')
    };
    match repository.split_once('/') {
        Some((owner, name)) if is_name(owner) && is_name(name) => Ok((owner.to_owned(), name.to_owned())),
        _ => Err(Problem::error("lepton::publish::repository", format!("`{repository}` is no repository"))
            .help("it is OWNER/NAME, as in --repo acme/shop")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_is_two_names() {
        assert!(split("acme/shop.web").is_ok());
        for wrong in ["acme", "acme/", "/shop", "acme/shop/issues", "acme/..", "acme/a?b", "a c/b"] {
            assert!(split(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn cuts_stand_between_letters() {
        assert_eq!(cut("aäb", 2), "a");
        assert_eq!(cut("aäb", 9), "aäb");
    }
}
