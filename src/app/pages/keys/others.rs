//! The keys of others: comparing check codes, trusting, revoking, and the log.

use leptos::prelude::*;
use std::rc::Rc;

use super::{Doing, Keys};
use crate::app::host;
use crate::app::pages::home::file_button;
use crate::app::parts;
use crate::app::parts::element::El;
use crate::app::parts::html;
use crate::app::parts::quiet_button;
use crate::app::state::signals::SetIfChanged;
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::store::{Deed, DeedAt, StoreError, TrustRecord};
use crate::value::{Date, is_blank, is_code, plain};

/// The section of the keys of others.
pub(super) fn section(page: &Rc<Keys>) -> El {
    let t = page.t;
    let (listed, searching, saved, all) = (page.clone(), page.clone(), page.clone(), page.clone());
    let list = move || match listed.others.get() {
        None => Vec::new(),
        Some(others) if others.is_empty() => {
            vec![html::p().test_id("trust-list").text(t.later().others_none)]
        }
        Some(others) => {
            let search = host::lower_case(&listed.search.get());
            let is_found = |record: &TrustRecord| {
                let unit = host::lower_case(&record.unit);
                let code = host::lower_case(&record.key.check_code());
                unit.contains(&search) || record.added.is_some() && code.contains(&search)
            };
            let found: Vec<_> = others.into_iter().filter(is_found).collect();
            let count = found.len().to_string();
            let rows = found.into_iter().map(|record| row(&listed, record));
            vec![
                html::p().class("quiet small").text(&fill(t.later().others_count, &[&count])),
                html::ul().class("list").test_id("trust-list").children(rows),
            ]
        }
    };
    let search =
        parts::text_input("trust-search", t.later().others_search, String::new(), move |text| {
            searching.search.set_if_changed(host::normal(&text));
        });
    let save = quiet_button("quiet", t.later().trust_export, move || {
        let list = TrustRecord::list(&saved.others.get_untracked().unwrap_or_default());
        let name = format!("bontot_khoa-tin-cay_{}.json", host::today());
        saved.app.save_file(&name, &list.to_text());
    });
    html::section()
        .class("sheet")
        .attr("aria-labelledby", "others-title")
        .child(html::h2().id("others-title").text(t.later().others_title))
        .child(html::p().text(t.later().others_say))
        .child(
            html::div()
                .class("row")
                .child(file_button(page.app, t))
                .child(save.test_id("trust-export")),
        )
        .child(search)
        .child(html::div().live_one(move || trust_all(&all)))
        .child(html::div().live(list))
}

/// Trusts all keys from a list or a backup at once, if the person knows its source.
fn trust_all(page: &Rc<Keys>) -> Option<El> {
    let t = page.t;
    let others = page.others.get()?.into_iter();
    let listed: Vec<String> = others
        .filter(|record| record.added.is_none())
        .filter(|record| {
            let first = record.deeds.first();
            first.is_some_and(|first| first.did == Deed::Listed)
        })
        .map(|record| record.key.kid())
        .collect();
    if listed.is_empty() {
        return None;
    }
    let words = fill(t.later().trust_all, &[&listed.len().to_string()]);
    if page.doing.get() != Doing::TrustAll {
        let own = page.clone();
        let ask = quiet_button("quiet", &words, move || own.begin(Doing::TrustAll));
        return Some(html::p().class("row").child(ask.test_id("trust-all")));
    }
    let fields = vec![html::p().text(&words), html::p().text(t.later().trust_all_say)];
    Some(page.form("trust-all-form", fields, t.later().trust_go, move |page| {
        let (app, t, listed) = (page.app, page.t, listed.clone());
        page.run(async move {
            for kid in listed {
                told(t, app.device.trust_key(&kid).await)?;
            }
            Ok(())
        });
    }))
}

fn told(t: &Text, done: Result<(), StoreError>) -> Result<(), String> {
    done.map_err(|error| wording::store_error(t, &error))
}

