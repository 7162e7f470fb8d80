//! `oneOf` and `anyOf`.

use crate::*;

#[test]
fn variants_are_told_apart_by_json_type() {
    let lowered = schemas(
        "Root:
  anyOf:
    - {type: string, nullable: true}
    - {type: number, nullable: true}
    - {type: boolean}
    - {type: array, items: {type: string}}
    - {type: object, properties: {x: {type: string}}}
    - {type: 'null'}",
    );
    assert_eq!(
        lowered.show("Root"),
        "union String(String)[String] Number(F64)[Number] Boolean(Boolean)[Boolean] StringArray(Array<String>)[Array] \
         Object(RootObject)[Object]"
    );
    assert_eq!(
        crate::show::responses(&lowered.api, lowered.operation("get_root")),
        "Nullable<Root> ! none"
    );
    assert_eq!(lowered.codes(), []);
}

#[test]
fn what_rust_cannot_tell_apart_is_one() {
    let lowered = schemas(
        "Root:
  type: object
  properties:
    texts: {oneOf: [{type: string}, {type: string, maxLength: 3}]}
    uuid_or_text: {oneOf: [{type: string, format: uuid}, {type: string}]}
    formats: {oneOf: [{type: string, format: uuid}, {type: string, format: date}]}
    numbers: {anyOf: [{type: integer}, {type: number}]}
    widths: {anyOf: [{type: integer, format: int32}, {type: integer}]}
    open: {anyOf: [{$ref: '#/components/schemas/Colour'}, {type: string}]}
    two: {anyOf: [{$ref: '#/components/schemas/Colour'}, {type: string, enum: [blue]}]}
    only: {oneOf: [{$ref: '#/components/schemas/Colour'}]}
    nullable: {oneOf: [{$ref: '#/components/schemas/Colour'}, {type: 'null'}]}
    null_by_enum: {oneOf: [{$ref: '#/components/schemas/Colour'}, {enum: [null]}]}
    any: {oneOf: [{type: string}, {}]}
    items: {type: array, items: {oneOf: [{type: string}, {type: string, format: uuid}]}}
Colour: {type: string, enum: [red]}",
    );
    assert_eq!(
        lowered.show("Root"),
        "{texts?: String, uuid_or_text?: String, formats?: String, numbers?: F64, widths?: I64, open?: Colour, two?: RootTwo, \
         only?: Colour, nullable?|null: Colour, null_by_enum?|null: Colour, any?: Any, items?: Array<String>}"
    );
    assert_eq!(lowered.show("RootTwo"), "enum Red=\"red\" Blue=\"blue\"");
    assert_eq!(lowered.codes(), []);
}

#[test]
fn a_discriminator_maps_by_reference_by_name_and_implicitly() {
    let lowered = schemas(
        "Root:
  oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Lizard'},
          {$ref: '#/components/schemas/Bird'}]
  discriminator:
    propertyName: petType
    mapping: {dog: '#/components/schemas/Dog', puppy: Dog, cat: Cat, fish: Fish}
Cat: {type: object, required: [petType], properties: {petType: {type: string}}}
Dog: {type: object, required: [petType], properties: {petType: {type: string}}}
Lizard: {type: object, required: [petType], properties: {petType: {type: string}}}
Bird: {type: object, required: [petType], properties: {petType: {type: string, enum: [bird, eagle]}}}
Fish: {type: object}",
    );
    assert_eq!(
        lowered.show("Root"),
        "union by petType Cat(Cat)[Tag(\"cat\")] Dog(Dog)[Tag(\"dog\"), Tag(\"puppy\")] Lizard(Lizard)[Tag(\"Lizard\")] \
         Bird(Bird)[Tag(\"bird\"), Tag(\"eagle\")]"
    );
    assert_eq!(
        lowered.places(Code::DiscriminatorMisfit),
        ["/components/schemas/Root/discriminator/mapping/fish"]
    );
}

