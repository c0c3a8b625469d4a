//! The author of customers whom a model plays, from what the scenario says to what the run tells.

use std::sync::Arc;

use super::RehearsalError;
use crate::engine::{Author, Manner, Unwritten};
use crate::model::{Budget, Client, Key, Limits, Price, Settings};
use crate::scenario::{ModelBudget, PlayedBy, Scenario};
use crate::verdict::PlayedNumbers;

/// How often a question is put to the model; a customer does not wait for more.
const ATTEMPTS: u32 = 2;

/// An author at work, and what its model costs.
pub(super) struct Playwright {
    pub(super) author: Author,
    client: Arc<Client>,
}

impl Playwright {
    /// Starts the author that the scenario wants, if it wants one.
    pub(super) fn start(scenario: &Scenario, allowed_hosts: &[String]) -> Result<Option<Playwright>, RehearsalError> {
        let Some(played) = &scenario.file.played_by else {
            return Ok(None);
        };
        let key = Key::from_environment(played.key_from.as_deref(), |name| std::env::var(name).ok())?;
        let client = Client::new(&played.endpoint, &played.model, key, allowed_hosts)?
            .with_settings(Settings {
                timeout: played.timeout.get(),
                attempts: ATTEMPTS,
                ..Settings::default()
            })
            .with_budget(budget(played));
        let client = Arc::new(client);
        let manner = Manner {
            timeout: played.timeout.get(),
            at_once: played.at_once,
            temperature: played.temperature,
        };
        let author = Author::start(Arc::clone(&client), manner).map_err(RehearsalError::Runtime)?;
        Ok(Some(Playwright { author, client }))
    }

    /// What became of the questions so far.
    pub(super) fn numbers(&self) -> PlayedNumbers {
        let authored = self.author.numbers();
        let (usage, cost) = self.client.budget().spent();
        let reasons = Unwritten::ALL.into_iter().zip(authored.unwritten);
        PlayedNumbers {
            endpoint: self.client.endpoint(),
            model: self.client.model().to_owned(),
            asked: authored.asked,
            written: authored.written,
            own_words: authored.unwritten.iter().sum(),
            reasons: reasons.map(|(why, count)| (why.word().to_owned(), count)).collect(),
            tokens_in: usage.input,
            tokens_out: usage.output,
            tokens_estimated: usage.is_estimated,
            cost,
        }
    }
}

fn budget(played: &PlayedBy) -> Budget {
    let limits = match played.budget {
        Some(ModelBudget::Tokens(tokens)) => Limits {
            tokens: Some(tokens),
            money: None,
        },
        Some(ModelBudget::Money(money)) => Limits {
            tokens: None,
            money: Some(money),
        },
        Some(ModelBudget::Unlimited) | None => Limits::default(),
    };
    let price = played.price.map(|price| Price {
        input_per_million: price.input,
        output_per_million: price.output,
    });
    Budget::new(limits, price.unwrap_or_default())
}
