//! What changed between two packs, in words.

mod names;
#[cfg(test)]
mod tests;

use crate::app::text::fill;
use crate::json::{Json, from_json};
use crate::kit::diff::{Change, Deed, Kind, Part};
use crate::kit::{Names, line, sentence, tree};
use crate::value::{Date, Lang, cut};
use names::{MEMBERS, STEPS, VALUES};

/// The most characters that a sentence repeats of a value.
const QUOTED: usize = 160;
/// Members that are rules.
const RULES: [&str; 3] = ["na_when", "met_when", "when"];

/// Two packs whose changes are told.
#[derive(Clone, Copy)]
pub struct Sides<'a> {
    /// The language.
    pub lang: Lang,
    /// The earlier pack.
    pub before: &'a Json,
    /// The later one.
    pub after: &'a Json,
}

/// What a kind of parts is called.
fn kind(kind: Kind) -> [&'static str; 2] {
    match kind {
        Kind::Level => ["cấp", "level"],
        Kind::Type => ["loại hình", "type"],
        Kind::Fact => ["số liệu chung", "common figure"],
        Kind::Check | Kind::ItemCheck => ["kiểm tra", "check"],
        Kind::Criterion => ["tiêu chí", "criterion"],
        Kind::Item => ["mục", "item"],
        Kind::Gate => ["điều kiện", "condition"],
        Kind::Adjustment => ["điểm cộng, trừ", "bonus or penalty"],
        Kind::Band => ["mức xếp loại", "level of points"],
        Kind::Field => ["ô", "field"],
        Kind::Choice => ["lựa chọn", "choice"],
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().collect::<String>());
    first.unwrap_or_default() + letters.as_str()
}

/// A number of parts with its decimals.
pub fn decimal(lang: Lang, value: i64, scale: i64) -> String {
    let sign = if value < 0 { "−" } else { "" };
    let (value, scale) = (value.unsigned_abs(), scale.clamp(1, 1000).unsigned_abs());
    let (whole, part) = (value / scale, value % scale * 1000 / scale);
    let comma = if lang == Lang::En { '.' } else { ',' };
    let part = format!("{part:03}");
    match part.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        part => format!("{sign}{whole}{comma}{part}"),
    }
}

