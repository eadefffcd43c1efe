//! The keys of others: comparing check codes, trusting, revoking, and the log.

use crate::app::pages::day;
use leptos::prelude::*;
use std::rc::Rc;

use super::{Doing, Keys, Run, told};
use crate::app::actions::keys;
use crate::app::pages::bind::{bind, bind_with};
use crate::app::pages::home::file_button;
use crate::app::parts::{El, fold, hint, html, named, quiet_button};
use crate::app::state::signals::SetIfChanged;
use crate::app::text::fill;
use crate::app::{host, parts, wording};
use crate::store::{Deed, DeedAt, TrustRecord};
use crate::value::{CODE_SIGNS, Date, code_signs, is_code};

/// The section of the keys of others.
pub(super) fn section(page: &Rc<Keys>) -> El {
    let t = page.t;
    let list = bind(page, move |page| match page.others.get() {
        None => Vec::new(),
        Some(others) if others.is_empty() => {
            vec![html::p().test_id("trust-list").text(t.later().others_none)]
        }
        Some(others) => {
            let search = host::lower_case(&page.search.get());
            let is_found = |record: &TrustRecord| {
                let unit = host::lower_case(&record.unit);
                let code = host::lower_case(&record.key.check_code());
                unit.contains(&search) || record.added.is_some() && code.contains(&search)
            };
            let found: Vec<_> = others.into_iter().filter(is_found).collect();
            let count = found.len().to_string();
            let rows = found.into_iter().map(|record| row(page, record));
            vec![
                hint(&fill(t.later().others_count, &[&count])),
                html::ul().class("list").test_id("trust-list").children(rows),
            ]
        }
    });
    let search =
        bind_with(page, |page, text: String| page.search.set_if_changed(host::normal(&text)));
    let search = parts::text_input("trust-search", t.later().others_search, String::new(), search);
    let save = bind(page, |page| {
        let list = TrustRecord::list(&page.others.get_untracked().unwrap_or_default());
        let name = format!("bontot_khoa-tin-cay_{}.json", host::today());
        page.app.save_file(&name, &list.to_text());
    });
    let save = quiet_button("quiet", t.later().trust_export, save).test_id("trust-export");
    parts::sheet("others-title", t.later().others_title)
        .child(html::p().text(t.later().others_say))
        .child(html::div().class("row").child(file_button(page.app, t)).child(save))
        .child(search)
        .child(html::div().live_one(bind(page, trust_all)))
        .child(html::div().live(list))
}

/// Trusts all keys from a list or a backup at once, if the person knows its source.
fn trust_all(page: &Rc<Keys>) -> Option<El> {
    let t = page.t;
    let others = page.others.get()?.into_iter();
    let listed: Vec<TrustRecord> = others
        .filter(|record| record.added.is_none() && record.revoked.is_none())
        .filter(|record| {
            let first = record.deeds.first();
            first.is_some_and(|first| first.did == Deed::Listed)
        })
        .collect();
    if listed.is_empty() {
        return None;
    }
    let words = fill(t.later().trust_all, &[&listed.len().to_string()]);
    if page.doing.get() != Doing::TrustAll {
        let ask = quiet_button("quiet", &words, bind(page, |page| page.begin(Doing::TrustAll)));
        return Some(html::p().class("row").child(ask.test_id("trust-all")));
    }
    // Every key that becomes trusted, so that the list can be held against the one on paper.
    let line = |record: &TrustRecord| {
        let code = html::span().class("code").text(&record.key.check_code());
        let name = html::bdi().text(&wording::name(t, &record.unit));
        html::li().child(name).text(" – ").child(code)
    };
    let lines = html::ul().class("bullets").test_id("trust-all-keys");
    let fields = vec![
        html::p().text(&words),
        lines.children(listed.iter().map(line)),
        html::p().text(t.later().trust_all_say),
    ];
    let listed: Vec<String> = listed.iter().map(|record| record.key.kid()).collect();
    Some(page.form("trust-all-form", fields, t.later().trust_go, move |page| {
        let (app, t, listed) = (page.app, page.t, listed.clone());
        page.run(async move {
            for kid in listed {
                told(t, app.device.trust_listed_key(&kid).await)?;
            }
            keys::forget_that_it_waits(app);
            Ok(())
        });
    }))
}

