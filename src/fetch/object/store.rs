//! The client of a store, with the credentials that the environment gives.

use std::sync::{Arc, Once};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey, AwsCredentialProvider};
use object_store::azure::{AzureConfigKey, AzureCredentialProvider, MicrosoftAzureBuilder};
use object_store::gcp::{GcpCredentialProvider, GoogleCloudStorageBuilder, GoogleConfigKey};
use object_store::http::HttpBuilder;
use object_store::{BackoffConfig, ClientOptions, HeaderMap, HeaderValue, ObjectStore, RetryConfig};
use url::{Position, Url};

use super::address::{Address, Kind};
use super::{said, settings};
use crate::fetch::http::is_this_machine;
use crate::model::Problem;

/// How long connecting takes.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a server may be silent.
const SILENCE: Duration = Duration::from_secs(30);
/// How often a request is made again.
const MOST_RETRIES: usize = 3;
/// How long after the first try the last one begins.
const RETRYING: Duration = Duration::from_secs(30);

/// A store that can be asked.
pub(super) struct Store {
    pub(super) kind: Kind,
    pub(super) objects: Arc<dyn ObjectStore>,
    credentials: Credentials,
}

/// What gives credentials. It has no `Debug`, so that nothing shows them.
enum Credentials {
    S3(AwsCredentialProvider),
    Google(GcpCredentialProvider),
    Azure(AzureCredentialProvider),
    /// None are needed.
    None,
}

impl Store {
    /// The store that an address leads to.
    pub(super) fn of(address: &Address) -> Result<Self, Problem> {
        static TLS: Once = Once::new();
        // It fails only if the process has a provider already.
        TLS.call_once(|| _ = rustls::crypto::ring::default_provider().install_default());
        let made = match address.kind {
            Kind::S3 => s3(&address.url),
            Kind::Google => google(&address.url),
            Kind::Azure => azure(&address.url),
            Kind::Web => web(&address.url),
        };
        made.map_err(|error| said::settings(&address.label, address.kind, &error))
    }

    /// Whether there are credentials. Asked for apart from the object, so that it is clear what is missing.
    pub(super) async fn check_credentials(&self, label: &str) -> Result<(), Problem> {
        let found = match &self.credentials {
            Credentials::S3(provider) => provider.get_credential().await.err(),
            Credentials::Google(provider) => provider.get_credential().await.err(),
            Credentials::Azure(provider) => provider.get_credential().await.err(),
            Credentials::None => None,
        };
        found.map_or(Ok(()), |_| Err(said::no_credentials(label, self.kind)))
    }
}

fn s3(url: &Url) -> object_store::Result<Store> {
    let variables = settings::s3();
    let endpoint = settings::last(&variables, &["aws_endpoint_url", "aws_endpoint", "aws_endpoint_url_s3"]);
    let mut builder = AmazonS3Builder::new().with_client_options(options(endpoint)).with_retry(retries());
    for (name, value) in variables {
        if let Ok(key) = name.parse::<AmazonS3ConfigKey>() {
            builder = builder.with_config(key, value);
        }
    }
    let is_open = is_true(builder.get_config_value(&AmazonS3ConfigKey::SkipSignature));
    let store = builder.with_url(url.as_str()).build()?;
    let credentials = if is_open { Credentials::None } else { Credentials::S3(Arc::clone(store.credentials())) };
    Ok(Store { kind: Kind::S3, objects: Arc::new(store), credentials })
}

fn google(url: &Url) -> object_store::Result<Store> {
    let variables = settings::google();
    let endpoint = settings::last(&variables, &["google_base_url"]);
    let mut builder = GoogleCloudStorageBuilder::new().with_client_options(options(endpoint)).with_retry(retries());
    for (name, value) in variables {
        if let Ok(key) = name.parse::<GoogleConfigKey>() {
            builder = builder.with_config(key, value);
        }
    }
    let is_open = is_true(builder.get_config_value(&GoogleConfigKey::SkipSignature));
    let store = builder.with_url(url.as_str()).build()?;
    let credentials = if is_open { Credentials::None } else { Credentials::Google(Arc::clone(store.credentials())) };
    Ok(Store { kind: Kind::Google, objects: Arc::new(store), credentials })
}

fn azure(url: &Url) -> object_store::Result<Store> {
    let variables = settings::azure();
    let endpoint = settings::last(&variables, &["azure_storage_endpoint", "azure_endpoint"]);
    let mut builder = MicrosoftAzureBuilder::new().with_client_options(options(endpoint)).with_retry(retries());
    for (name, value) in variables {
        if let Ok(key) = name.parse::<AzureConfigKey>() {
            builder = builder.with_config(key, value);
        }
    }
    let is_open = is_true(builder.get_config_value(&AzureConfigKey::SkipSignature));
    let store = builder.with_url(url.as_str()).build()?;
    let credentials = if is_open { Credentials::None } else { Credentials::Azure(Arc::clone(store.credentials())) };
    Ok(Store { kind: Kind::Azure, objects: Arc::new(store), credentials })
}

/// A server; the query of the address, which may be a signature, goes with every request.
fn web(url: &Url) -> object_store::Result<Store> {
    let mut base = url.clone();
    base.set_path("");
    let mut options = options(Some(&url[..Position::BeforePath]));
    if !url.username().is_empty() || url.password().is_some() {
        let pair = format!("{}:{}", decoded(url.username()), decoded(url.password().unwrap_or_default()));
        if let Ok(mut value) = HeaderValue::try_from(format!("Basic {}", STANDARD.encode(pair))) {
            value.set_sensitive(true);
            options = options.with_default_headers(HeaderMap::from_iter([(http::header::AUTHORIZATION, value)]));
        }
        // Neither fails for an address with a host.
        let _ = base.set_username("");
        let _ = base.set_password(None);
    }
    let store = HttpBuilder::new().with_url(base).with_client_options(options).with_retry(retries()).build()?;
    Ok(Store { kind: Kind::Web, objects: Arc::new(store), credentials: Credentials::None })
}

/// Without TLS only to the machine itself, unless the environment allows it.
fn options(endpoint: Option<&str>) -> ClientOptions {
    let is_here = endpoint.and_then(|endpoint| Url::parse(endpoint).ok()).is_some_and(|url| is_this_machine(&url));
    ClientOptions::new()
        .with_user_agent(HeaderValue::from_static(concat!("lepton/", env!("CARGO_PKG_VERSION"))))
        .with_allow_http(is_here)
        .with_connect_timeout(CONNECT)
        .with_read_timeout(SILENCE)
        .with_timeout(super::LONGEST)
}

fn retries() -> RetryConfig {
    RetryConfig { backoff: BackoffConfig::default(), max_retries: MOST_RETRIES, retry_timeout: RETRYING }
}

fn is_true(value: Option<String>) -> bool {
    value.is_some_and(|value| ["true", "1", "yes", "on"].contains(&value.to_lowercase().as_str()))
}

/// A part of an address without its percent signs.
fn decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let [first, behind @ ..] = rest {
        let digits = behind.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.filter(|_| *first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(*first);
                rest = behind;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_percent_signs_off() {
        for (part, plain) in [("a%40b", "a@b"), ("p+w%2", "p+w%2"), ("%c3%a9%zz", "é%zz"), ("", "")] {
            assert_eq!(decoded(part), plain);
        }
    }
}
