//! Parameters: those of the path item and of the operation, merged, each with the way its value becomes text.

use std::collections::HashSet;

use openapiv3::{
    CookieStyle, HeaderStyle, MediaType, Operation as OperationPiece, Parameter as ParameterPiece,
    ParameterData, ParameterSchemaOrContent, PathItem, PathStyle, QueryStyle, ReferenceOr,
};

use super::media_type::{Family, family};
use super::naming::{Candidates, keyword_free, tell_apart};
use super::schema::without_null;
use super::{Lowering, documentation};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};
use crate::model::{Documentation, Parameter, ParameterPlace, ParameterStyle, Scalar, Shape, Type};

/// Methods that every request has, besides those that begin with `with`.
const RESERVED: &[&str] = &[
    "body",
    "clone",
    "into_future",
    "items",
    "new",
    "pages",
    "send",
    "wait",
];

/// Where a parameter stands, and what its operation is called.
pub(super) struct Place<'a> {
    /// The path template.
    pub template: &'a str,
    /// The place of the path item.
    pub item: &'a Pointer,
    /// The place of the operation.
    pub operation: &'a Pointer,
    /// The id of the operation.
    pub id: &'a str,
}

/// How the value of an array or object becomes text, as the document says it.
enum Writing {
    /// Joined by this style, unless repeated.
    Delimited {
        style: ParameterStyle,
        explode: bool,
    },
    /// As JSON text.
    Json,
    /// As it is.
    Single,
}

