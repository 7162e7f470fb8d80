//! Objects, arrays, maps, references, null, defaults.

use crate::*;
use clientsmith::model::{DefaultValue, Shape};

#[test]
fn fields_have_types_presence_and_names() {
    let lowered = schemas(
        "Root:
  type: object
  required: [id, maybe]
  properties:
    id: {type: string, format: uuid}
    maybe: {type: string, nullable: true}
    createdAt: {type: string, format: date-time}
    day: {type: string, format: date, nullable: true}
    type: {type: string}
    count: {type: integer, format: int32}
    ratio: {type: number, format: float}
    flag: {type: boolean}
    data: {type: string, format: byte}
    mail: {type: string, format: email}",
    );
    assert_eq!(
        lowered.show("Root"),
        "{id: Uuid, maybe|null: String, created_at?: DateTime, day?|null: Date, r#type?: String, count?: I32, ratio?: F32, \
         flag?: Boolean, data?: Base64, mail?: String}"
    );
    assert_eq!(lowered.codes(), []);
}

#[test]
fn objects_without_properties_are_maps() {
    let lowered = schemas(
        "Root:
  type: object
  properties:
    meta: {type: object}
    open: {type: object, additionalProperties: true}
    labels: {type: object, additionalProperties: {type: string, nullable: true}}
    counts: {type: object, additionalProperties: {type: object, additionalProperties: {type: integer}}}
    anything: {}
    closed: {type: object, additionalProperties: false}
    kept: {$ref: '#/components/schemas/Kept'}
Kept:
  type: object
  required: [additional_properties]
  properties: {additional_properties: {type: boolean}}
  additionalProperties: {type: integer}",
    );
    assert_eq!(
        lowered.show("Root"),
        "{meta?: Map<Any>, open?: Map<Any>, labels?: Map<Nullable<String>>, counts?: Map<Map<I64>>, anything?: Any, closed?: RootClosed, \
         kept?: Kept}"
    );
    assert_eq!(lowered.show("RootClosed"), "{}");
    assert_eq!(
        lowered.show("Kept"),
        "{additional_properties: Boolean, ..other_properties: I64}"
    );
    assert_eq!((lowered.codes(), lowered.api.untyped), (vec![], 0));
}

#[test]
fn limits_of_nested_arrays_are_documented() {
    let lowered = schemas(
        "Root:
  type: object
  properties:
    polygon:
      type: array
      minItems: 3
      items: {type: array, minItems: 2, maxItems: 2, items: {type: number, minimum: 0}}",
    );
    assert_eq!(lowered.show("Root"), "{polygon?: Array<Array<F64>>}");
    let Some(Shape::Object(object)) = lowered
        .api
        .types
        .first()
        .map(|definition| &definition.shape)
    else {
        panic!("no object")
    };
    assert_eq!(
        object.fields[0].documentation.constraints.limits,
        [
            "at least 3 items",
            "each item: exactly 2 items",
            "each item of each item: at least 0"
        ]
    );
}

#[test]
fn references_are_followed_to_the_definition() {
    let lowered = schemas(
        "Root:
  type: object
  properties:
    id: {$ref: '#/components/schemas/Id'}
    same: {$ref: '#/components/schemas/Root/properties/id'}
    alias: {$ref: '#/components/schemas/Alias'}
    colour: {$ref: '#/components/schemas/Colour'}
Alias: {$ref: '#/components/schemas/Target'}
Target: {type: object, properties: {x: {type: integer}}}
Id: {type: string, format: uuid}
Colour: {type: string, nullable: true, enum: [red, null]}
Unused: {type: object, properties: {x: {type: integer}}}",
    );
    assert_eq!(
        lowered.show("Root"),
        "{id?: Id, same?: Id, alias?: Target, colour?|null: Colour}"
    );
    assert_eq!(lowered.show("Id"), "= Uuid");
    assert_eq!(lowered.show("Colour"), "enum Red=\"red\"");
    assert_eq!(lowered.names(), ["Root", "Target", "Id", "Colour"]);
}

