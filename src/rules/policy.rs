//! Policies in Rego: `deny` and `warn` of every package, over the report that the run made.
//!
//! A package `infracost` reads the layout that policies of that name were written for; any other package reads
//! lepton's own. Policies see the report and nothing else: no network, no environment.

use std::collections::BTreeMap;
use std::fs;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use std::time::Duration;

use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{Engine, Value};
use smol_str::SmolStr;

use super::finding::{Finding, FoundBy, Origin};
use super::policy_calls::{Circle, circles};
use crate::model::{Address, Problem, Severity, Source, Span};

/// How long one set of messages may take.
const LIMIT: Duration = Duration::from_secs(10);
/// How long all of them may take: a step that the engine cannot interrupt must not hold up the run.
const LIMIT_OF_ALL: Duration = Duration::from_secs(60);
/// How long reading them may take.
const LIMIT_OF_READING: Duration = Duration::from_secs(10);
/// A policy file is text that a person wrote.
const MAX_BYTES: u64 = 4 << 20;
const MAX_DEPTH: usize = 16;

/// The sets of messages that count, and how bad they are.
const RULES: [(&str, Severity); 2] = [("deny", Severity::Error), ("warn", Severity::Warning)];

/// Policies that were read and parsed.
pub struct Policies {
    engine: Engine,
    sources: Vec<Source>,
    /// Package, rule, severity.
    rules: Vec<(String, &'static str, Severity)>,
    /// Where each rule begins, by its path: the position of its source, and its name there.
    places: BTreeMap<String, (usize, Span)>,
}

/// The report in the layouts that policies read.
#[derive(Clone, Debug)]
pub struct PolicyInput {
    /// lepton's own.
    pub native: String,
    /// The widely used layout.
    pub infracost: String,
}

impl Policies {
    /// Reads `.rego` files, and all in a folder, with the `data.json` beside them. Tests are left out.
    pub fn read(paths: &[PathBuf]) -> Result<Self, Vec<Problem>> {
        let (send, receive) = mpsc::channel();
        let wanted = paths.to_vec();
        let begun = Arc::new(Mutex::new(PathBuf::new()));
        let at = Arc::clone(&begun);
        on_a_thread(move || {
            let _ = send.send(Self::read_all(&wanted, &at));
        });
        receive.recv_timeout(LIMIT_OF_READING).unwrap_or_else(|_| {
            let path = begun.lock().map(|path| path.display().to_string()).unwrap_or_default();
            let seconds = LIMIT_OF_READING.as_secs();
            let message = format!("`{path}` takes too long to read: stopped after {seconds} s");
            let help = "nest lists and sets less deep: reading takes twice as long with each level";
            Err(vec![Problem::error("lepton::rules::policy-time", message).help(help)])
        })
    }

    /// Says in `begun` which file it is at.
    fn read_all(paths: &[PathBuf], begun: &Mutex<PathBuf>) -> Result<Self, Vec<Problem>> {
        let mut engine = Engine::new();
        engine.set_execution_timer_config(timer(LIMIT));
        let mut policies = Self { engine, sources: Vec::new(), rules: Vec::new(), places: BTreeMap::new() };
        let mut problems = Vec::new();
        for path in paths {
            let mut files = Vec::new();
            match collect(path, 0, &mut files) {
                Ok(()) if files.iter().any(|file| has_ending(file, "rego")) => {}
                Ok(()) => problems.push(
                    Problem::error("lepton::rules::no-policy", format!("`{}` has no policies", path.display()))
                        .help("policies are files that end in .rego, and not in _test.rego"),
                ),
                Err(problem) => problems.push(problem),
            }
            for file in files {
                if let Ok(mut begun) = begun.lock() {
                    begun.clone_from(&file);
                }
                let added = if has_ending(&file, "json") { policies.data(path, &file) } else { policies.add(&file) };
                problems.extend(added.err());
            }
        }
        policies.rules.sort();
        policies.rules.dedup();
        problems.extend(policies.circles());
        if problems.is_empty() && policies.rules.is_empty() {
            let text = "no policy has a rule `deny` or `warn`: nothing would be judged";
            problems.push(
                Problem::error("lepton::rules::no-policy", text)
                    .help("write `deny contains msg if { … }` in a package"),
            );
        }
        if problems.is_empty() { Ok(policies) } else { Err(problems) }
    }

