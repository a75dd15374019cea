//! What a workload needs wherever it runs: its requirement vector, out of a catalog's `workload` block.

use rust_decimal::Decimal;
use smol_str::SmolStr;

use super::tiering::rule::Rule;
use crate::catalog::{Asker, NEED, Sheet};
use crate::model::{Object, Problem, Value};

/// What a workload needs.
#[derive(Clone, Debug)]
pub struct Need {
    /// What kind of thing it is: `vm`, `rdb-postgresql`, `object`.
    pub concept: SmolStr,
    /// Which offers stand for it.
    pub wants: SmolStr,
    /// The provider's own name of its machine or class.
    pub size: Option<SmolStr>,
    /// vCPUs of one unit.
    pub vcpu: Option<Decimal>,
    /// GiB of one unit.
    pub memory_gb: Option<Decimal>,
    /// `amd64` or `arm64`; `any` if it runs on both.
    pub arch: Option<SmolStr>,
    /// GPUs of one unit.
    pub gpus: Decimal,
    /// Whether it lives on a share of its vCPUs.
    pub burstable: bool,
    /// Units now; `None` if that is not known.
    pub count: Option<Decimal>,
    /// The bounds of a group.
    pub bounds: Option<(Decimal, Decimal)>,
    /// Hours a month.
    pub hours: Decimal,
    /// Whether it bears being interrupted.
    pub interruptible: bool,
    /// Disks and their sizes in GB.
    pub disks: Vec<Disk>,
    /// Stored GB: of a bucket, or of a database.
    pub gb: Option<Decimal>,
    /// Operations a second that were bought for it.
    pub iops: Option<Decimal>,
    /// Whether a standby stands by.
    pub ha: bool,
    /// The engine's version.
    pub version: Option<SmolStr>,
    /// Requests a month that read.
    pub reads: Option<Decimal>,
    /// Requests a month that write.
    pub writes: Option<Decimal>,
    /// Objects stored.
    pub objects: Option<Decimal>,
    /// GB that a move would carry; `None` if that is not known.
    pub state_gb: Option<Decimal>,
    /// GB each way a month assumed with whatever refers to it.
    pub assumed_gb: Option<Decimal>,
    /// The storage class.
    pub tier: Option<SmolStr>,
    /// The provider's own name of the class in which a bucket's data begins, where that is not the standard one.
    pub class: Option<SmolStr>,
    /// What the plan's own lifecycle does with a bucket's data.
    pub lifecycle: Vec<Rule>,
    /// All attributes of the block, for offers.
    attributes: Object,
}

/// A disk that moves with its machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disk {
    /// Its size in GB.
    pub gb: Decimal,
    /// `general`, `provisioned` or `cold`.
    pub class: SmolStr,
    /// Operations a second that were bought.
    pub iops: Option<Decimal>,
}

impl Need {
    /// Reads a sheet for a resource; `None` if the block names no concept here.
    pub(super) fn read(sheet: &Sheet, asker: &Asker<'_>) -> Result<Option<Self>, Problem> {
        let values = sheet.read(asker, NEED)?;
        let lifecycle = NEED.iter().position(|name| *name == "lifecycle").and_then(|at| values.get(at));
        let is_untold_lifecycle =
            lifecycle.is_some_and(|value| matches!(value, Value::Unknown(_) | Value::Sensitive(_)));
        let attributes = NEED.iter().map(|name| SmolStr::new_static(name)).zip(values.into_iter().map(known));
        let need = Self::of(attributes.collect());
        // A block that names a count means that there may be several: null is then not one, but not known.
        let is_untold =
            |need: &Self| sheet.has("count") && need.attributes.get("count").is_none_or(|count| count.is_null());
        let need = need.map(|need| if is_untold(&need) { Self { count: None, ..need } } else { need });
        let untold = |need| Self { lifecycle: vec![Rule::untold()], ..need };
        Ok(if is_untold_lifecycle { need.map(untold) } else { need })
    }

