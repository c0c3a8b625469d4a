//! `throng plan`: draws the traffic and says what to expect of it; sends nothing.

mod curve;

use serde_json::json;
use throng::conversation::Language;
use throng::rehearsal::{self, Plan, PlannedPhase};
use throng::report::{self, Column};
use throng::scenario::Scenario;
use throng::verdict::{Detection, Reach};

use super::args::PlanArguments;
use super::check::load;
use super::console::{print, width};
use super::exit_code::ExitCode;
use super::failure::Failure;
use super::run::failed;
use curve::{curve, fit};

const HEIGHT: usize = 8;
const MARGIN: usize = 10;

pub(crate) fn plan(arguments: &PlanArguments, language: Language) -> Result<ExitCode, Failure> {
    let scenario = load(&arguments.scenario)?;
    let plan = rehearsal::plan(scenario.clone()).map_err(failed)?;
    let text = match arguments.json {
        true => format!("{:#}", as_json(&scenario, &plan)),
        false => {
            let columns = usize::from(width()).saturating_sub(MARGIN + 1).clamp(20, 100);
            [
                head(&scenario, &plan, language),
                picture(&scenario, &plan, columns),
                phases(&plan, width(), language),
                tells(&plan, language),
            ]
            .into_iter()
            .chain(switches(&plan, language))
            .chain(short(&plan, language))
            .collect::<Vec<_>>()
            .join("\n\n")
        }
    };
    print(&text)?;
    Ok(ExitCode::Held)
}

fn head(scenario: &Scenario, plan: &Plan, language: Language) -> String {
    let name = &scenario.file.scenario;
    let (turns, messages) = (plan.turns_per_conversation(), plan.messages_per_conversation());
    let (total_turns, total_messages) = (plan.planned as f64 * turns, plan.planned as f64 * messages);
    let seconds = scenario.traffic_length().as_secs_f64();
    let (open, mean) = (plan.peak_open, plan.on_paper.mean_conversation.as_secs_f64());
    let mut text = match language {
        _ if plan.population.is_some() => closed_head(scenario, plan, language),
        Language::Zh => format!(
            "{name}：{seconds:.0} 秒内 {} 个会话（由种子 {} 精确决定），约 {total_turns:.0} 个轮次、{total_messages:.0} 条消息\n\
             平均每个会话 {turns:.1} 个轮次、{mean:.0} 秒；机器人应答良好时，同时进行的会话最多约 {open:.0} 个",
            plan.planned, scenario.file.seed
        ),
        Language::En => format!(
            "{name}: {} conversations in {seconds:.0} s (exactly, from seed {}), about {total_turns:.0} turns and {total_messages:.0} messages\n\
             {turns:.1} turns and {mean:.0} s per conversation; at most about {open:.0} open at once while the bot answers well",
            plan.planned, scenario.file.seed
        ),
    };
    let pace = scenario.file.pace;
    if pace != 1.0 || scenario.scale != 1.0 {
        text += &match language {
            Language::Zh => format!(
                "\n注意：节奏 {pace}，倍率 {}；只有节奏为 1 的演练才能证明容量",
                scenario.scale
            ),
            Language::En => format!(
                "\nnote: pace {pace}, scale {}; only pace 1 supports a claim about capacity",
                scenario.scale
            ),
        };
    }
    text
}

/// A closed workload promises a number of customers, not of conversations.
fn closed_head(scenario: &Scenario, plan: &Plan, language: Language) -> String {
    let (name, seed, planned) = (&scenario.file.scenario, scenario.file.seed, plan.planned);
    let seconds = scenario.traffic_length().as_secs_f64();
    let (turns, mean) = (
        plan.turns_per_conversation(),
        plan.on_paper.mean_conversation.as_secs_f64(),
    );
    let (open, total_turns) = (plan.peak_open, planned as f64 * turns);
    match language {
        Language::Zh => format!(
            "{name}：闭环负载，{seconds:.0} 秒内同时最多 {open:.0} 位客户，一位离开后下一位才来（种子 {seed}）\n\
             平均每个会话 {turns:.1} 个轮次、{mean:.0} 秒；机器人应答良好时，约 {planned} 个会话、{total_turns:.0} 个轮次，变慢则更少，一问就失败则更多"
        ),
        Language::En => format!(
            "{name}: closed workload, at most {open:.0} customers at once for {seconds:.0} s, each coming back after another has left (seed {seed})\n\
             {turns:.1} turns and {mean:.0} s per conversation; about {planned} conversations and {total_turns:.0} turns while the bot answers well, fewer when it is slow, more when it fails at once"
        ),
    }
}

