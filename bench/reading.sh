#!/usr/bin/env bash
# Measures how fast messages are read: in the benchmark, by the whole command, and beside Rspamd in the same run.
set -u

usage() {
  cat <<'END'
usage: bench/reading.sh [--mbox] [--part PART] [CORPUS]

  CORPUS       a folder with bounces/*.eml and ordinary/*.eml; without it, messages that the benchmark makes
  --part PART  only benchmark, command, rspamd or mbox
  --mbox       also read an mbox of 2 GB with a heap of 256 MB; needs 2 GB in ${TMPDIR:-/tmp}
  -h, --help   this help

Needs a built tree (mvn -DskipTests package) and a JDK 25 (JAVA_HOME, or the first in /usr/lib/jvm). What is measured is bound
to one core. To compare with Rspamd it must be installed (Debian, Ubuntu: apt-get install rspamd; neither Redis nor DNS is
needed, and no running service is touched): one worker on loopback that ends with the script, once with its rule for bounces
alone and once with all rules of the package that ask nobody else.
END
}

parts="benchmark command rspamd"
mail=generated
while [ $# -gt 0 ]; do
  case $1 in
    -h | --help) usage && exit 0 ;;
    --mbox) parts="$parts mbox" ;;
    --part) parts=${2:?--part needs a name} && shift ;;
    -*) usage >&2 && exit 64 ;;
    *) mail=$(cd -P "$1" && pwd) || exit 66 ;;
  esac
  shift
done

root=$(cd -P "$(dirname "$0")/.." && pwd)
cd "$root" || exit 66
java_home=${JAVA_HOME:-$(for home in /usr/lib/jvm/*25*; do echo "$home" && break; done)}
classes="bench/target/classes:bench/target/lib/*"
[ -d bench/target/lib ] || { echo "not built:  mvn -DskipTests package" >&2 && exit 69; }
core=$(($(nproc) - 1))
work=$(mktemp -d "${TMPDIR:-/tmp}/backstop-reading.XXXXXX")
rspamd=
trap '[ -z "$rspamd" ] || kill "$rspamd" 2>/dev/null; wait; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

title() { printf '\n== %s (load %s)\n' "$1" "$(cut -d ' ' -f 1-3 /proc/loadavg)"; }

run_java() { taskset -c "$core" "$java_home/bin/java" -XX:+UseSerialGC "$@"; }

# ---- the reader alone ------------------------------------------------------------------------------------------------

benchmark() {
  title "benchmark, $mail: whole = splitting and reading; processor time of the process on one core"
  taskset -c "$core" "$java_home/bin/java" -cp "$classes" org.openjdk.jmh.Main ReadingBenchmark -p mail="$mail" \
    -f 1 -wi 12 -w 2 -i 5 -r 2 -prof gc -prof dev.backstop.bench.ProcessorTime -jvmArgs '-XX:+UseSerialGC -Xmx512m' \
    >"$work/jmh" 2>&1 || { tail -n 20 "$work/jmh" >&2 && return 1; }
  awk '/^ReadingBenchmark/ && $1 ~ /:cpu/ { sub(/.*\./, "", $1); sub(/:.*/, "", $1); cpu[$1 " " $2] = $6; error[$1 " " $2] = $8 }
    /^ReadingBenchmark/ && $1 ~ /alloc.rate.norm/ { sub(/.*k\./, "", $1); sub(/:.*/, "", $1); bytes[$1 " " $2] = $6 }
    END { for (what in cpu) printf "%-18s %7.2f ± %.2f us  %7.0f a second  %6.0f bytes allocated\n",
      what, cpu[what], error[what], 1e6 / cpu[what], bytes[what] }' "$work/jmh" | sort
}

# ---- the whole command ------------------------------------------------------------------------------------------------

