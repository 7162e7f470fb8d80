//! Responses: which statuses are successes, which are errors, and what each holds.

use openapiv3::{ReferenceOr, Response as ResponsePiece, Responses, StatusCode};

use super::media_type::{Chosen, Family, family};
use super::{Lowering, documentation};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};
use crate::model::{
    ErrorBody, Link, Method, Response, ResponseContent, ResponseHeader, Sample, StatusRange,
    Stream, Success, Type,
};

/// What an operation answers. The names of enumerations of outcomes are left empty.
pub(super) struct Answers {
    pub success: Success,
    pub accept: Option<String>,
    pub stream: Option<Stream>,
    pub error: ErrorBody,
    pub headers: Vec<ResponseHeader>,
    pub links: Vec<Link>,
    pub sample: Option<Sample>,
}

/// A documented response before its content is lowered.
pub(super) struct Documented {
    pub status: StatusRange,
    pub pointer: Pointer,
    pub piece: ResponsePiece,
}

impl Lowering<'_> {
    /// What the operation called `operation` at `pointer` answers.
    pub(super) fn responses(
        &mut self,
        responses: &Responses,
        operation: &str,
        method: &Method,
        pointer: &Pointer,
    ) -> Answers {
        let documented = self.documented(responses, pointer);
        let has_success = documented
            .iter()
            .any(|response| is_success(response.status));
        let headers = self.response_headers(&documented, operation, pointer);
        let links = self.links(&documented);
        let only_redirects = !documented.is_empty()
            && documented
                .iter()
                .all(|response| is_redirect(response.status) || is_error(response.status))
            && documented
                .iter()
                .any(|response| is_redirect(response.status));
        self.report_other_protocols(&documented);
        let (successes, others): (Vec<Documented>, Vec<Documented>) =
            documented.into_iter().partition(|response| {
                is_success(response.status)
                    || (!has_success && response.status == StatusRange::Default)
            });
        let sample = self.success_sample(&successes, method);
        let mut accept = self.accepted(&successes, method);
        let stream = match method {
            Method::Head => None,
            _ => self.stream(&successes, operation, pointer),
        };
        let success = if only_redirects && successes.is_empty() {
            // The redirect is followed, and the document does not say what is there.
            accept = (*method != Method::Head).then(|| "*/*".to_owned());
            Success::One(if *method == Method::Head {
                ResponseContent::Empty
            } else {
                ResponseContent::Bytes
            })
        } else if stream.as_ref().is_some_and(|stream| stream.is_only) {
            // The stream asks for itself.
            accept = None;
            Success::One(ResponseContent::Empty)
        } else {
            self.success(successes, operation, method, pointer)
        };
        let mut errors = Vec::with_capacity(others.len());
        for response in others
            .into_iter()
            .filter(|response| is_error(response.status))
        {
            let status = status_name(response.status);
            // `InternalServerError` says it already.
            let what = if status.ends_with("Error") {
                ""
            } else {
                " error"
            };
            let name = format!("{operation} {status}{what}");
            errors.push(self.response(&response, &name, method, pointer));
        }
        Answers {
            headers,
            links,
            success,
            accept,
            stream,
            error: error_body(errors),
            sample,
        }
    }

    fn success(
        &mut self,
        successes: Vec<Documented>,
        operation: &str,
        method: &Method,
        pointer: &Pointer,
    ) -> Success {
        let with_content = successes
            .iter()
            .filter(|response| !response.piece.content.is_empty())
            .count();
        let mut lowered = Vec::with_capacity(successes.len());
        for response in successes {
            let name = if with_content > 1 {
                format!("{operation} {} response", status_name(response.status))
            } else {
                format!("{operation} response")
            };
            lowered.push(self.response(&response, &name, method, pointer));
        }
        match lowered.split_first() {
            None => Success::One(ResponseContent::Empty),
            Some((first, rest))
                if rest
                    .iter()
                    .all(|response| response.content == first.content) =>
            {
                Success::One(first.content.clone())
            }
            Some(_) => Success::Several {
                type_name: String::new(),
                responses: lowered,
            },
        }
    }

    /// What the document shows for the first success; for one without a body, that.
    fn success_sample(&mut self, successes: &[Documented], method: &Method) -> Option<Sample> {
        let first = successes.first()?;
        let status = match first.status {
            StatusRange::Exact(status) => status,
            StatusRange::Class(_) | StatusRange::Default => 200,
        };
        let contents = first.pointer.push("content");
        match self
            .choose(&first.piece.content, &contents)
            .filter(|_| !has_no_body(first.status, method))
        {
            Some(chosen) => self.sample(
                status,
                &chosen.media_type,
                chosen.family,
                &contents.push(&chosen.media_type),
            ),
            None => Some(Sample {
                status,
                media_type: String::new(),
                body: String::new(),
            }),
        }
    }

    /// The responses that can be read, exact statuses before ranges before `default`.
    fn documented(&mut self, responses: &Responses, pointer: &Pointer) -> Vec<Documented> {
        let Responses {
            default,
            responses,
            extensions: _,
        } = responses;
        let place = pointer.push("responses");
        let mut entries: Vec<(StatusRange, &ReferenceOr<ResponsePiece>, Pointer)> = responses
            .iter()
            .map(|(status, response)| {
                let range = match status {
                    StatusCode::Code(code) => StatusRange::Exact(*code),
                    StatusCode::Range(class) => StatusRange::Class(*class),
                };
                (range, response, place.push(&status.to_string()))
            })
            .collect();
        entries.extend(
            default
                .iter()
                .map(|response| (StatusRange::Default, response, place.push("default"))),
        );
        entries.sort_by_key(|(status, ..)| *status);
        let mut documented = Vec::with_capacity(entries.len());
        for (status, response, own) in entries {
            let listed = match response {
                ReferenceOr::Reference { reference } => {
                    Pointer::from_reference(reference).unwrap_or(own)
                }
                ReferenceOr::Item(_) => own,
            };
            let target = self.resolve(&listed);
            match self.document.response(&target) {
                Ok(piece) => documented.push(Documented {
                    status,
                    pointer: target,
                    piece,
                }),
                Err(diagnostic) => self.report(diagnostic),
            }
        }
        documented
    }

    /// What a content holds, and the report where callers get it as it is.
    fn content_of(&mut self, chosen: Chosen, contents: &Pointer) -> ResponseContent {
        let Chosen {
            media_type,
            family,
            schema,
            encodings: _,
        } = chosen;
        let told = match family {
            Family::Text | Family::Form | Family::Bytes if self.has_structure(schema.as_ref()) => {
                Some(Diagnostic::note(
                    Code::ReadAsText,
                    format!(
                        "the client does not read what the schema of a response of {} says: callers get it as it is",
                        quoted(&media_type)
                    ),
                ))
            }
            Family::Xml | Family::Stream | Family::Multipart => Some(Diagnostic::warning(
                Code::ReadAsText,
                format!(
                    "a response of {} is not read yet: callers get it as it is",
                    quoted(&media_type)
                ),
            )),
            _ => None,
        };
        if let Some(told) = told {
            let help = "offer `application/json` too, if the server can send it";
            self.report(told.at(&contents.push(&media_type)).help(help));
        }
        match family {
            Family::Json => {
                ResponseContent::Json(schema.map_or(Type::Any, |schema| self.type_of(&[schema])))
            }
            Family::Text | Family::Form | Family::Xml | Family::Stream => ResponseContent::Text,
            Family::Bytes | Family::Anything | Family::Multipart => ResponseContent::Bytes,
        }
    }

    fn response(
        &mut self,
        documented: &Documented,
        name: &str,
        method: &Method,
        operation: &Pointer,
    ) -> Response {
        let Documented {
            status,
            pointer,
            piece,
        } = documented;
        // Headers and links are those of the operation: see `header.rs`.
        let ResponsePiece {
            description,
            headers: _,
            content,
            links: _,
            extensions: _,
        } = piece;
        let contents = pointer.push("content");
        let content = match self
            .choose(content, &contents)
            .filter(|_| !has_no_body(*status, method))
        {
            None => ResponseContent::Empty,
            Some(chosen) => {
                self.report_other_answers(content.keys(), &chosen.media_type, &contents);
                if let Some(schema) = chosen
                    .schema
                    .as_ref()
                    .filter(|schema| schema.is_within(operation))
                {
                    self.give_name(&schema.clone(), name.to_owned());
                }
                self.content_of(chosen, &contents)
            }
        };
        Response {
            name: status_name(*status),
            status: *status,
            content,
            description: documentation::said(Some(description)),
        }
    }
}

