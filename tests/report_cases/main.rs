//! Renders reports made in code, and compares each with the files under `testdata/report/<case>`.
//!
//! `UPDATE_EXPECTED=1 cargo test --test report_cases` writes what is rendered over what was expected; read it at 80
//! columns before you commit it.

mod build;

use std::path::Path;

use build::{With as _, broken, change, create, decimal, line, plan, report, resource, same, state, update};
use lepton::estimate::{Line, Reason, Status};
use lepton::model::{Action, Problem, RegionOrigin};
use lepton::report::{Format, RenderOptions, Report, render};
use unicode_width::UnicodeWidthStr as _;

fn server(size: &str, hourly: &str) -> Line {
    line("Instance usage", "hours", "730", &[("0", hourly)]).detail(&format!("Linux, on-demand, {size}"))
}

fn disk(gb: &str) -> Line {
    line("Storage", "GB", gb, &[("0", "0.08")]).part(&["root_disk"]).detail("general purpose")
}

fn iops(count: &str) -> Line {
    line("Provisioned IOPS", "IOPS", count, &[("0", "0.005")]).part(&["root_disk"])
}

fn traffic() -> Line {
    line("Outbound traffic", "GB", "0", &[("0", "0.09"), ("10240", "0.085")]).usage(&["monthly_outbound_gb"])
}

/// An update in which lines change, begin and end; a replacement; what stays as it is.
fn lines_come_and_go() -> Report {
    let web = |size, price, disks: Vec<Line>| {
        let mut lines = vec![server(size, price), traffic()];
        lines.extend(disks);
        resource("module.shop.test_server.web[0]", lines)
    };
    let cache = line("Nodes", "hours", "1460", &[("0", "0.05")]);
    report(vec![plan(
        "shop",
        vec![
            update(
                web("m5.large", "0.1", vec![disk("20"), iops("3000")]),
                web("m5.xlarge", "0.2", vec![disk("50"), line("Backup", "GB", "50", &[("0", "0.05")])]),
            ),
            change(
                Action::Replace,
                Some(resource("test_cache.sessions", vec![cache.clone()])),
                Some(resource("test_cache.sessions", vec![cache])),
            ),
            same(resource("test_server.old", vec![server("m5.large", "0.1"), disk("20")])),
            create(resource("test_queue.jobs", vec![line("Requests", "1M requests", "2.5", &[("0", "0.4")])])),
            change(Action::Delete, Some(resource("test_disk.gone", vec![disk("100").part(&[])])), None),
            change(Action::Forget, Some(resource("test_disk.left", vec![disk("10").part(&[])])), None),
        ],
    )])
}

/// A price or a quantity that is missing on one side: the difference is not known, and no saving.
fn unknown_on_one_side_is_no_saving() -> Report {
    let missing = || disk("100").part(&[]).missing(Reason::NoPrice("test storage ultra".into()));
    let other_region = || disk("100").part(&[]).missing(Reason::NotInRegion("eu-test-9".into()));
    report(vec![plan(
        "shop",
        vec![
            update(
                resource("test_disk.to_unpriced", vec![disk("100").part(&[])]),
                resource("test_disk.to_unpriced", vec![missing()]),
            ),
            update(
                resource("test_disk.from_unpriced", vec![other_region()]),
                resource("test_disk.from_unpriced", vec![disk("100").part(&[])]),
            ),
            update(
                resource("test_disk.resized", vec![disk("100").part(&[])]),
                resource("test_disk.resized", vec![disk("100").part(&[]).after_apply("self.size_gb")]),
            ),
            update(
                resource("test_gateway.g", vec![traffic(), server("small", "0.01")]),
                resource("test_gateway.g", vec![traffic(), server("small", "0.01")]),
            ),
        ],
    )])
}

