//! Enums that are one of some fixed words in JSON.

/// Declares an enum whose values are words: `ALL`, `as_str`, `from_word`, reading and writing.
#[macro_export]
#[doc(hidden)]
macro_rules! words {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        $vis enum $name { $($(#[$doc])* $variant,)+ }

        impl $name {
            /// Every value, in order.
                #[allow(dead_code)] // an enum that only reads does not list its values
            pub const ALL: &'static [$name] = &[$($name::$variant,)+];
            /// The words of all values, in order.
            pub const WORDS: &'static [&'static str] = &[$($word,)+];

            /// The word of the value in JSON, in the page and on the command line.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }

            /// The value of a word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }

        impl $crate::json::Read for $name {
            fn read(json: &$crate::json::Json) -> Result<Self, $crate::json::ReadError> {
                json.as_text().and_then($name::from_word).ok_or_else(|| {
                    $crate::json::ReadError::expected($crate::json::Expected::OneOf($name::WORDS))
                })
            }
        }

        impl From<$name> for $crate::json::Json {
            fn from(value: $name) -> Self { value.as_str().into() }
        }
    };
}
