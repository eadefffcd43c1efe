//! The open key, kept so that the passphrase is not asked for at every signature; wiped after 15
//! minutes without input (spec s. 5).

use std::cell::RefCell;
use std::rc::Rc;

use crate::device::{Device, Host};
use crate::seal::SecretKey;
use crate::store::Storage;
use crate::value::Instant;

/// How long a key stays open without input, in milliseconds (spec s. 5).
const IDLE: u64 = 15 * 60 * 1000;
/// The same in seconds, for the wall clock.
const IDLE_SECONDS: i64 = 15 * 60;

/// At most one open key.
#[derive(Default)]
pub(super) struct Keyring {
    open: RefCell<Option<OpenKey>>,
}

struct OpenKey {
    key: Rc<SecretKey>,
    kid: String,
    /// The last input, by the monotonic clock in milliseconds and by the wall clock.
    used: (u64, Instant),
}

impl<S: Storage, H: Host> Device<S, H> {
    /// Keeps a key open; the key that was open before is wiped.
    pub(super) fn hold_key(&self, key: SecretKey) -> Rc<SecretKey> {
        let key = Rc::new(key);
        self.keyring.open.replace(Some(OpenKey {
            key: key.clone(),
            kid: key.public().kid(),
            used: self.used_now(),
        }));
        key
    }

    /// The thumbprint of the open key; empty where none is open.
    pub fn open_key_kid(&self) -> String {
        self.lock_idle_key();
        let open = self.keyring.open.borrow();
        open.as_ref().map(|open| open.kid.clone()).unwrap_or_default()
    }

    /// The open key, whichever it is.
    pub(super) fn any_opened_key(&self) -> Option<Rc<SecretKey>> {
        self.lock_idle_key();
        self.keyring.open.borrow().as_ref().map(|open| open.key.clone())
    }

    /// The key with this thumbprint, if it is open.
    pub fn opened_key(&self, kid: &str) -> Option<Rc<SecretKey>> {
        self.lock_idle_key();
        let open = self.keyring.open.borrow();
        let own = open.as_ref().filter(|open| open.kid == kid);
        own.map(|open| open.key.clone())
    }

    /// Notes input, so that the key stays open.
    pub fn touch_key(&self) {
        let now = self.used_now();
        if let Some(open) = self.keyring.open.borrow_mut().as_mut() {
            open.used = now;
        }
    }

    /// Wipes the open key.
    pub fn lock_key(&self) {
        self.keyring.open.take();
    }

    /// Wipes the open key after 15 minutes without input, by either clock; returns whether it did.
    pub fn lock_idle_key(&self) -> bool {
        let (ticks, now) = self.used_now();
        let mut open = self.keyring.open.borrow_mut();
        let idle = open.take_if(|open| {
            let (used_ticks, used) = open.used;
            // The monotonic clock of a browser may stop while the machine sleeps; the wall clock does not.
            ticks.saturating_sub(used_ticks) >= IDLE
                || now.unix().saturating_sub(used.unix()) >= IDLE_SECONDS
        });
        idle.is_some()
    }

    fn used_now(&self) -> (u64, Instant) {
        (self.host.monotonic(), self.host.now())
    }
}
