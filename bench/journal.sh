#!/usr/bin/env bash
# Measures a journal at scale: size, insert rate, questions and expiry while mail goes on.
set -u

usage() {
  cat <<'END'
usage: bench/journal.sh [ROWS [DAYS]]

  ROWS        of the journal, 1000000 when not given; 50 million need 8 GB and hours
  DAYS        that they are of, 1 to 30, 30 when not given: what a row costs depends on how many a day has, so that
              1700000 rows of one day show in minutes how 50 million of thirty days are written and expire
  -h, --help  this help

Writes below ${TMPDIR:-/tmp}, on the disk that is to be measured, and deletes it at the end. Needs a built tree
(mvn -DskipTests package) and a JDK 25 (JAVA_HOME, or the first in /usr/lib/jvm). Prints the rows of a table.
END
}

case ${1:-1000000} in
  -h | --help) usage && exit 0 ;;
  *[!0-9]* | '') usage >&2 && exit 64 ;;
esac
rows=${1:-1000000}
days=${2:-30}

root=$(cd -P "$(dirname "$0")/.." && pwd)
java_home=${JAVA_HOME:-$(for home in /usr/lib/jvm/*25*; do echo "$home" && break; done)}
[ -d "$root/bench/target/lib" ] || { echo "not built:  mvn -DskipTests package" >&2 && exit 69; }
work=$(mktemp -d "${TMPDIR:-/tmp}/backstop-journal.XXXXXX") || exit 73
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

echo "$rows rows of $days days, $(nproc) cores, load $(cut -d ' ' -f 1-3 /proc/loadavg), $(df -Ph "$work" | awk 'NR == 2 { print $4 }') free"
"$java_home/bin/java" -Xmx1g --enable-native-access=ALL-UNNAMED -cp "$root/bench/target/classes:$root/bench/target/lib/*" \
  dev.backstop.bench.JournalAtScale "$work/data" "$rows" "$days"
