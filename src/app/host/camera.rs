//! The camera: a frame a few times a second, for as long as somebody looks.

use leptos::prelude::*;
use std::cell::RefCell;

use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

use crate::app::actions::App;
use crate::app::actions::scan::{Camera, arrived, look};
use crate::app::host;
use crate::app::host::dynamic::{call, get, number, of_page, set, wait};
use crate::app::host::picture;

/// The id of the element that shows what the camera sees.
pub const VIDEO: &str = "papers-video";
/// Milliseconds between two frames.
const PAUSE: i32 = 250;

thread_local! {
    /// What the camera sends, while it is on.
    static STREAM: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// Turns the camera off.
pub fn stop() {
    let Some(stream) = STREAM.take() else { return };
    let tracks = call(&stream, "getTracks", &[]).unwrap_or_default();
    for track in Array::from(&tracks).iter() {
        if let Err(error) = call(&track, "stop", &[]) {
            host::report(&error);
        }
    }
}

/// Looks through the camera until everything is there, or it is turned off or out of sight.
pub async fn watch(app: App) {
    let to = |camera| app.state.paper.camera.set(camera);
    let devices = get(&get(&of_page("navigator"), "mediaDevices"), "getUserMedia");
    if devices.is_undefined() {
        return to(Camera::None);
    }
    to(Camera::On);
    match wait(
        &get(&of_page("navigator"), "mediaDevices"),
        "getUserMedia",
        &[wish()],
    )
    .await
    {
        Ok(stream) => {
            STREAM.replace(Some(stream));
        }
        Err(error) => {
            let name = get(&error, "name").as_string().unwrap_or_default();
            return to(if name == "NotAllowedError" {
                Camera::Refused
            } else {
                Camera::None
            });
        }
    }
    // It may have been closed while the person was asked.
    if !app.state.paper.is_read.get_untracked() {
        return stop();
    }
    while let Some(video) = video() {
        if !host::is_visible() {
            break;
        }
        let (width, height) = (number(&video, "videoWidth"), number(&video, "videoHeight"));
        if width > 0.0
            && let Ok(pixels) = picture::of(&video, width, height)
            && let Ok(seen) = look(app, pixels, true).await
        {
            arrived(app, seen).await;
        }
        host::pause(PAUSE).await;
    }
    stop();
    if app.state.paper.camera.get_untracked() == Camera::On {
        to(Camera::Off);
    }
}

/// The camera that looks away from the person, as sharp as it goes.
fn wish() -> JsValue {
    let object = || JsValue::from(Object::new());
    let (all, video, width) = (object(), object(), object());
    set(&width, "ideal", &1920.into());
    set(&video, "width", &width);
    set(&video, "facingMode", &"environment".into());
    set(&all, "video", &video);
    all
}

/// The element that shows what the camera sees, while it is on and the page shows it.
fn video() -> Option<JsValue> {
    let stream = STREAM.with_borrow(Clone::clone)?;
    let video: JsValue = host::element(VIDEO)?.into();
    if get(&video, "srcObject").is_null() {
        set(&video, "muted", &true.into());
        set(&video, "srcObject", &stream);
        // It plays by itself where it may not be told to.
        drop(call(&video, "play", &[]));
    }
    Some(video)
}
