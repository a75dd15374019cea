//! Makes raw states of any size in the proportions of real ones: a third are instances, the rest volumes, databases,
//! buckets and functions, with the attributes that a provider writes.

use std::fmt::Write as _;

/// A raw state of about that many bytes. `seed` makes its values differ from those of others.
pub fn state(bytes: usize, seed: usize) -> String {
    let mut text = format!(
        "{{\n  \"version\": 4,\n  \"terraform_version\": \"1.11.4\",\n  \"serial\": {},\n  \"lineage\": \"{seed:08x}-bench\",\n  \"outputs\": {{}},\n  \"resources\": [\n",
        seed + 1
    );
    let mut at = 0;
    while text.len() + 400 < bytes {
        if at > 0 {
            text.push_str(",\n");
        }
        resource(&mut text, at, seed);
        at += 1;
    }
    text.push_str("\n  ],\n  \"check_results\": null\n}\n");
    text
}

fn resource(text: &mut String, at: usize, seed: usize) {
    let (kind, attributes) = attributes(at, at * 31 + seed * 1009);
    let module = match at % 3 {
        0 => String::new(),
        _ => format!("\n      \"module\": \"module.stack[\\\"{}\\\"].module.part[{}]\",", seed % 7, at % 3),
    };
    write!(
        text,
        r#"    {{{module}
      "mode": "managed",
      "type": "{kind}",
      "name": "r{at}",
      "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]",
      "instances": [
        {{
          "index_key": {},
          "schema_version": 1,
          "attributes": {attributes},
          "sensitive_attributes": {},
          "private": "eyJzY2hlbWFfdmVyc2lvbiI6IjEiLCJlMmJmYjczMC1lY2FhLTExZTYtOGY4OC0zNDM2M2JjN2M0YzAiOnsiY3JlYXRlIjo2MDAwMDAwMDAwMDB9fQ==",
          "dependencies": ["aws_iam_role.r0", "aws_subnet.main", "aws_security_group.web", "module.stack.aws_kms_key.data"]
        }}
      ]
    }}"#,
        at % 5,
        if kind == "aws_db_instance" { r#"[[{"type": "get_attr", "value": "password"}]]"# } else { "[]" }
    )
    .expect("a text takes any text");
}

