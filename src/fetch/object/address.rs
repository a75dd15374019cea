//! An address of objects, taken apart: where it leads, and whether it names one object, a prefix or a pattern.

use glob::{MatchOptions, Pattern};
use object_store::ObjectStoreScheme;
use object_store::path::Path;
use url::Url;

use super::said;
use crate::fetch::http::is_this_machine;
use crate::input;
use crate::model::Problem;

/// Keys match as paths do: a star ends at a slash, and hidden names are meant by themselves.
const MATCHING: MatchOptions =
    MatchOptions { case_sensitive: true, require_literal_separator: true, require_literal_leading_dot: true };

/// Which store answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    S3,
    Google,
    Azure,
    Web,
}

/// What an address names.
#[derive(Debug)]
pub(super) enum What {
    /// One object.
    Object(Path),
    /// Every object whose path begins with it; the root of the store is empty.
    Prefix(Path),
    /// Every object that it matches, all below a prefix.
    Pattern(Path, Pattern),
}

/// A parsed address.
#[derive(Debug)]
pub(super) struct Address {
    pub(super) kind: Kind,
    /// The whole address as it was given, with what may be secret.
    pub(super) url: Url,
    pub(super) what: What,
    /// The address without its query and its password.
    pub(super) label: String,
    /// What stands before the path of each object.
    base: String,
}

/// Whether a text is an address of some scheme, and no path.
pub fn is_url(text: &str) -> bool {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    // A drive has one letter.
    text.split_once("://").is_some_and(|(scheme, _)| scheme.len() > 1 && scheme.bytes().all(is_letter))
}

impl Address {
    pub(super) fn parse(text: &str) -> Result<Self, Problem> {
        let mut url = Url::parse(text).map_err(|_| said::no_address())?;
        url.set_fragment(None);
        let mut label = url.clone();
        label.set_query(None);
        let is_web = matches!(url.scheme(), "http" | "https");
        if is_web || url.password().is_some() {
            // Neither fails for an address with a host, and without one there is nothing to take off.
            let _ = label.set_password(None);
            if is_web {
                let _ = label.set_username("");
            }
        }
        let label = decoded(label.as_str());
        let (scheme, path) = ObjectStoreScheme::parse(&url).map_err(|_| said::unknown_scheme(&label))?;
        let kind = match scheme {
            // A signed address is asked for as it is: whoever signed it has the credentials.
            ObjectStoreScheme::AmazonS3 | ObjectStoreScheme::MicrosoftAzure if is_web && url.query().is_some() => {
                Kind::Web
            }
            ObjectStoreScheme::AmazonS3 => Kind::S3,
            ObjectStoreScheme::GoogleCloudStorage => Kind::Google,
            ObjectStoreScheme::MicrosoftAzure => Kind::Azure,
            ObjectStoreScheme::Http if url.scheme() == "https" || is_this_machine(&url) => Kind::Web,
            ObjectStoreScheme::Http => return Err(said::unsafe_scheme(&label)),
            _ => return Err(said::unknown_scheme(&label)),
        };
        let path = match kind {
            Kind::Web => Path::from_url_path(url.path()).map_err(|_| said::no_path(&label))?,
            _ => path,
        };
        let above = label.trim_end_matches('/');
        let base = match above.strip_suffix(path.as_ref()).filter(|_| !path.as_ref().is_empty()) {
            Some(base) => base.to_owned(),
            None => format!("{above}/"),
        };
        let what = what(path, url.path().ends_with('/') || url.path().is_empty(), &label)?;
        if kind == Kind::Web && !matches!(what, What::Object(_)) {
            return Err(said::not_listed(&label));
        }
        Ok(Self { kind, url, what, label, base })
    }

    /// The prefix to list.
    pub(super) fn prefix(&self) -> Option<Path> {
        match &self.what {
            What::Object(path) | What::Prefix(path) | What::Pattern(path, _) => {
                Some(path.clone()).filter(|path| !path.as_ref().is_empty())
            }
        }
    }

    /// Whether a listed object is meant.
    pub(super) fn takes(&self, path: &Path) -> bool {
        match &self.what {
            What::Object(only) => path == only,
            What::Pattern(_, pattern) => pattern.matches_with(path.as_ref(), MATCHING),
            What::Prefix(prefix) => {
                let below = path.prefix_match(prefix).into_iter().flatten();
                below.into_iter().all(|part| !input::is_left(part.as_ref()))
            }
        }
    }

    /// The address of a listed object.
    pub(super) fn label_of(&self, path: &Path) -> String {
        format!("{}{path}", self.base)
    }
}

