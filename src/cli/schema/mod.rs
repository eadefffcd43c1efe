//! `schema`: the JSON Schema (2020-12) of each file format of spec s. 2 to 5 and 10.
//!
//! A schema is derived from the type that reads and writes the format. It states shape and limits; references,
//! the depth of rules and signatures are checked by the reader only.

use clap::ValueEnum;
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema};

use crate::cli::{CliError, Ending, print};
use crate::desk::TrustList;
use crate::desk::register::Row;
use crate::form::Assessment;
use crate::pack::Pack;
use crate::rules::Outcome;
use crate::seal::{Appraisal, KeyCard, Published, Submission};

/// A file format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Criteria pack: what a form asks and what decides
    #[value(alias = "bontot.pack/1")]
    Pack,
    /// Assessment: what was answered
    #[value(alias = "bontot.assessment/1")]
    Assessment,
    /// Submission: the signed file
    #[value(alias = "bontot.submission/1")]
    Submission,
    /// Appraisal: what the superior says of a submission
    #[value(alias = "bontot.appraisal/1")]
    Appraisal,
    /// Key card: a public key that a unit shows
    #[value(alias = "bontot.key/1")]
    Key,
    /// Trust list: keys that people have compared
    #[value(alias = "bontot.trust/1")]
    Trust,
    /// Published pack: a pack that its author signed
    #[value(alias = "bontot.published/1")]
    Published,
    /// Outcome: what the rules make of a form
    Outcome,
    /// Register: one row of it, which is a line of NDJSON; also a receipt of `bontot receive`
    Register,
}

/// Prints a schema.
pub(super) fn run(format: Format) -> Result<Ending, CliError> {
    print::line(&format.schema_text())?;
    Ok(Ending::Well)
}

impl Format {
    /// The schema of the format.
    pub fn schema(self) -> Schema {
        match self {
            Format::Pack => root::<Pack>("urn:bontot:schema:pack:1"),
            Format::Assessment => root::<Assessment>("urn:bontot:schema:assessment:1"),
            Format::Submission => root::<Submission>("urn:bontot:schema:submission:1"),
            Format::Appraisal => root::<Appraisal>("urn:bontot:schema:appraisal:1"),
            Format::Key => root::<KeyCard>("urn:bontot:schema:key:1"),
            Format::Trust => root::<TrustList>("urn:bontot:schema:trust:1"),
            Format::Published => root::<Published>("urn:bontot:schema:published:1"),
            Format::Outcome => root::<Outcome>("urn:bontot:schema:outcome:1"),
            Format::Register => root::<Row>("urn:bontot:schema:register:1"),
        }
    }

    /// The schema as indented JSON.
    pub fn schema_text(self) -> String {
        format!("{:#}", self.schema().as_value())
    }
}

fn root<T: JsonSchema>(id: &str) -> Schema {
    let settings = SchemaSettings::draft2020_12();
    let generator = settings.with_transform(RecursiveTransform(drop_rust_formats)).into_generator();
    let mut schema = generator.into_root_schema_for::<T>();
    schema.insert("$id".to_owned(), id.into());
    schema
}

/// Removes the widths of Rust integers, which are no formats of JSON Schema.
fn drop_rust_formats(schema: &mut Schema) {
    if schema.get("format").is_some_and(|format| format == "int64") {
        schema.remove("format");
    }
}
