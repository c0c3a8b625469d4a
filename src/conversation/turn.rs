//! A turn with its messages and replies, as the ledger, the scores and the archive see it once it is closed.

use std::borrow::Cow;
use std::time::Duration;

use super::{Given, Labels, MediaKind, MessageId, Outcome, Trouble};

/// Why the customer sent a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MessageKind {
    /// Part of what the customer has to say in this turn.
    Utterance,
    /// "Are you there?": it neither starts a turn nor resets a clock.
    Nudge,
    /// Any text, since the bot said that its answer comes with the next one. Like a nudge, but nobody has become impatient.
    Prompted,
    /// A last word of a customer who leaves; no answer is expected.
    Farewell,
}

/// One message of a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id; redeliveries keep it.
    pub id: MessageId,
    /// Why it was sent.
    pub kind: MessageKind,
    /// What the customer wrote: of a picture or video its caption, of a voice message what is said in it. Never empty without
    /// `media`.
    pub text: String,
    /// What it is beside words.
    pub media: Option<MediaKind>,
    /// The planned time.
    pub due_at: Duration,
    /// The hand-over to the channel, before connecting.
    pub sent_at: Duration,
    /// How often the platform delivered it, 1 without redelivery; 0 when it never left.
    pub deliveries: u16,
}

impl Message {
    /// The message where only text can be shown: `[image] it came like this`.
    pub fn shown(&self) -> Cow<'_, str> {
        shown(&self.text, self.media)
    }
}

/// A message of these words and this media where only text can be shown.
pub fn shown(text: &str, media: Option<MediaKind>) -> Cow<'_, str> {
    match media {
        None => Cow::Borrowed(text),
        Some(media) if text.is_empty() => Cow::Borrowed(media.mark()),
        Some(media) => Cow::Owned(format!("{} {text}", media.mark())),
    }
}

/// What a reply is worth to the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReplyKind {
    /// A complete answer with substance, right or wrong.
    Substantive,
    /// "One moment please": it buys time and says nothing.
    Holding,
    /// A picture, voice message or video without words: an answer whose substance nobody here can see.
    Media,
    /// Text that ended without its end mark.
    Truncated,
}

/// One reply of the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// What the customer sees, at most as long as the channel's limit; what stands for it (`[image]`) where that is no words.
    pub text: String,
    /// What it is worth.
    pub kind: ReplyKind,
    /// When its first visible text came.
    pub first_text_at: Duration,
    /// When it was complete.
    pub complete_at: Duration,
}

/// A closed turn: what the customer said in one go and all that the bot sent for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// The customer's number, from 0.
    pub customer: u64,
    /// Position in the conversation, from 1.
    pub number: u16,
    /// What it is counted under; `phase` is the one in which the turn was due.
    pub labels: Labels,
    /// The step of the goal's agenda that it serves, from 0.
    pub step: u16,
    /// What the customer has told the bot, in this turn or before.
    pub given: Given,
    /// The customer's messages, in the order of sending.
    pub messages: Vec<Message>,
    /// The bot's replies, in the order of completion.
    pub replies: Vec<Reply>,
    /// When the turn's last message (nudges apart) was due.
    pub due_at: Duration,
    /// When that message was handed to the channel; absent when it never was.
    pub sent_at: Option<Duration>,
    /// The first sign of life: status line, role chunk, keep-alive.
    pub first_event_at: Option<Duration>,
    /// The first visible text, never a role chunk or a keep-alive.
    pub first_text_at: Option<Duration>,
    /// The complete substantive answer; never before `sent_at`.
    pub answered_at: Option<Duration>,
    /// Times from one growth of a streamed reply's visible text to the next, as its bytes arrived; pieces of one read
    /// are one growth.
    pub chunk_gaps: Vec<Duration>,
    /// How it turned out.
    pub outcome: Outcome,
    /// Requests by which it was asked whether a reply is there, where a profile polls.
    pub polls: u32,
    /// Replies that repeat an earlier one of this turn.
    pub duplicates: u16,
    /// What the bot says of itself that it took the customer to want: the value that the channel's profile captures as
    /// `intent`. At most 100 characters.
    pub intent: Option<String>,
    /// What went wrong on the wire, in short: `HTTP 503`, `connection refused`. Never longer than 200 characters.
    pub trouble: Option<String>,
    /// What these words mean, with the outcomes `refused`, `http_error` and `connection_lost`; absent with all others.
    pub failure: Option<Trouble>,
    /// Conversations that were open in the whole run when the turn was due.
    pub open_conversations: u32,
}

