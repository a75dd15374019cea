//! Reports on so many projects that what was written of one is not held: what each adds to a report goes to a temporary
//! file as soon as it is priced, and what a summary needs is kept.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};
use std::io::{self, Seek as _, Write};

use rust_decimal::Decimal;
use smol_str::SmolStr;
use tempfile::SpooledTempFile;

use super::findings::{self, NAMED, NAMED_FAILING};
use super::view::{Coverage, Identity, Options, ProjectInput, Report, identity};
use super::{Format, RenderOptions, csv, json, json_lists, modules, table};
use crate::diff::{CostDiff, Delta};
use crate::estimate::PricedPlan;
use crate::model::{Address, Problem, Severity};
use crate::rules::Finding;

/// How much of a list is held before it goes to a file.
const MOST_HELD: usize = 1 << 20;

/// What is left of projects whose resources and findings are written already.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// Whether there are such projects.
    pub(super) is_written: bool,
    /// The findings that count, by code and severity.
    pub(super) groups: BTreeMap<(SmolStr, Reverse<Severity>), ToldGroup>,
    /// How many findings are suppressed.
    pub(super) suppressed: usize,
    /// The codes of those for which the gate fails.
    pub(super) failing: Vec<SmolStr>,
    /// The first of these findings.
    pub(super) failing_first: Vec<Finding>,
    /// What following warnings and errors would save, and on how many resources.
    pub(super) savings: (Decimal, usize),
    /// What is wrong with inputs and stanzas, each once.
    pub(super) problems: Vec<Problem>,
    /// The modules that change: project, path, by how much.
    pub(super) modules: Vec<(usize, SmolStr, Delta)>,
}

/// What is left of the findings of a rule.
#[derive(Clone, Debug, Default)]
pub(super) struct ToldGroup {
    pub(super) title: SmolStr,
    pub(super) count: usize,
    pub(super) saving: Option<Decimal>,
    /// Those that save most.
    pub(super) dearest: Vec<Finding>,
}

/// What projects add to a report, form by form.
pub struct Spool {
    forms: Vec<Form>,
    options: Options,
    projects: Vec<ProjectInput>,
    coverage: Coverage,
    told: Told,
    seen: HashSet<Identity>,
}

/// A form that is asked for, with its lists.
struct Form {
    format: Format,
    options: RenderOptions,
    lists: Vec<SpooledTempFile>,
}

/// What one project adds.
pub struct Part {
    /// For each form the text for each list.
    texts: Vec<Vec<String>>,
    /// Its sums.
    project: ProjectInput,
    coverage: Coverage,
    problems: Vec<Problem>,
    modules: Vec<(usize, SmolStr, Delta)>,
    findings: Vec<Finding>,
    savings: (Decimal, usize),
}

impl Spool {
    /// A spool for some forms of a report; `None` if one of them cannot be written project by project.
    pub fn new(forms: &[(Format, RenderOptions)], options: Options) -> Option<Self> {
        let form = |(format, options): &(Format, RenderOptions)| {
            let count = match format {
                Format::Table | Format::Csv => 1,
                Format::Json => json_lists::LISTS.len(),
                _ => return None,
            };
            let lists = (0..count).map(|_| SpooledTempFile::new(MOST_HELD)).collect();
            Some(Form { format: *format, options: options.clone(), lists })
        };
        Some(Self {
            forms: forms.iter().map(form).collect::<Option<_>>()?,
            options,
            projects: Vec::new(),
            coverage: Coverage::default(),
            told: Told { is_written: true, ..Told::default() },
            seen: HashSet::new(),
        })
    }

