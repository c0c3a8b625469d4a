//! Several runs of one scenario, for people: what each said, how far they lie apart, and pass^k.

mod rows;

use rows::{Table, pass_k, runs, weakest};

use super::layout::{self, Column, Layout};
use super::sentences::{held, joined};
use super::threshold::ThresholdRow;
use super::words::{Words, fill, recorded};
use super::{Style, clean, format, markdown};
use crate::conversation::Language;
use crate::verdict::{Repeat, RepeatedThreshold, ThresholdResult, ThresholdVerdict, Verdict};

/// The summary of several runs, ready to print; the last lines are the verdict.
pub fn repeat_terminal(repeat: &Repeat, language: Language, style: Style) -> String {
    let words = Words::of(language);
    let mut page = Layout::new(style);
    page.bold(&headline(repeat, words));
    for caution in cautions(repeat, words) {
        page.warning(&caution);
    }
    page.gap();
    draw(&mut page, &runs(repeat, words));
    page.dim(words.repeat_note);
    page.gap();
    page.bold(words.pass_k);
    page.dim(&pass_k_note(repeat, words));
    draw(&mut page, &pass_k(repeat, words));
    let weakest = weakest(repeat, words);
    if !weakest.is_empty() {
        page.text(words.weakest_tasks, "");
        weakest.iter().for_each(|line| page.text(line, "· "));
    }
    if !repeat.thresholds.is_empty() {
        page.gap();
        page.bold(words.thresholds);
    }
    let rows: Vec<ThresholdRow> = thresholds(repeat, words);
    let that_width = rows.iter().map(|row| layout::columns(&row.that)).max().unwrap_or(0);
    rows.iter().for_each(|row| page.threshold(row, that_width));
    page.gap();
    let tone = match repeat.verdict {
        Verdict::Held => layout::GREEN,
        Verdict::Broken => layout::RED,
        _ => layout::YELLOW,
    };
    let (verdict, because) = verdict(repeat, words);
    page.verdict(&verdict, &because, tone, words.sentence_end);
    page.finish()
}

/// The same in Markdown (GitHub's), every name escaped.
pub fn repeat_markdown(repeat: &Repeat, language: Language) -> String {
    let words = Words::of(language);
    let escaped = markdown::escaped;
    let (verdict, because) = verdict(repeat, words);
    let mut page = format!(
        "## {} {}\n\n**{verdict}** – {because}{}\n\n",
        markdown::sign(repeat.verdict),
        escaped(&headline(repeat, words)),
        words.sentence_end
    );
    for caution in cautions(repeat, words) {
        page.push_str(&format!("> ⚠️ {}\n\n", escaped(&caution)));
    }
    page.push_str(&markdown_table(&runs(repeat, words)));
    page.push_str(&format!("\n{}\n", escaped(words.repeat_note)));
    page.push_str(&format!(
        "\n### {}\n\n{}\n\n",
        escaped(words.pass_k),
        escaped(&pass_k_note(repeat, words))
    ));
    page.push_str(&markdown_table(&pass_k(repeat, words)));
    let weakest = weakest(repeat, words);
    if !weakest.is_empty() {
        page.push_str(&format!("\n{}\n\n", words.weakest_tasks));
        weakest
            .iter()
            .for_each(|line| page.push_str(&format!("- {}\n", escaped(line))));
    }
    if !repeat.thresholds.is_empty() {
        page.push_str(&format!("\n### {}\n\n", words.thresholds));
        page.push_str(&markdown_table(&threshold_table(repeat, words)));
    }
    page
}

fn headline(repeat: &Repeat, words: &Words) -> String {
    let seed = |run: Option<&crate::verdict::RepeatedRun>| run.map_or_else(String::new, |run| run.seed.to_string());
    fill(
        words.repeat_headline,
        &[
            ("scenario", &clean::short(&repeat.scenario, 80, "…")),
            ("held", &repeat.runs.len().to_string()),
            ("repeats", &repeat.repeats.to_string()),
            ("first", &seed(repeat.runs.first())),
            ("last", &seed(repeat.runs.last())),
        ],
    )
}

