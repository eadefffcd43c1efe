//! One pack in several tabs: one writes, the others show its changes and can take the turn.

use std::rc::Rc;

use leptos::prelude::*;

use super::Kit;
use crate::app::host::channel::TabMessage;
use crate::app::host::{self, spawn_local};
use crate::app::state::form::Access;
use crate::app::state::kit::{KitSlot, OpenKit};
use crate::app::state::signals::SetIfChanged;

/// Delay that gathers the changes of another tab, in milliseconds.
const GATHER: i32 = 300;
/// Until a change is on disk, it is looked for so often, in milliseconds, and so many times at most.
const STEP: i32 = 50;
const STEPS: usize = 30;

/// Listens to other tabs as long as the page lives.
pub(super) fn listen(kit: &Rc<Kit>) {
    let own = kit.clone();
    let heard = move |message, id: &str| {
        let Some(open) = own.open(id) else { return };
        let access = open.access.get_untracked();
        match (message, access) {
            (TabMessage::Saved, Access::Reader) => follow_soon(&own, open),
            (TabMessage::Asked, Access::Writer) => spawn_local(release(own.clone(), open)),
            (TabMessage::Who, Access::Writer) => own.app.tabs.say(TabMessage::Mine, id),
            _ => {}
        }
    };
    kit.app.tabs.listen(heard).forget();
}

impl Kit {
    /// The open pack, if it has this id.
    fn open(&self, id: &str) -> Option<Rc<OpenKit>> {
        match self.state.slot.get_untracked() {
            KitSlot::Open(open) if open.id().as_str() == id => Some(open),
            _ => None,
        }
    }
}

/// Gives the turn to another tab once everything is on disk.
async fn release(kit: Rc<Kit>, open: Rc<OpenKit>) {
    for _ in 0..STEPS {
        if open.is_saved() {
            open.access.set_if_changed(Access::Reader);
            kit.lock.take();
            return;
        }
        host::pause(STEP).await;
    }
}

fn follow_soon(kit: &Rc<Kit>, open: Rc<OpenKit>) {
    if open.is_following.replace(true) {
        return;
    }
    let kit = kit.clone();
    host::later(GATHER, move || {
        open.is_following.set(false);
        spawn_local(read_again(kit, open));
    });
}

/// Shows what another tab wrote. What was not written here, since that one took the turn, stays in sight.
async fn read_again(kit: Rc<Kit>, open: Rc<OpenKit>) {
    match kit.app.device.read_kit(&open.id()).await {
        Ok(Some(record)) if open.access.get_untracked() == Access::Reader && open.is_saved() => {
            open.show(record);
            kit.review_soon(&open);
        }
        Ok(_) => {}
        Err(error) => kit.fail(error),
    }
}
