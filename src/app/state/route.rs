//! Pages by the fragment of the address (spec s. 8).

use crate::value::AssessmentId;

/// The address of the page of keys.
pub const KEYS: &str = "#/keys";
/// The address of the desk.
pub const DESK: &str = "#/desk";
/// The address of the form kit.
pub const KIT: &str = "#/kit";
/// The address of a criteria pack in a link.
pub const PACK: &str = "#/pack";

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// `#/`: my forms.
    Home,
    /// `#/form/<id>`: a form; a section may stand behind it, see [`section`].
    Form(AssessmentId),
    /// `#/check/<link>`: a form from a link.
    Check(String),
    /// `#/example/<pack>`: the made-up form of a pack.
    Example(String),
    /// `#/keys`: keys of this device and of others.
    Keys,
    /// `#/desk`: what was received; the name of a section may stand behind it, as in `#/desk/units`.
    Desk(String),
    /// `#/kit`: packs that are written; the key of one and a place in it may stand behind it.
    Kit(String),
    /// `#/pack/<link>`: a published criteria pack in a link.
    Pack(String),
    /// Anything else.
    Unknown,
}

impl Route {
    /// The page of a fragment, without `#`.
    pub fn parse(fragment: &str) -> Route {
        match fragment.trim_end_matches('/') {
            "" => Route::Home,
            "/keys" => Route::Keys,
            "/desk" => Route::Desk(String::new()),
            "/kit" => Route::Kit(String::new()),
            path => {
                let after = |name| path.strip_prefix(name).map(str::to_owned);
                after("/check/")
                    .map(Route::Check)
                    .or_else(|| after("/desk/").map(Route::Desk))
                    .or_else(|| after("/kit/").map(Route::Kit))
                    .or_else(|| after("/pack/").map(Route::Pack))
                    .or_else(|| after("/example/").map(Route::Example))
                    .or_else(|| Some(Route::Form(AssessmentId::new(form_and_section(path)?.0)?)))
                    .unwrap_or(Route::Unknown)
            }
        }
    }

    /// Does the page show a form?
    pub fn is_of_form(&self) -> bool {
        matches!(self, Route::Form(_) | Route::Check(_) | Route::Example(_))
    }

    /// The address of a form.
    pub fn form(id: &AssessmentId) -> String {
        format!("#/form/{}", id.as_str())
    }
}

/// The address of a section of a form, by its name.
pub fn of_section(id: &AssessmentId, section: &str) -> String {
    format!("{}/{section}", Route::form(id))
}

/// The name of the section in the fragment of a form, without `#`.
pub fn section(fragment: &str) -> Option<&str> {
    form_and_section(fragment.trim_end_matches('/'))?.1
}

/// The parts of `/form/<id>/<section>`.
fn form_and_section(path: &str) -> Option<(&str, Option<&str>)> {
    let path = path.strip_prefix("/form/")?;
    Some(path.split_once('/').map_or((path, None), |(id, section)| (id, Some(section))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_are_pages() {
        assert_eq!(Route::parse(""), Route::Home);
        assert_eq!(Route::parse("/"), Route::Home);
        assert_eq!(Route::parse("/keys"), Route::Keys);
        assert_eq!(Route::parse("/desk"), Route::Desk(String::new()));
        assert_eq!(Route::parse("/desk/units"), Route::Desk("units".to_owned()));
        assert_eq!(Route::parse("/pack/1ab"), Route::Pack("1ab".to_owned()));
        assert_eq!(Route::parse("/kit/x/items/1"), Route::Kit("x/items/1".to_owned()));
        assert_eq!(Route::parse("/check/1x"), Route::Check("1x".to_owned()));
        assert_eq!(Route::parse("/example/x"), Route::Example("x".to_owned()));
        assert_eq!(Route::parse("/form/x"), Route::Unknown);
        let id = AssessmentId::from_bits([7; 16]);
        let address = Route::form(&id);
        assert_eq!(Route::parse(&address[1..]), Route::Form(id.clone()));
        assert_eq!(section(&address[1..]), None);
        let address = format!("{address}/C2");
        assert_eq!(Route::parse(&address[1..]), Route::Form(id));
        assert_eq!(section(&address[1..]), Some("C2"));
    }
}
