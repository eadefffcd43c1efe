//! Signing the form and exporting the file.

use leptos::prelude::*;
use std::rc::Rc;

use crate::app::host::spawn_local;
use zeroize::Zeroizing;

use super::attached;
use super::signatures::signatures;
use crate::app::actions::sign::seal_form;
use crate::app::actions::{App, Form};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::pages::passphrase::{Passphrase, key_error};
use crate::app::parts::{El, button, hint, html, link_button, named, problem, quiet_button};
use crate::app::state::route::KEYS;
use crate::app::state::signals::SetIfChanged;
use crate::app::text::{Text, fill};
use crate::app::{host, parts, wording};
use crate::device::{KeyChoice, SealError, stated_verdict};
use crate::rules::FormVerdict;
use crate::seal::{AddSignatureError, Submission};
use crate::session::Session;
use crate::store::KeyRecord;
use crate::value::{is_blank, same_name};

/// The progress of sealing.
#[derive(Clone, Debug, PartialEq)]
enum Work {
    /// Not sealing.
    Idle,
    /// Deriving, signing, verifying.
    Busy,
    /// Sealing failed, with this message.
    Failed(String),
}

/// The state of the panel.
struct Panel {
    form: Form,
    t: &'static Text,
    /// The keys on this device; `None` until they are read.
    kept: ArcRwSignal<Option<Vec<KeyRecord>>>,
    work: ArcRwSignal<Work>,
    /// The last sealed file.
    sealed: ArcRwSignal<Option<String>>,
    /// The thumbprint of the signing key; empty for a new key.
    chosen: ArcRwSignal<String>,
    passphrase: Rc<Passphrase>,
}

/// The panel that signs and exports.
pub fn seal_panel(form: &Form, t: &'static Text) -> El {
    let panel = Rc::new(Panel {
        form: form.clone(),
        t,
        kept: ArcRwSignal::new(None),
        work: ArcRwSignal::new(Work::Idle),
        sealed: ArcRwSignal::new(form.sealed_text()),
        chosen: ArcRwSignal::new(String::new()),
        passphrase: Rc::default(),
    });
    spawn_local(read_keys(panel.clone()));
    let hints = form.bind(move |form| {
        form.watch(|session| {
            let hints = [
                (session.period_is_unread(), t.later().seal_period),
                (
                    session.missing().next().is_some() && !session.period_is_unread(),
                    t.later().seal_incomplete,
                ),
                (is_blank(&session.form().unit.name), t.later().seal_unnamed),
            ];
            let hints = hints.into_iter().filter(|(holds, _)| *holds);
            hints.map(|(_, words)| problem(words)).collect()
        })
    });
    // A form whose period is none is not signed, nor is one that was received.
    let signing = bind(&panel, |panel| {
        let can = !panel.form.watch(Session::period_is_unread) && !panel.form.is_received();
        can.then(|| panel.kept.get()).flatten().map(|kept| signing(panel, &kept))
    });
    let fault = bind(&panel, |panel| match panel.work.get() {
        Work::Failed(words) => Some(problem(&words).test_id("seal-error")),
        _ => None,
    });
    let file = bind(&panel, move |panel| match panel.work.get() {
        Work::Busy => Some(html::p().text(t.later().sealing)),
        _ => file(panel, &panel.sealed.get()?),
    });
    html::section()
        .class("sheet")
        .attr("aria-labelledby", "seal-title")
        .child(html::h2().id("seal-title").attr("tabindex", "-1").text(t.seal))
        .child(html::p().class("quiet").text(t.later().seal_say))
        .child(html::div().live(hints))
        .child(html::div().live_one(signing))
        .child(html::div().attr("role", "alert").live_one(fault))
        .child(html::div().attr("role", "status").live_one(file))
}

async fn read_keys(panel: Rc<Panel>) {
    let kept = match panel.form.app.device.usable_keys().await {
        Ok(kept) => kept,
        Err(error) => {
            panel.work.set_if_changed(Work::Failed(wording::store_error(panel.t, &error)));
            Vec::new()
        }
    };
    let unit = panel.form.look(|session| session.form().unit.name.clone());
    // A key of another unit is not proposed: whoever signs with it chooses it.
    let usual = kept.iter().find(|key| same_name(&key.unit, &unit));
    panel.chosen.set_if_changed(usual.map(|key| key.kid.clone()).unwrap_or_default());
    panel.kept.set_if_changed(Some(kept));
}

