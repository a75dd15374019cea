//! Judges the rules of a plan's own lifecycle: what the data costs with each of them, and what without it.
//!
//! The rules of a bucket work together, so a rule is judged against what the others alone would do. How long data is
//! kept is what a deletion says; it is taken as wanted, and alike with a rule and without it.

use rust_decimal::Decimal;
use smol_str::{SmolStr, format_smolstr};

use super::{Cost, Data, KB_PER_GB, Stage, Tier, stages};
use crate::model::{Object, Value};
use crate::place::storage::tiers;

/// A rule of a lifecycle, as a `workload` block of the catalog says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// What the plan calls it.
    pub name: SmolStr,
    /// The moves that it makes.
    pub moves: Vec<Move>,
    /// The age in days at which it deletes.
    pub deletes_after: Option<Decimal>,
    /// Why nobody can judge it.
    pub doubt: Option<SmolStr>,
    /// What else it does that is not judged.
    pub aside: Option<SmolStr>,
}

/// A move into a class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Move {
    /// The age in days.
    pub day: Decimal,
    /// What the provider calls the class.
    pub class: SmolStr,
    /// Smaller objects are not moved.
    pub from_kb: Decimal,
    /// Larger objects are not moved.
    pub to_kb: Option<Decimal>,
    /// The classes out of which it moves; nothing for all.
    pub only_from: Option<Vec<SmolStr>>,
}

/// Ages that a rule may name, in days: no sum over them overflows.
const MOST_DAYS: u32 = 100_000;

/// Rules of one bucket that are judged; providers take up to a thousand.
const MOST_RULES: usize = 200;

impl Rule {
    /// Reads a rule; nothing if it does nothing that has to do with classes or lives.
    pub fn read(value: &Value) -> Option<Self> {
        let rule = value.as_object()?;
        let listed = rule.get("moves").unwrap_or(Value::Null);
        let listed = listed.as_list().unwrap_or_default();
        let moves: Vec<Move> = listed.iter().filter_map(Move::read).collect();
        let deletes = rule.get("deletes_after").filter(|value| !value.is_null());
        let deletes_after = deletes.as_ref().and_then(days);
        let is_unread = moves.len() < listed.len() || deletes.is_some() != deletes_after.is_some();
        let unread = is_unread.then(|| "its days or its class are not known, or sensitive".into());
        let found = Self {
            name: text(rule, "name").unwrap_or_else(|| "without a name".into()),
            moves,
            deletes_after,
            doubt: text(rule, "doubt").or(unread),
            aside: text(rule, "aside"),
        };
        let does_nothing = found.moves.is_empty() && found.deletes_after.is_none();
        (!does_nothing || found.doubt.is_some() || found.aside.is_some()).then_some(found)
    }

    /// What stands for rules that only apply makes known.
    pub fn untold() -> Self {
        let doubt = Some("it is sensitive, or known after apply only".into());
        Self { name: "of its lifecycle".into(), doubt, ..Self::default() }
    }

    /// Whether it could be judged, or does nothing that bears on the sums.
    pub fn is_settled(&self, ruling: &Ruling) -> bool {
        let does_nothing = self.moves.is_empty() && self.deletes_after.is_none() && self.doubt.is_none();
        does_nothing || !matches!(ruling, Ruling::Unjudged(_))
    }
}

impl Move {
    fn read(value: &Value) -> Option<Self> {
        let found = value.as_object()?;
        let kb = |name: &str| found.get(name)?.as_number().filter(|kb| !kb.is_sign_negative());
        let only_from = found.get("only_from").unwrap_or(Value::Null);
        let words = |classes: &[Value]| classes.iter().filter_map(|class| class.as_str().map(SmolStr::from)).collect();
        Some(Self {
            day: days(&found.get("day")?)?,
            class: text(found, "class")?,
            from_kb: kb("from_kb").unwrap_or_default(),
            to_kb: kb("to_kb"),
            only_from: only_from.as_list().map(words),
        })
    }
}

