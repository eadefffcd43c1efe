//! Levels and types of units, and the figures that are asked once.

use super::controls::{add, label, moving, number};
use super::page::{Editor, control_id};
use crate::app::pages::bind::bind_with;
use crate::app::parts::{El, html, text_input};
use crate::json::Json;
use crate::kit::{Document, Kind, free_id, remove, rename, tree};
use crate::pack::FIELD_LIMIT;

pub(super) fn view(e: &Editor) -> Vec<El> {
    let k = e.page.k;
    vec![
        html::h3().text(k.levels),
        list(e, Kind::Level, |_, _| Vec::new()),
        html::p().class("row").child(add(e, k.level_add, "/levels", |document| {
            named(document, Kind::Level, "level")
        })),
        html::h3().text(k.types),
        list(e, Kind::Type, |_, _| Vec::new()),
        html::p()
            .class("row")
            .child(add(e, k.type_add, "/types", |document| named(document, Kind::Type, "type"))),
        html::h3().text(k.facts),
        list(e, Kind::Fact, fact),
        html::p().class("row").child(add(e, k.fact_add, "/facts", |document| {
            let mut fact = named(document, Kind::Fact, "fact");
            put(&mut fact, "min", 0.into());
            put(&mut fact, "max", 100_000.into());
            put(&mut fact, "applies", vec!["*:*".into()].into());
            fact
        })),
        super::checks::checks(e, "/checks", super::rule::Scope { item: None }),
    ]
}

fn fact(e: &Editor, at: &str) -> Vec<El> {
    let bounds = (0, FIELD_LIMIT);
    let pair = html::div()
        .class("kit__pair")
        .child(number(e, e.page.k.min, &format!("{at}/min"), bounds, false))
        .child(number(e, e.page.k.max, &format!("{at}/max"), bounds, false));
    vec![pair]
}

/// A list of elements with ids and labels; `more` is what else each has.
pub(super) fn list(e: &Editor, kind: Kind, more: fn(&Editor, &str) -> Vec<El>) -> El {
    let of = kind.list();
    let one = |index: usize| {
        let at = format!("{of}/{index}");
        html::li()
            .id(&control_id(&at))
            .attr("tabindex", "-1")
            .child(label(e, e.page.k.label, &format!("{at}/label"), false, false))
            .child(id_field(e, kind, index))
            .children(more(e, &at))
            .child(moving(e, of, index, &e.name(&at), move |document| {
                remove(document, kind, index);
            }))
    };
    html::ol().class("kit__list").children((0..e.count(of)).map(one))
}

/// The id of an element. What names it follows once the field is left.
pub(super) fn id_field(e: &Editor, kind: Kind, index: usize) -> El {
    let at = format!("{}/{index}/id", kind.list());
    let id = control_id(&at);
    let write = bind_with(e, {
        move |e: &Editor, text: String| {
            let text = text.trim().to_owned();
            if e.text(&format!("{}/{index}/id", kind.list())) != text {
                e.change_soon(|document| rename(document, kind, index, &text));
            }
        }
    });
    let field = text_input(&id, e.page.k.id, e.text(&at), |_| {}).on_value("change", write);
    super::controls::with_findings(e, &at, field)
}

/// A new element with a free id and empty labels.
pub(super) fn named(document: &Document, kind: Kind, beginning: &str) -> Json {
    let id = free_id(document.json(), kind.list(), beginning);
    let label = Json::Object(vec![("vi".to_owned(), "".into()), ("en".to_owned(), "".into())]);
    Json::Object(vec![("id".to_owned(), id.into()), ("label".to_owned(), label)])
}

/// Adds a member to an object.
pub(super) fn put(object: &mut Json, name: &str, value: Json) {
    if let Json::Object(members) = object
        && tree::at(&Json::Object(members.clone()), &tree::below("", name)).is_none()
    {
        members.push((name.to_owned(), value));
    }
}