fn what(path: Path, is_folder: bool, label: &str) -> Result<What, Problem> {
    let text = path.as_ref();
    if let Some(star) = text.find('*') {
        let folder = text[..star].rsplit_once('/').map_or("", |(folder, _)| folder);
        let prefix = Path::parse(folder).map_err(|_| said::no_path(label))?;
        // Only stars are special.
        let parts: Vec<String> = text.split('*').map(Pattern::escape).collect();
        let pattern = Pattern::new(&parts.join("*")).map_err(|_| said::no_path(label))?;
        return Ok(What::Pattern(prefix, pattern));
    }
    Ok(if is_folder { What::Prefix(path) } else { What::Object(path) })
}

/// An address as people write it.
fn decoded(text: &str) -> String {
    let Ok(url) = Url::parse(text) else { return text.to_owned() };
    let Ok(path) = Path::from_url_path(url.path()) else { return text.to_owned() };
    let slash = if url.path().ends_with('/') && !path.as_ref().is_empty() { "/" } else { "" };
    match text.strip_suffix(url.path()) {
        Some(before) => format!("{before}/{path}{slash}"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Address {
        Address::parse(text).unwrap_or_else(|problem| panic!("{text}: {problem}"))
    }

    #[test]
    fn tells_the_store_and_what_is_meant() {
        let told = |text: &str| {
            let address = parse(text);
            let what = match &address.what {
                What::Object(path) => format!("object {path}"),
                What::Prefix(path) => format!("prefix {path}"),
                What::Pattern(path, pattern) => format!("pattern {path} {pattern}"),
            };
            (address.kind, what, address.label)
        };
        for (text, kind, what, label) in [
            ("s3://states/prod/a.tfstate", Kind::S3, "object prod/a.tfstate", "s3://states/prod/a.tfstate"),
            ("s3://states/prod/", Kind::S3, "prefix prod", "s3://states/prod/"),
            ("s3://states", Kind::S3, "prefix ", "s3://states/"),
            ("gs://b/a%20b.json", Kind::Google, "object a b.json", "gs://b/a b.json"),
            ("gs://b/*/x[1]*.json", Kind::Google, "pattern  */x[[]1[]]*.json", "gs://b/*/x[1]*.json"),
            ("az://box/e/*/s", Kind::Azure, "pattern e e/*/s", "az://box/e/*/s"),
            (
                "abfss://box@acc.dfs.core.windows.net/s",
                Kind::Azure,
                "object s",
                "abfss://box@acc.dfs.core.windows.net/s",
            ),
            (
                "https://acc.blob.core.windows.net/box/s",
                Kind::Azure,
                "object s",
                "https://acc.blob.core.windows.net/box/s",
            ),
            (
                "https://acc.blob.core.windows.net/box/s?sig=hunter2",
                Kind::Web,
                "object box/s",
                "https://acc.blob.core.windows.net/box/s",
            ),
            (
                "https://s.s3.eu-west-1.amazonaws.com/k?X-Amz-Signature=hunter2",
                Kind::Web,
                "object k",
                "https://s.s3.eu-west-1.amazonaws.com/k",
            ),
            ("https://ann:hunter2@example.com/a/s", Kind::Web, "object a/s", "https://example.com/a/s"),
        ] {
            assert_eq!(told(text), (kind, what.to_owned(), label.to_owned()), "{text}");
        }
    }

    #[test]
    fn refuses_what_leads_nowhere() {
        for text in ["ftp://a/b", "http://example.com/state", "https://example.com/states/", "s3:///key", "s3://b/a//b"]
        {
            let problem = Address::parse(text).err().unwrap_or_else(|| panic!("{text} is taken"));
            assert!(problem.help_text().is_some(), "{problem}");
        }
        assert_eq!(parse("http://127.0.0.1:8000/state").kind, Kind::Web);
    }

    #[test]
    fn stars_end_at_slashes() {
        let address = parse("s3://b/envs/*/terraform.tfstate");
        let takes = |key: &str| address.takes(&Path::from(key));
        assert!(takes("envs/prod/terraform.tfstate"));
        assert!(!takes("envs/prod/eu/terraform.tfstate") && !takes("envs/.git/terraform.tfstate"));
        assert_eq!(address.label_of(&Path::from("envs/x/terraform.tfstate")), "s3://b/envs/x/terraform.tfstate");
        let folder = parse("https://acc.blob.core.windows.net/box/envs/");
        assert_eq!(folder.label_of(&Path::from("envs/a")), "https://acc.blob.core.windows.net/box/envs/a");
        assert!(folder.takes(&Path::from("envs/a")) && !folder.takes(&Path::from("envs/a.backup")));
    }

    #[test]
    fn paths_are_no_addresses() {
        assert!(is_url("s3://b/k") && is_url("git+ssh://x"));
        assert!(!is_url(r"c://b") && !is_url("plans/a.json") && !is_url("git:HEAD") && !is_url("a b://c"));
    }
}
