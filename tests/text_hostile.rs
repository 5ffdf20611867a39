//! Texts that are no articles, or strange ones: an outcome for each, in bounded time, and nothing cut that is no
//! cruft.
use gleaner::model::{Block, Declared, Document, Origin, RawDocument};
use gleaner::{Config, RuleSet, Work};
use std::sync::LazyLock;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| RuleSet::load(&[], &[]).expect("the rules can be read"));

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
