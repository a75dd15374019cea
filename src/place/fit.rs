//! Whether a machine can stand for another, how many of them it takes, and what is lost.

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::loss::{Code, Loss, worst};
use super::managed::{self, Portability};
use super::need::Need;
use super::offer::{Equivalence, Lack, Row};
use super::performance::{self, Speed, Sustained};
use super::site::Site;
use super::workload::Workload;
use crate::config::{LossLevel, Scale};
use crate::model::Value;

/// How busy a vCPU may be at the 95th percentile: the rest is room for peaks.
const BUSY: Decimal = Decimal::from_parts(70, 0, 0, false, 2);

/// How full memory may be.
const FULL: Decimal = Decimal::from_parts(80, 0, 0, false, 2);

/// The least share of its vCPUs that a burstable machine is sold with.
const LEAST_SHARE: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

/// Prices older than this many months are said to be old.
const OLD_MONTHS: i32 = 18;

/// What a workload asks of whatever stands for it, beyond its need.
#[derive(Clone, Debug)]
pub(super) struct Demand {
    /// The instruction set that the user names, over that of the present machine.
    pub(super) arch: Option<SmolStr>,
    /// The measured 95th percentiles, 0 to 1.
    pub(super) p95_cpu: Option<Decimal>,
    pub(super) p95_memory: Option<Decimal>,
    pub(super) replicas: Option<Decimal>,
    pub(super) scale: Scale,
    pub(super) max_loss: LossLevel,
    pub(super) rewrites: bool,
    /// Today, as `YYYY-MM-DD`.
    pub(super) today: SmolStr,
    /// The present place, to say how much farther another is.
    pub(super) here: Site,
}

/// How a machine stands for a workload.
pub(super) struct Fit {
    pub(super) units: Decimal,
    pub(super) equivalence: Equivalence,
    pub(super) losses: Vec<Loss>,
    pub(super) speed: Option<Decimal>,
    /// The part of what is paid that serves the demand, 0 to 1.
    pub(super) share_used: Decimal,
}

impl Demand {
    /// Whether a row is worth a price: its instruction set, GPUs, memory and vCPUs.
    pub(super) fn may_fit(&self, need: &Need, row: &Row, lack: &mut Lack) -> bool {
        let mut lacks = |found: Lack| {
            *lack = (*lack).max(found);
            false
        };
        let wanted = self.arch.as_deref().or(need.arch.as_deref()).unwrap_or("any");
        if wanted != "any" && row.arch.as_deref().is_some_and(|arch| arch != wanted) {
            return lacks(Lack::Arch);
        }
        if row.gpus < need.gpus {
            return lacks(Lack::Gpu);
        }
        if need.gpus.is_zero() && !row.gpus.is_zero() {
            return false;
        }
        let (Some(vcpu), Some(memory)) = (row.vcpu, row.memory_gb) else { return true };
        let Some(memory_needed) = need.memory_gb else { return lacks(Lack::Unknown) };
        let Some(vcpu_needed) = need.vcpu else { return lacks(Lack::Unknown) };
        if self.may_scale(need) {
            return true;
        }
        if memory < memory_needed * self.memory_share() || (!self.goes_by_work() && vcpu < vcpu_needed) {
            return lacks(Lack::Size);
        }
        true
    }

