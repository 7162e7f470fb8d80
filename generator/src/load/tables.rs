//! What the objects of OpenAPI 3.0 hold (section 4.7 of the specification), as far as the parser needs to be told.

use super::shape::{
    Form::{
        Any, Child, ChildList, ChildMap, Choice, Count, Elsewhere, Flag, FlagOrChild, Number,
        Object, ObjectList, ObjectMap, Requirements, Text, TextMap, Texts, Values,
    },
    Missing::{DropObject, EmptyObject, EmptyText},
    Table,
};

pub static SCHEMA: Table = Table {
    what: "schema",
    keys: &[
        ("title", Text),
        ("description", Text),
        ("type", Text),
        ("format", Text),
        ("nullable", Flag),
        ("readOnly", Flag),
        ("writeOnly", Flag),
        ("deprecated", Flag),
        ("default", Any),
        ("example", Any),
        ("enum", Values),
        ("multipleOf", Number),
        ("minimum", Number),
        ("maximum", Number),
        ("exclusiveMinimum", Flag),
        ("exclusiveMaximum", Flag),
        ("minLength", Count),
        ("maxLength", Count),
        ("pattern", Text),
        ("minItems", Count),
        ("maxItems", Count),
        ("uniqueItems", Flag),
        ("minProperties", Count),
        ("maxProperties", Count),
        ("required", Texts),
        ("properties", ChildMap),
        ("items", Child),
        ("additionalProperties", FlagOrChild),
        ("allOf", ChildList),
        ("anyOf", ChildList),
        ("oneOf", ChildList),
        ("not", Child),
        ("discriminator", Object(&DISCRIMINATOR)),
        ("externalDocs", Object(&EXTERNAL_DOCS)),
        ("xml", Elsewhere),
        // JSON Schema's own; of no use to a client.
        ("$schema", Elsewhere),
        ("$comment", Elsewhere),
        ("$id", Elsewhere),
        ("$anchor", Elsewhere),
        // Settled by `dynamic.rs`, before schemas are read.
        ("$dynamicAnchor", Elsewhere),
        ("$dynamicRef", Elsewhere),
        ("$recursiveAnchor", Elsewhere),
        ("$recursiveRef", Elsewhere),
        ("$vocabulary", Elsewhere),
        // Definitions are read where they are referred to.
        ("$defs", Elsewhere),
        ("definitions", Elsewhere),
        ("$ref", Elsewhere),
        // Read by `openapi31.rs`.
        ("propertyNames", Elsewhere),
        ("dependentRequired", Elsewhere),
        ("dependentSchemas", Elsewhere),
        ("if", Elsewhere),
        ("then", Elsewhere),
        ("else", Elsewhere),
        ("contains", Elsewhere),
        ("minContains", Elsewhere),
        ("maxContains", Elsewhere),
        // What they forbid has no type in Rust; the server checks it.
        ("additionalItems", Elsewhere),
        ("unevaluatedItems", Elsewhere),
    ],
    required: &[],
};

static DISCRIMINATOR: Table = Table {
    what: "discriminator",
    keys: &[
        ("propertyName", Text),
        ("mapping", TextMap),
        // 3.2: read where unions are lowered.
        ("defaultMapping", Elsewhere),
    ],
    required: &[("propertyName", DropObject)],
};

static EXTERNAL_DOCS: Table = Table {
    what: "external documentation",
    keys: &[("url", Text), ("description", Text)],
    required: &[("url", DropObject)],
};

pub static PATH_ITEM: Table = Table {
    what: "path item",
    keys: &[
        ("summary", Text),
        ("description", Text),
        ("servers", ObjectList(&SERVER)),
        ("parameters", ChildList),
        ("$ref", Elsewhere),
        ("get", Elsewhere),
        ("put", Elsewhere),
        ("post", Elsewhere),
        ("delete", Elsewhere),
        ("options", Elsewhere),
        ("head", Elsewhere),
        ("patch", Elsewhere),
        ("trace", Elsewhere),
        ("query", Elsewhere),
        ("additionalOperations", Elsewhere),
    ],
    required: &[],
};

