//! Numbers as people read them. What is missing or not finite is `None` or the caller's word for it, never `NaN`.

use super::words::Words;

/// A whole number with separators: `12,300`.
pub(super) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// A share, 0 to 1, with as many digits as tell it from nothing and from all: `15.8%`, `0.43%`, `<0.01%`, `99.97%`, `100%`.
pub(super) fn percent(share: f64) -> Option<String> {
    if !share.is_finite() {
        return None;
    }
    let percent = share * 100.0;
    Some(match percent {
        _ if percent == 0.0 => "0%".to_owned(),
        _ if percent == 100.0 => "100%".to_owned(),
        _ if percent > 0.0 && percent < 0.01 => "<0.01%".to_owned(),
        _ if percent > 99.99 && percent < 100.0 => ">99.99%".to_owned(),
        _ if percent.abs() < 1.0 || (percent > 99.0 && percent < 100.0) => {
            format!("{:.2}%", towards_the_middle(percent))
        }
        _ => format!("{percent:.1}%"),
    })
}

/// Two decimals, rounded so that nearly all never reads as all.
fn towards_the_middle(percent: f64) -> f64 {
    let hundredths = if percent > 50.0 {
        (percent * 100.0).floor()
    } else {
        (percent * 100.0).round()
    };
    hundredths / 100.0
}

/// A difference of shares in percentage points, without a sign: `34.0`.
pub(super) fn points(difference: f64) -> Option<String> {
    difference
        .is_finite()
        .then(|| format!("{:.1}", difference.abs() * 100.0))
}

/// A quality, 0 to 1: `0.87`.
pub(super) fn score(score: f64) -> Option<String> {
    score.is_finite().then(|| format!("{score:.2}"))
}

/// A difference of qualities with its sign: `-0.12`, `+0.01`, `0.00`.
pub(super) fn score_change(change: f64) -> Option<String> {
    let hundredths = (change * 100.0).round();
    change.is_finite().then(|| {
        if hundredths == 0.0 {
            "0.00".to_owned()
        } else {
            format!("{:+.2}", hundredths / 100.0)
        }
    })
}

/// A time in milliseconds with the unit that fits: `0.4 ms`, `230 ms`, `2.34 s`, `12.3 s`, `2 min 5 s`, `1 h 2 min`.
pub(super) fn duration(milliseconds: f64) -> Option<String> {
    if !milliseconds.is_finite() || milliseconds < 0.0 {
        return None;
    }
    let seconds = milliseconds / 1000.0;
    Some(match milliseconds {
        _ if milliseconds == 0.0 => "0 ms".to_owned(),
        _ if milliseconds < 9.95 => format!("{milliseconds:.1} ms"),
        _ if milliseconds < 999.5 => format!("{milliseconds:.0} ms"),
        _ if seconds < 9.995 => format!("{} s", trimmed(seconds, 2)),
        _ if seconds < 59.95 => format!("{} s", trimmed(seconds, 1)),
        _ if seconds < 3599.5 => two_units(seconds.round(), 60.0, "min", "s"),
        _ => two_units((seconds / 60.0).round(), 60.0, "h", "min"),
    })
}

/// A stretch of time within a sentence: as [`duration`], in Chinese with Chinese units: `2 分 5 秒`.
pub(super) fn length(milliseconds: f64, words: &Words) -> Option<String> {
    let length = duration(milliseconds)?;
    let unit = |unit: &str| match unit {
        "ms" => "毫秒".to_owned(),
        "s" => "秒".to_owned(),
        "min" => "分".to_owned(),
        "h" => "小时".to_owned(),
        number => number.to_owned(),
    };
    let chinese = || length.split(' ').map(unit).collect::<Vec<_>>().join(" ");
    Some(match words.language_code {
        "zh" => chinese(),
        _ => length,
    })
}

