//! `gleaner verify`: whether an output is what its manifest says.
use super::Exit;
use super::say::plain;

/// Carries out `gleaner verify`. An output that is not whole ends with 1.
pub(super) fn verify(output: &str) -> anyhow::Result<Exit> {
    let verified = crate::verify(output)?;
    for fault in &verified.faults {
        eprintln!("failed: {}", plain(fault));
    }
    let (files, records, bytes) = (verified.files, verified.records, verified.bytes);
    if verified.faults.is_empty() {
        println!("{files} files, {records} records, {bytes} bytes: all as the manifest says");
        Ok(Exit::Ok)
    } else {
        Ok(Exit::SomeFailed)
    }
}
