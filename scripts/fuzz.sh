#!/usr/bin/env bash
# Fuzzes the readers of hostile files: scripts/fuzz.sh [SECONDS [TARGET...]]
#
# SECONDS (60) for each of the targets of fuzz/ (all of them). Begins with the files that the tests replay. A finding ends
# the run with status 1 and leaves the file in fuzz/artifacts/. Needs a nightly toolchain, for the fuzzer's own flags.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"

seconds=${1:-60}
shift || true
targets=("$@")
[ $# -gt 0 ] || mapfile -t targets < <(sed -n 's/^name = "\([a-z]*\)"$/\1/p' fuzz/Cargo.toml)

scripts/setup.sh fuzz
vectors=tests/suite/vectors
for target in "${targets[@]}"; do
    corpus=target/fuzz/$target
    mkdir -p "$corpus"
    # every file of the tests, whatever it is: each reader meets the others' files too
    find "$vectors" packs fuzz/seeds tests/suite/cmd/data -type f -size -64k 2>/dev/null | while read -r file; do
        cp "$file" "$corpus/seed-$(sha256sum "$file" | cut -c1-16)"
    done
    log=target/fuzz/$target.log
    if ! CARGO_TARGET_DIR=target/fuzz/build cargo +nightly fuzz run --fuzz-dir fuzz "$target" "$corpus" -- \
        -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=65536 -print_final_stats=1 >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        printf 'fuzz %s: a finding, see above and %s\n' "$target" "$log" >&2
        exit 1
    fi
    runs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    printf 'fuzz %s: %s runs in %s s, no finding\n' "$target" "${runs:-?}" "$seconds"
done
