//! Hand-worked sums of storage.

use super::rule::{Move, Rule, Ruling, Sums, deleted_after, judge_rules};
use super::*;
use crate::model::Value;
use crate::place::storage::find;

fn usd(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn s3(tier: &str) -> &'static Tier {
    find("aws", "us-east-1", tier).unwrap()
}

/// 1,000 GB in a million objects, 5 % read a month.
fn archive(months: &str) -> Data {
    Data::new(usd("1000000"), usd("1000"), usd("0.05"), usd(months))
}

fn cents(amount: Decimal) -> Decimal {
    amount.round_dp(2)
}

fn running(tier: &str) -> Decimal {
    let cost = cost(s3(tier), s3("STANDARD"), &archive("1")).unwrap();
    cost.total() - cost.moving - cost.early_deletion
}

/// A month in us-east-1: STANDARD 23.00 + 50,000 reads 0.02 = 23.02; STANDARD_IA 12.50 + 50 GB × 0.01 + 0.05 = 13.05;
/// GLACIER_IR 4.00 + 50 × 0.03 + 0.50 = 6.00; DEEP_ARCHIVE 0.99 + index (30.5176 GB × 0.00099 + 7.6294 GB × 0.023
/// = 0.0302 + 0.1755) + 50 × 0.02 + 50,000 restores 5.00 = 7.1957.
#[test]
fn a_month_in_each_class() {
    assert_eq!(running("STANDARD"), usd("23.02"));
    assert_eq!(running("STANDARD_IA"), usd("13.05"));
    assert_eq!(running("GLACIER_IR"), usd("6"));
    assert_eq!(running("DEEP_ARCHIVE").round_dp(4), usd("7.1957"));
}

/// Twelve months and the move (10, 20, 50): 276.24; 156.60 + 10 = 166.60; 72 + 20 = 92.00; 86.35 + 50 = 136.35.
#[test]
fn the_first_year_with_the_move() {
    let year = |tier: &str| cents(cost(s3(tier), s3("STANDARD"), &archive("12")).unwrap().total());
    assert_eq!(year("STANDARD"), usd("276.24"));
    assert_eq!(year("STANDARD_IA"), usd("166.60"));
    assert_eq!(year("GLACIER_IR"), usd("92"));
    assert_eq!(year("DEEP_ARCHIVE"), usd("136.35"));
}

#[test]
fn the_cheapest_class_depends_on_who_waits() {
    let best = |data: &Data, region: &str, provider: &str| {
        let (tier, cost) = cheapest(provider, region, data, Confidence::Medium).unwrap();
        (tier.terraform.as_str(), cents(cost.total()))
    };
    assert_eq!(best(&archive("12"), "us-east-1", "aws"), ("GLACIER_IR", usd("92")));
    // Whoever can wait twelve hours and never reads: 12 × 1.1957 + 50 = 64.35 against 12 × 4.00 + 20 = 68.00; Glacier
    // Flexible 12 × (3.60 + 30.5176 × 0.0036 + 0.1755) + 30 = 12 × 3.8853 + 30 = 76.62.
    let idle = Data { read_share: Decimal::ZERO, ..archive("12") };
    assert_eq!(best(&idle, "us-east-1", "aws").0, "GLACIER_IR");
    assert_eq!(best(&idle.clone().waiting(720), "us-east-1", "aws"), ("DEEP_ARCHIVE", usd("64.35")));
    assert_eq!(best(&idle.waiting(719), "us-east-1", "aws"), ("GLACIER_IR", usd("68")));
    let is_in_time = |minutes: u32| archive("12").waiting(minutes).fits(s3("DEEP_ARCHIVE"), s3("STANDARD"));
    assert!(!is_in_time(719) && is_in_time(720));
}

/// STANDARD/IA: (0.023 − 0.0125) × 1,000 ÷ (0.01 × 1,000 + 0.0006 × 1,000) = 10.5 ÷ 10.6 = 99.06 %;
/// IA/GLACIER_IR: 8.5 ÷ (20 + 9) = 29.31 %.
#[test]
fn break_even_read_shares() {
    let share = |one: &str, other: &str| {
        let share = break_even_read_share(s3(one), s3(other), s3("STANDARD"), &archive("1")).unwrap();
        (share * usd("100")).round_dp(2)
    };
    assert_eq!(share("STANDARD", "STANDARD_IA"), usd("99.06"));
    assert_eq!(share("STANDARD_IA", "GLACIER_IR"), usd("29.31"));
    assert_eq!(break_even_read_share(s3("STANDARD_IA"), s3("STANDARD"), s3("STANDARD"), &archive("1")), None);
}

