//! What the user's rules allow, what they force, and when they contradict each other.

use super::super::loss::Code;
use super::super::{Figures, Placement};
use super::scene::{Scene, figure, loss, moves};
use crate::model::Value;

const AWS: &str = "aws/eu-central-1";
const AZURE: &str = "azure/germanywestcentral";
const GOOGLE: &str = "google/europe-west3";

/// vCPUs and GiB of a machine.
fn machine(vcpu: i64, memory_gb: i64) -> Vec<(&'static str, Value)> {
    let number = |number: i64| Value::Number(number.into());
    vec![
        ("concept", Value::from("vm")),
        ("wants", Value::from("machine")),
        ("vcpu", number(vcpu)),
        ("memory_gb", number(memory_gb)),
    ]
}

#[test]
fn a_pin_holds_what_would_go() {
    let mut scene = Scene::new(r#"pin "aws_instance.web" { provider = "aws" }"#);
    let web = scene.workload("aws_instance.web", AWS, "100");
    scene.offer(web, GOOGLE, "1");
    assert_eq!(moves(&scene.placed()), []);
}

#[test]
fn a_pin_sends_what_would_stay() {
    // It costs 50.00 more, and is said so.
    let mut scene = Scene::new(r#"pin "aws_instance.web" { provider = "google" }"#);
    let web = scene.workload("aws_instance.web", AWS, "100");
    scene.offer(web, GOOGLE, "150");
    let placement = scene.placed();
    assert_eq!(moves(&placement), [("aws_instance.web".into(), GOOGLE.into())]);
    assert_eq!(placement.saving(), figure("-50"));
}

#[test]
fn no_more_providers_than_allowed() {
    // Three providers would save 40 + 30; two save 40: Azure alone beside AWS, where the pinned one stays.
    let of = |most: &str| {
        let text =
            format!("placement {{ max_providers = {most} }}\npin \"aws_db_instance.db\" {{ provider = \"aws\" }}");
        let mut scene = Scene::new(&text);
        scene.workload("aws_db_instance.db", AWS, "200");
        let a = scene.workload("aws_instance.a", AWS, "100");
        let b = scene.workload("aws_instance.b", AWS, "100");
        scene.offer(a, AZURE, "60");
        scene.offer(b, GOOGLE, "70");
        scene.placed().saving()
    };
    assert_eq!((of("3"), of("2"), of("1")), (figure("70"), figure("40"), figure("0")));
}

#[test]
fn an_own_place_has_an_end() {
    // Each saves 80.00 in Berlin, which holds 8 vCPU: two of three machines of 4.
    let mut scene = Scene::new(
        r#"site "berlin" {
             capacity = { vcpu = 8, memory_gb = 64 }
             rate     = { vcpu_hour = 0.005, memory_gb_hour = 0 }
           }"#,
    );
    for at in 0..3 {
        let web = scene.workload_of(&format!("aws_instance.web[{at}]"), AWS, "100", &machine(4, 16));
        scene.offer(web, "berlin", "20").shape = Some((figure("4"), figure("16")));
    }
    let placement = scene.placed();
    assert_eq!(moves(&placement).len(), 2);
    assert_eq!(placement.saving(), figure("160"));
}

#[test]
fn memory_can_be_the_end_of_it() {
    let mut scene = Scene::new(
        r#"site "berlin" {
             capacity = { vcpu = 100, memory_gb = 31 }
             rate     = { vcpu_hour = 0.005, memory_gb_hour = 0 }
           }"#,
    );
    for at in 0..3 {
        let web = scene.workload_of(&format!("aws_instance.web[{at}]"), AWS, "100", &machine(4, 16));
        scene.offer(web, "berlin", "20").shape = Some((figure("4"), figure("16")));
    }
    assert_eq!(scene.placed().saving(), figure("80"));
}

/// The figures of everything that can at one provider.
fn single<'p>(placement: &'p Placement, name: &str) -> &'p Figures {
    &placement.single.iter().find(|(provider, _)| provider == name).expect("it has a row").1
}

