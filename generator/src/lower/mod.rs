//! Lowering: from the document to the model of the API.
//!
//! Comes in: a [`Document`] and the [`Settings`]. Goes out: a [`model::Api`](crate::model::Api) with final names, and diagnostics for
//! whatever was lost on the way. The only room that knows both OpenAPI and the model; it must not know tokens or files.
//! One construct per file.

mod accept;
mod allof;
mod alternatives;
mod body;
mod default;
mod documentation;
mod encoding;
mod enumeration;
mod form;
mod header;
mod inheritance;
mod keywords;
mod limit_tables;
mod limits;
mod media_type;
mod multipart;
pub(crate) mod naming;
mod object;
mod operation;
mod parameter;
mod resources;
mod response;
mod sample;
mod scalar;
mod schema;
mod security;
mod server;
mod settle;
mod share;
mod stream;
mod union;
mod value_words;
mod webhook;

use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostics::{Code, Diagnostic, Diagnostics, Pointer};
use crate::load::Document;
use crate::model::{Api, EnumerationShape, Parameter, Type, TypeDefinition, TypeId};
use crate::settings::Settings;
use keywords::Keywords;

/// How deep schemas may lie in each other without a definition between them.
const DEEPEST: usize = 64;

/// Lowers a document.
pub fn lower(document: &Document, settings: &Settings, diagnostics: &mut Diagnostics) -> Api {
    let mut lowering = Lowering::new(document, settings, diagnostics);
    let mut api = Api {
        security_schemes: lowering.security_schemes(),
        security: lowering.default_security(),
        servers: lowering.servers(),
        ..Api::default()
    };
    lowering.describe(&mut api);
    api.groups = lowering.groups(&api);
    api.excluded = lowering.excluded_names();
    lowering.settle_links(&mut api);
    api.webhooks = lowering.webhooks(&api.groups);
    lowering.drain();
    api.limits = lowering.finish_limit_tables();
    lowering.settle(&mut api);
    api
}

/// The state of one lowering.
struct Lowering<'d> {
    document: &'d Document,
    settings: &'d Settings,
    diagnostics: &'d mut Diagnostics,
    /// Where references lead.
    resolved: FxHashMap<Pointer, Pointer>,
    /// Keywords as they stand in one schema.
    own: FxHashMap<Pointer, Rc<Keywords>>,
    /// Keywords with `allOf` merged in.
    merged: FxHashMap<Pointer, Rc<Keywords>>,
    /// Schemas whose `allOf` is being merged.
    merging: FxHashSet<Pointer>,
    /// Whether null is a value of a schema.
    nullable: FxHashMap<Pointer, bool>,
    /// What derives from each component.
    subtypes: FxHashMap<Pointer, Vec<Pointer>>,
    /// Types by the schemas they come from.
    known: FxHashMap<Vec<Pointer>, Type>,
    /// Parameters that stand outside the paths of the operations that refer to them.
    shared_parameters: FxHashMap<Pointer, Option<Parameter>>,
    /// The names of parameters by their schemas.
    parameter_names: FxHashMap<Pointer, String>,
    /// Definitions of multipart bodies with files, by their schemas.
    known_parts: FxHashMap<Pointer, TypeId>,
    /// Schemas without a definition whose type is being worked out.
    entered: FxHashSet<Vec<Pointer>>,
    /// How deep the work is nested.
    depth: usize,
    /// Definitions, their names and contents yet to come.
    types: Vec<TypeDefinition>,
    /// The schema of each definition.
    places: Vec<Pointer>,
    /// Definitions whose content is yet to be lowered.
    queue: VecDeque<(TypeId, Content)>,
    /// Names of places that have a better one than their pointer tells.
    given_names: FxHashMap<Pointer, String>,
    /// What places with a given name are called where that is taken.
    other_names: FxHashMap<Pointer, String>,
    /// Schemas that became any JSON although the document says more.
    untyped: BTreeSet<Pointer>,
    /// Limits that the client checks.
    limit_tables: limit_tables::LimitTables,
}

