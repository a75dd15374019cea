//! Data that usage knows of: of load balancers, of functions with their buckets, to the internet.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::super::edge::{self, Edge, Edges, Origin, Web};
use super::super::flow::{Flow, Flows};
use super::scene::{Scene, figure};
use crate::config::WorkloadFacts;
use crate::model::Value;

const AWS: &str = "aws/eu-central-1";

/// A function, a bucket of 500 GB and two machines, at positions 0 to 3 of a plan; 4 is a load balancer that refers to
/// the machines and goes with the first. The function refers to the bucket.
fn edges(flows: &[(usize, Flow)], objects: Option<Decimal>) -> Vec<Edge> {
    let mut scene = Scene::new("");
    let concept = |name: &str| ("concept", Value::from(name));
    scene.workload_of("aws_lambda_function.resize", AWS, "10", &[concept("functions")]);
    scene.workload_of("aws_s3_bucket.images", AWS, "11.50", &[concept("object"), ("gb", Value::Number(500.into()))]);
    scene.workload("aws_instance.a", AWS, "100");
    scene.workload("aws_instance.b", AWS, "100");
    scene.workloads[2].at.push(4);
    let mut near: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for (one, other) in [(0, 1), (2, 4), (3, 4)] {
        near.entry(one).or_default().insert(other);
        near.entry(other).or_default().insert(one);
    }
    let web = Web { near, owner: [(0, 0), (1, 1), (2, 2), (3, 3), (4, 2)].into() };
    let facts = vec![WorkloadFacts { objects, ..WorkloadFacts::default() }; 4];
    let flows = Flows { of: flows.iter().cloned().collect(), ..Flows::default() };
    // What usage says takes the place of what was assumed.
    let assumed = Edge { from: 2, to: Some(3), gb: 100.into(), back_gb: 100.into(), origin: Origin::Assumed };
    let mut edges = Edges::from([((2, Some(3)), assumed)]);
    edge::by_usage(&web, &scene.workloads, &facts, &flows, &web.linked(&scene.workloads), &mut edges);
    edges.into_values().collect()
}

fn told(from: usize, to: Option<usize>, gb: &str, back_gb: &str) -> Edge {
    Edge { from, to, gb: figure(gb), back_gb: figure(back_gb), origin: Origin::Usage }
}

#[test]
fn a_load_balancer_shares_what_it_processes_out() {
    // 3,000 GB for two machines: 1,500 for each, half of it each way; those of its own machine go nowhere.
    let balancer = Flow { traffic_gb: Some(3000.into()), ..Flow::default() };
    assert_eq!(edges(&[(4, balancer)], None), [told(2, Some(3), "750", "750")]);
}

#[test]
fn a_function_carries_an_object_a_call() {
    // 500 GB in 1,000,000 objects are 0.0005 GB each; 4,000,000 calls carry 2,000 GB.
    let function = Flow { calls: Some(4_000_000.into()), ..Flow::default() };
    let found = edges(&[(0, function.clone())], Some(1_000_000.into()));
    assert_eq!(found[0], told(0, Some(1), "1000", "1000"));
    // Without the number of objects nothing is known, and nothing is made up.
    let found = edges(&[(0, function)], None);
    assert_eq!(found.iter().map(|edge| edge.origin).collect::<Vec<_>>(), [Origin::Assumed]);
}

#[test]
fn what_leaves_for_the_internet_is_an_edge() {
    let function = Flow { internet_gb: Some(70.into()), ..Flow::default() };
    assert_eq!(edges(&[(0, function)], None)[0], told(0, None, "70", "0"));
}
