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

/// Reads the index of a run, whose bytes these are, after what is in `index` and `addresses` already; returns
/// its postings.
pub(super) fn read(
    bytes: &[u8],
    words_bytes: u64,
    index: &mut NearIndex,
    addresses: &mut Addresses,
) -> io::Result<[Lists; 3]> {
    let mut reader = Reader(bytes);
    let invalid = || io::Error::from(io::ErrorKind::InvalidData);
    if reader.bytes(MAGIC.len())? != MAGIC {
        return Err(invalid());
    }
    let count = usize::try_from(reader.u64()?).map_err(|_| invalid())?;
    let (first, start) = (index.kept.len() as u32, (index.arena.len() / UNIT as u64) as u32);
    for _ in 0..count {
        let place = reader.u32()?;
        if u64::from(place) * UNIT as u64 >= words_bytes {
            return Err(invalid());
        }
        let (size, sketch) = (reader.u32()?, Sketch([reader.u64()?, reader.u64()?]));
        index.kept.push(Kept { place: start + place, size, sketch });
    }
    let near = postings(&mut reader, first, count)?;
    let identical = postings(&mut reader, first, count)?;
    let contained = postings(&mut reader, first, count)?;
    let blocks = reader.u32s(count)?;
    let mut documents = Vec::new();
    for _ in 0..reader.u32()? {
        documents.push((reader.u32()?, Origin::page(reader.text()?)));
    }
    addresses.extend(blocks, documents.into_iter());
    Ok([near, identical, contained])
}

fn postings(reader: &mut Reader<'_>, first: u32, kept: usize) -> io::Result<Lists> {
    let counts: Vec<u32> = reader.u32s(SHARDS)?.collect();
    let mut lists = Vec::with_capacity(SHARDS);
    for count in counts {
        let marks = reader.u16s(count as usize)?;
        let ids = reader.u32s(count as usize)?;
        let list: Vec<(u16, u32)> = marks.zip(ids.map(|id| first + id)).collect();
        if list.iter().any(|&(mark, id)| mark == 0 || id as usize >= first as usize + kept) {
            return Err(io::ErrorKind::InvalidData.into());
        }
        lists.push(list);
    }
    Ok(lists)
}
