//! Documents brought here: asked for only if they changed, taken up where a connection was cut, asked for again where a
//! server is busy.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use flate2::read::MultiGzDecoder;
use ureq::http::{HeaderMap, Response, StatusCode};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body};
use url::Url;

use super::progress::Progress;
use super::retry;
use crate::fetch::{is_this_machine, shown, unreachable};
use crate::price::folder::{Origin, sha256};

/// How long all of it takes at most.
const LONGEST: Duration = Duration::from_secs(3 * 3600);
/// How long one answer takes at most; what is here by then is taken up.
const ANSWER: Duration = Duration::from_secs(900);
/// How many bytes one document and all of them have at most, as they are sent.
const MOST_OF_ONE: u64 = 8 << 30;
const MOST_OF_ALL: u64 = 128 << 30;
/// How many bytes a document has at most once it is unpacked.
const MOST_UNPACKED: u64 = 64 << 30;
/// How often a document is asked for that gets no further, and how often at all.
const MOST_STUCK: u32 = 5;
const MOST_ASKED: u32 = 200;

/// What asks, and where it puts what it gets.
pub(super) struct Client {
    agents: [Agent; 2],
    shelf: PathBuf,
    end: Instant,
    taken: u64,
    most_of_one: u64,
}

/// What a server says.
pub(super) enum Answer {
    /// The document is as it was.
    Unchanged,
    /// The document.
    New(Fetched),
}

/// A document on the shelf, which leaves it when this goes.
pub(super) struct Fetched {
    path: PathBuf,
    pub(super) bytes: u64,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
}

/// What is asked.
pub(super) struct Request<'r> {
    pub(super) url: &'r Url,
    pub(super) header: Option<&'r (&'static str, String)>,
    /// What is known of the document.
    pub(super) known: Option<&'r Origin>,
}

/// A part of a document that is here, with what says that the rest is of the same.
struct Partial {
    path: PathBuf,
    validator: Option<String>,
    length: u64,
}

impl Client {
    /// A client that puts documents into a folder of its own.
    pub(super) fn new(shelf: PathBuf) -> Self {
        let agents = [false, true].map(agent);
        Self { agents, shelf, end: Instant::now() + LONGEST, taken: 0, most_of_one: MOST_OF_ONE }
    }

    /// The same for documents that have no more than so many bytes.
    pub(super) fn of_small(shelf: PathBuf, most_of_one: u64) -> Self {
        Self { most_of_one, ..Self::new(shelf) }
    }

    /// The document at an address.
    pub(super) fn get(&mut self, request: &Request<'_>, progress: &Progress) -> Result<Answer, String> {
        let url = request.url;
        if url.scheme() != "https" && !(is_this_machine(url) && url.scheme() == "http") {
            return Err(format!("{} is no address over HTTPS", shown(url)));
        }
        let written = |error: io::Error| format!("`{}` cannot be written: {error}", self.shelf.display());
        fs::create_dir_all(&self.shelf).map_err(written)?;
        let mut part = Partial::find(&self.shelf, url);
        let (mut stuck, mut asked) = (0, 0);
        loop {
            let before = part.length;
            let (reason, wait) = match self.ask(request, &mut part, progress) {
                Ok(answer) => return Ok(answer),
                Err(Failure::Fatal(reason)) => return Err(reason),
                Err(Failure::Passing(reason, wait)) => (reason, wait),
            };
            asked += 1;
            stuck = if part.length > before { 0 } else { stuck + 1 };
            let wait = wait.unwrap_or_else(|| retry::back_off(stuck));
            if stuck >= MOST_STUCK || asked >= MOST_ASKED {
                return Err(format!("{reason}; it was asked {asked} times"));
            }
            if Instant::now() + wait > self.end {
                return Err(format!("{reason}; there is no time left to ask again"));
            }
            std::thread::sleep(wait);
        }
    }

