//! Decoding through the public interface: each step of the chain decides what it should, and hostile bytes
//! end with a reason.
use encoding_rs::Encoding;
use gleaner::model::{DecidedBy, Declared, Origin, RawDocument, SkipReason, Skipped, Text, Trouble};
use gleaner::{DecodeConfig, decode};
use proptest::prelude::*;

/// A language, the encodings its texts were written in, and a text.
const TEXTS: &[(&str, &[&str], &str)] = &[
    (
        "German",
        &["windows-1252", "macintosh"],
        "Während des Frühstücks hörten wir, dass die große Brücke über den Fluss für zwei Tage gesperrt wird.",
    ),
    (
        "French",
        &["windows-1252"],
        "L'été dernier, les élèves ont visité le château près de la forêt, où ça sentait déjà l'automne.",
    ),
    (
        "Spanish",
        &["windows-1252"],
        "El año pasado la niña aprendió a tocar el acordeón con su tío, que vivía allí. ¿Y después?",
    ),
    (
        "Portuguese",
        &["windows-1252"],
        "As crianças não quiseram ir à escola porque amanhã começam as férias de verão no sertão.",
    ),
    (
        "Swedish",
        &["windows-1252"],
        "På våren åker många människor till skärgården för att få vara ute på sjön när isen har gått.",
    ),
    (
        "Danish",
        &["windows-1252"],
        "Børnene går hver dag over den gamle bro på vej til skolen, også når det sner og blæser.",
    ),
    (
        "Finnish",
        &["windows-1252"],
        "Kesällä lähdemme mökille järven rannalle, missä syömme mansikoita ja käymme yöllä uimassa.",
    ),
    (
        "Icelandic",
        &["windows-1252"],
        "Það var svo kalt í veðri að hestarnir stóðu þétt saman við húsið á meðan við biðum eftir rútunni.",
    ),
    (
        "Polish",
        &["windows-1250", "ISO-8859-2"],
        "Wczoraj wieczorem poszliśmy nad rzekę, żeby zobaczyć łódź, którą zbudował nasz sąsiad.",
    ),
    (
        "Czech",
        &["windows-1250", "ISO-8859-2"],
        "Když jsme přijeli do města, začalo pršet a všechny obchody už byly zavřené až do pondělí.",
    ),
    (
        "Hungarian",
        &["windows-1250", "ISO-8859-2"],
        "A gyerekek a folyó mellett játszottak, amíg a szülők főzték az ebédet és a jövő évről beszélgettek.",
    ),
    (
        "Romanian",
        &["windows-1250"],
        "În fiecare dimineaţă bunica mergea la piaţă şi aducea pâine caldă, brânză şi câteva roşii.",
    ),
    (
        "Croatian",
        &["windows-1250", "ISO-8859-2"],
        "Jučer smo šetali uz more, a onda je počela kiša pa smo ušli u kuću i čekali da prođe, još žedni.",
    ),
    (
        "Turkish",
        &["windows-1254"],
        "Dün akşam çocuklar bahçede oynadılar, sonra büyükannelerinin pişirdiği böreği yediler, çok güldüler.",
    ),
    (
        "Lithuanian",
        &["windows-1257", "ISO-8859-13"],
        "Vakar vakare mūsų kaimynas pasakė, kad šiąnakt šals, todėl visos gėlės turėjo būti įneštos į vidų.",
    ),
    (
        "Latvian",
        &["windows-1257", "ISO-8859-13"],
        "Vakar mēs gājām gar jūru, un bērni meklēja gliemežvākus, kamēr vecāki runāja par šī gada ražu.",
    ),
    (
        "Russian",
        &["windows-1251", "KOI8-R", "ISO-8859-5", "IBM866", "x-mac-cyrillic"],
        "Вчера вечером мы долго гуляли по набережной и говорили о том, как изменился город за эти годы.",
    ),
    (
        "Ukrainian",
        &["windows-1251", "KOI8-U"],
        "Учора ввечері ми довго гуляли набережною і говорили про те, як змінилося їхнє місто за ці роки.",
    ),
    (
        "Bulgarian",
        &["windows-1251"],
        "Снощи дълго се разхождахме край реката и говорихме за това как се е променил градът през годините.",
    ),
    (
        "Greek",
        &["windows-1253", "ISO-8859-7"],
        "Χθες το βράδυ περπατήσαμε για ώρες δίπλα στη θάλασσα και μιλήσαμε για τα παιδικά μας χρόνια.",
    ),
    ("Hebrew", &["windows-1255"], "אתמול בערב הלכנו לאורך הנהר ודיברנו על כל מה שהשתנה בעיר בשנים האחרונות."),
    (
        "Arabic",
        &["windows-1256"],
        "مشينا أمس مساء على ضفة النهر وتحدثنا طويلا عن المدينة وكيف تغيرت خلال هذه السنوات.",
    ),
    ("Thai", &["windows-874"], "เมื่อวานนี้เราเดินเล่นริมแม่น้ำและคุยกันว่าเมืองนี้เปลี่ยนไปมากแค่ไหน"),
    (
        "Japanese",
        &["Shift_JIS", "EUC-JP", "ISO-2022-JP"],
        "昨日の夜、川のそばを歩きながら、この町がどれだけ変わったかを話しました。",
    ),
    (
        "Korean",
        &["EUC-KR"],
        "어제 저녁에 우리는 강가를 걸으면서 이 도시가 얼마나 많이 변했는지 이야기했습니다.",
    ),
    ("Chinese", &["GBK", "gb18030"], "昨天晚上我们在河边散步，谈到这座城市这些年来发生了多大的变化。"),
    ("Chinese, traditional", &["Big5"], "昨天晚上我們在河邊散步，談到這座城市這些年來發生了多大的變化。"),
];

