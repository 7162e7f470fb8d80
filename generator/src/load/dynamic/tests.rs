//! Dynamic references, before and after.

use serde_json::{Value, json};

use crate::{diagnostics::Pointer, load::Document};

/// The schemas of a document of 3.1, once settled, and what was said.
fn settled(schemas: &str) -> (Value, Vec<String>) {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    );
    let document = Document::parse("spec.yaml", &text).expect("readable");
    let schemas = Pointer::parse("/components/schemas").expect("a pointer");
    let value = document.value(&schemas).cloned().unwrap_or_default();
    let found = document.take_diagnostics();
    let said = found.iter().map(ToString::to_string).collect();
    (value, said)
}

#[test]
fn a_template_is_made_for_what_its_names_stand_for() {
    let (schemas, said) = settled(
        "    Page:
      $id: page
      type: object
      properties: {items: {type: array, items: {$dynamicRef: '#item'}}, next: {$ref: '#/components/schemas/Page'}}
      $defs: {item: {$dynamicAnchor: item, not: {}}}
    Users:
      $ref: '#/components/schemas/Page'
      description: Users.
      $defs: {user: {$dynamicAnchor: item, $ref: '#/components/schemas/User'}}
    User: {type: object, properties: {friends: {$ref: '#/components/schemas/Users'}}}
",
    );
    assert_eq!(
        schemas["Users"]["properties"],
        json!({
            "items": {"type": "array", "items": {"$ref": "#/components/schemas/User"}},
            "next": {"$ref": "#/components/schemas/Users"}
        })
    );
    assert_eq!(schemas["Users"]["description"], "Users.");
    assert_eq!(schemas["Users"]["$ref"], Value::Null);
    assert_eq!(
        schemas["Page"]["properties"]["items"]["items"],
        json!({"$ref": "#/components/schemas/Page/$defs/item"})
    );
    assert_eq!(
        schemas["User"],
        json!({"type": "object", "properties": {"friends": {"$ref": "#/components/schemas/Users"}}})
    );
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn what_a_template_refers_to_is_copied_too() {
    let (schemas, said) = settled(
        "    Envelope: {type: object, properties: {data: {$ref: '#/components/schemas/Body'}, meta: {$ref: '#/components/schemas/Meta'}}}
    Body: {type: object, properties: {value: {$dynamicRef: '#payload'}}}
    Meta: {type: object}
    Pets:
      allOf: [{$ref: '#/components/schemas/Envelope'}]
      $defs: {payload: {$dynamicAnchor: payload, type: array, items: {type: string}}}
",
    );
    let place = "#/components/schemas/Pets/$defs";
    assert_eq!(
        schemas["Pets"]["allOf"],
        json!([{"$ref": format!("{place}/Envelope")}])
    );
    assert_eq!(
        schemas["Pets"]["$defs"]["Envelope"]["properties"],
        json!({"data": {"$ref": format!("{place}/Body")}, "meta": {"$ref": "#/components/schemas/Meta"}})
    );
    assert_eq!(
        schemas["Pets"]["$defs"]["Body"]["properties"]["value"],
        json!({"$ref": format!("{place}/payload")})
    );
    // Nothing else bears the name: the body that stands for itself has it from there.
    assert_eq!(
        schemas["Body"]["properties"]["value"],
        json!({"$ref": format!("{place}/payload")})
    );
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn a_tree_that_is_extended_is_extended_all_through() {
    let (schemas, said) = settled(
        "    Tree: {$dynamicAnchor: node, type: object, properties: {children: {type: array, items: {$dynamicRef: '#node'}}}}
    Named: {$dynamicAnchor: node, $ref: '#/components/schemas/Tree', properties: {name: {type: string}}}
    Old: {$recursiveAnchor: true, properties: {inner: {$recursiveRef: '#'}}}
",
    );
    let items = |schema: &Value| schema["properties"]["children"]["items"].clone();
    assert_eq!(
        items(&schemas["Tree"]),
        json!({"$ref": "#/components/schemas/Tree"})
    );
    assert_eq!(
        schemas["Named"]["$ref"],
        "#/components/schemas/Named/$defs/Tree"
    );
    assert_eq!(
        items(&schemas["Named"]["$defs"]["Tree"]),
        json!({"$ref": "#/components/schemas/Named"})
    );
    assert_eq!(
        schemas["Old"]["properties"]["inner"],
        json!({"$ref": "#/components/schemas/Old"})
    );
    assert!(said.is_empty(), "{said:?}");
}

#[test]
fn templates_of_templates() {
    let (schemas, _) = settled(
        "    List: {type: array, items: {$dynamicRef: '#item'}}
    Envelope: {type: object, properties: {data: {$dynamicRef: '#data'}}}
    Users:
      $ref: '#/components/schemas/Envelope'
      $defs:
        data:
          $dynamicAnchor: data
          $ref: '#/components/schemas/List'
          $defs: {item: {$dynamicAnchor: item, type: string}}
",
    );
    assert_eq!(
        schemas["Users"]["properties"]["data"],
        json!({"$ref": "#/components/schemas/Users/$defs/data"})
    );
    assert_eq!(
        schemas["Users"]["$defs"]["data"]["items"],
        json!({"$ref": "#/components/schemas/Users/$defs/data/$defs/item"})
    );
}

#[test]
fn what_names_nothing_or_several_things_is_said() {
    let (_, said) = settled(
        "    A: {properties: {a: {$dynamicRef: '#nothing'}, b: {$dynamicRef: '#two'}, c: {$dynamicRef: 'other#x'}}}
    B: {$anchor: two}
    C: {$anchor: two}
    D: {example: {$dynamicRef: '#nothing'}, properties: {d: {$dynamicRef: '#/components/schemas/B'}}}
",
    );
    let place = "warning[CS0418] #/components/schemas/A/properties";
    assert_eq!(
        said,
        [
            format!(
                "{place}/a/$dynamicRef: `#nothing` names no schema, or several; read as any JSON"
            ),
            format!("{place}/b/$dynamicRef: `#two` names no schema, or several; read as any JSON"),
            format!(
                "{place}/c/$dynamicRef: `other#x` names no schema, or several; read as any JSON"
            ),
        ]
    );
}

#[test]
fn copies_of_copies_end() {
    let (_, said) = settled(
        "    T: {type: object, properties: {a: {$dynamicRef: '#x'}, b: {$ref: '#/components/schemas/T', $defs: {x: {$dynamicAnchor: x, $ref: '#/components/schemas/T'}}},
        c: {$ref: '#/components/schemas/T', $defs: {x: {$dynamicAnchor: x, type: string}}}}}
    S: {$ref: '#/components/schemas/T', $defs: {x: {$dynamicAnchor: x, type: integer}}}
",
    );
    let too_many: Vec<&String> = said
        .iter()
        .filter(|said| said.contains("too many copies"))
        .collect();
    assert_eq!(too_many.len(), 1, "{said:?}");
    // What is not made leads to what it would have been made of.
    assert!(!said.iter().any(|said| said.contains("CS0301")), "{said:?}");
}
