use super::*;
use crate::self_test::fixture::{held_cell, judged};

#[test]
fn equal_counts_and_close_times_are_in_tolerance() {
    let cell = judged(&held_cell(CellFault::None));
    assert_eq!(cell.findings, []);
    assert_eq!(cell.verdict, CellVerdict::InTolerance);
    assert_eq!((cell.turns, cell.miscounted), (100, 0));
    assert_eq!(cell.cpu_us_per_turn.map(f64::round), Some(100.0));
}

#[test]
fn one_turn_counted_otherwise_is_out_of_tolerance() {
    let mut one_less = held_cell(CellFault::None);
    one_less.truth.turns.pop();
    let mut one_other = held_cell(CellFault::None);
    one_other.truth.turns[17].fault = Some(crate::scenario::Fault::Refused);
    for doctored in [one_less, one_other] {
        let cell = judged(&doctored);
        assert_eq!(cell.miscounted, 1);
        assert_eq!(cell.findings, [Finding::Miscounted]);
        assert_eq!(cell.verdict, CellVerdict::OutOfTolerance);
    }
}

#[test]
fn a_time_beyond_its_tolerance_is_out_and_in_a_climb_the_machines_limit() {
    let mut slow = held_cell(CellFault::None);
    slow.run.totals.wire_time_ms.p50 = Some(20.0 + TOLERANCE.p50_ms + 0.5);
    assert_eq!(judged(&slow).verdict, CellVerdict::OutOfTolerance);
    slow.plan.is_climb = true;
    let cell = judged(&slow);
    assert_eq!(
        (cell.verdict, cell.findings),
        (CellVerdict::Saturated, vec![Finding::TimesOff])
    );
}

#[test]
fn a_time_that_is_missing_is_off() {
    let mut missing = held_cell(CellFault::None);
    missing.run.totals.reply_time_ms.p99 = None;
    assert_eq!(judged(&missing).findings, [Finding::TimesOff]);
}

#[test]
fn a_generator_that_is_late_is_saturated_and_its_times_are_not_judged() {
    let mut late = held_cell(CellFault::None);
    late.run.totals.wire_time_ms.p99 = Some(900.0);
    late.run.generator.schedule_lag_ms.p99 = Some(TOLERANCE.lag_p99_ms + 1.0);
    let cell = judged(&late);
    assert_eq!(cell.findings, [Finding::GeneratorLag]);
    assert_eq!(cell.verdict, CellVerdict::Saturated);
    late.cpu_s = Some(0.95);
    assert_eq!(judged(&late).findings, [Finding::GeneratorCpu]);
}

#[test]
fn a_spent_bot_is_no_yardstick() {
    let mut spent = held_cell(CellFault::None);
    spent.bot_cpu_s = Some(0.97);
    spent.run.totals.wire_time_ms.p99 = Some(900.0);
    let cell = judged(&spent);
    assert_eq!(
        (cell.verdict, cell.findings),
        (CellVerdict::Saturated, vec![Finding::BotCpu])
    );
}

#[test]
fn counts_are_not_held_against_throng_when_the_machine_stood_still() {
    let mut stalled = held_cell(CellFault::None);
    stalled.truth.turns.pop();
    stalled.run.generator.schedule_lag_ms.max = Some(501.0);
    let cell = judged(&stalled);
    assert_eq!(cell.findings, [Finding::Miscounted, Finding::Disturbed]);
    assert_eq!(cell.verdict, CellVerdict::Saturated);
}

#[test]
fn conversations_that_never_began_are_the_machines_limit() {
    let mut short = held_cell(CellFault::None);
    short.run.generator.planned += 1;
    assert_eq!(judged(&short).findings, [Finding::NotSent]);
}

#[test]
fn a_freeze_must_be_told_in_full() {
    let mut frozen = held_cell(CellFault::Freeze);
    let cell = judged(&frozen);
    assert_eq!(
        cell.verdict,
        CellVerdict::InTolerance,
        "{:?} {:?}",
        cell.findings,
        cell.freeze
    );
    // Late answers are answers here: the bot does not know the deadline.
    assert_eq!(cell.miscounted, 0);
    let waits = cell.freeze.unwrap();
    frozen.run.totals.reply_time_ms.p90 = Some(waits.one_at_a_time.p90);
    assert_eq!(judged(&frozen).findings, [Finding::FreezeOff]);
    let mut omitted = held_cell(CellFault::Freeze);
    omitted.run.totals.turns.answered += omitted.run.totals.turns.late - 1;
    omitted.run.totals.turns.late = 1;
    assert_eq!(judged(&omitted).findings, [Finding::FreezeOff]);
}