impl Lowering<'_> {
    /// The parameters of an operation: required ones first, in the order of the path, then of the document.
    pub(super) fn parameters(
        &mut self,
        place: &Place<'_>,
        item: &PathItem,
        operation: &OperationPiece,
    ) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        let lists = [
            (&item.parameters, place.item),
            (&operation.parameters, place.operation),
        ];
        for (list, holder) in lists {
            let holder = holder.push("parameters");
            let inherited = parameters.len();
            for (index, parameter) in list.iter().enumerate() {
                let listed = match parameter {
                    ReferenceOr::Reference { reference } => {
                        Pointer::from_reference(reference).unwrap_or_else(|| holder.index(index))
                    }
                    ReferenceOr::Item(_) => holder.index(index),
                };
                let Some(parameter) = self.parameter(&listed, place) else {
                    continue;
                };
                let same = |other: &Parameter| {
                    other.wire_name == parameter.wire_name && other.place == parameter.place
                };
                match parameters.iter().position(same) {
                    // A parameter of the operation overrides that of the path item.
                    Some(position) if position < inherited => {
                        if let Some(slot) = parameters.get_mut(position) {
                            *slot = parameter;
                        }
                    }
                    Some(_) => self.report(
                        Diagnostic::warning(
                            Code::DuplicateParameter,
                            format!(
                                "the parameter {} is declared twice; the first one counts",
                                quoted(&parameter.wire_name)
                            ),
                        )
                        .at(&listed),
                    ),
                    None => parameters.push(parameter),
                }
            }
        }
        let parameters = in_order(place.template, parameters);
        named(parameters)
    }

    fn parameter(&mut self, listed: &Pointer, place: &Place<'_>) -> Option<Parameter> {
        let target = self.resolve(listed);
        let piece = match self.document.parameter(&target) {
            Ok(piece) => piece,
            Err(diagnostic) => {
                self.report(diagnostic);
                return None;
            }
        };
        let (kind, data, writing) = self.split(piece, &target);
        let ParameterData {
            name,
            description,
            required,
            deprecated,
            format,
            example,
            examples,
            explode: _,
            extensions: _,
        } = data;
        if kind == ParameterPlace::Header
            && ["accept", "authorization", "content-type"]
                .contains(&name.to_ascii_lowercase().as_str())
        {
            self.report(
                Diagnostic::note(
                    Code::HeaderOfTheClient,
                    format!("the client sets the header {} itself", quoted(&name)),
                )
                .at(&target),
            );
            return None;
        }
        let (schema, writing) = self.schema_of_parameter(&format, &target, writing);
        let mut documentation = Documentation::default();
        let mut value = Type::Scalar(Scalar::String);
        if let Some(schema) = schema {
            self.name_schema(&schema, &target, place, &name);
            value = without_null(self.type_of(std::slice::from_ref(&schema)));
            self.drain();
            let schema_target = self.resolve(&schema);
            let view = self.merged(&schema_target);
            documentation = documentation::of_schema(&view);
            documentation.summary = None;
            documentation
                .constraints
                .limits
                .extend(self.limits_of_items(&[schema]));
        }
        let (value, style) = self.written(value, writing, &target, &name);
        if let Some(description) = documentation::said(description.as_deref()) {
            documentation.description = Some(description);
        }
        documentation.deprecated |= deprecated.unwrap_or_default();
        let named_example = examples.keys().next().and_then(|name| {
            let example = self
                .document
                .example(&target.push("examples").push(name))
                .ok()?;
            example.value
        });
        if let Some(example) = example
            .or(named_example)
            .as_ref()
            .and_then(documentation::compact)
        {
            documentation.example = Some(example);
        }
        let required = required || kind == ParameterPlace::Path;
        Some(Parameter {
            name: String::new(),
            wire_name: name,
            place: kind,
            required,
            value,
            style,
            documentation,
        })
    }

    fn split(
        &mut self,
        piece: ParameterPiece,
        pointer: &Pointer,
    ) -> (ParameterPlace, ParameterData, Writing) {
        let delimited = |style, explode| Writing::Delimited { style, explode };
        match piece {
            ParameterPiece::Path {
                parameter_data,
                style,
            } => {
                if matches!(style, PathStyle::Label | PathStyle::Matrix) {
                    self.report_style("label` and `matrix", pointer);
                }
                (
                    ParameterPlace::Path,
                    parameter_data,
                    delimited(ParameterStyle::CommaJoined, false),
                )
            }
            // A cookie cannot be repeated.
            ParameterPiece::Cookie {
                parameter_data,
                style: CookieStyle::Form,
            } => (
                ParameterPlace::Cookie,
                parameter_data,
                delimited(ParameterStyle::CommaJoined, false),
            ),
            ParameterPiece::Header {
                parameter_data,
                style: HeaderStyle::Simple,
            } => (
                ParameterPlace::Header,
                parameter_data,
                delimited(ParameterStyle::CommaJoined, false),
            ),
            // An empty value can be sent as an empty text.
            ParameterPiece::Query {
                parameter_data,
                allow_reserved,
                style,
                allow_empty_value: _,
            } => {
                if allow_reserved {
                    self.report(
                        Diagnostic::note(Code::ParameterStyle, "`allowReserved` is not carried: reserved characters are percent-encoded").at(pointer),
                    );
                }
                let explode = parameter_data
                    .explode
                    .unwrap_or(matches!(style, QueryStyle::Form));
                let writing = match style {
                    QueryStyle::Form => delimited(ParameterStyle::CommaJoined, explode),
                    QueryStyle::SpaceDelimited => delimited(ParameterStyle::SpaceJoined, explode),
                    QueryStyle::PipeDelimited => delimited(ParameterStyle::PipeJoined, explode),
                    QueryStyle::DeepObject => {
                        self.report_style("deepObject", pointer);
                        Writing::Json
                    }
                };
                (ParameterPlace::Query, parameter_data, writing)
            }
        }
    }

    fn report_style(&mut self, style: &str, pointer: &Pointer) {
        self.report(
            Diagnostic::warning(
                Code::ParameterStyle,
                format!("the style `{style}` is not written yet"),
            )
            .at(&pointer.push("style")),
        );
    }

    /// The schema of a parameter, and how its `content` is written where it has that instead.
    fn schema_of_parameter(
        &mut self,
        format: &ParameterSchemaOrContent,
        pointer: &Pointer,
        writing: Writing,
    ) -> (Option<Pointer>, Writing) {
        let (schema, own, writing) = match format {
            ParameterSchemaOrContent::Schema(schema) => {
                (Some(schema), pointer.push("schema"), writing)
            }
            ParameterSchemaOrContent::Content(content) => {
                let Some((media_type, piece)) = content.first() else {
                    return (None, Writing::Single);
                };
                let MediaType {
                    schema,
                    example: _,
                    examples: _,
                    encoding: _,
                    extensions: _,
                } = piece;
                let writing = if family(media_type) == Family::Json {
                    Writing::Json
                } else {
                    Writing::Single
                };
                (
                    schema.as_ref(),
                    pointer.push("content").push(media_type).push("schema"),
                    writing,
                )
            }
        };
        let schema = schema.map(|schema| match schema {
            ReferenceOr::Reference { reference } => {
                Pointer::from_reference(reference).unwrap_or(own)
            }
            ReferenceOr::Item(_) => own,
        });
        (schema, writing)
    }

    /// Calls an inline schema after the operation, or the path, and the parameter.
    fn name_schema(
        &mut self,
        schema: &Pointer,
        parameter: &Pointer,
        place: &Place<'_>,
        name: &str,
    ) {
        if schema.is_within(parameter) && parameter.is_within(place.operation) {
            self.give_name(schema, format!("{} {name}", place.id));
        } else if schema.is_within(parameter) && parameter.is_within(place.item) {
            let path = self.place(place.item);
            self.give_name(schema, format!("{path} {name}"));
        }
    }

    /// The type a caller gives, and the style it is written in.
    fn written(
        &mut self,
        value: Type,
        writing: Writing,
        pointer: &Pointer,
        name: &str,
    ) -> (Type, ParameterStyle) {
        let (style, explode) = match writing {
            Writing::Json => return (value, ParameterStyle::Json),
            Writing::Single => return (self.one_text(value), ParameterStyle::Single),
            Writing::Delimited { style, explode } => (style, explode),
        };
        let many = if explode {
            ParameterStyle::Repeated
        } else {
            style
        };
        match self.form(&value, 0) {
            Form::One => (self.one_text(value), ParameterStyle::Single),
            Form::Many(items) => (Type::Array(Box::new(items)), many),
            Form::Structure => {
                self.report(
                    Diagnostic::warning(
                        Code::ParameterStyle,
                        format!(
                            "the parameter {} is no text and no list of texts; it is sent as JSON",
                            quoted(name)
                        ),
                    )
                    .at(pointer)
                    .help("use `content` with `application/json` to say so"),
                );
                (value, ParameterStyle::Json)
            }
        }
    }

    /// A value that is written as one text. What has no type is a text.
    fn one_text(&self, value: Type) -> Type {
        match self.form(&value, 0) {
            Form::One if self.is_scalar(&value, 0) => value,
            _ => Type::Scalar(Scalar::String),
        }
    }

    fn is_scalar(&self, value: &Type, depth: usize) -> bool {
        match value {
            Type::Scalar(_) => true,
            Type::Nullable(inner) | Type::Boxed(inner) => self.is_scalar(inner, depth),
            Type::Named(id) if depth < super::DEEPEST => {
                match self.types.get(id.0).map(|definition| &definition.shape) {
                    Some(Shape::Enumeration(_)) => true,
                    Some(Shape::Alias(target)) => self.is_scalar(target, depth + 1),
                    _ => false,
                }
            }
            Type::Named(_) | Type::Array(_) | Type::Tuple(_) | Type::Map(_) | Type::Any => false,
        }
    }

    /// Whether a value is one text, several, or more than that.
    fn form(&self, value: &Type, depth: usize) -> Form {
        if depth > super::DEEPEST {
            return Form::Structure;
        }
        match value {
            Type::Scalar(_) | Type::Any => Form::One,
            Type::Nullable(inner) | Type::Boxed(inner) => self.form(inner, depth + 1),
            Type::Map(_) | Type::Tuple(_) => Form::Structure,
            Type::Array(items) => match self.form(items, depth + 1) {
                Form::One => Form::Many(self.one_text(without_null((**items).clone()))),
                Form::Many(_) | Form::Structure => Form::Structure,
            },
            Type::Named(id) => match self.types.get(id.0).map(|definition| &definition.shape) {
                Some(Shape::Enumeration(_)) => Form::One,
                Some(Shape::Alias(target)) => self.form(target, depth + 1),
                Some(Shape::Union(union)) => {
                    let forms: Vec<Form> = union
                        .variants
                        .iter()
                        .map(|variant| self.form(&variant.value, depth + 1))
                        .collect();
                    widest(forms)
                }
                Some(Shape::Object(_)) | None => Form::Structure,
            },
        }
    }
}

