//! One item: what is asked, its fields, its rules, its points, its checks, and which units it is for.

use super::applies::applies;
use super::checks::checks;
use super::controls::{add, choice, ids, label, moving, number, plain_removal, scaled, text, tick};
use super::page::{Editor, control_id, to_criteria};
use super::rule::{self, Scope};
use super::units::id_field;
use crate::app::host;
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{self, El, html, quiet_button};
use crate::json::Json;
use crate::kit::{Kind, free_id, remove, rename_field};
use crate::pack::FIELD_LIMIT;

pub(super) fn view(e: &Editor, index: usize) -> Vec<El> {
    let k = e.page.k;
    let at = format!("/items/{index}");
    let scope = Scope { item: Some(index) };
    let title = format!("{} {}", k.item, e.text(&format!("{at}/id")));
    let criteria: Vec<(String, String)> = (0..e.count("/criteria"))
        .map(|n| format!("/criteria/{n}"))
        .map(|own| (e.text(&format!("{own}/id")), e.name(&own)))
        .collect();
    let criteria: Vec<_> = criteria.iter().map(|(id, name)| (&id[..], &name[..])).collect();
    let gone = bind(e, move |e: &Editor| {
        e.change(|document| remove(document, Kind::Item, index));
        e.page.kit.go(&e.open, "criteria");
        host::focus_soon("kit-part-title");
    });
    let mut all = vec![
        html::p().class("row").child(to_criteria(e)),
        html::h2().id("kit-part-title").attr("tabindex", "-1").text(&title),
        label(e, k.label, &format!("{at}/label"), false, false),
        html::div().class("kit__pair").child(id_field(e, Kind::Item, index)).child(choice(
            e,
            k.criterion,
            &format!("{at}/criterion"),
            &criteria,
        )),
        label(e, k.help, &format!("{at}/help"), true, true),
        ids(e, k.source, &format!("{at}/source")),
        choice(
            e,
            k.evidence,
            &format!("{at}/evidence"),
            &[
                ("none", k.evidence_kinds[0]),
                ("optional", k.evidence_kinds[1]),
                ("required", k.evidence_kinds[2]),
            ],
        ),
        tick(e, k.mandatory, &format!("{at}/mandatory")),
        tick(e, k.may_skip, &format!("{at}/may_skip")),
        tick(e, k.overridable, &format!("{at}/override")),
        html::h3().text(k.fields),
        html::ol()
            .class("kit__list")
            .children((0..e.count(&format!("{at}/fields"))).map(|n| field(e, &at, n))),
        html::p().class("row").child(add_field(e, &at)),
        rule::maybe(e, k.rule_met, k.rule_none, &format!("{at}/met_when"), scope),
        rule::maybe(e, k.rule_na, k.rule_none_na, &format!("{at}/na_when"), scope),
    ];
    if matches!(e.get("/points"), Some(Json::Object(_))) {
        all.extend(points(e, &at, scope));
    }
    all.push(checks(e, &format!("{at}/checks"), scope));
    all.push(applies(e, &format!("{at}/applies")));
    all.push(html::p().class("row").child(
        quiet_button("bad", &format!("{}: {title}", k.remove), gone).test_id("kit-item-remove"),
    ));
    all
}

fn add_field(e: &Editor, at: &str) -> El {
    let list = format!("{at}/fields");
    let own = list.clone();
    add(e, e.page.k.field_add, &list, move |document| {
        let id = free_id(document.json(), &own, "f");
        let label = Json::Object(vec![("vi".to_owned(), "".into()), ("en".to_owned(), "".into())]);
        Json::Object(vec![
            ("id".to_owned(), id.into()),
            ("kind".to_owned(), "integer".into()),
            ("label".to_owned(), label),
            ("min".to_owned(), 0.into()),
            ("max".to_owned(), 10_000.into()),
            ("required".to_owned(), true.into()),
        ])
    })
}

