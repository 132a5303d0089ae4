#!/usr/bin/env bash
# One pass of run.sh, in namespaces of its own: our Postfix with Backstop as docs/postfix.md says, the foreign servers around it,
# and for each form a message that user@ours.test sends and one that names victim@ours.test without our knowledge.
#
#   pass.sh OUT [mta …]            environment: PASS, KEYS, ROOT, REALMAIL, REALMAIL_SCRIPTS
#
#   PASS=observe    a new store, mode observe
#   PASS=enforce    a new store, mode enforce
#   PASS=complete   a store that has missed nothing for eight days, mode enforce, refusing only at the end of the data
#   PASS=plain      the same, and all destinations are exceptions of tagging: what proves when there is no tag
#   PASS=signed     plain mail leaves through another Backstop, which shares only its keys with the one that judges, mode observe:
#                   what proves when there is no tag and no journal
#   PASS=dkim       the same without Backstop-Token
#
# shellcheck disable=SC2317 # those functions call ours
set -uo pipefail

# Of capture.sh the functions that start and use the servers, and not what runs them. It enters the namespaces.
# shellcheck source=/dev/null
. <(sed -e "s|^HERE=.*|HERE=\$REALMAIL_SCRIPTS|" -e '/^# ---- run/,$d' "$REALMAIL_SCRIPTS/capture.sh")

here=$ROOT/it/realmail
FOREIGN=(postfix.test=127.0.0.11 local.postfix.test=127.0.0.11 gone.postfix.test=127.0.0.11 exim.test=127.0.0.12
  local.exim.test=127.0.0.12 opensmtpd.test=127.0.0.13 sendmail.test=127.0.0.14 courier.test=127.0.0.15 qmail.test=127.0.0.16
  local.qmail.test=127.0.0.16 haraka.test=127.0.0.17 dma.test=127.0.0.99)
web=http://127.0.0.1:8025

# ---- what differs from capture.sh: who sends, and what stands before our mailboxes ------------------------------------

KIND=forged
expect() { printf "$KIND %s\n" "$@" >>"$RUN/expect"; }

send() { # FORM HOST RECIPIENT [options of submit.py]
  local form=$1 host=$2 recipient=$3
  shift 3
  expect "$form"
  if [ "$KIND" = genuine ]; then
    python3 "$here/submit.py" 127.0.0.1:587 --bind 127.0.0.3 "user+$form@ours.test" "$recipient" "$@"
  else
    python3 "$here/submit.py" "$host:25" "victim+$form@ours.test" "$recipient" "$@"
  fi || echo "$KIND $form" >>"$RUN/not-sent"
}

# For the two that take mail from their own machine only: mail of ours comes to them through a smart host (smarthost.py).
local_submit() { # ROOT FORM RECIPIENT
  if [ "$KIND" = genuine ]; then
    send "$2" - "$3"
  else
    expect "$2"
    python3 "$here/submit.py" print "victim+$2@ours.test" "$3" |
      in_root "$1" sendmail -f "victim+$2@ours.test" "$3" >>"$RUN/start.log" 2>&1
  fi
}

eval "peers_$(declare -f in_root)"
in_root() { # one form is sent with swaks
  if [ "$KIND" = genuine ] && [ "${2:-}" = swaks ]; then
    peers_in_root "${@//victim+/user+}" --server 127.0.0.1 --port 587 --local-interface 127.0.0.3
  else
    peers_in_root "$@"
  fi
}

