//! A rule that is built by choosing, with its sentence.

use leptos::prelude::*;

use super::controls::{add, moving, number, plain_removal};
use super::findings::findings_at;
use super::page::{Editor, control_id};
use super::value;
use crate::app::host;
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{self, El, html, quiet_button};
use crate::json::{Json, from_json};
use crate::kit::{Names, line, sentence, tree};
use crate::pack::Cond;

/// Whose rule it is: an item's, which may look at the item's fields, or the pack's.
#[derive(Clone, Copy)]
pub(super) struct Scope {
    /// The index of the item.
    pub(super) item: Option<usize>,
}

/// The kinds of conditions, in the order of their words, by a member of the format.
const KINDS: [&str; 8] = ["share", "ge", "all", "any", "not", "choice", "given", "in_period"];
/// Comparisons, in the order of their words.
const OPS: [&str; 6] = ["eq", "ne", "lt", "le", "gt", "ge"];
const SHARE_OPS: [&str; 4] = ["gt", "ge", "lt", "le"];

/// A rule to begin with.
pub(super) fn blank() -> Json {
    of("ge", vec![Json::Int(0), Json::Int(0)].into())
}

fn of(name: &str, value: Json) -> Json {
    Json::Object(vec![(name.to_owned(), value)])
}

/// A condition of a kind, to begin with.
fn begun(kind: &str) -> Json {
    match kind {
        "share" => {
            let share =
                [("of", 0.into()), ("in", 1.into()), ("op", "ge".into()), ("percent", 90.into())];
            of("share", Json::Object(share.map(|(name, value)| (name.to_owned(), value)).to_vec()))
        }
        "all" | "any" => of(kind, vec![blank()].into()),
        "not" => of("not", blank()),
        "choice" => {
            let members =
                vec![("field".to_owned(), "".into()), ("in".to_owned(), Vec::new().into())];
            of("choice", Json::Object(members))
        }
        "given" | "in_period" => of(kind, of("field", "".into())),
        _ => blank(),
    }
}

/// A rule that may be absent.
pub(super) fn maybe(
    e: &Editor,
    title: &'static str,
    without: &'static str,
    pointer: &str,
    scope: Scope,
) -> El {
    let k = e.page.k;
    let at = pointer.to_owned();
    let id = control_id(pointer);
    let head = html::h3().id(&id).attr("tabindex", "-1").text(title);
    if e.get(pointer).is_none() {
        let set = bind(e, {
            let id = id.clone();
            move |e: &Editor| {
                e.change(|document| document.set(&at, Some(begun("share"))));
                host::focus_soon(&id);
            }
        });
        let set = quiet_button("quiet", k.rule_add, set)
            .attr("aria-label", &format!("{}: {title}", k.rule_add));
        return html::div()
            .child(head)
            .child(html::p().class("quiet").text(without))
            .child(html::p().class("row").child(set.test_id(&format!("{id}-set"))));
    }
    let gone = bind(e, {
        let id = id.clone();
        move |e: &Editor| {
            e.change(|document| document.set(&at, None));
            host::focus_soon(&id);
        }
    });
    let gone = quiet_button("plain", k.rule_remove, gone)
        .attr("aria-label", &format!("{}: {title}", k.rule_remove));
    html::div()
        .child(head)
        .child(said(e, pointer, scope))
        .child(html::div().class("kit__rule").children(condition(e, pointer, scope)))
        .child(html::p().class("row").child(gone.test_id(&format!("{id}-remove"))))
}

/// A rule that must be there.
pub(super) fn required(e: &Editor, title: &'static str, pointer: &str, scope: Scope) -> El {
    html::fieldset()
        .class("kit__rule")
        .id(&control_id(pointer))
        .attr("tabindex", "-1")
        .child(html::legend().text(title))
        .child(said(e, pointer, scope))
        .children(condition(e, pointer, scope))
}

/// The sentence of a rule.
fn said(e: &Editor, pointer: &str, scope: Scope) -> El {
    let at = pointer.to_owned();
    let words = bind(e, move |e: &Editor| {
        e.open.changed.track();
        let k = e.page.k;
        e.look(|document| {
            let rule = document.get(&at).and_then(|json| from_json::<Cond>(json).ok());
            let Some(rule) = rule else { return k.rule_unread.to_owned() };
            let item = scope.item.and_then(|n| document.list("/items").get(n));
            let names = Names::of(document.json(), item, e.page.lang);
            format!("{}: {}.", k.rule_reads, line(&sentence(&rule, &names, e.page.lang)))
        })
    });
    html::p().class("kit__said").test_id(&format!("{}-said", control_id(pointer))).text_live(words)
}

/// A condition and what it is made of.
fn condition(e: &Editor, pointer: &str, scope: Scope) -> Vec<El> {
    let Some(Json::Object(members)) = e.get(pointer) else { return Vec::new() };
    let Some((name, _)) = members.first() else { return Vec::new() };
    let kind = if OPS.contains(&name.as_str()) { "ge" } else { name.as_str() };
    let own = format!("{pointer}/{name}");
    let mut parts = vec![kind_field(e, pointer, kind)];
    parts.extend(match kind {
        "share" => share(e, &own, scope),
        "ge" => comparison(e, pointer, name, scope),
        "all" | "any" => list(e, &own, scope),
        "not" => vec![html::div().class("kit__rule").children(condition(e, &own, scope))],
        "choice" => choice(e, &own, scope),
        "given" => vec![field(e, &format!("{own}/field"), scope, "")],
        "in_period" => vec![field(e, &format!("{own}/field"), scope, "date")],
        _ => Vec::new(),
    });
    parts.push(findings_at(e, pointer));
    parts.push(findings_at(e, &own));
    parts
}

