//! `gleaner state`: what a state folder holds, and whether it is whole.
use super::Exit;
use std::io::Write;
use std::path::Path;

/// Carries out `gleaner state`.
pub(super) fn state(folder: &Path) -> anyhow::Result<Exit> {
    std::io::stdout().write_all(crate::describe_state(folder)?.as_bytes())?;
    Ok(Exit::Ok)
}
