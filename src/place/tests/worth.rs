//! What the work is worth: benefit and ratio.

use super::scene::{Scene, cents, figure};
use crate::model::Value;

const AWS: &str = "aws/eu-central-1";
const AZURE: &str = "azure/germanywestcentral";
const GOOGLE: &str = "google/europe-west3";

fn machine(vcpu: i64) -> Vec<(&'static str, Value)> {
    vec![
        ("concept", Value::from("vm")),
        ("wants", Value::from("machine")),
        ("vcpu", Value::Number(vcpu.into())),
        ("memory_gb", Value::Number(16.into())),
    ]
}

#[test]
fn todays_ratio_is_one_and_a_cheaper_place_does_more_for_the_money() {
    // 167.90 / 126.0499 = 1.3320.
    let mut scene = Scene::new("");
    let web = scene.workload("aws_instance.web", AWS, "167.90");
    scene.offer(web, GOOGLE, "126.0499");
    let placement = scene.placed();
    assert_eq!(placement.now.ratio(), Some(figure("1")));
    assert_eq!(placement.hybrid.ratio().map(|ratio| ratio.round_dp(4)), Some(figure("1.3320")));
    assert_eq!(placement.hybrid.benefit, placement.now.benefit, "the same work");
}

#[test]
fn e1_batch_counts_by_the_work_done() {
    // D4s_v5 at the same price does 1.498 times the work of m5.xlarge: ratio 1.498.
    let mut scene = Scene::new("workload \"aws_instance.batch\" { batch = true }");
    let batch = scene.workload_of("aws_instance.batch", AWS, "167.90", &machine(4));
    let offer = scene.offer(batch, AZURE, "167.90");
    (offer.speed, offer.shape) = (Some(figure("1.498")), Some((figure("4"), figure("16"))));
    let placement = scene.placed();
    let azure = placement.single.iter().find(|(provider, _)| provider == "azure").expect("it was tried");
    assert_eq!(azure.1.ratio(), Some(figure("1.498")));
}

#[test]
fn a_value_makes_the_ratio_a_true_one() {
    // 4 vCPU × 730 h × 0.10 = 292.00 of worth; 292.00 / 167.90 = 1.7391.
    let text = "workload \"aws_instance.web\" {\n value = { per = \"vcpu_hour\", usd = 0.10 }\n}";
    let mut scene = Scene::new(text);
    scene.workload_of("aws_instance.web", AWS, "167.90", &machine(4));
    let placement = scene.placed();
    assert_eq!(placement.now.benefit, figure("292.00"));
    assert_eq!(placement.now.ratio().map(|ratio| ratio.round_dp(4)), Some(figure("1.7391")));
}

#[test]
fn one_provider_for_all_says_who_cannot_go() {
    // All at Google: 60 + 200 that cannot go, and 100 GB each way: 100 − 100 free of AWS, 100 × 0.12 = 12.00.
    let mut scene = Scene::new("");
    let web = scene.workload("aws_instance.web", AWS, "100");
    let db = scene.workload("aws_db_instance.db", AWS, "200");
    scene.offer(web, GOOGLE, "60");
    scene.data(web, db, "100", "100");
    let placement = scene.placed();
    let google = &placement.single.iter().find(|(provider, _)| provider == "google").expect("it was tried").1;
    assert_eq!((google.cannot, google.moved), (1, 1));
    assert_eq!(cents(google.bill.monthly()), figure("272.00"));
    let aws = &placement.single.iter().find(|(provider, _)| provider == "aws").expect("it is there").1;
    assert_eq!((aws.cannot, cents(aws.bill.monthly())), (0, figure("300.00")));
}
