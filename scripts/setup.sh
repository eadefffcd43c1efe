#!/usr/bin/env bash
# Installs what a make target needs and this machine lacks: scripts/setup.sh WHAT...
#
#   rust          cargo with a linker, new enough for Cargo.toml
#   lint          rustfmt and clippy
#   wasm          the wasm32-unknown-unknown target
#   crates        the sources that Cargo.lock names, for builds that stay off the network
#   trunk         trunk, exactly as Trunk.toml says
#   wasm-bindgen  wasm-bindgen and its test runner, exactly as Cargo.lock says
#   wasm-split    wasm-split-cli, which splits what loads later off the page's wasm
#   npm           node_modules, exactly as package-lock.json says
#   python        the Python packages of tests/*/requirements.txt, in target/python
#   spark         the Python packages of scripts/scale/requirements.txt, in target/scale, and Java (for make scale only)
#   browser       Chromium and its driver
#   firefox       Debian's Firefox and its driver
#   webkit        Debian's WebKitGTK, the engine of Safari, with its driver and a screen for it
#   zbar          zbarimg, which reads QR codes
#   poppler       pdftotext and pdftoppm, which read what the browser prints
#   fuzz          cargo-fuzz and a nightly toolchain (for scripts/fuzz.sh only)
#
# Says one line before each thing that it installs; silent when there is nothing to do. What cargo builds is built beside
# the rest, and stays in target/setup/build when it is cut short, for the next call to go on from. Logs: target/setup/.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"
logs=target/setup

have() { command -v "$1" >/dev/null 2>&1; }

say() { printf 'setup: %s\n' "$*"; }

fail() {
    printf 'setup: %s\n' "$*" >&2
    exit 1
}

# run NAME COMMAND...: output goes to a log, of which the end is shown when the command fails
run() {
    local log="$logs/$1.log"
    shift
    mkdir -p "$logs"
    if ! "$@" >"$log" 2>&1 </dev/null; then
        tail -n 20 "$log" >&2
        return 1
    fi
}

# the second word of what a tool says of its version, nothing when it is not there
version_of() { { "$1" --version 2>/dev/null || true; } | awk 'NR == 1 { print $2 }'; }

at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

# the version of a package in Cargo.lock
locked() { awk -v name="name = \"$1\"" '$0 == name { getline; gsub(/version = |"/, ""); print; exit }' Cargo.lock; }

pinned_trunk() { awk -F'"=?' '/^trunk-version/ { print $2 }' Trunk.toml; }

# install_debian WHAT ABOUT PACKAGE...
install_debian() {
    local what=$1 about=$2 log
    shift 2
    log=$(printf '%s' "$what" | tr ' ' '-')
    have apt-get || fail "$what is missing, and there is no apt-get here to install it with; install it by hand."
    local as_root=()
    if [ "$(id -u)" != 0 ]; then
        have sudo || fail "$what is missing, and installing it needs root: run apt-get install $* as root."
        as_root=(sudo)
        [ -t 0 ] || as_root+=(-n)
        sudo "${as_root[@]:1}" -v || fail "$what is missing, and sudo was refused: run apt-get install $* as root."
    fi
    say "installing $what ($*), $about"
    run "$log-update" "${as_root[@]}" apt-get update ||
        fail "$what could not be installed: apt-get update failed (see above and $logs/$log-update.log)."
    run "$log" "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" ||
        fail "$what could not be installed: apt-get install $* failed (see above and $logs/$log.log)."
}

# Tools are compiled to be there soon: an optimised trunk and wasm-bindgen save half a second of each build of the page,
# and cost seven minutes of processor time.
export CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
export CARGO_PROFILE_RELEASE_BUILD_OVERRIDE_CODEGEN_UNITS=16 # as above, so that what both need is compiled once

building=() # "PROCESS NAME VERSION BINARY" of each cargo install at work

# cargo's own count in its log, as "120 of 300 steps"; nothing before it compiles
progress_of() {
    { tail -c 4096 "$logs/$1.log" 2>/dev/null || true; } | tr '\r' '\n' |
        awk '/Building \[/ && match($0, /[0-9]+\/[0-9]+/) { found = substr($0, RSTART, RLENGTH) } END { if (sub("/", " of ", found)) print found " steps" }'
}

# installed_crate NAME BINARY: the version that is there. BINARY answers for itself, or cargo for it where it knows no --version.
installed_crate() {
    local found
    have "$2" || return 0
    found=$(version_of "$2")
    [ -n "$found" ] || found=$(cargo install --list 2>/dev/null | awk -v name="$1" '$1 == name && sub(/^v/, "", $2) { sub(/:$/, "", $2); print $2 }')
    printf '%s' "$found"
}

