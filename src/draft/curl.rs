//! A curl command: method, URL, headers, data.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::{Url, form_urlencoded};

use super::shell;

/// Why a command cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// It is for another shell.
    #[error("it is written for Windows' cmd; copy it with \"Copy as cURL (bash)\"")]
    ForWindows,
    /// It is no curl command.
    #[error(
        "expected a command that begins with `curl`, found `{0}`; copy it with \"Copy as cURL\" from the browser's network page"
    )]
    NotCurl(String),
    /// A quote without its end.
    #[error("a quote {0} is not closed: part of the command is missing")]
    Unclosed(char),
    /// An option that is not known.
    #[error("option `{0}` is not known here; leave it out if the request works without it")]
    UnknownOption(String),
    /// An option without its value.
    #[error("option `{0}` has no value")]
    NoValue(String),
    /// Data that lies in a file.
    #[error("its data lies in a file (`{0}`); put the data into the command")]
    DataInFile(String),
    /// A multipart form.
    #[error("`{0}` sends a multipart form, which profiles cannot send")]
    Multipart(String),
    /// No URL, or one that is none.
    #[error("expected one URL with http or https, found {0}")]
    Url(String),
    /// A method that profiles do not send.
    #[error("expected the method GET, POST or PUT, found `{0}`")]
    Method(String),
}

/// A request as a command sends it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Command {
    pub(super) method: String,
    pub(super) url: Url,
    target: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) data: Option<String>,
}

impl Command {
    /// The URL up to its path.
    pub(super) fn target(&self) -> &str {
        &self.target
    }

    pub(super) fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// What a header says; names are compared without regard to case.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }
}

/// Options that say nothing about the request.
const IGNORED: &[&str] = &[
    "--compressed",
    "--insecure",
    "-k",
    "--silent",
    "-s",
    "--show-error",
    "-S",
    "--location",
    "-L",
    "--include",
    "-i",
    "--verbose",
    "-v",
    "--no-buffer",
    "-N",
    "--fail",
    "-f",
    "--globoff",
    "-g",
    "--http1.1",
    "--http2",
    "--path-as-is",
    "-#",
];

/// Options that say nothing about it either, with a value.
const IGNORED_WITH_VALUE: &[&str] = &[
    "--output",
    "-o",
    "--max-time",
    "-m",
    "--connect-timeout",
    "--proxy",
    "-x",
    "--write-out",
    "-w",
    "--retry",
    "--cacert",
    "--resolve",
];

#[derive(Default)]
struct Read {
    method: Option<String>,
    urls: Vec<String>,
    headers: Vec<(String, String)>,
    data: Vec<String>,
    is_query: bool,
}

/// Reads a command.
pub(super) fn read(command: &str) -> Result<Command, CommandError> {
    let first_line = command.trim_start().lines().next().unwrap_or_default();
    if first_line.starts_with("curl ^\"") || first_line.ends_with(" ^") {
        return Err(CommandError::ForWindows);
    }
    let words = shell::words(command.trim_start_matches(['$', ' ', '\n', '\r', '\t']))?;
    let mut words = words.into_iter();
    let first = words.next().unwrap_or_default();
    if first != "curl" && first != "curl.exe" {
        return Err(CommandError::NotCurl(first.chars().take(40).collect()));
    }
    let mut read = Read::default();
    while let Some(word) = words.next() {
        read.take(&word, &mut words)?;
    }
    read.command()
}

impl Read {
    fn take(&mut self, word: &str, rest: &mut dyn Iterator<Item = String>) -> Result<(), CommandError> {
        if !word.starts_with('-') || word == "-" {
            self.urls.push(word.to_owned());
            return Ok(());
        }
        if IGNORED.contains(&word) {
            return Ok(());
        }
        let (name, attached) = split(word);
        if IGNORED.contains(&name.as_str()) && !name.starts_with("--") {
            // Several letters behind one dash: `-sS`.
            let others = format!("-{}", attached.unwrap_or_default());
            return self.take(&others, rest);
        }
        let mut value = || match &attached {
            Some(value) => Ok(value.clone()),
            None => rest.next().ok_or_else(|| CommandError::NoValue(name.clone())),
        };
        match name.as_str() {
            "-X" | "--request" => self.method = Some(value()?),
            "--url" => self.urls.push(value()?),
            "-H" | "--header" => self.header(&value()?),
            "-A" | "--user-agent" => drop(value()?),
            "-e" | "--referer" => self.headers.push(("Referer".to_owned(), value()?)),
            "-b" | "--cookie" => self.headers.push(("Cookie".to_owned(), value()?)),
            "-u" | "--user" => {
                let basic = format!("Basic {}", STANDARD.encode(value()?));
                self.headers.push(("Authorization".to_owned(), basic));
            }
            "--json" => {
                self.data.push(in_place(value()?)?);
                self.headers
                    .push(("Content-Type".to_owned(), "application/json".to_owned()));
            }
            "--data-raw" => self.data.push(value()?),
            "-d" | "--data" | "--data-ascii" | "--data-binary" => self.data.push(in_place(value()?)?),
            "--data-urlencode" => self.data.push(url_encoded(&in_place(value()?)?)),
            "-G" | "--get" => self.is_query = true,
            "-F" | "--form" | "--form-string" => return Err(CommandError::Multipart(name)),
            ignored if IGNORED_WITH_VALUE.contains(&ignored) => drop(value()?),
            _ => return Err(CommandError::UnknownOption(name)),
        }
        Ok(())
    }

