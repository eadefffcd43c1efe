//! Files beside the answer to an item: adding, looking at and taking them away. In the deferred chunk.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::Form;
use crate::app::actions::attached::{Refusal, attach, detach, save_parcel};
use crate::app::host::{self, File, ObjectUrl, spawn_local};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{El, files, hint, html, named_button, problem, quiet_button};
use crate::app::state::form::Access;
use crate::app::state::signals::{SetIfChanged, memo};
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::device::{ATTACHED_BUDGET, FILE_MAX, PICTURE_MAX, attachments_of};
use crate::form::{ATTACHMENTS_LIMIT, Attachment};
use crate::seal::Submission;
use crate::value::{Digest, Id, shown};

/// What can be chosen: anything, and pictures first.
const KINDS: &str = "image/*,application/pdf,*/*";
/// The kinds of pictures of which there is a preview.
const SHOWN: [&str; 4] = ["image/jpeg", "image/png", "image/webp", "image/gif"];

/// What is known of the bytes of a file.
enum Bytes {
    /// They are being read.
    Awaited,
    /// They are not on this device.
    Gone,
    /// They are here; a picture has an address.
    Here(Option<ObjectUrl>),
}

struct Panel {
    form: Form,
    t: &'static Text,
    item: Id,
    bytes: RefCell<BTreeMap<Digest, Bytes>>,
    /// Raised when more is known of the bytes.
    known: ArcRwSignal<u32>,
    /// What is being added, and why files were not.
    busy: ArcRwSignal<Option<String>>,
    refused: ArcRwSignal<Vec<String>>,
    used: ArcRwSignal<Option<u64>>,
}

/// The files of an item, and the button that adds some.
pub fn attached(form: &Form, t: &'static Text, item: &Id) -> El {
    let a = t.later().attached;
    let panel = Rc::new(Panel {
        form: form.clone(),
        t,
        item: item.clone(),
        bytes: RefCell::default(),
        known: ArcRwSignal::new(0),
        busy: ArcRwSignal::new(None),
        refused: ArcRwSignal::default(),
        used: ArcRwSignal::new(None),
    });
    let place = form.look(|session| session.pack().item_index(item)).unwrap_or(usize::MAX);
    let own = (form.clone(), item.clone());
    // Drawn anew only where files change, not with every word that is typed beside them.
    let all = memo(move || {
        let (form, item) = &own;
        form.watch_item(place, |session| {
            let answer = session.form().items.get(item);
            answer.map(|answer| answer.attachments.clone()).unwrap_or_default()
        })
    });
    let lines = bind(&panel, move |panel| {
        panel.known.track();
        all.get().iter().map(|own| line(panel, own)).collect()
    });
    let said = bind(&panel, move |panel| {
        let busy = panel.busy.get().map(|name| html::p().text(&fill(a.attached_busy, &[&name])));
        let refused = panel.refused.get();
        busy.into_iter().chain(refused.iter().map(|words| problem(words))).collect()
    });
    let element = format!("item-{}-attach", item.as_str());
    let is_writer = bind(&panel, |panel| panel.form.access.get() == Access::Writer);
    let add = bind(&panel, move |panel| {
        let take = bind_with(panel, |panel, event| take(panel, &host::chosen_files(&event)));
        is_writer().then(|| {
            html::div()
                .child(html::p().class("row").child(files(
                    &format!("item-{}-attach", panel.item.as_str()),
                    a.attached_add,
                    KINDS,
                    take,
                )))
                .child(hint(a.attached_say))
        })
    });
    let used = bind(&panel, move |panel| {
        let used = panel.used.get().filter(|used| *used > 0)?;
        let size = |bytes| wording::size(panel.t, bytes);
        Some(hint(&fill(a.attached_used, &[&size(used), &size(ATTACHED_BUDGET)])))
    });
    spawn_local(count(panel.clone()));
    html::div()
        .class("attached")
        .attr("role", "group")
        .attr("aria-label", a.attached)
        .child(html::p().child(html::strong().text(a.attached)))
        .child(html::ul().class("attached__list").test_id(&format!("{element}ed")).live(lines))
        .child(html::div().attr("role", "status").test_id(&format!("{element}-said")).live(said))
        .child(html::div().live_one(add))
        .child(html::div().test_id(&format!("{element}-used")).live_one(used))
}

async fn count(panel: Rc<Panel>) {
    if let Ok(used) = panel.form.app.device.attached_used().await {
        panel.used.set_if_changed(Some(used));
    }
}

