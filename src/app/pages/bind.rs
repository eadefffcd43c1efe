//! Closures that own a handle, for views and listeners of a panel, as `Form::bind` makes them of a form.

/// A closure that owns a handle.
pub fn bind<P, T, F>(panel: &P, run: F) -> impl Fn() -> T + Clone + use<P, T, F>
where
    P: Clone + 'static,
    F: Fn(&P) -> T + Clone + 'static,
{
    let panel = panel.clone();
    move || run(&panel)
}

/// Like [`bind`], for a function with an argument.
pub fn bind_with<P, A, T, F>(panel: &P, run: F) -> impl Fn(A) -> T + use<P, A, T, F>
where
    P: Clone + 'static,
    F: Fn(&P, A) -> T + 'static,
{
    let panel = panel.clone();
    move |value| run(&panel, value)
}
