//! One change between two packs: where, what, whether it matters for a form, and a sentence.

use std::fmt;

use crate::json::{Json, canonical};
use crate::kit::tree;
use crate::value::cut;

/// The most characters that a sentence repeats of a value.
const QUOTED: usize = 120;

/// The lists of a pack whose elements have ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A level of units.
    Level,
    /// A type of units.
    Type,
    /// A fact.
    Fact,
    /// A check of the pack.
    Check,
    /// A criterion.
    Criterion,
    /// An item.
    Item,
    /// A gate.
    Gate,
    /// A bonus or penalty.
    Adjustment,
    /// An overall band.
    Band,
    /// A field of an item.
    Field,
    /// A choice of a field.
    Choice,
    /// A check of an item.
    ItemCheck,
}

impl Kind {
    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Level => "level",
            Kind::Type => "type",
            Kind::Fact => "fact",
            Kind::Check | Kind::ItemCheck => "check",
            Kind::Criterion => "criterion",
            Kind::Item => "item",
            Kind::Gate => "gate",
            Kind::Adjustment => "adjustment",
            Kind::Band => "band",
            Kind::Field => "field",
            Kind::Choice => "choice",
        }
    }

    /// Where the list of such parts stands: in the pack, or in the part that has it.
    pub fn list(self) -> &'static str {
        match self {
            Kind::Level => "levels",
            Kind::Type => "types",
            Kind::Fact => "facts",
            Kind::Check | Kind::ItemCheck => "checks",
            Kind::Criterion => "criteria",
            Kind::Item => "items",
            Kind::Gate => "gates",
            Kind::Adjustment => "adjustments",
            Kind::Band => "points/bands",
            Kind::Field => "fields",
            Kind::Choice => "choices",
        }
    }
}

/// A part of a pack: from the outermost to itself, such as item, field, choice; nothing for the pack as a whole. Ids are
/// those of the later pack where the part stands in both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part(pub Vec<(Kind, String)>);

impl Part {
    /// The kind of the innermost part.
    pub fn kind(&self) -> Option<Kind> {
        self.0.last().map(|(kind, _)| *kind)
    }

    /// The item that it is, or is in.
    pub fn item(&self) -> Option<&str> {
        self.0.iter().find(|(kind, _)| *kind == Kind::Item).map(|(_, id)| id.as_str())
    }

    /// Where it stands in a pack; `None` where it does not. Of the pack as a whole, the empty pointer.
    pub fn pointer(&self, pack: &Json) -> Option<String> {
        let mut pointer = String::new();
        for (kind, id) in &self.0 {
            let list = format!("{pointer}/{}", kind.list());
            let own = |one: &Json| tree::text(one, "/id") == id;
            let place = tree::list(pack, &list).iter().position(own)?;
            pointer = format!("{list}/{place}");
        }
        Some(pointer)
    }

    pub(super) fn with(&self, kind: Kind, id: &str) -> Part {
        let mut steps = self.0.clone();
        steps.push((kind, id.to_owned()));
        Part(steps)
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("the pack");
        }
        for (place, (kind, id)) in self.0.iter().enumerate() {
            let comma = if place > 0 { ", " } else { "" };
            write!(f, "{comma}{} {id}", kind.word())?;
        }
        Ok(())
    }
}

/// What happened to a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// It is new.
    Added {
        /// The part.
        value: Json,
    },
    /// It is gone.
    Removed {
        /// The part.
        value: Json,
    },
    /// An item belongs to another criterion.
    Moved {
        /// The criterion before.
        before: String,
        /// The criterion now.
        after: String,
    },
    /// It has another id and is otherwise the same.
    Renumbered {
        /// The id before.
        before: String,
    },
    /// It stands elsewhere in its list. Places count from zero.
    Reordered {
        /// The place before.
        before: usize,
        /// The place now.
        after: usize,
    },
    /// A number is another one: a threshold, points, a limit.
    Number {
        /// Which, by the names of members, such as `met_when/share/percent`.
        member: String,
        /// The number before.
        before: i64,
        /// The number now.
        after: i64,
    },
    /// Anything else of it changed.
    Member {
        /// Which, by the names of members.
        member: String,
        /// What stood there, if anything.
        before: Option<Json>,
        /// What stands there now, if anything.
        after: Option<Json>,
    },
}

/// A change between two packs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The part that changed.
    pub part: Part,
    /// What happened to it.
    pub deed: Deed,
}

/// Members that are words, or say where the pack comes from and when it is used: no outcome depends on them.
const WORDS: [&str; 12] = [
    "id",
    "version",
    "title",
    "issuer",
    "note",
    "effective",
    "legal_basis",
    "periods",
    "label",
    "help",
    "source",
    "message",
];

