//! Writing to the terminal: data to standard output, all else to standard error.

use std::io::{self, ErrorKind, IsTerminal, Write};

use throng::conversation::Language;

use super::failure::{Failure, output_failed};

/// Writes data. A pipe that was closed by its reader ends the output quietly.
pub(crate) fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    let written = out
        .write_all(text.as_bytes())
        .and_then(|()| match text.ends_with('\n') {
            true => Ok(()),
            false => out.write_all(b"\n"),
        });
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(output_failed(&error)),
        _ => Ok(()),
    }
}

/// Tells something beside the data. Where nobody listens there is nobody to tell that it failed.
pub(crate) fn tell(text: &str) {
    let _unheard = writeln!(io::stderr().lock(), "{text}").is_err();
}

/// Tells something that should be known before what was asked for is believed.
pub(crate) fn warn(words: &str, language: Language) {
    tell(&match language {
        Language::Zh => format!("警告：{words}"),
        Language::En => format!("warning: {words}"),
    });
}

/// True when standard output may be coloured.
pub(crate) fn may_colour() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// The width of the terminal behind standard output, in columns; 100 where there is none.
pub(crate) fn width() -> u16 {
    let size = console::Term::stdout().size_checked();
    size.map_or(100, |(_, columns)| columns.max(20))
}

/// The same for what is as wide as it must be in a file or pipe.
pub(crate) fn page_width() -> u16 {
    match io::stdout().is_terminal() {
        true => width(),
        false => u16::MAX,
    }
}

/// The language to speak: as asked, else as the environment says, else English.
pub(crate) fn language(asked: Option<Language>) -> Language {
    let from_environment = || {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        match locale {
            Some(locale) if locale.to_lowercase().starts_with("zh") => Language::Zh,
            _ => Language::En,
        }
    };
    asked.unwrap_or_else(from_environment)
}
