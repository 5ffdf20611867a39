#!/usr/bin/env bash
# Peak memory and throughput of a run over a small and a large made-up corpus (Linux).
#
#   scripts/memory.sh [KIND] [SMALL_MB] [LARGE_MB]      html 100 1000 unless given; KIND: html, text, mixed
#
# Memory must not grow with the input: the ratio of the two peaks has to be at most 1.5. The runs that are
# held to it look for no duplicates; what the index of paragraphs adds is shown beside it.
set -euo pipefail
cd "$(dirname "$0")/.."

kind=${1:-html}
small=${2:-100}
large=${3:-1000}
limit=1.5

cargo build --quiet --release --bin gleaner --example make_corpus
temp=$(mktemp -d)
trap 'rm -rf "$temp"' EXIT

# run MB THREADS DUPLICATES: prints "peak_kB cpu_seconds wall_seconds"
run() {
    local peak=0 now pid times
    TIMEFORMAT='%U %S %R'
    {
        time {
            target/release/gleaner run "$temp/$1" --output "$temp/out.jsonl" --threads "$2" \
                --duplicates "$3" --quiet &
            pid=$!
            # The mark only ever rises, so the last reading before the end is the peak.
            while now=$(awk '/^VmHWM/ { print $2 }' "/proc/$pid/status" 2>/dev/null) && [ -n "$now" ]; do
                peak=$now
                echo "$peak" >"$temp/peak"
                sleep 0.05
            done
            wait "$pid"
        }
    } 2>"$temp/times"
    times=$(tail -n 1 "$temp/times")
    awk -v peak="$(cat "$temp/peak")" '{ print peak, $1 + $2, $3 }' <<<"$times"
}

for size in "$small" "$large"; do
    target/release/examples/make_corpus "$size" "$kind" "$temp/$size"
done

printf '%-28s %10s %10s %12s %12s\n' "$kind" "peak MB" "CPU s" "MB/s of CPU" "MB/s of wall"
declare -A peaks
for duplicates in keep drop; do
    for threads in 1 2; do
        for size in "$small" "$large"; do
            read -r peak cpu wall < <(run "$size" "$threads" "$duplicates")
            peaks[$duplicates,$threads,$size]=$peak
            awk -v name="$size MB, $threads threads, $duplicates" -v size="$size" -v peak="$peak" -v cpu="$cpu" \
                -v wall="$wall" 'BEGIN { printf "%-28s %10.1f %10.2f %12.1f %12.1f\n",
                name, peak / 1024, cpu, size / cpu, size / wall }'
        done
    done
done

failed=0
for duplicates in keep drop; do
    for threads in 1 2; do
        awk -v a="${peaks[$duplicates,$threads,$small]}" -v b="${peaks[$duplicates,$threads,$large]}" \
            -v name="$threads threads, $duplicates" -v limit="$limit" \
            'BEGIN { printf "ratio, %s: %.2f\n", name, b / a; exit b / a > limit }' ||
            { [ "$duplicates" = drop ] || failed=1; }
    done
done
[ "$failed" = 0 ] || { echo "memory grows with the input: the ratio is over $limit" >&2; exit 1; }