    /// How many units of a row it takes, and what is lost by it.
    pub(super) fn fit(&self, workload: &Workload, row: &Row, provider: &str, site: &Site) -> Result<Fit, Lack> {
        let need = &workload.need;
        let mut losses = self.of_move(workload, provider, site);
        let (Some(vcpu), Some(memory)) = (row.vcpu, row.memory_gb) else {
            let equivalence = Equivalence::Exact;
            return Ok(Fit { units: Decimal::ONE, equivalence, losses, speed: None, share_used: Decimal::ONE });
        };
        let (Some(vcpu_now), Some(memory_now)) = (need.vcpu, need.memory_gb) else { return Err(Lack::Unknown) };
        // Of shares that nobody knows the present machine is taken to have the whole, a new one the least that is sold.
        let share = sustained(provider, &row.size, row.burstable, LEAST_SHARE);
        let share_now = need
            .size
            .as_deref()
            .map_or(Decimal::ONE, |size| sustained(&workload.provider, size, need.burstable, Decimal::ONE));
        let times = (vcpu * share).checked_div(vcpu_now * share_now).unwrap_or(Decimal::ONE);
        let speed = self.speed(workload, row, provider, times, &mut losses);
        let ratio = speed.unwrap_or(Decimal::ONE);
        if row.burstable {
            losses.push(Loss::new(
                Code::Burstable,
                LossLevel::Note,
                format!("{} lives on a share of its vCPUs", row.size),
            ));
        }
        let units_now = need.units();
        let work = units_now * vcpu_now * share_now * self.cpu_share();
        let per_unit = vcpu * ratio * share;
        if per_unit.is_zero() {
            return Err(Lack::Size);
        }
        let memory_needed = memory_now * self.memory_share();
        let units = if self.may_scale(need) {
            let by_work = (work / per_unit).ceil();
            let by_memory = (units_now * memory_needed / memory).ceil();
            by_work.max(by_memory).max(self.least_units(need))
        } else {
            let one = work / units_now.max(Decimal::ONE);
            let is_too_slow = if self.goes_by_work() { per_unit < one } else { vcpu * share < vcpu_now * share_now };
            if is_too_slow || memory < memory_needed {
                return Err(Lack::Size);
            }
            units_now
        };
        let equivalence = match () {
            () if units != units_now || vcpu < vcpu_now || memory < memory_now => Equivalence::Adjusted,
            () if vcpu == vcpu_now && memory == memory_now => Equivalence::Exact,
            () => Equivalence::Superset,
        };
        let share_used = (work / (units * per_unit)).min(Decimal::ONE);
        Ok(Fit { units, equivalence, losses, speed, share_used })
    }

    /// What the catalog says that an offer always loses.
    pub(super) fn declared(&self, codes: &Value, workload: &Workload, provider: &str) -> Vec<Loss> {
        let words = codes.as_list().map(|codes| codes.iter().filter_map(Value::as_str).collect::<Vec<_>>());
        let loss = |word: &str| {
            let code = Code::of(word)?;
            let level = match code {
                Code::EngineVersionLower | Code::ApiRewrite => LossLevel::Block,
                Code::SlaLower | Code::Burstable => LossLevel::Note,
                _ => LossLevel::Review,
            };
            let text = match code {
                Code::SharedCores => "other customers run on the same cores".to_owned(),
                _ => format!("{} on {provider}", workload.need.concept),
            };
            Some(Loss::new(code, level, text))
        };
        words.into_iter().flatten().filter_map(loss).collect()
    }

    /// What is said of a price.
    pub(super) fn of_price(&self, as_of: &str, is_exact_region: bool) -> Vec<Loss> {
        let mut losses = Vec::new();
        if months(&self.today).zip(months(as_of)).is_some_and(|(today, then)| today - then > OLD_MONTHS) {
            losses.push(Loss::new(Code::PriceOld, LossLevel::Note, format!("the price is of {as_of}")));
        }
        if !is_exact_region {
            losses.push(Loss::new(Code::PriceFallback, LossLevel::Note, "the price is of a neighbouring region"));
        }
        losses
    }

    /// Whether losses are within what is allowed.
    pub(super) fn allows(&self, losses: &[Loss]) -> bool {
        worst(losses).is_none_or(|worst| worst <= self.max_loss)
    }

    /// What a move to another provider and place loses, whatever the machine.
    pub(super) fn of_move(&self, workload: &Workload, provider: &str, site: &Site) -> Vec<Loss> {
        let mut losses = Vec::new();
        if workload.provider != provider {
            losses.extend(self.of_provider(&workload.need));
            if let (Some(now), Some(then)) = (self.here.operator(), site.operator())
                && now != then
            {
                let text = format!("operated from {then} instead of {now}");
                losses.push(Loss::new(Code::OperatorChange, LossLevel::Note, text));
            }
        }
        if let Some(ms) = self.here.rtt_ms(site).filter(|ms| *ms > 2.5) {
            let level = if ms < 20.0 { LossLevel::Note } else { LossLevel::Review };
            losses.push(Loss::new(Code::RegionFurther, level, format!("about {ms:.0} ms from {}", self.here.name())));
        }
        losses
    }

    fn of_provider(&self, need: &Need) -> Option<Loss> {
        let concept = managed::find(&need.concept)?;
        let lost = concept.lost.clone();
        Some(match concept.portability {
            Portability::Rewrite => {
                let level = if self.rewrites { LossLevel::Review } else { LossLevel::Block };
                Loss::new(Code::ApiRewrite, level, lost)
            }
            Portability::Adapted if need.concept.starts_with("rdb") => {
                Loss::new(Code::ExtensionMissing, LossLevel::Review, lost)
            }
            Portability::Adapted => Loss::new(Code::IdentityRewrite, LossLevel::Review, lost),
            Portability::Exact => Loss::new(Code::IdentityRewrite, LossLevel::Note, lost),
        })
    }

