//! A phase beside the calm one as rows of text: what was served, how good it was, what each check found, each channel.

use serde::Serialize;

use super::words::{Words, fill};
use super::{clean, format, parts};
use crate::verdict::{AgainstCalm, Change, LostTurns, NotComparable, Run};

/// One figure of a phase beside the calm one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Row {
    pub(super) what: String,
    pub(super) calm: String,
    pub(super) phase: String,
    /// With its unit.
    pub(super) change: String,
    /// Of the change; 95 %.
    pub(super) interval: String,
}

/// A phase beside the calm one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Section {
    /// Both names.
    pub(super) title: String,
    /// The phase's name, and the calm one's.
    pub(super) phase: String,
    pub(super) calm: String,
    pub(super) rows: Vec<Row>,
    /// Cause, channel and points lost, most first.
    pub(super) lost: Vec<[String; 3]>,
    /// What to know of it.
    pub(super) notes: Vec<String>,
}

impl Section {
    /// Of the columns of [`Row`].
    pub(super) fn headers<'a>(&'a self, words: &'a Words) -> [&'a str; 5] {
        [words.figure, &self.calm, &self.phase, words.change, words.interval]
    }
}

/// Less than this part of the turns is not worth a row.
const WORTH_A_ROW: f64 = 0.000_5;
/// So many causes are listed.
const CAUSES: usize = 8;
/// Coverage below which a reader should know of it.
const WHOLE: f64 = 0.999_5;

/// Every phase that is compared, those that lost most questions first.
pub(super) fn sections(run: &Run, words: &Words) -> Vec<Section> {
    let Some(calm) = &run.baseline else {
        return Vec::new();
    };
    let mut phases: Vec<(&String, &AgainstCalm)> = run.against_calm.iter().collect();
    let change = |against: &AgainstCalm| {
        let served = against.served;
        served.map_or(f64::INFINITY, |served| served.change * served.turns as f64)
    };
    phases.sort_by(|one, other| change(one.1).total_cmp(&change(other.1)));
    let names = |phase: &str| [("phase", name(phase)), ("calm", name(calm))];
    let section = |(phase, against): (&String, &AgainstCalm)| {
        let names = names(phase);
        let names: Vec<(&str, &str)> = names.iter().map(|(key, name)| (*key, name.as_str())).collect();
        Section {
            title: fill(words.against_title, &names),
            phase: name(phase),
            calm: name(calm),
            rows: rows(against, words),
            lost: lost(against, words),
            notes: notes(against, &names, words),
        }
    };
    let told = |section: &Section| !section.rows.is_empty() || !section.notes.is_empty();
    phases.into_iter().map(section).filter(told).collect()
}

/// Why a phase is not compared, in words.
pub(super) fn reason(why: NotComparable, words: &Words) -> &'static str {
    match why {
        NotComparable::TooFewTurns => words.too_few_turns,
        NotComparable::TooLittleAlike => words.too_little_alike,
        NotComparable::CutShort => words.cut_short_compared,
        NotComparable::TooManyKinds => words.too_many_kinds,
    }
}

/// Why turns did not serve, in words.
pub(super) fn cause(cause: &str, words: &Words) -> String {
    let check = words.checks.iter().find(|check| check.key == cause);
    match (cause, check) {
        ("fallback", _) => words.cause_fallback.to_owned(),
        ("unscored", _) => words.cause_unscored.to_owned(),
        (_, Some(check)) => fill(words.cause_check, &[("check", check.name)]),
        _ => clean::short(&Words::name_of(&words.outcomes, cause), 60, "…"),
    }
}

/// A change of a share, with its sign: `-12.4`.
pub(super) fn points(change: f64) -> Option<String> {
    let tenths = (change * 1000.0).round();
    change.is_finite().then(|| match tenths {
        0.0 => "0.0".to_owned(),
        _ => format!("{:+.1}", tenths / 10.0),
    })
}

fn rows(against: &AgainstCalm, words: &Words) -> Vec<Row> {
    let quality = row(words.quality, against.quality, Measure::Score, words);
    let checks = against.checks.iter().map(|(check, change)| {
        let check = clean::short(&Words::name_of(&words.checks, check), 60, "…");
        // A check that nobody failed has nothing to tell.
        let failed = change.filter(|change| change.phase + change.calm > 0.0);
        share(&fill(words.failed_check, &[("check", &check)]), failed, words)
    });
    let channels = against.by_channel.iter().map(|(channel, numbers)| {
        let title = fill(words.served_on, &[("channel", &name(channel))]);
        share(&title, numbers.served, words)
    });
    let channels: Vec<Row> = channels.flatten().collect();
    [share(words.served, against.served, words), quality]
        .into_iter()
        .chain(checks)
        .flatten()
        .chain(channels.into_iter().filter(|_| against.by_channel.len() > 1))
        .collect()
}

