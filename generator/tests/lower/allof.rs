//! `allOf`.

use crate::*;
use clientsmith::model::Shape;

#[test]
fn members_and_siblings_are_merged() {
    let lowered = schemas(
        "Root:
  description: A car.
  allOf:
    - $ref: '#/components/schemas/Vehicle'
    - type: object
      required: [colour, doors]
      properties: {doors: {type: integer}}
  required: [plate]
  properties: {plate: {type: string}}
Vehicle:
  allOf: [{$ref: '#/components/schemas/Thing'}]
  type: object
  required: [wheels]
  properties: {wheels: {type: integer}, colour: {type: string, enum: [red]}}
Thing: {type: object, properties: {name: {type: string}}}",
    );
    assert_eq!(
        lowered.show("Root"),
        "{name?: String, wheels: I64, colour: VehicleColour, doors: I64, plate: String}"
    );
    assert_eq!(lowered.names(), ["Root", "VehicleColour"]);
    assert_eq!(
        lowered.api.types[0].documentation.description.as_deref(),
        Some("A car.")
    );
}

#[test]
fn one_reference_with_words_is_that_reference() {
    let lowered = schemas(
        "Root:
  type: object
  properties:
    engine: {description: The engine., allOf: [{$ref: '#/components/schemas/Engine'}]}
    spare: {nullable: true, allOf: [{$ref: '#/components/schemas/Engine'}]}
    documented: {allOf: [{$ref: '#/components/schemas/Engine'}, {description: Words only.}]}
    typed: {type: object, allOf: [{$ref: '#/components/schemas/Engine'}]}
    colour: {default: red, allOf: [{$ref: '#/components/schemas/Colour'}]}
    motor: {$ref: '#/components/schemas/Motor'}
Motor: {description: Another word., allOf: [{$ref: '#/components/schemas/Engine'}]}
Engine: {type: object, properties: {power: {type: number}}}
Colour: {type: string, enum: [red]}",
    );
    assert_eq!(
        lowered.show("Root"),
        "{engine?: Engine, spare?|null: Engine, documented?: Engine, typed?: Engine, colour?: Colour, motor?: Motor}"
    );
    assert_eq!(lowered.show("Motor"), "= Engine");
    let Some(Shape::Object(object)) = lowered
        .api
        .types
        .first()
        .map(|definition| &definition.shape)
    else {
        panic!("no object")
    };
    assert_eq!(
        object.fields[0].documentation.description.as_deref(),
        Some("The engine.")
    );
    assert_eq!(
        object.fields[4].default,
        Some(clientsmith::model::DefaultValue::String("red".to_owned()))
    );
}

#[test]
fn the_later_of_two_members_wins_if_it_is_narrower() {
    let lowered = schemas(
        "Root:
  allOf:
    - {type: object, properties: {kind: {type: string}, pet: {$ref: '#/components/schemas/Pet'}, note: {type: string}}}
    - type: object
      properties:
        kind: {enum: [cat]}
        pet: {$ref: '#/components/schemas/Cat'}
        note: {description: Words only.}
Pet: {type: object, properties: {name: {type: string}}}
Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}",
    );
    assert_eq!(
        lowered.show("Root"),
        "{kind?: RootKind, pet?: Cat, note?: String}"
    );
    assert_eq!(lowered.show("RootKind"), "enum Cat=\"cat\"");
    assert_eq!(lowered.codes(), []);
}

#[test]
fn inline_objects_of_two_members_are_merged_too() {
    let lowered = schemas(
        "Root:
  allOf:
    - {type: object, properties: {meta: {type: object, properties: {a: {type: string}}}}}
    - {type: object, properties: {meta: {type: object, required: [b], properties: {b: {type: string}}}}}",
    );
    assert_eq!(lowered.show("Root"), "{meta?: RootMeta}");
    assert_eq!(lowered.show("RootMeta"), "{a?: String, b: String}");
}

#[test]
fn contradictions_are_reported_and_untyped() {
    let lowered = schemas(
        "Root:
  type: object
  properties:
    clash: {allOf: [{type: string}, {type: integer}]}
    empty: {allOf: [{type: string, enum: [a]}, {type: string, enum: [b]}]}
    fine: {allOf: [{type: number}, {type: integer}]}",
    );
    assert_eq!(
        lowered.show("Root"),
        "{clash?: Any, empty?: Any, fine?: I64}"
    );
    assert_eq!(
        lowered.places(Code::Contradiction),
        [
            "/components/schemas/Root/properties/clash",
            "/components/schemas/Root/properties/empty"
        ]
    );
    assert_eq!(lowered.api.untyped, 2);
}

#[test]
fn two_members_that_contradict_each_other_about_a_property() {
    let lowered = schemas(
        "Root:
  allOf:
    - {type: object, properties: {id: {type: string}, name: {type: string}}}
    - {type: object, properties: {id: {type: integer}}}",
    );
    assert_eq!(lowered.show("Root"), "{id?: I64, name?: String}");
    assert_eq!(lowered.codes(), [Code::Contradiction]);
}

#[test]
fn a_union_in_a_member_is_distributed() {
    let lowered = schemas(
        "Root:
  allOf:
    - {type: object, required: [id], properties: {id: {type: string}}}
    - oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
A: {type: object, required: [a], properties: {a: {type: string}}}
B: {type: object, required: [b], properties: {b: {type: string}}}",
    );
    assert_eq!(
        lowered.show("Root"),
        "union A(RootA)[Keys([\"a\"])] B(RootB)[Keys([\"b\"])]"
    );
    assert_eq!(lowered.show("RootA"), "{id: String, a: String}");
}

#[test]
fn two_unions_at_once_keep_the_other_keys() {
    let lowered = schemas(
        "Root:
  type: object
  properties:
    id: {type: string}
    bare: {allOf: [{oneOf: [{type: string}, {type: integer}]}, {oneOf: [{type: string}, {type: boolean}]}]}
  oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}]
  anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}, {type: object, properties: {c: {type: string}}}]
A: {type: object, required: [a], properties: {a: {type: string}}}
B: {type: object, required: [b], properties: {b: {type: string}}}",
    );
    assert_eq!(
        lowered.show("Root"),
        "{id?: String, bare?: Any, ..additional_properties: Any}"
    );
    assert_eq!(lowered.codes(), [Code::SeveralUnions; 2]);
}

#[test]
fn a_base_that_lists_what_derives_from_it() {
    let lowered = schemas(
        "Root:
  type: object
  required: [kind]
  properties: {kind: {type: string}}
  discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog'}}
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
Cat: {allOf: [{$ref: '#/components/schemas/Root'}, {type: object, properties: {lives: {type: integer}}}]}
Dog: {allOf: [{$ref: '#/components/schemas/Root'}, {type: object, properties: {bark: {type: string}}}]}",
    );
    assert_eq!(
        lowered.show("Root"),
        "union by kind Cat(Cat)[Tag(\"cat\")] Dog(Dog)[Tag(\"dog\")]"
    );
    assert_eq!(lowered.show("Cat"), "{kind: String, lives?: I64}");
}
