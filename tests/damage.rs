//! Crawls damaged in every way that was seen: each good record beside the damage comes out, and what is lost is told.
mod place;
mod support;

use place::{PROSE, Place};
use std::io::Write;

/// A kind of damage: its name, a file with it, the ids of the records that must come out, and what is told as failed.
struct Damage {
    name: &'static str,
    file: Vec<u8>,
    come: &'static [u32],
    failures: usize,
}

/// The response of a server with a good page.
fn response(header: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{header}\r\n<p>{PROSE}</p>")
        .into_bytes()
}

/// The fields of a record, with this for its length.
fn header(id: u32, length: &str) -> String {
    format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:{id}>\r\nWARC-Target-URI: http://a.example/{id}\r\n\
         Content-Type: application/http; msgtype=response\r\n{length}\r\n"
    )
}

/// A record with this body, whatever its length is said to be.
fn told(id: u32, length: &str, body: &[u8]) -> Vec<u8> {
    [header(id, length).as_bytes(), body, b"\r\n\r\n"].concat()
}

/// A record with this body.
fn record(id: u32, body: &[u8]) -> Vec<u8> {
    told(id, &format!("Content-Length: {}\r\n", body.len()), body)
}

fn good(id: u32) -> Vec<u8> {
    record(id, &response(""))
}

/// A good record in which one text is another.
fn with(from: &str, to: &str) -> Vec<u8> {
    let text = String::from_utf8(good(7)).unwrap();
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1).into_bytes()
}

/// A record whose body has this coding.
fn coded(coding: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{coding}\r\n\r\n");
    record(7, &[head.as_bytes(), body].concat())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

/// Bytes without any order, the same in every run.
fn noise(count: usize) -> Vec<u8> {
    let mut state = 1u64;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    (0..count).map(|_| draw()).collect()
}

/// Lies about the length of a record, and what stands for it.
fn lengths() -> Vec<(&'static str, Vec<u8>)> {
    let body = response("");
    let lie = |length: &str| told(7, length, &body);
    vec![
        ("length too short", lie("Content-Length: 40\r\n")),
        ("length of nothing", lie("Content-Length: 0\r\n")),
        ("length too long by little", lie(&format!("Content-Length: {}\r\n", body.len() + 90))),
        ("length over the next record", lie(&format!("Content-Length: {}\r\n", body.len() + 500))),
        ("length beyond the file", lie("Content-Length: 1000000\r\n")),
        ("length over 64 bits", lie("Content-Length: 99999999999999999999\r\n")),
        ("length below zero", lie("Content-Length: -1\r\n")),
        ("length a word", lie("Content-Length: many\r\n")),
        ("length empty", lie("Content-Length:\r\n")),
        ("length missing", lie("")),
        ("length twice", lie(&format!("Content-Length: 40\r\nContent-Length: {}\r\n", body.len()))),
    ]
}

/// Broken fields of a record.
fn headers() -> Vec<(&'static str, Vec<u8>)> {
    let whole = good(7);
    vec![
        ("no blank line after the fields", whole[..150].to_vec()),
        (
            "a field of a megabyte",
            with("WARC-Target", &format!("X-Big: {}\r\nWARC-Target", "h".repeat(1 << 20))),
        ),
        ("fields without end", with("WARC-Target", &("X-Many: x\r\n".repeat(20_000) + "WARC-Target"))),
        ("no first line", with("WARC/1.1\r\n", "")),
        ("a version that is none", with("WARC/1.1", "WARC/x.y")),
        ("a first line in small letters", with("WARC/1.1", "warc/1.1")),
        ("lines that end with CR alone", with("\r\nWARC-Type: response\r\n", "\rWARC-Type: response\r")),
    ]
}

/// What stands between records and is none.
fn strangers() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("noise", [noise(70_000), b"\r\n\r\n".to_vec()].concat()),
        ("noise up to the next record", noise(70_000)),
        ("zeros", vec![0; 70_000]),
        (
            "a text that speaks of records",
            b"Files begin with WARC/1.1 and a line's end. WARC/1.0 is older.\n".repeat(99),
        ),
        ("half a record after a crash", good(7)[..300].to_vec()),
    ]
}

/// Responses that are broken in a whole record.
fn responses() -> Vec<(&'static str, Vec<u8>)> {
    let page = response("");
    let mut flipped = gzip(&page);
    flipped[40] ^= 0x55;
    let bomb = gzip(&vec![b' '; 70 << 20]);
    vec![
        ("no HTTP header", record(7, format!("<p>{PROSE}").as_bytes())),
        (
            "an HTTP header without end",
            record(7, &[b"HTTP/1.1 200 OK\r\n".to_vec(), b"X: x\r\n".repeat(20_000)].concat()),
        ),
        ("a chunk longer than the body", coded("Transfer-Encoding: chunked", b"ffffffffffffffff\r\nabc\r\n")),
        ("chunks cut", coded("Transfer-Encoding: chunked", b"3\r\n<p>\r\n400\r\nabc")),
        ("a gzip body cut", coded("Content-Encoding: gzip", &gzip(&page)[..90])),
        ("a gzip body damaged", coded("Content-Encoding: gzip", &flipped)),
        ("a gzip body that is a bomb", coded("Content-Encoding: gzip", &bomb)),
        ("a body of no deflate data", coded("Content-Encoding: deflate", &noise(500))),
    ]
}

