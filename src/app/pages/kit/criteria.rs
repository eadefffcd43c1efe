//! Criteria with their items, in their order.

use std::cell::Cell;
use std::rc::Rc;

use super::controls::{add, label, moving, number};
use super::findings::findings_at;
use super::page::{Editor, control_id};
use super::units::{id_field, named, put};
use crate::app::host;
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{El, html, quiet_button};
use crate::app::state::route::KIT;
use crate::json::Json;
use crate::kit::{Document, Kind, free_id, remove, tree};

/// The item that is being dragged, by its index.
type Dragged = Rc<Cell<Option<usize>>>;

pub(super) fn view(e: &Editor) -> Vec<El> {
    let dragged = Dragged::default();
    let all = (0..e.count("/criteria")).map(|index| criterion(e, index, &dragged));
    vec![
        html::ol().class("kit__list").children(all),
        html::p().class("row").child(add(e, e.page.k.criterion_add, "/criteria", |document| {
            let mut criterion = named(document, Kind::Criterion, "c");
            let id = free_id(document.json(), "/criteria", "c").replace("c0", "c");
            put(&mut criterion, "others_percent", 100.into());
            if let Json::Object(members) = &mut criterion {
                members.retain(|(name, _)| name != "id");
                members.insert(0, ("id".to_owned(), id.into()));
            }
            criterion
        })),
        findings_at(e, "/items"),
    ]
}

fn criterion(e: &Editor, index: usize, dragged: &Dragged) -> El {
    let k = e.page.k;
    let at = format!("/criteria/{index}");
    let id = e.text(&format!("{at}/id"));
    let items = items_of(e, &id);
    let rows: Vec<El> =
        items.iter().enumerate().map(|(n, _)| item(e, &items, n, dragged)).collect();
    let more = bind(e, {
        let (id, after) = (id.clone(), items.last().copied());
        move |e: &Editor| {
            let to = after.map_or_else(|| e.count("/items"), |after| after + 1);
            let new = e.look(|document| new_item(document, &id));
            e.change(|document| document.change("/items", |edit| edit.insert("/items", to, new)));
            e.page.kit.go(&e.open, &format!("items/{to}"));
            host::focus_soon(&control_id(&format!("/items/{to}/label/vi")));
        }
    });
    html::li()
        .id(&control_id(&at))
        .attr("tabindex", "-1")
        .child(label(e, k.criterion, &format!("{at}/label"), false, false))
        .child(
            html::div().class("kit__pair").child(id_field(e, Kind::Criterion, index)).child(
                number(e, k.others_percent, &format!("{at}/others_percent"), (0, 100), false),
            ),
        )
        .child(html::ol().class("kit__items").children(rows))
        .child(
            html::p().class("row").child(
                quiet_button("quiet", k.item_add, more).test_id(&format!("kit-item-add-{id}")),
            ),
        )
        .child(moving(e, "/criteria", index, &e.name(&at), move |document| {
            remove(document, Kind::Criterion, index);
        }))
}

/// The indexes of the items of a criterion.
fn items_of(e: &Editor, criterion: &str) -> Vec<usize> {
    e.look(|document| {
        let items = document.list("/items").iter().enumerate();
        let own = items.filter(|(_, item)| tree::text(item, "/criterion") == criterion);
        own.map(|(index, _)| index).collect()
    })
}

/// One item in the list: moved by its buttons, or dragged.
fn item(e: &Editor, all: &[usize], n: usize, dragged: &Dragged) -> El {
    let k = e.page.k;
    let index = all[n];
    let at = format!("/items/{index}");
    let name = format!("{} {}", e.text(&format!("{at}/id")), e.name(&at));
    let href = format!("{KIT}/{}/items/{index}", e.open.id().as_str());
    let shift = |words: &'static str, to: Option<usize>, end: &str| {
        // A button at the end cannot be pressed again, nor focused.
        let focus = to.map(|to| {
            let next = match end {
                "up" if Some(&to) == all.first() => "down",
                "down" if Some(&to) == all.last() => "up",
                end => end,
            };
            format!("{}-{next}", control_id(&format!("/items/{to}")))
        });
        let run = bind(e, move |e: &Editor| {
            if let (Some(to), Some(focus)) = (to, &focus) {
                e.change(|document| {
                    document.change("/items", |edit| edit.shift("/items", index, to));
                });
                host::focus_soon(focus);
            }
        });
        quiet_button("plain", words, run)
            .id(&format!("{}-{end}", control_id(&at)))
            .test_id(&format!("{}-{end}", control_id(&at)))
            .attr("aria-label", &format!("{words}: {name}"))
            .attr_if(to.is_none(), "disabled", "")
    };
    let before = n.checked_sub(1).and_then(|n| all.get(n)).copied();
    let after = all.get(n + 1).copied();
    let (from, to) = (dragged.clone(), dragged.clone());
    let drop = bind_with(e, move |e: &Editor, (): ()| {
        if let Some(from) = to.take().filter(|from| *from != index) {
            e.change(|document| drop_item(document, from, index));
        }
    });
    html::li()
        .attr("draggable", "true")
        .test_id(&format!("kit-item-{}", e.text(&format!("{at}/id"))))
        .on("dragstart", move |_| from.set(Some(index)))
        .on("dragover", |event| host::accept_drop(&event))
        .on("drop", move |event| {
            host::accept_drop(&event);
            drop(());
        })
        .child(html::a().attr("href", &href).text(&name))
        .child(shift(k.move_up, before, "up"))
        .child(shift(k.move_down, after, "down"))
}

/// Puts an item where another one is, in the criterion of that one.
fn drop_item(document: &mut Document, from: usize, to: usize) {
    let criterion = document.text(&format!("/items/{to}/criterion")).to_owned();
    document.change("/items", |edit| {
        edit.set(&format!("/items/{from}/criterion"), Some(criterion.into()));
        edit.shift("/items", from, to);
    });
}

/// A new item of a criterion. Its id goes on from the last one there.
fn new_item(document: &Document, criterion: &str) -> Json {
    let mut item = named(document, Kind::Item, "i");
    let mut items = document.list("/items").iter();
    let last = items.rfind(|own| tree::text(own, "/criterion") == criterion);
    let next = last.and_then(|last| after(tree::text(last, "/id")));
    let is_free =
        |id: &String| !document.list("/items").iter().any(|own| tree::text(own, "/id") == id);
    let first = Some(format!("{criterion}.01"));
    let id = next.filter(is_free).or(first.filter(is_free));
    if let (Some(id), Json::Object(members)) = (id, &mut item) {
        members.retain(|(name, _)| name != "id");
        members.insert(0, ("id".to_owned(), id.into()));
    }
    put(&mut item, "criterion", criterion.into());
    put(&mut item, "applies", vec!["*:*".into()].into());
    put(&mut item, "evidence", "optional".into());
    item
}

/// The id after one that ends in a number: `1.09` → `1.10`.
fn after(id: &str) -> Option<String> {
    let digits = id.len() - id.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (beginning, number) = id.split_at(id.len() - digits);
    let next: u32 = number.parse::<u32>().ok()?.checked_add(1)?;
    Some(format!("{beginning}{next:0digits$}"))
}
