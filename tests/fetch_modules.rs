//! What `--fetch-modules` brings: out of a repository, a registry and an archive, locked, cached, and nothing unasked.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use tempfile::TempDir;

const TOKEN: &str = "a-token-that-nobody-may-see";

/// A folder with a configuration, a cache beside it, and perhaps a repository.
struct Place(TempDir);

impl Place {
    fn new(source: &str, version: &str) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("run/infra/main.tf", &format!("module \"disk\" {{\n  source = \"{source}\"\n  {version}\n}}\n"));
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A run in the folder `run`: the exit code with all that is printed.
    fn lepton(&self, more: &[&str]) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lepton"));
        command.args(["plan-cost", "infra", "--no-rules"]).args(more).current_dir(self.path("run")).env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap()).env("XDG_CACHE_HOME", self.path("cache"));
        command.env("HOME", self.path("home")).env("TF_TOKEN_127_0_0_1", TOKEN).env("COLUMNS", "120");
        let output = command.output().unwrap();
        let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(!text.contains(TOKEN), "the token is printed:\n{text}");
        (output.status.code().unwrap(), text)
    }

    fn fetching(&self) -> String {
        let (code, text) = self.lepton(&["--fetch-modules"]);
        assert_eq!(code, 0, "{text}");
        text
    }

    fn lock(&self) -> String {
        fs::read_to_string(self.path("run/.lepton/modules.lock.hcl")).unwrap_or_default()
    }

    fn git(&self, arguments: &[&str]) -> String {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"]);
        let output = command.arg("-C").arg(self.path("repository")).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// A commit of the repository whose disk has so many gigabytes.
    fn commit(&self, size: u32) -> String {
        if !self.path("repository").is_dir() {
            fs::create_dir_all(self.path("repository")).unwrap();
            self.git(&["init", "--quiet"]);
        }
        self.write("repository/modules/disk/main.tf", &disk(size));
        self.git(&["add", "."]);
        self.git(&["commit", "--quiet", "-m", "Change the disk"]);
        self.git(&["rev-parse", "HEAD"])
    }

    fn source(&self, rest: &str) -> String {
        format!("git::file://{}{rest}", self.path("repository").display())
    }

    fn point(&self, source: &str) {
        self.write("run/infra/main.tf", &format!("module \"disk\" {{\n  source = \"{source}\"\n}}\n"));
    }
}

fn disk(size: u32) -> String {
    format!(
        "resource \"aws_ebs_volume\" \"a\" {{\n  availability_zone = \"us-east-1a\"\n  size = {size}\n  type = \"gp3\"\n}}\n"
    )
}

/// Whether a report has a disk of so many gigabytes.
fn has_disk(text: &str, size: u32) -> bool {
    text.contains("module.disk.aws_ebs_volume.a") && text.contains(&format!(" {size}  GB"))
}

/// What a server answers at each path: a head beyond the length, and a body.
type Answers = Arc<Mutex<HashMap<String, (String, Vec<u8>)>>>;

/// A server on this machine, with the heads of what it was asked.
struct Server {
    address: String,
    answers: Answers,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let server = Self { address, answers: Answers::default(), asked: Arc::default() };
        let (answers, asked) = (server.answers.clone(), server.asked.clone());
        std::thread::spawn(move || listener.incoming().for_each(|stream| answer(stream.unwrap(), &answers, &asked)));
        server.says("/.well-known/terraform.json", "", br#"{"modules.v1":"/v1/modules/"}"#);
        let versions = br#"{"modules":[{"versions":[{"version":"1.0.0"},{"version":"1.2.0"},{"version":"2.0.0"}]}]}"#;
        server.says("/v1/modules/acme/disk/aws/versions", "", versions);
        server
    }

    fn says(&self, path: &str, head: &str, body: &[u8]) {
        self.answers.lock().unwrap().insert(path.to_owned(), (head.to_owned(), body.to_vec()));
    }

    fn leads(&self, version: &str, location: &str) {
        let path = format!("/v1/modules/acme/disk/aws/{version}/download");
        self.says(&path, &format!("X-Terraform-Get: {location}\r\n"), b"");
    }

