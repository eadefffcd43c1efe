//! The keys of this device.

use leptos::prelude::*;
use std::rc::Rc;

use super::paper::Paper;
use super::{Doing, Keys, Then, make};
use crate::app::actions::keys;
use crate::app::host;
use crate::app::pages::passphrase::key_error;
use crate::app::parts::element::El;
use crate::app::parts::html;
use crate::app::parts::{button, quiet_button};
use crate::app::state::signals::SetIfChanged;
use crate::app::text::fill;
use crate::app::wording;
use crate::device::key_file_name;
use crate::seal::{KeyCard, SecretKey};
use crate::store::KeyRecord;
use crate::value::{is_blank, plain};

/// The section of the keys of this device.
pub(super) fn section(page: &Rc<Keys>) -> El {
    let t = page.t;
    let (listed, doing, making, restoring) =
        (page.clone(), page.clone(), page.clone(), page.clone());
    let list = move || match listed.own.get() {
        None => vec![html::p().attr("role", "status").text(t.home_loading)],
        Some(own) if own.is_empty() => vec![html::p().test_id("key-list").text(t.later().own_none)],
        Some(own) => {
            let rows = own.into_iter().map(|(kid, key)| row(&listed, kid, key));
            vec![html::ul().class("list").test_id("key-list").children(rows)]
        }
    };
    let form = move || match doing.doing.get() {
        Doing::Make => Some(make::make(&doing)),
        Doing::Restore => Some(make::restore(&doing)),
        _ => None,
    };
    let make = button(t.later().key_make, move || making.begin(Doing::Make)).test_id("key-new");
    let restore = quiet_button("quiet", t.later().key_restore, move || {
        restoring.begin(Doing::Restore);
    });
    html::section()
        .class("sheet")
        .attr("aria-labelledby", "own-title")
        .child(html::h2().id("own-title").text(t.later().own_title))
        .child(html::div().live(list))
        .child(html::p().class("row").child(make).child(restore.test_id("key-restore-open")))
        .child(html::div().live_one(form))
}

fn name_of<'a>(page: &Keys, key: &'a KeyRecord) -> std::borrow::Cow<'a, str> {
    if is_blank(&key.unit) { page.t.unnamed.into() } else { plain(&key.unit) }
}

fn row(page: &Rc<Keys>, kid: String, key: KeyRecord) -> El {
    let t = page.t;
    let name = name_of(page, &key).into_owned();
    let (_, made) = host::local(key.created);
    let state = {
        let (app, code, retired) = (page.app, key.check_code.clone(), key.retired);
        move || match retired {
            Some(at) => fill(t.later().key_is_retired, &[&host::local(at).1]),
            None if app.state.open_key.get() == code => t.later().key_is_open.to_owned(),
            None => t.later().key_is_locked.to_owned(),
        }
    };
    let code = html::span().class("code").test_id("key-code").text(&key.check_code);
    let (acts, asked) = (page.clone(), page.clone());
    let (own, known) = ((kid.clone(), key.clone()), (kid, key.clone()));
    html::li()
        .test_id("key-row")
        .attr("data-code", &key.check_code)
        .child(html::h3().child(html::bdi().text(&name)))
        .child(
            html::p()
                .text(t.later().check_code)
                .text(": ")
                .child(code)
                .text(" · ")
                .text(&fill(t.later().key_made, &[&made])),
        )
        .child(html::p().class("quiet").test_id("key-state").text_live(state))
        .child(html::div().class("row").live(move || actions(&acts, &own.0, &own.1, &name)))
        .child(html::div().live_one(move || doing(&asked, &known.0, &known.1)))
}

