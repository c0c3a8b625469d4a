//! Asks a model, again where that helps, and keeps the books.

use std::sync::Mutex;
use std::time::Duration;

use bytes::Bytes;
use tokio::time::sleep;

use super::budget::Reservation;
use super::connection::{Connector, Lost, Response, within};
use super::dialect::Dialect;
use super::{Answer, Budget, Key, ModelError, Question, answer};

/// How patiently a model is asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    /// How long one attempt may take.
    pub timeout: Duration,
    /// How often a question is sent at most; at least 1.
    pub attempts: u32,
    /// The wait after the first failed attempt; it doubles with each.
    pub backoff: Duration,
    /// The longest wait that an endpoint may ask for.
    pub longest_wait: Duration,
    /// The longest answer that is read. Unit: bytes.
    pub most_bytes: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            timeout: Duration::from_secs(120),
            attempts: 5,
            backoff: Duration::from_millis(500),
            longest_wait: Duration::from_secs(60),
            most_bytes: 1 << 20,
        }
    }
}

/// A model behind an endpoint. Questions may be asked at the same time; each has a connection of its own.
pub struct Client {
    connector: Connector,
    model: String,
    key: Option<Key>,
    settings: Settings,
    budget: Budget,
    dialect: Mutex<Dialect>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} at {}", self.model, self.connector.name())
    }
}

impl Client {
    /// A client of the endpoint with this base URL (with `/v1`, as in `OPENAI_BASE_URL`). Sends nothing.
    ///
    /// # Errors
    /// When the URL is none, its host is neither loopback nor in `allowed_hosts`, or https has no certificates.
    pub fn new(base: &str, model: &str, key: Option<Key>, allowed_hosts: &[String]) -> Result<Client, ModelError> {
        let url = format!("{}/chat/completions", base.trim_end_matches('/'));
        Ok(Client {
            connector: Connector::new(url, allowed_hosts)?,
            model: model.to_owned(),
            key,
            settings: Settings::default(),
            budget: Budget::new(super::Limits::default(), super::Price::default()),
            dialect: Mutex::default(),
        })
    }

    /// The same with another patience.
    #[must_use]
    pub fn with_settings(self, settings: Settings) -> Client {
        Client { settings, ..self }
    }

    /// The same with a budget.
    #[must_use]
    pub fn with_budget(self, budget: Budget) -> Client {
        Client { budget, ..self }
    }

    /// Host and port, for people.
    pub fn endpoint(&self) -> String {
        self.connector.name()
    }

    /// The model as it is asked for.
    pub fn model(&self) -> &str {
        &self.model
    }

    /// What was spent so far.
    pub fn budget(&self) -> &Budget {
        &self.budget
    }