#[test]
fn objects_are_told_apart_by_constants() {
    let lowered = schemas(
        "Root:
  oneOf:
    - {type: object, required: [kind, radius], properties: {kind: {type: string, enum: [circle]}, radius: {type: number}}}
    - {title: Square, type: object, required: [kind], properties: {kind: {type: string, enum: [square, rectangle]}}}",
    );
    assert_eq!(
        lowered.show("Root"),
        "union Circle(RootCircle)[Constant { key: \"kind\", values: [\"circle\"] }] \
         Square(Square)[Constant { key: \"kind\", values: [\"square\", \"rectangle\"] }]"
    );
    assert_eq!(lowered.codes(), []);
}

#[test]
fn objects_are_told_apart_by_required_keys() {
    let lowered = schemas(
        "Root:
  oneOf:
    - {title: ByUrl, type: object, required: [url, filename], properties: {url: {type: string}, filename: {type: string}}}
    - {title: ByUpload, type: object, required: [upload_id, filename], properties: {upload_id: {type: string}, filename: {type: string}}}",
    );
    assert_eq!(
        lowered.show("Root"),
        "union ByUrl(ByUrl)[Keys([\"url\"])] ByUpload(ByUpload)[Keys([\"upload_id\"])]"
    );
}

#[test]
fn one_that_is_left_over_needs_no_selector() {
    let lowered = schemas(
        "Root: {oneOf: [{$ref: '#/components/schemas/Url'}, {$ref: '#/components/schemas/Bucket'}]}
Url: {type: object, required: [url], properties: {url: {type: string}}}
Bucket: {type: object, required: [url, bucket], properties: {url: {type: string}, bucket: {type: string}}}",
    );
    assert_eq!(
        lowered.show("Root"),
        "union Url(Url)[BestMatch] Bucket(Bucket)[Keys([\"bucket\"])]"
    );
    assert_eq!(lowered.codes(), []);
}

#[test]
fn the_best_match_decides_where_nothing_else_does() {
    let lowered = schemas(
        "Root:
  anyOf:
    - {title: Short, type: object, properties: {name: {type: string}}}
    - {title: Long, type: object, properties: {name: {type: string}, surname: {type: string}}}
    - {type: array, items: {type: string}}
    - {type: array, items: {type: integer}}",
    );
    assert_eq!(
        lowered.show("Root"),
        "union Short(Short)[BestMatch] Long(Long)[BestMatch] StringArray(Array<String>)[BestMatch] IntegerArray(Array<I64>)[BestMatch]"
    );
    assert_eq!(
        lowered.places(Code::AmbiguousUnion),
        ["/components/schemas/Root"]
    );
}

#[test]
fn properties_beside_a_union_belong_to_every_variant() {
    let lowered = schemas(
        "Root:
  type: object
  required: [id]
  properties: {id: {type: string}}
  oneOf:
    - {title: A, type: object, required: [a], properties: {a: {type: string}}}
    - {title: B, type: object, required: [b], properties: {b: {type: string}}}",
    );
    assert_eq!(
        lowered.show("Root"),
        "union A(A)[Keys([\"a\"])] B(B)[Keys([\"b\"])]"
    );
    assert_eq!(lowered.show("A"), "{id: String, a: String}");
}

#[test]
fn alternatives_that_only_say_what_is_required_are_no_union() {
    let lowered = schemas(
        "Root:
  type: object
  properties: {a: {type: string}, b: {type: string}}
  oneOf: [{required: [a]}, {required: [b]}]",
    );
    assert_eq!(lowered.show("Root"), "{a?: String, b?: String}");
}

#[test]
fn nested_unions_are_laid_open() {
    let lowered = schemas(
        "Root: {oneOf: [{$ref: '#/components/schemas/Scalar'}, {type: boolean}]}
Scalar: {oneOf: [{type: string}, {oneOf: [{type: integer}, {$ref: '#/components/schemas/Root'}]}]}",
    );
    assert_eq!(
        lowered.show("Root"),
        "union String(String)[String] Integer(I64)[Number] Boolean(Boolean)[Boolean]"
    );
}

