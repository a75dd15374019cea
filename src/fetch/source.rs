//! What a module source says: which repository, archive or module of a registry, and which folder of it.

use std::path::{Component, Path};

use url::Url;

use super::archive::Kind;

/// Hosts whose repositories are named without a protocol.
const HOSTS: [&str; 3] = ["github.com", "gitlab.com", "bitbucket.org"];
/// The protocols that `git` may speak.
const PROTOCOLS: [&str; 3] = ["https", "ssh", "file"];
/// Longer sources are no sources.
const LONGEST: usize = 2048;
/// How many commits deep a clone may be asked to be.
const DEEPEST: u32 = 100_000;

/// The registry of modules that name no host.
const REGISTRY: &str = "registry.terraform.io";

/// Where a module is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Location {
    Git(Remote),
    Registry(Named),
    Archive(Packed),
}

/// A module of a registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) host: String,
    /// `namespace/name/provider`.
    pub(super) path: String,
    /// The folder in the module; empty for its top.
    pub(super) folder: String,
}

/// A module in an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Packed {
    pub(super) url: Url,
    pub(super) kind: Kind,
    /// The folder in the archive; `*` stands for the only one that is there.
    pub(super) folder: String,
}

/// A git repository with the module in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Remote {
    /// As `git` takes it.
    pub(super) url: String,
    /// A branch, a tag or a commit; the repository's own choice unless said.
    pub(super) reference: Option<String>,
    /// How many commits are asked for.
    pub(super) depth: u32,
    /// The folder in the repository; empty for its top.
    pub(super) folder: String,
}

impl Location {
    /// Reads a source, or says why nothing is fetched from it.
    pub(super) fn of(source: &str) -> Result<Self, String> {
        if source.len() > LONGEST || source.contains(|letter: char| letter.is_control()) {
            return Err("the source is no address".into());
        }
        if let Some(named) = Named::of(source)? {
            return Ok(Self::Registry(named));
        }
        if source.starts_with("https://") || source.starts_with("http://") {
            return Packed::of(source).map(Self::Archive);
        }
        Remote::of(source).map(Self::Git)
    }

    /// The folder in what is fetched.
    pub(super) fn folder(&self) -> &str {
        match self {
            Self::Git(Remote { folder, .. }) | Self::Registry(Named { folder, .. }) => folder,
            Self::Archive(Packed { folder, .. }) => folder,
        }
    }

    /// What two versions of one thing have in common.
    pub(super) fn identity(&self) -> String {
        match self {
            Self::Git(remote) => remote.url.clone(),
            Self::Registry(named) => format!("{}/{}", named.host, named.path),
            Self::Archive(packed) => packed.url.to_string(),
        }
    }
}

impl Named {
    /// `namespace/name/provider`, perhaps behind a host; `None` of what is no such source.
    fn of(source: &str) -> Result<Option<Self>, String> {
        let (address, folder) = split_folder(source);
        let parts: Vec<&str> = address.split('/').collect();
        let (host, path) = match parts[..] {
            [_, _, _] => (REGISTRY, address),
            [host, ..] if parts.len() == 4 => (host, &address[host.len() + 1..]),
            _ => return Ok(None),
        };
        let is_name = |text: &str| {
            let is_known = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
            !text.is_empty() && text.chars().all(is_known)
        };
        if !path.split('/').all(is_name) || !is_host(host) || HOSTS.contains(&host) {
            return Ok(None);
        }
        Ok(Some(Self { host: host.to_owned(), path: path.to_owned(), folder: inner_folder(folder)? }))
    }
}

impl Packed {
    fn of(source: &str) -> Result<Self, String> {
        let (address, query) = source.split_once('?').unwrap_or((source, ""));
        let (address, folder) = split_folder(address);
        let mut url = Url::parse(address).map_err(|_| "the source is no address")?;
        let said = query.split('&').find_map(|pair| pair.strip_prefix("archive="));
        let kind = said.map_or_else(|| Kind::of(url.path()), Kind::of);
        let kind = kind.ok_or("lepton unpacks archives that end in .zip, .tar.gz or .tgz")?;
        // `archive` is meant for whoever unpacks, the rest for the server.
        let rest: Vec<&str> =
            query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("archive=")).collect();
        url.set_query((!rest.is_empty()).then(|| rest.join("&")).as_deref());
        if rest.iter().any(|pair| pair.starts_with("checksum=")) {
            return Err("lepton knows no argument `checksum` of a source".into());
        }
        Ok(Self { url, kind, folder: inner_folder(folder)? })
    }
}