fn cautions(repeat: &Repeat, words: &Words) -> Vec<String> {
    let mut cautions = Vec::new();
    if let Some(reason) = &repeat.stopped {
        cautions.push(fill(
            words.repeat_stopped,
            &[("reason", &clean::short(&recorded(reason, words), 300, "…"))],
        ));
    }
    if repeat.pace != 1.0 {
        cautions.push(fill(words.caution_pace, &[("pace", &repeat.pace.to_string())]));
    }
    if repeat.scale != 1.0 {
        cautions.push(fill(words.caution_scale, &[("scale", &repeat.scale.to_string())]));
    }
    cautions
}

fn pass_k_note(repeat: &Repeat, words: &Words) -> String {
    let note = fill(
        words.pass_k_note,
        &[
            ("tasks", &format::count(repeat.pass_k.tasks)),
            ("left_out", &format::count(repeat.pass_k.tasks_left_out)),
        ],
    );
    match repeat.pass_k.of.is_empty() {
        true => joined(&note, words.pass_k_none),
        false => note,
    }
}

/// The verdict with its name, and what it means over all runs, without a stop at the end.
fn verdict(repeat: &Repeat, words: &Words) -> (String, String) {
    let term = words.verdict_term(repeat.verdict);
    let because = match repeat.verdict {
        Verdict::Held if !repeat.thresholds.is_empty() => {
            held(repeat.thresholds.iter().map(|threshold| &threshold.verdict), words)
        }
        _ => term.meaning.trim_end_matches(['.', '。']).to_owned(),
    };
    (format!("{}{}{}", words.verdict, words.colon, term.name), because)
}

/// The thresholds as those of one run are shown: the median with the range, and in how many runs it came out how.
fn thresholds(repeat: &Repeat, words: &Words) -> Vec<ThresholdRow> {
    let row = |threshold: &RepeatedThreshold| {
        let observed = threshold.observed;
        let result = ThresholdResult {
            that: threshold.that.clone(),
            observed: observed.median,
            low: observed.min,
            high: observed.max,
            samples: u64::from(observed.runs),
            verdict: threshold.verdict,
            reason: String::new(),
        };
        ThresholdRow {
            reason: how_often(threshold, words),
            ..ThresholdRow::of(&result, words)
        }
    };
    repeat.thresholds.iter().map(row).collect()
}

fn how_often(threshold: &RepeatedThreshold, words: &Words) -> String {
    let number = |wanted| {
        let same = threshold.verdicts.iter().filter(|verdict| **verdict == wanted);
        same.count().to_string()
    };
    let phrase = match threshold.verdict {
        _ if threshold.is_mixed => words.repeat_mixed,
        ThresholdVerdict::Held => words.repeat_held_in,
        _ => words.repeat_each,
    };
    fill(
        phrase,
        &[
            ("held", &number(ThresholdVerdict::Held)),
            ("broken", &number(ThresholdVerdict::Broken)),
            ("number", &number(threshold.verdict)),
            ("verdict", words.threshold_term(threshold.verdict).name),
            ("count", &threshold.verdicts.len().to_string()),
        ],
    )
}

fn threshold_table(repeat: &Repeat, words: &Words) -> Table {
    let headers = [words.threshold, words.median, words.interval_of_runs, words.result];
    let row = |row: ThresholdRow| {
        vec![
            row.that,
            row.observed,
            row.interval,
            format!("{} {}", row.mark, row.reason),
        ]
    };
    Table {
        headers: headers.map(str::to_owned).to_vec(),
        rows: thresholds(repeat, words).into_iter().map(row).collect(),
    }
}

fn draw(page: &mut Layout, table: &Table) {
    if table.rows.is_empty() {
        return;
    }
    // Of columns that do not fit, the last ones go first.
    let column = |(place, header): (usize, &String)| Column {
        header: header.clone(),
        weight: u8::try_from(table.headers.len() - place).unwrap_or(u8::MAX),
        cells: table.rows.iter().map(|row| row[place].clone()).collect(),
    };
    page.table(table.headers.iter().enumerate().map(column).collect());
}

fn markdown_table(table: &Table) -> String {
    let line = |cells: &[String]| {
        let escaped: Vec<String> = cells.iter().map(|cell| markdown::escaped(cell)).collect();
        format!("| {} |\n", escaped.join(" | "))
    };
    if table.rows.is_empty() {
        return String::new();
    }
    let rule = format!("|---|{}\n", "--:|".repeat(table.headers.len() - 1));
    let rows: String = table.rows.iter().map(|row| line(row)).collect();
    format!("{}{rule}{rows}", line(&table.headers))
}

#[cfg(test)]
mod tests;
