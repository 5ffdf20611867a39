//! Texts that make searches for duplicates slow or wrong: each is dealt with in bounded time, and rightly.
use gleaner::{Match, NearIndex, NearProfile};

fn judge(texts: &[String]) -> Vec<Match> {
    let mut index = NearIndex::new(&NearProfile::default());
    texts.chunks(1000).flat_map(|texts| index.judge(texts).unwrap()).collect()
}

fn kept(matches: &[Match]) -> usize {
    matches.iter().filter(|found| matches!(found, Match::Kept(_))).count()
}

#[test]
fn copies_of_one_paragraph() {
    let texts = vec!["the same nine words are said again and again".to_string(); 20_000];
    assert_eq!(kept(&judge(&texts)), 1);
}

#[test]
fn templates_that_differ_by_one_number() {
    let text =
        |n: usize| format!("the lottery said that ticket number {n} has won the great prize of this week");
    let texts: Vec<String> = (0..20_000).map(text).collect();
    assert_eq!(kept(&judge(&texts)), texts.len());
}

#[test]
fn templates_that_differ_by_a_name() {
    let name: fn(usize) -> String = |n| (0..15).map(|bit| ["ba", "do"][n >> bit & 1]).collect();
    let text = |n: usize| format!("the lottery said that X{} of this town has won the great prize", name(n));
    let texts: Vec<String> = (0..5_000).map(text).collect();
    // The first 64 are compared with all others; a name in 16,384 looks like a spelling of another by chance.
    assert!(kept(&judge(&texts)) > 4_900);
}

#[test]
fn paragraphs_of_ten_megabytes() {
    let long: String = (0..1_500_000).map(|n| format!("w{} ", n % 700_001)).collect();
    let texts = [long.clone(), long.clone() + "and one word more", "a ".repeat(5_000_000)];
    let matches = judge(&texts);
    assert!(texts[0].len() > 10_000_000);
    assert!(matches!(matches[1], Match::Same { of: 0, .. }), "{:?}", matches[1]);
    assert_eq!(matches[2], Match::Kept(1));
}

#[test]
fn texts_without_words() {
    let texts = ["—!?…", "", " \u{200b}\u{ad} ", "'''''''''''''", "😀😀😀😀😀😀😀😀😀"].map(str::to_string);
    assert!(judge(&texts).iter().all(|found| *found == Match::Short));
}

#[test]
fn scripts_without_spaces_are_compared_by_character() {
    let text = "昨日の朝、東京の港で大きな船が火事になり、多くの人が避難した。";
    let texts =
        [text.to_string(), text.replace("大きな", "小さな"), "今日の夜は雪が降るでしょう。".to_string()];
    let matches = judge(&texts);
    assert!(matches!(matches[1], Match::Same { of: 0, .. }), "{matches:?}");
    assert_eq!(matches[2], Match::Kept(1));
}
