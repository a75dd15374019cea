//! Notes on a merge request, against a small stand-in for GitLab's API of notes.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

use serde_json::{Value, json};

const TOKEN: &str = "glpat-of-the-loopback-server-51";
const NOTES: &str = "/api/v4/projects/acme%2Fshop/merge_requests/7/notes";

#[derive(Default)]
struct State {
    notes: Vec<(u64, u64, String)>,
    next: u64,
    /// Statuses to answer with before anything is done.
    faults: Vec<(u16, &'static str)>,
    /// Whether the next note goes just before it is written over.
    goes: bool,
    /// Whether the next answer to a new note is lost on the way.
    cuts: bool,
    requests: Vec<String>,
    wrong: Vec<String>,
}

/// Starts the server; it lives as long as the process.
fn start() -> (String, Arc<Mutex<State>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let url = format!("http://{}/api/v4", listener.local_addr().expect("an address"));
    let state = Arc::new(Mutex::new(State { next: 1000, ..State::default() }));
    let shared = Arc::clone(&state);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let shared = Arc::clone(&shared);
            thread::spawn(move || while serve(&stream, &shared).is_some() {});
        }
    });
    (url, state)
}

fn serve(stream: &TcpStream, state: &Mutex<State>) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|length| *length > 0)?;
    let mut words = line.split_whitespace();
    let (method, target) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (mut length, mut token) = (0, None);
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let Some((name, value)) = header.trim().split_once(": ") else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().ok()?,
            "private-token" => token = Some(value.to_owned()),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let body: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let mut state = state.lock().expect("no test panics in here");
    state.requests.push(format!("{method} {target}"));
    let (status, headers, answer) = match state.faults.pop() {
        Some((status, headers)) => (status, headers, json!({ "message": "a fault" })),
        None if token.as_deref() != Some(TOKEN) => (401, "", json!({ "message": "401 Unauthorized" })),
        None => {
            let (status, answer) = answer(&mut state, &method, &target, &body);
            (status, "", answer)
        }
    };
    if method == "POST" && std::mem::take(&mut state.cuts) {
        return None;
    }
    let text = if status == 204 { String::new() } else { answer.to_string() };
    let head = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\n{headers}content-length: {}\r\n\r\n",
        text.len()
    );
    let mut stream = stream;
    stream.write_all(format!("{head}{text}").as_bytes()).ok()
}

fn answer(state: &mut State, method: &str, target: &str, body: &Value) -> (u16, Value) {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let note = |(id, author, body): &(u64, u64, String)| json!({ "id": id, "body": body, "author": { "id": author } });
    let id = path.strip_prefix(NOTES).and_then(|rest| rest.strip_prefix('/')).and_then(|id| id.parse::<u64>().ok());
    let text = body["body"].as_str().map(str::to_owned);
    match (method, path, id) {
        ("GET", "/api/v4/user", _) => (200, json!({ "id": 5, "username": "project_1_bot" })),
        ("GET", NOTES, _) => {
            let page: usize = query.split("page=").last().and_then(|page| page.parse().ok()).unwrap_or(1);
            (200, state.notes.iter().skip((page - 1) * 100).take(100).map(note).collect())
        }
        ("POST", NOTES, _) if text.is_some() => {
            state.next += 1;
            let made = (state.next, 5, text.unwrap_or_default());
            state.notes.push(made.clone());
            (201, note(&made))
        }
        ("PUT", _, Some(id)) if std::mem::take(&mut state.goes) => {
            state.notes.retain(|note| note.0 != id);
            (404, json!({ "message": "404 Not found" }))
        }
        ("PUT", _, Some(id)) if text.is_some() => match state.notes.iter_mut().find(|note| note.0 == id) {
            Some(found) => {
                found.2 = text.unwrap_or_default();
                (200, note(found))
            }
            None => (404, json!({ "message": "404 Not found" })),
        },
        ("DELETE", _, Some(id)) => {
            state.notes.retain(|note| note.0 != id);
            (204, Value::Null)
        }
        _ => {
            state.wrong.push(format!("{method} {target} {body}"));
            (400, json!({ "error": "not in GitLab's description of notes" }))
        }
    }
}

fn run(url: &str, more: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lepton"));
    command.args([
        "plan-cost",
        "testdata/cli/plans/mixed.json",
        "--catalog",
        "testdata/cli/catalog",
        "--no-rules",
        "-q",
    ]);
    command.args(["--comment", "--provider", "gitlab"]).args(more);
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default()).env("NO_COLOR", "1");
    command.env("CI_API_V4_URL", url).env("GITLAB_TOKEN", TOKEN).env("CI_PROJECT_PATH", "acme/shop");
    command.env("CI_MERGE_REQUEST_IID", "7").env("SOURCE_DATE_EPOCH", "1767225600");
    let output = command.output().expect("lepton runs");
    let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(!text.contains(TOKEN), "the token is printed:\n{text}");
    (output.status.code().expect("an exit code"), text)
}

#[test]
fn a_note_is_written_kept_up_to_date_and_replaced() {
    let (url, state) = start();
    // So many notes that the own one stands on the second page.
    for id in 0..130 {
        state.lock().unwrap().notes.push((id, 9, format!("note {id}")));
    }
    let (code, text) = run(&url, &[]);
    assert!(code == 0 && text.contains("comment written"), "{text}");
    let (_, text) = run(&url, &[]);
    assert!(text.contains("says the same already"), "{text}");
    let (_, text) = run(&url, &["--show-free"]);
    assert!(text.contains("comment updated"), "{text}");
    let (_, text) = run(&url, &["--comment-behavior", "delete-and-new"]);
    assert!(text.contains("comment written"), "{text}");
    let state = state.lock().unwrap();
    assert_eq!(state.notes.iter().filter(|note| note.1 == 5).count(), 1);
    assert_eq!(state.notes.len(), 131);
    assert_eq!(state.wrong, Vec::<String>::new());
}

#[test]
fn faults_are_waited_out_and_refusals_named() {
    let (url, state) = start();
    state.lock().unwrap().faults = vec![(502, ""), (429, "retry-after: 1\r\n")];
    let (code, text) = run(&url, &[]);
    assert!(code == 0 && text.contains("comment written"), "{text}");
    state.lock().unwrap().faults = vec![(403, "")];
    let (code, text) = run(&url, &[]);
    assert!(code == 0 && text.contains("lepton::publish::forbidden") && text.contains("scope api"), "{text}");
    let (_, text) = run(&url, &["--comment-behavior", "hide-and-new"]);
    assert!(text.contains("GitLab does not hide notes"), "{text}");
    let (_, text) = run(&url, &["--check"]);
    assert!(text.contains("gitlab-code-quality"), "{text}");
    assert_eq!(state.lock().unwrap().wrong, Vec::<String>::new());
}

#[test]
fn a_note_that_goes_or_whose_answer_is_lost_is_written_once() {
    let (url, state) = start();
    state.lock().unwrap().cuts = true;
    let (code, text) = run(&url, &[]);
    assert!(code == 0 && text.contains("comment written"), "{text}");
    assert_eq!(state.lock().unwrap().notes.len(), 1);
    state.lock().unwrap().goes = true;
    let (code, text) = run(&url, &["--show-free"]);
    assert!(code == 0 && text.contains("comment written"), "{text}");
    let state = state.lock().unwrap();
    assert_eq!(state.notes.len(), 1);
    assert!(!state.goes && !state.cuts && state.wrong.is_empty());
}
