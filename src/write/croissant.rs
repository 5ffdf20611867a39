//! The datasheet of an output in Croissant 1.0, JSON-LD that hubs and archives read
//! (<https://docs.mlcommons.org/croissant/docs/croissant-spec.html>).
use super::manifest::{Manifest, Role};
use super::{SINKS, SinkFormat};
use serde_json::{Value, json};

/// The fields of a record: name, type, and what it is, as docs/output.md has it.
const FIELDS: &[(&str, &str, &str)] = &[
    ("id", "sc:Text", "128 bits of BLAKE3 over the source, in hex"),
    ("text", "sc:Text", "The cleaned text, one blank line between paragraphs"),
    ("source", "sc:Text", "Where the document was read"),
    ("created", "sc:Date", "When it was published, as RFC 3339, where that is known"),
];

/// The datasheet of what a manifest lists.
pub(super) fn datasheet(manifest: &Manifest, name: &str, format: &SinkFormat) -> Value {
    let data = || manifest.files.iter().filter(|file| file.role == Role::Data);
    let files: Vec<Value> = data()
        .map(|file| {
            json!({
                "@type": "cr:FileObject",
                "@id": file.name,
                "name": file.name,
                "contentUrl": file.name,
                "contentSize": format!("{} B", file.bytes),
                "encodingFormat": media_types(&file.name, format),
                "sha256": file.sha256,
            })
        })
        .collect();
    let sources: Vec<Value> = data().map(|file| json!({ "@id": file.name })).collect();
    let fields: Vec<Value> = FIELDS
        .iter()
        .map(|(field, kind, description)| {
            let column = match format.ending {
                "csv" => json!({ "column": field }),
                _ => json!({ "jsonPath": format!("$.{field}") }),
            };
            json!({
                "@type": "cr:Field",
                "@id": format!("documents/{field}"),
                "name": field,
                "description": description,
                "dataType": kind,
                "source": { "fileSet": { "@id": "shards" }, "extract": column },
            })
        })
        .collect();
    let shards = json!({
        "@type": "cr:FileSet",
        "@id": "shards",
        "name": "shards",
        "containedIn": sources,
        "encodingFormat": format.media_type,
        "includes": format!("data-*.{}*", format.ending),
    });
    json!({
        "@context": context(),
        "@type": "sc:Dataset",
        "name": name,
        "description": format!(
            "{} cleaned documents in {} files, written by {}.", manifest.records, files.len(), manifest.program
        ),
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "distribution": files.into_iter().chain([shards]).collect::<Vec<_>>(),
        "recordSet": [{
            "@type": "cr:RecordSet",
            "@id": "documents",
            "name": "documents",
            "key": { "@id": "documents/id" },
            "field": fields,
        }],
    })
}

/// The media type of a file: of its packing first, where it is packed.
fn media_types(name: &str, format: &SinkFormat) -> Value {
    debug_assert!(SINKS.iter().any(|known| known.ending == format.ending));
    match name.rsplit('.').next() {
        Some("gz") => json!(["application/gzip", format.media_type]),
        Some("zst") => json!(["application/zstd", format.media_type]),
        _ => json!(format.media_type),
    }
}

/// The part of the context that the specification asks for and this datasheet uses.
fn context() -> Value {
    json!({
        "@language": "en",
        "@vocab": "https://schema.org/",
        "sc": "https://schema.org/",
        "cr": "http://mlcommons.org/croissant/",
        "dct": "http://purl.org/dc/terms/",
        "column": "cr:column",
        "conformsTo": "dct:conformsTo",
        "dataType": { "@id": "cr:dataType", "@type": "@vocab" },
        "extract": "cr:extract",
        "field": "cr:field",
        "fileObject": "cr:fileObject",
        "fileSet": "cr:fileSet",
        "includes": "cr:includes",
        "jsonPath": "cr:jsonPath",
        "key": "cr:key",
        "recordSet": "cr:recordSet",
        "source": "cr:source",
    })
}
