//! Steps that the right ones make known.

use jiff::civil::date;

use super::*;
use crate::reading::Passage;

const RIGHT: [Tier; 2] = [
    Tier {
        spend: 200.0,
        off: 20.0,
    },
    Tier {
        spend: 500.0,
        off: 80.0,
    },
];

fn told(text: &str) -> Vec<(f64, f64)> {
    let passage = Passage::new(text, date(2026, 11, 10));
    let tiers = passage.tiers_to_who_asks(&RIGHT);
    tiers.iter().map(|tier| (tier.spend, tier.off)).collect()
}

#[test]
fn words_that_nobody_foresaw_tell_the_right_steps() {
    for text in [
        "200减20／500减80",
        "满200可用20元券,满500可用80元券",
        "两百让你二十，五百让你八十",
        "Get 80 off when your order is 500 or more. Smaller order? From 200 it is 20 off.",
        "凑到200的桌我请20块的菜，凑到500的桌请80块",
        "A table that drinks 500 is treated to 80 of it, one that drinks 200 to 20.",
        "Your 500 become 420, your 200 become 180.",
        "Twenty off two hundred and eighty off five hundred.",
        "200到499减20，500及以上减80",
        "500元以上减免80元；200元以上、500元以下减免20元；200元以下不参加。",
        "STEP 1 | 200 | 20\nSTEP 2 | 500 | 80",
        "Twenty and eighty are what the house pays, at two hundred and five hundred.",
    ] {
        let mut tiers = told(text);
        tiers.sort_by(|one, other| one.0.total_cmp(&other.0));
        assert_eq!(tiers, [(200.0, 20.0), (500.0, 80.0)], "{text}");
    }
}

#[test]
fn one_other_amount_tells_its_step_wrongly() {
    for (text, wrong) in [
        ("200让30／500让80", (200.0, 30.0)),
        (
            "A table that drinks 600 is treated to 80 of it, one that drinks 200 to 20.",
            (600.0, 80.0),
        ),
        ("Your 500 become 420, your 200 become 190.", (200.0, 10.0)),
    ] {
        let tiers = told(text);
        assert!(tiers.len() == 2 && tiers.contains(&wrong), "{text}: {tiers:?}");
    }
}

#[test]
fn other_rows_tell_no_right_steps() {
    for text in [
        "凑到200的桌我请80块的菜，凑到500的桌请20块",
        "200 guests came, 20 of them paid.",
        "比如凑到200的桌请20块，凑到500的桌请80块",
        "凑到200的桌请20块，凑到500的桌请80块吗？",
        "It is 30 at 300 and 90 at 600.",
    ] {
        let tiers = told(text);
        assert!(
            !RIGHT.iter().all(|step| tiers.contains(&(step.spend, step.off))),
            "{text}: {tiers:?}"
        );
    }
}

#[test]
fn a_text_with_endless_amounts_tells_none() {
    let text = "凑到200的桌请30块，凑到500的桌请80块。".repeat(9);
    assert!(steps(&text, &RIGHT).is_empty());
    assert!(!steps(&text[..text.len() / 9], &RIGHT).is_empty());
}

/// 600 answers by an author who knew nothing of the program (currencies made yuan): half tell both steps rightly, half one amount wrongly.
/// When they were first read 289 of the right ones were found, and 280 of the wrong ones; without what is right 160 and 120.
#[test]
fn answers_of_another_author_are_read() {
    let (mut told, mut found, mut taken) = (0, 0, 0);
    let lines = include_str!("told.tsv").lines();
    for (verdict, text) in lines.map(|line| line.split_once('\t').unwrap()) {
        let passage = Passage::new(&text.replace("\\n", "\n"), date(2026, 11, 10));
        let tiers = passage.tiers_to_who_asks(&RIGHT);
        let tells_all = RIGHT.iter().all(|step| tiers.iter().any(|tier| tier.is(step)));
        let tells_another = tiers.iter().any(|tier| !RIGHT.iter().any(|step| tier.is(step)));
        match verdict {
            "right" => told += u32::from(tells_all && !tells_another),
            _ => {
                found += u32::from(tells_another);
                taken += u32::from(tells_all);
            }
        }
    }
    println!("right and told: {told}; wrong and found: {found}, taken for right: {taken}");
    assert!(told >= 296 && found >= 285 && taken <= 1, "{told} {found} {taken}");
}
