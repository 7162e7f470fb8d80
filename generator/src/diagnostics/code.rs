//! The table of diagnostic codes. To add one: a line here, a page `pages/CSxxxx.md`, and a test that provokes it.
//!
//! CS01xx the text of a document, CS02xx the document, CS03xx references, CS04xx schemas, CS05xx operations, CS06xx naming,
//! CS07xx settings, CS09xx output. A code is never reused for another meaning.

use std::fmt;

use serde::{Serialize, Serializer};

macro_rules! codes {
    ($($variant:ident $name:literal $title:literal)*) => {
        /// What kind of thing a diagnostic is about. The name, `CS0101`, is stable; the variant says it in words.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = concat!($name, ": ", $title)] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stable name, such as `CS0101`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The name of the variant in the code of the generator.
            #[must_use]
            pub const fn variant(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant),)* }
            }

            /// The kind of thing in a few words.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// The page about it, in Markdown.
            #[must_use]
            pub const fn page(self) -> &'static str {
                match self { $(Self::$variant => include_str!(concat!("pages/", $name, ".md")),)* }
            }
        }
    };
}

codes! {
    FileNotRead            "CS0101" "the file cannot be read"
    NotUtf8                "CS0102" "the text is not UTF-8"
    Syntax                 "CS0103" "the text is neither valid JSON nor valid YAML"
    EmptyFile              "CS0104" "the file is empty"
    DuplicateKey           "CS0105" "a key stands twice in one object"
    TooDeep                "CS0106" "the document is nested too deeply"
    TooLarge               "CS0107" "the document grows beyond bounds"
    SeveralDocuments       "CS0108" "the file holds several YAML documents"
    KeyNotText             "CS0109" "a key is a list or an object"
    NumberOutOfRange       "CS0110" "a number is beyond the range of 64-bit floating point"

    NotOpenApi             "CS0201" "the document is no OpenAPI description"
    UnknownVersion         "CS0202" "the version of OpenAPI is unknown"
    UnknownKey             "CS0204" "a key means nothing where it stands"
    WrongType              "CS0205" "a value has the wrong type and is left out"
    Converted              "CS0206" "a value has the wrong form, but its meaning is clear"
    MissingKey             "CS0207" "a key that must be there is missing"
    NotAnObject            "CS0208" "a piece of the document is not an object"
    Unreadable             "CS0209" "a piece of the document cannot be read"
    NotConverted           "CS0210" "OpenAPI 3.0 has no words for a part of an older document"
    OverlayNotUsed         "CS0211" "an overlay cannot be used"
    OverlayVersion         "CS0212" "the version of an overlay is unknown"
    OverlayTarget          "CS0213" "an action of an overlay selects by something that is no JSONPath"
    ActionWithoutEffect    "CS0214" "an action of an overlay changes nothing"
    ActionMisfit           "CS0215" "an action of an overlay does not fit what it selects"
    OverlayForOther        "CS0216" "an overlay is written for another document"

    ReferenceToNothing     "CS0301" "a reference leads to nothing"
    ReferenceCycle         "CS0302" "references lead round in a circle"
    ExternalReference      "CS0303" "a reference leads to another document"
    ReferenceMalformed     "CS0304" "a reference is malformed"
    FileNotUsed            "CS0305" "a file that is referred to cannot be used"
    OutsideFolder          "CS0306" "a reference leads out of the folder of the document"

    UnknownType            "CS0401" "the type of a schema is unknown"
    KeywordWithoutEffect   "CS0402" "a keyword has no effect on the type beside it"
    LimitOutOfRange        "CS0403" "a limit is beyond the range of 64-bit integers"
    Contradiction          "CS0404" "a schema contradicts itself"
    RequiredFlag           "CS0405" "`required` is written as true or false on a schema"
    SchemaTooDeep          "CS0406" "schemas lie in each other too deeply"
    MixedEnumeration       "CS0407" "the values of an enumeration have several types"
    EnumerationMisfit      "CS0408" "the values of an enumeration are not of the type beside them"
    RequiredNotDeclared    "CS0409" "a required key is no property"
    DefaultMisfit          "CS0410" "a default does not fit the type of its schema"
    SeveralUnions          "CS0411" "a value must be of several unions at once"
    DiscriminatorMisfit    "CS0412" "a discriminator names no alternative"
    AmbiguousUnion         "CS0413" "nothing tells the alternatives of a union apart"
    FileTooDeep            "CS0414" "a file lies too deep in a body of parts"
    EncodingOfNothing      "CS0415" "an encoding is for no property of the body"
    EncodingNotUsed        "CS0416" "a part of an encoding is not used"
    DynamicReference       "CS0418" "a dynamic reference cannot be followed"

    DuplicateOperationId   "CS0501" "two operations have the same operationId"
    MissingOperationId     "CS0502" "an operation has no operationId"
    UndeclaredParameter    "CS0503" "a path parameter is not declared"
    ParameterNotInPath     "CS0504" "a declared path parameter does not occur in the path"
    MissingResponses       "CS0505" "an operation has no responses"
    PathWithoutSlash       "CS0506" "a path does not begin with a slash"
    EncodedByCaller        "CS0507" "a request body is encoded by the caller"
    ReadAsText             "CS0508" "a response is read as it is"
    ParameterStyle         "CS0509" "a parameter is nested deeper than its style goes"
    DuplicateParameter     "CS0510" "a parameter is declared twice"
    HeaderOfTheClient      "CS0511" "a header parameter is set by the client itself"
    UnknownScheme          "CS0512" "a security scheme is unknown"
    ServerLeftOut          "CS0513" "a server is not carried in full"
    CallbackLeftOut        "CS0514" "a webhook or callback is not carried"
    PagingSuggested        "CS0515" "an operation looks like a list with pages"
    PollingSuggested       "CS0516" "an operation looks like the status of a job"
    MethodLeftOut          "CS0520" "an operation has a method that the client cannot send"
    OtherMediaTypes        "CS0521" "a request body could be sent in several ways"
    PartHeaders            "CS0522" "headers of a part of a request body are left to the caller"
    PathFragment           "CS0523" "a path has a fragment, which is not sent"
    EventsOfSeveralKinds   "CS0533" "the events of a stream have data of several types"
    OtherAnswers           "CS0534" "a response could come in several ways"
    CertificateOfTheCaller "CS0535" "a certificate of the client is provided by the caller"
    OtherProtocol          "CS0536" "an operation answers with another protocol"
    WebhooksNotRead        "CS0538" "webhooks under `x-webhooks` are not read"

    NameCollision          "CS0601" "several things would have the same name"

    SettingsNotRead        "CS0701" "the settings file cannot be read"
    SettingsSyntax         "CS0702" "the settings file is not valid TOML"
    UnknownSetting         "CS0703" "a setting does not exist"
    WrongSetting           "CS0704" "a setting has the wrong value"
    SettingWithoutEffect   "CS0705" "a setting names something that is not in the document"
    SelectorWithoutEffect  "CS0706" "a selector selects no operation"

    OutputNotWritten       "CS0901" "the output cannot be written"
    OutputDiffers          "CS0902" "the output differs from what would be generated"
    NotOurs                "CS0903" "a file in the way was not written by the generator"
    EmittedFault           "CS0904" "the generator made something that is not Rust"
}

impl Code {
    /// The code with this name, in any case.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.name().eq_ignore_ascii_case(name.trim()))
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_distinct_and_well_formed() {
        let names: HashSet<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert_eq!(names.len(), Code::ALL.len());
        for name in names {
            assert!(
                name.len() == 6
                    && name.starts_with("CS")
                    && name[2..].bytes().all(|byte| byte.is_ascii_digit()),
                "{name}"
            );
        }
    }

    #[test]
    fn every_page_is_headed_by_its_code_and_title_and_says_what_to_do() {
        for code in Code::ALL {
            let heading = format!("# {code}: {}\n", code.title());
            assert!(
                code.page().starts_with(&heading),
                "pages/{code}.md must begin with {heading:?}"
            );
            assert!(
                code.page().contains("\n## What to do\n"),
                "pages/{code}.md must say what to do"
            );
        }
    }

    #[test]
    fn a_code_is_found_by_name() {
        assert_eq!(Code::parse("cs0301"), Some(Code::ReferenceToNothing));
        assert_eq!(Code::parse("CS9999"), None);
    }
}
