//! Makes plans of any size in the proportions of real ones: compact JSON in which the values of a resource
//! stand in `planned_values`, in its change and, if it exists already, in `prior_state`.

use std::fmt::Write as _;

/// A plan of that many managed resources: a third created, a third unchanged, the rest updated in place.
pub fn plan(resources: usize) -> String {
    let mut planned = String::new();
    let mut changes = String::new();
    let mut prior = String::new();
    // Terraform sorts by address: type by type.
    let by_type = (0..5).flat_map(|kind| (kind..resources).step_by(5));
    for (written, at) in by_type.enumerate() {
        let separator = if written == 0 { "" } else { "," };
        let made = resource(at);
        let (after, unknown, sensitive) = (&made.after, &made.unknown, &made.sensitive);
        let head = format!(
            r#""address":"{0}.{1}[{at}]","mode":"managed","type":"{0}","name":"{1}","index":{at},"provider_name":"registry.terraform.io/hashicorp/aws""#,
            made.kind, made.name
        );
        let values = |values: &str| {
            format!(r#"{separator}{{{head},"schema_version":1,"values":{values},"sensitive_values":{sensitive}}}"#)
        };
        planned.push_str(&values(after));
        let change = match at % 3 {
            0 => format!(
                r#""actions":["create"],"before":null,"after":{after},"after_unknown":{unknown},"before_sensitive":false,"after_sensitive":{sensitive}"#
            ),
            1 => format!(
                r#""actions":["no-op"],"before":{after},"after":{after},"after_unknown":{{}},"before_sensitive":{sensitive},"after_sensitive":{sensitive}"#
            ),
            _ => format!(
                r#""actions":["update"],"before":{},"after":{after},"after_unknown":{{}},"before_sensitive":{sensitive},"after_sensitive":{sensitive}"#,
                made.before
            ),
        };
        write!(changes, r#"{separator}{{{head},"change":{{{change}}}}}"#).unwrap();
        if at % 3 != 0 {
            let value = values(&made.before);
            prior.push_str(if prior.is_empty() { value.trim_start_matches(',') } else { &value });
        }
    }
    format!(
        r#"{{"format_version":"1.2","terraform_version":"1.11.4","variables":{{"region":{{"value":"eu-west-1"}}}},"planned_values":{{"root_module":{{"resources":[{planned}]}}}},"resource_changes":[{changes}],"prior_state":{{"format_version":"1.0","terraform_version":"1.11.4","values":{{"root_module":{{"resources":[{prior}]}}}}}},"configuration":{},"timestamp":"2026-07-01T12:00:00Z","applyable":true,"complete":true,"errored":false}}
"#,
        configuration(resources)
    )
}

struct Made {
    kind: &'static str,
    name: &'static str,
    before: String,
    after: String,
    unknown: &'static str,
    sensitive: &'static str,
}

fn resource(at: usize) -> Made {
    let size = ["m5.large", "t3.micro", "c6g.xlarge", "r5.2xlarge"][at / 5 % 4];
    let tags = format!(r#"{{"Name":"host-{at}","Owner":"platform","Stage":"production","CostCentre":"4711"}}"#);
    let (kind, name, body, unknown) = match at % 5 {
        2 => (
            "aws_instance",
            "web",
            format!(
                r#""ami":"ami-0abcdef12345{at:05}","associate_public_ip_address":null,"availability_zone":"eu-west-1a","capacity_reservation_specification":[],"cpu_options":[],"credit_specification":[{{"cpu_credits":"standard"}}],"disable_api_stop":false,"disable_api_termination":false,"ebs_block_device":[{{"delete_on_termination":true,"device_name":"/dev/sdf","encrypted":true,"iops":3000,"kms_key_id":"","tags":{{}},"throughput":125,"volume_size":100,"volume_type":"gp3"}}],"ebs_optimized":true,"enclave_options":[],"ephemeral_block_device":[],"get_password_data":false,"hibernation":null,"host_id":null,"iam_instance_profile":"web","instance_initiated_shutdown_behavior":"stop","instance_market_options":[],"instance_type":"{size}","key_name":null,"launch_template":[],"maintenance_options":[],"metadata_options":[{{"http_endpoint":"enabled","http_protocol_ipv6":"disabled","http_put_response_hop_limit":1,"http_tokens":"required","instance_metadata_tags":"disabled"}}],"monitoring":false,"network_interface":[],"placement_partition_number":0,"private_dns_name_options":[],"root_block_device":[{{"delete_on_termination":true,"encrypted":true,"iops":3000,"tags":null,"throughput":125,"volume_size":20,"volume_type":"gp3"}}],"secondary_private_ips":[],"security_groups":[],"source_dest_check":true,"subnet_id":"subnet-0123456789abcdef0","tenancy":"default","timeouts":null,"user_data":"IyEvYmluL2Jhc2gKZWNobyBoZWxsbwphcHQtZ2V0IHVwZGF0ZQphcHQtZ2V0IGluc3RhbGwgLXkgbmdpbngK","user_data_base64":null,"user_data_replace_on_change":false,"volume_tags":null,"vpc_security_group_ids":["sg-0123456789abcdef0","sg-0fedcba9876543210"]"#
            ),
            r#"{"arn":true,"id":true,"instance_state":true,"ipv6_addresses":true,"private_dns":true,"private_ip":true,"public_dns":true,"public_ip":true,"ebs_block_device":[{"snapshot_id":true,"volume_id":true,"tags":{}}],"root_block_device":[{"device_name":true,"volume_id":true}],"tags":{},"vpc_security_group_ids":[false,false]}"#,
        ),
        0 => (
            "aws_ebs_volume",
            "data",
            format!(
                r#""availability_zone":"eu-west-1a","encrypted":true,"final_snapshot":false,"iops":null,"multi_attach_enabled":false,"outpost_arn":null,"size":{},"snapshot_id":"","throughput":null,"timeouts":null,"type":"gp3""#,
                at % 500 + 8
            ),
            r#"{"arn":true,"id":true,"kms_key_id":true,"tags":{}}"#,
        ),
        3 => (
            "aws_lambda_function",
            "worker",
            format!(
                r#""architectures":["arm64"],"code_signing_config_arn":null,"dead_letter_config":[],"description":"takes work from the queue","environment":[{{"variables":{{"LOG_LEVEL":"info","TABLE":"orders-{at}","QUEUE":"https://sqs.eu-west-1.amazonaws.com/123456789012/orders"}}}}],"ephemeral_storage":[{{"size":512}}],"file_system_config":[],"filename":"worker.zip","function_name":"worker-{at}","handler":"bootstrap","image_config":[],"kms_key_arn":null,"layers":null,"memory_size":1024,"package_type":"Zip","publish":false,"reserved_concurrent_executions":-1,"runtime":"provided.al2023","s3_bucket":null,"s3_key":null,"skip_destroy":false,"snap_start":[],"timeout":30,"timeouts":null,"vpc_config":[]"#
            ),
            r#"{"arn":true,"id":true,"invoke_arn":true,"last_modified":true,"role":true,"environment":[{"variables":{}}],"tags":{}}"#,
        ),
        1 => (
            "aws_iam_role",
            "worker",
            format!(
                r#""assume_role_policy":"{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Action\":\"sts:AssumeRole\",\"Effect\":\"Allow\",\"Principal\":{{\"Service\":\"lambda.amazonaws.com\"}}}}]}}","description":null,"force_detach_policies":false,"max_session_duration":3600,"name":"worker-{at}","path":"/","permissions_boundary":null"#
            ),
            r#"{"arn":true,"id":true,"create_date":true,"inline_policy":true,"managed_policy_arns":true,"unique_id":true,"tags":{}}"#,
        ),
        _ => (
            "aws_s3_bucket",
            "logs",
            format!(
                r#""bucket":"logs-{at}","bucket_prefix":"","force_destroy":false,"object_lock_enabled":false,"cors_rule":[],"grant":[{{"id":"0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0","permissions":["FULL_CONTROL"],"type":"CanonicalUser","uri":""}}],"lifecycle_rule":[],"logging":[],"policy":"{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"s3:*\",\"Resource\":\"arn:aws:s3:::logs-{at}/*\",\"Condition\":{{\"Bool\":{{\"aws:SecureTransport\":\"false\"}}}}}}]}}","replication_configuration":[],"server_side_encryption_configuration":[{{"rule":[{{"apply_server_side_encryption_by_default":[{{"kms_master_key_id":"","sse_algorithm":"AES256"}}],"bucket_key_enabled":false}}]}}],"timeouts":null,"versioning":[{{"enabled":true,"mfa_delete":false}}],"website":[]"#
            ),
            r#"{"arn":true,"id":true,"bucket_domain_name":true,"hosted_zone_id":true,"region":true,"tags":{}}"#,
        ),
    };
    // Terraform sorts the keys. Whether serde_json keeps an order depends on the features that other crates ask for.
    let sorted = |text: &str| {
        let mut value: serde_json::Value = serde_json::from_str(text).expect("JSON");
        value.sort_all_objects();
        value.to_string()
    };
    let values =
        |stage: &str| sorted(&format!(r#"{{{body},"tags":{tags},"tags_all":{}}}"#, tags.replace("production", stage)));
    Made {
        kind,
        name,
        before: values("staging"),
        after: values("production"),
        unknown,
        sensitive: r#"{"tags":{},"tags_all":{}}"#,
    }
}

/// The files of such a plan, as a saved plan holds them: the key of the module's call, the name, the text.
#[allow(dead_code)]
pub fn files(resources: usize) -> Vec<(String, String, String)> {
    let module = r#"output "id" {
  description = "The name of the bucket."
  value       = aws_s3_bucket.this[0].id
}

resource "aws_s3_bucket" "this" {
  count         = local.create_bucket
  bucket        = var.bucket
  force_destroy = var.force_destroy
  tags          = var.tags
}

variable "bucket" {
  description = "The name of the bucket. If left out, Terraform assigns a random, unique name."
  default     = null
}

variable "force_destroy" {
  description = "Whether all objects go with the bucket."
  default     = false
}

variable "tags" {
  description = "A map of tags to assign to the bucket."
  default     = {}
}
"#;
    let mut root = String::from("provider \"aws\" {\n  region = var.region\n}\n\nvariable \"region\" {}\n");
    for (kind, name, argument) in [
        ("aws_instance", "web", "instance_type = var.size"),
        ("aws_ebs_volume", "data", "size = count.index"),
        ("aws_s3_bucket", "logs", "bucket = count.index"),
        ("aws_lambda_function", "worker", "role = aws_iam_role.worker[count.index].arn"),
        ("aws_iam_role", "worker", "name = count.index"),
    ] {
        write!(root, "\nresource \"{kind}\" \"{name}\" {{\n  count = {resources}\n  {argument}\n}}\n").unwrap();
    }
    let mut files = Vec::new();
    for at in 0..resources / 4 {
        let source = "terraform-aws-modules/s3-bucket/aws";
        write!(root, "\nmodule \"bucket_{at}\" {{\n  source = \"{source}\"\n  bucket = \"b-{at}\"\n}}\n").unwrap();
        files.push((format!("bucket_{at}"), "main.tf".to_owned(), module.to_owned()));
    }
    files.insert(0, (String::new(), "main.tf".to_owned(), root));
    files
}

/// A configuration that repeats one vendored module; a good part of a real plan's bytes.
fn configuration(resources: usize) -> String {
    let module = r#"{"outputs":{"id":{"expression":{"references":["aws_s3_bucket.this[0].id","aws_s3_bucket.this[0]","aws_s3_bucket.this"]},"description":"The name of the bucket."}},"resources":[{"address":"aws_s3_bucket.this","mode":"managed","type":"aws_s3_bucket","name":"this","provider_config_key":"aws","expressions":{"bucket":{"references":["var.bucket"]},"force_destroy":{"references":["var.force_destroy"]},"tags":{"references":["var.tags"]}},"schema_version":0,"count_expression":{"references":["local.create_bucket"]}}],"variables":{"bucket":{"default":null,"description":"The name of the bucket. If left out, Terraform assigns a random, unique name."},"force_destroy":{"default":false,"description":"Whether all objects go with the bucket."},"tags":{"default":{},"description":"A map of tags to assign to the bucket."}}}"#;
    let calls: Vec<_> = (0..resources / 4)
        .map(|at| {
            format!(r#""bucket_{at}":{{"source":"terraform-aws-modules/s3-bucket/aws","expressions":{{"bucket":{{"constant_value":"b-{at}"}}}},"module":{module}}}"#)
        })
        .collect();
    let resource = |kind: &str, name: &str, expressions: &str| {
        format!(
            r#"{{"address":"{kind}.{name}","mode":"managed","type":"{kind}","name":"{name}","provider_config_key":"aws","expressions":{{{expressions}}},"schema_version":1,"count_expression":{{"constant_value":{resources}}}}}"#
        )
    };
    let resources = [
        resource("aws_instance", "web", r#""instance_type":{"references":["var.size"]}"#),
        resource("aws_ebs_volume", "data", r#""size":{"references":["count.index"]}"#),
        resource("aws_s3_bucket", "logs", r#""bucket":{"references":["count.index"]}"#),
        resource("aws_lambda_function", "worker", r#""role":{"references":["aws_iam_role.worker","count.index"]}"#),
        resource("aws_iam_role", "worker", r#""name":{"references":["count.index"]}"#),
    ];
    format!(
        r#"{{"provider_config":{{"aws":{{"name":"aws","full_name":"registry.terraform.io/hashicorp/aws","expressions":{{"region":{{"references":["var.region"]}}}}}}}},"root_module":{{"resources":[{}],"module_calls":{{{}}},"variables":{{"region":{{}}}}}}}}"#,
        resources.join(","),
        calls.join(",")
    )
}
