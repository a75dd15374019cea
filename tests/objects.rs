//! Plans and states in object stores: what is asked for, with which credentials, and what is said when it fails.
//!
//! A server on this machine speaks as much of S3, Google Cloud Storage and Azure Blob Storage as reading needs.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};

const SECRET: &str = "a-secret-that-nobody-may-see";
const DATE: &str = "Wed, 01 Jul 2026 12:00:00 GMT";
/// How many objects a page of a listing has.
const PAGE: usize = 2;

/// A store on this machine.
struct Server {
    port: u16,
    seen: Arc<Mutex<Vec<String>>>,
}

/// A request: its path, its query, and its headers in lower case.
struct Request {
    path: String,
    query: BTreeMap<String, String>,
    headers: BTreeMap<String, String>,
}

impl Server {
    /// A server with objects by their path, the bucket first.
    fn with(objects: &[(&str, &str)]) -> Self {
        let objects: BTreeMap<String, String> =
            objects.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen: Arc<Mutex<Vec<String>>> = Arc::default();
        let log = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                // One request a connection: the answers say so.
                if let Some(request) = stream.as_ref().ok().and_then(read) {
                    let line = format!("{}?{}", request.path, shown(&request.query));
                    let before = log.lock().unwrap().iter().filter(|known| **known == line).count();
                    log.lock().unwrap().push(line);
                    let _ = answer(stream.unwrap(), &request, &objects, before);
                }
            }
        });
        Self { port, seen }
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }

    /// A run without any environment but what reading from this server needs: the exit code with all that is printed.
    fn lepton(&self, arguments: &[&str], more: &[(&str, &str)]) -> (i32, String) {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_lepton"));
        let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/cli/catalog");
        command.arg("plan-cost").args(arguments).arg("--catalog").arg(catalog).env_clear().env("COLUMNS", "110");
        command.env("AWS_ENDPOINT_URL", self.address()).env("AWS_REGION", "eu-west-1");
        command.env("GOOGLE_BASE_URL", self.address()).env("AZURITE_BLOB_STORAGE_URL", self.address());
        command.env("NO_PROXY", "127.0.0.1").current_dir(folder.path());
        command.envs(more.iter().copied());
        let output = command.output().unwrap();
        let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(!text.contains(SECRET), "a secret is printed:\n{text}");
        (output.status.code().unwrap(), text)
    }

    fn s3(&self, arguments: &[&str]) -> (i32, String) {
        self.lepton(arguments, &[("AWS_ACCESS_KEY_ID", "AKIATEST"), ("AWS_SECRET_ACCESS_KEY", SECRET)])
    }
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next()?.ok()?;
    let target = first.split(' ').nth(1)?.to_owned();
    let mut headers = BTreeMap::new();
    for line in lines {
        let line = line.ok()?;
        let Some((name, value)) = line.split_once(": ") else { break };
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy().into_owned();
    let query = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    Some(Request { path, query, headers })
}