    pub(super) fn of(attributes: Object) -> Option<Self> {
        const WHOLE_MONTH: i64 = 730;
        let get = |name: &str| attributes.get(name).unwrap_or(Value::Null);
        let text = |name: &str| get(name).as_str().filter(|text| !text.is_empty()).map(SmolStr::from);
        let number = |name: &str| get(name).as_number().filter(|number| !number.is_sign_negative());
        let truth = |name: &str| get(name).as_bool() == Some(true);
        let concept = text("concept")?;
        let count = if get("count").is_null() { Some(Decimal::ONE) } else { number("count") };
        let disks = get("disks").as_list().map(|disks| disks.iter().filter_map(disk).collect()).unwrap_or_default();
        Some(Self {
            wants: text("wants").unwrap_or_else(|| concept.clone()),
            size: text("size"),
            vcpu: number("vcpu"),
            memory_gb: number("memory_gb"),
            arch: text("arch"),
            gpus: number("gpus").unwrap_or_default(),
            burstable: truth("burstable"),
            count,
            bounds: number("min").zip(number("max")),
            hours: number("hours").unwrap_or_else(|| WHOLE_MONTH.into()),
            interruptible: truth("interruptible"),
            disks,
            gb: number("gb"),
            iops: number("iops"),
            ha: truth("ha"),
            version: text("version"),
            reads: number("reads"),
            writes: number("writes"),
            objects: number("objects"),
            state_gb: number("state_gb"),
            assumed_gb: number("assumed_gb"),
            tier: text("tier"),
            class: text("class"),
            lifecycle: get("lifecycle")
                .as_list()
                .map(|rules| rules.iter().filter_map(Rule::read).collect())
                .unwrap_or_default(),
            concept,
            attributes,
        })
    }

    /// Units now, one where nobody knows.
    pub fn units(&self) -> Decimal {
        self.count.unwrap_or(Decimal::ONE)
    }

    /// The most operations a second that were bought for a disk.
    pub(super) fn bought_iops(&self) -> Option<Decimal> {
        self.disks.iter().filter_map(|disk| disk.iops).chain(self.iops).max()
    }

    /// GB of all its disks.
    pub fn disk_gb(&self) -> Decimal {
        self.disks.iter().map(|disk| disk.gb).sum()
    }

    /// Takes another resource's disk in.
    pub(super) fn absorb(&mut self, other: &Self) {
        let class = if other.concept.contains("provisioned") { "provisioned" } else { "general" };
        let class = if other.concept.contains("cold") { "cold" } else { class };
        if let Some(gb) = other.gb {
            self.disks.push(Disk { gb, class: class.into(), iops: other.iops });
            self.state_gb = Some(self.state_gb.unwrap_or_default() + gb);
        }
    }

    /// What offers see, with a number of units in place of its own.
    pub(super) fn for_offers(&self, provider: &str) -> Value {
        let mut all: Vec<(SmolStr, Value)> = self.attributes.entries();
        let mut set = |name: &str, value: Value| {
            all.retain(|(known, _)| known != name);
            all.push((name.into(), value));
        };
        set("disk_gb", Value::Number(self.disk_gb()));
        set("count", Value::Number(self.units()));
        set("hours", Value::Number(self.hours));
        set("interruptible", Value::Bool(self.interruptible));
        set("provider", Value::from(provider));
        Value::Object(all.into_iter().collect())
    }
}

/// What is known only after apply is not known; what is sensitive still counts.
fn known(value: Value) -> Value {
    match value.unmarked() {
        Value::Unknown(_) => Value::Null,
        other => other.clone(),
    }
}

fn disk(value: &Value) -> Option<Disk> {
    let disk = value.as_object()?;
    let class = disk.get("class").and_then(|class| class.as_str().map(SmolStr::from));
    Some(Disk {
        gb: disk.get("gb")?.as_number()?,
        class: class.unwrap_or_else(|| "general".into()),
        iops: disk.get("iops").and_then(|iops| iops.as_number()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_block_does_not_say_has_defaults() {
        let number = |number: i64| Value::Number(number.into());
        let attributes = [("concept".into(), Value::from("vm")), ("vcpu".into(), number(4))].into_iter().collect();
        let need = Need::of(attributes).expect("it has a concept");
        assert_eq!((need.wants.as_str(), need.vcpu, need.memory_gb), ("vm", Some(4.into()), None));
        assert_eq!((need.units(), need.hours), (Decimal::ONE, 730.into()));
        assert!(Need::of(Object::default()).is_none());
    }

    #[test]
    fn disks_join_their_machine() {
        let of = |concept: &str, gb: Option<i64>| {
            let gb = gb.map_or(Value::Null, |gb| Value::Number(gb.into()));
            Need::of([("concept".into(), Value::from(concept)), ("gb".into(), gb)].into_iter().collect()).unwrap()
        };
        let mut machine = of("vm", None);
        machine.absorb(&of("block-cold", Some(500)));
        assert_eq!(machine.disks, [Disk { gb: 500.into(), class: "cold".into(), iops: None }]);
        assert_eq!((machine.disk_gb(), machine.state_gb), (500.into(), Some(500.into())));
    }
}
