//! The assessment as a whole: `bontot.assessment/1` (spec s. 3).

use crate::form::answer::filled;
use crate::form::{Answer, GateAnswer, Vote};
use crate::json::{
    Builder, Expected, FILE_LIMIT, INTEGER_MAX, Json, Object, Read, ReadError, Write, integer,
    parse,
};
use crate::pack::{Pack, PackRef, PeriodKind};
use crate::value::{AssessmentId, Date, Id, Instant, SortedMap, map};

/// A form with its answers (*phiếu tự đánh giá*).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// Random, made with the form.
    pub id: AssessmentId,
    /// How often the form was sealed.
    pub revision: i64,
    /// The pack by whose rules it is filled.
    pub pack: PackRef,
    /// Who assesses itself.
    pub unit: Unit,
    /// The time that is assessed.
    pub period: Period,
    /// Facts that are not blank.
    pub facts: SortedMap<Id, i64>,
    /// Answers by item.
    pub items: SortedMap<Id, Answer>,
    /// Declarations by gate.
    pub gates: SortedMap<Id, GateAnswer>,
    /// How often each adjustment counts.
    pub adjustments: SortedMap<Id, i64>,
    /// The vote.
    pub vote: Vote,
    /// Good models that the unit offers for spreading.
    pub practices: Vec<Practice>,
    /// Remarks in words.
    pub remarks: Remarks,
    /// Where the form was made.
    pub place: String,
    /// When the form was begun.
    pub created: Instant,
    /// When it was last changed.
    pub updated: Instant,
}

/// Who assesses itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its name.
    pub name: String,
    /// A level of the pack.
    pub level: Id,
    /// A type of the pack.
    pub unit_type: Id,
    /// Its code in the party's register, if it has one.
    pub code: String,
    /// The party organisation that it belongs to.
    pub parent: String,
    /// The committee that it files with.
    pub superior: String,
}

/// The time that is assessed; does not end before it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// The kind of period.
    pub kind: PeriodKind,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
}

impl Period {
    /// Is the day within the period?
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

/// A good model (*mô hình, cách làm hay*).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Practice {
    /// Its name.
    pub title: String,
    /// What is done and what came of it.
    pub text: String,
}

/// Remarks in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// ưu điểm
    pub strengths: String,
    /// hạn chế, khuyết điểm
    pub limits: String,
    /// nguyên nhân
    pub causes: String,
    /// biện pháp khắc phục
    pub remedies: String,
}

impl Assessment {
    /// Reads an assessment from its JSON text.
    ///
    /// # Errors
    /// The first fault against spec s. 1 and s. 3. Whether the answers fit a pack is for
    /// [`check`](super::check) to say.
    pub fn from_bytes(bytes: &[u8]) -> Result<Assessment, ReadError> {
        Assessment::read(&parse(bytes, FILE_LIMIT)?)
    }

    /// An empty form of a pack: the first level and type, nothing answered.
    ///
    /// `None` where the pack has no level or no type, which the linter refuses.
    pub fn blank(
        pack: &Pack,
        id: AssessmentId,
        period: Period,
        now: Instant,
    ) -> Option<Assessment> {
        Some(Assessment {
            id,
            revision: 0,
            pack: pack.reference(),
            unit: Unit {
                name: String::new(),
                level: pack.levels.first()?.id.clone(),
                unit_type: pack.types.first()?.id.clone(),
                code: String::new(),
                parent: String::new(),
                superior: String::new(),
            },
            period,
            facts: SortedMap::new(),
            items: SortedMap::new(),
            gates: SortedMap::new(),
            adjustments: SortedMap::new(),
            vote: Vote::default(),
            practices: Vec::new(),
            remarks: Remarks::default(),
            place: String::new(),
            created: now,
            updated: now,
        })
    }

    /// Passes every text that a person typed through `normal`, for NFC and trimming (spec s. 1).
    pub fn normalise(&mut self, normal: impl Fn(&str) -> String) {
        let unit = &mut self.unit;
        let remarks = &mut self.remarks;
        let own = [
            &mut unit.name,
            &mut unit.code,
            &mut unit.parent,
            &mut unit.superior,
            &mut remarks.strengths,
            &mut remarks.limits,
            &mut remarks.causes,
            &mut remarks.remedies,
            &mut self.place,
        ];
        let answers = self.items.values_mut().flat_map(|a| {
            let texts = a.fields.values_mut().filter_map(|value| match value {
                super::FieldValue::Text(text) => Some(text),
                super::FieldValue::Int(_) => None,
            });
            texts.chain([&mut a.reason, &mut a.evidence])
        });
        let notes = self.gates.values_mut().map(|gate| &mut gate.note);
        let practices = self
            .practices
            .iter_mut()
            .flat_map(|p| [&mut p.title, &mut p.text]);
        for text in own.into_iter().chain(answers).chain(notes).chain(practices) {
            *text = normal(text);
        }
    }
}

