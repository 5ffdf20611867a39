//! State files: anything in the place of one, under the hash that fits it, is refused or read, and does not panic.
#![no_main]
use gleaner::{Config, Observer, Outputs, RuleSet, bench};
use libfuzzer_sys::fuzz_target;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

/// The folder whose files are replaced. Beside them lies a file that a manifest can name: five bytes, `words`.
static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = std::env::temp_dir().join(format!("gleaner-fuzz-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("lock"), b"").unwrap();
    fs::write(folder.join("words"), b"words").unwrap();
    folder
});

/// The index of duplicates of a state that a run left, and the bytes of its words.
static INDEX: LazyLock<(Vec<u8>, u64)> = LazyLock::new(|| {
    struct Silent;
    impl Observer for Silent {
        fn progress(&mut self, _: u64, _: u64) {}
    }
    let folder = FOLDER.join("good");
    fs::create_dir_all(folder.join("in")).unwrap();
    let text =
        "The council voted on Monday to repair the old stone bridge before the winter, the mayor said.\n";
    fs::write(folder.join("in/a.txt"), text).unwrap();
    fs::write(folder.join("in/b.txt"), text.to_uppercase().replace("BRIDGE", "MARKET HALL AND ITS ROOF"))
        .unwrap();
    let mut config = Config::default();
    config.dedup.state = Some(folder.join("state"));
    let outputs = Outputs { data: folder.join("out.jsonl").display().to_string(), ..Outputs::default() };
    let found = gleaner::find(&[folder.join("in").display().to_string()]).unwrap();
    gleaner::run(&config, &RuleSet::load(&[], &[]).unwrap(), found, &outputs, &mut Silent).unwrap();
    let named = |ending: &str| {
        let names = fs::read_dir(folder.join("state")).unwrap().map(|entry| entry.unwrap().path());
        fs::read(names.into_iter().find(|path| path.display().to_string().ends_with(ending)).unwrap())
            .unwrap()
    };
    let index = (named(".index.gleaner"), named(".words.gleaner").len() as u64);
    assert!(bench::is_index(&index.0, index.1));
    index
});

/// What a journal is in the file: a line with the hash of the rest first.
fn journal(body: &[u8]) -> Vec<u8> {
    [blake3::hash(body).to_hex().as_bytes(), b"\n", body].concat()
}

/// The journal of a state whose file of inputs this is.
fn journal_of(inputs: &[u8]) -> Vec<u8> {
    let (bytes, hash) = (inputs.len(), blake3::hash(inputs).to_hex());
    let inputs = format!("{{\"bytes\":{bytes},\"blake3\":\"{hash}\"}}");
    let body =
        format!("{{\"format\":1,\"inputs\":{inputs},\"manifest\":null,\"unfinished\":null,\"renames\":[]}}");
    journal(body.as_bytes())
}

/// The good index, some bytes of which are others: each patch is a place, counted from the end if it is beyond the
/// middle of what a place can be, and a byte.
fn patched(patches: &[u8]) -> Vec<u8> {
    let mut index = INDEX.0.clone();
    let length = index.len();
    for patch in patches.as_chunks::<3>().0 {
        let place = usize::from(u16::from_le_bytes([patch[0], patch[1]]));
        let half = usize::from(u16::MAX / 2);
        let place = if place > half { length.saturating_sub(place - half) } else { place };
        index[place.min(length - 1)] = patch[2];
    }
    let cut = patches.as_chunks::<3>().1.iter().map(|&cut| usize::from(cut)).sum::<usize>();
    index.truncate(length.saturating_sub(cut));
    index
}

fuzz_target!(|input: (u8, &[u8])| {
    let (choice, bytes) = input;
    match choice % 16 {
        0..5 => fs::write(FOLDER.join("journal.json"), journal(bytes)).unwrap(),
        5..10 => {
            fs::write(FOLDER.join("inputs.jsonl"), bytes).unwrap();
            fs::write(FOLDER.join("journal.json"), journal_of(bytes)).unwrap();
        }
        10..15 => fs::write(FOLDER.join("manifest.json"), bytes).unwrap(),
        // It is long, so that it is looked at more rarely.
        _ => {
            bench::is_index(&patched(bytes), INDEX.1);
            return;
        }
    }
    let _ = gleaner::describe_state(&FOLDER);
    for name in ["journal.json", "inputs.jsonl", "manifest.json"] {
        let _ = fs::remove_file(FOLDER.join(name));
    }
});
