//! `throng run --repeat`: several runs of one scenario.

use throng::conversation::Language;
use throng::rehearsal::{Repeated, Repeating};
use throng::report::{self, Style};

use super::args::RunArguments;
use super::console::{may_colour, print, tell, warn, width};
use super::exit_code::ExitCode;
use super::failure::Failure;
use super::live::Live;
use super::run::failed;

/// Shows how the runs go on.
pub(crate) fn watch(live: &mut Live, times: u32, progress: &Repeating<'_>, language: Language) {
    match progress {
        Repeating::Begins { number, seed } => {
            live.restart();
            if !matches!(live, Live::Silent) {
                (live.tell())(&match language {
                    Language::Zh => format!("第 {number}/{times} 次演练，随机种子 {seed}"),
                    Language::En => format!("run {number} of {times}, seed {seed}"),
                });
            }
        }
        Repeating::Second(snapshot) => live.show(snapshot),
        Repeating::Ended { number, finished } => {
            live.clear();
            for trouble in &finished.troubles {
                warn(&format!("{number}: {trouble}"), language);
            }
        }
    }
}

/// Shows what the runs say together. A run that could not be held is the failure, once what was measured is shown.
pub(crate) fn show(arguments: &RunArguments, repeated: Repeated, language: Language) -> Result<ExitCode, Failure> {
    let repeat = &repeated.repeat;
    if arguments.json {
        let json = serde_json::to_string_pretty(repeat);
        print(&json.map_err(|error| Failure::from_error(ExitCode::Internal, &error))?)?;
    } else if !arguments.quiet {
        let style = Style {
            colour: may_colour(),
            width: width(),
        };
        print(&report::repeat_terminal(repeat, language, style))?;
    }
    if !arguments.quiet {
        let folder = repeated.folder.display();
        tell(&match language {
            Language::Zh => format!("\n结果：{folder}/repeat.json（各次演练的报告在 {folder}/1/report.html 等）"),
            Language::En => format!(
                "\nresults: {folder}/repeat.json (the report of each run is in {folder}/1/report.html and so on)"
            ),
        });
    }
    match repeated.failure {
        Some(error) => Err(failed(error)),
        None => Ok(ExitCode::of(repeat.verdict)),
    }
}