#[test]
fn recursion_is_boxed_only_where_values_contain_themselves() {
    let lowered = schemas(
        "Root:
  type: object
  required: [self]
  properties:
    self: {$ref: '#/components/schemas/Root'}
    children: {type: array, items: {$ref: '#/components/schemas/Root'}}
    by_name: {type: object, additionalProperties: {$ref: '#/components/schemas/Root'}}
    other: {$ref: '#/components/schemas/Other'}
    leaf: {$ref: '#/components/schemas/Leaf'}
    tree: {$ref: '#/components/schemas/Tree'}
Other: {type: object, properties: {root: {$ref: '#/components/schemas/Again'}}}
Again: {allOf: [{$ref: '#/components/schemas/Root'}], description: Another name.}
Leaf: {type: object, properties: {x: {type: integer}}}
Tree: {oneOf: [{type: string}, {type: array, items: {$ref: '#/components/schemas/Tree'}}]}",
    );
    assert_eq!(
        lowered.show("Root"),
        "{self_: Boxed<Root>, children?: Array<Root>, by_name?: Map<Root>, other?: Boxed<Other>, leaf?: Leaf, tree?: Tree}"
    );
    assert_eq!(lowered.show("Other"), "{root?: Boxed<Again>}");
    assert_eq!(
        lowered.show("Tree"),
        "union String(String)[String] TreeArray(Array<Tree>)[Array]"
    );
}

#[test]
fn a_required_key_without_a_property_is_any_json() {
    let lowered =
        schemas("Root: {type: object, required: [a, b], properties: {a: {type: string}}}");
    assert_eq!(lowered.show("Root"), "{a: String, b: Any}");
    assert_eq!(
        lowered.places(Code::RequiredNotDeclared),
        ["/components/schemas/Root/required"]
    );
}

#[test]
fn a_default_that_does_not_fit_is_reported() {
    let lowered = schemas(
        "Root:
  type: object
  properties:
    good: {type: integer, default: 3}
    colour: {type: string, enum: [red, green], default: red}
    list: {type: array, items: {type: string}, default: []}
    number: {type: number, default: 1}
    bad: {type: integer, default: three}
    wide: {type: integer, format: int8, default: 300}
    stranger: {type: string, enum: [a], default: b}",
    );
    let Some(Shape::Object(object)) = lowered
        .api
        .types
        .first()
        .map(|definition| &definition.shape)
    else {
        panic!("no object")
    };
    let defaults: Vec<Option<DefaultValue>> = object
        .fields
        .iter()
        .map(|field| field.default.clone())
        .collect();
    assert_eq!(
        defaults,
        [
            Some(DefaultValue::Integer(3)),
            Some(DefaultValue::String("red".to_owned())),
            Some(DefaultValue::EmptyArray),
            Some(DefaultValue::Number(1.0)),
            None,
            None,
            None
        ]
    );
    assert_eq!(lowered.codes(), [Code::DefaultMisfit; 3]);
}

#[test]
fn defaults_that_do_not_fit_are_reported_wherever_they_stand() {
    for (schema, fits) in [
        (
            "{oneOf: [{type: integer}, {type: boolean}], default: a}",
            false,
        ),
        (
            "{oneOf: [{type: integer}, {type: string}], default: a}",
            true,
        ),
        (
            "{type: array, items: {type: integer}, default: [1, a]}",
            false,
        ),
        (
            "{type: array, items: {type: string, enum: [a]}, default: [b]}",
            false,
        ),
        (
            "{type: array, items: {type: string, enum: [a]}, default: [a]}",
            true,
        ),
        ("{type: array, minItems: 1, items: {}, default: []}", false),
        (
            "{type: object, properties: {a: {type: integer}}, default: {a: b}}",
            false,
        ),
        (
            "{type: object, properties: {a: {type: integer}}, default: {a: 1, c: d}}",
            true,
        ),
        ("{type: string, format: date, default: yesterday}", false),
        ("{type: string, format: date, default: '2026-01-31'}", true),
        (
            "{type: string, format: date-time, default: '2026-01-31'}",
            false,
        ),
        (
            "{type: string, format: date-time, default: '2026-01-31T10:00:00Z'}",
            true,
        ),
        ("{type: string, format: uuid, default: '1'}", false),
        (
            "{type: string, format: uuid, default: 6f1d2b1c-5d0e-4a55-9f4e-0a5f0d9f4b11}",
            true,
        ),
        ("{type: string, format: ipv4, default: 10.0.0.256}", false),
        ("{type: string, format: ipv6, default: '::1'}", true),
        ("{type: string, maxLength: 2, default: äöü}", false),
        ("{type: integer, minimum: 1, default: 0}", false),
        ("{type: number, maximum: 1, default: 1}", true),
        ("{type: integer, default: 1.5}", false),
        ("{type: string, default: null}", true),
        ("{type: integer, enum: [1, 2], default: 1.0}", true),
        ("{type: integer, enum: [1, 2], default: 3}", false),
    ] {
        let lowered = schemas(&format!("Root: {{properties: {{a: {schema}}}}}"));
        let expected = if fits {
            vec![]
        } else {
            vec![Code::DefaultMisfit]
        };
        assert_eq!(lowered.codes(), expected, "{schema}");
    }
    let lowered = paths(
        "/a:
  get:
    operationId: list
    parameters: [{name: limit, in: query, schema: {type: integer, default: all}}]
    responses: {'204': {description: ok}}",
        "",
    );
    assert_eq!(lowered.codes(), [Code::DefaultMisfit]);
}

