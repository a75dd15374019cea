//! Terragrunt's functions and blocks on small trees.

use std::path::PathBuf;

use super::place::Place;
use super::session::Session;
use crate::input::module::{Given, NoKnowledge};
use crate::model::{Problem, Value};

/// A folder with files that is removed again.
struct Tree(PathBuf);

impl Tree {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("lepton-terragrunt-{name}-{}", std::process::id()));
        std::fs::create_dir_all(folder.join(".git")).unwrap();
        for (path, text) in files {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        Self(folder)
    }

    /// What the unit in a folder is, with what came up.
    fn evaluate<T>(&self, unit: &str, see: impl FnOnce(Result<Value, Vec<Problem>>, &Session<'_>) -> T) -> T {
        let given = Given::default();
        let session = Session::new(&self.0.join(unit), false, &given, &|_, _, _| None, &NoKnowledge);
        let folder = self.0.join(unit);
        let place = Place::unit(folder.join("terragrunt.hcl"), folder, Value::Null);
        let config = session.evaluate(&place);
        see(config.map(|config| Value::Object(config.parts.into_iter().collect())), &session)
    }

    /// The local values of a unit, as text, the tree's own folder written as `TREE`.
    fn locals(&self, unit: &str) -> Vec<String> {
        let locals = self.evaluate(unit, |config, _| get(&config.unwrap(), "locals"));
        let entries = locals.as_object().unwrap().entries();
        let folder = self.0.display().to_string();
        entries.into_iter().map(|(name, value)| format!("{name} = {value}").replace(&folder, "TREE")).collect()
    }
}

