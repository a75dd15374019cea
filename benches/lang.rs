//! What an expression costs to lower and to evaluate, on expressions as stanzas write them.

use std::hint::black_box;
use std::time::{Duration, Instant};

use lepton::lang::{Dialect, Expr, Frame, Names, NoHost, lower, parse_body};
use lepton::model::{Source, Value};

/// A resource as large as those in real plans, and what else stanzas see.
const SCOPE: &str = r#"
self = {
  ami = "ami-0123456789abcdef0", instance_type = "m5.large", tenancy = "default", monitoring = true, ebs_optimized = null
  availability_zone = "eu-central-1a", subnet_id = "subnet-1", user_data = null, key_name = "ops", get_password_data = false
  credit_specification = [{ cpu_credits = "unlimited" }], tags = { Name = "web", team = "core", env = "prod" }
  root_block_device = [{ volume_type = "gp3", volume_size = 100, iops = 4000, throughput = 250, encrypted = true }]
  ebs_block_device = [
    { device_name = "sdb", volume_type = "gp2", volume_size = "50" }, { device_name = "sdc", volume_type = "io1", volume_size = 20 },
  ]
}
usage = { monthly_hours = null, monthly_requests = 1500000, average_request_duration = 120, storage_gb = "80" }
region = "eu-central-1"
"#;

const EXPRESSIONS: &[&str] = &[
    "self.instance_type",
    "self.root_block_device[0].volume_size",
    "coalesce(self.root_block_device[0].volume_size, 8)",
    "coalesce(usage.monthly_hours, 730)",
    "self.tenancy == \"dedicated\" ? \"Dedicated\" : \"Shared\"",
    "self.root_block_device[0].volume_type == \"gp3\" && self.root_block_device[0].iops > 3000",
    "max(self.root_block_device[0].iops - 3000, 0)",
    "self.monitoring == true",
    "try(self.credit_specification[0].cpu_credits, \"standard\")",
    "\"BoxUsage:${self.instance_type}\"",
    "lower(replace(self.instance_type, \".\", \"_\"))",
    "usage.monthly_requests * usage.average_request_duration / 1000",
    "[for disk in self.ebs_block_device : disk.volume_size if disk.volume_type != null]",
    "sum(self.ebs_block_device[*].volume_size)",
    "contains([\"gp2\", \"gp3\"], self.root_block_device[0].volume_type)",
    "known(self.root_block_device[0].throughput, 125) / 1024",
    "split(\".\", self.instance_type)[0]",
    "lookup({ gp2 = \"General\", gp3 = \"General 3\" }, self.root_block_device[0].volume_type, \"Magnetic\")",
];

fn main() {
    let scope = Source::new("scope", SCOPE);
    let body = parse_body(&scope).expect("the scope is well-formed");
    let mut names = Names::new(Dialect::Stanza);
    let mut slots: Vec<Value> = Vec::new();
    for attribute in body.attributes() {
        let expr = lower(&attribute.value, &Names::new(Dialect::Stanza), &scope).expect("a constant");
        slots.push(expr.constant().expect("it folds").clone());
        names.bind(attribute.key.as_str());
    }
    let text: String = EXPRESSIONS.iter().enumerate().map(|(at, text)| format!("v{at} = {text}\n")).collect();
    let source = Source::new("expressions", text);
    let body = parse_body(&source).expect("the expressions are well-formed");
    let lower_all = || -> Vec<Expr> {
        body.attributes().map(|attribute| lower(&attribute.value, &names, &source).expect("no problem")).collect()
    };
    let per_expression = |time: Duration| time / EXPRESSIONS.len() as u32;
    println!("{} expressions", EXPRESSIONS.len());
    println!("parse    {:>10.1?} each", per_expression(best(|| parse_body(&source).map(drop))));
    println!("lower    {:>10.1?} each", per_expression(best(lower_all)));
    let frame = Frame { slots: &slots, host: &NoHost };
    let lowered = lower_all();
    println!(
        "evaluate {:>10.1?} each",
        per_expression(best(|| lowered.iter().for_each(|expr| drop(black_box(expr.eval(&frame))))))
    );
    for (text, expr) in EXPRESSIONS.iter().zip(&lowered) {
        println!("{:>10.1?}  {text}", best(|| expr.eval(&frame)));
    }
}

/// The shortest of many runs.
fn best<T>(run: impl Fn() -> T) -> Duration {
    const BATCH: u32 = 200;
    let batch = || {
        let start = Instant::now();
        for _ in 0..BATCH {
            black_box(run());
        }
        start.elapsed() / BATCH
    };
    (0..40).map(|_| batch()).min().expect("several batches")
}
