//! The plan contracted into workloads: what moves together is one, and what never moves is said.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::flow::Flows;
use super::need::Need;
use crate::catalog::{Asker, Catalog, Sheet};
use crate::estimate::{Estimate, Estimator, Line, Monthly, MonthlyTotal, PricedPlan, Repricer, Status};
use crate::model::{Address, Plan, Problem, Value};

/// Resources that can only run in one place together.
#[derive(Clone, Debug)]
pub struct Workload {
    /// The resource that it is called by.
    pub address: Address,
    /// The resources with a cost that move with it, itself first.
    pub members: Vec<Address>,
    /// What it needs.
    pub need: Need,
    /// The book's provider of its present place.
    pub provider: SmolStr,
    /// The region of its present place.
    pub region: SmolStr,
    /// What it costs a month now, as far as that is known.
    pub now: Decimal,
    /// Of it, what companions without offers cost: counted alike wherever it runs.
    pub carried: Decimal,
    /// Lines of its members that usage decides, or that nobody knows.
    pub open_lines: usize,
    /// Whether some price of its members is another region's.
    pub has_fallback: bool,
    /// What the components of its lead cost, those of its parts (a group's machines, disks) among them.
    pub(super) components: BTreeMap<SmolStr, Decimal>,
    /// The positions of its members in the plan.
    pub(super) at: Vec<usize>,
}

/// A resource with a cost and without a workload: it stays where it is, whatever moves.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The resource.
    pub address: Address,
    /// The book's provider of its place.
    pub provider: SmolStr,
    /// What it costs a month.
    pub monthly: Decimal,
}

/// A plan taken apart.
#[derive(Clone, Debug, Default)]
pub(super) struct Contracted {
    /// In order of address.
    pub workloads: Vec<Workload>,
    /// What has a cost, but no workload: it stays where it is.
    pub stays: Vec<Standing>,
    /// Resources with a cost that nobody knows, which are in no sum.
    pub unpriced: usize,
    /// What is known of the data of resources.
    pub flows: Flows,
    /// Blocks of the catalog that failed.
    pub problems: Vec<Problem>,
}

/// What the catalog says of one resource.
enum Role {
    Workload(Box<Need>),
    Companion,
    None,
}

/// Contracts the side after the change of a plan.
pub(super) fn contract(plan: &Plan, priced: &PricedPlan, estimator: &Estimator<'_>) -> Contracted {
    let repricer = estimator.repricer(plan);
    let mut found = Contracted::default();
    let count = plan.changes.len();
    let mut roles: Vec<Role> = Vec::with_capacity(count);
    let mut joins: Vec<(usize, usize)> = Vec::new();
    let mut companions: Vec<usize> = Vec::new();
    for at in 0..count {
        let role = match sheet_of(estimator.catalog, plan, at) {
            None => Role::None,
            Some(Err(problems)) => {
                found.problems.extend(problems);
                Role::None
            }
            Some(Ok(sheet)) => match role(&sheet, plan, at, &repricer, &mut joins, &mut found.flows) {
                Ok(role) => role,
                Err(problem) => {
                    found.problems.push(problem.softened().about(plan.changes[at].address.as_str()));
                    Role::None
                }
            },
        };
        if matches!(role, Role::Companion) {
            companions.push(at);
        }
        roles.push(role);
    }
    let owner = owners(plan, &roles, &joins, &companions);
    gather(priced, roles, &owner, &repricer, estimator, &mut found);
    found.problems = crate::catalog::distinct(std::mem::take(&mut found.problems));
    found
}

fn sheet_of(catalog: &Catalog, plan: &Plan, at: usize) -> Option<Result<std::sync::Arc<Sheet>, Vec<Problem>>> {
    let after = plan.changes[at].after.as_ref()?;
    Some(catalog.workload(&after.kind)?.map_err(|problems| problems.to_vec()))
}

