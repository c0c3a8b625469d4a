//! The end of a rehearsal: the summary, the verdict, and the files for people.

use super::load::Measured;
use super::{Finished, RehearsalError};
use crate::archive::{self, RunFolder};
use crate::conversation::Language;
use crate::engine::Control;
use crate::report;
use crate::verdict::Evidence;

/// Sums up and writes everything. A report that cannot be written costs that report, never the numbers.
pub(super) fn finish(
    mut measured: Measured,
    control: &Control,
    folder: &RunFolder,
    language: Language,
) -> Result<Finished, RehearsalError> {
    let mut troubles = Vec::new();
    let overflow = match &measured.kept {
        Ok(kept) => {
            if kept.without_room > 0 {
                measured.book.warn(&format!(
                    "{} conversations were not considered for run.sqlite, because those in it take all the room there is",
                    kept.without_room
                ));
            }
            kept.overflow
        }
        Err(error) => {
            let trouble = in_words(error);
            measured.book.warn(&format!("run.sqlite is not whole: {trouble}"));
            troubles.push(trouble);
            0
        }
    };
    let run = measured.book.run(control, None, overflow)?;
    folder.write_run(&run)?;
    let evidence = archive::evidence(folder.path()).unwrap_or_else(|error| {
        troubles.push(in_words(&error));
        Evidence::default()
    });
    let mut write = |name: &str, bytes: Result<Vec<u8>, report::ReportError>| {
        let written = bytes
            .map_err(|error| in_words(&error))
            .and_then(|bytes| folder.write(name, &bytes).map_err(|error| in_words(&error)));
        if let Err(trouble) = written {
            troubles.push(trouble);
        }
    };
    write(
        "report.html",
        report::html(&run, &evidence, language).map(String::into_bytes),
    );
    write("junit.xml", report::junit(&run, language));
    write(
        "summary.md",
        Ok(report::markdown(&run, &evidence, language).into_bytes()),
    );
    Ok(Finished {
        run,
        evidence,
        folder: folder.path().to_owned(),
        troubles,
    })
}

fn in_words(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}
