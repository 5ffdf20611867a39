//! Texts that are no articles, or strange ones: an outcome for each, in bounded time, and nothing cut that is no
//! cruft.
mod cpu;

use gleaner::model::{Block, Declared, Document, Origin, RawDocument};
use gleaner::{Config, RuleSet, Work};
use std::sync::LazyLock;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::load(&[], &[]).expect("the rules can be read"));

/// Ten times as many lines may cost so many times as much a line: caches hold less of them. A square would be ten.
const DEARER: f64 = 4.0;

fn cleaned(text: String) -> Document {
    let raw =
        RawDocument { origin: Origin::page("t"), bytes: text.into_bytes(), declared: Declared::default() };
    match gleaner::clean(&Config::default(), &RULES, &raw, &mut Work::default()) {
        Ok(document) => document,
        Err(trouble) => panic!("{trouble:?}"),
    }
}

fn kept(document: &Document) -> Vec<&str> {
    document.blocks.iter().filter(|block| block.is_kept()).map(Block::text).collect()
}

#[track_caller]
fn assert_all_kept(text: &str) {
    let document = cleaned(text.to_string());
    let lines: Vec<String> =
        text.lines().filter(|line| !line.is_empty()).map(|line| line.replace("\t", " ")).collect();
    assert_eq!(kept(&document), lines);
}

#[test]
fn a_line_of_millions_of_words_is_one_block_that_stays() {
    let line = "The harbour of the town was closed on Monday. ".repeat(200_000);
    let document = cleaned(line.clone());
    assert_eq!(kept(&document), [line.trim_end()]);
}

#[test]
fn a_hundred_thousand_words_are_a_line_each() {
    let document = cleaned((0..100_000).map(|number| format!("word{number}\n")).collect());
    assert_eq!(document.blocks.len(), 100_000);
    assert_eq!(kept(&document).len(), 100_000);
}

/// Ten million lines are ten million blocks; memory is some 400 bytes a line.
#[test]
#[ignore = "4 GB of memory: cargo test --release --test text_hostile -- --ignored"]
fn ten_million_words_are_a_line_each() {
    let document = cleaned((0..10_000_000 / 2).map(|number| format!("w{}\nx\n", number % 1_000)).collect());
    assert_eq!(document.blocks.len(), 10_000_000);
}

/// What is larger than a document may be fails with that reason, and costs no more than its own reading.
#[test]
fn a_line_of_a_hundred_megabytes_fails_by_name_and_costs_no_other_document() {
    let dir = tempfile::tempdir().expect("a folder");
    let line = "The harbour was closed. ".repeat(100_000_000 / 24 + 1);
    std::fs::write(dir.path().join("a.txt"), line).expect("written");
    std::fs::write(dir.path().join("b.txt"), "The harbour of the town was closed on Monday.\n")
        .expect("written");
    let found = gleaner::find(&[dir.path().display().to_string()]).expect("found");
    let met: Vec<_> = gleaner::documents(found, &Config::default().read).collect();
    assert!(
        matches!(&met[0], Err(trouble) if format!("{trouble:?}").contains("max_document_bytes")),
        "{:?}",
        met[0]
    );
    assert!(met[1].is_ok());
}

#[test]
fn scripts_without_blanks_stay() {
    assert_all_kept(
        "港の橋は月曜日に閉鎖された。市長は修理に三か月かかると述べた。\n\n\
         船の運航は来週から再開される予定で、住民は安堵の声を上げている。\n",
    );
    assert_all_kept("ท่าเรือของเมืองปิดทำการในวันจันทร์หลังจากเกิดพายุ นายกเทศมนตรีกล่าวว่าการซ่อมแซมจะใช้เวลาสามเดือน\n");
}

#[test]
fn mixed_directions_stay() {
    assert_all_kept(
        "أغلق ميناء المدينة يوم الاثنين بعد أن ضربت العاصفة الرصيف الشمالي، وقال رئيس البلدية إن شركة Skerravoe Ferries ستعوض الركاب.\n\n\
         נמל העיר נסגר ביום שני לאחר שהסערה פגעה ברציף הצפוני, וראש העיר אמר כי חברת Skerravoe Ferries תפצה את הנוסעים.\n",
    );
}

#[test]
fn lists_tables_and_poems_are_no_cruft() {
    assert_all_kept("Flour\nSugar\nTwo eggs\nA pinch of salt\nButter\n");
    assert_all_kept("Year\tFerries\tPassengers\n2019\t4\t18200\n2020\t3\t6100\n2021\t3\t9400\n");
    assert_all_kept(
        "The lantern swings above the quay\nThe tide has turned at last\n\nAnd all the boats that left the bay\nAre shadows of the past\n",
    );
}

