//! The keys under which a shaped schema says what OpenAPI 3.0 has no keyword for.

/// A list of at least two of the six types: a value has one of them. The other keywords each speak about values of their type.
pub const TYPES: &str = "x-clientsmith-types";
/// A list of references: the schemas of the first items of an array, one by one.
pub const PREFIX: &str = "x-clientsmith-prefix-items";
/// A list of one reference: the schema of the values of keys beside the named ones.
pub const ADDITIONAL: &str = "x-clientsmith-additional";
/// A list of references: schemas that hold for some of the values. Their properties may be there.
pub const OPTIONAL: &str = "x-clientsmith-optional";
/// A list of texts: limits in words.
pub const LIMITS: &str = "x-clientsmith-limits";
/// A list of texts: the values that are not allowed, in words.
pub const EXCLUDED: &str = "x-clientsmith-excluded";
/// True: no value satisfies the schema (`false` in OpenAPI 3.1).
pub const NEVER: &str = "x-clientsmith-never";
/// True: integers may be greater than a signed 64-bit integer, and none is less than zero by this schema.
pub const BEYOND_I64: &str = "x-clientsmith-beyond-i64";