/// One file, with a preview of a picture.
fn line(panel: &Rc<Panel>, own: &Attachment) -> El {
    let (t, a) = (panel.t, panel.t.later().attached);
    let name = shown(&own.name);
    let words = told(t, own);
    let mut bytes = panel.bytes.borrow_mut();
    let (mut preview, mut gone) = (None, None);
    match bytes.get(&own.sha256) {
        None => {
            bytes.insert(own.sha256, Bytes::Awaited);
            spawn_local(read(panel.clone(), own.clone()));
        }
        Some(Bytes::Awaited | Bytes::Here(None)) => {}
        Some(Bytes::Here(Some(url))) => {
            preview = Some(
                html::img()
                    .class("attached__picture")
                    .attr("src", url.as_str())
                    .attr("alt", &fill(a.attached_picture, &[&name])),
            );
        }
        Some(Bytes::Gone) => {
            let is_own = panel.form.access.get_untracked() == Access::Writer;
            gone = Some(hint(if is_own { a.attached_gone } else { a.attached_elsewhere }));
        }
    }
    let is_writer = panel.form.access.get_untracked() == Access::Writer;
    let sha256 = own.sha256;
    let remove = bind(panel, move |panel| {
        detach(&panel.form, &panel.item, &sha256);
        panel.refused.set_if_changed(Vec::new());
    });
    let test_id = format!("detach-{}", own.short_digest());
    let remove =
        is_writer.then(|| named_button(a.attached_remove, &name, remove).test_id(&test_id));
    let said = html::div().child(html::p().as_is().text(&words)).maybe(gone).maybe(remove);
    html::li().attr("data-sha256", &own.sha256.to_string()).maybe(preview).child(said)
}

/// A file in a line: name, size, the first signs of its digest.
pub(in crate::app::pages) fn told(t: &Text, own: &Attachment) -> String {
    let size = wording::size(t, u64::try_from(own.size).unwrap_or_default());
    let name = crate::value::cut(&own.name, 60);
    let name = crate::value::plain(&name);
    fill(t.later().attached.attached_line, &[&name, &size, &own.short_digest()])
}

async fn read(panel: Rc<Panel>, own: Attachment) {
    let read = panel.form.app.device.attached(&own).await;
    let known = match read {
        Ok(Some(bytes)) => {
            let is_shown = SHOWN.contains(&own.media_type.as_str());
            let url = is_shown.then(|| ObjectUrl::of(&own.media_type, &bytes)).flatten();
            Bytes::Here(url)
        }
        Ok(None) | Err(_) => Bytes::Gone,
    };
    panel.bytes.borrow_mut().insert(own.sha256, known);
    panel.known.update(|known| *known += 1);
}

fn take(panel: &Rc<Panel>, all: &[File]) {
    let all = all.to_vec();
    let panel = panel.clone();
    spawn_local(async move {
        let mut refused = Vec::new();
        panel.refused.set_if_changed(Vec::new());
        for file in all {
            let name = shown(&file.name()).into_owned();
            panel.busy.set_if_changed(Some(name.clone()));
            if let Err(why) = attach(&panel.form, &panel.item, &file).await {
                refused.push(refusal(panel.t, &name, why));
            }
        }
        // What was gone may be here again.
        panel.bytes.borrow_mut().retain(|_, own| !matches!(own, Bytes::Gone));
        panel.known.update(|known| *known += 1);
        panel.busy.set_if_changed(None);
        panel.refused.set_if_changed(refused);
        count(panel).await;
    });
}

fn refusal(t: &Text, name: &str, why: Refusal) -> String {
    let a = t.later().attached;
    let size = |bytes: usize| wording::size(t, bytes as u64);
    match why {
        Refusal::Full => fill(a.attached_full, &[&ATTACHMENTS_LIMIT.to_string(), name]),
        Refusal::Twice => fill(a.attached_twice, &[name]),
        Refusal::Empty => fill(a.attached_empty, &[name]),
        Refusal::PictureLarge => fill(a.attached_picture_large, &[name, &size(PICTURE_MAX)]),
        Refusal::FileLarge => fill(a.attached_file_large, &[name, &size(FILE_MAX)]),
        Refusal::NoRoom(used) => {
            let (used, all) = (wording::size(t, used), wording::size(t, ATTACHED_BUDGET));
            fill(a.attached_no_room, &[name, &used, &all])
        }
        Refusal::NoText => fill(a.attached_no_text, &[name]),
        Refusal::Unreadable => fill(a.attached_unreadable, &[name]),
        Refusal::Store(error) => wording::store_error(t, &error),
    }
}

/// The button that saves the signed file with all that it names; nothing where it names nothing.
pub fn parcel(form: &Form, t: &'static Text, signed: &Submission) -> Option<El> {
    let count = attachments_of(signed.assessment()).len();
    if count == 0 {
        return None;
    }
    let a = t.later().attached;
    let missing: ArcRwSignal<Vec<String>> = ArcRwSignal::default();
    let (signed, told) = (Rc::new(signed.clone()), missing.clone());
    let save = form.bind(move |form| {
        if form.app.is_again("parcel") {
            return;
        }
        let (form, signed, told) = (form.clone(), signed.clone(), told.clone());
        spawn_local(async move { told.set(save_parcel(&form, &signed).await) });
    });
    let gone = move || {
        let names: Vec<String> =
            missing.get().iter().map(|name| shown(name).into_owned()).collect();
        (!names.is_empty()).then(|| problem(&fill(a.attached_zip_missing, &[&names.join(", ")])))
    };
    let save = quiet_button("quiet", a.attached_zip, save).test_id("export-zip");
    Some(
        html::div()
            .child(hint(&fill(a.attached_zip_say, &[&count.to_string()])))
            .child(html::p().class("row").child(save))
            .child(html::div().attr("role", "status").live_one(gone)),
    )
}