fn role(
    sheet: &Sheet,
    plan: &Plan,
    at: usize,
    repricer: &Repricer<'_>,
    joins: &mut Vec<(usize, usize)>,
    flows: &mut Flows,
) -> Result<Role, Problem> {
    let Some(after) = plan.changes[at].after.as_ref() else { return Ok(Role::None) };
    let host = repricer.host(at);
    let asker = Asker {
        this: after.values.clone(),
        usage: repricer.usage(at),
        region: repricer.region(at),
        need: Value::Null,
        each: None,
        host: &host,
    };
    flows.read(sheet, &asker, plan, at)?;
    let [companion, part_of, joined] = sheet.read(&asker, ["companion", "part_of", "joins"])?;
    let targets = |path: &Value| path.as_str().map_or_else(Vec::new, |path| plan.references.targets(at, path));
    if let Some([of, to]) = joined.as_list().map(|paths| paths.iter().map(targets).collect::<Vec<_>>()).as_deref() {
        for &of in of {
            joins.extend(to.iter().take(1).map(|&to| (of, to)));
        }
        return Ok(Role::None);
    }
    for path in part_of.as_list().into_iter().flatten() {
        joins.extend(targets(path).into_iter().take(1).map(|to| (at, to)));
    }
    if companion.as_bool() == Some(true) {
        return Ok(Role::Companion);
    }
    Ok(Need::read(sheet, &asker)?.map_or(Role::None, |need| Role::Workload(Box::new(need))))
}

/// For each resource the workload that it belongs to, if any.
fn owners(plan: &Plan, roles: &[Role], joins: &[(usize, usize)], companions: &[usize]) -> Vec<Option<usize>> {
    let is_workload = |at: usize| matches!(roles[at], Role::Workload(_));
    let mut owner: Vec<Option<usize>> = (0..roles.len()).map(|at| is_workload(at).then_some(at)).collect();
    for &(part, whole) in joins {
        if part != whole && is_workload(whole) {
            owner[part] = Some(whole);
        }
    }
    // A disk of a machine that is itself a part of something goes there too; circles end after a few steps.
    for at in 0..owner.len() {
        for _ in 0..8 {
            match owner[at] {
                Some(next) if owner[next] != Some(next) => owner[at] = owner[next],
                _ => break,
            }
        }
    }
    if companions.is_empty() {
        return owner;
    }
    let near = neighbourhood(plan);
    for &at in companions {
        if owner[at].is_some() {
            continue;
        }
        // What it names itself, such as a load balancer its machines, is nearer than what names it.
        let named = plan.references.all_targets(at).into_iter().find_map(|to| owner[to]);
        owner[at] = named.or_else(|| nearest_workload(at, &near, &owner));
    }
    owner
}

/// Who refers to whom, in both directions.
pub(super) fn neighbourhood(plan: &Plan) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut near: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for from in 0..plan.changes.len() {
        for to in plan.references.all_targets(from) {
            near.entry(from).or_default().insert(to);
            near.entry(to).or_default().insert(from);
        }
    }
    near
}

/// The workload that a companion is for: through at most two others, such as a target group and its attachment.
/// Where networks and roles are shared by all, the way leads nowhere in particular.
fn nearest_workload(from: usize, near: &BTreeMap<usize, BTreeSet<usize>>, owner: &[Option<usize>]) -> Option<usize> {
    const MOST_NEIGHBOURS: usize = 6;
    const MOST_STEPS: usize = 3;
    let mut seen = BTreeSet::from([from]);
    let mut edge = vec![from];
    for _ in 0..MOST_STEPS {
        let mut next = Vec::new();
        for at in edge {
            let around = near.get(&at).map(|around| around.iter().copied().collect::<Vec<_>>()).unwrap_or_default();
            if at != from && around.len() > MOST_NEIGHBOURS {
                continue;
            }
            next.extend(around.into_iter().filter(|&other| seen.insert(other)));
        }
        next.sort_unstable();
        if let Some(found) = next.iter().find_map(|&at| owner[at]) {
            return Some(found);
        }
        edge = next;
    }
    None
}

