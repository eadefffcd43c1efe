//! Good practices of what was received: collected by a worker, searched, and marked to be spread.

use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;

use super::shared::{Desk, Failed};
use crate::app::host::desk_worker::DeskWorker;
use crate::app::state::overview::PRACTICES;
use crate::app::state::signals::SetIfChanged;
use crate::desk::Status;
use crate::desk::register::{Reply, Task};
use crate::store::SpreadRecord;

/// Collects the practices of verified forms, and shows them. One that begins later goes before.
pub async fn gather(desk: Rc<Desk>) {
    let turn = desk.practices.begin();
    let gathered = collected(&desk).await;
    if !desk.practices.is_at(turn) {
        return;
    }
    match gathered {
        Ok(worker) => {
            desk.practices.keep(Rc::new(worker));
            find(desk.clone()).await;
            bind_booklet(&desk).await;
        }
        Err(failed) => desk.fail(failed),
    }
}

async fn collected(desk: &Desk) -> Result<DeskWorker, Failed> {
    let state = &desk.state.practices;
    let device = &desk.app.device;
    state.marks.set(Rc::new(device.spread_marks().await?));
    let shown = desk.state.shown.get_untracked().unwrap_or_default();
    let verified = shown.entries.iter().filter(|entry| entry.status == Status::Verified);
    let verified: BTreeSet<&str> = verified.map(|entry| entry.key.as_str()).collect();
    let with_items = state.with_items.get_untracked();
    let worker = desk.worker().await?;
    let mut behind: Option<String> = None;
    loop {
        let some = device.received_texts_behind(behind.as_deref()).await?;
        let Some((last, _)) = some.last() else { break };
        behind = Some(last.clone());
        let own = some.into_iter().filter(|(key, _)| verified.contains(key.as_str()));
        let texts: Vec<String> = own.map(|(_, text)| text).collect();
        if !texts.is_empty() {
            worker.ask(&Task::Gather(texts, with_items)).await?;
        }
    }
    match worker.ask(&Task::Gathered).await? {
        Reply::Done => Ok(worker),
        _ => Err(Failed::Worker),
    }
}

/// Searches.
pub async fn search(desk: Rc<Desk>, words: String) {
    desk.state.practices.most.set_if_changed(PRACTICES);
    desk.state.practices.search.set_if_changed(words);
    find(desk).await;
}

/// Shows more of those that are found.
pub async fn more(desk: Rc<Desk>) {
    desk.state.practices.most.update(|most| *most += PRACTICES);
    find(desk).await;
}

async fn find(desk: Rc<Desk>) {
    let state = &desk.state.practices;
    let Some(worker) = desk.practices.worker() else { return };
    let (words, most) = (state.search.get_untracked(), state.most.get_untracked());
    match worker.ask(&Task::Find(words.clone(), 0, most)).await {
        Ok(Reply::Found(count, some)) => {
            // A person may have typed on.
            if state.search.get_untracked() == words && desk.practices.worker().is_some() {
                state.found.set(Some(Rc::new((count, some))));
            }
        }
        _ => desk.fail(Failed::Worker),
    }
}

/// Marks a practice to be spread, with a remark, or takes its mark away.
pub async fn mark(desk: Rc<Desk>, key: String, mark: Option<SpreadRecord>) {
    let stored = desk.app.device.mark_spread(&key, mark.as_ref()).await;
    if let Err(error) = stored {
        desk.fail(error.into());
        return;
    }
    desk.state.practices.marks.update(|marks| {
        let marks = Rc::make_mut(marks);
        match mark {
            Some(mark) => drop(marks.insert(key, mark)),
            None => drop(marks.remove(&key)),
        }
    });
    bind_booklet(&desk).await;
}

/// The practices that are marked, for print.
async fn bind_booklet(desk: &Desk) {
    let state = &desk.state.practices;
    let Some(worker) = desk.practices.worker() else { return };
    let keys: Vec<String> = state.marks.get_untracked().keys().cloned().collect();
    match worker.ask(&Task::WithKeys(keys)).await {
        Ok(Reply::Found(_, some)) => state.booklet.set_if_changed(Rc::new(some)),
        _ => desk.fail(Failed::Worker),
    }
}

/// Forgets the practices: nobody looks at them.
pub fn leave(desk: &Desk) {
    desk.practices.end();
    desk.state.practices.found.set(None);
}
