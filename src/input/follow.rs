//! References through local values, which plans do not tell: the files that a plan was made of have them.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use smol_str::SmolStr;

use super::references::Graph;
use super::{Sources, module};
use crate::model::{Plan, Problem, References};

/// What a plan tells, and after that what its files tell.
struct Followed {
    plan: Arc<dyn References>,
    files: Graph,
}

/// Lets the references of a plan follow local values in the files of its root module. Gives what is wrong with the
/// files, as warnings.
pub fn follow_sources(plan: &mut Plan, folder: &Path) -> Result<Vec<Problem>, Problem> {
    let sources = Sources::read(folder)?;
    let configuration = Arc::new(module::configuration_of(&sources, folder));
    let files = Graph::new(plan.changes.clone(), Some(configuration));
    plan.references = Arc::new(Followed { plan: plan.references.clone(), files });
    Ok(sources.problems().iter().cloned().map(Problem::softened).collect())
}

impl References for Followed {
    fn targets(&self, from: usize, path: &str) -> Vec<usize> {
        let known = self.plan.targets(from, path);
        if known.is_empty() { self.files.targets(from, path) } else { known }
    }

    fn referrers(&self, to: usize, kind: &str, path: &str) -> Vec<usize> {
        let mut found: BTreeSet<usize> = self.plan.referrers(to, kind, path).into_iter().collect();
        // Where the plan tells another target, the files have no say.
        let of_files = self.files.referrers(to, kind, path).into_iter();
        found.extend(of_files.filter(|from| self.targets(*from, path).contains(&to)));
        found.into_iter().collect()
    }

    fn all_targets(&self, from: usize) -> Vec<usize> {
        let mut found: BTreeSet<usize> = self.plan.all_targets(from).into_iter().collect();
        found.extend(self.files.all_targets(from));
        found.into_iter().collect()
    }

    fn links(&self, from: usize) -> Vec<(SmolStr, usize)> {
        let mut found: BTreeSet<(SmolStr, usize)> = self.plan.links(from).into_iter().collect();
        let of_files = self.files.links(from).into_iter();
        found.extend(of_files.filter(|(path, to)| self.targets(from, path).contains(to)));
        found.into_iter().collect()
    }
}
