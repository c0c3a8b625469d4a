//! Live progress of a run on standard error: a small picture on a terminal, a line every ten seconds elsewhere.

use std::io::{self, IsTerminal};
use std::time::Duration;

use console::{Term, measure_text_width};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use throng::conversation::Language;
use throng::rehearsal::{ChannelSnapshot, Snapshot};

use super::console::tell;
use super::signals::Tell;

const LINE_EVERY: Duration = Duration::from_secs(10);

/// Shows how a run goes on.
pub(crate) enum Live {
    Silent,
    Lines {
        next: Duration,
        language: Language,
    },
    Picture {
        bars: Vec<ProgressBar>,
        all: MultiProgress,
        language: Language,
    },
}

impl Live {
    /// A picture where standard error is a terminal and it is wanted, else lines.
    pub(crate) fn new(quiet: bool, no_tui: bool, channels: usize, language: Language) -> Live {
        if quiet {
            return Live::Silent;
        }
        if no_tui || !io::stderr().is_terminal() {
            return Live::Lines {
                next: LINE_EVERY,
                language,
            };
        }
        let all = MultiProgress::new();
        let style = ProgressStyle::with_template("{msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
        let bars = (0..channels + 3)
            .map(|_| {
                let bar = all.add(ProgressBar::new(0));
                bar.set_style(style.clone());
                bar
            })
            .collect();
        Live::Picture { bars, all, language }
    }

    /// Starts over for another run.
    pub(crate) fn restart(&mut self) {
        match self {
            Live::Silent => {}
            Live::Lines { next, .. } => *next = LINE_EVERY,
            Live::Picture { bars, .. } => bars.iter().for_each(ProgressBar::reset),
        }
    }

    /// Shows this moment.
    pub(crate) fn show(&mut self, snapshot: &Snapshot) {
        match self {
            Live::Silent => {}
            Live::Lines { next, language } => {
                if snapshot.at >= *next {
                    *next = snapshot.at + LINE_EVERY;
                    let parts = [clock(snapshot), totals(snapshot, *language)].concat();
                    tell(&parts.join("  "));
                }
            }
            Live::Picture { bars, language, .. } => {
                let mut lines = vec![clock(snapshot), totals(snapshot, *language), rates(snapshot, *language)];
                lines.extend(snapshot.channels.iter().map(|channel| figures(channel, *language)));
                let width = picture_width();
                let lines = lines.iter().map(|parts| folded(parts, width));
                for (bar, line) in bars.iter().zip(lines) {
                    bar.set_message(line);
                    bar.tick();
                }
            }
        }
    }

    /// Tells something above the picture, which would else be drawn over it.
    pub(crate) fn tell(&self) -> Tell {
        match self {
            Live::Silent | Live::Lines { .. } => Box::new(tell),
            Live::Picture { all, .. } => {
                let all = all.clone();
                Box::new(move |text| all.suspend(|| tell(text)))
            }
        }
    }

    /// Clears the picture, so that the report starts on a clean screen.
    pub(crate) fn clear(&self) {
        if let Live::Picture { bars, .. } = self {
            bars.iter().for_each(ProgressBar::finish_and_clear);
        }
    }
}

/// The parts of a line on as many lines as they take: none is broken, those that follow are indented.
fn folded(parts: &[String], width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            Some(line) if measure_text_width(line) + 2 + measure_text_width(part) <= width => {
                *line += &format!("  {part}")
            }
            Some(_) => lines.push(format!("    {}", part.trim_start())),
            None => lines.push(part.clone()),
        }
    }
    lines.join("\n")
}

/// The columns of the terminal that the picture is drawn on.
fn picture_width() -> usize {
    Term::stderr()
        .size_checked()
        .map_or(usize::MAX, |(_, columns)| usize::from(columns))
}

/// Bar and time, then the phase: `[########------]  42/100 s`, `midnight`.
fn clock(snapshot: &Snapshot) -> Vec<String> {
    const WIDTH: usize = 24;
    let (at, length) = (snapshot.at.as_secs_f64(), snapshot.traffic_length.as_secs_f64());
    let share = if length > 0.0 { (at / length).min(1.0) } else { 1.0 };
    let filled = (share * WIDTH as f64) as usize;
    vec![
        format!(
            "[{}{}] {at:>4.0}/{length:.0} s",
            "#".repeat(filled),
            "-".repeat(WIDTH - filled)
        ),
        snapshot.phase.clone(),
    ]
}

fn totals(snapshot: &Snapshot, language: Language) -> Vec<String> {
    let Snapshot {
        started,
        planned,
        open,
        sent,
        answered,
        missed,
        ..
    } = snapshot;
    // A closed workload has no number to get to.
    let of = planned.map_or_else(String::new, |planned| format!("/{planned}"));
    match language {
        Language::Zh => vec![
            format!("会话 {started}{of}（进行中 {open}）"),
            format!("轮次 已发 {sent}"),
            format!("及时答复 {answered}"),
            format!("漏回 {missed}"),
        ],
        Language::En => vec![
            format!("conversations {started}{of} ({open} open)"),
            format!("turns sent {sent}"),
            format!("answered in time {answered}"),
            format!("missed {missed}"),
        ],
    }
}

fn rates(snapshot: &Snapshot, language: Language) -> Vec<String> {
    let (arriving, sending) = (snapshot.started_per_s, snapshot.sent_per_s);
    let lag = snapshot.lag_p99.map_or_else(
        || "-".to_owned(),
        |lag| format!("{:.1} ms", lag.as_secs_f64() * 1_000.0),
    );
    match language {
        Language::Zh => vec![
            format!("每秒 新会话 {arriving}"),
            format!("消息轮次 {sending}"),
            format!("发送延迟 p99 {lag}"),
        ],
        Language::En => vec![
            format!("per second: {arriving} new"),
            format!("{sending} turns sent"),
            format!("schedule lag p99 {lag}"),
        ],
    }
}

fn figures(channel: &ChannelSnapshot, language: Language) -> Vec<String> {
    let p95 = channel
        .reply_p95
        .map_or_else(|| "-".to_owned(), |time| format!("{:.2} s", time.as_secs_f64()));
    let (sent, answered, missed) = match language {
        Language::Zh => ("已发", "答复", "漏回"),
        Language::En => ("sent", "answered", "missed"),
    };
    vec![
        format!("  {:<12} {sent} {:>7}", channel.name, channel.sent),
        format!("{answered} {:>7}", channel.answered),
        format!("{missed} {:>6}", channel.missed),
        format!("p95 {p95}"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_folded_between_its_parts() {
        let parts = ["  douyin       sent      12", "answered      11", "missed      1"].map(str::to_owned);
        assert_eq!(
            folded(&parts, 100),
            "  douyin       sent      12  answered      11  missed      1"
        );
        assert_eq!(
            folded(&parts, 40),
            "  douyin       sent      12\n    answered      11  missed      1"
        );
    }
}