pub static OPERATION: Table = Table {
    what: "operation",
    keys: &[
        ("tags", Texts),
        ("summary", Text),
        ("description", Text),
        ("externalDocs", Object(&EXTERNAL_DOCS)),
        ("operationId", Text),
        ("parameters", ChildList),
        ("requestBody", Child),
        ("responses", ChildMap),
        ("callbacks", Elsewhere),
        ("deprecated", Flag),
        ("security", Requirements),
        ("servers", ObjectList(&SERVER)),
    ],
    required: &[],
};

pub static PARAMETER: Table = Table {
    what: "parameter",
    keys: &[
        ("name", Text),
        // 3.2: `querystring`, which is read as a query parameter; lowering looks again.
        (
            "in",
            Choice(&["query", "header", "path", "cookie", "querystring"]),
        ),
        ("description", Text),
        ("required", Flag),
        ("deprecated", Flag),
        ("allowEmptyValue", Flag),
        ("style", Text),
        ("explode", Flag),
        ("allowReserved", Flag),
        ("schema", Child),
        ("example", Any),
        ("examples", ChildMap),
        ("content", ObjectMap(&MEDIA_TYPE)),
    ],
    required: &[("name", DropObject), ("in", DropObject)],
};

pub static HEADER: Table = Table {
    what: "header",
    keys: &[
        ("description", Text),
        ("required", Flag),
        ("deprecated", Flag),
        ("allowEmptyValue", Elsewhere),
        ("style", Choice(&["simple"])),
        ("explode", Elsewhere),
        ("allowReserved", Elsewhere),
        ("schema", Child),
        ("example", Any),
        ("examples", ChildMap),
        ("content", ObjectMap(&MEDIA_TYPE)),
    ],
    required: &[],
};

pub static MEDIA_TYPE: Table = Table {
    what: "media type",
    keys: &[
        ("schema", Child),
        ("example", Any),
        ("examples", ChildMap),
        ("encoding", ObjectMap(&ENCODING)),
        // 3.2: read where a stream is lowered.
        ("itemSchema", Elsewhere),
        // 3.2: how the parts of a body are written that has no names for them, which callers do.
        ("itemEncoding", Elsewhere),
        ("prefixEncoding", Elsewhere),
    ],
    required: &[],
};

