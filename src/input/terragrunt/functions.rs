//! Terragrunt's own functions.
//!
//! Nothing is run, decrypted or asked of a cloud: what that would tell is unknown.

use std::path::{Path, PathBuf};

use smol_str::SmolStr;

use super::place::Place;
use super::session::Session;
use super::{paths, said};
use crate::input::ModuleFiles;
use crate::input::module::given;
use crate::lang::{Files, Function, Host, Refused};
use crate::model::{Source, Value};

/// What Terragrunt adds to Terraform's functions.
pub(super) const ALL: &[Function] = &[
    Function::of_host("find_in_parent_folders", "[name], [fallback]", 0, Some(2)),
    Function::of_host("get_aws_account_alias", "", 0, Some(0)),
    Function::of_host("get_aws_account_id", "", 0, Some(0)),
    Function::of_host("get_aws_caller_identity_arn", "", 0, Some(0)),
    Function::of_host("get_aws_caller_identity_user_id", "", 0, Some(0)),
    Function::of_host("get_default_retryable_errors", "", 0, Some(0)),
    Function::of_host("get_env", "name, [fallback]", 1, Some(2)),
    Function::of_host("get_original_terragrunt_dir", "", 0, Some(0)),
    Function::of_host("get_parent_terragrunt_dir", "[include]", 0, Some(1)),
    Function::of_host("get_path_from_repo_root", "", 0, Some(0)),
    Function::of_host("get_path_to_repo_root", "", 0, Some(0)),
    Function::of_host("get_platform", "", 0, Some(0)),
    Function::of_host("get_repo_root", "", 0, Some(0)),
    Function::of_host("get_terraform_cli_args", "", 0, Some(0)),
    Function::of_host("get_terraform_command", "", 0, Some(0)),
    Function::of_host("get_terraform_commands_that_need_input", "", 0, Some(0)),
    Function::of_host("get_terraform_commands_that_need_locking", "", 0, Some(0)),
    Function::of_host("get_terraform_commands_that_need_parallelism", "", 0, Some(0)),
    Function::of_host("get_terraform_commands_that_need_vars", "", 0, Some(0)),
    Function::of_host("get_terragrunt_dir", "", 0, Some(0)),
    Function::of_host("get_terragrunt_source_cli_flag", "", 0, Some(0)),
    Function::of_host("get_working_dir", "", 0, Some(0)),
    Function::of_host("mark_as_read", "path", 1, Some(1)),
    Function::of_host("path_relative_from_include", "[include]", 0, Some(1)),
    Function::of_host("path_relative_to_include", "[include]", 0, Some(1)),
    Function::of_host("read_terragrunt_config", "path, [fallback]", 1, Some(2)),
    Function::of_host("read_tfvars_file", "path", 1, Some(1)),
    Function::of_host("run_cmd", "command, …", 1, None),
    Function::of_host("sops_decrypt_file", "path", 1, Some(1)),
];

/// The commands of Terraform that take a thing, as Terragrunt's functions list them.
const NEED_INPUT: &[&str] = &["apply", "import", "init", "plan", "refresh"];
const NEED_LOCKING: &[&str] = &["apply", "destroy", "import", "init", "plan", "refresh", "taint", "untaint"];
const NEED_PARALLELISM: &[&str] = &["apply", "plan", "destroy"];
const NEED_VARS: &[&str] = &["apply", "console", "destroy", "import", "plan", "push", "refresh"];

/// The command that a price is the price of.
pub(super) const COMMAND: &str = "plan";

/// Answers the functions in one file.
pub(super) struct UnitHost<'h> {
    pub(super) session: &'h Session<'h>,
    pub(super) place: &'h Place,
    pub(super) files: Option<&'h ModuleFiles>,
}

impl Host for UnitHost<'_> {
    fn targets(&self, _path: &str, _kinds: &[SmolStr]) -> Vec<Value> {
        Vec::new()
    }

    fn referrers(&self, _kind: &str, _path: &str) -> Vec<Value> {
        Vec::new()
    }

    fn files(&self) -> Option<&dyn Files> {
        self.files.map(|files| files as &dyn Files)
    }

    fn call(&self, name: &str, arguments: &[Value]) -> Result<Value, Refused> {
        let place = self.place;
        let path = |path: &Path| Ok(Value::from(paths::text(path).as_str()));
        match name {
            "get_terragrunt_dir" => path(&place.folder),
            "get_original_terragrunt_dir" => path(&place.original),
            "get_parent_terragrunt_dir" => path(self.parent(arguments)?),
            "path_relative_to_include" => Ok(self.way(self.parent(arguments)?, &place.folder)),
            "path_relative_from_include" => Ok(self.way(&place.folder, self.parent(arguments)?)),
            "get_repo_root" => path(&self.repository()?),
            "get_path_to_repo_root" => Ok(self.way(&place.folder, &self.repository()?)),
            "get_path_from_repo_root" => Ok(self.way(&self.repository()?, &place.folder)),
            "find_in_parent_folders" => self.find_in_parents(arguments),
            "read_terragrunt_config" => self.read_configuration(arguments),
            "read_tfvars_file" => self.read_variables(arguments),
            "mark_as_read" => Ok(arguments[0].clone()),
            "get_env" => self.environment(arguments),
            "run_cmd" => {
                self.session.warn(said::not_run(&self.file()));
                Ok(Value::unknown("a command that is not run"))
            }
            "sops_decrypt_file" => {
                self.session.warn(said::not_decrypted(&self.file()));
                Ok(Value::unknown("a file that is not decrypted").sensitive())
            }
            "get_platform" => Ok(Value::from(if cfg!(target_os = "macos") { "darwin" } else { std::env::consts::OS })),
            "get_terraform_command" => Ok(Value::from(COMMAND)),
            "get_terraform_cli_args" => Ok(texts(&[COMMAND])),
            "get_terraform_commands_that_need_input" => Ok(texts(NEED_INPUT)),
            "get_terraform_commands_that_need_locking" => Ok(texts(NEED_LOCKING)),
            "get_terraform_commands_that_need_parallelism" => Ok(texts(NEED_PARALLELISM)),
            "get_terraform_commands_that_need_vars" => Ok(texts(NEED_VARS)),
            "get_default_retryable_errors" => Ok(texts(&[])),
            "get_terragrunt_source_cli_flag" => Ok(Value::from("")),
            "get_working_dir" => Ok(Value::unknown("the folder that Terragrunt works in")),
            _ => Ok(Value::unknown("the account at the provider")),
        }
    }
}

