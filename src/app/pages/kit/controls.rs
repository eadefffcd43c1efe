//! Fields of the form kit: each shows and changes the value at a pointer, and what the linter says of it.

use leptos::prelude::*;

use super::findings::findings_at;
use super::page::{Editor, control_id};
use crate::app::host;
use crate::app::pages::bind::{bind, bind_with};
use crate::app::pages::day;
use crate::app::parts::{self, El, html, quiet_button};
use crate::app::state::signals::SetIfChanged;
use crate::app::text::fill;
use crate::json::Json;
use crate::kit::Document;
use crate::value::{Date, is_blank};

/// A line of text. Blank, the value is an empty text, or absent where it may be.
pub(super) fn text(e: &Editor, label: &str, pointer: &str, may_lack: bool) -> El {
    let at = pointer.to_owned();
    let write = bind_with(e, move |e: &Editor, text: String| {
        let value = (!may_lack || !is_blank(&text)).then(|| text.into());
        e.set(&at, value);
    });
    let field = parts::text_input(&control_id(pointer), label, e.text(pointer), write);
    with_findings(e, pointer, field)
}

/// A label in both languages.
pub(super) fn label(e: &Editor, legend: &str, pointer: &str, may_lack: bool, is_long: bool) -> El {
    let one = |lang: &'static str, name: &str| {
        let at = pointer.to_owned();
        let write = bind_with(e, move |e: &Editor, text: String| {
            let other = if lang == "vi" { "en" } else { "vi" };
            let other_text = e.text(&format!("{at}/{other}"));
            let mut members = vec![(lang.to_owned(), Json::Text(text.clone()))];
            if !other_text.is_empty() || other == "vi" {
                members.push((other.to_owned(), other_text.clone().into()));
            }
            members.retain(|(own, value)| own == "vi" || value.as_text() != Some(""));
            let is_blank = is_blank(&text) && is_blank(&other_text);
            e.set(&at, (!may_lack || !is_blank).then_some(Json::Object(members)));
        });
        let own = format!("{pointer}/{lang}");
        let words = format!("{legend} – {name}");
        let make = if is_long { parts::lines } else { parts::text_input };
        make(&control_id(&own), &words, e.text(&own), write).class("kit__half")
    };
    let both = html::div()
        .class("kit__pair")
        .child(one("vi", e.page.k.vi))
        .child(one("en", e.page.k.en).attr("lang", e.page.t.lang));
    with_findings(e, pointer, both)
}

/// A whole number within bounds. Blank, the value is absent, or stays where it may not be.
pub(super) fn number(
    e: &Editor,
    name: &str,
    pointer: &str,
    (min, max): (i64, i64),
    may_lack: bool,
) -> El {
    scaled(e, name, pointer, (min, max), 1, may_lack)
}

/// A number in units of one part in `scale`, shown with its decimals: of 10, 25 is shown as 2,5.
pub(super) fn scaled(
    e: &Editor,
    name: &str,
    pointer: &str,
    (min, max): (i64, i64),
    scale: i64,
    may_lack: bool,
) -> El {
    let value = match e.get(pointer) {
        Some(Json::Int(value)) => shown(value, scale),
        _ => String::new(),
    };
    let is_wrong = ArcRwSignal::new(false);
    let (wrong, at) = (is_wrong.clone(), pointer.to_owned());
    let write = bind_with(e, move |e: &Editor, text: String| {
        let read = read(&text, scale).filter(|value| (min..=max).contains(value));
        let is_absent = may_lack && is_blank(&text);
        wrong.set_if_changed(read.is_none() && !is_absent);
        if read.is_some() || is_absent {
            e.set(&at, read.map(Json::Int));
        }
    });
    let words = if scale == 1 { e.page.k.number_bad } else { e.page.k.decimal_bad };
    let bad = fill(words, &[&shown(min, scale), &shown(max, scale)]);
    let fault = move || is_wrong.get().then(|| bad.clone());
    with_findings(e, pointer, parts::number(&control_id(pointer), name, value, fault, write))
}

/// A number of parts with its decimals.
pub(super) fn shown(value: i64, scale: i64) -> String {
    let (sign, value) = if value < 0 { ("−", -value) } else { ("", value) };
    let digits = match scale {
        100 => 2,
        10 => 1,
        // Half points are five tenths.
        2 => return format!("{sign}{}{}", value / 2, if value % 2 == 1 { ",5" } else { "" }),
        _ => return format!("{sign}{value}"),
    };
    let (whole, part) = (value / scale, value % scale);
    let decimals = format!("{part:0digits$}");
    let decimals = decimals.trim_end_matches('0');
    if decimals.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole},{decimals}") }
}