/// `2.30` reads `2.3` and `10.0` reads `10`.
fn trimmed(number: f64, decimals: usize) -> String {
    let text = format!("{number:.decimals$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn two_units(small: f64, per_large: f64, large_unit: &str, small_unit: &str) -> String {
    let (large, rest) = ((small / per_large).floor(), small % per_large);
    if rest == 0.0 {
        format!("{large:.0} {large_unit}")
    } else {
        format!("{large:.0} {large_unit} {rest:.0} {small_unit}")
    }
}

/// A moment in RFC 3339 for people: `2026-11-10 23:50:00 +08:00`, without fractions of a second.
pub(super) fn moment(rfc3339: &str) -> String {
    let parts = rfc3339
        .split_once('T')
        .and_then(|(date, time)| Some((date, time.split_at_checked(8)?)));
    match parts {
        Some((date, (clock, rest))) => match rest.trim_start_matches(|mark: char| mark == '.' || mark.is_ascii_digit())
        {
            "Z" => format!("{date} {clock} UTC"),
            zone => format!("{date} {clock} {zone}"),
        },
        None => rfc3339.to_owned(),
    }
}

/// A moment of the run, from its start: `0:43`, `12:05`, `1:02:03`.
pub(super) fn clock(seconds: f64) -> String {
    let whole = if seconds.is_finite() {
        seconds.max(0.0) as u64
    } else {
        0
    };
    let (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{rest:02}")
    } else {
        format!("{minutes}:{rest:02}")
    }
}

/// A rate per second: `0.42`, `8.3`, `350`.
pub(super) fn per_second(rate: f64) -> Option<String> {
    let decimals = match rate {
        _ if rate < 1.0 => 2,
        _ if rate < 20.0 => 1,
        _ => 0,
    };
    rate.is_finite().then(|| trimmed_number(rate, decimals))
}

fn trimmed_number(number: f64, decimals: usize) -> String {
    if decimals == 0 {
        count(number.max(0.0).round() as u64)
    } else {
        trimmed(number, decimals)
    }
}

/// A factor as it was typed: `4`, `0.5`.
pub(super) fn factor(factor: f64) -> String {
    if factor.is_finite() {
        trimmed(factor, 3)
    } else {
        "–".to_owned()
    }
}

/// A size in memory: `412 MB`.
pub(super) fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];
    let mut size = bytes as f64;
    let mut unit = 0;
    while size >= 999.5 && unit + 1 < UNITS.len() {
        size /= 1000.0;
        unit += 1;
    }
    let decimals = usize::from(unit > 0 && size < 9.95);
    format!("{size:.decimals$} {}", UNITS[unit])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conversation::Language;

    #[test]
    fn counts_have_separators() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (12_300, "12,300"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(count(number), text);
        }
    }

    #[test]
    fn a_share_never_reads_as_none_or_all_unless_it_is() {
        for (share, text) in [
            (0.0, "0%"),
            (0.000_01, "<0.01%"),
            (0.004_3, "0.43%"),
            (0.158, "15.8%"),
            (0.995_7, "99.57%"),
            (0.999_88, "99.98%"),
            (0.999_999, ">99.99%"),
            (1.0, "100%"),
        ] {
            assert_eq!(percent(share).as_deref(), Some(text), "{share}");
        }
        assert_eq!(percent(f64::NAN), None);
    }

    #[test]
    fn times_take_the_unit_that_fits() {
        for (milliseconds, text) in [
            (0.0, "0 ms"),
            (0.42, "0.4 ms"),
            (230.4, "230 ms"),
            (999.6, "1 s"),
            (2_340.0, "2.34 s"),
            (12_340.0, "12.3 s"),
            (59_990.0, "1 min"),
            (125_000.0, "2 min 5 s"),
            (3_720_000.0, "1 h 2 min"),
        ] {
            assert_eq!(duration(milliseconds).as_deref(), Some(text), "{milliseconds}");
        }
        assert_eq!(duration(f64::INFINITY), None);
    }

    #[test]
    fn a_stretch_of_time_has_units_of_the_language() {
        let in_both = |milliseconds| {
            [Language::En, Language::Zh].map(|language| length(milliseconds, Words::of(language)).unwrap())
        };
        assert_eq!(in_both(111_000.0), ["1 min 51 s", "1 分 51 秒"]);
        assert_eq!(in_both(8_290.0), ["8.29 s", "8.29 秒"]);
        assert_eq!(in_both(3_720_000.0), ["1 h 2 min", "1 小时 2 分"]);
    }

    #[test]
    fn a_moment_reads_without_fractions_of_a_second() {
        for (written, read) in [
            ("2026-11-21T03:01:38.810416918Z", "2026-11-21 03:01:38 UTC"),
            ("2026-11-10T23:50:00+08:00", "2026-11-10 23:50:00 +08:00"),
            ("no moment", "no moment"),
            ("T短", "T短"),
        ] {
            assert_eq!(moment(written), read);
        }
    }

    #[test]
    fn moments_rates_scores_and_sizes_read_short() {
        assert_eq!(
            (clock(43.9), clock(725.0), clock(3723.0)),
            ("0:43".to_owned(), "12:05".to_owned(), "1:02:03".to_owned())
        );
        assert_eq!(per_second(8.333).as_deref(), Some("8.3"));
        assert_eq!(per_second(1234.4).as_deref(), Some("1,234"));
        assert_eq!(score_change(-0.118).as_deref(), Some("-0.12"));
        assert_eq!(score_change(0.001).as_deref(), Some("0.00"));
        assert_eq!(bytes(412_300_000), "412 MB");
        assert_eq!(factor(4.0), "4");
    }
}
