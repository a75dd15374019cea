//! Rendering of made-up results: any sizes, any names, any depth.

use std::sync::Arc;

use lepton::diff;
use lepton::estimate::{
    Estimate, Item, Line, Monthly, PricedChange, PricedPlan, Quantity, Reason, Status, UnitPrice, Why,
};
use lepton::model::{Action, Address, InputKind, Region, RegionOrigin, Severity, Span};
use lepton::price::{Money, Price, Provenance, Tier};
use lepton::report::placement::{self, Depth, Form, PlacedProject, PlacementOptions, PlacementView};
use lepton::report::{Format, Options, ProjectInput, RenderOptions, Report, Spool, render};
use lepton::rules::{Finding, FoundBy, Origin, Saving, Suppressed};
use proptest::prelude::*;
use rust_decimal::Decimal;
use unicode_width::UnicodeWidthStr as _;

fn line(component: &str, unit: &str, quantity: Quantity, monthly: Monthly) -> Line {
    let item = Item {
        part: Vec::new(),
        component: component.into(),
        detail: None,
        unit: unit.into(),
        price: UnitPrice::Known(vec![Tier { from: Decimal::ZERO, price: Decimal::new(5, 2) }]),
        discount: Decimal::ZERO,
        committed: Vec::new(),
        is_usage_based: false,
        note: None,
        why: Why {
            file: "test.hcl".into(),
            line: 1,
            span: Span::default(),
            prices: Vec::new(),
            terms: Vec::new(),
            docs: None,
            trace: Vec::new(),
        },
    };
    Line { item: Arc::new(item), quantity, monthly, list: None, effective: None }
}

fn usd(amount: Decimal) -> Monthly {
    Monthly::Exact(Money::new(amount, "USD"))
}

/// A price of another region than the one asked for.
fn elsewhere(region: &str) -> (Price, Decimal) {
    let source = Provenance {
        id: "list".into(),
        title: "a list".into(),
        as_of: "2026-07-01".into(),
        currency: "USD".into(),
        file: "list.csv".into(),
    };
    let price = Price {
        unit: "Hrs".into(),
        tiers: vec![Tier { from: Decimal::ZERO, price: Decimal::new(5, 2) }],
        currency: "USD".into(),
        region: region.into(),
        is_exact_region: false,
        source: Arc::new(source),
        row: "a / b".into(),
    };
    (price, Decimal::ONE)
}

fn estimate(address: &str, status: Status, lines: Vec<Line>) -> Arc<Estimate> {
    Arc::new(Estimate {
        address: Address::new(address),
        kind: "demo_server".into(),
        provider: "demo".into(),
        region: Some(Region { name: "north-1".into(), origin: RegionOrigin::Resource }),
        status,
        lines: lines.into(),
        account: None,
        tags: Vec::new(),
        problems: Vec::new(),
    })
}

fn change(before: Option<Arc<Estimate>>, after: Option<Arc<Estimate>>, action: Action) -> PricedChange {
    let address = after.as_ref().or(before.as_ref()).expect("one side").address.clone();
    PricedChange {
        address,
        previous_address: None,
        action,
        deposed: None,
        is_import: false,
        declared: None,
        before,
        after,
    }
}

fn report(projects: Vec<(String, Vec<PricedChange>)>) -> Report {
    let projects = projects.into_iter().map(|(name, changes)| {
        let priced = PricedPlan {
            kind: InputKind::PlanJson,
            terraform_version: None,
            has_before: true,
            complete: true,
            changes,
            problems: Vec::new(),
        };
        let diff = diff::compare(&priced, &"USD".into());
        ProjectInput { path: name.clone(), name, priced, diff }
    });
    let options = Options { currency: "USD".into(), book_oldest: "2026-07-01".into(), ..Default::default() };
    Report::new(projects.collect(), Options { book_newest: "2026-08-01".into(), ..options })
}

fn show(report: &Report, format: Format) -> String {
    let timestamp = "2026-01-01T00:00:00Z".into();
    render(report, format, &RenderOptions { width: 80, color: false, timestamp })
}

fn assert_fits(table: &str) {
    for row in table.lines() {
        assert!(row.width() <= 80, "{} columns: {row}", row.width());
    }
}

