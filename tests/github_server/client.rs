//! A client that sends exactly what it is told to, wrong requests too.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::Value;

use crate::github::{GitHub, TOKEN};

/// What came back: everything, or what there was before the connection closed.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// Whether the body is as long as the head promised.
    pub whole: bool,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("the body is JSON")
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The address that a `Link` header names so, without the server.
    pub fn link(&self, name: &str) -> Option<String> {
        let links = self.header("link")?.split(", ");
        let link = links.filter_map(|link| link.strip_suffix(&format!("; rel=\"{name}\""))).next()?;
        let address = link.trim_start_matches('<').trim_end_matches('>');
        address.split_once("//")?.1.split_once('/').map(|(_, path)| format!("/{path}"))
    }
}

pub const HEADERS: [(&str, &str); 3] =
    [("accept", "application/vnd.github+json"), ("user-agent", "lepton"), ("content-type", "application/json")];

/// Sends exactly this. None: the connection closed without a byte.
pub fn send_raw(github: &GitHub, method: &str, target: &str, headers: &[(&str, &str)], body: &str) -> Option<Reply> {
    let address = github.url();
    let mut stream = TcpStream::connect(address.trim_start_matches("http://")).expect("the server listens");
    let mut request = format!("{method} {target} HTTP/1.1\r\nhost: github\r\nconnection: close\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
    stream.write_all(request.as_bytes()).expect("the server reads");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("the server closes in an orderly way");
    parse(&bytes)
}

fn parse(bytes: &[u8]) -> Option<Reply> {
    let mut headers = [httparse::EMPTY_HEADER; 32];
    let mut head = httparse::Response::new(&mut headers);
    let httparse::Status::Complete(at) = head.parse(bytes).expect("the server speaks HTTP") else {
        assert!(bytes.is_empty(), "half a head");
        return None;
    };
    let status = head.code.expect("a head has a status");
    let headers: Vec<(String, String)> = head
        .headers
        .iter()
        .map(|header| (header.name.to_owned(), String::from_utf8_lossy(header.value).into_owned()))
        .collect();
    let mut reply = Reply { status, headers, body: bytes[at..].to_vec(), whole: false };
    let promised = reply.header("content-length").map_or(0, |text| text.parse().expect("a length"));
    reply.whole = reply.body.len() == promised;
    Some(reply)
}

pub fn try_call(github: &GitHub, method: &str, target: &str, body: Option<&Value>) -> Option<Reply> {
    let bearer = format!("Bearer {TOKEN}");
    let mut headers = HEADERS.to_vec();
    headers.push(("authorization", &bearer));
    send_raw(github, method, target, &headers, &body.map(Value::to_string).unwrap_or_default())
}

pub fn call(github: &GitHub, method: &str, target: &str, body: Option<&Value>) -> Reply {
    try_call(github, method, target, body).expect("an answer")
}

pub fn get(github: &GitHub, target: &str) -> Reply {
    call(github, "GET", target, None)
}

pub fn post(github: &GitHub, target: &str, body: &Value) -> Reply {
    call(github, "POST", target, Some(body))
}