impl Change {
    /// Can it change the outcome of a form, or what happens to answers that were given before?
    pub fn matters(&self) -> bool {
        match &self.deed {
            Deed::Moved { .. } | Deed::Renumbered { .. } => true,
            // Only the first of several bands counts.
            Deed::Reordered { .. } => self.part.kind() == Some(Kind::Band),
            Deed::Added { value } | Deed::Removed { value } => match self.part.kind() {
                Some(Kind::Check | Kind::ItemCheck) => {
                    value.get("severity").and_then(Json::as_text) != Some("warning")
                }
                Some(Kind::Level | Kind::Type) => matches!(self.deed, Deed::Removed { .. }),
                _ => true,
            },
            Deed::Number { member, .. } | Deed::Member { member, .. } => {
                let first = member.split('/').next().unwrap_or_default();
                !WORDS.contains(&first)
            }
        }
    }

    /// The change as one object.
    pub fn to_json(&self) -> Json {
        let steps = self.part.0.iter().map(|(kind, id)| {
            Json::from([("kind", kind.word().into()), ("id", id.as_str().into())])
        });
        let mut members = vec![("part", Json::List(steps.collect()))];
        let or_null = |value: &Option<Json>| value.clone().unwrap_or(Json::Null);
        let place = |place: &usize| Json::Int(i64::try_from(*place).unwrap_or(i64::MAX));
        match &self.deed {
            Deed::Added { value } => {
                members.extend([("change", "added".into()), ("after", value.clone())])
            }
            Deed::Removed { value } => {
                members.extend([("change", "removed".into()), ("before", value.clone())]);
            }
            Deed::Moved { before, after } => members.extend([
                ("change", "moved".into()),
                ("before", before.as_str().into()),
                ("after", after.as_str().into()),
            ]),
            Deed::Renumbered { before } => {
                members
                    .extend([("change", "renumbered".into()), ("before", before.as_str().into())]);
            }
            Deed::Reordered { before, after } => members.extend([
                ("change", "reordered".into()),
                ("before", place(before)),
                ("after", place(after)),
            ]),
            Deed::Number { member, before, after } => members.extend([
                ("change", "number".into()),
                ("member", member.as_str().into()),
                ("before", (*before).into()),
                ("after", (*after).into()),
            ]),
            Deed::Member { member, before, after } => members.extend([
                ("change", "member".into()),
                ("member", member.as_str().into()),
                ("before", or_null(before)),
                ("after", or_null(after)),
            ]),
        }
        members.extend([("matters", self.matters().into()), ("text", self.to_string().into())]);
        Json::Object(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let part = &self.part;
        match &self.deed {
            Deed::Added { value } => write!(f, "{part} is new{}", name(value)),
            Deed::Removed { value } => write!(f, "{part} is gone{}", name(value)),
            Deed::Moved { before, after } => {
                write!(f, "{part} moves from criterion {before} to criterion {after}")
            }
            Deed::Renumbered { before } => write!(f, "{part} was called {before} before"),
            Deed::Reordered { before, after } => {
                write!(f, "{part} moves from place {} to place {}", before + 1, after + 1)
            }
            Deed::Number { member, before, after } => {
                write!(f, "{part}: {} goes from {before} to {after}", named(member))
            }
            Deed::Member { member, before: None, after: Some(after) } => {
                write!(f, "{part}: {} is now there: {}", named(member), shown(after))
            }
            Deed::Member { member, before: Some(before), after: None } => {
                write!(f, "{part}: {} is gone: {}", named(member), shown(before))
            }
            Deed::Member { member, before, after } => {
                let text = |value: &Option<Json>| value.as_ref().map(shown).unwrap_or_default();
                write!(
                    f,
                    "{part}: {} changes from {} to {}",
                    named(member),
                    text(before),
                    text(after)
                )
            }
        }
    }
}

/// A member in words.
fn named(member: &str) -> String {
    member.replace(['/', '_'], " ")
}

/// The label of a part, behind a colon.
fn name(value: &Json) -> String {
    let label = value.get("label").or_else(|| value.get("message"));
    let text = label.and_then(|label| label.get("vi")).and_then(Json::as_text);
    text.map(|text| format!(": \"{}\"", cut(text, QUOTED))).unwrap_or_default()
}

fn shown(value: &Json) -> String {
    let vi = value.get("vi").and_then(Json::as_text);
    let text = match (vi, value.get("en").and_then(Json::as_text)) {
        (Some(vi), None) => return format!("\"{}\"", cut(vi, QUOTED)),
        (Some(vi), Some(en)) => format!("\"{vi}\" / \"{en}\""),
        (None, _) => canonical(value),
    };
    cut(&text, QUOTED).into_owned()
}
