//! The register written to a file: as text, as a workbook, as a bag.

use std::rc::Rc;

use leptos::prelude::*;
use zeroize::Zeroizing;

use super::shared::{Desk, Failed, done};
use crate::app::actions::keys;
use crate::app::host;
use crate::app::host::desk_worker::{Bytes, DeskWorker, Loaded};
use crate::app::state::signals::SetIfChanged;
use crate::desk::register::{Export, Filers, Reply, Task};
use crate::device::OwnKeyError;
use crate::seal::{SecretKey, sign_bag};
use crate::store::KeyRecord;

/// The start of the names of files.
const NAME: &str = "bontot_so-tiep-nhan";

/// Writes the register to a file of text.
pub async fn export(desk: Rc<Desk>, export: Export) {
    let (end, kind) = match export {
        Export::Ndjson => ("ndjson", "application/x-ndjson"),
        Export::Csv => ("csv", "text/csv"),
    };
    write(&desk, end, kind, async |desk| {
        let worker = desk.worker().await?;
        hand_rows(desk, &worker, export).await?;
        worker.given(&Task::Written).await?.map_err(Failed::Refused)
    })
    .await;
}

/// Writes the register to a workbook.
pub async fn export_workbook(desk: Rc<Desk>) {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    write(&desk, "xlsx", kind, async |desk| {
        let worker = desk.worker_as(Loaded::Sheets).await?;
        hand_rows(desk, &worker, Export::Ndjson).await?;
        let deadline = desk.app.device.unit_settings().await?.deadline;
        let list = desk.app.device.unit_list().await?;
        let filers = list.map(|list| Filers { list, deadline });
        worker.given(&Task::Workbook(filers)).await?.map_err(Failed::Refused)
    })
    .await;
}

/// Writes the register with all signed files to a bag, which a key of this device signs where one is given.
///
/// # Errors
/// The key cannot be opened; nothing is written.
pub async fn export_bag(
    desk: Rc<Desk>,
    signing: Option<(KeyRecord, Zeroizing<String>)>,
) -> Result<(), OwnKeyError> {
    let key = match &signing {
        Some((record, passphrase)) => Some(keys::open(desk.app, record, passphrase).await?),
        None => None,
    };
    let key = key.as_deref();
    write(&desk, "zip", "application/zip", async |desk| bag(desk, key).await).await;
    Ok(())
}

async fn bag(desk: &Desk, key: Option<&SecretKey>) -> Result<Bytes, Failed> {
    let worker = desk.worker().await?;
    hand_rows(desk, &worker, Export::Ndjson).await?;
    desk.each_answer(&worker, Task::KeepAppraisals).await?;
    let mut behind: Option<String> = None;
    loop {
        let some = desk.app.device.received_texts_behind(behind.as_deref()).await?;
        let Some((last, _)) = some.last() else { break };
        behind = Some(last.clone());
        done(worker.ask(&Task::KeepTexts(some)).await?)?;
    }
    let base = format!("{NAME}_{}", host::today());
    let manifest = match worker.ask(&Task::Bag(base)).await? {
        Reply::Manifest(manifest) => manifest,
        other => return Err(Failed::of(other)),
    };
    let signature = key.map(|key| sign_bag(&manifest, key, host::now()));
    worker.given(&Task::EndBag(signature)).await?.map_err(Failed::Refused)
}

/// Hands on all rows and appraisals.
async fn hand_rows(desk: &Desk, worker: &DeskWorker, export: Export) -> Result<(), Failed> {
    done(worker.ask(&Task::Export(export)).await?)?;
    desk.each_record(worker, Task::Write).await?;
    desk.each_answer(worker, Task::WriteAppraisals).await
}

/// Writes one file at a time, and gives it to the person.
async fn write(
    desk: &Desk,
    end: &str,
    kind: &str,
    bytes: impl AsyncFnOnce(&Desk) -> Result<Bytes, Failed>,
) {
    if desk.state.writes.get_untracked() {
        return;
    }
    desk.state.writes.set_if_changed(true);
    match bytes(desk).await {
        Ok(bytes) => {
            let name = format!("{NAME}_{}.{end}", host::today());
            if let Err(error) = host::download_bytes(&name, kind, &bytes) {
                host::report(&error);
            }
        }
        Err(failed) => desk.fail(failed),
    }
    desk.state.writes.set_if_changed(false);
}