fn shown(query: &BTreeMap<String, String>) -> String {
    query.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// `before`: how often the same was asked for.
fn answer(
    mut stream: TcpStream,
    request: &Request,
    objects: &BTreeMap<String, String>,
    before: usize,
) -> std::io::Result<()> {
    let path = request.path.trim_start_matches('/');
    let (is_azure, path) = match path.strip_prefix("devstoreaccount1/") {
        Some(path) => (true, path),
        None => (false, path),
    };
    let mut send = |status: &str, more: &str, body: &str| {
        let length = body.len();
        write!(stream, "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{more}\r\n{body}")
    };
    let authorization = request.headers.get("authorization").map_or("", String::as_str);
    let is_known = match () {
        () if path.starts_with("open/") || path.starts_with("chunked/") => true,
        () if path.starts_with("signed/") => request.query.get("X-Amz-Signature").is_some_and(|given| given == SECRET),
        () if path.starts_with("basic/") => authorization == "Basic YW5uOmEtc2VjcmV0LXRoYXQtbm9ib2R5LW1heS1zZWU=",
        () if is_azure => authorization.starts_with("SharedKey devstoreaccount1:"),
        () if authorization == format!("Bearer {SECRET}") => true,
        () => {
            authorization.starts_with("AWS4-HMAC-SHA256 Credential=AKIATEST/")
                && authorization.contains("/eu-west-1/s3/")
        }
    };
    let (bucket, key) = path.split_once('/').unwrap_or((path, ""));
    if !is_known || bucket == "closed" {
        return send("403 Forbidden", "", "<Error><Code>AccessDenied</Code></Error>");
    }
    if bucket == "elsewhere" {
        return send("301 Moved Permanently", "", "<Error><Code>PermanentRedirect</Code></Error>");
    }
    if bucket == "busy" && before == 0 {
        return send("503 Slow Down", "", "<Error><Code>SlowDown</Code></Error>");
    }
    if key.is_empty() {
        return send(
            "200 OK",
            "Content-Type: application/xml\r\n",
            &listing(bucket, &request.query, objects, is_azure),
        );
    }
    let Some(body) = objects.get(path) else {
        return send("404 Not Found", "", "<Error><Code>NoSuchKey</Code></Error>");
    };
    let head = format!("ETag: \"1\"\r\nLast-Modified: {DATE}\r\nContent-Type: application/json\r\n");
    let head = if is_azure { format!("{head}x-ms-blob-type: BlockBlob\r\n") } else { head };
    let from = request
        .headers
        .get("range")
        .and_then(|range| range.strip_prefix("bytes=")?.split('-').next()?.parse::<usize>().ok());
    if bucket == "cut" && (before == 0 || key == "always") {
        let (first, last, whole) = (from.unwrap_or(0), body.len() - 1, body.len());
        let (status, rest) =
            if first > 0 { ("206 Partial Content", &body[first..]) } else { ("200 OK", body.as_str()) };
        let range = format!("Content-Range: bytes {first}-{last}/{whole}\r\n");
        let half = &rest[..rest.len() / 2];
        return write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {}\r\n{head}{range}\r\n{half}", rest.len());
    }
    if bucket == "chunked" {
        return write!(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n{head}\r\n2\r\n{{}}\r\n0\r\n\r\n");
    }
    match from {
        Some(from) => {
            let (rest, last, length): (&str, usize, usize) = (&body[from..], body.len() - 1, body.len());
            send("206 Partial Content", &format!("{head}Content-Range: bytes {from}-{last}/{length}\r\n"), rest)
        }
        None => send("200 OK", &head, body),
    }
}

/// A page of what a bucket has below a prefix.
fn listing(
    bucket: &str,
    query: &BTreeMap<String, String>,
    objects: &BTreeMap<String, String>,
    is_azure: bool,
) -> String {
    let word = |name: &str| query.get(name).map_or("", String::as_str);
    let keys = objects.iter().filter_map(|(path, text)| Some((path.strip_prefix(&format!("{bucket}/"))?, text)));
    let after = word(if is_azure { "marker" } else { "continuation-token" });
    let mut keys = keys.filter(|(key, _)| key.starts_with(word("prefix")) && (after.is_empty() || *key >= after));
    let page: Vec<_> = keys.by_ref().take(PAGE).collect();
    let next = keys.next().map_or("", |(key, _)| key);
    let mut out = String::new();
    for (key, text) in page {
        let size = text.len();
        match is_azure {
            true => write!(
                out,
                "<Blob><Name>{key}</Name><Properties><Last-Modified>{DATE}</Last-Modified><Content-Length>{size}\
                 </Content-Length><Content-Type>x</Content-Type><Etag>1</Etag></Properties></Blob>"
            ),
            false => write!(
                out,
                "<Contents><Key>{key}</Key><LastModified>2026-07-01T12:00:00.000Z</LastModified><ETag>1</ETag>\
                 <Size>{size}</Size></Contents>"
            ),
        }
        .unwrap();
    }
    if is_azure {
        return format!("<EnumerationResults><Blobs>{out}</Blobs><NextMarker>{next}</NextMarker></EnumerationResults>");
    }
    let next =
        if next.is_empty() { String::new() } else { format!("<NextContinuationToken>{next}</NextContinuationToken>") };
    format!("<ListBucketResult>{out}{next}</ListBucketResult>")
}

/// A state with one disk of 100 GB at ten cents.
fn state() -> String {
    let values = format!(r#"{{"size_gb": 100, "region": "north-1", "note": "{}"}}"#, "x".repeat(20_000));
    format!(
        r#"{{"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "a", "outputs": {{}}, "resources": [
        {{"mode": "managed", "type": "demo_disk", "name": "data", "provider": "provider[\"x.io/demo/demo\"]",
        "instances": [{{"attributes": {values}}}]}}]}}"#
    )
}