impl Sides<'_> {
    fn of(&self, [vi, en]: [&'static str; 2]) -> &'static str {
        if self.lang == Lang::En { en } else { vi }
    }

    /// A text of a pack in both languages, in this one if it has that.
    fn label(&self, own: &Json) -> String {
        let other = if self.lang == Lang::En { tree::text(own, "/en") } else { "" };
        let text = if other.is_empty() { tree::text(own, "/vi") } else { other };
        cut(text, QUOTED).into_owned()
    }

    /// A part by its kind, code and name.
    pub fn part(&self, part: &Part) -> String {
        if part.0.is_empty() {
            return self.of(["Bộ tiêu chí", "The pack"]).to_owned();
        }
        let mut words: Vec<String> = Vec::new();
        for (place, (own, id)) in part.0.iter().enumerate() {
            let part = Part(part.0.iter().take(place + 1).cloned().collect());
            let found = [self.after, self.before]
                .into_iter()
                .find_map(|pack| tree::at(pack, &part.pointer(pack)?));
            let label = found.and_then(|own| own.get("label").or_else(|| own.get("message")));
            let name = label.map(|label| self.label(label)).filter(|name| !name.is_empty());
            let name = name.map_or_else(String::new, |name| format!(" “{name}”"));
            words.push(format!("{} {id}{name}", self.of(kind(*own))));
        }
        let all = words.join(", ");
        capital(&all)
    }

    /// What happened to the part.
    pub fn deed(&self, change: &Change) -> String {
        let say = |words: [&'static str; 2], values: &[&str]| fill(self.of(words), values);
        match &change.deed {
            Deed::Added { .. } => say(["Mới thêm", "New"], &[]),
            Deed::Removed { .. } => say(["Đã bỏ", "Gone"], &[]),
            Deed::Moved { before, after } => {
                let named = |pack: &Json, id: &str| {
                    let all = tree::list(pack, "/criteria").iter();
                    let own = all.filter(|own| tree::text(own, "/id") == id);
                    let label = own.filter_map(|own| own.get("label")).map(|own| self.label(own));
                    label.map(|label| format!("{id} “{label}”")).next().unwrap_or(id.to_owned())
                };
                let (before, after) = (named(self.before, before), named(self.after, after));
                let words = ["Chuyển từ tiêu chí {} sang {}", "Moves from criterion {} to {}"];
                say(words, &[&before, &after])
            }
            Deed::Renumbered { before } => {
                say(["Trước đây mang mã {}", "Was called {} before"], &[before])
            }
            Deed::Reordered { before, after } => {
                let (before, after) = ((before + 1).to_string(), (after + 1).to_string());
                let words = ["Đổi chỗ: từ thứ {} thành thứ {}", "Moves from place {} to place {}"];
                say(words, &[&before, &after])
            }
            Deed::Number { member, before, after } => {
                if let Some(words) = self.rules(&change.part, member) {
                    return words;
                }
                let number = |pack: &Json, value| self.number(pack, &change.part, member, value);
                let (before, after) = (number(self.before, *before), number(self.after, *after));
                self.went(member, &before, &after)
            }
            Deed::Member { member, before, after } => {
                let value = |pack, value: &Json| self.value(pack, &change.part, member, value);
                let before = before.as_ref().map(|own| value(self.before, own));
                let after = after.as_ref().map(|own| value(self.after, own));
                match (before, after) {
                    (Some(before), Some(after)) => self.went(member, &before, &after),
                    (Some(before), None) => {
                        say(["{}: bỏ {}", "{}: {} is gone"], &[&self.member(member), &before])
                    }
                    (None, after) => {
                        let (name, after) = (self.member(member), after.unwrap_or_default());
                        say(["{}: thêm {}", "{}: now {}"], &[&name, &after])
                    }
                }
            }
        }
    }

    fn went(&self, member: &str, before: &str, after: &str) -> String {
        let words = ["{}: từ {} thành {}", "{}: from {} to {}"];
        fill(self.of(words), &[&self.member(member), before, after])
    }

    /// What a member is called, in small letters; `None` where only its steps have names.
    fn known(&self, path: &str) -> Option<&'static str> {
        let mut all = MEMBERS.iter().chain(&STEPS);
        all.find(|(name, _)| *name == path).map(|(_, words)| self.of(*words))
    }

    /// What a step within a member is called.
    fn step(&self, path: &str) -> String {
        let last = path.rsplit('/').next().unwrap_or(path);
        let pair = path.rmatch_indices('/').nth(1).map_or(path, |(at, _)| &path[at + 1..]);
        match (last.parse::<usize>(), self.known(pair).or(self.known(last))) {
            (Ok(place), _) => fill(self.of(["thứ {}", "no. {}"]), &[&(place + 1).to_string()]),
            (Err(_), Some(words)) => words.to_owned(),
            (Err(_), None) => last.replace('_', " "),
        }
    }

    /// What a member is called.
    fn member(&self, path: &str) -> String {
        let words = match self.known(path) {
            Some(words) => words.to_owned(),
            None => {
                let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
                ends.map(|end| self.step(&path[..end])).collect::<Vec<_>>().join(" – ")
            }
        };
        capital(&words)
    }

    /// The rules before and after, where a number in one changed.
    fn rules(&self, part: &Part, member: &str) -> Option<String> {
        let steps: Vec<&str> = member.split('/').collect();
        let end = steps.iter().position(|step| RULES.contains(step))?;
        let path = steps.get(..=end)?.join("/");
        let rule = |pack: &Json| {
            let own = tree::at(pack, &format!("{}/{path}", part.pointer(pack)?))?;
            self.rule(pack, part, own)
        };
        // Of a part with another code now, the earlier rule is not found by that.
        let (before, after) = (rule(self.before)?, rule(self.after)?);
        Some(self.went(&path, &before, &after))
    }

    fn rule(&self, pack: &Json, part: &Part, rule: &Json) -> Option<String> {
        let rule = from_json(rule).ok()?;
        let item = part.item().map(|id| Part(vec![(Kind::Item, id.to_owned())]));
        let item = item.and_then(|item| tree::at(pack, &item.pointer(pack)?));
        let names = Names::of(pack, item, self.lang);
        Some(format!("“{}”", line(&sentence(&rule, &names, self.lang))))
    }

    fn number(&self, pack: &Json, part: &Part, member: &str, value: i64) -> String {
        let last = member.rsplit('/').next().unwrap_or(member);
        let is_points = ["up", "down"].contains(&last)
            || member == "points/max"
            || (member.starts_with("points/bands/") && last == "points")
            || (part.kind() == Some(Kind::Adjustment) && last == "points");
        match last {
            "at_least_bp" => format!("{} %", decimal(self.lang, value, 100)),
            "others_percent" | "percent" => format!("{value} %"),
            _ if is_points => match tree::at(pack, "/points/scale") {
                Some(Json::Int(scale)) => decimal(self.lang, value, *scale),
                _ => value.to_string(),
            },
            _ => value.to_string(),
        }
    }

    fn value(&self, pack: &Json, part: &Part, member: &str, value: &Json) -> String {
        let last = member.rsplit('/').next().unwrap_or(member);
        if RULES.contains(&last)
            && let Some(words) = self.rule(pack, part, value)
        {
            return words;
        }
        match value {
            Json::Null => self.of(["để trống", "blank"]).to_owned(),
            Json::Bool(true) => self.of(["có", "yes"]).to_owned(),
            Json::Bool(false) => self.of(["không", "no"]).to_owned(),
            Json::Int(number) => self.number(pack, part, member, *number),
            Json::Text(text) => {
                self.named(pack, last, text).unwrap_or_else(|| self.word(last, text))
            }
            Json::List(all) if all.is_empty() => self.of(["không có gì", "nothing"]).to_owned(),
            Json::List(all) => {
                let all = all.iter().map(|own| self.value(pack, part, member, own));
                all.collect::<Vec<_>>().join(", ")
            }
            Json::Object(_) if value.get("vi").is_some() => self.both(value),
            Json::Object(members) => {
                let given = members.iter().filter(|(_, own)| *own != Json::Null);
                let one = |(name, own): &(String, Json)| {
                    let path = format!("{member}/{name}");
                    format!("{}: {}", self.step(&path), self.value(pack, part, &path, own))
                };
                given.map(one).collect::<Vec<_>>().join("; ")
            }
        }
    }

    /// A text in both languages: which of them changed is to be seen.
    fn both(&self, label: &Json) -> String {
        let (vi, en) = (tree::text(label, "/vi"), tree::text(label, "/en"));
        match (vi, en) {
            (vi, "") => format!("“{}”", cut(vi, QUOTED)),
            (vi, en) => format!("“{}” / “{}”", cut(vi, QUOTED), cut(en, QUOTED)),
        }
    }

    /// What a code is called in its pack; `None` where the member holds no codes, or it is nothing there.
    fn named(&self, pack: &Json, member: &str, code: &str) -> Option<String> {
        let label = |list: &str, id: &str| {
            let mut all = tree::list(pack, list).iter();
            let own = all.find(|own| tree::text(own, "/id") == id)?;
            Some(self.label(own.get("label")?)).filter(|name| !name.is_empty())
        };
        let name = match member {
            "applies" if code != "*:*" => {
                let (level, unit_type) = code.split_once(':')?;
                let every = |words: [&'static str; 2], list: &str, id: &str| match id {
                    "*" => Some(self.of(words).to_owned()),
                    id => label(list, id),
                };
                let level = every(["mọi cấp", "every level"], "/levels", level)?;
                let unit_type = every(["mọi loại hình", "every type"], "/types", unit_type)?;
                return Some(format!("{level} · {unit_type}"));
            }
            "eligible_bands" => label("/points/bands", code)?,
            "criterion" => label("/criteria", code)?,
            "items" | "full_items" => label("/items", code)?,
            _ => return None,
        };
        Some(format!("{code} “{name}”"))
    }

    fn word(&self, member: &str, text: &str) -> String {
        let own = VALUES.iter().find(|(name, value, _)| *name == member && *value == text);
        match own {
            Some((.., words)) => self.of(*words).to_owned(),
            None => match Date::parse(text) {
                Some(day) => super::day(day),
                None => format!("“{}”", cut(text, QUOTED)),
            },
        }
    }
}
