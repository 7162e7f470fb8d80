//! Models made by hand: the smallest that hold a construct, for the tests of what is emitted.

use clientsmith::model::*;

/// An API with nothing in it but a server and a key.
pub fn api() -> Api {
    Api {
        title: "Sample API".to_owned(),
        short_title: "sample-api".to_owned(),
        version: "1.2".to_owned(),
        servers: vec![Server {
            url: "https://api.example.com".to_owned(),
            description: None,
            variables: Default::default(),
        }],
        security_schemes: [(
            "ApiKeyAuth".to_owned(),
            SecurityScheme {
                scheme: "ApiKeyAuth".to_owned(),
                name: "api_key".to_owned(),
                credential: CredentialKind::ApiKey {
                    place: ParameterPlace::Header,
                    wire_name: "X-Api-Key".to_owned(),
                },
                documentation: Documentation::default(),
            },
        )]
        .into_iter()
        .collect(),
        security: vec![vec!["ApiKeyAuth".to_owned()]],
        ..Api::default()
    }
}

pub fn words(description: &str) -> Documentation {
    Documentation {
        description: Some(description.to_owned()),
        ..Documentation::default()
    }
}

pub fn string() -> Type {
    Type::Scalar(Scalar::String)
}

pub fn integer() -> Type {
    Type::Scalar(Scalar::Integer(IntegerWidth::I64))
}

pub fn uuid() -> Type {
    Type::Scalar(Scalar::Uuid)
}

pub fn array(item: Type) -> Type {
    Type::Array(Box::new(item))
}

pub fn field(name: &str, value: Type, presence: FieldPresence) -> Field {
    Field {
        name: name.to_owned(),
        key: name.trim_start_matches("r#").to_owned(),
        value,
        presence,
        read_only: false,
        write_only: false,
        secret: false,
        default: None,
        documentation: words(&format!("The {}", name.trim_start_matches("r#"))),
    }
}

pub fn object(fields: Vec<Field>) -> Shape {
    Shape::Object(ObjectShape {
        fields,
        additional: Additional::Ignored,
    })
}

pub fn enumeration(values: &[(&str, &str)]) -> Shape {
    let variant = |(name, value): &(&str, &str)| EnumerationVariant {
        name: (*name).to_owned(),
        value: (*value).to_owned(),
        documentation: Documentation::default(),
    };
    Shape::Enumeration(EnumerationShape {
        values: EnumerationValues::Strings(values.iter().map(variant).collect()),
    })
}

pub fn variant(name: &str, value: Type, selectors: Vec<Selector>) -> UnionVariant {
    UnionVariant {
        name: name.to_owned(),
        value,
        selectors,
        documentation: Documentation::default(),
    }
}

pub fn union(discriminator: Option<&str>, variants: Vec<UnionVariant>) -> Shape {
    Shape::Union(UnionShape {
        discriminator: discriminator.map(str::to_owned),
        variants,
    })
}

/// Adds a definition to the model.
pub fn define(api: &mut Api, name: &str, shape: Shape, direction: Direction) -> Type {
    define_in(api, "shared", name, shape, direction)
}

pub fn define_in(
    api: &mut Api,
    module: &str,
    name: &str,
    shape: Shape,
    direction: Direction,
) -> Type {
    let has_default = match &shape {
        Shape::Object(object) => object
            .fields
            .iter()
            .all(|field| !field.presence.is_required() || field.value == string()),
        _ => false,
    };
    api.types.push(TypeDefinition {
        name: name.to_owned(),
        pointer: format!("#/components/schemas/{name}"),
        module: module.to_owned(),
        documentation: Documentation::default(),
        shape,
        direction,
        has_default,
    });
    Type::Named(TypeId(api.types.len() - 1))
}

pub fn parameter(name: &str, place: ParameterPlace, value: Type) -> Parameter {
    let style = match value {
        Type::Array(_) => ParameterStyle::CommaJoined,
        _ => ParameterStyle::Single,
    };
    Parameter {
        name: name.to_owned(),
        wire_name: name.trim_start_matches("r#").to_owned(),
        place,
        required: place == ParameterPlace::Path,
        value,
        style,
        takes_one: false,
        limits: None,
        documentation: Documentation::default(),
    }
}

pub fn operation(type_name: &str, method_name: &str, method: Method, path: &str) -> Operation {
    Operation {
        id: type_name.to_owned(),
        words: type_name.to_owned(),
        pointer: String::new(),
        type_name: type_name.to_owned(),
        method_name: method_name.to_owned(),
        method,
        path: path.to_owned(),
        server: None,
        documentation: Documentation::default(),
        parameters: Vec::new(),
        body: None,
        success: Success::One(ResponseContent::Empty),
        error: ErrorBody::None,
        headers: Vec::new(),
        links: Vec::new(),
        security: None,
        paging: None,
        polling: None,
        accept: None,
        stream: None,
        sample: None,
    }
}

pub fn json_body(value: Type) -> Option<Body> {
    Some(Body {
        required: true,
        media_type: "application/json".to_owned(),
        content: BodyContent::Json(value),
        limits: None,
        documentation: Documentation::default(),
    })
}