# measured COMMAND…: runs it and prints wall, processor time and the most memory
measured() {
  local pid start end before memory=0 key value used
  children before
  start=$EPOCHREALTIME
  "$@" >"$work/out" 2>"$work/err" &
  pid=$!
  while [ -r "/proc/$pid/status" ]; do
    while read -r key value _; do [ "$key" != VmHWM: ] || memory=$value; done <"/proc/$pid/status"
    read -rt 0.02 -u 9
  done 2>/dev/null 9<>"$work/pause"
  wait "$pid" || { tail -n 5 "$work/err" && return 1; }
  end=$EPOCHREALTIME
  children used
  awk -v wall="$start $end" -v cpu="$before $used" -v memory="$memory" 'BEGIN {
    split(wall, w, " "); split(cpu, c, " ")
    printf "%.2f s wall, %.2f s processor, %.0f MB at most\n", w[2] - w[1], c[2] - c[1], memory / 1024 }'
}

# children VARIABLE: seconds of processor that ended children of this shell have used
children() {
  times >"$work/times"
  printf -v "$1" %s "$(awk 'NR == 2 { gsub(/[ms]/, " "); print $1 * 60 + $2 + $3 * 60 + $4 }' "$work/times")"
}

# files NUMBER FOLDER: so many messages
files() {
  local left=$1 round=0
  mkdir -p "$2"
  if [ "$mail" = generated ]; then
    run_java -cp "$classes" dev.backstop.bench.GeneratedMail "$2" $(($1 / 2))
    return
  fi
  while [ "$left" -gt 0 ]; do
    mkdir "$2/$round"
    (cd "$mail" && find . -type f -name '*.eml' -print0 | sort -z | head -z -n "$left" | xargs -0 cp --parents -t "$2/$round")
    [ -n "$(find "$2/$round" -name '*.eml' -print -quit)" ] || { echo "no *.eml in $mail" >&2 && return 1; }
    left=$(($1 - $(find "$2" -name '*.eml' | wc -l))) round=$((round + 1))
  done
}

command_line() {
  files 6000 "$work/files" || return 1
  title "backstop check --json of $(find "$work/files" -name '*.eml' | wc -l) files, $(du -sb "$work/files" | cut -f 1) bytes, start and all"
  for _ in 1 2 3; do measured ./backstop check --json "$work/files"; done
  echo "one core:"
  for _ in 1 2 3; do measured taskset -c "$core" ./backstop check --json "$work/files"; done
  wc -l <"$work/out" | sed 's/$/ answers/'
}

mbox() {
  files 3000 "$work/some" || return 1
  find "$work/some" -name '*.eml' -print0 | sort -z | while IFS= read -rd '' file; do
    printf 'From anna@example.com Sun Mar  1 12:00:00 2026\n'
    sed 's/^>*From />&/' "$file"
    printf '\n'
  done >"$work/once"
  local once copies
  once=$(stat -c %s "$work/once")
  copies=$(((2000000000 + once - 1) / once))
  for _ in $(seq $copies); do cat "$work/once"; done >"$work/mbox"
  title "backstop check --summary of an mbox of $(stat -c %s "$work/mbox") bytes, $((copies * 3000)) messages, heap 256 MB"
  BACKSTOP_JAVA_OPTS=-Xmx256m measured ./backstop check --no-progress --summary "$work/mbox"
  head -n 1 "$work/out"
  rm -f "$work/mbox"
}

# ---- Rspamd -----------------------------------------------------------------------------------------------------------

# Its own rule for bounces and no other; no names are looked up, since nothing asks for one.
rule_alone() {
  cat >"$1/rspamd.conf" <<'END'
lua = "$LOCAL_CONFDIR/rule.lua";
options {
  pidfile = "$RUNDIR/rspamd.pid";
  filters = "regexp";
  url_tld = "${SHAREDIR}/effective_tld_names.dat";
  cache_file = "$DBDIR/symbols.cache";
  hs_cache_dir = "${DBDIR}/";
  control_socket = "$DBDIR/rspamd.sock mode=0600";
  dns { nameserver = ["127.0.0.1:9"]; }
}
logging { type = "file"; filename = "$LOGDIR/rspamd.log"; level = "notice"; }
worker "normal" { bind_socket = "127.0.0.1:18894"; count = 1; }
modules { path = "$LOCAL_CONFDIR/none/"; }
END
  cat >"$1/rule.lua" <<'END'
require "global_functions" ()
config['regexp'] = {}
rspamd_maps = {}
dofile(rspamd_paths['RULESDIR'] .. '/bounce.lua')
END
}

