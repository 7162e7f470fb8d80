//! Documents that mean harm, or were never looked at: no panic, no hang, no stack overflow.

use std::fmt::Write as _;

use crate::*;

#[test]
fn aliases_of_nothing_but_themselves() {
    let lowered = schemas(
        "Root:
  type: object
  properties:
    list: {$ref: '#/components/schemas/List'}
    one: {$ref: '#/components/schemas/One'}
    loop: {$ref: '#/components/schemas/Loop'}
    all: {$ref: '#/components/schemas/All'}
    inline: {$ref: '#/components/schemas/Holder/properties/x'}
List: {type: array, items: {$ref: '#/components/schemas/List'}}
One: {oneOf: [{$ref: '#/components/schemas/One'}]}
Loop: {$ref: '#/components/schemas/Loop'}
All: {allOf: [{$ref: '#/components/schemas/All'}, {type: object, properties: {x: {type: string}}}]}
Holder: {type: object, properties: {x: {type: array, items: {$ref: '#/components/schemas/Holder/properties/x'}}}}",
    );
    assert_eq!(lowered.show("List"), "= Array<Any>");
    assert_eq!(lowered.show("All"), "{x?: String}");
    assert!(
        lowered.show("Root").contains("inline?: Array<Any>"),
        "{}",
        lowered.show("Root")
    );
    assert!(lowered.codes().contains(&Code::ReferenceCycle));
    assert!(
        !lowered.codes().contains(&Code::SchemaTooDeep),
        "{:?}",
        lowered.codes()
    );
}

#[test]
fn references_to_nothing_cost_only_themselves() {
    let lowered = schemas(
        "Root: {type: object, properties: {a: {$ref: '#/components/schemas/Gone'}, b: {type: string}}}",
    );
    assert_eq!(lowered.show("Root"), "{a?: Any, b?: String}");
    assert_eq!(lowered.codes(), [Code::ReferenceToNothing]);
    assert_eq!(lowered.api.untyped, 1);
}

fn chain(link: impl Fn(usize) -> String) -> Lowered {
    const LINKS: usize = 2_000;
    let mut text =
        String::from("Root: {type: object, properties: {x: {$ref: '#/components/schemas/L0'}}}\n");
    for index in 0..LINKS {
        writeln!(text, "L{index}: {}", link(index + 1)).expect("a string");
    }
    write!(text, "L{LINKS}: {{type: string}}").expect("a string");
    schemas(&text)
}

#[test]
fn long_chains_do_not_recurse() {
    let objects = chain(|next| {
        format!("{{type: object, properties: {{x: {{$ref: '#/components/schemas/L{next}'}}}}}}")
    });
    assert_eq!((objects.api.types.len(), objects.codes()), (2_002, vec![]));
    let arrays =
        chain(|next| format!("{{type: array, items: {{$ref: '#/components/schemas/L{next}'}}}}"));
    assert_eq!((arrays.api.types.len(), arrays.codes()), (2_002, vec![]));
    for link in ["allOf", "oneOf", "anyOf"] {
        let lowered =
            chain(|next| format!("{{{link}: [{{$ref: '#/components/schemas/L{next}'}}]}}"));
        assert_eq!(lowered.show("Root"), "{x?: L0}", "{link}");
    }
    let merged = chain(|next| {
        format!(
            "{{properties: {{y: {{type: string}}}}, allOf: [{{$ref: '#/components/schemas/L{next}'}}]}}"
        )
    });
    assert!(merged.codes().contains(&Code::SchemaTooDeep));
}

#[test]
fn inline_schemas_may_lie_in_each_other_deeply() {
    let mut schema = "{type: string}".to_owned();
    for _ in 0..100 {
        schema = format!("{{type: array, items: {schema}}}");
    }
    let lowered = schemas(&format!("Root: {schema}"));
    assert!(lowered.codes().contains(&Code::SchemaTooDeep));
    let mut schema = "{type: string}".to_owned();
    for _ in 0..30 {
        schema = format!("{{type: object, properties: {{x: {schema}}}}}");
    }
    let lowered = schemas(&format!("Root: {schema}"));
    assert_eq!((lowered.codes(), lowered.api.types.len()), (vec![], 30));
}

#[test]
fn many_variants_of_many_unions() {
    let mut text =
        String::from("Root: {oneOf: [{$ref: '#/components/schemas/U0'}, {type: boolean}]}\n");
    for index in 0..12 {
        let next = index + 1;
        writeln!(text, "U{index}: {{oneOf: [{{$ref: '#/components/schemas/U{next}'}}, {{$ref: '#/components/schemas/U{next}'}}, {{oneOf: [{{$ref: '#/components/schemas/U{next}'}}, {{type: string}}]}}]}}").expect("a string");
    }
    text.push_str("U12: {type: integer}");
    assert_eq!(
        schemas(&text).show("Root"),
        "union U12(U12)[Number] String(String)[String] Boolean(Boolean)[Boolean]"
    );
}

#[test]
fn unions_that_contain_each_other_end() {
    let lowered = schemas(
        "Root: {type: object, properties: {a: {type: string}}, oneOf: [{$ref: '#/components/schemas/Other'}]}
Other: {type: object, properties: {b: {type: string}}, oneOf: [{$ref: '#/components/schemas/Root'}]}",
    );
    assert!(lowered.codes().contains(&Code::SchemaTooDeep));
}
