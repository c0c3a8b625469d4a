//! Where replies are heard: asks the model, a few at a time, until all are heard or something ends it.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use futures_util::StreamExt;
use futures_util::stream;

use super::memory::Memory;
use super::{JudgingError, Settings, Stop};
use crate::model::{Client, Message, ModelError, Question, Role};
use crate::quality::judge::{Exhibit, Prompt, Ruling, read};
use crate::scenario::Rubric;

/// So many questions in a row that fail in transport mean that the endpoint is gone.
const MOST_IN_A_ROW: u32 = 5;
/// The longest answer: a part for the frame and one for each criterion. Unit: tokens.
const TOKENS_FOR_ALL: u32 = 100;
const TOKENS_FOR_EACH: u32 = 300;

/// How far judging is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Replies heard.
    pub done: usize,
    /// Replies to hear.
    pub of: usize,
}

/// What became of a reply.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Heard {
    /// It has its rulings; from an earlier time, or an equal reply, or not.
    Ruled { rulings: Vec<Ruling>, was_known: bool },
    /// The model gave nothing that could be read.
    Unreadable,
    /// The endpoint failed.
    Failed,
    /// Judging ended before.
    NotAsked,
}

impl Heard {
    pub(super) fn rulings(&self) -> Option<&[Ruling]> {
        match self {
            Heard::Ruled { rulings, .. } => Some(rulings),
            _ => None,
        }
    }
}

/// Where replies are heard. Lives on one thread.
pub(super) struct Bench<'a> {
    client: &'a Client,
    rubric: &'a Rubric,
    model_seed: u64,
    concurrency: usize,
    stop: &'a Stop,
    tell: &'a dyn Fn(Progress),
    memory: RefCell<Memory>,
    progress: Cell<Progress>,
    /// Why nothing more is asked.
    ended: RefCell<Option<String>>,
    last_error: RefCell<Option<ModelError>>,
    failed_in_a_row: Cell<u32>,
    has_answers: Cell<bool>,
    models: RefCell<Vec<String>>,
}