static ENCODING: Table = Table {
    what: "encoding",
    keys: &[
        ("contentType", Text),
        ("headers", ChildMap),
        (
            "style",
            Choice(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        ),
        ("explode", Flag),
        ("allowReserved", Flag),
    ],
    required: &[],
};

pub static REQUEST_BODY: Table = Table {
    what: "request body",
    keys: &[
        ("description", Text),
        ("content", ObjectMap(&MEDIA_TYPE)),
        ("required", Flag),
    ],
    required: &[],
};

pub static RESPONSE: Table = Table {
    what: "response",
    keys: &[
        ("description", Text),
        ("summary", Elsewhere),
        ("headers", ChildMap),
        ("content", ObjectMap(&MEDIA_TYPE)),
        ("links", ChildMap),
    ],
    required: &[("description", EmptyText)],
};

pub static EXAMPLE: Table = Table {
    what: "example",
    keys: &[
        ("summary", Text),
        ("description", Text),
        ("value", Any),
        ("externalValue", Text),
        // 3.2
        ("dataValue", Elsewhere),
        ("serializedValue", Elsewhere),
    ],
    required: &[],
};

pub static LINK: Table = Table {
    what: "link",
    keys: &[
        ("operationRef", Text),
        ("operationId", Text),
        ("parameters", Any),
        ("requestBody", Any),
        ("description", Text),
        ("server", Object(&SERVER)),
    ],
    required: &[],
};

pub static SECURITY_SCHEME: Table = Table {
    what: "security scheme",
    keys: &[
        (
            "type",
            Choice(&["apiKey", "http", "oauth2", "openIdConnect"]),
        ),
        ("description", Text),
        ("name", Text),
        ("in", Choice(&["query", "header", "cookie"])),
        ("scheme", Text),
        ("bearerFormat", Text),
        ("flows", Object(&OAUTH_FLOWS)),
        ("openIdConnectUrl", Text),
        // 3.2: where to learn more, which a client does not need.
        ("oauth2MetadataUrl", Elsewhere),
        ("deprecated", Elsewhere),
    ],
    required: &[("type", DropObject)],
};

static OAUTH_FLOWS: Table = Table {
    what: "list of OAuth flows",
    keys: &[
        ("implicit", Object(&IMPLICIT_FLOW)),
        ("password", Object(&TOKEN_FLOW)),
        ("clientCredentials", Object(&TOKEN_FLOW)),
        ("authorizationCode", Object(&CODE_FLOW)),
        // 3.2: how a token is come by is the caller's matter in every flow.
        ("deviceAuthorization", Elsewhere),
    ],
    required: &[],
};

static IMPLICIT_FLOW: Table = Table {
    what: "implicit OAuth flow",
    keys: &[
        ("authorizationUrl", Text),
        ("tokenUrl", Elsewhere),
        ("refreshUrl", Text),
        ("scopes", TextMap),
    ],
    required: &[("authorizationUrl", EmptyText), ("scopes", EmptyObject)],
};

static TOKEN_FLOW: Table = Table {
    what: "OAuth flow",
    keys: &[
        ("authorizationUrl", Elsewhere),
        ("tokenUrl", Text),
        ("refreshUrl", Text),
        ("scopes", TextMap),
    ],
    required: &[("tokenUrl", EmptyText), ("scopes", EmptyObject)],
};

static CODE_FLOW: Table = Table {
    what: "OAuth flow",
    keys: &[
        ("authorizationUrl", Text),
        ("tokenUrl", Text),
        ("refreshUrl", Text),
        ("scopes", TextMap),
    ],
    required: &[
        ("authorizationUrl", EmptyText),
        ("tokenUrl", EmptyText),
        ("scopes", EmptyObject),
    ],
};

pub static INFO: Table = Table {
    what: "info object",
    keys: &[
        ("title", Text),
        ("summary", Elsewhere),
        ("description", Text),
        ("termsOfService", Text),
        ("contact", Object(&CONTACT)),
        ("license", Object(&LICENSE)),
        ("version", Text),
    ],
    required: &[("title", EmptyText), ("version", EmptyText)],
};

static CONTACT: Table = Table {
    what: "contact",
    keys: &[("name", Text), ("url", Text), ("email", Text)],
    required: &[],
};

static LICENSE: Table = Table {
    what: "licence",
    keys: &[("name", Text), ("url", Text), ("identifier", Elsewhere)],
    required: &[("name", EmptyText)],
};

pub static SERVER: Table = Table {
    what: "server",
    keys: &[
        ("url", Text),
        ("description", Text),
        // 3.2
        ("name", Elsewhere),
        ("variables", ObjectMap(&SERVER_VARIABLE)),
    ],
    required: &[("url", DropObject)],
};

static SERVER_VARIABLE: Table = Table {
    what: "server variable",
    keys: &[("enum", Texts), ("default", Text), ("description", Text)],
    required: &[("default", EmptyText)],
};

pub static TAG: Table = Table {
    what: "tag",
    keys: &[
        ("name", Text),
        ("description", Text),
        // 3.2: how tags are shown in documentation.
        ("summary", Elsewhere),
        ("parent", Elsewhere),
        ("kind", Elsewhere),
        ("externalDocs", Object(&EXTERNAL_DOCS)),
    ],
    required: &[("name", DropObject)],
};

/// The top of the document. Everything in it has an accessor of its own; the table serves to find keys that mean nothing.
pub static TOP: Table = Table {
    what: "document",
    keys: &[
        ("openapi", Elsewhere),
        ("$self", Elsewhere),
        ("jsonSchemaDialect", Elsewhere),
        ("webhooks", Elsewhere),
        ("info", Elsewhere),
        ("servers", Elsewhere),
        ("paths", Elsewhere),
        ("components", Elsewhere),
        ("security", Elsewhere),
        ("tags", Elsewhere),
        ("externalDocs", Elsewhere),
    ],
    required: &[],
};

pub static COMPONENTS: Table = Table {
    what: "components object",
    keys: &[
        ("schemas", Elsewhere),
        ("responses", Elsewhere),
        ("parameters", Elsewhere),
        ("examples", Elsewhere),
        ("requestBodies", Elsewhere),
        ("headers", Elsewhere),
        ("securitySchemes", Elsewhere),
        ("links", Elsewhere),
        ("callbacks", Elsewhere),
        ("pathItems", Elsewhere),
        ("mediaTypes", Elsewhere),
    ],
    required: &[],
};