/// What a value is when it is written outside a body.
#[derive(Debug, Clone, PartialEq)]
enum Form {
    /// One text.
    One,
    /// A list of texts of this type.
    Many(Type),
    /// An object, or lists of lists.
    Structure,
}

/// The form that takes every alternative of a union: one text is a list of one.
fn widest(forms: Vec<Form>) -> Form {
    let mut result = Form::One;
    for form in forms {
        result = match (result, form) {
            (Form::Structure, _) | (_, Form::Structure) => Form::Structure,
            (Form::One, other) => other,
            (Form::Many(items), Form::One) => Form::Many(items),
            (Form::Many(left), Form::Many(right)) if left == right => Form::Many(left),
            (Form::Many(_), Form::Many(_)) => Form::Many(Type::Scalar(Scalar::String)),
        };
    }
    result
}

/// Path parameters in the order of the template, without those that it does not have and with those that nobody declared; then the other
/// required ones, then the rest.
fn in_order(template: &str, parameters: Vec<Parameter>) -> Vec<Parameter> {
    let (mut path, mut others): (Vec<Parameter>, Vec<Parameter>) = parameters
        .into_iter()
        .partition(|parameter| parameter.place == ParameterPlace::Path);
    let mut ordered = Vec::with_capacity(path.len() + others.len());
    let mut seen = HashSet::new();
    for name in placeholders(template).filter(|name| seen.insert(*name)) {
        // What is missing here, or left over, was reported where the document was read.
        match path
            .iter()
            .position(|parameter| parameter.wire_name == name)
        {
            Some(position) => ordered.push(path.swap_remove(position)),
            None => ordered.push(undeclared(name)),
        }
    }
    others.sort_by_key(|parameter| !parameter.required);
    ordered.extend(others);
    ordered
}

