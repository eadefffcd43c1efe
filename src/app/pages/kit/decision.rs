//! What decides: how many criteria must be passed, and the vote.

use super::controls::{choice, number, tick};
use super::page::Editor;
use super::points::{begin, end};
use crate::app::parts::{El, html};
use crate::json::Json;

fn vote() -> Json {
    let members = [
        ("required", true.into()),
        ("of", "eligible".into()),
        ("op", "gt".into()),
        ("num", 1.into()),
        ("den", 2.into()),
    ];
    Json::Object(members.map(|(name, value)| (name.to_owned(), value)).to_vec())
}

pub(super) fn view(e: &Editor) -> Vec<El> {
    let k = e.page.k;
    let mut all =
        vec![number(e, k.criteria_required, "/decision/criteria_required", (0, 1000), false)];
    if !matches!(e.get("/decision/vote"), Some(Json::Object(_))) {
        all.push(begin(e, k.vote_on, "/decision/vote", vote));
        return all;
    }
    all.extend([
        tick(e, k.vote_required, "/decision/vote/required"),
        choice(
            e,
            k.vote_of,
            "/decision/vote/of",
            &[("eligible", k.vote_ofs[0]), ("present", k.vote_ofs[1])],
        ),
        html::div()
            .class("kit__pair")
            .child(choice(
                e,
                k.vote_op,
                "/decision/vote/op",
                &[("gt", k.vote_ops[0]), ("ge", k.vote_ops[1])],
            ))
            .child(number(e, k.vote_num, "/decision/vote/num", (0, 1000), false))
            .child(number(e, k.vote_den, "/decision/vote/den", (1, 1000), false)),
        end(e, k.vote_off, "/decision/vote"),
    ]);
    all
}