/// What a definition is going to hold.
enum Content {
    /// Whatever the component turns into.
    Component(Pointer),
    /// An object with these properties.
    Object(Rc<Keywords>),
    /// These values.
    Enumeration(EnumerationShape),
    /// These alternatives.
    Union(Rc<union::Reduced>),
    /// An object with these properties, files among them.
    Parts(Rc<Keywords>),
}

impl<'d> Lowering<'d> {
    fn new(
        document: &'d Document,
        settings: &'d Settings,
        diagnostics: &'d mut Diagnostics,
    ) -> Self {
        Self {
            document,
            settings,
            diagnostics,
            resolved: FxHashMap::default(),
            own: FxHashMap::default(),
            merged: FxHashMap::default(),
            merging: FxHashSet::default(),
            nullable: FxHashMap::default(),
            subtypes: inheritance::subtypes(document),
            known: FxHashMap::default(),
            shared_parameters: FxHashMap::default(),
            parameter_names: FxHashMap::default(),
            known_parts: FxHashMap::default(),
            entered: FxHashSet::default(),
            depth: 0,
            types: Vec::new(),
            places: Vec::new(),
            queue: VecDeque::new(),
            given_names: FxHashMap::default(),
            other_names: FxHashMap::default(),
            untyped: BTreeSet::new(),
            limit_tables: limit_tables::LimitTables::default(),
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// A piece of the document, or the report that it cannot be read.
    fn kept<T>(&mut self, piece: Result<T, Diagnostic>) -> Option<T> {
        self.diagnostics.keep(piece)
    }

    /// Reports that a schema became any JSON.
    fn untyped(&mut self, diagnostic: Diagnostic) {
        if let Some(pointer) = &diagnostic.pointer {
            self.untyped.insert(pointer.clone());
        }
        self.report(diagnostic);
    }

    /// Counts a schema that became any JSON, where the reason has been reported.
    fn untyped_at(&mut self, pointer: &Pointer) {
        self.untyped.insert(pointer.clone());
    }

    /// Whether the work is nested too deeply to go on; reported if so.
    fn is_too_deep(&mut self, pointer: &Pointer) -> bool {
        if self.depth < DEEPEST {
            return false;
        }
        self.untyped(
            Diagnostic::warning(
                Code::SchemaTooDeep,
                "schemas lie in each other too deeply; read as any JSON from here",
            )
            .at(pointer)
            .help("move inner objects to `components/schemas`"),
        );
        true
    }

    /// Where a reference finally leads; the place itself where it leads nowhere, which is reported.
    fn resolve(&mut self, pointer: &Pointer) -> Pointer {
        if let Some(known) = self.resolved.get(pointer) {
            return known.clone();
        }
        let target = match self.document.resolve(pointer) {
            Ok(target) => target,
            Err(diagnostic) => {
                // `own` cannot read it either and leaves it without a type.
                self.untyped(diagnostic);
                pointer.clone()
            }
        };
        self.resolved.insert(pointer.clone(), target.clone());
        target
    }

    /// What one schema says by itself.
    fn own(&mut self, target: &Pointer) -> Rc<Keywords> {
        if let Some(known) = self.own.get(target) {
            return Rc::clone(known);
        }
        let keywords = match self.document.schema(target) {
            Ok(schema) => Keywords::of(target, &schema),
            Err(diagnostic) => {
                self.untyped(diagnostic);
                Keywords {
                    pointer: target.clone(),
                    ..Keywords::default()
                }
            }
        };
        let keywords = Rc::new(keywords);
        self.own.insert(target.clone(), Rc::clone(&keywords));
        keywords
    }

    /// Calls the place of a schema something better than its pointer tells.
    fn give_name(&mut self, pointer: &Pointer, name: String) {
        self.given_names.entry(pointer.clone()).or_insert(name);
    }

    /// The same, with another name for when the first is taken.
    fn give_names(&mut self, pointer: &Pointer, name: String, other: String) {
        self.give_name(pointer, name);
        self.other_names.entry(pointer.clone()).or_insert(other);
    }

    /// The name of the place of a schema, in words.
    fn place(&self, pointer: &Pointer) -> String {
        naming::place_name(pointer, &|pointer| self.given_names.get(pointer).cloned())
    }
}