/// The buttons of a key, each labelled with its name.
fn actions(page: &Rc<Keys>, kid: &str, key: &KeyRecord, name: &str) -> Vec<El> {
    let t = page.t;
    let app = page.app;
    let is_open = app.state.open_key.get() == key.check_code;
    let act = |words: &'static str, id: &'static str, run: Box<dyn Fn()>| {
        quiet_button("quiet", words, run)
            .test_id(id)
            .attr("aria-label", &format!("{words}: {name}"))
    };
    let begin = |doing: Doing| -> Box<dyn Fn()> {
        let page = page.clone();
        Box::new(move || page.begin(doing.clone()))
    };
    let with_key = |then: Then| -> Box<dyn Fn()> {
        let (page, kid, key) = (page.clone(), kid.to_owned(), key.clone());
        Box::new(move || match page.app.device.opened_key(&key.check_code) {
            Some(open) => go_on(&page, &key, &open, then),
            None => page.begin(Doing::Open(kid.clone(), then)),
        })
    };
    let retire = |retired: bool| -> Box<dyn Fn()> {
        let (page, kid) = (page.clone(), kid.to_owned());
        Box::new(move || {
            let (app, t, kid) = (page.app, page.t, kid.clone());
            page.run(async move {
                let done = keys::retire(app, &kid, retired).await;
                done.map_err(|error| wording::store_error(t, &error))
            });
        })
    };
    if key.retired.is_some() {
        let again = act(t.later().key_use_again, "key-use-again", retire(false));
        let backup = act(t.later().key_backup, "key-backup", save_lock(page, key));
        return vec![again, backup];
    }
    let lock: Box<dyn Fn()> = Box::new(move || app.lock_key());
    vec![
        if is_open {
            act(t.later().key_lock, "key-lock", lock)
        } else {
            act(t.later().key_open, "key-open", with_key(Then::Nothing))
        },
        act(t.later().key_card, "key-card", with_key(Then::SaveCard)),
        act(t.later().key_card_print, "key-card-print", with_key(Then::PrintCard)),
        act(t.later().key_backup, "key-backup", save_lock(page, key)),
        act(t.later().key_backup_print, "key-backup-print", {
            let (page, key) = (page.clone(), key.clone());
            Box::new(move || page.print(Paper::Backup(key.clone())))
        }),
        act(t.later().key_rename, "key-rename", begin(Doing::Rename(kid.to_owned()))),
        act(
            t.later().key_passphrase,
            "key-passphrase",
            begin(Doing::ChangePassphrase(kid.to_owned())),
        ),
        act(t.later().key_retire, "key-retire", retire(true)),
    ]
}

fn save_lock(page: &Rc<Keys>, key: &KeyRecord) -> Box<dyn Fn()> {
    let (app, key) = (page.app, key.clone());
    Box::new(move || {
        let name = key_file_name("khoa", &key.unit, &key.check_code, ".jwe");
        app.save_file(&name, &key.locked);
    })
}

/// Continues the task of a key just opened.
fn go_on(page: &Keys, key: &KeyRecord, open: &SecretKey, then: Then) {
    let card = || KeyCard::make(&key.unit, open, host::now());
    match then {
        Then::Nothing => {}
        Then::SaveCard => {
            let name = key_file_name("the-khoa", &key.unit, &key.check_code, ".json");
            page.app.save_file(&name, &card().to_text());
        }
        Then::PrintCard => page.print(Paper::Card(key.clone(), card().to_text())),
    }
}

/// The form of the current task of a key.
fn doing(page: &Rc<Keys>, kid: &str, key: &KeyRecord) -> Option<El> {
    let t = page.t;
    let (own_kid, own) = (kid.to_owned(), key.clone());
    match page.doing.get() {
        Doing::Rename(of) if of == kid => {
            let fields = vec![make::name_field(page, &key.unit)];
            Some(page.form("key-rename-form", fields, t.later().key_rename, move |page| {
                let (app, t, kid) = (page.app, page.t, own_kid.clone());
                let name = page.typed.borrow().clone();
                page.run(async move {
                    let done = app.device.rename_key(&kid, &name).await;
                    done.map_err(|error| wording::store_error(t, &error))
                });
            }))
        }
        Doing::Open(of, then) if of == kid => {
            let fields = page.passphrase.field(t, t.later().passphrase);
            Some(page.form("key-open-form", fields, t.later().key_open, move |page| {
                let (app, t, own) = (page.app, page.t, own.clone());
                let typed = page.passphrase.typed();
                let own_page = page.clone();
                page.run(async move {
                    let opened = keys::open(app, &own, &typed).await;
                    let key = opened.map_err(|error| key_error(t, &error))?;
                    go_on(&own_page, &own, &key, then);
                    Ok(())
                });
            }))
        }
        Doing::ChangePassphrase(of) if of == kid => {
            let mut fields = page.passphrase.field(t, t.later().passphrase_old);
            let new = &page.new_passphrase;
            fields.extend(new.new_fields(t, "new-passphrase", t.later().passphrase_new));
            fields.push(html::p().class("quiet small").text(t.later().passphrase_change_say));
            let change = move |page: &Rc<Keys>| {
                let (app, t, kid, own) = (page.app, page.t, own_kid.clone(), own.clone());
                let old = page.passphrase.typed();
                match page.new_passphrase.new_one(t) {
                    Ok(new) => page.run(async move {
                        let done = app.device.change_passphrase(&kid, &own, &old, &new).await;
                        done.map_err(|error| key_error(t, &error))
                    }),
                    Err((words, in_second)) => {
                        page.fault.set_if_changed(words.to_owned());
                        host::focus_soon(if in_second {
                            "new-passphrase-again"
                        } else {
                            "new-passphrase"
                        });
                    }
                }
            };
            Some(page.form("key-passphrase-form", fields, t.later().key_passphrase, change))
        }
        _ => None,
    }
}