/// The curve with its axis, and a line that marks where phases begin.
fn picture(scenario: &Scenario, plan: &Plan, columns: usize) -> String {
    // The rate of conversations, or the number of customers who are there.
    let (curve_of, unit) = match &plan.population {
        Some(population) => (population, ""),
        None => (&plan.rates, "/s"),
    };
    let values = fit(curve_of, columns);
    let highest = curve_of.iter().copied().fold(0.0, f64::max);
    let mut lines: Vec<String> = curve(&values, HEIGHT)
        .into_iter()
        .enumerate()
        .map(|(row, line)| {
            let label = match row {
                0 => format!("{highest:.0}{unit}"),
                row if row == HEIGHT - 1 => format!("0{unit}"),
                _ => String::new(),
            };
            format!("{label:>MARGIN$} {}", line.trim_end())
        })
        .collect();
    let length = scenario.traffic_length().as_secs_f64().max(1.0);
    let mut ruler = vec!['─'; values.len()];
    for phase in &plan.phases {
        let column = (phase.start.as_secs_f64() / length * values.len() as f64) as usize;
        if let Some(mark) = ruler.get_mut(column) {
            *mark = '┴';
        }
    }
    lines.push(format!("{:>MARGIN$} {}", "", ruler.into_iter().collect::<String>()));
    lines.join("\n")
}

/// The phases; where the terminal is narrow, without what the others imply.
fn phases(plan: &Plan, width: u16, language: Language) -> String {
    let column = |weight, chinese: &str, english: &str, cell: &dyn Fn(&PlannedPhase) -> String| Column {
        header: match language {
            Language::Zh => chinese.to_owned(),
            Language::En => english.to_owned(),
        },
        weight,
        cells: plan.phases.iter().map(cell).collect(),
    };
    let tenths = |number: f64| format!("{number:.1}");
    let whole = |number: f64| format!("{number:.0}");
    let columns = vec![
        column(9, "阶段", "phase", &|phase| phase.name.clone()),
        column(4, "开始 s", "start s", &|phase| tenths(phase.start.as_secs_f64())),
        column(7, "时长 s", "for s", &|phase| tenths(phase.length.as_secs_f64())),
        column(6, "会话", "conversations", &|phase| whole(phase.conversations)),
        column(8, "峰值/s", "peak/s", &|phase| tenths(phase.peak_rate)),
        column(5, "轮次", "turns", &|phase| whole(phase.turns)),
        column(2, "消息", "messages", &|phase| whole(phase.messages)),
        column(3, "消息/s", "messages/s", &|phase| {
            tenths(phase.messages / phase.length.as_secs_f64().max(0.001))
        }),
    ];
    report::table(columns, width)
}

fn tells(plan: &Plan, language: Language) -> String {
    if plan.detections.is_empty() {
        return match language {
            Language::Zh => "没有设置阈值：这次演练只测量，不下结论".to_owned(),
            Language::En => "no thresholds: the run will measure and judge nothing".to_owned(),
        };
    }
    let title = match language {
        Language::Zh => "每个阈值能分辨什么（样本数为预期值）：",
        Language::En => "what each threshold can tell with as many samples as expected:",
    };
    let lines = plan.detections.iter().map(|detection| {
        let mut line = format!("  {}\n      {}", detection.that, reach(detection, language));
        if !detection.can_hold() {
            line += &too_thin(detection, language);
        }
        line
    });
    std::iter::once(title.to_owned())
        .chain(lines)
        .collect::<Vec<_>>()
        .join("\n")
}

/// What becomes of customers who get nowhere.
fn switches(plan: &Plan, language: Language) -> Option<String> {
    let title = match language {
        Language::Zh => "没有得到解决而换渠道接着问的客户（有多少人没得到解决取决于机器人）：",
        Language::En => {
            "customers who get nowhere and go on over another channel (how many get nowhere is the bot's doing):"
        }
    };
    let lines = plan.switches.iter().map(|switch| {
        let (from, to) = (&switch.from, &switch.to);
        let (share, conversations, at_most) = (switch.share * 100.0, switch.conversations, switch.at_most);
        match language {
            Language::Zh => format!(
                "  {from} → {to}：其中的 {share:.0}%；约 {conversations:.0} 个会话从 {from} 开始，最多约 {at_most:.0} 位"
            ),
            Language::En => format!(
                "  {from} → {to}: {share:.0}% of them; of about {conversations:.0} conversations that begin on {from}, at most about {at_most:.0}"
            ),
        }
    });
    let all: Vec<String> = std::iter::once(title.to_owned()).chain(lines).collect();
    (all.len() > 1).then(|| all.join("\n"))
}

