//! Hand-worked sums of transfer.

use super::*;

fn usd(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn total(provider: &str, region: &str, gb: &str) -> Decimal {
    internet(provider, region).unwrap().total(usd(gb))
}

/// AWS, 100 GB free, then 0.09 for 10,240, 0.085 for 40,960, 0.07:
/// 2,100 → 2,000 × 0.09 = 180.00; 12,000 → 10,240 × 0.09 + 1,660 × 0.085 = 921.60 + 141.10 = 1,062.70;
/// 60,000 → 921.60 + 40,960 × 0.085 + 8,700 × 0.07 = 921.60 + 3,481.60 + 609.00 = 5,012.20.
#[test]
fn aws_steps_count_what_is_above_the_allowance() {
    for (gb, cost) in [("0", "0"), ("50", "0"), ("100", "0"), ("2100", "180"), ("12000", "1062.7"), ("60000", "5012.2")]
    {
        assert_eq!(total("aws", "eu-central-1", gb), usd(cost), "{gb} GB");
    }
    assert_eq!(total("aws", "sa-east-1", "1100"), usd("150"));
    // Ten terabytes that leave for good: 9,900 × 0.09.
    assert_eq!(total("aws", "eu-central-1", "10000"), usd("891"));
}

/// One gigabyte each side of a border: 10,340 GB are 921.60, the next costs 0.085.
#[test]
fn a_step_begins_exactly_at_its_border() {
    let tiers = internet("aws", "us-east-1").unwrap();
    assert_eq!(tiers.total(usd("10339")), usd("921.51"));
    assert_eq!(tiers.total(usd("10340")), usd("921.6"));
    assert_eq!(tiers.total(usd("10341")), usd("921.685"));
    assert_eq!(tiers.marginal(usd("99.9")), Decimal::ZERO);
    assert_eq!(tiers.marginal(usd("100")), usd("0.09"));
    assert_eq!(tiers.marginal(usd("10339")), usd("0.09"));
    assert_eq!(tiers.marginal(usd("10340")), usd("0.085"));
    assert_eq!(tiers.paid(usd("100")), usd("9"));
}

/// Azure's own network, 1,100 GB: 1,000 × 0.087 = 87.00 in Europe, × 0.12 = 120.00 in Asia, × 0.181 = 181.00 in
/// Brazil. 20,000 GB in Europe: 10,235 × 0.087 + 9,665 × 0.083 = 890.445 + 802.195 = 1,692.64.
#[test]
fn azure_prices_its_own_network_by_zone() {
    assert_eq!(total("azure", "germanywestcentral", "1100"), usd("87"));
    assert_eq!(total("azure", "southeastasia", "1100"), usd("120"));
    assert_eq!(total("azure", "brazilsouth", "1100"), usd("181"));
    assert_eq!(total("azure", "westeurope", "20000"), usd("1692.64"));
    // Two sources disagree on the zone of these.
    assert_eq!(internet("azure", "southafricanorth"), None);
    assert_eq!(internet("azure", "israelcentral"), None);
    // Internet routing has to be chosen: 1,000 × 0.08.
    assert_eq!(internet_by_choice("azure", "westeurope").unwrap().total(usd("1100")), usd("80"));
}

/// Brazil's first step is in a stored list, those above are on a page only.
#[test]
fn a_page_prices_no_total() {
    let brazil = internet("azure", "brazilsouth").unwrap();
    assert_eq!(brazil.confidence(usd("10000")), Confidence::Medium);
    assert_eq!(brazil.confidence(usd("20000")), Confidence::PublicPage);
    assert!(brazil.may_price(usd("10000")) && !brazil.may_price(usd("20000")));
    assert_eq!(internet("aws", "eu-central-1").unwrap().confidence(usd("1000000")), Confidence::High);
}

/// Google premium in Iowa, 15,000 GB: 1,024 × 0.12 + 9,216 × 0.11 + 4,760 × 0.08 = 122.88 + 1,013.76 + 380.80
/// = 1,517.44. In Frankfurt the step above 10 TB is 0.085: 122.88 + 1,013.76 + 404.60 = 1,541.24.
#[test]
fn google_premium_steps_at_one_and_ten_terabytes() {
    assert_eq!(total("google", "us-central1", "15000"), usd("1517.44"));
    assert_eq!(total("google", "europe-west3", "15000"), usd("1541.24"));
    assert_eq!(internet("google", "europe-west3").unwrap().marginal(Decimal::ZERO), usd("0.12"));
    // The standard tier has 200 GB free: 100 × 0.085.
    assert_eq!(internet_by_choice("google", "europe-west3").unwrap().total(usd("300")), usd("8.5"));
    assert_eq!(internet("google", "asia-northeast1"), None);
}

/// Ninety-five of a hundred GB at 0.076.
#[test]
fn old_lists_say_their_age() {
    let virginia = internet("alibaba", "us-east-1").unwrap();
    assert_eq!(virginia.total(usd("100")), usd("7.22"));
    assert_eq!(virginia.steps[0].source.as_of, "2021-07");
    let frankfurt = internet("tencent", "eu-frankfurt").unwrap();
    assert_eq!((frankfurt.total(usd("100")), frankfurt.steps[0].source.as_of.as_str()), (usd("7"), "2020-03"));
    assert_eq!(internet("alibaba", "eu-central-1"), None);
}

#[test]
fn regions_are_priced_from_where_the_bytes_leave() {
    assert_eq!(between_regions("aws", "us-east-1", "us-east-2"), Some(usd("0.01")));
    assert_eq!(between_regions("aws", "us-east-1", "eu-central-1"), Some(usd("0.02")));
    assert_eq!(between_regions("aws", "sa-east-1", "us-east-1"), Some(usd("0.138")));
    assert_eq!(between_regions("azure", "westeurope", "northeurope"), Some(usd("0.02")));
    assert_eq!(between_regions("azure", "westeurope", "eastus"), Some(usd("0.05")));
    assert_eq!(between_regions("google", "europe-west3", "europe-west4"), Some(usd("0.02")));
    assert_eq!(between_regions("google", "europe-west3", "us-central1"), Some(usd("0.08")));
    assert_eq!(between_regions("google", "asia-southeast1", "asia-southeast2"), Some(usd("0.1")));
    assert_eq!(between_regions("aws", "eu-central-1", "eu-central-1"), Some(Decimal::ZERO));
}

#[test]
fn what_the_table_lacks_is_unknown() {
    assert_eq!(between_regions("aws", "eu-central-1", "europe-west3"), None);
    assert_eq!(between_regions("aws", "us-east-1", "us-gov-east-1"), None);
    assert_eq!(between_regions("aws", "mx-central-1", "us-east-1"), None);
    assert_eq!(between_regions("google", "northamerica-south1", "us-central1"), None);
    assert_eq!(between_regions("tencent", "eu-frankfurt", "na-ashburn"), None);
    assert_eq!(between_zones("alibaba"), None);
    assert_eq!(vpn_monthly(("aws", "eu-central-1"), ("azure", "westeurope")), None);
}

/// AWS 0.05 × 730 = 36.50; two tunnels of Google in Iowa 2 × 0.05 × 730 = 73.00, in Frankfurt 2 × 0.06 × 730 = 87.60.
#[test]
fn a_tunnel_costs_both_ends() {
    assert_eq!(vpn_monthly(("aws", "us-east-1"), ("google", "us-central1")), Some(usd("109.5")));
    assert_eq!(vpn_monthly(("google", "europe-west3"), ("aws", "eu-central-1")), Some(usd("124.1")));
}

#[test]
fn small_fees() {
    assert_eq!(between_zones("aws"), Some(usd("0.02")));
    assert_eq!(between_zones("google"), Some(usd("0.01")));
    assert_eq!(between_zones("azure"), Some(Decimal::ZERO));
    assert_eq!(nat_processing("google"), Some(usd("0.045")));
}

#[test]
fn programmes_say_their_conditions() {
    assert_eq!(exit_waiver("aws").unwrap().usd_per_gb, Some(Decimal::ZERO));
    assert_eq!(exit_waiver("tencent"), None);
    assert_eq!(parallel_use("google", "europe-west3").unwrap().usd_per_gb, Some(Decimal::ZERO));
    assert_eq!(parallel_use("google", "europe-west2").unwrap().kind, "data-transfer-essentials");
    assert_eq!(parallel_use("google", "us-central1"), None);
    assert_eq!(parallel_use("aws", "eu-central-1").unwrap().usd_per_gb, None);
    assert_eq!(parallel_use("aws", "eu-west-2"), None);
    let link = interconnect("google", "aws").unwrap();
    assert_eq!((link.usd_per_gb, link.usd_per_hour), (Some(Decimal::ZERO), None));
    assert_eq!(interconnect("aws", "azure"), None);
    assert_eq!(interconnect("aws", "aws"), None);
}

/// Hetzner includes 20 TB: 21,000 GB are 1,000 x 0.001164 = 1.164. Others include all of it.
#[test]
fn some_include_what_leaves() {
    assert_eq!(total("hetzner", "fsn1", "20000"), Decimal::ZERO);
    assert_eq!(total("hetzner", "fsn1", "21000"), usd("1.164"));
    for (provider, region) in [("scaleway", "fr-par"), ("ovh", "GRA"), ("upcloud", "fi-hel1")] {
        assert_eq!(total(provider, region, "100000"), Decimal::ZERO, "{provider}");
        assert_eq!(internet(provider, region).unwrap().confidence(usd("100000")), Confidence::High);
    }
}

/// Every ladder starts at zero, rises in volume and falls in price.
#[test]
fn ladders_are_ladders() {
    for (key, tiers) in &BOOK.tiers {
        assert_eq!(tiers.steps[0].from_gb, Decimal::ZERO, "{key:?}");
        assert!(tiers.steps.windows(2).all(|two| two[0].from_gb < two[1].from_gb), "{key:?}");
        assert!(tiers.steps.windows(2).all(|two| two[0].usd_per_gb >= two[1].usd_per_gb), "{key:?}");
    }
    for (provider, kind, region) in BOOK.scopes.keys() {
        assert!(regions::find(provider, region).is_some(), "{provider} {kind} {region}");
    }
}
