//! The intermediate model: what a client of an API consists of, in neither OpenAPI's words nor Rust's tokens.
//!
//! Comes in: nothing. The rooms before it (`lower`) build it, the rooms after it (`analyze`, `emit`, `package`) read it.
//! Goes out: plain documented data, one concept per file, serialisable so that it can be printed and snapshot.
//! Must not know: OpenAPI types, JSON documents, tokens, files.
//!
//! Names in the model are final Rust identifiers, free of collisions and keywords (`r#` included where needed): settled
//! once by `lower`, never repaired by `emit`. Names on the wire stand beside them, unchanged.

mod api;
mod body;
mod documentation;
mod enumeration;
mod features;
mod header;
mod limit;
mod object;
mod operation;
mod paging;
mod parameter;
mod polling;
mod response;
mod security;
mod types;
mod union;
mod visit;
mod webhook;

pub use api::{Api, Group, Server, ServerVariable};
pub use body::{Body, BodyContent, FieldStyle, PartStyle};
pub use documentation::{Constraints, Documentation};
pub use enumeration::{EnumerationShape, EnumerationValues, EnumerationVariant};
pub use features::Features;
pub use header::{Link, ResponseHeader};
pub use limit::{Limit, LimitTable, Limits, PlainLimit};
pub use object::{Additional, Field, FieldPresence, ObjectShape};
pub use operation::{Method, Operation, Sample};
pub use paging::{Paging, PagingStyle};
pub use parameter::{Parameter, ParameterPlace, ParameterStyle, Style};
pub use polling::Polling;
pub use response::{ErrorBody, Framing, Response, ResponseContent, StatusRange, Stream, Success};
pub use security::{CredentialKind, Requirement, SecurityScheme};
pub use types::{
    DefaultValue, Direction, FloatWidth, IntegerWidth, Scalar, Shape, Type, TypeDefinition, TypeId,
};
pub use union::{Constant, Selector, UnionShape, UnionVariant};
pub use webhook::{WEBHOOK_TYPES, Webhook, WebhookCause, WebhookHeader};
