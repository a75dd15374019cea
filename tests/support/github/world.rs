//! What the server knows: repositories with their pull requests and comments, the log, and the faults to come.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat};

use super::TOKEN;
use super::checks::CheckRun;
use super::fault::{Fault, When};
use super::scanning::SarifUpload;
use super::wire::Request;

/// A handle to the server's state; clones share it.
#[derive(Clone)]
pub struct World {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
pub(super) struct State {
    pub repositories: BTreeSet<String>,
    pub pulls: BTreeMap<(String, u64), PullRequest>,
    pub comments: Vec<Comment>,
    pub check_runs: Vec<CheckRun>,
    pub uploads: Vec<SarifUpload>,
    log: Vec<Request>,
    violations: Vec<Violation>,
    faults: VecDeque<(When, Fault)>,
    connections: Vec<TcpStream>,
    stopped: bool,
    seconds: i64,
    ids: u64,
}

/// A pull request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PullRequest {
    /// `owner/name`.
    pub repository: String,
    pub number: u64,
    pub open: bool,
    /// Another repository than `repository` for a fork.
    pub head_repository: String,
    pub head_ref: String,
    pub head_sha: String,
    pub base_ref: String,
    pub base_sha: String,
    /// Commits of the pull request before its head.
    pub commits: Vec<String>,
}

impl PullRequest {
    /// An open one from a branch of the repository itself. Its commits follow from the arguments.
    pub fn new(repository: &str, number: u64) -> PullRequest {
        let repository = repository.to_owned();
        PullRequest {
            open: true,
            head_repository: repository.clone(),
            head_ref: format!("change-{number}"),
            head_sha: format!("{number:040x}"),
            base_ref: "main".to_owned(),
            base_sha: "b".repeat(40),
            commits: Vec::new(),
            repository,
            number,
        }
    }
}

/// A comment on a pull request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    pub repository: String,
    pub number: u64,
    pub id: u64,
    pub node_id: String,
    /// The login of who wrote it.
    pub user: String,
    pub body: String,
    pub created_at: String,
    pub updated_at: String,
    /// Why it is hidden, in lower case: `outdated`.
    pub minimized: Option<String>,
}

/// Something that GitHub's description does not allow, or that the documentation forbids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The number of the request.
    pub request: usize,
    pub method: String,
    pub target: String,
    pub what: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "request {}, {} {}: {}", self.request, self.method, self.target, self.what)
    }
}

impl World {
    pub(super) fn new(address: SocketAddr) -> World {
        World { address, state: Arc::default() }
    }

    /// What `GITHUB_API_URL` has on github.com.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What `GITHUB_API_URL` has on GitHub Enterprise Server.
    pub fn enterprise_url(&self) -> String {
        format!("http://{}/api/v3", self.address)
    }

    /// Makes a repository known that has no pull request.
    pub fn repository(&self, repository: &str) {
        self.state().repositories.insert(repository.to_owned());
    }

    /// Opens a pull request from a branch of the same repository, and so makes the repository known.
    pub fn pull_request(&self, repository: &str, number: u64) -> PullRequest {
        let pull = PullRequest::new(repository, number);
        self.put_pull_request(pull.clone());
        pull
    }

    /// Opens a pull request that is as the test says, or changes one.
    pub fn put_pull_request(&self, pull: PullRequest) {
        self.repository(&pull.repository);
        self.state().pulls.insert((pull.repository.clone(), pull.number), pull);
    }

    /// Somebody writes a comment, without a request.
    pub fn comment(&self, repository: &str, number: u64, user: &str, body: &str) -> Comment {
        self.state().write_comment(repository, number, user, body)
    }

    /// The comments on a pull request, oldest first, hidden ones too.
    pub fn comments(&self, repository: &str, number: u64) -> Vec<Comment> {
        self.state().comments_on(repository, number).cloned().collect()
    }

    /// Somebody deletes a comment, without a request. False if there is none.
    pub fn delete_comment(&self, id: u64) -> bool {
        self.state().delete_comment(id)
    }

    /// Somebody edits a comment, without a request. False if there is none.
    pub fn edit_comment(&self, id: u64, body: &str) -> bool {
        self.state().edit_comment(id, body).is_some()
    }

    /// The check runs of a repository, oldest first.
    pub fn check_runs(&self, repository: &str) -> Vec<CheckRun> {
        self.state().check_runs.iter().filter(|run| run.repository == repository).cloned().collect()
    }

    /// The SARIF files that were uploaded for a repository, oldest first.
    pub fn sarif_uploads(&self, repository: &str) -> Vec<SarifUpload> {
        self.state().uploads.iter().filter(|upload| upload.repository == repository).cloned().collect()
    }

    /// Scripts a fault.
    pub fn fault(&self, when: When, fault: Fault) {
        self.state().faults.push_back((when, fault));
    }

    /// Every request that would change something is refused, as with the token of a fork's pull request.
    pub fn read_only(&self) {
        let message = "Resource not accessible by integration";
        self.fault(When::post("/graphql").always(), Fault::graphql("FORBIDDEN", message));
        self.fault(When::write().always(), Fault::forbidden());
    }