/// Deleted after 20 days: 12.50 (8.33 for the time, 4.17 for the rest of 30 days) + 10.00 for the move = 22.50,
/// against 23.00 × 20 ÷ 30 = 15.33: the rule loses 7.17.
#[test]
fn a_rule_that_moves_what_is_deleted_loses_money() {
    let data = Data { days: usd("20"), read_share: Decimal::ZERO, ..archive("1") };
    let verdict = judge(s3("STANDARD_IA"), s3("STANDARD"), &data).unwrap();
    assert_eq!((verdict.moves.total(), cents(verdict.stays.total())), (usd("22.5"), usd("15.33")));
    assert_eq!(cents(verdict.moves.early_deletion), usd("4.17"));
    assert_eq!(cents(verdict.saving), usd("-7.17"));
    assert!(verdict.is_refuted());
    let year = Data { days: usd("360"), ..data };
    assert!(!judge(s3("STANDARD_IA"), s3("STANDARD"), &year).unwrap().is_refuted());
}

/// 50 million objects of 20 KB are 953.674 GB: STANDARD 21.93; IA bills 128 KB each, 6,103.516 GB: 76.29.
#[test]
fn small_objects_are_billed_as_large_ones() {
    let gb = usd("50000000") * usd("20") / KB_PER_GB;
    let data = Data::new(usd("50000000"), gb, Decimal::ZERO, Decimal::ONE);
    assert_eq!(data.gb.round_dp(3), usd("953.674"));
    let storage = |tier: &str| cents(cost(s3(tier), s3("STANDARD"), &data).unwrap().storage);
    assert_eq!(storage("STANDARD"), usd("21.93"));
    assert_eq!(billed_gb(s3("STANDARD_IA"), &data).round_dp(3), usd("6103.516"));
    assert_eq!(storage("STANDARD_IA"), usd("76.29"));
    assert!(judge(s3("STANDARD_IA"), s3("STANDARD"), &data).unwrap().is_refuted());
}

/// The example of the OSS documentation: 100 GB of IA at 0.015 deleted after 20 of 30 days owe ten days,
/// 100 × 0.015 ÷ 30 ÷ 24 × 240 = 0.50.
#[test]
fn oss_bills_the_rest_of_the_duration() {
    assert_eq!(early_deletion(usd("0.015"), usd("30"), usd("100"), usd("20")), usd("0.5"));
    assert_eq!(early_deletion(usd("0.015"), usd("30"), usd("100"), usd("31")), Decimal::ZERO);
}

/// Cloud Storage's archive is online yet bills 365 days. 1,000 GB in 1,000 objects, unread, Iowa, kept 100 days:
/// 1,000 × 0.0012 × 100 ÷ 30 = 4.00, the other 265 days 1.2 × 265 ÷ 30 = 10.60, moving 1,000 × 0.50 ÷ 10,000 = 0.05:
/// 14.65. Coldline (90 days) 4 × 100 ÷ 30 + 0.02 = 13.35.
#[test]
fn archive_at_google_lasts_a_year() {
    let data = Data { days: usd("100"), ..Data::new(usd("1000"), usd("1000"), Decimal::ZERO, Decimal::ONE) };
    let tier = |name| find("google", "us-central1", name).unwrap();
    let archive = cost(tier("ARCHIVE"), tier("STANDARD"), &data).unwrap();
    assert_eq!((archive.storage, archive.early_deletion, archive.moving), (usd("4"), usd("10.6"), usd("0.05")));
    assert_eq!(archive.total(), usd("14.65"));
    assert_eq!(cents(cost(tier("COLDLINE"), tier("STANDARD"), &data).unwrap().total()), usd("13.35"));
    assert_eq!(cheapest("google", "us-central1", &data, Confidence::Medium).unwrap().0.name, "coldline");
    let kept = Data { days: usd("365"), ..data };
    assert_eq!(cheapest("google", "us-central1", &kept, Confidence::Medium).unwrap().0.name, "archive");
}

/// Intelligent-Tiering watches a million objects of 1 MB for 1,000 × 0.0025 = 2.50 a month, and small ones not at all.
#[test]
fn small_objects_are_not_monitored() {
    let monitoring = |data: &Data| cost(s3("INTELLIGENT_TIERING"), s3("STANDARD"), data).unwrap().monitoring;
    assert_eq!(monitoring(&archive("1")), usd("2.5"));
    assert_eq!(monitoring(&Data::new(usd("1000000"), usd("100"), Decimal::ZERO, Decimal::ONE)), Decimal::ZERO);
}

