//! Clocks: the one that people read, and one that never goes back.

use js_sys::Date as JsDate;
use wasm_bindgen::JsValue;

use super::window;
use crate::value::{Date, Instant};

/// The time now.
pub fn now() -> Instant {
    // Milliseconds of any real clock fit; the cut to whole seconds is the format's.
    Instant::from_unix((JsDate::now() / 1000.0) as i64)
}

/// The milliseconds of the clock that people read, for measuring how long something takes.
pub fn millis() -> f64 {
    JsDate::now()
}

/// Milliseconds of a clock that never goes back, whatever people do to the other one (High Resolution Time, W3C).
pub fn monotonic() -> u64 {
    let now = window().and_then(|window| window.performance());
    // Milliseconds since the page was opened: a fraction is cut.
    now.map_or_else(millis, |clock| clock.now()) as u64
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