#[test]
fn khmer_lao_burmese_and_tibetan_stay() {
    assert_all_kept(
        "កំពង់ផែនៃទីក្រុងត្រូវបានបិទនៅថ្ងៃចន្ទបន្ទាប់ពីព្យុះបានវាយប្រហារផែខាងជើង។ អភិបាលក្រុងបាននិយាយថាការជួសជុលនឹងចំណាយពេលបីខែ។\n",
    );
    assert_all_kept("ທ່າເຮືອຂອງເມືອງຖືກປິດໃນວັນຈັນຫຼັງຈາກພາຍຸພັດເຂົ້າທ່າເຮືອທິດເໜືອ ເຈົ້າເມືອງກ່າວວ່າການສ້ອມແປງຈະໃຊ້ເວລາສາມເດືອນ\n");
    assert_all_kept("မုန်တိုင်းတိုက်ခတ်ပြီးနောက် မြို့၏ဆိပ်ကမ်းကို တနင်္လာနေ့တွင် ပိတ်ထားသည်။ ပြုပြင်ရန် သုံးလကြာမည်ဟု မြို့တော်ဝန်က ပြောသည်။\n");
}

#[test]
fn numbers_and_latin_names_in_text_from_right_to_left_stay() {
    assert_all_kept(
        "وصلت 12 سفينة إلى الميناء في 3 مايو 2031، وقالت شركة Skerravoe Ferries (SF) إن 4,500 راكب كانوا على متنها.\n\n\
         הנמל נפתח ב-3 במאי 2031 בשעה 10:40, וחברת Skerravoe Ferries הודיעה כי 4,500 נוסעים עלו על 12 ספינות.\n",
    );
}

#[test]
fn numbered_lists_between_paragraphs_stay() {
    assert_all_kept(
        "The crew of the ferry keeps to a short list of things to do before the boat leaves the quay in the morning.\n\
         1. Look at the weather report of the coast guard.\n\
         2. Check the lamps, the ropes and the rafts.\n\
         3. Count the passengers at the gate and on deck.\n\
         Only when all three are done may the master give the order to cast off, the rules of the harbour say.\n",
    );
}

#[test]
fn nothing_but_marks_blanks_and_numbers_ends_well() {
    for text in
        ["* * *\n---\n***\n", "1\n2\n3\n4\n", "\u{200B}\u{FEFF}\n", "\n\n\n \t\n", "—\n", "🙂🙂🙂\n🙂\n"]
    {
        let raw = RawDocument {
            origin: Origin::page("t"),
            bytes: text.as_bytes().to_vec(),
            declared: Declared::default(),
        };
        // Kept or not, it is no error and no panic.
        let outcome = gleaner::clean(&Config::default(), &RULES, &raw, &mut Work::default());
        assert!(!matches!(outcome, Err(gleaner::model::Trouble::Failed(_))), "{text:?}");
    }
}

/// Rules of all languages are tried on every line: what a line is written in tells, not what the document is.
#[test]
fn lines_in_another_language_than_the_document_are_judged_by_the_rules_of_their_own() {
    let document = cleaned(
        "Der Hafen der Stadt wurde am Montag geschlossen, nachdem ein Sturm die nördliche Mole getroffen hatte.\n\
         Read more: The ferry that came too late\n\
         „Wir hatten Glück“, sagte die Hafenmeisterin, die seit zwölf Jahren für alle Schiffe zuständig ist.\n\
         Lire aussi : Le port reste fermé\n\
         Die Reparatur dauert nach Angaben der Stadt drei Monate und kostet mehr als vier Millionen Kronen.\n"
            .to_string(),
    );
    let cut = document.blocks.iter().filter_map(|block| block.verdict().rule()).collect::<Vec<_>>();
    assert_eq!(document.language, Some("de"));
    assert!(
        matches!(cut[..], [english, french] if english.starts_with("en/") && french.starts_with("fr/")),
        "{cut:?}"
    );
}

#[test]
fn the_same_line_costs_no_more_the_more_often_it_stands() {
    let cost = |lines: usize| {
        let start = cpu::cpu_seconds();
        assert_eq!(cleaned("Back to the quay\n".repeat(lines)).blocks.len(), lines);
        (cpu::cpu_seconds() - start) / lines as f64
    };
    let (few, many) = (cost(10_000), cost(100_000));
    assert!(many < DEARER * few, "a line costs {many} s among many, {few} s among few");
}
