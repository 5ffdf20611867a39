//! A run of the state: what one night kept, or several, in files that never change.
use super::bytes::{Hashed, Reader, put_short, put_text};
use super::manifest::{Part, Run};
use crate::dedup::addresses::Addresses;
use crate::dedup::arena::UNIT;
use crate::dedup::index::NearIndex;
use crate::dedup::kept::Kept;
use crate::dedup::postings::{EPOCH, Postings};
use crate::dedup::shingles::Sketch;
use crate::model::Origin;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::Path;

/// The first bytes of an index file.
const MAGIC: &[u8; 8] = b"GLEANDX2";

/// Writes what was kept, these paragraphs of it, as a run; an epoch of the postings at most.
pub(super) fn write(
    folder: &Path,
    index: &NearIndex,
    addresses: &Addresses,
    paragraphs: Range<u32>,
) -> io::Result<Run> {
    let first = index.kept.place(paragraphs.start);
    let bytes = |place| u64::from(place) * UNIT as u64;
    let end = index.kept.next_place(paragraphs.end - 1).map_or(index.arena.len(), bytes);
    let words = part(folder, "words", |out| index.arena.copy(bytes(first), end, out))?;
    let index = part(folder, "index", |out| {
        out.write_all(MAGIC)?;
        out.write_all(&(paragraphs.len() as u64).to_le_bytes())?;
        for kept in paragraphs.clone().map(|id| index.kept.get(id)) {
            out.write_all(&(kept.place - first).to_le_bytes())?;
            out.write_all(&kept.size.to_le_bytes())?;
            kept.sketch.0.iter().try_for_each(|half| out.write_all(&half.to_le_bytes()))?;
        }
        put_postings(out, &index.near, &paragraphs)?;
        put_postings(out, &index.identical, &paragraphs)?;
        put_postings(out, index.contained.postings(), &paragraphs)?;
        put_addresses(out, addresses, &paragraphs)
    })?;
    Ok(Run { paragraphs: paragraphs.len(), index, words })
}

/// Writes a file under a name made of its hash.
pub(super) fn part(
    folder: &Path,
    kind: &str,
    write: impl FnOnce(&mut Hashed<BufWriter<File>>) -> io::Result<()>,
) -> io::Result<Part> {
    /// Digits of the hash in a name: enough that no two files of a state share one.
    const DIGITS: usize = 16;
    let new = folder.join(format!("{kind}.gleaner.new"));
    let mut out = Hashed::new(BufWriter::with_capacity(1 << 20, File::create(&new)?));
    write(&mut out)?;
    out.flush()?;
    let (out, bytes, blake3) = out.done();
    out.get_ref().sync_all()?;
    let name = format!("{}.{kind}.gleaner", &blake3[..DIGITS]);
    fs::rename(&new, folder.join(&name))?;
    Ok(Part { name, bytes, blake3 })
}

/// Each shard that holds any: how many shards after the last one, how many postings, and these.
fn put_postings(out: &mut impl Write, postings: &Postings, paragraphs: &Range<u32>) -> io::Result<()> {
    let mut last = 0;
    for shard in 0..postings.shards() {
        let list = postings.shard(shard, paragraphs.clone());
        if list.is_empty() {
            continue;
        }
        put_short(out, (shard + 1 - last) as u32)?;
        put_short(out, list.len() as u32)?;
        list.iter().try_for_each(|posting| out.write_all(&posting.to_le_bytes()))?;
        last = shard + 1;
    }
    put_short(out, 0)
}

fn put_addresses(out: &mut impl Write, addresses: &Addresses, paragraphs: &Range<u32>) -> io::Result<()> {
    let Range { start: first, end } = *paragraphs;
    let blocks = &addresses.blocks(first)[..(end - first) as usize];
    blocks.iter().try_for_each(|block| out.write_all(&block.to_le_bytes()))?;
    let documents = addresses.documents(paragraphs);
    out.write_all(&(documents.len() as u32).to_le_bytes())?;
    for (number, origin) in documents {
        out.write_all(&number.saturating_sub(first).to_le_bytes())?;
        put_text(out, &origin.to_string())?;
    }
    Ok(())
}

/// Reads the index of a run, whose bytes these are, after what is in `index` and `addresses` already.
pub(super) fn read(
    bytes: &[u8],
    words_bytes: u64,
    index: &mut NearIndex,
    addresses: &mut Addresses,
) -> io::Result<()> {
    let mut reader = Reader(bytes);
    if reader.bytes(MAGIC.len())? != MAGIC {
        return Err(invalid());
    }
    let count = usize::try_from(reader.u64()?).ok().filter(|&count| count <= EPOCH).ok_or_else(invalid)?;
    let (first, start) = (index.kept.len() as u32, (index.arena.len() / UNIT as u64) as u32);
    for _ in 0..count {
        let place = reader.u32()?;
        if u64::from(place) * UNIT as u64 >= words_bytes {
            return Err(invalid());
        }
        let place = start.checked_add(place).ok_or_else(invalid)?;
        index.kept.push(Kept { place, size: reader.u32()?, sketch: Sketch([reader.u64()?, reader.u64()?]) });
    }
    let paragraphs = first..first.checked_add(count as u32).ok_or_else(invalid)?;
    postings(&mut reader, &paragraphs, &mut index.near)?;
    postings(&mut reader, &paragraphs, &mut index.identical)?;
    postings(&mut reader, &paragraphs, index.contained.postings_mut())?;
    let blocks = reader.u32s(count)?;
    let documents = documents(&mut reader, count as u32)?;
    if count > 0 && first == 0 && documents.first().is_none_or(|(number, _)| *number != 0) {
        return Err(invalid());
    }
    addresses.extend(blocks, documents.into_iter());
    Ok(())
}

/// Where the documents of a run begin, each after the one before it. The first paragraphs of a run may be of the
/// last document of the run before it.
fn documents(reader: &mut Reader<'_>, paragraphs: u32) -> io::Result<Vec<(u32, Origin)>> {
    let mut documents: Vec<(u32, Origin)> = Vec::new();
    for _ in 0..reader.u32()? {
        let number = reader.u32()?;
        if number >= paragraphs || documents.last().is_some_and(|(last, _)| number <= *last) {
            return Err(invalid());
        }
        documents.push((number, Origin::page(reader.text()?)));
    }
    Ok(documents)
}

fn invalid() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

fn postings(reader: &mut Reader<'_>, paragraphs: &Range<u32>, postings: &mut Postings) -> io::Result<()> {
    let mut next = 0;
    loop {
        let step = reader.short()? as usize;
        if step == 0 {
            return Ok(());
        }
        next += step;
        if next > postings.shards() {
            return Err(invalid());
        }
        let count = reader.short()? as usize;
        if !postings.add_shard(next - 1, reader.u32s(count)?, paragraphs) {
            return Err(invalid());
        }
    }
}
