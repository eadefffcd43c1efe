//! The browser as the page needs it: clock, entropy, address, files, clipboard-free sharing, NFC.

pub mod browser;
pub mod camera;
mod canvas;
mod crypto;
pub mod dynamic;
mod events;
pub mod locks;
pub mod picture;
mod print;
pub mod quota;
pub mod settings;
pub mod storage;
pub mod worker;

pub use self::print::{can_number_pages, number_pages, plain_pages};
pub use canvas::draw_squares;
pub use crypto::{derive, derive_in_steps};
pub use events::{on, on_leaving, on_undo_keys};

use js_sys::{Array, Date as JsDate, Function, JsString, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, Document, Event, File, FilePropertyBag, HtmlAnchorElement, HtmlElement,
    HtmlInputElement, Url, Window,
};

use crate::value::{Date, Instant};

/// The window; there is one wherever the page runs.
pub fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

/// The time now.
pub fn now() -> Instant {
    // Milliseconds of any real clock fit; the cut to whole seconds is the format's.
    Instant::from_unix((JsDate::now() / 1000.0) as i64)
}

/// The milliseconds of a clock, for measuring how long something takes.
pub fn millis() -> f64 {
    JsDate::now()
}

/// The day now, on the clock of this place.
pub fn today() -> Date {
    let date = JsDate::new_0();
    let year = u16::try_from(date.get_full_year()).unwrap_or(2026);
    let month = u8::try_from(date.get_month() + 1).unwrap_or(1);
    let day = u8::try_from(date.get_date()).unwrap_or(1);
    Date::new(year, month, day).unwrap_or_else(|| now().date())
}

/// An instant on the clock of this place: hours, minutes, and day, month, year.
pub fn local(instant: Instant) -> (String, String) {
    let date = JsDate::new(&JsValue::from_f64(instant.unix() as f64 * 1000.0));
    (
        format!("{:02}:{:02}", date.get_hours(), date.get_minutes()),
        format!(
            "{:02}/{:02}/{}",
            date.get_date(),
            date.get_month() + 1,
            date.get_full_year()
        ),
    )
}

/// Random bytes; `None` where the browser has no source of them.
pub fn entropy<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let crypto = window()?.crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}

/// Fills a buffer with random bytes; `None` where the browser has no source of them.
pub fn random(bytes: &mut [u8]) -> Option<()> {
    let crypto = window()?.crypto().ok()?;
    crypto.get_random_values_with_u8_array(bytes).ok()?;
    Some(())
}

/// Milliseconds of a clock that never goes back.
pub fn monotonic() -> u64 {
    let now = window().and_then(|window| window.performance());
    now.map_or(0, |performance| performance.now() as u64)
}

/// Text in Unicode NFC, trimmed (spec s. 1).
pub fn normal(text: &str) -> String {
    let text = JsString::from(text.trim()).normalize("NFC");
    String::from(text)
}

