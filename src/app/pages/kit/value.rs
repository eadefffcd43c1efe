//! A number in a rule: fixed, a figure, a field, or made of others.

use leptos::prelude::*;

use super::controls::{add, moving, number, plain_removal};
use super::findings::findings_at;
use super::page::{Editor, control_id};
use super::rule::{Scope, numbers};
use crate::app::host;
use crate::app::pages::bind::bind_with;
use crate::app::parts::{self, El, html};
use crate::json::Json;

/// Largest constant of a rule.
const CONSTANTS: (i64, i64) = (-1_000_000, 1_000_000);

fn of(name: &str, value: Json) -> Json {
    Json::Object(vec![(name.to_owned(), value)])
}

/// The value that an option stands for, to begin with.
fn begun(option: &str) -> Json {
    match option.split_once(':') {
        Some((kind, id)) => of(kind, id.into()),
        None => match option {
            "add" => of("add", vec![0.into(), 0.into()].into()),
            "sub" => of("sub", vec![0.into(), 0.into()].into()),
            "mul" => of("mul", vec![0.into(), 2.into()].into()),
            _ => 0.into(),
        },
    }
}

/// The field of a number, and of those that it is made of.
pub(super) fn value(e: &Editor, name: &'static str, pointer: &str, scope: Scope) -> El {
    let k = e.page.k;
    let now = e.get(pointer).unwrap_or(Json::Null);
    let option = match &now {
        Json::Object(members) => match members.first() {
            Some((kind, Json::Text(id))) => format!("{kind}:{id}"),
            Some((kind, _)) => kind.clone(),
            None => String::new(),
        },
        _ => "int".to_owned(),
    };
    let id = control_id(pointer);
    let (at, focus) = (pointer.to_owned(), id.clone());
    let choose = bind_with(e, move |e: &Editor, option: String| {
        e.change(|document| document.set(&at, Some(begun(&option))));
        host::focus_soon(&focus);
    });
    let facts = (0..e.count("/facts")).map(|n| format!("/facts/{n}"));
    let facts = facts.map(|at| (format!("fact:{}", e.text(&format!("{at}/id"))), e.name(&at)));
    let fields = numbers(e, scope).into_iter().map(|(id, name)| (format!("field:{id}"), name));
    let kinds = ["int", "add", "sub", "mul"].into_iter().zip(k.value_kinds);
    let kinds = kinds.map(|(id, words)| (id.to_owned(), words.to_owned()));
    let mut options: Vec<_> = fields.chain(facts).chain(kinds).collect();
    if !options.iter().any(|(own, _)| *own == option) {
        options.insert(0, (option.clone(), "…".to_owned()));
    }
    let parts = match &now {
        Json::Object(members) => match members.first().map(|(kind, _)| kind.as_str()) {
            Some("add") => sum(e, &format!("{pointer}/add"), scope),
            Some("sub") => vec![
                value(e, k.rule_of, &format!("{pointer}/sub/0"), scope),
                value(e, k.value_less, &format!("{pointer}/sub/1"), scope),
            ],
            Some("mul") => vec![
                value(e, k.rule_of, &format!("{pointer}/mul/0"), scope),
                number(e, k.value_times, &format!("{pointer}/mul/1"), CONSTANTS, false),
            ],
            _ => Vec::new(),
        },
        _ => vec![constant(e, pointer)],
    };
    html::div()
        .class("kit__value")
        .child(parts::choice(&id, name, options, &option, None, choose))
        .children(parts)
        .child(findings_at(e, pointer))
        .child(findings_at(
            e,
            &format!("{pointer}/{}", option.split(':').next().unwrap_or_default()),
        ))
}

/// The constant; its control is told from the choice by its id.
fn constant(e: &Editor, pointer: &str) -> El {
    let shown = match e.get(pointer) {
        Some(Json::Int(value)) => value.to_string(),
        _ => String::new(),
    };
    let wrong = ArcRwSignal::new(false);
    let (at, is_wrong) = (pointer.to_owned(), wrong.clone());
    let write = bind_with(e, move |e: &Editor, text: String| {
        let read = text.trim().replace('−', "-").parse::<i64>().ok();
        let read = read.filter(|value| (CONSTANTS.0..=CONSTANTS.1).contains(value));
        is_wrong.set(read.is_none());
        if let Some(value) = read {
            e.set(&at, Some(value.into()));
        }
    });
    let bad = crate::app::text::fill(
        e.page.k.number_bad,
        &[&CONSTANTS.0.to_string(), &CONSTANTS.1.to_string()],
    );
    let fault = move || wrong.get().then(|| bad.clone());
    let id = format!("{}-constant", control_id(pointer));
    parts::number(&id, e.page.k.value_constant, shown, fault, write)
}

fn sum(e: &Editor, at: &str, scope: Scope) -> Vec<El> {
    let k = e.page.k;
    let term = |n: usize| {
        html::li().child(value(e, k.rule_of, &format!("{at}/{n}"), scope)).child(moving(
            e,
            at,
            n,
            k.rule_of,
            plain_removal(at, n),
        ))
    };
    vec![
        html::ol().children((0..e.count(at)).map(term)),
        html::p().class("row").child(add(e, k.value_term_add, at, |_| 0.into())),
    ]
}