/// The projects that a table names, in its order.
fn projects(text: &str) -> Vec<&str> {
    text.lines()
        .filter_map(|line| line.trim().strip_prefix("Project "))
        .filter(|line| !line.starts_with("total"))
        .collect()
}

#[test]
fn one_object_of_each_store() {
    let state = state();
    let server = Server::with(&[
        ("states/prod/a b.tfstate", &state),
        ("box/prod/a b.tfstate", &state),
        ("open/a.tfstate", &state),
        ("signed/a.tfstate", &state),
        ("basic/a.tfstate", &state),
    ]);
    let address = server.address();
    let open = format!("{address}/open/a.tfstate");
    let signed = format!("{address}/signed/a.tfstate?X-Amz-Signature={SECRET}&X-Amz-Expires=60");
    let basic = format!("http://ann:{SECRET}@127.0.0.1:{}/basic/a.tfstate", server.port);
    let s3 = [("AWS_ACCESS_KEY_ID", "AKIATEST"), ("AWS_SECRET_ACCESS_KEY", SECRET)];
    for (url, credentials) in [
        ("s3://states/prod/a b.tfstate", &s3[..]),
        ("gs://states/prod/a%20b.tfstate", &[("GOOGLE_OAUTH_ACCESS_TOKEN", SECRET)]),
        ("az://box/prod/a b.tfstate", &[("AZURE_STORAGE_USE_EMULATOR", "true")]),
        (&open, &[]),
        (&signed, &[]),
        (&basic, &[]),
    ] {
        let (code, text) = server.lepton(&[url, "--format", "json"], credentials);
        assert_eq!(code, 0, "{url}: {text}");
        let report: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(report["current"]["monthly"], "10", "{url}: {text}");
    }
    assert!(
        server.seen().iter().any(|line| line.contains(&format!("X-Amz-Signature={SECRET}"))),
        "{:?}",
        server.seen()
    );
}

