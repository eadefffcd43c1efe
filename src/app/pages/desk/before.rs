//! What changed in a form since the unit's last one that was received: an earlier revision, or the period before.

use std::rc::Rc;

use leptos::prelude::*;

use super::Page;
use crate::app::host::spawn_local;
use crate::app::pages::bind::bind;
use crate::app::parts::{El, html};
use crate::app::state::notice::Notice;
use crate::app::text::fill;
use crate::app::wording;
use crate::desk::register::Entry;
use crate::desk::{Status, changed_items, last_before};
use crate::form::Assessment;
use crate::pack::Pack;
use crate::seal::Submission;
use crate::store::StoreError;
use crate::value::{same_name, shown};

/// The most files of a unit that are looked at.
const LOOKED_AT: usize = 20;

/// The form before, with the name of its file.
type Before = Option<(String, Assessment)>;

/// The differences, if there is a form before.
pub(super) fn section(page: &Page, entry: &Rc<Entry>, pack: &Rc<Pack>, form: &Assessment) -> El {
    let found: ArcRwSignal<Before> = ArcRwSignal::new(None);
    let (own, about, into, now) = (page.clone(), entry.clone(), found.clone(), form.clone());
    spawn_local(async move {
        match read(&own, &about, &now).await {
            Ok(before) => into.set(before),
            Err(error) => own.app.tell(Notice::Storage(error)),
        }
    });
    let shared = (page.clone(), pack.clone(), Rc::new(form.clone()), found);
    html::div().live(bind(&shared, |(page, pack, form, found)| {
        found.with(|found| match found {
            Some((file, then)) => view(page, file, then, (pack, form)),
            None => Vec::new(),
        })
    }))
}

/// Reads the unit's last form before this one.
async fn read(page: &Page, entry: &Entry, now: &Assessment) -> Result<Before, StoreError> {
    let all = page.desk.state.shown.get_untracked().unwrap_or_default();
    let is_of_unit = |other: &&Entry| {
        let counts = other.status.is_sound() || other.status == Status::Superseded;
        counts && other.key != entry.key && same_name(&other.unit, &entry.unit)
    };
    let mut others = Vec::new();
    for other in all.entries.iter().filter(is_of_unit).take(LOOKED_AT) {
        let text = page.app.device.received_text(&other.key).await?;
        let read = text.and_then(|text| Submission::from_bytes(text.as_bytes()).ok());
        if let Some(submission) = read.filter(|own| own.assessment().pack.id == now.pack.id) {
            others.push((other.file.clone(), submission.assessment().clone()));
        }
    }
    let times: Vec<_> = others.iter().map(|(_, form)| (form.period, form.revision)).collect();
    let place = last_before((now.period, now.revision), &times);
    Ok(place.map(|place| others.swap_remove(place)))
}

fn view(
    page: &Page,
    file: &str,
    then: &Assessment,
    (pack, now): (&Rc<Pack>, &Rc<Assessment>),
) -> Vec<El> {
    let (a, packs) = (page.a, page.app.device.packs());
    let Some(then_pack) = packs.by_digest(&then.pack.digest) else { return Vec::new() };
    let changed = changed_items((then_pack, then), (pack, now));
    let period = wording::period(page.t, &then.period);
    let revision = then.revision.to_string();
    let since = fill(a.since, &[&period, &revision, &shown(file)]);
    let lines = changed.iter().filter_map(|(id, old, own)| {
        let item = pack.items.get(pack.item_index(id)?)?;
        let (old, own) =
            (wording::signed_verdict(page.t, *old), wording::signed_verdict(page.t, *own));
        let words = fill(a.changed_item, &[&wording::item(page.lang, item), &old, &own]);
        Some(html::li().as_is().text(&words))
    });
    let lines: Vec<El> = lines.collect();
    vec![
        html::h3().text(a.before),
        html::p().as_is().text(&since),
        match lines.is_empty() {
            true => html::p().text(a.none_changed),
            false => html::ul().class("bullets").test_id("desk-changed").children(lines),
        },
    ]
}
