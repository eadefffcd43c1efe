//! What the page does when somebody asks for it: each action calls the device, sets the state, navigates and tells.

pub mod appraisals;
pub mod autosave;
pub mod backup;
pub mod chunks;
pub mod files;
pub mod history;
pub mod keyring;
pub mod keys;
pub mod letter;
pub mod link;
pub mod lock;
pub mod open_file;
pub mod packs;
pub mod periods;
pub mod scan;
pub mod sign;
pub mod storage;
pub mod trial;
pub mod trust;
pub mod unsaved;
pub mod update;
