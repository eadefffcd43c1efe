//! The elements of HTML that the page uses, by their names, as in Leptos's builder syntax (`leptos::html`).

use crate::app::parts::El;

macro_rules! elements {
    ($($tag:ident)*) => {
        $(
            #[doc = concat!("A `<", stringify!($tag), ">` element.")]
            pub fn $tag() -> El {
                El::new(stringify!($tag))
            }
        )*
    };
}

elements! {
    a aside bdi button canvas details div em fieldset figcaption figure form h1 h2 h3 h4 header img input label legend li main nav ol option p progress section select small span strong summary table tbody td textarea th thead tr ul video
}
