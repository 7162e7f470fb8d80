//! Walks over an API: every type it mentions, wherever it stands, and the ids of definitions when these move.

use super::{Additional, Api, ErrorBody, Operation, ResponseContent, Shape, Success, Type, TypeId};

impl Api {
    /// Calls `visit` with every type that operations and definitions mention.
    pub fn for_each_type_mut(&mut self, visit: &mut dyn FnMut(&mut Type)) {
        for definition in &mut self.types {
            definition.shape.for_each_type_mut(visit);
        }
        for operation in self
            .groups
            .iter_mut()
            .flat_map(|group| &mut group.operations)
        {
            operation.for_each_type_mut(visit);
        }
        for webhook in &mut self.webhooks {
            visit(&mut webhook.payload);
        }
    }

    /// Keeps the definitions of `order`, in that order; ids everywhere follow. Nothing may mention a definition that is left out: such
    /// a mention becomes any JSON.
    pub fn keep_types(&mut self, order: &[TypeId]) {
        let mut moved: Vec<Option<TypeId>> = vec![None; self.types.len()];
        for (index, id) in order.iter().enumerate() {
            if let Some(slot) = moved.get_mut(id.0) {
                *slot = Some(TypeId(index));
            }
        }
        let mut definitions: Vec<_> = std::mem::take(&mut self.types)
            .into_iter()
            .map(Some)
            .collect();
        self.types = order
            .iter()
            .filter_map(|id| definitions.get_mut(id.0)?.take())
            .collect();
        let moved_to = |id: TypeId| moved.get(id.0).copied().flatten();
        for definition in &mut self.types {
            definition.sent_as = definition.sent_as.and_then(moved_to);
            definition.received_as = definition.received_as.and_then(moved_to);
        }
        self.for_each_type_mut(&mut |mentioned| mentioned.move_named(&moved_to));
        for operation in self
            .groups
            .iter_mut()
            .flat_map(|group| &mut group.operations)
        {
            if let Some(paging) = &mut operation.paging {
                paging.page = moved_to(paging.page).unwrap_or(paging.page);
            }
        }
    }
}

impl Shape {
    /// Calls `visit` with every type that the shape mentions.
    pub fn for_each_type(&self, visit: &mut dyn FnMut(&Type)) {
        match self {
            Shape::Object(object) => {
                object.fields.iter().for_each(|field| visit(&field.value));
                if let Additional::Kept { value, .. } = &object.additional {
                    visit(value);
                }
            }
            Shape::Union(union) => union
                .variants
                .iter()
                .for_each(|variant| visit(&variant.value)),
            Shape::Alias(target) => visit(target),
            Shape::Enumeration(_) => {}
        }
    }

    /// Like [`Shape::for_each_type`], for changes.
    pub fn for_each_type_mut(&mut self, visit: &mut dyn FnMut(&mut Type)) {
        match self {
            Shape::Object(object) => {
                object
                    .fields
                    .iter_mut()
                    .for_each(|field| visit(&mut field.value));
                if let Additional::Kept { value, .. } = &mut object.additional {
                    visit(value);
                }
            }
            Shape::Union(union) => union
                .variants
                .iter_mut()
                .for_each(|variant| visit(&mut variant.value)),
            Shape::Alias(target) => visit(target),
            Shape::Enumeration(_) => {}
        }
    }
}

impl Operation {
    /// Calls `visit` with every type that a request of it sends.
    pub fn for_each_request_type(&self, visit: &mut dyn FnMut(&Type)) {
        self.parameters
            .iter()
            .for_each(|parameter| visit(&parameter.value));
        if let Some(value) = self.body.as_ref().and_then(|body| body.content.value()) {
            visit(value);
        }
    }

    /// Like [`Operation::for_each_request_type`], for changes.
    pub fn for_each_request_type_mut(&mut self, visit: &mut dyn FnMut(&mut Type)) {
        self.parameters
            .iter_mut()
            .for_each(|parameter| visit(&mut parameter.value));
        if let Some(value) = self.body.as_mut().and_then(|body| body.content.value_mut()) {
            visit(value);
        }
    }

    /// Calls `visit` with every type that an answer to it holds, errors included.
    pub fn for_each_response_type(&self, visit: &mut dyn FnMut(&Type)) {
        self.headers.iter().for_each(|header| visit(&header.value));
        let mut content = |content: &ResponseContent| {
            if let ResponseContent::Json(value) = content {
                visit(value);
            }
        };
        if let Some(stream) = &self.stream {
            content(&stream.item);
        }
        match &self.success {
            Success::One(only) => content(only),
            Success::Several { responses, .. } => responses
                .iter()
                .for_each(|response| content(&response.content)),
        }
        match &self.error {
            ErrorBody::None => {}
            ErrorBody::One(only) => content(only),
            ErrorBody::Several { responses, .. } => responses
                .iter()
                .for_each(|response| content(&response.content)),
        }
    }

    fn for_each_type_mut(&mut self, visit: &mut dyn FnMut(&mut Type)) {
        self.for_each_request_type_mut(visit);
        self.headers
            .iter_mut()
            .for_each(|header| visit(&mut header.value));
        let mut content = |content: &mut ResponseContent| {
            if let ResponseContent::Json(value) = content {
                visit(value);
            }
        };
        if let Some(stream) = &mut self.stream {
            content(&mut stream.item);
        }
        match &mut self.success {
            Success::One(only) => content(only),
            Success::Several { responses, .. } => responses
                .iter_mut()
                .for_each(|response| content(&mut response.content)),
        }
        match &mut self.error {
            ErrorBody::None => {}
            ErrorBody::One(only) => content(only),
            ErrorBody::Several { responses, .. } => responses
                .iter_mut()
                .for_each(|response| content(&mut response.content)),
        }
    }
}

impl Type {
    /// Puts `replacement` wherever this type mentions the definition.
    pub fn replace_named(&mut self, id: TypeId, replacement: &Type) {
        match self {
            Type::Named(named) if *named == id => *self = replacement.clone(),
            Type::Array(inner)
            | Type::Map(inner)
            | Type::Nullable(inner)
            | Type::FileOr(inner)
            | Type::Boxed(inner) => inner.replace_named(id, replacement),
            Type::Tuple(items) => {
                for item in items {
                    item.replace_named(id, replacement);
                }
            }
            Type::Named(_) | Type::Scalar(_) | Type::Any => {}
        }
    }

    /// Puts another id wherever this type mentions a definition; a mention without one becomes any JSON.
    pub fn move_named(&mut self, moved_to: &dyn Fn(TypeId) -> Option<TypeId>) {
        match self {
            Type::Named(id) => match moved_to(*id) {
                Some(moved) => *id = moved,
                None => *self = Type::Any,
            },
            Type::Array(inner)
            | Type::Map(inner)
            | Type::Nullable(inner)
            | Type::FileOr(inner)
            | Type::Boxed(inner) => inner.move_named(moved_to),
            Type::Tuple(items) => items.iter_mut().for_each(|item| item.move_named(moved_to)),
            Type::Scalar(_) | Type::Any => {}
        }
    }
}
