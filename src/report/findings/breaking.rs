//! When the service broke, second by second.

use std::collections::BTreeMap;

use crate::verdict::{Evidence, Run};

/// The service is broken while it serves less than this part of what it serves when calm.
const BROKEN_BELOW: f64 = 0.8;
/// It must stay so for at least this many seconds ...
const FOR_SECONDS: u32 = 3;
/// ... and this many questions, so that a thin second or two is not a finding.
const FOR_QUESTIONS: u64 = 20;

/// When the service broke.
///
/// It broke in the first second from which the served share of every second with questions stays below 80 % of the calm
/// phase's served share, for at least 3 s and 20 questions. It recovered in the first later second from which the share stays
/// at or above that for as long. Seconds without questions neither break nor mend.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::report) struct Break<'run> {
    /// From the run's start.
    pub(in crate::report) second: u32,
    /// The phase in which it lies; empty when the phases are not known.
    pub(in crate::report) phase: &'run str,
    /// Questions per second over the seconds in which it broke.
    pub(in crate::report) per_second: f64,
    /// 80 % of the calm share.
    pub(in crate::report) floor: f64,
    /// The second in which it recovered, if it did.
    pub(in crate::report) until: Option<u32>,
}

/// A second in which questions were due, over all channels.
struct Moment {
    second: u32,
    asked: u64,
    served: u64,
}

/// Looks for it; absent without a calm phase that served anybody, without seconds, or when it never broke.
pub(in crate::report) fn breaking_point<'run>(run: &Run, evidence: &'run Evidence) -> Option<Break<'run>> {
    let (_, calm) = super::calm_phase(run)?;
    let floor = BROKEN_BELOW * calm.served.map(|served| served.rate).filter(|rate| *rate > 0.0)?;
    let moments = moments(evidence);
    let is_below = |moment: &Moment| (moment.served as f64) < floor * moment.asked as f64;
    let start = (0..moments.len()).find(|start| stays(&moments[*start..], is_below).is_some())?;
    let asked = stays(&moments[start..], is_below)?;
    let until = (start..moments.len()).find(|later| stays(&moments[*later..], |moment| !is_below(moment)).is_some());
    let second = moments[start].second;
    Some(Break {
        second,
        phase: phase_at(evidence, second),
        per_second: asked,
        floor,
        until: until.map(|place| moments[place].second),
    })
}

/// Questions per second over the shortest stretch from the first moment that is long enough, when all of it `agrees`.
fn stays(moments: &[Moment], agrees: impl Fn(&Moment) -> bool) -> Option<f64> {
    let first = moments.first()?.second;
    let mut asked = 0;
    for moment in moments {
        if !agrees(moment) {
            return None;
        }
        asked += moment.asked;
        let seconds = moment.second - first + 1;
        if seconds >= FOR_SECONDS && asked >= FOR_QUESTIONS {
            return Some(asked as f64 / f64::from(seconds));
        }
    }
    None
}

/// The seconds with questions in the order of time, cut-short ones left out.
fn moments(evidence: &Evidence) -> Vec<Moment> {
    let mut by_second: BTreeMap<u32, (u64, u64)> = BTreeMap::new();
    for second in &evidence.seconds {
        let entry = by_second.entry(second.second).or_default();
        entry.0 += second.answered + second.late + second.dropped;
        entry.1 += second.served;
    }
    let moments = by_second.into_iter().filter(|(_, (asked, _))| *asked > 0);
    moments
        .map(|(second, (asked, served))| Moment { second, asked, served })
        .collect()
}

fn phase_at(evidence: &Evidence, second: u32) -> &str {
    let middle = f64::from(second) + 0.5;
    let holds = evidence
        .phases
        .iter()
        .find(|(_, start, end)| (*start..*end).contains(&middle));
    holds.or(evidence.phases.last()).map_or("", |(name, _, _)| name)
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture;
    use super::*;
    use crate::verdict::Second;

    /// A run whose calm phase served all, and a second per pair (asked, served).
    fn run_with(seconds: &[(u64, u64)]) -> (Run, Evidence) {
        let (mut run, mut evidence) = fixture::singles_day();
        if let Some(calm) = run.by_phase.get_mut("calm") {
            calm.served = Some(crate::verdict::Interval {
                rate: 1.0,
                low: 0.9,
                high: 1.0,
            });
        }
        evidence.phases = vec![("calm".to_owned(), 0.0, 4.0), ("peak".to_owned(), 4.0, 100.0)];
        evidence.seconds = (0..)
            .zip(seconds)
            .map(|(second, (asked, served))| Second {
                second,
                sent: *asked,
                answered: *served,
                served: *served,
                dropped: asked - served,
                ..Second::default()
            })
            .collect();
        (run, evidence)
    }

    #[test]
    fn it_breaks_where_three_seconds_in_a_row_stay_below() {
        // (asked, served) of each second; the second in which it broke and the one in which it recovered.
        type Case<'a> = (&'a [(u64, u64)], Option<(u32, Option<u32>)>);
        let cases: [Case<'_>; 6] = [
            (&[(10, 10); 10], None),
            (&[(10, 10), (10, 7), (10, 7), (10, 10), (10, 10), (10, 10)], None),
            (&[(10, 10), (10, 7), (10, 7), (10, 7), (10, 7)], Some((1, None))),
            (
                &[(10, 0), (10, 0), (10, 0), (10, 9), (10, 1), (10, 9), (10, 9), (10, 9)],
                Some((0, Some(5))),
            ),
            (&[(2, 0), (2, 0), (2, 0), (2, 0)], None),
            (&[(10, 10), (10, 1), (0, 0), (10, 1)], Some((1, None))),
        ];
        for (seconds, expected) in cases {
            let (run, evidence) = run_with(seconds);
            let found = breaking_point(&run, &evidence);
            assert_eq!(found.map(|found| (found.second, found.until)), expected, "{seconds:?}");
        }
    }

    #[test]
    fn it_names_the_phase_and_the_rate() {
        let (run, evidence) = run_with(&[(9, 9), (9, 9), (9, 9), (9, 9), (9, 9), (10, 0), (20, 0), (30, 0)]);
        let found = breaking_point(&run, &evidence).expect("it breaks");
        assert_eq!((found.phase, found.second, found.per_second), ("peak", 5, 20.0));
        assert!((found.floor - 0.8).abs() < 1e-9);
    }
}
