//! How fast the codec is beside serde_json with derives, on a list of images of about 10 MB.

#![allow(missing_docs, reason = "a measurement")]

use std::time::{Duration, Instant};

use clientsmith_templates::runtime::json::{
    Decode, DecodeError, Decoder, Encode, Encoder, from_slice, optional, required, to_vec,
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! record {
    ($name:ident, $derived:ident { $($required:ident: $required_type:ty,)* } { $($field:ident: $type:ty,)* }) => {
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        struct $derived {
            $($required: <$required_type as Twin>::Derived,)*
            $(
                #[serde(skip_serializing_if = "Option::is_none")]
                $field: Option<<$type as Twin>::Derived>,
            )*
        }

        #[derive(Debug, Clone, PartialEq)]
        struct $name {
            $($required: $required_type,)*
            $($field: Option<$type>,)*
        }

        impl Decode for $name {
            #[allow(irrefutable_let_patterns, reason = "where no key is required")]
            fn decode(json: &mut Decoder<'_>) -> Result<Self, DecodeError> {
                $(let mut $required = None;)*
                $(let mut $field = None;)*
                json.object(&mut [
                    $(required(stringify!($required), &mut $required),)*
                    $(optional(stringify!($field), &mut $field),)*
                ])?;
                let ($(Some($required),)*) = ($($required,)*) else { return Err(json.incomplete()) };
                Ok(Self { $($required,)* $($field,)* })
            }
        }

        impl Encode for $name {
            fn encode(&self, json: &mut Encoder) {
                json.object(&[
                    $((stringify!($required), &self.$required),)*
                    $((stringify!($field), &self.$field),)*
                ]);
            }
        }

        impl Twin for $name {
            type Derived = $derived;
        }
    };
}

/// The type that serde's derives are measured with.
trait Twin {
    type Derived;
}

macro_rules! own_twins {
    ($($type:ty),*) => { $(impl Twin for $type { type Derived = Self; })* };
}

own_twins!(bool, i64, f64, String, Uuid);

impl<T: Twin> Twin for Vec<T> {
    type Derived = Vec<T::Derived>;
}

record!(Meta, DerivedMeta { total: i64, } { object: String, limit: i64, offset: i64, });
record!(Exif, DerivedExif {} { orientation: String, camera: String, exposure: f64, });
record!(Point, DerivedPoint { x: f64, y: f64, } {});
record!(Image, DerivedImage {
    id: Uuid, image_name: String, dataset_id: Uuid,
} {
    dataset_name: String, height: i64, width: i64, mode: String, format: String, status: String, public_url: String,
    thumbnail_url: String, uploaded_on: String, health_status: String, size_mb: f64, is_tiled: bool, url: String,
    status_id: Uuid, external_id: String, labels: i64, score: f64, tags: Vec<String>, queue_ids: Vec<Uuid>, exif: Exif,
    project_id: Uuid, uploaded_by: Uuid, reviewed_by: Uuid, reviewed_on: String, description: String, checksum: String,
    frame: i64, video_id: Uuid, is_archived: bool, is_external: bool, latitude: f64, longitude: f64, corners: Vec<Point>,
    annotators: Vec<String>, comment_count: i64, revision: i64,
});
record!(ImageList, DerivedImageList { meta: Meta, items: Vec<Image>, } {});

/// A list as a server sends it, its fractions exact in binary, since serde_json may miss the last digit: some keys null, some missing, some that the types do not name.
fn sample(count: usize) -> Vec<u8> {
    let items: Vec<serde_json::Value> = (0..count)
        .map(|index| {
            let id = Uuid::from_u128(0x17a4_fab4_c59c_4031_9cb5_41fc_cb5b_054c + index as u128);
            serde_json::json!({
                "id": id, "image_name": format!("street-{index}.jpg"), "dataset_id": id, "dataset_name": "train",
                "height": 1080 + index % 7, "width": 1920, "mode": "RGB", "format": "JPEG", "status": "TO REVIEW",
                "public_url": format!("https://storage.example.com/projects/1/images/{index}?signature=abc"),
                "thumbnail_url": format!("https://storage.example.com/thumbnails/{index}"),
                "uploaded_on": "2026-11-23T14:15:22Z", "health_status": "OK", "size_mb": 1.25 + index as f64 / 1024.0,
                "is_tiled": index % 2 == 0, "url": format!("/v1/images/{index}"), "status_id": id,
                "external_id": format!("größe \"{index}\""), "labels": index, "score": 0.125,
                "tags": ["night", "rain"], "queue_ids": [id], "new_key": {"added": ["later"]},
                "exif": {"orientation": "Horizontal (normal)", "camera": "X-100", "exposure": 0.004},
                "project_id": id, "uploaded_by": id, "reviewed_by": null, "reviewed_on": null,
                "description": "A crossing at night.\nTwo cars, one bicycle.", "checksum": format!("{id:x}"),
                "is_archived": false, "is_external": true,
                "latitude": 52.5 + index as f64 / 4096.0, "longitude": 13.404954,
                "corners": [{"x": 0.5, "y": 0.25}, {"x": 1919.5, "y": 1079.25}],
                "annotators": ["ada", "grace"], "comment_count": index % 3, "revision": 7,
            })
        })
        .collect();
    serde_json::to_vec(&serde_json::json!({
        "meta": { "total": count, "object": "list", "limit": 100, "offset": 0 }, "items": items
    }))
    .unwrap_or_default()
}

/// The median time of each of two jobs, run in turn.
fn medians(mut one: impl FnMut(), mut other: impl FnMut()) -> (Duration, Duration) {
    let (mut ones, mut others) = (Vec::new(), Vec::new());
    for _ in 0..31 {
        let start = Instant::now();
        one();
        ones.push(start.elapsed());
        let start = Instant::now();
        other();
        others.push(start.elapsed());
    }
    ones.sort();
    others.sort();
    (ones[ones.len() / 2], others[others.len() / 2])
}

#[test]
fn reads_and_writes_the_same_as_serde() -> Result<(), Box<dyn std::error::Error>> {
    let text = sample(20);
    let (ours, derived): (ImageList, DerivedImageList) =
        (from_slice(&text)?, serde_json::from_slice(&text)?);
    let written: serde_json::Value = serde_json::from_slice(&to_vec(&ours))?;
    let expected = serde_json::to_value(&derived)?;
    for index in 0..20 {
        assert_eq!(written["items"][index], expected["items"][index]);
    }
    assert!(written == expected);
    assert!(from_slice::<ImageList>(&to_vec(&ours))? == ours);
    Ok(())
}

#[test]
#[ignore = "a measurement, which says nothing without --release: cargo xtask bench codec"]
fn speed_beside_serde_derives() -> Result<(), Box<dyn std::error::Error>> {
    let text = sample(8_500);
    let ours: ImageList = from_slice(&text)?;
    let derived: DerivedImageList = serde_json::from_slice(&text)?;
    println!("{:.1} MB of JSON", text.len() as f64 / 1e6);
    let decode = medians(
        || drop(std::hint::black_box(from_slice::<ImageList>(&text))),
        || {
            drop(std::hint::black_box(serde_json::from_slice::<
                DerivedImageList,
            >(&text)))
        },
    );
    let encode = medians(
        || drop(std::hint::black_box(to_vec(&ours))),
        || drop(std::hint::black_box(serde_json::to_vec(&derived))),
    );
    for (job, (ours, serde)) in [("decode", decode), ("encode", encode)] {
        println!(
            "{job}: {ours:?}, serde_json with derives {serde:?}, {:.2} x its speed",
            serde.as_secs_f64() / ours.as_secs_f64()
        );
    }
    Ok(())
}