impl Lowering<'_> {
    /// Where an operation only opens a connection of another protocol, the client cannot go on.
    fn report_other_protocols(&mut self, documented: &[Documented]) {
        let has_success = documented
            .iter()
            .any(|response| is_success(response.status));
        let switch = documented
            .iter()
            .find(|response| response.status == StatusRange::Exact(101));
        if let (false, Some(switch)) = (has_success, switch) {
            let pointer = switch.pointer.clone();
            self.report(
                Diagnostic::warning(
                    Code::OtherProtocol,
                    "the answer is a connection of another protocol, such as WebSocket, which the client does not speak",
                )
                .at(&pointer)
                .help("connect with a crate for that protocol"),
            );
        }
    }

    /// An answer is asked for in one way, or as a stream: the others are no loss, but somebody may look for them.
    fn report_other_answers<'n>(
        &mut self,
        names: impl Iterator<Item = &'n String>,
        chosen: &str,
        contents: &Pointer,
    ) {
        let others: Vec<String> = names
            .filter(|name| *name != chosen && family(name) != Family::Stream)
            .map(|name| quoted(name).to_string())
            .collect();
        if others.is_empty() {
            return;
        }
        let message = format!(
            "the response is read as {}, not as {}",
            quoted(chosen),
            others.join(" or ")
        );
        self.report(Diagnostic::note(Code::OtherAnswers, message).at(contents));
    }
}