/// Many resources with many lines, each a little dearer than the one before.
fn large(projects: usize, changes: usize) -> Report {
    let one = |project: usize| {
        let changes = (0..changes).map(|at| {
            let cost = Decimal::from(1 + at + project * changes);
            let lines = (0..6).map(|part| {
                let name = format!("Component number {part}");
                let mut line = line(&name, "hours", Quantity::Known(730.into()), usd(cost));
                line.item_mut().part = vec!["Root disk".into()];
                line
            });
            let address = format!("module.shop[\"{project}\"].aws_autoscaling_group.a_name_of_some_length[{at}]");
            change(None, Some(estimate(&address, Status::Priced, lines.collect())), Action::Create)
        });
        (format!("envs/{project}/plan.json"), changes.collect())
    };
    report((0..projects).map(one).collect())
}

#[test]
fn markdown_of_many_changes_and_projects_stays_short_and_says_what_is_left_out() {
    for (projects, changes) in [(1, 300), (40, 8), (40, 300)] {
        let report = large(projects, changes);
        let text = show(&report, Format::Markdown);
        assert!(text.chars().count() < 65_000, "{projects} projects: {}", text.chars().count());
        let total = report.current.known.as_ref().expect("a total").amount;
        assert!(total > Decimal::from(1_000), "the case is too cheap to tell");
        let resources = projects * changes;
        let rows = text.lines().filter(|line| line.starts_with("| ") && line.contains("new | +$")).count();
        assert!(
            rows > 20
                && text.contains(&format!(
                    "{} smaller changes are left out here for length, together +$",
                    resources.saturating_sub(rows)
                )),
            "{rows}"
        );
        let left_out: usize = text
            .lines()
            .find_map(|line| line.split_once(" resources are left out here"))
            .and_then(|(count, _)| count.parse().ok())
            .expect("it says how many");
        let kept = text.lines().filter(|line| line.starts_with("**`")).count();
        assert_eq!(kept + left_out, resources);
        // The dearest are those that stay.
        assert!(text.contains(&format!("**`module.shop[\"{}\"]", projects - 1)));
        assert!(text.trim_end().ends_with("2026-07-01 to 2026-08-01</sub>"), "the foot is never cut");
        assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
    }
}

const HOSTILE: [&str; 9] = [
    "a|b",
    "`code` ``more``",
    "<img src=x onerror=alert(1)></details><!-- -->",
    "@everyone and team@example.com",
    "two\nlines\r\n\n# heading",
    "\u{202e}txt.exe\u{2066}\u{200b}",
    "[link](https://evil.example) ![](http://evil.example/x.png) www.evil.example",
    "\u{1b}[31mred\u{7}\u{1b}]8;;https://evil.example\u{7}",
    "**bold** _it_ ~~gone~~ #12 &amp; \\",
];

fn hostile() -> Report {
    let changes = HOSTILE.iter().map(|name| {
        let mut line = line(name, name, Quantity::Known(1.into()), usd(1.into()));
        line.item_mut().part = vec![(*name).into()];
        line.item_mut().detail = Some((*name).into());
        line.item_mut().note = Some(format!("Assumed: {name}").into());
        let failed = Monthly::Unknown(Reason::Failed((*name).into()));
        let failed = self::line(name, "GB", Quantity::Failed((*name).into()), failed);
        let estimate = estimate(&format!("demo.x[\"{name}\"]"), Status::Partly, vec![line, failed]);
        change(None, Some(estimate), Action::Create)
    });
    report(vec![("one".into(), changes.collect()), (HOSTILE.concat(), Vec::new())])
}

/// A row of Markdown without escaped letters and without what stands in backticks: that is text already.
fn outside_code(row: &str) -> String {
    let mut outside = String::new();
    let mut letters = row.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => drop(letters.next()),
            '`' => assert!(letters.any(|letter| letter == '`'), "code never ends: {row}"),
            letter => outside.push(letter),
        }
    }
    outside
}

