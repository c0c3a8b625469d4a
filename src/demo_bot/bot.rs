//! The bot: what it decides to do with a message.

use std::sync::Arc;
use std::time::Duration;

use crate::conversation::{RunKey, scramble};
use crate::scenario::{BotSettings, Fault, Knowledge};

use super::answer::Phrasebook;
use super::caller::Caller;
use super::capacity::{Desk, Overrun};
use super::chance::{Chance, Purpose, key_of};
use super::clock::LoadClock;
use super::exchange::{Pace, Speech};
use super::fault;
use super::freeze::Freezes;
use super::intent;
use super::memory::{InWork, Meaning, Memory, Understood};
use super::message::Inbound;
use super::protocol::coze::Chats;
use super::protocol::{Protocol, TelegramMailbox, WeChatAccount};
use super::truth::{Book, Entry, Truth};

/// What a Telegram bot keeps secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telegram {
    /// The bot's token, which is in the path of its calls.
    pub token: String,
    /// What updates must show in `X-Telegram-Bot-Api-Secret-Token`; without it, nothing.
    pub secret: Option<String>,
}

impl Default for Telegram {
    fn default() -> Telegram {
        Telegram {
            token: "123456:throng".to_owned(),
            secret: None,
        }
    }
}

/// The built-in bot under test. Serve it with [`serve`](super::serve()).
///
/// A message waits for one of the workers, is worked on for its service time, and is then answered; telling the answer
/// (streaming it, being slow) takes no worker. A worker goes on with a message whose client has left, as those of real
/// bots do: that is how impatient platforms bury a bot under their retries.
#[derive(Debug)]
pub struct Bot {
    settings: BotSettings,
    seed: u64,
    run: Option<RunKey>,
    wechat: WeChatAccount,
    telegram: Telegram,
    chats: Chats,
    caller: Option<Caller>,
    mailboxes: Vec<TelegramMailbox>,
    phrasebook: Phrasebook,
    memory: Arc<Memory>,
    desk: Desk,
    freezes: Arc<Freezes>,
    clock: Arc<LoadClock>,
    book: Arc<Book>,
}

/// What the bot does with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Act {
    /// Says something.
    Speak {
        /// What.
        speech: Speech,
        /// Held back by this.
        pause: Duration,
        /// Broken off half way.
        is_truncated: bool,
    },
    /// Pushes back: 503.
    Refuse,
    /// Fails: 500.
    Fail,
    /// Closes the connection with nothing said.
    HangUp,
    /// Lets the client wait.
    KeepSilent,
}

/// How the work on a message went.
struct Worked {
    waited: Duration,
    is_strained: bool,
}

impl Bot {
    /// A bot that knows `knowledge` and behaves as `settings` say. What is left to chance is drawn from `seed` and the
    /// ids of messages, so it repeats. `run` only helps records to show ids in full that come as numbers.
    pub fn new(knowledge: &Knowledge, settings: &BotSettings, seed: u64, run: Option<RunKey>) -> Bot {
        Bot {
            desk: Desk::new(settings),
            freezes: Arc::new(Freezes::new(&settings.freezes)),
            clock: Arc::new(LoadClock::new(false)),
            settings: settings.clone(),
            seed,
            run,
            wechat: WeChatAccount::default(),
            telegram: Telegram::default(),
            chats: Chats::default(),
            caller: None,
            mailboxes: Vec::new(),
            phrasebook: Phrasebook::new(knowledge),
            memory: Arc::new(Memory::new(knowledge)),
            book: Arc::new(Book::new()),
        }
    }

    /// The same bot, with this account at WeChat.
    #[must_use]
    pub fn with_wechat(mut self, account: WeChatAccount) -> Bot {
        self.wechat = account;
        self
    }

    /// The same bot as a Telegram bot with these secrets.
    #[must_use]
    pub fn with_telegram(mut self, telegram: Telegram) -> Bot {
        self.telegram = telegram;
        self
    }

    /// The same bot, which calls the platform's API at this URL (plain http) where a protocol wants replies that way.
    #[must_use]
    pub fn with_platform(mut self, url: &str) -> Bot {
        self.caller = Caller::to(url);
        self
    }

