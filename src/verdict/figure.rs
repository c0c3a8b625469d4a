//! The figure that a threshold speaks of, with its interval.

use crate::conversation::Outcome;
use crate::metrics::{Latency, Metrics, Proportion, Time};
use crate::quality::{SliceTally, Tally};
use crate::scenario::{CountMetric, Metric, RateMetric, Scenario, Stat, TimeMetric};

use super::Slices;

/// What a run measured, together with what was asked.
#[derive(Clone, Copy)]
pub struct Measured<'a> {
    /// What was asked.
    pub scenario: &'a Scenario,
    /// The slices of that scenario, by which metrics and tally count.
    pub slices: &'a Slices,
    /// Turns, conversations and times.
    pub metrics: &'a Metrics,
    /// Scores.
    pub tally: &'a Tally,
}

/// A figure with its interval: seconds for times, 0 to 1 for rates and quality. Infinite is "never".
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure {
    pub(super) samples: u64,
    pub(super) observed: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

/// More of its turns than this cut short, and a slice says nothing of rates.
const MOST_CUT_SHORT: f64 = 0.005;

/// Fewer of its answered turns than this scored, and a slice says nothing of quality.
pub(super) const LEAST_SCORED: f64 = 0.8;

impl Figure {
    /// A figure that is what it is: no interval.
    pub(super) fn exact(samples: u64, value: f64) -> Figure {
        Figure {
            samples,
            observed: value,
            low: value,
            high: value,
        }
    }

    /// This many times the figure.
    pub(super) fn times(self, factor: f64) -> Figure {
        Figure {
            samples: self.samples,
            observed: self.observed * factor,
            low: self.low * factor,
            high: self.high * factor,
        }
    }
}

/// True when the figure is what it is and not an estimate: counts and maxima speak of this run, not of the bot at large.
pub(super) fn is_exact(stat: Stat) -> bool {
    matches!(stat, Stat::Count | Stat::Max)
}

/// True when our own end cut off so many turns of this slice that those left would flatter or blame.
pub(super) fn is_cut_off(metrics: &Metrics, place: usize) -> bool {
    let cut_short = metrics.ledger(place).cut_short().rate();
    cut_short.is_some_and(|rate| rate > MOST_CUT_SHORT)
}

impl Measured<'_> {
    /// The figure of a metric in a slice.
    ///
    /// # Errors
    /// Why there is no data, in words.
    pub(super) fn figure(&self, metric: Metric, stat: Stat, place: usize, confidence: f64) -> Result<Figure, String> {
        let figure = match metric {
            Metric::Time(time) => time_figure(self.metrics.latency(place, time_of(time)), stat, confidence),
            Metric::Rate(rate) => self.rate_figure(rate, stat, place, confidence)?,
            Metric::Quality => self.quality_figure(place, confidence)?,
            Metric::Count(count) => self.count_figure(count, place),
        };
        match figure {
            Some(figure) if figure.samples > 0 => Ok(figure),
            _ => Err("nothing was measured".to_owned()),
        }
    }

    fn rate_figure(&self, rate: RateMetric, stat: Stat, place: usize, at: f64) -> Result<Option<Figure>, String> {
        let ledger = self.metrics.ledger(place);
        let proportion = match rate {
            RateMetric::Served => return Ok(served_figure(self.tally.slice(place), stat, at)),
            RateMetric::Missed => ledger.missed(),
            RateMetric::Dropped => ledger.dropped(),
            // What was cut short is in no rate, but can be counted.
            RateMetric::Outcome(Outcome::CutShort) if stat == Stat::Count => ledger.cut_short(),
            RateMetric::Outcome(outcome) => ledger.share_of(outcome),
            RateMetric::Ending(ending) if stat == Stat::Count => Proportion {
                count: ledger.ending(ending),
                of: ledger.ended(),
            },
            RateMetric::Ending(ending) => ledger.share_of_ending(ending),
            RateMetric::Check(check) => {
                let tally = self.scored(place)?;
                let [pass, fail, _] = tally.checks[check];
                Proportion {
                    count: fail,
                    of: pass + fail,
                }
            }
        };
        Ok(proportion_figure(proportion, stat, at))
    }

    fn quality_figure(&self, place: usize, confidence: f64) -> Result<Option<Figure>, String> {
        let samples = self.scored(place)?.scored;
        let quality = self.tally.quality(place, confidence);
        Ok(quality.map(|(observed, low, high)| Figure {
            samples,
            observed,
            low,
            high,
        }))
    }

    /// The scores of a slice, if enough of its answers have one.
    fn scored(&self, place: usize) -> Result<&SliceTally, String> {
        let tally = self.tally.slice(place);
        let (scored, answered) = (tally.scored, tally.answered);
        if (scored as f64) < LEAST_SCORED * answered as f64 {
            return Err(format!(
                "only {scored} of {answered} answers could be scored, fewer than 80 %"
            ));
        }
        Ok(tally)
    }

    fn count_figure(&self, count: CountMetric, place: usize) -> Option<Figure> {
        let ledger = self.metrics.ledger(place);
        let value = match count {
            CountMetric::CrossTalk => self.tally.slice(place).cross_talk,
            CountMetric::Duplicates => ledger.duplicates,
            CountMetric::Unsolicited => ledger.unsolicited,
        };
        Some(Figure::exact(ledger.closed(), value as f64))
    }
}

fn time_of(metric: TimeMetric) -> Time {
    match metric {
        TimeMetric::ReplyTime => Time::Reply,
        TimeMetric::WireTime => Time::Wire,
        TimeMetric::FirstTextTime => Time::FirstText,
        TimeMetric::ChunkGap => Time::ChunkGap,
        TimeMetric::ScheduleLag => Time::ScheduleLag,
    }
}

fn time_figure(latency: &Latency, stat: Stat, confidence: f64) -> Option<Figure> {
    let samples = latency.count();
    let seconds = |time: Option<std::time::Duration>| time.map_or(f64::INFINITY, |time| time.as_secs_f64());
    match stat {
        Stat::Mean => latency.mean_interval(confidence).map(|mean| Figure {
            samples,
            observed: mean.value,
            low: mean.low,
            high: mean.high,
        }),
        Stat::Quantile(quantile) => latency.quantile_interval(quantile, confidence).map(|found| Figure {
            samples,
            observed: seconds(found.observed),
            low: seconds(found.low),
            high: seconds(found.high),
        }),
        Stat::Max => Some(Figure::exact(samples, seconds(latency.max()))),
        Stat::Rate | Stat::Count => None,
    }
}

pub(super) fn proportion_figure(proportion: Proportion, stat: Stat, confidence: f64) -> Option<Figure> {
    if stat == Stat::Count {
        return Some(Figure::exact(proportion.of, proportion.count as f64));
    }
    proportion.wilson(confidence).map(|rate| Figure {
        samples: proportion.of,
        observed: rate.value,
        low: rate.low,
        high: rate.high,
    })
}

/// Served turns: those that could not be scored count as not served at the lower end, as served at the upper end.
pub(super) fn served_figure(tally: &SliceTally, stat: Stat, confidence: f64) -> Option<Figure> {
    let with = |count: u64| {
        let proportion = Proportion { count, of: tally.turns };
        proportion_figure(proportion, stat, confidence)
    };
    let (least, most) = (with(tally.served)?, with(tally.served + tally.served_unknown)?);
    Some(Figure {
        high: most.high,
        ..least
    })
}
