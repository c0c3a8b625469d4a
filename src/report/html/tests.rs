use std::process::Command;

use super::super::fixture;
use super::*;

fn pages() -> Vec<String> {
    let pages = fixture::all()
        .into_iter()
        .flat_map(|(run, evidence)| Language::ALL.map(|language| html(&run, &evidence, language).unwrap()));
    pages.collect()
}

/// What remains of a page without its elements: the text that a reader sees, still escaped.
fn tags(page: &str) -> Vec<&str> {
    page.split('<')
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .collect()
}

#[test]
fn nothing_is_loaded_and_nothing_runs() {
    for page in pages() {
        for tag in tags(&page) {
            let name = tag.split_whitespace().next().unwrap_or_default().to_lowercase();
            let loads = [
                "script", "/script", "link", "img", "iframe", "object", "embed", "a", "form", "base", "use", "image",
            ];
            assert!(!loads.contains(&name.as_str()), "<{tag}>");
            let outside_values: String = tag.split('"').step_by(2).collect();
            let runs = outside_values
                .split_whitespace()
                .any(|attribute| attribute.starts_with("on"));
            assert!(
                !runs && !outside_values.contains("href") && !outside_values.contains("src"),
                "<{tag}>"
            );
        }
        assert!(page.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';"));
        let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
        assert!(!style.contains("@import") && !style.contains("http") && !style.contains("url(data"));
    }
}

#[test]
fn hostile_text_is_escaped_everywhere() {
    let (run, evidence) = fixture::hostile();
    for language in Language::ALL {
        let page = html(&run, &evidence, language).unwrap();
        assert!(page.contains("&lt;script&gt;") && !page.contains("<script"));
        assert!(!page.contains(['\u{1b}', '\u{202e}', '\0']));
        assert!(page.contains("⟨U+202E⟩"), "what is hidden in a bubble is spelled out");
        assert!(!page.contains("49}{asked}"), "a name is never a template");
        assert!(page.len() < 1_000_000, "{}", page.len());
    }
}

#[test]
fn every_element_is_closed_in_order() {
    const VOID: [&str; 2] = ["meta", "br"];
    for page in pages() {
        let body = page.split("</style>").nth(1).unwrap();
        let mut open: Vec<&str> = vec!["html", "head"];
        for tag in tags(body) {
            let name = tag
                .trim_start_matches('/')
                .split(|c: char| c.is_whitespace() || c == '/')
                .next()
                .unwrap_or_default();
            if tag.starts_with('/') {
                assert_eq!(open.pop(), Some(name), "near <{tag}>");
            } else if !tag.ends_with('/') && !VOID.contains(&name) {
                open.push(name);
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }
}

#[test]
fn no_number_that_is_none_is_shown_or_drawn() {
    for page in pages() {
        for tag in tags(&page) {
            assert!(
                !tag.contains("NaN") && !tag.contains("inf\"") && !tag.contains("=\"-inf"),
                "<{tag}>"
            );
        }
        assert!(!page.contains(">NaN") && !page.contains(" NaN"));
    }
}

#[test]
fn the_verdict_the_missed_the_break_and_the_advice_stand_in_the_head() {
    let (run, evidence) = fixture::singles_day();
    let page = html(&run, &evidence, Language::En).unwrap();
    let head = page.split("</header>").next().unwrap();
    let head = head.split("<header").nth(1).unwrap();
    for wanted in [
        "got no answer in time",
        "✗</span> Broken",
        "It broke at",
        "Worst channel",
        "What to do",
    ] {
        assert!(head.contains(wanted), "{wanted} in {head}");
    }
    assert!(page.contains("<html lang=\"en\">"));
    assert!(
        html(&run, &evidence, Language::Zh)
            .unwrap()
            .contains("<html lang=\"zh\">")
    );
}

#[test]
fn the_tile_and_the_finding_have_the_figures_of_the_tables_though_like_is_compared_with_like() {
    let (mut run, evidence) = fixture::singles_day();
    let against = &mut run.against_calm["midnight"];
    for change in [&mut against.served, &mut against.quality].into_iter().flatten() {
        (change.phase, change.calm) = (change.phase - 0.05, change.calm - 0.05);
    }
    let page = html(&run, &evidence, Language::En).unwrap();
    assert!(page.contains("<dd class=\"value\">26.7%</dd><dd class=\"note\">midnight · calm 100%</dd>"));
    assert!(page.contains("quality 0.86 in midnight, 0.97 in calm (like with like -0.11"));
    let findings = page.split("<section id=\"findings\">").nth(1).unwrap();
    assert!(
        findings
            .split("</section>")
            .next()
            .unwrap()
            .contains("Like with like: questions of the same goal")
    );
}

#[test]
fn a_phase_too_short_for_its_name_has_it_all_the_same() {
    let (run, evidence) = fixture::singles_day();
    let page = html(&run, &evidence, Language::En).unwrap();
    let names = page
        .split("class=\"phase-name\"")
        .skip(1)
        .filter_map(|rest| rest.split('<').next());
    let short = names.filter(|name| name.ends_with(">live-stream")).count();
    assert_eq!(short, 4, "of two pictures, each in two sizes");
}

#[test]
fn a_mean_over_unanswered_questions_says_how_they_count() {
    for (run, is_told) in [
        (fixture::singles_day().0, true),
        (fixture::singles_day_prepared().0, false),
    ] {
        let page = html(&run, &Evidence::default(), Language::En).unwrap();
        let part = |id: &str| {
            page.split(&format!("<section id=\"{id}\">"))
                .nth(1)
                .unwrap()
                .split("</section>")
                .next()
                .unwrap()
                .to_owned()
        };
        let note = "In a mean, a question without an answer counts with";
        assert!(part("times").contains(note));
        assert_eq!(
            part("channels").contains(note),
            is_told && run.channel_spread_ms.is_some()
        );
    }
}

#[test]
fn what_a_judge_said_is_a_section_of_the_page_only_where_one_was_asked() {
    let (run, evidence) = fixture::judged();
    let page = html(&run, &evidence, Language::En).unwrap();
    let section = page.split("<section id=\"judge\">").nth(1).unwrap();
    let section = section.split("</section>").next().unwrap();
    for wanted in [
        "some-model-0711 judged 200 of 204",
        "<th scope=\"row\">courteous</th><td class=\"number\">87.0% (83.0% – 90.0%)</td>",
        "0.81 (0.71 – 0.89)",
        "next_step: the judge hardly agrees with people (kappa 0.31)",
        "<span class=\"chip held\">",
    ] {
        assert!(section.contains(wanted), "{wanted} in {section}");
    }
    let (run, evidence) = fixture::singles_day();
    assert!(!html(&run, &evidence, Language::En).unwrap().contains("id=\"judge\""));
}

#[test]
fn every_picture_has_a_name_and_its_data_in_a_table() {
    let (run, evidence) = fixture::singles_day();
    let page = html(&run, &evidence, Language::En).unwrap();
    for figure in page.split("<figure>").skip(1) {
        let figure = figure.split("</figure>").next().unwrap();
        assert_eq!(figure.matches("<svg role=\"img\" aria-label=\"").count(), 2);
        assert!(figure.contains("<details>") && figure.contains("<table>") && figure.contains("<figcaption>"));
    }
    assert_eq!(page.matches("<figure>").count(), 4);
}

#[test]
fn a_picture_has_a_few_hundred_points_however_long_the_run() {
    let (run, mut evidence) = fixture::singles_day();
    let day = evidence.seconds.clone();
    for repeat in 1..50 {
        evidence.seconds.extend(day.iter().cloned().map(|mut second| {
            second.second += repeat * 125;
            second
        }));
    }
    let page = html(&run, &evidence, Language::En).unwrap();
    let longest = page
        .split(" d=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .map(|path| path.matches('L').count())
        .max();
    assert!(
        longest.is_some_and(|points| points <= 600),
        "two edges of at most 300 points, found {longest:?}"
    );
}

/// Opens the worst page in a real browser, with `THRONG_CHROMIUM` or `chromium`.
#[test]
#[ignore = "needs Chromium"]
fn a_browser_reads_the_page_as_it_was_meant() {
    let browser = std::env::var("THRONG_CHROMIUM").unwrap_or_else(|_| "chromium".to_owned());
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("report.html");
    let (run, evidence) = fixture::hostile();
    std::fs::write(&page, html(&run, &evidence, Language::En).unwrap()).unwrap();
    let dumped = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--dump-dom",
        ])
        .args([
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ])
        .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&dumped.stdout);
    assert!(
        dom.contains("got no answer in time") && dom.contains("</html>"),
        "{dom}"
    );
    assert!(
        !dom.contains("<script") && !dom.contains("<a "),
        "hostile text became an element"
    );
    assert_eq!(dom.matches("<figure>").count(), 4);
}

/// `cargo test --lib the_reports_to_look_at -- --ignored` writes the reports below the system's temporary folder.
#[test]
#[ignore = "writes files to look at"]
fn the_reports_to_look_at() {
    let folder = std::env::temp_dir().join("throng-reports");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, (run, evidence)) in [
        ("broken", fixture::singles_day()),
        ("judged", fixture::judged()),
        ("held", fixture::singles_day_prepared()),
        ("hostile", fixture::hostile()),
        ("nothing", fixture::nothing()),
        ("unanswered", fixture::only_unanswered()),
        ("crowded", fixture::crowded()),
    ] {
        for language in Language::ALL {
            let path = folder.join(format!("{name}.{language}.html"));
            std::fs::write(path, html(&run, &evidence, language).unwrap()).unwrap();
        }
    }
}

#[test]
fn what_customers_wanted_stands_beside_what_the_bot_took_it_for() {
    let (run, evidence) = fixture::singles_day();
    let page = html(&run, &evidence, Language::En).unwrap();
    let table = page.split("What they wanted").nth(1).unwrap();
    let table = table.split("</table>").next().unwrap();
    let [coupon, delivery] = ["coupon", "delivery</"].map(|name| table.find(name).unwrap());
    assert!(coupon < delivery, "those that were wanted most come first");
    assert!(table.contains("92.5%") && table.contains("gift (120)"), "{table}");
    assert!(!table.contains("delivery (30)"), "only the most frequent mistake");
}
