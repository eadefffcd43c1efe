//! Self-check links: opening and making them.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::chunks::Work;
use crate::app::actions::{App, open_file};
use crate::app::host;
use crate::app::host::worker::PaperWorker;
use crate::app::state::Slot;
use crate::app::state::form::Access;
use crate::app::state::notice::Notice;
use crate::app::state::route::{PACK, Route};
use crate::device::{NoEntropy, OpenLinkError, RefusedFile, link_of};
use crate::seal::PackFile;
use crate::session::Session;
use crate::share::Texts;

/// Longest link of a pack that is offered: what messengers send without cutting it.
const PACK_LINK_LIMIT: usize = 16_000;

/// Opens a link. Nothing is stored.
pub fn open(app: App, text: String) -> Work {
    Box::pin(async move {
        // Changed here before: reopen that trial.
        if let Some(form) = app.trial_of_link(&text) {
            return app.state.slot.set(Slot::Open(form));
        }
        let opened = app.device.open_link(&text);
        // The route may have changed meanwhile.
        if app.state.route.get_untracked() != Route::Check(text.clone()) {
            return;
        }
        app.state.slot.set(match opened {
            Ok(opened) => {
                let form = app.open_draft(opened.session, opened.draft, Access::Trial);
                app.note_link(&form, text);
                Slot::Open(form)
            }
            Err(OpenLinkError::Link(error)) => Slot::BadLink(Rc::new(error)),
            Err(OpenLinkError::NoEntropy) => return app.tell(Notice::from(NoEntropy)),
        });
    })
}

/// The self-check link of a form: with its answers, or only for units of its kind; `None` if
/// the included texts are too long.
pub fn address(session: &Session, with_answers: bool, texts: Texts) -> Option<String> {
    let link = link_of(session, with_answers, texts)?;
    Some(format!("{}#/check/{link}", host::address()))
}

/// Takes in the published criteria pack in a link: it is announced and asked about like a file.
pub fn open_pack(app: App, link: String) -> Work {
    Box::pin(async move {
        let read = match PaperWorker::load().await {
            Ok(worker) => worker.file_in(link).await,
            Err(error) => Err(error),
        };
        host::go("#/");
        let Ok(file) = read else { return app.tell(Notice::ChunkFailed) };
        // Of files in links only packs are taken.
        let name = "bo-tieu-chi.json";
        // A link that was cut on its way reads as a file that was.
        let pack = PackFile::from_bytes(&file.unwrap_or_else(|| b"{".to_vec()));
        match pack.map(|pack| host::file_of_text(name, pack.text())) {
            Ok(Some(file)) => {
                let taken = open_file::take_in_file(app, &file).await;
                open_file::follow(app, taken);
            }
            Ok(None) => app.tell(Notice::ChunkFailed),
            Err(error) => app.tell(Notice::Refused(RefusedFile::new(name, error.into()))),
        }
    })
}

/// The link that carries a published pack, where it is short enough to be sent.
pub async fn address_of_pack(file: &PackFile) -> Option<String> {
    let worker = PaperWorker::load().await.ok()?;
    let link = worker.link_of(file.text()).await.ok()?;
    (link.len() <= PACK_LINK_LIMIT).then(|| format!("{}{PACK}/{link}", host::address()))
}
