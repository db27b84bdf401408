#!/bin/sh
# Runs all tests of learning (JUnit's tag "learning") under several seeds, numbers of threads and
# kernels of OpenBLAS, and prints a table of what passed. Needs what the build needs: JDK 17, Maven.
#
#   scripts/test-learning.sh                        each kernel and each number of threads, two seeds
#   scripts/test-learning.sh -c Haswell -t "" -s "1 2 3"
#
#   -s "42 7"     seeds (-Drecurrentzoo.test.seed)
#   -t "1 2 3"    numbers of threads (-Drecurrentzoo.threads), with the kernels that OpenBLAS chooses
#   -c "Haswell"  OPENBLAS_CORETYPE, with as many threads as there are cores (Linux on x86-64)
#
# Logs and figures are left in target/learning. The exit code is 1 if a test failed.
set -u
cd "$(dirname "$0")/.." || exit 2

seeds="42 7"
threads="1 2 3"
cores="Haswell SkylakeX Zen Sandybridge"
modules="custom-layers,zoo,datasets,examples,cli"
while getopts s:t:c: option; do
  case $option in
    s) seeds=$OPTARG ;;
    t) threads=$OPTARG ;;
    c) cores=$OPTARG ;;
    *) sed -n '2,13s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
done

# OpenBLAS takes the kernels that it is told to take, also where the processor lacks an instruction.
runs_here() {
  [ "$(uname -s)" = Linux ] && [ "$(uname -m)" = x86_64 ] || return 1
  case $1 in
    SkylakeX | Cooperlake) grep -q avx512vl /proc/cpuinfo ;;
    Haswell | Zen) grep -q avx2 /proc/cpuinfo ;;
    Sandybridge) grep -qw avx /proc/cpuinfo ;;
    *) true ;;
  esac
}

work=$PWD/target/learning
rm -rf "$work"
mkdir -p "$work"
failed=0

# run CORE THREADS SEED, where "-" is what is chosen without being told
run() {
  name=$1-threads$2-seed$3
  for module in $(echo "$modules" | tr , ' '); do rm -rf "$module/target/surefire-reports"; done
  set -- "$1" "$2" "$3" "$(date +%s)"
  (
    if [ "$1" = - ]; then unset OPENBLAS_CORETYPE; else export OPENBLAS_CORETYPE="$1"; fi
    set -- "$2" -Drecurrentzoo.test.seed="$3" -Drecurrentzoo.test.figures="$work/figures.tsv"
    if [ "$1" != - ]; then set -- "$@" -Drecurrentzoo.threads="$1"; fi
    shift
    mvn -B -ntp -q test -pl "$modules" -am -Dgroups=learning -Dmaven.test.failure.ignore=true "$@"
  ) > "$work/$name.log" 2>&1
  status=$?
  counts=$(cat $(echo "$modules" | tr , '\n' | sed 's|$|/target/surefire-reports/TEST-*.xml|') 2> /dev/null |
    awk '/<testcase /{n++} /<(failure|error)[ >]/{f++} END {printf "%d %d", n, f}')
  bad=${counts#* }
  [ $status = 0 ] && [ "${counts% *}" != 0 ] || bad="$bad (Maven stopped)"
  [ "$bad" = 0 ] || failed=1
  printf '%-12s %7s %5s %6s %7s %8s\n' "$1" "$2" "$3" "${counts% *}" "$bad" $(($(date +%s) - $4))
  [ "$bad" = 0 ] || grep '^\[ERROR\]   ' "$work/$name.log" | cut -c1-200
}

printf '%-12s %7s %5s %6s %7s %8s\n' kernels threads seed tests failed seconds
for seed in $seeds; do
  for core in $cores; do
    if runs_here "$core"; then
      run "$core" - "$seed"
    else
      printf '%-12s %7s %5s   this processor or system does not have them\n' "$core" - "$seed"
    fi
  done
  for count in $threads; do run - "$count" "$seed"; done
done

if [ -s "$work/figures.tsv" ]; then
  printf '\nWorst figures of the tests of the zoo:\n'
  awk -F '\t' '
    { key = $1 "\t" $2 "\t" $3 }
    !(key in worst) || ($2 == "<" ? $4 > worst[key] : $4 < worst[key]) { worst[key] = $4 + 0 }
    END { for (key in worst) { split(key, k, "\t"); printf "%-50s %8.4g  (%s %s)\n", k[1], worst[key], k[2], k[3] } }
  ' "$work/figures.tsv" | sort
fi
exit $failed
