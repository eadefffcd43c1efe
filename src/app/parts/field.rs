//! Labelled fields: numbers, texts, dates, choices, ticks, files.

use leptos::prelude::untrack;

use crate::app::host::Event;
use crate::app::parts::limit::limited;
use crate::app::parts::{El, html};

/// The label of a field, to which the field is added.
pub fn labelled(id: &str, label: &str) -> El {
    html::label().class("field").attr("for", id).child(html::span().text(label))
}

/// An input of a kind, without a label.
pub fn input(kind: &str, id: &str) -> El {
    html::input()
        .attr("type", kind)
        .attr("autocomplete", "off")
        .attr("enterkeyhint", "next")
        .id(id)
        .test_id(id)
}

/// A field for a whole number, as text: `fault` is the error of the current text.
pub fn number(
    id: &str,
    label: &str,
    value: String,
    fault: impl Fn() -> Option<String> + Clone + 'static,
    write: impl Fn(String) + 'static,
) -> El {
    let (input, error) = checked(id, value, fault, write);
    labelled(id, label).child(input).child(error)
}

/// The input of a text that may be wrong, and its error.
fn checked(
    id: &str,
    value: String,
    fault: impl Fn() -> Option<String> + Clone + 'static,
    write: impl Fn(String) + 'static,
) -> (El, El) {
    let error_id = format!("{id}-error");
    let (is_wrong, is_right) = (fault.clone(), fault.clone());
    let input = input("text", id)
        .attr("inputmode", "numeric")
        .attr("maxlength", "100")
        .attr("aria-describedby", &error_id)
        .attr_live("aria-invalid", move || is_wrong().is_some().then(|| "true".to_owned()))
        .value(value)
        .on_value("input", write);
    let error = html::span()
        .id(&error_id)
        .test_id(&error_id)
        .attr("role", "alert")
        .class("field__error")
        .hidden_live(move || is_right().is_none())
        .text_live(move || fault().unwrap_or_default());
    (input, error)
}

/// The browser's own calendar beside a field for a day.
pub struct Calendar {
    /// What its button is called.
    pub words: &'static str,
    /// How a day is written, in the empty field.
    pub written: &'static str,
    /// Opens the calendar with this id.
    pub open: Box<dyn Fn(&str)>,
    /// Takes the day that was picked, `YYYY-MM-DD`, or nothing.
    pub pick: Box<dyn Fn(String)>,
}

/// A field for a day as text, with a calendar: `fault` is the error of the current text, `warning` what is odd about
/// the day.
pub fn day(
    id: &str,
    label: &str,
    value: String,
    fault: impl Fn() -> Option<String> + Clone + 'static,
    warning: impl Fn() -> Option<String> + Clone + 'static,
    calendar: Calendar,
    write: impl Fn(String) + 'static,
) -> El {
    let (input, error) = checked(id, value, fault, write);
    let calendar_id = format!("{id}-calendar");
    let name = html::label().attr("for", id).text(label);
    // Not for the keyboard and readers of the screen: they type the day, and its button opens it.
    let native = html::input()
        .attr("type", "date")
        .id(&calendar_id)
        .class("day__calendar")
        .attr("tabindex", "-1")
        .attr("aria-hidden", "true")
        .attr("min", "1900-01-01")
        .attr("max", "2100-12-31")
        .on_value("change", calendar.pick);
    let open = calendar.open;
    let button = html::button()
        .attr("type", "button")
        .class("day__open")
        .attr("aria-label", &format!("{}: {label}", calendar.words))
        .attr("title", calendar.words)
        .on_click(move || open(&calendar_id))
        .child(html::span().attr("aria-hidden", "true").class("day__icon"));
    let is_usual = warning.clone();
    let odd = html::span()
        .attr("role", "status")
        .class("field__warning")
        .test_id(&format!("{id}-warning"))
        .hidden_live(move || is_usual().is_none())
        .text_live(move || warning().unwrap_or_default());
    let input = input.class("day__text").attr("placeholder", calendar.written);
    html::div()
        .class("field field--day")
        .child(name)
        .child(html::span().class("day").child(input).child(button).child(native))
        .child(error)
        .child(odd)
}

/// A field for one line of text.
pub fn text_input(id: &str, label: &str, value: String, write: impl Fn(String) + 'static) -> El {
    limited(labelled(id, label), input("text", id), value, true, write)
}

/// A field for several lines of text.
pub fn lines(id: &str, label: &str, value: String, write: impl Fn(String) + 'static) -> El {
    let area = html::textarea().attr("rows", "3").id(id).test_id(id);
    limited(labelled(id, label), area, value, false, write)
}

/// A box to tick.
pub fn tick(
    id: &str,
    label: &str,
    is_ticked: impl Fn() -> bool + Clone + 'static,
    set: impl Fn(bool) + 'static,
) -> El {
    let was = is_ticked.clone();
    let input = html::input()
        .attr("type", "checkbox")
        .test_id(id)
        .checked_live(is_ticked)
        .on("change", move |_| set(!untrack(&was)));
    html::label().class("check").child(input).child(html::span().text(label))
}

/// A button that lets a person choose files.
pub fn files(id: &str, label: &str, kinds: &str, take: impl Fn(Event) + 'static) -> El {
    let input = html::input()
        .attr("type", "file")
        .attr("accept", kinds)
        .attr("multiple", "")
        .test_id(id)
        .on("change", take);
    html::label().class("btn btn--quiet fileload").text(label).child(input)
}

/// A choice among labelled values; `blank` labels none.
pub fn choice(
    id: &str,
    label: &str,
    options: Vec<(String, String)>,
    value: &str,
    blank: Option<&'static str>,
    choose: impl Fn(String) + 'static,
) -> El {
    let option = |own: &str, words: &str| {
        html::option().attr("value", own).attr_if(own == value, "selected", "").text(words)
    };
    let select = html::select()
        .id(id)
        .test_id(id)
        .maybe(blank.map(|words| option("", words)))
        .children(options.iter().map(|(own, words)| option(own, words)))
        .on_value("change", choose);
    labelled(id, label).child(select)
}