    /// The same bot, which asks for its messages at these as long as it is served.
    #[must_use]
    pub fn with_mailboxes(mut self, mailboxes: Vec<TelegramMailbox>) -> Bot {
        self.mailboxes = mailboxes;
        self
    }

    /// The same bot, which will be told when the load begins.
    #[must_use]
    pub fn that_is_told_of_the_load(mut self) -> Bot {
        self.clock = Arc::new(LoadClock::new(true));
        self
    }

    /// Where the bot is told when the load begins.
    pub fn load_clock(&self) -> Arc<LoadClock> {
        Arc::clone(&self.clock)
    }

    /// What was really done so far, with the records of one customer or of all.
    pub fn truth(&self, customer: Option<u64>) -> Truth {
        self.book.read(customer)
    }

    /// Its account at WeChat.
    pub(super) fn wechat(&self) -> &WeChatAccount {
        &self.wechat
    }

    /// What a Telegram bot keeps secret.
    pub(super) fn telegram(&self) -> &Telegram {
        &self.telegram
    }

    /// The chats that are asked for.
    pub(super) fn chats(&self) -> &Chats {
        &self.chats
    }

    /// The way to the platform's API, if there is one.
    pub(super) fn caller(&self) -> Option<&Caller> {
        self.caller.as_ref()
    }

    /// Where it asks for its messages.
    pub(super) fn mailboxes(&self) -> &[TelegramMailbox] {
        &self.mailboxes
    }

    /// The run that messages belong to, if it is known.
    pub(super) fn run(&self) -> Option<RunKey> {
        self.run
    }

    /// Where the truth is written down.
    pub(super) fn book(&self) -> &Arc<Book> {
        &self.book
    }

    /// When it stands still.
    pub(super) fn freezes(&self) -> &Arc<Freezes> {
        &self.freezes
    }

    /// How fast it tells a reply that is held back by `pause`.
    pub(super) fn pace(&self, pause: Duration) -> Pace {
        Pace {
            pause,
            chunk_gap: self.settings.chunk_gap.get(),
            chunk_chars: usize::from(self.settings.chunk_chars.max(1)),
        }
    }

    /// A number for a conversation of this customer that begins now. The same for the same message.
    pub(super) fn conversation_number(&self, message: &Inbound) -> u128 {
        let key = message.id.as_ref().map_or(0, |id| id.key);
        Chance::new(self.seed, scramble(message.customer_key()) ^ key).number(Purpose::Conversation)
    }

    /// Waits for a worker, works, and says what is to be done with the message. What happened goes into `entry`.
    pub(super) async fn decide(self: Arc<Self>, message: Inbound, entry: &mut Entry) -> Act {
        self.freezes.start();
        self.clock.hear_message();
        let chance = self.chance(&message);
        let mut understood = self
            .memory
            .hear(&message, |topic| self.phrasebook.needs_order_number(topic));
        entry.record.topic = self.phrasebook.topic_name(&understood.meaning).map(str::to_owned);
        let fault = self.fault(&message, chance, entry).await;
        entry.record.fault = fault;
        let now = self.clock.elapsed();
        understood.knows_as_of = now.saturating_sub(self.settings.stale_for.get());
        if fault.is_none_or(tells_the_facts) && understood.knows_as_of < now {
            entry.record.stale = self.phrasebook.stale_facts(&understood, now, chance);
        }
        let act = self.act(&understood, fault, message.protocol, chance);
        let act = act.unwrap_or_else(|| {
            entry.record.not_applied = entry.record.fault.take();
            speak(self.right(&understood, chance))
        });
        if let Act::Speak { speech, .. } = &act
            && message.protocol.tells_intents()
        {
            entry.record.intent = speech.intent().map(str::to_owned);
        }
        act
    }

    fn chance(&self, message: &Inbound) -> Chance {
        // Messages without an id still draw by who wrote what.
        let key = match &message.id {
            Some(id) => id.key,
            None => scramble(message.customer_key() ^ key_of(&message.text)),
        };
        Chance::new(self.seed, key)
    }