impl Drop for Tree {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn get(value: &Value, name: &str) -> Value {
    value.as_object().and_then(|object| object.get(name)).unwrap_or(Value::Null)
}

#[test]
fn folders_are_told_from_the_unit() {
    let unit = r#"
        include "root" {
          path = find_in_parent_folders("root.hcl")
        }
        locals {
          here    = get_terragrunt_dir()
          parent  = get_parent_terragrunt_dir()
          named   = get_parent_terragrunt_dir("root")
          to      = path_relative_to_include()
          from    = path_relative_from_include("root")
          top     = get_repo_root()
          to_top  = get_path_to_repo_root()
          of_top  = get_path_from_repo_root()
          other   = find_in_parent_folders("none.hcl", "fallback")
          needed  = contains(get_terraform_commands_that_need_vars(), "plan")
          text    = trimspace(file("text.tftpl"))
        }
    "#;
    let files =
        [("live/root.hcl", ""), ("live/prod/vpc/terragrunt.hcl", unit), ("live/prod/vpc/text.tftpl", "hello\n")];
    let tree = Tree::new("folders", &files);
    let expected = [
        r#"here = "TREE/live/prod/vpc""#,
        r#"parent = "TREE/live""#,
        r#"named = "TREE/live""#,
        r#"to = "prod/vpc""#,
        r#"from = "../..""#,
        r#"top = "TREE""#,
        r#"to_top = "../../..""#,
        r#"of_top = "live/prod/vpc""#,
        r#"other = "fallback""#,
        "needed = true",
        r#"text = "hello""#,
    ];
    assert_eq!(tree.locals("live/prod/vpc"), expected);
}

#[test]
fn what_is_read_for_its_values_sees_its_own_folder() {
    let unit = r#"
        locals {
          other = read_terragrunt_config("../other/values.hcl").locals
          none  = read_terragrunt_config("none.hcl", { locals = {} }).locals
          more  = jsondecode(read_tfvars_file("some.tfvars")).sizes[1]
        }
    "#;
    let other = "locals {\n  here = get_terragrunt_dir()\n  first = get_original_terragrunt_dir()\n}\n";
    let files = [("a/terragrunt.hcl", unit), ("other/values.hcl", other), ("a/some.tfvars", "sizes = [1, 2]\n")];
    let tree = Tree::new("values", &files);
    let expected = [r#"other = {here = "TREE/other", first = "TREE/a"}"#, "none = {}", "more = 2"];
    assert_eq!(tree.locals("a"), expected);
}

#[test]
fn included_files_see_the_unit_and_the_last_one_wins() {
    let unit = r#"
        include "root" {
          path   = "../root.hcl"
          expose = true
        }
        include "deep" {
          path           = "../deep.hcl"
          merge_strategy = "deep"
        }
        include "only" {
          path           = "../only.hcl"
          merge_strategy = "no_merge"
          expose         = true
        }
        inputs = {
          list = [2]
          from = include.only.locals.value
          way  = include.root.inputs.way
        }
    "#;
    let files = [
        ("a/terragrunt.hcl", unit),
        ("root.hcl", "inputs = {\n  way  = path_relative_to_include()\n  both = \"root\"\n}\n"),
        ("deep.hcl", "inputs = {\n  list = [1]\n  both = \"deep\"\n}\n"),
        ("only.hcl", "locals {\n  value = 3\n}\ninputs = {\n  never = true\n}\n"),
    ];
    let tree = Tree::new("includes", &files);
    let inputs = tree.evaluate("a", |config, _| get(&config.unwrap(), "inputs"));
    assert_eq!(inputs.to_string(), r#"{way = "a", both = "deep", list = [1, 2], from = 3}"#);
}

#[test]
fn the_environment_is_read_and_never_printed() {
    let unit = r#"
        locals {
          cargo = get_env("CARGO_MANIFEST_DIR")
          none  = get_env("LEPTON_TEST_THAT_IS_NOT_SET", "fallback")
          open  = get_env("LEPTON_TEST_THAT_IS_NOT_SET")
        }
    "#;
    let tree = Tree::new("environment", &[("a/terragrunt.hcl", unit)]);
    tree.evaluate("a", |config, session| {
        let locals = get(&config.unwrap(), "locals");
        let expected = r#"{cargo = (sensitive value), none = "fallback", open = (known after apply)}"#;
        assert_eq!(locals.to_string(), expected);
        assert_eq!(get(&locals, "cargo").as_str(), Some(env!("CARGO_MANIFEST_DIR")));
        let said: Vec<&str> = session.warnings.borrow().iter().map(Problem::code).collect();
        assert_eq!(said, ["lepton::terragrunt::environment"]);
    });
}

#[test]
fn nothing_is_run_or_decrypted() {
    let unit = r#"
        locals {
          command = run_cmd("touch", "run")
          secret  = sops_decrypt_file("secret.json")
          account = get_aws_account_id()
        }
    "#;
    let tree = Tree::new("commands", &[("a/terragrunt.hcl", unit)]);
    tree.evaluate("a", |config, session| {
        let locals = get(&config.unwrap(), "locals");
        let unknown = |name: &str| get(&locals, name).as_unknown().is_some();
        assert!(unknown("command") && unknown("secret") && unknown("account"));
        assert!(get(&locals, "secret").is_sensitive());
        assert_eq!(session.warnings.borrow().len(), 2);
    });
    assert!(!tree.0.join("a/run").exists());
}

#[test]
fn what_lies_outside_of_the_repository_is_not_read() {
    let unit = "locals {\n  other = read_terragrunt_config(\"../../other.hcl\")\n}\n";
    let files = [("inner/.git/HEAD", ""), ("inner/a/terragrunt.hcl", unit), ("other.hcl", "locals {}\n")];
    let tree = Tree::new("outside", &files);
    let problems = tree.evaluate("inner/a", |config, _| config.unwrap_err());
    assert!(problems[0].to_string().contains("leads out"), "{problems:?}");
}

#[test]
fn no_text_panics() {
    let texts = [
        "include {}",
        "include \"a\" { path = null }",
        "include \"a\" { path = 1 }",
        "dependency \"a\" {}",
        "dependency \"a\" { config_path = run_cmd(\"x\") }",
        "locals { a = local }",
        "locals { a = path_relative_to_include(\"b\") }",
        "locals { a = find_in_parent_folders(1, 2, 3) }",
        "inputs = 3",
        "generate = 3",
        "terraform { source = [] }",
        "locals { a = read_terragrunt_config(\"terragrunt.hcl\") }",
    ];
    for text in texts {
        let tree = Tree::new("texts", &[("a/terragrunt.hcl", text)]);
        tree.evaluate("a", |_, _| ());
        let given = Given::default();
        super::projects(&tree.0, &given, &|_, _, _| None, &NoKnowledge);
    }
}
