//! What is emitted for each construct, from models made by hand. The crates of `tests/fixtures` show that it compiles.

mod sample;

use clientsmith::model::*;
use clientsmith::package::{PackageFacts, package};
use sample::*;

/// The file of the types of an API with nothing but this shape.
fn types(name: &str, shape: Shape, direction: Direction) -> String {
    let mut api = api();
    define(&mut api, name, shape, direction);
    file(&api, "src/types/shared.rs")
}

#[test]
fn an_object_that_is_received() {
    let fields = vec![
        field("id", uuid(), FieldPresence::Required),
        field("r#type", string(), FieldPresence::Optional),
        field(
            "json",
            array(array(integer())),
            FieldPresence::OptionalNullable,
        ),
        field(
            "created",
            Type::Scalar(Scalar::DateTime),
            FieldPresence::RequiredNullable,
        ),
    ];
    insta::assert_snapshot!(types("Image", object(fields), Direction::Response));
}

#[test]
fn an_object_that_is_sent() {
    let fields = vec![
        field("name", string(), FieldPresence::Required),
        field("names", array(string()), FieldPresence::Required),
        field("parent", string(), FieldPresence::RequiredNullable),
        field(
            "new",
            Type::Scalar(Scalar::Boolean),
            FieldPresence::Optional,
        ),
        field("note", string(), FieldPresence::OptionalNullable),
        Field {
            read_only: true,
            ..field("id", uuid(), FieldPresence::Optional)
        },
    ];
    insta::assert_snapshot!(types("ImageWrite", object(fields), Direction::Both));
}

#[test]
fn an_object_that_keeps_other_keys() {
    let shape = Shape::Object(ObjectShape {
        fields: vec![field("total", integer(), FieldPresence::Optional)],
        additional: Additional::Kept {
            field: "additional_properties".to_owned(),
            value: Type::Any,
        },
    });
    insta::assert_snapshot!(types("Meta", shape, Direction::Request));
}

#[test]
fn an_enumeration_of_strings() {
    let shape = enumeration(&[
        ("New", "NEW"),
        ("InProgress", "IN PROGRESS"),
        ("CustomStatus", "[CUSTOM STATUS]"),
    ]);
    insta::assert_snapshot!(types("Status", shape, Direction::Both));
}

#[test]
fn an_enumeration_of_integers() {
    let variant = |name: &str, value| EnumerationVariant {
        name: name.to_owned(),
        value,
        documentation: Documentation {
            deprecated: value < 0,
            ..words("In words")
        },
    };
    let values = EnumerationValues::Integers(vec![variant("N1", 1), variant("Minus1", -1)]);
    let shape = Shape::Enumeration(EnumerationShape { values });
    insta::assert_snapshot!(types("Level", shape, Direction::Both));
}

#[test]
fn a_union_told_by_json_type() {
    let mut api = api();
    let colour = define(
        &mut api,
        "Colour",
        enumeration(&[("Red", "red")]),
        Direction::Both,
    );
    let shape = union(
        None,
        vec![
            variant(
                "Colour",
                colour,
                vec![Selector::StringOf(vec!["red".to_owned()])],
            ),
            variant("Text", string(), vec![Selector::String]),
            variant("Whole", integer(), vec![Selector::Integer]),
            variant(
                "Number",
                Type::Scalar(Scalar::Number(FloatWidth::F64)),
                vec![Selector::Number],
            ),
            variant("Texts", array(string()), vec![Selector::Array]),
        ],
    );
    define_in(&mut api, "values", "Value", shape, Direction::Both);
    insta::assert_snapshot!(file(&api, "src/types/values.rs"));
}

