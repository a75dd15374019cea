//! Writes the `instead` of findings into the Terraform files that a plan was made of.
//!
//! Only what is written out is changed: a value that comes from a variable, a local or an expression is left, and the
//! place to change is named.

mod edit;
mod refusal;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use hcl::edit::structure::{Body, Structure};
use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::finding::{Finding, Patch};
use crate::input::{Place, SourceFile, Sources};
use crate::model::{Address, Object, Problem};
use edit::Editor;

/// What was changed, and what was not for which reason.
#[derive(Debug, Default)]
pub struct Fixes {
    /// The files that change, by path.
    pub files: Vec<FixedFile>,
    /// The findings that were followed.
    pub followed: Vec<Followed>,
    /// Why others were not.
    pub refusals: Vec<Problem>,
}

/// A file before and after.
#[derive(Debug)]
pub struct FixedFile {
    /// Its path.
    pub path: PathBuf,
    /// Its text now.
    pub before: String,
    /// Its text with the fixes.
    pub after: String,
}

/// A finding whose change was written.
#[derive(Clone, Debug)]
pub struct Followed {
    /// The rule.
    pub code: SmolStr,
    /// The resource; without indexes where its block makes several.
    pub address: String,
    /// How many instances its block makes.
    pub instances: usize,
    /// What it saves a month, over all of them.
    pub saving: Decimal,
}

/// The files that change, each as it is and as it becomes.
type Changed<'s> = BTreeMap<PathBuf, (&'s SourceFile, Body)>;

/// Follows findings. `resources` are the managed resources of the plan that there will be, with their attributes.
pub fn fix(findings: &[&Finding], resources: &[(Address, Object)], sources: &Sources) -> Fixes {
    let mut fixes = Fixes::default();
    let mut changed = Changed::new();
    let mut done: BTreeSet<(PathBuf, usize, String)> = BTreeSet::new();
    // One block makes many instances, and one folder serves many module calls: a block is fixed once, for all.
    let mut instances: BTreeMap<(PathBuf, usize), Vec<usize>> = BTreeMap::new();
    for (at, (address, _)) in resources.iter().enumerate() {
        if let Some(place) = sources.resource(address).first() {
            instances.entry((place.file.path.clone(), place.index)).or_default().push(at);
        }
    }
    let mut groups: BTreeMap<(PathBuf, usize, SmolStr), Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        let Some(address) = finding.address.as_ref().filter(|_| finding.patch.is_some()) else { continue };
        match sources.resource(address).first() {
            Some(place) => {
                let key = (place.file.path.clone(), place.index, finding.code.clone());
                groups.entry(key).or_default().push(finding);
            }
            None => fixes.refusals.push(refusal::not_found(finding, address)),
        }
    }
    // Of two changes of one attribute the one that saves more is made.
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(key, findings)| (std::cmp::Reverse(saving(findings)), key.clone()));
    for ((path, index, code), group) in groups {
        let places = sources.resource(group[0].address.as_ref().expect("grouped by address"));
        let all = &instances[&(path, index)];
        match follow(&places, &group, all, resources, sources, &mut changed, &mut done) {
            Ok(()) => {
                let address = group[0].address.as_ref().expect("grouped by address");
                let address = if all.len() == 1 { address.to_string() } else { address.without_indexes() };
                fixes.followed.push(Followed { code, address, instances: all.len(), saving: saving(&group) });
            }
            Err(problem) => fixes.refusals.push(problem),
        }
    }
    for (path, (file, body)) in changed {
        let before = file.source.text().to_owned();
        let after = text_of(&body, &before);
        if after != before {
            fixes.files.push(FixedFile { path, before, after });
        }
    }
    fixes
}

fn saving(findings: &[&Finding]) -> Decimal {
    findings.iter().filter_map(|finding| finding.saving.as_ref()).map(|saving| saving.monthly).sum()
}

/// Follows the findings of one rule on the instances of one block.
fn follow<'s>(
    places: &[Place<'s>],
    group: &[&Finding],
    instances: &[usize],
    resources: &[(Address, Object)],
    sources: &'s Sources,
    changed: &mut Changed<'s>,
    done: &mut BTreeSet<(PathBuf, usize, String)>,
) -> Result<(), Problem> {
    let finding = group[0];
    let place = places[0];
    if !place.module.is_own {
        return Err(refusal::foreign(finding, &place));
    }
    let Some(Patch::Set(patch)) = &finding.patch else { return Err(refusal::removal(finding, &place)) };
    let is_same = |other: &&Finding| matches!(&other.patch, Some(Patch::Set(other)) if *other == *patch);
    let has_finding = |at: &&usize| group.iter().any(|finding| finding.address.as_ref() == Some(&resources[**at].0));
    if !group.iter().all(is_same) || !instances.iter().all(|at| has_finding(&at)) {
        let others = instances.iter().filter(|at| !has_finding(at)).count();
        return Err(refusal::shared(finding, &place, instances.len(), others));
    }
    // The values of one instance stand for all: they come from the same text.
    let values = &resources[instances[0]].1;
    for name in patch.names() {
        let value = patch.get(&name).expect("a name of its own");
        // An override of the attribute is where it is decided.
        let place = places.iter().rev().find(|place| place.block.body.has_attribute(&name)).unwrap_or(&places[0]);
        let key = (place.file.path.clone(), place.index, name.to_string());
        if !done.insert(key) {
            return Err(refusal::twice(finding, place, &name));
        }
        if text_of(&place.file.body, place.file.source.text()) != place.file.source.text() {
            return Err(refusal::unusual(finding, place));
        }
        let entry = changed.entry(place.file.path.clone());
        let (_, body) = entry.or_insert_with(|| (place.file, place.file.body.clone()));
        let mut trial = body.clone();
        let editor = Editor { finding, place, sources, now: values };
        let Some(Structure::Block(block)) = trial.get_mut(place.index) else { continue };
        editor.set(&mut block.body, &name, &value)?;
        *body = trial;
    }
    Ok(())
}

/// A body as text, with the line ends of the text that it was read from. The last line of a file may lack its end.
fn text_of(body: &Body, before: &str) -> String {
    let mut text = body.to_string();
    let ends = before.matches('\n').count();
    if ends > 0 && before.matches("\r\n").count() == ends {
        text = text.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    if !before.ends_with('\n') && text.ends_with('\n') {
        text.truncate(text.trim_end_matches(['\r', '\n']).len());
    }
    text
}

/// Writes a fixed file in the place of the old one: whole, or not at all.
pub fn write(file: &FixedFile) -> Result<(), Problem> {
    let refuse = |error: &dyn std::fmt::Display| {
        Problem::error("lepton::fix::not-written", format!("`{}` cannot be written: {error}", file.path.display()))
            .help("the file is as it was; check its permissions and the space left")
    };
    // A link is followed: the file that it names is written.
    let path = file.path.canonicalize().map_err(|error| refuse(&error))?;
    let now = std::fs::read_to_string(&path).map_err(|error| refuse(&error))?;
    if now != file.before {
        return Err(refuse(&"it was changed in the meantime"));
    }
    let temporary = beside(&path);
    let put = || -> std::io::Result<()> {
        std::fs::write(&temporary, &file.after)?;
        std::fs::set_permissions(&temporary, std::fs::metadata(&path)?.permissions())?;
        std::fs::rename(&temporary, &path)
    };
    put().map_err(|error| {
        let _ = std::fs::remove_file(&temporary);
        refuse(&error)
    })
}

fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    path.with_file_name(format!(".{name}.lepton-{}", std::process::id()))
}