#[test]
fn a_title_that_is_taken_yields() {
    let lowered = schemas(
        "Root: {oneOf: [{title: Circle, type: object, properties: {r: {type: number}}}, {type: string}, {$ref: '#/components/schemas/Circle'}]}
Circle: {type: array, items: {type: number}}",
    );
    assert_eq!(
        lowered.show("Root"),
        "union CircleObject(RootCircleObject)[Object] String(String)[String] Circle(Circle)[Array]"
    );
}

#[test]
fn a_component_that_comes_to_one_type_is_that_type() {
    let lowered = schemas("Root: {oneOf: [{type: string, enum: [a]}, {type: string, enum: [b]}]}");
    assert_eq!(lowered.show("Root"), "enum A=\"a\" B=\"b\"");
    let lowered = schemas(
        "Root: {oneOf: [{type: string, enum: [a]}, {type: string, enum: [b]}, {type: integer}]}",
    );
    assert_eq!(
        lowered.show("Root"),
        "union String(RootString)[String] Integer(I64)[Number]"
    );
    let lowered = schemas(
        "Root: {properties: {id: {type: string}}, oneOf: [{type: object, properties: {a: {type: string}}}]}",
    );
    assert_eq!(lowered.show("Root"), "{id?: String, a?: String}");
}

#[test]
fn a_discriminator_has_a_variant_for_all_other_values() {
    let union = |default: &str| {
        schemas(&format!(
            "Root:
  oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}]
  discriminator: {{propertyName: petType, mapping: {{cat: Cat, dog: Dog}}, defaultMapping: {default}}}
Cat: {{type: object, required: [petType], properties: {{petType: {{type: string}}}}}}
Dog: {{type: object, properties: {{petType: {{type: string}}}}}}
Fish: {{type: object}}"
        ))
    };
    for default in ["Dog", "'#/components/schemas/Dog'"] {
        let lowered = union(default);
        assert_eq!(
            lowered.show("Root"),
            "union by petType Cat(Cat)[Tag(\"cat\")] Dog(Dog)[Tag(\"dog\"), Object]"
        );
        assert_eq!(lowered.codes(), []);
    }
    assert_eq!(
        union("Fish").places(Code::DiscriminatorMisfit),
        ["/components/schemas/Root/discriminator/defaultMapping"]
    );
}

#[test]
fn objects_are_told_apart_by_integers_booleans_and_null() {
    let lowered = schemas(
        "Root:
  type: object
  properties:
    version:
      oneOf:
        - {type: object, required: [v], properties: {v: {type: integer, enum: [1]}}}
        - {type: object, required: [v], properties: {v: {type: number, enum: [2, 3.0]}}}
        - {type: object, required: [v], properties: {v: {type: string, enum: ['1']}}}
    success:
      oneOf:
        - {type: object, required: [ok], properties: {ok: {type: boolean, enum: [true]}}}
        - {type: object, required: [ok], properties: {ok: {type: boolean, enum: [false]}}}
    error:
      oneOf:
        - {type: object, required: [error, value], properties: {error: {nullable: true, enum: [null]}, value: {type: integer}}}
        - {type: object, required: [error, value], properties: {error: {type: string}, value: {type: integer}}}
    any:
      oneOf:
        - {title: A, type: object, required: [ok], properties: {ok: {type: boolean, enum: [true, false]}}}
        - {title: B, type: object, required: [ok], properties: {ok: {type: boolean, enum: [true]}}}
    maybe:
      oneOf:
        - {title: C, type: object, required: [next], properties: {next: {nullable: true, enum: [null]}}}
        - {title: D, type: object, properties: {next: {type: string}}}",
    );
    assert_eq!(
        lowered.show("RootVersion"),
        "union V1(RootVersionV1)[Constant { key: \"v\", values: [1] }] \
         Variant2(RootVersionVariant2)[Constant { key: \"v\", values: [2, 3] }] \
         N1(RootVersionN1)[Constant { key: \"v\", values: [\"1\"] }]"
    );
    assert_eq!(
        lowered.show("RootSuccess"),
        "union OkTrue(RootSuccessOkTrue)[Constant { key: \"ok\", values: [true] }] \
         OkFalse(RootSuccessOkFalse)[Constant { key: \"ok\", values: [false] }]"
    );
    assert_eq!(
        lowered.show("RootError"),
        "union ErrorNull(RootErrorErrorNull)[Constant { key: \"error\", values: [null] }] \
         Variant2(RootErrorVariant2)[BestMatch]"
    );
    assert_eq!(
        lowered.show("RootAny"),
        "union A(A)[BestMatch] B(B)[BestMatch]"
    );
    assert_eq!(
        lowered.show("RootMaybe"),
        "union C(C)[BestMatch] D(D)[BestMatch]"
    );
}

