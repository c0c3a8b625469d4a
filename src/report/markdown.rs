//! `summary.md`: what fits a pull request or a CI job's summary page.

use super::parts::{self, Part};
use super::threshold::ThresholdRow;
use super::words::{Words, fill};
use super::{against, audit, clean, format, judged, sentences};
use crate::conversation::Language;
use crate::verdict::{Evidence, Run, Verdict};

/// So many phases or channels are listed; of more, those that served least.
const ROWS: usize = 20;

/// So many false or forbidden claims are listed.
const CLAIMS: usize = 5;

/// So many phases are shown beside the calm one; of more, those that lost most.
const COMPARED: usize = 3;

/// The summary of a run in Markdown (GitHub's), every name escaped.
pub fn markdown(run: &Run, evidence: &Evidence, language: Language) -> String {
    let words = Words::of(language);
    let story = sentences::tell(run, evidence, language);
    let mut page = format!("## {} {}\n\n", sign(run.verdict), escaped(&story.headline));
    let end = words.sentence_end;
    let because = sentences::joined(&format!("{}{end}", with_code(&story.because)), story.advice);
    page.push_str(&format!(
        "**{}{}{}** – {because}\n\n",
        words.verdict, words.colon, story.verdict
    ));
    for caution in &story.cautions {
        page.push_str(&format!("> ⚠️ {}\n\n", escaped(caution)));
    }
    if !story.rest.is_empty() {
        page.push_str(&format!("{}\n\n", escaped(&story.rest)));
    }
    for finding in story.findings() {
        page.push_str(&format!("- {}\n", escaped(finding)));
    }
    page.push_str(&thresholds(run, words));
    let mut phases = parts::phases(run, words);
    let mut shown = parts::least_served(&run.by_phase, run.baseline.as_deref(), ROWS);
    if phases.len() > 1 {
        shown.push(phases.len());
        phases.push(parts::total(run, words));
    }
    page.push_str(&table(words.phase, &phases, &shown, words));
    let channels = parts::groups(&run.by_channel, words);
    let shown = parts::least_served(&run.by_channel, None, ROWS);
    page.push_str(&table(words.channel, &channels, &shown, words));
    page.push_str(&claims(run, evidence, words));
    page.push_str(&beside_calm(run, words));
    page.push_str(&judge(evidence, words));
    page.push_str(&format!("\n<sub>{}</sub>\n", escaped(&provenance(run, words))));
    page
}

/// The first claims that are false or forbidden.
fn claims(run: &Run, evidence: &Evidence, words: &Words) -> String {
    let Some(audit) = evidence.audit.as_ref().filter(|audit| !audit.claims.is_empty()) else {
        return String::new();
    };
    let shown = &audit.claims[..audit.claims.len().min(CLAIMS)];
    let mut list = format!("\n**{}**: {}\n\n", words.audit, escaped(&audit::whole(run, words)));
    for row in audit::rows(shown, words) {
        let said = fill(words.claim_said, &[("said", &row.said)]);
        let truth = row
            .truth
            .map(|truth| format!(", {}", fill(words.claim_true, &[("truth", &truth)])));
        let claim = format!("{} · {}: {said}{}", row.state, row.fact, truth.unwrap_or_default());
        list.push_str(&format!("- {} <sub>{}</sub>\n", escaped(&claim), escaped(&row.place)));
    }
    let left_out = audit.found.saturating_sub(shown.len() as u64);
    if left_out > 0 {
        let more = fill(words.audit_more, &[("count", &format::count(left_out))]);
        list.push_str(&format!("- … {}\n", with_code(&more)));
    }
    list
}

/// A sign for a verdict.
pub(super) fn sign(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Held => "✅",
        Verdict::Broken => "❌",
        Verdict::Unsure | Verdict::NoData | Verdict::GeneratorSaturated | Verdict::Interrupted => "⚠️",
    }
}

fn thresholds(run: &Run, words: &Words) -> String {
    if run.thresholds.is_empty() {
        return String::new();
    }
    let headers = [
        "",
        words.threshold,
        words.observed,
        words.interval,
        words.samples,
        words.result,
    ];
    let mut table = format!(
        "\n{}{}",
        line(&headers.map(str::to_owned)),
        "|---|---|--:|--:|--:|---|\n"
    );
    for row in run.thresholds.iter().map(|result| ThresholdRow::of(result, words)) {
        let cells = [
            row.mark,
            &row.that,
            &row.observed,
            &row.interval,
            &row.samples,
            row.verdict,
        ];
        table.push_str(&line(&cells.map(escaped)));
    }
    table
}