fn share(what: &str, change: Option<Change>, words: &Words) -> Option<Row> {
    row(what, change, Measure::Share, words)
}

/// How a figure is written.
enum Measure {
    Share,
    Score,
}

type Written = fn(f64) -> Option<String>;

fn row(what: &str, change: Option<Change>, measure: Measure, words: &Words) -> Option<Row> {
    let change = change?;
    let (value, difference, unit) = match measure {
        Measure::Share => (format::percent as Written, points as Written, words.points_short),
        Measure::Score => (format::score as Written, format::score_change as Written, ""),
    };
    let difference_of = difference(change.change)?;
    Some(Row {
        what: what.to_owned(),
        calm: value(change.calm)?,
        phase: value(change.phase)?,
        change: format!("{difference_of} {unit}").trim_end().to_owned(),
        interval: fill(
            words.between,
            &[("low", &difference(change.low)?), ("high", &difference(change.high)?)],
        ),
    })
}

fn lost(against: &AgainstCalm, words: &Words) -> Vec<[String; 3]> {
    let worth = |lost: &&LostTurns| lost.share.abs() >= WORTH_A_ROW;
    let row = |lost: &LostTurns| Some([cause(&lost.cause, words), name(&lost.channel), points(lost.share)?]);
    against.lost.iter().filter(worth).filter_map(row).take(CAUSES).collect()
}

fn notes(against: &AgainstCalm, names: &[(&str, &str)], words: &Words) -> Vec<String> {
    let why = against.not_comparable.map(|why| {
        let reason = [("reason", reason(why, words))];
        fill(words.not_compared, &[names, &reason].concat())
    });
    let coverage = against.coverage.filter(|coverage| *coverage < WHOLE && why.is_none());
    let coverage = coverage.and_then(format::percent);
    let told = coverage.map(|coverage| fill(words.coverage_note, &[names, &[("coverage", &coverage)]].concat()));
    why.into_iter().chain(told).collect()
}

fn name(name: &str) -> String {
    parts::short_name(name)
}

#[cfg(test)]
mod tests {
    use super::super::fixture;
    use super::*;
    use crate::conversation::Language;

    #[test]
    fn the_phase_that_fell_furthest_comes_first_and_checks_without_a_failure_are_left_out() {
        let (run, _) = fixture::singles_day();
        let sections = sections(&run, Words::of(Language::En));
        assert_eq!(
            (sections.len(), sections[0].title.as_str()),
            (4, "midnight against calm, like with like")
        );
        let whats: Vec<&str> = sections[0].rows.iter().map(|row| row.what.as_str()).collect();
        assert!(
            whats.contains(&"required facts: failed") && !whats.contains(&"cross-talk: failed"),
            "{whats:?}"
        );
        assert!(whats.contains(&"wechat: served"), "{whats:?}");
        assert!(sections[0].rows[0].change.starts_with('-') && sections[0].rows[0].change.ends_with(" pp"));
    }

    #[test]
    fn why_a_phase_is_not_compared_and_how_much_of_it_is_alike_is_told() {
        let (mut run, _) = fixture::singles_day();
        run.against_calm["midnight"].coverage = Some(0.873);
        let after = &mut run.against_calm["after"];
        *after = AgainstCalm {
            not_comparable: Some(NotComparable::TooFewTurns),
            ..AgainstCalm::default()
        };
        let sections = sections(&run, Words::of(Language::En));
        assert!(sections[0].notes[0].contains("87.3%"), "{:?}", sections[0].notes);
        let last = sections.last().unwrap();
        assert!(
            last.rows.is_empty() && last.notes[0].starts_with("after is not compared with calm: "),
            "{last:?}"
        );
    }

    #[test]
    fn a_change_has_its_sign_and_nothing_reads_as_nothing() {
        for (change, text) in [(-0.124, "-12.4"), (0.0501, "+5.0"), (0.000_2, "0.0"), (-0.000_2, "0.0")] {
            assert_eq!(points(change).as_deref(), Some(text));
        }
        assert_eq!(points(f64::NAN), None);
    }
}