#[test]
fn hostile_names_are_inert_in_markdown() {
    let text = show(&hostile(), Format::Markdown);
    let is_ours = |tag: &str| ["details", "/details", "summary", "/summary", "sub", "/sub", "br"].contains(&tag);
    for row in text.lines() {
        let outside = outside_code(row);
        let outside = outside.replace("@&#8203;", "").replace(":&#8203;", "").replace("&#8203;.", "");
        assert!(!outside.contains('@') && !outside.contains("://") && !outside.contains("www."), "{row}");
        for (_, tag) in outside.match_indices('<').map(|(at, _)| outside.split_at(at + 1)) {
            assert!(is_ours(tag.split('>').next().unwrap_or_default()), "{row}");
        }
        let is_hidden = |letter: char| letter.is_control() || ('\u{200b}'..='\u{2069}').contains(&letter);
        assert!(!row.chars().any(|letter| is_hidden(letter) && letter != '…' && letter != '—'), "{row:?}");
        if row.starts_with("| ") {
            let cells = row.replace("\\|", "").matches('|').count() - 1;
            assert!([3, 4].contains(&cells), "{cells} cells: {row}");
        }
    }
    let outside: String = text.lines().map(outside_code).collect();
    assert_eq!(outside.matches("<details>").count(), outside.matches("</details>").count());
    assert!(!text.lines().any(|row| row.starts_with("# ")), "a heading of a name");
}

#[test]
fn hostile_names_are_inert_in_a_terminal() {
    let text = show(&hostile(), Format::Table);
    assert!(text.chars().all(|letter| letter == '\n' || !letter.is_control()), "{text:?}");
    assert!(!text.contains(['\u{202e}', '\u{2066}', '\u{200b}']));
    assert_fits(&text);
}

/// A placement in which every text is another's, and as many suggestions as asked for.
fn hostile_placement(suggestions: usize) -> PlacementView {
    let name = |at: usize| HOSTILE[at % HOSTILE.len()];
    let moved = |at: usize| {
        serde_json::json!({
            "address": name(at), "from": name(at + 1), "to": name(at + 2), "size": name(at + 3),
            "offer": { "type": name(at + 4), "size": name(at + 5), "option": name(at + 6), "equivalence": name(at) },
        })
    };
    let suggestion = |at: usize| {
        serde_json::json!({
            "kind": "move", "moved": [moved(at), moved(at + 1)], "saving": "12", "confidence": name(at),
            "doubts": [name(at), name(at + 1)],
            "losses": [{ "code": name(at), "level": name(at + 1), "text": name(at + 2) }],
        })
    };
    let row = |at: usize| serde_json::json!({ "kind": "single", "provider": name(at), "recommendation": name(at + 1) });
    let view = serde_json::json!({
        "workloads": 2, "sites": HOSTILE, "benefitDefinition": HOSTILE.concat(),
        "summary": (0..HOSTILE.len()).map(row).collect::<Vec<_>>(),
        "suggestions": (0..suggestions).map(suggestion).collect::<Vec<_>>(),
        "refusals": (0..HOSTILE.len()).map(|at| serde_json::json!({ "moved": moved(at), "reason": name(at) })).collect::<Vec<_>>(),
        "stuck": HOSTILE.map(|name| serde_json::json!({ "address": name, "reason": name })),
    });
    serde_json::from_value(view).expect("a placement")
}

#[test]
fn hostile_names_of_placements_are_inert() {
    let projects = [PlacedProject { name: HOSTILE.concat(), path: String::new(), placement: hostile_placement(9) }];
    for depth in [Depth::Short, Depth::Full] {
        let options =
            PlacementOptions { depth, unplaced: 0, currency: "USD", prices: ("", ""), width: 80, color: false };
        let text = placement::render(&projects, Form::Markdown, &options);
        let is_ours = |tag: &str| ["details", "/details", "summary", "/summary", "sub", "/sub", "br"].contains(&tag);
        for row in text.lines() {
            let outside = outside_code(row).replace("@&#8203;", "").replace(":&#8203;", "").replace("&#8203;.", "");
            assert!(!outside.contains('@') && !outside.contains("://") && !outside.contains("www."), "{row}");
            for (at, _) in outside.match_indices('<') {
                assert!(is_ours(outside[at + 1..].split('>').next().unwrap_or_default()), "{row}");
            }
            assert!(!row.chars().any(char::is_control), "{row:?}");
            if row.starts_with("| ") {
                let cells = row.replace("\\|", "").matches('|').count() - 1;
                assert!([6, 7].contains(&cells), "{cells} cells: {row}");
            }
        }
        let outside: String = text.lines().map(outside_code).collect();
        assert_eq!(outside.matches("<details>").count(), outside.matches("</details>").count());
        assert!(!text.lines().any(|row| row.starts_with("# ")), "a heading of a name");
        let text = placement::render(&projects, Form::Table, &options);
        assert!(text.chars().all(|letter| letter == '\n' || !letter.is_control()), "{text:?}");
        assert_fits(&text);
    }
}

