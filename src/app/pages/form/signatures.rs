//! The signatures of the sealed file: with which key, claimed time, and whether that key is trusted
//! here; and adding a signature.

use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;

use crate::app::host::spawn_local;

use super::seal::{is_open, seal_error};
use crate::app::actions::Form;
use crate::app::actions::sign::add_signature;
use crate::app::host;
use crate::app::pages::passphrase::Passphrase;
use crate::app::parts;
use crate::app::parts::button;
use crate::app::parts::element::El;
use crate::app::parts::html;
use crate::app::state::notice::Notice;
use crate::app::state::signals::SetIfChanged;
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::desk::{Trust, TrustList};
use crate::seal::{Header, Role, Submission};
use crate::store::{KeyRecord, TrustRecord};
use crate::value::{is_blank, plain};

/// The known keys.
#[derive(Clone, Default, PartialEq)]
struct Known {
    own: Vec<KeyRecord>,
    others: Vec<TrustRecord>,
}

/// The state of the panel.
struct Panel {
    form: Form,
    t: &'static Text,
    text: String,
    /// The check codes of the signing keys.
    signed: Vec<String>,
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
    let signers = submission.clone().verify();
    let signers = signers.map(|verified| verified.signers().to_vec());
    let signers = signers.unwrap_or_default();
    let panel = Rc::new(Panel {
        form: form.clone(),
        t,
        text: submission.to_text(),
        signed: signers.iter().map(|signer| signer.key.check_code()).collect(),
        known: ArcRwSignal::new(None),
        chosen: ArcRwSignal::new(String::new()),
        is_superior: Cell::new(false),
        is_busy: ArcRwSignal::new(false),
        fault: ArcRwSignal::new(String::new()),
        passphrase: Rc::default(),
        done: Box::new(done),
    });
    spawn_local(read(panel.clone()));
    let (listed, adding) = (panel.clone(), panel);
    html::div()
        .child(html::h4().text(t.later().signatures))
        .child(
            html::ul()
                .class("list")
                .test_id("signatures")
                .live(move || signers.iter().map(|signer| line(&listed, signer)).collect()),
        )
        .child(html::div().live_one(move || {
            let known = adding.known.get()?;
            (!known.own.is_empty()).then(|| add(&adding, &known.own))
        }))
}

async fn read(panel: Rc<Panel>) {
    let app = panel.form.app;
    let own = app.device.usable_keys().await;
    let others = app.device.others_keys().await;
    match own.and_then(|own| Ok((own, others?))) {
        Ok((own, others)) => {
            // Preselect a key that has not signed, else the open one.
            let open = app.state.open_key.get_untracked();
            let next = own
                .iter()
                .find(|key| !panel.signed.contains(&key.check_code))
                .or_else(|| own.iter().find(|key| key.check_code == open))
                .or(own.first());
            let next = next.map(|key| key.check_code.clone());
            panel.chosen.set_if_changed(next.unwrap_or_default());
            panel.known.set_if_changed(Some(Known { own, others }));
        }
        Err(error) => app.tell(Notice::Storage(error)),
    }
}

fn line(panel: &Panel, signer: &Header) -> El {
    let t = panel.t;
    let role = match signer.role {
        Role::Unit => t.later().role_unit,
        Role::Superior => t.later().role_superior,
    };
    let (time, date) = host::local(signer.issued);
    let code = signer.key.check_code();
    let known = panel.known.get().unwrap_or_default();
    let who = format!("{role} – {}", fill(t.later().key_code, &[&code]));
    let when = fill(t.later().signed_when, &[&time, &date]);
    html::li()
        .test_id("signature")
        .child(html::p().child(html::strong().text(&who)).text(", ").text(&when))
        .child(html::p().class("small").text(&standing(t, signer, &known.own, &known.others)))
}

/// Whether the key of a signature is known here.
pub fn standing(t: &Text, signer: &Header, own: &[KeyRecord], others: &[TrustRecord]) -> String {
    let code = signer.key.check_code();
    if let Some(key) = own.iter().find(|key| key.check_code == code) {
        return fill(t.later().key_is_own, &[name(t, &key.unit)]);
    }
    let list: TrustList = TrustRecord::list(others);
    let record = others.iter().find(|record| record.key == signer.key);
    let unit = record.map(|record| record.unit.as_str()).unwrap_or_default();
    let (trust, unit) = (list.look_up(&signer.key, unit), plain(unit));
    match trust {
        Trust::Trusted(_) | Trust::OtherUnit(_) => fill(t.later().key_is_trusted, &[&unit]),
        Trust::Revoked(day) => fill(t.later().key_is_revoked, &[&unit, &wording::day(day)]),
        Trust::Unknown => t.later().key_is_unknown.to_owned(),
    }
}

fn name<'a>(t: &Text, unit: &'a str) -> &'a str {
    if is_blank(unit) { t.unnamed } else { unit }
}

fn add(panel: &Rc<Panel>, own: &[KeyRecord]) -> El {
    let t = panel.t;
    let options = own.iter().map(|key| {
        let words = fill(t.later().key_of, &[name(t, &key.unit), &key.check_code]);
        (key.check_code.clone(), words)
    });
    let chosen = panel.chosen.get_untracked();
    let (choosing, roles, asked) = (panel.clone(), panel.clone(), panel.clone());
    let key = parts::choice(
        "signer-key",
        t.later().key_choice,
        options.collect(),
        &chosen,
        None,
        move |code| choosing.chosen.set_if_changed(code),
    );
    let role = parts::choice(
        "signer-role",
        t.later().signer_role,
        vec![
            ("unit".to_owned(), t.later().role_unit.to_owned()),
            ("superior".to_owned(), t.later().role_superior.to_owned()),
        ],
        "unit",
        None,
        move |role| roles.is_superior.set(role == "superior"),
    );
    let secret = move || {
        let app = asked.form.app;
        if app.state.open_key.get() == asked.chosen.get() {
            vec![is_open(app, t)]
        } else {
            let label = t.later().passphrase;
            asked.passphrase.other_field(t, "signer-passphrase", label)
        }
    };
    let (run, busy, fault) = (panel.clone(), panel.clone(), panel.clone());
    let button = button(t.later().signature_add, move || start(&run))
        .test_id("signature-add")
        .attr_live("aria-disabled", move || busy.is_busy.get().then(|| "true".to_owned()));
    let fault = move || {
        let fault = fault.fault.get();
        (!fault.is_empty())
            .then(|| html::p().class("problem").test_id("signature-error").text(&fault))
    };
    html::details()
        .test_id("signature-more")
        .child(html::summary().text(t.later().signature_more))
        .child(html::p().class("quiet small").text(t.later().signature_say))
        .child(role)
        .child(key)
        .child(html::div().live(secret))
        .child(html::div().attr("role", "alert").live_one(fault))
        .child(html::p().class("row").child(button))
}

fn start(panel: &Rc<Panel>) {
    let code = panel.chosen.get_untracked();
    let known = panel.known.get_untracked().unwrap_or_default();
    let key = known.own.into_iter().find(|key| key.check_code == code);
    let Some(key) = key.filter(|_| !panel.is_busy.get_untracked()) else {
        return;
    };
    panel.is_busy.set_if_changed(true);
    panel.fault.set_if_changed(String::new());
    let panel = panel.clone();
    spawn_local(async move {
        let role = if panel.is_superior.get() { Role::Superior } else { Role::Unit };
        let typed = panel.passphrase.typed();
        let added = add_signature(panel.form.clone(), panel.text.clone(), key, role, typed).await;
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
