//! Options that give values to the variables of a configuration.

use std::path::PathBuf;

use clap::{ArgMatches, Args, FromArgMatches};
use smol_str::SmolStr;

use crate::input::module::{Given, VariableOption};

/// What Terraform's own options of these names do.
#[derive(Debug, Clone, Args)]
struct Options {
    /// The value of a variable of the configuration, as `terraform plan -var` takes it
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair, help_heading = "Of a configuration without a plan")]
    var: Vec<(SmolStr, String)>,

    /// A file of values, as `terraform plan -var-file` takes it; the later option wins
    #[arg(long, value_name = "FILE", help_heading = "Of a configuration without a plan")]
    var_file: Vec<PathBuf>,

    /// The workspace that the configuration is evaluated in
    #[arg(long, value_name = "NAME", env = "TF_WORKSPACE", help_heading = "Of a configuration without a plan")]
    workspace: Option<SmolStr>,
}

/// Options of modules that are not here.
#[derive(Debug, Clone, Args)]
pub(super) struct Fetching {
    /// Fetch modules from repositories, registries and archives; without it nothing is fetched
    #[arg(long, help_heading = "Of a configuration without a plan")]
    pub(super) fetch_modules: bool,

    /// Where fetched modules are kept; `lepton/modules` in the user's cache unless given
    #[arg(long, value_name = "DIR", help_heading = "Of a configuration without a plan")]
    pub(super) module_cache: Option<PathBuf>,
}

/// The options with the order in which they stand.
#[derive(Debug, Clone, Default)]
pub(super) struct Variables {
    options: Vec<VariableOption>,
    workspace: Option<SmolStr>,
}

impl Variables {
    /// The options with the environment.
    pub(super) fn given(&self) -> Given {
        let environment = std::env::vars_os().filter_map(|(name, value)| {
            let name = name.to_str()?.strip_prefix("TF_VAR_")?;
            Some((SmolStr::from(name), value.into_string().ok()?))
        });
        let mut environment: Vec<_> = environment.collect();
        environment.sort();
        Given {
            options: self.options.clone(),
            environment,
            inputs: Vec::new(),
            workspace: self.workspace.clone().unwrap_or_default(),
            instances: Vec::new(),
        }
    }
}

impl Args for Variables {
    fn augment_args(command: clap::Command) -> clap::Command {
        Options::augment_args(command)
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Options::augment_args_for_update(command)
    }
}

impl FromArgMatches for Variables {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let Options { var, var_file, workspace } = Options::from_arg_matches(matches)?;
        let at = |name: &str| matches.indices_of(name).into_iter().flatten();
        let values = var.into_iter().map(|(name, text)| VariableOption::Value(name, text));
        let files = var_file.into_iter().map(VariableOption::File);
        let mut options: Vec<_> = at("var").zip(values).chain(at("var_file").zip(files)).collect();
        options.sort_by_key(|(at, _)| *at);
        Ok(Self { options: options.into_iter().map(|(_, option)| option).collect(), workspace })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn pair(text: &str) -> Result<(SmolStr, String), String> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE")?;
    Ok((name.trim().into(), value.to_owned()))
}
