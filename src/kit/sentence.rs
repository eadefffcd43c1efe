//! Rules as sentences: each rule has one, and no two rules have the same.

use crate::json::Json;
use crate::kit::tree::{list, text};
use crate::pack::{Comparison, Cond, Expr};
use crate::value::{Id, Lang};

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// A word of the language, a number or a sign.
    Plain(String),
    /// What a field, a fact or a choice is called.
    Name(String),
    /// What a rule names and nothing is: its id.
    Missing(Id),
}

/// What the fields of an item, the facts of a pack, and their choices are called.
pub struct Names {
    facts: Vec<(String, String)>,
    fields: Vec<(String, String)>,
    /// Of each field, by its id.
    choices: Vec<(String, Vec<(String, String)>)>,
}

impl Names {
    /// The names in a pack that is being written, for the rules of an item or, without one, of the pack.
    pub fn of(pack: &Json, item: Option<&Json>, lang: Lang) -> Names {
        let nothing = Json::Null;
        let item = item.unwrap_or(&nothing);
        let named = |elements: &[Json]| -> Vec<(String, String)> {
            let own = elements.iter().map(|one| (text(one, "/id"), label(one, lang)));
            own.map(|(id, name)| (id.to_owned(), name.to_owned())).collect()
        };
        let choices = list(item, "/fields").iter();
        let choices = choices
            .map(|field| (text(field, "/id").to_owned(), apart(named(list(field, "/choices")))));
        let choices = choices.collect();
        let (mut facts, mut fields) = (named(list(pack, "/facts")), named(list(item, "/fields")));
        let all: Vec<_> = facts.iter().chain(&fields).cloned().collect();
        tell_apart(&mut facts, &all);
        tell_apart(&mut fields, &all);
        Names { facts, fields, choices }
    }

    fn fact(&self, id: &Id) -> Word {
        named(&self.facts, id)
    }

    fn field(&self, id: &Id) -> Word {
        named(&self.fields, id)
    }

    fn choice(&self, field: &Id, id: &Id) -> Word {
        let own = self.choices.iter().find(|(own, _)| own == field.as_str());
        own.map_or_else(|| Word::Missing(id.clone()), |(_, choices)| named(choices, id))
    }
}

/// The label of an element in a language, in Vietnamese where it has no other.
fn label(one: &Json, lang: Lang) -> &str {
    let own = if lang == Lang::En { text(one, "/label/en") } else { "" };
    if own.is_empty() { text(one, "/label/vi") } else { own }
}

fn named(names: &[(String, String)], id: &Id) -> Word {
    let own = names.iter().find(|(own, _)| own == id.as_str());
    own.map_or_else(|| Word::Missing(id.clone()), |(_, name)| Word::Name(name.clone()))
}

/// Adds its id to each name that another one has, too, or that is empty.
fn tell_apart(names: &mut [(String, String)], all: &[(String, String)]) {
    for (id, name) in names {
        let alike = all.iter().filter(|(_, other)| other == name).count();
        if alike > 1 || name.is_empty() || name.contains(['«', '»', '·']) {
            let plain = name.replace(['«', '»', '·'], " ");
            *name = format!("{} · {id}", plain.trim()).trim_start().to_owned();
        }
    }
}

fn apart(mut names: Vec<(String, String)>) -> Vec<(String, String)> {
    let all = names.clone();
    tell_apart(&mut names, &all);
    names
}

/// The words of rules in a language.
struct Words {
    all: &'static str,
    any: &'static str,
    /// Before a list of one, or of none.
    all_of: &'static str,
    any_of: &'static str,
    not: &'static str,
    eq: &'static str,
    ne: &'static str,
    lt: &'static str,
    le: &'static str,
    gt: &'static str,
    ge: &'static str,
    /// Between the per cent and the whole.
    of: &'static str,
    /// As `gt` and `lt`, of a share.
    over: &'static str,
    under: &'static str,
    is_one_of: &'static str,
    given: &'static str,
    in_period: &'static str,
    sum_of: &'static str,
}

const VI: Words = Words {
    all: "và",
    any: "hoặc",
    all_of: "mọi điều trong",
    any_of: "một điều trong",
    not: "không đúng là",
    eq: "bằng",
    ne: "khác",
    lt: "nhỏ hơn",
    le: "nhiều nhất là",
    gt: "lớn hơn",
    ge: "ít nhất là",
    of: "của",
    over: "trên",
    under: "dưới",
    is_one_of: "là một trong",
    given: "đã được ghi",
    in_period: "nằm trong kỳ đánh giá",
    sum_of: "tổng của",
};

const EN: Words = Words {
    all: "and",
    any: "or",
    all_of: "all of",
    any_of: "any of",
    not: "it is not so that",
    eq: "equals",
    ne: "is not",
    lt: "is less than",
    le: "is at most",
    gt: "is more than",
    ge: "is at least",
    of: "of",
    over: "is over",
    under: "is under",
    is_one_of: "is one of",
    given: "is filled in",
    in_period: "lies in the period",
    sum_of: "the sum of",
};

/// A rule as a sentence, such as *«Có mặt» trên 85 % của («Đảng viên» − «Được miễn»)*.
pub fn sentence(rule: &Cond, names: &Names, lang: Lang) -> Vec<Word> {
    let mut writer = Writer::of(names, lang);
    writer.cond(rule);
    writer.out
}