/// A text that may be shown.
fn text(object: &Object, name: &str) -> Option<SmolStr> {
    let value = object.get(name).filter(|value| !matches!(value, Value::Sensitive(_)))?;
    value.as_str().filter(|text| !text.is_empty()).map(SmolStr::from)
}

/// An age that may be shown.
fn days(value: &Value) -> Option<Decimal> {
    let open = Some(value).filter(|value| !matches!(value, Value::Sensitive(_)))?;
    open.as_number().filter(|days| !days.is_sign_negative() && *days <= Decimal::from(MOST_DAYS))
}

/// The age at which the rules delete all data; nothing where none does.
pub fn deleted_after(rules: &[Rule]) -> Option<Decimal> {
    rules.iter().filter(|rule| rule.doubt.is_none()).filter_map(|rule| rule.deletes_after).min()
}

/// What is found of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ruling {
    /// Its sums.
    Sums(Box<Sums>),
    /// It moves nothing: it only says how long data is kept.
    Deletes,
    /// Nobody can judge it, and why.
    Unjudged(SmolStr),
}

/// What the data costs over its life with a rule and without it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sums {
    /// Part by part, with it.
    pub with: Cost,
    /// The same without it.
    pub without: Cost,
    /// What each of its moves saves, where it makes several; below zero, it loses.
    pub by_move: Vec<Decimal>,
}

impl Sums {
    /// What the rule saves; below zero, it loses.
    pub fn saving(&self) -> Decimal {
        self.without.total() - self.with.total()
    }
}

/// A move that can be made: of which rule, which of its moves, when, where to.
struct Step<'r> {
    rule: usize,
    of: usize,
    made: &'r Move,
    tier: &'static Tier,
    /// From warm to cold.
    rank: usize,
}