fn row(page: &Rc<Keys>, record: TrustRecord) -> El {
    let t = page.t;
    let name = wording::name(t, &record.unit);
    let kid = record.key.kid();
    let is_unproved = page.unproved.get().contains(&kid);
    let state = match (record.added, record.revoked) {
        (_, Some(day)) => ("revoked", fill(t.later().trust_revoked, &[&wording::day(day)])),
        (Some(day), None) => ("trusted", fill(t.later().trust_since, &[&wording::day(day)])),
        (None, None) if is_unproved && page.app.state.open_key.get().is_empty() => {
            ("unproved", t.later().trust_unproved.to_owned())
        }
        (None, None) if is_unproved => ("unproved", t.later().trust_other_proof.to_owned()),
        (None, None) => ("waiting", t.later().trust_waits.to_owned()),
    };
    // The code stays hidden until it is compared: it is typed as the other person says it.
    let code = record.added.map(|_| {
        let code = html::span().class("code").as_is().text(&record.key.check_code());
        named(t.later().check_code, code)
    });
    let deeds = record.deeds.iter().map(|DeedAt { at, did }| {
        let did = wording::word_of(Deed::ALL, *did, &t.later().deeds);
        html::li().class("small").text(&format!("{} – {did}", host::local_text(*at)))
    });
    // Trusted with its whole list: nobody compared its code.
    let is_compared = record.deeds.iter().any(|deed| deed.did == Deed::Trusted);
    let uncompared = record.added.filter(|_| !is_compared).map(|day| {
        html::p()
            .test_id("trust-uncompared")
            .text(&fill(t.later().trust_uncompared, &[&wording::day(day)]))
    });
    let deeds = html::ul().class("bullets").children(deeds);
    let head = html::li()
        .test_id("trust-row")
        .attr("data-state", state.0)
        .child(html::h3().child(html::bdi().text(&name)))
        .child(html::p().text(&state.1))
        .maybe(uncompared)
        .maybe(code)
        .child(fold(t.later().trust_history).child(deeds));
    let own = Rc::new((page.clone(), record));
    let doing = bind(&own, |own| doing(&own.0, &own.1));
    let actions = bind(&own, move |own| actions(&own.0, &own.1, &name));
    head.child(html::p().class("row").live(actions)).child(html::div().live_one(doing))
}

fn actions(page: &Rc<Keys>, record: &TrustRecord, name: &str) -> Vec<El> {
    let t = page.t;
    let kid = record.key.kid();
    let act = |words, id, run: Run| page.act(words, id, name, run);
    let begin = |doing: Doing| -> Run { Box::new(move |page| page.begin(doing.clone())) };
    match (record.added, record.revoked) {
        (_, Some(_)) => {
            let restore: Run = Box::new(move |page| {
                let (app, t, kid) = (page.app, page.t, kid.clone());
                page.run(async move { told(t, app.device.revoke_key(&kid, None).await) });
            });
            vec![act(t.later().trust_restore, "trust-restore", restore)]
        }
        (Some(_), None) => {
            vec![act(t.later().trust_revoke, "trust-revoke", begin(Doing::Revoke(kid)))]
        }
        (None, None) => {
            let dropped = kid.clone();
            let drop: Run = Box::new(move |page| {
                let (app, t, kid) = (page.app, page.t, dropped.clone());
                page.run(async move { told(t, keys::drop_waiting(app, &kid).await) });
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
    match page.doing.get() {
        Doing::Compare(of) if of == kid => {
            let (label, write) = (t.later().compare_code, page.typing(""));
            let fields = vec![
                html::p().text(t.later().compare_say),
                parts::text_input("trust-code", label, String::new(), write),
            ];
            let code = record.key.check_code();
            Some(page.form("trust-form", fields, t.later().trust_go, move |page| {
                let (app, t, kid) = (page.app, page.t, kid.clone());
                let typed = page.typed.borrow().clone();
                if is_code(&typed, &code) {
                    page.run(async move { told(t, keys::trust(app, &kid).await) });
                } else {
                    let is_part = code_signs(&typed).chars().count() < CODE_SIGNS;
                    let words =
                        if is_part { t.later().compare_part } else { t.later().compare_differs };
                    page.fault.set_if_changed(words.to_owned());
                    host::focus_soon("trust-code");
                }
            }))
        }
        Doing::Revoke(of) if of == kid => {
            let today = host::today();
            let (label, write) = (t.later().revoke_from, page.typing(&today.to_string()));
            let set =
                move |day: Option<Date>| write(day.map(|d| d.to_string()).unwrap_or_default());
            let fields = vec![
                html::p().text(t.later().revoke_say),
                day::of(t, "trust-revoke-from", label, Some(today), set),
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
