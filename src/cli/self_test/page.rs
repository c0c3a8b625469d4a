//! The page that `throng self-test` prints.

use throng::self_test::{Cell, CellVerdict, Finding, FreezeWaits, Limit, Machine, SelfTest, SelfTestVerdict};

use super::table::table;
use super::words::{Words, grouped, plain, signed};

/// Nothing is laid out narrower than this.
const NARROWEST: usize = 40;
/// Sentences in a pipe are folded here; tables are as wide as they must be.
const SENTENCES: usize = 110;

/// The whole page in at most `width` columns.
pub(super) fn page(found: &SelfTest, words: Words, width: u16, colour: bool) -> String {
    let width = usize::from(width).max(NARROWEST);
    let mut parts = vec![table(&found.cells, words, width), legend(words)];
    let sentences = [counts(found, words), times(found, words)]
        .into_iter()
        .chain(found.cells.iter().filter_map(|cell| freeze(cell, words)))
        .chain([machine(&found.machine, words)])
        .chain(found.limits.iter().map(|limit| reach(limit, words)))
        .chain(found.cells.iter().filter_map(|cell| wrong(cell, words)));
    parts.extend(sentences);
    let mut lines: Vec<String> = parts[..1].to_vec();
    lines.push(String::new());
    lines.extend(parts[1..].iter().map(|part| folded(part, width.min(SENTENCES))));
    lines.push(String::new());
    lines.push(verdict(found, words, colour));
    lines.join("\n")
}

fn legend(words: Words) -> String {
    words
        .pick(
            "误差 = throng 减机器人实情，中位数/p99，毫秒；发送延迟为 throng 自身的迟到；µs/轮 为 throng 每轮的处理器时间",
            "errors are throng's figure minus the bot's, median/p99 in ms; lag is throng's own lateness; µs/turn its processor time",
        )
        .to_owned()
}

/// Over the cells in which counts could be judged.
fn counts(found: &SelfTest, words: Words) -> String {
    let is_judged = |cell: &&Cell| !cell.findings.contains(&Finding::Disturbed);
    let all: u64 = found.cells.iter().map(|cell| cell.turns).sum();
    let turns: u64 = found.cells.iter().filter(is_judged).map(|cell| cell.turns).sum();
    let miscounted: u64 = found.cells.iter().filter(is_judged).map(|cell| cell.miscounted).sum();
    let (not_judged, turns, tolerated) = (all - turns, grouped(turns), found.tolerance.miscounted);
    let mut text = words.pick(
        format!("计数：{turns} 个轮次，与机器人实情不符 {miscounted} 个（允许 {tolerated}）"),
        format!(
            "counts: {turns} turns, {miscounted} counted otherwise than the bot treated them (tolerated: {tolerated})"
        ),
    );
    if not_judged > 0 {
        let not_judged = grouped(not_judged);
        text += &words.pick(
            format!("；另有 {not_judged} 个轮次无法判断"),
            format!("; {not_judged} more could not be judged"),
        );
    }
    text
}

/// Over the cells in which times could be judged.
fn times(found: &SelfTest, words: Words) -> String {
    let judged = || found.cells.iter().filter(|cell| cell.verdict != CellVerdict::Saturated);
    let largest = |pick: fn(&Cell) -> Option<f64>| {
        judged()
            .filter_map(pick)
            .max_by(|one, other| one.abs().total_cmp(&other.abs()))
    };
    let p50 = signed(largest(|cell| cell.largest_errors().0));
    let p99 = signed(largest(|cell| cell.largest_errors().1));
    let (allowed_p50, allowed_p99) = (found.tolerance.p50_ms, found.tolerance.p99_ms);
    words.pick(
        format!("时间：中位数误差最大 {p50} ms（允许 ±{allowed_p50}），p99 误差最大 {p99} ms（允许 ±{allowed_p99}）"),
        format!("times: largest error of a median {p50} ms (tolerated: {allowed_p50}), of a p99 {p99} ms (tolerated: {allowed_p99})"),
    )
}

fn freeze(cell: &Cell, words: Words) -> Option<String> {
    let FreezeWaits {
        reported,
        on_paper,
        one_at_a_time,
    } = cell.freeze?;
    let (protocol, rate) = (&cell.protocol, cell.rate_per_s);
    Some(words.pick(
        format!(
            "冻结 2 秒，{protocol} {rate}/s：超过 500 ms 的轮次 {:.0}（理论值 {:.0}），平均 {:.0} ms（{:.0}），p90 {:.0}（{:.0}），\
             p95 {:.0}（{:.0}），p99 {:.0}（{:.0}）；等到答复才发下一条的工具只会报告 {:.0} 个轮次、p99 {:.0} ms",
            reported.over_500_ms, on_paper.over_500_ms, reported.mean, on_paper.mean, reported.p90, on_paper.p90,
            reported.p95, on_paper.p95, reported.p99, on_paper.p99, one_at_a_time.over_500_ms, one_at_a_time.p99,
        ),
        format!(
            "freeze of 2 s, {protocol} at {rate}/s: turns over 500 ms {:.0} (on paper {:.0}), mean {:.0} ms ({:.0}), p90 {:.0} ({:.0}), \
             p95 {:.0} ({:.0}), p99 {:.0} ({:.0}); a tool that waits for each answer would tell of {:.0} turn and a p99 of {:.0} ms",
            reported.over_500_ms, on_paper.over_500_ms, reported.mean, on_paper.mean, reported.p90, on_paper.p90,
            reported.p95, on_paper.p95, reported.p99, on_paper.p99, one_at_a_time.over_500_ms, one_at_a_time.p99,
        ),
    ))
}