fn kind_field(e: &Editor, pointer: &str, kind: &str) -> El {
    let id = format!("{}-kind", control_id(pointer));
    let (at, focus) = (pointer.to_owned(), id.clone());
    let choose = bind_with(e, move |e: &Editor, kind: String| {
        e.change(|document| document.set(&at, Some(begun(&kind))));
        host::focus_soon(&focus);
    });
    let options = KINDS.iter().zip(e.page.k.rule_kinds);
    let options = options.map(|(id, words)| ((*id).to_owned(), words.to_owned())).collect();
    parts::choice(&id, e.page.k.rule_kind, options, kind, None, choose)
}

fn share(e: &Editor, at: &str, scope: Scope) -> Vec<El> {
    let k = e.page.k;
    let ops: Vec<_> = SHARE_OPS.into_iter().zip(k.rule_share_ops).collect();
    vec![
        value::value(e, k.rule_of, &format!("{at}/of"), scope),
        html::div()
            .class("kit__pair")
            .child(super::controls::choice(e, k.rule_op, &format!("{at}/op"), &ops))
            .child(number(e, k.rule_percent, &format!("{at}/percent"), (0, 1000), false)),
        value::value(e, k.rule_in, &format!("{at}/in"), scope),
    ]
}

fn comparison(e: &Editor, pointer: &str, op: &str, scope: Scope) -> Vec<El> {
    let k = e.page.k;
    let id = format!("{}-op", control_id(pointer));
    let (at, old, focus) = (pointer.to_owned(), op.to_owned(), id.clone());
    let choose = bind_with(e, move |e: &Editor, op: String| {
        let sides = e.get(&format!("{at}/{old}")).unwrap_or(Json::Null);
        e.change(|document| document.set(&at, Some(of(&op, sides))));
        host::focus_soon(&focus);
    });
    let ops = OPS.iter().zip(k.rule_ops);
    let ops = ops.map(|(id, words)| ((*id).to_owned(), words.to_owned())).collect();
    vec![
        value::value(e, k.rule_of, &format!("{pointer}/{op}/0"), scope),
        parts::choice(&id, k.rule_op, ops, op, None, choose),
        value::value(e, k.rule_with, &format!("{pointer}/{op}/1"), scope),
    ]
}

fn list(e: &Editor, at: &str, scope: Scope) -> Vec<El> {
    let k = e.page.k;
    let one = |index: usize| {
        let own = format!("{at}/{index}");
        html::li().class("kit__rule").children(condition(e, &own, scope)).child(moving(
            e,
            at,
            index,
            k.rule_kind,
            plain_removal(at, index),
        ))
    };
    vec![
        html::ol().children((0..e.count(at)).map(one)),
        html::p().class("row").child(add(e, k.rule_part_add, at, |_| blank())),
    ]
}

/// The fields of the item, of one kind or of all.
fn fields(e: &Editor, scope: Scope, kind: &str) -> Vec<(String, String)> {
    let Some(item) = scope.item else { return Vec::new() };
    let list = format!("/items/{item}/fields");
    let own = (0..e.count(&list)).map(|n| format!("{list}/{n}"));
    let own = own.filter(|at| kind.is_empty() || e.text(&format!("{at}/kind")) == kind);
    own.map(|at| (e.text(&format!("{at}/id")), e.name(&at))).collect()
}

fn field(e: &Editor, at: &str, scope: Scope, kind: &str) -> El {
    let fields = fields(e, scope, kind);
    let mut options = vec![("", "…")];
    options.extend(fields.iter().map(|(id, name)| (&id[..], &name[..])));
    super::controls::choice(e, e.page.k.rule_field, at, &options)
}

fn choice(e: &Editor, at: &str, scope: Scope) -> Vec<El> {
    let chosen = e.text(&format!("{at}/field"));
    let item = scope.item.map(|n| format!("/items/{n}/fields")).unwrap_or_default();
    let mut own = (0..e.count(&item)).map(|n| format!("{item}/{n}"));
    let own = own.find(|own| e.text(&format!("{own}/id")) == chosen);
    let list = own.map(|own| format!("{own}/choices")).unwrap_or_default();
    let ids = format!("{at}/in");
    let one = |n: usize| {
        let id = e.text(&format!("{list}/{n}/id"));
        let (own, others, to) = (id.clone(), ids.clone(), ids.clone());
        let is_set = bind(e, move |e: &Editor| {
            e.open.changed.track();
            e.look(|document| document.list(&others).contains(&own.as_str().into()))
        });
        let (own, all) = (id.clone(), list.clone());
        let set = bind_with(e, move |e: &Editor, ticked: bool| {
            let chosen = e.look(|document| {
                let now = document.list(&to);
                let ids = document.list(&all).iter().map(|own| tree::text(own, "/id"));
                let is_in = |id: &&str| {
                    if *id == own { ticked } else { now.contains(&(*id).into()) }
                };
                ids.filter(is_in).map(Json::from).collect::<Vec<_>>()
            });
            e.set(&to, Some(chosen.into()));
        });
        parts::tick(
            &format!("{}-{id}", control_id(&ids)),
            &e.name(&format!("{list}/{n}")),
            is_set,
            set,
        )
    };
    let ticks = (0..e.count(&list)).map(one);
    vec![
        field(e, &format!("{at}/field"), scope, "choice"),
        html::div().class("kit__ticks").children(ticks),
    ]
}

/// The integer fields that a rule may look at.
pub(super) fn numbers(e: &Editor, scope: Scope) -> Vec<(String, String)> {
    fields(e, scope, "integer")
}