/// Tiers, tiny prices, zero rows, a discount, thousands, and sums below a cent.
fn tiers_and_tiny_prices() -> Report {
    let stored =
        |gb| line("Storage", "GB", gb, &[("0", "0.023"), ("51200", "0.022"), ("512000", "0.021")]).part(&["Standard"]);
    report(vec![plan(
        "archive",
        vec![
            create(resource(
                "test_bucket.media",
                vec![
                    stored("600000").detail("eu"),
                    line("Reads", "1k requests", "12.5", &[("0", "0.0004")]).part(&["Standard"]),
                    line("Writes", "1k requests", "0", &[("0", "0.005")]).part(&["Standard"]),
                ],
            )),
            create(resource(
                "test_function.f",
                vec![
                    line("Duration", "GB-seconds", "0", &[("0", "0.0000166667")])
                        .usage(&["monthly_requests", "duration"]),
                    line("Requests", "requests", "1234567", &[("0", "0.0000002")]),
                ],
            )),
            update(
                resource("test_bucket.shrinks", vec![stored("600000")]),
                resource("test_bucket.shrinks", vec![stored("40000")]),
            ),
            create(resource("test_server.big", vec![server("u-24tb", "218.4").discount("0.3")])),
            create(resource("test_zone.idle", vec![line("Queries", "1M queries", "0", &[("0", "0.4")])])),
        ],
    )])
}

/// Prices of other regions, regions that were assumed, types that are not supported, a stanza that is broken.
fn what_is_not_certain_is_said() -> Report {
    let mut assumed = resource("test_server.somewhere", vec![server("small", "0.01")]);
    assumed.region.as_mut().unwrap().origin = RegionOrigin::Assumed;
    let mut robot = resource("test_robot.r2", Vec::new());
    robot.status = Status::Unsupported;
    let problem =
        Problem::error("lepton::catalog::broken", "`sise` is not an attribute of test_box").help("see `size`");
    report(vec![plan(
        "shop",
        vec![
            create(resource("test_server.far", vec![server("small", "0.01").priced_in("us-test-1"), disk("8")])),
            create(assumed),
            create(robot),
            create(broken("test_box.b", problem)),
            create(resource("test_network.free", Vec::new())),
            create(resource("test_disk.lost", vec![disk("8").part(&[]).missing(Reason::NoRegion)])),
        ],
    )])
}

/// Several projects, one of them a state: it has no side before.
fn several_projects() -> Report {
    report(vec![
        plan("envs/dev", vec![create(resource("test_server.web", vec![server("small", "0.01")]))]),
        plan("envs/prod", vec![same(resource("test_server.web", vec![server("large", "0.1"), traffic()]))]),
        state("legacy", vec![change(Action::NoOp, None, Some(resource("test_disk.old", vec![disk("80").part(&[])])))]),
        plan("empty", Vec::new()),
    ])
}

/// Names that try to break a table, a cell, a page or a terminal.
fn hostile_names() -> Report {
    let evil = "x|y`z\n\u{1b}[2J<script>alert(1)</script> @team #1 \u{202e}drowssap https://evil.example [a](b) **c**";
    let address = format!("module.m[\"{evil}\"].test_server.s");
    let odd = server(evil, "0.01");
    let long = "very_long_module_name".repeat(12);
    report(vec![plan(
        &format!("envs/{evil}"),
        vec![
            update(
                resource(&address, vec![odd.clone().part(&[evil]).detail(evil), traffic().usage(&[evil])]),
                resource(&address, vec![server("small", "0.02").part(&[evil])]),
            ),
            create(resource(
                &format!("module.{long}.test_server.s"),
                vec![odd, disk("123456789").part(&[&long, "日本語"])],
            )),
            create(resource("test_disk.e", vec![disk("8").missing(Reason::NoPrice(evil.into()))])),
        ],
    )])
}