fn row(page: &Rc<Keys>, record: TrustRecord) -> El {
    let t = page.t;
    let name = if is_blank(&record.unit) {
        t.unnamed.to_owned()
    } else {
        plain(&record.unit).into_owned()
    };
    let state = match (record.added, record.revoked) {
        (_, Some(day)) => ("revoked", fill(t.later().trust_revoked, &[&wording::day(day)])),
        (Some(day), None) => ("trusted", fill(t.later().trust_since, &[&wording::day(day)])),
        (None, None) => ("waiting", t.later().trust_waits.to_owned()),
    };
    // The code stays hidden until it is compared: it is typed as the other person says it.
    let code = record.added.map(|_| {
        html::p()
            .text(t.later().check_code)
            .text(": ")
            .child(html::span().class("code").text(&record.key.check_code()))
    });
    let deeds = record.deeds.iter().map(|DeedAt { at, did: deed }| {
        let (time, date) = host::local(*at);
        let words = format!("{time} {date} – {}", deed_words(t, *deed));
        html::li().class("small").text(&words)
    });
    let (acts, asked) = (page.clone(), page.clone());
    let (own, known) = (record.clone(), record.clone());
    html::li()
        .test_id("trust-row")
        .attr("data-state", state.0)
        .child(html::h3().child(html::bdi().text(&name)))
        .child(html::p().text(&state.1))
        .maybe(code)
        .child(
            html::details()
                .child(html::summary().text(t.later().trust_history))
                .child(html::ul().class("bullets").children(deeds)),
        )
        .child(html::p().class("row").live(move || actions(&acts, &own, &name)))
        .child(html::div().live_one(move || doing(&asked, &known)))
}

fn deed_words(t: &Text, deed: Deed) -> &'static str {
    let place = Deed::ALL.iter().position(|own| *own == deed);
    let words = place.and_then(|place| t.later().deeds.get(place));
    words.copied().unwrap_or_default()
}

fn actions(page: &Rc<Keys>, record: &TrustRecord, name: &str) -> Vec<El> {
    let t = page.t;
    let kid = record.key.kid();
    let act = |words: &'static str, id: &'static str, run: Box<dyn Fn()>| {
        quiet_button("quiet", words, run)
            .test_id(id)
            .attr("aria-label", &format!("{words}: {name}"))
    };
    let begin = |doing: Doing| -> Box<dyn Fn()> {
        let page = page.clone();
        Box::new(move || page.begin(doing.clone()))
    };
    match (record.added, record.revoked) {
        (_, Some(_)) => {
            let (page, kid) = (page.clone(), kid);
            let restore: Box<dyn Fn()> = Box::new(move || {
                let (app, t, kid) = (page.app, page.t, kid.clone());
                page.run(async move { told(t, app.device.revoke_key(&kid, None).await) });
            });
            vec![act(t.later().trust_restore, "trust-restore", restore)]
        }
        (Some(_), None) => {
            vec![act(t.later().trust_revoke, "trust-revoke", begin(Doing::Revoke(kid)))]
        }
        (None, None) => {
            let (own, dropped) = (page.clone(), kid.clone());
            let drop: Box<dyn Fn()> = Box::new(move || {
                let (app, t, kid) = (own.app, own.t, dropped.clone());
                own.run(async move { told(t, app.device.drop_waiting_key(&kid).await) });
            });
            vec![
                act(t.later().trust_compare, "trust-compare", begin(Doing::Compare(kid))),
                act(t.later().trust_drop, "trust-drop", drop),
            ]
        }
    }
}

fn doing(page: &Rc<Keys>, record: &TrustRecord) -> Option<El> {
    let t = page.t;
    let kid = record.key.kid();
    let typed = |id: &'static str, label: &str, value: &str, is_day: bool| {
        page.typed.replace(value.to_owned());
        let own = page.clone();
        let write = move |text: String| drop(own.typed.replace(text));
        if is_day {
            parts::date(id, label, value.to_owned(), write)
        } else {
            parts::text_input(id, label, value.to_owned(), write)
        }
    };
    match page.doing.get() {
        Doing::Compare(of) if of == kid => {
            let fields = vec![
                html::p().text(t.later().compare_say),
                typed("trust-code", t.later().compare_code, "", false),
            ];
            let code = record.key.check_code();
            Some(page.form("trust-form", fields, t.later().trust_go, move |page| {
                let (app, t, kid) = (page.app, page.t, kid.clone());
                if is_code(&page.typed.borrow(), &code) {
                    page.run(async move { told(t, app.device.trust_key(&kid).await) });
                } else {
                    page.fault.set_if_changed(t.later().compare_differs.to_owned());
                    host::focus_soon("trust-code");
                }
            }))
        }
        Doing::Revoke(of) if of == kid => {
            let today = host::today().to_string();
            let fields = vec![
                html::p().text(t.later().revoke_say),
                typed("trust-revoke-from", t.later().revoke_from, &today, true),
            ];
            Some(page.form("trust-revoke-form", fields, t.later().trust_revoke, move |page| {
                let (app, t, kid) = (page.app, page.t, kid.clone());
                match Date::parse(&page.typed.borrow()) {
                    Some(day) => page
                        .run(async move { told(t, app.device.revoke_key(&kid, Some(day)).await) }),
                    None => {
                        page.fault.set_if_changed(t.later().revoke_no_day.to_owned());
                        host::focus_soon("trust-revoke-from");
                    }
                }
            }))
        }
        _ => None,
    }
}
