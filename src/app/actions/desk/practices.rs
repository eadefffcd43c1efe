//! Good practices of what was received: collected by a worker, searched, and marked to be spread.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use leptos::prelude::*;

use super::shared::{Desk, Failed};
use crate::app::host::desk_worker::DeskWorker;
use crate::app::host::settings;
use crate::app::state::overview::PRACTICES;
use crate::app::state::signals::SetIfChanged;
use crate::desk::Status;
use crate::desk::register::{Reply, Task};
use crate::json::{FILE_LIMIT, from_slice, to_canonical};
use crate::store::SpreadRecord;

/// The setting with the marks that are not on disk yet. It is written at once, while a page that closes drops the
/// writes to storage that are under way.
const UNSAVED: &str = "bon-tot/spread-unsaved";

/// Marks by their keys; `None` is one that is taken away.
type Marks = BTreeMap<String, Option<SpreadRecord>>;

fn unsaved() -> Marks {
    let text = settings::get(UNSAVED).unwrap_or_default();
    from_slice(text.as_bytes(), FILE_LIMIT).unwrap_or_default()
}

fn set_unsaved(marks: &Marks) {
    let text = if marks.is_empty() { String::new() } else { to_canonical(marks) };
    settings::set(UNSAVED, &text);
}

/// Writes a mark to storage; another one of the same practice may be written meanwhile.
async fn store(desk: &Desk, key: &str, mark: Option<&SpreadRecord>) -> Result<(), Failed> {
    desk.app.device.mark_spread(key, mark).await?;
    let mut left = unsaved();
    if left.get(key).is_some_and(|own| own.as_ref() == mark) {
        left.remove(key);
        set_unsaved(&left);
    }
    Ok(())
}

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
    // What a page that closed left.
    for (key, mark) in unsaved() {
        if let Err(failed) = store(desk, &key, mark.as_ref()).await {
            // It is left for the next time.
            desk.fail(failed);
        }
    }
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
    let mut left = unsaved();
    left.insert(key.clone(), mark.clone());
    set_unsaved(&left);
    if let Err(failed) = store(&desk, &key, mark.as_ref()).await {
        desk.fail(failed);
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
