#!/usr/bin/env bash
# Runs the project's checks: all of them, or only the named ones, in the order of STEPS below.
#
#   scripts/test.sh              every step, as make test does
#   scripts/test.sh fmt native   two of them
#
# Each step installs what it needs, has a time limit and runs without standard input. The first failure ends the run.
set -euo pipefail

STEPS=(setup scripts fmt clippy doc native office browser size e2e lighthouse crash)

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
unset MAKEFLAGS MFLAGS # make test is one make, make dist another

WASM=(--locked --no-default-features --features app --target wasm32-unknown-unknown)

# within SECONDS COMMAND...: the limit holds for the command and all that it starts; so does Ctrl-C
within() {
    local limit=$1 status=0
    shift
    timeout --kill-after=15 "$limit" "$@" </dev/null &
    running=$!
    wait "$running" || status=$?
    running=
    if [ "$status" = 124 ] || [ "$status" = 137 ]; then
        printf 'over its limit of %s s: %s\n' "$limit" "$*" >&2
    fi
    return "$status"
}

need() { within 3600 scripts/setup.sh "$@"; }

step_setup() { need rust lint wasm crates wasm-bindgen wasm-split trunk npm python browser firefox webkit zbar poppler; }

step_scripts() {
    need npm
    within 120 node --test scripts/test/*.test.mjs
}

step_fmt() {
    need lint
    within 60 cargo fmt --check
}

# natively with every native feature (e2e includes cli), so that one check of the dependencies serves clippy and doc
step_clippy() {
    need rust lint wasm
    within 1800 cargo clippy --locked --all-targets --features e2e -- -D warnings
    within 1800 cargo clippy "${WASM[@]/app/split}" --lib --bin app --test browser -- -D warnings
    within 1800 cargo clippy "${WASM[@]/app/worker}" --bin worker -- -D warnings
    within 1800 cargo clippy "${WASM[@]/app/desk-worker}" --bin desk_worker -- -D warnings
    within 1800 cargo clippy "${WASM[@]/app/pdf-worker}" --bin pdf_worker -- -D warnings
    within 1800 cargo clippy "${WASM[@]/app/sheet-worker}" --bin sheet_worker -- -D warnings
}

step_doc() {
    need rust wasm
    export RUSTDOCFLAGS="-D warnings"
    within 900 cargo doc --locked --no-deps --features e2e
    within 900 cargo doc "${WASM[@]}" --no-deps --lib
}

# with default features, as people build it: e2e's dependencies switch on others of the crates below (serde_json's
# preserve_order, for one)
step_native() {
    need rust npm python zbar # signatures and codes are read by other implementations too
    within 1800 cargo test --locked
    # state and actions of the page, as far as they need no browser; no filter, since one that matches nothing passes
    within 900 cargo test --locked --no-default-features --features split --lib
}

# LibreOffice takes 500 MB, so it is not installed for this; the numbers are compared through openpyxl in any case
step_office() {
    need rust
    if ! command -v soffice >/dev/null; then
        echo "soffice is not here, so LibreOffice does not open the workbook: install libreoffice-calc to have it checked"
        return
    fi
    SOFFICE=$(command -v soffice)
    export SOFFICE
    within 900 cargo test --locked --test suite an_office_program_opens_the_workbook
}

step_browser() {
    need rust wasm wasm-bindgen browser
    local output=target/browser-tests.log
    CHROMEDRIVER=$(command -v chromedriver)
    export CHROMEDRIVER
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner
    export WASM_BINDGEN_TEST_WEBDRIVER_JSON=$PWD/tests/browser/webdriver.json
    export WASM_BINDGEN_TEST_DRIVER_TIMEOUT=60 WASM_BINDGEN_TEST_TIMEOUT=300 # seconds: for the driver to start, for all tests
    [ -f "$WASM_BINDGEN_TEST_WEBDRIVER_JSON" ] || {
        echo "$WASM_BINDGEN_TEST_WEBDRIVER_JSON is missing" >&2 # the runner would go on without it
        return 1
    }
    within 1800 cargo test "${WASM[@]}" --test browser --no-run
    local status=0
    within 420 cargo test "${WASM[@]}" --test browser >"$output" 2>&1 || status=$?
    cat "$output"
    [ "$status" = 0 ] || return "$status"
    grep -q '^test result: ok\. [1-9]' "$output" || {
        echo "the browser ran no test" >&2 # the runner calls that a success
        return 1
    }
}

step_dist() { within 1800 make --no-print-directory dist; }

step_size() { within 1800 make --no-print-directory size; }

step_e2e() {
    need rust npm python browser firefox webkit zbar poppler
    within 1800 make --no-print-directory portable # so that a journey never walks through an old page
    within 1800 cargo test --locked --features e2e --test e2e --no-run
    within 1500 cargo test --locked --features e2e --test e2e -- --test-threads=2
}

step_lighthouse() {
    need npm browser
    step_dist
    within 330 node scripts/lighthouse.mjs
}

step_crash() {
    need npm browser
    step_dist
    KILLS=6 SEED=1 within 240 node scripts/crashtest.mjs
}

running=
name=

interrupted() {
    [ -z "$running" ] || { kill -TERM "$running" && wait "$running"; } 2>/dev/null || true
    [ "${step:-}" ] || printf '\ntest: interrupted in step %s\n' "${name:-none}" >&2
    exit 130
}
trap interrupted INT TERM

# each step runs in a process of its own, where -e holds although this one looks at its status
if [ "${1:-}" = --step ]; then
    step=$2
    "step_$step"
    exit
fi

wanted=("$@")
[ $# -gt 0 ] || wanted=("${STEPS[@]}")
for name in "${wanted[@]}"; do
    case " ${STEPS[*]} " in
    *" $name "*) ;;
    *)
        printf 'test: no step is called %s; there are: %s\n' "$name" "${STEPS[*]}" >&2
        exit 2
        ;;
    esac
done

count=0
for name in "${STEPS[@]}"; do
    case " ${wanted[*]} " in *" $name "*) ;; *) continue ;; esac
    count=$((count + 1))
    from=$SECONDS
    printf '\n=== %s/%s %s\n' "$count" "${#wanted[@]}" "$name"
    status=0
    bash scripts/test.sh --step "$name" &
    running=$!
    wait "$running" || status=$?
    running=
    if [ "$status" != 0 ]; then
        printf 'test: step %s failed after %s s (status %s)\n' "$name" $((SECONDS - from)) "$status" >&2
        exit 1
    fi
    printf -- '--- %s: ok, %s s\n' "$name" $((SECONDS - from))
done
printf '\ntest: all well, %s steps in %s s\n' "$count" "$SECONDS"
