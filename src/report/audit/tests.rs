use unicode_width::UnicodeWidthStr;

use super::*;
use crate::quality::Claim;
use crate::report::fixture;

fn claim(said: &str, state: &str) -> KeptClaim {
    KeptClaim {
        state: state.to_owned(),
        fact: Some("coupon.amount".to_owned()),
        said: said.to_owned(),
        sentence: Some(format!("今晚{said}起")),
        truth: Some("50".to_owned()),
        stale_for_s: (state == "stale").then_some(41.25),
        customer: 123_456,
        turn: 2,
        phase: "midnight".to_owned(),
        channel: "wechat".to_owned(),
        at_s: 754.0,
        open_conversations: 3_402,
    }
}

fn audit() -> Audit {
    Audit {
        claims: vec![
            claim("减60元", "contradicted"),
            claim("\u{1b}[31m=cmd|' /C calc'!A0\u{202e}", "stale"),
            claim("\"a\",\nb", "forbidden"),
        ],
        found: 3,
        conversations: 20_000,
    }
}

#[test]
fn a_claim_tells_what_was_said_what_is_true_where_and_under_what_load() {
    let (run, _) = fixture::singles_day();
    let style = |width| Style { colour: true, width };
    for (language, expected) in [
        (
            Language::En,
            [
                "false · coupon.amount",
                "said: 减60元",
                "in: 今晚减60元起",
                "true: 50",
                "3,402 open",
                "true until 41",
            ],
        ),
        (
            Language::Zh,
            [
                "不实 · coupon.amount",
                "说的是：减60元",
                "原句：今晚减60元起",
                "实际是：50",
                "3,402",
                "过时（41",
            ],
        ),
    ] {
        let text = audit_text(&run, &audit(), language, style(80));
        for part in expected {
            assert!(text.contains(part), "{part}:\n{text}");
        }
        assert!(!text.contains("\u{1b}[31m=") && !text.contains('\u{202e}'));
        for width in [40, 80] {
            let plain = Style { colour: false, width };
            let text = audit_text(&run, &audit(), language, plain);
            let widest = text.lines().map(UnicodeWidthStr::width).max();
            assert!(widest <= Some(usize::from(width)), "{text}");
        }
    }
}

#[test]
fn no_cell_of_the_csv_is_a_formula_or_breaks_its_line() {
    let csv = audit_csv(&audit().claims).unwrap();
    let lines: Vec<&str> = csv.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(
        lines[1],
        "contradicted,coupon.amount,减60元,今晚减60元起,50,,123456,2,midnight,wechat,754.000,3402"
    );
    assert!(lines[2].contains(",'=cmd|' /C calc'!A0,"), "{}", lines[2]);
    assert!(lines[3].contains(",\"\"\"a\"\", b\","), "{}", lines[3]);
}

#[test]
fn the_json_holds_the_counts_of_the_whole_run_and_every_key() {
    let (run, _) = fixture::singles_day();
    let json: serde_json::Value = serde_json::from_str(&audit_json(&run, &audit()).unwrap()).unwrap();
    assert_eq!(json["schema"], "throng.audit/1");
    assert_eq!(json["conversations_kept"], 20_000);
    assert_eq!(json["claims"][0]["said"], "减60元");
    assert!(json["claims"][0]["stale_for_s"].is_null() && json["claims"][1]["stale_for_s"] == 41.25);
}

#[test]
fn the_json_follows_its_published_schema() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas/audit.schema.json");
    let current = format!("{:#}\n", audit_schema());
    if std::env::var_os("UPDATE_SCHEMAS").is_some() {
        std::fs::write(&path, &current).unwrap();
    }
    let published = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(published == current, "run `make schemas` and commit docs/schemas");
    let (run, _) = fixture::singles_day();
    let json = serde_json::from_str(&audit_json(&run, &audit()).unwrap()).unwrap();
    assert!(jsonschema::validator_for(&audit_schema()).unwrap().is_valid(&json));
}

#[test]
fn that_something_holds_is_told_in_the_readers_language() {
    let (run, _) = fixture::singles_day();
    let style = Style {
        colour: false,
        width: 80,
    };
    let told = |truth: &str, language| {
        let mut audit = audit();
        audit.claims.truncate(1);
        audit.claims[0].truth = Some(truth.to_owned());
        audit_text(&run, &audit, language, style)
    };
    assert!(told(Claim::HOLDS, Language::Zh).contains("实际是：确实如此"));
    assert!(told(Claim::DOES_NOT_HOLD, Language::Zh).contains("实际是：并非如此"));
    assert!(told(Claim::DOES_NOT_HOLD, Language::En).contains("true: no, it does not hold"));
    assert!(told("200-20, 500-60", Language::En).contains("true: 20 off from 200, 60 off from 500"));
    assert!(told("200-20", Language::Zh).contains("实际是：满200减20"));
    assert!(told("2026-11-19", Language::En).contains("true: 2026-11-19"));
}