#[test]
fn placements_leave_a_comment_within_its_bound() {
    for (projects, suggestions) in [(1, 2_000), (200, 1), (60, 60)] {
        let mut report = large(projects, 3);
        report.placements = (0..projects).map(|_| Some(hostile_placement(suggestions))).collect();
        let text = show(&report, Format::Markdown);
        assert!(text.len() <= 65_000, "{} bytes", text.len());
        let outside: String = text.lines().map(outside_code).collect();
        assert_eq!(outside.matches("<details>").count(), outside.matches("</details>").count());
        assert!(text.contains("left out here for length"));
        let placed = |view: &Option<PlacementView>| PlacedProject {
            name: "one".into(),
            path: String::new(),
            placement: view.clone().expect("a placement"),
        };
        let placed: Vec<PlacedProject> = report.placements.iter().map(placed).collect();
        let options = PlacementOptions {
            depth: Depth::Full,
            unplaced: 0,
            currency: "USD",
            prices: ("", ""),
            width: 80,
            color: false,
        };
        let text = placement::render(&placed, Form::Markdown, &options);
        assert!(text.len() <= 65_000, "{} bytes alone", text.len());
    }
}

#[test]
fn assumptions_are_said_once_with_how_many_lines_they_concern() {
    let assumed = |note: &str| {
        let mut line = line("Root volume", "GB", Quantity::Known(8.into()), usd(1.into()));
        line.item_mut().note = Some(note.into());
        line
    };
    let notes = ["Assumed: a root volume of 8 GB; the AMI decides.", "Assumed: one shard.", "The first GB is free."];
    let lines = |count: usize| notes.iter().take(count).map(|note| assumed(note)).collect::<Vec<Line>>();
    let changes = [1, 2, 3].map(|count| {
        let estimate = estimate(&format!("demo.x[{count}]"), Status::Priced, lines(count));
        change(None, Some(estimate), Action::Create)
    });
    let report = report(vec![("one".into(), changes.into())]);
    let expected = ["Assumed for 3 lines: a root volume of 8 GB; the AMI decides.", "Assumed for 2 lines: one shard."];
    for format in [Format::Table, Format::Markdown, Format::Json] {
        let text = show(&report, format);
        for note in expected {
            assert_eq!(text.matches(note).count(), 1, "{text}");
        }
        let is_json = format == Format::Json;
        assert_eq!(text.contains("The first GB is free."), is_json, "other notes are for JSON and `explain`");
    }
}

#[test]
fn a_price_of_another_region_is_marked_within_the_width() {
    let mut line = line("Running", "hours", Quantity::Known(730.into()), usd(Decimal::new(3650, 2)));
    line.item_mut().why.prices = vec![elsewhere("south-1")];
    let change = change(None, Some(estimate("demo.x", Status::Priced, vec![line])), Action::Create);
    let report = report(vec![("one".into(), vec![change])]);
    let table = show(&report, Format::Table);
    assert_fits(&table);
    assert!(table.contains(" $36.50*\n"), "{table}");
    assert!(table.contains("* 1 line of north-1 took the price of south-1: the book lacks it there."), "{table}");
    assert!(table.contains("0% of prices"), "{table}");
    let markdown = show(&report, Format::Markdown);
    assert!(markdown.contains("| $36.50\\* |"), "{markdown}");
    assert!(markdown.contains("\\* 1 line of north-1 took the price of south-1"), "{markdown}");
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z ]{0,30}", "\\PC{0,60}", ".{0,20}", "[a-z]{90,120}", Just("日本語の名前".repeat(12))]
}

fn any_decimal() -> impl Strategy<Value = Decimal> {
    // No more than what pricing lets through: it takes a larger cost for not known.
    (0_i64..1_000_000_000_000_000_000, 0_u32..20).prop_map(|(digits, places)| Decimal::new(digits, places))
}

