//! The doors of the browser: what ends with its handle, and what a browser lacks over plain HTTP.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use bon_tot::app::host::camera::Cameras;
use bon_tot::app::host::channel::{TabChannel, TabMessage};
use bon_tot::app::host::locks::{Claim, claim, take_over};
use bon_tot::app::host::service_worker::ServiceWorkers;
use bon_tot::app::host::{self, Browser, quota, settings};
use bon_tot::device::Host;
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, EventTarget};

/// Runs a piece of JavaScript.
pub fn eval(code: &str) -> JsValue {
    js_sys::eval(code).unwrap()
}

/// Defines a property while something runs, and puts back what was there.
pub async fn with_property<T>(
    of: &Object,
    name: &str,
    property: &str,
    run: impl AsyncFnOnce() -> T,
) -> T {
    let name = JsValue::from(name);
    let own = Object::get_own_property_descriptor(of, &name);
    let property = Object::from(eval(property));
    Object::define_property(of, &name, &property);
    let result = run().await;
    if own.is_undefined() {
        Reflect::delete_property(of, &name).unwrap();
    } else {
        Object::define_property(of, &name, &Object::from(own));
    }
    result
}

const MISSING: &str = "({ configurable: true, value: undefined })";
const REFUSED: &str =
    "({ configurable: true, get() { throw new DOMException('no', 'SecurityError') } })";

pub fn navigator() -> Object {
    web_sys::window().unwrap().navigator().unchecked_into()
}

#[wasm_bindgen_test]
fn a_listener_is_removed_with_its_handle() {
    let document: EventTarget = web_sys::window().unwrap().document().unwrap().into();
    let happen = |event| document.dispatch_event(&Event::new(event).unwrap()).unwrap();
    let count = Rc::new(Cell::new(0));
    let count_one = |count: &Rc<Cell<u32>>| {
        let count = count.clone();
        move || count.set(count.get() + 1)
    };
    let listener = host::on("test-dropped", true, count_one(&count));
    happen("test-dropped");
    happen("test-dropped");
    assert_eq!(count.get(), 2);
    drop(listener);
    happen("test-dropped");
    assert_eq!(count.get(), 2);
    assert_eq!(Rc::strong_count(&count), 1, "what it held is gone too");

    host::on("test-forgotten", true, count_one(&count)).forget();
    happen("test-forgotten");
    assert_eq!(count.get(), 3);
}

#[wasm_bindgen_test]
fn the_browser_asks_before_the_page_is_left_where_it_should() {
    let window: EventTarget = web_sys::window().unwrap().into();
    let asks = Rc::new(Cell::new(false));
    let own = asks.clone();
    let listener = host::on_leaving(move || own.get());
    // `true` where nothing has prevented it.
    let leave = || {
        let document = web_sys::window().unwrap().document().unwrap();
        let event = document.create_event("BeforeUnloadEvent").unwrap();
        event.init_event_with_bubbles_and_cancelable("beforeunload", false, true);
        window.dispatch_event(&event).unwrap()
    };
    assert!(leave());
    asks.set(true);
    assert!(!leave());
    drop(listener);
    assert!(leave());
}

#[wasm_bindgen_test]
async fn a_timer_runs_only_while_its_handle_exists() {
    let ran = Rc::new(RefCell::new(Vec::new()));
    let note = |name: &'static str| {
        let ran = ran.clone();
        move || ran.borrow_mut().push(name)
    };
    let kept = host::timer(10, note("kept"));
    drop(host::timer(10, note("dropped")));
    host::later(10, note("later"));
    host::pause(100).await;
    drop(kept);
    assert_eq!(*ran.borrow(), ["kept", "later"]);
}

#[wasm_bindgen_test]
async fn settings_are_kept_and_those_of_earlier_versions_are_read() {
    let storage = web_sys::window().unwrap().local_storage().unwrap().unwrap();
    assert_eq!(settings::get("test/none"), None);
    for value in ["en", "", "12", "{\"tên\":\"Tân Sơn\"}", "\"\\"] {
        settings::set("test/new", value);
        assert_eq!(settings::get("test/new").as_deref(), Some(value));
    }
    for value in ["en", "12", "2026-11-27T08:00:00Z", "{\"form\":\"05\"}"] {
        storage.set_item("test/old", value).unwrap();
        assert_eq!(settings::get("test/old").as_deref(), Some(value));
    }
    for property in [MISSING, REFUSED] {
        with_property(&js_sys::global(), "localStorage", property, async || {
            assert_eq!(settings::get("test/new"), None);
            settings::set("test/new", "lost");
        })
        .await;
        assert_eq!(settings::get("test/new").as_deref(), Some("\"\\"));
    }
    storage.remove_item("test/new").unwrap();
    storage.remove_item("test/old").unwrap();
}

#[wasm_bindgen_test]
async fn a_service_worker_without_a_script_is_none() {
    let workers = ServiceWorkers::new().unwrap();
    assert!(!workers.is_controlling());
    assert!(workers.register("no-such-script.js").await.is_none());
    assert!(workers.registration().await.is_none());
}