    fn add(&mut self, path: &Path) -> Result<(), Problem> {
        let name = path.display().to_string();
        let text = text_of(path)?;
        let source = Source::new(name.clone(), text.clone());
        self.sources.push(source);
        let newest = self.engine.add_policy(name.clone(), text.clone());
        let package = match newest {
            // The older grammar has no `if` and no `contains`.
            Err(error) if error.to_string().contains("keyword is required") => {
                self.engine.set_rego_v0(true);
                let package = self.engine.add_policy(name.clone(), text);
                self.engine.set_rego_v0(false);
                package
            }
            other => other,
        };
        let package = package.map_err(|error| self.problem(&error.to_string(), "a policy could not be read"))?;
        for (rule, severity) in RULES {
            if self.engine.has_declared_rule_rooted_at(&name, rule).unwrap_or(false) {
                self.places.entry(format!("{package}.{rule}")).or_insert_with(|| {
                    let at = self.sources.len() - 1;
                    (at, head(self.sources[at].text(), rule))
                });
                self.rules.push((package.clone(), rule, severity));
            }
        }
        Ok(())
    }

    /// A problem for each function that calls itself: the engine sees circles of rules only.
    fn circles(&mut self) -> Vec<Problem> {
        let circles = circles(self.engine.get_modules().iter().map(AsRef::as_ref));
        let problem = |circle: Circle| {
            let problem = Problem::error("lepton::rules::policy", format!("`{}` calls itself", circle.name))
                .help("Rego has no recursion; `walk` visits nested values");
            match self.sources.iter().find(|source| source.name() == circle.file) {
                Some(source) => problem.at(source, circle.span, "at once, or over other functions"),
                None => problem,
            }
        };
        circles.into_iter().map(problem).collect()
    }

    /// Adds `a/b/data.json` as `data.a.b`.
    fn data(&mut self, root: &Path, path: &Path) -> Result<(), Problem> {
        let text = text_of(path)?;
        let refuse = |error: &dyn std::fmt::Display| {
            Problem::error("lepton::rules::policy-data", format!("`{}` is no data: {error}", path.display()))
                .help("a data.json holds one object")
        };
        let mut data: serde_json::Value = serde_json::from_str(&text).map_err(|error| refuse(&error))?;
        let folder = path.parent().and_then(|folder| folder.strip_prefix(root).ok());
        for part in folder.into_iter().flat_map(Path::components).rev() {
            data = serde_json::json!({ part.as_os_str().to_string_lossy(): data });
        }
        self.engine.add_data_json(&data.to_string()).map_err(|error| refuse(&error))
    }

    /// The texts that were read.
    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// What the policies say of a report. A policy that fails is a problem; the others are judged all the same.
    pub fn judge(self, input: PolicyInput, projects: &[&str]) -> (Vec<Finding>, Vec<Problem>) {
        let (send, receive) = mpsc::channel();
        let projects: Vec<String> = projects.iter().map(|name| (*name).to_owned()).collect();
        // The thread is left behind if it does not come back: the process ends before it matters.
        on_a_thread(move || {
            let _ = send.send(self.judge_all(&input, &projects));
        });
        receive
            .recv_timeout(LIMIT_OF_ALL)
            .unwrap_or_else(|_| (Vec::new(), vec![takes_too_long("a policy", LIMIT_OF_ALL)]))
    }

    fn judge_all(mut self, input: &PolicyInput, projects: &[String]) -> (Vec<Finding>, Vec<Problem>) {
        let mut findings = Vec::new();
        let mut problems = Vec::new();
        let is_old = |package: &str| package == "data.infracost" || package.starts_with("data.infracost.");
        for (layout, wants_old) in [(&input.native, false), (&input.infracost, true)] {
            let rules: Vec<_> =
                self.rules.iter().filter(|(package, ..)| is_old(package) == wants_old).cloned().collect();
            if rules.is_empty() {
                continue;
            }
            self.engine.set_input(Value::from_json_str(layout).expect("the report is JSON"));
            for (package, rule, severity) in rules {
                let path = format!("{package}.{rule}");
                match self.engine.eval_rule(path.clone()) {
                    Ok(value) => match messages(&value) {
                        Some(said) => {
                            findings.extend(said.into_iter().map(|said| said.finding(&package, severity, projects)));
                        }
                        None => {
                            let message = format!("`{path}` is no set of messages");
                            let problem = Problem::error("lepton::rules::policy", message)
                                .help("a message is a text, or an object with `msg`");
                            problems.push(self.at_rule(problem, &path));
                        }
                    },
                    Err(error) => problems.push(self.problem(&error.to_string(), &path)),
                }
            }
        }
        (findings, problems)
    }