#[test]
fn passwords_are_secret_in_lists_maps_and_alternatives_too() {
    let lowered = schemas(
        "Root:
  properties:
    plain: {type: string, format: password}
    list: {type: array, items: {type: string, format: password}}
    map: {type: object, additionalProperties: {$ref: '#/components/schemas/Secret'}}
    perhaps: {anyOf: [{$ref: '#/components/schemas/Secret'}, {type: integer}]}
    open: {type: array, items: {type: string}}
Secret: {type: string, format: password}",
    );
    let secret: Vec<bool> = match lowered.api.types.first().map(|found| &found.shape) {
        Some(Shape::Object(object)) => object.fields.iter().map(|field| field.secret).collect(),
        _ => Vec::new(),
    };
    assert_eq!(secret, [true, true, true, true, false]);
}

#[test]
fn integers_beyond_64_bits_with_a_sign_are_unsigned_unless_they_may_be_negative() {
    let lowered = schemas(
        "Root:
  properties:
    a: {type: integer, maximum: 18446744073709551615}
    b: {allOf: [{type: integer}], maximum: 18446744073709551615}
    c: {allOf: [{type: integer, minimum: -4}, {type: integer, maximum: 18446744073709551615}]}
    d: {type: integer, minimum: -1, exclusiveMinimum: true, maximum: 18446744073709551615}
    e: {type: integer, enum: [18446744073709551615, 1]}
    f: {type: integer, maximum: 9007199254740991}",
    );
    assert_eq!(
        lowered.show("Root"),
        "{a?: U64, b?: U64, c?: I64, d?: U64, e?: U64, f?: I64}"
    );
}

#[test]
fn a_type_without_a_type_is_inferred_from_its_keywords() {
    let lowered = schemas(
        "Root:
  properties:
    text: {minLength: 1}
    number: {minimum: 0}
    list: {items: {type: string}}
    id: {format: uuid}
    map: {additionalProperties: {type: string}}",
    );
    assert_eq!(
        lowered.show("Root"),
        "{text?: String, number?: F64, list?: Array<String>, id?: Uuid, map?: Map<String>}"
    );
}

#[test]
fn read_only_fields_are_never_asked_of_callers() {
    let lowered = paths(
        "/a:
  post:
    operationId: create
    requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}
    responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}
  get:
    operationId: get
    responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/B'}}}}}",
        "schemas:
  A:
    type: object
    required: [id, name, secret]
    properties:
      id: {type: string, readOnly: true}
      name: {type: string}
      secret: {type: string, writeOnly: true}
  B:
    type: object
    required: [id, secret]
    properties: {id: {type: string, readOnly: true}, secret: {type: string, writeOnly: true}}",
    );
    assert_eq!(lowered.show("A"), "{id: String, name: String}");
    assert_eq!(lowered.show("AInput"), "{name: String, secret: String}");
    assert_eq!(lowered.show("B"), "{id: String, secret?: String}");
}