/// A folder and what stands in it.
type Case = (&'static str, fn() -> Report);

const CASES: [Case; 6] = [
    ("lines-come-and-go", lines_come_and_go),
    ("unknown-on-one-side-is-no-saving", unknown_on_one_side_is_no_saving),
    ("tiers-and-tiny-prices", tiers_and_tiny_prices),
    ("what-is-not-certain-is-said", what_is_not_certain_is_said),
    ("several-projects", several_projects),
    ("hostile-names", hostile_names),
];

fn rendered(report: &Report, format: Format) -> String {
    let options = RenderOptions { width: 80, color: false, timestamp: "2026-11-02T00:00:00Z".into() };
    render(report, format, &options)
}

#[test]
fn every_case_looks_as_expected() {
    let formats = [
        (Format::Table, "expected.txt"),
        (Format::Markdown, "expected.md"),
        (Format::InfracostJson, "expected.infracost.json"),
    ];
    let mut wrong = Vec::new();
    for (name, report) in CASES {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/report").join(name);
        for (format, file) in formats {
            let found = rendered(&report(), format);
            if std::env::var_os("UPDATE_EXPECTED").is_some() {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(folder.join(file), &found).unwrap();
            }
            let expected = std::fs::read_to_string(folder.join(file)).unwrap_or_default();
            if found != expected {
                wrong.push(format!("{name}/{file}\n--- expected\n{expected}--- found\n{found}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn tables_fit_and_nothing_hidden_reaches_a_reader() {
    for (name, report) in CASES {
        let report = report();
        let table = rendered(&report, Format::Table);
        table.lines().for_each(|row| assert!(row.width() <= 80, "{name}: {row}"));
        for text in [table, rendered(&report, Format::Markdown)] {
            let is_hidden = |letter: char| (letter.is_control() && letter != '\n') || letter == '\u{202e}';
            assert!(!text.contains(is_hidden), "{name}");
        }
    }
}

#[test]
fn colour_is_only_what_surrounds_a_row() {
    let report = lines_come_and_go();
    let options = RenderOptions { width: 80, color: true, timestamp: String::new() };
    let coloured = render(&report, Format::Table, &options);
    assert!(coloured.contains("\u{1b}[32m"));
    let mut plain = coloured;
    for code in ["0", "1", "2", "31", "32", "33"] {
        plain = plain.replace(&format!("\u{1b}[{code}m"), "");
    }
    assert_eq!(plain, rendered(&report, Format::Table));
}

/// A comment that a forge refuses for its length is worse than one without details.
#[test]
fn markdown_stays_within_what_forges_take() {
    let name = "a_long_name_|_".repeat(20);
    let changes = |count: usize| {
        let resource = |at: usize| {
            let part = format!("disk \u{1f4be} {at}");
            resource(
                &format!("module.m.test_server.{name}[{at}]"),
                vec![server("m5", &format!("0.{at}")), disk("9").part(&[&part])],
            )
        };
        (1..=count).map(|at| create(resource(at))).collect::<Vec<_>>()
    };
    let projects = (0..400).map(|at| plan(&format!("{name} {at}"), if at < 350 { changes(1) } else { Vec::new() }));
    let mut projects: Vec<_> = projects.collect();
    projects.push(plan("large", changes(1500)));
    let text = rendered(&report(projects), Format::Markdown);
    assert!(text.len() < 65_000, "{} bytes", text.len());
    assert!(text.contains("left out here for length") && text.contains("more projects are left out"), "it is said");
    assert!(text.contains("50 projects do not change."), "those that stay are counted");
    assert!(text.trim_end().ends_with("</sub>"), "the footer stands");
    assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
    let dearest = format!("{name}[999]").replace('|', "¦");
    assert!(text.contains(&dearest[dearest.len() - 20..]), "the dearest stays");
}

/// What the table says in words, the layout says in null: the sum of unknown deltas is no 0.
#[test]
fn an_unknown_difference_is_null_and_none_is_zero() {
    let json = |report: &Report| -> serde_json::Value {
        serde_json::from_str(&rendered(report, Format::InfracostJson)).unwrap()
    };
    assert_eq!(json(&unknown_on_one_side_is_no_saving())["diffTotalMonthlyCost"], serde_json::Value::Null);
    let still = report(vec![plan("still", vec![same(resource("test_server.web", vec![server("small", "0.01")]))])]);
    let still = json(&still);
    assert_eq!(still["diffTotalMonthlyCost"], "0");
    assert_eq!(still["projects"][0]["diff"]["resources"], serde_json::json!([]));
    assert_eq!(decimal(still["totalMonthlyCost"].as_str().unwrap()), decimal("7.3"));
}
