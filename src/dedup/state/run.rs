//! A run of the state: what one night kept, or several, in files that never change.
use super::bytes::{Hashed, Reader, put_text};
use super::manifest::{Part, Run};
use crate::dedup::addresses::Addresses;
use crate::dedup::arena::UNIT;
use crate::dedup::index::{Kept, NearIndex};
use crate::dedup::postings::{Postings, SHARDS};
use crate::dedup::shingles::Sketch;
use crate::model::Origin;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::Path;

/// The first bytes of an index file.
const MAGIC: &[u8; 8] = b"GLEANDX1";

/// Sorted postings, a list for each shard.
pub(super) type Lists = Vec<Vec<(u16, u32)>>;

/// Writes all that was kept from `first` on as a run.
pub(super) fn write(folder: &Path, index: &NearIndex, addresses: &Addresses, first: u32) -> io::Result<Run> {
    let kept = &index.kept[first as usize..];
    let start = kept.first().map_or(0, |kept| u64::from(kept.place)) * UNIT as u64;
    let words = part(folder, "words", |out| index.arena.copy(start, index.arena.len(), out))?;
    let index = part(folder, "index", |out| {
        out.write_all(MAGIC)?;
        out.write_all(&(kept.len() as u64).to_le_bytes())?;
        for kept in kept {
            let place = kept.place - (start / UNIT as u64) as u32;
            out.write_all(&place.to_le_bytes())?;
            out.write_all(&kept.size.to_le_bytes())?;
            kept.sketch.0.iter().try_for_each(|half| out.write_all(&half.to_le_bytes()))?;
        }
        put_postings(out, &index.near, first)?;
        put_postings(out, &index.identical, first)?;
        put_postings(out, index.contained.postings(), first)?;
        put_addresses(out, addresses, first)
    })?;
    Ok(Run { paragraphs: kept.len(), index, words })
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

fn put_postings(out: &mut impl Write, postings: &Postings, first: u32) -> io::Result<()> {
    for shard in 0..SHARDS {
        out.write_all(&(postings.shard(shard, first).count() as u32).to_le_bytes())?;
    }
    for shard in 0..SHARDS {
        postings.shard(shard, first).try_for_each(|(mark, _)| out.write_all(&mark.to_le_bytes()))?;
        postings.shard(shard, first).try_for_each(|(_, id)| out.write_all(&(id - first).to_le_bytes()))?;
    }
    Ok(())
}

fn put_addresses(out: &mut impl Write, addresses: &Addresses, first: u32) -> io::Result<()> {
    addresses.blocks(first).iter().try_for_each(|block| out.write_all(&block.to_le_bytes()))?;
    let documents = addresses.documents(first);
    out.write_all(&(documents.len() as u32).to_le_bytes())?;
    for (number, origin) in documents {
        out.write_all(&(number - first).to_le_bytes())?;
        put_text(out, &origin.to_string())?;
    }
    Ok(())
}

/// The index of a run as it was read: what was kept, its postings, and where it stands. Numbers of paragraphs in
/// the postings count from the first of all runs, those of documents from the first of this one.
pub(super) struct Index {
    pub(super) kept: Vec<Kept>,
    pub(super) postings: [Lists; 3],
    pub(super) blocks: Vec<u32>,
    pub(super) documents: Vec<(u32, Origin)>,
}

impl Index {
    /// Reads the index of a run whose words have so many bytes. It comes after `before` paragraphs, whose words
    /// end at `start`.
    ///
    /// # Errors
    /// It is cut, or what it says cannot be.
    pub(super) fn read(bytes: &[u8], words_bytes: u64, before: u32, start: u32) -> io::Result<Index> {
        let mut reader = Reader(bytes);
        if reader.bytes(MAGIC.len())? != MAGIC {
            return Err(invalid());
        }
        let count = u32::try_from(reader.u64()?).map_err(|_| invalid())?;
        let ids = before..before.checked_add(count).ok_or_else(invalid)?;
        let mut kept = Vec::new();
        for _ in 0..count {
            let place = reader.u32()?;
            if u64::from(place) * UNIT as u64 >= words_bytes {
                return Err(invalid());
            }
            let place = start.checked_add(place).ok_or_else(invalid)?;
            kept.push(Kept { place, size: reader.u32()?, sketch: Sketch([reader.u64()?, reader.u64()?]) });
        }
        let mut postings = || postings(&mut reader, &ids);
        let postings = [postings()?, postings()?, postings()?];
        let blocks = reader.u32s(count as usize)?.collect();
        let documents = documents(&mut reader, count)?;
        let begun = before > 0 || documents.first().is_some_and(|(number, _)| *number == 0);
        if count > 0 && !begun {
            return Err(invalid());
        }
        Ok(Index { kept, postings, blocks, documents })
    }
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

fn postings(reader: &mut Reader<'_>, ids: &Range<u32>) -> io::Result<Lists> {
    let counts: Vec<u32> = reader.u32s(SHARDS)?.collect();
    let mut lists = Vec::with_capacity(SHARDS);
    for count in counts {
        let marks = reader.u16s(count as usize)?;
        let numbers = reader.u32s(count as usize)?;
        let posting = |(mark, number)| {
            let id = ids.start.checked_add(number).filter(|id| ids.contains(id) && mark != 0);
            id.map(|id| (mark, id)).ok_or_else(invalid)
        };
        lists.push(marks.zip(numbers).map(posting).collect::<io::Result<_>>()?);
    }
    Ok(lists)
}

fn invalid() -> io::Error {
    io::ErrorKind::InvalidData.into()
}
