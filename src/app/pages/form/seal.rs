//! From done to handed in, in steps: signing the form, saving the file, sending it, and saying that it was handed in.

use leptos::prelude::*;
use std::rc::Rc;

use crate::app::host::spawn_local;
use zeroize::Zeroizing;

use super::handed_in::{self, confirming};
use super::sealed::{file, saving, sending};
use crate::app::actions::sign::seal_form;
use crate::app::actions::{App, Form};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::pages::passphrase::{Passphrase, key_error};
use crate::app::parts::{El, fold, hint, html, link_button, problem, quiet_button};
use crate::app::state::route::KEYS;
use crate::app::state::signals::SetIfChanged;
use crate::app::text::{Text, fill};
use crate::app::{host, parts, wording};
use crate::device::{KeyChoice, SealError};
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
pub(super) struct Panel {
    pub(super) form: Form,
    pub(super) t: &'static Text,
    /// The keys on this device; `None` until they are read.
    pub(super) kept: ArcRwSignal<Option<Vec<KeyRecord>>>,
    work: ArcRwSignal<Work>,
    /// The last sealed file.
    pub(super) sealed: ArcRwSignal<Option<String>>,
    /// The thumbprint of the signing key; empty for a new key.
    chosen: ArcRwSignal<String>,
    passphrase: Rc<Passphrase>,
    /// Whether the file was saved, and sent, since it was signed.
    pub(super) is_saved: ArcRwSignal<bool>,
    pub(super) is_sent: ArcRwSignal<bool>,
    /// Notifies when a key was saved as a file.
    pub(super) is_key_saved: ArcTrigger,
}

/// The panel that signs, exports and hands in.
pub fn seal_panel(form: &Form, t: &'static Text) -> El {
    let panel = Rc::new(Panel {
        form: form.clone(),
        t,
        kept: ArcRwSignal::new(None),
        work: ArcRwSignal::new(Work::Idle),
        sealed: ArcRwSignal::new(form.sealed_text()),
        chosen: ArcRwSignal::new(String::new()),
        passphrase: Rc::default(),
        is_saved: ArcRwSignal::new(false),
        is_sent: ArcRwSignal::new(false),
        is_key_saved: ArcTrigger::new(),
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
        let kept = can.then(|| panel.kept.get()).flatten()?;
        let is_signed = panel.form.watch(|session| panel.stands(session));
        let signing = signing(panel, &kept);
        Some(if is_signed {
            fold(t.later().filing.sign_again).test_id("sign-again").child(signing)
        } else {
            signing
        })
    });
    let fault = bind(&panel, |panel| match panel.work.get() {
        Work::Failed(words) => Some(problem(&words).test_id("seal-error")),
        _ => None,
    });
    let file = bind(&panel, move |panel| match panel.work.get() {
        Work::Busy => Some(html::p().text(t.later().sealing)),
        _ => file(panel, &panel.submission()?),
    });
    let sign = html::div()
        .child(html::p().class("quiet").text(t.later().seal_say))
        .child(html::div().live(hints))
        .child(html::div().live_one(signing))
        .child(html::div().attr("role", "alert").live_one(fault))
        .child(html::div().attr("role", "status").live_one(file));
    let after = |draw: fn(&Rc<Panel>, &Submission) -> El| {
        html::div().live_one(bind(&panel, move |panel| {
            let submission = panel.submission();
            Some(
                submission
                    .map_or_else(|| hint(t.later().filing.step_waits), |own| draw(panel, &own)),
            )
        }))
    };
    let is_signed = bind(&panel, |panel| panel.form.watch(|session| panel.stands(session)));
    let is_saved = bind(&panel, |panel| panel.is_saved.get() || panel.is_handed_in());
    let is_sent = bind(&panel, |panel| panel.is_sent.get() || panel.is_handed_in());
    let is_handed_in = bind(&panel, |panel| panel.is_handed_in());
    let mut steps = vec![
        step(t, 0, is_signed, sign),
        step(t, 1, is_saved, after(saving)),
        step(t, 2, is_sent, after(sending)),
    ];
    // What was received was handed in by others.
    if !form.is_received() {
        let confirming = after(|panel, own| confirming(&panel.form, panel.t, own.assessment()));
        steps.push(step(t, 3, is_handed_in, confirming));
    }
    html::section()
        .class("sheet")
        .attr("aria-labelledby", "seal-title")
        .child(html::h2().id("seal-title").attr("tabindex", "-1").text(t.seal))
        .child(html::ol().class("steps").children(steps))
}

/// A step of the way, with its number, and whether it is done.
fn step(
    t: &'static Text,
    place: usize,
    is_done: impl Fn() -> bool + Clone + 'static,
    inside: El,
) -> El {
    let name = t.later().filing.steps.get(place).copied().unwrap_or_default();
    let own = is_done.clone();
    let number = html::span()
        .class("steps__no")
        .as_is()
        .attr("aria-hidden", "true")
        .text_live(move || if own() { "✓".to_owned() } else { (place + 1).to_string() });
    let hidden = is_done.clone();
    let done = html::span()
        .class("visually-hidden")
        .hidden_live(move || !hidden())
        .text(t.later().filing.step_done);
    let head = html::h3().child(number).child(html::span().text(name)).text(" ").child(done);
    html::li()
        .test_id(&format!("step-{}", place + 1))
        .attr_live("data-done", move || Some(is_done().to_string()))
        .child(head)
        .child(inside)
}

impl Panel {
    /// The last sealed file.
    fn submission(&self) -> Option<Submission> {
        Submission::from_bytes(self.sealed.get()?.as_bytes()).ok()
    }

    /// Does the sealed file say what the form says?
    fn stands(&self, session: &Session) -> bool {
        self.submission().is_some_and(|own| session.says_the_same_as(own.assessment()))
    }

    fn is_handed_in(&self) -> bool {
        handed_in::stands(&self.form).is_some()
    }
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
            panel.is_saved.set_if_changed(false);
            panel.is_sent.set_if_changed(false);
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
