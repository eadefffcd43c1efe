//! Making a key, and restoring one from its backup.

use std::rc::Rc;

use super::Keys;
use crate::app::actions::keys;
use crate::app::pages::bind::bind_with;
use crate::app::pages::passphrase::key_error;
use crate::app::parts::{El, html};
use crate::app::state::signals::SetIfChanged;
use crate::app::{host, parts};
use crate::value::is_blank;

/// The field for the name of a key.
pub(super) fn name_field(page: &Rc<Keys>, value: &str) -> El {
    let write = page.typing(value);
    parts::text_input("key-name", page.t.later().key_name, value.to_owned(), write)
}

pub(super) fn make(page: &Rc<Keys>) -> El {
    let t = page.t;
    let mut fields = vec![html::h3().text(t.later().key_make), name_field(page, "")];
    let passphrase = &page.new_passphrase;
    fields.extend(passphrase.new_fields(t, "passphrase", t.later().passphrase));
    page.form("key-make", fields, t.later().key_make, |page| {
        let (app, t, name) = (page.app, page.t, page.typed.borrow().clone());
        if is_blank(&name) {
            page.fault.set_if_changed(t.later().key_unnamed.to_owned());
            return host::focus_soon("key-name");
        }
        match page.new_passphrase.new_one(t, "passphrase") {
            Ok(passphrase) => page.run(async move {
                let made = keys::make(app, &name, &passphrase).await;
                made.map(drop).map_err(|error| key_error(t, &error))
            }),
            Err(words) => page.fault.set_if_changed(words.to_owned()),
        }
    })
}

pub(super) fn restore(page: &Rc<Keys>) -> El {
    let t = page.t;
    let locked = page.locked.borrow().clone();
    let write = bind_with(page, |page, text| drop(page.locked.replace(text)));
    let text = parts::lines("key-lock-text", t.later().restore_text, locked, write);
    let mut fields = vec![
        html::h3().text(t.later().key_restore),
        html::p().text(t.later().restore_say),
        text,
        name_field(page, ""),
    ];
    fields.extend(page.passphrase.field(t, "passphrase", t.later().passphrase));
    page.form("key-restore", fields, t.later().key_restore, |page| {
        let (app, t) = (page.app, page.t);
        let (text, name) = (page.locked.borrow().clone(), page.typed.borrow().clone());
        let passphrase = page.passphrase.typed();
        let done = page.clone();
        page.run(async move {
            let restored = keys::restore(app, &text, &name, &passphrase).await;
            restored.map_err(|error| key_error(t, &error))?;
            done.locked.take();
            Ok(())
        });
    })
}
