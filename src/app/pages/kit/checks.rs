//! Checks of an item, or of the pack: what must hold, and what is said where it does not.

use super::controls::{add, choice, label, moving, plain_removal, text};
use super::page::{Editor, control_id};
use super::rule::{self, Scope};
use super::units::put;
use crate::app::parts::{El, html};
use crate::json::Json;
use crate::kit::free_id;

/// The checks of an item, or of the pack.
pub(super) fn checks(e: &Editor, list: &str, scope: Scope) -> El {
    let k = e.page.k;
    let one = |index: usize| {
        let at = format!("{list}/{index}");
        html::li()
            .id(&control_id(&at))
            .attr("tabindex", "-1")
            .child(rule::required(e, k.check_when, &format!("{at}/when"), scope))
            .child(choice(
                e,
                k.severity,
                &format!("{at}/severity"),
                &[("error", k.severities[0]), ("warning", k.severities[1])],
            ))
            .child(label(e, k.check_says, &format!("{at}/message"), false, false))
            .child(text(e, k.id, &format!("{at}/id"), false))
            .child(moving(e, list, index, &e.text(&format!("{at}/id")), plain_removal(list, index)))
    };
    let (own, is_of_pack) = (list.to_owned(), scope.item.is_none());
    let title = if is_of_pack { k.pack_checks } else { k.checks };
    html::div()
        .child(html::h3().text(title))
        .child(html::ol().class("kit__list").children((0..e.count(list)).map(one)))
        .child(html::p().class("row").child(add(e, k.check_add, list, move |document| {
            let message =
                Json::Object(vec![("vi".to_owned(), "".into()), ("en".to_owned(), "".into())]);
            let mut check = Json::Object(vec![
                ("id".to_owned(), free_id(document.json(), &own, "check").into()),
                ("when".to_owned(), rule::blank()),
                ("severity".to_owned(), "error".into()),
                ("message".to_owned(), message),
            ]);
            if is_of_pack {
                put(&mut check, "applies", vec!["*:*".into()].into());
            }
            check
        })))
}
