//! Modules that no local path leads to: local copies that `lepton.hcl` names, and, where the user asks for it, fetching.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::user_folders::user_folder;
use super::variables::Fetching;
use crate::config::Config;
use crate::fetch::Fetcher;
use crate::model::Problem;

/// The lock file, in the current folder beside `.lepton/catalog`.
const LOCK: &str = ".lepton/modules.lock.hcl";

/// Where modules are.
pub(super) struct Modules {
    fetcher: Option<Fetcher>,
}

impl Modules {
    pub(super) fn new(fetching: &Fetching) -> Result<Self, Problem> {
        if !fetching.fetch_modules {
            return Ok(Self { fetcher: None });
        }
        let cache = fetching.module_cache.clone().or_else(default_cache).ok_or_else(|| {
            Problem::error("lepton::fetch::no-cache", "nothing says where the cache of modules is")
                .help("give --module-cache DIR, or set XDG_CACHE_HOME or HOME")
        })?;
        Ok(Self { fetcher: Some(Fetcher::new(cache, Path::new(LOCK), tokens())?) })
    }

    /// The folder of a module; nothing is fetched that `init` has installed.
    pub(super) fn find(
        &self,
        config: &Config,
        source: &str,
        version: Option<&str>,
        is_installed: bool,
    ) -> Option<PathBuf> {
        let local = local_copy(config, source);
        let fetcher = self.fetcher.as_ref().filter(|_| !is_installed);
        local.or_else(|| fetcher?.find(source, version))
    }

    /// Why modules could not be fetched, each told once.
    pub(super) fn take_problems(&self) -> Vec<Problem> {
        self.fetcher.as_ref().map(Fetcher::take_problems).unwrap_or_default()
    }
}

/// The local copy of a module that the configuration names.
fn local_copy(config: &Config, source: &str) -> Option<PathBuf> {
    let base = folder(config)?;
    let copy = |module: &crate::config::LocalModule| {
        let below = module.folder(source)?;
        let path = base.join(module.path.value.as_str());
        Some(if below.is_empty() { path } else { path.join(below) })
    };
    config.modules.iter().rev().find_map(copy).filter(|path| path.is_dir())
}

/// The copies that are not where `lepton.hcl` says.
pub(super) fn missing_copies(config: &Config) -> Vec<Problem> {
    let (Some(source), Some(base)) = (&config.source, folder(config)) else { return Vec::new() };
    let missing = |module: &&crate::config::LocalModule| !base.join(module.path.value.as_str()).is_dir();
    let said = |module: &crate::config::LocalModule| {
        let path = base.join(module.path.value.as_str());
        let message =
            format!("the copy of `{}` is said to be in `{}`, which is no folder", module.source, path.display());
        Problem::warning("lepton::config::no-folder", message)
            .at(source, module.path.span, "not there")
            .help("the path is seen from the folder of lepton.hcl")
    };
    config.modules.iter().filter(missing).map(said).collect()
}

/// The folder of `lepton.hcl`.
fn folder(config: &Config) -> Option<&Path> {
    let source = config.source.as_ref()?;
    Some(Path::new(source.name()).parent().unwrap_or(Path::new("")))
}

/// The tokens of registries: `TF_TOKEN_registry_example_com`, where `__` stands for `-`.
fn tokens() -> HashMap<String, String> {
    let token = |(name, token): (OsString, OsString)| {
        let host = name.to_str()?.strip_prefix("TF_TOKEN_")?.replace("__", "-").replace('_', ".");
        Some((host.to_lowercase(), token.into_string().ok()?)).filter(|(_, token)| !token.is_empty())
    };
    std::env::vars_os().filter_map(token).collect()
}

fn default_cache() -> Option<PathBuf> {
    Some(user_folder("XDG_CACHE_HOME", ".cache")?.join("lepton/modules"))
}
