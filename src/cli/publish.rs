//! Brings a report to a pull request, as options and the environment say.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{clock, terminal};
use crate::estimate::MonthlyTotal;
use crate::model::{Problem, Severity};
use crate::publish::{
    self, Annotation, AnnotationLevel, Behavior, CheckRun, Conclusion, GitHub, GitHubTarget, GitLab, GitLabTarget,
    Marker, Posted,
};
use crate::report::{self, Format, RenderOptions, Report};
use crate::rules::Finding;

/// Whose pull request it is, and how lepton behaves there.
#[derive(Debug, Args)]
pub(super) struct Target {
    /// The forge
    #[arg(long, value_enum, default_value_t = Provider::GitHub)]
    provider: Provider,

    /// The repository; the environment of a CI job says it too
    #[arg(long, value_name = "OWNER/NAME")]
    repo: Option<String>,

    /// The pull request, or merge request; the environment of a CI job says it too
    #[arg(long, value_name = "N")]
    pull_request: Option<u64>,

    /// The commit that checks and code scanning belong to
    #[arg(long, value_name = "SHA")]
    sha: Option<String>,

    /// What becomes of an earlier comment
    #[arg(long, value_enum, value_name = "BEHAVIOR", default_value_t = BehaviorName::Update)]
    comment_behavior: BehaviorName,

    /// Which of several reports on one pull request this is: a comment belongs to a tag
    #[arg(long, value_name = "TAG", default_value = "cost")]
    tag: String,

    /// Write no comment where nothing changes and nothing is found; an earlier one is kept up to date all the same
    #[arg(long, value_name = "BOOL", default_value_t = true, num_args = 0..=1, default_missing_value = "true",
          action = clap::ArgAction::Set)]
    only_on_change: bool,
}

/// The forges by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Provider {
    /// GitHub; the token is in GITHUB_TOKEN, the address of an own server in GITHUB_API_URL
    #[value(name = "github")]
    GitHub,
    /// GitLab; the token is in GITLAB_TOKEN, the address of an own server in CI_API_V4_URL
    #[value(name = "gitlab")]
    GitLab,
}

/// The behaviours by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum BehaviorName {
    /// It is written over
    Update,
    /// It stays, and another is written
    New,
    /// It is deleted, and another is written
    DeleteAndNew,
    /// It is hidden as outdated, and another is written
    HideAndNew,
}

impl BehaviorName {
    fn behavior(self) -> Behavior {
        match self {
            Self::Update => Behavior::Update,
            Self::New => Behavior::New,
            Self::DeleteAndNew => Behavior::DeleteAndNew,
            Self::HideAndNew => Behavior::HideAndNew,
        }
    }
}

/// What is published.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// A comment on the pull request.
    pub(super) comment: bool,
    /// A check with this name.
    pub(super) check: Option<String>,
    /// An upload to code scanning.
    pub(super) sarif: bool,
}

impl Wanted {
    pub(super) fn any(&self) -> bool {
        self.comment || self.check.is_some() || self.sarif
    }
}

/// What was said and what failed, each of the wanted things apart.
#[derive(Debug, Default)]
pub(super) struct Published {
    pub(super) said: Vec<&'static str>,
    pub(super) problems: Vec<Problem>,
}

/// Publishes a report. One thing that fails does not keep the others.
pub(super) fn publish(report: &Report, target: &Target, wanted: &Wanted, options: &RenderOptions) -> Published {
    let mut published = Published::default();
    let outcome = match target.provider {
        Provider::GitHub => github(report, target, wanted, options, &mut published),
        Provider::GitLab => gitlab(report, target, wanted, options, &mut published),
    };
    published.problems.extend(outcome.err());
    published
}

