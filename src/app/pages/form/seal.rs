//! Signing the form and exporting the file.

use leptos::prelude::*;
use std::rc::Rc;

use crate::app::host::spawn_local;
use zeroize::Zeroizing;

use super::signatures::signatures;
use crate::app::actions::App;
use crate::app::actions::Form;
use crate::app::actions::sign::seal_form;
use crate::app::host;
use crate::app::pages::passphrase::{Passphrase, key_error};
use crate::app::parts;
use crate::app::parts::element::El;
use crate::app::parts::html;
use crate::app::parts::{button, quiet_button};
use crate::app::state::route::KEYS;
use crate::app::state::signals::SetIfChanged;
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::device::{KeyChoice, SealError, stated_verdict};
use crate::rules::FormVerdict;
use crate::seal::{AddSignatureError, Submission};
use crate::store::KeyRecord;
use crate::value::is_blank;

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
    /// The check code of the signing key; empty for a new key.
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
            let mut hints = Vec::new();
            if session.missing().next().is_some() {
                hints.push(html::p().class("problem").text(t.later().seal_incomplete));
            }
            if is_blank(&session.form().unit.name) {
                hints.push(html::p().class("problem").text(t.later().seal_unnamed));
            }
            hints
        })
    });
    let (asked, failed, done) = (panel.clone(), panel.clone(), panel);
    html::section()
        .class("sheet")
        .attr("aria-labelledby", "seal-title")
        .child(html::h2().id("seal-title").attr("tabindex", "-1").text(t.seal))
        .child(html::p().class("quiet").text(t.later().seal_say))
        .child(html::div().live(hints))
        .child(html::div().live_one(move || Some(signing(&asked, &asked.kept.get()?))))
        .child(html::div().attr("role", "alert").live_one(move || match failed.work.get() {
            Work::Failed(words) => {
                Some(html::p().class("problem").test_id("seal-error").text(&words))
            }
            _ => None,
        }))
        .child(html::div().attr("role", "status").live_one(move || match done.work.get() {
            Work::Busy => Some(html::p().text(t.later().sealing)),
            _ => file(&done, &done.sealed.get()?),
        }))
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
    let usual = kept.iter().find(|key| key.unit == unit).or(kept.first());
    panel.chosen.set_if_changed(usual.map(|key| key.check_code.clone()).unwrap_or_default());
    panel.kept.set_if_changed(Some(kept));
}

/// The key choice, the passphrase, the button.
fn signing(panel: &Rc<Panel>, kept: &[KeyRecord]) -> El {
    let t = panel.t;
    let own = || panel.clone();
    let choice = (!kept.is_empty()).then(|| {
        let option = |key: &KeyRecord| {
            let unit = if is_blank(&key.unit) { t.unnamed } else { &key.unit };
            (key.check_code.clone(), fill(t.later().key_of, &[unit, &key.check_code]))
        };
        let options = kept.iter().map(option).collect();
        let (chosen, panel) = (panel.chosen.get_untracked(), own());
        parts::choice(
            "key-choice",
            t.later().key_choice,
            options,
            &chosen,
            Some(t.later().key_new),
            move |code| {
                panel.chosen.set_if_changed(code);
            },
        )
    });
    let (asked, busy, begin) = (own(), own(), own());
    // The fields for the chosen key: none while it is open.
    let secret = move || {
        let (app, code) = (asked.form.app, asked.chosen.get());
        if code.is_empty() {
            asked.passphrase.new_fields(t, "passphrase", t.later().passphrase)
        } else if app.state.open_key.get() == code {
            vec![is_open(app, t)]
        } else {
            asked.passphrase.field(t, t.later().passphrase)
        }
    };
    let form = panel.form.clone();
    let words = form.bind(move |form| {
        let complete = form.watch(|session| session.missing().next().is_none());
        if complete { t.later().seal_button } else { t.later().seal_button_incomplete }.to_owned()
    });
    let button = html::button()
        .attr("type", "submit")
        .class("btn")
        .test_id("seal")
        .attr_live("aria-disabled", move || {
            (busy.work.get() == Work::Busy).then(|| "true".to_owned())
        })
        .text_live(words);
    html::form()
        .maybe(choice)
        .child(html::div().live(secret))
        .child(
            html::p().class("row").child(button).child(
                html::a().class("btn btn--plain").attr("href", KEYS).text(t.later().keys_title),
            ),
        )
        .on("submit", move |event| {
            event.prevent_default();
            start(&begin);
        })
}