#[test]
fn as_many_go_as_fit_whatever_it_costs() {
    // Berlin holds 8 vCPU and is dearer for all: the large one alone would be 110 − 100, the two small ones are
    // 2 × (160 − 50), and they are two.
    let mut scene = Scene::new(
        r#"site "berlin" {
             capacity = { vcpu = 8, memory_gb = 64 }
             rate     = { vcpu_hour = 0.005, memory_gb_hour = 0 }
           }"#,
    );
    for (name, vcpu, now, there) in [("large", 8, "100", "110"), ("a", 4, "50", "160"), ("b", 4, "50", "160")] {
        let at = scene.workload_of(&format!("aws_instance.{name}"), AWS, now, &machine(vcpu, 16));
        scene.offer(at, "berlin", there).shape = Some((vcpu.into(), figure("16")));
    }
    let placement = scene.placed();
    let berlin = single(&placement, "berlin");
    assert_eq!((berlin.moved, berlin.cannot, berlin.held), (2, 1, 1));
    assert_eq!(berlin.bill.monthly(), figure("420"));
}

#[test]
fn what_must_part_parts_for_a_row_of_one_provider_too() {
    // Of two replicas at one site one must go; the cheapest other place is Google.
    let mut scene = Scene::new(r#"apart "replicas" { on = ["aws_instance.a", "aws_instance.b"] }"#);
    for name in ["aws_instance.a", "aws_instance.b"] {
        let at = scene.workload(name, AWS, "100");
        scene.offer(at, GOOGLE, "60");
        scene.offer(at, AZURE, "70");
    }
    let placement = scene.placed();
    let aws = single(&placement, "aws");
    assert_eq!((aws.moved, aws.cannot, aws.held), (1, 1, 1));
    assert_eq!(aws.bill.monthly(), figure("160"));
}

#[test]
fn a_provider_without_an_offer_is_named_with_why() {
    let mut scene = Scene::new(
        "placement { forbidden_regions = [\"google/europe-west3\"] }\n\
         pin \"aws_instance.web\" { provider = \"aws\" }",
    );
    let web = scene.workload("aws_instance.web", AWS, "100");
    scene.offer(web, GOOGLE, "60");
    scene.offer(web, AZURE, "70");
    let placement = scene.placed();
    let rows: Vec<&str> = placement.single.iter().map(|(provider, _)| provider.as_str()).collect();
    let absent: Vec<(&str, &str)> =
        placement.absent.iter().map(|(provider, reason)| (provider.as_str(), reason.as_str())).collect();
    assert_eq!(rows, ["aws"]);
    assert_eq!(
        absent,
        [
            ("azure", "lepton.hcl rules it out (aws_instance.web is pinned to aws)"),
            ("google", "lepton.hcl rules it out (not google/europe-west3)"),
        ]
    );
}

#[test]
fn replicas_stay_apart() {
    // Google is cheapest for both (60), Azure next (70): one each.
    let mut scene = Scene::new(r#"apart "replicas" { on = ["aws_instance.a", "aws_instance.b"] }"#);
    for name in ["aws_instance.a", "aws_instance.b"] {
        let at = scene.workload(name, if name.ends_with('a') { AWS } else { "aws/eu-west-1" }, "100");
        scene.offer(at, GOOGLE, "60");
        scene.offer(at, AZURE, "70");
    }
    let placement = scene.placed();
    assert_eq!(placement.saving(), figure("70"));
    let places: std::collections::BTreeSet<String> = moves(&placement).into_iter().map(|(_, to)| to).collect();
    assert_eq!(places.len(), 2);
}

#[test]
fn what_runs_beside_goes_along() {
    // The agent would stay (100 against 110); beside the database, which saves 40, it goes: 40 − 10 = 30.
    let mut scene = Scene::new(r#"workload "aws_instance.agent" { with = "aws_instance.db" }"#);
    let db = scene.workload("aws_instance.db", AWS, "100");
    let agent = scene.workload("aws_instance.agent", AWS, "100");
    scene.offer(db, GOOGLE, "60");
    scene.offer(agent, GOOGLE, "110");
    let placement = scene.placed();
    assert_eq!(moves(&placement).len(), 2);
    assert_eq!(placement.saving(), figure("30"));
}

#[test]
fn only_so_many_moves() {
    let mut scene = Scene::new("placement { max_moves = 1 }");
    for (name, cost) in [("aws_instance.a", "90"), ("aws_instance.b", "60")] {
        let at = scene.workload(name, AWS, "100");
        scene.offer(at, GOOGLE, cost);
    }
    let placement = scene.placed();
    assert_eq!(moves(&placement), [("aws_instance.b".into(), GOOGLE.into())]);
}

#[test]
fn the_law_of_a_place_sends_it_home() {
    let mut scene = Scene::new(r#"placement { jurisdictions = ["eu"] }"#);
    let web = scene.workload("aws_instance.web", "aws/us-east-1", "90");
    scene.offer(web, AWS, "100");
    let placement = scene.placed();
    assert_eq!(moves(&placement), [("aws_instance.web".into(), AWS.into())]);
}

#[test]
fn operators_of_a_country_are_left_out() {
    // Tencent in Frankfurt is under the law of the EU and operated from China.
    let mut scene = Scene::new(r#"placement { forbidden_operators = ["CN"] }"#);
    let web = scene.workload("aws_instance.web", AWS, "100");
    scene.offer(web, "tencent/eu-frankfurt", "10");
    scene.offer(web, GOOGLE, "70");
    assert_eq!(moves(&scene.placed()), [("aws_instance.web".into(), GOOGLE.into())]);
}

#[test]
fn those_that_talk_stay_near() {
    // us-east-1 is about 100 ms from Frankfurt: too far for those that exchange data.
    let of = |text: &str| {
        let mut scene = Scene::new(&format!("{text}\npin \"aws_db_instance.db\" {{ region = \"aws/eu-central-1\" }}"));
        let web = scene.workload("aws_instance.web", AWS, "100");
        let db = scene.workload("aws_db_instance.db", AWS, "100");
        scene.offer(web, "aws/us-east-1", "50");
        scene.data(web, db, "1", "1");
        moves(&scene.placed()).len()
    };
    assert_eq!((of(""), of("placement { max_rtt_ms = 20 }")), (1, 0));
}

#[test]
fn a_commitment_left_behind_is_paid_on() {
    // 100.00 a month are committed at AWS for 12 months more: a move that saves 40.00 strands 100.00 of it.
    let mut scene = Scene::new("commitment \"aws\" {\n until = \"2027-11-30\"\n monthly = 100\n}");
    let web = scene.workload("aws_instance.web", AWS, "100");
    scene.offer(web, GOOGLE, "60");
    let placement = scene.placed();
    assert_eq!(moves(&placement), []);
    assert_eq!(placement.refusals[0].fees, figure("100"));
    assert_eq!(placement.refusals[0].saving, figure("-60"));
}

#[test]
fn e8_rules_that_contradict_are_named() {
    // A machine in Germany at Tencent that Tencent does not have there: country and pin cannot both hold.
    let text = "placement { countries = [\"DE\"] }\npin \"aws_instance.web\" { provider = \"tencent\" }";
    let mut scene = Scene::new(text);
    let web = scene.workload("aws_instance.web", AWS, "100");
    scene.offer(web, "tencent/ap-singapore", "50");
    let problems = scene.place().expect_err("they contradict");
    let text = problems[0].to_string();
    assert!(text.contains("country DE") && text.contains("aws_instance.web is pinned to tencent"), "{text}");
    assert_eq!(problems[0].code(), "lepton::place::conflict");
}

#[test]
fn losses_break_ties() {
    // Both save 40.00: the one that loses nothing is taken.
    let mut scene = Scene::new("");
    let web = scene.workload("aws_instance.web", AWS, "100");
    scene.offer(web, AZURE, "60").losses.push(loss(Code::ArchChange));
    scene.offer(web, GOOGLE, "60");
    assert_eq!(moves(&scene.placed()), [("aws_instance.web".into(), GOOGLE.into())]);
}
