//! Sizes that no cloud sells, many of them in one plan: every line says that its cost is not known, and sums hold.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// Prices a plan of disks, a resource a size, and gives stdout.
fn price(sizes: &[&str]) -> String {
    let mut changes = String::new();
    for (at, size) in sizes.iter().enumerate() {
        let after = format!(r#"{{"size": {size}, "type": "gp2"}}"#);
        let comma = if at > 0 { "," } else { "" };
        write!(
            changes,
            r#"{comma}{{"address": "aws_ebs_volume.a[{at}]", "mode": "managed", "type": "aws_ebs_volume", "name": "a",
                "index": {at}, "provider_name": "registry.terraform.io/hashicorp/aws",
                "change": {{"actions": ["create"], "before": null, "after": {after}, "after_unknown": {{}}}}}}"#
        )
        .unwrap();
    }
    let plan = format!(r#"{{"format_version": "1.2", "resource_changes": [{changes}]}}"#);
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("absurd-{}.json", sizes.len()));
    std::fs::write(&path, plan).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_lepton"));
    let output = command.args(["plan-cost", "--region", "us-east-1", "--format", "json"]).arg(&path).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_sum_of_many_absurd_costs_stays_within_a_decimal() {
    let report = price(&["60000000000000000000000000000"; 20]);
    assert_eq!(report.matches(r#""text": "the cost is too large""#).count(), 20, "{report}");
}

#[test]
fn a_size_below_zero_is_not_known_and_takes_nothing_off() {
    let report: serde_json::Value = serde_json::from_str(&price(&["-5", "8"])).unwrap();
    let current = &report["current"];
    assert_eq!((current["monthly"].as_str(), current["unknownLines"].as_u64()), (Some("0.8"), Some(1)), "{report}");
}
