//! The keys of this device.

use leptos::prelude::*;
use std::rc::Rc;

use super::paper::Paper;
use super::{Doing, Keys, Run, Then, make, told};
use crate::app::actions::keys;
use crate::app::host::spawn_local;
use crate::app::pages::bind::bind;
use crate::app::pages::passphrase::key_error;
use crate::app::parts::{El, button, hint, html, named, quiet_button, sheet};
use crate::app::state::signals::SetIfChanged;
use crate::app::text::fill;
use crate::app::{host, wording};
use crate::device::key_file_name;
use crate::seal::{KeyCard, SecretKey};
use crate::store::KeyRecord;

/// The section of the keys of this device.
pub(super) fn section(page: &Rc<Keys>) -> El {
    let t = page.t;
    let list = bind(page, move |page| match page.own.get() {
        None => vec![html::p().attr("role", "status").text(t.home_loading)],
        Some(own) if own.is_empty() => vec![html::p().test_id("key-list").text(t.later().own_none)],
        Some(own) => {
            let rows = own.into_iter().map(|(kid, key)| row(page, kid, key));
            vec![html::ul().class("list").test_id("key-list").children(rows)]
        }
    });
    let form = bind(page, |page| match page.doing.get() {
        Doing::Make => Some(make::make(page)),
        Doing::Restore => Some(make::restore(page)),
        _ => None,
    });
    let make = button(t.later().key_make, bind(page, |page| page.begin(Doing::Make)));
    let restore = bind(page, |page| page.begin(Doing::Restore));
    let restore = quiet_button("quiet", t.later().key_restore, restore);
    let make = make.test_id("key-new");
    sheet("own-title", t.later().own_title)
        .child(html::div().live(list))
        .child(html::p().class("row").child(make).child(restore.test_id("key-restore-open")))
        .child(html::div().live_one(form))
}

fn row(page: &Rc<Keys>, kid: String, key: KeyRecord) -> El {
    let t = page.t;
    let name = wording::name(t, &key.unit);
    let (_, made) = host::local(key.created);
    let state = {
        let (app, kid, retired) = (page.app, kid.clone(), key.retired);
        move || match retired {
            Some(at) => fill(t.later().key_is_retired, &[&host::local(at).1]),
            None if app.state.open_key.get() == kid => t.later().key_is_open.to_owned(),
            None => t.later().key_is_locked.to_owned(),
        }
    };
    let code = html::span().class("code").as_is().test_id("key-code").text(&key.check_code);
    let made = fill(t.later().key_made, &[&made]);
    let head = html::li()
        .test_id("key-row")
        .attr("data-code", &key.check_code)
        .child(html::h3().child(html::bdi().text(&name)))
        .child(named(t.later().check_code, code).text(" · ").text(&made))
        .child(html::p().class("quiet").test_id("key-state").text_live(state));
    let own = Rc::new((page.clone(), kid, key));
    let doing = bind(&own, |own| doing(&own.0, &own.1, &own.2));
    let actions = bind(&own, move |own| actions(&own.0, &own.1, &own.2, &name));
    head.child(html::div().class("row").live(actions)).child(html::div().live_one(doing))
}

/// The buttons of a key, each labelled with its name.
fn actions(page: &Rc<Keys>, kid: &str, key: &KeyRecord, name: &str) -> Vec<El> {
    let t = page.t;
    let is_open = page.app.state.open_key.get() == kid;
    let act = |words, id, run: Run| page.act(words, id, name, run);
    let begin = |doing: Doing| -> Run { Box::new(move |page| page.begin(doing.clone())) };
    let with_key = |then: Then| -> Run {
        let (kid, key) = (kid.to_owned(), key.clone());
        Box::new(move |page| match page.app.device.opened_key(&kid) {
            Some(open) => go_on(page, &key, &open, then),
            None => page.begin(Doing::Open(kid.clone(), then)),
        })
    };
    let retire = |retired: bool| -> Run {
        let kid = kid.to_owned();
        Box::new(move |page| {
            let (app, t, kid) = (page.app, page.t, kid.clone());
            page.run(async move { told(t, keys::retire(app, &kid, retired).await) });
        })
    };
    let own = key.clone();
    let save_lock = move |page: &Rc<Keys>| keys::save_backup(page.app, &own);
    let backup = act(t.later().key_backup, "key-backup", Box::new(save_lock));
    if key.retired.is_some() {
        return vec![act(t.later().key_use_again, "key-use-again", retire(false)), backup];
    }
    let own = key.clone();
    let print_lock = move |page: &Rc<Keys>| page.print(Paper::Backup(own.clone()));
    let change = Doing::ChangePassphrase(kid.to_owned());
    vec![
        if is_open {
            act(t.later().key_lock, "key-lock", Box::new(lock))
        } else {
            act(t.later().key_open, "key-open", with_key(Then::Nothing))
        },
        act(t.later().key_card, "key-card", with_key(Then::SaveCard)),
        act(t.later().key_card_print, "key-card-print", with_key(Then::PrintCard)),
        backup,
        act(t.later().key_backup_print, "key-backup-print", Box::new(print_lock)),
        act(t.later().key_rename, "key-rename", begin(Doing::Rename(kid.to_owned()))),
        act(t.later().key_passphrase, "key-passphrase", begin(change)),
        act(t.later().key_retire, "key-retire", retire(true)),
    ]
}

/// Locks the open key. What others' keys it proved is read anew.
fn lock(page: &Rc<Keys>) {
    page.app.lock_key();
    spawn_local(page.clone().read());
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
                page.run(async move { told(t, app.device.rename_key(&kid, &name).await) });
            }))
        }
        Doing::Open(of, then) if of == kid => {
            let fields = page.passphrase.field(t, "passphrase", t.later().passphrase);
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
            let mut fields = page.passphrase.field(t, "passphrase", t.later().passphrase_old);
            let new = &page.new_passphrase;
            fields.extend(new.new_fields(t, "new-passphrase", t.later().passphrase_new));
            fields.push(hint(t.later().passphrase_change_say));
            let change = move |page: &Rc<Keys>| {
                let (app, t, kid, own) = (page.app, page.t, own_kid.clone(), own.clone());
                let old = page.passphrase.typed();
                match page.new_passphrase.new_one(t, "new-passphrase") {
                    Ok(new) => page.run(async move {
                        let done = app.device.change_passphrase(&kid, &own, &old, &new).await;
                        done.map_err(|error| key_error(t, &error))
                    }),
                    Err(words) => page.fault.set_if_changed(words.to_owned()),
                }
            };
            Some(page.form("key-passphrase-form", fields, t.later().key_passphrase, change))
        }
        _ => None,
    }
}
