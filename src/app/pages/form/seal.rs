//! Signing the form and taking the file away.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use zeroize::Zeroizing;

use super::signatures::signatures;
use crate::app::element::{El, el};
use crate::app::form_state::Form;
use crate::app::pages::passphrase::{Passphrase, key_error};
use crate::app::parts::{button, quiet_button};
use crate::app::route::KEYS;
use crate::app::sealing::{KeyChoice, SealError, seal_form, stated_verdict};
use crate::app::state::App;
use crate::app::text::{Text, fill};
use crate::app::watched::Watched;
use crate::app::{browser, keyring, keys, parts, words};
use crate::rules::FormVerdict;
use crate::seal::{AddSignatureError, Submission};
use crate::store::KeyRecord;
use crate::value::is_blank;

/// Where the work of sealing stands.
#[derive(Clone, Debug, PartialEq)]
enum Work {
    /// Nothing is going on.
    Idle,
    /// Deriving, signing, reading back.
    Busy,
    /// It was not done, and these words say why.
    Failed(String),
}

/// What the panel holds while it is shown.
struct Panel {
    form: Form,
    t: &'static Text,
    /// The keys on this device; `None` until they are read.
    kept: Watched<Option<Vec<KeyRecord>>>,
    work: Watched<Work>,
    /// The last sealed file.
    sealed: Watched<Option<String>>,
    /// The check code of the key that is to sign; empty for a new one.
    chosen: Watched<String>,
    passphrase: Rc<Passphrase>,
}

/// The panel that signs and exports.
pub fn seal_panel(form: Form, t: &'static Text) -> El {
    let panel = Rc::new(Panel {
        form,
        t,
        kept: Watched::new(None),
        work: Watched::new(Work::Idle),
        sealed: Watched::new(form.sealed_text()),
        chosen: Watched::new(String::new()),
        passphrase: Rc::default(),
    });
    spawn_local(read_keys(panel.clone()));
    let hints = move || {
        form.watch(|session| {
            let mut hints = Vec::new();
            if !session.missing().is_empty() {
                hints.push(el("p").class("problem").text(t.later.seal_incomplete));
            }
            if is_blank(&session.form().unit.name) {
                hints.push(el("p").class("problem").text(t.later.seal_unnamed));
            }
            hints
        })
    };
    let (asked, failed, done) = (panel.clone(), panel.clone(), panel);
    el("section")
        .class("sheet")
        .attr("aria-labelledby", "seal-title")
        .child(
            el("h2")
                .id("seal-title")
                .attr("tabindex", "-1")
                .text(t.seal),
        )
        .child(el("p").class("quiet").text(t.later.seal_say))
        .child(el("div").live(hints))
        .child(el("div").live_one(move || Some(signing(&asked, &asked.kept.get()?))))
        .child(
            el("div")
                .attr("role", "alert")
                .live_one(move || match failed.work.get() {
                    Work::Failed(words) => {
                        Some(el("p").class("problem").test_id("seal-error").text(&words))
                    }
                    _ => None,
                }),
        )
        .child(
            el("div")
                .attr("role", "status")
                .live_one(move || match done.work.get() {
                    Work::Busy => Some(el("p").text(t.later.sealing)),
                    _ => file(&done, &done.sealed.get()?),
                }),
        )
}

async fn read_keys(panel: Rc<Panel>) {
    let kept = match keys::usable(panel.form.app).await {
        Ok(kept) => kept,
        Err(error) => {
            panel
                .work
                .set(Work::Failed(words::store_error(panel.t, &error)));
            Vec::new()
        }
    };
    let unit = panel.form.look(|session| session.form().unit.name.clone());
    let usual = kept.iter().find(|key| key.unit == unit).or(kept.first());
    panel
        .chosen
        .set(usual.map(|key| key.check_code.clone()).unwrap_or_default());
    panel.kept.set(Some(kept));
}

/// Choosing the key, the passphrase, and the button.
fn signing(panel: &Rc<Panel>, kept: &[KeyRecord]) -> El {
    let t = panel.t;
    let own = || panel.clone();
    let choice = (!kept.is_empty()).then(|| {
        let option = |key: &KeyRecord| {
            let unit = if is_blank(&key.unit) {
                t.unnamed
            } else {
                &key.unit
            };
            (
                key.check_code.clone(),
                fill(t.later.key_of, &[unit, &key.check_code]),
            )
        };
        let options = kept.iter().map(option).collect();
        let (chosen, panel) = (panel.chosen.peek(), own());
        parts::choice(
            "key-choice",
            t.later.key_choice,
            options,
            &chosen,
            Some(t.later.key_new),
            move |code| {
                panel.chosen.set(code);
            },
        )
    });
    let (asked, busy, begin) = (own(), own(), own());
    // What is asked for with the key that is chosen: nothing while that is open.
    let secret = move || {
        let (app, code) = (asked.form.app, asked.chosen.get());
        if code.is_empty() {
            asked
                .passphrase
                .new_fields(t, "passphrase", t.later.passphrase)
        } else if app.keyring.code.get() == code {
            vec![is_open(app, t)]
        } else {
            asked.passphrase.field(t, t.later.passphrase)
        }
    };
    let form = panel.form;
    let words = move || {
        let complete = form.watch(|session| session.missing().is_empty());
        if complete {
            t.later.seal_button
        } else {
            t.later.seal_button_incomplete
        }
        .to_owned()
    };
    let button = el("button")
        .attr("type", "submit")
        .class("btn")
        .test_id("seal")
        .attr_live("aria-disabled", move || {
            (busy.work.get() == Work::Busy).then(|| "true".to_owned())
        })
        .text_live(words);
    el("form")
        .maybe(choice)
        .child(el("div").live(secret))
        .child(
            el("p").class("row").child(button).child(
                el("a")
                    .class("btn btn--plain")
                    .attr("href", KEYS)
                    .text(t.later.keys_title),
            ),
        )
        .on("submit", move |event| {
            event.prevent_default();
            start(&begin);
        })
}