    /// The fault that the message meets, if any, after it was worked on. Push-back by chance comes before any work.
    async fn fault(self: &Arc<Self>, message: &Inbound, chance: Chance, entry: &mut Entry) -> Option<Fault> {
        let by_chance = fault::by_chance(&self.settings.faults, chance.share(Purpose::Fault));
        if by_chance == Some(Fault::Refused) {
            return by_chance;
        }
        // A task of its own, so that the worker goes on when the client leaves.
        let service_time = chance.time(Purpose::Service, self.settings.service_time);
        let in_work = self.memory.in_work(message.customer_key());
        let work = tokio::spawn(Arc::clone(self).work(service_time, in_work));
        let overload = &self.settings.overload;
        match work.await {
            Ok(Ok(worked)) => {
                entry.waited(worked.waited);
                let strained = || fault::by_chance(&overload.strained, chance.share(Purpose::Strain));
                by_chance.or_else(|| worked.is_strained.then(strained).flatten())
            }
            Ok(Err(overrun)) => {
                entry.waited(overrun.waited);
                entry.record.overrun = true;
                let then = fault::by_weight(&overload.then, chance.share(Purpose::Overload));
                then.or(Some(Fault::Refused))
            }
            // Only when the runtime shuts down.
            Err(_) => Some(Fault::ConnectionLost),
        }
    }

    async fn work(self: Arc<Self>, service_time: Duration, _in_work: InWork) -> Result<Worked, Overrun> {
        let seat = self.desk.seat().await?;
        self.freezes.work(service_time).await;
        Ok(Worked {
            waited: seat.waited,
            is_strained: seat.is_strained,
        })
    }

    /// What is done with this fault; none if the fault has nothing to spoil.
    fn act(&self, understood: &Understood, fault: Option<Fault>, protocol: Protocol, chance: Chance) -> Option<Act> {
        let right = || self.right(understood, chance);
        let Some(fault) = fault else {
            return Some(speak(right()));
        };
        match fault {
            Fault::Refused => Some(Act::Refuse),
            Fault::HttpError => Some(Act::Fail),
            Fault::ConnectionLost => Some(Act::HangUp),
            Fault::Silent => Some(Act::KeepSilent),
            Fault::BotError | Fault::Truncated if !protocol.answers_in_the_response() => None,
            Fault::BotError => Some(speak(Speech::Error)),
            Fault::Empty => Some(speak(Speech::Nothing)),
            Fault::Truncated => Some(Act::Speak {
                speech: right(),
                pause: Duration::ZERO,
                is_truncated: true,
            }),
            Fault::Slow => Some(Act::Speak {
                speech: right(),
                pause: self.settings.slow_by.get(),
                is_truncated: false,
            }),
            Fault::Duplicate => match right() {
                Speech::Say { texts, intent } if protocol.has_lists() => {
                    let texts = [texts.clone(), texts].concat();
                    Some(speak(Speech::Say { texts, intent }))
                }
                _ => None,
            },
            Fault::WrongIntent if !protocol.tells_intents() => None,
            Fault::WrongIntent => {
                let other = self.phrasebook.other_intent(&understood.meaning, chance)?;
                Some(speak(right().with_intent(Some(other))))
            }
            _ => {
                let text = self.phrasebook.spoiled(understood, fault, chance)?;
                let intent = intent::comes_with(fault).then(|| self.phrasebook.intent(&understood.meaning));
                Some(speak(Speech::say(text).with_intent(intent.flatten())))
            }
        }
    }

    fn right(&self, understood: &Understood, chance: Chance) -> Speech {
        let text = self.phrasebook.right(understood, chance);
        match understood.meaning {
            Meaning::Piece => Speech::Acknowledge { aloud: text },
            _ => Speech::say(text).with_intent(self.phrasebook.intent(&understood.meaning)),
        }
    }
}

/// True for faults that leave the answer's facts as the bot knows them.
fn tells_the_facts(fault: Fault) -> bool {
    matches!(
        fault,
        Fault::Slow | Fault::Truncated | Fault::Duplicate | Fault::Forbidden | Fault::WrongIntent
    )
}

/// Says `speech` at once and to its end.
fn speak(speech: Speech) -> Act {
    Act::Speak {
        speech,
        pause: Duration::ZERO,
        is_truncated: false,
    }
}
