//! Appraising at the desk: what is being written, signing one or many, and the files that go back to the units.

use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;
use zeroize::Zeroizing;

use super::shared::{Desk, Failed, done};
use crate::app::actions::keys;
use crate::app::host::desk_worker::DeskWorker;
use crate::app::host::{self, spawn_local};
use crate::app::state::desk::{DeskFault, JustSigned, ManyDecided};
use crate::app::state::signals::SetIfChanged;
use crate::desk::register::{AppraisalStatus, Entry, KeptAppraisal, Task};
use crate::desk::{Opinion, OpinionDraft, may_be_decided};
use crate::device::{AppraiseError, OwnKeyError};
use crate::store::{KeyRecord, StoreError};
use crate::value::Digest;

/// How many answers are packed at once: no more than can be read between two frames.
const AT_ONCE: usize = 20;

/// Why an appraisal was not signed.
#[derive(Clone, Debug, PartialEq)]
pub enum OpinionFault {
    /// The key cannot be opened.
    Key(OwnKeyError),
    /// The file cannot be appraised.
    Appraise(AppraiseError),
}

/// What is being written about a submission.
pub async fn read_draft(desk: &Desk, form: &Digest) -> Result<Option<OpinionDraft>, StoreError> {
    let unsaved = desk.drafts.unsaved.borrow().get(form).cloned();
    match unsaved {
        Some(draft) => Ok(Some(draft)),
        None => desk.app.device.opinion_draft(form).await,
    }
}

/// Takes note of what is being written, and stores it.
pub fn note_draft(desk: &Rc<Desk>, form: Digest, draft: OpinionDraft) {
    let name = form.to_string();
    if !desk.state.written.with_untracked(|written| written.contains(&name)) {
        desk.state.written.update(|written| {
            written.insert(name);
        });
    }
    desk.drafts.unsaved.borrow_mut().insert(form, draft);
    if desk.drafts.writes.replace(true) {
        return;
    }
    let desk = desk.clone();
    spawn_local(async move {
        loop {
            let next = desk.drafts.unsaved.borrow().first_key_value().map(|(k, v)| (*k, v.clone()));
            let Some((form, draft)) = next else { break };
            let stored = desk.app.device.put_opinion_draft(&form, &draft).await;
            // What was typed in between is stored next.
            let mut unsaved = desk.drafts.unsaved.borrow_mut();
            if unsaved.get(&form) == Some(&draft) || stored.is_err() {
                unsaved.remove(&form);
            }
            drop(unsaved);
            if let Err(error) = stored {
                desk.state.fault.set_if_changed(Some(DeskFault::Store(error)));
            }
        }
        desk.drafts.writes.set(false);
    });
}

impl Desk {
    /// Waits until nothing is being written about a submission; what is not stored yet is not.
    async fn rest(&self, form: &Digest) {
        self.drafts.unsaved.borrow_mut().remove(form);
        while self.drafts.writes.get() {
            host::pause(10).await;
        }
    }
}

/// Forgets what was being written about a submission.
pub async fn forget_draft(desk: &Desk, form: Digest) {
    desk.rest(&form).await;
    match desk.app.device.drop_opinion_draft(&form).await {
        Ok(()) => desk.state.written.update(|written| {
            written.remove(&form.to_string());
        }),
        Err(error) => desk.fail(error.into()),
    }
}

/// Signs what is said of a file by a key of this device, and shows the list with it.
pub async fn sign(
    desk: Rc<Desk>,
    key: String,
    (form, opinion): (Digest, Opinion),
    record: KeyRecord,
    passphrase: Zeroizing<String>,
) -> Result<(), OpinionFault> {
    let secret = keys::open(desk.app, &record, &passphrase).await.map_err(OpinionFault::Key)?;
    desk.rest(&form).await;
    let kept = desk.app.device.appraise(&key, &opinion, &secret).await;
    let kept = match kept {
        Ok(kept) => kept,
        Err(error) => {
            // What was written is not lost.
            let day = opinion.date.map(|day| day.shown()).unwrap_or_default();
            note_draft(&desk, form, OpinionDraft { opinion, day });
            return Err(OpinionFault::Appraise(error));
        }
    };
    let signed = JustSigned { file: key, answer: kept.key(), is_new: true };
    desk.state.signed.set_if_changed(Some(signed));
    desk.show(vec![kept]).await;
    Ok(())
}

