//! The papers of the desk: what they are made of is read, and what a person fills in is kept.

use std::rc::Rc;

use leptos::prelude::*;

use super::appraise::counting;
use super::overview;
use super::shared::{Desk, ENTRIES, Failed};
use crate::app::host::spawn_local;
use crate::app::state::papers::{AppraisedForm, MadeOf};
use crate::app::state::signals::SetIfChanged;
use crate::desk::register::{Focus, Overview, Reply, Task};
use crate::seal::{Appraisal, Submission};
use crate::store::PaperSettings;

/// Reads what was filled in, unless it is read.
pub async fn open(desk: Rc<Desk>) {
    let settings = &desk.state.papers.settings;
    if settings.with_untracked(Option::is_some) {
        return;
    }
    let read = async {
        if let Some(kept) = desk.app.device.paper_settings().await? {
            return Ok::<_, Failed>(kept);
        }
        // A desk that has a key has the name of its organisation.
        let own = desk.app.device.deciding_keys().await?.into_iter().next();
        let issuer = own.map(|(_, name)| name).unwrap_or_default();
        Ok(PaperSettings { issuer, ..PaperSettings::default() })
    };
    match read.await {
        Ok(own) => settings.set(Some(own)),
        Err(failed) => desk.fail(failed),
    }
}

/// Sums everything up that is received. What is looked at of it is read once it is shown.
pub async fn sum_up(desk: Rc<Desk>) {
    overview::sum(desk, true).await;
}

/// Reads the forms that are looked at.
pub async fn read_forms(desk: Rc<Desk>, shown: Rc<Overview>) {
    let state = &desk.state;
    let is_shown = || {
        let now = state.overview.shown.get_untracked();
        now.is_some_and(|now| Rc::ptr_eq(&now, &shown))
    };
    match made_of(&desk, &shown).await {
        // A person may look at something else already.
        Ok(Some(made_of)) if is_shown() => {
            let unit = state.papers.unit.get_untracked();
            let is_there = made_of.forms.iter().any(|form| form.key == unit);
            state.papers.made_of.set(Some(Rc::new(made_of)));
            let unit = if is_there { unit } else { String::new() };
            choose(desk.clone(), unit).await;
        }
        Ok(_) => {}
        Err(failed) => desk.fail(failed),
    }
}

async fn made_of(desk: &Desk, shown: &Rc<Overview>) -> Result<Option<MadeOf>, Failed> {
    let Some(worker) = desk.sums.worker() else { return Ok(None) };
    let with_unknown_keys = desk.state.overview.focus.with_untracked(|own| own.with_unknown_keys);
    let focus = Focus { with_unknown_keys, pack: shown.pack.clone(), period: shown.period };
    let mut forms = Vec::new();
    loop {
        match worker.ask(&Task::Forms(focus.clone(), forms.len(), ENTRIES)).await? {
            Reply::Forms(count, some) if !some.is_empty() || forms.len() == count => {
                forms.extend(some);
                if forms.len() >= count {
                    return Ok(Some(MadeOf { sum: shown.clone(), with_unknown_keys, forms }));
                }
            }
            _ => return Err(Failed::Worker),
        }
    }
}

/// Looks at one form alone, by its key, or at none.
pub async fn choose(desk: Rc<Desk>, key: String) {
    let papers = &desk.state.papers;
    papers.unit.set_if_changed(key.clone());
    let read = if key.is_empty() { Ok(None) } else { appraised(&desk, &key).await };
    if papers.unit.get_untracked() != key {
        return;
    }
    match read {
        Ok(own) => papers.appraised.set(own.map(Rc::new)),
        Err(failed) => desk.fail(failed),
    }
}

async fn appraised(desk: &Desk, key: &str) -> Result<Option<AppraisedForm>, Failed> {
    let shown = desk.state.shown.get_untracked().unwrap_or_default();
    let Some(entry) = shown.entries.iter().find(|entry| entry.key == key) else { return Ok(None) };
    let device = &desk.app.device;
    let text = device.received_text(key).await?;
    let submission = text.and_then(|text| Submission::from_bytes(text.as_bytes()).ok());
    let mut all: Vec<Appraisal> = Vec::new();
    for key in counting(entry) {
        let kept = device.answer(key).await?;
        all.extend(kept.and_then(|kept| kept.appraisal().ok()));
    }
    // As the map of changes has it.
    let last = all.into_iter().max_by_key(|own| (own.content().date, own.digest()));
    let both = submission.zip(last);
    Ok(both.map(|(submission, appraisal)| AppraisedForm { submission, appraisal }))
}

/// Keeps what a person fills in.
pub fn fill_in(desk: &Rc<Desk>, change: impl FnOnce(&mut PaperSettings)) {
    desk.state.papers.settings.update(|own| {
        if let Some(own) = own {
            change(own);
        }
    });
    let desk = desk.clone();
    spawn_local(async move {
        let own = desk.state.papers.settings.get_untracked();
        let Some(own) = own else { return };
        if let Err(error) = desk.app.device.keep_paper_settings(&own).await {
            desk.fail(error.into());
        }
    });
}

/// Forgets what the papers are made of: nobody looks at them.
pub fn leave(desk: &Desk) {
    overview::leave(desk);
    desk.state.papers.made_of.set(None);
    desk.state.papers.appraised.set(None);
}