/// Reads a number with decimals as parts; `None` where it is none, or is finer than the parts.
fn read(text: &str, scale: i64) -> Option<i64> {
    let text = text.trim().replace('−', "-").replace('.', ",");
    let (sign, text) = text.strip_prefix('-').map_or((1, &text[..]), |text| (-1, text));
    let (whole, part) = text.split_once(',').unwrap_or((text, ""));
    let is_digits = |text: &str| text.len() < 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !is_digits(whole) || !is_digits(part) || part.len() > 6 {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let unit = 10_i64.pow(u32::try_from(part.len()).ok()?);
    let part: i64 = if part.is_empty() { 0 } else { part.parse().ok()? };
    let parts = part * scale;
    (parts % unit == 0).then(|| sign * (whole * scale + parts / unit))
}

/// A tick for a member that is false where it is absent.
pub(super) fn tick(e: &Editor, name: &str, pointer: &str) -> El {
    let is_set = bind(e, {
        let at = pointer.to_owned();
        move |e: &Editor| {
            e.open.changed.track();
            e.get(&at) == Some(Json::Bool(true))
        }
    });
    let at = pointer.to_owned();
    let set = bind_with(e, move |e: &Editor, ticked: bool| {
        e.set(&at, ticked.then_some(Json::Bool(true)));
    });
    parts::tick(&control_id(pointer), name, is_set, set)
}

/// A choice among words of the format. What is shown is drawn anew.
pub(super) fn choice(e: &Editor, name: &str, pointer: &str, options: &[(&str, &str)]) -> El {
    let at = pointer.to_owned();
    let choose = bind_with(e, move |e: &Editor, value: String| {
        let id = control_id(&at);
        e.change(|document| document.set(&at, Some(value.into())));
        host::focus_soon(&id);
    });
    let options = options.iter().map(|(id, words)| ((*id).to_owned(), (*words).to_owned()));
    let id = control_id(pointer);
    let field = parts::choice(&id, name, options.collect(), &e.text(pointer), None, choose);
    with_findings(e, pointer, field)
}

/// A day; blank, it is `null`.
pub(super) fn day(e: &Editor, name: &str, pointer: &str) -> El {
    let at = pointer.to_owned();
    let set = bind_with(e, move |e: &Editor, day: Option<Date>| {
        let value = day.map_or(Json::Null, |day| day.to_string().into());
        e.set(&at, Some(value));
    });
    let value = Date::parse(&e.text(pointer));
    let field = day::of(e.page.t, &control_id(pointer), name, value, set);
    with_findings(e, pointer, field)
}

/// Ids in a list of texts, separated by commas.
pub(super) fn ids(e: &Editor, name: &str, pointer: &str) -> El {
    let now = e.look(|document| {
        let all: Vec<_> =
            document.list(pointer).iter().filter_map(Json::as_text).map(str::to_owned).collect();
        all.join(", ")
    });
    let at = pointer.to_owned();
    let write = bind_with(e, move |e: &Editor, text: String| {
        let ids = text.split([',', ';', ' ']).map(str::trim).filter(|id| !id.is_empty());
        e.set(&at, Some(ids.map(Json::from).collect::<Vec<_>>().into()));
    });
    with_findings(e, pointer, parts::text_input(&control_id(pointer), name, now, write))
}

/// A field with what the linter says of its value.
pub(super) fn with_findings(e: &Editor, pointer: &str, field: El) -> El {
    html::div().class("kit__field").child(field).child(findings_at(e, pointer))
}

/// The button that adds an element to a list, and goes to its first field.
pub(super) fn add(
    e: &Editor,
    words: &str,
    list: &str,
    make: impl Fn(&Document) -> Json + Clone + 'static,
) -> El {
    let at = list.to_owned();
    let run = bind(e, move |e: &Editor| {
        let index = e.count(&at);
        let new = e.look(|document| make(document));
        e.change(|document| document.change(&at, |edit| edit.push(&at, new)));
        host::focus_soon(&control_id(&format!("{at}/{index}/label/vi")));
    });
    quiet_button("quiet", words, run).test_id(&format!("{}-add", control_id(list)))
}

/// The buttons that move an element of a list and remove it. `remove` is what removing it means.
pub(super) fn moving(
    e: &Editor,
    list: &str,
    index: usize,
    name: &str,
    remove: impl Fn(&mut Document) + Clone + 'static,
) -> El {
    let k = e.page.k;
    let last = e.count(list).saturating_sub(1);
    let id = format!("{}-{index}", control_id(list));
    let shift = |words: &'static str, step: isize, end: &'static str| {
        let to = index.saturating_add_signed(step);
        let at = list.to_owned();
        // A button at the end cannot be pressed again, nor focused.
        let next = match to {
            0 => "down",
            to if to == last => "up",
            _ => end,
        };
        let focus = format!("{}-{to}-{next}", control_id(list));
        let run = bind(e, move |e: &Editor| {
            e.change(|document| document.change(&at, |edit| edit.shift(&at, index, to)));
            host::focus_soon(&focus);
        });
        let is_end = if step < 0 { index == 0 } else { index == last };
        quiet_button("plain", words, run)
            .id(&format!("{id}-{end}"))
            .test_id(&format!("{id}-{end}"))
            .attr("aria-label", &format!("{words}: {name}"))
            .attr_if(is_end, "disabled", "")
    };
    let gone = bind(e, {
        let (at, name) = (list.to_owned(), name.to_owned());
        move |e: &Editor| {
            e.change(|document| remove(document));
            e.open.said.set(fill(e.page.k.removed, &[&name]));
            host::focus_soon(&format!("{}-add", control_id(&at)));
        }
    });
    html::div()
        .class("row kit__moving")
        .child(shift(k.move_up, -1, "up"))
        .child(shift(k.move_down, 1, "down"))
        .child(
            quiet_button("plain", k.remove, gone)
                .test_id(&format!("{id}-remove"))
                .attr("aria-label", &format!("{}: {name}", k.remove)),
        )
}

/// Removes the element of a list that nothing else names.
pub(super) fn plain_removal(list: &str, index: usize) -> impl Fn(&mut Document) + Clone + use<> {
    let list = list.to_owned();
    move |document| document.change(&list, |edit| edit.remove(&list, index))
}
