//! Each rule by itself.

use super::*;

const NO: f64 = f64::INFINITY;

#[test]
fn providers_are_no_more_than_allowed() {
    let costs = [[1.0, 9.0, 9.0], [9.0, 1.0, 9.0], [5.0, 9.0, 1.0]];
    let workloads = costs.iter().map(|costs| workload(0, costs)).collect();
    let mut program = Program { sites: sites(&[0, 1, 2]), workloads, ..Program::default() };
    assert_eq!(solved(&program), (vec![0, 1, 2], 300));
    program.max_providers = Some(2);
    assert_eq!(solved(&program), (vec![0, 1, 0], 700));
    program.max_providers = Some(1);
    assert_eq!(solved(&program), (vec![0, 0, 0], 1500));
    program.max_providers = Some(0);
    assert_eq!(solve(&program), None);
}

#[test]
fn capacity_forces_a_split() {
    let mut program = Program { sites: sites(&[0, 1]), ..Program::default() };
    program.sites[1].capacity = vec![Some(2.0)];
    program.workloads = vec![workload(0, &[10.0, 1.0]), workload(0, &[30.0, 1.0]), workload(0, &[20.0, 1.0])];
    assert_eq!(solved(&program), (vec![0, 1, 1], 1200));
    program.workloads[1].options[1].uses = vec![2.0];
    assert_eq!(solved(&program), (vec![0, 1, 0], 3100), "the second fills the site by itself");
    program.sites[1].capacity = vec![None];
    assert_eq!(solved(&program), (vec![1, 1, 1], 300));
}

#[test]
fn two_move_where_neither_would_alone() {
    let mut program = Program { sites: sites(&[0, 1]), ..Program::default() };
    program.workloads = vec![workload(0, &[100.0, 90.0]), workload(0, &[100.0, 90.0])];
    program.edges = vec![edge(0, 1, 2, 15.0)];
    assert_eq!(solved(&program), (vec![1, 1], 18000));
    program.max_moves = Some(1);
    assert_eq!(solved(&program), (vec![0, 0], 20000));
}

#[test]
fn a_chain_moves_as_a_whole() {
    let count = 20;
    let mut program = Program { sites: sites(&[0, 1, 2]), ..Program::default() };
    program.workloads = vec![workload(0, &[100.0, 99.0, 200.0]); count];
    program.edges = (1..count).map(|at| edge(at - 1, at, 3, 50.0)).collect();
    assert_eq!(solved(&program), (vec![1; count], 99 * 2000));
}

#[test]
fn the_budget_of_moves_goes_to_the_best() {
    let mut program = Program { sites: sites(&[0, 1]), ..Program::default() };
    program.workloads = (0..15).map(|at| workload(0, &[100.0, 99.0 - f64::from(at)])).collect();
    program.max_moves = Some(2);
    let mut expected = vec![0; 13];
    expected.extend([1, 1]);
    assert_eq!(solved(&program), (expected, 1300 * 100 + 8600 + 8500));
    program.max_moves = Some(0);
    program.workloads[3] = workload(0, &[NO, 1.0]);
    assert_eq!(solve(&program), None, "one has to move");
}

#[test]
fn replicas_are_apart() {
    let mut program = Program { sites: sites(&[0, 0, 1]), ..Program::default() };
    program.workloads = vec![workload(0, &[1.0, 2.0, 4.0]); 3];
    program.apart = vec![vec![0, 1]];
    assert_eq!(solved(&program), (vec![0, 1, 0], 400));
    program.apart = vec![vec![0, 1, 2]];
    assert_eq!(solved(&program), (vec![0, 1, 2], 700));
    program.workloads.push(workload(0, &[1.0, 2.0, 4.0]));
    program.apart = vec![vec![0, 1, 2, 3]];
    assert_eq!(solve(&program), None, "three sites for four");
}

#[test]
fn what_belongs_together_shares_a_site() {
    let mut program = Program { sites: sites(&[0, 1, 2]), ..Program::default() };
    program.workloads = vec![workload(0, &[5.0, 1.0, 3.0]), workload(0, &[5.0, 9.0, 3.0]), workload(0, &[5.0, NO, NO])];
    program.together = vec![(0, 1)];
    assert_eq!(solved(&program), (vec![2, 2, 0], 1100));
    program.together = vec![(2, 1), (0, 1)];
    assert_eq!(solved(&program), (vec![0, 0, 0], 1500));
    program.apart = vec![vec![0, 2]];
    assert_eq!(solve(&program), None, "apart and together");
}

#[test]
fn an_edge_may_forbid_two_sites() {
    let mut program = Program { sites: sites(&[0, 1, 2]), ..Program::default() };
    program.workloads = vec![workload(0, &[9.0, 1.0, 9.0]), workload(0, &[9.0, NO, 1.0])];
    program.edges = vec![EdgeRow { from: 0, to: 1, cost: vec![0.0, NO, NO, NO, 0.0, NO, 2.0, NO, 0.0] }];
    assert_eq!(solved(&program), (vec![2, 2], 1000));
    program.edges[0].cost = vec![NO; 9];
    assert_eq!(solve(&program), None);
}

#[test]
fn of_options_at_a_site_the_cheapest_counts() {
    let option = |cost, loss, rank| Choice { site: 0, cost, uses: Vec::new(), loss, rank };
    let options = vec![option(3.0, 0, 0), option(2.0, 2, 1), option(2.0, 1, 9), option(2.0, 1, 4)];
    let program =
        Program { sites: sites(&[0]), workloads: vec![WorkloadRow { options, now: None }], ..Program::default() };
    assert_eq!(solve(&program).expect("it fits").choice, [3]);
}

#[test]
fn ties_fall_in_order() {
    let mut program = Program { sites: sites(&[0, 1, 2, 2]), ..Program::default() };
    program.workloads = vec![workload(0, &[NO, 5.0, 5.0, 5.0]), workload(3, &[NO, NO, NO, 5.0])];
    assert_eq!(solved(&program), (vec![2, 3], 1000), "fewer providers, then the first site");
    program.workloads[0].options[1].loss = 1;
    assert_eq!(solved(&program), (vec![3, 3], 1000), "the lower loss");
    program.workloads[0].options[2].loss = 1;
    assert_eq!(solved(&program), (vec![1, 3], 1000), "the lower loss goes before providers");
    program.workloads[0].now = Some(3);
    assert_eq!(solved(&program), (vec![3, 3], 1000), "and moves before losses");
}

#[test]
fn nothing_to_place_costs_nothing() {
    assert_eq!(solved(&Program::default()), (vec![], 0));
    let nowhere = WorkloadRow { options: Vec::new(), now: None };
    assert_eq!(solve(&Program { workloads: vec![nowhere], ..Program::default() }), None);
}
