//! The words of the self-test, in both languages.

use throng::conversation::Language;
use throng::self_test::{Cell, CellFault, CellVerdict, Finding, SelfTestVerdict};

/// Speaks of a self-test.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words(pub(super) Language);

impl Words {
    /// The one that fits the language.
    pub(super) fn pick<T>(self, zh: T, en: T) -> T {
        match self.0 {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    pub(super) fn verdict(self, verdict: SelfTestVerdict) -> &'static str {
        match verdict {
            SelfTestVerdict::InTolerance => self.pick("在误差范围内", "in tolerance"),
            SelfTestVerdict::OutOfTolerance => self.pick("超出误差范围", "out of tolerance"),
            SelfTestVerdict::Saturated => {
                self.pick("本机过载，无法判断", "this machine was too small or too busy to tell")
            }
            SelfTestVerdict::Interrupted => self.pick("已中断", "interrupted"),
        }
    }

    pub(super) fn cell_verdict(self, cell: &Cell) -> &'static str {
        match cell.verdict {
            CellVerdict::InTolerance => self.pick("合格", "ok"),
            CellVerdict::OutOfTolerance => self.pick("超差", "WRONG"),
            CellVerdict::Saturated if cell.is_climb => self.pick("上限", "limit"),
            CellVerdict::Saturated => self.pick("过载", "saturated"),
        }
    }

    /// How the bot failed; a fault on its own is called as in scenarios.
    pub(super) fn fault(self, fault: CellFault) -> String {
        match fault {
            CellFault::None => self.pick("无", "none").to_owned(),
            CellFault::Mixed => self.pick("九种混合", "all nine").to_owned(),
            CellFault::Freeze => self.pick("冻结 2 秒", "freeze 2 s").to_owned(),
            CellFault::Only(_) => fault.word(),
        }
    }

    pub(super) fn finding(self, finding: Finding) -> &'static str {
        match finding {
            Finding::Miscounted => self.pick("计数与机器人的实情不符", "counts differ from the bot's truth"),
            Finding::TimesOff => self.pick("时间误差超出范围", "times are off by more than is tolerated"),
            Finding::FreezeOff => self.pick(
                "冻结期间的等待与理论值不符",
                "waits under the freeze are not those of arithmetic",
            ),
            Finding::NotSent => self.pick("有会话未能发起", "not all conversations began"),
            Finding::GeneratorCpu => self.pick("throng 的处理器时间用尽", "throng had used up its processor time"),
            Finding::GeneratorLag => self.pick(
                "throng 落后于计划，但处理器并未用尽（本机另有负载）",
                "throng fell behind its schedule with processor time to spare (the machine was busy)",
            ),
            Finding::BotCpu => self.pick("内置机器人的核已满", "the built-in bot had used up its core"),
            Finding::Disturbed => self.pick(
                "机器停顿过长，计数无法判断",
                "the machine stood still for too long to judge counts",
            ),
        }
    }

    pub(super) fn findings(self, findings: &[Finding]) -> String {
        let found: Vec<&str> = findings.iter().map(|finding| self.finding(*finding)).collect();
        found.join(self.pick("；", "; "))
    }

    /// One line about a cell, for the progress.
    pub(super) fn cell_line(self, cell: &Cell) -> String {
        let (rate, fault) = (cell.rate_per_s, self.fault(cell.fault));
        let (turns, miscounted, verdict) = (cell.turns, cell.miscounted, self.cell_verdict(cell));
        let (p50, p99) = cell.largest_errors();
        let (p50, p99) = (signed(p50), signed(p99));
        let protocol = &cell.protocol;
        let mut line = match self.0 {
            Language::Zh => format!(
                "{protocol} {rate}/s，故障：{fault}：{turns} 个轮次，计错 {miscounted}，误差 中位 {p50} p99 {p99} ms：{verdict}"
            ),
            Language::En => format!(
                "{protocol} {rate}/s, faults: {fault}: {turns} turns, {miscounted} miscounted, off by {p50} (p50) {p99} ms (p99): {verdict}"
            ),
        };
        if !cell.findings.is_empty() {
            line += &format!(" ({})", self.findings(&cell.findings));
        }
        if cell.tries > 1 {
            let tries = cell.tries;
            line += &self.pick(format!("，共 {tries} 次"), format!(", held {tries} times"));
        }
        line
    }
}

/// `+0.4`; `-` without a figure.
pub(super) fn signed(figure: Option<f64>) -> String {
    figure.map_or_else(|| "-".to_owned(), |figure| format!("{figure:+.1}"))
}

/// `0.4`; `-` without a figure.
pub(super) fn plain(figure: Option<f64>) -> String {
    figure.map_or_else(|| "-".to_owned(), |figure| format!("{figure:.1}"))
}

/// `1,048,576`.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_well() {
        assert_eq!(
            (signed(Some(0.42)), signed(Some(-3.0)), signed(None)),
            ("+0.4".into(), "-3.0".into(), "-".into())
        );
        assert_eq!(
            (grouped(7), grouped(1_000), grouped(1_048_576)),
            ("7".into(), "1,000".into(), "1,048,576".into())
        );
    }
}