    /// Points a problem at the rule of a path.
    fn at_rule(&self, problem: Problem, path: &str) -> Problem {
        match self.places.get(path) {
            Some((at, span)) => problem.at(&self.sources[*at], *span, "here"),
            None => problem,
        }
    }

    /// An error of the engine, which names file, line and column in its text.
    fn problem(&self, text: &str, what: &str) -> Problem {
        if text.contains("exceeded time limit") {
            return self.at_rule(takes_too_long(&format!("`{what}`"), LIMIT), what);
        }
        let message = text.split("error: ").nth(1).unwrap_or(text).split("\n-->").next().unwrap_or(text);
        let problem = Problem::error("lepton::rules::policy", message.trim().trim_end_matches(':').to_owned())
            .help("policies are Rego, with `if` and `contains` or in the older grammar; numbers of a report are texts, read with `to_number`");
        let place = text.split("--> ").nth(1).and_then(|rest| rest.lines().next()).and_then(|place| {
            let (rest, column) = place.rsplit_once(':')?;
            let (name, line) = rest.rsplit_once(':')?;
            let source = self.sources.iter().find(|source| source.name() == name)?;
            Some((source, span(source.text(), line.parse().ok()?, column.parse().ok()?)))
        });
        match place {
            Some((source, span)) => problem.at(source, span, "here"),
            None => problem.about(what),
        }
    }
}

fn timer(limit: Duration) -> ExecutionTimerConfig {
    ExecutionTimerConfig { limit, check_interval: NonZeroU32::new(256).expect("not zero") }
}

/// Runs something on a thread of its own. Policies nest as deep as their writers like: the stack is a large one.
fn on_a_thread(run: impl FnOnce() + Send + 'static) {
    const STACK_BYTES: usize = 64 << 20;
    thread::Builder::new().stack_size(STACK_BYTES).spawn(run).expect("the system has a thread left");
}

fn takes_too_long(what: &str, limit: Duration) -> Problem {
    Problem::error("lepton::rules::policy-time", format!("{what} takes too long: stopped after {} s", limit.as_secs()))
        .help("join fewer collections in it; the cost of a comprehension is the product of their sizes")
}

/// The name of a rule where it first begins a line; the start of the text if it never does.
fn head(text: &str, rule: &str) -> Span {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let rest = line.strip_prefix(rule);
        if rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_')) {
            return Span { start, end: start + rule.len() };
        }
        start += line.len();
    }
    Span { start: 0, end: 0 }
}

/// The rest of a line from a column; both count from 1.
fn span(text: &str, line: usize, column: usize) -> Span {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let row = text[start..].lines().next().unwrap_or("");
    let at = row.char_indices().nth(column.saturating_sub(1)).map_or(row.len(), |(at, _)| at);
    let word = row[at..].find([' ', '\t', ')', '}', ',']).filter(|length| *length > 0).unwrap_or(row.len() - at);
    Span { start: start + at, end: start + at + word }
}

/// What one element of `deny` or `warn` says.
#[derive(Default)]
struct Said {
    message: String,
    code: Option<SmolStr>,
    address: Option<Address>,
    project: Option<String>,
}

impl Said {
    fn finding(self, package: &str, severity: Severity, projects: &[String]) -> Finding {
        let package = package.strip_prefix("data.").unwrap_or(package);
        let kebab = package.replace(['.', '_'], "-").to_ascii_lowercase();
        let project = match (&self.project, projects) {
            (Some(name), _) => projects.iter().position(|other| other == name),
            (None, [_]) => self.address.as_ref().map(|_| 0),
            (None, _) => None,
        };
        let code = self.code.unwrap_or_else(|| format!("policy-{kebab}").into());
        Finding {
            by: Arc::new(FoundBy { code, severity, origin: Origin::Policy, title: package.into(), docs: None }),
            project,
            address: self.address,
            message: self.message.into(),
            place: None,
            saving: None,
            patch: None,
            suppressed: None,
            is_known: false,
        }
    }
}

/// The messages of a rule; `None` if its value is none that says anything.
fn messages(value: &Value) -> Option<Vec<Said>> {
    match value {
        Value::Undefined | Value::Null | Value::Bool(false) => Some(Vec::new()),
        Value::Bool(true) => Some(vec![Said { message: "the policy does not hold".into(), ..Said::default() }]),
        Value::Set(all) => {
            all.iter().map(said).collect::<Option<Vec<_>>>().map(|all| all.into_iter().flatten().collect())
        }
        Value::Array(all) => {
            all.iter().map(said).collect::<Option<Vec<_>>>().map(|all| all.into_iter().flatten().collect())
        }
        one => Some(said(one)?.into_iter().collect()),
    }
}