fn undeclared(name: &str) -> Parameter {
    Parameter {
        name: String::new(),
        wire_name: name.to_owned(),
        place: ParameterPlace::Path,
        required: true,
        value: Type::Scalar(Scalar::String),
        style: ParameterStyle::Single,
        documentation: Documentation::default(),
    }
}

/// The names between braces in a path template.
fn placeholders(template: &str) -> impl Iterator<Item = &str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
}

/// Gives every parameter its Rust name. A path parameter keeps its name where others share it.
fn named(mut parameters: Vec<Parameter>) -> Vec<Parameter> {
    let in_path: HashSet<String> = parameters
        .iter()
        .filter(|parameter| parameter.place == ParameterPlace::Path)
        .map(|parameter| super::naming::snake(&parameter.wire_name))
        .collect();
    let candidates: Vec<Candidates> = parameters
        .iter()
        .map(|parameter| {
            let base = super::naming::snake(&parameter.wire_name);
            let (is_path, suffix) = match parameter.place {
                ParameterPlace::Path => (true, "path"),
                ParameterPlace::Query => (false, "query"),
                ParameterPlace::Header => (false, "header"),
                ParameterPlace::Cookie => (false, "cookie"),
            };
            let other = if starts_like_an_option(&base) {
                format!("{suffix}_{base}")
            } else {
                format!("{base}_{suffix}")
            };
            let candidates = Candidates::snake(&parameter.wire_name);
            if !is_path && in_path.contains(&base) {
                candidates.yielding_to(&other)
            } else if is_reserved(&base) {
                candidates.or(other)
            } else {
                candidates
            }
        })
        .collect();
    let names = tell_apart(&candidates, &is_reserved);
    for (parameter, name) in parameters.iter_mut().zip(names) {
        parameter.name = keyword_free(name);
    }
    parameters
}

fn is_reserved(name: &str) -> bool {
    RESERVED.contains(&name) || starts_like_an_option(name)
}

/// Options of a call, such as `with_timeout`, and setters can never collide.
fn starts_like_an_option(name: &str) -> bool {
    name.starts_with("with_") || name.starts_with("without_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_of_a_template() {
        assert_eq!(
            placeholders("/a/{b}/{c}.{d}/{e").collect::<Vec<_>>(),
            ["b", "c", "d"]
        );
    }

    #[test]
    fn the_widest_form_of_a_union() {
        let text = Type::Scalar(Scalar::String);
        assert_eq!(
            widest(vec![Form::One, Form::Many(text.clone())]),
            Form::Many(text)
        );
        assert_eq!(widest(vec![Form::One, Form::One]), Form::One);
        assert_eq!(widest(vec![Form::One, Form::Structure]), Form::Structure);
    }
}