    /// What a project adds, at its position among the projects.
    pub fn part(
        &self,
        at: usize,
        project: ProjectInput,
        findings: Vec<Finding>,
        savings: &[(Address, Decimal)],
    ) -> Part {
        let currency = &self.options.currency;
        let text = |form: &Form| match form.format {
            Format::Json => json_lists::project_parts(&project, &findings, savings, currency).into(),
            Format::Csv => vec![csv::project(&project, currency)],
            _ => vec![table::project(&project, true, &self.options, &form.options)],
        };
        let texts = self.forms.iter().map(text).collect();
        let mut coverage = Coverage::default();
        coverage.add_project(&project, self.options.max_age.as_ref());
        let mut seen: HashSet<Identity> = HashSet::new();
        let problems = project.problems().filter(|problem| seen.insert(identity(problem))).cloned().collect();
        let rows = modules::of(&project, currency).into_iter();
        let modules = rows.map(|(module, delta)| (at, module.into(), delta)).collect();
        let savings = (savings.iter().map(|(_, saving)| *saving).sum(), savings.len());
        let priced = PricedPlan { changes: Vec::new(), problems: Vec::new(), ..project.priced };
        let diff = CostDiff { changes: Vec::new(), ..project.diff };
        let project = ProjectInput { priced, diff, ..project };
        Part { texts, project, coverage, problems, modules, findings, savings }
    }

    /// Writes what a project adds. Projects come in the order of the report.
    pub fn add(&mut self, part: Part) -> io::Result<()> {
        for (form, texts) in self.forms.iter_mut().zip(&part.texts) {
            for (list, text) in form.lists.iter_mut().zip(texts) {
                list.write_all(text.as_bytes())?;
            }
        }
        self.projects.push(part.project);
        self.coverage.merge(part.coverage);
        self.told.modules.extend(part.modules);
        self.told.savings.0 += part.savings.0;
        self.told.savings.1 += part.savings.1;
        for problem in part.problems {
            if self.seen.insert(identity(&problem)) {
                self.told.problems.push(problem);
            }
        }
        part.findings.into_iter().for_each(|finding| self.told.add(finding, &self.options));
        Ok(())
    }

    /// The report so far, without what its projects have written.
    pub fn report(&mut self) -> Report {
        let mut report = Report::new(std::mem::take(&mut self.projects), self.options.clone());
        report.coverage = std::mem::take(&mut self.coverage);
        report.told = std::mem::take(&mut self.told);
        report
    }

    /// Writes the form at a position as a whole.
    pub fn write(&mut self, form: usize, report: &Report, out: &mut dyn Write) -> io::Result<()> {
        let Form { format, options, lists } = &mut self.forms[form];
        lists.iter_mut().try_for_each(SpooledTempFile::rewind)?;
        match format {
            Format::Json => {
                let text = json::render(report, options);
                let pieces = json_lists::cut(&text);
                out.write_all(pieces[0].as_bytes())?;
                for (list, behind) in lists.iter_mut().zip(&pieces[1..]) {
                    // Each element has a comma before it.
                    let has_elements = io::Read::read(list, &mut [0])? > 0;
                    io::copy(list, out)?;
                    if has_elements {
                        out.write_all(if behind.starts_with(']') { b"\n  " } else { b"," })?;
                    }
                    out.write_all(behind.as_bytes())?;
                }
            }
            Format::Csv => {
                out.write_all(csv::head().as_bytes())?;
                io::copy(&mut lists[0], out)?;
            }
            _ => {
                io::copy(&mut lists[0], out)?;
                out.write_all(table::summary(report, options).as_bytes())?;
            }
        }
        Ok(())
    }
}

impl Told {
    /// Counts a finding, and keeps it if a summary may name it.
    fn add(&mut self, finding: Finding, options: &Options) {
        if !finding.counts() {
            self.suppressed += 1;
            return;
        }
        if options.fails(&finding) {
            self.failing.push(finding.code.clone());
            if self.failing_first.len() < NAMED_FAILING {
                self.failing_first.push(finding.clone());
            }
        }
        let group = self.groups.entry((finding.code.clone(), Reverse(finding.severity))).or_default();
        if group.count == 0 {
            group.title = finding.title.clone();
        }
        group.count += 1;
        let sums = [group.saving, findings::known_saving(&finding)];
        group.saving = sums.into_iter().flatten().reduce(|sum, one| sum + one);
        let before = |other: &Finding| findings::dearest(other) <= findings::dearest(&finding);
        let at = group.dearest.partition_point(before);
        if at < NAMED {
            group.dearest.insert(at, finding);
            group.dearest.truncate(NAMED);
        }
    }
}
