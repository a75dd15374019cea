//! What gateways take for data that passes them: once, and only where it passes.

use super::super::Placement;
use super::scene::{Scene, figure, moves};

const AWS: &str = "aws/eu-central-1";
const GOOGLE: &str = "google/europe-west3";
const NAT: Option<&str> = Some("0.045");

/// A machine that sends 1,000 GB to the outside, and saves 30.00 by price at Google.
fn sender(scene: &mut Scene) -> usize {
    let web = scene.workload("aws_instance.web", AWS, "100");
    scene.offer(web, GOOGLE, "70");
    scene.outside(web, "1000");
    web
}

#[test]
fn a_gateway_makes_a_move_pay() {
    // Now 100.00 + (1,000 − 100) × 0.09 + 1,000 × 0.045 = 226.00; at Google 70.00 + 1,000 × 0.12 = 190.00.
    let mut scene = Scene::new("");
    let web = sender(&mut scene);
    scene.gate(web, NAT);
    let placement = scene.placed();
    assert_eq!(moves(&placement), [("aws_instance.web".into(), GOOGLE.into())]);
    assert_eq!(placement.now.bill.traffic, figure("126.00"));
    // 120.00 − 126.00
    assert_eq!(placement.suggestions[0].traffic, figure("-6.00"));
    assert_eq!(placement.saving(), figure("36.00"));
}

#[test]
fn what_a_load_balancer_faces_passes_no_gateway() {
    // 30.00 by price against 120.00 − 81.00: 9.00 dearer.
    let mut scene = Scene::new("");
    let web = sender(&mut scene);
    scene.gate(web, NAT).is_for_outside = false;
    let placement = scene.placed();
    assert_eq!(moves(&placement), []);
    assert_eq!(placement.refusals[0].saving, figure("-9.00"));
}

/// What is paid a month now where usage charges the gateway with some of the 45.00 that the data costs there.
fn now_with(charged: &str) -> Placement {
    let mut scene = Scene::new("");
    let web = sender(&mut scene);
    scene.gate(web, NAT);
    scene.charged.insert(0, figure(charged));
    scene.placed()
}

#[test]
fn what_usage_charges_is_not_counted_twice() {
    // 100.00 + 81.00 + 45.00, whatever part of the 45.00 usage knows.
    for charged in ["0", "20", "45"] {
        assert_eq!(now_with(charged).now.bill.monthly(), figure("226.00"), "{charged}");
    }
    // 1,000 GB more pass it than the edge has: they stay, 45.00 more.
    let busy = now_with("90");
    assert_eq!(busy.now.bill.monthly(), figure("271.00"));
    // Its own 45.00 leave with the machine: 70.00 + 120.00 + 45.00.
    assert_eq!(busy.hybrid.bill.monthly(), figure("235.00"));
}

/// A machine at a distance from its database, which is behind a gateway: E2 of the model with a gateway.
fn apart(text: &str) -> Placement {
    let mut scene = Scene::new(&format!("pin \"aws_db_instance.db\" {{ provider = \"aws\" }}\n{text}"));
    let web = scene.workload("aws_instance.web", AWS, "167.90");
    let db = scene.workload("aws_db_instance.db", AWS, "200");
    scene.offer(web, GOOGLE, "126.0499");
    scene.data(db, web, "500", "100");
    scene.outside(db, "100");
    scene.gate(web, NAT);
    scene.gate(db, NAT).is_for_outside = false;
    scene.placed()
}

#[test]
fn both_directions_pass_the_gateway_that_stays() {
    // 500 × 0.09 + 100 × 0.12 + 600 × 0.045 = 84.00; the gateway of `web` is left behind. 41.8501 − 84.00.
    let placement = apart("");
    assert_eq!(moves(&placement), []);
    let refusal = &placement.refusals[0];
    assert_eq!((refusal.traffic, refusal.saving), (figure("84.00"), figure("-42.1499")));
    // Side by side nothing passes it.
    assert_eq!(placement.now.bill.traffic, figure("0"));
}