/// Restored copies of 50 GB kept seven days at 0.023: 50 × 0.023 × 7 ÷ 30 = 0.27 a month.
#[test]
fn restored_copies_are_billed_as_standard() {
    let data = Data { restored_days: usd("7"), ..archive("1") };
    assert_eq!(cents(cost(s3("DEEP_ARCHIVE"), s3("STANDARD"), &data).unwrap().restored), usd("0.27"));
    assert_eq!(cost(s3("STANDARD_IA"), s3("STANDARD"), &data).unwrap().restored, Decimal::ZERO);
}

#[test]
fn an_unknown_price_makes_the_cost_unknown() {
    let data = archive("1");
    let tier = |name| find("alibaba", "cn-hangzhou", name).unwrap();
    assert_eq!(cost(tier("DeepColdArchive"), tier("Standard"), &data), None);
    // No lifecycle price is known there, so no move is.
    assert_eq!(cost(tier("IA"), tier("Standard"), &data), None);
    assert_eq!(cheapest("aws", "nowhere", &data, Confidence::Medium), None);
    // Above 50 TB the price falls, which the table does not hold.
    let large = Data::new(usd("1000000"), usd("60000"), Decimal::ZERO, Decimal::ONE);
    assert!(cost(s3("STANDARD"), s3("STANDARD"), &large).unwrap().is_upper_bound);
}

/// A year at 5 % reads goes into GLACIER_IR as soon as it may.
#[test]
fn a_lifecycle_moves_at_once_where_it_may() {
    let chain = lifecycle(s3("STANDARD"), &archive("12"), Confidence::Medium).unwrap();
    let stages: Vec<_> = chain.iter().map(|stage| (stage.from_day, stage.tier.terraform.as_str())).collect();
    // S3 takes an object on its first day at the earliest: 23.02 ÷ 30 + 359 ÷ 30 × 6.00 + 20 = 92.57.
    assert_eq!(stages, [(usd("0"), "STANDARD"), (usd("1"), "GLACIER_IR")]);
    assert_eq!(cents(chain_total(&chain)), usd("92.57"));
}

/// Where only stored prices are trusted, objects wait 30 days: 23.02 + 11 × 13.05 + 10 = 176.57 in IA; ONEZONE_IA,
/// 23.02 + 11 × (10.00 + 0.55) + 10 = 149.07, is cheaper and lost with its zone, so it has to be allowed.
#[test]
fn infrequent_access_waits_thirty_days() {
    let safe = archive("12");
    for (data, tier, total) in
        [(safe.clone(), "STANDARD_IA", "176.57"), (Data { may_be_lost: true, ..safe }, "ONEZONE_IA", "149.07")]
    {
        let chain = lifecycle(s3("STANDARD"), &data, Confidence::High).unwrap();
        let stages: Vec<_> = chain.iter().map(|stage| (stage.from_day, stage.tier.terraform.as_str())).collect();
        assert_eq!(stages, [(usd("0"), "STANDARD"), (usd("30"), tier)]);
        assert_eq!(cents(chain_total(&chain)), usd(total));
    }
}

/// What is deleted after 20 days stays: no class is worth its least duration.
#[test]
fn short_lives_stay_warm() {
    let data = Data { days: usd("20"), ..archive("1") };
    let chain = lifecycle(s3("STANDARD"), &data, Confidence::Medium).unwrap();
    assert_eq!(chain.iter().map(|stage| stage.tier.terraform.as_str()).collect::<Vec<_>>(), ["STANDARD"]);
}

/// A rule that moves data at given ages.
fn moving(moves: &[(i64, &str)]) -> Rule {
    let made = |(day, class): &(i64, &str)| Move { day: (*day).into(), class: (*class).into(), ..Move::default() };
    Rule { name: "moves".into(), moves: moves.iter().map(made).collect(), ..Rule::default() }
}

/// The sums of the only rule that a bucket has.
fn sums(rule: &Rule, start: &'static Tier, data: &Data) -> Sums {
    let (rulings, all) = judge_rules(std::slice::from_ref(rule), start, data);
    let Some(Ruling::Sums(sums)) = rulings.into_iter().next() else { panic!("enough is known") };
    assert_eq!(all.as_ref(), Some(&sums.with));
    *sums
}

