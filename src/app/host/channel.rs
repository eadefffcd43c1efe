//! What the tabs of this browser tell each other of a form, by a broadcast channel.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::prelude::*;
use web_sys::{BroadcastChannel, MessageEvent};

use super::{Listener, report};
use crate::string_enum;

string_enum! {
    /// What a tab tells the others of a form.
    pub enum TabMessage {
        /// It was saved.
        Saved = "saved",
        /// This tab asks for its edit lock.
        Asked = "asked",
        /// This tab, in a browser without locks, asks who writes it.
        Who = "who",
        /// The answer to that, of the tab that writes it.
        Mine = "mine",
    }
}

impl TabMessage {
    /// The text of a message about a form.
    fn text(self, id: &str) -> String {
        format!("{} {id}", self.as_str())
    }

    /// The message of a text, and the form's id.
    fn read(text: &str) -> Option<(TabMessage, &str)> {
        let (word, id) = text.split_once(' ')?;
        Some((TabMessage::from_word(word)?, id))
    }
}

/// The channel between the tabs: one for the life of the page.
pub struct TabChannel {
    /// `None` where the browser has none.
    channel: Option<BroadcastChannel>,
    /// Whether another tab has said that it writes the form that was last asked about.
    is_answered: Rc<Cell<bool>>,
}

impl TabChannel {
    /// Opens the channel.
    pub fn open() -> TabChannel {
        TabChannel {
            channel: BroadcastChannel::new("bon-tot").ok(),
            is_answered: Rc::default(),
        }
    }

    /// Tells the other tabs.
    pub fn say(&self, message: TabMessage, id: &str) {
        if let Some(channel) = &self.channel
            && let Err(error) = channel.post_message(&message.text(id).into())
        {
            report(&error);
        }
    }

    /// Calls `heard` with what other tabs tell.
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

    /// Asks who writes a form; [`is_answered`](Self::is_answered) tells after a while. An answer is heard only while
    /// somebody [listens](Self::listen).
    pub(super) fn ask_who(&self, id: &str) {
        self.is_answered.set(false);
        self.say(TabMessage::Who, id);
    }

    /// Has a tab answered since this one asked?
    pub(super) fn is_answered(&self) -> bool {
        self.is_answered.get()
    }
}
