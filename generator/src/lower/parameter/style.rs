//! Styles: the way in which the value of a parameter becomes text.
//!
//! Comes in: a parameter of the document, and the type of its value. Goes out: its place, the type that a caller gives, and the style.
//! Must not know: what the parameter is called in Rust.

use openapiv3::{
    CookieStyle, HeaderStyle, Parameter as ParameterPiece, ParameterData, PathStyle, QueryStyle,
};
use serde_json::Value;

use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};
use crate::load::{COOKIE_AS_IT_IS, SEPARATOR};
use crate::lower::schema::without_null;
use crate::lower::{DEEPEST, Lowering};
use crate::model::{
    Additional, EnumerationValues, Parameter, ParameterPlace, ParameterStyle, Scalar, Shape, Style,
    Type, TypeId,
};

/// How a value becomes text, as the document says it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Writing {
    /// By a style.
    Styled {
        style: Family,
        explode: bool,
        /// Whether reserved characters stay as they are.
        reserved: bool,
    },
    /// As JSON text.
    Json,
    /// As it is.
    Single,
}

/// The styles of OpenAPI, each without its way of `explode`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Family {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    TabDelimited,
    DeepObject,
    Cookie,
}

impl Family {
    fn style(self, explode: bool) -> Style {
        match (self, explode) {
            (Family::Simple, false) => Style::Simple,
            (Family::Simple, true) => Style::SimpleExploded,
            (Family::Label, false) => Style::Label,
            (Family::Label, true) => Style::LabelExploded,
            (Family::Matrix, false) => Style::Matrix,
            (Family::Matrix, true) => Style::MatrixExploded,
            (Family::Form, false) => Style::Form,
            (Family::SpaceDelimited, false) => Style::SpaceDelimited,
            (Family::PipeDelimited, false) => Style::PipeDelimited,
            // No style of OpenAPI: only lists of single values have it, and those are joined.
            (Family::TabDelimited, false) => Style::Form,
            // Exploded, there is nothing left to delimit.
            (
                Family::TabDelimited
                | Family::Form
                | Family::SpaceDelimited
                | Family::PipeDelimited,
                true,
            ) => Style::FormExploded,
            (Family::DeepObject, _) => Style::DeepObject,
            (Family::Cookie, false) => Style::Cookie,
            (Family::Cookie, true) => Style::CookieExploded,
        }
    }

    /// How a list of texts is written: the usual ways need no walk over the value.
    fn of_list(self, explode: bool) -> ParameterStyle {
        match (self, explode) {
            (Family::Simple, _) | (Family::Form, false) => ParameterStyle::CommaJoined,
            (Family::SpaceDelimited, false) => ParameterStyle::SpaceJoined,
            (Family::PipeDelimited, false) => ParameterStyle::PipeJoined,
            (Family::TabDelimited, false) => ParameterStyle::TabJoined,
            (
                Family::TabDelimited
                | Family::Form
                | Family::SpaceDelimited
                | Family::PipeDelimited,
                true,
            )
            | (Family::DeepObject, _) => ParameterStyle::Repeated,
            (Family::Label | Family::Matrix | Family::Cookie, _) => ParameterStyle::Styled {
                style: self.style(explode),
                reserved: false,
            },
        }
    }
}

/// Where a parameter travels, what the document says of it, and how its value becomes text.
pub(super) fn split(piece: ParameterPiece) -> (ParameterPlace, ParameterData, Writing) {
    let (place, data, writing) = by_style(piece);
    let separator = data.extensions.get(SEPARATOR).and_then(Value::as_str);
    let separated = match separator {
        Some(" ") => Some(Family::SpaceDelimited),
        Some("|") => Some(Family::PipeDelimited),
        Some("\t") => Some(Family::TabDelimited),
        _ => None,
    };
    let writing = match separated {
        Some(style) => Writing::Styled {
            style,
            explode: false,
            reserved: false,
        },
        None => writing,
    };
    (place, data, writing)
}

