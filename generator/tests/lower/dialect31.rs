//! Forms of OpenAPI 3.1, and inheritance.

use crate::*;

#[test]
fn lists_of_types_are_unions_of_what_applies_to_each() {
    let lowered = schemas(
        "Root: {type: [string, array, object, 'null'], items: {type: integer}, properties: {x: {type: string}}, required: [x]}",
    );
    assert_eq!(
        lowered.show("Root"),
        "union String(String)[String] IntegerArray(Array<I64>)[Array] Object(RootObject)[Object]"
    );
    assert_eq!(lowered.show("RootObject"), "{x: String}");
    // The document is one of OpenAPI 3.0.
    assert_eq!(lowered.codes(), [Code::Converted]);
}

#[test]
fn what_stands_in_then_and_else_may_be_there() {
    let lowered = schemas(
        "Root:
  type: object
  if: {required: [a]}
  then: {properties: {b: {type: string}}, required: [b]}
  else: {properties: {c: {type: integer}}}",
    );
    assert_eq!(lowered.show("Root"), "{b?: String, c?: I64}");
    assert_eq!(lowered.codes(), []);
}

#[test]
fn a_base_is_a_union_of_what_derives_from_it() {
    let lowered = schemas(
        "Root: {type: array, items: {$ref: '#/components/schemas/Pet'}}
Pet: {type: object, discriminator: {propertyName: kind}, required: [kind], properties: {kind: {type: string, enum: [Cat, Dog]}}}
Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {lives: {type: integer}}}]}
Dog: {allOf: [{$ref: '#/components/schemas/Pet'}]}",
    );
    assert_eq!(
        lowered.show("Pet"),
        "union by kind Cat(Cat)[Tag(\"Cat\")] Dog(Dog)[Tag(\"Dog\")] Base(PetBase)[BestMatch]"
    );
    assert_eq!(lowered.show("Dog"), "{kind: PetKind}");
    assert_eq!(lowered.codes(), []);
}

#[test]
fn what_a_subtype_declares_is_no_mistake_of_the_base() {
    let lowered = schemas(
        "Root: {type: object, required: [name], properties: {id: {type: string}, next: {$ref: '#/components/schemas/Named'}}}
Named: {allOf: [{$ref: '#/components/schemas/Root'}, {properties: {name: {type: string}}}]}",
    );
    let severities: Vec<_> = lowered
        .diagnostics
        .iter()
        .map(|diagnostic| (diagnostic.code, diagnostic.severity))
        .collect();
    assert_eq!(
        severities,
        [(
            Code::RequiredNotDeclared,
            clientsmith::diagnostics::Severity::Note
        )]
    );
}

#[test]
fn first_items_of_their_own_are_a_tuple() {
    let lowered = schemas(
        "Root:
  type: object
  properties:
    pair: {type: array, items: [{type: string}, {type: integer}]}
    open: {type: array, prefixItems: [{type: string}], items: {type: string}}
    mixed: {type: array, prefixItems: [{type: string}], items: {type: integer}}",
    );
    assert_eq!(
        lowered.show("Root"),
        "{pair?: (String, I64), open?: Array<String>, mixed?: Array<Any>}"
    );
    assert_eq!(lowered.codes(), [Code::Converted]);
}
