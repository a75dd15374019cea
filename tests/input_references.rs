//! References through configurations, modules and equal ids, and the regions of provider configurations.

use lepton::input;
use lepton::model::{Action, Plan};
use serde_json::{Value as Json, json};

/// A plan that creates these addresses and has this configuration.
fn plan(addresses: &[&str], configuration: &Json) -> Plan {
    let change = |address: &&str| {
        let local = address.rsplit("module.").next().unwrap().trim_start_matches(|c| c != '.' || c == '_');
        let kind = if address.starts_with("module.") { local[1..].split('.').next().unwrap() } else { &address[..] };
        let kind = kind.split('.').next().unwrap();
        json!({"address": address, "mode": "managed", "type": kind,
            "provider_name": "registry.terraform.io/hashicorp/aws",
            "change": {"actions": ["create"], "before": null, "after": {}, "after_unknown": {"id": true}}})
    };
    let changes: Vec<_> = addresses.iter().map(change).collect();
    let document = json!({"format_version": "1.2", "resource_changes": changes, "configuration": configuration,
        "variables": {"region": {"value": "eu-west-1"}, "regions": {"value": {"far": {"name": "ap-south-1"}}}}});
    input::read("plan", serde_json::to_vec(&document).unwrap()).unwrap()
}

fn position(plan: &Plan, address: &str) -> usize {
    plan.changes.iter().position(|change| change.address.as_str() == address).unwrap()
}

fn targets<'a>(plan: &'a Plan, from: &str, path: &str) -> Vec<&'a str> {
    let found = plan.references.targets(position(plan, from), path);
    found.into_iter().map(|at| plan.changes[at].address.as_str()).collect()
}

fn referrers<'a>(plan: &'a Plan, to: &str, kind: &str, path: &str) -> Vec<&'a str> {
    let found = plan.references.referrers(position(plan, to), kind, path);
    found.into_iter().map(|at| plan.changes[at].address.as_str()).collect()
}

fn resource(address: &str, expressions: Json) -> Json {
    let (kind, name) = address.split_once('.').unwrap();
    json!({"address": address, "mode": "managed", "type": kind, "name": name, "provider_config_key": "aws",
        "expressions": expressions})
}

fn refers(references: &[&str]) -> Json {
    json!({"references": references})
}

#[test]
fn blocks_and_whole_resources() {
    let configuration = json!({"root_module": {"resources": [
        resource("aws_autoscaling_group.a", json!({
            "launch_template": [{"id": refers(&["aws_launch_template.t.id", "aws_launch_template.t"])}],
            "mixed": {"inner": [{"id": refers(&["aws_launch_template.u"])}]},
            "tag": [{"value": {"constant_value": "x"}}]})),
        resource("aws_launch_template.t", json!({})),
        resource("aws_launch_template.u", json!({})),
    ]}});
    let plan = plan(&["aws_autoscaling_group.a", "aws_launch_template.t", "aws_launch_template.u"], &configuration);
    assert_eq!(targets(&plan, "aws_autoscaling_group.a", "launch_template.id"), ["aws_launch_template.t"]);
    assert_eq!(targets(&plan, "aws_autoscaling_group.a", "launch_template"), ["aws_launch_template.t"]);
    assert_eq!(targets(&plan, "aws_autoscaling_group.a", "mixed.inner.id"), ["aws_launch_template.u"]);
    assert_eq!(targets(&plan, "aws_autoscaling_group.a", "tag.value"), [""; 0]);
    assert_eq!(targets(&plan, "aws_autoscaling_group.a", "nothing"), [""; 0]);
    let found = referrers(&plan, "aws_launch_template.t", "aws_autoscaling_group", "launch_template.id");
    assert_eq!(found, ["aws_autoscaling_group.a"]);
    assert!(referrers(&plan, "aws_launch_template.u", "aws_autoscaling_group", "launch_template.id").is_empty());
    assert!(plan.references.targets(99, "x").is_empty());
}