impl Turn {
    /// From the customer's first message to the bot's last word: what was true at any moment between may be told. A bot may answer the
    /// first message of a burst before the last one is due.
    pub fn span(&self) -> (Duration, Duration) {
        let begun = self.messages.first().map_or(self.due_at, |message| message.due_at);
        let replied = self.replies.iter().map(|reply| reply.complete_at);
        let ended = replied.chain(self.answered_at).fold(self.due_at, Duration::max);
        (begun.min(self.due_at), ended)
    }

    /// Due to answered, the customer's view. Absent without a substantive answer.
    pub fn reply_time(&self) -> Option<Duration> {
        self.answered_at.map(|answered| answered.saturating_sub(self.due_at))
    }

    /// Sent to answered, the wire's view. Absent without a substantive answer.
    pub fn wire_time(&self) -> Option<Duration> {
        Some(self.answered_at?.saturating_sub(self.sent_at?))
    }

    /// Due to first visible text. Absent without any text.
    pub fn first_text_time(&self) -> Option<Duration> {
        self.first_text_at.map(|first| first.saturating_sub(self.due_at))
    }

    /// Due to sent: how late we were ourselves. Absent when nothing was sent.
    pub fn schedule_lag(&self) -> Option<Duration> {
        self.sent_at.map(|sent| sent.saturating_sub(self.due_at))
    }

    /// True when the bot showed something beside words.
    pub fn shows_media(&self) -> bool {
        self.replies.iter().any(|reply| reply.kind == ReplyKind::Media)
    }

    /// All that the bot said in this turn and meant as an answer, one reply a line.
    pub fn answer_text(&self) -> String {
        let answers: Vec<&str> = self
            .replies
            .iter()
            .filter(|reply| reply.kind == ReplyKind::Substantive)
            .map(|reply| reply.text.as_str())
            .collect();
        answers.join("\n")
    }

    /// The same where only text can be shown, with what stands for pictures and the like.
    pub fn answer_shown(&self) -> String {
        let is_answer = |reply: &&Reply| matches!(reply.kind, ReplyKind::Substantive | ReplyKind::Media);
        let answers: Vec<&str> = self
            .replies
            .iter()
            .filter(is_answer)
            .map(|reply| reply.text.as_str())
            .collect();
        answers.join("\n")
    }

    /// What the turn takes in memory, texts included. Unit: bytes.
    pub fn bytes(&self) -> usize {
        let messages = self.messages.iter().map(|message| message.text.capacity());
        let replies = self.replies.iter().map(|reply| reply.text.capacity());
        size_of::<Turn>()
            + self.messages.capacity() * size_of::<Message>()
            + self.replies.capacity() * size_of::<Reply>()
            + self.chunk_gaps.capacity() * size_of::<Duration>()
            + self.trouble.as_ref().map_or(0, String::capacity)
            + self.intent.as_ref().map_or(0, String::capacity)
            + messages.chain(replies).sum::<usize>()
    }

    /// The turn without what was said in it: all that counts, in little room.
    pub fn without_texts(self) -> Turn {
        Turn {
            messages: Vec::new(),
            replies: Vec::new(),
            polls: 0,
            chunk_gaps: Vec::new(),
            trouble: None,
            intent: None,
            ..self
        }
    }

    /// How often the platform delivered the turn's messages, all together.
    pub fn deliveries(&self) -> u64 {
        self.messages.iter().map(|message| u64::from(message.deliveries)).sum()
    }
}
