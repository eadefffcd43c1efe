//! What is said of files beside answers, in English.

use super::Attached;

pub(in crate::app::text) static TEXT: Attached = Attached {
    attached: "Attached files",
    attached_add: "Add pictures or files",
    attached_say: "Large pictures are made smaller when they are added. Files stay on this device; the signed form states their names, sizes and SHA-256, so that the superior can match them.",
    attached_used: "{} of {} for attached files on this device are used.",
    attached_busy: "Adding “{}”…",
    attached_remove: "Remove this file",
    attached_gone: "The file is not on this device. If you still have the original, remove this line and add it again.",
    attached_elsewhere: "The file is not on this device; it goes along with the form in the ZIP file, if the sender saved one.",
    attached_picture: "Picture “{}”",
    attached_line: "{} ({}, SHA-256 {}…)",
    attached_full: "An item takes at most {} files, so “{}” was not added. Remove some, or put the pages into one PDF file.",
    attached_twice: "The file “{}” is at this item already.",
    attached_empty: "The file “{}” is empty: there is nothing to attach. Choose another one.",
    attached_picture_large: "The picture “{}” is larger than {} even after it was made smaller. Take it again, or crop it.",
    attached_file_large: "The file “{}” is larger than {}. Scan it again at 150–200 dpi, or attach only the pages that are needed.",
    attached_no_room: "There is no room for “{}”: {} of {} are used. Send this file by itself. Files that were removed take room as long as earlier states and deleted forms keep them.",
    attached_unreadable: "The file “{}” could not be read. Try again, or choose another one.",
    attached_no_text: "The form has no room left for text, so the name of “{}” could not be added.",
    attached_zip: "Save the file with its attachments (ZIP)",
    attached_zip_say: "The form has {} attached files. In this ZIP file the superior gets the signed form and the files, and can match each of them.",
    attached_zip_missing: "The saved ZIP file lacks what is not on this device: {}.",
    attached_backup: "Attached files (pictures, documents) are not in the backup: keep the originals, or save the ZIP file after signing.",
};
