//! The version after one.

/// The version after one, for a change of what decides (`1.0.0` → `1.1.0`) or of words (`1.0.1`); `None` where the text is
/// no version.
pub fn next_version(version: &str, decides: bool) -> Option<String> {
    let released = version.split('-').next()?;
    let mut numbers = released.split('.').map(|number| number.parse::<u32>().ok());
    let [major, minor, patch] = [numbers.next()??, numbers.next()??, numbers.next()??];
    Some(match (decides, version == released) {
        // What follows a draft of a version is that version.
        (_, false) => released.to_owned(),
        (true, true) => format!("{major}.{}.0", minor.checked_add(1)?),
        (false, true) => format!("{major}.{minor}.{}", patch.checked_add(1)?),
    })
}