/// Members of a packed crawl that are damaged.
fn members() -> Vec<(&'static str, Vec<u8>)> {
    let member = gzip(&good(7));
    let changed = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut member = member.clone();
        change(&mut member);
        member
    };
    vec![
        (
            "a wrong checksum",
            changed(&|member| {
                let end = member.len();
                member[end - 6] ^= 1;
            }),
        ),
        (
            "a wrong length",
            changed(&|member| {
                let end = member.len();
                member[end - 1] ^= 1;
            }),
        ),
        ("a member torn", changed(&|member| member[40..100].fill(0))),
        ("a member cut", member[..member.len() / 2].to_vec()),
        ("a member without its trailer", member[..member.len() - 8].to_vec()),
        ("a member without its header", member[10..].to_vec()),
        ("a header of another method", changed(&|member| member[2] = 9)),
        ("noise between members", noise(70_000)),
        ("a record that is not packed", good(7)),
    ]
}

/// Odd, but whole: nothing is lost, and nothing told.
fn odd() -> Vec<Damage> {
    let bare = |id| good(id)[..good(id).len() - 4].to_vec();
    let lines = |id| String::from_utf8(good(id)).unwrap().replacen("\r\n", "\n", 6).into_bytes();
    let nested = record(7, &[response(""), b"\r\n\r\n".to_vec(), good(9)].concat());
    let odd = |name, file| Damage { name, file, come: &[1, 7, 2, 3], failures: 0 };
    vec![
        odd("no blank lines between records", [bare(1), bare(7), bare(2), bare(3)].concat()),
        odd(
            "many blank lines between records",
            [1, 7, 2, 3].map(|id| [good(id), b"\r\n".repeat(50)].concat()).concat(),
        ),
        odd("fields whose lines end with LF", [lines(1), lines(7), lines(2), lines(3)].concat()),
        odd("a page that holds a record", [good(1), nested, good(2), good(3)].concat()),
        odd(
            "zeros after the last member",
            [gzip(&[good(1), good(7)].concat()), gzip(&[good(2), good(3)].concat()), vec![0; 999]].concat(),
        ),
        odd(
            "empty members",
            [gzip(&good(1)), gzip(b"").repeat(9), gzip(&good(7)), gzip(&good(2)), gzip(&good(3))].concat(),
        ),
    ]
}

/// Files that end too early.
fn cut() -> Vec<Damage> {
    let cut = |name, file| Damage { name, file, come: &[1, 2], failures: 1 };
    let (plain, packed) = (good(3), gzip(&good(3)));
    let two = [good(1), good(2)].concat();
    let two_packed = [gzip(&good(1)), gzip(&good(2))].concat();
    vec![
        cut("the file ends in a body", [&two[..], &plain[..plain.len() - 60]].concat()),
        cut("the file ends in the fields", [&two[..], &plain[..60]].concat()),
        cut("the file ends in a member", [&two_packed[..], &packed[..packed.len() - 30]].concat()),
        cut("the file ends in a trailer", [&two_packed[..], &packed[..packed.len() - 3]].concat()),
    ]
}

fn all() -> Vec<Damage> {
    let beside = |(name, bad)| {
        let file = [good(1), bad, good(2), good(3)].concat();
        Damage { name, file, come: &[1, 2, 3], failures: 1 }
    };
    let packed = |(name, bad)| {
        let file = [gzip(&good(1)), bad, gzip(&good(2)), gzip(&good(3))].concat();
        Damage { name, file, come: &[1, 2, 3], failures: 1 }
    };
    let plain = [lengths(), headers(), strangers(), responses()].concat();
    let mut all: Vec<Damage> = plain.into_iter().map(beside).collect();
    all.extend(members().into_iter().map(packed));
    all.extend(odd());
    all.extend(cut());
    all
}

#[test]
fn every_good_record_beside_the_damage_comes_out() {
    let (place, all) = (Place::new(), all());
    for (n, damage) in all.iter().enumerate() {
        place.put(&format!("in/{n:02}.warc"), &damage.file);
    }
    let said = place.run(&["--duplicates", "keep"]);
    assert_eq!(said.code, 1, "{}", said.err);
    let ids = |sources: &[String], n: usize| -> Vec<u32> {
        let of = |source: &String| source.strip_prefix(&format!("in/{n:02}.warc#urn:x:"))?.parse().ok();
        sources.iter().filter_map(of).collect()
    };
    let (sources, report) = (place.sources(), place.report());
    let failed: Vec<&str> =
        report["troubles"].as_array().unwrap().iter().map(|row| row["source"].as_str().unwrap()).collect();
    let mut wrong = Vec::new();
    for (n, Damage { name, come, failures, .. }) in all.iter().enumerate() {
        let came = ids(&sources, n);
        let told: Vec<&&str> =
            failed.iter().filter(|source| source.starts_with(&format!("in/{n:02}."))).collect();
        if came != *come || told.len() != *failures {
            wrong.push(format!("{n} {name}: {came:?}, told {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
    assert!(all.len() >= 36);
}