    /// How much faster a row's vCPU is, with what that loses; `times` is how many sustained vCPUs stand
    /// for one.
    fn speed(
        &self,
        workload: &Workload,
        row: &Row,
        provider: &str,
        times: Decimal,
        losses: &mut Vec<Loss>,
    ) -> Option<Decimal> {
        let size = workload.need.size.as_deref()?;
        if workload.provider == provider && size.eq_ignore_ascii_case(&row.size) {
            return Some(Decimal::ONE);
        }
        let now = performance::family(&workload.provider, size);
        let then = performance::family(provider, &row.size);
        let arch = |arch: Option<&SmolStr>| arch.cloned().unwrap_or_default();
        let (arch_now, arch_then) = (arch(workload.need.arch.as_ref()), arch(row.arch.as_ref()));
        if !arch_now.is_empty() && !arch_then.is_empty() && arch_now != arch_then && arch_now != "any" {
            let text = format!("{arch_then} instead of {arch_now}: images are built anew");
            losses.push(Loss::new(Code::ArchChange, LossLevel::Review, text));
        }
        if let (Some(now), Some(then)) = (&now, &then)
            && let (Some(now), Some(then)) = (now.threads_per_core, then.threads_per_core)
            && now != then
        {
            let text = if then == 1 { "a vCPU is a whole core there" } else { "a vCPU is a thread there, not a core" };
            losses.push(Loss::new(Code::SmtChange, LossLevel::Note, text));
        }
        let ratio = match now.zip(then).map(|(now, then)| performance::compare(then, now)) {
            Some(Speed::Ratio { ratio, .. }) => ratio,
            _ => {
                losses.push(Loss::new(Code::PerfUnknown, LossLevel::Note, "not measured by one metric on both sides"));
                return None;
            }
        };
        let percent = (ratio * times * Decimal::ONE_HUNDRED).round();
        // Where the work must be equal, the number of machines makes up for it.
        if percent < Decimal::from(95) && !self.goes_by_work() {
            let level = if percent < Decimal::from(80) { LossLevel::Block } else { LossLevel::Review };
            losses.push(Loss::new(Code::PerfLower, level, format!("it does {percent} % of today's work")));
        }
        Some(ratio)
    }

    /// Whether the work, not the vCPUs, must be equal.
    fn goes_by_work(&self) -> bool {
        self.scale == Scale::Perf || self.p95_cpu.is_some()
    }

    /// Whether the number of machines may change.
    fn may_scale(&self, need: &Need) -> bool {
        self.goes_by_work() && (need.units() > Decimal::ONE || need.bounds.is_some())
    }

    fn least_units(&self, need: &Need) -> Decimal {
        let two_of_many = need.units().min(Decimal::TWO);
        self.replicas.unwrap_or(two_of_many).max(Decimal::ONE)
    }

    fn cpu_share(&self) -> Decimal {
        self.p95_cpu.map_or(Decimal::ONE, |p95| (p95 / BUSY).min(Decimal::ONE))
    }

    fn memory_share(&self) -> Decimal {
        self.p95_memory.map_or(Decimal::ONE, |p95| (p95 / FULL).min(Decimal::ONE))
    }
}

/// The share of its vCPUs that a machine sustains, and what is taken for a burstable one whose share nobody knows.
fn sustained(provider: &str, size: &str, is_burstable: bool, unknown: Decimal) -> Decimal {
    match performance::sustained(provider, size) {
        Sustained::Share(share) => share,
        Sustained::Whole if !is_burstable => Decimal::ONE,
        Sustained::Whole | Sustained::Unknown => unknown,
    }
}

