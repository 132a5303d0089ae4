#!/usr/bin/env bash
# Measures checking and signing through the milter of a built tree, beside OpenDKIM and OpenDMARC in the same run.
#
#   bench/senders.sh MilterLoad.java [messages]
#
# MilterLoad.java stands for a client that speaks the mail server's side and prints one JSON object a run. Needs root (for namespaces of
# its own, where a name server answers for made-up domains), a JDK 25, opendkim, opendmarc, dnsmasq-base and openssl. Everything
# ends with the script.
set -u

load=$(readlink -f "${1:?usage: bench/senders.sh MilterLoad.java [messages]}")
messages=${2:-5000}
root=$(cd -P "$(dirname "$0")/.." && pwd)
java_home=${JAVA_HOME:-$(for home in /usr/lib/jvm/*25*; do echo "$home" && break; done)}

if [ "${SENDERS_INSIDE:-}" != yes ]; then
  SENDERS_INSIDE=yes exec unshare --net --mount --pid --fork --kill-child --mount-proc "$0" "$load" "$messages"
fi

work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$work"' EXIT
chmod 755 "$work"
ip link set lo up
echo 'nameserver 127.0.0.1' >"$work/resolv.conf"
mount --bind "$work/resolv.conf" /etc/resolv.conf

# listens PORT: waits until something does, for twenty seconds at most
listens() {
  for _ in $(seq 200); do
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
  "$java_home/bin/java" "$load" --port "$port" --pid "$pid" --messages "$messages" --warmup "$messages" --connections 8 --label "$label" "$@" |
    sed -E 's/"(setup_ms|sessions|per_connection|negotiated|MB_sent|misc|server_hwm_kB|client_cpu[a-z_]*)": ("[^"]*"|\{[^}]*\}|[0-9.]+),? ?//g'
}

# ---- a signed message of 4 kB and one of 1 MB, by OpenDKIM, and the records that go with them -----------------------
openssl genrsa -out "$work/key" 2048 2>/dev/null
chmod 600 "$work/key"
public=$(openssl rsa -in "$work/key" -pubout -outform DER 2>/dev/null | base64 -w0)

# letter LINES: unsigned
letter() {
  printf '%s\r\n' 'From: Anna <anna@sender.test>' 'To: user@ours.test' 'Subject: Minutes' 'Message-ID: <1@sender.test>' \
    'Date: Sat, 28 Nov 2026 03:00:00 +0000' 'MIME-Version: 1.0' 'Content-Type: text/plain' ''
  yes 'Nobody wrote anything of note in this line of text.' | head -n "$1" | sed 's/$/\r/'
}

# signed LINES FOLDER
signed() {
  mkdir "$work/$2"
  letter "$1" >"$work/letter"
  printf 'Mode s\nDomain sender.test\nSelector sel\nKeyFile %s\nCanonicalization relaxed/relaxed\nRequireSafeKeys no\n' "$work/key" >"$work/sign.conf"
  {
    printf 'DKIM-Signature: '
    opendkim -x "$work/sign.conf" -t "$work/letter" -vvv 2>/dev/null | sed -n "/hname='DKIM-Signature'/,\$p" |
      sed -e "s/.*hvalue='//" -e "s/'\$//" -e 's/$/\r/'
    cat "$work/letter"
  } >"$work/$2/1.eml"
  grep -q ' b=' "$work/$2/1.eml" || grep -q $'^\tb=' "$work/$2/1.eml" || { echo "OpenDKIM did not sign" >&2; exit 1; }
}

signed 72 small
signed 20000 large
dnsmasq --keep-in-foreground --conf-file=/dev/null --no-hosts --no-resolv --user=root --pid-file="$work/dnsmasq.pid" \
  --listen-address=127.0.0.1 --bind-interfaces --local=/test/ \
  --txt-record="sender.test,v=spf1 ip4:192.0.2.0/24 -all" --txt-record="_dmarc.sender.test,v=DMARC1; p=reject" \
  --txt-record="sel._domainkey.sender.test,v=DKIM1; k=rsa; p=${public:0:200},${public:200}" &
listens 53 || exit 1

# ---- Backstop --------------------------------------------------------------------------------------------------------
printf 'domains = ["ours.test"]\nmilter.listen = ["127.0.0.1:18891"]\ntable.listen = []\nweb.listen = []\nevents.keep = "1d"\n' >"$work/backstop.toml"
"$root/backstop" keys dkim new ours.test --algorithm rsa --config "$work/backstop.toml" >/dev/null &&
  "$root/backstop" keys dkim rotate ours.test --force --config "$work/backstop.toml" >/dev/null || exit 1
"$root/backstop" serve --config "$work/backstop.toml" >"$work/log" 2>&1 &
backstop=$!
listens 18891 || { cat "$work/log"; exit 1; }
stranger=(--mode inbound --from anna@sender.test --client-ip 192.0.2.7)
measure "Backstop: SPF, DKIM, DMARC, iprev of a signed 4 kB message, read and remembered" 18891 "$backstop" "${stranger[@]}" --eml "$work/small"
grep -q 'spf=pass dkim=pass dmarc=pass' "$work/log" || { echo "it was not verified:" >&2; tail -3 "$work/log" >&2; }
measure "Backstop: the same of 1 MB" 18891 "$backstop" "${stranger[@]}" --eml "$work/large" --messages 1000 --warmup 500
measure "Backstop: outgoing 4 kB, journaled and signed with RSA-2048" 18891 "$backstop" --mode outbound
grep -q 'dkim=yes' "$work/log" || { echo "it was not signed:" >&2; tail -3 "$work/log" >&2; }
measure "Backstop: outgoing 1 MB, journaled and signed" 18891 "$backstop" --mode outbound --size 1000000 --messages 1000 --warmup 500
kill "$backstop"

# ---- OpenDKIM and OpenDMARC --------------------------------------------------------------------------------------------
printf 'Mode v\nSocket inet:18892@127.0.0.1\nNameservers 127.0.0.1\n' >"$work/verify.conf"
opendkim -f -x "$work/verify.conf" >/dev/null 2>&1 &
verifier=$!
listens 18892 && {
  measure "OpenDKIM: DKIM of the same message" 18892 "$verifier" "${stranger[@]}" --eml "$work/small"
  measure "OpenDKIM: the same of 1 MB" 18892 "$verifier" "${stranger[@]}" --eml "$work/large" --messages 1000 --warmup 500
}
kill "$verifier"

printf 'Socket inet:18893@127.0.0.1\nSPFSelfValidate true\nSPFIgnoreResults true\nRejectFailures false\nAuthservID mx\nIgnoreHosts /dev/null\n' >"$work/opendmarc.conf"
opendmarc -f -c "$work/opendmarc.conf" >/dev/null 2>&1 &
opendmarc=$!
listens 18893 && measure "OpenDMARC: DMARC with SPF of the same message" 18893 "$opendmarc" "${stranger[@]}" --eml "$work/small"
kill "$opendmarc"

printf 'Mode s\nDomain ours.test\nSelector sel\nKeyFile %s\nSocket inet:18894@127.0.0.1\nInternalHosts 127.0.0.1\nRequireSafeKeys no\nCanonicalization relaxed/relaxed\n' "$work/key" >"$work/signer.conf"
opendkim -f -x "$work/signer.conf" >/dev/null 2>&1 &
signer=$!
listens 18894 && {
  measure "OpenDKIM: signing 4 kB with RSA-2048" 18894 "$signer" --mode outbound --messages 1000 --warmup 200
  measure "OpenDKIM: signing 1 MB" 18894 "$signer" --mode outbound --size 1000000 --messages 500 --warmup 100
}
kill "$signer"