/// Signs one decision of the selected files by a key of this device. Those that cannot be signed are left out.
pub async fn decide_selected(
    desk: Rc<Desk>,
    opinion: Opinion,
    record: KeyRecord,
    passphrase: Zeroizing<String>,
) -> Result<(), OwnKeyError> {
    let secret = keys::open(desk.app, &record, &passphrase).await?;
    let (selected, shown) = (desk.state.selected.get_untracked(), desk.state.shown.get_untracked());
    let shown = shown.unwrap_or_default();
    let mut many = ManyDecided::default();
    let (mut signed, mut rest) = (Vec::new(), BTreeSet::new());
    for entry in shown.entries.iter().filter(|entry| selected.contains(&entry.key)) {
        let decided = match may_be_decided(entry.status) {
            true => desk.app.device.decide(&entry.key, &opinion, &secret).await,
            false => Err(AppraiseError::NotSound(entry.status)),
        };
        match decided {
            Ok(kept) => signed.push(kept),
            Err(error) => {
                rest.insert(entry.key.clone());
                many.left_out.push((entry.unit.clone(), entry.file.clone(), error));
            }
        }
        // The page draws between two signatures.
        host::pause(0).await;
    }
    many.signed = signed.len();
    desk.state.selected.set_if_changed(rest);
    desk.show(signed).await;
    desk.state.many.set_if_changed(Some(many));
    Ok(())
}

impl Desk {
    /// Shows the list with appraisals that were stored.
    async fn show(&self, kept: Vec<KeptAppraisal>) {
        let added = async {
            let book = self.book().await?;
            let records = kept.iter().map(KeptAppraisal::to_text).collect();
            book.ask(&Task::AddAppraisals(records)).await?;
            self.look().await
        };
        if let Err(failed) = added.await {
            self.fail(failed);
        }
    }
}

/// Takes an appraisal out of the register.
pub async fn drop_answer(desk: Rc<Desk>, key: String) {
    match desk.app.device.drop_answer(&key).await {
        Ok(()) => {
            // What it replaced may count again: the list is read anew.
            desk.book.take();
            super::open(desk).await;
        }
        Err(error) => desk.fail(error.into()),
    }
}

/// The keys of the appraisals of a file that count.
pub(super) fn counting(entry: &Entry) -> impl Iterator<Item = &String> {
    let counts = |one: &&(String, AppraisalStatus)| one.1 == AppraisalStatus::Counts;
    entry.appraisals.iter().filter(counts).map(|(key, _)| key)
}

async fn pack(worker: &DeskWorker, pairs: Vec<(String, String)>) -> Result<(), Failed> {
    done(worker.ask(&Task::Answer(pairs)).await?)
}

/// Packs the appraisals that count into one archive. Copies of a form have one answer.
pub async fn save_answers(desk: Rc<Desk>) {
    if desk.state.writes.get_untracked() {
        return;
    }
    desk.state.writes.set_if_changed(true);
    let packed = async {
        let worker = desk.worker().await?;
        let shown = desk.state.shown.get_untracked().unwrap_or_default();
        let mut done = BTreeSet::new();
        let mut pairs = Vec::new();
        for entry in &shown.entries {
            for key in counting(entry) {
                if !done.insert(key.clone()) {
                    continue;
                }
                let device = &desk.app.device;
                let submission = device.received_text(&entry.key).await?;
                let answer = device.answer(key).await?;
                if let Some((submission, answer)) = submission.zip(answer) {
                    pairs.push((submission, answer.text));
                }
            }
            if pairs.len() >= AT_ONCE {
                pack(&worker, std::mem::take(&mut pairs)).await?;
            }
        }
        pack(&worker, pairs).await?;
        worker.given(&Task::Answers).await?.map_err(Failed::Refused)
    };
    match packed.await {
        Ok(bytes) => {
            let name = format!("bontot_tham-dinh_{}.zip", host::today());
            if let Err(error) = host::download_bytes(&name, "application/zip", &bytes) {
                host::report(&error);
            }
        }
        Err(failed) => desk.fail(failed),
    }
    desk.state.writes.set_if_changed(false);
}