/// Months since year 0 of a date that begins `YYYY-MM`.
fn months(date: &str) -> Option<i32> {
    let year: i32 = date.get(..4)?.parse().ok()?;
    let month: i32 = date.get(5..7).map_or(Some(12), |month| month.parse().ok())?;
    Some(year * 12 + month)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn demand(scale: Scale, p95: Option<(&str, &str)>) -> Demand {
        Demand {
            arch: Some("any".into()),
            p95_cpu: p95.map(|(cpu, _)| figure(cpu)),
            p95_memory: p95.map(|(_, memory)| figure(memory)),
            replicas: None,
            scale,
            max_loss: LossLevel::Review,
            rewrites: false,
            today: "2026-11-28".into(),
            here: Site::region("aws", "eu-central-1"),
        }
    }

    fn workload(size: &str, vcpu: i64, memory_gb: i64, count: i64) -> Workload {
        let number = |number: i64| Value::Number(number.into());
        let need = [
            ("concept", Value::from("vm")),
            ("wants", Value::from("machine")),
            ("size", Value::from(size)),
            ("vcpu", number(vcpu)),
            ("memory_gb", number(memory_gb)),
            ("arch", Value::from("amd64")),
            ("count", number(count)),
        ];
        Workload {
            address: crate::model::Address::new("aws_instance.web"),
            members: Vec::new(),
            need: Need::of(need.into_iter().map(|(name, value)| (name.into(), value)).collect()).unwrap(),
            provider: "aws".into(),
            region: "eu-central-1".into(),
            now: Decimal::ONE,
            carried: Decimal::ZERO,
            open_lines: 0,
            has_fallback: false,
            components: std::collections::BTreeMap::new(),
            at: vec![0],
        }
    }

    fn row(size: &str, vcpu: i64, memory_gb: i64) -> Row {
        Row::plain(size, vcpu.into(), memory_gb.into())
    }

    fn fit(demand: &Demand, workload: &Workload, provider: &str, row: &Row) -> Option<Fit> {
        let site = Site::region(provider, "eu-central-1");
        demand.fit(workload, row, provider, &site).ok()
    }

    #[test]
    fn e10_as_many_machines_as_the_work_takes() {
        // 4 m5.large do the work of 8 reference vCPUs: m7g.large 8 / (2 × 1.929) = 2.07, n4 8 / (2 × 1.68) = 2.38,
        // e2 8 / (2 × 0.885) = 4.52, D2ps_v6 8 / (2 × 2.154) = 1.86.
        let (demand, web) = (demand(Scale::Perf, None), workload("m5.large", 2, 2, 4));
        let units = |provider: &str, size: &str| fit(&demand, &web, provider, &row(size, 2, 8)).map(|fit| fit.units);
        assert_eq!(units("aws", "m5.large"), Some(figure("4")));
        assert_eq!(units("aws", "m7g.large"), Some(figure("3")));
        assert_eq!(units("google", "n4-standard-2"), Some(figure("3")));
        assert_eq!(units("google", "e2-standard-2"), Some(figure("5")));
        assert_eq!(units("azure", "Standard_D2ps_v6"), Some(figure("2")));
    }

    #[test]
    fn what_is_measured_makes_a_machine_smaller() {
        // 20 % busy at the 95th percentile, with room for peaks 4 × 0.2 / 0.7 = 1.143 vCPUs; memory 16 × 0.3 / 0.8 = 6.
        let (measured, web) = (demand(Scale::Like, Some(("0.2", "0.3"))), workload("m5.xlarge", 4, 16, 1));
        let small = fit(&measured, &web, "aws", &row("m5.large", 2, 8)).expect("it is enough");
        assert_eq!((small.units, small.equivalence), (figure("1"), Equivalence::Adjusted));
        // 1.143 of 2 vCPUs are used, the rest is paid and not used.
        assert_eq!(small.share_used.round_dp(3), figure("0.571"));
        // 4 GiB are too few, and without a measurement so are two vCPUs.
        assert!(fit(&measured, &web, "aws", &row("c5.large", 2, 4)).is_none());
        assert!(fit(&demand(Scale::Like, None), &web, "aws", &row("m5.large", 2, 8)).is_none());
    }

    #[test]
    fn what_lives_on_a_share_does_not_stand_for_what_does_not() {
        // t3.xlarge sustains 40 % of 4 vCPUs.
        let (like, web) = (demand(Scale::Like, None), workload("m5.xlarge", 4, 16, 1));
        let mut row = row("t3.xlarge", 4, 16);
        row.burstable = true;
        assert!(fit(&like, &web, "aws", &row).is_none());
    }

    #[test]
    fn far_slower_machines_are_not_suggested() {
        let (like, web) = (demand(Scale::Like, None), workload("m6i.xlarge", 4, 16, 1));
        let slow = fit(&like, &web, "aws", &row("m5.xlarge", 4, 16)).expect("its vCPUs and memory are equal");
        // m5 does 1 / 1.48 = 68 % of the work of m6i.
        assert_eq!(worst(&slow.losses), Some(LossLevel::Block));
        assert!(!like.allows(&slow.losses));
    }
}
