//! The edit lock of a form: one tab writes it, others read it and can ask for the lock. Web Locks (W3C) hold it
//! until the tab ends, however that happens. Without Web Locks the tabs ask each other by their channel.

use std::rc::Rc;

use js_sys::{Function, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::channel::{TabChannel, TabMessage};
use super::navigator::navigator;
use super::{millis, pause, report, spawn_local};

/// How long the holder may take to release the lock, in milliseconds.
const PATIENCE: f64 = 3000.0;
/// How long a tab may take to answer, in milliseconds.
const ANSWER_TIME: i32 = 150;
/// How often a tab checks for a free lock, in milliseconds.
const STEP: i32 = 100;

#[wasm_bindgen]
extern "C" {
    /// `navigator.locks`, which is unstable in `web_sys`.
    pub type LockManager;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &LockManager,
        name: &str,
        options: &LockOptions,
        granted: &Function,
    ) -> Result<Promise, JsValue>;

    #[wasm_bindgen(extends = Object)]
    type LockOptions;

    #[wasm_bindgen(method, setter, js_name = ifAvailable)]
    fn set_if_available(this: &LockOptions, value: bool);

    #[wasm_bindgen(method, setter)]
    fn set_steal(this: &LockOptions, value: bool);
}

/// Called when another tab takes the lock.
pub type Lost = Rc<dyn Fn()>;

/// The edit lock of a form; released on drop, and with the tab.
pub struct EditLock(Function);

impl Drop for EditLock {
    fn drop(&mut self) {
        // The resolver of a promise cannot fail.
        drop(self.0.call0(&JsValue::UNDEFINED));
    }
}

/// How to request the lock.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Only if it is free.
    IfFree,
    /// Takes it from its tab.
    Steal,
}

/// The outcome of asking for the lock.
pub enum Claim {
    /// This tab has it. `None` in a browser without Web Locks, as over plain HTTP:
    /// there the other tabs are asked.
    Ours(Option<EditLock>),
    /// Another tab has it.
    Others,
}

/// Takes the edit lock of a form if it is free. `lost` is called when another tab takes it.
pub async fn claim(tabs: &TabChannel, id: &str, lost: Lost) -> Claim {
    request(tabs, id, Way::IfFree, lost).await
}

/// Takes the edit lock from its holder: asks, waits `PATIENCE`, then steals it.
pub async fn take_over(tabs: &TabChannel, id: &str, lost: Lost) -> Claim {
    tabs.say(TabMessage::Asked, id);
    // By the clock: a busy browser, or one that treats this tab as hidden, stretches timers.
    let until = millis() + PATIENCE;
    loop {
        let way = if millis() < until { Way::IfFree } else { Way::Steal };
        match request(tabs, id, way, lost.clone()).await {
            Claim::Others => pause(STEP).await,
            claim => return claim,
        }
    }
}

async fn request(tabs: &TabChannel, id: &str, way: Way, lost: Lost) -> Claim {
    match navigator().and_then(|navigator| navigator.locks()) {
        Some(locks) => match ask(&locks, id, way, lost).await {
            Ok(Some(lock)) => return Claim::Ours(Some(lock)),
            Ok(None) => return Claim::Others,
            Err(error) => report(&error),
        },
        None if way == Way::Steal => return Claim::Ours(None),
        None => {}
    }
    tabs.ask_who(id);
    pause(ANSWER_TIME).await;
    if tabs.is_answered() { Claim::Others } else { Claim::Ours(None) }
}

/// `navigator.locks.request`: the lock lasts until the callback's promise resolves.
async fn ask(
    locks: &LockManager,
    id: &str,
    way: Way,
    lost: Lost,
) -> Result<Option<EditLock>, JsValue> {
    let options: LockOptions = Object::new().unchecked_into();
    match way {
        Way::IfFree => options.set_if_available(true),
        Way::Steal => options.set_steal(true),
    }
    let mut lock = None;
    let held = Promise::new(&mut |release, _| lock = Some(EditLock(release)));
    let mut answer = None;
    let answered = Promise::new(&mut |yes, no| answer = Some((yes, no)));
    let Some((yes, no)) = answer else {
        return Err("promise".into());
    };
    let granted = Closure::once(move |lock: JsValue| -> JsValue {
        let is_ours = !lock.is_null();
        // The resolver of a promise cannot fail.
        drop(yes.call1(&JsValue::UNDEFINED, &is_ours.into()));
        if is_ours { held.into() } else { JsValue::UNDEFINED }
    });
    let name = format!("bon-tot/form/{id}");
    let ended = locks.request(&name, &options, granted.as_ref().unchecked_ref())?;
    spawn_local(async move {
        // Rejects if the lock is refused, and if it is stolen later: the first answer
        // counts, and a stolen lock is lost.
        if let Err(error) = JsFuture::from(ended).await {
            drop(no.call1(&JsValue::UNDEFINED, &error));
            lost();
        }
        drop(granted);
    });
    let is_ours = JsFuture::from(answered).await?;
    Ok(lock.filter(|_| is_ours.is_truthy()))
}
