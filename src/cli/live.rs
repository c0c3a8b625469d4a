//! Live progress of a run on standard error: a small picture on a terminal, a line every ten seconds elsewhere.

use std::io::{self, IsTerminal};
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use throng::conversation::Language;
use throng::rehearsal::Snapshot;

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
                    tell(&format!("{}  {}", clock(snapshot), totals(snapshot, *language)));
                }
            }
            Live::Picture { bars, language, .. } => {
                let mut lines = vec![clock(snapshot), totals(snapshot, *language), rates(snapshot, *language)];
                lines.extend(snapshot.channels.iter().map(|channel| {
                    let p95 = channel
                        .reply_p95
                        .map_or_else(|| "-".to_owned(), |time| format!("{:.2} s", time.as_secs_f64()));
                    match language {
                        Language::Zh => format!(
                            "  {:<12} 已发 {:>7}  答复 {:>7}  漏回 {:>6}  p95 {p95}",
                            channel.name, channel.sent, channel.answered, channel.missed
                        ),
                        Language::En => format!(
                            "  {:<12} sent {:>7}  answered {:>7}  missed {:>6}  p95 {p95}",
                            channel.name, channel.sent, channel.answered, channel.missed
                        ),
                    }
                }));
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

/// Bar, time and phase: `[########------]  42 s of 100 s  midnight`.
fn clock(snapshot: &Snapshot) -> String {
    const WIDTH: usize = 24;
    let (at, length) = (snapshot.at.as_secs_f64(), snapshot.traffic_length.as_secs_f64());
    let share = if length > 0.0 { (at / length).min(1.0) } else { 1.0 };
    let filled = (share * WIDTH as f64) as usize;
    format!(
        "[{}{}] {at:>4.0}/{length:.0} s  {}",
        "#".repeat(filled),
        "-".repeat(WIDTH - filled),
        snapshot.phase
    )
}

fn totals(snapshot: &Snapshot, language: Language) -> String {
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
        Language::Zh => {
            format!("会话 {started}{of}（进行中 {open}）  轮次 已发 {sent} 及时答复 {answered} 漏回 {missed}")
        }
        Language::En => {
            format!(
                "conversations {started}{of} ({open} open)  turns sent {sent} answered in time {answered} missed {missed}"
            )
        }
    }
}

fn rates(snapshot: &Snapshot, language: Language) -> String {
    let (arriving, sending) = (snapshot.started_per_s, snapshot.sent_per_s);
    let lag = snapshot.lag_p99.map_or_else(
        || "-".to_owned(),
        |lag| format!("{:.1} ms", lag.as_secs_f64() * 1_000.0),
    );
    match language {
        Language::Zh => format!("每秒 新会话 {arriving} 消息轮次 {sending}  发送延迟 p99 {lag}"),
        Language::En => format!("per second: {arriving} new, {sending} turns sent   schedule lag p99 {lag}"),
    }
}
