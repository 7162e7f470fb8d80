//! Schemas: from a place in the document to the type of its values.
//!
//! A component becomes a definition; so does an inline object, enumeration or union. What they hold is lowered from a queue,
//! so that neither recursive schemas nor long chains of references make the generator recurse.

use std::rc::Rc;

use super::keywords::{AdditionalRule, Keywords, Kind};
use super::{Content, Lowering, enumeration, scalar, union};
use crate::diagnostics::{Code, Diagnostic, Pointer, quoted};
use crate::model::{Direction, Shape, Type, TypeDefinition, TypeId};

/// What a schema turns into, null taken out of it.
pub(super) enum Plan {
    /// A type that needs no definition of its own.
    Type(Type),
    /// A definition with this content.
    Definition(Content),
}

impl Lowering<'_> {
    /// The type of values that satisfy all of `sources` at once: usually one schema, several where members of an `allOf` speak
    /// of the same property.
    pub(super) fn type_of(&mut self, sources: &[Pointer]) -> Type {
        let mut targets: Vec<Pointer> = Vec::with_capacity(sources.len());
        for source in sources {
            let target = self.resolve(source);
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
        if targets.len() > 1 {
            let mut shaped = Vec::with_capacity(targets.len());
            for target in &targets {
                if self.merged(target).is_structural() {
                    shaped.push(target.clone());
                }
            }
            if !shaped.is_empty() {
                targets = shaped;
            }
        }
        match targets.as_slice() {
            [] => Type::Any,
            [only] => self.type_at(only),
            [.., last] => {
                let last = last.clone();
                self.type_of_all(&targets, &last)
            }
        }
    }

    fn type_of_all(&mut self, targets: &[Pointer], last: &Pointer) -> Type {
        let mut merged = Keywords {
            pointer: last.clone(),
            ..Keywords::default()
        };
        let mut nullable = true;
        for target in targets {
            let view = self.merged(target);
            nullable &= self.is_nullable(target);
            merged.merge(&view);
        }
        if let Some(contradiction) = &merged.contradiction {
            self.report(
                Diagnostic::warning(
                    Code::Contradiction,
                    format!("members of an `allOf` contradict each other about one property: {contradiction}; the last one counts"),
                )
                .at(last)
                .help("give the property the same type in all members"),
            );
            return self.type_at(last);
        }
        if is_component(last) {
            // The later one is named, hence the narrower of the two.
            return self.type_at(last);
        }
        merged.nullable = nullable;
        merged.words = self.merged(last).words.clone();
        self.type_of_merged(targets.to_vec(), Rc::new(merged))
    }

    /// The type of values of keywords that stand nowhere as such: merged from the schemas of `key`.
    pub(super) fn type_of_merged(&mut self, key: Vec<Pointer>, keywords: Rc<Keywords>) -> Type {
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        if self.is_too_deep(&keywords.pointer) || !self.entered.insert(key.clone()) {
            return Type::Any;
        }
        self.depth += 1;
        let nullable = self.are_nullable(&keywords);
        let plan = self.plan_merged(&keywords);
        let bare = match plan {
            Plan::Type(plain) => plain,
            Plan::Definition(content) => Type::Named(self.define(&keywords, content)),
        };
        self.depth -= 1;
        self.entered.remove(&key);
        let complete = with_null(bare, nullable);
        self.known.insert(key, complete.clone());
        complete
    }

    /// The type of the values of the schema at `pointer`.
    pub(super) fn type_at(&mut self, pointer: &Pointer) -> Type {
        let target = self.resolve(pointer);
        let key = vec![target.clone()];
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        if is_component(&target) {
            let own = self.own(&target);
            let nullable = self.is_nullable(&target);
            let id = self.define(&own, Content::Component(target));
            let complete = with_null(Type::Named(id), nullable);
            self.known.insert(key, complete.clone());
            return complete;
        }
        if self.is_too_deep(&target) {
            return Type::Any;
        }
        if !self.entered.insert(key.clone()) {
            self.untyped(
                Diagnostic::warning(
                    Code::ReferenceCycle,
                    "a schema without a name contains itself; it is read as any JSON there",
                )
                .at(&target)
                .help("move the schema to `components/schemas`"),
            );
            return Type::Any;
        }
        self.depth += 1;
        let nullable = self.is_nullable(&target);
        let bare = match self.plan(&target) {
            Plan::Type(plain) => plain,
            Plan::Definition(content) => {
                let view = self.merged(&target);
                Type::Named(self.define(&view, content))
            }
        };
        self.depth -= 1;
        self.entered.remove(&key);
        let complete = with_null(bare, nullable);
        self.known.insert(key, complete.clone());
        complete
    }

    /// What the schema at `target` turns into.
    pub(super) fn plan(&mut self, target: &Pointer) -> Plan {
        if let Some(plan) = union::base::plan(self, target) {
            return plan;
        }
        let own = self.own(target);
        match self.sole_member(&own) {
            Some(member) => Plan::Type(without_null(self.type_at(&member))),
            None => {
                let merged = self.merged(target);
                self.plan_merged(&merged)
            }
        }
    }

    /// What merged keywords turn into.
    pub(super) fn plan_merged(&mut self, keywords: &Rc<Keywords>) -> Plan {
        if keywords.contradiction.is_some() {
            // Reported where the members were merged.
            self.untyped_at(&keywords.pointer);
            return Plan::Type(Type::Any);
        }
        if let Some(name) = &keywords.unknown_type {
            self.untyped(
                Diagnostic::warning(
                    Code::UnknownType,
                    format!("{} is no type of OpenAPI; read as any JSON", quoted(name)),
                )
                .at(&keywords.pointer)
                .help("use string, number, integer, boolean, array or object"),
            );
            return Plan::Type(Type::Any);
        }
        if let Some(plan) = enumeration::plan(self, keywords) {
            return plan;
        }
        if !keywords.unions.is_empty() {
            return union::plan(self, keywords);
        }
        if let Some(plan) = union::plan_by_kind(self, keywords) {
            return plan;
        }
        self.plan_kind(keywords)
    }

    /// What keywords turn into by their type alone.
    pub(super) fn plan_kind(&mut self, keywords: &Rc<Keywords>) -> Plan {
        match keywords.declared {
            Some(Kind::Object) => self.plan_object(keywords),
            Some(Kind::Array) if !keywords.prefix.is_empty() => self.plan_tuple(keywords),
            Some(Kind::Array) => {
                let items = if keywords.items.is_empty() {
                    Type::Any
                } else {
                    self.type_of(&keywords.items)
                };
                Plan::Type(Type::Array(Box::new(items)))
            }
            Some(kind) => {
                Plan::Type(scalar::scalar(keywords, kind).map_or(Type::Any, Type::Scalar))
            }
            None => Plan::Type(Type::Any),
        }
    }

    /// Longer ones than Rust's standard library has traits for are arrays of any JSON.
    fn plan_tuple(&mut self, keywords: &Rc<Keywords>) -> Plan {
        const LONGEST: usize = 12;
        if keywords.prefix.len() > LONGEST {
            self.untyped_at(&keywords.pointer);
            self.report(
                Diagnostic::note(
                    Code::KeywordWithoutEffect,
                    format!("a tuple of more than {LONGEST} items is an array of any JSON"),
                )
                .at(&keywords.pointer),
            );
            return Plan::Type(Type::Array(Box::new(Type::Any)));
        }
        let items = keywords
            .prefix
            .iter()
            .map(|item| self.type_of(std::slice::from_ref(item)))
            .collect();
        Plan::Type(Type::Tuple(items))
    }

    fn plan_object(&mut self, keywords: &Rc<Keywords>) -> Plan {
        if !keywords.properties.is_empty() {
            return Plan::Definition(Content::Object(Rc::clone(keywords)));
        }
        match &keywords.additional {
            AdditionalRule::Typed(schemas) => {
                let value = self.type_of(schemas);
                Plan::Type(Type::Map(Box::new(value)))
            }
            AdditionalRule::Closed => Plan::Definition(Content::Object(Rc::clone(keywords))),
            AdditionalRule::Unsaid | AdditionalRule::Open => {
                Plan::Type(Type::Map(Box::new(Type::Any)))
            }
        }
    }

    /// Whether null is a value of the schema at `pointer`.
    pub(super) fn is_nullable(&mut self, pointer: &Pointer) -> bool {
        let target = self.resolve(pointer);
        if let Some(&known) = self.nullable.get(&target) {
            return known;
        }
        // A schema that contains itself as a variant is no more nullable for that.
        self.nullable.insert(target.clone(), false);
        let own = self.own(&target);
        let nullable = own.nullable || {
            let sole = self.sole_member(&own);
            match sole {
                Some(member) if !self.is_too_deep(&member) => {
                    self.depth += 1;
                    let nullable = self.is_nullable(&member);
                    self.depth -= 1;
                    nullable
                }
                Some(_) => false,
                None => {
                    let merged = self.merged(&target);
                    self.are_nullable(&merged)
                }
            }
        };
        self.nullable.insert(target, nullable);
        nullable
    }

    /// Whether null is a value of merged keywords.
    pub(super) fn are_nullable(&mut self, keywords: &Keywords) -> bool {
        let says_null = |value: &serde_json::Value| value.is_null();
        if keywords.nullable
            || keywords.declared == Some(Kind::Null)
            || keywords
                .enumeration
                .as_ref()
                .is_some_and(|values| values.iter().any(says_null))
        {
            return true;
        }
        let variants: Vec<Pointer> = keywords
            .unions
            .iter()
            .flat_map(|union| union.variants.iter().cloned())
            .collect();
        variants.iter().any(|variant| {
            if self.is_too_deep(variant) {
                return false;
            }
            self.depth += 1;
            let nullable = self.is_nullable(variant);
            self.depth -= 1;
            nullable
        })
    }

    /// Appends a definition whose content is lowered later.
    pub(super) fn define(&mut self, keywords: &Keywords, content: Content) -> TypeId {
        let id = TypeId(self.types.len());
        self.types.push(TypeDefinition {
            name: String::new(),
            pointer: keywords.pointer.to_string(),
            module: String::new(),
            documentation: super::documentation::of_schema(keywords),
            shape: Shape::Alias(Type::Any),
            direction: Direction::Unused,
            sent_as: None,
            received_as: None,
            is_read: false,
            is_written: false,
            has_default: false,
        });
        self.places.push(keywords.pointer.clone());
        self.queue.push_back((id, content));
        id
    }

    /// Lowers the content of every definition that waits for it, and of those that it brings.
    pub(super) fn drain(&mut self) {
        while let Some((id, content)) = self.queue.pop_front() {
            let shape = self.shape(content);
            if let Some(definition) = self.types.get_mut(id.0) {
                definition.shape = shape;
            }
        }
    }

    fn shape(&mut self, content: Content) -> Shape {
        match content {
            Content::Component(target) => match self.plan(&target) {
                Plan::Type(plain) => Shape::Alias(without_null(plain)),
                Plan::Definition(content) => self.shape_of_definition(content),
            },
            other => self.shape_of_definition(other),
        }
    }

    fn shape_of_definition(&mut self, content: Content) -> Shape {
        match content {
            Content::Object(keywords) => Shape::Object(self.object(&keywords)),
            Content::Enumeration(shape) => Shape::Enumeration(shape),
            Content::Union(reduced) => Shape::Union(union::shape(self, &reduced)),
            Content::Parts(keywords) => Shape::Object(self.parts(&keywords)),
            // Only `define` makes these, and never inside another content.
            Content::Component(_) => Shape::Alias(Type::Any),
        }
    }
}

/// Whether a pointer is that of a schema with a name of its own.
pub(super) fn is_component(pointer: &Pointer) -> bool {
    super::naming::schema_name(pointer).is_some()
}

/// The type, with null where `nullable`.
pub(super) fn with_null(bare: Type, nullable: bool) -> Type {
    if nullable && !bare.is_nullable() {
        Type::Nullable(Box::new(bare))
    } else {
        bare
    }
}

/// The type without null around it.
pub(super) fn without_null(complete: Type) -> Type {
    match complete {
        Type::Nullable(inner) => *inner,
        other => other,
    }
}