#[test]
fn a_union_of_objects() {
    let mut api = api();
    let mut member = |name: &str| {
        let shape = object(vec![field("kind", string(), FieldPresence::Required)]);
        define(&mut api, name, shape, Direction::Response)
    };
    let (cat, dog, bird, fish, snake) = (
        member("Cat"),
        member("Dog"),
        member("Bird"),
        member("Fish"),
        member("Snake"),
    );
    let key = |key: &str| Selector::Keys(vec![key.to_owned()]);
    let constant = Selector::Constant {
        key: "class".to_owned(),
        values: ["aves", "bird"]
            .map(|text| Constant::Text(text.to_owned()))
            .to_vec(),
    };
    let shape = union(
        Some("kind"),
        vec![
            variant(
                "Cat",
                cat,
                vec![
                    Selector::Tag(Constant::Text("cat".to_owned())),
                    Selector::Tag(Constant::Text("kitten".to_owned())),
                ],
            ),
            variant("Dog", Type::Boxed(Box::new(dog)), vec![key("bark")]),
            variant("Bird", bird, vec![constant, key("wings")]),
            variant("Fish", fish, vec![Selector::BestMatch]),
            variant("Snake", snake, vec![Selector::BestMatch]),
        ],
    );
    define_in(&mut api, "pets", "Pet", shape, Direction::Response);
    insta::assert_snapshot!(file(&api, "src/types/pets.rs"));
}

#[test]
fn an_alias() {
    insta::assert_snapshot!(types(
        "Polygon",
        Shape::Alias(array(array(integer()))),
        Direction::Both
    ));
}

#[test]
fn names_of_the_prelude_stand_beside_the_prelude() {
    let mut api = api();
    let option = define(
        &mut api,
        "Option",
        object(vec![field("value", integer(), FieldPresence::Optional)]),
        Direction::Both,
    );
    let fields = vec![
        field("a", option, FieldPresence::Optional),
        field("b", string(), FieldPresence::Required),
    ];
    define_in(&mut api, "other", "Decode", object(fields), Direction::Both);
    insta::assert_snapshot!(format!(
        "{}\n{}",
        file(&api, "src/types/shared.rs"),
        file(&api, "src/types/other.rs")
    ));
}

#[test]
fn operations() {
    insta::assert_snapshot!(file(&images(), "src/api/images.rs"));
}

#[test]
fn parameters_of_every_kind() {
    let mut api = api();
    let status = define(
        &mut api,
        "Status",
        enumeration(&[("New", "NEW")]),
        Direction::Request,
    );
    let filter = define(
        &mut api,
        "Filter",
        object(vec![field("a", string(), FieldPresence::Optional)]),
        Direction::Request,
    );
    let styled = |name: &str, value: Type, style| Parameter {
        style,
        ..parameter(name, ParameterPlace::Query, value)
    };
    let walked = |style, reserved| ParameterStyle::Styled { style, reserved };
    let mut find = operation("FindThings", "find", Method::Get, "/things/{ids}/{core}");
    find.parameters = vec![
        parameter("ids", ParameterPlace::Path, array(integer())),
        parameter("core", ParameterPlace::Path, string()),
        Parameter {
            required: true,
            ..parameter("status", ParameterPlace::Query, array(status.clone()))
        },
        Parameter {
            required: true,
            ..parameter("call", ParameterPlace::Header, string())
        },
        styled("spaced", array(string()), ParameterStyle::SpaceJoined),
        styled("piped", array(uuid()), ParameterStyle::PipeJoined),
        styled("repeated", array(status.clone()), ParameterStyle::Repeated),
        styled("filter", filter.clone(), ParameterStyle::Json),
        styled("deep", filter.clone(), walked(Style::DeepObject, false)),
        styled("reserved", array(string()), walked(Style::Form, true)),
        Parameter {
            style: walked(Style::Simple, false),
            ..parameter("x_filter", ParameterPlace::Header, filter.clone())
        },
        Parameter {
            style: walked(Style::FormExploded, false),
            ..parameter("crumb", ParameterPlace::Cookie, filter)
        },
        parameter("one", ParameterPlace::Query, status),
        parameter("x_list", ParameterPlace::Header, array(string())),
        parameter("session", ParameterPlace::Cookie, uuid()),
        parameter("add", ParameterPlace::Query, integer()),
    ];
    find.server = Some("https://other.example.com".to_owned());
    find.security = Some(vec![
        vec!["ApiKeyAuth".to_owned(), "Other".to_owned()],
        vec![],
    ]);
    api.groups = vec![group("thing", "things", "Things", vec![find])];
    insta::assert_snapshot!(file(&api, "src/api/things.rs"));
}

