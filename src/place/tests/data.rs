//! What carrying data costs: tiers over the sum, allowances, paths, the outside.

use super::scene::{Scene, figure, moves};
use crate::model::Value;

const AWS: &str = "aws/eu-central-1";
const AZURE: &str = "azure/germanywestcentral";
const GOOGLE: &str = "google/europe-west3";

#[test]
fn the_free_allowance_counts_once() {
    // Two databases send 100 GB each to machines elsewhere: 200 − 100 free = 100 × 0.09 = 9.00, not 0.
    let mut scene = Scene::new(r#"pin "aws_db_instance.*" { provider = "aws" }"#);
    for at in 0..2 {
        let web = scene.workload(&format!("aws_instance.web[{at}]"), AWS, "100");
        let db = scene.workload(&format!("aws_db_instance.db[{at}]"), AWS, "200");
        scene.offer(web, GOOGLE, "50");
        scene.data(db, web, "100", "0");
    }
    let placement = scene.placed();
    assert_eq!(moves(&placement).len(), 2);
    assert_eq!(placement.hybrid.bill.traffic, figure("9.00"));
    assert_eq!(placement.saving(), figure("91.00"));
}

#[test]
fn a_sum_crosses_a_step() {
    // 12,000 GB leave AWS: 100 free, 10,240 × 0.09 + 1,660 × 0.085 = 921.60 + 141.10 = 1,062.70.
    let mut scene = Scene::new(r#"pin "aws_db_instance.db" { provider = "aws" }"#);
    let web = scene.workload("aws_instance.web", AWS, "5000");
    let db = scene.workload("aws_db_instance.db", AWS, "200");
    scene.offer(web, GOOGLE, "3000");
    scene.data(db, web, "12000", "0");
    let placement = scene.placed();
    assert_eq!(placement.hybrid.bill.traffic, figure("1062.70"));
    assert_eq!(placement.saving(), figure("937.30"));
}

#[test]
fn the_outside_is_dearer_elsewhere() {
    // 1,000 GB to the outside: AWS (1,000 − 100) × 0.09 = 81.00, Google 1,000 × 0.12 = 120.00: 39.00 more.
    let mut scene = Scene::new("");
    let web = scene.workload("aws_instance.web", AWS, "100");
    scene.offer(web, GOOGLE, "70");
    scene.outside(web, "1000");
    let placement = scene.placed();
    assert_eq!(moves(&placement), []);
    let refusal = &placement.refusals[0];
    assert_eq!((refusal.by_price, refusal.traffic, refusal.saving), (figure("30"), figure("39.00"), figure("-9.00")));
}

#[test]
fn what_comes_in_is_free() {
    // 5,000 GB come in from Azure, whose side is said to be free.
    let mut scene = Scene::new(
        r#"pin "azurerm_linux_virtual_machine.*" { provider = "azure" }
           path "azure" "google" { gb_price = 0 }
           path "azure" "aws" { gb_price = 0 }"#,
    );
    let web = scene.workload("aws_instance.web", AWS, "100");
    let other = scene.workload("azurerm_linux_virtual_machine.feed", AZURE, "300");
    scene.offer(web, GOOGLE, "60");
    scene.data(other, web, "5000", "0");
    let placement = scene.placed();
    assert_eq!(placement.hybrid.bill.traffic, figure("0"));
    assert_eq!(placement.saving(), figure("40"));
}

#[test]
fn a_tunnel_costs_every_month() {
    // A VPN of AWS and Google: 36.50 + 2 × 36.50 = 109.50; 200 − 80 = 120 a month by price: 10.50 are left.
    let mut scene = Scene::new(
        r#"pin "aws_db_instance.db" { provider = "aws" }
           path "aws" "google" {
             kind          = "vpn"
             gb_price      = 0
             back_gb_price = 0
           }"#,
    );
    let web = scene.workload("aws_instance.web", "aws/us-east-1", "200");
    let db = scene.workload("aws_db_instance.db", "aws/us-east-1", "200");
    scene.offer(web, "google/us-central1", "80");
    scene.data(db, web, "10", "10");
    let placement = scene.placed();
    assert_eq!(placement.hybrid.bill.fees, figure("109.50"));
    assert_eq!(placement.saving(), figure("10.50"));
}

#[test]
fn between_regions_of_a_provider_it_is_cheaper() {
    // 1,000 GB from eu-central-1 to eu-west-1: 0.02 = 20.00; the move saves 30.00.
    let mut scene = Scene::new(r#"pin "aws_db_instance.db" { region = "aws/eu-central-1" }"#);
    let web = scene.workload("aws_instance.web", AWS, "100");
    let db = scene.workload("aws_db_instance.db", AWS, "200");
    scene.offer(web, "aws/eu-west-1", "70");
    scene.data(db, web, "1000", "0");
    let placement = scene.placed();
    assert_eq!(placement.hybrid.bill.traffic, figure("20.00"));
    assert_eq!(placement.saving(), figure("10.00"));
}

#[test]
fn data_that_is_already_carried_is_saved_by_coming_together() {
    // Azure sends 1,000 GB to AWS today: (1,000 − 100) × 0.087 = 78.30. At Azure the machine costs 5.00 more: it goes.
    let mut scene = Scene::new(r#"pin "azurerm_linux_virtual_machine.*" { provider = "azure" }"#);
    let web = scene.workload("aws_instance.web", AWS, "100");
    let feed = scene.workload("azurerm_linux_virtual_machine.feed", AZURE, "300");
    scene.offer(web, AZURE, "105");
    scene.data(feed, web, "1000", "0");
    let placement = scene.placed();
    assert_eq!(placement.now.bill.traffic, figure("78.30"));
    assert_eq!(moves(&placement), [("aws_instance.web".into(), AZURE.into())]);
    assert_eq!(placement.saving(), figure("73.30"));
}

/// 1,000 GB in so many objects in Virginia, read to so many times a month.
fn bucket(objects: i64, gb: &str, reads: i64) -> super::super::Tiering {
    let mut scene = Scene::new("");
    let number = |number: i64| Value::Number(number.into());
    let needs = [
        ("concept", Value::from("object")),
        ("gb", Value::Number(figure(gb))),
        ("objects", number(objects)),
        ("reads", number(reads)),
    ];
    scene.workload_of("aws_s3_bucket.data", "aws/us-east-1", "23", &needs);
    scene.placed().tiering.into_iter().next().expect("enough is known")
}

#[test]
fn e6_cold_data_goes_where_it_is_cheapest_and_at_once_readable() {
    // STANDARD 12 × 23.02 = 276.24. GLACIER_IR 12 × 6.00 + 20.00 = 92.00; from day 1 on one day in STANDARD more:
    // 23.02 / 30 − 6.00 / 30 = 0.5673.
    let tiering = bucket(1_000_000, "1000", 50_000);
    assert_eq!(tiering.stays.round_dp(2), figure("276.24"));
    assert_eq!(tiering.stages.last().map(|(_, class)| class.as_str()), Some("glacier-instant-retrieval"));
    assert_eq!(tiering.best.round_dp(2), figure("92.57"));
}

#[test]
fn e6c_small_objects_are_refuted() {
    // 50 million objects of 20 KB: IA bills 6,103.516 GB, 76.29 a month and more for moving and reading: it loses.
    let tiering = bucket(50_000_000, "953.674", 2_500_000);
    assert_eq!(tiering.saving(), figure("0"));
    assert!(tiering.refuted.iter().any(|(class, _)| class == "standard-ia"));
}

#[test]
fn data_whose_price_nobody_knows_is_in_no_sum_and_holds_what_it_touches() {
    // Alibaba's price is in no table that may price: today's flow stays, and nothing is sent there.
    let mut scene = Scene::new("");
    let web = scene.workload("aws_instance.web", AWS, "100");
    let feed = scene.workload("alicloud_instance.feed", "alibaba/cn-shenzhen", "300");
    let other = scene.workload("aws_instance.other", AWS, "100");
    scene.offer(other, "alibaba/cn-shenzhen", "10");
    scene.data(feed, web, "1000", "0");
    scene.data(web, other, "10", "10");
    let placement = scene.placed();
    assert_eq!(placement.unknown_flows, 1);
    assert_eq!(placement.now.bill.traffic, figure("0"));
    assert_eq!(moves(&placement), []);
    assert!(placement.refusals[0].reason.contains("not known"), "{}", placement.refusals[0].reason);
}
