//! The paper that is shown.

use std::rc::Rc;

use leptos::prelude::*;

use super::own::Own;
use super::paper::Paper;
use super::{letter, list, summary, unit};
use crate::app::pages::bind::bind;
use crate::app::pages::desk::overview::View;
use crate::app::parts::{El, html};
use crate::store::PaperKind;

/// The paper that is shown; what is typed for its head redraws no table.
pub(super) fn draw(own: &Own) -> Vec<El> {
    let Some(made_of) = own.state().made_of.get().filter(|_| own.has_paper()) else {
        return Vec::new();
    };
    let kind = own.kind();
    let paper =
        Paper { own: own.clone(), view: Rc::new(View::of(&own.vi, made_of.sum.clone())), made_of };
    let document = |body: Vec<El>| {
        let class = match kind {
            PaperKind::List => "doc doc--hd05 doc--wide",
            _ => "doc doc--hd05",
        };
        let top = bind(&paper, |paper| paper.head());
        let end = bind(&paper, |paper| paper.signed());
        html::section()
            .class(class)
            .child(html::div().live(top))
            .children(body)
            .child(html::div().live_one(end))
    };
    match kind {
        PaperKind::List => vec![document(list::body(&paper, own.state().scope.get()))],
        PaperKind::Summary => vec![document(summary::body(&paper))],
        PaperKind::Letter => {
            let text = html::div().live(bind(&paper, letter::body));
            std::iter::once(document(vec![text])).chain(list::attached(&paper)).collect()
        }
        PaperKind::Minutes => vec![document(vec![html::div().live(bind(&paper, unit::minutes))])],
        PaperKind::Returned => vec![document(vec![html::div().live(bind(&paper, unit::returned))])],
    }
}