fn gather(
    priced: &PricedPlan,
    roles: Vec<Role>,
    owner: &[Option<usize>],
    repricer: &Repricer<'_>,
    estimator: &Estimator<'_>,
    found: &mut Contracted,
) {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, owner) in owner.iter().enumerate() {
        let estimate = priced.changes[at].after.as_deref();
        match owner {
            Some(owner) => members.entry(*owner).or_default().push(at),
            None => {
                let Some(estimate) = estimate else { continue };
                match known(estimate) {
                    Some(cost) if !cost.is_zero() => found.stays.push(Standing {
                        address: estimate.address.clone(),
                        provider: estimator.book_provider(&repricer.plan().changes[at]),
                        monthly: cost,
                    }),
                    None if estimate.status != Status::Free => found.unpriced += 1,
                    _ => {}
                }
            }
        }
    }
    let mut needs: Vec<Option<Box<Need>>> = Vec::with_capacity(roles.len());
    let mut is_companion = Vec::with_capacity(roles.len());
    for role in roles {
        is_companion.push(matches!(role, Role::Companion));
        needs.push(if let Role::Workload(need) = role { Some(need) } else { None });
    }
    for (lead, mut at) in members {
        at.sort_by_key(|&member| (member != lead, member));
        let Some(mut need) = needs[lead].take() else { continue };
        let mut workload = Workload {
            address: repricer.plan().changes[lead].address.clone(),
            members: Vec::new(),
            provider: estimator.book_provider(&repricer.plan().changes[lead]),
            region: repricer.region(lead).unwrap_or_default(),
            now: Decimal::ZERO,
            carried: Decimal::ZERO,
            open_lines: 0,
            has_fallback: false,
            components: priced.changes[lead]
                .after
                .as_deref()
                .map(|lead| components(lead.lines.iter()))
                .unwrap_or_default(),
            need: (*need).clone(),
            at: at.clone(),
        };
        for &member in &at {
            if let Some(part) = needs[member].take() {
                need.absorb(&part);
            }
            let Some(estimate) = priced.changes[member].after.as_deref() else { continue };
            workload.add(estimate, is_companion[member]);
        }
        workload.need = *need;
        found.workloads.push(workload);
    }
    found.workloads.sort_by(|a, b| a.address.cmp(&b.address));
    found.stays.sort_by(|a, b| a.address.cmp(&b.address));
}

impl Workload {
    /// What a group costs at its least and at its greatest number of machines, by what its present number costs.
    pub fn between(&self, monthly: Decimal) -> Option<(Decimal, Decimal)> {
        let (least, most) = self.need.bounds.filter(|(least, most)| least < most)?;
        let per_unit_now = (monthly - self.carried).checked_div(self.need.units())?;
        Some((self.carried + per_unit_now * least, self.carried + per_unit_now * most))
    }

    fn add(&mut self, estimate: &Estimate, is_companion: bool) {
        let MonthlyTotal { known, usage_lines, unknown_lines, .. } = estimate.monthly();
        let cost = known.map(|money| money.amount).unwrap_or_default();
        self.now += cost;
        if is_companion {
            self.carried += cost;
        }
        self.open_lines += usage_lines + unknown_lines;
        self.has_fallback |= estimate.lines.iter().any(Line::is_region_fallback);
        self.members.push(estimate.address.clone());
    }
}

/// The known costs of components, by label.
pub(super) fn components<'l>(lines: impl Iterator<Item = &'l Line>) -> BTreeMap<SmolStr, Decimal> {
    let mut found = BTreeMap::new();
    for line in lines {
        if let Monthly::Exact(money) = &line.monthly {
            *found.entry(line.component.clone()).or_default() += money.amount;
        }
    }
    found
}

fn known(estimate: &Estimate) -> Option<Decimal> {
    estimate.monthly().known.map(|money| money.amount)
}
