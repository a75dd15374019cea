//! HTTP/1.1 as bytes: reading a request, writing an answer, and writing only half of one.

use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use serde_json::Value;

/// A request as it came in.
#[derive(Debug, Clone)]
pub struct Request {
    /// Its place in the log, from 1.
    pub number: usize,
    pub method: String,
    /// The request target, as sent.
    pub target: String,
    /// The path as sent, without the query and without the prefix of GitHub Enterprise Server.
    pub path: String,
    /// The query's pairs, decoded.
    pub query: Vec<(String, String)>,
    /// Header names are in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Request {
    /// The value of a header, by its name in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of a query parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body as JSON, null if it is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or(Value::Null)
    }
}

/// What the server says.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    /// Empty: no body.
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(status: u16, body: &Value) -> Answer {
        let headers = vec![("content-type".to_owned(), "application/json; charset=utf-8".to_owned())];
        Answer { status, headers, body: body.to_string().into_bytes() }
    }

    pub fn empty(status: u16) -> Answer {
        Answer { status, headers: Vec::new(), body: Vec::new() }
    }

    pub fn header(mut self, name: &str, value: impl Into<String>) -> Answer {
        let name = name.to_ascii_lowercase();
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.into()));
        self
    }

    pub fn has(&self, name: &str) -> bool {
        self.headers.iter().any(|(known, _)| known == name)
    }

    fn head(&self) -> Vec<u8> {
        let mut head = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status));
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let now: DateTime<Utc> = SystemTime::now().into();
        head.push_str(&format!("date: {}\r\n", now.format("%a, %d %b %Y %H:%M:%S GMT")));
        if self.status != 204 && self.status != 304 {
            head.push_str(&format!("content-length: {}\r\n", self.body.len()));
        }
        head.push_str("\r\n");
        head.into_bytes()
    }

    /// Writes the whole answer.
    pub fn write(&self, stream: &mut TcpStream) -> io::Result<()> {
        let mut bytes = self.head();
        bytes.extend_from_slice(&self.body);
        stream.write_all(&bytes)?;
        stream.flush()
    }

    /// Writes the head, which promises the whole body, and half of it.
    pub fn write_half(&self, stream: &mut TcpStream) -> io::Result<()> {
        let mut bytes = self.head();
        bytes.extend_from_slice(&self.body[..self.body.len() / 2]);
        stream.write_all(&bytes)?;
        stream.flush()
    }
}

/// Reads the next request of a connection. None: the client is done.
///
/// `unread` keeps what was read beyond the request.
pub fn read(stream: &mut TcpStream, unread: &mut Vec<u8>) -> io::Result<Option<Request>> {
    loop {
        if let Some((mut request, body_at, length)) = parse_head(unread)? {
            while unread.len() < body_at + length {
                if !read_more(stream, unread)? {
                    return Err(ErrorKind::UnexpectedEof.into());
                }
            }
            request.body = unread[body_at..body_at + length].to_vec();
            unread.drain(..body_at + length);
            return Ok(Some(request));
        }
        if !read_more(stream, unread)? {
            return Ok(None);
        }
    }
}

fn read_more(stream: &mut TcpStream, unread: &mut Vec<u8>) -> io::Result<bool> {
    let mut chunk = [0; 16 * 1024];
    let count = stream.read(&mut chunk)?;
    unread.extend_from_slice(&chunk[..count]);
    Ok(count > 0)
}

/// The request without its body, where the body begins, and how long it is.
fn parse_head(bytes: &[u8]) -> io::Result<Option<(Request, usize, usize)>> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut head = httparse::Request::new(&mut headers);
    let wrong = |what: String| io::Error::new(ErrorKind::InvalidData, what);
    let httparse::Status::Complete(body_at) = head.parse(bytes).map_err(|error| wrong(error.to_string()))? else {
        return Ok(None);
    };
    let target = head.path.unwrap_or_default().to_owned();
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let path = match path {
        "/api/graphql" => "/graphql",
        path => path.strip_prefix("/api/v3").unwrap_or(path),
    };
    let headers: Vec<(String, String)> = head
        .headers
        .iter()
        .map(|header| (header.name.to_ascii_lowercase(), String::from_utf8_lossy(header.value).into_owned()))
        .collect();
    let request = Request {
        number: 0,
        method: head.method.unwrap_or_default().to_owned(),
        path: path.to_owned(),
        query: form_urlencoded::parse(query.as_bytes()).into_owned().collect(),
        target,
        headers,
        body: Vec::new(),
    };
    if request.header("transfer-encoding").is_some() {
        return Err(wrong("a body in chunks, which no request needs".to_owned()));
    }
    let length = match request.header("content-length") {
        Some(length) => length.parse().map_err(|_| wrong(format!("content-length is `{length}`")))?,
        None => 0,
    };
    Ok(Some((request, body_at, length)))
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        422 => "Unprocessable Entity",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "Unnamed",
    }
}
