//! A rule reads back exactly from its sentence, so no two rules have the same.

use bon_tot::json::{from_json, parse};
use bon_tot::kit::{Names, Word, line, sentence};
use bon_tot::pack::Cond;
use bon_tot::value::Lang;
use proptest::prelude::*;
use serde_json::{Value, json};

/// An item and a pack whose names are hard to tell apart.
const PACK: &str = r#"{"facts": [{"id": "all", "label": {"vi": "Đảng viên"}}, {"id": "free", "label": {"vi": "Được miễn"}}],
  "items": [{"id": "i", "fields": [
    {"id": "there", "label": {"vi": "Có mặt", "en": "Present"}}, {"id": "same", "label": {"vi": "Đảng viên"}}, {"id": "odd", "label": {"vi": "« + »"}},
    {"id": "kind", "label": {"vi": "Loại"}, "choices": [{"id": "a", "label": {"vi": "Tốt"}}, {"id": "b", "label": {"vi": "Tốt"}}]}]}]}"#;

fn names(lang: Lang) -> Names {
    let pack = parse(PACK.as_bytes(), 10_000).unwrap();
    let item = bon_tot::kit::tree::at(&pack, "/items/0");
    Names::of(&pack, item, lang)
}

fn rule(json: &Value) -> Cond {
    from_json(&parse(json.to_string().as_bytes(), 100_000).unwrap()).unwrap()
}

fn said(json: &Value, lang: Lang) -> String {
    line(&sentence(&rule(json), &names(lang), lang))
}

#[test]
fn rules_are_said_in_words() {
    let share = json!({"share": {"of": {"field": "there"}, "in": {"sub": [{"fact": "all"}, {"fact": "free"}]}, "op": "gt", "percent": 85}});
    assert_eq!(said(&share, Lang::Vi), "«Có mặt» trên 85 % của («Đảng viên · all» − «Được miễn»)");
    assert_eq!(
        said(&share, Lang::En),
        "«Present» is over 85 % of («Đảng viên · all» − «Được miễn»)"
    );
    let both = json!({"all": [{"ge": [{"field": "there"}, 3]}, {"any": [{"given": {"field": "odd"}}, {"not": {"choice": {"field": "kind", "in": ["a", "b"]}}}]}]});
    assert_eq!(
        said(&both, Lang::Vi),
        "«Có mặt» ít nhất là 3 và («+ · odd» đã được ghi hoặc không đúng là («Loại» là một trong («Tốt · a»; «Tốt · b»)))"
    );
    let gone = json!({"eq": [{"field": "gone"}, {"mul": [{"add": [1, {"fact": "free"}]}, -2]}]});
    assert_eq!(said(&gone, Lang::Vi), "«? gone» bằng (1 + «Được miễn») × (−2)");
}

fn expr() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        (-3i64..120).prop_map(|value| json!(value)),
        prop_oneof![Just("there"), Just("same"), Just("odd")].prop_map(|id| json!({"field": id})),
        prop_oneof![Just("all"), Just("free")].prop_map(|id| json!({"fact": id})),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(|terms| json!({"add": terms})),
            (inner.clone(), inner).prop_map(|(left, right)| json!({"sub": [left, right]})),
        ]
    })
}

/// A `mul` may hold none, so it is only made at the top.
fn side() -> impl Strategy<Value = Value> {
    (expr(), prop::option::of(-9i64..9))
        .prop_map(|(expr, times)| times.map_or(expr.clone(), |times| json!({"mul": [expr, times]})))
}