impl Remote {
    fn of(source: &str) -> Result<Self, String> {
        let forced = source.strip_prefix("git::");
        let (address, query) = match forced.unwrap_or(source).split_once('?') {
            Some((address, query)) => (address, query),
            None => (forced.unwrap_or(source), ""),
        };
        let (address, folder) = split_folder(address);
        let url = match forced {
            Some(_) => forced_url(address)?,
            None => detected_url(address)?,
        };
        let mut remote = Self { url, reference: None, depth: 1, folder: inner_folder(folder)? };
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            remote.set(pair)?;
        }
        Ok(remote)
    }

    fn set(&mut self, pair: &str) -> Result<(), String> {
        match pair.split_once('=').unwrap_or((pair, "")) {
            ("ref", name) if is_reference(name) => self.reference = Some(name.to_owned()),
            ("ref", _) => return Err("`ref` is no name of a branch, a tag or a commit".into()),
            ("depth", text) => {
                let depth = text.parse().ok().filter(|depth| (1..=DEEPEST).contains(depth));
                self.depth = depth.ok_or("`depth` is no number of commits")?;
            }
            (name, _) => return Err(format!("lepton knows no argument `{name}` of a source")),
        }
        Ok(())
    }
}

/// `registry.example.com`, perhaps with a port.
fn is_host(text: &str) -> bool {
    let (name, port) = text.split_once(':').unwrap_or((text, "443"));
    let is_known = |letter: char| letter.is_ascii_alphanumeric() || "-.".contains(letter);
    let is_name = name.contains('.') || name == "localhost";
    is_name && !name.starts_with('-') && name.chars().all(is_known) && port.parse::<u16>().is_ok()
}

/// The address of the repository, and the folder behind `//`.
fn split_folder(address: &str) -> (&str, &str) {
    let from = address.find("://").map_or(0, |at| at + 3);
    match address[from..].find("//") {
        Some(at) => (&address[..from + at], &address[from + at + 2..]),
        None => (address, ""),
    }
}

/// A folder that is inside.
pub(super) fn inner_folder(folder: &str) -> Result<String, String> {
    let is_inside = Path::new(folder).components().all(|part| matches!(part, Component::Normal(_)));
    if is_inside { Ok(folder.to_owned()) } else { Err(format!("`//{folder}` leads out of the module")) }
}

/// What stands behind `git::`.
fn forced_url(address: &str) -> Result<String, String> {
    if let Some((protocol, rest)) = address.split_once("://") {
        if !PROTOCOLS.contains(&protocol) {
            return Err(format!("lepton fetches by {}, not by `{protocol}`", PROTOCOLS.join(", ")));
        }
        let is_host = !rest.is_empty() && !rest.starts_with('-');
        return if is_host { Ok(address.to_owned()) } else { Err("the address names no host".into()) };
    }
    match HOSTS.iter().any(|host| is_below(address, host)) {
        true => detected_url(address),
        false => by_ssh(address).ok_or_else(|| "the address has no protocol such as `https://`".into()),
    }
}

/// What Terraform takes for a repository without `git::`.
fn detected_url(address: &str) -> Result<String, String> {
    if HOSTS.iter().any(|host| is_below(address, host)) {
        if address.split('/').filter(|part| !part.is_empty()).count() != 3 {
            return Err("a repository is HOST/OWNER/NAME; a folder in it stands behind `//`".into());
        }
        let name = address.trim_end_matches(".git");
        return Ok(format!("https://{name}.git"));
    }
    by_ssh(address)
        .ok_or_else(|| "lepton fetches from git repositories, registries of modules, and archives over HTTPS".into())
}

fn is_below(address: &str, host: &str) -> bool {
    address.strip_prefix(host).is_some_and(|rest| rest.starts_with('/'))
}

