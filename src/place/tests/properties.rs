//! What holds of any board: scaling, more sites, more rules.

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::super::{Cloud, Placement};
use super::scene::Scene;

const SITES: [&str; 4] = ["aws/eu-central-1", "azure/germanywestcentral", "google/europe-west3", "google/europe-west4"];

/// Costs of each workload at each site, and GB between pairs.
#[derive(Clone, Debug)]
struct Case {
    costs: Vec<[u16; 4]>,
    data: Vec<(usize, usize, u16)>,
}

fn case() -> impl Strategy<Value = Case> {
    (2_usize..6).prop_flat_map(|count| {
        let costs = prop::collection::vec(prop::array::uniform4(10_u16..400), count);
        let data = prop::collection::vec((0..count, 0..count, 0_u16..3000), 0..6);
        (costs, data).prop_map(|(costs, data)| Case { costs, data })
    })
}

fn place(case: &Case, sites: usize, times: u16, text: &str) -> Placement {
    let mut scene = Scene::new(text);
    for (at, costs) in case.costs.iter().enumerate() {
        let cost = |site: usize| (u32::from(costs[site]) * u32::from(times)).to_string();
        let workload = scene.workload(&format!("aws_instance.w[{at}]"), SITES[0], &cost(0));
        for (site, name) in SITES.iter().enumerate().take(sites).skip(1) {
            scene.offer(workload, name, &cost(site));
        }
    }
    for (from, to, gb) in case.data.iter().filter(|(from, to, _)| from != to) {
        scene.data(*from, *to, &gb.to_string(), "0");
    }
    scene.placed()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn following_suggestions_never_costs_more(case in case()) {
        let placement = place(&case, 4, 1, "");
        prop_assert!(placement.saving() >= Decimal::ZERO);
    }

    #[test]
    fn what_clouds_bill_is_the_bill(case in case()) {
        let text = "path \"aws\" \"google\" {\n  kind = \"vpn\"\n  monthly = 30\n}\nplacement { fees = { azure = 5 } }\n\
                    commitment \"aws\" {\n  until = \"2027-06-30\"\n  monthly = 300\n}";
        let placement = place(&case, 4, 1, text);
        let sum = |clouds: &[Cloud]| clouds.iter().map(|cloud| cloud.monthly).sum::<Decimal>();
        prop_assert_eq!(sum(&placement.clouds_now), placement.now.bill.monthly());
        prop_assert_eq!(sum(&placement.clouds_hybrid), placement.hybrid.bill.monthly());
        let worth = |clouds: &[Cloud]| clouds.iter().map(|cloud| cloud.benefit).sum::<Decimal>().round_dp(8);
        prop_assert_eq!(worth(&placement.clouds_now), placement.now.benefit.round_dp(8));
        prop_assert_eq!(worth(&placement.clouds_hybrid), placement.hybrid.benefit.round_dp(8));
    }

    #[test]
    fn the_same_board_gives_the_same_answer(case in case()) {
        prop_assert_eq!(format!("{:?}", place(&case, 4, 1, "")), format!("{:?}", place(&case, 4, 1, "")));
    }

    #[test]
    fn a_pin_never_lowers_the_cost(case in case()) {
        let free = place(&case, 4, 1, "").hybrid.bill.monthly();
        let pinned = place(&case, 4, 1, "pin \"aws_instance.w[0]\" { provider = \"aws\" }").hybrid.bill.monthly();
        // The marginal price of data is taken anew a few times: to the cent.
        prop_assert!(pinned + Decimal::new(1, 2) >= free, "{pinned} {free}");
    }

    #[test]
    fn without_data_prices_scale_the_answer(costs in prop::collection::vec(prop::array::uniform4(10_u16..400), 2..6)) {
        let case = Case { costs, data: Vec::new() };
        let (once, thrice) = (place(&case, 4, 1, ""), place(&case, 4, 3, ""));
        prop_assert_eq!(once.hybrid.bill.monthly() * Decimal::from(3), thrice.hybrid.bill.monthly());
    }

    #[test]
    fn without_data_a_site_more_never_costs_more(costs in prop::collection::vec(prop::array::uniform4(10_u16..400), 2..6)) {
        let case = Case { costs, data: Vec::new() };
        let (few, many) = (place(&case, 3, 1, ""), place(&case, 4, 1, ""));
        prop_assert!(many.hybrid.bill.monthly() <= few.hybrid.bill.monthly());
    }
}
