//! How points count: how fine they are, what an item that does not apply is worth, ratings, bonuses and penalties.

use leptos::prelude::*;

use super::applies::applies;
use super::chosen::items;
use super::controls::{add, label, moving, number, scaled, shown};
use super::page::{Editor, control_id};
use super::units::{id_field, named, put};
use crate::app::host;
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{self, El, html, quiet_button};
use crate::app::text::fill;
use crate::json::Json;
use crate::kit::{Kind, Matrix, remove, tree};

/// Largest value of points, in parts.
const POINTS: i64 = 1_000_000;
/// The scales, in the order of their words.
const SCALES: [i64; 4] = [1, 2, 10, 100];

/// The button that begins what may be absent.
pub(super) fn begin(e: &Editor, words: &str, pointer: &str, make: fn() -> Json) -> El {
    let at = pointer.to_owned();
    let run = bind(e, move |e: &Editor| {
        e.change(|document| document.set(&at, Some(make())));
        host::focus_soon("kit-part-title");
    });
    let button = quiet_button("quiet", words, run);
    html::p().class("row").child(button.test_id(&format!("{}-begin", control_id(pointer))))
}

/// The button that leaves out what may be absent.
pub(super) fn end(e: &Editor, words: &str, pointer: &str) -> El {
    let at = pointer.to_owned();
    let run = bind(e, move |e: &Editor| {
        e.change(|document| document.set(&at, Some(Json::Null)));
        host::focus_soon("kit-part-title");
    });
    html::p().class("row").child(quiet_button("plain", words, run))
}

fn scheme() -> Json {
    let cap = [("up", Json::Int(0)), ("down", Json::Int(0))];
    let cap = cap.map(|(name, value)| (name.to_owned(), value)).to_vec();
    let members = [
        ("scale", 1.into()),
        ("na", "drop".into()),
        ("adjustment_cap", Json::Object(cap)),
        ("bands", Vec::new().into()),
        ("eligible_bands", Vec::new().into()),
    ];
    Json::Object(members.map(|(name, value)| (name.to_owned(), value)).to_vec())
}

pub(super) fn view(e: &Editor) -> Vec<El> {
    let k = e.page.k;
    if !matches!(e.get("/points"), Some(Json::Object(_))) {
        return vec![html::p().text(k.points_none), begin(e, k.points_on, "/points", scheme)];
    }
    let scale = scale_of(e);
    let bands = (0..e.count("/points/bands")).map(|index| band(e, index));
    let adjustments = (0..e.count("/adjustments")).map(|index| adjustment(e, index, scale));
    vec![
        html::div().class("kit__pair").child(scale_field(e, scale)).child(super::controls::choice(
            e,
            k.points_na,
            "/points/na",
            &[("drop", k.points_nas[0]), ("full", k.points_nas[1])],
        )),
        html::p().test_id("kit-points-sum").text_live(bind(e, move |e: &Editor| {
            e.open.changed.track();
            fill(k.points_sum, &[&sums(e, scale)])
        })),
        html::h3().text(k.overall),
        html::ol().class("kit__list").children(bands),
        html::p().class("row").child(add(e, k.overall_add, "/points/bands", |document| {
            let mut band = named(document, Kind::Band, "band");
            put(&mut band, "at_least_bp", 0.into());
            band
        })),
        html::h3().text(k.adjustments),
        html::div()
            .class("kit__pair")
            .child(scaled(e, k.cap_up, "/points/adjustment_cap/up", (0, POINTS), scale, false))
            .child(scaled(e, k.cap_down, "/points/adjustment_cap/down", (0, POINTS), scale, false)),
        html::ol().class("kit__list").children(adjustments),
        html::p().class("row").child(add(e, k.adjustment_add, "/adjustments", move |document| {
            let mut adjustment = named(document, Kind::Adjustment, "B");
            put(&mut adjustment, "points", scale.into());
            put(&mut adjustment, "max_times", 1.into());
            put(&mut adjustment, "applies", vec!["*:*".into()].into());
            adjustment
        })),
        end(e, k.points_off, "/points"),
    ]
}