/// Ten million objects of 10 KB, 100 GB in Iowa for twelve months: 12 × 2.00 = 24.00. Coldline from day 30: 2.00 + 11 ×
/// 0.40 + moving 1,000 × 0.20 = 200.00: 206.40. Nothing else but the fee makes the loss of 182.40.
#[test]
fn a_rule_loses_by_moving_tiny_objects() {
    let data = Data::new(usd("10000000"), usd("100"), Decimal::ZERO, usd("12"));
    let found = sums(&moving(&[(30, "COLDLINE")]), find("google", "us-central1", "STANDARD").unwrap(), &data);
    assert_eq!((found.with.storage, found.with.moving), (usd("6.4"), usd("200")));
    assert_eq!((found.with.total(), found.without.total(), found.saving()), (usd("206.4"), usd("24"), usd("-182.4")));
}

/// A thousand objects of 1 GB go to IA on day 30 and are deleted on day 40: 23.00 + 12.50 × 10 ÷ 30 = 4.17, the other
/// 20 days 8.33 and the move 0.01 make 35.51, against 23.00 × 40 ÷ 30 = 30.67: 4.84 are lost.
#[test]
fn a_rule_loses_by_the_least_duration() {
    let data = Data { days: usd("40"), ..Data::new(usd("1000"), usd("1000"), Decimal::ZERO, Decimal::ONE) };
    let rule = Rule { deletes_after: Some(usd("40")), ..moving(&[(30, "STANDARD_IA")]) };
    assert_eq!(deleted_after(std::slice::from_ref(&rule)), Some(usd("40")));
    let found = sums(&rule, s3("STANDARD"), &data);
    assert_eq!((cents(found.with.storage), cents(found.with.early_deletion)), (usd("27.17"), usd("8.33")));
    assert_eq!((cents(found.with.total()), cents(found.without.total())), (usd("35.51"), usd("30.67")));
    assert_eq!(cents(found.saving()), usd("-4.84"));
}

/// 50 million objects of 20 KB for twelve months: 12 × 21.9345 = 263.21. IA from day 30 bills 128 KB each: 21.93 + 11 ×
/// 76.294 = 839.23, and 500.00 for moving, make 1,361.17: 1,097.95 are lost, and 597.95 of it without the fee.
#[test]
fn a_rule_loses_by_the_least_size() {
    let gb = usd("50000000") * usd("20") / KB_PER_GB;
    let data = Data::new(usd("50000000"), gb, Decimal::ZERO, usd("12"));
    let found = sums(&moving(&[(30, "STANDARD_IA")]), s3("STANDARD"), &data);
    assert_eq!((cents(found.with.storage), found.with.moving), (usd("861.17"), usd("500")));
    assert_eq!((cents(found.without.total()), cents(found.saving())), (usd("263.21"), usd("-1097.95")));
}

/// IA from day 30, at 5 % reads: 23.02 + 11 × 13.05 + 10 = 176.57 in place of 276.24.
#[test]
fn a_rule_gains() {
    let found = sums(&moving(&[(30, "STANDARD_IA")]), s3("STANDARD"), &archive("12"));
    assert_eq!((found.with.total(), found.without.total()), (usd("176.57"), usd("276.24")));
    assert_eq!((found.saving(), found.by_move.len()), (usd("99.67"), 0));
}

/// IA from day 30 and GLACIER_IR from day 60: 23.02 + 13.05 + 10 + 10 × 6.00 + 20 = 126.07, which gains 150.17. Without
/// the first move, 2 × 23.02 + 60 + 20 = 126.04: it loses 0.03. Without the second, 176.57: it gains 50.50.
#[test]
fn each_move_of_a_chain_is_judged() {
    let chain = moving(&[(30, "STANDARD_IA"), (60, "GLACIER_IR")]);
    let found = sums(&chain, s3("STANDARD"), &archive("12"));
    assert_eq!((found.with.total(), found.saving()), (usd("126.07"), usd("150.17")));
    assert_eq!(found.by_move, [usd("-0.03"), usd("50.5")]);
    // As two rules, each is judged against what the other does.
    let rules = [moving(&[(30, "STANDARD_IA")]), moving(&[(60, "GLACIER_IR")])];
    let savings = judge_rules(&rules, s3("STANDARD"), &archive("12")).0.into_iter().map(|ruling| match ruling {
        Ruling::Sums(sums) => sums.saving(),
        other => panic!("{other:?}"),
    });
    assert_eq!(savings.collect::<Vec<_>>(), [usd("-0.03"), usd("50.5")]);
}