impl<'a> Bench<'a> {
    pub(super) fn new(
        settings: &'a Settings,
        client: &'a Client,
        seed: u64,
        stop: &'a Stop,
        tell: &'a dyn Fn(Progress),
    ) -> Result<Bench<'a>, JudgingError> {
        Ok(Bench {
            client,
            rubric: &settings.rubric,
            // Endpoints take a signed number, some of 32 bits.
            model_seed: seed & 0x7fff_ffff,
            concurrency: settings.concurrency.max(1),
            stop,
            tell,
            memory: RefCell::new(Memory::open(&settings.out)?),
            progress: Cell::new(Progress { done: 0, of: 0 }),
            ended: RefCell::default(),
            last_error: RefCell::default(),
            failed_in_a_row: Cell::new(0),
            has_answers: Cell::new(false),
            models: RefCell::default(),
        })
    }

    pub(super) fn client(&self) -> &Client {
        self.client
    }

    pub(super) fn model_seed(&self) -> u64 {
        self.model_seed
    }

    /// Why judging ended early, if it did.
    pub(super) fn ended(&self) -> Option<String> {
        self.ended.borrow().clone()
    }

    /// The models that answered, each once, sorted.
    pub(super) fn models(&self) -> Vec<String> {
        let mut models = self.models.borrow().clone();
        models.sort();
        models
    }

    /// The error when the model never answered anything.
    pub(super) fn refused_everything(&self) -> Option<ModelError> {
        match self.has_answers.get() {
            true => None,
            false => self.last_error.take(),
        }
    }

    /// So many replies will be heard.
    pub(super) fn expect(&self, replies: usize) {
        self.progress.set(Progress { done: 0, of: replies });
    }

    /// Hears replies; equal ones are asked about once. One result for each, in their order.
    pub(super) async fn hear(&self, exhibits: &[Exhibit]) -> Vec<Heard> {
        let mut first_of: HashMap<&Exhibit, usize> = HashMap::new();
        let same_as: Vec<usize> = exhibits
            .iter()
            .enumerate()
            .map(|(place, exhibit)| *first_of.entry(exhibit).or_insert(place))
            .collect();
        let results = RefCell::new(vec![Heard::NotAsked; exhibits.len()]);
        let firsts = (0..exhibits.len()).filter(|place| same_as[*place] == *place);
        let hearing = stream::iter(firsts)
            .map(|place| {
                let results = &results;
                async move {
                    let heard = self.hear_one(&exhibits[place]).await;
                    results.borrow_mut()[place] = heard;
                }
            })
            .buffer_unordered(self.concurrency)
            .collect::<Vec<()>>();
        tokio::select! {
            _ = hearing => {}
            () = self.stop.now.cancelled() => self.end("interrupted by the user".to_owned()),
        }
        let results = results.into_inner();
        let repeat = |(place, first): (usize, &usize)| match &results[*first] {
            Heard::Ruled { rulings, was_known } => Heard::Ruled {
                rulings: rulings.clone(),
                was_known: *was_known || place != *first,
            },
            other => other.clone(),
        };
        same_as.iter().enumerate().map(repeat).collect()
    }

    /// Asks about a reply whatever was answered before, and remembers nothing.
    pub(super) async fn hear_again(&self, exhibit: &Exhibit) -> Heard {
        if self.must_end() {
            return Heard::NotAsked;
        }
        let question = self.question(exhibit);
        tokio::select! {
            asked = self.ask(&question, exhibit) => match asked {
                Ok((_, Some(rulings))) => Heard::Ruled { rulings, was_known: false },
                Ok((_, None)) => Heard::Unreadable,
                Err(error) => self.failed(error),
            },
            () = self.stop.now.cancelled() => Heard::NotAsked,
        }
    }

    async fn hear_one(&self, exhibit: &Exhibit) -> Heard {
        let question = self.question(exhibit);
        let key = Memory::key(self.client.model(), &question);
        let known = self.memory.borrow().get(&key).cloned();
        let heard = match known {
            Some(known) => {
                self.note(&known.model);
                known.rulings.map_or(Heard::Unreadable, |rulings| Heard::Ruled {
                    rulings,
                    was_known: true,
                })
            }
            None if self.must_end() => return Heard::NotAsked,
            None => match self.ask(&question, exhibit).await {
                Ok((model, rulings)) => self.remember(&key, &model, rulings),
                Err(error) => self.failed(error),
            },
        };
        let progress = self.progress.get();
        self.progress.set(Progress {
            done: progress.done + 1,
            ..progress
        });
        (self.tell)(self.progress.get());
        heard
    }

    fn question(&self, exhibit: &Exhibit) -> Question {
        let prompt = Prompt::new(self.rubric, exhibit);
        let criteria = u32::try_from(self.rubric.criteria.len()).unwrap_or(u32::MAX);
        Question {
            messages: vec![
                Message::new(Role::System, prompt.instructions),
                Message::new(Role::User, prompt.data),
            ],
            most_tokens: TOKENS_FOR_ALL + TOKENS_FOR_EACH.saturating_mul(criteria),
            temperature: 0.0,
            seed: Some(self.model_seed),
            wants_json: true,
        }
    }

    /// Asks, and once more when the answer cannot be read: the model that answered, and its rulings if they can be read.
    async fn ask(&self, question: &Question, exhibit: &Exhibit) -> Result<(String, Option<Vec<Ruling>>), ModelError> {
        let answer = self.client.ask(question).await?;
        let mistake = match read(&answer.text, self.rubric, &exhibit.reply) {
            Ok(rulings) => return Ok((answer.model, Some(rulings))),
            Err(mistake) => mistake,
        };
        let mut repair = question.clone();
        repair.messages.push(Message::new(Role::Assistant, answer.text));
        let words = Prompt::repair(exhibit.language, mistake);
        repair.messages.push(Message::new(Role::User, words));
        let answer = self.client.ask(&repair).await?;
        Ok((answer.model, read(&answer.text, self.rubric, &exhibit.reply).ok()))
    }

    fn remember(&self, key: &str, model: &str, rulings: Option<Vec<Ruling>>) -> Heard {
        self.failed_in_a_row.set(0);
        self.note(model);
        if let Err(error) = self.memory.borrow_mut().add(key, model, rulings.clone()) {
            // Going on would pay for answers that cannot be kept.
            self.end(format!("the answers cannot be kept: {error}"));
        }
        rulings.map_or(Heard::Unreadable, |rulings| Heard::Ruled {
            rulings,
            was_known: false,
        })
    }

    fn note(&self, model: &str) {
        self.has_answers.set(true);
        let mut models = self.models.borrow_mut();
        if !models.iter().any(|known| known == model) {
            models.push(model.to_owned());
        }
    }

    fn failed(&self, error: ModelError) -> Heard {
        let is_spent = matches!(error, ModelError::Budget(_));
        let in_a_row = self.failed_in_a_row.get() + 1;
        self.failed_in_a_row.set(in_a_row);
        if error.is_final() || in_a_row >= MOST_IN_A_ROW {
            self.end(error.to_string());
        }
        self.last_error.replace(Some(error));
        match is_spent {
            true => Heard::NotAsked,
            false => Heard::Failed,
        }
    }

    /// True when nothing more may be asked.
    fn must_end(&self) -> bool {
        if self.stop.gently.is_cancelled() {
            self.end("interrupted by the user".to_owned());
        }
        self.ended.borrow().is_some()
    }

    /// The first reason is the one that is told.
    fn end(&self, reason: String) {
        self.ended.borrow_mut().get_or_insert(reason);
    }
}