#[test]
fn a_mapping_speaks_of_the_values_that_the_property_has() {
    let lowered = schemas(
        "Root:
  oneOf: [{$ref: '#/components/schemas/One'}, {$ref: '#/components/schemas/Two'}, {$ref: '#/components/schemas/Five'}, {$ref: '#/components/schemas/Yes'}]
  discriminator:
    propertyName: kind
    mapping: {'1': One, '2': Two, 'true': Yes, 'two': Two}
Kind: {type: integer, enum: [1, 2, 5]}
One: {type: object, properties: {kind: {$ref: '#/components/schemas/Kind'}}}
Two: {type: object, properties: {kind: {type: integer}}}
Five: {type: object, properties: {kind: {type: integer, enum: [5]}}}
Yes: {type: object, properties: {kind: {type: boolean}}}",
    );
    assert_eq!(
        lowered.show("Root"),
        "union by kind One(One)[Tag(1)] Two(Two)[Tag(2), Tag(\"two\")] Five(Five)[Tag(5)] Yes(Yes)[Tag(true)]"
    );
    assert_eq!(lowered.codes(), []);
}

#[test]
fn a_value_that_the_mapping_gives_to_another_is_nobody_elses() {
    let lowered = schemas(
        "Root:
  oneOf: [{$ref: '#/components/schemas/One'}, {$ref: '#/components/schemas/Two'}, {$ref: '#/components/schemas/Three'}]
  discriminator: {propertyName: kind, mapping: {one: One}}
One: {type: object, properties: {kind: {type: string, enum: [one, two, three]}}}
Two: {type: object, properties: {kind: {type: string, enum: [two]}}}
Three: {type: object, properties: {kind: {type: string, enum: [one, two, three]}}}",
    );
    assert_eq!(
        lowered.show("Root"),
        "union by kind One(One)[Tag(\"one\")] Two(Two)[Tag(\"Two\")] Three(Three)[Tag(\"Three\")]"
    );
}

#[test]
fn a_schema_may_say_what_stands_for_it() {
    let lowered = schemas(
        "Root:
  type: object
  properties: {kind: {type: string, enum: [SqlTable, BlobFolder]}}
  discriminator: {propertyName: kind}
SqlTableDataSet: {allOf: [{$ref: '#/components/schemas/Root'}, {type: object, properties: {a: {type: string}}}], x-ms-discriminator-value: SqlTable}
BlobDataSet: {allOf: [{$ref: '#/components/schemas/Root'}, {type: object, properties: {b: {type: string}}}], x-ms-discriminator-value: BlobFolder}",
    );
    assert_eq!(
        lowered.show("Root"),
        "union by kind SqlTableDataSet(SqlTableDataSet)[Tag(\"SqlTable\")] BlobDataSet(BlobDataSet)[Tag(\"BlobFolder\")] Base(RootBase)[BestMatch]"
    );
}