#[test]
fn bodies_of_every_kind() {
    let mut api = api();
    let thing = define(
        &mut api,
        "Thing",
        object(vec![field("a", string(), FieldPresence::Optional)]),
        Direction::Both,
    );
    let body = |media_type: &str, content, required| {
        Some(Body {
            required,
            media_type: media_type.to_owned(),
            content,
            limits: None,
            documentation: Documentation::default(),
        })
    };
    let with = |name: &str, body: Option<Body>, success| Operation {
        body,
        accept: match success {
            Success::One(ResponseContent::Text | ResponseContent::Bytes) => Some("*/*".to_owned()),
            _ => None,
        },
        success,
        ..operation(name, &name.to_lowercase(), Method::Post, "/things")
    };
    let json_type = "application/json";
    let operations = vec![
        with(
            "One",
            body(json_type, BodyContent::Json(thing.clone()), true),
            json(thing.clone()),
        ),
        with(
            "Many",
            body(json_type, BodyContent::Json(array(thing.clone())), true),
            json(array(thing.clone())),
        ),
        with(
            "Perhaps",
            body(json_type, BodyContent::Json(thing.clone()), false),
            Success::One(ResponseContent::Empty),
        ),
        with(
            "Merge",
            body(
                "application/merge-patch+json",
                BodyContent::Json(thing),
                true,
            ),
            Success::One(ResponseContent::Empty),
        ),
        with(
            "Text",
            body("text/plain", BodyContent::Text, true),
            Success::One(ResponseContent::Text),
        ),
        with(
            "Bytes",
            body("image/png", BodyContent::Bytes, true),
            Success::One(ResponseContent::Bytes),
        ),
    ];
    api.groups = vec![group("thing", "things", "Things", operations)];
    insta::assert_snapshot!(file(&api, "src/api/things.rs"));
}

#[test]
fn outcomes_by_status() {
    let mut api = api();
    let thing = define(
        &mut api,
        "Thing",
        object(vec![field("a", string(), FieldPresence::Optional)]),
        Direction::Response,
    );
    let response = |name: &str, status, content| Response {
        name: name.to_owned(),
        status,
        content,
        description: Some("In words".to_owned()),
    };
    let mut get = operation("GetThing", "get", Method::Get, "/things");
    get.success = Success::Several {
        type_name: "GetThingResponse".to_owned(),
        responses: vec![
            response(
                "Ok",
                StatusRange::Exact(200),
                ResponseContent::Json(thing.clone()),
            ),
            response("Accepted", StatusRange::Exact(202), ResponseContent::Text),
            response("NoContent", StatusRange::Exact(204), ResponseContent::Empty),
        ],
    };
    get.error = ErrorBody::Several {
        type_name: "GetThingError".to_owned(),
        responses: vec![
            response(
                "NotFound",
                StatusRange::Exact(404),
                ResponseContent::Json(thing.clone()),
            ),
            response("ClientError", StatusRange::Class(4), ResponseContent::Bytes),
            response(
                "Default",
                StatusRange::Default,
                ResponseContent::Json(thing),
            ),
        ],
    };
    api.groups = vec![group("thing", "things", "Things", vec![get])];
    insta::assert_snapshot!(file(&api, "src/api/things.rs"));
}

#[test]
fn a_job_that_is_waited_for() {
    let mut api = api();
    let state = object(vec![field("status", string(), FieldPresence::Optional)]);
    let state = define(&mut api, "State", state, Direction::Response);
    let job = object(vec![field("state", state, FieldPresence::Optional)]);
    let job = define(&mut api, "Job", job, Direction::Response);
    let mut get = operation("GetJob", "get", Method::Get, "/job");
    get.success = json(job);
    get.polling = Some(Polling {
        status: vec!["state".to_owned(), "status".to_owned()],
        done: vec!["DONE".to_owned()],
        failed: vec![],
        failed_containing: vec!["FAIL".to_owned(), "ERROR".to_owned()],
        interval: std::time::Duration::from_millis(1500),
        max_interval: std::time::Duration::from_secs(30),
        deadline: std::time::Duration::from_secs(1800),
    });
    api.groups = vec![group("job", "jobs", "Jobs", vec![get])];
    insta::assert_snapshot!(file(&api, "src/api/jobs.rs"));
}

