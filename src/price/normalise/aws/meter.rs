//! A product of the price list as a meter of the book: its region, and its usage type without what names the region.

use smol_str::{SmolStr, format_smolstr};

use super::regions::{self, is_in_china};
use super::wanted::{Fit, Wanted};

/// What a list says of a product. What it does not say is empty.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Product<'p> {
    pub(super) usage_type: &'p str,
    pub(super) operation: &'p str,
    pub(super) instance_type: &'p str,
    pub(super) market_option: &'p str,
    pub(super) at: Place<'p>,
    /// Of traffic: where it comes from and where it goes.
    pub(super) from: Place<'p>,
    pub(super) to: Place<'p>,
}

/// A place as a list names it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place<'p> {
    pub(super) code: &'p str,
    pub(super) name: &'p str,
    pub(super) kind: &'p str,
}

/// A meter of the book in a region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Meter {
    pub(super) usage_type: SmolStr,
    pub(super) operation: SmolStr,
    pub(super) region: SmolStr,
    /// Whether the operation is one that the book does not tell apart.
    pub(super) is_folded: bool,
}

const GLOBAL: &str = "global";
const REGION: &str = "AWS Region";
/// Products of these places have keys of their own, which no plan names.
const SMALLER: [&str; 3] = ["AWS Local Zone", "AWS Wavelength Zone", "AWS Outposts"];
/// A machine that is bought in blocks of days: it has the key of the same machine by the hour.
const BLOCK: &str = "CapacityBlock";

/// The meter of a product, if anyone wants it in the region that the list is of.
pub(super) fn meter(service: &str, region: Option<&str>, product: &Product<'_>, wanted: &Wanted) -> Option<Meter> {
    if product.market_option == BLOCK {
        return None;
    }
    let mut found = region_of(product, region)?;
    if let Some(listed) = region.filter(|listed| found == GLOBAL && is_in_china(listed)) {
        // Its list holds in China alone.
        found = listed;
    }
    if found != GLOBAL && region.is_some_and(|region| region != found) {
        return None;
    }
    let bare = bare(product.usage_type, found);
    let usage_type = spelt_out(service, bare, product, wanted);
    let is_folded = match wanted.fit(service, &usage_type, product.operation) {
        Fit::Kept => false,
        Fit::WithoutOperation => true,
        Fit::Left => return None,
    };
    Some(Meter { usage_type, operation: product.operation.into(), region: found.into(), is_folded })
}

/// Where a product is: a region, or `global` if it is in none.
fn region_of<'p>(product: &Product<'p>, listed: Option<&'p str>) -> Option<&'p str> {
    let places = [product.at, product.from, product.to];
    if places.iter().any(|place| SMALLER.contains(&place.kind)) {
        return None;
    }
    let Some(place) = places.iter().find(|place| place.kind == REGION) else { return Some(GLOBAL) };
    match (place.code, place.name) {
        ("", "" | "Any" | "Global") => Some(GLOBAL),
        ("", name) => regions::of_location(name).or(listed),
        (code, _) => Some(code),
    }
}

/// A usage type without the region before it: `EUW1-`, `EU-` of Ireland, or the region's code.
pub(super) fn bare<'u>(usage_type: &'u str, region: &str) -> &'u str {
    if region == GLOBAL {
        return usage_type;
    }
    if let Some(rest) = usage_type.strip_prefix(region).and_then(|rest| rest.strip_prefix('-')) {
        return rest;
    }
    let Some((first, rest)) = usage_type.split_once(['-', ':']) else { return usage_type };
    let is_short = matches!(first.as_bytes(), [a, b, c, digit]
        if [a, b, c].iter().all(|letter| letter.is_ascii_uppercase()) && digit.is_ascii_digit());
    if is_short || (first == "EU" && region == "eu-west-1") { rest } else { usage_type }
}

/// A usage type with the machine's whole name: lists write `db.r7g.12xl`, and leave the first machine of all out.
fn spelt_out(service: &str, usage_type: &str, product: &Product<'_>, wanted: &Wanted) -> SmolStr {
    let machine = product.instance_type;
    if usage_type.contains(':') || machine.is_empty() {
        return with_size(usage_type, machine);
    }
    let family = format_smolstr!("{usage_type}:");
    let is_family = wanted.has_family(service, &family, product.operation);
    if is_family { format_smolstr!("{family}{machine}") } else { usage_type.into() }
}

