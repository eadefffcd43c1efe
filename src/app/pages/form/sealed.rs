//! The sealed file: what it says and who signed it, the way to save it, and the ways to send it.

use std::rc::Rc;

use leptos::prelude::*;

use super::attached;
use super::handed_in::{self, how_to_send};
use super::seal::Panel;
use super::signatures::signatures;
use crate::app::actions::keys::{lacks_backup, save_backup};
use crate::app::host::spawn_local;
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{
    El, button, hint, html, link_button, named, notice, problem, quiet_button,
};
use crate::app::state::route::KEYS;
use crate::app::state::signals::SetIfChanged;
use crate::app::text::fill;
use crate::app::{host, wording};
use crate::device::stated_verdict;
use crate::rules::FormVerdict;
use crate::seal::Submission;

/// The sealed file: what it says, and who signed it.
pub(super) fn file(panel: &Rc<Panel>, submission: &Submission) -> Option<El> {
    let (form, t) = (&panel.form, panel.t);
    let done = bind_with(panel, |panel, text| panel.sealed.set_if_changed(Some(text)));
    let signed = signatures(form, t, submission, done);
    let verdict = FormVerdict::from_word(stated_verdict(submission));
    let verdict = verdict.map(|verdict| wording::form_verdict(t, verdict)).unwrap_or_default();
    let own = submission.assessment().clone();
    let revision = own.revision.to_string();
    let replaced = handed_in::replaced(form, t, &own);
    let changed = form.bind(move |form| {
        let changed = form.watch(|session| !session.says_the_same_as(&own));
        changed.then(|| problem(t.later().sealed_changed))
    });
    let stated =
        html::strong().as_is().test_id("sealed-verdict").text(verdict.0).text(" ").text(verdict.1);
    let code =
        html::span().class("code").as_is().test_id("check-code").text(&submission.check_code());
    let title = format!("✓ {}", fill(t.later().sealed, &[&revision]));
    let signers = submission.clone().verify().ok()?;
    let signers: Vec<_> = signers.signers().iter().map(|own| own.key.kid()).collect();
    let backup = bind(panel, move |panel| backup_offer(panel, &signers));
    Some(
        html::div()
            .class("sealed")
            .test_id("sealed")
            .child(html::h4().id("sealed-title").attr("tabindex", "-1").text(&title))
            .maybe(replaced.map(|words| html::p().test_id("replaced").text(&words)))
            .child(html::p().text(t.later().sealed_say))
            .child(html::div().live_one(changed))
            .child(named(t.later().check_code, code))
            .child(hint(t.later().check_code_say))
            .child(named(t.later().outcome_in_file, stated))
            .child(html::div().live_one(backup))
            .child(signed),
    )
}

/// Offers to save the key that signed, if there is no copy of it.
fn backup_offer(panel: &Rc<Panel>, signers: &[String]) -> Option<El> {
    let (app, t) = (panel.form.app, panel.t);
    panel.is_key_saved.track();
    let kept = panel.kept.get()?;
    let key = kept.into_iter().find(|key| signers.contains(&key.kid) && lacks_backup(app, key))?;
    let saved = panel.is_key_saved.clone();
    let save = move || {
        save_backup(app, &key);
        saved.notify();
    };
    let acts = html::p()
        .class("row")
        .child(quiet_button("quiet", t.later().key_backup, save).test_id("key-backup-offer"))
        .child(link_button("plain", t.later().keys_title, KEYS));
    Some(notice("key-unsaved", t.later().filing.key_unsaved).child(acts))
}

/// The second step: the file and its button.
pub(super) fn saving(panel: &Rc<Panel>, submission: &Submission) -> El {
    let (t, name, text) = (panel.t, submission.file_name(), submission.to_text());
    let file_name = html::span().class("file-name").as_is().test_id("file-name").text(&name);
    let save = bind(panel, move |panel| {
        panel.form.app.save_file(&name, &text);
        panel.is_saved.set_if_changed(true);
    });
    html::div()
        .child(named(t.later().file_name, file_name))
        .child(html::p().class("row").child(button(t.later().export, save).test_id("export")))
        .maybe(attached::parcel(&panel.form, t, submission))
}

/// The third step: the system's share sheet where it takes files, and how to do without.
pub(super) fn sending(panel: &Rc<Panel>, submission: &Submission) -> El {
    let (t, name, text) = (panel.t, submission.file_name(), submission.to_text());
    let how = how_to_send(t, &name, &submission.check_code());
    let superior = wording::superior(t, &submission.assessment().unit.superior);
    let share = host::can_share(&name, &text).then(|| {
        let share = bind(panel, move |panel| {
            let (name, text) = (name.clone(), text.clone());
            panel.form.hurry();
            panel.is_sent.set_if_changed(true);
            spawn_local(async move { host::share(&name, &text).await });
        });
        html::p()
            .class("row")
            .child(quiet_button("quiet", t.later().share_file, share).test_id("share-file"))
    });
    html::div()
        .child(html::p().text(&fill(t.later().filing.step_send, &[&superior])))
        .maybe(share)
        .child(how)
}