/// As on a page that came by plain HTTP.
#[wasm_bindgen_test]
async fn what_the_browser_lacks_is_none() {
    let navigator = navigator();
    assert!(ServiceWorkers::new().is_some());
    with_property(&navigator, "serviceWorker", MISSING, async || {
        assert!(ServiceWorkers::new().is_none());
    })
    .await;
    with_property(&navigator, "mediaDevices", MISSING, async || {
        assert!(Cameras::new().is_none());
    })
    .await;
    assert!(quota::look().await.is_some());
    with_property(&navigator, "storage", MISSING, async || {
        assert_eq!(quota::look().await, None);
        quota::ask_to_persist().await;
    })
    .await;
    with_property(&navigator, "clipboard", MISSING, async || {
        assert!(!host::copy("no-such-field", "text").await);
    })
    .await;
    with_property(&navigator, "share", MISSING, async || {
        assert!(!host::can_send());
        host::send("https://example.org/").await;
    })
    .await;
    let share = "({ configurable: true, async value(data) { globalThis.shared = data.url } })";
    with_property(&navigator, "share", share, async || {
        assert!(host::can_send());
        host::send("https://example.org/").await;
    })
    .await;
    let shared = Reflect::get(&js_sys::global(), &"shared".into()).unwrap();
    assert_eq!(shared, "https://example.org/");
    for (property, can) in [
        (MISSING, false),
        ("({ configurable: true, value() { throw new TypeError('no') } })", false),
        ("({ configurable: true, value: data => data.files[0].type == 'application/json' })", true),
    ] {
        with_property(&navigator, "canShare", property, async || {
            assert_eq!(host::can_share("a.json", "{}"), can);
        })
        .await;
    }
}

#[wasm_bindgen_test]
async fn tabs_hear_each_other_until_they_stop_listening() {
    let (one, other) = (TabChannel::open(), TabChannel::open());
    let heard = Rc::new(RefCell::new(Vec::new()));
    let own = heard.clone();
    let listener = other.listen(move |message, id| own.borrow_mut().push((message, id.to_owned())));
    one.say(TabMessage::Saved, "a");
    one.say(TabMessage::Asked, "b c");
    host::pause(100).await;
    let expected = [(TabMessage::Saved, "a".to_owned()), (TabMessage::Asked, "b c".to_owned())];
    assert_eq!(*heard.borrow(), expected);
    drop(listener);
    one.say(TabMessage::Saved, "d");
    host::pause(100).await;
    assert_eq!(heard.borrow().len(), 2);
}

#[wasm_bindgen_test]
async fn one_tab_at_a_time_has_the_edit_lock() {
    let tabs = Rc::new(TabChannel::open());
    let lost = Rc::new(Cell::new(0));
    let losing = || {
        let lost = lost.clone();
        Rc::new(move || lost.set(lost.get() + 1))
    };
    let held = claim(&tabs, "lock/1", losing()).await;
    assert!(matches!(held, Claim::Ours(Some(_))));
    let second = claim(&tabs, "lock/1", losing()).await;
    assert!(matches!(second, Claim::Others));
    let elsewhere = claim(&tabs, "lock/2", losing()).await;
    assert!(matches!(elsewhere, Claim::Ours(Some(_))));
    // It ends with its handle.
    drop(held);
    host::pause(50).await;
    let again = claim(&tabs, "lock/1", losing()).await;
    assert!(matches!(again, Claim::Ours(Some(_))));
    assert_eq!(lost.get(), 0);
    // Nobody gives it away: after some seconds it is taken.
    let taken = take_over(&tabs, "lock/1", losing()).await;
    assert!(matches!(taken, Claim::Ours(Some(_))));
    host::pause(50).await;
    assert_eq!(lost.get(), 1);

    // A browser without locks: the tabs are asked, and believed.
    let other = Rc::new(TabChannel::open());
    let answering = other.clone();
    let answer = move |message, id: &str| {
        if message == TabMessage::Who && id == "lock/3" {
            answering.say(TabMessage::Mine, id);
        }
    };
    let _other = other.listen(answer);
    let _own = tabs.listen(|_, _| {});
    with_property(&navigator(), "locks", MISSING, async || {
        let asked = claim(&tabs, "lock/3", losing()).await;
        assert!(matches!(asked, Claim::Others));
        let asked = claim(&tabs, "lock/4", losing()).await;
        assert!(matches!(asked, Claim::Ours(None)));
    })
    .await;
}

#[wasm_bindgen_test]
async fn the_browser_is_the_host_of_a_device() {
    let mut bytes = [0; 32];
    Browser.random(&mut bytes).unwrap();
    assert_ne!(bytes, [0; 32]);
    let (then, wall) = (Browser.monotonic(), Browser.now());
    host::pause(20).await;
    assert!(Browser.monotonic() > then);
    assert!(Browser.now() >= wall);
    assert_eq!(Browser.normalize("  xo\u{301}m "), "xóm");
    assert_eq!(Browser.lower_case("XÓM Tân Sơn"), "xóm tân sơn");
}