fn cond() -> impl Strategy<Value = Value> {
    let comparison =
        prop_oneof![Just("eq"), Just("ne"), Just("lt"), Just("le"), Just("gt"), Just("ge")];
    let share = prop_oneof![Just("gt"), Just("ge"), Just("lt"), Just("le")];
    let leaf = prop_oneof![
        (comparison, side(), side()).prop_map(|(op, left, right)| json!({op: [left, right]})),
        (side(), side(), share, 0i64..130).prop_map(|(of, all, op, percent)| json!({"share": {"of": of, "in": all, "op": op, "percent": percent}})),
        prop::collection::vec(prop_oneof![Just("a"), Just("b")], 0..3).prop_map(|among| json!({"choice": {"field": "kind", "in": among}})),
        Just(json!({"given": {"field": "there"}})),
        Just(json!({"in_period": {"field": "odd"}})),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(|all| json!({"all": all})),
            prop::collection::vec(inner.clone(), 0..4).prop_map(|any| json!({"any": any})),
            inner.prop_map(|one| json!({"not": one})),
        ]
    })
}

proptest! {
    #[test]
    fn a_sentence_reads_back_as_its_rule(json in cond()) {
        // Depth 8 is the most that a pack may have.
        let Ok(rule) = from_json::<Cond>(&parse(json.to_string().as_bytes(), 100_000).unwrap()) else { return Ok(()) };
        for lang in [Lang::Vi, Lang::En] {
            let words = sentence(&rule, &names(lang), lang);
            let mut reader = Reader { words: &words, lang };
            let read = reader.cond().filter(|_| reader.words.is_empty());
            prop_assert_eq!(read, Some(json.clone()), "{}", line(&words));
        }
    }
}

/// Reads a sentence; each method takes words from the front, and leaves them where they do not fit.
struct Reader<'w> {
    words: &'w [Word],
    lang: Lang,
}

