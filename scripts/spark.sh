#!/usr/bin/env bash
# Compares the job for clusters with the command: byte for byte, on Sail, and on Spark with two executors of which one
# is killed in the middle. Makes up 20,000 documents with repeats across all files.
#
#     scripts/spark.sh [DOCUMENTS]
#
# Needs Java 17 and Python 3.11; installs the rest into target/spark/env, or an environment that GLEANER_SPARK_ENV names.
# GLEANER_WHEEL names a wheel that is built already. Takes some minutes.
set -euo pipefail
cd "$(dirname "$0")/.."

documents=${1:-20000}
root="$PWD/target/spark"
env="${GLEANER_SPARK_ENV:-$root/env}"
work="$root/work"
mkdir -p "$root"
[ -x "$env/bin/pip" ] || python3 -m venv "$env"
if [ -z "${GLEANER_WHEEL:-}" ]; then
    "$env/bin/pip" install --quiet maturin
    CARGO_TARGET_DIR="$PWD/target" "$env/bin/maturin" build --quiet --release --locked \
        --manifest-path python/Cargo.toml --out "$root/wheels"
    GLEANER_WHEEL=$(ls -t "$root"/wheels/gleaner-*.whl | head -1)
fi
"$env/bin/pip" install --quiet "pyspark~=4.2.0" pyarrow pandas pysail grpcio grpcio-status googleapis-common-protos zstandard
"$env/bin/pip" install --quiet --force-reinstall --no-deps "$GLEANER_WHEEL"

rm -rf "$work"
mkdir -p "$work"
"$env/bin/python" python/tests/corpus.py "$work/corpus" "$documents"
cd "$work"

say() { printf '%-12s %s\n' "$1" "$2"; }

# What a job wrote is what the command wrote; the report too, but for the seconds.
same() {
    for file in out.jsonl out.removed.jsonl out.manifest.json; do
        cmp "one/$file" "$1/$file"
    done
    "$env/bin/python" - "one/out.report.json" "$1/out.report.json" <<'PY'
import json, sys
reports = [json.load(open(path)) for path in sys.argv[1:]]
for report in reports:
    for stage in report["stages"].values():
        del stage["seconds"]
assert reports[0] == reports[1]
PY
    say "$1" "the same bytes ($2 s)"
}

mkdir one two sail spark
"$env/bin/gleaner" run corpus --output one/out.jsonl --threads 1 --quiet || [ $? = 1 ]
say command "$(wc -l < one/out.jsonl) records"
SECONDS=0
"$env/bin/gleaner" run corpus --output two/out.jsonl --threads 2 --quiet || [ $? = 1 ]
same two $SECONDS

SECONDS=0
"$env/bin/python" - <<'PY'
from pysail.spark import SparkConnectServer
from pyspark.sql import SparkSession
import gleaner.spark

server = SparkConnectServer()
server.start(background=True)
spark = SparkSession.builder.remote(f"sc://localhost:{server.listening_address[1]}").getOrCreate()
gleaner.spark.run(spark, ["corpus"], "sail/out.jsonl")
PY
same sail $SECONDS

# An executor is killed as soon as the first task of the job has ended.
export PYSPARK_PYTHON="$env/bin/python"
SPARK_HOME=$("$env/bin/python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
export SPARK_HOME
SECONDS=0
"$env/bin/python" -m gleaner.spark corpus --output spark/out.jsonl --master 'local-cluster[2,1,1024]' 2> spark.log &
job=$!
until compgen -G 'spark/out.jsonl.work/cleaned/_temporary/0/task_*' > /dev/null; do
    kill -0 $job 2> /dev/null || { cat spark.log; exit 1; }
    sleep 0.2
done
# One of this job: the driver is a child of it, and executors are children of the driver.
executor=$(pgrep -P "$(pgrep -P $job -f SparkSubmit)" -f CoarseGrainedExecutorBackend | head -1)
kill -9 "$executor"
say spark "killed executor $executor"
wait $job || [ $? = 1 ] || { cat spark.log; exit 1; }
same spark $SECONDS
