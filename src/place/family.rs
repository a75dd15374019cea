//! Reads the family out of a machine type's name, as each provider builds its names.

use smol_str::{SmolStr, format_smolstr};

/// The family of a machine type, as the provider spells it; nothing where the name does not tell.
///
/// Classes of databases and caches name the machine that they run on, so `db.m5.large` is of m5 too.
pub(super) fn family_name(provider: &str, machine_type: &str) -> Option<SmolStr> {
    match provider {
        "aws" => aws(machine_type),
        "azure" => azure(machine_type),
        "google" => google(machine_type),
        "alibaba" => alibaba(machine_type),
        "tencent" => tencent(machine_type),
        "hetzner" => hetzner(machine_type),
        "ovh" => ovh(machine_type),
        _ => None,
    }
}

/// `m5.xlarge`; a service before it (`db.`, `cache.`, `kafka.`) has no digit.
fn aws(name: &str) -> Option<SmolStr> {
    let mut parts = name.split('.').skip_while(|part| !has_digit(part));
    let family = parts.next()?;
    parts.next().filter(|size| !size.is_empty()).map(|_| family.into())
}

/// `Standard_D4s_v5`: letters, size, letters, then what does not count (a GPU, `cc`), then the version.
///
/// A size of a database has its tier before it: `GP_Standard_D2ds_v4`. Fewer active cores stand after the size:
/// `Standard_E8-2s_v5`.
fn azure(name: &str) -> Option<SmolStr> {
    const STANDARD: &str = "standard_";
    let at = name.to_ascii_lowercase().find(STANDARD)?;
    let mut parts = name[at + STANDARD.len()..].split('_');
    let size = parts.next()?;
    let series = size.split(|letter: char| letter.is_ascii_digit()).next().filter(|series| !series.is_empty())?;
    let features = size[series.len()..].trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '-');
    if size.len() == series.len() + features.len() {
        return None;
    }
    let is_version = |part: &&str| {
        let number = part.strip_prefix(['v', 'V']).unwrap_or_default();
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let version = parts.rfind(is_version).unwrap_or_default();
    Some(format_smolstr!("{series}{features}{version}"))
}

/// `n2-standard-4`; a custom type without a family is of n1; a database names it after `db-`, unless it is custom.
fn google(name: &str) -> Option<SmolStr> {
    let name = name.rsplit('/').next().unwrap_or(name);
    if name.starts_with("custom-") {
        return Some("n1".into());
    }
    let (family, _) = name.strip_prefix("db-").unwrap_or(name).split_once('-')?;
    has_digit(family).then(|| family.into())
}

/// `ecs.g7.large`.
fn alibaba(name: &str) -> Option<SmolStr> {
    let mut parts = name.strip_prefix("ecs.")?.split('.');
    let family = parts.next().filter(|family| !family.is_empty())?;
    parts.next().map(|_| format_smolstr!("ecs.{family}"))
}

/// `S5.MEDIUM4`.
fn tencent(name: &str) -> Option<SmolStr> {
    let (family, _) = name.split_once('.')?;
    has_digit(family).then(|| family.into())
}

/// `ccx23`: letters, a digit of the size, a digit of the generation.
fn hetzner(name: &str) -> Option<SmolStr> {
    let letters = name.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let digits = &name[letters.len()..];
    (!letters.is_empty() && digits.len() == 2).then(|| format_smolstr!("{letters}{}", &digits[1..]))
}

/// `b3-16`.
fn ovh(name: &str) -> Option<SmolStr> {
    let (family, size) = name.split_once('-')?;
    (has_digit(family) && size.bytes().all(|byte| byte.is_ascii_digit())).then(|| family.into())
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(provider: &str, cases: &[(&str, &str)]) {
        for (name, family) in cases {
            let expected = (!family.is_empty()).then(|| SmolStr::from(*family));
            assert_eq!(family_name(provider, name), expected, "{provider} {name}");
        }
    }

    #[test]
    fn aws_names() {
        check(
            "aws",
            &[
                ("m5.xlarge", "m5"),
                ("m7i-flex.large", "m7i-flex"),
                ("u-12tb1.112xlarge", "u-12tb1"),
                ("mac2-m2pro.metal", "mac2-m2pro"),
                ("db.r6g.2xlarge", "r6g"),
                ("db.m5.large.tpc2.mem4x", "m5"),
                ("cache.t4g.micro", "t4g"),
                ("m5.large.search", "m5"),
                ("kafka.m7g.large", "m7g"),
                ("m5", ""),
                ("db.serverless", ""),
                ("", ""),
            ],
        );
    }

    #[test]
    fn azure_names() {
        check(
            "azure",
            &[
                ("Standard_D4s_v5", "Dsv5"),
                ("Standard_D2_v3", "Dv3"),
                ("Standard_D2ps_v6", "Dpsv6"),
                ("Standard_DS11-1_v2", "DSv2"),
                ("Standard_E4-2ads_v5", "Eadsv5"),
                ("Standard_F4s", "Fs"),
                ("Standard_B2ms", "Bms"),
                ("Standard_B2pts_v2", "Bptsv2"),
                ("Standard_NC24ads_A100_v4", "NCadsv4"),
                ("Standard_DC4as_cc_v5", "DCasv5"),
                ("Standard_M416s_10_v2", "Msv2"),
                ("Standard_M64-32bds_1_v3", "Mbdsv3"),
                ("Standard_D2_v2_Promo", "Dv2"),
                ("GP_Standard_D2ds_v4", "Ddsv4"),
                ("B_Standard_B1ms", "Bms"),
                ("standard_d4s_v5", "dsv5"),
                ("Standard_LRS", ""),
                ("GP_Gen5_2", ""),
                ("Basic_A1", ""),
            ],
        );
    }

    #[test]
    fn google_names() {
        check(
            "google",
            &[
                ("n2-standard-4", "n2"),
                ("n2d-custom-4-8192", "n2d"),
                ("custom-4-8192", "n1"),
                ("e2-micro", "e2"),
                ("c4a-highmem-4-lssd", "c4a"),
                ("zones/europe-west3-a/machineTypes/t2d-standard-1", "t2d"),
                ("db-n1-standard-2", "n1"),
                ("db-custom-2-7680", ""),
                ("db-perf-optimized-N-8", ""),
                ("n2", ""),
            ],
        );
    }

    #[test]
    fn names_of_alibaba_and_tencent() {
        check(
            "alibaba",
            &[
                ("ecs.g7.large", "ecs.g7"),
                ("ecs.u1-c1m2.xlarge", "ecs.u1-c1m2"),
                ("ecs.u0.c1m1.large", "ecs.u0"),
                ("g7.large", ""),
                ("ecs.g7", ""),
            ],
        );
        check("tencent", &[("S5.MEDIUM4", "S5"), ("GN10X.2XLARGE40", "GN10X"), ("S5", "")]);
        check("hetzner", &[("ccx23", "ccx3"), ("cax11", "cax1"), ("lb11x", ""), ("cx", "")]);
        check("ovh", &[("b3-16", "b3"), ("t2-le-45", ""), ("b3", "")]);
        check("elsewhere", &[("m5.large", "")]);
    }
}
