//! The key that is open, so that nobody types a passphrase twice in a minute. After a while without
//! anybody at the page it is wiped.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::app::host;
use crate::app::state::App;
use crate::app::state::watched::Watched;
use crate::seal::SecretKey;

/// How long a key stays open while nobody does anything, in seconds (spec s. 5).
const IDLE: i64 = 15 * 60;
/// How often that is looked at, in milliseconds.
const LOOK: i32 = 10_000;

/// What is open.
pub struct Keyring {
    key: RefCell<Option<Rc<SecretKey>>>,
    /// The check code of the key that is open; empty where none is.
    pub code: Watched<String>,
    /// When somebody last did something, in seconds.
    used: Cell<i64>,
    is_watching: Cell<bool>,
}

impl Default for Keyring {
    fn default() -> Keyring {
        Keyring {
            key: RefCell::default(),
            code: Watched::new(String::new()),
            used: Cell::default(),
            is_watching: Cell::default(),
        }
    }
}

/// Keeps a key open; one that was open is wiped.
pub fn hold(app: App, key: SecretKey) -> Rc<SecretKey> {
    let key = Rc::new(key);
    let ring = &app.keyring;
    ring.key.replace(Some(key.clone()));
    ring.used.set(host::now().unix());
    ring.code.set(key.public().check_code());
    if !ring.is_watching.replace(true) {
        for event in ["pointerdown", "keydown"] {
            host::on(event, true, move || {
                app.keyring.used.set(host::now().unix());
            })
            .forget();
        }
        look_later(app);
    }
    key
}

/// The key with this check code, if it is open.
pub fn get(app: App, code: &str) -> Option<Rc<SecretKey>> {
    lock_if_idle(app);
    let is_it = app.keyring.code.peek() == code;
    app.keyring.key.borrow().clone().filter(|_| is_it)
}

/// Wipes the key that is open.
pub fn lock(app: App) {
    app.keyring.key.take();
    app.keyring.code.set(String::new());
}

fn lock_if_idle(app: App) {
    if host::now().unix() - app.keyring.used.get() >= IDLE {
        lock(app);
    }
}

fn look_later(app: App) {
    host::later(LOOK, move || {
        lock_if_idle(app);
        look_later(app);
    });
}
