//! What is said of files that are opened, in English.

use super::Files;

pub(in crate::app::text) static TEXT: Files = Files {
    // a file is announced before it changes anything
    ask_backup: "The file “{}” is a backup, made at {} as it says.",
    ask_list: "The file “{}” is a trust list of {} keys.",
    ask_card: "The file “{}” is a key card, of “{}” as it says.",
    ask_would: "If it is taken in, on this device:",
    ask_nothing: "Nothing changes.",
    ask_forms_new: "new forms: {} – {}",
    ask_forms_replaced: "forms replaced by what was written on from them (the older under “Deleted forms”): {} – {}",
    ask_forms_stay: "forms written on from here, unchanged: {} – {}",
    ask_forms_both: "forms different on both sides, both kept: {} – {}",
    ask_unreadable: "forms that this version cannot read: {}",
    ask_keys: "new signing keys, still locked by their passphrases: {} – {}",
    ask_others: "new keys of others, which wait to be compared: {} – {}",
    ask_others_here: "keys of others that are here already: {}",
    ask_revokes: "The key of “{}” is revoked from {} on: none of its signatures counts any more, whatever day it states",
    ask_revokes_new: "A new key of “{}” is taken in as revoked from {} on",
    ask_file_name: "(the file calls it “{}”)",
    ask_card_new: "the card is taken in and waits to be compared; the key is not trusted yet",
    ask_card_here: "this key is here already, under the name “{}”; nothing changes",
    ask_more: "and {} more",
    ask_claims: "What the file says by itself – codes, times, deeds, “trusted” – does not count as done here.",
    ask_yes: "Take it in",
    ask_no: "No",
    // why a file is not opened
    fault_size: "the file is too large",
    fault_foreign: [
        "the file is empty; ask the sender to send it again",
        "it is text in UTF-16; save it as UTF-8, or ask for the original file",
        "it is a picture and not the file itself; pictures of the codes on paper are opened by “Read a form from paper”",
        "it is a PDF document and not the file itself",
        "it is a web page (HTML), perhaps the page of a login or a download that was saved by mistake",
        "it is an archive (ZIP), or a Word or Excel document; unpack an archive and open the file inside",
        "it is a Word or Excel document and not the file itself",
    ],
    fault_encoding: "its text is not in UTF-8, perhaps after an editor saved it; ask for the original file",
    fault_cut: "it is cut short: it ends at line {}, column {} before it is complete; download it or ask for it again",
    fault_other: "it is a JSON file of another product and names no format of Bốn Tốt",
    fault_syntax: "the content is not JSON at line {}, column {}",
    fault_place: "wrong at {}",
};
