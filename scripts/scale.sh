#!/usr/bin/env bash
# Receives COUNT samples with faults by the tool alone, by DuckDB and by a local Spark cluster of two workers, and compares
# every row. What is made is in target/scale-run.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
count=${COUNT:-20000} parts=${PARTS:-8}
tool=$(realpath "${BONTOT:-target/release/bontot}")
python=$PWD/target/scale/bin/python
here=$PWD/scripts/scale
day=2027-02-01

rm -rf target/scale-run
mkdir -p target/scale-run
cd target/scale-run
say() { printf '\n%s\n' "$*"; }
timed() {
    local from=$SECONDS
    "$@"
    echo "($((SECONDS - from)) s)"
}

say "$count samples"
"$tool" sample --pack nghe-an-2024 --count "$count" --seed "${SEED:-1}" --faults all=1% --out files
trust=()
for list in files-trust-*.json; do trust+=(--trust "$PWD/$list"); done
"$python" "$here/ndjson.py" files "$parts" parts

say "bontot register"
status=0
timed "$tool" register files "${trust[@]}" --received $day --out register.ndjson || status=$?
[ -s register.ndjson ] || exit "$status" # 1 says that some of the samples have faults, as they are to

say "DuckDB"
timed "$python" "$here/duckdb_job.py" parts duckdb.parquet "$tool" "${trust[@]}" --received $day

say "Spark"
timed "$python" "$here/spark_job.py" "$PWD/parts" "$PWD/spark.parquet" "$tool" "${trust[@]}" --received $day 2>spark.log ||
    { tail -n 20 spark.log >&2; exit 1; }

say "every row"
"$python" "$here/compare.py" register.ndjson duckdb.parquet spark.parquet