/// A usage type with its size as machines are called: `2xlarge`, not `2xl`.
pub(super) fn with_size(usage_type: &str, machine: &str) -> SmolStr {
    let short = usage_type.split_once(':').map_or("", |(_, short)| short);
    // Some lists of savings plans tell the family alone: `R7G`.
    let machine = if machine.contains('.') { machine } else { "" };
    let is_cut = match machine {
        // Where the machine is not told: `metal-96xl` is a name, `12xl` and `xl` are not.
        "" => short.rsplit_once('.').and_then(|(_, size)| size.strip_suffix("xl")).is_some_and(is_number),
        machine => short.ends_with("xl") && machine.strip_prefix(short) == Some("arge"),
    };
    if is_cut { format_smolstr!("{usage_type}arge") } else { usage_type.into() }
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at<'p>(code: &'p str, name: &'p str, kind: &'p str) -> Place<'p> {
        Place { code, name, kind }
    }

    #[test]
    fn usage_types_lose_what_names_their_region() {
        for (usage_type, region, expected) in [
            ("EU-BoxUsage:c1.medium", "eu-west-1", "BoxUsage:c1.medium"),
            ("EUW3-EBS:VolumeUsage.gp2", "eu-west-3", "EBS:VolumeUsage.gp2"),
            ("us-east-1-KMS-Keys", "us-east-1", "KMS-Keys"),
            ("USE1-EUW1-AWS-Out-Bytes", "us-east-1", "EUW1-AWS-Out-Bytes"),
            ("IA-ReadRequestUnits", "us-east-1", "IA-ReadRequestUnits"),
            ("EU-DataTransfer-Out-Bytes", "global", "EU-DataTransfer-Out-Bytes"),
            ("EU:PI_LTR:R5", "eu-west-1", "PI_LTR:R5"),
            ("BoxUsage", "us-east-1", "BoxUsage"),
        ] {
            assert_eq!(bare(usage_type, region), expected);
        }
    }

    #[test]
    fn a_product_is_where_its_place_says() {
        let everything = Wanted::default();
        let product = Product { usage_type: "EU-X", ..Product::default() };
        let in_region = |product: &Product<'_>, region| Some(meter("S", region, product, &everything)?.region);
        for (place, region, expected) in [
            (at("eu-west-1", "", REGION), None, Some("eu-west-1")),
            (at("", "Europe (Ireland)", REGION), None, Some("eu-west-1")),
            (at("", "Europe (Atlantis)", REGION), Some("eu-west-9"), Some("eu-west-9")),
            (at("", "Europe (Atlantis)", REGION), None, None),
            (at("", "Any", REGION), Some("eu-west-1"), Some("global")),
            (at("", "Any", REGION), Some("cn-north-1"), Some("cn-north-1")),
            (at("", "Europe", "AWS Edge Location"), None, Some("global")),
            (at("eu-west-1", "", REGION), Some("eu-west-2"), None),
            (at("us-west-2", "US West (Los Angeles)", "AWS Local Zone"), Some("us-west-2"), None),
        ] {
            let found = in_region(&Product { at: place, ..product }, region);
            assert_eq!(found.as_deref(), expected, "{place:?} {region:?}");
        }
        let traffic = Product { from: at("", "External", "Other"), to: at("eu-west-1", "", REGION), ..product };
        assert_eq!(in_region(&traffic, None).as_deref(), Some("eu-west-1"));
        let block = Product { market_option: BLOCK, ..product };
        assert_eq!(in_region(&block, None), None);
    }

    #[test]
    fn machines_get_their_whole_names() {
        let mut wanted = Wanted::default();
        wanted.add("AmazonEC2", "BoxUsage:m5.large", "RunInstances");
        wanted.add("AmazonRDS", "InstanceUsage:db.m5.large", "CreateDBInstance:0002");
        for (service, usage_type, operation, instance_type, expected) in [
            ("AmazonEC2", "EU-BoxUsage", "RunInstances", "m1.small", "BoxUsage:m1.small"),
            (
                "AmazonRDS",
                "EU-InstanceUsage:db.r7g.12xl",
                "CreateDBInstance:0002",
                "db.r7g.12xlarge",
                "InstanceUsage:db.r7g.12xlarge",
            ),
            (
                "AmazonRDS",
                "EU-InstanceUsage:db.m5.large",
                "CreateDBInstance:0002",
                "db.m5.large",
                "InstanceUsage:db.m5.large",
            ),
        ] {
            let product =
                Product { usage_type, operation, instance_type, at: at("eu-west-1", "", REGION), ..Product::default() };
            assert_eq!(meter(service, None, &product, &wanted).expect("wanted").usage_type, expected);
        }
    }

    #[test]
    fn sizes_are_those_of_machines() {
        for (short, machine, whole) in [
            ("InstanceUsage:db.r7g.xl", "", "InstanceUsage:db.r7g.xlarge"),
            ("InstanceUsage:db.r7g.12xl", "", "InstanceUsage:db.r7g.12xlarge"),
            ("Multi-AZUsage:db.r7g.2xl", "R7G", "Multi-AZUsage:db.r7g.2xlarge"),
            ("InstanceUsage:db.r8i.metal-96xl", "", "InstanceUsage:db.r8i.metal-96xl"),
            ("InstanceUsage:db.r8i.metal-96xl", "db.r8i.metal-96xl", "InstanceUsage:db.r8i.metal-96xl"),
            ("Fargate-GB-Hours", "", "Fargate-GB-Hours"),
        ] {
            assert_eq!(with_size(short, machine), whole);
        }
    }
}
