//! The wall clock and the monotonic clock.

use js_sys::Date as JsDate;
use wasm_bindgen::JsValue;
use web_sys::Performance;

use super::window;
use crate::value::{Date, Instant};

/// The time.
pub fn now() -> Instant {
    // Any real clock fits in `i64`; the format has whole seconds.
    Instant::from_unix((JsDate::now() / 1000.0) as i64)
}

/// Milliseconds of the wall clock, for measuring durations.
pub fn millis() -> f64 {
    JsDate::now()
}

thread_local! {
    /// The monotonic clock: finding it takes longer than reading it, and each answer reads it.
    static CLOCK: Option<Performance> = window().and_then(|window| window.performance());
}

/// Milliseconds of the monotonic clock (High Resolution Time, W3C).
pub fn monotonic() -> u64 {
    // Milliseconds since the page opened, without fraction.
    CLOCK.with(|clock| clock.as_ref().map_or_else(millis, Performance::now)) as u64
}

/// Today in local time.
pub fn today() -> Date {
    let date = JsDate::new_0();
    let year = u16::try_from(date.get_full_year()).unwrap_or(2026);
    let month = u8::try_from(date.get_month() + 1).unwrap_or(1);
    let day = u8::try_from(date.get_date()).unwrap_or(1);
    Date::new(year, month, day).unwrap_or_else(|| now().date())
}

/// An instant in local time, in one text.
pub fn local_text(instant: Instant) -> String {
    let (time, date) = local(instant);
    format!("{time} {date}")
}

/// An instant in local time: hours and minutes; day, month and year.
pub fn local(instant: Instant) -> (String, String) {
    let date = JsDate::new(&JsValue::from_f64(instant.unix() as f64 * 1000.0));
    (
        format!("{:02}:{:02}", date.get_hours(), date.get_minutes()),
        format!("{:02}/{:02}/{}", date.get_date(), date.get_month() + 1, date.get_full_year()),
    )
}
