use super::*;
use crate::self_test::fixture::{held_cell, judged};

#[test]
fn the_published_schema_is_that_of_the_type() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas/self-test.schema.json");
    let current = format!("{:#}\n", schema());
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        std::fs::write(&path, &current).unwrap();
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(published == current, "run `make schemas` and commit docs/schemas");
}

fn cells(verdicts: &[(CellVerdict, bool)]) -> Vec<Cell> {
    let cell = judged(&held_cell(CellFault::None));
    let with = |(verdict, is_climb): &(CellVerdict, bool)| Cell {
        verdict: *verdict,
        is_climb: *is_climb,
        ..cell.clone()
    };
    verdicts.iter().map(with).collect()
}

#[test]
fn one_wrong_cell_makes_all_of_it_wrong_and_a_climb_may_find_the_limit() {
    use CellVerdict::{InTolerance, OutOfTolerance, Saturated};
    let of = |verdicts: &[(CellVerdict, bool)]| SelfTestVerdict::of(&cells(verdicts), true);
    assert_eq!(
        of(&[(InTolerance, false), (Saturated, true)]),
        SelfTestVerdict::InTolerance
    );
    assert_eq!(
        of(&[(InTolerance, false), (Saturated, false)]),
        SelfTestVerdict::Saturated
    );
    assert_eq!(
        of(&[(Saturated, false), (OutOfTolerance, true)]),
        SelfTestVerdict::OutOfTolerance
    );
    let stopped = cells(&[(InTolerance, false)]);
    assert_eq!(SelfTestVerdict::of(&stopped, false), SelfTestVerdict::Interrupted);
}

#[test]
fn the_limit_is_the_highest_rate_in_tolerance_and_what_stopped_the_next() {
    let mut climb = cells(&[
        (CellVerdict::InTolerance, true),
        (CellVerdict::InTolerance, true),
        (CellVerdict::Saturated, true),
    ]);
    for (cell, rate) in climb.iter_mut().zip([500.0, 1_000.0, 2_000.0]) {
        cell.rate_per_s = rate;
    }
    climb[2].findings = vec![Finding::BotCpu];
    let limits = limits::limits(&climb);
    assert_eq!(limits.len(), 1);
    let limit = &limits[0];
    assert_eq!(
        (limit.in_tolerance_per_s, limit.stopped_at_per_s),
        (Some(1_000.0), Some(2_000.0))
    );
    assert_eq!(limit.stopped_by, [Finding::BotCpu]);
}
