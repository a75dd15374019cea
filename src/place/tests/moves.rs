//! Moves that pay, and moves that do not: the worked examples of the model first.

use super::scene::{Scene, cents, figure, moves};
use crate::model::Value;

const AWS: &str = "aws/eu-central-1";
const AZURE: &str = "azure/germanywestcentral";
const GOOGLE: &str = "google/europe-west3";

#[test]
fn e1_a_tie_stays() {
    // m5.xlarge 0.23 × 730 = 167.90, D4s_v5 the same: fewer moves win.
    let mut scene = Scene::new("");
    let web = scene.workload("aws_instance.web", AWS, "167.90");
    scene.offer(web, AZURE, "167.90");
    let placement = scene.placed();
    assert_eq!(moves(&placement), []);
    assert_eq!(placement.now.ratio(), Some(figure("1")));
    assert_eq!(placement.hybrid.ratio(), Some(figure("1")));
}

#[test]
fn e2_egress_kills_a_move() {
    // 167.90 − 126.0499 = 41.8501 by price; 500 × 0.09 out of AWS and 100 × 0.12 out of Google = 57.00 against it.
    // 500 GB are what is left of the free 100 GB of AWS: 600 in all, so 100 more from the database to the outside.
    let mut scene = Scene::new(r#"pin "aws_db_instance.db" { provider = "aws" }"#);
    let web = scene.workload("aws_instance.web", AWS, "167.90");
    let db = scene.workload("aws_db_instance.db", AWS, "200");
    scene.offer(web, GOOGLE, "126.0499");
    scene.data(db, web, "500", "100");
    scene.outside(db, "100");
    let placement = scene.placed();
    assert_eq!(moves(&placement), []);
    let refusal = &placement.refusals[0];
    assert_eq!((refusal.by_price, refusal.traffic), (figure("41.8501"), figure("57.00")));
    assert_eq!(refusal.saving, figure("-15.1499"));
    // 41.8501 / 57.00
    assert_eq!(refusal.break_even_traffic.map(|factor| factor.round_dp(4)), Some(figure("0.7342")));
}

#[test]
fn e2_what_google_gives_away_is_not_enough() {
    // Data Transfer Essentials: 100 × 0; 41.8501 − 500 × 0.09 = −3.1499.
    let mut scene = Scene::new(
        r#"pin "aws_db_instance.db" { provider = "aws" }
           path "google" "aws" { gb_price = 0 }"#,
    );
    let web = scene.workload("aws_instance.web", AWS, "167.90");
    let db = scene.workload("aws_db_instance.db", AWS, "200");
    scene.offer(web, GOOGLE, "126.0499");
    scene.data(db, web, "500", "100");
    scene.outside(db, "100");
    let placement = scene.placed();
    assert_eq!(moves(&placement), []);
    assert_eq!(placement.refusals[0].saving, figure("-3.1499"));
}

#[test]
fn e2_over_a_free_interconnect_it_moves() {
    let mut scene = Scene::new(
        r#"pin "aws_db_instance.db" { provider = "aws" }
           path "aws" "google" { kind = "interconnect" }"#,
    );
    let web = scene.workload("aws_instance.web", AWS, "167.90");
    let db = scene.workload("aws_db_instance.db", AWS, "200");
    scene.offer(web, GOOGLE, "126.0499");
    scene.data(db, web, "500", "100");
    let placement = scene.placed();
    assert_eq!(moves(&placement), [("aws_instance.web".into(), GOOGLE.into())]);
    assert_eq!(placement.saving(), figure("41.8501"));
}

fn e4(count: usize, text: &str) -> super::super::Placement {
    let mut scene = Scene::new(text);
    for at in 0..count {
        let workload = scene.workload(&format!("aws_instance.web[{at}]"), AWS, "150.00");
        scene.offer(workload, GOOGLE, "125.00");
    }
    scene.placed()
}

#[test]
fn e4_a_fixed_fee_takes_enough_moves() {
    const FEE: &str = "placement { fees = { google = 109.50 } }";
    // 3 × 25.00 − 109.50 = −34.50: all stay.
    assert_eq!(moves(&e4(3, FEE)), []);
    // 5 × 25.00 − 109.50 = +15.50: all move.
    let five = e4(5, FEE);
    assert_eq!(moves(&five).len(), 5);
    assert_eq!(five.saving(), figure("15.50"));
    // At least 20.00 a month is asked for: all stay.
    assert_eq!(
        moves(&e4(5, "placement {\n fees = { google = 109.50 }\n minimum_saving = 20\n minimum_percent = 0\n}")),
        []
    );
}

#[test]
fn a_move_must_pay_for_itself_in_time() {
    // A machine with 2,000 GB: 167.90 − 126.0499 = 41.8501 a month; (2,000 − 100) × 0.09 = 171.00 once: 4.1 months.
    let of = |gb: &str| {
        let mut scene = Scene::new(&format!(r#"workload "aws_instance.db" {{ state_gb = {gb} }}"#));
        let db = scene.workload("aws_instance.db", AWS, "167.90");
        scene.offer(db, GOOGLE, "126.0499");
        scene.placed()
    };
    let placement = of("2000");
    let suggestion = &placement.suggestions[0];
    assert_eq!(suggestion.migration, figure("171.00"));
    assert_eq!(suggestion.payback_months.map(|months| months.round_dp(1)), Some(figure("4.1")));
    // 10,000 GB: 9,900 × 0.09 = 891.00, 21.3 months: it stays.
    let placement = of("10000");
    assert_eq!(moves(&placement), []);
    assert_eq!(placement.refusals[0].migration, figure("891.00"));
}

#[test]
fn leaving_for_good_may_be_free() {
    let text = "placement { exit_waiver = true }\nworkload \"*\" { state_gb = 10000 }";
    let mut scene = Scene::new(text);
    let db = scene.workload("aws_instance.db", AWS, "167.90");
    scene.offer(db, GOOGLE, "126.0499");
    let placement = scene.placed();
    assert_eq!(placement.suggestions[0].migration, figure("0"));
}

const OBJECTS: &str = "workload \"*\" { objects = 10000000 }";

/// 10,000 GB in 10 million objects: S3 0.0245 × 10,000 = 245.00, Google 0.023 × 10,000 = 230.00.
fn e5(text: &str) -> super::super::Placement {
    let mut scene = Scene::new(text);
    let needs = [
        ("concept", Value::from("object")),
        ("gb", Value::Number(10_000.into())),
        ("state_gb", Value::Number(10_000.into())),
    ];
    let bucket = scene.workload_of("aws_s3_bucket.data", AWS, "245.00", &needs);
    scene.offer(bucket, GOOGLE, "230.00");
    scene.placed()
}

#[test]
fn e5_a_bucket_stays_where_leaving_costs() {
    // Once: (10,000 − 100) × 0.09 = 891.00; 891.00 / 15.00 = 59.4 months, more than 12.
    let placement = e5("");
    assert_eq!(moves(&placement), []);
    assert_eq!(placement.refusals[0].migration, figure("891.00"));
    assert!(placement.refusals[0].reason.contains("59.4 months"), "{}", placement.refusals[0].reason);
    // With the requests below: 945.00 / 15.00 = 63.0 months.
    let placement = e5(OBJECTS);
    assert_eq!(placement.refusals[0].migration, figure("945.00"));
}

#[test]
fn e5_with_the_exit_waiver_it_goes() {
    // 10 million reads × 0.0004 / 1,000 = 4.00, 10 million writes × 0.05 / 10,000 = 50.00: 54.00 / 15.00 = 3.6 months.
    let placement = e5(&format!("placement {{ exit_waiver = true }}\n{OBJECTS}"));
    let suggestion = &placement.suggestions[0];
    assert_eq!((suggestion.migration, suggestion.saving()), (figure("54.00"), figure("15.00")));
    assert_eq!(suggestion.payback_months.map(|months| months.round_dp(1)), Some(figure("3.6")));
}

#[test]
fn running_twice_and_work_cost_once() {
    // 6 of 30 days of 126.00 = 25.20, 8 hours at 90 = 720.00; 900 − 126 = 774 a month.
    let text = "placement {\n overlap_days = 6\n hour_rate = 90\n}\nworkload \"*\" { effort_hours = 8 }";
    let mut scene = Scene::new(text);
    let web = scene.workload("aws_instance.web", AWS, "900");
    scene.offer(web, GOOGLE, "126");
    let placement = scene.placed();
    assert_eq!(placement.suggestions[0].migration, figure("745.20"));
}

#[test]
fn what_pays_only_together_moves_together() {
    // Each saves 30.00 alone, and 1,000 GB each way between them cost 90 + 120 = 210.00 once they part.
    let mut scene = Scene::new("");
    let web = scene.workload("aws_instance.web", AWS, "100");
    let cache = scene.workload("aws_instance.cache", AWS, "100");
    scene.offer(web, GOOGLE, "70");
    scene.offer(cache, GOOGLE, "70");
    scene.data(web, cache, "1000", "1000");
    let placement = scene.placed();
    assert_eq!(moves(&placement).len(), 2);
    assert_eq!(placement.suggestions.len(), 1, "one suggestion for both");
    assert_eq!(placement.suggestions[0].saving(), figure("60"));
}

#[test]
fn a_small_saving_is_not_suggested() {
    // 19.99 a month of 100.00 is enough of the percentage, not of the amount; 20.00 is.
    let of = |cost: &str| {
        let mut scene = Scene::new("placement {\n minimum_saving = 20\n minimum_percent = 10\n}");
        let web = scene.workload("aws_instance.web", AWS, "100");
        scene.offer(web, GOOGLE, cost);
        moves(&scene.placed()).len()
    };
    assert_eq!((of("80.01"), of("80.00")), (0, 1));
}

#[test]
fn a_saving_of_few_percent_is_not_suggested() {
    // 50.00 of 1,000.00 are 5 %.
    let mut scene = Scene::new("placement {\n minimum_saving = 20\n minimum_percent = 10\n}");
    let web = scene.workload("aws_instance.web", AWS, "1000");
    scene.offer(web, GOOGLE, "950");
    assert_eq!(moves(&scene.placed()), []);
}

#[test]
fn the_machine_changes_first_where_it_is() {
    // m5 to m6a at the same place: 167.90 − 151.11 = 16.79. Google's 160.00 no longer saves: 151.11 < 160.00.
    let mut scene = Scene::new("");
    let web = scene.workload("aws_instance.web", AWS, "167.90");
    scene.offer(web, AWS, "151.11");
    scene.offer(web, GOOGLE, "160.00");
    let placement = scene.placed();
    assert!(placement.suggestions[0].is_in_place());
    assert_eq!(placement.suggestions[0].saving(), figure("16.79"));
    assert_eq!(cents(placement.shrunk.as_ref().unwrap().bill.monthly()), figure("151.11"));
    assert_eq!(placement.saving(), figure("16.79"));
    assert_eq!(placement.hybrid.moved, 0);
}

#[test]
fn three_sites_share_a_graph() {
    // web → Google saves 40, db → Azure saves 60; they exchange 100 GB each way: 9 − 9 free on AWS alone today.
    // Apart on Google and Azure: 100 × 0.12 = 12.00 out of Google, Azure's first 100 GB are free: 0.
    let mut scene = Scene::new("");
    let web = scene.workload("aws_instance.web", AWS, "140");
    let db = scene.workload("aws_instance.db", AWS, "260");
    scene.offer(web, GOOGLE, "100");
    scene.offer(web, AZURE, "139");
    scene.offer(db, AZURE, "200");
    scene.offer(db, GOOGLE, "259");
    scene.data(web, db, "100", "100");
    let placement = scene.placed();
    let wanted = [("aws_instance.db".into(), AZURE.into()), ("aws_instance.web".into(), GOOGLE.into())];
    assert_eq!(moves(&placement), wanted);
    // 40 + 60 − 12
    assert_eq!(placement.saving(), figure("88.00"));
}
