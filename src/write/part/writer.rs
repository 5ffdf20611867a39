//! A part that is being written.
use super::super::manifest::{FileRow, Manifest, Role, close_json};
use super::super::writers::failed;
use super::super::{Closed, Outputs, Target};
use super::{END_MAGIC, ENDING, MAGIC, Place, ZSTD_WINDOW_LOG, entry_head, hasher};
use crate::model::{Error, Result, RunReport};
use std::io::{self, Write};
use std::path::Path;
use zstd::stream::write::Encoder;

/// The level of zstd: its own default.
const ZSTD_LEVEL: i32 = 3;

/// A part that is being written.
pub(crate) struct PartWriter {
    out: Encoder<'static, Target>,
    outputs: Outputs,
    name: String,
    hasher: blake3::Hasher,
    documents: u64,
}

impl PartWriter {
    /// Begins a part with its header.
    ///
    /// # Errors
    /// The name does not end with `.part`, or the file cannot be created.
    pub(crate) fn create(outputs: &Outputs, header: &[u8]) -> Result<PartWriter> {
        let path = Path::new(&outputs.data);
        if path.extension().is_none_or(|ending| ending != ENDING) {
            let message = format!("the name of a part must end with .{ENDING}");
            return Err(Error::Output { path: outputs.data.clone(), message });
        }
        outputs.check()?;
        let name = outputs.data.clone();
        let target = Target::create(path)?;
        if let Some(path) = outputs.report_path() {
            // Opened now so that a bad path fails before the work, written when the work is done.
            Target::create(&path)?;
        }
        let out = begin(target, header).map_err(|error| failed(&name, error))?;
        Ok(PartWriter { out, outputs: outputs.clone(), name, hasher: hasher(header), documents: 0 })
    }

    /// Writes a document. Places must grow.
    ///
    /// # Errors
    /// What the file system says; or the document is larger than 4 GiB.
    pub(crate) fn put(&mut self, place: Place, bytes: &[u8]) -> Result<()> {
        let put = |out: &mut Encoder<'static, Target>, hasher: &mut blake3::Hasher| {
            let head = entry_head(place, bytes.len())?;
            hasher.update(&head).update(bytes);
            out.write_all(&head)?;
            out.write_all(bytes)
        };
        put(&mut self.out, &mut self.hasher).map_err(|error| failed(&self.name, error))?;
        self.documents += 1;
        Ok(())
    }

    /// Makes the part whole, and gives it and its report and manifest their names, the manifest last.
    ///
    /// # Errors
    /// What the file system says.
    pub(crate) fn commit(self, report: &RunReport) -> Result<()> {
        let (outputs, documents) = (self.outputs.clone(), self.documents);
        let name = self.name.clone();
        let closed = self.close().map_err(|error| failed(&name, error))?;
        let mut manifest = Manifest::empty(false);
        manifest.config.clone_from(&report.config);
        if let Some(part) = &closed {
            let row = FileRow::of(part, Role::Part, documents).map_err(|error| failed(&name, error))?;
            manifest.put(row);
        }
        let told = outputs.report_path().map(|path| close_json(&path, report)).transpose()?.flatten();
        let proof = outputs.manifest_path().map(|path| close_json(&path, &manifest)).transpose()?.flatten();
        told.iter().chain(&closed).chain(&proof).try_for_each(Closed::rename)
    }

    fn close(self) -> io::Result<Option<Closed>> {
        let mut target = self.out.finish()?;
        target.write_all(&self.documents.to_le_bytes())?;
        target.write_all(self.hasher.finalize().as_bytes())?;
        target.write_all(END_MAGIC)?;
        target.close()
    }
}

/// Writes what stands before the documents.
fn begin(mut target: Target, header: &[u8]) -> io::Result<Encoder<'static, Target>> {
    let length = u32::try_from(header.len()).map_err(io::Error::other)?;
    target.write_all(MAGIC)?;
    target.write_all(&length.to_le_bytes())?;
    target.write_all(header)?;
    let mut out = Encoder::new(target, ZSTD_LEVEL)?;
    out.window_log(ZSTD_WINDOW_LOG)?;
    Ok(out)
}