fn start(panel: &Rc<Panel>) {
    if panel.work.get_untracked() == Work::Busy {
        return;
    }
    let t = panel.t;
    let code = panel.chosen.get_untracked();
    let kept = panel.kept.get_untracked().unwrap_or_default();
    let key = kept.into_iter().find(|key| key.check_code == code);
    let secret = match key {
        Some(_) => panel.passphrase.typed(),
        None => match panel.passphrase.new_one(t) {
            Ok(secret) => secret,
            Err((words, in_second)) => {
                panel.work.set_if_changed(Work::Failed(words.to_owned()));
                let place = if in_second { "passphrase-again" } else { "passphrase" };
                return host::focus_soon(place);
            }
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
        SealError::NotSound(detail) => fill(t.later().seal_failed, &[detail]),
        SealError::NotAdded(AddSignatureError::Signed) => t.later().signed_already.to_owned(),
        SealError::NotAdded(AddSignatureError::Full) => t.later().signatures_full.to_owned(),
    }
}

/// Says that the key is open, with a lock button.
pub fn is_open(app: App, t: &'static Text) -> El {
    html::p()
        .class("row")
        .test_id("key-is-open")
        .child(html::span().text(t.later().key_is_open))
        .child(
            quiet_button("quiet", t.later().key_lock, move || app.lock_key()).test_id("key-lock"),
        )
}

/// The sealed file: its details and export buttons.
fn file(panel: &Rc<Panel>, text: &str) -> Option<El> {
    let (form, t) = (&panel.form, panel.t);
    let submission = Submission::from_bytes(text.as_bytes()).ok()?;
    let (name, text) = (submission.file_name(), text.to_owned());
    let own_panel = panel.clone();
    let signed =
        signatures(form, t, &submission, move |text| own_panel.sealed.set_if_changed(Some(text)));
    let verdict = FormVerdict::from_word(stated_verdict(&submission));
    let verdict = verdict.map(|verdict| wording::form_verdict(t, verdict)).unwrap_or_default();
    let own = submission.assessment().clone();
    let revision = own.revision.to_string();
    let changed = form.bind(move |form| {
        let changed = form.watch(|session| !session.says_the_same_as(&own));
        changed.then(|| html::p().class("problem").text(t.later().sealed_changed))
    });
    let share = host::can_share(&name, &text).then(|| {
        let (name, text) = (name.clone(), text.clone());
        quiet_button(
            "quiet",
            t.later().share_file,
            form.bind(move |form| {
                let (name, text) = (name.clone(), text.clone());
                form.hurry();
                spawn_local(async move { host::share(&name, &text).await });
            }),
        )
        .test_id("share-file")
    });
    let stated = html::strong().test_id("sealed-verdict").text(verdict.0).text(" ").text(verdict.1);
    let code = html::span().class("code").test_id("check-code").text(&submission.check_code());
    let title = format!("✓ {}", fill(t.later().sealed, &[&revision]));
    let named = html::span().test_id("file-name").text(&name);
    let save = button(t.later().export, form.bind(move |form| form.app.save_file(&name, &text)))
        .test_id("export");
    Some(
        html::div()
            .class("sealed")
            .test_id("sealed")
            .child(html::h3().id("sealed-title").attr("tabindex", "-1").text(&title))
            .child(html::p().text(t.later().sealed_say))
            .child(html::div().live_one(changed))
            .child(html::p().text(t.later().check_code).text(": ").child(code))
            .child(html::p().class("quiet small").text(t.later().check_code_say))
            .child(html::p().text(t.later().outcome_in_file).text(": ").child(stated))
            .child(html::p().text(t.later().file_name).text(": ").child(named))
            .child(html::p().class("row").child(save).maybe(share))
            .child(signed),
    )
}