fn github(
    report: &Report,
    target: &Target,
    wanted: &Wanted,
    options: &RenderOptions,
    published: &mut Published,
) -> Result<(), Problem> {
    let token = token("GITHUB_TOKEN", "in a workflow, `env: { GITHUB_TOKEN: ${{ github.token }} }` hands it over")?;
    let mut found = GitHubTarget::of(&variable, &|path| std::fs::read_to_string(path).ok());
    found.repository = target.repo.clone().or(found.repository);
    found.pull_request = target.pull_request.or(found.pull_request);
    if let Some(sha) = &target.sha {
        found.sha = Some(sha.clone());
        found.checkout = found.checkout.map(|(_, reference)| (sha.clone(), reference));
    }
    let (repository, number) = if wanted.comment {
        found.pull_request()?
    } else {
        let number = found.pull_request.unwrap_or_default();
        (found.repository.as_deref().ok_or_else(|| missing("the repository", "--repo OWNER/NAME"))?, number)
    };
    let body = report::render(report, Format::Markdown, options);
    publish::run(async {
        let github = GitHub::connect(&found.api_url, &token, repository, number).await?;
        if wanted.comment {
            match comment(&github, report, target, &body).await {
                Ok(said) => published.said.extend(said),
                Err(problem) => published.problems.push(problem),
            }
        }
        if let Some(name) = &wanted.check {
            let done = match &found.sha {
                Some(sha) => github.check(&check(report, name, sha, &body)).await,
                None => Err(missing("the commit", "--sha SHA")),
            };
            match done {
                Ok(()) => published.said.push("check written"),
                Err(problem) => published.problems.push(problem),
            }
        }
        if wanted.sarif {
            let sarif = report::render(report, Format::Sarif, options);
            let done = match &found.checkout {
                Some((sha, reference)) => github.upload_sarif(&sarif, sha, reference).await,
                None => Err(missing("the commit and its reference", "--sha SHA, with GITHUB_REF in the environment")),
            };
            match done {
                Ok(()) => published.said.push("findings handed to code scanning"),
                Err(problem) => published.problems.push(problem),
            }
        }
        Ok(())
    })
}

fn gitlab(
    report: &Report,
    target: &Target,
    wanted: &Wanted,
    options: &RenderOptions,
    published: &mut Published,
) -> Result<(), Problem> {
    if wanted.check.is_some() || wanted.sarif {
        let text = "GitLab has no check runs and no upload of SARIF";
        let help = "hand `--format gitlab-code-quality` over as the artifact `codequality`, the gate's exit code does the rest";
        published.problems.push(Problem::error("lepton::publish::refused", text).help(help));
    }
    if !wanted.comment {
        return Ok(());
    }
    let token = token("GITLAB_TOKEN", "a project or personal access token with the scope `api`, as a masked variable")?;
    let mut found = GitLabTarget::of(&variable);
    found.project = target.repo.clone().or(found.project);
    found.merge_request = target.pull_request.or(found.merge_request);
    let (project, number) = found.merge_request()?;
    let body = report::render(report, Format::Markdown, options);
    let said = publish::run(async {
        let gitlab = GitLab::connect(&found.api_url, &token, project, number).await?;
        comment(&gitlab, report, target, &body).await
    })?;
    published.said.extend(said);
    Ok(())
}

/// Writes the comment; says what became of it.
async fn comment(
    forge: &impl publish::Commented,
    report: &Report,
    target: &Target,
    body: &str,
) -> Result<Option<&'static str>, Problem> {
    let marker = Marker { tag: target.tag.clone(), valid_at: clock::now(), run: run_id() };
    let is_quiet = target.only_on_change && !has_something_to_say(report);
    let posted = publish::post(forge, &marker, body, target.comment_behavior.behavior(), is_quiet).await?;
    Ok(Some(match posted {
        None => "nothing changes: no comment written",
        Some(Posted::Created) => "comment written",
        Some(Posted::Updated) => "comment updated",
        Some(Posted::Unchanged) => "the comment says the same already",
        Some(Posted::Outdated) => "a newer run has written the comment: left as it is",
    }))
}

/// Whether a change of cost, or a finding that counts and is new, is worth a comment.
fn has_something_to_say(report: &Report) -> bool {
    let changes = report.delta.as_ref().is_none_or(|delta| !delta.is_zero()) || report.coverage.changed > 0;
    changes || report.failing().next().is_some()
}

fn check(report: &Report, name: &str, sha: &str, body: &str) -> CheckRun {
    let failing = report::verdict(report);
    let title = match (&failing, body.lines().next()) {
        (Some(_), _) => format!("{} failing", crate::report::findings_word(report.failing().count())),
        (None, Some(headline)) => headline.trim_start_matches(['#', ' ']).to_owned(),
        (None, None) => "nothing to report".to_owned(),
    };
    let mut annotations: Vec<(Severity, Annotation)> = report
        .findings
        .iter()
        .filter(|finding| finding.counts())
        .filter_map(|finding| Some((finding.severity, annotation(finding)?)))
        .collect();
    annotations
        .sort_by_key(|(severity, annotation)| (std::cmp::Reverse(*severity), annotation.path.clone(), annotation.line));
    CheckRun {
        name: name.to_owned(),
        sha: sha.to_owned(),
        conclusion: if failing.is_some() { Conclusion::Failure } else { Conclusion::Success },
        title,
        summary: body.to_owned(),
        annotations: annotations.into_iter().map(|(_, annotation)| annotation).collect(),
    }
}