fn start(panel: &Rc<Panel>) {
    if panel.work.peek() == Work::Busy {
        return;
    }
    let t = panel.t;
    let code = panel.chosen.peek();
    let kept = panel.kept.peek().unwrap_or_default();
    let key = kept.into_iter().find(|key| key.check_code == code);
    let secret = match key {
        Some(_) => panel.passphrase.typed(),
        None => match panel.passphrase.new_one(t) {
            Ok(secret) => secret,
            Err((words, in_second)) => {
                panel.work.set(Work::Failed(words.to_owned()));
                let place = if in_second {
                    "passphrase-again"
                } else {
                    "passphrase"
                };
                return browser::focus_soon(place);
            }
        },
    };
    panel.work.set(Work::Busy);
    let choice = key.map_or(KeyChoice::New, KeyChoice::Kept);
    spawn_local(finish(panel.clone(), choice, secret));
}

async fn finish(panel: Rc<Panel>, choice: KeyChoice, secret: Zeroizing<String>) {
    match seal_form(panel.form, choice, secret).await {
        Ok(submission) => {
            panel.passphrase.forget();
            panel.sealed.set(Some(submission.to_text()));
            panel.work.set(Work::Idle);
            browser::focus_soon("sealed-title");
            // Draws the choice of keys and its empty fields anew.
            panel.kept.set(None);
            read_keys(panel).await;
        }
        Err(error) => panel.work.set(Work::Failed(seal_error(panel.t, &error))),
    }
}

/// Why nothing was signed.
pub fn seal_error(t: &Text, error: &SealError) -> String {
    match error {
        SealError::Key(error) => key_error(t, error),
        SealError::NotSound(detail) => fill(t.later.seal_failed, &[detail]),
        SealError::NotAdded(AddSignatureError::Signed) => t.later.signed_already.to_owned(),
        SealError::NotAdded(AddSignatureError::Full) => t.later.signatures_full.to_owned(),
    }
}

/// Says that the key is open, with the way to lock it.
pub fn is_open(app: App, t: &'static Text) -> El {
    el("p")
        .class("row")
        .test_id("key-is-open")
        .child(el("span").text(t.later.key_is_open))
        .child(
            quiet_button("quiet", t.later.key_lock, move || keyring::lock(app)).test_id("key-lock"),
        )
}

/// The sealed file: what it is, and how to take it away.
fn file(panel: &Rc<Panel>, text: &str) -> Option<El> {
    let (form, t) = (panel.form, panel.t);
    let submission = Submission::from_bytes(text.as_bytes()).ok()?;
    let (name, text) = (submission.file_name(), text.to_owned());
    let own_panel = panel.clone();
    let signed = signatures(form, t, &submission, move |text| {
        own_panel.sealed.set(Some(text))
    });
    let verdict = FormVerdict::from_word(&stated_verdict(&submission));
    let verdict = verdict
        .map(|verdict| words::form_verdict(t, verdict))
        .unwrap_or_default();
    let own = submission.assessment().clone();
    let revision = own.revision.to_string();
    let changed = move || {
        let changed = form.watch(|session| !session.says_the_same_as(&own));
        changed.then(|| el("p").class("problem").text(t.later.sealed_changed))
    };
    let share = browser::can_share(&name, &text).then(|| {
        let (name, text) = (name.clone(), text.clone());
        quiet_button("quiet", t.later.share_file, move || {
            let (name, text) = (name.clone(), text.clone());
            form.hurry();
            spawn_local(async move { browser::share(&name, &text).await });
        })
        .test_id("share-file")
    });
    let stated = el("strong")
        .test_id("sealed-verdict")
        .text(verdict.0)
        .text(" ")
        .text(verdict.1);
    let code = el("span")
        .class("code")
        .test_id("check-code")
        .text(&submission.check_code());
    let title = ["✓ ", &fill(t.later.sealed, &[&revision])].concat();
    let named = el("span").test_id("file-name").text(&name);
    let save = button(t.later.export, move || form.app.save_file(&name, &text)).test_id("export");
    Some(
        el("div")
            .class("sealed")
            .test_id("sealed")
            .child(
                el("h3")
                    .id("sealed-title")
                    .attr("tabindex", "-1")
                    .text(&title),
            )
            .child(el("p").text(t.later.sealed_say))
            .child(el("div").live_one(changed))
            .child(el("p").text(t.later.check_code).text(": ").child(code))
            .child(el("p").class("quiet small").text(t.later.check_code_say))
            .child(
                el("p")
                    .text(t.later.outcome_in_file)
                    .text(": ")
                    .child(stated),
            )
            .child(el("p").text(t.later.file_name).text(": ").child(named))
            .child(el("p").class("row").child(save).maybe(share))
            .child(signed),
    )
}