# install_crate NAME VERSION ABOUT BINARY [FLAG...]: starts it; `finish_builds` waits for it.
# Trunk, the longest, has a folder of its own. The others share one, with what they have in common, and so wait for one
# another; they take what trunk leaves idle.
install_crate() {
    local name=$1 version=$2 about=$3 binary=$4 found folder=$logs/build/shared niceness=10
    shift 4
    found=$(installed_crate "$name" "$binary")
    [ "$found" = "$version" ] && return
    say "building $name $version${found:+ (in place of $found)}, $about; log in $logs/$name.log"
    if [ "$name" = trunk ]; then folder=$logs/build/trunk niceness=0; fi
    mkdir -p "$logs"
    set -m # a process group of its own, so that `stop_builds` reaches the compilers too
    CARGO_TARGET_DIR=$folder CARGO_TERM_PROGRESS_WHEN=always CARGO_TERM_PROGRESS_WIDTH=80 \
        nice -n "$niceness" cargo install --force "$@" "$name@$version" >"$logs/$name.log" 2>&1 </dev/null &
    set +m
    building+=("$! $name $version $binary")
}

# Waits for what is being built; the first failure ends all. Says how far it is every 15 seconds, into a log every minute,
# or every PROGRESS seconds.
finish_builds() {
    local every=${PROGRESS:-60} next due job left process name version binary found line
    [ ${#building[@]} != 0 ] || return 0 # another run may be at work in the folder that is removed below
    [ ! -t 1 ] || every=${PROGRESS:-15}
    next=$((SECONDS + every))
    while [ ${#building[@]} != 0 ]; do
        left=() line= due=
        if [ $SECONDS -ge $next ]; then due=1 next=$((SECONDS + every)); fi
        for job in "${building[@]}"; do
            read -r process name version binary <<<"$job"
            if kill -0 "$process" 2>/dev/null; then
                left+=("$job")
                [ "$due" ] && found=$(progress_of "$name") || found=
                line+=${found:+, $name $found}
                continue
            fi
            if ! wait "$process"; then
                tr '\r' '\n' <"$logs/$name.log" | awk '!/Building \[|^$/' | tail -n 20 >&2
                fail "$name $version could not be built with cargo install (see above and $logs/$name.log)."
            fi
            found=$(installed_crate "$name" "$binary")
            [ "$found" = "$version" ] ||
                fail "$name $version is installed, but $(command -v "$binary") answers as ${found:-nothing}: put ${CARGO_HOME:-$HOME/.cargo}/bin first in PATH."
        done
        building=(${left[@]+"${left[@]}"})
        [ -z "$line" ] || say "${line#, }"
        [ ${#building[@]} = 0 ] || sleep 0.2
    done
    rm -rf "$logs/build"
}

stop_builds() {
    local job
    for job in ${building[@]+"${building[@]}"}; do kill -- "-${job%% *}" 2>/dev/null || true; done
}
trap stop_builds EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

need_rust() {
    { have cargo && have rustc; } || fail "Rust is missing: install it with rustup (https://rustup.rs), then try again."
    local wanted found
    wanted=$(awk -F'"' '/^rust-version/ { print $2 }' Cargo.toml)
    found=$(version_of rustc)
    at_least "$wanted" "$found" || fail "Rust $wanted or later is needed and this is ${found:-unknown}: run rustup update."
    have cc || install_debian "a C linker" "about a minute" gcc libc6-dev
}

need_lint() {
    cargo fmt --version >/dev/null 2>&1 && cargo clippy --version >/dev/null 2>&1 && return
    have rustup || fail "rustfmt or clippy is missing, and there is no rustup here to install them with."
    say "adding rustfmt and clippy, under a minute"
    run lint rustup component add rustfmt clippy || fail "rustfmt and clippy could not be added with rustup (see above)."
}

need_wasm() {
    [ -d "$(rustc --print target-libdir --target wasm32-unknown-unknown)" ] && return
    have rustup || fail "Rust's wasm32-unknown-unknown target is missing, and there is no rustup here to add it with."
    say "adding Rust's wasm32-unknown-unknown target, under a minute"
    run wasm rustup target add wasm32-unknown-unknown || fail "the wasm32-unknown-unknown target could not be added with rustup (see above)."
}

need_crates() {
    cargo fetch --locked --offline >/dev/null 2>&1 </dev/null && return
    say "downloading the crates of Cargo.lock, about a minute"
    run crates cargo fetch --locked || fail "the crates of Cargo.lock could not be fetched (see above)."
}

# without its default features: what those add is TLS and a look for newer versions, and Trunk.toml keeps trunk off the network
need_trunk() { install_crate trunk "$(pinned_trunk)" "about 3 minutes on two cores" trunk --locked --no-default-features; }

# without --locked: the lock file that this crate carries names a version that is no longer served; without its default
# feature, TLS: the test runner talks to a driver on this machine
need_wasm_bindgen() {
    local version binary=wasm-bindgen
    version=$(locked wasm-bindgen)
    [ -n "$version" ] || fail "Cargo.lock names no wasm-bindgen."
    [ "$(version_of wasm-bindgen-test-runner)" = "$version" ] || binary=wasm-bindgen-test-runner
    install_crate wasm-bindgen-cli "$version" "about a minute on two cores" "$binary" --no-default-features
}

need_wasm_split() {
    install_crate wasm_split_cli_support 0.2.4 "under a minute on two cores" wasm-split-cli --locked --features build-binary
}

need_npm() {
    local found stamp=node_modules/.installed-lock
    { have node && have npm; } || fail "Node.js with npm is missing: install Node.js 20 or later, then try again."
    found=$(node --version)
    at_least 20 "${found#v}" || fail "Node.js 20 or later is needed and this is ${found#v}."
    cmp -s package-lock.json "$stamp" && return
    say "installing the npm packages of package-lock.json, under a minute"
    run npm npm ci --no-audit --no-fund --no-update-notifier ||
        fail "the npm packages could not be installed with npm ci (see above and $logs/npm.log)."
    cp package-lock.json "$stamp"
}

need_python() {
    local folder=target/python wanted=(tests/jose/requirements.txt tests/register/requirements.txt)
    cat "${wanted[@]}" | cmp -s - "$folder/.installed" && return
    have python3 || install_debian Python "under a minute" python3 python3-venv
    python3 -c 'import ensurepip, venv' 2>/dev/null || install_debian python3-venv "under a minute" python3-venv
    say "installing the Python packages of tests/*/requirements.txt, about a minute"
    rm -rf "$folder"
    run python-venv python3 -m venv "$folder" || fail "python3 -m venv failed (see above)."
    run python "$folder/bin/pip" install --disable-pip-version-check --only-binary :all: --require-hashes "${wanted[@]/#/-r}" ||
        fail "the packages of ${wanted[*]} could not be installed (see above and $logs/python.log)."
    cat "${wanted[@]}" >"$folder/.installed"
}

need_spark() {
    local wanted=scripts/scale/requirements.txt folder=target/scale
    have java || install_debian Java "about a minute" openjdk-17-jre-headless
    cmp -s "$wanted" "$folder/.installed" && return
    have python3 || install_debian Python "under a minute" python3 python3-venv
    python3 -c 'import ensurepip, venv' 2>/dev/null || install_debian python3-venv "under a minute" python3-venv
    say "installing Apache Spark and DuckDB ($wanted), 500 MB, about 3 minutes"
    rm -rf "$folder"
    run spark-venv python3 -m venv "$folder" || fail "python3 -m venv failed (see above)."
    run spark "$folder/bin/pip" install --disable-pip-version-check -r "$wanted" ||
        fail "the packages of $wanted could not be installed (see above and $logs/spark.log)."
    cp "$wanted" "$folder/.installed"
}

need_browser() {
    have chromium && have chromedriver && return
    install_debian Chromium "about 2 minutes" chromium chromium-driver
    { have chromium && have chromedriver; } || fail "chromium or chromedriver is still not in PATH after apt-get installed them."
}

need_firefox() {
    have firefox-esr || install_debian Firefox "about 2 minutes" firefox-esr
    have firefox-esr || fail "firefox-esr is still not in PATH after apt-get installed it."
    install_crate geckodriver 0.37.1 "about 2 minutes on two cores" geckodriver --locked
}

need_webkit() {
    have WebKitWebDriver && have Xvfb && return
    install_debian WebKit "about 2 minutes" webkit2gtk-driver xvfb
    { have WebKitWebDriver && have Xvfb; } || fail "WebKitWebDriver or Xvfb is still not in PATH after apt-get installed them."
}

need_zbar() {
    have zbarimg && return
    install_debian zbarimg "under a minute" zbar-tools
    have zbarimg || fail "zbarimg is still not in PATH after apt-get installed zbar-tools."
}

need_poppler() {
    have pdftoppm && have pdftotext && [ -d /usr/share/fonts/truetype/liberation ] && return
    install_debian poppler "under a minute" poppler-utils fonts-liberation # metrics of Times New Roman
    { have pdftoppm && have pdftotext; } || fail "pdftoppm or pdftotext is still not in PATH after apt-get installed poppler-utils."
}

need_fuzz() {
    if ! cargo +nightly --version >/dev/null 2>&1; then
        have rustup || fail "a nightly Rust is missing, and there is no rustup here to add it with."
        say "adding a nightly Rust toolchain, about a minute"
        run nightly rustup toolchain install nightly --profile minimal || fail "the nightly toolchain could not be added with rustup (see above)."
    fi
    install_crate cargo-fuzz 0.13.2 "about a minute" cargo-fuzz --locked
}

for what in "$@"; do
    case $what in
    rust | lint | wasm | crates | trunk | wasm-bindgen | wasm-split | npm | python | spark | browser | firefox | webkit | zbar | poppler | fuzz) "need_${what//-/_}" ;;
    *) fail "nothing here is called $what; see the head of scripts/setup.sh." ;;
    esac
done
finish_builds
