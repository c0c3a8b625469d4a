//! A conversation's socket, as its customer holds it.

use std::cell::RefCell;
use std::rc::Rc;

use indexmap::IndexMap;
use serde_json::Value;
use tokio::sync::{mpsc, watch};

use super::talk::{Order, State};
use crate::channel::Ended;

/// A conversation's socket, closed when this is dropped.
#[derive(Clone)]
pub(super) struct Held {
    pub(super) orders: mpsc::UnboundedSender<Order>,
    pub(super) state: watch::Receiver<State>,
    /// What was captured while it was opened.
    pub(super) captured: Rc<RefCell<IndexMap<String, Value>>>,
}

impl Held {
    /// Waits until it is open.
    pub(super) async fn opened(&mut self) -> Result<(), Ended> {
        let state = self.state.wait_for(|state| *state != State::Opening).await;
        match state.as_deref() {
            Ok(State::Gone(ended)) => Err(ended.clone()),
            Ok(_) => Ok(()),
            Err(_) => Err(Ended::ConnectionLost("the socket's task is gone".to_owned())),
        }
    }

    pub(super) fn is_gone(&self) -> bool {
        matches!(*self.state.borrow(), State::Gone(_)) || self.orders.is_closed()
    }

    /// What it means for a message that this socket is no more.
    pub(super) fn gone(&self) -> Ended {
        match &*self.state.borrow() {
            State::Gone(Ended::ConnectionLost(words) | Ended::Refused(words) | Ended::HttpError(words)) => {
                Ended::ConnectionLost(format!("the socket was closed before: {words}"))
            }
            _ => Ended::ConnectionLost("the socket was closed before".to_owned()),
        }
    }
}
