//! Workbooks and bags in English.

use super::Bags;

pub(in crate::app::text) static TEXT: Bags = Bags {
    export_workbook: "Save as a workbook (XLSX)",
    bag: "Register with its files",
    bag_say: "One ZIP file with the register, all forms and all appraisals, to be archived, or merged by others into their register: they choose this file where forms are received.",
    sign: "Sign it with a key of this device",
    export_bag: "Save all in one file (ZIP)",
    no_key: "Choose a key to sign with, or do not sign.",
    not_written: "The file was not written; the register on this device is as before. For technical support: {}",
    unsigned: "{} has no signature.",
    own: "{} is signed by a key of this device: {} (code {}).",
    trusted: "{} is signed by a trusted key: {} (code {}).",
    revoked: "{} is signed by a key that was revoked from {} on (code {}). Ask the sender.",
    unknown: "{} is signed by a key that is not trusted yet (code {}). Compare this code with the sender.",
};
