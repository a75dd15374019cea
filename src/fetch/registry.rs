//! The protocol of module registries: which versions there are, and where one of them is.

use semver::Version;
use serde::Deserialize;
use url::Url;

use super::http::{Client, is_this_machine};
use super::source::{Location, Named};
use super::version::Constraint;

/// The largest answer of a registry.
const LARGEST: u64 = 16 << 20;

#[derive(Deserialize)]
struct Services {
    #[serde(rename = "modules.v1")]
    modules: Option<String>,
}

#[derive(Deserialize)]
struct Listing {
    modules: Vec<Versions>,
}

#[derive(Deserialize)]
struct Versions {
    versions: Vec<Listed>,
}

#[derive(Deserialize)]
struct Listed {
    version: String,
}

#[derive(Deserialize)]
struct Download {
    location: String,
}

/// A registry that was found at its host.
pub(super) struct Registry<'c> {
    client: &'c Client,
    host: String,
    /// Below it are the modules.
    base: Url,
}

impl<'c> Registry<'c> {
    /// Asks a host where its registry is.
    pub(super) fn of(host: &str, client: &'c Client) -> Result<Self, String> {
        let invalid = || format!("`{host}` is no host");
        let mut root = Url::parse(&format!("https://{host}/")).map_err(|_| invalid())?;
        if is_this_machine(&root) {
            root = Url::parse(&format!("http://{host}/")).map_err(|_| invalid())?;
        }
        let asked = root.join(".well-known/terraform.json").map_err(|_| invalid())?;
        let services: Services = json(&client.get(&asked, Some(host), LARGEST)?.body, host)?;
        let modules = services.modules.ok_or_else(|| format!("`{host}` has no registry of modules"))?;
        let mut base = asked.join(&modules).map_err(|_| format!("`{host}` says no address of its registry"))?;
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        Ok(Self { client, host: host.to_owned(), base })
    }

    /// The newest version of a module that fits.
    pub(super) fn newest(&self, module: &Named, constraint: Option<&str>) -> Result<String, String> {
        let constraint = Constraint::read(constraint)?;
        let answer = self.client.get(&self.at(module, "versions")?, Some(&self.host), LARGEST)?;
        let listing: Listing = json(&answer.body, &self.host)?;
        let listed = listing.modules.into_iter().flat_map(|module| module.versions);
        // What is no version cannot be asked for.
        let versions = listed.filter_map(|listed| Version::parse(&listed.version).ok());
        let newest = constraint.newest(versions).map(|version| version.to_string());
        newest.ok_or_else(|| format!("`{}` has no version that fits", self.host))
    }

    /// Where a version of a module is.
    pub(super) fn location(&self, module: &Named, version: &str) -> Result<Location, String> {
        let asked = self.at(module, &format!("{version}/download"))?;
        let answer = self.client.get(&asked, Some(&self.host), LARGEST)?;
        let location = match answer.location {
            Some(location) => location,
            None => json::<Download>(&answer.body, &self.host)?.location,
        };
        let is_relative = ["/", "./", "../"].iter().any(|start| location.starts_with(start));
        let location = match is_relative {
            true => asked.join(&location).map(String::from).map_err(|_| "the registry says no address")?,
            false => location,
        };
        match Location::of(&location)? {
            Location::Registry(_) => Err("the registry leads to a registry".into()),
            location => Ok(location),
        }
    }

    fn at(&self, module: &Named, rest: &str) -> Result<Url, String> {
        self.base.join(&format!("{}/{rest}", module.path)).map_err(|_| "the module has no address".into())
    }
}

fn json<T: serde::de::DeserializeOwned>(bytes: &[u8], host: &str) -> Result<T, String> {
    serde_json::from_slice(bytes).map_err(|_| format!("`{host}` does not answer as a registry of modules does"))
}