    /// Asks once.
    fn ask(&mut self, request: &Request<'_>, part: &mut Partial, progress: &Progress) -> Result<Answer, Failure> {
        let url = request.url;
        let mut asking = self.agents[usize::from(is_this_machine(url))].get(url.as_str());
        asking = asking.header("Accept-Encoding", "gzip");
        if let Some((name, value)) = request.header {
            asking = asking.header(*name, value);
        }
        let validator = part.validator.as_deref().filter(|_| part.length > 0);
        if let Some(validator) = validator {
            asking = asking.header("Range", format!("bytes={}-", part.length)).header("If-Range", validator);
        } else if let Some(known) = request.known {
            if let Some(etag) = &known.etag {
                asking = asking.header("If-None-Match", etag);
            }
            if let Some(time) = &known.last_modified {
                asking = asking.header("If-Modified-Since", time);
            }
        }
        let is_resumed = validator.is_some();
        let mut response = asking.call().map_err(|error| Failure::of(url, &error))?;
        match response.status() {
            StatusCode::NOT_MODIFIED if request.known.is_some() && !is_resumed => return Ok(Answer::Unchanged),
            StatusCode::OK => part.restart(validator_of(response.headers())).map_err(|error| part.failed(&error))?,
            StatusCode::PARTIAL_CONTENT if is_resumed && starts_at(response.headers(), part.length) => {}
            // Another part than that which was asked for, or none: the whole is asked for anew.
            StatusCode::PARTIAL_CONTENT | StatusCode::RANGE_NOT_SATISFIABLE if is_resumed => {
                part.restart(None).map_err(|error| part.failed(&error))?;
                return Err(Failure::Passing(format!("{} answers with another part", shown(url)), None));
            }
            status => {
                let reason = format!("{} answers {}", shown(url), status.as_u16());
                if !retry::is_passing(status) {
                    return Err(Failure::Fatal(reason));
                }
                return match retry::after(response.headers()) {
                    Some(wait) if wait > retry::LONGEST_WAIT => {
                        Err(Failure::Fatal(format!("{reason} and asks to wait {} seconds", wait.as_secs())))
                    }
                    wait => Err(Failure::Passing(reason, wait)),
                };
            }
        }
        self.take(&mut response, url, part, progress)?;
        let text = |name: &str| Some(response.headers().get(name)?.to_str().ok()?.to_owned());
        let (etag, last_modified) = (text("etag"), text("last-modified"));
        Ok(Answer::New(Fetched { path: part.path.clone(), bytes: part.length, etag, last_modified }))
    }

    /// Puts the body of an answer behind what is here.
    fn take(
        &mut self,
        response: &mut Response<Body>,
        url: &Url,
        part: &mut Partial,
        progress: &Progress,
    ) -> Result<(), Failure> {
        let said = response.headers().get("content-length").and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
        let whole = said.map(|said| said.saturating_add(part.length));
        if whole.is_some_and(|whole| whole > self.most_of_one) {
            return Err(Failure::Fatal(format!("{} answers with more than {} bytes", shown(url), self.most_of_one)));
        }
        let mut file = part.open().map_err(|error| part.failed(&error))?;
        let mut reader = response.body_mut().as_reader();
        let mut buffer = vec![0; 1 << 16];
        loop {
            let length = match reader.read(&mut buffer) {
                Ok(0) => break,
                Ok(length) => length,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(_) => return Err(cut(url, part.length)),
            };
            file.write_all(&buffer[..length]).map_err(|error| part.failed(&error))?;
            part.length += length as u64;
            self.taken += length as u64;
            if part.length > self.most_of_one || self.taken > MOST_OF_ALL {
                return Err(Failure::Fatal(format!("{} makes the documents longer than they can be", shown(url))));
            }
            if Instant::now() > self.end {
                return Err(Failure::Fatal(format!("{} takes too long to answer", shown(url))));
            }
            progress.at(part.length, whole);
        }
        // A server that says one length and sends another has sent something else than it meant to.
        match whole {
            Some(whole) if part.length < whole => Err(cut(url, part.length)),
            _ => Ok(()),
        }
    }
}

impl Fetched {
    /// The text of the document, unpacked.
    pub(super) fn open(&self) -> Result<Box<dyn Read>, String> {
        let failed = |error: io::Error| format!("`{}` cannot be read: {error}", self.path.display());
        let mut file = File::open(&self.path).map_err(failed)?;
        let mut start = [0; 2];
        let is_packed = file.read_exact(&mut start).is_ok() && start == [0x1f, 0x8b];
        file.seek(SeekFrom::Start(0)).map_err(failed)?;
        let reader = io::BufReader::with_capacity(1 << 16, file);
        if is_packed {
            return Ok(Box::new(Bounded { inner: MultiGzDecoder::new(reader), left: MOST_UNPACKED }));
        }
        Ok(Box::new(reader))
    }

