//! The seconds of a run, gathered into steps that a picture can show.

use crate::verdict::{Evidence, Second};

/// No more steps than this in a picture: a finer line is noise at that width.
const STEPS: f64 = 150.0;

/// The whole run in steps of equal length.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) struct Series {
    /// Length of a step, whole seconds.
    pub(in crate::report) step_s: u32,
    /// End of the last phase or of the last second with data.
    pub(in crate::report) end_s: f64,
    /// The steps in the order of time, without holes.
    pub(in crate::report) buckets: Vec<Bucket>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::report) struct Bucket {
    /// From the run's start.
    pub(in crate::report) start_s: f64,
    /// Its length; the last may be shorter.
    pub(in crate::report) length_s: f64,
    /// Turns due, cut-short ones included.
    pub(in crate::report) sent: u64,
    pub(in crate::report) answered: u64,
    pub(in crate::report) served: u64,
    pub(in crate::report) late: u64,
    pub(in crate::report) dropped: u64,
    /// Absent where nothing was asked.
    pub(in crate::report) p50: Option<Wait>,
    pub(in crate::report) p95: Option<Wait>,
}

/// A percentile of reply times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::report) enum Wait {
    /// Milliseconds.
    Answered(f64),
    /// It falls among the unanswered.
    Never,
}

impl Wait {
    /// The time, unless never.
    pub(in crate::report) fn milliseconds(self) -> Option<f64> {
        match self {
            Wait::Answered(milliseconds) => Some(milliseconds),
            Wait::Never => None,
        }
    }
}

impl Bucket {
    /// The middle of the step.
    pub(super) fn middle_s(&self) -> f64 {
        self.start_s + self.length_s / 2.0
    }

    /// A number of turns per second.
    pub(in crate::report) fn per_second(&self, turns: u64) -> f64 {
        turns as f64 / self.length_s.max(1.0)
    }
}

impl Series {
    /// The steps of one channel, or of all together. Percentiles of several channels cannot be put together, so they are
    /// absent then.
    pub(in crate::report) fn of(evidence: &Evidence, channel: Option<u16>) -> Series {
        let last = evidence
            .seconds
            .iter()
            .map(|second| f64::from(second.second) + 1.0)
            .fold(0.0, f64::max);
        let phases = evidence
            .phases
            .iter()
            .map(|(_, _, end)| *end)
            .filter(|end| end.is_finite());
        let end_s = phases.fold(last, f64::max);
        let step_s = (end_s / STEPS).ceil().clamp(1.0, f64::from(u32::MAX)) as u32;
        let count = (end_s / f64::from(step_s)).ceil() as usize;
        let mut steps: Vec<Vec<&Second>> = vec![Vec::new(); count];
        for second in evidence
            .seconds
            .iter()
            .filter(|second| channel.is_none_or(|channel| channel == second.channel))
        {
            if let Some(step) = steps.get_mut((second.second / step_s) as usize) {
                step.push(second);
            }
        }
        let bucket = |(place, seconds): (usize, &Vec<&Second>)| {
            let start_s = place as f64 * f64::from(step_s);
            let length_s = f64::from(step_s).min(end_s - start_s);
            Bucket {
                start_s,
                length_s,
                ..gathered(seconds, channel.is_some())
            }
        };
        Series {
            step_s,
            end_s,
            buckets: steps.iter().enumerate().map(bucket).collect(),
        }
    }

    /// True when no question is in it.
    pub(in crate::report) fn is_empty(&self) -> bool {
        self.buckets.iter().all(|bucket| bucket.sent == 0)
    }
}

fn gathered(seconds: &[&Second], with_times: bool) -> Bucket {
    let sum = |field: fn(&Second) -> u64| seconds.iter().map(|second| field(second)).sum();
    let time = |field: fn(&Second) -> Option<f64>| if with_times { middle(seconds, field) } else { None };
    Bucket {
        sent: sum(|second| second.sent),
        answered: sum(|second| second.answered),
        served: sum(|second| second.served.min(second.answered)),
        late: sum(|second| second.late),
        dropped: sum(|second| second.dropped),
        p50: time(|second| second.reply_p50_ms),
        p95: time(|second| second.reply_p95_ms),
        ..Bucket::default()
    }
}

/// The middle one of the seconds' percentiles, weighted by their questions; a second whose percentile is missing though
/// questions were asked ranks as never.
fn middle(seconds: &[&Second], field: fn(&Second) -> Option<f64>) -> Option<Wait> {
    let counted = |second: &Second| second.answered + second.late + second.dropped;
    let mut waits: Vec<(f64, u64)> = seconds
        .iter()
        .filter(|second| counted(second) > 0)
        .map(|second| {
            (
                field(second).filter(|time| time.is_finite()).unwrap_or(f64::INFINITY),
                counted(second),
            )
        })
        .collect();
    waits.sort_by(|one, other| one.0.total_cmp(&other.0));
    let all: u64 = waits.iter().map(|(_, turns)| turns).sum();
    let mut below = 0;
    let middle = waits.iter().find(|(_, turns)| {
        below += turns;
        2 * below >= all
    });
    middle.map(|(time, _)| {
        if time.is_finite() {
            Wait::Answered(*time)
        } else {
            Wait::Never
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture;
    use super::*;

    #[test]
    fn a_short_run_keeps_its_seconds_and_a_long_one_is_gathered() {
        let (_, mut evidence) = fixture::singles_day();
        let series = Series::of(&evidence, None);
        assert_eq!((series.step_s, series.buckets.len()), (1, 125));
        evidence.phases.push(("long".to_owned(), 125.0, 86_400.0));
        let series = Series::of(&evidence, None);
        assert_eq!((series.step_s, series.buckets.len()), (576, 150));
        assert_eq!(
            series.buckets[0].sent,
            evidence.seconds.iter().map(|second| second.sent).sum::<u64>()
        );
    }

    #[test]
    fn a_percentile_among_the_unanswered_is_never_and_without_questions_absent() {
        let second = |second, dropped, p50| Second {
            second,
            sent: dropped,
            dropped,
            reply_p50_ms: p50,
            ..Second::default()
        };
        let seconds = vec![second(0, 5, None), second(2, 1, Some(300.0))];
        let evidence = Evidence {
            seconds,
            ..Evidence::default()
        };
        let waits: Vec<Option<Wait>> = Series::of(&evidence, Some(0))
            .buckets
            .iter()
            .map(|bucket| bucket.p50)
            .collect();
        assert_eq!(waits, [Some(Wait::Never), None, Some(Wait::Answered(300.0))]);
    }

    #[test]
    fn no_evidence_is_an_empty_series() {
        assert!(Series::of(&Evidence::default(), None).is_empty());
    }
}