fn annotation(finding: &Finding) -> Option<Annotation> {
    let place = finding.place.as_ref()?;
    let address = finding.address.as_ref().map(|address| format!("{address}: ")).unwrap_or_default();
    Some(Annotation {
        path: in_repository(place.source.name())?,
        line: place.source.line(place.span),
        level: match finding.severity {
            Severity::Note => AnnotationLevel::Notice,
            Severity::Warning => AnnotationLevel::Warning,
            Severity::Error => AnnotationLevel::Failure,
        },
        title: format!("{}: {}", finding.code, finding.title),
        message: format!("{address}{}", finding.message),
    })
}

/// A path from the root of the repository; `None` for a file outside.
fn in_repository(path: &str) -> Option<String> {
    let path = Path::new(path);
    let here = std::env::current_dir().ok()?;
    let root = variable("GITHUB_WORKSPACE").map(PathBuf::from).unwrap_or_else(|| here.clone());
    let whole = if path.is_absolute() { path.to_owned() } else { here.join(path) };
    let mut parts: Vec<std::path::Component<'_>> = Vec::new();
    for part in whole.components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => _ = parts.pop(),
            other => parts.push(other),
        }
    }
    let whole: PathBuf = parts.into_iter().collect();
    let inside = whole.strip_prefix(&root).ok()?;
    Some(inside.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"))
}

/// Adds the report to the summary of a job, where there is one.
pub(super) fn job_summary(report: &Report, options: &RenderOptions) -> Result<bool, Problem> {
    use std::io::Write as _;
    let Some(path) = variable("GITHUB_STEP_SUMMARY") else { return Ok(false) };
    let mut text = report::render(report, Format::Markdown, options);
    text.push('\n');
    let written = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(&path)
        .and_then(|mut file| file.write_all(text.as_bytes()));
    written.map(|()| true).map_err(|error| {
        Problem::warning("lepton::publish::summary", format!("the job summary `{path}` cannot be written: {error}"))
            .help("GITHUB_STEP_SUMMARY names it; the report is on stdout all the same")
    })
}

/// Adds the report to the summary of the job because it could not be posted; says so.
pub(super) fn summary_instead(report: &Report, options: &RenderOptions) {
    match job_summary(report, options) {
        Ok(true) => terminal::say("the report is in the job summary instead"),
        Ok(false) => {}
        Err(problem) => terminal::report([&problem]),
    }
}

/// Sets the outputs of a workflow's step. A name or a path must not begin another output, so each has an end of its own.
pub(super) fn step_outputs(report: &Report, path: Option<&Path>) -> Result<(), Problem> {
    use std::io::Write as _;
    let refuse = |text: String| {
        Problem::error("lepton::publish::outputs", text)
            .help("a workflow's step has GITHUB_OUTPUT; elsewhere read --report")
    };
    let Some(file) = variable("GITHUB_OUTPUT") else { return Err(refuse("GITHUB_OUTPUT is not set".into())) };
    // Nothing there costs nothing; something there whose cost is not known is no number.
    let total = |total: &MonthlyTotal| match &total.known {
        Some(money) => money.amount.normalize().to_string(),
        None if total.usage_lines + total.unknown_lines == 0 => "0".to_owned(),
        None => String::new(),
    };
    let delta = report.delta.as_ref().map(|delta| delta.known.normalize().to_string());
    let outputs = [
        ("monthly-cost", Some(total(&report.current))),
        ("past-monthly-cost", report.past.as_ref().map(total)),
        ("diff", delta),
        ("verdict", Some(if report.failing().next().is_some() { "failed" } else { "passed" }.to_owned())),
        ("report-path", path.map(|path| path.display().to_string())),
    ];
    let end = run_id();
    let text: String = outputs
        .into_iter()
        .map(|(name, value)| format!("{name}<<lepton-{end}\n{}\nlepton-{end}\n", value.unwrap_or_default()))
        .collect();
    let written = std::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(&file)
        .and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| refuse(format!("`{file}` cannot be written: {error}")))
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn token(name: &str, help: &str) -> Result<String, Problem> {
    variable(name).ok_or_else(|| {
        Problem::error("lepton::publish::token", format!("there is no token: {name} is not set")).help(help)
    })
}

fn missing(what: &str, option: &str) -> Problem {
    Problem::error("lepton::publish::target", format!("nothing says {what}")).help(format!("give {option}"))
}

/// A name for this run that no other has.
fn run_id() -> String {
    use std::hash::{BuildHasher as _, Hasher as _};
    let mut hasher = std::hash::RandomState::new().build_hasher();
    hasher.write_u32(std::process::id());
    format!("{:016x}", hasher.finish())
}
