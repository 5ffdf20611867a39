//! The datasheet of an output in Croissant 1.0, JSON-LD that hubs and archives read
//! (<https://docs.mlcommons.org/croissant/docs/croissant-spec.html>).
use super::manifest::{FileRow, Manifest, Role};
use super::{SINKS, SinkFormat};
use crate::config::DatasheetConfig;
use serde_json::{Value, json};

/// The fields of a record: name, type, and what it is, as docs/output.md has it.
const FIELDS: &[(&str, &str, &str)] = &[
    ("id", "sc:Text", "128 bits of BLAKE3 over the source, in hex"),
    ("text", "sc:Text", "The cleaned text, one blank line between paragraphs"),
    ("source", "sc:Text", "Where the document was read"),
    ("created", "sc:Date", "When it was published, as RFC 3339, where that is known"),
];

/// The datasheet of what a manifest lists, with what people say of it.
pub(super) fn datasheet(
    manifest: &Manifest,
    name: &str,
    format: &SinkFormat,
    said: &DatasheetConfig,
) -> Value {
    let data = manifest.files.iter().filter(|file| file.role == Role::Data);
    let files: Vec<Value> = data.map(|file| file_object(file, format)).collect();
    // Without a container a set of files is of the folder that the datasheet stands in.
    let shards = json!({
        "@type": "cr:FileSet",
        "@id": "shards",
        "name": "shards",
        "encodingFormat": format.media_type,
        "includes": format!("data-*.{}*", format.ending),
    });
    let mut sheet = json!({
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
            "field": FIELDS.iter().map(field).collect::<Vec<_>>(),
        }],
    });
    let DatasheetConfig { license, version, date_published, cite_as, url } = said;
    let said = [
        ("license", license),
        ("version", version),
        ("datePublished", date_published),
        ("citeAs", cite_as),
        ("url", url),
    ];
    for (key, value) in said.into_iter().filter(|(_, value)| !value.is_empty()) {
        sheet[key] = json!(value);
    }
    sheet
}

/// A file of data.
fn file_object(file: &FileRow, format: &SinkFormat) -> Value {
    json!({
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "contentUrl": file.name,
        "contentSize": format!("{} B", file.bytes),
        "encodingFormat": media_types(&file.name, format),
        "sha256": file.sha256,
    })
}

/// A field of the records.
fn field((name, kind, description): &(&str, &str, &str)) -> Value {
    json!({
        "@type": "cr:Field",
        "@id": format!("documents/{name}"),
        "name": name,
        "description": description,
        "dataType": kind,
        "source": { "fileSet": { "@id": "shards" }, "extract": { "column": name } },
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

/// The context that the specification asks for, whole, so that readers know it again.
fn context() -> Value {
    const TERMS: &[&str] = &[
        "citeAs",
        "column",
        "equivalentProperty",
        "extract",
        "field",
        "fileObject",
        "fileProperty",
        "fileSet",
        "format",
        "includes",
        "isLiveDataset",
        "jsonPath",
        "key",
        "md5",
        "parentField",
        "path",
        "recordSet",
        "references",
        "regex",
        "repeated",
        "replace",
        "samplingRate",
        "separator",
        "source",
        "subField",
        "transform",
    ];
    let mut context = json!({
        "@language": "en",
        "@vocab": "https://schema.org/",
        "sc": "https://schema.org/",
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "dct": "http://purl.org/dc/terms/",
        "conformsTo": "dct:conformsTo",
        "data": { "@id": "cr:data", "@type": "@json" },
        "dataType": { "@id": "cr:dataType", "@type": "@vocab" },
        "examples": { "@id": "cr:examples", "@type": "@json" },
    });
    for term in TERMS {
        context[term] = json!(format!("cr:{term}"));
    }
    context
}