#[test]
fn instances_by_count_for_each_and_index() {
    let configuration = json!({"root_module": {"resources": [
        resource("aws_eip.counted", json!({"instance": refers(&["aws_instance.web", "count.index"])})),
        resource("aws_eip.first", json!({"instance": refers(&["aws_instance.web[0].id", "aws_instance.web[0]", "aws_instance.web"])})),
        resource("aws_eip.all", json!({"instance": refers(&["aws_instance.web"])})),
        resource("aws_eip.missing", json!({"instance": refers(&["aws_instance.web[7].id", "aws_instance.web[7]", "aws_instance.web"])})),
        json!({"address": "aws_eip.each", "mode": "managed", "type": "aws_eip", "name": "each",
            "expressions": {"instance": refers(&["each.value.id", "each.value"])},
            "for_each_expression": refers(&["aws_instance.named"])}),
        resource("aws_instance.web", json!({})),
        resource("aws_instance.named", json!({})),
    ]}});
    let plan = plan(
        &[
            "aws_eip.counted[0]",
            "aws_eip.counted[1]",
            "aws_eip.first",
            "aws_eip.all",
            "aws_eip.missing",
            r#"aws_eip.each["b"]"#,
            "aws_instance.web[0]",
            "aws_instance.web[1]",
            r#"aws_instance.named["a"]"#,
            r#"aws_instance.named["b"]"#,
        ],
        &configuration,
    );
    assert_eq!(targets(&plan, "aws_eip.counted[1]", "instance"), ["aws_instance.web[1]"]);
    assert_eq!(targets(&plan, "aws_eip.first", "instance"), ["aws_instance.web[0]"]);
    assert_eq!(targets(&plan, "aws_eip.all", "instance"), ["aws_instance.web[0]", "aws_instance.web[1]"]);
    assert_eq!(targets(&plan, "aws_eip.missing", "instance"), [""; 0]);
    assert_eq!(targets(&plan, r#"aws_eip.each["b"]"#, "instance"), [r#"aws_instance.named["b"]"#]);
    assert_eq!(referrers(&plan, "aws_instance.web[1]", "aws_eip", "instance"), ["aws_eip.all", "aws_eip.counted[1]"]);
}

/// Two network modules (`for_each`), an application module for each, and a subnet shared by all.
fn modules() -> Json {
    json!({"root_module": {
        "resources": [resource("aws_vpc.shared", json!({}))],
        "module_calls": {
            "net": {"for_each_expression": refers(&["var.nets"]), "module": {
                "resources": [resource("aws_subnet.main", json!({})),
                    resource("aws_route.r", json!({"subnet": refers(&["aws_subnet.main.id", "aws_subnet.main"])}))],
                "outputs": {"subnet_id": {"expression": refers(&["aws_subnet.main.id", "aws_subnet.main"])},
                    "again": {"expression": refers(&["module.deep.subnet_id", "module.deep"])}},
                "module_calls": {"deep": {
                    "expressions": {"subnet": refers(&["aws_subnet.main.id", "aws_subnet.main"])},
                    "module": {"resources": [resource("aws_eip.e", json!({"subnet": refers(&["var.subnet"])}))],
                        "outputs": {"subnet_id": {"expression": refers(&["var.subnet"])}}}}}}},
            "app": {
                "for_each_expression": refers(&["var.nets"]),
                "expressions": {
                    "same": refers(&["aws_subnet.own", "each.key"]),
                    "pinned": refers(&["module.net[\"eu\"].subnet_id", "module.net[\"eu\"]", "module.net"]),
                    "deep": refers(&["module.net[\"us\"].again", "module.net[\"us\"]", "module.net"]),
                    "loop": refers(&["module.app.loop", "module.app"]),
                    "shared": refers(&["aws_vpc.shared.id", "aws_vpc.shared"])},
                "module": {
                    "outputs": {"loop": {"expression": refers(&["var.loop"])}},
                    "resources": [resource("aws_instance.i", json!({
                    "same": refers(&["var.same"]), "pinned": refers(&["var.pinned"]), "deep": refers(&["var.deep"]),
                    "loop": refers(&["var.loop"]), "shared": refers(&["var.shared"]),
                    "local": refers(&["local.x", "data.aws_ami.y.id", "data.aws_ami.y", "path.module"])}))]}}}}})
}

#[test]
fn modules_variables_and_outputs() {
    let mut configuration = modules();
    let root = &mut configuration["root_module"]["resources"];
    root.as_array_mut().unwrap().push(resource("aws_subnet.own", json!({})));
    let plan = plan(
        &[
            "aws_vpc.shared",
            r#"aws_subnet.own["eu"]"#,
            r#"aws_subnet.own["us"]"#,
            r#"module.net["eu"].aws_subnet.main"#,
            r#"module.net["us"].aws_subnet.main"#,
            r#"module.net["eu"].aws_route.r"#,
            r#"module.net["us"].aws_route.r"#,
            r#"module.net["us"].module.deep.aws_eip.e"#,
            r#"module.app["eu"].aws_instance.i"#,
            r#"module.app["us"].aws_instance.i"#,
        ],
        &configuration,
    );
    let us = r#"module.app["us"].aws_instance.i"#;
    assert_eq!(targets(&plan, r#"module.net["us"].aws_route.r"#, "subnet"), [r#"module.net["us"].aws_subnet.main"#]);
    let deep = r#"module.net["us"].module.deep.aws_eip.e"#;
    assert_eq!(targets(&plan, deep, "subnet"), [r#"module.net["us"].aws_subnet.main"#]);
    assert_eq!(targets(&plan, us, "same"), [r#"aws_subnet.own["us"]"#]);
    assert_eq!(targets(&plan, us, "pinned"), [r#"module.net["eu"].aws_subnet.main"#]);
    assert_eq!(targets(&plan, us, "deep"), [r#"module.net["us"].aws_subnet.main"#]);
    assert_eq!(targets(&plan, us, "shared"), ["aws_vpc.shared"]);
    assert_eq!(targets(&plan, us, "loop"), [""; 0]);
    assert_eq!(targets(&plan, us, "local"), [""; 0]);
    let apps = [r#"module.app["eu"].aws_instance.i"#, r#"module.app["us"].aws_instance.i"#];
    assert_eq!(referrers(&plan, "aws_vpc.shared", "aws_instance", "shared"), apps);
}

#[test]
fn equal_ids_where_no_configuration_tells() {
    let object = |kind: &str, name: &str, attributes: Json| {
        json!({"mode": "managed", "type": kind, "name": name,
            "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]", "instances": [{"attributes": attributes}]})
    };
    let state = json!({"version": 4, "lineage": "x", "resources": [
        object("aws_autoscaling_group", "g", json!({"id": "g", "launch_template": [{"id": "lt-1"}],
            "subnets": ["subnet-1", "subnet-2", "subnet-9"], "role": "arn:role", "bucket": "logs", "key_name": "logs"})),
        object("aws_launch_template", "t", json!({"id": "lt-1", "name": "web"})),
        object("aws_subnet", "a", json!({"id": "subnet-1"})),
        object("aws_subnet", "b", json!({"id": "subnet-2"})),
        object("aws_iam_role", "r", json!({"id": "r", "name": "r", "arn": "arn:role"})),
        object("aws_s3_bucket", "logs", json!({"id": "logs", "arn": "arn:bucket"})),
        object("aws_sqs_queue", "logs", json!({"id": "https://logs", "name": "logs"})),
        object("azurerm_subnet", "other", json!({"id": "subnet-9"})),
    ]});
    let plan = input::read("state", serde_json::to_vec(&state).unwrap()).unwrap();
    let of = |path: &str| targets(&plan, "aws_autoscaling_group.g", path);
    assert_eq!(of("launch_template.id"), ["aws_launch_template.t"]);
    assert_eq!(of("subnets"), ["aws_subnet.a", "aws_subnet.b"]);
    assert_eq!(of("role"), ["aws_iam_role.r"]);
    assert_eq!(of("bucket"), ["aws_s3_bucket.logs"]);
    assert_eq!(of("missing"), [""; 0]);
    let found = referrers(&plan, "aws_subnet.b", "aws_autoscaling_group", "subnets");
    assert_eq!(found, ["aws_autoscaling_group.g"]);
    assert!(plan.changes.iter().all(|change| change.action == Action::NoOp && change.before.is_none()));
}

#[test]
fn a_known_value_tells_which_instance_is_meant() {
    let change = |address: &str, kind: &str, after: Json| {
        json!({"address": address, "mode": "managed", "type": kind,
            "change": {"actions": ["no-op"], "before": after, "after": after, "after_unknown": {}}})
    };
    let document = json!({"format_version": "1.2", "resource_changes": [
        change("aws_instance.i", "aws_instance", json!({"subnet_id": "subnet-2", "empty": null, "ids": []})),
        change("aws_subnet.s[0]", "aws_subnet", json!({"id": "subnet-1"})),
        change("aws_subnet.s[1]", "aws_subnet", json!({"id": "subnet-2"})),
    ], "configuration": {"root_module": {"resources": [resource("aws_instance.i", json!({
        "subnet_id": refers(&["aws_subnet.s"]), "empty": refers(&["aws_subnet.s"]), "ids": refers(&["aws_subnet.s"]),
    }))]}}});
    let plan = input::read("plan", serde_json::to_vec(&document).unwrap()).unwrap();
    assert_eq!(targets(&plan, "aws_instance.i", "subnet_id"), ["aws_subnet.s[1]"]);
    assert_eq!(targets(&plan, "aws_instance.i", "empty"), [""; 0]);
    assert_eq!(targets(&plan, "aws_instance.i", "ids"), [""; 0]);
}

#[test]
fn regions_of_provider_configurations() {
    let with_key = |address: &str, key: &str| {
        let mut resource = resource(address, json!({}));
        resource["provider_config_key"] = key.into();
        resource
    };
    let aws = |region: Json, module: Json| {
        json!({"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws",
            "module_address": module, "expressions": {"region": region}})
    };
    let configuration = json!({
        "provider_config": {
            "aws": aws(refers(&["var.region"]), Json::Null),
            "aws.fixed": aws(json!({"constant_value": "us-east-2"}), Json::Null),
            "aws.nested": aws(refers(&["var.regions.far.name", "var.regions.far", "var.regions"]), Json::Null),
            "aws.default": aws(refers(&["var.fallback"]), Json::Null),
            "aws.unknown": aws(refers(&["data.aws_region.x.name", "data.aws_region.x"]), Json::Null),
            "module.m:aws": aws(refers(&["var.where"]), json!("module.m")),
            "module.odd:aws": aws(refers(&["local.somewhere"]), json!("module.odd")),
            "module.bare:aws": {"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws",
                "module_address": "module.bare", "version_constraint": ">= 5"},
        },
        "root_module": {
            "variables": {"region": {}, "fallback": {"default": "sa-east-1"}},
            "resources": [with_key("aws_eip.plain", "aws"), with_key("aws_eip.fixed", "aws.fixed"),
                with_key("aws_eip.nested", "aws.nested"), with_key("aws_eip.default", "aws.default"),
                with_key("aws_eip.unknown", "aws.unknown")],
            "module_calls": {
                "m": {"expressions": {"where": {"constant_value": "ca-central-1"}},
                    "module": {"resources": [with_key("aws_eip.in", "module.m:aws")],
                        "module_calls": {"inner": {"module": {"resources": [with_key("aws_eip.deep", "module.m.module.inner:aws")]}}}}},
                "odd": {"module": {"resources": [with_key("aws_eip.in", "module.odd:aws")]}},
                "bare": {"module": {"resources": [with_key("aws_eip.in", "module.bare:aws")]}}}}});
    let plan = plan(
        &[
            "aws_eip.plain",
            "aws_eip.fixed",
            "aws_eip.nested",
            "aws_eip.default",
            "aws_eip.unknown",
            "module.m[0].aws_eip.in",
            "module.m[0].module.inner.aws_eip.deep",
            "module.bare.aws_eip.in",
            "module.odd.aws_eip.in",
            "aws_eip.orphan",
        ],
        &configuration,
    );
    let region = |address: &str| plan.changes[position(&plan, address)].after.clone().unwrap().provider_region;
    for (address, expected) in [
        ("aws_eip.plain", Some("eu-west-1")),
        ("aws_eip.fixed", Some("us-east-2")),
        ("aws_eip.nested", Some("ap-south-1")),
        ("aws_eip.default", Some("sa-east-1")),
        ("module.m[0].aws_eip.in", Some("ca-central-1")),
        ("module.m[0].module.inner.aws_eip.deep", Some("ca-central-1")),
        ("module.bare.aws_eip.in", Some("eu-west-1")),
        ("aws_eip.orphan", Some("eu-west-1")),
        ("aws_eip.unknown", None),
        ("module.odd.aws_eip.in", None),
    ] {
        assert_eq!(region(address).as_deref(), expected, "{address}");
    }
}

/// Three levels of modules: the root gives each application a subnet, that gives it to its cluster, that to its group.
#[test]
fn three_levels_of_modules_with_keys() {
    let group = json!({"resources": [resource("aws_instance.i", json!({
        "subnet_id": refers(&["var.subnet_id"]), "logs": refers(&["var.logs"])}))],
        "outputs": {"id": {"expression": refers(&["aws_instance.i.id", "aws_instance.i"])}}});
    let cluster = json!({
        "module_calls": {"group": {"count_expression": {"constant_value": 2}, "module": group, "expressions": {
            "subnet_id": refers(&["var.subnet_ids", "count.index"]), "logs": refers(&["aws_s3_bucket.logs.id", "aws_s3_bucket.logs"])}}},
        "resources": [resource("aws_s3_bucket.logs", json!({}))],
        "outputs": {"first": {"expression": refers(&["module.group[0].id", "module.group[0]", "module.group"])}}});
    let application = json!({
        "module_calls": {"cluster": {"module": cluster, "expressions": {"subnet_ids": refers(&["var.subnet_ids"])}}},
        "outputs": {"first": {"expression": refers(&["module.cluster.first", "module.cluster"])}}});
    let configuration = json!({"root_module": {
        "resources": [
            resource("aws_subnet.s", json!({})),
            json!({"address": "aws_eip.e", "mode": "managed", "type": "aws_eip", "name": "e",
                "for_each_expression": refers(&["module.app"]),
                "expressions": {"instance": refers(&["each.value.first", "each.value"])}}),
            json!({"address": "aws_eip.k", "mode": "managed", "type": "aws_eip", "name": "k",
                "expressions": {"instance": refers(&["module.app", "each.key"])}})],
        "module_calls": {"app": {"for_each_expression": refers(&["local.apps"]), "module": application,
            "expressions": {"subnet_ids": refers(&["aws_subnet.s"])}}}}});
    let instance =
        |app: &str, at: usize| format!(r#"module.app["{app}"].module.cluster.module.group[{at}].aws_instance.i"#);
    let bucket = |app: &str| format!(r#"module.app["{app}"].module.cluster.aws_s3_bucket.logs"#);
    let mut addresses: Vec<String> = vec!["aws_subnet.s[0]".into(), "aws_subnet.s[1]".into()];
    for app in ["eu", "us"] {
        addresses.extend([instance(app, 0), instance(app, 1), bucket(app)]);
        addresses.extend([format!(r#"aws_eip.e["{app}"]"#), format!(r#"aws_eip.k["{app}"]"#)]);
    }
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let plan = plan(&addresses, &configuration);
    assert_eq!(targets(&plan, &instance("us", 1), "logs"), [bucket("us").as_str()]);
    assert_eq!(targets(&plan, &instance("eu", 1), "subnet_id"), ["aws_subnet.s[0]", "aws_subnet.s[1]"]);
    // `each.value.first` names an output; `module.app[each.key].first` is written without it.
    assert_eq!(targets(&plan, r#"aws_eip.e["us"]"#, "instance"), [instance("us", 0).as_str()]);
    assert_eq!(targets(&plan, r#"aws_eip.k["eu"]"#, "instance"), [instance("eu", 0).as_str()]);
    let found = plan.references.links(position(&plan, &instance("us", 0)));
    let paths: Vec<&str> = found.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["logs", "subnet_id", "subnet_id"]);
}

#[test]
fn an_output_that_is_not_named_is_no_guess() {
    let net = json!({
        "resources": [resource("aws_subnet.a", json!({})), resource("aws_subnet.b", json!({})), resource("aws_vpc.v", json!({}))],
        "outputs": {"a": {"expression": refers(&["aws_subnet.a.id", "aws_subnet.a"])},
            "b": {"expression": refers(&["aws_subnet.b.id", "aws_subnet.b"])},
            "vpc": {"expression": refers(&["aws_vpc.v.id", "aws_vpc.v"])}}});
    let configuration = json!({"root_module": {
        "resources": [resource("aws_instance.i", json!({
            "subnet_id": refers(&["module.net", "count.index"]), "vpc_id": refers(&["module.net", "count.index"]),
            "zone": refers(&["module.net", "count.index"])}))],
        "module_calls": {"net": {"count_expression": {"constant_value": 2}, "module": net}}}});
    let addresses = [
        "aws_instance.i[1]",
        "module.net[0].aws_subnet.a",
        "module.net[0].aws_subnet.b",
        "module.net[0].aws_vpc.v",
        "module.net[1].aws_subnet.a",
        "module.net[1].aws_subnet.b",
        "module.net[1].aws_vpc.v",
    ];
    let plan = plan(&addresses, &configuration);
    assert_eq!(targets(&plan, "aws_instance.i[1]", "vpc_id"), ["module.net[1].aws_vpc.v"]);
    assert_eq!(targets(&plan, "aws_instance.i[1]", "subnet_id"), [""; 0]);
    assert_eq!(targets(&plan, "aws_instance.i[1]", "zone"), [""; 0]);
}

/// Instances that modules name of each other, over and over: every way round is another chain of keys.
#[test]
fn circles_of_modules_come_to_an_end() {
    let keys: Vec<String> = (0..8).map(|at| format!("module.m[{at}].o")).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let inner = json!({"resources": [resource("aws_instance.i", json!({"subnet_id": refers(&["var.x"])}))],
        "module_calls": {"n": {"expressions": {"x": refers(&["var.x"])}, "module": {
            "outputs": {"o": {"expression": refers(&["var.x"])}}}}},
        "outputs": {"o": {"expression": refers(&["var.x", "module.n.o", "module.n"])}}});
    let configuration = json!({"root_module": {
        "resources": [resource("aws_subnet.s", json!({"vpc_id": refers(&["aws_subnet.s.id"])}))],
        "module_calls": {"m": {"expressions": {"x": refers(&keys)}, "module": inner}}}});
    let plan = plan(&["aws_subnet.s", "module.m[0].aws_instance.i"], &configuration);
    assert_eq!(targets(&plan, "module.m[0].aws_instance.i", "subnet_id"), [""; 0]);
    assert_eq!(targets(&plan, "aws_subnet.s", "vpc_id"), [""; 0]);
}

#[test]
fn a_local_value_is_found_by_what_it_holds() {
    let change = |address: &str, kind: &str, after: Json| {
        json!({"address": address, "mode": "managed", "type": kind,
            "change": {"actions": ["no-op"], "before": after, "after": after, "after_unknown": {}}})
    };
    let document = json!({"format_version": "1.2", "resource_changes": [
        change("aws_instance.i", "aws_instance", json!({"subnet_id": "subnet-2", "key_name": "main"})),
        change("aws_subnet.a", "aws_subnet", json!({"id": "subnet-1"})),
        change("aws_subnet.b", "aws_subnet", json!({"id": "subnet-2"})),
        change("aws_key_pair.one", "aws_key_pair", json!({"id": "main"})),
        change("aws_key_pair.two", "aws_key_pair", json!({"id": "main"})),
    ], "configuration": {"root_module": {"resources": [resource("aws_instance.i", json!({
        "subnet_id": refers(&["local.subnet"]), "key_name": refers(&["local.key"])}))]}}});
    let plan = input::read("plan", serde_json::to_vec(&document).unwrap()).unwrap();
    assert_eq!(targets(&plan, "aws_instance.i", "subnet_id"), ["aws_subnet.b"]);
    // Two have the same name, and nothing tells which is meant.
    assert_eq!(targets(&plan, "aws_instance.i", "key_name"), [""; 0]);
    let all: Vec<_> = plan.references.all_targets(position(&plan, "aws_instance.i"));
    assert_eq!(all, [position(&plan, "aws_subnet.b")]);
}

/// What a resource was made after settles which of two is meant, and finds what is known by another name.
#[test]
fn dependencies_of_a_state_settle_what_values_leave_open() {
    let object = |kind: &str, name: &str, attributes: Json, dependencies: Json| json!({"mode": "managed", "type": kind, "name": name, "instances": [{"attributes": attributes, "dependencies": dependencies}]});
    let state = json!({"version": 4, "lineage": "x", "resources": [
        object("aws_db_instance", "d", json!({"id": "d", "db_subnet_group_name": "main", "domain": "api.example.com",
            "port": "api"}), json!(["aws_db_subnet_group.two", "aws_lb.l"])),
        object("aws_db_subnet_group", "one", json!({"id": "main", "name": "main"}), Json::Null),
        object("aws_db_subnet_group", "two", json!({"id": "main", "name": "main"}), Json::Null),
        object("aws_lb", "l", json!({"id": "lb-1", "dns_name": "api.example.com", "name_prefix": "api"}), json!([])),
        object("aws_lb", "m", json!({"id": "lb-2", "dns_name": "api.example.com"}), json!([])),
        object("azurerm_virtual_network", "n", json!({"id": "n", "subnet": [{"id": "s"}]}), Json::Null),
        object("azurerm_subnet", "s", json!({"id": "s", "virtual_network_name": "n"}), json!(["azurerm_virtual_network.n"])),
    ]});
    let plan = input::read("state", serde_json::to_vec(&state).unwrap()).unwrap();
    assert_eq!(targets(&plan, "aws_db_instance.d", "db_subnet_group_name"), ["aws_db_subnet_group.two"]);
    assert_eq!(targets(&plan, "aws_db_instance.d", "domain"), ["aws_lb.l"]);
    assert_eq!(targets(&plan, "aws_db_instance.d", "port"), [""; 0]);
    // A network lists the subnets that were made in it; they refer to it, and it does not refer to them.
    assert_eq!(targets(&plan, "azurerm_virtual_network.n", "subnet.id"), [""; 0]);
    assert_eq!(targets(&plan, "azurerm_subnet.s", "virtual_network_name"), ["azurerm_virtual_network.n"]);
    let old = json!({"version": 3, "serial": 1, "modules": [{"path": ["root", "net"], "resources": {
        "aws_route_table.r": {"type": "aws_route_table", "depends_on": ["aws_vpc.two"],
            "primary": {"id": "r", "attributes": {"id": "r", "vpc_id": "v"}}},
        "aws_vpc.one": {"type": "aws_vpc", "primary": {"id": "v", "attributes": {"id": "v"}}},
        "aws_vpc.two": {"type": "aws_vpc", "primary": {"id": "v", "attributes": {"id": "v"}}}}}]});
    let plan = input::read("state", serde_json::to_vec(&old).unwrap()).unwrap();
    assert_eq!(targets(&plan, "module.net.aws_route_table.r", "vpc_id"), ["module.net.aws_vpc.two"]);
}

#[test]
fn sources_tell_what_local_values_refer_to() {
    let folder = tempfile::tempdir().unwrap();
    let text = "locals {\n  subnet = aws_subnet.a.id\n}\nresource \"aws_subnet\" \"a\" {}\nresource \"aws_subnet\" \"b\" {}\n\
        resource \"aws_instance\" \"i\" {\n  subnet_id = local.subnet\n}\n";
    std::fs::write(folder.path().join("main.tf"), text).unwrap();
    let configuration = json!({"root_module": {"resources": [
        resource("aws_instance.i", json!({"subnet_id": refers(&["local.subnet"])})),
        resource("aws_subnet.a", json!({})), resource("aws_subnet.b", json!({}))]}});
    let mut plan = plan(&["aws_instance.i", "aws_subnet.a", "aws_subnet.b"], &configuration);
    assert_eq!(targets(&plan, "aws_instance.i", "subnet_id"), [""; 0]);
    input::follow_sources(&mut plan, folder.path()).unwrap();
    assert_eq!(targets(&plan, "aws_instance.i", "subnet_id"), ["aws_subnet.a"]);
    assert_eq!(referrers(&plan, "aws_subnet.a", "aws_instance", "subnet_id"), ["aws_instance.i"]);
    assert_eq!(plan.references.links(0), [("subnet_id".into(), 1)]);
}