pub fn json(value: Type) -> Success {
    Success::One(ResponseContent::Json(value))
}

pub fn group(tag: &str, accessor: &str, type_name: &str, operations: Vec<Operation>) -> Group {
    Group {
        tag: tag.to_owned(),
        accessor: accessor.to_owned(),
        type_name: type_name.to_owned(),
        documentation: Documentation::default(),
        operations,
    }
}

/// An API of images and exports with the constructs that most APIs have.
pub fn images() -> Api {
    let mut api = api();
    let status = define_in(
        &mut api,
        "images",
        "ImageStatus",
        enumeration(&[("New", "NEW"), ("InProgress", "IN PROGRESS")]),
        Direction::Both,
    );
    let value = define(
        &mut api,
        "AttributeValue",
        union(
            None,
            vec![
                variant("Text", string(), vec![Selector::String]),
                variant(
                    "Number",
                    Type::Scalar(Scalar::Number(FloatWidth::F64)),
                    vec![Selector::Number],
                ),
                variant("Texts", array(string()), vec![Selector::Array]),
            ],
        ),
        Direction::Both,
    );
    let image = define_in(
        &mut api,
        "images",
        "Image",
        object(vec![
            field("id", uuid(), FieldPresence::Required),
            field("r#type", string(), FieldPresence::Required),
            field("status", status.clone(), FieldPresence::Optional),
            field("value", value.clone(), FieldPresence::OptionalNullable),
            field(
                "created",
                Type::Scalar(Scalar::DateTime),
                FieldPresence::RequiredNullable,
            ),
        ]),
        Direction::Response,
    );
    let meta = define(
        &mut api,
        "Meta",
        object(vec![field("total", integer(), FieldPresence::Optional)]),
        Direction::Response,
    );
    let list = define_in(
        &mut api,
        "images",
        "ImageList",
        object(vec![
            field("items", array(image.clone()), FieldPresence::Required),
            field("meta", meta, FieldPresence::Optional),
        ]),
        Direction::Response,
    );
    let write = define_in(
        &mut api,
        "images",
        "ImageWrite",
        object(vec![
            field("name", string(), FieldPresence::Required),
            field("boxes", array(array(integer())), FieldPresence::Required),
            field("description", string(), FieldPresence::OptionalNullable),
            field("value", value, FieldPresence::Optional),
            field("tags", array(string()), FieldPresence::Optional),
        ]),
        Direction::Request,
    );
    if let Some(write) = api.types.last_mut() {
        write.has_default = true;
    }
    let problem = define(
        &mut api,
        "Error",
        object(vec![field("message", string(), FieldPresence::Optional)]),
        Direction::Response,
    );
    let Type::Named(page) = list else {
        unreachable!("definitions are named")
    };

    let mut get = operation(
        "GetImage",
        "get",
        Method::Get,
        "/v1/projects/{project_id}/images/{image_id}",
    );
    get.parameters = vec![
        parameter("project_id", ParameterPlace::Path, uuid()),
        parameter("image_id", ParameterPlace::Path, string()),
    ];
    get.success = json(image.clone());
    get.error = ErrorBody::One(ResponseContent::Json(problem.clone()));
    let mut create = operation(
        "CreateImage",
        "create",
        Method::Post,
        "/v1/projects/{project_id}/images",
    );
    create.parameters = vec![parameter("project_id", ParameterPlace::Path, uuid())];
    create.body = json_body(write);
    create.success = json(image);
    let mut list_images = operation(
        "ListImages",
        "list",
        Method::Get,
        "/v1/projects/{project_id}/images",
    );
    list_images.parameters = vec![
        parameter("project_id", ParameterPlace::Path, uuid()),
        parameter("offset", ParameterPlace::Query, integer()),
        parameter("limit", ParameterPlace::Query, integer()),
        parameter("image_status", ParameterPlace::Query, array(status)),
        parameter("tags", ParameterPlace::Query, array(string())),
    ];
    list_images.documentation = words(
        "Lists the images of a project.\n\nOnly those that [the key] may see, see https://example.com.",
    );
    list_images.success = json(Type::Named(page));
    list_images.paging = Some(Paging {
        style: PagingStyle::Offset {
            offset: "offset".to_owned(),
            limit: "limit".to_owned(),
        },
        page,
        items: "items".to_owned(),
        total: vec!["meta".to_owned(), "total".to_owned()],
    });
    let mut delete = operation(
        "DeleteImage",
        "delete",
        Method::Delete,
        "/v1/images/{image_id}",
    );
    delete.parameters = vec![parameter("image_id", ParameterPlace::Path, string())];
    delete.error = ErrorBody::Several {
        type_name: "DeleteImageError".to_owned(),
        responses: vec![
            Response {
                name: "NotFound".to_owned(),
                status: StatusRange::Exact(404),
                content: ResponseContent::Json(problem),
                description: Some("No such image".to_owned()),
            },
            Response {
                name: "ServerError".to_owned(),
                status: StatusRange::Class(5),
                content: ResponseContent::Empty,
                description: None,
            },
        ],
    };
    api.groups = vec![group(
        "Image",
        "images",
        "Images",
        vec![list_images, get, create, delete],
    )];
    api
}