/// What is found of each rule, and what the data costs with all that can be judged, if any can.
pub fn judge_rules(rules: &[Rule], start: &'static Tier, data: &Data) -> (Vec<Ruling>, Option<Cost>) {
    let resolved: Vec<Result<Vec<Step<'_>>, SmolStr>> =
        rules.iter().enumerate().map(|(at, rule)| resolve(at, rule, start, data)).collect();
    let mut steps: Vec<&Step<'_>> = resolved.iter().flatten().flatten().collect();
    steps.sort_by_key(|step| (step.made.day, step.rank));
    let cost_of = |counts: &dyn Fn(&Step<'_>) -> bool| life(&steps, counts, start, data);
    let all = cost_of(&|_| true);
    let ruling = |(at, found): (usize, &Result<Vec<Step<'_>>, SmolStr>)| match found {
        Err(reason) => Ruling::Unjudged(reason.clone()),
        Ok(own) if own.is_empty() => Ruling::Deletes,
        Ok(own) => {
            let without = cost_of(&|step| step.rule != at);
            let Some((with, without)) = all.clone().zip(without) else {
                return Ruling::Unjudged("a price that it needs is not known".into());
            };
            let saved = |of: usize| Some(cost_of(&|step| (step.rule, step.of) != (at, of))?.total() - with.total());
            let several = if own.len() > 1 { own.as_slice() } else { &[] };
            let by_move = several.iter().filter_map(|step| saved(step.of)).collect();
            Ruling::Sums(Box::new(Sums { with, without, by_move }))
        }
    };
    let rulings: Vec<Ruling> = resolved.iter().enumerate().map(ruling).collect();
    let has_sums = rulings.iter().any(|ruling| matches!(ruling, Ruling::Sums(_)));
    (rulings, all.filter(|_| has_sums))
}

/// The moves of a rule, or why nobody can judge it.
fn resolve<'r>(at: usize, rule: &'r Rule, start: &'static Tier, data: &Data) -> Result<Vec<Step<'r>>, SmolStr> {
    if let Some(doubt) = &rule.doubt {
        return Err(doubt.clone());
    }
    if at >= MOST_RULES || rule.moves.len() > MOST_RULES {
        return Err(format_smolstr!("only the first {MOST_RULES} rules are judged"));
    }
    if rule.moves.is_empty() && rule.deletes_after.is_none() {
        return Err(rule.aside.clone().unwrap_or_default());
    }
    let step = |(of, made): (usize, &'r Move)| {
        let (rank, tier) = class_of(made, start)?;
        reaches(made, tier, data)?;
        Ok(Step { rule: at, of, made, tier, rank })
    };
    rule.moves.iter().enumerate().map(step).collect()
}

/// The class of a move with its rank, if its price may stand in a sum.
fn class_of(made: &Move, start: &Tier) -> Result<(usize, &'static Tier), SmolStr> {
    let classes = tiers(&start.provider, &start.region);
    let mut named = classes.iter().enumerate().filter(|(_, tier)| tier.terraform.eq_ignore_ascii_case(&made.class));
    let Some(found) = named.next() else {
        return Err(format_smolstr!("the price of {} in {} is not known", made.class, start.region));
    };
    if named.next().is_some() {
        return Err(format_smolstr!(
            "what {} costs follows from when each object was read, which nobody knows",
            made.class
        ));
    }
    if found.1.storage.is_none() || found.1.move_per_10k.is_none() {
        return Err(format_smolstr!(
            "what a move into {} or its storage costs in {} is not known",
            made.class,
            start.region
        ));
    }
    if !found.1.confidence.may_price() {
        return Err(format_smolstr!("the price of {} is in no stored list", made.class));
    }
    Ok(found)
}

/// Whether a move takes the data: it may be too young for the class, or of another size than the rule asks for.
fn reaches(made: &Move, tier: &Tier, data: &Data) -> Result<(), SmolStr> {
    if made.day < tier.min_age_days {
        return Err(format_smolstr!("{} takes no object before day {}", made.class, tier.min_age_days.normalize()));
    }
    let Some(mean_kb) = (data.gb * KB_PER_GB).checked_div(data.objects) else { return Ok(()) };
    let mean = mean_kb.round_dp(1).normalize();
    if mean_kb < made.from_kb {
        let least = made.from_kb.round_dp(1).normalize();
        return Err(format_smolstr!(
            "it moves only objects from {least} KB on; these have {mean} KB on average, and how many are larger is not known"
        ));
    }
    match made.to_kb.filter(|most| mean_kb > *most) {
        Some(most) => Err(format_smolstr!(
            "it moves only objects up to {} KB; these have {mean} KB on average, and how many are smaller is not known",
            most.round_dp(1).normalize()
        )),
        None => Ok(()),
    }
}

/// What the data costs over its life with those steps that count.
fn life(steps: &[&Step<'_>], counts: &dyn Fn(&Step<'_>) -> bool, start: &'static Tier, data: &Data) -> Option<Cost> {
    let classes = tiers(&start.provider, &start.region);
    let mut at = (classes.iter().position(|tier| tier.name == start.name)?, start);
    let mut moves: Vec<(Decimal, &'static Tier)> = Vec::new();
    for step in steps.iter().filter(|step| counts(step) && step.made.day < data.days) {
        let is_from = |classes: &Vec<SmolStr>| classes.iter().any(|class| class.eq_ignore_ascii_case(&at.1.terraform));
        if step.rank <= at.0 || !step.made.only_from.as_ref().is_none_or(is_from) {
            continue;
        }
        // Of several moves on one day the coldest is made, once.
        moves.pop_if(|(day, _)| *day == step.made.day);
        moves.push((step.made.day, step.tier));
        at = (step.rank, step.tier);
    }
    let mut stages = stages(start, &moves, data)?.into_iter().map(|stage: Stage| stage.cost);
    let first = stages.next()?;
    Some(stages.fold(first, |sum, next| sum.and(&next)))
}
