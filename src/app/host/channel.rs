//! Messages about a form between the tabs of this browser, by broadcast channel.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

use super::{Listener, attempted};
use crate::string_enum;

string_enum! {
    /// A message about a form.
    pub enum TabMessage {
        /// Form saved.
        Saved = "saved",
        /// Sender wants its edit lock.
        Asked = "asked",
        /// Which tab writes it? Sent in a browser without locks.
        Who = "who",
        /// The answer to `Who`, by the writing tab.
        Mine = "mine",
    }
}

impl TabMessage {
    /// The text of a message about a form.
    fn text(self, id: &str) -> String {
        format!("{} {id}", self.as_str())
    }

    /// Parses a message and its form id.
    fn read(text: &str) -> Option<(TabMessage, &str)> {
        let (word, id) = text.split_once(' ')?;
        Some((TabMessage::from_word(word)?, id))
    }
}

/// The channel between the tabs, as long as the page lives.
pub struct TabChannel {
    /// `None` if unsupported.
    channel: Option<BroadcastChannel>,
    /// Whether another tab answered that it writes the form last asked about.
    is_answered: Rc<Cell<bool>>,
}

impl TabChannel {
    /// Opens the channel.
    pub fn open() -> TabChannel {
        TabChannel { channel: BroadcastChannel::new("bon-tot").ok(), is_answered: Rc::default() }
    }

    /// Sends a message.
    pub fn say(&self, message: TabMessage, id: &str) {
        let text = message.text(id).into();
        attempted(self.channel.as_ref().map(|channel| channel.post_message(&text)));
    }

    /// Calls `heard` on each message.
    pub fn listen(&self, mut heard: impl FnMut(TabMessage, &str) + 'static) -> Listener {
        let is_answered = self.is_answered.clone();
        let target = self.channel.as_ref().map(AsRef::as_ref);
        Listener::at(target, "message", move |event| {
            let data = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
            let text = data.and_then(|data| data.as_string());
            match text.as_deref().and_then(TabMessage::read) {
                Some((TabMessage::Mine, _)) => is_answered.set(true),
                Some((message, id)) => heard(message, id),
                None => {}
            }
        })
    }

    /// Asks which tab writes a form; check [`is_answered`](Self::is_answered) later. Answers arrive only during
    /// a [`listen`](Self::listen).
    pub(super) fn ask_who(&self, id: &str) {
        self.is_answered.set(false);
        self.say(TabMessage::Who, id);
    }

    /// Has a tab answered since this one asked?
    pub(super) fn is_answered(&self) -> bool {
        self.is_answered.get()
    }
}
