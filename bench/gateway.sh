#!/usr/bin/env bash
# Measures the gateway of a built tree with a neutral client, beside no proxy at all, HAProxy in TCP mode and Postfix's smtpd_proxy_filter
# in the same run, all before smtp-sink.
#
#   SMTPLOAD=SmtpLoad.java bench/gateway.sh [rounds]
#
#   SMTPLOAD   a client that takes --target, --connections, --total, --warmup, --size, --idle … and prints one JSON object a run; needed
#   SCALE      of the number of messages, in percent, default 100
#   HAPROXY    the program, default "haproxy" of the path or of it/gateway/unpack.sh; without one it is left out
#   ONLY       of the targets, default "direct haproxy postfix gateway outgoing"
#
# CPU is that of the target from /proc, in ms a message; the median of the rounds, which are interleaved. Root, for Postfix. Everything
# listens on loopback and ends with the script.
set -u

rounds=${1:-3}
load=${SMTPLOAD:?SMTPLOAD names the client, see the head of this file}
scale=${SCALE:-100}
root=$(cd -P "$(dirname "$0")/.." && pwd)
java_home=${JAVA_HOME:-$(for home in /usr/lib/jvm/*25*; do echo "$home" && break; done)}
work=$(mktemp -d)
chmod 755 "$work"
ulimit -n 65536 2>/dev/null || ulimit -n "$(ulimit -Hn)"

end() {
  # shellcheck disable=SC2046 # several
  kill $(jobs -p) 2>/dev/null
  [ ! -d "$work/postfix/conf" ] || postfix -c "$work/postfix/conf" stop 2>/dev/null
  rm -rf "$work"
}
trap end EXIT

sink=19826 gateway=19825 proxy=19827 postfix=19828
ours=127.0.0.5 # the address of a client of ours

# ---- the targets -----------------------------------------------------------------------------------------------------

listens() { # PORT: waits until something does, for twenty seconds at most
  for _ in $(seq 200); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0
    sleep 0.1
  done
  echo "nothing listens on port $1" >&2
  return 1
}

start_sink() {
  smtp-sink -u nobody -m 20000 -c "127.0.0.1:$sink" 4096 >/dev/null 2>&1 &
  sink_pid=$!
  listens $sink
}

# Everything is on but what asks name servers; no limit for one client, which here is all of them.
start_gateway() {
  cat >"$work/backstop.toml" <<END
domains = ["sink.test", "ours.test"]
networks = ["$ours/32"]
auth.check = false
milter.listen = []
table.listen = []
web.listen = []
[gateway]
listen = ["127.0.0.1:$gateway"]
next-hop = ["127.0.0.1:$sink"]
max-connections = 20000
max-connections-per-client = 0
max-connection-rate = 0
max-message-rate = 0
max-refusal-rate = 0
END
  "$root/backstop" serve --config "$work/backstop.toml" --data "$work/data" >"$work/log" 2>&1 &
  gateway_pid=$!
  listens $gateway
}

start_haproxy() {
  local program=${HAPROXY:-$(command -v haproxy)} unpacked=${UNPACKED:-${XDG_CACHE_HOME:-$HOME/.cache}/backstop-it}/haproxy
  if [ -z "$program" ] && [ -e "$unpacked/.complete" ]; then
    program=$unpacked/usr/sbin/haproxy
    export LD_LIBRARY_PATH=$unpacked/usr/lib/x86_64-linux-gnu
  fi
  [ -n "$program" ] || return 1
  cat >"$work/haproxy.cfg" <<END
global
  maxconn $((($(ulimit -n) - 200) / 2))
  nbthread 2
defaults
  mode tcp
  timeout connect 5s
  timeout client 10m
  timeout server 10m
listen smtp
  bind 127.0.0.1:$proxy
  server sink 127.0.0.1:$sink
END
  "$program" -db -f "$work/haproxy.cfg" >/dev/null 2>&1 &
  haproxy_pid=$!
  unset LD_LIBRARY_PATH
  listens $proxy
}

start_postfix() {
  [ -f /usr/share/postfix/master.cf.dist ] && [ "$(id -u)" = 0 ] || return 1
  local folder=$work/postfix
  mkdir -p "$folder/conf" "$folder/queue" "$folder/data"
  chown postfix "$folder/data"
  sed -E -e '/^#/d' -e 's/^([a-z]\S*\s+\S+\s+\S+\s+\S+\s+)[y-](\s)/\1n\2/' \
    -e "s/^smtp +inet/127.0.0.1:$postfix inet/" /usr/share/postfix/master.cf.dist >"$folder/conf/master.cf"
  cat >"$folder/conf/main.cf" <<END
compatibility_level = 3.6
queue_directory = $folder/queue
data_directory = $folder/data
maillog_file = $folder/log
maillog_file_prefixes = $folder
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
smtp_dns_support_level = disabled
alias_maps =
mydestination =
default_process_limit = 300
smtpd_client_connection_count_limit = 0
smtpd_proxy_filter = 127.0.0.1:$sink
smtpd_peername_lookup = no
END
  postfix -c "$folder/conf" start >/dev/null 2>&1
  listens $postfix
}

# ---- figures ---------------------------------------------------------------------------------------------------------

cpu_of() { # PID…: ms used by these processes and by children that ended
  local pid
  for pid; do
    sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null
  done | awk -v hertz="$(getconf CLK_TCK)" '{ used += $12 + $13 + $14 + $15 } END { printf "%d\n", used * 1000 / hertz }'
}

processes() { # TARGET
  case $1 in
    direct) echo "$sink_pid" ;;
    haproxy) echo "$haproxy_pid" ;;
    gateway | outgoing) echo "$gateway_pid" ;;
    postfix)
      local master
      master=$(tr -d ' ' <"$work/postfix/queue/pid/master.pid")
      echo "$master" "$(pgrep -P "$master" | tr '\n' ' ')"
      ;;
  esac
}

port_of() {
  case $1 in
    direct) echo $sink ;;
    haproxy) echo $proxy ;;
    postfix) echo $postfix ;;
    *) echo $gateway ;;
  esac
}

client() { # TARGET OPTION…
  local target=$1
  shift
  # Mail of ours is tagged and journaled on its way out.
  [ "$target" != outgoing ] || set -- --source $ours --from 's{n}@ours.test' --to 'r{n}@elsewhere.test' "$@"
  "$java_home/bin/java" -cp "$work/client" SmtpLoad --target "127.0.0.1:$(port_of "$target")" "$@"
}

number() { sed -E "s/.*\"$1\":([0-9.]+).*/\1/"; }

# measure TARGET NAME MESSAGES OPTION…: appends "TARGET NAME cpu rate p50 p99 failed" to the results
measure() {
  local target=$1 name=$2 messages=$(($3 * scale / 100)) before after line
  shift 3
  # shellcheck disable=SC2046 # several
  before=$(cpu_of $(processes "$target"))
  line=$(client "$target" --total "$messages" "$@")
  # shellcheck disable=SC2046
  after=$(cpu_of $(processes "$target"))
  printf '%s %s %s %s %s %s %s\n' "$target" "$name" \
    "$(awk -v used=$((after - before)) -v all="$messages" 'BEGIN { printf "%.4f", used / all }')" \
    "$(number msg_per_s <<<"$line")" "$(number p50 <<<"$line")" "$(number p99 <<<"$line")" "$(number failed <<<"$line")" >>"$work/results"
}

round() { # TARGET
  measure "$1" 4kB-1 3000 --connections 1 --size 4000
  measure "$1" 4kB-20 10000 --connections 20 --size 4000
  measure "$1" 4kB-200 10000 --connections 200 --size 4000
  measure "$1" 1MB-20 400 --connections 20 --size 1000000
}

resident() { # TARGET: kB of all its processes
  local pid
  for pid in $(processes "$1"); do
    awk '/^VmRSS/ { print $2 }' "/proc/$pid/status" 2>/dev/null
  done | awk '{ all += $1 } END { print all + 0 }'
}

# A gateway that has just begun: one that was under load has memory to spare, and nothing would be seen to grow.
begin_anew() {
  kill "$gateway_pid"
  wait "$gateway_pid" 2>/dev/null
  start_gateway && client gateway --connections 20 --total 1000 >/dev/null
}

idle() { # TARGET CONNECTIONS
  local before
  [ "$1" != gateway ] || begin_anew
  before=$(resident "$1")
  rm -f "$work/go"
  client "$1" --idle "$2" --idle-stage ehlo --go "$work/go" >"$work/idle" 2>&1 &
  local client_pid=$!
  for _ in $(seq 600); do
    grep -q '"open"' "$work/idle" && break
    sleep 0.2
  done
  sleep 2
  awk -v name="$1" -v grown=$(($(resident "$1") - before)) -v all="$2" -v open="$(number open <"$work/idle" | head -n 1)" \
    'BEGIN { printf "%-10s %d of %d open, %.1f kB each\n", name, open, all, grown / all }'
  touch "$work/go"
  wait $client_pid
}

table() {
  sort -k1,2 "$work/results" | awk '
    function median(list, count,   i, j, t, v) {
      split(list, v, " ")
      for (i = 2; i <= count; i++) for (j = i; j > 1 && v[j - 1] + 0 > v[j] + 0; j--) { t = v[j]; v[j] = v[j - 1]; v[j - 1] = t }
      return v[int((count + 1) / 2)]
    }
    { key = $1 " " $2; if (!(key in count)) order[++keys] = key
      count[key]++; cpu[key] = cpu[key] " " $3; rate[key] = rate[key] " " $4; p50[key] = p50[key] " " $5; p99[key] = p99[key] " " $6; failed[key] += $7 }
    END {
      printf "%-10s %-8s %14s %12s %9s %9s %7s\n", "target", "what", "CPU ms/message", "messages/s", "p50 ms", "p99 ms", "failed"
      for (i = 1; i <= keys; i++) { key = order[i]; split(key, name, " ")
        printf "%-10s %-8s %14s %12s %9s %9s %7d\n", name[1], name[2], median(cpu[key], count[key]), median(rate[key], count[key]), \
          median(p50[key], count[key]), median(p99[key], count[key]), failed[key] } }'
}

# ---- the run ---------------------------------------------------------------------------------------------------------

mkdir "$work/client"
"$java_home/bin/javac" -d "$work/client" "$load" || exit 1
start_sink || exit 1
targets=()
for target in ${ONLY:-direct haproxy postfix gateway outgoing}; do
  case $target in
    haproxy | postfix) "start_$target" || { echo "$target: not here, left out"; continue; } ;;
    gateway | outgoing) [ -n "${gateway_pid:-}" ] || start_gateway || { cat "$work/log" >&2; exit 1; } ;;
  esac
  targets+=("$target")
done

printf 'load %s; %s messages of 4 kB\n' "$(cut -d' ' -f1-3 /proc/loadavg)" "$((10000 * scale / 100))"
for target in "${targets[@]}"; do # warm
  client "$target" --connections 20 --total $((20000 * scale / 100)) --size 4000 >/dev/null
done
for _ in $(seq "$rounds"); do
  for target in "${targets[@]}"; do round "$target"; done
done
table
for target in "${targets[@]}"; do
  # each connection of Postfix is a process
  case $target in direct | postfix | outgoing) continue ;; esac
  idle "$target" 9900
done
printf 'load %s\n' "$(cut -d' ' -f1-3 /proc/loadavg)"