impl Reader<'_> {
    fn plain(&mut self, vi: &str, en: &str) -> Option<()> {
        let wanted = if self.lang == Lang::Vi { vi } else { en };
        let own =
            self.words.split_first().filter(|(word, _)| **word == Word::Plain(wanted.to_owned()));
        self.words = own?.1;
        Some(())
    }

    fn sign(&mut self, sign: &str) -> Option<()> {
        self.plain(sign, sign)
    }

    /// What `read` reads, or nothing at all.
    fn whole<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.words;
        let own = read(self);
        if own.is_none() {
            self.words = before;
        }
        own
    }

    fn name(&mut self) -> Option<String> {
        let (Word::Name(name), rest) = self.words.split_first()? else { return None };
        self.words = rest;
        Some(name.clone())
    }

    fn number(&mut self) -> Option<i64> {
        let (Word::Plain(text), rest) = self.words.split_first()? else { return None };
        let number = text.replace('−', "-").parse().ok()?;
        self.words = rest;
        Some(number)
    }

    fn cond(&mut self) -> Option<Value> {
        let first = self.part()?;
        for (name, vi, en) in [("all", "và", "and"), ("any", "hoặc", "or")] {
            let mut list = vec![first.clone()];
            while self.plain(vi, en).is_some() {
                list.push(self.part()?);
            }
            if list.len() > 1 {
                return Some(json!({name: list}));
            }
        }
        Some(first)
    }

    fn part(&mut self) -> Option<Value> {
        for (name, vi, en) in
            [("all", "mọi điều trong", "all of"), ("any", "một điều trong", "any of")]
        {
            if self.plain(vi, en).is_some() {
                self.sign("(")?;
                let inner: Vec<Value> = self.whole(Self::cond).into_iter().collect();
                self.sign(")")?;
                return Some(json!({name: inner}));
            }
        }
        if self.plain("không đúng là", "it is not so that").is_some() {
            self.sign("(")?;
            let inner = self.cond()?;
            self.sign(")")?;
            return Some(json!({"not": inner}));
        }
        let in_brackets = |reader: &mut Self| {
            reader.sign("(")?;
            let inner = reader.cond()?;
            reader.sign(")")?;
            Some(inner)
        };
        self.whole(in_brackets).or_else(|| self.leaf())
    }

    fn leaf(&mut self) -> Option<Value> {
        let of_field = |reader: &mut Self| {
            let field = id(&reader.name()?)?;
            if reader.plain("đã được ghi", "is filled in").is_some() {
                return Some(json!({"given": {"field": field}}));
            }
            if reader.plain("nằm trong kỳ đánh giá", "lies in the period").is_some() {
                return Some(json!({"in_period": {"field": field}}));
            }
            reader.plain("là một trong", "is one of")?;
            reader.sign("(")?;
            let mut among = Vec::new();
            while let Some(name) = reader.name() {
                among.push(id(&name)?);
                _ = reader.sign(";");
            }
            reader.sign(")")?;
            Some(json!({"choice": {"field": field, "in": among}}))
        };
        if let Some(own) = self.whole(of_field) {
            return Some(own);
        }
        let of = self.expr()?;
        let mut is = |vi: &str, en: &str| self.plain(vi, en).is_some();
        let op = match () {
            () if is("bằng", "equals") => "eq",
            () if is("khác", "is not") => "ne",
            () if is("nhỏ hơn", "is less than") => "lt",
            () if is("lớn hơn", "is more than") => "gt",
            () if is("nhiều nhất là", "is at most") => "le",
            () if is("ít nhất là", "is at least") => "ge",
            () if is("trên", "is over") => return self.share(of, "gt"),
            () if is("dưới", "is under") => return self.share(of, "lt"),
            () => return None,
        };
        if let Some(share) = self.whole(|reader| reader.share(of.clone(), op)) {
            return Some(share);
        }
        let other = self.expr()?;
        Some(json!({op: [of, other]}))
    }

    fn share(&mut self, of: Value, op: &str) -> Option<Value> {
        let (Word::Plain(text), rest) = self.words.split_first()? else { return None };
        let percent: i64 = text.strip_suffix(" %")?.parse().ok()?;
        self.words = rest;
        self.plain("của", "of")?;
        let whole = self.operand()?;
        Some(json!({"share": {"of": of, "in": whole, "op": op, "percent": percent}}))
    }

    fn expr(&mut self) -> Option<Value> {
        if self.plain("tổng của", "the sum of").is_some() {
            self.sign("(")?;
            let inner = self.expr()?;
            self.sign(")")?;
            return Some(json!({"add": [inner]}));
        }
        // A negative number stands alone.
        let first = self.operand().or_else(|| self.number().map(|number| json!(number)))?;
        if self.sign("−").is_some() {
            let second = self.operand()?;
            return Some(json!({"sub": [first, second]}));
        }
        if self.sign("×").is_some() {
            let times = self.operand()?;
            return Some(json!({"mul": [first, times]}));
        }
        let mut terms = vec![first];
        while self.sign("+").is_some() {
            terms.push(self.operand()?);
        }
        Some(if terms.len() > 1 { json!({"add": terms}) } else { terms.remove(0) })
    }

    fn operand(&mut self) -> Option<Value> {
        if self.whole(|reader| reader.sign("(")).is_some() {
            let inner = self.expr()?;
            self.sign(")")?;
            return Some(inner);
        }
        if let Some(number) = self.whole(|reader| reader.number().filter(|own| *own >= 0)) {
            return Some(json!(number));
        }
        let name = self.name()?;
        let id = id(&name)?;
        Some(if ["all", "free"].contains(&id) { json!({"fact": id}) } else { json!({"field": id}) })
    }
}

/// Whose name this is.
fn id(name: &str) -> Option<&'static str> {
    let all = [
        ("Đảng viên · all", "all"),
        ("Đảng viên · same", "same"),
        ("Được miễn", "free"),
        ("Có mặt", "there"),
        ("Present", "there"),
        ("+ · odd", "odd"),
        ("Loại", "kind"),
        ("Tốt · a", "a"),
        ("Tốt · b", "b"),
    ];
    all.iter().find(|(own, _)| *own == name).map(|(_, id)| *id)
}
