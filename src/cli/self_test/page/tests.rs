use throng::conversation::Language;
use throng::self_test::{Cell, CellFault, Compared, Count, Finding, SelfTest, TimeError};

use super::*;

fn time(p50: f64, p99: f64) -> TimeError {
    let compared = |error: f64| Compared {
        reported: Some(20.0 + error),
        truth: Some(20.0),
        error: Some(error),
    };
    TimeError {
        p50: compared(p50),
        p99: compared(p99),
    }
}

fn cell() -> Cell {
    let value = serde_json::json!({
        "protocol": "openai-chat-stream", "rate_per_s": 100.0, "open_conversations": 12, "fault": "none", "is_climb": false, "tries": 1,
        "turns": 2_000, "counts": [{"of": "sent", "reported": 2_000, "truth": 2_000}], "miscounted": 0,
        "times": {"wire_time_ms": null, "first_text_ms": null, "reply_time_ms": null},
        "schedule_lag_ms": {"p50": 0.1, "p99": 0.4, "max": 2.0},
        "cpu_us_per_turn": 212.4, "cpu_cores": 0.02, "bot_cpu_cores": 0.1, "freeze": null, "findings": [], "verdict": "in_tolerance"
    });
    let mut cell: Cell = serde_json::from_value(value).unwrap();
    cell.times.wire_time_ms = Some(time(0.4, 1.25));
    cell.times.reply_time_ms = Some(time(0.45, -1.5));
    cell
}

fn found(cells: Vec<Cell>, verdict: &str) -> SelfTest {
    let value = serde_json::json!({
        "schema": "throng.self-test/1", "throng": "0.1.0", "started_at": "2026-11-10T23:50:00Z", "duration_s": 21.4,
        "verdict": verdict, "tolerance": throng::self_test::TOLERANCE,
        "machine": {"cores": 2, "open_files": 1_024, "open_files_at_most": 1_048_576, "local_ports": 28_232,
                    "wakes_late_us_p50": 60.0, "wakes_late_us_p99": 140.0, "realtime_priority": false},
        "limits": [{"protocol": "openai-chat-stream", "in_tolerance_per_s": 100.0, "stopped_at_per_s": 200.0, "stopped_by": ["bot_cpu"]}],
        "cells": cells
    });
    serde_json::from_value(value).unwrap()
}

fn wrong_cell() -> Cell {
    let freeze = serde_json::json!({
        "reported": {"over_500_ms": 1.0, "mean": 2.5, "p90": 1.0, "p95": 1.0, "p99": 1.0},
        "on_paper": {"over_500_ms": 150.0, "mean": 200.0, "p90": 1_000.0, "p95": 1_500.0, "p99": 1_900.0},
        "one_at_a_time": {"over_500_ms": 1.0, "mean": 2.5, "p90": 0.0, "p95": 0.0, "p99": 0.0}
    });
    Cell {
        fault: CellFault::Freeze,
        miscounted: 1,
        counts: vec![Count {
            of: "answered".to_owned(),
            reported: 1_999,
            truth: 2_000,
        }],
        freeze: serde_json::from_value(freeze).unwrap(),
        findings: vec![Finding::Miscounted, Finding::FreezeOff],
        verdict: CellVerdict::OutOfTolerance,
        ..cell()
    }
}

#[test]
fn a_page_in_a_pipe_has_every_column() {
    let page = page(
        &found(vec![cell(), wrong_cell()], "out_of_tolerance"),
        Words(Language::En),
        u16::MAX,
        false,
    );
    insta::assert_snapshot!(page, @"
    protocol            rate/s  open  faults      turns  miscounted       wire  first text      reply      lag  µs/turn
    openai-chat-stream     100    12  none         2000           0  +0.4/+1.2           -  +0.5/-1.5  0.1/0.4      212  ok
    openai-chat-stream     100    12  freeze 2 s   2000           1  +0.4/+1.2           -  +0.5/-1.5  0.1/0.4      212  WRONG

    errors are throng's figure minus the bot's, median/p99 in ms; lag is throng's own lateness; µs/turn its
      processor time
    counts: 4,000 turns, 1 counted otherwise than the bot treated them (tolerated: 0)
    times: largest error of a median +0.5 ms (tolerated: 5), of a p99 -1.5 ms (tolerated: 25)
    freeze of 2 s, openai-chat-stream at 100/s: turns over 500 ms 1 (on paper 150), mean 2 ms (200), p90 1 (1000),
      p95 1 (1500), p99 1 (1900); a tool that waits for each answer would tell of 1 turn and a p99 of 0 ms
    machine: 2 cores, 1,048,576 descriptors (1,024 at the start), 28,232 local ports per target, wakes 60 µs late
      (p99 140 µs), real-time priority not available
    limit of openai-chat-stream: in tolerance at 100/s; at 200/s the built-in bot had used up its core
    ! openai-chat-stream 100/s freeze 2 s: counts differ from the bot's truth; waits under the freeze are not
      those of arithmetic; lag p99 0.4 ms; throng / bot: answered 1999 / 2000

    self-test: out of tolerance (2 cells, 21 s, throng 0.1.0)
    ");
}

#[test]
fn a_narrow_terminal_gets_a_paragraph_per_cell_within_its_width() {
    for language in Language::ALL {
        let page = page(
            &found(vec![cell(), wrong_cell()], "out_of_tolerance"),
            Words(language),
            44,
            false,
        );
        for line in page.lines() {
            assert!(console::measure_text_width(line) <= 60, "{line}");
        }
    }
    let page = page(&found(vec![cell()], "in_tolerance"), Words(Language::Zh), 44, false);
    insta::assert_snapshot!(page, @"
    openai-chat-stream 100/s 无：合格
      轮次 2000 计错 0
      链路 +0.4/+1.2 答复 +0.5/-1.5 ms

    误差 = throng 减机器人实情，中位数/p99，毫
      秒；发送延迟为 throng 自身的迟到；µs/轮 为
      throng 每轮的处理器时间
    计数：2,000 个轮次，与机器人实情不符 0 个
      （允许 0）
    时间：中位数误差最大 +0.5 ms（允许 ±5），p99
      误差最大 -1.5 ms（允许 ±25）
    本机：2 核，描述符 1,048,576（初始 1,024），
      每个目标 28,232 个本地端口，唤醒迟到 60
      µs（p99 140 µs），实时优先级不可用
    上限 openai-chat-stream：最高 100/s 在误差范
      围内；200/s 时：内置机器人的核已满

    自检：在误差范围内（1 格，21 秒，0.1.0）
    ");
}

#[test]
fn a_table_that_does_not_fit_loses_its_lightest_columns() {
    let table = table(&[cell()], Words(Language::En), 80);
    insta::assert_snapshot!(table, @"
    protocol            rate/s  faults  turns  miscounted      reply      lag
    openai-chat-stream     100  none     2000           0  +0.5/-1.5  0.1/0.4  ok
    ");
    for width in 72..140 {
        let widest = super::table(&[cell(), wrong_cell()], Words(Language::En), width)
            .lines()
            .map(console::measure_text_width)
            .max();
        assert!(widest.unwrap() <= width, "{width}");
    }
}

#[test]
fn colour_is_only_where_it_may_be() {
    let found = found(vec![cell()], "in_tolerance");
    let with = |colour| page(&found, Words(Language::En), 100, colour);
    assert!(with(true).contains("\x1b[1;32min tolerance\x1b[0m"));
    assert!(!with(false).contains('\x1b'));
}
