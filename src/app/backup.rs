//! All forms and keys in one file, and back; and forms that were deleted.

use crate::app::import::doubt;
use crate::app::rest::Work;
use crate::app::state::{App, Notice};
use crate::app::{appraising, browser, history, room, trusting};
use crate::store::{
    AppraisalRecord, Backup, BackupKey, Deed, Deleted, Draft, Gathered, Kind, Merge, Record, State,
    Storage, StoreError, TrustRecord, merge,
};
use crate::value::{AssessmentId, Instant};

/// What restoring a backup did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Forms that were not here.
    pub added: u32,
    /// Forms that were newer in the backup; the older ones can be brought back.
    pub replaced: u32,
    /// Forms that were newer here, and stayed.
    pub stayed: u32,
    /// Forms that are now here twice, since each had what the other had not.
    pub twice: u32,
    /// Forms that were the same.
    pub same: u32,
    /// Keys that were not here.
    pub keys: u32,
    /// Keys of others that were not here, and now wait to be compared.
    pub trust: u32,
}

/// Hands a file with all forms and keys to the browser.
#[inline(never)] // of the part of the program that loads later
pub fn save_all(app: App) -> Work {
    Box::pin(async move {
        let now = browser::now();
        let text = match gather(app, now).await {
            Ok(backup) => backup.to_text(),
            Err(error) => return app.tell(Notice::Storage(error)),
        };
        let name = format!("bontot_sao-luu_{}.json", now.date());
        app.save_file(&name, &text);
        if matches!(app.notice.peek().as_deref(), Some(Notice::Exported)) {
            app.backed_up(now);
        }
    })
}

async fn gather(app: App, now: Instant) -> Result<Backup, StoreError> {
    let keeper = app.keeper();
    let all = Gathered {
        drafts: keeper.list(Kind::Drafts).await?,
        keys: keeper.list(Kind::Keys).await?,
        history: keeper.list(Kind::History).await?,
        trust: keeper.list(Kind::Trust).await?,
        appraised: keeper.list(Kind::Appraised).await?,
    };
    Ok(Backup::gather(now, all))
}

/// Merges a backup into what is here.
pub async fn restore(app: App, backup: Backup) {
    match merge_all(app, backup).await {
        Ok(report) => app.tell(Notice::Restored(report)),
        Err(error) => app.tell(Notice::Storage(error)),
    }
    app.read_rows().await;
}

async fn merge_all(app: App, backup: Backup) -> Result<Report, StoreError> {
    let keeper = app.keeper();
    let mut report = Report::default();
    for BackupKey { kid, key } in backup.keys {
        if keeper.get(Kind::Keys, &kid).await?.is_none() {
            keeper.put(Kind::Keys, &kid, &key.to_text()).await?;
            report.keys += 1;
        }
    }
    for mut draft in backup.drafts {
        doubt(&mut draft, app.packs());
        merge_one(app, draft, &mut report).await?;
    }
    for Record { key, text } in backup.unreadable {
        if keeper.get(Kind::Drafts, &key).await?.is_none() {
            keeper.put(Kind::Drafts, &key, &text).await?;
            report.added += 1;
        }
    }
    for Record { key, text } in backup.history {
        // What no version so far would have written is not history.
        if State::from_key(&key).is_some() && keeper.get(Kind::History, &key).await?.is_none() {
            keeper.put(Kind::History, &key, &text).await?;
        }
    }
    for Record { text, .. } in backup.trust {
        if let Ok(mut record) = TrustRecord::from_text(&text) {
            // Whoever made the file may have put any key in: it is compared here once more.
            record.doubt();
            record.note(Deed::Listed, browser::now());
            report.trust += u32::from(trusting::take_in(app, &record).await?);
        }
    }
    for Record { key, text } in backup.appraised {
        // It is verified whenever it is shown.
        if AppraisalRecord::from_text(&text).is_ok()
            && keeper.get(Kind::Appraised, &key).await?.is_none()
        {
            keeper.put(Kind::Appraised, &key, &text).await?;
        }
    }
    Ok(report)
}