    /// How many faults have not come yet; those for always do not count.
    pub fn faults_left(&self) -> usize {
        self.state().faults.iter().map(|(when, _)| when.outstanding()).sum()
    }

    /// Every request so far.
    pub fn requests(&self) -> Vec<Request> {
        self.state().log.clone()
    }

    /// `METHOD /path` of every request so far, without queries.
    pub fn calls(&self) -> Vec<String> {
        self.state().log.iter().map(|request| format!("{} {}", request.method, request.path)).collect()
    }

    /// All that was wrong with the requests so far.
    pub fn violations(&self) -> Vec<Violation> {
        self.state().violations.clone()
    }

    /// Panics if there are violations, or if the token stands anywhere but in the header for it.
    #[track_caller]
    pub fn assert_sound(&self) {
        let violations: Vec<String> = self.violations().iter().map(ToString::to_string).collect();
        assert!(violations.is_empty(), "GitHub does not describe this:\n{}", violations.join("\n"));
        self.assert_token_hidden();
    }

    /// Panics if the token stands anywhere in a request but in its `Authorization` header.
    #[track_caller]
    pub fn assert_token_hidden(&self) {
        for request in self.requests() {
            let headers = request.headers.iter().filter(|(name, _)| name != "authorization");
            let headers = headers.map(|(name, value)| (format!("header {name}"), value.clone()));
            let query = request.query.iter().map(|(name, value)| (format!("query {name}"), value.clone()));
            let rest = [
                ("target".to_owned(), request.target.clone()),
                ("body".to_owned(), String::from_utf8_lossy(&request.body).into_owned()),
            ];
            for (place, text) in headers.chain(query).chain(rest) {
                let plain = text.contains(TOKEN) || text.contains(&STANDARD.encode(TOKEN));
                assert!(!plain, "the token is in the {place} of request {}", request.number);
            }
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no thread panics while it holds the state")
    }

    /// Gives the request its number and writes it down.
    pub(super) fn log(&self, mut request: Request) -> Request {
        let mut state = self.state();
        request.number = state.log.len() + 1;
        state.log.push(request.clone());
        request
    }

    pub(super) fn report(&self, request: &Request, what: impl IntoIterator<Item = String>) {
        let (number, method, target) = (request.number, &request.method, &request.target);
        let reported = what.into_iter().map(|what| Violation {
            request: number,
            method: method.clone(),
            target: target.clone(),
            what,
        });
        self.state().violations.extend(reported);
    }

    /// Writes down that a connection brought something else than a request.
    pub(super) fn report_unreadable(&self, why: &str) {
        let request = self.state().log.len() + 1;
        let what = format!("not a request: {why}");
        self.state().violations.push(Violation { request, method: String::new(), target: String::new(), what });
    }

    /// The fault that this request meets.
    pub(super) fn take_fault(&self, request: &Request) -> Option<Fault> {
        let mut state = self.state();
        state.faults.iter_mut().find_map(|(when, fault)| when.strikes(request).then(|| fault.clone()))
    }

    /// Keeps a connection in mind, to end it when the server stops. False: it has stopped.
    pub(super) fn connected(&self, stream: &TcpStream) -> bool {
        let mut state = self.state();
        if let (false, Ok(stream)) = (state.stopped, stream.try_clone()) {
            state.connections.push(stream);
            return true;
        }
        false
    }

    pub(super) fn stop(&self) {
        let mut state = self.state();
        state.stopped = true;
        for connection in state.connections.drain(..) {
            let _ = connection.shutdown(Shutdown::Both);
        }
        drop(state);
        // Wakes the thread that waits for connections.
        let _ = TcpStream::connect(self.address);
    }
}

impl State {
    pub fn comments_on(&self, repository: &str, number: u64) -> impl Iterator<Item = &Comment> {
        self.comments.iter().filter(move |comment| comment.repository == repository && comment.number == number)
    }

    pub fn write_comment(&mut self, repository: &str, number: u64, user: &str, body: &str) -> Comment {
        let id = self.next_id();
        let now = self.tick();
        let comment = Comment {
            repository: repository.to_owned(),
            number,
            id,
            node_id: format!("IC_kwDO{id}"),
            user: user.to_owned(),
            body: body.to_owned(),
            created_at: now.clone(),
            updated_at: now,
            minimized: None,
        };
        self.comments.push(comment.clone());
        comment
    }

    pub fn edit_comment(&mut self, id: u64, body: &str) -> Option<Comment> {
        let now = self.tick();
        let comment = self.comments.iter_mut().find(|comment| comment.id == id)?;
        body.clone_into(&mut comment.body);
        comment.updated_at = now;
        Some(comment.clone())
    }

    pub fn delete_comment(&mut self, id: u64) -> bool {
        let before = self.comments.len();
        self.comments.retain(|comment| comment.id != id);
        self.comments.len() < before
    }

    /// Beyond 32 bits, as GitHub's have been for years.
    pub fn next_id(&mut self) -> u64 {
        self.ids += 1;
        5_000_000_000 + self.ids
    }

    /// The time, which goes on by a second with each change: the same requests get the same answers.
    pub fn tick(&mut self) -> String {
        self.seconds += 1;
        let now = DateTime::from_timestamp(1_767_225_600 + self.seconds, 0).expect("2026 is in range");
        now.to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}
