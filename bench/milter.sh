#!/usr/bin/env bash
# Measures the milter of a built tree with a neutral client, beside a bare milter and OpenDKIM in the same run.
#
#   bench/milter.sh MilterLoad.java [messages]
#
# MilterLoad.java stands for a client that speaks the mail server's side and prints one JSON object a run. Needs a JDK 25
# (JAVA_HOME, or the first in /usr/lib/jvm) and, to compare, OpenDKIM. Everything listens on loopback and ends with the script.
set -u

load=${1:?usage: bench/milter.sh MilterLoad.java [messages]}
messages=${2:-20000}
root=$(cd -P "$(dirname "$0")/.." && pwd)
java_home=${JAVA_HOME:-$(for home in /usr/lib/jvm/*25*; do echo "$home" && break; done)}
work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$work"' EXIT

# listens PORT: waits until something does, for ten seconds at most
listens() {
  for _ in $(seq 100); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0
    sleep 0.1
  done
  echo "nothing listens on port $1" >&2
  return 1
}

# measure LABEL PORT PID OPTION…: warms up, then the figures that matter
measure() {
  local label=$1 port=$2 pid=$3
  shift 3
  "$java_home/bin/java" "$load" --port "$port" --pid "$pid" --messages "$messages" --warmup "$messages" --label "$label" "$@" |
    sed -E 's/"(setup_ms|sessions|per_connection|negotiated|MB_sent|misc|server_hwm_kB|client_cpu[a-z_]*)": ("[^"]*"|\{[^}]*\}|[0-9.]+),? ?//g'
}

# all NAME PORT PID
all() {
  measure "$1: outbound 4 kB, 8 connections" "$2" "$3" --mode outbound --connections 8
  measure "$1: outbound 4 kB, 50 connections" "$2" "$3" --mode outbound --connections 50
  measure "$1: outbound 4 kB, 50 connections, 1000/s" "$2" "$3" --mode outbound --connections 50 --rate 1000
  measure "$1: bounce of 5 kB" "$2" "$3" --connections 8 --eml "$work/bounce" --from '<>'
  measure "$1: bounce of 5 kB, own sender" "$2" "$3" --connections 8 --eml "$work/bounce" --from away@example.net
}

# A bounce as Postfix makes them, of 5 kB.
mkdir "$work/bounce"
{
  printf '%s\r\n' 'From: MAILER-DAEMON@mx.example.net' 'To: user@ours.test' 'Subject: Undelivered Mail Returned to Sender' \
    'Auto-Submitted: auto-replied' 'Message-ID: <b@mx.example.net>' 'MIME-Version: 1.0' \
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b/mx"' '' '--b/mx' 'Content-Type: text/plain' '' \
    'This is the mail system at host mx.example.net.' '' '<bob@example.net>: 550 5.1.1 User unknown' '' '--b/mx' \
    'Content-Type: message/delivery-status' '' 'Reporting-MTA: dns; mx.example.net' '' 'Final-Recipient: rfc822; bob@example.net' \
    'Action: failed' 'Status: 5.1.1' 'Diagnostic-Code: smtp; 550 5.1.1 User unknown' '' '--b/mx' 'Content-Type: message/rfc822' '' \
    'From: Anna <anna@ours.test>' 'To: bob@example.net' 'Subject: Minutes' 'Message-ID: <1@ours.test>' ''
  for _ in $(seq 70); do printf '%s\r\n' 'Nobody wrote anything of note in this line of text.'; done
  printf '%s\r\n' '' '--b/mx--'
} >"$work/bounce/1.eml"

# mode observe, so that the bounces are read to their end
printf 'domains = ["ours.test"]\nmilter.listen = ["127.0.0.1:18891"]\ntable.listen = []\nweb.listen = []\n' >"$work/backstop.toml"
"$root/backstop" serve --config "$work/backstop.toml" >"$work/log" 2>&1 &
backstop=$!
listens 18891 || exit 1
all Backstop 18891 "$backstop"
measure "Backstop: 1,000 idle connections" 18891 "$backstop" --mode outbound --connections 8 --idle 1000
measure "Backstop: 5,000 idle connections" 18891 "$backstop" --mode outbound --connections 8 --idle 5000

if [ -d "$root/edge/target/test-classes" ]; then
  "$java_home/bin/java" -XX:+UseSerialGC -cp "$root/edge/target/test-classes:$root/cli/target/backstop/lib/*" \
    dev.backstop.edge.milter.BareMilter 127.0.0.1:18892 >/dev/null 2>&1 &
  bare=$!
  listens 18892 && measure "bare milter: outbound 4 kB, 8 connections" 18892 "$bare" --mode outbound --connections 8
fi

if command -v opendkim >/dev/null; then
  openssl genrsa -out "$work/key" 2048 2>/dev/null && chmod 600 "$work/key"
  printf 'Domain ours.test\nSelector sel\nKeyFile %s\nSocket inet:18893@127.0.0.1\nMode s\nInternalHosts 127.0.0.1\nRequireSafeKeys false\n' "$work/key" >"$work/opendkim.conf"
  opendkim -f -x "$work/opendkim.conf" >/dev/null 2>&1 &
  opendkim=$!
  listens 18893 && measure "OpenDKIM signing: outbound 4 kB, 8 connections" 18893 "$opendkim" --mode outbound --connections 8
fi
