//! The pack of a table: ids, labels, points, and what no table says.

use std::collections::BTreeMap;

use super::columns::{Columns, Role};
use super::finding::Doubt;
use super::lines::{Line, Points};
use super::outline::{Entry, Section};
use super::preview::{CriterionPreview, Imported, ItemPreview, Notes, Options, Preview};
use crate::json::Json;
use crate::kit::blank::{self, Start};
use crate::pack::{Applies, Term};
use crate::value::{Id, name_key, search_key};

/// Kinds of answers as officers name them, as [`search_key`] gives them.
const PLAIN_KINDS: [&str; 6] =
    ["dat/khong dat", "dat / khong dat", "co/khong", "met", "yes/no", "dat khong dat"];
const FIELD_KINDS: [(&str, &str); 9] = [
    ("so", "integer"),
    ("so luong", "integer"),
    ("number", "integer"),
    ("integer", "integer"),
    ("ngay", "date"),
    ("date", "date"),
    ("chu", "text"),
    ("van ban", "text"),
    ("text", "text"),
];
const MANDATORY: [&str; 3] = ["bat buoc", "mandatory", "required"];
/// Largest value of a number that is asked for.
const NUMBER_MAX: i64 = 1_000_000;

/// Makes the pack and its preview.
pub(super) fn pack(
    sections: &[Section],
    title: Option<String>,
    has_points: bool,
    options: &Options,
    columns: &Columns,
    notes: &mut Notes,
) -> Imported {
    let entries = || sections.iter().flat_map(|section| &section.items);
    let scale = entries().filter_map(|entry| known(&entry.line)).map(|amount| amount.scale()).max();
    let scale = has_points.then(|| scale.unwrap_or(1));
    let title = title.unwrap_or_else(|| options.id.to_string());
    let start = Start {
        id: &options.id,
        version: &options.version,
        title: &title,
        levels: &options.levels,
        types: &options.types,
    };
    let mut made = Making { options, columns, notes, scale, ids: BTreeMap::new() };
    let (mut criteria, mut items, mut preview) = (Vec::new(), Vec::new(), Vec::new());
    made.reserve(sections);
    for (n, section) in sections.iter().enumerate() {
        let id = format!("c{}", n + 1);
        let heading = section.heading.as_ref();
        let label = heading.map_or(title.as_str(), |line| line.label.as_str());
        let english = heading.and_then(|line| line.other(Role::English));
        criteria.push(Json::from([
            ("id", id.as_str().into()),
            ("label", label_of(label, english)),
            ("others_percent", options.others_percent.into()),
        ]));
        made.numbers(section);
        let mut own = Vec::new();
        for (m, entry) in section.items.iter().enumerate() {
            let item = made.id(&entry.line, &format!("{id}.{:02}", m + 1));
            items.push(made.item(entry, &item, &id));
            let points = scale.and_then(|scale| Some(known(&entry.line)?.units(scale)));
            own.push((entry.line.row, item, entry.line.label.clone(), points));
        }
        preview.push((heading.map(|line| line.row), id, label.to_owned(), own));
    }
    made.notes.doubts.push(Doubt::Undecided { others_percent: options.others_percent });
    let total = entries().filter_map(|entry| Some(known(&entry.line)?.units(scale?))).sum();
    let required = i64::try_from(criteria.len()).unwrap_or(i64::MAX);
    let pack = blank::pack(&start, criteria, items, scale.map(scheme), required);
    Imported {
        pack,
        preview: Preview { criteria: previews(preview), scale, total, ..Preview::default() },
        doubts: Vec::new(),
    }
}

type Line4 = (usize, String, String, Option<i64>);

fn previews(found: Vec<(Option<usize>, String, String, Vec<Line4>)>) -> Vec<CriterionPreview> {
    let item = |(row, id, label, points): Line4| {
        Some(ItemPreview { row, id: Id::new(&id)?, label, points })
    };
    let criterion = |(row, id, label, items): (Option<usize>, String, String, Vec<Line4>)| {
        let items = items.into_iter().filter_map(item).collect();
        Some(CriterionPreview { row, id: Id::new(&id)?, label, items })
    };
    found.into_iter().filter_map(criterion).collect()
}

