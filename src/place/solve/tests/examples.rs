//! The worked examples: what stays, what moves, and at which figures.

use super::*;

/// Today's machine and its rival at another provider, beside a database that stays.
fn web(to_web: f64, to_database: f64) -> Program {
    // A row for each site of the web; the database can only be at the first.
    let cost = vec![0.0, f64::INFINITY, to_web + to_database, f64::INFINITY];
    Program {
        sites: sites(&[0, 1]),
        workloads: vec![workload(0, &[167.90, 126.0499]), pinned(0, 0.0)],
        edges: vec![EdgeRow { from: 0, to: 1, cost }],
        ..Program::default()
    }
}

#[test]
fn of_two_at_one_price_the_present_one_stays() {
    let mut program = Program { sites: sites(&[0, 1]), ..Program::default() };
    program.workloads = vec![workload(1, &[167.90, 167.90])];
    assert_eq!(solved(&program), (vec![1], 16790));
    program.workloads = vec![workload(0, &[167.904, 167.90])];
    assert_eq!(solved(&program), (vec![0], 16790), "less than half a cent is no reason");
    program.workloads = vec![workload(0, &[167.91, 167.90])];
    assert_eq!(solved(&program), (vec![1], 16790), "a cent is");
}

#[test]
fn egress_kills_a_move() {
    // 500 GB from the database, 100 GB to it.
    assert_eq!(solved(&web(500.0 * 0.09, 100.0 * 0.12)), (vec![0, 0], 16790));
    // The further provider takes nothing for what leaves it.
    assert_eq!(solved(&web(500.0 * 0.09, 0.0)), (vec![0, 0], 16790));
    // A free interconnect.
    assert_eq!(solved(&web(0.0, 0.0)), (vec![1, 0], 12605));
    // It flips below 0.7342 of the traffic.
    let share = |share: f64| web(share * 500.0 * 0.09, share * 100.0 * 0.12);
    assert_eq!(solved(&share(0.7343)).0, [0, 0]);
    assert_eq!(solved(&share(0.7340)).0, [1, 0]);
}

/// Workloads without traffic of their own; to leave the first site costs a tunnel to it.
fn behind_a_tunnel(count: usize) -> Program {
    let mut workloads = vec![workload(0, &[150.0, 125.0]); count];
    workloads.push(pinned(0, 0.0));
    Program {
        sites: sites(&[0, 1]),
        edges: (0..count).map(|at| edge(at, count, 2, 0.0)).collect(),
        workloads,
        pair_fees: vec![(0, 1, 109.50)],
        ..Program::default()
    }
}

#[test]
fn a_fixed_fee_is_worth_it_for_many() {
    assert_eq!(solved(&behind_a_tunnel(3)), (vec![0; 4], 45000));
    assert_eq!(solved(&behind_a_tunnel(5)), (vec![1, 1, 1, 1, 1, 0], 62500 + 10950));
    let many = solved(&behind_a_tunnel(60));
    assert_eq!(many.1, 60 * 12500 + 10950);
}

#[test]
fn a_fee_of_a_further_provider_counts_once() {
    let mut program = behind_a_tunnel(5);
    program.pair_fees.clear();
    program.site_fees = vec![40.0, 124.0];
    assert_eq!(solved(&program), (vec![1, 1, 1, 1, 1, 0], 62500 + 12400), "the first provider is used today");
    program.site_fees = vec![40.0, 126.0];
    assert_eq!(solved(&program), (vec![0; 6], 75000));
}