    fn source(&self) -> String {
        format!("{}/acme/disk/aws", self.address)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn answer(stream: TcpStream, answers: &Answers, asked: &Mutex<Vec<String>>) {
    let mut reader = BufReader::new(&stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).is_ok_and(|length| length > 0) {}
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    asked.lock().unwrap().push(head);
    let known = answers.lock().unwrap().get(&path).cloned();
    let status = if known.is_some() { "200 OK" } else { "404 Not Found" };
    let (more, body) = known.unwrap_or_default();
    let start = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n{more}\r\n", body.len());
    let _ = (&stream).write_all(start.as_bytes()).and_then(|()| (&stream).write_all(&body));
    let _ = stream.shutdown(std::net::Shutdown::Write);
    let _ = (&stream).read(&mut [0]);
}

/// An archive as code hosts make them: all below one folder.
fn archive(size: u32) -> Vec<u8> {
    let mut builder = tar::Builder::new(flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast()));
    let text = disk(size);
    let mut header = tar::Header::new_gnu();
    header.set_size(text.len() as u64);
    header.set_mode(0o644);
    builder.append_data(&mut header, "disk-1.2.0/main.tf", text.as_bytes()).unwrap();
    builder.into_inner().unwrap().finish().unwrap()
}

fn folders(path: &Path) -> usize {
    fs::read_dir(path).map_or(0, Iterator::count)
}

#[test]
fn nothing_is_fetched_unless_asked() {
    let place = Place::new("a", "");
    place.commit(10);
    place.point(&place.source("//modules/disk"));
    let (code, text) = place.lepton(&[]);
    assert!(code == 0 && text.contains("nothing in it is priced"), "{text}");
    assert!(!place.path("cache").exists() && place.lock().is_empty());
}

#[test]
fn a_repository_is_fetched_locked_and_then_taken_from_the_cache() {
    let place = Place::new("a", "");
    let first = place.commit(10);
    place.point(&place.source("//modules/disk"));
    let text = place.fetching();
    assert!(has_disk(&text, 10) && !text.contains("could not be fetched"), "{text}");
    assert!(place.lock().contains(&first), "{}", place.lock());
    // The branch goes on; what is locked stays, and needs no repository.
    let second = place.commit(20);
    assert!(has_disk(&place.fetching(), 10));
    fs::rename(place.path("repository"), place.path("away")).unwrap();
    assert!(has_disk(&place.fetching(), 10));
    fs::rename(place.path("away"), place.path("repository")).unwrap();
    // An empty cache gets what is locked, and without the lock what is newest.
    fs::remove_dir_all(place.path("cache")).unwrap();
    assert!(has_disk(&place.fetching(), 10));
    fs::remove_file(place.path("run/.lepton/modules.lock.hcl")).unwrap();
    assert!(has_disk(&place.fetching(), 20));
    assert!(place.lock().contains(&second));
}

#[test]
fn a_reference_is_a_tag_a_branch_or_a_commit() {
    let place = Place::new("a", "");
    let first = place.commit(10);
    place.git(&["tag", "v1"]);
    place.git(&["branch", "old/one"]);
    place.commit(20);
    for name in ["v1", "old/one", &first, &first[..10]] {
        place.point(&place.source(&format!("//modules/disk?ref={name}&depth=1")));
        assert!(has_disk(&place.fetching(), 10), "{name}");
    }
}

#[test]
fn what_cannot_be_fetched_is_said_and_the_rest_priced() {
    let place = Place::new("a", "");
    place.commit(10);
    let sources = [
        (place.source("//modules/none"), "has no folder `modules/none`"),
        (place.source("?ref=none"), "could not be fetched"),
        ("git::file:///nowhere/at/all.git".into(), "could not be fetched"),
        ("git::ext::sh -c id".into(), "could not be fetched"),
        ("127.0.0.1:1/acme/disk/aws".into(), "cannot be reached"),
    ];
    for (source, reason) in sources {
        place.point(&source);
        place.write("run/infra/more.tf", &disk(30));
        let text = place.fetching();
        assert!(text.contains(reason) && text.contains("nothing in it is priced"), "{source}: {text}");
        assert!(text.contains("30  GB"), "{text}");
    }
}

#[test]
fn a_registry_says_which_version_fits_and_where_it_is() {
    let server = Server::start();
    let place = Place::new(&server.source(), "version = \"~> 1.0\"");
    place.commit(12);
    server.leads("1.2.0", &place.source("//modules/disk"));
    assert!(has_disk(&place.fetching(), 12), "{:?}", server.asked());
    assert!(place.lock().contains("version = \"1.2.0\""), "{}", place.lock());
    let asked = server.asked();
    let has_token = |head: &String| head.to_lowercase().contains(&format!("authorization: bearer {TOKEN}"));
    assert!(asked.len() == 3 && asked.iter().all(has_token), "{asked:?}");
    // What is locked and here is asked of nobody.
    assert!(has_disk(&place.fetching(), 12));
    assert_eq!(server.asked().len(), 3);
}

#[test]
fn an_archive_is_unpacked_and_held_to_its_sum() {
    let server = Server::start();
    let place = Place::new(&server.source(), "version = \"1.2.0\"");
    server.leads("1.2.0", "/files/disk.tar.gz//*?archive=tar.gz");
    server.says("/files/disk.tar.gz", "", &archive(7));
    assert!(has_disk(&place.fetching(), 7), "{:?}", server.asked());
    let token = server.asked().last().unwrap().contains(TOKEN);
    assert!(!token, "the token goes to the registry alone");
    // Another archive in its place is not taken.
    server.says("/files/disk.tar.gz", "", &archive(8));
    fs::remove_dir_all(place.path("cache")).unwrap();
    let text = place.fetching();
    assert!(text.contains("not the one that was locked") && !text.contains("8  GB"), "{text}");
}

#[test]
fn answers_that_are_none_leave_nothing_behind() {
    let server = Server::start();
    let place = Place::new(&server.source(), "");
    for (location, reason) in [
        ("/files/none.zip", "answers 404"),
        ("/files/page.zip", "cannot be unpacked"),
        ("http://192.0.2.1/a.zip", "no address over HTTPS"),
        ("s3::https://example.com/a.zip", "could not be fetched"),
        ("acme/disk/aws", "leads to a registry"),
    ] {
        server.says("/files/page.zip", "", b"<html>sign in</html>");
        server.leads("2.0.0", location);
        let text = place.fetching();
        assert!(text.contains(reason), "{location}: {text}");
        assert!(place.lock().is_empty());
    }
    let shelves = fs::read_dir(place.path("cache/lepton/modules")).into_iter().flatten();
    assert!(shelves.filter_map(Result::ok).all(|shelf| folders(&shelf.path()) == 0));
}