/// What this machine has too little of.
fn short(plan: &Plan, language: Language) -> Option<String> {
    let title = match language {
        Language::Zh => "这台机器承载不了这个计划：",
        Language::En => "this machine cannot carry the plan:",
    };
    let lines = plan
        .shortages
        .iter()
        .map(|shortage| format!("  {}", shortage.in_words(language)));
    let lines: Vec<String> = lines.collect();
    (!lines.is_empty()).then(|| format!("{title}\n{}", lines.join("\n")))
}

fn reach(detection: &Detection, language: Language) -> String {
    let percent = |share: Option<f64>| share.map_or_else(|| "-".to_owned(), |share| format!("{:.2} %", share * 100.0));
    let samples = detection.samples;
    match (detection.reach, language) {
        (Reach::Exact, Language::Zh) => "精确计数，没有误差区间".to_owned(),
        (Reach::Exact, Language::En) => "an exact count, without an interval".to_owned(),
        (Reach::Rate { held, broken }, Language::Zh) => {
            format!(
                "约 {samples} 个样本：{} 时可证达标，{} 时可证未达标",
                percent(held),
                percent(broken)
            )
        }
        (Reach::Rate { held, broken }, Language::En) => {
            format!(
                "about {samples} samples: provably held at {}, provably broken at {}",
                percent(held),
                percent(broken)
            )
        }
        (Reach::Slower { held, broken }, Language::Zh) => {
            format!(
                "约 {samples} 个样本：慢于界限者不超过 {} 时可证达标，达到 {} 时可证未达标",
                percent(held),
                percent(broken)
            )
        }
        (Reach::Slower { held, broken }, Language::En) => {
            format!(
                "about {samples} samples: provably held while at most {} are slower, provably broken from {}",
                percent(held),
                percent(broken)
            )
        }
        (Reach::Open, Language::Zh) => format!("约 {samples} 个样本：取决于数值的离散程度或参照阶段"),
        (Reach::Open, Language::En) => {
            format!("about {samples} samples: depends on the spread of the values or on the phase compared with")
        }
    }
}

fn too_thin(detection: &Detection, language: Language) -> String {
    let needs = detection.needs.map(|needs| needs.to_string());
    match (language, needs) {
        (Language::Zh, Some(needs)) => {
            format!("\n      警告：样本太少，无论机器人多好都无法证明达标；至少需要 {needs} 个")
        }
        (Language::En, Some(needs)) => {
            format!("\n      warning: too thin, it can never be proven to hold; it takes {needs} samples at least")
        }
        (Language::Zh, None) => "\n      警告：样本太少，无论机器人多好都无法证明达标".to_owned(),
        (Language::En, None) => "\n      warning: too thin, it can never be proven to hold".to_owned(),
    }
}

fn as_json(scenario: &Scenario, plan: &Plan) -> serde_json::Value {
    let phases: Vec<_> = plan
        .phases
        .iter()
        .map(|phase| {
            json!({"name": phase.name, "start_s": phase.start.as_secs_f64(), "for_s": phase.length.as_secs_f64(),
                   "conversations": phase.conversations, "peak_per_s": phase.peak_rate, "turns": phase.turns, "messages": phase.messages})
        })
        .collect();
    let thresholds: Vec<_> = plan
        .detections
        .iter()
        .map(|detection| {
            let (held, broken) = match detection.reach {
                Reach::Rate { held, broken } | Reach::Slower { held, broken } => (held, broken),
                Reach::Exact | Reach::Open => (None, None),
            };
            json!({"that": detection.that, "samples": detection.samples, "held_at": held, "broken_at": broken,
                   "needs": detection.needs, "can_hold": detection.can_hold()})
        })
        .collect();
    let switches = plan.switches.iter().map(|switch| {
        json!({"from": switch.from, "to": switch.to, "share": switch.share, "conversations": switch.conversations,
               "at_most": switch.at_most})
    });
    json!({"switches": switches.collect::<Vec<_>>(), "scenario": scenario.file.scenario, "seed": scenario.file.seed, "workload": scenario.file.workload,
           "population": scenario.file.largest_population(), "planned": plan.planned,
           "turns_per_conversation": plan.turns_per_conversation(), "messages_per_conversation": plan.messages_per_conversation(),
           "mean_conversation_s": plan.on_paper.mean_conversation.as_secs_f64(), "peak_open_conversations": plan.peak_open,
           "conversations_per_s": plan.rates, "phases": phases, "thresholds": thresholds,
           "shortages": plan.shortages.iter().map(|shortage| shortage.in_words(Language::En)).collect::<Vec<_>>()})
}