#[test]
fn prefixes_and_patterns_stand_for_many() {
    let state = state();
    let mut objects = Vec::new();
    for bucket in ["states", "box"] {
        for key in ["b/prod.tfstate", "a/prod.tfstate", "a/dev.tfstate", "c/prod.tfstate", "a/prod.tfstate.backup"] {
            objects.push((format!("{bucket}/envs/{key}"), state.clone()));
        }
        objects.push((format!("{bucket}/envs/package.json"), r#"{"version": "1.0.0"}"#.to_owned()));
        objects.push((format!("{bucket}/other/prod.tfstate"), state.clone()));
    }
    let objects: Vec<(&str, &str)> = objects.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let server = Server::with(&objects);
    let expected = |base: &str| ["a/dev", "a/prod", "b/prod", "c/prod"].map(|key| format!("{base}/{key}.tfstate"));
    let (code, text) = server.s3(&["s3://states/envs/"]);
    assert_eq!(
        (code, projects(&text)),
        (0, expected("s3://states/envs").iter().map(String::as_str).collect()),
        "{text}"
    );
    assert!(
        !server.seen().iter().any(|line| line.contains("other/") || line.ends_with("backup?")),
        "{:?}",
        server.seen()
    );
    let (code, text) = server.lepton(&["gs://states/envs/"], &[("GOOGLE_OAUTH_ACCESS_TOKEN", SECRET)]);
    assert_eq!(
        (code, projects(&text)),
        (0, expected("gs://states/envs").iter().map(String::as_str).collect()),
        "{text}"
    );
    let (code, text) = server.lepton(&["az://box/envs/"], &[("AZURE_STORAGE_USE_EMULATOR", "true")]);
    assert_eq!((code, projects(&text)), (0, expected("az://box/envs").iter().map(String::as_str).collect()), "{text}");
    let (code, text) = server.s3(&["s3://states/envs/*/prod.tfstate"]);
    let wanted = ["a", "b", "c"].map(|key| format!("s3://states/envs/{key}/prod.tfstate"));
    assert_eq!((code, projects(&text)), (0, wanted.iter().map(String::as_str).collect()), "{text}");
    let (code, text) = server.s3(&["s3://states/none/"]);
    assert!(code == 2 && text.contains("lepton::object::no-match"), "{text}");
    let (code, text) = server.s3(&["s3://states/envs/package*"]);
    assert!(code == 2 && text.contains("lepton::input::no-documents"), "{text}");
}

#[test]
fn failures_say_what_and_what_to_do() {
    let state = state();
    let server = Server::with(&[("states/a.tfstate", &state), ("chunked/a.tfstate", &state)]);
    let untold = format!("{}/chunked/a.tfstate", server.address());
    let signed = format!("{}/signed/a.tfstate?X-Amz-Signature=wrong-{SECRET}", server.address());
    for (url, code, help) in [
        ("s3://states/b.tfstate", "lepton::object::not-found", "check the bucket"),
        ("s3://closed/a.tfstate", "lepton::object::denied", "s3:GetObject"),
        ("s3://elsewhere/a.tfstate", "lepton::object::region", "AWS_REGION"),
        (&untold, "lepton::object::lost", "curl"),
        (&signed, "lepton::object::denied", "may have expired"),
        ("ftp://states/a.tfstate", "lepton::object::address", "s3://"),
        ("https://example.com/states/", "lepton::object::not-listed", "one file"),
        ("http://example.com/a.tfstate", "lepton::object::no-tls", "https://"),
        ("az://box/a.tfstate", "lepton::object::settings", "AZURE_STORAGE_ACCOUNT"),
    ] {
        let (exit, text) = server.s3(&[url]);
        assert!(exit == 2 && text.contains(code) && text.contains(help), "{url}: {exit} {text}");
    }
    // The address of the machine's metadata has no credentials here.
    let nobody = [("AWS_METADATA_ENDPOINT", server.address())];
    let nobody: Vec<(&str, &str)> = nobody.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let (exit, text) = server.lepton(&["s3://states/a.tfstate"], &nobody);
    assert!(
        exit == 2 && text.contains("lepton::object::no-credentials") && text.contains("AWS_ACCESS_KEY_ID"),
        "{text}"
    );
    let away = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (exit, text) = server.lepton(&[&format!("http://{away}/a.tfstate")], &[]);
    assert!(exit == 2 && text.contains("lepton::object::lost") && text.contains("cannot be reached"), "{text}");
    // One that fails does not lose the others.
    let (exit, text) = server.s3(&["s3://states/b.tfstate", "s3://states/a.tfstate"]);
    assert!(exit == 2 && text.contains("$10.00") && text.contains("lepton::object::not-found"), "{text}");
}

#[test]
fn what_breaks_off_is_tried_again() {
    let state = state();
    let server = Server::with(&[("cut/a.tfstate", &state), ("cut/always", &state), ("busy/a.tfstate", &state)]);
    let (code, text) = server.s3(&["s3://cut/a.tfstate"]);
    assert!(code == 0 && text.contains("$10.00"), "{text}");
    let (code, text) = server.s3(&["s3://busy/a.tfstate"]);
    assert!(code == 0 && text.contains("$10.00"), "{text}");
    let (code, text) = server.s3(&["s3://cut/always"]);
    assert!(code == 2 && text.contains("lepton::object::lost") && text.contains("less than it promised"), "{text}");
    let tries = server.seen().iter().filter(|line| line.contains("always")).count();
    assert!((2..=8).contains(&tries), "{tries} tries");
}

#[test]
fn nothing_is_asked_for_unless_an_address_is_given() {
    let server = Server::with(&[]);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.tfstate"), state()).unwrap();
    let (code, text) = server.s3(&[folder.path().to_str().unwrap()]);
    assert!(code == 0 && text.contains("$10.00"), "{text}");
    assert_eq!(server.seen(), Vec::<String>::new());
}
