//! What `plan-cost` and `explain` share: options become an estimator, paths become priced projects.

use smol_str::SmolStr;

use super::{PricingOptions, load_catalog};
use crate::catalog::{Catalog, Entitled};
use crate::diff;
use crate::estimate::{Estimator, PricedPlan};
use crate::input;
use crate::model::{Address, Object, Plan, Problem};
use crate::price::Book;
use crate::report::{self, ProjectInput};
use crate::usage::UsageFile;

/// The currency of every figure until overlays bring others.
const CURRENCY: &str = "USD";

/// Everything that stands before the first input is read.
pub(super) struct Pricing {
    catalog: Catalog,
    book: &'static Book,
    usage: Option<UsageFile>,
    usage_problems: Vec<Problem>,
    region: Option<SmolStr>,
    is_strict: bool,
    wants_tags: bool,
}

/// What was read of the paths given.
pub(super) struct Read {
    /// What could be read, in the order given.
    pub(super) projects: Vec<Project>,
    /// A problem per path that could not.
    pub(super) errors: Vec<Problem>,
}

/// One input that was read.
pub(super) struct Project {
    pub(super) name: String,
    pub(super) path: String,
    pub(super) plan: Plan,
}

impl Pricing {
    /// Reads what the options name. `wants_tags`: whether some output shows tags.
    pub(super) fn prepare(options: &PricingOptions, wants_tags: bool) -> Result<Self, Vec<Problem>> {
        let catalog = load_catalog(&options.catalog)?;
        let mut usage_problems = Vec::new();
        let usage = match &options.usage_file {
            None => None,
            Some(path) => {
                let (usage, problems) = UsageFile::read(path)?;
                usage_problems.extend(problems);
                usage_problems.extend(usage.unknown_keys(&|kind| match catalog.find(kind) {
                    Entitled::Stanza(stanza) => Some(stanza.usage.clone()),
                    Entitled::Free => Some(Object::default()),
                    Entitled::Unsupported | Entitled::Broken(_) => None,
                }));
                Some(usage)
            }
        };
        Ok(Self {
            catalog,
            book: Book::embedded(),
            usage,
            usage_problems,
            region: options.region.clone(),
            is_strict: options.strict_prices,
            wants_tags,
        })
    }

    /// What the usage file gives cause to say.
    pub(super) fn warnings(&self) -> Vec<Problem> {
        self.usage_problems.clone()
    }

    /// Reads every path; patterns are expanded, and one broken input does not lose the others.
    pub(super) fn read(&self, paths: &[String]) -> Read {
        let mut projects: Vec<Project> = Vec::new();
        let mut errors = Vec::new();
        for path in paths.iter().flat_map(|path| expand(path)) {
            match path.and_then(|path| Ok((input::read_path(std::path::Path::new(&path))?, path))) {
                Ok((plan, path)) => projects.push(Project { name: project_name(&path), path, plan }),
                Err(problem) => errors.push(problem),
            }
        }
        name_apart(&mut projects);
        Read { projects, errors }
    }

    /// Prices a project and compares its sides.
    ///
    /// The last plan of a run is not freed: the process is about to end, and would only return the memory later.
    pub(super) fn project(&self, project: Project, is_last: bool) -> ProjectInput {
        let priced = self.price(&project.plan, false);
        let diff = diff::compare(&priced, &CURRENCY.into());
        let Project { name, path, plan } = project;
        if is_last {
            std::mem::forget(plan);
        }
        ProjectInput { name, path, priced, diff }
    }

    /// Prices a plan; with a trace for `explain`.
    pub(super) fn price(&self, plan: &Plan, wants_trace: bool) -> PricedPlan {
        let usage = |kind: &str, address: &Address| match &self.usage {
            Some(usage) => usage.for_resource(kind, address),
            None => Object::default(),
        };
        let estimator = Estimator {
            catalog: &self.catalog,
            book: self.book,
            usage: &usage,
            region: self.region.clone(),
            is_strict: self.is_strict,
            currency: CURRENCY.into(),
            wants_trace,
            wants_tags: self.wants_tags,
        };
        estimator.price_plan(plan)
    }

    /// What a report says of the book and the currency.
    pub(super) fn report_options(&self) -> report::Options {
        let (oldest, newest) = self.book.as_of();
        report::Options { currency: CURRENCY.into(), book_oldest: oldest, book_newest: newest, ..Default::default() }
    }
}

/// The files that a path means: itself, or what its pattern matches.
fn expand(path: &str) -> Vec<Result<String, Problem>> {
    let is_pattern = path.contains(['*', '?', '[']) && !std::path::Path::new(path).exists();
    if !is_pattern {
        return vec![Ok(path.to_owned())];
    }
    let matches = match glob::glob(path) {
        Ok(matches) => matches,
        Err(error) => {
            let message = format!("`{path}` is not a pattern: {error}");
            return vec![Err(Problem::error("lepton::input::pattern", message).help("quote a literal `[` as `[[]`"))];
        }
    };
    let mut found: Vec<Result<String, Problem>> = matches
        .map(|entry| match entry {
            Ok(path) => Ok(path.display().to_string()),
            Err(error) => Err(Problem::error("lepton::input::unreadable", error.to_string())),
        })
        .collect();
    if found.is_empty() {
        let problem = Problem::error("lepton::input::no-match", format!("no file matches `{path}`"))
            .help("check the pattern; quote it so that the shell leaves it alone");
        found.push(Err(problem));
    }
    found
}

/// A project is called by its folder if the file has a name that every project's has, else by its file.
fn project_name(path: &str) -> String {
    if path == "-" {
        return "stdin".into();
    }
    path.to_owned()
}

/// Two inputs of one name get a number behind it.
fn name_apart(projects: &mut [Project]) {
    let mut seen: std::collections::HashMap<String, usize> = std::collections::HashMap::new();
    for project in projects {
        let count = seen.entry(project.name.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            project.name = format!("{} ({count})", project.name);
        }
    }
}
