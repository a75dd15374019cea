//! Bounded requests over HTTPS; without TLS only to the machine itself.

use std::collections::HashMap;
use std::time::Duration;

use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};
use url::{Host, Url};

/// How long one request takes.
const LONGEST: Duration = Duration::from_secs(120);
/// How often an answer may lead elsewhere.
const MOST_REDIRECTS: u32 = 5;

/// An answer that is no error.
pub(super) struct Answer {
    /// What `X-Terraform-Get` says.
    pub(super) location: Option<String>,
    pub(super) body: Vec<u8>,
}

/// What asks, with the tokens of hosts. It has no `Debug`, so that nothing shows them.
pub(super) struct Client {
    tokens: HashMap<String, String>,
}

impl Client {
    pub(super) fn new(tokens: HashMap<String, String>) -> Self {
        Self { tokens }
    }

    /// The answer at an address; `registry`: the host whose token is sent, if there is one.
    pub(super) fn get(&self, url: &Url, registry: Option<&str>, most_bytes: u64) -> Result<Answer, String> {
        let is_here = is_this_machine(url);
        if url.scheme() != "https" && !(is_here && url.scheme() == "http") {
            return Err(format!("{} is no address over HTTPS", shown(url)));
        }
        let mut request = agent(is_here).get(url.as_str());
        let name = |host: &str| host.split(':').next().unwrap_or_default().to_lowercase();
        if let Some(token) = registry.and_then(|host| self.tokens.get(&name(host))) {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        let mut response = request.call().map_err(|error| unreachable(url, &error))?;
        let status = response.status();
        if !status.is_success() {
            return Err(format!("{} answers {}", shown(url), status.as_u16()));
        }
        let location = response.headers().get("x-terraform-get").and_then(|value| value.to_str().ok());
        let location = location.map(str::to_owned);
        let body = response.body_mut().with_config().limit(most_bytes).read_to_vec();
        Ok(Answer { location, body: body.map_err(|error| unreachable(url, &error))? })
    }
}

fn agent(is_here: bool) -> Agent {
    // The roots of the machine: companies have their own.
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .https_only(!is_here)
        .max_redirects(if is_here { 0 } else { MOST_REDIRECTS })
        .timeout_global(Some(LONGEST))
        .user_agent(concat!("lepton/", env!("CARGO_PKG_VERSION")))
        .tls_config(tls);
    let config = if is_here { config.proxy(None) } else { config };
    config.build().new_agent()
}

/// Whether an address is on the machine that lepton runs on.
pub(crate) fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// An address without what may be secret in it: its password and its query.
pub(crate) fn shown(url: &Url) -> String {
    format!("{}://{}{}", url.scheme(), url.host_str().unwrap_or_default(), url.path())
}

/// Why an address gave no answer.
pub(crate) fn unreachable(url: &Url, error: &ureq::Error) -> String {
    let said = match error {
        ureq::Error::BodyExceedsLimit(most) => format!("answers with more than {most} bytes"),
        ureq::Error::Timeout(_) => "took too long to answer".into(),
        ureq::Error::HostNotFound => "is on a host that is not found".into(),
        ureq::Error::Io(error) => format!("cannot be reached: {error}"),
        ureq::Error::TooManyRedirects => "leads on and on".into(),
        ureq::Error::RequireHttpsOnly(_) => "leads to an address without HTTPS".into(),
        _ => "cannot be asked over HTTPS".into(),
    };
    format!("{} {said}", shown(url))
}