#[test]
fn the_client() {
    let mut api = images();
    let scheme = |scheme: &str, name: &str, credential| SecurityScheme {
        scheme: scheme.to_owned(),
        name: name.to_owned(),
        credential,
        documentation: Documentation::default(),
    };
    insta::assert_snapshot!("the_client_with_one_key", file(&api, "src/client.rs"));
    api.servers.push(Server {
        url: "https://eu.example.com".to_owned(),
        description: Some("Europe".to_owned()),
        variables: Default::default(),
    });
    for (name, scheme) in [
        ("Basic", scheme("Basic", "basic", CredentialKind::Basic)),
        ("OAuth", scheme("OAuth", "token", CredentialKind::Bearer)),
    ] {
        api.security_schemes.insert(name.to_owned(), scheme);
    }
    insta::assert_snapshot!(
        "the_client_with_several_schemes",
        file(&api, "src/client.rs")
    );
}

#[test]
fn retries_of_the_settings_reach_client_and_readme() {
    let mut facts = PackageFacts::from_api(&api(), "openapi.yaml");
    facts.retries.max = Some(5);
    facts.retries.unsafe_statuses = Some(vec![503]);
    facts.retries.first_delay = Some(std::time::Duration::from_millis(250));
    let files = package(&api(), &facts).expect("Rust").package.files;
    assert!(
        files["src/client.rs"].contains(
            "RetryPolicy::new()\n        .retries(5)\n        .unsafe_statuses(&[503])\n        .initial_delay(Duration::from_millis(250)),"
        ),
        "{}",
        files["src/client.rs"]
    );
    assert!(
        files["README.md"].contains("up to 5 times"),
        "{}",
        files["README.md"]
    );
    assert!(files["README.md"].contains("other methods only after 503."));
}

#[test]
fn the_library() {
    insta::assert_snapshot!(file(&images(), "src/lib.rs"));
}

#[test]
fn many_types_may_lie_in_each_other_deeply() {
    let limit = "#![recursion_limit";
    let mut api = images();
    assert!(!file(&api, "src/lib.rs").contains(limit));
    for number in 0..501 {
        define(
            &mut api,
            &format!("T{number}"),
            object(Vec::new()),
            Direction::Both,
        );
    }
    assert!(file(&api, "src/lib.rs").contains(limit));
}

#[test]
fn what_the_mock_answers() {
    let mut api = api();
    let mut get = operation("GetThing", "get", Method::Get, "/things/{id}");
    get.sample = Some(Sample {
        status: 200,
        media_type: "application/json".to_owned(),
        body: r##"{"a":"b\"#c"}"##.to_owned(),
    });
    api.groups = vec![group("thing", "things", "Things", vec![get])];
    insta::assert_snapshot!(file(&api, "src/mock.rs"));
}

#[test]
fn the_manifest_and_the_readme() {
    let api = images();
    insta::assert_snapshot!("the_manifest", file(&api, "Cargo.toml"));
    insta::assert_snapshot!("the_readme", file(&api, "README.md"));
}

#[test]
fn an_absurd_document_still_has_a_valid_manifest() {
    let api = Api {
        title: "\"]\n\u{7f}\\ = [x] <b>".to_owned(),
        short_title: "\"]x b".to_owned(),
        version: "latest and greatest".to_owned(),
        ..Api::default()
    };
    let manifest: toml::Table = file(&api, "Cargo.toml").parse().expect("TOML");
    let package = manifest
        .get("package")
        .and_then(toml::Value::as_table)
        .expect("a package");
    assert_eq!(
        package.get("name").and_then(toml::Value::as_str),
        Some("x-b")
    );
    assert_eq!(
        package.get("version").and_then(toml::Value::as_str),
        Some("0.1.0")
    );
    assert!(file(&api, "README.md").contains("\\[x\\] \\<b>"));
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    let facts = PackageFacts::from_api(&images(), "openapi.yaml");
    let once = package(&images(), &facts).expect("Rust").package;
    let again = package(&images(), &facts).expect("Rust").package;
    assert_eq!(once, again);
}