    /// The SHA-256 of the document as it was sent, so that one that comes twice is known.
    pub(super) fn digest(&self) -> io::Result<[u8; 32]> {
        use sha2::Digest as _;
        let mut digest = sha2::Sha256::new();
        let mut file = File::open(&self.path)?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            match file.read(&mut buffer)? {
                0 => return Ok(digest.finalize().into()),
                length => digest.update(&buffer[..length]),
            }
        }
    }
}

impl Drop for Fetched {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
        let _ = fs::remove_file(tag_of(&self.path));
    }
}

/// A reader that ends with an error where a text grows beyond all bounds.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.left =
            self.left.checked_sub(length as u64).ok_or_else(|| io::Error::other("it unpacks to too many bytes"))?;
        Ok(length)
    }
}

impl Partial {
    /// What an earlier run left of a document.
    fn find(shelf: &Path, url: &Url) -> Self {
        let path = shelf.join(sha256(url.as_str().as_bytes()));
        let validator = fs::read_to_string(tag_of(&path)).ok();
        let length = fs::metadata(&path).map_or(0, |file| file.len());
        match validator {
            Some(_) => Self { path, validator, length },
            None => Self { path, validator, length: 0 },
        }
    }

    /// Forgets what is here; what comes is of another version.
    fn restart(&mut self, validator: Option<String>) -> io::Result<()> {
        File::create(&self.path)?;
        self.length = 0;
        match &validator {
            Some(validator) => fs::write(tag_of(&self.path), validator)?,
            None => _ = fs::remove_file(tag_of(&self.path)),
        }
        self.validator = validator;
        Ok(())
    }

    fn open(&self) -> io::Result<File> {
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(&self.path)?;
        file.set_len(self.length)?;
        let mut file = file;
        file.seek(SeekFrom::End(0))?;
        Ok(file)
    }

    fn failed(&self, error: &io::Error) -> Failure {
        Failure::Fatal(format!("`{}` cannot be written: {error}", self.path.display()))
    }
}

fn tag_of(path: &Path) -> PathBuf {
    path.with_extension("tag")
}

/// Why there is no document.
enum Failure {
    /// It may work another time, perhaps after a while.
    Passing(String, Option<Duration>),
    /// It will not.
    Fatal(String),
}

impl Failure {
    fn of(url: &Url, error: &ureq::Error) -> Self {
        let reason = unreachable(url, error);
        match error {
            ureq::Error::Io(_) | ureq::Error::Timeout(_) | ureq::Error::ConnectionFailed | ureq::Error::Protocol(_) => {
                Self::Passing(reason, None)
            }
            _ => Self::Fatal(reason),
        }
    }
}

fn cut(url: &Url, length: u64) -> Failure {
    Failure::Passing(format!("{} ends after {length} bytes, before its end", shown(url)), None)
}

/// What names a version so surely that its parts fit together. A weak tag does not.
fn validator_of(headers: &HeaderMap) -> Option<String> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let etag = text("etag").filter(|etag| etag.starts_with('"'));
    etag.or_else(|| text("last-modified").filter(|_| text("etag").is_none())).map(str::to_owned)
}

/// Whether a part begins where the one that is here ends.
fn starts_at(headers: &HeaderMap, offset: u64) -> bool {
    let range = headers.get("content-range").and_then(|value| value.to_str().ok());
    range.and_then(|range| range.strip_prefix("bytes ")?.split('-').next()?.parse::<u64>().ok()) == Some(offset)
}

fn agent(is_here: bool) -> Agent {
    // The roots of the machine: companies have their own.
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .https_only(!is_here)
        .max_redirects(if is_here { 0 } else { 5 })
        .timeout_connect(Some(Duration::from_secs(30)))
        .timeout_recv_response(Some(Duration::from_secs(120)))
        .timeout_recv_body(Some(ANSWER))
        .user_agent(concat!("lepton/", env!("CARGO_PKG_VERSION")))
        .tls_config(tls);
    let config = if is_here { config.proxy(None) } else { config };
    config.build().new_agent()
}