    fn header(&mut self, line: &str) {
        if let Some((name, value)) = line.split_once(':') {
            self.headers.push((name.trim().to_owned(), value.trim().to_owned()));
        }
    }

    fn command(self) -> Result<Command, CommandError> {
        let [url] = self.urls.as_slice() else {
            return Err(CommandError::Url(match self.urls.len() {
                0 => "none".to_owned(),
                _ => self.urls.join(" and "),
            }));
        };
        let with_scheme = if url.contains("://") {
            url.clone()
        } else {
            format!("http://{url}")
        };
        let mut url = Url::parse(&with_scheme)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
            .ok_or_else(|| CommandError::Url(format!("`{url}`")))?;
        let mut data = (!self.data.is_empty()).then(|| self.data.join("&"));
        if self.is_query
            && let Some(query) = data.take()
        {
            let query = url
                .query()
                .map_or_else(|| query.clone(), |known| format!("{known}&{query}"));
            url.set_query(Some(&query));
        }
        let method = self
            .method
            .unwrap_or_else(|| if data.is_some() { "POST" } else { "GET" }.to_owned());
        if !matches!(method.as_str(), "GET" | "POST" | "PUT") {
            return Err(CommandError::Method(method));
        }
        Ok(Command {
            target: url.origin().ascii_serialization(),
            method,
            url,
            headers: self.headers,
            data,
        })
    }
}

/// An option and the value that hangs on it: `-XPOST`, `--url=...`.
fn split(word: &str) -> (String, Option<String>) {
    if word.starts_with("--") {
        let (name, value) = word
            .split_once('=')
            .map_or((word, None), |(name, value)| (name, Some(value)));
        return (name.to_owned(), value.map(str::to_owned));
    }
    let end = word.char_indices().nth(2).map_or(word.len(), |(end, _)| end);
    let (name, value) = word.split_at(end);
    (name.to_owned(), (!value.is_empty()).then(|| value.to_owned()))
}

fn in_place(data: String) -> Result<String, CommandError> {
    match data.strip_prefix('@') {
        Some(file) => Err(CommandError::DataInFile(file.to_owned())),
        None => Ok(data),
    }
}

/// `name=value` with its value encoded, as `--data-urlencode` sends it.
fn url_encoded(data: &str) -> String {
    let encode = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    match data.split_once('=') {
        Some((name, value)) if !name.is_empty() => format!("{name}={}", encode(value)),
        Some((_, value)) => encode(value),
        None => encode(data),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_command_sends_is_read() {
        let command = read(
            "curl 'https://bot.example:8443/chat?v=1' -X 'POST' -H 'Content-Type: application/json' -H 'X-Empty;' --compressed \\\n  --data-raw '{\"a\":1}'",
        )
        .unwrap();
        assert_eq!(
            (command.method.as_str(), command.target()),
            ("POST", "https://bot.example:8443")
        );
        assert_eq!((command.url.path(), command.url.query()), ("/chat", Some("v=1")));
        assert_eq!(command.header("content-type"), Some("application/json"));
        assert_eq!(command.data.as_deref(), Some("{\"a\":1}"));
        let got = read("$ curl -sS -G localhost:1/x --data-urlencode 'q=a b' -d c=d -u me:pw").unwrap();
        assert_eq!(
            (got.method.as_str(), got.url.as_str()),
            ("GET", "http://localhost:1/x?q=a+b&c=d")
        );
        assert_eq!(got.header("authorization"), Some("Basic bWU6cHc="));
        assert_eq!(
            read("curl -XPUT -Hx:y localhost -d1 -d2").unwrap().data.as_deref(),
            Some("1&2")
        );
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_reason() {
        for (command, words) in [
            ("wget http://x", "begins with `curl`, found `wget`"),
            ("", "begins with `curl`, found ``"),
            ("curl ^\"http://x^\"", "copy it with \"Copy as cURL (bash)\""),
            ("curl 'http://x", "is not closed"),
            ("curl http://x --digest", "`--digest` is not known here"),
            ("curl http://x -H", "option `-H` has no value"),
            ("curl http://x -d @body.json", "lies in a file (`body.json`)"),
            ("curl http://x -F a=b", "multipart"),
            ("curl -d x", "expected one URL with http or https, found none"),
            ("curl http://x http://y", "found http://x and http://y"),
            ("curl ftp://x", "found `ftp://x`"),
            ("curl http://x -X DELETE", "found `DELETE`"),
        ] {
            let error = read(command).unwrap_err().to_string();
            assert!(error.contains(words), "{command}: {error}");
        }
    }
}