fn raw(bytes: impl Into<Vec<u8>>) -> RawDocument {
    RawDocument { origin: Origin::page("page"), bytes: bytes.into(), declared: Declared::default() }
}

fn decoded(raw: &RawDocument) -> Text<'_> {
    decode(raw, &DecodeConfig::default()).unwrap_or_else(|trouble| panic!("{trouble:?}"))
}

fn encoded(text: &str, label: &str) -> Vec<u8> {
    let (bytes, _, lost) = Encoding::for_label(label.as_bytes()).unwrap().encode(text);
    assert!(!lost, "{label} has not all of: {text}");
    bytes.into_owned()
}

#[test]
fn undeclared_text_of_27_languages_is_read_right() {
    for (language, encodings, text) in TEXTS {
        for label in *encodings {
            let raw = raw(encoded(text, label));
            let found = decoded(&raw);
            assert_eq!(found.text, *text, "{language} in {label} read as {}", found.encoding);
            let how = if *label == "ISO-2022-JP" { DecidedBy::Escapes } else { DecidedBy::Detected };
            assert_eq!(found.decided_by, how, "{language} in {label}");
            assert!(found.decoding.margin > 0.0 && found.decoding.replacements == 0);
        }
    }
}

#[test]
fn declared_text_is_read_as_declared() {
    for (language, encodings, text) in TEXTS {
        for label in encodings.iter().filter(|label| **label != "ISO-2022-JP") {
            let page = format!("<!DOCTYPE html><head><meta charset=\"{label}\"><title>{text}</title>");
            let meta = raw(encoded(&page, label));
            let mut http = raw(encoded(text, label));
            http.declared.media_type = Some(format!("text/html; charset={label}"));
            let xml = raw(encoded(&format!("<?xml version='1.0' encoding='{label}'?><p>{text}"), label));
            for (raw, by) in [(meta, DecidedBy::Meta), (http, DecidedBy::Http), (xml, DecidedBy::Xml)] {
                let found = decoded(&raw);
                assert!(found.text.contains(text) && found.decided_by == by, "{language}, {label}, {by:?}");
            }
        }
    }
}

#[test]
fn unicode_is_read_whatever_is_declared() {
    for (_, _, text) in TEXTS {
        let page = format!("<meta charset=windows-1251><p>{text}</p>");
        let mut utf8 = raw(page.as_bytes());
        utf8.declared.charset = Some("shift_jis".to_string());
        assert_eq!((decoded(&utf8).text, decoded(&utf8).decided_by), (page.as_str().into(), DecidedBy::Utf8));
        let spaced = format!("{text}\n{text} {text}");
        let little: Vec<u8> = spaced.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = spaced.chars().flat_map(|c| (c as u32).to_be_bytes()).collect();
        for (bytes, encoding) in [(little, "UTF-16LE"), (big, "UTF-32BE")] {
            let raw = raw(bytes);
            let found =
                decode(&raw, &DecodeConfig::default()).unwrap_or_else(|_| panic!("{encoding}: {text}"));
            assert_eq!((found.encoding, found.decided_by), (encoding, DecidedBy::WideLanes));
            assert_eq!(found.text, spaced);
        }
    }
}

#[test]
fn a_declaration_after_much_comment_is_found() {
    let page = format!("<!--{}--><meta charset=koi8-r><p>", "x".repeat(100_000));
    let mut bytes = page.into_bytes();
    bytes.extend(encoded("Привет", "koi8-r"));
    let raw = raw(bytes);
    assert_eq!((decoded(&raw).encoding, decoded(&raw).decided_by), ("KOI8-R", DecidedBy::Meta));
}

