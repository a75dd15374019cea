//! `terragrunt.stack.hcl`: units that Terragrunt would generate, as if they stood in their folders.

use std::path::{Path, PathBuf};

use super::config::scope_path;
use super::file::{STACK, read};
use super::place::Place;
use super::said;
use super::scope::Scope;
use super::session::Session;
use super::unit::is_local;
use crate::input::module::written::Nested;
use crate::model::{Problem, Value};

pub(super) const STACK_FILE: &str = "terragrunt.stack.hcl";
/// Where Terragrunt generates the units of a stack.
const FOLDER: &str = ".terragrunt-stack";
/// How deep stacks nest.
const MOST_DEPTH: usize = 8;

/// What a stack generates.
#[derive(Default)]
pub(super) struct Generated {
    /// The folders of its units, which need not exist.
    pub(super) units: Vec<PathBuf>,
    /// What could not be generated.
    pub(super) problems: Vec<Problem>,
}

impl<'s> Session<'s> {
    /// Generates the units of the stack in a folder.
    pub(super) fn stack(&'s self, folder: &Path) -> Generated {
        let mut generated = Generated::default();
        self.expand(&folder.join(STACK_FILE), folder, Value::Null, 0, &mut generated);
        generated
    }

    fn expand(&'s self, file: &Path, folder: &Path, values: Value, depth: usize, into: &mut Generated) {
        let place = Place::unit(file.to_owned(), folder.to_owned(), values);
        let written = match read(file, &self.shown(file), STACK) {
            Ok(written) => written,
            Err(problems) => return into.problems.extend(problems),
        };
        let mut scope = Scope::new(self, &place);
        scope.locals(&written);
        for block in &written.blocks {
            if block.kind != "locals" {
                self.generate(block, file, &mut scope, depth, into);
            }
        }
        into.problems.append(&mut scope.problems);
    }

    fn generate(&'s self, block: &Nested, file: &Path, scope: &mut Scope<'s>, depth: usize, into: &mut Generated) {
        let paths =
            scope_path(scope, block, "source").and_then(|source| Ok((source, scope_path(scope, block, "path")?)));
        let (source, path) = match paths {
            Ok(paths) => paths,
            Err(problem) => return into.problems.push(problem),
        };
        let values = block.content.argument("values").map_or(Value::Null, |argument| scope.value(argument));
        let is_beside = block.content.argument("no_dot_terragrunt_stack").is_some_and(|argument| {
            let value = scope.value(argument);
            value.as_bool() == Some(true)
        });
        let folder = scope.place().folder.clone();
        let target = super::paths::within(&if is_beside { folder.clone() } else { folder.join(FOLDER) }, &path.text);
        // A source is relative to the file that names it.
        let beside = file.parent().unwrap_or(&folder);
        let Some(found) = self.folder_of(&source.text, beside) else {
            let problem = match is_local(&source.text) {
                true => said::missing_source(source.shown(), Some(&block.at)),
                false => said::not_loaded(source.shown(), Some(&block.at)),
            };
            return into.problems.push(problem);
        };
        if block.kind == "unit" {
            match self.unit(&found) {
                Some((file, _)) => {
                    self.generated.borrow_mut().insert(target.clone(), (file, values));
                    into.units.push(target);
                }
                None => into.problems.push(said::no_unit(source.shown(), &block.at)),
            }
        } else if depth < MOST_DEPTH && found.join(STACK_FILE).is_file() {
            self.expand(&found.join(STACK_FILE), &target, values, depth + 1, into);
        } else {
            into.problems.push(said::no_such_file("the source of the stack", source.shown(), &block.at));
        }
    }
}