fn by_style(piece: ParameterPiece) -> (ParameterPlace, ParameterData, Writing) {
    let styled = |style, explode: Option<bool>, otherwise| Writing::Styled {
        style,
        explode: explode.unwrap_or(otherwise),
        reserved: false,
    };
    match piece {
        ParameterPiece::Path {
            parameter_data,
            style,
        } => {
            let style = match style {
                PathStyle::Simple => Family::Simple,
                PathStyle::Label => Family::Label,
                PathStyle::Matrix => Family::Matrix,
            };
            let writing = styled(style, parameter_data.explode, false);
            (ParameterPlace::Path, parameter_data, writing)
        }
        ParameterPiece::Header {
            parameter_data,
            style: HeaderStyle::Simple,
        } => {
            let writing = styled(Family::Simple, parameter_data.explode, false);
            (ParameterPlace::Header, parameter_data, writing)
        }
        ParameterPiece::Cookie {
            parameter_data,
            style: CookieStyle::Form,
        } => {
            let is_as_it_is = parameter_data.extensions.contains_key(COOKIE_AS_IT_IS);
            let style = if is_as_it_is {
                Family::Cookie
            } else {
                Family::Form
            };
            let writing = styled(style, parameter_data.explode, true);
            (ParameterPlace::Cookie, parameter_data, writing)
        }
        ParameterPiece::Query {
            parameter_data,
            allow_reserved,
            style,
            // An empty value can be sent as an empty text.
            allow_empty_value: _,
        } => {
            let style = match style {
                QueryStyle::Form => Family::Form,
                QueryStyle::SpaceDelimited => Family::SpaceDelimited,
                QueryStyle::PipeDelimited => Family::PipeDelimited,
                QueryStyle::DeepObject => Family::DeepObject,
            };
            let writing = Writing::Styled {
                style,
                explode: parameter_data.explode.unwrap_or(style == Family::Form),
                reserved: allow_reserved,
            };
            (ParameterPlace::Query, parameter_data, writing)
        }
    }
}