/// The key choice, the passphrase, the button.
fn signing(panel: &Rc<Panel>, kept: &[KeyRecord]) -> El {
    let t = panel.t;
    let choice = (!kept.is_empty())
        .then(|| key_choice("key-choice", t, kept, &panel.chosen, Some(t.later().key_new)));
    // The fields for the chosen key: none while it is open.
    let secret = bind(panel, move |panel| {
        let (app, kid) = (panel.form.app, panel.chosen.get());
        if kid.is_empty() {
            panel.passphrase.new_fields(t, "passphrase", t.later().passphrase)
        } else if app.state.open_key.get() == kid {
            vec![is_open(app, t)]
        } else {
            panel.passphrase.field(t, "passphrase", t.later().passphrase)
        }
    });
    let words = panel.form.bind(move |form| {
        let complete = form.watch(|session| session.missing().next().is_none());
        if complete { t.later().seal_button } else { t.later().seal_button_incomplete }.to_owned()
    });
    let is_busy = bind(panel, |panel| (panel.work.get() == Work::Busy).then(|| "true".to_owned()));
    let button = html::button()
        .attr("type", "submit")
        .class("btn")
        .test_id("seal")
        .attr_live("aria-disabled", is_busy)
        .text_live(words);
    let keys = link_button("plain", t.later().keys_title, KEYS);
    let submit = bind_with(panel, |panel, event: host::Event| {
        event.prevent_default();
        start(panel);
    });
    html::form()
        .maybe(choice)
        .child(html::div().attr("role", "status").live_one(bind(panel, whose)))
        .child(html::div().live(secret))
        .child(html::p().class("row").child(button).child(keys))
        .on("submit", submit)
}

/// Says whose a key is that was made for another unit than the form's: the chosen one, or those that were not proposed.
fn whose(panel: &Rc<Panel>) -> Option<El> {
    let t = panel.t;
    let (kid, kept) = (panel.chosen.get(), panel.kept.get()?);
    let unit = panel.form.watch_unit(|session| session.form().unit.name.clone());
    let own = wording::name(t, &unit);
    let chosen = kept.iter().find(|key| key.kid == kid);
    let words = match chosen {
        Some(key) if same_name(&key.unit, &unit) => return None,
        Some(key) => fill(t.later().key_of_other, &[&wording::name(t, &key.unit), &own]),
        None if kept.iter().any(|key| same_name(&key.unit, &unit)) => return None,
        None => {
            let mut names: Vec<_> = kept.iter().map(|key| wording::name(t, &key.unit)).collect();
            names.dedup();
            let names = names.first().map(|_| names.join("”, “"))?;
            fill(t.later().key_of_others, &[&names, &own])
        }
    };
    Some(problem(&words).test_id("key-of-other"))
}

/// The choice among keys of this device; `blank` labels none.
pub fn key_choice(
    id: &str,
    t: &Text,
    keys: &[KeyRecord],
    chosen: &ArcRwSignal<String>,
    blank: Option<&'static str>,
) -> El {
    let option = |key: &KeyRecord| {
        let unit = if is_blank(&key.unit) { t.unnamed } else { &key.unit };
        (key.kid.clone(), fill(t.later().key_of, &[unit, &key.check_code]))
    };
    let options = keys.iter().map(option).collect();
    let choose = bind_with(chosen, |chosen, code| chosen.set_if_changed(code));
    parts::choice(id, t.later().key_choice, options, &chosen.get_untracked(), blank, choose)
}

fn start(panel: &Rc<Panel>) {
    if panel.work.get_untracked() == Work::Busy || panel.form.app.is_again("sign") {
        return;
    }
    let t = panel.t;
    // Before a key is made for it.
    if panel.form.look(Session::period_is_unread) {
        return panel.work.set_if_changed(Work::Failed(t.later().seal_period.to_owned()));
    }
    let kid = panel.chosen.get_untracked();
    let kept = panel.kept.get_untracked().unwrap_or_default();
    let key = kept.into_iter().find(|key| key.kid == kid);
    let secret = match key {
        Some(_) => panel.passphrase.typed(),
        None => match panel.passphrase.new_one(t, "passphrase") {
            Ok(secret) => secret,
            Err(words) => return panel.work.set_if_changed(Work::Failed(words.to_owned())),
        },
    };
    panel.work.set_if_changed(Work::Busy);
    let choice = key.map_or(KeyChoice::New, KeyChoice::Kept);
    spawn_local(finish(panel.clone(), choice, secret));
}