#[test]
fn hostile_bytes_end_with_a_reason() {
    let text = |bytes: &[u8]| decoded(&raw(bytes)).text.into_owned();
    let replacements = |bytes: &[u8]| decoded(&raw(bytes)).decoding.replacements;
    // An odd number of bytes in UTF-16, a cut-off unit of UTF-32, a lone surrogate.
    assert_eq!(text(b"\xFF\xFEa\0b"), "a\u{FFFD}");
    assert_eq!(text(b"\xFF\xFE\0\0a\0\0\0b\0"), "a\u{FFFD}");
    assert_eq!(text(b"\xFE\xFF\xD8\x00\0a"), "\u{FFFD}a");
    assert_eq!(replacements(b"\xFE\xFF\xD8\x00\0a"), 1);
    // Overlong forms and surrogates in UTF-8 are counted, never decoded.
    let mut page = "é".repeat(40).into_bytes();
    page.extend(b"<p>\xC0\xBCscript\xED\xA0\x80</p>");
    assert!(!text(&page).contains("<script") && replacements(&page) == 5);
    // Contradictory, unknown and endless labels.
    let page = b"<meta charset=utf-8><meta charset=big5><p>na\xEFve caf\xE9s d\xE9j\xE0 vus";
    assert!(text(page).ends_with("naïve cafés déjà vus"));
    let mut unknown = raw(&b"d\xE9j\xE0 vu"[..]);
    unknown.declared.charset = Some("x-no-such".to_string());
    assert_eq!(decoded(&unknown).text, "déjà vu");
    let mut endless = raw(&b"d\xE9j\xE0 vu"[..]);
    endless.declared.charset = Some("utf-8".repeat(20_000));
    assert_eq!(decoded(&endless).decided_by, DecidedBy::Detected);
    // Encodings that browsers refuse.
    let mut refused = raw("été".as_bytes());
    refused.declared.charset = Some("hz-gb-2312".to_string());
    assert_eq!(decoded(&refused).text, "été");
    // A zero here and there is dropped and counted.
    assert_eq!(text(b"some text with a \0 in it"), "some text with a  in it");
}

#[test]
fn binaries_are_skipped_by_reason() {
    let noise: Vec<u8> = (0_u32..100_000).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for bytes in
        [&b"%PDF-1.7\nplain text"[..], b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", &noise, &[0; 4096], b"\0"]
    {
        let Err(Trouble::Skipped(Skipped { reason, .. })) = decode(&raw(bytes), &DecodeConfig::default())
        else {
            panic!("not skipped: {bytes:.20?}")
        };
        assert_eq!(reason, SkipReason::Binary);
    }
}

#[test]
fn repair_leaves_clean_text_of_27_languages_alone() {
    let config = DecodeConfig { repair: true, ..DecodeConfig::default() };
    for (language, _, text) in TEXTS {
        let raw = raw(text.as_bytes());
        let found = decode(&raw, &config).unwrap();
        assert_eq!((&*found.text, found.decoding.hygiene.repaired), (*text, 0), "{language}");
    }
}

#[test]
fn repair_undoes_what_windows_1252_did_once_or_twice() {
    let config = DecodeConfig { repair: true, ..DecodeConfig::default() };
    let misread =
        |text: &str| encoding_rs::WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned();
    for (language, _, text) in TEXTS {
        let once = misread(text);
        let twice = misread(&once);
        for damaged in [once, twice] {
            let raw = raw(damaged.as_bytes());
            let found = decode(&raw, &config).unwrap();
            assert_eq!((&*found.text, found.decoding.hygiene.repaired), (*text, 1), "{language}: {damaged}");
            assert_eq!(decoded(&raw).decoding.hygiene.repaired, 0, "repair is off by default");
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), repair: bool) {
        let config = DecodeConfig { repair, ..DecodeConfig::default() };
        let _ = decode(&raw(bytes), &config);
    }

    #[test]
    fn tidying_twice_is_tidying_once(
        text in "([a-zéÃ©\u{301}\u{323}\u{AD}\u{200D}\u{200B}\u{9D}\r\n\u{85}\u{E0041}가\u{11A8}👩&;]|amp;|&amp;eacute;|&amp;){0,40}"
    ) {
        let first = raw(text.as_bytes());
        if let Ok(once) = decode(&first, &DecodeConfig::default()) {
            let second = raw(once.text.as_bytes());
            if let Ok(twice) = decode(&second, &DecodeConfig::default()) {
                prop_assert_eq!(&once.text, &twice.text);
                prop_assert!(twice.decoding.hygiene.is_clean());
            }
        }
    }
}
