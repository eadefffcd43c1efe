//! The signatures of the sealed file: with which key, claimed time, and whether that key is trusted
//! here; and adding a signature.

use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;

use crate::app::host::spawn_local;

use super::seal::{is_open, key_choice, seal_error};
use crate::app::actions::Form;
use crate::app::actions::sign::add_signature;
use crate::app::pages::bind::{bind, bind_with};
use crate::app::pages::passphrase::Passphrase;
use crate::app::pages::signer::{remark_words, standing_words};
use crate::app::parts::{El, button, fold, hint, html, problem};
use crate::app::state::notice::Notice;
use crate::app::state::signals::SetIfChanged;
use crate::app::text::{Text, fill};
use crate::app::{host, parts};
use crate::device::{KeyStanding, Signer};
use crate::seal::{Header, Role, Submission};
use crate::store::{KeyRecord, TrustRecord};

/// The known keys.
#[derive(Clone, Default, PartialEq)]
struct Known {
    own: Vec<KeyRecord>,
    signers: Vec<Signer>,
}

/// The state of the panel.
struct Panel {
    form: Form,
    t: &'static Text,
    submission: Submission,
    known: ArcRwSignal<Option<Known>>,
    chosen: ArcRwSignal<String>,
    is_superior: Cell<bool>,
    is_busy: ArcRwSignal<bool>,
    fault: ArcRwSignal<String>,
    passphrase: Rc<Passphrase>,
    done: Box<dyn Fn(String)>,
}

/// The signatures of a file, and adding one; `done` receives the signed file.
pub fn signatures(
    form: &Form,
    t: &'static Text,
    submission: &Submission,
    done: impl Fn(String) + 'static,
) -> El {
    let panel = Rc::new(Panel {
        form: form.clone(),
        t,
        submission: submission.clone(),
        known: ArcRwSignal::new(None),
        chosen: ArcRwSignal::new(String::new()),
        is_superior: Cell::new(false),
        is_busy: ArcRwSignal::new(false),
        fault: ArcRwSignal::new(String::new()),
        passphrase: Rc::default(),
        done: Box::new(done),
    });
    spawn_local(read(panel.clone()));
    let lines = bind(&panel, |panel| {
        let known = panel.known.get().unwrap_or_default();
        known.signers.iter().map(|one| line(panel.t, one)).collect()
    });
    let adding = bind(&panel, |panel| {
        let known = panel.known.get()?;
        let can = !known.own.is_empty() && !panel.form.is_received();
        can.then(|| add(panel, &known.own))
    });
    html::div()
        .child(html::h4().text(t.later().signatures))
        .child(html::ul().class("list").test_id("signatures").live(lines))
        .child(html::div().live_one(adding))
}

async fn read(panel: Rc<Panel>) {
    let app = panel.form.app;
    let own = app.device.usable_keys().await;
    let signers = app.device.signers_of(&panel.submission).await;
    match own.and_then(|own| Ok((own, signers?))) {
        Ok((own, signers)) => {
            let has_signed = |kid: &str| signers.iter().any(|one| one.header.key.kid() == kid);
            // Preselect a key that has not signed, else the open one.
            let open = app.state.open_key.get_untracked();
            let next = own
                .iter()
                .find(|key| !has_signed(&key.kid))
                .or_else(|| own.iter().find(|key| key.kid == open))
                .or(own.first());
            let next = next.map(|key| key.kid.clone());
            panel.chosen.set_if_changed(next.unwrap_or_default());
            panel.known.set_if_changed(Some(Known { own, signers }));
        }
        Err(error) => app.tell(Notice::Storage(error)),
    }
}

/// A signature: whose it is as far as is known here, and what is odd about it.
pub fn line(t: &Text, signer: &Signer) -> El {
    let Signer { header, standing, remarks } = signer;
    let role = match header.role {
        Role::Unit => t.later().role_unit,
        Role::Superior => t.later().role_superior,
    };
    let (time, date) = host::local(header.issued);
    let code = header.key.check_code();
    let who = format!("{role} – {}", fill(t.later().key_code, &[&code]));
    let when = fill(t.later().signed_when, &[&time, &date]);
    html::li()
        .as_is()
        .test_id("signature")
        .child(html::p().child(html::strong().text(&who)).text(", ").text(&when))
        .child(html::p().class("small").text(&standing_words(t, standing)))
        .children(remarks.iter().map(|remark| {
            html::p().class("small").test_id("signature-remark").text(&remark_words(t, remark))
        }))
}

/// Whether the key of a signature is known here, whoever it signed for.
pub fn standing(t: &Text, signer: &Header, own: &[KeyRecord], others: &[TrustRecord]) -> String {
    standing_words(t, &KeyStanding::of(signer, None, own, others))
}

fn add(panel: &Rc<Panel>, own: &[KeyRecord]) -> El {
    let t = panel.t;
    let key = key_choice("signer-key", t, own, &panel.chosen, None);
    let roles = [("unit", t.later().role_unit), ("superior", t.later().role_superior)];
    let roles = roles.map(|(role, words)| (role.to_owned(), words.to_owned())).to_vec();
    let choose = bind_with(panel, |panel, role: String| panel.is_superior.set(role == "superior"));
    let label = t.later().signer_role;
    let role = parts::choice("signer-role", label, roles, "unit", None, choose);
    let secret = bind(panel, move |panel| {
        let app = panel.form.app;
        if app.state.open_key.get() == panel.chosen.get() {
            vec![is_open(app, t)]
        } else {
            panel.passphrase.field(t, "signer-passphrase", t.later().passphrase)
        }
    });
    let is_busy = bind(panel, |panel| panel.is_busy.get().then(|| "true".to_owned()));
    let button = button(t.later().signature_add, bind(panel, start))
        .test_id("signature-add")
        .attr_live("aria-disabled", is_busy);
    let fault = bind(panel, |panel| {
        let fault = panel.fault.get();
        (!fault.is_empty()).then(|| problem(&fault).test_id("signature-error"))
    });
    fold(t.later().signature_more)
        .test_id("signature-more")
        .child(hint(t.later().signature_say))
        .child(role)
        .child(key)
        .child(html::div().live(secret))
        .child(html::div().attr("role", "alert").live_one(fault))
        .child(html::p().class("row").child(button))
}

fn start(panel: &Rc<Panel>) {
    let kid = panel.chosen.get_untracked();
    let known = panel.known.get_untracked().unwrap_or_default();
    let key = known.own.into_iter().find(|key| key.kid == kid);
    let Some(key) = key.filter(|_| !panel.is_busy.get_untracked()) else {
        return;
    };
    if panel.form.app.is_again("sign") {
        return;
    }
    panel.is_busy.set_if_changed(true);
    panel.fault.set_if_changed(String::new());
    let panel = panel.clone();
    spawn_local(async move {
        let role = if panel.is_superior.get() { Role::Superior } else { Role::Unit };
        let (text, typed) = (panel.submission.to_text(), panel.passphrase.typed());
        let added = add_signature(panel.form.clone(), text, key, role, typed).await;
        panel.is_busy.set_if_changed(false);
        match added {
            Ok(text) => {
                panel.passphrase.forget();
                (panel.done)(text);
            }
            Err(error) => panel.fault.set_if_changed(seal_error(panel.t, &error)),
        }
    });
}
