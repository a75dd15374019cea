//! What goes wrong, and for which request.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::graphql::failed;
use super::wire::{Answer, Request};
use super::world::World;

/// Which requests meet a fault.
#[derive(Debug, Clone)]
pub struct When {
    method: Option<&'static str>,
    path: Option<String>,
    number: Option<usize>,
    writes_only: bool,
    skip: usize,
    left: Option<usize>,
}

impl When {
    /// Any request.
    pub fn any() -> When {
        When { method: None, path: None, number: None, writes_only: false, skip: 0, left: Some(1) }
    }

    /// Requests of a method whose path fits. A segment `*` or `{name}` fits any segment.
    pub fn method(method: &'static str, path: &str) -> When {
        When { method: Some(method), path: Some(path.to_owned()), ..When::any() }
    }

    pub fn get(path: &str) -> When {
        When::method("GET", path)
    }

    pub fn post(path: &str) -> When {
        When::method("POST", path)
    }

    pub fn patch(path: &str) -> When {
        When::method("PATCH", path)
    }

    pub fn delete(path: &str) -> When {
        When::method("DELETE", path)
    }

    /// Any request that is not a GET.
    pub fn write() -> When {
        When { writes_only: true, ..When::any() }
    }

    /// The n-th request that the server gets, from 1.
    pub fn request(number: usize) -> When {
        When { number: Some(number), ..When::any() }
    }

    /// Not the first `count` that fit.
    pub fn after(self, count: usize) -> When {
        When { skip: count, ..self }
    }

    /// The next `count` that fit, not one only.
    pub fn times(self, count: usize) -> When {
        When { left: Some(count), ..self }
    }

    /// All that fit.
    pub fn always(self) -> When {
        When { left: None, ..self }
    }

    fn fits(&self, request: &Request) -> bool {
        self.method.is_none_or(|method| request.method == method)
            && self.number.is_none_or(|number| request.number == number)
            && !(self.writes_only && request.method == "GET")
            && self.path.as_deref().is_none_or(|pattern| path_fits(pattern, &request.path))
    }

    /// Whether this request is one, counting it.
    pub(super) fn strikes(&mut self, request: &Request) -> bool {
        if self.left == Some(0) || !self.fits(request) {
            return false;
        }
        if self.skip > 0 {
            self.skip -= 1;
            return false;
        }
        self.left = self.left.map(|left| left - 1);
        true
    }

    /// How often it must still strike.
    pub(super) fn outstanding(&self) -> usize {
        self.left.unwrap_or(0)
    }
}

fn path_fits(pattern: &str, path: &str) -> bool {
    let (wanted, given): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    wanted.len() == given.len()
        && wanted.iter().zip(&given).all(|(wanted, given)| *wanted == "*" || wanted.starts_with('{') || wanted == given)
}

type Hook = Arc<dyn Fn(&World) + Send + Sync>;

/// What goes wrong.
#[derive(Clone)]
pub struct Fault {
    pub(super) delay: Duration,
    pub(super) hook: Option<Hook>,
    pub(super) outcome: Outcome,
}

#[derive(Debug, Clone)]
pub(super) enum Outcome {
    /// Nothing but the delay and the hook: the request is carried out.
    CarriedOut,
    /// The request is not carried out, and this is the answer.
    Instead(Answer),
    /// The connection closes without a byte; the request is not carried out.
    Closed,
    /// The connection closes without a byte; the request is carried out.
    ClosedAfter,
    /// The request is carried out, and the connection closes in the middle of the answer's body.
    Cut,
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fault").field("delay", &self.delay).field("outcome", &self.outcome).finish_non_exhaustive()
    }
}

impl Fault {
    fn with(outcome: Outcome) -> Fault {
        Fault { delay: Duration::ZERO, hook: None, outcome }
    }

    /// An answer of one's own.
    pub fn answer(status: u16, headers: &[(&str, &str)], body: &Value) -> Fault {
        let answer = Answer::json(status, body);
        Fault::with(Outcome::Instead(headers.iter().fold(answer, |answer, (name, value)| answer.header(name, *value))))
    }

    /// An error as GitHub puts it.
    pub fn message(status: u16, message: &str) -> Fault {
        Fault::with(Outcome::Instead(error(status, message)))
    }

