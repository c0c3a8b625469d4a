//! An error on its way to the user: what failed, why, what to do, and the exit code.

use std::error::Error;
use std::fmt;

use super::exit_code::ExitCode;

/// An error on its way to the user.
#[derive(Debug)]
pub(crate) struct Failure {
    code: ExitCode,
    message: String,
    hint: Option<String>,
}

impl Failure {
    /// A failure with this message.
    pub(crate) fn new(code: ExitCode, message: impl Into<String>) -> Failure {
        Failure {
            code,
            message: message.into(),
            hint: None,
        }
    }

    /// A failure from an error, its causes included.
    pub(crate) fn from_error(code: ExitCode, error: &dyn Error) -> Failure {
        let mut message = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            let text = error.to_string();
            // Some errors already print their cause.
            if !message.contains(&text) {
                message = format!("{message}: {text}");
            }
            cause = error.source();
        }
        Failure::new(code, message)
    }

    /// Adds what to do about it.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Failure {
        self.hint = Some(hint.into());
        self
    }

    /// The exit code.
    pub(crate) fn code(&self) -> ExitCode {
        self.code
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "error: {}", self.message.trim_end())?;
        match &self.hint {
            Some(hint) => write!(out, "\n\nhint: {hint}"),
            None => Ok(()),
        }
    }
}

/// Standard output is gone (a closed pipe): nobody reads on, which is no failure; anything else is.
pub(crate) fn output_failed(error: &std::io::Error) -> Failure {
    Failure::new(ExitCode::Internal, format!("cannot write to standard output: {error}"))
}