async fn merge_one(app: App, mut theirs: Draft, report: &mut Report) -> Result<(), StoreError> {
    let keeper = app.keeper();
    let key = theirs.form.id.as_str().to_owned();
    let counted = match keeper.get(Kind::Drafts, &key).await? {
        None => &mut report.added,
        Some(text) => match Draft::from_text(&text).map(|ours| (merge(&ours, &theirs), ours)) {
            Ok((Merge::Same, _)) => {
                report.same += 1;
                return Ok(());
            }
            Ok((Merge::Ours, _)) => {
                report.stayed += 1;
                return Ok(());
            }
            Ok((Merge::Theirs, ours)) => {
                let title = ours.form.unit.name;
                set_aside(app, key, title, text).await?;
                &mut report.replaced
            }
            // A record that cannot be read stays as it is.
            Ok((Merge::Both, _)) | Err(_) => {
                let bits = browser::entropy().ok_or(StoreError::Failed("crypto".into()))?;
                theirs.form.id = AssessmentId::from_bits(bits);
                &mut report.twice
            }
        },
    };
    keeper
        .put(Kind::Drafts, theirs.form.id.as_str(), &theirs.to_text())
        .await?;
    *counted += 1;
    Ok(())
}

/// Keeps the text of a form among the deleted ones.
async fn set_aside(app: App, key: String, title: String, text: String) -> Result<(), StoreError> {
    let deleted = Deleted {
        at: browser::now(),
        key,
        title,
        text,
    };
    let keeper = app.keeper();
    keeper
        .put(Kind::Deleted, &deleted.record_key(), &deleted.to_text())
        .await
}

/// Reads the list of deleted forms, and drops those whose time has run out.
#[inline(never)] // of the part of the program that loads later
pub fn read_deleted(app: App) -> Work {
    Box::pin(async move {
        let keeper = app.keeper();
        let records = match keeper.list(Kind::Deleted).await {
            Ok(records) => records,
            Err(error) => return app.tell(Notice::Storage(error)),
        };
        let mut kept: Vec<Deleted> = Vec::new();
        for (key, text) in records {
            // A record that cannot be read stays for a version that can.
            let Ok(deleted) = Deleted::from_text(&text) else {
                continue;
            };
            if !deleted.is_over(browser::now()) {
                let at = kept.partition_point(|other| other.at >= deleted.at);
                kept.insert(at, deleted);
            } else if let Err(error) = give_up(app, &key, &deleted).await {
                return app.tell(Notice::Storage(error));
            }
        }
        app.deleted.set(kept);
        room::look(app).await;
    })
}

/// Forgets a deleted form, and its earlier states where no form goes on from them.
async fn give_up(app: App, key: &str, deleted: &Deleted) -> Result<(), StoreError> {
    let keeper = app.keeper();
    if keeper.get(Kind::Drafts, &deleted.key).await?.is_none()
        && let Some(id) = AssessmentId::new(&deleted.key)
    {
        history::forget(app, &id).await?;
        appraising::forget(app, &id).await?;
    }
    keeper.remove(Kind::Deleted, key).await
}

/// Deletes a form; for a while it can be brought back.
#[inline(never)] // of the part of the program that loads later
pub fn delete(app: App, key: String, title: String) -> Work {
    Box::pin(async move {
        if let Err(error) = move_away(app, key, title).await {
            app.tell(Notice::Storage(error));
        }
        app.read_rows().await;
    })
}

async fn move_away(app: App, key: String, title: String) -> Result<(), StoreError> {
    let keeper = app.keeper();
    let Some(text) = keeper.get(Kind::Drafts, &key).await? else {
        return Ok(());
    };
    let deleted = Deleted {
        at: browser::now(),
        key: key.clone(),
        title,
        text,
    };
    // First there, then gone from here: a power cut in between leaves it in both places.
    keeper
        .put(Kind::Deleted, &deleted.record_key(), &deleted.to_text())
        .await?;
    keeper.remove(Kind::Drafts, &key).await?;
    app.tell(Notice::Deleted(deleted));
    Ok(())
}

/// Brings a deleted form back.
#[inline(never)] // of the part of the program that loads later
pub fn bring_back(app: App, deleted: Deleted) -> Work {
    Box::pin(async move {
        match put_back(app, deleted).await {
            Ok(()) => app.notice.set(None),
            Err(error) => app.tell(Notice::Storage(error)),
        }
        app.read_rows().await;
    })
}

async fn put_back(app: App, deleted: Deleted) -> Result<(), StoreError> {
    let keeper = app.keeper();
    let (mut key, mut text) = (deleted.key.clone(), deleted.text.clone());
    // Another form has its place: it comes back beside that one.
    if keeper.get(Kind::Drafts, &key).await?.is_some() {
        let bits = browser::entropy().ok_or(StoreError::Failed("crypto".into()))?;
        let id = AssessmentId::from_bits(bits);
        key = id.as_str().to_owned();
        if let Ok(mut draft) = Draft::from_text(&text) {
            draft.form.id = id;
            text = draft.to_text();
        }
    }
    keeper.put(Kind::Drafts, &key, &text).await?;
    keeper.remove(Kind::Deleted, &deleted.record_key()).await
}
