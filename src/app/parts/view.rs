//! What Leptos asks of a view that only a browser draws.

/// Implements for a type with `Render` what a view needs besides. The page is never drawn by a server.
macro_rules! by_browser {
    ($view:ty) => {
        impl leptos::prelude::AddAnyAttr for $view {
            type Output<A: leptos::attr::Attribute> = $view;

            fn add_any_attr<A: leptos::attr::Attribute>(self, _: A) -> $view {
                self
            }
        }

        impl leptos::prelude::RenderHtml for $view {
            type AsyncOutput = $view;
            type Owned = $view;
            const MIN_LENGTH: usize = 0;

            fn dry_resolve(&mut self) {}

            async fn resolve(self) -> $view {
                self
            }

            fn to_html_with_buf(
                self,
                _: &mut String,
                _: &mut leptos::tachys::view::Position,
                _: bool,
                _: bool,
                _: Vec<leptos::attr::any_attribute::AnyAttribute>,
            ) {
            }

            fn hydrate<const FROM_SERVER: bool>(
                self,
                _: &leptos::tachys::hydration::Cursor,
                _: &leptos::tachys::view::PositionState,
            ) -> Self::State {
                self.build()
            }

            fn into_owned(self) -> $view {
                self
            }
        }
    };
}

pub(super) use by_browser;