/// Cloud Storage counts a duration from the creation, and a lifecycle that moves on owes nothing: 1,000 GB in Nearline
/// from day 10 to 40 owe none of 30 days, in Coldline until day 60 the rest of 90, 4.00 × 30 ÷ 30.
#[test]
fn a_duration_counts_from_where_the_provider_counts_it() {
    let data = Data { days: usd("60"), ..Data::new(usd("1000"), usd("1000"), Decimal::ZERO, Decimal::ONE) };
    let rule = moving(&[(10, "NEARLINE"), (40, "COLDLINE")]);
    let found = sums(&rule, find("google", "us-central1", "STANDARD").unwrap(), &data);
    assert_eq!((found.with.early_deletion, found.with.moving), (usd("4"), usd("0.03")));
    // 20 × 10 ÷ 30 + 10 × 30 ÷ 30 + 4 × 20 ÷ 30.
    assert_eq!(cents(found.with.storage), usd("19.33"));
    // S3 counts from the move: IA from day 30 to 40 owes 20 days, 8.33, and GLACIER_IR from 40 to 60 owes 70, 9.33.
    let found = sums(&moving(&[(30, "STANDARD_IA"), (40, "GLACIER_IR")]), s3("STANDARD"), &data);
    assert_eq!(cents(found.with.early_deletion), usd("17.67"));
}

#[test]
fn what_cannot_be_judged_is_said() {
    let why = |rule: Rule, region: &str, data: &Data| {
        let start = find("aws", region, "STANDARD").unwrap();
        match judge_rules(&[rule], start, data) {
            (rulings, None) => match rulings.as_slice() {
                [Ruling::Unjudged(reason)] => reason.to_string(),
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    };
    let data = archive("12");
    let to = |day: i64, class: &str| moving(&[(day, class)]);
    assert_eq!(
        why(to(30, "STANDARD_IA"), "eu-central-1", &data),
        "the price of STANDARD_IA in eu-central-1 is not known"
    );
    assert_eq!(why(to(29, "STANDARD_IA"), "us-east-1", &data), "STANDARD_IA takes no object before day 30");
    assert!(why(to(30, "INTELLIGENT_TIERING"), "us-east-1", &data).contains("when each object was read"));
    let mut sized = to(30, "STANDARD_IA");
    sized.moves[0].from_kb = usd("2048");
    assert!(why(sized, "us-east-1", &data).starts_with("it moves only objects from 2048 KB on; these have 1048.6 KB"));
    let doubtful = Rule { doubt: Some("it is for a prefix".into()), ..to(30, "STANDARD_IA") };
    assert_eq!(why(doubtful, "us-east-1", &data), "it is for a prefix");
}

/// Deleting is no move; a move after that changes nothing, and of two on one day the colder counts.
#[test]
fn only_moves_that_happen_count() {
    let deletes = Rule { deletes_after: Some(usd("360")), ..Rule::default() };
    assert_eq!(judge_rules(&[deletes], s3("STANDARD"), &archive("12")).0, [Ruling::Deletes]);
    let late = sums(&moving(&[(360, "STANDARD_IA")]), s3("STANDARD"), &archive("12"));
    assert_eq!((late.saving(), late.with.moving), (Decimal::ZERO, Decimal::ZERO));
    let both = sums(&moving(&[(30, "GLACIER_IR"), (30, "STANDARD_IA")]), s3("STANDARD"), &archive("12"));
    assert_eq!((both.with.moving, &both.by_move[1]), (usd("20"), &Decimal::ZERO));
}

#[test]
fn days_that_nobody_knows_or_believes_are_a_doubt() {
    let object = |entries: Vec<(&str, Value)>| {
        Value::Object(entries.into_iter().map(|(name, value)| (name.into(), value)).collect())
    };
    let rule = |day: Value| {
        let made = object(vec![("day", day), ("class", Value::from("GLACIER"))]);
        Rule::read(&object(vec![("name", Value::from("cold")), ("moves", Value::from(vec![made]))])).unwrap()
    };
    assert_eq!(rule(Value::from(30)).doubt, None);
    assert_eq!(rule(Value::from(30)).moves[0].day, usd("30"));
    for day in [Value::Null, Value::from(-1), Value::Number(Decimal::MAX), Value::from("soon")] {
        assert!(rule(day).doubt.is_some());
    }
    assert_eq!(Rule::read(&object(vec![("name", Value::from("nothing"))])), None);
}