fn field(e: &Editor, item: &str, index: usize) -> El {
    let k = e.page.k;
    let list = format!("{item}/fields");
    let at = format!("{list}/{index}");
    let kind = e.text(&format!("{at}/kind"));
    let choose = bind_with(e, {
        let at = at.clone();
        move |e: &Editor, kind: String| {
            e.change(|document| {
                document.change(&at, |edit| {
                    edit.set(&format!("{at}/kind"), Some(kind.as_str().into()));
                    let (bounds, choices) = (kind == "integer", kind == "choice");
                    edit.set(&format!("{at}/min"), bounds.then(|| 0.into()));
                    edit.set(&format!("{at}/max"), bounds.then(|| 10_000.into()));
                    edit.set(&format!("{at}/choices"), choices.then(|| Vec::new().into()));
                })
            });
            host::focus_soon(&control_id(&format!("{at}/kind")));
        }
    });
    let kinds = ["integer", "date", "text", "choice"].iter().zip(k.field_kinds);
    let kinds = kinds.map(|(id, words)| ((*id).to_owned(), words.to_owned())).collect();
    let kind_id = control_id(&format!("{at}/kind"));
    let mut parts = vec![
        label(e, k.label, &format!("{at}/label"), false, false),
        html::div().class("kit__pair").child(field_id(e, item, index)).child(parts::choice(
            &kind_id,
            k.field_kind,
            kinds,
            &kind,
            None,
            choose,
        )),
        tick(e, k.required, &format!("{at}/required")),
    ];
    match kind.as_str() {
        "integer" => {
            let bounds = (0, FIELD_LIMIT);
            parts.push(
                html::div()
                    .class("kit__pair")
                    .child(number(e, k.min, &format!("{at}/min"), bounds, false))
                    .child(number(e, k.max, &format!("{at}/max"), bounds, false)),
            );
        }
        "choice" => parts.push(choices(e, &format!("{at}/choices"))),
        _ => {}
    }
    html::li().id(&control_id(&at)).attr("tabindex", "-1").children(parts).child(moving(
        e,
        &list,
        index,
        &e.name(&at),
        plain_removal(&list, index),
    ))
}

/// The id of a field. The rules of the item follow once it is left.
fn field_id(e: &Editor, item: &str, index: usize) -> El {
    let at = format!("{item}/fields/{index}/id");
    let id = control_id(&at);
    let write = bind_with(e, {
        let (item, at) = (item.to_owned(), at.clone());
        move |e: &Editor, text: String| {
            let text = text.trim().to_owned();
            if e.text(&at) != text {
                e.change_soon(|document| rename_field(document, &item, index, &text));
            }
        }
    });
    let field = parts::text_input(&id, e.page.k.id, e.text(&at), |_| {}).on_value("change", write);
    super::controls::with_findings(e, &at, field)
}

fn choices(e: &Editor, list: &str) -> El {
    let k = e.page.k;
    let one = |index: usize| {
        let at = format!("{list}/{index}");
        html::li()
            .child(label(e, k.label, &format!("{at}/label"), false, false))
            .child(text(e, k.id, &format!("{at}/id"), false))
            .child(moving(e, list, index, &e.name(&at), plain_removal(list, index)))
    };
    let own = list.to_owned();
    html::fieldset()
        .child(html::legend().text(k.choices))
        .child(html::ol().class("kit__list").children((0..e.count(list)).map(one)))
        .child(html::p().class("row").child(add(e, k.choice_add, list, move |document| {
            let id = free_id(document.json(), &own, "c");
            let label =
                Json::Object(vec![("vi".to_owned(), "".into()), ("en".to_owned(), "".into())]);
            Json::Object(vec![("id".to_owned(), id.into()), ("label".to_owned(), label)])
        })))
}

/// The points of an item, and the steps between none and the most.
fn points(e: &Editor, at: &str, scope: Scope) -> Vec<El> {
    let k = e.page.k;
    let scale = match e.get("/points/scale") {
        Some(Json::Int(scale)) => scale,
        _ => 1,
    };
    let bounds = (0, 1_000_000);
    let max = format!("{at}/points/max");
    // With its most points an item also gets and loses its points as a whole.
    let value = match e.get(&max) {
        Some(Json::Int(value)) => super::controls::shown(value, scale),
        _ => String::new(),
    };
    if value.is_empty() {
        let give = bind(e, {
            let at = at.to_owned();
            move |e: &Editor| {
                let points = Json::Object(vec![("max".to_owned(), scale.into())]);
                e.change(|document| document.set(&format!("{at}/points"), Some(points)));
                host::focus_soon(&control_id(&format!("{at}/points/max")));
            }
        });
        let give = quiet_button("quiet", k.item_points, give);
        return vec![html::p().class("row").child(give.test_id("kit-item-points"))];
    }
    let bands = format!("{at}/points/bands");
    let band = |index: usize| {
        let own = format!("{bands}/{index}");
        html::li()
            .child(scaled(e, k.band_points, &format!("{own}/points"), bounds, scale, false))
            .child(rule::required(e, k.band_when, &format!("{own}/when"), scope))
            .child(moving(e, &bands, index, k.band_points, plain_removal(&bands, index)))
    };
    let take = bind(e, {
        let at = format!("{at}/points");
        move |e: &Editor| e.change(|document| document.set(&at, None))
    });
    vec![
        scaled(e, k.item_points, &max, bounds, scale, false),
        html::p().class("row").child(
            quiet_button("plain", k.remove, take)
                .attr("aria-label", &format!("{}: {}", k.remove, k.item_points)),
        ),
        html::h3().text(k.bands),
        html::ol().class("kit__list").children((0..e.count(&bands)).map(band)),
        html::p().class("row").child(add(e, k.band_add, &bands, move |_| {
            Json::Object(vec![
                ("when".to_owned(), rule::blank()),
                ("points".to_owned(), scale.into()),
            ])
        })),
    ]
}