/// The most points of all items together; where they differ, those of each level and type.
fn sums(e: &Editor, scale: i64) -> String {
    let (levels, types) = (e.count("/levels"), e.count("/types"));
    let each = (0..levels).flat_map(|level| (0..types).map(move |own| (level, own)));
    let each: Vec<_> = each.collect();
    let sum = |(level, own): (usize, usize)| {
        e.look(|document| {
            let items = document.list("/items").iter();
            let items = items.filter(|item| {
                Matrix::of(document.json(), tree::list(item, "/applies")).has(level, own)
            });
            let points = items.map(|item| match tree::at(item, "/points/max") {
                Some(Json::Int(points)) => *points,
                _ => 0,
            });
            points.fold(0_i64, i64::saturating_add)
        })
    };
    let sums: Vec<i64> = each.iter().map(|own| sum(*own)).collect();
    match sums.first() {
        Some(first) if sums.iter().all(|own| own == first) => shown(*first, scale),
        _ => {
            let words = each.iter().zip(&sums).map(|((level, own), sum)| {
                let level = e.name(&format!("/levels/{level}"));
                let own = e.name(&format!("/types/{own}"));
                format!("{level} · {own}: {}", shown(*sum, scale))
            });
            words.collect::<Vec<_>>().join("; ")
        }
    }
}

/// Into how many parts a point is divided.
fn scale_of(e: &Editor) -> i64 {
    match e.get("/points/scale") {
        Some(Json::Int(scale)) => scale,
        _ => 1,
    }
}

fn scale_field(e: &Editor, scale: i64) -> El {
    let id = control_id("/points/scale");
    let focus = id.clone();
    let choose = bind_with(e, move |e: &Editor, text: String| {
        let scale: i64 = text.parse().unwrap_or(1);
        e.change(|document| document.set("/points/scale", Some(scale.into())));
        host::focus_soon(&focus);
    });
    let mut options: Vec<(String, String)> = SCALES
        .iter()
        .zip(e.page.k.scales)
        .map(|(scale, words)| (scale.to_string(), words.to_owned()))
        .collect();
    if !SCALES.contains(&scale) {
        options.push((scale.to_string(), format!("1/{scale}")));
    }
    let field = parts::choice(&id, e.page.k.scale, options, &scale.to_string(), None, choose);
    super::controls::with_findings(e, "/points/scale", field)
}

/// A rating: its floor in per cent with two decimals.
fn band(e: &Editor, index: usize) -> El {
    let k = e.page.k;
    let at = format!("/points/bands/{index}");
    let id = e.text(&format!("{at}/id"));
    let (own, other) = (id.clone(), id.clone());
    let is_set = bind(e, move |e: &Editor| {
        e.open.changed.track();
        let id = Json::from(own.as_str());
        e.look(|document| document.list("/points/eligible_bands").contains(&id))
    });
    let set = bind_with(e, move |e: &Editor, ticked: bool| {
        let id = Json::from(other.as_str());
        let mut all = e.look(|document| document.list("/points/eligible_bands").to_vec());
        all.retain(|own| *own != id);
        if ticked {
            all.push(id);
        }
        e.set("/points/eligible_bands", Some(all.into()));
    });
    let tick_id = format!("{}-eligible", control_id(&at));
    html::li()
        .id(&control_id(&at))
        .attr("tabindex", "-1")
        .child(label(e, k.label, &format!("{at}/label"), false, false))
        .child(html::div().class("kit__pair").child(id_field(e, Kind::Band, index)).child(scaled(
            e,
            k.at_least,
            &format!("{at}/at_least_bp"),
            (0, 10_000),
            100,
            false,
        )))
        .child(items(e, k.full_items, k.full_items_none, &format!("{at}/full_items")))
        .child(parts::tick(&tick_id, k.is_eligible, is_set, set))
        .child(moving(e, "/points/bands", index, &e.name(&at), move |document| {
            remove(document, Kind::Band, index);
        }))
}

fn adjustment(e: &Editor, index: usize, scale: i64) -> El {
    let k = e.page.k;
    let at = format!("/adjustments/{index}");
    let points = (-POINTS, POINTS);
    html::li()
        .id(&control_id(&at))
        .attr("tabindex", "-1")
        .child(label(e, k.label, &format!("{at}/label"), false, false))
        .child(
            html::div()
                .class("kit__pair")
                .child(id_field(e, Kind::Adjustment, index))
                .child(scaled(
                    e,
                    k.adjustment_points,
                    &format!("{at}/points"),
                    points,
                    scale,
                    false,
                ))
                .child(number(e, k.max_times, &format!("{at}/max_times"), (1, 1000), false)),
        )
        .child(applies(e, &format!("{at}/applies")))
        .child(moving(e, "/adjustments", index, &e.name(&at), move |document| {
            remove(document, Kind::Adjustment, index);
        }))
}
