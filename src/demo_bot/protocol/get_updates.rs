//! A Telegram bot that asks for its messages: `getUpdates` again and again, each confirming what came before, and replies by
//! `sendMessage`.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep_until, timeout};

use super::Protocol;
use super::telegram::Message;
use crate::demo_bot::bot::Bot;
use crate::demo_bot::caller::Caller;
use crate::demo_bot::exchange::answer_what_was_asked_for;

/// How long the platform may keep a request open until there is a message, in seconds.
const WAIT_S: u64 = 20;
/// A request that is kept open longer than this is given up: its answer is lost.
const PATIENCE: Duration = Duration::from_secs(WAIT_S + 10);
/// A platform that has nothing for the bot, for whatever reason, is not asked more often than this.
const AGAIN_AFTER: Duration = Duration::from_millis(200);

/// Where a Telegram bot asks for its messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TelegramMailbox {
    /// The Bot API (plain http), without `/bot`.
    pub api: String,
    /// The bot's token, which is in the path of its calls.
    pub token: String,
}

#[derive(Debug, Deserialize)]
struct Updates {
    result: Vec<Update>,
}

#[derive(Debug, Deserialize)]
struct Update {
    update_id: u64,
    #[serde(default)]
    message: Value,
}

/// Asks for messages and answers each, until nobody drives this any more. A platform that is not up yet, is gone, or refuses
/// the bot is asked again; meanwhile its messages wait there.
pub(in crate::demo_bot) async fn ask_for_ever(bot: Arc<Bot>, mailbox: TelegramMailbox) {
    let Some(caller) = Caller::to(&mailbox.api).map(Arc::new) else {
        return;
    };
    let mut offset = 0;
    loop {
        bot.freezes().thaw().await;
        let may_ask_again_at = Instant::now() + AGAIN_AFTER;
        let asking = timeout(PATIENCE, ask(&caller, &mailbox.token, offset));
        let updates = asking.await.map_err(io::Error::from).flatten().unwrap_or_default();
        if updates.is_empty() {
            // A platform that is not there says so at once, and one that refuses as well.
            sleep_until(may_ask_again_at).await;
        }
        for update in updates {
            // Not the greatest: a platform that begins anew, as another rehearsal does, counts from 1.
            offset = update.update_id.saturating_add(1);
            take(&bot, &caller, &mailbox.token, update.message);
        }
    }
}

/// The messages that wait, those before `offset` confirmed.
async fn ask(caller: &Caller, token: &str, offset: u64) -> io::Result<Vec<Update>> {
    let wanted = json!({"offset": offset, "timeout": WAIT_S, "allowed_updates": ["message"]});
    let (status, body) = caller
        .ask(&format!("/bot{token}/getUpdates"), &wanted.to_string())
        .await?;
    if !status.is_success() {
        return Err(io::Error::other(format!("the platform answered {status}")));
    }
    let Updates { result } = serde_json::from_slice(&body)?;
    Ok(result)
}

/// Answers a message beside those that come after it.
fn take(bot: &Arc<Bot>, caller: &Arc<Caller>, token: &str, message: Value) {
    let Ok(message) = serde_json::from_value::<Message>(message) else {
        return bot.book().reject();
    };
    let calls = message.replies(token);
    let inbound = message.inbound(Protocol::TelegramGetUpdates);
    tokio::spawn(answer_what_was_asked_for(
        Arc::clone(bot),
        inbound,
        Arc::clone(caller),
        calls,
    ));
}
