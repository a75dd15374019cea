//! `lepton catalog refresh --rates`: exchange rates into the table that `lepton.hcl` names.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::pricing::load_config;
use super::{clock, terminal};
use crate::model::Problem;
use crate::refresh::{self, Rates};

/// Brings the rates here. On failure what is in use stands behind the problem.
pub(super) fn run(to: Option<&Path>, bases: BTreeMap<String, String>) -> Result<(), Vec<Problem>> {
    let file = match to {
        Some(file) => file.to_owned(),
        None => table()?,
    };
    let wish = Rates { file, bases, today: clock::today() };
    let done = refresh::rates(&wish).map_err(|problem| vec![problem, in_use(&wish)])?;
    let (file, day) = (wish.file.display(), done.day);
    let text = match done.is_unchanged {
        true => format!("there are no newer rates than those of {day}, in `{file}`\n"),
        false => format!("exchange rates of {day} for {} currencies, in `{file}`\n", done.currencies),
    };
    terminal::print(&text).map_err(|problem| vec![problem])
}

/// The table that the configuration here names.
fn table() -> Result<PathBuf, Vec<Problem>> {
    let (config, _) = load_config(None)?;
    let Some(name) = &config.rates else {
        let problem = Problem::error("lepton::prices::rates", "there is no table that the rates could go into");
        return Err(vec![problem.help("name one by `--to FILE`, and in lepton.hcl by `rates = \"FILE\"`")]);
    };
    let folder = config.source.as_ref().and_then(|source| Path::new(source.name()).parent());
    Ok(folder.unwrap_or(Path::new("")).join(name.value.as_str()))
}

/// Which rates are in use where a refresh failed.
fn in_use(wish: &Rates) -> Problem {
    let file = wish.file.display();
    let text = match refresh::rates_in_use(&wish.file, &wish.today) {
        Some(day) => format!("`{file}` is as it was: the rates of {day} stay in use"),
        None => format!("`{file}` was not written: there are no rates of it in use"),
    };
    Problem::note("lepton::prices::in-use", text)
}
