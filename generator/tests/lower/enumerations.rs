//! `enum`.

use crate::*;
use clientsmith::model::{EnumerationValues, Shape};

#[test]
fn values_that_are_no_identifiers() {
    let lowered = schemas(
        "Root: {type: string, enum: [NEW, IN PROGRESS, '[CUSTOM STATUS]', import, json_v1.1, '', Unknown, '+1', '-1', Größe]}",
    );
    assert_eq!(
        lowered.show("Root"),
        "enum New=\"NEW\" InProgress=\"IN PROGRESS\" CustomStatus=\"[CUSTOM STATUS]\" Import=\"import\" JsonV1_1=\"json_v1.1\" \
         Empty=\"\" UnknownTitle=\"Unknown\" Plus1=\"+1\" Minus1=\"-1\" Größe=\"Größe\""
    );
}

#[test]
fn integers_null_and_duplicates() {
    let lowered = schemas(
        "Root:
  type: object
  properties:
    level: {type: integer, enum: [0, 1, -1, 1]}
    colour: {type: string, nullable: true, enum: [red, null, red]}
    flag: {type: boolean, enum: [true]}
    half: {type: number, enum: [0.5, 1.5]}
    nothing: {enum: [null]}",
    );
    assert_eq!(
        lowered.show("Root"),
        "{level?: RootLevel, colour?|null: RootColour, flag?: Boolean, half?: F64, nothing?|null: Any}"
    );
    assert_eq!(lowered.show("RootLevel"), "enum N0=0 N1=1 Minus1=-1");
    assert_eq!(lowered.show("RootColour"), "enum Red=\"red\"");
}

#[test]
fn names_and_words_from_extensions() {
    let lowered = schemas(
        "Root: {type: integer, enum: [1, 2], x-enum-varnames: [FIRST_ONE, Second], x-enum-descriptions: [The first., '']}",
    );
    assert_eq!(lowered.show("Root"), "enum FirstOne=1 Second=2");
    let Some(Shape::Enumeration(shape)) = lowered
        .api
        .types
        .first()
        .map(|definition| &definition.shape)
    else {
        panic!("no enumeration")
    };
    let EnumerationValues::Integers(variants) = &shape.values else {
        panic!("no integers")
    };
    assert_eq!(
        variants[0].documentation.description.as_deref(),
        Some("The first.")
    );
    assert_eq!(variants[1].documentation.description, None);
}

#[test]
fn mixed_values_are_untyped() {
    let lowered = schemas("Root: {enum: [a, {b: 1}]}");
    assert_eq!(lowered.show("Root"), "= Any");
    assert_eq!(
        (lowered.places(Code::MixedEnumeration), lowered.api.untyped),
        (vec!["/components/schemas/Root/enum".to_owned()], 1)
    );
}

#[test]
fn mixed_scalars_are_a_union_of_enumerations() {
    let lowered = schemas("Root: {enum: [a, 1, null]}");
    assert_eq!(
        lowered.show("Root"),
        "union String(RootString)[String] Number(RootNumber)[Number]"
    );
    assert_eq!(lowered.codes(), []);
}

#[test]
fn values_that_the_type_excludes() {
    let lowered = schemas(
        "Root:
  type: object
  properties:
    version: {type: string, enum: [1.0, '2.0', true]}
    code: {type: integer, enum: ['a', 'b']}
    list: {type: array, items: {type: string}, enum: [a, b]}",
    );
    assert_eq!(
        lowered.show("Root"),
        "{version?: RootVersion, code?: RootCode, list?: Array<String>}"
    );
    assert_eq!(
        lowered.show("RootVersion"),
        "enum N1_0=\"1.0\" N2_0=\"2.0\" True=\"true\""
    );
    assert_eq!(lowered.show("RootCode"), "enum A=\"a\" B=\"b\"");
    assert_eq!(
        lowered.codes(),
        [
            Code::EnumerationMisfit,
            Code::KeywordWithoutEffect,
            Code::Converted,
            Code::Converted
        ]
    );
}

#[test]
fn names_and_descriptions_by_value() {
    let lowered = schemas(
        "Root:
  type: object
  properties:
    listed: {type: string, enum: [a, b], x-enum-varnames: [First, Second]}
    by_value: {type: string, enum: [c, d], x-enumDescriptions: {d: The fourth.}}
    autorest:
      type: integer
      enum: [1, 2]
      x-ms-enum: {name: Kind, modelAsString: true, values: [{value: 2, name: Two, description: More.}, {value: 1, name: One}]}",
    );
    assert_eq!(lowered.show("RootListed"), "enum First=\"a\" Second=\"b\"");
    assert_eq!(lowered.show("RootAutorest"), "enum One=1 Two=2");
    let described = |name: &str| {
        let types = lowered.api.types.iter();
        let shape = types.clone().find(|definition| definition.name == name);
        serde_json::to_value(&shape.expect("a type").shape)
            .expect("JSON")
            .to_string()
    };
    assert!(described("RootByValue").contains("The fourth."));
    assert!(described("RootAutorest").contains("More."));
}
