//! Names in one emitted file: which are imported, which are written with their path.
//!
//! Comes in: the names that the file defines itself. Goes out: a path for everything else, short wherever no definition of
//! the document stands in the way, and the `use` items that the short ones need. Must not know: what the names are used for.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use crate::model::{Api, TypeDefinition, TypeId};

/// Something that is defined outside the emitted file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    module: &'static str,
    name: &'static str,
    /// Whether Rust's prelude brings it along.
    in_prelude: bool,
}

macro_rules! known {
    ($($constant:ident = $module:literal $name:literal $in_prelude:literal;)*) => {
        $(pub(crate) const $constant: Known = Known { module: $module, name: $name, in_prelude: $in_prelude };)*
        /// Every name that emitted files may use without a path.
        const RESERVED: &[&str] = &[$($name),*];
    };
}

known! {
    OPTION = "std::option" "Option" true;
    SOME = "std::option::Option" "Some" true;
    NONE = "std::option::Option" "None" true;
    RESULT = "std::result" "Result" true;
    OK = "std::result::Result" "Ok" true;
    ERR = "std::result::Result" "Err" true;
    VEC = "std::vec" "Vec" true;
    STRING = "std::string" "String" true;
    BOX = "std::boxed" "Box" true;
    FROM = "std::convert" "From" true;
    INTO = "std::convert" "Into" true;
    AS_REF = "std::convert" "AsRef" true;
    DEFAULT = "std::default" "Default" true;
    INTO_ITERATOR = "std::iter" "IntoIterator" true;
    BTREE_MAP = "std::collections" "BTreeMap" false;
    DURATION = "std::time" "Duration" false;
    UUID = "uuid" "Uuid" false;
    OFFSET_DATE_TIME = "time" "OffsetDateTime" false;
    DATE = "time" "Date" false;
    IPV4_ADDR = "std::net" "Ipv4Addr" false;
    IPV6_ADDR = "std::net" "Ipv6Addr" false;
    VALUE = "serde_json" "Value" false;
    BYTES = "bytes" "Bytes" false;
    METHOD = "http" "Method" false;
    DECODE = "crate::runtime::json" "Decode" false;
    ENCODE = "crate::runtime::json" "Encode" false;
    DECODER = "crate::runtime::json" "Decoder" false;
    ENCODER = "crate::runtime::json" "Encoder" false;
    DECODE_ERROR = "crate::runtime::json" "DecodeError" false;
    NULLABLE = "crate::runtime::json" "Nullable" false;
    KIND = "crate::runtime::json" "Kind" false;
    BASE64 = "crate::runtime::json" "Base64" false;
    FILE = "crate::runtime" "File" false;
    FILE_OR = "crate::runtime" "FileOr" false;
    PART_STYLE = "crate::runtime" "PartStyle" false;
    FORM_STYLE = "crate::runtime" "FormStyle" false;
    UPLOAD_BODY = "crate::runtime" "UploadBody" false;
    RESPONSE_HEADER = "crate::runtime::response_header" "ResponseHeader" false;
    FROM_SLICE = "crate::runtime::json" "from_slice" false;
    FIELD = "crate::runtime::json" "Field" false;
    UNKNOWN_VALUE = "crate::runtime::json" "UnknownValue" false;
    UNKNOWN_INTEGER = "crate::runtime::json" "UnknownInteger" false;
    REQUIRED = "crate::runtime::json" "required" false;
    OPTIONAL = "crate::runtime::json" "optional" false;
    STRING_ENUMERATION = "crate::runtime::macros" "string_enumeration" false;
    INTEGER_ENUMERATION = "crate::runtime::macros" "integer_enumeration" false;
    SERDE_BRIDGE = "crate::runtime::macros" "serde_bridge" false;
    PAGES = "crate::runtime::macros" "pages" false;
    STREAM_MACRO = "crate::runtime::stream" "stream" false;
    STREAM_REQUEST = "crate::runtime::stream" "StreamRequest" false;
    EVENT_STREAM = "crate::runtime::stream" "EventStream" false;
    ITEM_STREAM = "crate::runtime::stream" "ItemStream" false;
    WAIT = "crate::runtime::macros" "wait" false;
    CLIENT_MACRO = "crate::runtime::macros" "client" false;
    TO_VEC = "crate::runtime::json" "to_vec" false;
    PARAMETER = "crate::runtime" "Parameter" false;
    ONE_OR_MANY = "crate::runtime" "OneOrMany" false;
    PAGE = "crate::runtime" "Page" false;
    OFFSET_PAGING = "crate::runtime" "OffsetPaging" false;
    POLLING = "crate::runtime" "Polling" false;
    CALL = "crate::runtime" "Call" false;
    REQUEST = "crate::runtime" "Request" false;
    CORE = "crate::runtime" "Core" false;
    CORE_BUILDER = "crate::runtime" "CoreBuilder" false;
    ANSWER = "crate::runtime" "Answer" false;
    READ = "crate::runtime" "read" false;
    READ_ERROR = "crate::runtime" "ReadError" false;
    EXTENSION_METHOD = "crate::runtime::extension_method" "extension_method" false;
    ERROR_BODY = "crate::runtime" "ErrorBody" false;
    JOINED = "crate::runtime" "Joined" false;
    JSON_TEXT = "crate::runtime" "JsonText" false;
    STYLE = "crate::runtime" "Style" false;
    STYLED = "crate::runtime" "Styled" false;
    API = "crate::runtime" "Api" false;
    SECURITY_SCHEME = "crate::runtime" "SecurityScheme" false;
    SECURITY_KIND = "crate::runtime" "SecurityKind" false;
    SECRET = "crate::runtime" "Secret" false;
    RETRY_POLICY = "crate::runtime" "RetryPolicy" false;
    LIMIT = "crate::runtime::constraints" "Limit" false;
    CONSTRAINTS = "crate" "constraints" false;
    CRATE_RESULT = "crate" "Result" false;
    TYPES = "crate" "types" false;
    CRATE_API = "crate" "api" false;
}

