//! A server of price lists on this machine, which answers well, or as oddly as it is told.

use std::collections::{HashMap, VecDeque};
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};

use lepton::price::folder;

/// How a server answers once. After all that it was told it answers well.
#[derive(Clone, Debug)]
pub(super) enum Odd {
    /// With a status, and how long to wait.
    Busy(u16, &'static str),
    /// With the connection cut after so many bytes.
    Cut(usize),
    /// With a length that is too great by so much.
    TooLong(usize),
    /// With a length that is too small by so much, and all of it.
    TooShort(usize),
    /// With the whole though a part is asked for.
    Whole,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) files: HashMap<String, Vec<u8>>,
    pub(super) odd: HashMap<String, VecDeque<Odd>>,
    pub(super) is_packing: bool,
    pub(super) has_tags: bool,
    pub(super) asked: Vec<String>,
}

/// A server on this machine with the excerpts.
pub(super) struct Server {
    pub(super) address: String,
    pub(super) state: Arc<Mutex<State>>,
}

impl Server {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let mut state = State { has_tags: true, ..State::default() };
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/prices/aws");
        let mut folders = vec![top.clone()];
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let below = path.strip_prefix(&top).unwrap().to_str().unwrap().replace('\\', "/");
                state.files.insert(format!("/{below}"), fs::read(&path).unwrap());
            }
        }
        let state = Arc::new(Mutex::new(state));
        let shared = state.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let shared = shared.clone();
                std::thread::spawn(move || answer(&stream.unwrap(), &shared));
            }
        });
        Self { address, state }
    }

    pub(super) fn odd(&self, path: &str, odd: &[Odd]) {
        self.state.lock().unwrap().odd.insert(path.into(), odd.iter().cloned().collect());
    }

    pub(super) fn edit(&self, path: &str, change: impl FnOnce(&str) -> String) {
        let mut state = self.state.lock().unwrap();
        let text = change(std::str::from_utf8(&state.files[path]).unwrap());
        state.files.insert(path.into(), text.into_bytes());
    }

    pub(super) fn take_asked(&self) -> Vec<String> {
        std::mem::take(&mut self.state.lock().unwrap().asked)
    }
}

fn answer(stream: &TcpStream, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).is_ok_and(|length| length > 0) {}
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let header = |name: &str| {
        let found = head.lines().find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        });
        found.unwrap_or_default()
    };
    let (file, odd, is_packing, has_tags) = {
        let mut state = state.lock().unwrap();
        state.asked.push(head.clone());
        let odd = state.odd.get_mut(&path).and_then(VecDeque::pop_front);
        (state.files.get(&path).cloned(), odd, state.is_packing, state.has_tags)
    };
    let write = |bytes: &[u8]| {
        let mut stream = stream;
        let _ = stream.write_all(bytes);
    };
    let close = || {
        let mut stream = stream;
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let _ = stream.read(&mut [0]);
    };
    let Some(file) = file else {
        write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        return close();
    };
    if let Some(Odd::Busy(status, wait)) = odd {
        write(format!("HTTP/1.1 {status} Busy\r\n{wait}Content-Length: 0\r\nConnection: close\r\n\r\n").as_bytes());
        return close();
    }
    let tag = format!("\"{}\"", &folder::sha256(&file)[..16]);
    if has_tags && header("If-None-Match") == tag {
        write(b"HTTP/1.1 304 Not Modified\r\nConnection: close\r\n\r\n");
        return close();
    }
    let mut more = if has_tags { format!("ETag: {tag}\r\n") } else { String::new() };
    let mut body = file;
    if is_packing && header("Accept-Encoding").contains("gzip") {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packer.write_all(&body).unwrap();
        body = packer.finish().unwrap();
        more.push_str("Content-Encoding: gzip\r\n");
    }
    let from =
        header("Range").strip_prefix("bytes=").and_then(|range| range.trim_end_matches('-').parse::<usize>().ok());
    let mut status = "200 OK";
    if let Some(from) = from.filter(|_| header("If-Range") == tag && !matches!(odd, Some(Odd::Whole))) {
        status = "206 Partial Content";
        more.push_str(&format!("Content-Range: bytes {from}-{}/{}\r\n", body.len() - 1, body.len()));
        body.drain(..from);
    }
    let (said, sent) = match odd {
        Some(Odd::Cut(after)) => (body.len(), after.min(body.len())),
        Some(Odd::TooLong(by)) => (body.len() + by, body.len()),
        Some(Odd::TooShort(by)) => (body.len() - by, body.len()),
        _ => (body.len(), body.len()),
    };
    write(format!("HTTP/1.1 {status}\r\nContent-Length: {said}\r\nConnection: close\r\n{more}\r\n").as_bytes());
    write(&body[..sent]);
    close();
}