fn any_line() -> impl Strategy<Value = Line> {
    let parts = proptest::collection::vec(any_text(), 0..12);
    let names = (parts, any_text(), proptest::option::of(any_text()), any_text());
    (names, 0_u8..7, any_decimal(), any_decimal(), any::<bool>(), any::<bool>()).prop_map(
        |((part, component, detail, unit), kind, quantity, cost, is_elsewhere, is_usage)| {
            let keys = vec![component.as_str().into()];
            let known = Quantity::Known(quantity);
            let (quantity, monthly) = match kind {
                0 => (Quantity::Usage(keys.clone()), Monthly::Unknown(Reason::Usage(keys))),
                1 => {
                    (Quantity::Unknown(unit.as_str().into()), Monthly::Unknown(Reason::AfterApply(unit.clone().into())))
                }
                2 => (known, Monthly::Unknown(Reason::NoPrice(component.clone()))),
                3 => (Quantity::Failed(unit.clone()), Monthly::Unknown(Reason::Failed(unit.clone()))),
                _ => (known, usd(cost)),
            };
            let mut line = line(&component, &unit, quantity, monthly);
            line.item_mut().part = part.into_iter().map(Into::into).collect();
            line.item_mut().detail = detail.map(Into::into);
            line.item_mut().is_usage_based = is_usage;
            if is_elsewhere {
                line.item_mut().why.prices = vec![elsewhere(&unit)];
            }
            if kind == 6 {
                let tier = |from: u32| Tier { from: from.into(), price: Decimal::ONE };
                line.item_mut().price = UnitPrice::Known(vec![tier(0), tier(10)]);
            }
            line
        },
    )
}

fn any_change() -> impl Strategy<Value = PricedChange> {
    let lines = || proptest::collection::vec(any_line(), 0..5);
    let statuses = [Status::Priced, Status::Partly, Status::Free, Status::Unsupported, Status::Unpriced];
    let actions = [Action::Create, Action::Delete, Action::Replace, Action::Forget, Action::NoOp, Action::Other];
    let kinds = (proptest::sample::select(statuses.to_vec()), proptest::sample::select(actions.to_vec()));
    (any_text(), lines(), lines(), 0_u8..3, kinds).prop_map(|(address, before, after, sides, (status, action))| {
        let [before, after] = [before, after].map(|lines| estimate(&address, status, lines));
        match sides {
            0 => change(Some(before), None, action),
            1 => change(None, Some(after), action),
            _ => change(Some(before), Some(after), action),
        }
    })
}