/// Whether HTTP leaves no room for a body (RFC 9110, sections 9.3.2 and 15).
pub(super) fn has_no_body(status: StatusRange, method: &Method) -> bool {
    matches!(status, StatusRange::Exact(204 | 205 | 304)) || *method == Method::Head
}

fn error_body(errors: Vec<Response>) -> ErrorBody {
    let mut contents = errors
        .iter()
        .map(|response| &response.content)
        .filter(|content| **content != ResponseContent::Empty);
    match contents.next() {
        None => ErrorBody::None,
        // Errors without a body do not get in the way of the one body that all others share.
        Some(first) if contents.all(|content| content == first) => ErrorBody::One(first.clone()),
        Some(_) => ErrorBody::Several {
            type_name: String::new(),
            responses: errors,
        },
    }
}

fn is_success(status: StatusRange) -> bool {
    matches!(
        status,
        StatusRange::Exact(200..=299) | StatusRange::Class(2)
    )
}

/// A redirect that the client follows.
fn is_redirect(status: StatusRange) -> bool {
    matches!(
        status,
        StatusRange::Exact(301 | 302 | 303 | 307 | 308) | StatusRange::Class(3)
    )
}

fn is_error(status: StatusRange) -> bool {
    match status {
        StatusRange::Exact(code) => code >= 400,
        StatusRange::Class(class) => class >= 4,
        StatusRange::Default => true,
    }
}

/// The reason phrase of a status in PascalCase (RFC 9110 section 15, RFC 4918, RFC 6585, RFC 7538, RFC 7725).
fn status_name(status: StatusRange) -> String {
    let code = match status {
        StatusRange::Exact(code) => code,
        StatusRange::Class(class) => {
            return match class {
                1 => "Informational".to_owned(),
                2 => "Successful".to_owned(),
                3 => "Redirection".to_owned(),
                4 => "ClientError".to_owned(),
                5 => "ServerError".to_owned(),
                other => format!("Status{other}xx"),
            };
        }
        StatusRange::Default => return "Default".to_owned(),
    };
    REASONS
        .iter()
        .find(|(known, _)| *known == code)
        .map_or_else(|| format!("Status{code}"), |(_, name)| (*name).to_owned())
}

const REASONS: &[(u16, &str)] = &[
    (100, "Continue"),
    (101, "SwitchingProtocols"),
    (200, "Ok"),
    (201, "Created"),
    (202, "Accepted"),
    (203, "NonAuthoritativeInformation"),
    (204, "NoContent"),
    (205, "ResetContent"),
    (206, "PartialContent"),
    (207, "MultiStatus"),
    (400, "BadRequest"),
    (401, "Unauthorized"),
    (402, "PaymentRequired"),
    (403, "Forbidden"),
    (404, "NotFound"),
    (405, "MethodNotAllowed"),
    (406, "NotAcceptable"),
    (407, "ProxyAuthenticationRequired"),
    (408, "RequestTimeout"),
    (409, "Conflict"),
    (410, "Gone"),
    (411, "LengthRequired"),
    (412, "PreconditionFailed"),
    (413, "ContentTooLarge"),
    (414, "UriTooLong"),
    (415, "UnsupportedMediaType"),
    (416, "RangeNotSatisfiable"),
    (417, "ExpectationFailed"),
    (421, "MisdirectedRequest"),
    (422, "UnprocessableContent"),
    (423, "Locked"),
    (424, "FailedDependency"),
    (425, "TooEarly"),
    (426, "UpgradeRequired"),
    (428, "PreconditionRequired"),
    (429, "TooManyRequests"),
    (431, "RequestHeaderFieldsTooLarge"),
    (451, "UnavailableForLegalReasons"),
    (500, "InternalServerError"),
    (501, "NotImplemented"),
    (502, "BadGateway"),
    (503, "ServiceUnavailable"),
    (504, "GatewayTimeout"),
    (505, "HttpVersionNotSupported"),
    (507, "InsufficientStorage"),
    (508, "LoopDetected"),
    (511, "NetworkAuthenticationRequired"),
];