fn table(what: &str, rows: &[Part], shown: &[usize], words: &Words) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let headers = [
        what,
        words.questions,
        words.served,
        words.missed,
        words.dropped,
        words.reply_p50,
        words.reply_p95,
        words.quality,
    ];
    let mut table = format!(
        "\n{}{}",
        line(&headers.map(str::to_owned)),
        "|---|--:|--:|--:|--:|--:|--:|--:|\n"
    );
    for row in shown.iter().filter_map(|place| rows.get(*place)) {
        let cells = [
            &row.name,
            &row.questions,
            &row.served,
            &row.missed,
            &row.dropped,
            &row.reply_p50,
            &row.reply_p95,
            &row.quality,
        ];
        table.push_str(&line(&cells.map(|cell| escaped(cell))));
    }
    let left_out = rows.len() - shown.len();
    if left_out > 0 {
        table.push_str(&format!(
            "\n{}\n",
            fill(words.more_rows, &[("count", &format::count(left_out as u64))])
        ));
    }
    table
}

/// The phases that lost most beside the calm one, and how they are compared.
fn beside_calm(run: &Run, words: &Words) -> String {
    let sections = against::sections(run, words);
    let mut text: String = sections.iter().take(COMPARED).map(|one| section(one, words)).collect();
    let left_out = sections.len().saturating_sub(COMPARED) as u64;
    if left_out > 0 {
        let more = fill(words.more_phases, &[("count", &format::count(left_out))]);
        text.push_str(&format!("\n{more}\n"));
    }
    if sections.iter().any(|section| !section.rows.is_empty()) {
        text.push_str(&format!("\n{}\n", escaped(words.like_note)));
    }
    text
}

/// A phase beside the calm one.
fn section(section: &against::Section, words: &Words) -> String {
    let mut text = format!("\n**{}**\n", escaped(&section.title));
    if !section.rows.is_empty() {
        let headers = section.headers(words).map(escaped);
        text.push_str(&format!("\n{}|---|--:|--:|--:|--:|\n", line(&headers)));
        for row in &section.rows {
            let cells = [&row.what, &row.calm, &row.phase, &row.change, &row.interval];
            text.push_str(&line(&cells.map(|cell| escaped(cell))));
        }
    }
    for note in &section.notes {
        text.push_str(&format!("\n{}\n", escaped(note)));
    }
    text
}

/// What a language model said of the answers.
fn judge(evidence: &Evidence, words: &Words) -> String {
    let Some(judged) = &evidence.judged else {
        return String::new();
    };
    let section = judged::Section::of(judged, words);
    let mut text = format!("\n**{}**: {}\n", words.judge_title, escaped(&section.about));
    for caution in section.stopped.iter().chain(&section.cautions) {
        text.push_str(&format!("\n> ⚠️ {}\n", with_code(caution)));
    }
    let (headers, rows) = section.rows();
    let rule = format!("|---|{}\n", "--:|".repeat(headers.len().saturating_sub(1)));
    text.push_str(&format!(
        "\n{}{rule}",
        line(&headers.into_iter().map(escaped).collect::<Vec<_>>())
    ));
    for row in rows {
        text.push_str(&line(&row.into_iter().map(escaped).collect::<Vec<_>>()));
    }
    for note in &section.notes {
        text.push_str(&format!("\n{}\n", escaped(note)));
    }
    for gate in &section.gates {
        text.push_str(&format!(
            "\n- {}{}{}\n",
            gate.verdict.name,
            words.colon,
            escaped(&gate.because)
        ));
    }
    text
}

fn line(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn provenance(run: &Run, words: &Words) -> String {
    let duration = format::length(run.duration_s * 1000.0, words).unwrap_or_else(parts::none);
    let host = clean::short(&run.provenance.target_host, 80, "…");
    let version = clean::short(&run.provenance.throng, 40, "…");
    let facts = [
        format!("throng {version}"),
        clean::short(&run.scenario, 80, "…"),
        format!("{} {}", words.seed, run.seed),
        format!("{} {duration}", words.duration),
        format!("{} {host}", words.target),
    ];
    facts.join(" · ")
}

/// A sentence of ours, escaped, with what stands between backticks as code.
fn with_code(sentence: &str) -> String {
    let clean = clean::line(sentence);
    let pieces = clean.split('`').map(with_inert_signs).enumerate();
    pieces
        .map(|(place, piece)| {
            if place % 2 == 1 {
                format!("<code>{piece}</code>")
            } else {
                piece
            }
        })
        .collect()
}

/// Text that Markdown shows as it is: one line, every sign with a meaning as a character reference. A reference is inert
/// everywhere, where a backslash would not be within a table cell or before HTML.
pub(super) fn escaped(text: &str) -> String {
    with_inert_signs(&clean::line(text))
}

fn with_inert_signs(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' | '<' | '>' | '"' | '\'' | '|' | '`' | '*' | '_' | '[' | ']' | '\\' | '~' | '#' | '@' | '!' | '$'
            | '{' | '}' => {
                safe.push_str(&format!("&#{};", u32::from(character)));
            }
            plain => safe.push(plain),
        }
    }
    // GitHub links bare addresses by themselves.
    safe.replace("://", "&#58;//").replace("www.", "www&#46;")
}

#[cfg(test)]
mod tests;