impl Read for Assessment {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open_format(
            json,
            &["bontot.assessment/1"],
            &[
                "format",
                "id",
                "revision",
                "pack",
                "unit",
                "period",
                "facts",
                "items",
                "gates",
                "adjustments",
                "vote",
                "practices",
                "remarks",
                "place",
                "created",
                "updated",
            ],
        )?;
        let whole = |json: &Json| match json {
            Json::Null => Ok(None),
            json => integer(json, -INTEGER_MAX, INTEGER_MAX).map(Some),
        };
        Ok(Assessment {
            id: o.need("id")?,
            revision: o.integer("revision", 0, INTEGER_MAX)?,
            pack: o.need("pack")?,
            unit: o.need("unit")?,
            period: o.need("period")?,
            facts: o
                .maybe_by("facts", |j| map(j, Id::parse, whole))?
                .unwrap_or_default(),
            items: o
                .maybe_by("items", |j| {
                    map(j, Id::parse, |a| Answer::read(a).map(Some))
                })?
                .unwrap_or_default(),
            gates: o
                .maybe_by("gates", |j| {
                    map(j, Id::parse, |g| GateAnswer::read(g).map(Some))
                })?
                .unwrap_or_default(),
            adjustments: o
                .maybe_by("adjustments", |j| map(j, Id::parse, whole))?
                .unwrap_or_default(),
            vote: o.maybe_null("vote")?.unwrap_or_default(),
            practices: o.list("practices")?,
            remarks: o.maybe("remarks")?.unwrap_or_default(),
            place: o.text("place")?,
            created: o.need("created")?,
            updated: o.need("updated")?,
        })
    }
}

fn members<V>(map: &SortedMap<Id, V>, value: impl Fn(&V) -> Json) -> Json {
    Json::Object(
        map.iter()
            .map(|(id, v)| (id.as_str().to_owned(), value(v)))
            .collect(),
    )
}

impl Write for Assessment {
    fn write(&self) -> Json {
        let vote = (self.vote != Vote::default()).then(|| self.vote.write());
        let practices: Vec<_> = self.practices.iter().map(Write::write).collect();
        Builder::new()
            .with("format", "bontot.assessment/1")
            .with("id", self.id.as_str())
            .with("revision", self.revision)
            .with("pack", self.pack.write())
            .with("unit", self.unit.write())
            .with("period", self.period.write())
            .with("facts", members(&self.facts, |v| Json::Int(*v)))
            .with("items", members(&self.items, Write::write))
            .with("gates", members(&self.gates, Write::write))
            .with("adjustments", members(&self.adjustments, |v| Json::Int(*v)))
            .with_some("vote", vote)
            .with("practices", practices)
            .with("remarks", self.remarks.write())
            .with("place", &self.place)
            .with("created", self.created)
            .with("updated", self.updated)
            .done()
    }
}

impl Read for Unit {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(
            json,
            &["name", "level", "type", "code", "parent", "superior"],
        )?;
        Ok(Unit {
            name: o.need("name")?,
            level: o.need("level")?,
            unit_type: o.need("type")?,
            code: o.text("code")?,
            parent: o.text("parent")?,
            superior: o.text("superior")?,
        })
    }
}

impl Write for Unit {
    fn write(&self) -> Json {
        Builder::new()
            .with("name", &self.name)
            .with("level", &self.level)
            .with("type", &self.unit_type)
            .with("code", &self.code)
            .with("parent", &self.parent)
            .with("superior", &self.superior)
            .done()
    }
}

impl Read for Period {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(json, &["kind", "from", "to"])?;
        let from = o.need("from")?;
        Ok(Period {
            kind: o.need("kind")?,
            from,
            to: o.need_by("to", |json| match Date::read(json) {
                Ok(to) if to < from => Err(ReadError::expected(Expected::PeriodInOrder)),
                read => read,
            })?,
        })
    }
}

impl Write for Period {
    fn write(&self) -> Json {
        Builder::new()
            .with("kind", self.kind)
            .with("from", self.from)
            .with("to", self.to)
            .done()
    }
}

impl Read for Practice {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(json, &["title", "text"])?;
        Ok(Practice {
            title: o.text("title")?,
            text: o.text("text")?,
        })
    }
}

impl Write for Practice {
    fn write(&self) -> Json {
        Builder::new()
            .with("title", &self.title)
            .with("text", &self.text)
            .done()
    }
}

impl Read for Remarks {
    fn read(json: &Json) -> Result<Self, ReadError> {
        let o = Object::open(json, &["strengths", "limits", "causes", "remedies"])?;
        Ok(Remarks {
            strengths: o.text("strengths")?,
            limits: o.text("limits")?,
            causes: o.text("causes")?,
            remedies: o.text("remedies")?,
        })
    }
}

impl Write for Remarks {
    fn write(&self) -> Json {
        let text = |text: &str| filled(text).unwrap_or_default().to_owned();
        Builder::new()
            .with("strengths", text(&self.strengths))
            .with("limits", text(&self.limits))
            .with("causes", text(&self.causes))
            .with("remedies", text(&self.remedies))
            .done()
    }
}