names() { # domain=address …: MX, SPF and reverse names, and our DKIM keys
  # shellcheck disable=SC2054 # commas of dnsmasq
  local options=(--keep-in-foreground --no-resolv --no-hosts --conf-file=/dev/null --pid-file= --user=root --bind-interfaces
    --listen-address=127.0.0.53 --local=/test/ --local=/127.in-addr.arpa/ --host-record=localhost,127.0.0.1)
  local pair domain address
  for pair in "$@"; do
    domain=${pair%%=*} address=${pair#*=}
    options+=("--mx-host=$domain,mx.$domain,10" "--host-record=mx.$domain,$address" "--txt-record=$domain,v=spf1 ip4:$address -all")
  done
  mapfile -t -O ${#options[@]} options < <(python3 "$here/results.py" zone "$KEYS/zone")
  chroot "$RUN/postfix" dnsmasq "${options[@]}" >"$RUN/dns.log" 2>&1 &
}

# The block of docs/postfix.md that begins with this.
documented() {
  awk -v start="$1" '/^```/ { inside = !inside; first = inside; found = 0; next }
    first { found = index($0, start) == 1 && !done; first = 0 }
    inside && found { print; done = 1 }' "$ROOT/docs/postfix.md"
}

backstop_ready() {
  for _ in $(seq 300); do
    curl -fs "$web/health/ready" >/dev/null && return 0
    sleep 0.2
  done
  echo "Backstop did not start:" >&2
  cat "$OUT/backstop.log" >&2
  exit 1
}

serve() {
  "$ROOT/backstop" serve --config "$OUT/backstop.toml" >>"$OUT/backstop.log" 2>&1 &
  backstop=$!
  backstop_ready
}

outgoing_apart() { [ "$PASS" = signed ] || [ "$PASS" = dkim ]; }

# That other Backstop, for what our users hand in.
start_outgoing() {
  mkdir -p "$OUT/outgoing"
  sed -e "s|^data = .*|data = \"$OUT/outgoing\"|" "$OUT/backstop.toml" >"$OUT/outgoing.toml"
  cat >>"$OUT/outgoing.toml" <<E
milter.listen = "127.0.0.1:8894"
table.listen = "127.0.0.1:8895"
web.listen = "127.0.0.1:8026"
E
  cp "$KEYS"/*.json "$OUT/outgoing/"
  "$ROOT/backstop" serve --config "$OUT/outgoing.toml" >"$OUT/outgoing.log" 2>&1 &
  wait_port 127.0.0.1 8894
}

start_backstop() {
  local mode=enforce refuse_at=recipient except='' token=true
  case $PASS in
    observe) mode=observe ;;
    complete) refuse_at=end ;;
    plain | signed | dkim)
      refuse_at=end
      [ "$PASS" = plain ] || mode=observe
      [ "$PASS" != dkim ] || token=false
      except=$(printf '"%s", ' "${FOREIGN[@]%%=*}" no-such.test relay-not-here.test)
      ;;
  esac
  rm -rf "$OUT/data"
  mkdir -p "$OUT/data"
  cp "$KEYS"/*.json "$OUT/data/"
  cat >"$OUT/backstop.toml" <<E
domains = ["ours.test"]
mode = "$mode"
# every address here is a loopback one; only our users' programs are ours
networks = ["127.0.0.3/32"]
data = "$OUT/data"
dns.servers = ["127.0.0.53:53"]
auth.name = "mx.ours.test"
answers.refuse-at = "$refuse_at"
tagging.token = $token
tagging.except = [${except%, }]
# for the store that is dated back between two starts
journal.pause-tolerated = "10m"
E
  serve
  ! outgoing_apart || start_outgoing
  [ $refuse_at = end ] && [ $mode = enforce ] || return 0
  kill "$backstop" && wait "$backstop"
  python3 "$here/results.py" date-back "$OUT/data/backstop.db"
  serve
}

start_ours() {
  local lines
  lines=$(documented 'smtpd_milters = inet:127.0.0.1:8891')
  [ -n "$lines" ] || { echo "docs/postfix.md has no lines for main.cf" >&2; exit 1; }
  postfix_conf /etc/postfix-a postfix-a 127.0.0.1 "myhostname=mx.ours.test
mydestination=
mynetworks=127.0.0.3/32
alias_maps=
virtual_mailbox_domains=ours.test
virtual_mailbox_base=/var/mail/ours
virtual_mailbox_maps=static:all/
virtual_uid_maps=static:2000
virtual_gid_maps=static:2000
local_header_rewrite_clients=
transport_maps=inline:{dma.test=smtp:[127.0.0.98]:2601, no-such.test=smtp:[127.0.0.98]:2601, relay-not-here.test=smtp:[127.0.0.98]:2602}
$lines"
  {
    echo '127.0.0.1:587 inet n - n - - smtpd'
    documented '  -o milter_default_action=tempfail'
    ! outgoing_apart || echo '  -o smtpd_milters=inet:127.0.0.1:8894'
  } >>"$RUN/postfix/etc/postfix-a/master.cf"
  mkdir -p "$RUN/postfix/var/mail/ours"
  chown 2000:2000 "$RUN/postfix/var/mail/ours"
  peers_in_root postfix postfix -c /etc/postfix-a start >>"$RUN/start.log" 2>&1
}

# ---- the pass --------------------------------------------------------------------------------------------------------

roots=(postfix)
for mta in exim opensmtpd sendmail courier dma nullmailer qmail; do
  ! want "$mta" || roots+=("$mta")
done
for mta in "${roots[@]}"; do
  root "$mta" || { echo "$mta is not installed" >&2; exit 1; }
done
python3 "$REALMAIL_SCRIPTS/lib/syslogd.py" "$RUN/syslog" "${SYSLOG_SOCKETS[@]}" 2>"$RUN/syslogd.err" &
names ours.test=127.0.0.1 bot.test=127.0.0.2 "${FOREIGN[@]}"
python3 "$REALMAIL_SCRIPTS/lib/backend.py" 127.0.0.99 25 2>"$RUN/backend.err" &
python3 "$here/smarthost.py" 2601 chroot "$RUN/dma" sendmail -f 2>"$RUN/smarthost-dma.err" &
python3 "$here/smarthost.py" 2602 chroot "$RUN/nullmailer" sendmail -f 2>"$RUN/smarthost-nullmailer.err" &
wait_port 127.0.0.53 53
wait_port 127.0.0.99 25
start_backstop
start_ours
wait_port 127.0.0.1 587
want autoreply && ! want postfix && WANT=(postfix "${WANT[@]}")
# Courier bounces nothing to the senders of strangers ("Backscatter bounce dropped"): the forger is one of its clients
! want courier || printf '127.0.0.2\tallow,RELAYCLIENT\n' >"$RUN/courier/etc/courier/smtpaccess/forger"
for mta in "${WANT[@]}"; do start_"$mta"; done
echo "$PASS: started after $SECONDS s"

senders=()
for KIND in genuine forged; do
  for mta in "${WANT[@]}"; do
    send_"$mta" &
    senders+=($!)
  done
done
wait "${senders[@]}"
echo "$PASS: sent after $SECONDS s"
python3 "$here/results.py" collect "$OUT" "$RUN" $((LIFE + 8)) "${WAIT:-75}" "$web"
status=$?
if [ -n "${KEEP:-}" ]; then
  cp -r "$RUN"/*.log "$RUN"/*.err "$RUN/syslog" "$RUN/expect" "$RUN/not-sent" "$RUN"/postfix/var/log/postfix-?.log \
    "$RUN/exim/var/log/exim4" "$RUN/postfix/var/mail/ours" "$OUT/" 2>/dev/null
fi
kill "$backstop" && wait "$backstop"
echo "$PASS: done after $SECONDS s"
exit $status
