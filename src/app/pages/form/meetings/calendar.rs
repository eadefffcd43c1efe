//! The months of the period, and which of them have a sheet.

use std::rc::Rc;

use super::sheets::{Sheets, State};
use crate::app::host;
use crate::app::pages::bind::bind;
use crate::app::parts::{self, El, fold, hint, html, link_button, problem};
use crate::app::state::route::Route;
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::session::{Meetings, Month, MonthState, Sheet};

/// The calendar, or why there is none.
pub fn calendar(sheets: &Rc<Sheets>, t: &'static Text) -> El {
    html::div().live(bind(sheets, move |sheets| {
        let m = t.later().meetings;
        match sheets.state() {
            State::Awaited => vec![hint(m.reading)],
            State::Failed(error) => vec![problem(&wording::store_error(t, &error))],
            State::NoUnit => vec![hint(m.no_unit)],
            State::Here(meetings) => months(t, &meetings),
        }
    }))
}

fn months(t: &'static Text, meetings: &Meetings) -> Vec<El> {
    let m = t.later().meetings;
    let all = meetings.months().count();
    if all == 0 {
        // The period is one month now.
        return Vec::new();
    }
    let counted = meetings.months().filter(|own| own.1 == MonthState::One).count();
    let has_none = meetings.months().all(|own| own.1 == MonthState::None);
    let summary = fill(m.calendar, &[&counted.to_string(), &all.to_string()]);
    let heads = vec![parts::column(m.col_month), parts::column(m.col_sheets)];
    let rows = meetings.months().map(|own| row(t, own)).collect();
    vec![
        html::h3().text(m.title),
        fold(&summary)
            .test_id("meeting-calendar")
            .child(hint(m.calendar_say))
            .child(parts::table("table", heads, rows)),
    ]
    .into_iter()
    .chain(has_none.then(|| hint(m.none)))
    .collect()
}

fn row(t: &'static Text, (month, state, sheets): (Month, MonthState, &[Sheet])) -> El {
    let m = t.later().meetings;
    let [none, unfinished, one, several] = m.states;
    let (word, words) = match state {
        MonthState::None => ("none", none),
        MonthState::Unfinished => ("unfinished", unfinished),
        MonthState::One => ("one", one),
        MonthState::Several => ("several", several),
    };
    let name = fill(t.month, &[&month.month.to_string(), &month.year.to_string()]);
    let cell = html::td().child(html::p().text(words));
    parts::row(&name)
        .test_id(&format!("meeting-{}-{:02}", month.year, month.month))
        .attr("data-state", word)
        .child(cell.children(sheets.iter().map(|own| sheet(t, &name, own))))
}

fn sheet(t: &'static Text, month: &str, own: &Sheet) -> El {
    let m = t.later().meetings;
    let words = if own.is_finished() { m.sheet_done } else { m.sheet_open };
    let form = own.form();
    let words = fill(words, &[&host::local_text(form.updated)]);
    let link = link_button("plain", &words, &Route::form(&form.id));
    html::p().child(link.attr("aria-label", &format!("{words} – {month}")))
}
