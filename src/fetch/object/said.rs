//! What can go wrong with objects, each with what it is, where, and what to do now.
//!
//! What a store or its client says in its own words stays unsaid: it may quote credentials and signatures.

use std::error::Error;

use object_store::client::{HttpError, HttpErrorKind};

use super::address::Kind;
use crate::model::Problem;

const SCHEMES: &str = "lepton reads s3://, gs://, az://, abfss:// and https:// addresses, and files";

const EXPIRED: &str = "a signed address may have expired: make a new one; a name and a password go before the host";

pub(super) fn no_address() -> Problem {
    Problem::error("lepton::object::address", "an input looks like an address, but is none").help(SCHEMES)
}

pub(super) fn unknown_scheme(label: &str) -> Problem {
    Problem::error("lepton::object::address", format!("`{label}` is no address that lepton can read")).help(SCHEMES)
}

pub(super) fn unsafe_scheme(label: &str) -> Problem {
    Problem::error("lepton::object::no-tls", format!("`{label}` is an address without TLS"))
        .help("plans and states hold secrets: give an https:// address; http:// is for this machine alone")
}

pub(super) fn no_path(label: &str) -> Problem {
    Problem::error("lepton::object::path", format!("`{label}` has a path that no object can have"))
        .help("look for empty parts (`//`) and `..` in it")
}

pub(super) fn not_listed(label: &str) -> Problem {
    Problem::error("lepton::object::not-listed", format!("`{label}` names no file, and a server lists none"))
        .help("give the address of one file; prefixes and `*` work with s3://, gs:// and az://")
}

pub(super) fn no_match(label: &str) -> Problem {
    Problem::error("lepton::object::no-match", format!("nothing is stored at `{label}`"))
        .help("check the bucket and the prefix; quote patterns so that the shell leaves them alone")
}

pub(super) fn too_large(label: &str) -> Problem {
    Problem::error("lepton::input::too-large", format!("{label} holds more than 2 GiB"))
        .help("split the stack, or plan parts of it with `-target`")
}

pub(super) fn too_slow(label: &str) -> Problem {
    Problem::error("lepton::object::too-slow", format!("`{label}` took too long to answer"))
        .help("fetch the file with the cloud's own tool, and give that")
}

pub(super) fn no_runtime(error: &std::io::Error) -> Problem {
    Problem::error("lepton::object::no-runtime", format!("nothing can be fetched on this machine: {error}"))
        .help("fetch the file with the cloud's own tool, and give that")
}

/// What the environment says makes no client.
pub(super) fn settings(label: &str, kind: Kind, error: &object_store::Error) -> Problem {
    let is_account = kind == Kind::Azure && error.to_string().contains("ccount must be");
    let message = match is_account {
        true => format!("nothing says in which storage account `{label}` is"),
        false => format!("`{label}` cannot be asked for with the settings of the environment"),
    };
    let help = match kind {
        Kind::Azure if is_account => "set AZURE_STORAGE_ACCOUNT, or give https://ACCOUNT.blob.core.windows.net/…",
        other => variables(other),
    };
    Problem::error("lepton::object::settings", message).help(help)
}

pub(super) fn no_credentials(label: &str, kind: Kind) -> Problem {
    Problem::error("lepton::object::no-credentials", format!("there are no credentials for `{label}`"))
        .help(variables(kind))
}

/// Where credentials come from.
fn variables(kind: Kind) -> &'static str {
    match kind {
        Kind::S3 => {
            "set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION, or run where a role is given; for a profile or \
             single sign-on: `eval \"$(aws configure export-credentials --format env)\"`; for public buckets \
             AWS_SKIP_SIGNATURE=true"
        }
        Kind::Google => {
            "run `gcloud auth application-default login`, or set GOOGLE_APPLICATION_CREDENTIALS to the file of a \
             service account, or GOOGLE_OAUTH_ACCESS_TOKEN; for public buckets GOOGLE_SKIP_SIGNATURE=true"
        }
        Kind::Azure => {
            "set AZURE_STORAGE_ACCOUNT with AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN, or AZURE_TENANT_ID, \
             AZURE_CLIENT_ID and AZURE_CLIENT_SECRET; with `az login` AZURE_USE_AZURE_CLI=true"
        }
        Kind::Web => "check the address; proxies are taken from HTTPS_PROXY",
    }
}

/// What a request came to.
pub(super) fn failed(label: &str, kind: Kind, error: &object_store::Error) -> Problem {
    use object_store::Error as Stored;
    match error {
        Stored::NotFound { .. } => {
            Problem::error("lepton::object::not-found", format!("there is nothing at `{label}`"))
                .help("check the bucket and the path; a prefix ends with `/`")
        }
        Stored::PermissionDenied { .. } => {
            Problem::error("lepton::object::denied", format!("the credentials may not read `{label}`")).help(match kind
            {
                Kind::S3 => "reading needs s3:GetObject, and s3:ListBucket for a prefix or a pattern",
                Kind::Google => "reading needs storage.objects.get, and storage.objects.list for a prefix or a pattern",
                Kind::Azure => "reading needs the role Storage Blob Data Reader, or a key or a signature that may read",
                Kind::Web => EXPIRED,
            })
        }
        Stored::Unauthenticated { .. } => {
            Problem::error("lepton::object::denied", format!("the credentials for `{label}` are not accepted"))
                .help(if kind == Kind::Web { EXPIRED } else { variables(kind) })
        }
        Stored::InvalidPath { .. } => no_path(label),
        other => lost(label, kind, other),
    }
}

/// What is no plain answer: another region, an overloaded server, a cut connection.
fn lost(label: &str, kind: Kind, error: &object_store::Error) -> Problem {
    let text = error.to_string();
    let has = |word: &str| text.contains(word);
    if kind == Kind::S3 && (has("without LOCATION") || has("PermanentRedirect") || has("AuthorizationHeaderMalformed"))
    {
        return Problem::error("lepton::object::region", format!("`{label}` is in another region"))
            .help("set AWS_REGION to the region of the bucket");
    }
    if has("ExpiredToken") || has("TokenRefreshRequired") || has("InvalidToken") {
        return Problem::error("lepton::object::denied", format!("the credentials for `{label}` have expired"))
            .help("sign in again, and give the new credentials");
    }
    let (said, help) = match http_kind(error) {
        Some(HttpErrorKind::Timeout) => ("took too long to answer", "try again; a proxy may be needed (HTTPS_PROXY)"),
        Some(HttpErrorKind::Connect) => {
            ("cannot be reached", "check the network and the endpoint; a proxy may be needed (HTTPS_PROXY)")
        }
        Some(_) => ("answered with less than it promised", "try again"),
        None if has("Content-Length") || has("content length") => {
            ("answered without saying how long the file is", "fetch the file with curl, and give that or `-`")
        }
        None => ("answered with an error", "check the address and the endpoint, and try again"),
    };
    let status = status(&text).map(|status| format!(" ({status})")).unwrap_or_default();
    Problem::error("lepton::object::lost", format!("`{label}` {said}{status}")).help(help)
}

/// What went wrong on the way, if it was that.
fn http_kind(error: &object_store::Error) -> Option<HttpErrorKind> {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(current) = cause {
        if let Some(error) = current.downcast_ref::<HttpError>() {
            return Some(error.kind());
        }
        cause = current.source();
    }
    None
}

/// The status that a server answered with.
fn status(text: &str) -> Option<&str> {
    let at = text.find("status code: ")? + "status code: ".len();
    text.get(at..at + 3).filter(|status| status.bytes().all(|byte| byte.is_ascii_digit()))
}