/// The address of the page without its fragment.
pub fn address() -> String {
    let href = window().and_then(|w| w.location().href().ok());
    let href = href.unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// Text in lower case, for searching.
pub fn lower_case(text: &str) -> String {
    String::from(JsString::from(text).to_lower_case())
}

/// The fragment of the address, without `#`.
pub fn fragment() -> String {
    let hash = window()
        .and_then(|w| w.location().hash().ok())
        .unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// Goes to a fragment, which makes an entry in the history.
pub fn go(fragment: &str) {
    if let Some(window) = window()
        && let Err(error) = window.location().set_hash(fragment)
    {
        report(&error);
    }
}

/// Writes what went wrong to the browser's console, for what no person can act on.
pub fn report(error: &JsValue) {
    let console = Reflect::get(&js_sys::global(), &"console".into());
    let log = console
        .as_ref()
        .ok()
        .and_then(|c| Reflect::get(c, &"error".into()).ok());
    if let (Ok(console), Some(log)) = (console, log.and_then(|f| f.dyn_into::<Function>().ok())) {
        // The console is the last resort: there is nowhere to tell of its failure.
        drop(log.call1(&console, error));
    }
}

/// Runs something after `millis` milliseconds.
pub fn later(millis: i32, run: impl FnOnce() + 'static) {
    let run = Closure::once_into_js(run);
    let set = window().map(|window| {
        window.set_timeout_with_callback_and_timeout_and_arguments_0(run.unchecked_ref(), millis)
    });
    if let Some(Err(error)) = set {
        report(&error);
    }
}

/// Can a person see the page?
pub fn is_visible() -> bool {
    document().is_some_and(|document| !document.hidden())
}

/// Was the page opened from a file, by a double click?
pub fn is_file() -> bool {
    let protocol = window().and_then(|window| window.location().protocol().ok());
    protocol.as_deref() == Some("file:")
}

/// Is this a secure context (Secure Contexts, W3C)? A page that came by plain http is none, and browsers
/// keep service workers, locks and their cryptography from it.
pub fn is_secure() -> bool {
    window().is_some_and(|window| window.is_secure_context())
}

/// Opens the browser's dialogue for printing.
pub fn print() {
    if let Some(Err(error)) = window().map(|window| window.print()) {
        report(&error);
    }
}

/// Opens the page anew.
pub fn reload() {
    if let Some(window) = window()
        && let Err(error) = window.location().reload()
    {
        report(&error);
    }
}

/// The element with this id.
pub fn element(id: &str) -> Option<HtmlElement> {
    document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// The id of the element that has the focus.
pub fn focused() -> String {
    let focused = document().and_then(|document| document.active_element());
    focused.map(|element| element.id()).unwrap_or_default()
}

/// Sets language and title of the document.
pub fn set_document(lang: &str, title: &str) {
    let Some(document) = document() else { return };
    document.set_title(title);
    if let Some(root) = document.document_element()
        && let Err(error) = root.set_attribute("lang", lang)
    {
        report(&error);
    }
}

/// Removes the words that stood on the page before the app.
pub fn remove_boot_page() {
    if let Some(boot) = element("boot") {
        boot.remove();
    }
}

/// Brings an element into view and gives it the focus, after the page has drawn it.
pub fn focus_soon(id: &str) {
    let id = id.to_owned();
    later(0, move || {
        if let Some(element) = element(&id) {
            element.scroll_into_view();
            if let Err(error) = element.focus() {
                report(&error);
            }
        }
    });
}

/// How far the page is scrolled, in CSS pixels.
pub fn scroll() -> i64 {
    let y = window().and_then(|w| w.scroll_y().ok()).unwrap_or(0.0);
    y.clamp(0.0, f64::from(i32::MAX)) as i64
}

/// Scrolls the page, after it has been drawn.
pub fn scroll_soon(y: i64) {
    later(0, move || {
        if let Some(window) = window() {
            window.scroll_to_with_x_and_y(0.0, y as f64);
        }
    });
}

fn blob_parts(text: &str) -> Array {
    Array::of1(&JsValue::from_str(text))
}

/// Hands a text to the browser for saving as a file.
///
/// # Errors
/// What the browser said.
pub fn download(name: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type("application/json");
    let blob = Blob::new_with_str_sequence_and_options(&blob_parts(text), &options)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let document = document().ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The download has its own hold on the data once the click is through.
    later(60_000, move || {
        if let Err(error) = Url::revoke_object_url(&url) {
            report(&error);
        }
    });
    Ok(())
}

fn share_data(name: &str, text: &str) -> Option<JsValue> {
    let options = FilePropertyBag::new();
    options.set_type("application/json");
    let file = File::new_with_str_sequence_and_options(&blob_parts(text), name, &options).ok()?;
    let data = Object::new();
    Reflect::set(&data, &"files".into(), &Array::of1(&file)).ok()?;
    Some(data.into())
}

fn navigator_method(name: &str) -> Option<(JsValue, Function)> {
    let navigator: JsValue = window()?.navigator().into();
    let method = Reflect::get(&navigator, &name.into())
        .ok()?
        .dyn_into()
        .ok()?;
    Some((navigator, method))
}

/// Can the system's share sheet take a file of this kind?
pub fn can_share(name: &str, text: &str) -> bool {
    let asked = navigator_method("canShare").and_then(|(navigator, can_share)| {
        can_share.call1(&navigator, &share_data(name, text)?).ok()
    });
    asked.and_then(|answer| answer.as_bool()).unwrap_or(false)
}

/// Opens the system's share sheet with a file. A person who closes it has not made an error.
pub async fn share(name: &str, text: &str) {
    let shared = navigator_method("share")
        .and_then(|(navigator, share)| share.call1(&navigator, &share_data(name, text)?).ok());
    if let Some(promise) = shared
        && let Err(error) = JsFuture::from(Promise::resolve(&promise)).await
    {
        report(&error);
    }
}

/// Can the system's share sheet take a link?
pub fn can_send() -> bool {
    navigator_method("share").is_some()
}

/// Opens the system's share sheet with a link. A person who closes it has not made an error.
pub async fn send(url: &str) {
    let data = Object::new();
    let is_set = Reflect::set(&data, &"url".into(), &url.into()).is_ok();
    let shared = navigator_method("share").filter(|_| is_set);
    if let Some(promise) = shared.and_then(|(navigator, share)| share.call1(&navigator, &data).ok())
        && let Err(error) = JsFuture::from(Promise::resolve(&promise)).await
    {
        report(&error);
    }
}

/// Copies a text, or selects it in its field where the browser lets no page copy by itself; says whether it was
/// copied.
pub async fn copy(field: &str, text: &str) -> bool {
    let navigator = window().map(|window| JsValue::from(window.navigator()));
    let clipboard =
        navigator.and_then(|navigator| Reflect::get(&navigator, &"clipboard".into()).ok());
    let write = clipboard.and_then(|clipboard| {
        let write = Reflect::get(&clipboard, &"writeText".into()).ok()?;
        write
            .dyn_into::<Function>()
            .ok()?
            .call1(&clipboard, &text.into())
            .ok()
    });
    let done = match write {
        Some(promise) => JsFuture::from(Promise::resolve(&promise)).await.is_ok(),
        None => false,
    };
    if !done && let Some(field) = element(field).and_then(|e| e.dyn_into::<HtmlInputElement>().ok())
    {
        field.select();
    }
    done
}

/// The files that a person chose at an input, which can be chosen again after that.
pub fn chosen_files(event: &Event) -> Vec<File> {
    let input = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    let files = input.as_ref().and_then(HtmlInputElement::files);
    let files = files.map(|files| (0..).map_while(|place| files.get(place)).collect());
    if let Some(input) = input {
        input.set_value("");
    }
    files.unwrap_or_default()
}

/// The bytes of a file that a person chose, at most `limit` of them and one more.
///
/// # Errors
/// The browser could not read it.
pub async fn read_file(file: &File, limit: usize) -> Result<Vec<u8>, JsValue> {
    let slice = file.slice_with_i32_and_i32(0, i32::try_from(limit + 1).unwrap_or(i32::MAX))?;
    let buffer = JsFuture::from(slice.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// Waits for `millis` milliseconds.
pub async fn pause(millis: i32) {
    let done = Promise::new(&mut |resolve: Function, _: Function| {
        later(millis, move || drop(resolve.call0(&JsValue::UNDEFINED)));
    });
    if let Err(error) = JsFuture::from(done).await {
        report(&error);
    }
}
