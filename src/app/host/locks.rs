//! Whose turn it is: one tab writes a form, others read along and can ask for the turn. Web Locks
//! hold the turn, and end it with the tab, however that ends; a broadcast channel tells of changes.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{BroadcastChannel, MessageEvent};

use crate::app::host;

/// How long a tab that has the turn may take to give it away, in milliseconds.
const PATIENCE: f64 = 3000.0;
/// How long a tab may take to answer, in milliseconds.
const ANSWER_TIME: i32 = 150;
/// How often a tab looks whether the turn is free, in milliseconds.
const STEP: i32 = 100;

/// What to do where another tab takes the turn.
pub type Lost = Rc<dyn Fn()>;

/// What tabs tell each other of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// It was saved.
    Saved,
    /// Another tab asks for the turn.
    Asked,
    /// Another tab, in a browser without locks, asks who has the turn.
    Who,
    /// The answer to that, of the tab that has it.
    Mine,
}

impl Word {
    const ALL: [(Word, &str); 4] = [
        (Word::Saved, "saved "),
        (Word::Asked, "asked "),
        (Word::Who, "who "),
        (Word::Mine, "mine "),
    ];
}

/// The turn at a form; it ends when this is dropped, and with the tab.
pub struct EditLock(Function);

impl Drop for EditLock {
    fn drop(&mut self) {
        // The resolver of a promise cannot fail.
        drop(self.0.call0(&JsValue::UNDEFINED));
    }
}

/// How the turn is asked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Only where nobody has it.
    IfFree,
    /// Whoever has it loses it.
    Steal,
}

/// The outcome of asking for the turn.
pub enum Claim {
    /// This tab has it. Without a lock where the browser has none, as on a page that came by plain
    /// http: then a tab is asked, and believed.
    Ours(Option<EditLock>),
    /// Another tab has it.
    Others,
}

/// Takes the turn at a form where no other tab has it. `lost` is called where another tab takes it.
pub async fn claim(id: &str, lost: Lost) -> Claim {
    request(id, Way::IfFree, lost).await
}

/// Takes the turn from the tab that has it: asks, and waits no longer than a tab takes that works.
pub async fn take_over(id: &str, lost: Lost) -> Claim {
    say(Word::Asked, id);
    // By the clock: a browser that is busy, or that takes this tab for one that nobody looks at, stretches pauses.
    let until = host::millis() + PATIENCE;
    loop {
        let way = if host::millis() < until {
            Way::IfFree
        } else {
            Way::Steal
        };
        match request(id, way, lost.clone()).await {
            Claim::Others => host::pause(STEP).await,
            claim => return claim,
        }
    }
}

fn locks() -> Option<JsValue> {
    let navigator = host::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    (!locks.is_undefined()).then_some(locks)
}

async fn request(id: &str, way: Way, lost: Lost) -> Claim {
    match locks() {
        Some(locks) => match ask(&locks, id, way, lost).await {
            Ok(Some(turn)) => return Claim::Ours(Some(turn)),
            Ok(None) => return Claim::Others,
            Err(error) => host::report(&error),
        },
        None if way == Way::Steal => return Claim::Ours(None),
        None => {}
    }
    ANSWERED.set(false);
    say(Word::Who, id);
    host::pause(ANSWER_TIME).await;
    if ANSWERED.get() {
        Claim::Others
    } else {
        Claim::Ours(None)
    }
}

/// `navigator.locks.request`: the lock lasts until the promise that the callback returns is kept.
async fn ask(locks: &JsValue, id: &str, way: Way, lost: Lost) -> Result<Option<EditLock>, JsValue> {
    let options = Object::new();
    let option = match way {
        Way::IfFree => "ifAvailable",
        Way::Steal => "steal",
    };
    Reflect::set(&options, &option.into(), &true.into())?;
    let mut turn = None;
    let held = Promise::new(&mut |release, _| turn = Some(EditLock(release)));
    let mut answer = None;
    let answered = Promise::new(&mut |yes, no| answer = Some((yes, no)));
    let Some((yes, no)) = answer else {
        return Err("promise".into());
    };
    let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let is_ours = !lock.is_null();
        // The resolver of a promise cannot fail.
        drop(yes.call1(&JsValue::UNDEFINED, &is_ours.into()));
        if is_ours {
            held.into()
        } else {
            JsValue::UNDEFINED
        }
    });
    let request: Function = Reflect::get(locks, &"request".into())?.dyn_into()?;
    let name = ["bon-tot/form/", id].concat();
    let ended = request.call3(locks, &name.into(), &options, &granted)?;
    // Rejected where the lock is refused, and where it is taken away later: the first to answer
    // counts, and a turn that is no longer ours is lost.
    let refused = Closure::once_into_js(move |error: JsValue| {
        drop(no.call1(&JsValue::UNDEFINED, &error));
        lost();
    });
    let catch: Function = Reflect::get(&ended, &"catch".into())?.dyn_into()?;
    catch.call1(&ended, &refused)?;
    let is_ours = JsFuture::from(answered).await?;
    Ok(turn.filter(|_| is_ours.is_truthy()))
}

thread_local! {
    /// Whether another tab has said since this one asked that it has the turn.
    static ANSWERED: Cell<bool> = const { Cell::new(false) };
    /// One channel for the life of the page; `None` where the browser has none.
    static CHANNEL: Option<BroadcastChannel> = BroadcastChannel::new("bon-tot").ok();
}

/// Tells the other tabs.
pub fn say(word: Word, id: &str) {
    let start = Word::ALL.iter().find(|(own, _)| *own == word);
    let text = [start.map_or("", |(_, start)| start), id].concat();
    CHANNEL.with(|channel| {
        if let Some(channel) = channel
            && let Err(error) = channel.post_message(&text.into())
        {
            host::report(&error);
        }
    });
}

/// Hears what other tabs tell, for as long as the page lives.
pub fn hear(mut heard: impl FnMut(Word, &str) + 'static) {
    let listen = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Some(text) = event.data().as_string() else {
            return;
        };
        for (word, start) in Word::ALL {
            match text.strip_prefix(start) {
                Some(_) if word == Word::Mine => ANSWERED.set(true),
                Some(id) => heard(word, id),
                None => {}
            }
        }
    });
    CHANNEL.with(|channel| {
        if let Some(channel) = channel {
            channel.set_onmessage(Some(listen.into_js_value().unchecked_ref()));
        }
    });
}