/// Long names in every table at once, each of them full.
#[test]
fn markdown_with_every_table_full_stays_within_what_forges_take() {
    let long = "k".repeat(100);
    let project = |project: usize| {
        let changes = (0..20).map(|at| {
            let cost = usd(Decimal::from(1 + at + project * 20));
            let line = line("Component", "hours", Quantity::Known(730.into()), cost);
            let address = format!("module.m{at}[\"{long}\"].demo_server.web[{project}]");
            change(None, Some(estimate(&address, Status::Priced, vec![line])), Action::Create)
        });
        (format!("{long}/{project}/plan.json"), changes.collect())
    };
    let mut report = report((0..60).map(project).collect());
    report.options.fail_on = Some(Severity::Error);
    let finding = |project: usize, severity, length: usize| Finding {
        by: Arc::new(FoundBy {
            code: "bad-server".into(),
            severity,
            origin: Origin::User,
            title: "bad".into(),
            docs: None,
        }),
        project: Some(project),
        address: Some(Address::new(format!("demo_server.web[\"{}\"]", long.repeat(length)))),
        message: long.as_str().into(),
        place: None,
        saving: None,
        patch: None,
        suppressed: None,
        is_known: false,
    };
    report.findings =
        (0..60).flat_map(|at| [Severity::Error, Severity::Warning].map(|kind| finding(at, kind, 1))).collect();
    let text = show(&report, Format::Markdown);
    assert!(text.len() < 65_000, "{} bytes", text.len());
    for part in [
        "more projects are left out",
        "more modules are left out",
        "smaller changes are left out",
        "findings are left out",
    ] {
        assert!(text.contains(part), "nothing says that {part}");
    }
    let verdict = text.lines().nth(2).expect("a third line");
    assert!(verdict.starts_with("**Gate failed: 60 findings at error: bad-server (demo"), "{verdict}");
    assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
    // Names without end neither fill the verdict.
    report.findings = (0..9).map(|at| finding(at, Severity::Error, 1_000)).collect();
    assert!(show(&report, Format::Markdown).lines().nth(2).is_some_and(|verdict| verdict.len() < 1_500));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_result_renders_and_its_table_fits(
        changes in proptest::collection::vec(any_change(), 0..5),
        name in any_text(),
        has_second in any::<bool>(),
    ) {
        let mut projects = vec![(name, changes)];
        if has_second {
            projects.push(("second".into(), Vec::new()));
        }
        let mut report = report(projects);
        report.options.show_free = has_second;
        assert_fits(&show(&report, Format::Table));
        prop_assert!(show(&report, Format::Markdown).len() < 65_000);
        for format in [Format::Json, Format::InfracostJson] {
            let text = show(&report, format);
            prop_assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok());
        }
        for change in &report.projects[0].priced.changes {
            lepton::report::explain(change);
        }
    }

    #[test]
    fn what_is_written_project_by_project_is_the_report_of_all(
        projects in proptest::collection::vec(proptest::collection::vec(any_change(), 0..4), 2..5),
        found in proptest::collection::vec((0_usize..5, 0_usize..3, 0_usize..4, -300_i64..300), 0..40),
        fail_on in 0_usize..4,
        show_free in any::<bool>(),
    ) {
        const SEVERITIES: [Severity; 3] = [Severity::Note, Severity::Warning, Severity::Error];
        let names = (0..projects.len()).map(|at| format!("project-{at}"));
        let mut all = report(names.zip(projects).collect());
        all.options.fail_on = SEVERITIES.get(fail_on).copied();
        all.options.show_free = show_free;
        let last = all.projects.len() - 1;
        let mut sorted = found;
        sorted.sort_by_key(|(project, ..)| *project);
        for (project, severity, code, cents) in sorted {
            all.findings.push(Finding {
                by: Arc::new(FoundBy {
                    code: format!("rule-{code}").into(),
                    severity: SEVERITIES[severity],
                    origin: Origin::User,
                    title: "Something".into(),
                    docs: None,
                }),
                // Those of the last number are of the run, as those of budgets.
                project: (project <= last).then_some(project),
                address: Some(Address::new(format!("demo_server.x[{cents}]"))),
                message: format!("costs {cents}").as_str().into(),
                place: None,
                saving: (cents > -200).then(|| Saving { monthly: Decimal::new(cents, 2), usage_lines: 0, unknown_lines: 0 }),
                patch: None,
                suppressed: (cents % 7 == 0).then(|| Box::new(Suppressed { reason: "known".into(), until: None, by: None })),
                is_known: false,
            });
            if project <= last && cents > 0 {
                all.savings.push((project, Address::new("demo_server.x"), Decimal::new(cents, 2)));
            }
        }
        let options = RenderOptions { width: 80, color: show_free, timestamp: "2026-01-01T00:00:00Z".into() };
        let forms = [Format::Table, Format::Json, Format::Csv].map(|format| (format, options.clone()));
        let mut spool = Spool::new(&forms, all.options.clone()).expect("these can be written project by project");
        prop_assert!(Spool::new(&[(Format::Markdown, options.clone())], all.options.clone()).is_none());
        for (at, project) in all.projects.iter().enumerate() {
            let findings = all.findings.iter().filter(|finding| finding.project == Some(at)).cloned().collect();
            let savings: Vec<_> = all.savings.iter().filter(|saving| saving.0 == at).map(|saving| (saving.1.clone(), saving.2)).collect();
            let part = spool.part(at, project.clone(), findings, &savings);
            spool.add(part).expect("there is room");
        }
        let mut told = spool.report();
        told.findings = all.findings.iter().filter(|finding| finding.project.is_none()).cloned().collect();
        prop_assert_eq!(lepton::report::verdict(&told), lepton::report::verdict(&all));
        for (at, (format, options)) in forms.iter().enumerate() {
            let mut text = Vec::new();
            spool.write(at, &told, &mut text).expect("memory takes every write");
            prop_assert_eq!(String::from_utf8(text).expect("a text"), render(&all, *format, options));
        }
    }
}