#[test]
fn a_line_of_ones_own_leads_past_the_gateway() {
    let placement = apart(r#"path "aws" "google" { kind = "interconnect" }"#);
    assert_eq!(placement.saving(), figure("41.8501"));
    // A tunnel carries at the prices of the internet, 57.00, and passes none either.
    let placement = apart("path \"aws\" \"google\" {\n kind = \"vpn\"\n monthly = 0\n}");
    assert_eq!(placement.refusals[0].traffic, figure("57.00"));
    // A programme lowers the price of the internet, which is still behind the gateway: 600 × 0.045 = 27.00.
    let text = "path \"aws\" \"google\" {\n kind = \"data-act\"\n gb_price = 0\n back_gb_price = 0\n}";
    assert_eq!(apart(text).suggestions[0].traffic, figure("27.00"));
}

#[test]
fn a_gateway_without_a_price_is_said() {
    let mut scene = Scene::new("");
    let web = sender(&mut scene);
    scene.gate(web, None);
    assert_eq!(scene.placed().unknown_flows, 1);
}

const RACK: &str = "rack";

/// A machine that writes 10,000 GB to a database through a private link, and costs 50.00 more in a rack.
fn linked(text: &str, gb_price: Option<&str>) -> Scene {
    let mut scene = Scene::new(&format!(
        "site \"rack\" {{\n capacity = {{ vcpu = 64, memory_gb = 256 }}\n rate = {{ vcpu_hour = 1 }}\n}}\n{text}"
    ));
    let web = scene.workload("aws_instance.web", AWS, "100");
    let db = scene.workload("aws_db_instance.db", AWS, "200");
    scene.offer(web, RACK, "150");
    scene.data(web, db, "10000", "0");
    scene.private_link(web, db, gb_price);
    scene
}

#[test]
fn a_private_link_is_paid_where_it_is_passed() {
    // Now 100.00 + 200.00 + 10,000 × 0.01 = 400.00; from the rack, past the link, 150.00 + 200.00.
    let placement = linked("", Some("0.01")).placed();
    assert_eq!(placement.now.bill.monthly(), figure("400.00"));
    assert_eq!(moves(&placement), [("aws_instance.web".into(), RACK.into())]);
    assert_eq!(placement.suggestions[0].traffic, figure("-100.00"));
    assert_eq!(placement.saving(), figure("50.00"));
    // A line of one's own leads to private addresses, and so through the link: 50.00 dearer.
    let by_line = linked(r#"path "aws" "rack" { kind = "interconnect" }"#, Some("0.01")).placed();
    assert_eq!(moves(&by_line), []);
}

#[test]
fn what_moves_together_has_the_like_of_its_private_link() {
    // Both at Google 90.00 + 180.00, and 100.00 for the link as before: 30.00 less.
    let mut scene = linked("", Some("0.01"));
    scene.offers[0].clear();
    scene.offer(0, GOOGLE, "90");
    scene.offer(1, GOOGLE, "180");
    let placement = scene.placed();
    assert_eq!(placement.suggestions[0].moved.len(), 2);
    assert_eq!((placement.suggestions[0].traffic, placement.saving()), (figure("0"), figure("30.00")));
}

#[test]
fn what_usage_charges_a_private_link_is_not_counted_twice() {
    // 300.00 + 100.00, whatever part of the 100.00 usage knows; 20.00 more pass it than the edge has.
    for (charged, now) in [("0", "400.00"), ("60", "400.00"), ("120", "420.00")] {
        let mut scene = linked("", Some("0.01"));
        scene.charged.insert(0, figure(charged));
        assert_eq!(scene.placed().now.bill.monthly(), figure(now), "{charged}");
    }
}

#[test]
fn a_private_link_without_a_price_is_said() {
    let placement = linked("", None).placed();
    assert_eq!(placement.unknown_flows, 1);
    assert_eq!(placement.now.bill.traffic, figure("0"));
}