/// `git@github.com:acme/vpc.git`, as the address that says its protocol.
fn by_ssh(address: &str) -> Option<String> {
    let (at, path) = address.split_once(':')?;
    let (user, host) = at.split_once('@')?;
    let is_word = |text: &str, more: &str| {
        let is_known = |letter: char| letter.is_ascii_alphanumeric() || more.contains(letter);
        !text.is_empty() && !text.starts_with('-') && text.chars().all(is_known)
    };
    let is_address = is_word(user, "-_.") && is_word(host, "-.") && !path.is_empty() && !path.contains(':');
    is_address.then(|| format!("ssh://{user}@{host}/{}", path.trim_start_matches('/')))
}

/// Whether `git` can take a text for a name, and for nothing else.
fn is_reference(name: &str) -> bool {
    let is_known = |letter: char| letter.is_alphanumeric() || "-_./+@".contains(letter);
    !name.is_empty() && !name.starts_with('-') && !name.contains("..") && name.chars().all(is_known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remote(source: &str) -> (String, Option<String>, String) {
        let Location::Git(remote) = Location::of(source).unwrap() else { panic!("{source} is in no repository") };
        (remote.url, remote.reference, remote.folder)
    }

    #[test]
    fn sources_name_repositories() {
        let plain = |url: &str| (url.to_owned(), None, String::new());
        assert_eq!(remote("github.com/acme/vpc"), plain("https://github.com/acme/vpc.git"));
        assert_eq!(remote("github.com/acme/vpc.git"), plain("https://github.com/acme/vpc.git"));
        assert_eq!(remote("git@github.com:acme/vpc.git"), plain("ssh://git@github.com/acme/vpc.git"));
        assert_eq!(remote("git::https://example.com/vpc.git"), plain("https://example.com/vpc.git"));
        let named = ("ssh://git@example.com/vpc.git".to_owned(), Some("v1.2.0".to_owned()), "modules/a".to_owned());
        assert_eq!(remote("git::ssh://git@example.com/vpc.git//modules/a?ref=v1.2.0&depth=1"), named);
        assert_eq!(Remote::of("github.com/acme/vpc?depth=5").unwrap().depth, 5);
    }

    #[test]
    fn sources_name_modules_of_registries_and_archives() {
        let named = |host: &str, path: &str, folder: &str| {
            Location::Registry(Named { host: host.into(), path: path.into(), folder: folder.into() })
        };
        let vpc = "terraform-aws-modules/vpc/aws";
        assert_eq!(Location::of(vpc), Ok(named(REGISTRY, vpc, "")));
        assert_eq!(Location::of("a.example:8443/x/y/z//m/n"), Ok(named("a.example:8443", "x/y/z", "m/n")));
        let Ok(Location::Archive(packed)) = Location::of("https://a.example/m.zip//vpc?archive=tgz&x=1") else {
            panic!("no archive")
        };
        assert_eq!((packed.url.as_str(), packed.kind), ("https://a.example/m.zip?x=1", Kind::TarGz));
        assert_eq!(packed.folder, "vpc");
    }

    #[test]
    fn hostile_sources_are_refused() {
        let sources = [
            "git::ext::sh -c id",
            "git::ext://sh",
            "git::http://example.com/a.git",
            "git::--upload-pack=id",
            "git::https://-oProxyCommand=id/a",
            "git::git@-oProxyCommand=id:a",
            "git@-oProxyCommand=id:a/b",
            "git::https://example.com/a.git?ref=--upload-pack=id",
            "git::https://example.com/a.git?ref=a..b",
            "git::https://example.com/a.git?sshkey=abc",
            "git::https://example.com/a.git?depth=0",
            "git::https://example.com/a.git//../../etc",
            "git::https://example.com/a\n.git",
            "github.com/acme",
            "terraform-aws-modules/vpc/aws//../../etc",
            "-a.example/x/y/z",
            "https://example.com/module",
            "https://example.com/a.zip//../b",
            "s3::https://s3.amazonaws.com/a.zip",
        ];
        for source in sources {
            assert!(Location::of(source).is_err(), "{source}");
        }
    }
}