    /// An error of the server or of what stands before it: HTML for 502 and 503, as GitHub sends, else JSON.
    pub fn status(status: u16) -> Fault {
        match status {
            502 | 503 => {
                let body = format!("<html><head><title>{status}</title></head><body>Unicorn!</body></html>\n");
                let answer = Answer { status, headers: Vec::new(), body: body.into_bytes() };
                Fault::with(Outcome::Instead(answer.header("content-type", "text/html; charset=utf-8")))
            }
            500 => Fault::message(500, "Server Error"),
            404 => Fault::not_found(),
            403 => Fault::forbidden(),
            other => Fault::message(other, "scripted"),
        }
    }

    /// What a token gets that may not do this, such as the read-only one of a fork's pull request.
    pub fn forbidden() -> Fault {
        Fault::message(403, "Resource not accessible by integration")
    }

    /// 404, which also stands for what the token may not see.
    pub fn not_found() -> Fault {
        Fault::message(404, "Not Found")
    }

    /// 422 with one reason.
    pub fn invalid(resource: &str, field: &str, message: &str) -> Fault {
        Fault::with(Outcome::Instead(invalid(resource, field, message)))
    }

    /// An error of GraphQL, which comes with status 200: `FORBIDDEN`, `NOT_FOUND`, `RATE_LIMITED`.
    pub fn graphql(kind: &str, message: &str) -> Fault {
        Fault::with(Outcome::Instead(failed("minimizeComment", kind, message)))
    }

    /// The secondary rate limit: 403 with `Retry-After`.
    pub fn secondary_limit(retry_after_seconds: u64) -> Fault {
        let message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";
        Fault::with(Outcome::Instead(error(403, message).header("retry-after", retry_after_seconds.to_string())))
    }

    /// The primary rate limit: 403 or 429, nothing remains, and the time at which that changes in whole seconds.
    pub fn primary_limit(status: u16, resets_in: Duration) -> Fault {
        let reset = SystemTime::now() + resets_in;
        // The header has no fractions: rounded up, so that who waits for it has waited long enough.
        let reset = reset.duration_since(UNIX_EPOCH).expect("now is after 1970").as_secs() + 1;
        let answer = error(status, "API rate limit exceeded for installation.")
            .header("x-ratelimit-limit", "1000")
            .header("x-ratelimit-remaining", "0")
            .header("x-ratelimit-used", "1000")
            .header("x-ratelimit-resource", "core")
            .header("x-ratelimit-reset", reset.to_string());
        Fault::with(Outcome::Instead(answer))
    }

    /// The connection closes before an answer, and nothing was done.
    pub fn closed() -> Fault {
        Fault::with(Outcome::Closed)
    }

    /// The connection closes before an answer, although the request was carried out.
    pub fn closed_after() -> Fault {
        Fault::with(Outcome::ClosedAfter)
    }

    /// The connection closes in the middle of the body, and the request was carried out.
    pub fn cut() -> Fault {
        Fault::with(Outcome::Cut)
    }

    /// The right answer, but late.
    pub fn slow(delay: Duration) -> Fault {
        Fault::with(Outcome::CarriedOut).and_slow(delay)
    }

    /// Something happens in the world just before the request is carried out.
    ///
    /// It may wait. With a barrier of two and [`When::times`], neither of two runs writes before both
    /// have looked: the requests that write wait for each other.
    pub fn hook(hook: impl Fn(&World) + Send + Sync + 'static) -> Fault {
        Fault::with(Outcome::CarriedOut).and_hook(hook)
    }

    /// The same, late.
    pub fn and_slow(self, delay: Duration) -> Fault {
        Fault { delay, ..self }
    }

    /// The same, with something that happens first.
    pub fn and_hook(self, hook: impl Fn(&World) + Send + Sync + 'static) -> Fault {
        Fault { hook: Some(Arc::new(hook)), ..self }
    }

    /// The same with one more header, for a fault that is an answer.
    pub fn and_header(self, name: &str, value: &str) -> Fault {
        let Outcome::Instead(answer) = self.outcome else {
            panic!("only an answer has headers");
        };
        Fault { outcome: Outcome::Instead(answer.header(name, value)), ..self }
    }
}

/// An error as GitHub puts it.
pub(super) fn error(status: u16, message: &str) -> Answer {
    let body = json!({ "message": message, "documentation_url": "https://docs.github.com/rest", "status": status.to_string() });
    Answer::json(status, &body)
}

/// A validation error as GitHub puts it.
pub(super) fn invalid(resource: &str, field: &str, message: &str) -> Answer {
    let reason = json!({ "resource": resource, "code": "unprocessable", "field": field, "message": message });
    let body = json!({
        "message": "Validation Failed",
        "errors": [reason],
        "documentation_url": "https://docs.github.com/rest",
    });
    Answer::json(422, &body)
}