/// A number as words, such as *«Đảng viên» − «Được miễn»*.
pub fn value_words(value: &Expr, names: &Names, lang: Lang) -> Vec<Word> {
    let mut writer = Writer::of(names, lang);
    writer.expr(value);
    writer.out
}

struct Writer<'n> {
    names: &'n Names,
    words: &'static Words,
    out: Vec<Word>,
}

impl<'n> Writer<'n> {
    fn of(names: &'n Names, lang: Lang) -> Writer<'n> {
        let words = match lang {
            Lang::Vi => &VI,
            Lang::En => &EN,
        };
        Writer { names, words, out: Vec::new() }
    }

    fn say(&mut self, words: &str) {
        self.out.push(Word::Plain(words.to_owned()));
    }

    fn cond(&mut self, cond: &Cond) {
        let w = self.words;
        if let Some((op, [left, right])) = cond.comparison() {
            self.expr(left);
            self.say(match op {
                Comparison::Eq => w.eq,
                Comparison::Ne => w.ne,
                Comparison::Lt => w.lt,
                Comparison::Le => w.le,
                Comparison::Gt => w.gt,
                Comparison::Ge => w.ge,
            });
            return self.expr(right);
        }
        match cond {
            Cond::All(inner) => self.conds(inner, w.all, w.all_of),
            Cond::Any(inner) => self.conds(inner, w.any, w.any_of),
            Cond::Not(inner) => {
                self.say(w.not);
                self.in_brackets(|writer| writer.cond(inner));
            }
            Cond::Share(share) => {
                self.expr(&share.of);
                self.say(match share.op {
                    Comparison::Gt => w.over,
                    Comparison::Lt => w.under,
                    Comparison::Le => w.le,
                    _ => w.ge,
                });
                self.say(&format!("{} %", share.percent));
                self.say(w.of);
                self.operand(&share.within);
            }
            Cond::Choice { field, among } => {
                self.out.push(self.names.field(field));
                self.say(w.is_one_of);
                self.in_brackets(|writer| {
                    for (n, id) in among.iter().enumerate() {
                        if n > 0 {
                            writer.say(";");
                        }
                        writer.out.push(writer.names.choice(field, id));
                    }
                });
            }
            Cond::Given { field } => {
                self.out.push(self.names.field(field));
                self.say(w.given);
            }
            Cond::InPeriod { field } => {
                self.out.push(self.names.field(field));
                self.say(w.in_period);
            }
            // Said above.
            Cond::Eq(_) | Cond::Ne(_) | Cond::Lt(_) | Cond::Le(_) | Cond::Gt(_) | Cond::Ge(_) => {}
        }
    }

    fn conds(&mut self, inner: &[Cond], between: &str, before: &str) {
        if inner.len() < 2 {
            self.say(before);
            return self.in_brackets(|writer| inner.iter().for_each(|one| writer.cond(one)));
        }
        for (n, one) in inner.iter().enumerate() {
            if n > 0 {
                self.say(between);
            }
            match one {
                Cond::All(_) | Cond::Any(_) => self.in_brackets(|writer| writer.cond(one)),
                _ => self.cond(one),
            }
        }
    }

    fn expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Int(value) => self.say(&value.to_string().replace('-', "−")),
            Expr::Field(id) => self.out.push(self.names.field(id)),
            Expr::Fact(id) => self.out.push(self.names.fact(id)),
            Expr::Add(terms) if terms.len() < 2 => {
                self.say(self.words.sum_of);
                self.in_brackets(|writer| terms.iter().for_each(|term| writer.expr(term)));
            }
            Expr::Add(terms) => {
                for (n, term) in terms.iter().enumerate() {
                    if n > 0 {
                        self.say("+");
                    }
                    self.operand(term);
                }
            }
            Expr::Sub(sides) => {
                self.operand(&sides[0]);
                self.say("−");
                self.operand(&sides[1]);
            }
            Expr::Mul(factor, times) => {
                self.operand(factor);
                self.say("×");
                self.operand(&Expr::Int(*times));
            }
        }
    }

    /// In brackets where it is made of several.
    fn operand(&mut self, expr: &Expr) {
        match expr {
            Expr::Int(value) if *value >= 0 => self.expr(expr),
            Expr::Field(_) | Expr::Fact(_) => self.expr(expr),
            _ => self.in_brackets(|writer| writer.expr(expr)),
        }
    }

    fn in_brackets(&mut self, inner: impl FnOnce(&mut Self)) {
        self.say("(");
        inner(self);
        self.say(")");
    }
}

/// The words as a line of text, names in angle quotes.
pub fn line(words: &[Word]) -> String {
    let mut line = String::new();
    for word in words {
        let (own, is_glued) = match word {
            Word::Plain(text) => (text.clone(), matches!(text.as_str(), ")" | ";")),
            Word::Name(name) => (format!("«{name}»"), false),
            Word::Missing(id) => (format!("«? {id}»"), false),
        };
        if !line.is_empty() && !is_glued && !line.ends_with('(') {
            line.push(' ');
        }
        line.push_str(&own);
    }
    line
}