/// Points that inform: no bands.
fn scheme(scale: i64) -> Json {
    Json::from([
        ("scale", scale.into()),
        ("na", "drop".into()),
        ("adjustment_cap", Json::from([("up", 0.into()), ("down", 0.into())])),
        ("bands", Json::List(Vec::new())),
        ("eligible_bands", Json::List(Vec::new())),
    ])
}

fn known(line: &Line) -> Option<super::amount::Amount> {
    match line.points {
        Points::Known(amount) => Some(amount),
        Points::None | Points::Unread => None,
    }
}

fn label_of(vi: &str, en: Option<&str>) -> Json {
    let mut members = vec![("vi".to_owned(), Json::from(vi))];
    members.extend(en.map(|en| ("en".to_owned(), Json::from(super::lines::one_line(en)))));
    Json::Object(members)
}

struct Making<'a> {
    options: &'a Options,
    columns: &'a Columns,
    notes: &'a mut Notes,
    scale: Option<i64>,
    /// The ids that items have, each with its row.
    ids: BTreeMap<Id, usize>,
}

impl Making<'_> {
    fn column(&self, role: Role) -> usize {
        self.columns.get(role).unwrap_or_default()
    }

    /// Takes the ids that the table gives, so that none is made that a later row has.
    fn reserve(&mut self, sections: &[Section]) {
        for entry in sections.iter().flat_map(|section| &section.items) {
            if let Some(id) = entry.line.other(Role::Id).and_then(Id::new) {
                self.ids.entry(id).or_insert(entry.line.row);
            }
        }
    }

    /// The id of an item: its own, or else a made one.
    fn id(&mut self, line: &Line, made: &str) -> String {
        if let Some(text) = line.other(Role::Id) {
            match Id::new(text) {
                Some(id) => match self.ids.get(&id) {
                    Some(row) if *row != line.row => {
                        self.notes.doubts.push(Doubt::IdTwice { row: line.row, first: *row, id });
                    }
                    _ => return id.to_string(),
                },
                None => {
                    let (row, column) = (line.row, self.column(Role::Id));
                    self.notes.doubts.push(Doubt::IdInvalid { row, column, text: text.to_owned() });
                }
            }
        }
        let mut id = made.to_owned();
        for more in 2.. {
            match Id::new(&id) {
                Some(own) if self.ids.contains_key(&own) => id = format!("{made}-{more}"),
                Some(own) => {
                    self.ids.insert(own, line.row);
                    break;
                }
                None => break,
            }
        }
        id
    }

    /// Two items of a criterion with one number.
    fn numbers(&mut self, section: &Section) {
        let mut seen: BTreeMap<(&str, &[String]), usize> = BTreeMap::new();
        for entry in &section.items {
            let Some(mark) = entry.line.mark.as_ref().filter(|mark| mark.text != "-") else {
                continue;
            };
            // Below another heading numbers begin anew, unless they are paths.
            let above = if mark.text.contains('.') {
                &[][..]
            } else {
                entry.help.get(..1).unwrap_or_default()
            };
            match seen.get(&(mark.text.as_str(), above)) {
                Some(first) => self.notes.doubts.push(Doubt::NumberTwice {
                    row: entry.line.row,
                    first: *first,
                    number: mark.text.clone(),
                }),
                None => {
                    seen.insert((&mark.text, above), entry.line.row);
                }
            }
        }
    }

    fn item(&mut self, entry: &Entry, id: &str, criterion: &str) -> Json {
        let line = &entry.line;
        let mut help: Vec<String> = entry.help.clone();
        let applies = self.applies(line, &mut help);
        let (is_mandatory, field) = self.kind(line);
        let evidence = line.other(Role::Evidence);
        help.extend(evidence.map(|text| format!("Minh chứng: {text}")));
        help.extend(line.other(Role::Note).map(str::to_owned));
        let mut members = vec![
            ("id", id.into()),
            ("criterion", criterion.into()),
            ("label", label_of(&line.label, line.other(Role::English))),
        ];
        if !help.is_empty() {
            members.push(("help", Json::from([("vi", help.join("\n").into())])));
        }
        members.push(("applies", Json::List(applies)));
        if is_mandatory {
            members.push(("mandatory", true.into()));
        }
        if evidence.is_some() {
            members.push(("evidence", "optional".into()));
        }
        if let Some(kind) = field {
            members.push(("fields", Json::List(vec![field_of(kind)])));
        }
        if let (Some(scale), Some(amount)) = (self.scale, known(line)) {
            members.push(("points", Json::from([("max", amount.units(scale).into())])));
        }
        Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// Whether an item is mandatory, and what it asks for beside its verdict.
    fn kind(&mut self, line: &Line) -> (bool, Option<&'static str>) {
        let Some(text) = line.other(Role::Kind) else {
            return (false, None);
        };
        let key = search_key(text);
        let field = FIELD_KINDS.iter().find(|(word, _)| *word == key).map(|(_, kind)| *kind);
        let is_mandatory = MANDATORY.contains(&key.as_str());
        if field.is_none() && !is_mandatory && !PLAIN_KINDS.contains(&key.as_str()) {
            let (row, column) = (line.row, self.column(Role::Kind));
            self.notes.doubts.push(Doubt::KindUnknown { row, column, text: text.to_owned() });
        }
        (is_mandatory, field)
    }

    /// To which forms an item belongs.
    fn applies(&mut self, line: &Line, help: &mut Vec<String>) -> Vec<Json> {
        let Some(text) = line.other(Role::Applies) else {
            return self.every_form();
        };
        let parts = text.split([',', ';', '\n']).map(str::trim).filter(|part| !part.is_empty());
        let found: Option<Vec<String>> = parts.map(|part| self.selector(part)).collect();
        match found {
            Some(found) if !found.is_empty() => found.into_iter().map(Json::from).collect(),
            _ => {
                let (row, column) = (line.row, self.column(Role::Applies));
                let text = text.to_owned();
                help.push(format!("Đối tượng: {text}"));
                self.notes.doubts.push(Doubt::AppliesUnknown { row, column, text });
                self.every_form()
            }
        }
    }

    fn every_form(&self) -> Vec<Json> {
        let levels = self.options.levels.iter();
        let own: Vec<Json> = levels.map(|term| format!("{}:*", term.id).into()).collect();
        if own.is_empty() { vec!["*:*".into()] } else { own }
    }

    /// A selector as it stands in the format, or the words of a level or a type.
    fn selector(&self, text: &str) -> Option<String> {
        let (levels, types) = (&self.options.levels, &self.options.types);
        let is_known = |own: &Option<Id>, terms: &[Term]| {
            own.as_ref().is_none_or(|own| terms.iter().any(|term| term.id == *own))
        };
        let parsed: Option<Applies> = crate::json::from_json(&text.into()).ok();
        if let Some(applies) = parsed {
            let known = is_known(&applies.level, levels) && is_known(&applies.unit_type, types);
            return known.then(|| applies.to_string());
        }
        let key = name_key(text);
        let named = |term: &&Term| {
            let label = &term.label;
            let mut words = std::iter::once(&label.vi).chain(&label.en);
            term.id.as_str() == text || words.any(|word| name_key(word) == key)
        };
        let level = levels.iter().find(named).map(|term| format!("{}:*", term.id));
        level.or_else(|| types.iter().find(named).map(|term| format!("*:{}", term.id)))
    }
}

fn field_of(kind: &'static str) -> Json {
    let label = match kind {
        "integer" => label_of("Số lượng", Some("Number")),
        "date" => label_of("Ngày", Some("Date")),
        _ => label_of("Nội dung", Some("Text")),
    };
    let mut members = vec![("id", "value".into()), ("kind", kind.into()), ("label", label)];
    if kind == "integer" {
        members.extend([("min", 0.into()), ("max", NUMBER_MAX.into())]);
    }
    members.push(("required", true.into()));
    Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}