fn attributes(at: usize, value: usize) -> (&'static str, String) {
    let arn = format!("arn:aws:x:eu-west-1:{:012}:y/{value:017x}", value % 1_000_000_007);
    let tags = format!(r#"{{"Name": "r-{value:x}", "Team": "team-{}", "Stage": "prod"}}"#, value % 11);
    let size = ["m5.large", "t3.micro", "c6g.xlarge", "r5.2xlarge"][value % 4];
    match at % 6 {
        0 | 3 => (
            "aws_instance",
            format!(
                r#"{{"ami": "ami-{value:017x}", "arn": "{arn}", "associate_public_ip_address": false, "availability_zone": "eu-west-1a", "cpu_options": [{{"amd_sev_snp": "", "core_count": 2, "threads_per_core": 2}}], "credit_specification": [{{"cpu_credits": "unlimited"}}], "disable_api_stop": false, "disable_api_termination": false, "ebs_block_device": [{{"delete_on_termination": true, "device_name": "/dev/sdf", "encrypted": true, "iops": 3000, "kms_key_id": "{arn}", "snapshot_id": "", "tags": {{}}, "throughput": 125, "volume_id": "vol-{value:017x}", "volume_size": {}, "volume_type": "gp3"}}], "ebs_optimized": true, "enclave_options": [{{"enabled": false}}], "get_password_data": false, "hibernation": false, "host_id": "", "iam_instance_profile": "web", "id": "i-{value:017x}", "instance_initiated_shutdown_behavior": "stop", "instance_state": "running", "instance_type": "{size}", "ipv6_addresses": [], "key_name": "", "maintenance_options": [{{"auto_recovery": "default"}}], "metadata_options": [{{"http_endpoint": "enabled", "http_put_response_hop_limit": 2, "http_tokens": "required", "instance_metadata_tags": "disabled"}}], "monitoring": true, "private_dns": "ip-10-0-0-1.eu-west-1.compute.internal", "private_ip": "10.0.{}.{}", "root_block_device": [{{"delete_on_termination": true, "device_name": "/dev/xvda", "encrypted": true, "iops": 3000, "throughput": 125, "volume_id": "vol-{value:016x}f", "volume_size": {}, "volume_type": "gp3"}}], "source_dest_check": true, "subnet_id": "subnet-0a1b2c3d", "tags": {tags}, "tags_all": {tags}, "tenancy": "default", "user_data": "{}", "vpc_security_group_ids": ["sg-{value:017x}"]}}"#,
                20 + value % 200,
                value % 250,
                value / 7 % 250,
                8 + value % 90,
                "a1b2c3d4e5f6".repeat(8),
            ),
        ),
        1 => (
            "aws_ebs_volume",
            format!(
                r#"{{"arn": "{arn}", "availability_zone": "eu-west-1a", "encrypted": true, "final_snapshot": false, "id": "vol-{value:017x}", "iops": 3000, "kms_key_id": "{arn}", "multi_attach_enabled": false, "outpost_arn": "", "size": {}, "snapshot_id": "", "tags": {tags}, "tags_all": {tags}, "throughput": 125, "timeouts": null, "type": "gp3"}}"#,
                10 + value % 1000
            ),
        ),
        2 => (
            "aws_db_instance",
            format!(
                r#"{{"address": "db-{value:x}.x.eu-west-1.rds.amazonaws.com", "allocated_storage": {}, "apply_immediately": null, "arn": "{arn}", "auto_minor_version_upgrade": true, "availability_zone": "eu-west-1b", "backup_retention_period": 7, "ca_cert_identifier": "rds-ca-rsa2048-g1", "db_name": "app", "db_subnet_group_name": "main", "deletion_protection": true, "engine": "postgres", "engine_version": "16.3", "id": "db-{value:x}", "identifier": "app-{value:x}", "instance_class": "db.t3.medium", "iops": 0, "license_model": "postgresql-license", "max_allocated_storage": 0, "monitoring_interval": 60, "multi_az": {}, "parameter_group_name": "default.postgres16", "password": "p{value:x}", "performance_insights_enabled": true, "port": 5432, "publicly_accessible": false, "storage_encrypted": true, "storage_type": "gp2", "tags": {tags}, "tags_all": {tags}, "username": "app", "vpc_security_group_ids": ["sg-{value:017x}"]}}"#,
                20 + value % 500,
                value.is_multiple_of(2)
            ),
        ),
        4 => (
            "aws_s3_bucket",
            format!(
                r#"{{"acceleration_status": "", "arn": "{arn}", "bucket": "b-{value:x}", "bucket_domain_name": "b-{value:x}.s3.amazonaws.com", "cors_rule": [], "force_destroy": false, "grant": [{{"id": "{value:064x}", "permissions": ["FULL_CONTROL"], "type": "CanonicalUser", "uri": ""}}], "hosted_zone_id": "Z1BKCTXD74EZPE", "id": "b-{value:x}", "lifecycle_rule": [], "logging": [], "object_lock_enabled": false, "policy": "", "region": "eu-west-1", "request_payer": "BucketOwner", "server_side_encryption_configuration": [{{"rule": [{{"apply_server_side_encryption_by_default": [{{"kms_master_key_id": "", "sse_algorithm": "AES256"}}], "bucket_key_enabled": false}}]}}], "tags": {tags}, "tags_all": {tags}, "timeouts": null, "versioning": [{{"enabled": true, "mfa_delete": false}}], "website": []}}"#
            ),
        ),
        _ => (
            "aws_lambda_function",
            format!(
                r#"{{"architectures": ["arm64"], "arn": "{arn}", "description": "", "environment": [{{"variables": {{"STAGE": "prod", "SEED": "{value}"}}}}], "ephemeral_storage": [{{"size": 512}}], "function_name": "f-{value:x}", "handler": "main", "id": "f-{value:x}", "invoke_arn": "{arn}/invocations", "layers": [], "logging_config": [{{"application_log_level": "", "log_format": "Text", "log_group": "/aws/lambda/f-{value:x}", "system_log_level": ""}}], "memory_size": {}, "package_type": "Zip", "publish": false, "reserved_concurrent_executions": -1, "role": "{arn}", "runtime": "provided.al2023", "source_code_size": {value}, "tags": {tags}, "tags_all": {tags}, "timeout": 30, "tracing_config": [{{"mode": "PassThrough"}}], "version": "$LATEST", "vpc_config": []}}"#,
                128 << (value % 4)
            ),
        ),
    }
}