impl UnitHost<'_> {
    /// What messages call the file.
    fn file(&self) -> String {
        self.session.shown(&self.place.file)
    }

    /// The folder of the included file; the unit's own if there is none.
    fn parent(&self, arguments: &[Value]) -> Result<&Path, Refused> {
        let label = arguments.first().map(|label| label.as_str().ok_or("the label is not a text".to_owned()));
        Ok(self.place.parent(label.transpose()?)?.unwrap_or(&self.place.folder))
    }

    fn way(&self, from: &Path, to: &Path) -> Value {
        Value::from(paths::relative(from, to).as_str())
    }

    fn repository(&self) -> Result<PathBuf, Refused> {
        paths::repository(&self.place.folder)
            .ok_or_else(|| Refused::from("there is no repository around the folder of the unit".to_owned()))
    }

    fn find_in_parents(&self, arguments: &[Value]) -> Result<Value, Refused> {
        let names: Vec<&str> = match arguments.first() {
            Some(name) => vec![name.as_str().ok_or("the name is not a text".to_owned())?],
            None => vec!["terragrunt.hcl", "terragrunt.hcl.json"],
        };
        let above = self.place.folder.ancestors().skip(1).take(paths::MOST_PARENTS);
        let mut candidates = above.flat_map(|folder| names.iter().map(|name| paths::within(folder, name)));
        match candidates.find(|path| self.session.may_read(path) && path.exists()) {
            Some(found) => Ok(Value::from(paths::text(&found).as_str())),
            None => arguments.get(1).cloned().ok_or_else(|| {
                let reason = format!("no folder above `{}` has `{}`", self.session.shown(&self.place.folder), names[0]);
                Refused::from(reason)
            }),
        }
    }

    /// The path of a file that an argument names.
    fn named(&self, argument: &Value) -> Result<PathBuf, Refused> {
        let path = self.place.path(argument.as_str().ok_or("the path is not a text".to_owned())?);
        if self.session.may_read(&path) {
            return Ok(path);
        }
        Err(Refused::from("the path leads out of what may be read".to_owned()))
    }

    fn read_configuration(&self, arguments: &[Value]) -> Result<Value, Refused> {
        let path = self.named(&arguments[0])?;
        if let (Some(fallback), false) = (arguments.get(1), path.is_file()) {
            return Ok(fallback.clone());
        }
        self.session.read_for_values(&self.place.read(path))
    }

    fn read_variables(&self, arguments: &[Value]) -> Result<Value, Refused> {
        let path = self.named(&arguments[0])?;
        let name = self.session.shown(&path);
        let text = super::file::text(&path, &name)?;
        if path.extension().is_some_and(|ending| ending == "json") {
            return Ok(Value::from(text.as_str()));
        }
        let values = given::read(&Source::new(name, text))?;
        let object = Value::Object(values.into_iter().map(|(name, _, value)| (name, value)).collect());
        let json = given::to_json(&object).ok_or("the file has values that are not known".to_owned())?;
        Ok(Value::from(json.to_string().as_str()))
    }

    /// A variable of the environment, which no output may show.
    fn environment(&self, arguments: &[Value]) -> Result<Value, Refused> {
        let name = arguments[0].as_str().ok_or("the name is not a text".to_owned())?;
        let is_name = !name.is_empty() && !name.contains(['=', '\0']);
        match std::env::var(name).ok().filter(|_| is_name) {
            Some(text) => Ok(Value::from(text.as_str()).sensitive()),
            None => Ok(arguments.get(1).cloned().unwrap_or_else(|| {
                self.session.warn(said::not_set(name, &self.file()));
                Value::unknown("a variable of the environment")
            })),
        }
    }
}

fn texts(texts: &[&str]) -> Value {
    Value::from(texts.iter().map(|text| Value::from(*text)).collect::<Vec<_>>())
}
