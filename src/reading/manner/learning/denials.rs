//! Claims that are denied or made, learnt.

use std::collections::BTreeMap;
use std::ops::Range;

use regex::Regex;

use super::super::surroundings::Surroundings;
use super::super::weights::Weights;
use super::{Example, corpus, desks, learn, settle};
use crate::reading::lexicon::is_disclaimed_or;
use crate::reading::normalise;

/// Runs that fewer claims have are not weighed.
const LEAST: u32 = 2;

/// Claims, between 「 and 」, that are denied, warned of or laid at others' doors (+), and others that are made (-).
const TABLE: &str = include_str!("../../lexicon/said/disclaimed.txt");
/// The same by authors who knew nothing of the program.
const AUTHORS: [(&str, &str); 4] = [
    ("agents", include_str!("claims/agents.txt")),
    ("tempters", include_str!("claims/tempters.txt")),
    ("characters", include_str!("claims/characters.txt")),
    ("everyday", include_str!("claims/everyday.txt")),
];
/// What the shops of `tests/seeded` forbid.
const FORBIDDEN: &str =
    "保证.{0,8}最低|最低价|假一赔十|微信|转账|guarantee|lowest price|whatsapp|wechat|pay .{0,20}cash";

/// A claim in a normalised text.
struct Claim {
    text: String,
    place: Range<usize>,
    is_denied: bool,
    /// Whose it is; a table has no name.
    set: &'static str,
}

impl Claim {
    fn surroundings(&self) -> Surroundings {
        Surroundings::of(&self.text, &self.place)
    }
}

/// Everything that is learnt from. Desks that promise what their shop forbids deny nothing.
fn claims() -> Vec<Claim> {
    let forbidden = Regex::new(FORBIDDEN).unwrap();
    let tables = [("", TABLE)].into_iter().chain(AUTHORS);
    let told = tables.flat_map(|(set, table)| table.lines().filter_map(move |line| of_line(set, line)));
    let promised = desks::said_by_bots("forbidden").into_iter().filter_map(|(set, text)| {
        let text = normalise(&text);
        let place = forbidden.find(&text)?.range();
        Some(Claim {
            text,
            place,
            is_denied: false,
            set,
        })
    });
    told.chain(promised).collect()
}

fn of_line(set: &'static str, line: &str) -> Option<Claim> {
    let (mark, text) = line.split_at_checked(2)?;
    let (before, rest) = text.split_once('「')?;
    let (claim, behind) = rest.split_once('」')?;
    let text = normalise(&[before, claim, behind].concat());
    let claim = normalise(claim);
    let start = text.find(&claim)?;
    Some(Claim {
        place: start..start + claim.len(),
        text,
        is_denied: mark == "+ ",
        set,
    })
}

fn learn_from<'a>(claims: impl Iterator<Item = &'a Claim>) -> Vec<u8> {
    let example = |claim: &Claim| Example {
        keys: claim.surroundings().keys().to_vec(),
        is: [Some(claim.is_denied)],
        counts: 1.0,
    };
    learn(&claims.map(example).collect::<Vec<_>>(), LEAST)
}

#[test]
fn the_weights_are_those_that_the_claims_teach() {
    settle("denials.bin", &learn_from(claims().iter()));
}

/// The table of docs/QUALITY.md.
#[test]
#[ignore = "learns as often as there are sets"]
fn what_is_known_of_the_denials_of_a_set_by_all_others() {
    let claims = claims();
    let mut table: BTreeMap<(&str, &str, bool), [u32; 4]> = BTreeMap::new();
    let mut sets: Vec<&str> = claims
        .iter()
        .map(|claim| claim.set)
        .filter(|set| !set.is_empty())
        .collect();
    sets.dedup();
    for left_out in sets {
        let (of_set, others): (Vec<&Claim>, Vec<&Claim>) = claims.iter().partition(|claim| claim.set == left_out);
        let weights = Weights::read(learn_from(others.into_iter()));
        for claim in of_set {
            let by_manner = claim.surroundings().is_denied_by(&weights);
            let or = |is_denied| is_disclaimed_or(&claim.text, &claim.place, || is_denied);
            let taken = [true, or(false), by_manner, or(by_manner)];
            let row = table
                .entry((left_out, corpus::language(&claim.text), claim.is_denied))
                .or_default();
            row.iter_mut()
                .zip(taken)
                .for_each(|(count, is_taken)| *count += u32::from(is_taken));
        }
    }
    println!("set          language  are      claims  taken for denied by words, by manner, by either");
    for ((set, language, is_denied), [all, words, manner, either]) in table {
        let are = if is_denied { "denied" } else { "made" };
        println!("{set:<12} {language:<9} {are:<8} {all:>6} {words:>6} {manner:>6} {either:>6}");
    }
}