    /// What the endpoint did not take of a request, as the wire calls it: `seed`, `response_format`.
    pub fn left_out(&self) -> Vec<&'static str> {
        self.dialect().left_out()
    }

    /// Asks, and waits for the whole answer. Each attempt is paid from the budget: an answer with what the endpoint says
    /// that it took, one that was lost on its way with the most that it may have taken, a refusal with nothing. One whose
    /// asker stops waiting is lost, too.
    ///
    /// # Errors
    /// [`ModelError`]; [`is_final`](ModelError::is_final) tells whether another question could end otherwise.
    pub async fn ask(&self, question: &Question) -> Result<Answer, ModelError> {
        let mut attempts = 0;
        loop {
            let dialect = self.dialect();
            let wait = match self.attempt(question, dialect).await? {
                Attempt::Answered(answer) => return Ok(answer),
                Attempt::Malformed(reason) => return Err(self.malformed(reason)),
                // Bounded: a dialect only ever gets simpler.
                Attempt::Refused(response) if self.simplify(dialect, &response) => continue,
                Attempt::Refused(response) => {
                    attempts += 1;
                    self.wait_after_refusal(attempts, &response)?
                }
                Attempt::Lost(lost) => {
                    attempts += 1;
                    self.wait_after_loss(attempts, lost)?
                }
            };
            sleep(wait).await;
        }
    }

    /// One attempt, paid.
    async fn attempt(&self, question: &Question, dialect: Dialect) -> Result<Attempt, ModelError> {
        let reservation = Reservation::for_question(question);
        let held = self.budget.reserve(reservation)?;
        let body = Bytes::from(dialect.body(&self.model, question).to_string());
        let posted = self.connector.post(body, self.key.as_ref(), self.settings.most_bytes);
        let (ended, used) = match within(self.settings.timeout, posted).await {
            Ok(response) if response.status == 200 => match answer::read(&response.body, &self.model, question) {
                Ok(answer) => {
                    let used = answer.usage;
                    (Attempt::Answered(answer), Some(used))
                }
                Err(reason) => (Attempt::Malformed(reason), Some(reservation.as_used())),
            },
            Ok(response) => (Attempt::Refused(response), None),
            Err(lost) => {
                let used = lost.was_sent.then(|| reservation.as_used());
                (Attempt::Lost(lost), used)
            }
        };
        held.settle(used);
        Ok(ended)
    }

    /// True when asking again in a simpler way may help.
    fn simplify(&self, used: Dialect, response: &Response) -> bool {
        if !matches!(response.status, 400 | 422) {
            return false;
        }
        let mut current = self.current_dialect();
        if *current != used {
            // Another question met the same refusal first.
            return true;
        }
        let (parameter, _) = answer::refusal(&response.body);
        match current.without(parameter.as_deref()) {
            Some(simpler) => {
                *current = simpler;
                true
            }
            None => false,
        }
    }

    fn wait_after_refusal(&self, attempts: u32, response: &Response) -> Result<Duration, ModelError> {
        let may_try_again = matches!(response.status, 408 | 409 | 425 | 429 | 500..=599);
        if !may_try_again || attempts >= self.settings.attempts {
            return Err(self.refused(response));
        }
        match response.retry_after {
            Some(wait) if wait > self.settings.longest_wait => Err(ModelError::WaitTooLong {
                endpoint: self.endpoint(),
                status: response.status,
                wait,
            }),
            Some(wait) => Ok(wait),
            None => Ok(self.backoff(attempts)),
        }
    }

    fn wait_after_loss(&self, attempts: u32, lost: Lost) -> Result<Duration, ModelError> {
        if lost.may_try_again && attempts < self.settings.attempts {
            return Ok(self.backoff(attempts));
        }
        Err(ModelError::Transport {
            endpoint: self.endpoint(),
            attempts,
            reason: lost.reason,
        })
    }

    fn backoff(&self, attempts: u32) -> Duration {
        let doubled = self
            .settings
            .backoff
            .saturating_mul(1 << attempts.saturating_sub(1).min(16));
        doubled.min(self.settings.longest_wait)
    }

    fn refused(&self, response: &Response) -> ModelError {
        let (_, code) = answer::refusal(&response.body);
        ModelError::Refused {
            endpoint: self.endpoint(),
            status: response.status,
            code: code.filter(|code| self.key.as_ref().is_none_or(|key| !key.is_in(code))),
        }
    }

    fn malformed(&self, reason: &str) -> ModelError {
        ModelError::Malformed {
            endpoint: self.endpoint(),
            reason: reason.to_owned(),
        }
    }

    fn dialect(&self) -> Dialect {
        *self.current_dialect()
    }

    /// A dialect is replaced whole, so what a panicking thread left is whole.
    fn current_dialect(&self) -> std::sync::MutexGuard<'_, Dialect> {
        self.dialect.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// How one attempt ended.
enum Attempt {
    Answered(Answer),
    /// A good status, and no answer in it.
    Malformed(&'static str),
    Refused(Response),
    Lost(Lost),
}

#[cfg(test)]
mod tests;