/// Where the emitted file stands in the crate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Place<'a> {
    /// A file of `types/`: definitions name each other directly.
    Types(&'a str),
    /// Anywhere else: definitions are named `types::X`.
    Elsewhere,
}

/// The names of one emitted file.
pub(crate) struct Scope<'a> {
    api: &'a Api,
    place: Place<'a>,
    defined: HashSet<&'a str>,
    imports: RefCell<BTreeMap<String, Import>>,
    /// Whether what asks for names is compiled under the feature `serde` alone.
    is_under_serde: Cell<bool>,
}

/// Where an imported name comes from.
struct Import {
    module: &'static str,
    /// Whether nothing asks for it without the feature `serde`.
    is_under_serde: bool,
}

impl<'a> Scope<'a> {
    /// A file at `place` that defines `defined`.
    pub(crate) fn new(
        api: &'a Api,
        place: Place<'a>,
        defined: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        Scope {
            api,
            place,
            defined: defined.into_iter().collect(),
            imports: RefCell::default(),
            is_under_serde: Cell::default(),
        }
    }

    /// The path under which the file reaches `known`.
    pub(crate) fn path(&self, known: Known) -> TokenStream {
        if self.defined.contains(known.name) {
            return path(known.module, known.name);
        }
        if !known.in_prelude && !self.import(known.module, known.name) {
            return path(known.module, known.name);
        }
        let name = ident(known.name);
        quote!(#name)
    }

    /// The path under which the file reaches a definition of the document.
    pub(crate) fn definition(&self, id: TypeId) -> TokenStream {
        let definition = self.api.definition(id);
        let name = ident(&definition.name);
        match self.place {
            Place::Elsewhere => {
                let types = self.path(TYPES);
                quote!(#types::#name)
            }
            Place::Types(module) if module == definition.module => quote!(#name),
            Place::Types(_) if Self::may_import(definition) => {
                self.import("super", &definition.name);
                quote!(#name)
            }
            Place::Types(_) => quote!(super::#name),
        }
    }

    fn may_import(definition: &TypeDefinition) -> bool {
        !RESERVED.contains(&definition.name.as_str())
    }

    /// An item that only the feature `serde` needs, and that is compiled only with it.
    pub(crate) fn under_serde(&self, item: impl FnOnce() -> TokenStream) -> TokenStream {
        self.is_under_serde.set(true);
        let item = item();
        self.is_under_serde.set(false);
        quote!(#[cfg(feature = "serde")] #item)
    }

    /// Whether `name` stands for the item of `module` from now on.
    fn import(&self, module: &'static str, name: &str) -> bool {
        let is_under_serde = self.is_under_serde.get();
        let mut imports = self.imports.borrow_mut();
        let import = imports.entry(name.to_owned()).or_insert(Import {
            module,
            is_under_serde,
        });
        import.is_under_serde &= is_under_serde;
        import.module == module
    }

    /// The `use` items for everything asked for so far: other crates first, then this one's.
    pub(crate) fn uses(&self) -> Vec<TokenStream> {
        let mut modules: BTreeMap<(u8, String, bool), (&str, Vec<Ident>)> = BTreeMap::new();
        for (name, import) in self.imports.borrow().iter() {
            let rank = match import.module.split("::").next() {
                Some("std") => 0,
                Some("crate") => 3,
                Some("super") => 2,
                _ => 1,
            };
            // What stands at the root is imported one by one, between the modules.
            let order = match import.module {
                "crate" => format!("crate::{name}"),
                // A list stands behind the modules below its own, as rustfmt sorts it.
                module => format!("{module}::{{"),
            };
            let (_, names) = modules
                .entry((rank, order, import.is_under_serde))
                .or_insert((import.module, Vec::new()));
            names.push(ident(name));
        }
        let mut groups: BTreeMap<u8, TokenStream> = BTreeMap::new();
        for ((rank, _, is_under_serde), (module, names)) in modules {
            let module = module.split("::").map(ident);
            let condition = is_under_serde.then(|| quote!(#[cfg(feature = "serde")]));
            let item = match names.as_slice() {
                [name] => quote!(#condition use #(#module)::*::#name;),
                names => quote!(#condition use #(#module)::*::{#(#names),*};),
            };
            // The standard library, other crates, and this crate, each as a block.
            groups.entry(rank.min(2)).or_default().extend(item);
        }
        groups.into_values().collect()
    }
}

/// `module::name` in full.
fn path(module: &str, name: &str) -> TokenStream {
    let segments = module.split("::").chain([name]).map(ident);
    quote!(#(#segments)::*)
}

/// The identifier of a name of the model. Names of the model are identifiers; should one not be, it becomes one.
pub(crate) fn ident(name: &str) -> Ident {
    if let Some(raw) = name.strip_prefix("r#")
        && is_identifier(raw)
    {
        return Ident::new_raw(raw, Span::call_site());
    }
    if is_identifier(name) {
        return Ident::new(name, Span::call_site());
    }
    let mended: String = name
        .chars()
        .map(|character| {
            if character.is_ascii_alphanumeric() {
                character
            } else {
                '_'
            }
        })
        .collect();
    format_ident!("_{}", mended)
}

fn is_identifier(name: &str) -> bool {
    if !name.is_ascii() {
        return syn::parse_str::<Ident>(name).is_ok();
    }
    let starts_well = name
        .bytes()
        .next()
        .is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    starts_well
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The name without the mark of a raw identifier: for file names, words and variables.
pub(crate) fn plain(name: &str) -> &str {
    name.strip_prefix("r#").unwrap_or(name)
}
