//! Requests that survive what goes wrong on the way: rate limits, overloaded servers, cut connections.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ::http::{HeaderMap, Method, StatusCode};
use http_body_util::{BodyExt as _, Limited};
use octocrab::Octocrab;
use serde_json::Value;

use crate::model::Problem;

/// How often a request is made, the first time included.
const TRIES: u32 = 5;
/// The pause before the second try; each next one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// A run does not wait longer than this at a time, whatever it is told.
const LONGEST_PAUSE: Duration = Duration::from_secs(90);
/// What GitHub asks for after a secondary limit without a figure.
const SECONDARY_PAUSE: Duration = Duration::from_secs(60);
/// No answer that is of use is longer.
const MOST_BYTES: usize = 32 << 20;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
const READ_TIMEOUT: Duration = Duration::from_secs(60);

/// An answer.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// The body, if it is JSON; else null.
    pub(super) body: Value,
}

impl Reply {
    /// What the server says of an error.
    pub(super) fn message(&self) -> &str {
        self.body["message"].as_str().or_else(|| self.body["error"].as_str()).unwrap_or("no reason given")
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// How long the server asks to wait; `None` if this is no rate limit.
    fn rate_limit(&self) -> Option<Duration> {
        let seconds = |name: &str| self.header(name)?.trim().parse::<u64>().ok();
        let is_limit = matches!(self.status, StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS);
        if !is_limit {
            return None;
        }
        if let Some(wait) = seconds("retry-after") {
            return Some(Duration::from_secs(wait));
        }
        if self.header("x-ratelimit-remaining") == Some("0") || self.header("ratelimit-remaining") == Some("0") {
            let reset = seconds("x-ratelimit-reset").or_else(|| seconds("ratelimit-reset"))?;
            let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
            return Some(Duration::from_secs(reset.saturating_sub(now) + 1));
        }
        let is_secondary = self.message().contains("secondary rate limit");
        (is_secondary || self.status == StatusCode::TOO_MANY_REQUESTS).then_some(SECONDARY_PAUSE)
    }
}

/// Why there is no answer to work with.
#[derive(Debug)]
pub(super) enum Failure {
    /// The server answered, and its answer is an error that more tries do not change.
    Refused(Reply),
    /// The server refuses all requests for longer than a run waits.
    Limited(Problem),
    /// There was no whole answer, or only errors of the server; whether the request took effect is not known.
    Lost(Problem),
}

/// A client of one server.
pub(super) struct Http {
    client: Octocrab,
    server: String,
}

impl Http {
    /// A client for the API at `url`. `headers` carry what identifies the caller.
    pub(super) fn new(url: &str, token: Option<&str>, headers: &[(&'static str, &str)]) -> Result<Self, Problem> {
        let wrong = |reason: &dyn std::fmt::Display| {
            Problem::error("lepton::publish::address", format!("`{url}` is no address of an API: {reason}"))
                .help("it begins with https:// and ends before the first path of the API's own")
        };
        let mut builder = Octocrab::builder()
            .base_uri(url)
            .map_err(|error| wrong(&error))?
            .set_connect_timeout(Some(CONNECT_TIMEOUT))
            .set_read_timeout(Some(READ_TIMEOUT))
            .set_write_timeout(Some(READ_TIMEOUT));
        if let Some(token) = token {
            builder = builder.personal_token(token.to_owned());
        }
        for (name, value) in headers {
            builder = builder.add_header(::http::HeaderName::from_static(name), (*value).to_owned());
        }
        let client = builder.build().map_err(|error| wrong(&error))?;
        Ok(Self { client, server: server_of(url) })
    }

    /// Sends a request that may be made twice: what it does once it does not do again.
    pub(super) async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Reply, Failure> {
        let mut pause = FIRST_PAUSE;
        for left in (0..TRIES).rev() {
            match self.once(&method, path, body).await {
                Err(Failure::Lost(problem)) if left == 0 => return Err(Failure::Lost(problem)),
                Err(Failure::Lost(_)) => {}
                other => return other,
            }
            tokio::time::sleep(pause).await;
            pause *= 2;
        }
        unreachable!("the last try returns")
    }

    /// Sends a request once, unless a rate limit shows that nothing was done.
    pub(super) async fn once(&self, method: &Method, path: &str, body: Option<&Value>) -> Result<Reply, Failure> {
        for left in (0..TRIES).rev() {
            let reply = self.exchange(method, path, body).await.map_err(Failure::Lost)?;
            if reply.status.is_success() {
                return Ok(reply);
            }
            if reply.status.is_server_error() {
                let text = format!("{} answers {} ({})", self.server, reply.status, reply.message());
                let problem = Problem::error("lepton::publish::server", text);
                return Err(Failure::Lost(problem.help("its status page may know more; run again later")));
            }
            let Some(wait) = reply.rate_limit() else { return Err(Failure::Refused(reply)) };
            if left == 0 || wait > LONGEST_PAUSE {
                let text = format!("{} limits the rate of requests for another {} s", self.server, wait.as_secs());
                let problem = Problem::error("lepton::publish::rate-limit", text);
                return Err(Failure::Limited(problem.help("run again then, or use a token with a limit of its own")));
            }
            tokio::time::sleep(wait).await;
        }
        unreachable!("the last try returns")
    }

    async fn exchange(&self, method: &Method, path: &str, body: Option<&Value>) -> Result<Reply, Problem> {
        let unreachable = |reason: String| {
            Problem::error("lepton::publish::unreachable", format!("{} cannot be reached: {reason}", self.server))
                .help("check the address, the network and its proxies; the report was made all the same")
        };
        let request = ::http::Request::builder().method(method.clone()).uri(path);
        let request = self.client.build_request(request, body).map_err(|error| unreachable(reason(&error)))?;
        let response = self.client.execute(request).await.map_err(|error| unreachable(reason(&error)))?;
        let (parts, body) = response.into_parts();
        let bytes = Limited::new(body, MOST_BYTES).collect().await;
        let bytes = bytes.map_err(|error| unreachable(innermost(&*error)))?.to_bytes();
        let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
        Ok(Reply { status: parts.status, headers: parts.headers, body })
    }

    /// All pages of a list.
    pub(super) async fn list(&self, path: &str) -> Result<Vec<Value>, Failure> {
        const PER_PAGE: usize = 100;
        const MOST_PAGES: usize = 100;
        let separator = if path.contains('?') { '&' } else { '?' };
        let mut all = Vec::new();
        for page in 1..=MOST_PAGES {
            let path = format!("{path}{separator}per_page={PER_PAGE}&page={page}");
            let reply = self.send(Method::GET, &path, None).await?;
            let Value::Array(items) = reply.body else { break };
            let is_last = items.len() < PER_PAGE;
            all.extend(items);
            if is_last {
                break;
            }
        }
        Ok(all)
    }

    /// The server's name, for messages.
    pub(super) fn server(&self) -> &str {
        &self.server
    }
}

/// The host of an address: an address may hold what no message should show.
fn server_of(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or(rest);
    authority.rsplit('@').next().unwrap_or(authority).to_owned()
}

/// The innermost reason of an error: the outer ones say only that there was one.
fn reason(error: &octocrab::Error) -> String {
    innermost(error)
}

fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut inner = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    inner.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, headers: &[(&'static str, &str)], message: &str) -> Reply {
        let headers = headers.iter().map(|(name, value)| {
            (::http::HeaderName::from_static(name), ::http::HeaderValue::from_str(value).expect("a header"))
        });
        Reply {
            status: StatusCode::from_u16(status).expect("a status"),
            headers: headers.collect(),
            body: serde_json::json!({ "message": message }),
        }
    }

    #[test]
    fn rate_limits_say_how_long_they_last() {
        let wait = |reply: Reply| reply.rate_limit().map(|wait| wait.as_secs());
        assert_eq!(wait(reply(429, &[("retry-after", "7")], "")), Some(7));
        assert_eq!(wait(reply(403, &[], "You have exceeded a secondary rate limit.")), Some(60));
        assert_eq!(wait(reply(403, &[], "Resource not accessible by integration")), None);
        assert_eq!(wait(reply(403, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "5")], "")), Some(1));
        assert_eq!(wait(reply(404, &[("retry-after", "7")], "")), None);
    }

    #[test]
    fn a_server_is_named_without_what_is_secret() {
        assert_eq!(server_of("https://user:secret@git.example/api/v3"), "git.example");
        assert_eq!(server_of("https://api.github.com"), "api.github.com");
    }
}