fn machine(machine: &Machine, words: Words) -> String {
    let known = |number: Option<u64>| number.map_or_else(|| words.pick("未知", "unknown").to_owned(), grouped);
    let (files, at_most, ports) = (
        known(machine.open_files),
        known(machine.open_files_at_most),
        known(machine.local_ports),
    );
    let (p50, p99) = (machine.wakes_late_us_p50, machine.wakes_late_us_p99);
    let realtime = match machine.realtime_priority {
        Some(true) => words.pick("可用", "available"),
        Some(false) => words.pick("不可用", "not available"),
        None => words.pick("未知", "unknown"),
    };
    let cores = machine.cores;
    words.pick(
        format!("本机：{cores} 核，描述符 {at_most}（初始 {files}），每个目标 {ports} 个本地端口，唤醒迟到 {p50:.0} µs（p99 {p99:.0} µs），实时优先级{realtime}"),
        format!(
            "machine: {cores} cores, {at_most} descriptors ({files} at the start), {ports} local ports per target, \
             wakes {p50:.0} µs late (p99 {p99:.0} µs), real-time priority {realtime}"
        ),
    )
}

fn reach(limit: &Limit, words: Words) -> String {
    let protocol = &limit.protocol;
    let best = limit
        .in_tolerance_per_s
        .map_or_else(|| "-".to_owned(), |rate| format!("{rate}/s"));
    match limit.stopped_at_per_s {
        None => words.pick(
            format!("上限 {protocol}：最高 {best} 在误差范围内，未再往上试"),
            format!("limit of {protocol}: in tolerance at {best}, the highest rate that was tried"),
        ),
        Some(rate) => {
            let why = words.findings(&limit.stopped_by);
            words.pick(
                format!("上限 {protocol}：最高 {best} 在误差范围内；{rate}/s 时：{why}"),
                format!("limit of {protocol}: in tolerance at {best}; at {rate}/s {why}"),
            )
        }
    }
}

/// What is wrong in a cell, with the counts that differ.
fn wrong(cell: &Cell, words: Words) -> Option<String> {
    if cell.verdict == CellVerdict::InTolerance || cell.is_climb && cell.verdict == CellVerdict::Saturated {
        return None;
    }
    let differ: Vec<String> = cell
        .counts
        .iter()
        .filter(|count| count.reported != count.truth)
        .map(|count| format!("{} {} / {}", count.of, count.reported, count.truth))
        .collect();
    let lag = plain(cell.schedule_lag_ms.p99);
    let (protocol, rate, fault) = (&cell.protocol, cell.rate_per_s, words.fault(cell.fault));
    let findings = words.findings(&cell.findings);
    let mut text = words.pick(
        format!("! {protocol} {rate}/s {fault}：{findings}；发送延迟 p99 {lag} ms"),
        format!("! {protocol} {rate}/s {fault}: {findings}; lag p99 {lag} ms"),
    );
    if !differ.is_empty() {
        text += words.pick("；throng / 机器人：", "; throng / bot: ");
        text += &differ.join(", ");
    }
    Some(text)
}

fn verdict(found: &SelfTest, words: Words, colour: bool) -> String {
    let verdict = words.verdict(found.verdict);
    let code = match found.verdict {
        SelfTestVerdict::InTolerance => "32",
        SelfTestVerdict::OutOfTolerance => "31",
        SelfTestVerdict::Saturated | SelfTestVerdict::Interrupted => "33",
    };
    let painted = match colour {
        true => format!("\x1b[1;{code}m{verdict}\x1b[0m"),
        false => verdict.to_owned(),
    };
    let (cells, seconds) = (found.cells.len(), found.duration_s);
    words.pick(
        format!("自检：{painted}（{cells} 格，{seconds:.0} 秒，{}）", found.throng),
        format!(
            "self-test: {painted} ({cells} cells, {seconds:.0} s, throng {})",
            found.throng
        ),
    )
}

/// Folded at spaces, and at any character where a script has none; lines after the first are indented.
fn folded(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in words_of(text) {
        if !line.trim().is_empty()
            && console::measure_text_width(&line) + console::measure_text_width(word.trim_end()) > width
        {
            lines.push(line.trim_end().to_owned());
            line = "  ".to_owned();
        }
        line += word;
    }
    lines.push(line.trim_end().to_owned());
    lines.join("\n")
}

/// Pieces between which a line may end: behind a space, and behind a wide character unless a mark follows that belongs to it.
fn words_of(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((place, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let is_wide = console::measure_text_width(character.encode_utf8(&mut [0; 4])) > 1;
        let may_end =
            character == ' ' || is_wide && character != '（' && !next.is_some_and(|next| "，。；：、）".contains(next));
        if may_end {
            let end = place + character.len_utf8();
            words.push(&text[start..end]);
            start = end;
        }
    }
    words.push(&text[start..]);
    words
}

#[cfg(test)]
mod tests;