/// `None` for what is no message; `Some(None)` for one that says it holds.
fn said(value: &Value) -> Option<Option<Said>> {
    if let Ok(text) = value.as_string() {
        return Some(Some(Said { message: text.to_string(), ..Said::default() }));
    }
    let object = value.as_object().ok()?;
    let text = |name: &str| object.get(&Value::from(name)).and_then(|value| value.as_string().ok());
    if object.get(&Value::from("failed")) == Some(&Value::Bool(false)) {
        return Some(None);
    }
    Some(Some(Said {
        message: text("msg").or_else(|| text("message"))?.to_string(),
        code: text("code").map(|code| code.as_ref().into()),
        address: text("address").map(|address| Address::new(address.as_ref())),
        project: text("project").map(|name| name.to_string()),
    }))
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|extension| extension == ending)
}

/// The policies and data under a path, in order of their names.
fn collect(path: &Path, depth: usize, found: &mut Vec<PathBuf>) -> Result<(), Problem> {
    let refuse = |error: &dyn std::fmt::Display| {
        Problem::error("lepton::rules::policy-file", format!("`{}` cannot be read: {error}", path.display()))
            .help("give --policy a folder of .rego files, or one such file")
    };
    let kind = fs::metadata(path).map_err(|error| refuse(&error))?;
    if !kind.is_dir() {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if (has_ending(path, "rego") && !name.ends_with("_test.rego")) || name == "data.json" || depth == 0 {
            found.push(path.to_owned());
        }
        return Ok(());
    }
    if depth > MAX_DEPTH {
        return Err(refuse(&"folders are too deep"));
    }
    let entries = fs::read_dir(path).map_err(|error| refuse(&error))?;
    let mut children = Vec::new();
    for entry in entries {
        children.push(entry.map_err(|error| refuse(&error))?.path());
    }
    children.sort();
    children.iter().try_for_each(|child| collect(child, depth + 1, found))
}

fn text_of(path: &Path) -> Result<String, Problem> {
    let refuse = |error: &dyn std::fmt::Display| {
        Problem::error("lepton::rules::policy-file", format!("`{}` cannot be read: {error}", path.display()))
            .help("a policy is a text file of at most 4 MB")
    };
    let length = fs::metadata(path).map_err(|error| refuse(&error))?.len();
    if length > MAX_BYTES {
        return Err(refuse(&format!("it has {length} bytes")));
    }
    fs::read_to_string(path).map_err(|error| refuse(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_that_does_not_end_is_stopped() {
        let mut policies = Policies::read(&["testdata/cli/policies/slow".into()]).expect("good policies");
        policies.engine.set_execution_timer_config(timer(Duration::from_millis(50)));
        let input = PolicyInput { native: "{}".into(), infracost: "{}".into() };
        let (found, failed) = policies.judge(input, &[]);
        assert!(found.is_empty());
        assert_eq!(failed.iter().map(Problem::code).collect::<Vec<_>>(), ["lepton::rules::policy-time"]);
        let (source, span) = failed[0].place().expect("the place of the rule");
        assert_eq!((source.name(), source.line(span)), ("testdata/cli/policies/slow/slow.rego", 3));
    }

    #[test]
    fn a_place_is_a_word_of_its_line() {
        let text = "package a\n\tx := é(y)\n";
        assert_eq!(&text[span(text, 2, 2).start..span(text, 2, 2).end], "x");
        assert_eq!(&text[span(text, 2, 8).start..span(text, 2, 8).end], "(y");
        assert_eq!(span(text, 9, 1), Span { start: text.len(), end: text.len() });
    }

    #[test]
    fn values_that_say_nothing_are_refused() {
        let value = |text: &str| Value::from_json_str(text).expect("JSON");
        let said = |text: &str| messages(&value(text)).map(|said| said.len());
        assert_eq!(said(r#"["a", {"msg": "b"}, {"msg": "c", "failed": false}]"#), Some(2));
        assert_eq!(said("true"), Some(1));
        assert_eq!(said("false"), Some(0));
        assert_eq!(said("[1]"), None);
        assert_eq!(said(r#"[{"text": "a"}]"#), None);
    }
}