# The package's configuration without what asks DNS, Redis or other servers.
all_rules() {
  cp /etc/rspamd/rspamd.conf "$1/rspamd.conf"
  mkdir -p "$1/override.d"
  for module in antivirus arc asn bimi clickhouse dcc dkim dkim_signing dmarc elastic external_services fuzzy_check greylist \
    history_redis hfilter metadata_exporter metric_exporter milter_headers mx_check neural once_received p0f phishing ratelimit rbl replies reputation \
    rspamd_update spf surbl url_redirector whitelist; do
    echo 'enabled = false;' >"$1/override.d/$module.conf"
  done
  printf 'bind_socket = "127.0.0.1:18894";\ncount = 1;\n' >"$1/override.d/worker-normal.inc"
  for worker in controller proxy fuzzy; do printf 'enabled = false;\ncount = -1;\n' >"$1/override.d/worker-$worker.inc"; done
  printf 'level = "notice";\n' >"$1/override.d/logging.inc"
  printf 'filters = "chartable,regexp";\ndns { nameserver = ["127.0.0.1:9"]; }\n' >"$1/override.d/options.inc"
}

# with_rspamd LABEL CONFIGURATION
with_rspamd() {
  local folder=$work/$2 worker
  mkdir -p "$folder/none" "$folder/db" "$folder/run" "$folder/log"
  "$2" "$folder"
  taskset -c "$core" rspamd -f -i -c "$folder/rspamd.conf" --var=LOCAL_CONFDIR="$folder" --var=DBDIR="$folder/db" \
    --var=RUNDIR="$folder/run" --var=LOGDIR="$folder/log" >"$folder/out" 2>&1 &
  rspamd=$!
  if worker=$(rspamd_worker); then
    title "Rspamd $(rspamd --version | grep -o '[0-9.]*$'), $1"
    "$java_home/bin/java" -XX:+UseSerialGC -cp "$classes" dev.backstop.bench.RspamdLoad 18894 "$worker" 8 "$mail"
  else
    tail -n 5 "$folder/out" "$folder/log/rspamd.log" >&2
  fi
  kill "$rspamd" 2>/dev/null
  wait "$rspamd" 2>/dev/null
  rspamd=
}

# Process of the worker, after its expressions were compiled and loaded.
rspamd_worker() {
  local worker
  for _ in $(seq 60); do
    sleep 1
    worker=$(pgrep -P "$rspamd" -f 'normal process')
    if [ -n "$worker" ] && (exec 3<>/dev/tcp/127.0.0.1/18894) 2>/dev/null && [ "$(busy)" -eq 0 ]; then
      echo "$worker"
      return
    fi
  done
  echo "Rspamd does not start" >&2
  return 1
}

# Ticks that the helper, which compiles the expressions, uses in two seconds.
busy() {
  local helper before
  helper=$(pgrep -P "$rspamd" -f hs_helper) || { echo 1 && return; }
  before=$(ticks "$helper")
  sleep 2
  echo $(($(ticks "$helper") - before))
}

ticks() { sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'; }

beside_rspamd() {
  if ! command -v rspamd >/dev/null; then
    printf '\n== Rspamd is not installed:  apt-get install rspamd\n'
    return
  fi
  with_rspamd "its rule for bounces alone" rule_alone
  with_rspamd "all rules that ask nobody else" all_rules
}

mkfifo "$work/pause"
for part in $parts; do
  case $part in
    benchmark) benchmark ;;
    command) command_line ;;
    rspamd) beside_rspamd ;;
    mbox) mbox ;;
    *) usage >&2 && exit 64 ;;
  esac
done