async fn finish(panel: Rc<Panel>, choice: KeyChoice, secret: Zeroizing<String>) {
    match seal_form(panel.form.clone(), choice, secret).await {
        Ok(submission) => {
            panel.passphrase.forget();
            panel.sealed.set_if_changed(Some(submission.to_text()));
            panel.work.set_if_changed(Work::Idle);
            host::focus_soon("sealed-title");
            // Redraws the key choice with empty fields.
            panel.kept.set_if_changed(None);
            read_keys(panel).await;
        }
        Err(error) => panel.work.set_if_changed(Work::Failed(seal_error(panel.t, &error))),
    }
}

/// The error text.
pub fn seal_error(t: &Text, error: &SealError) -> String {
    match error {
        SealError::Key(error) => key_error(t, error),
        SealError::UnreadPeriod => t.later().seal_period.to_owned(),
        SealError::NotSound(detail) => fill(t.later().seal_failed, &[detail]),
        SealError::NotAdded(AddSignatureError::Signed) => t.later().signed_already.to_owned(),
        SealError::NotAdded(AddSignatureError::Full) => t.later().signatures_full.to_owned(),
    }
}

/// Says that the key is open, with a lock button.
pub fn is_open(app: App, t: &'static Text) -> El {
    let lock = quiet_button("quiet", t.later().key_lock, move || app.lock_key());
    let told = html::span().text(t.later().key_is_open);
    html::p().class("row").test_id("key-is-open").child(told).child(lock.test_id("key-lock"))
}

/// The sealed file: its details and export buttons.
fn file(panel: &Rc<Panel>, text: &str) -> Option<El> {
    let (form, t) = (&panel.form, panel.t);
    let submission = Submission::from_bytes(text.as_bytes()).ok()?;
    let (name, text) = (submission.file_name(), text.to_owned());
    let done = bind_with(panel, |panel, text| panel.sealed.set_if_changed(Some(text)));
    let signed = signatures(form, t, &submission, done);
    let verdict = FormVerdict::from_word(stated_verdict(&submission));
    let verdict = verdict.map(|verdict| wording::form_verdict(t, verdict)).unwrap_or_default();
    let own = submission.assessment().clone();
    let revision = own.revision.to_string();
    let changed = form.bind(move |form| {
        let changed = form.watch(|session| !session.says_the_same_as(&own));
        changed.then(|| problem(t.later().sealed_changed))
    });
    let share = host::can_share(&name, &text).then(|| {
        let (name, text) = (name.clone(), text.clone());
        let share = form.bind(move |form| {
            let (name, text) = (name.clone(), text.clone());
            form.hurry();
            spawn_local(async move { host::share(&name, &text).await });
        });
        quiet_button("quiet", t.later().share_file, share).test_id("share-file")
    });
    let stated =
        html::strong().as_is().test_id("sealed-verdict").text(verdict.0).text(" ").text(verdict.1);
    let code =
        html::span().class("code").as_is().test_id("check-code").text(&submission.check_code());
    let title = format!("✓ {}", fill(t.later().sealed, &[&revision]));
    let file_name = html::span().as_is().test_id("file-name").text(&name);
    let save = form.bind(move |form| form.app.save_file(&name, &text));
    let save = button(t.later().export, save).test_id("export");
    Some(
        html::div()
            .class("sealed")
            .test_id("sealed")
            .child(html::h3().id("sealed-title").attr("tabindex", "-1").text(&title))
            .child(html::p().text(t.later().sealed_say))
            .child(html::div().live_one(changed))
            .child(named(t.later().check_code, code))
            .child(hint(t.later().check_code_say))
            .child(named(t.later().outcome_in_file, stated))
            .child(named(t.later().file_name, file_name))
            .child(html::p().class("row").child(save).maybe(share))
            .maybe(attached::parcel(form, t, &submission))
            .child(signed),
    )
}