impl Lowering<'_> {
    /// Settles the type that a caller gives, and the style it is written in.
    pub(super) fn write_parameter(
        &mut self,
        parameter: &mut Parameter,
        writing: Writing,
        pointer: &Pointer,
    ) {
        let value = parameter.value.clone();
        let (family, explode, reserved) = match writing {
            Writing::Json => {
                parameter.style = ParameterStyle::Json;
                return;
            }
            Writing::Single => {
                if !matches!(self.form(&value), Form::One) {
                    self.report_encoded_by_caller(&parameter.wire_name, pointer);
                }
                parameter.value = self.one_text(value);
                return;
            }
            Writing::Styled {
                style,
                explode,
                reserved,
            } => (style, explode, reserved),
        };
        let styled = ParameterStyle::Styled {
            style: family.style(explode),
            reserved,
        };
        match self.form(&value) {
            Form::One => {
                parameter.value = self.one_text(value);
                if reserved || matches!(family, Family::Label | Family::Matrix | Family::Cookie) {
                    // One value has nothing to explode.
                    parameter.style = ParameterStyle::Styled {
                        style: family.style(false),
                        reserved,
                    };
                }
            }
            // In brackets, one text is not written as a list of one is.
            Form::Many(_)
                if (reserved || family == Family::DeepObject)
                    && !parameter.wire_name.ends_with("[]")
                    && !self.lone(&value).is_empty() =>
            {
                parameter.style = styled;
            }
            Form::Many(items) => {
                parameter.takes_one = parameter.place == ParameterPlace::Query
                    && !reserved
                    && self.takes_one(&value, &items);
                parameter.value = Type::Array(Box::new(items));
                parameter.style =
                    if parameter.place == ParameterPlace::Cookie && family == Family::Form {
                        // Servers that decode cookies take one of each name.
                        ParameterStyle::CommaJoined
                    } else if reserved {
                        styled
                    } else {
                        // In brackets, a list is that of a name with empty ones.
                        if family == Family::DeepObject && !parameter.wire_name.ends_with("[]") {
                            parameter.wire_name.push_str("[]");
                        }
                        family.of_list(explode)
                    };
            }
            Form::Structure => {
                parameter.style = styled;
                if family != Family::DeepObject && self.is_nested(&value, family, explode) {
                    self.report_nested(&parameter.wire_name, pointer);
                }
            }
        }
    }

    /// Whether the items of a list can say whatever the value may be without a list.
    fn takes_one(&self, value: &Type, items: &Type) -> bool {
        let lone = self.lone(value);
        let items = self.bare(items);
        let text = Type::Scalar(Scalar::String);
        // An enumeration of texts is open.
        let is_open = self.is_enumeration_of_texts(&items);
        let says = |one: &Type| *one == items || items == text || (is_open && *one == text);
        !lone.is_empty() && lone.iter().all(says)
    }

    fn is_enumeration_of_texts(&self, value: &Type) -> bool {
        let Type::Named(id) = value else {
            return false;
        };
        match self.types.get(id.0).map(|definition| &definition.shape) {
            Some(Shape::Enumeration(shape)) => {
                matches!(shape.values, EnumerationValues::Strings(_))
            }
            _ => false,
        }
    }

    /// The types that a value may have without being a list, where it may be a list too.
    fn lone(&self, value: &Type) -> Vec<Type> {
        let mut lone = Vec::new();
        let mut open = vec![value.clone()];
        let mut seen: Vec<TypeId> = Vec::new();
        while let Some(value) = open.pop() {
            let value = self.bare(&value);
            match &value {
                Type::Named(id) if seen.contains(id) => {}
                Type::Named(id) => {
                    seen.push(*id);
                    match self.types.get(id.0).map(|definition| &definition.shape) {
                        Some(Shape::Union(union)) => {
                            open.extend(union.variants.iter().map(|variant| variant.value.clone()));
                        }
                        _ => lone.push(value),
                    }
                }
                Type::Array(_) => {}
                _ => lone.push(value),
            }
        }
        lone
    }

    /// The type without null, boxes and aliases around it.
    fn bare(&self, value: &Type) -> Type {
        let mut value = value;
        for _ in 0..DEEPEST {
            value = match value {
                Type::Nullable(inner) | Type::Boxed(inner) => inner,
                Type::Named(id) => match self.types.get(id.0).map(|definition| &definition.shape) {
                    Some(Shape::Alias(target)) => target,
                    _ => break,
                },
                _ => break,
            };
        }
        value.clone()
    }

    fn report_encoded_by_caller(&mut self, name: &str, pointer: &Pointer) {
        let message = format!(
            "the parameter {} is of a media type that the client does not write; it takes the text",
            quoted(name)
        );
        self.report(
            Diagnostic::note(Code::EncodedByCaller, message)
                .at(&pointer.push("content"))
                .help("offer `application/json` if the server takes it"),
        );
    }

    fn report_nested(&mut self, name: &str, pointer: &Pointer) {
        self.report(
            Diagnostic::note(
                Code::ParameterStyle,
                format!(
                    "the parameter {} is nested deeper than its style says how to write; what is inside is written as JSON text",
                    quoted(name)
                ),
            )
            .at(pointer)
            .help("use `style: deepObject`, or `content` with `application/json`"),
        );
    }

    /// Whether a structure holds more than texts, so that its style leaves open how to write it.
    fn is_nested(&self, value: &Type, family: Family, explode: bool) -> bool {
        let lists_too = matches!(
            family.style(explode),
            Style::FormExploded | Style::CookieExploded
        );
        let is_member = |value: &Type| match self.form(value) {
            Form::One => true,
            Form::Many(_) => lists_too,
            Form::Structure => false,
        };
        match value {
            Type::Nullable(inner) | Type::Boxed(inner) => self.is_nested(inner, family, explode),
            Type::Array(_) => true,
            Type::Tuple(items) => !items.iter().all(|item| self.form(item) == Form::One),
            Type::Map(values) => !is_member(values),
            Type::Scalar(_) | Type::FileOr(_) | Type::Any => false,
            Type::Named(id) => match self.types.get(id.0).map(|definition| &definition.shape) {
                Some(Shape::Object(object)) => {
                    let rest = match &object.additional {
                        Additional::Kept { value, .. } => Some(value),
                        _ => None,
                    };
                    let fields = object.fields.iter().map(|field| &field.value);
                    !fields.chain(rest).all(is_member)
                }
                // An alternative that is an object is looked at when it is the type of a parameter itself.
                _ => false,
            },
        }
    }

    /// A value that is written as one text. What has no type is a text.
    fn one_text(&self, value: Type) -> Type {
        match self.form(&value) {
            Form::One if self.is_scalar(&value, 0) => value,
            _ => Type::Scalar(Scalar::String),
        }
    }

    fn is_scalar(&self, value: &Type, depth: usize) -> bool {
        match value {
            Type::Scalar(_) => true,
            Type::Nullable(inner) | Type::Boxed(inner) => self.is_scalar(inner, depth),
            Type::Named(id) if depth < DEEPEST => {
                match self.types.get(id.0).map(|definition| &definition.shape) {
                    Some(Shape::Enumeration(_)) => true,
                    Some(Shape::Alias(target)) => self.is_scalar(target, depth + 1),
                    _ => false,
                }
            }
            Type::Named(_)
            | Type::Array(_)
            | Type::Tuple(_)
            | Type::Map(_)
            | Type::FileOr(_)
            | Type::Any => false,
        }
    }

    /// Whether a value is one text, several, or more than that.
    fn form(&self, value: &Type) -> Form {
        self.form_within(value, &mut Vec::new())
    }

    /// As [`Lowering::form`], inside these types: what holds itself is no text.
    fn form_within(&self, value: &Type, within: &mut Vec<TypeId>) -> Form {
        match value {
            Type::Scalar(_) | Type::Any => Form::One,
            Type::Nullable(inner) | Type::Boxed(inner) => self.form_within(inner, within),
            Type::Map(_) | Type::Tuple(_) | Type::FileOr(_) => Form::Structure,
            Type::Array(items) => match self.form_within(items, within) {
                Form::One => Form::Many(self.one_text(without_null((**items).clone()))),
                Form::Many(_) | Form::Structure => Form::Structure,
            },
            Type::Named(id) if within.contains(id) || within.len() > DEEPEST => Form::Structure,
            Type::Named(id) => {
                within.push(*id);
                let form = match self.types.get(id.0).map(|definition| &definition.shape) {
                    Some(Shape::Enumeration(_)) => Form::One,
                    Some(Shape::Alias(target)) => self.form_within(target, within),
                    Some(Shape::Union(union)) => {
                        let variants = union.variants.iter();
                        widest(variants.map(|variant| self.form_within(&variant.value, within)))
                    }
                    Some(Shape::Object(_)) | None => Form::Structure,
                };
                within.pop();
                form
            }
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
fn widest(forms: impl IntoIterator<Item = Form>) -> Form {
    let mut result = Form::One;
    for form in forms {
        result = match (result, form) {
            (Form::Structure, _) | (_, Form::Structure) => return Form::Structure,
            (Form::One, other) => other,
            (Form::Many(items), Form::One) => Form::Many(items),
            (Form::Many(left), Form::Many(right)) if left == right => Form::Many(left),
            (Form::Many(_), Form::Many(_)) => Form::Many(Type::Scalar(Scalar::String)),
        };
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

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
