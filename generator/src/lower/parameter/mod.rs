//! Parameters: those of the path item and of the operation, merged, each with the way its value becomes text.

mod names;
mod style;

use indexmap::IndexMap;
use openapiv3::{
    Example, MediaType, Operation as OperationPiece, ParameterData, ParameterSchemaOrContent,
    PathItem, ReferenceOr,
};

use self::style::Writing;
use super::media_type::{Family, family};
use super::schema::without_null;
use super::{Lowering, documentation};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};
use crate::model::{Documentation, Parameter, ParameterPlace, ParameterStyle, Scalar, Type};

/// Where a parameter stands, and what its operation is called.
pub(super) struct Place<'a> {
    /// The path template.
    pub template: &'a str,
    /// The place of the path item.
    pub item: &'a Pointer,
    /// The place of the operation.
    pub operation: &'a Pointer,
    /// The words that the names of the operation are made of.
    pub words: &'a str,
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
        let mut whole: Vec<String> = Vec::new();
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
                let target = self.resolve(&listed);
                let Some(parameter) = self.parameter(&target, place) else {
                    continue;
                };
                if self.is_whole_query(&target) {
                    whole.push(parameter.wire_name.clone());
                }
                let same = |other: &Parameter| is_same(other, &parameter);
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
        let mut parameters = names::named(names::in_order(place.template, parameters));
        for parameter in &mut parameters {
            // A form is a query of many names; anything else has none.
            let is_form = matches!(parameter.style, ParameterStyle::Styled { .. });
            if parameter.place == ParameterPlace::Query
                && whole.contains(&parameter.wire_name)
                && !is_form
            {
                parameter.wire_name.clear();
                let words = &mut parameter.documentation;
                words
                    .description
                    .get_or_insert_with(|| "The whole query.".to_owned());
            }
        }
        parameters
    }

    /// The parameter at `target`; one that many operations refer to is lowered for the first of them.
    fn parameter(&mut self, target: &Pointer, place: &Place<'_>) -> Option<Parameter> {
        if target.is_within(place.item) {
            return self.lowered_parameter(target, place);
        }
        if let Some(known) = self.shared_parameters.get(target) {
            return known.clone();
        }
        let parameter = self.lowered_parameter(target, place);
        self.shared_parameters
            .insert(target.clone(), parameter.clone());
        parameter
    }

    fn lowered_parameter(&mut self, target: &Pointer, place: &Place<'_>) -> Option<Parameter> {
        let piece = self.kept(self.document.parameter(target))?;
        let (kind, data, writing) = style::split(piece);
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
            && ["accept", "content-type"].contains(&name.to_ascii_lowercase().as_str())
        {
            self.report(
                Diagnostic::note(
                    Code::HeaderOfTheClient,
                    format!("the client sets the header {} itself", quoted(&name)),
                )
                .at(target),
            );
            return None;
        }
        let (schema, writing) = self.schema_of_parameter(&format, target, writing);
        let mut documentation = Documentation::default();
        let mut value = Type::Scalar(Scalar::String);
        let mut limits = None;
        if let Some(schema) = schema {
            self.name_schema(&schema, target, place, &name);
            self.parameter_names.insert(schema.clone(), name.clone());
            value = without_null(self.type_of(std::slice::from_ref(&schema)));
            self.drain();
            limits = self.checked_limits(&schema);
            let schema_target = self.resolve(&schema);
            let view = self.merged(&schema_target);
            // What is left out has the default of the server, so that it is only documented.
            self.is_sound_default(&view);
            documentation = documentation::of_schema(&view);
            documentation.summary = None;
            documentation
                .constraints
                .limits
                .extend(self.limits_of_items(&[schema]));
        }
        if let Some(description) = documentation::said(description.as_deref()) {
            documentation.description = Some(description);
        }
        documentation.deprecated |= deprecated.unwrap_or_default();
        if let Some(example) = example
            .or_else(|| self.first_example(&examples, target))
            .as_ref()
            .and_then(documentation::compact)
        {
            documentation.example = Some(example);
        }
        let required = required || kind == ParameterPlace::Path;
        let mut parameter = Parameter {
            name: String::new(),
            wire_name: name,
            place: kind,
            required,
            value,
            style: ParameterStyle::Single,
            takes_one: false,
            limits,
            documentation,
        };
        self.write_parameter(&mut parameter, writing, target);
        Some(parameter)
    }

    /// The first of the examples that a parameter names.
    fn first_example(
        &self,
        examples: &IndexMap<String, ReferenceOr<Example>>,
        parameter: &Pointer,
    ) -> Option<serde_json::Value> {
        let place = parameter.push("examples").push(examples.keys().next()?);
        self.document.example(&place).ok()?.value
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
                let writing = match family(media_type) {
                    Family::Json => Writing::Json,
                    // The fields of a form are the query: each property is a parameter of its own.
                    Family::Form if self.is_whole_query(pointer) => Writing::Styled {
                        style: style::Family::Form,
                        explode: true,
                        reserved: false,
                    },
                    _ => Writing::Single,
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

    /// Whether the parameter is the query as a whole (`in: querystring` of OpenAPI 3.2).
    fn is_whole_query(&self, pointer: &Pointer) -> bool {
        let place = self.document.value(&pointer.push("in"));
        place.and_then(serde_json::Value::as_str) == Some("querystring")
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
            self.give_name(schema, format!("{} {name}", place.words));
        } else if schema.is_within(parameter) && parameter.is_within(place.item) {
            let path = self.place(place.item);
            self.give_name(schema, format!("{path} {name}"));
        }
    }
}

/// Whether two parameters stand for one thing in a request. The names of headers have no case (RFC 9110, section 5.1).
fn is_same(one: &Parameter, other: &Parameter) -> bool {
    one.place == other.place
        && (one.wire_name == other.wire_name
            || (one.place == ParameterPlace::Header
                && one.wire_name.eq_ignore_ascii_case(&other.wire_name)))
}
