#!/usr/bin/env bash
# Each extension of a running gateway, tried with swaks, which knows nothing of it; CHUNKING, which swaks cannot, with the lines below.
#
#   it/gateway/swaks.sh HOST:PORT RECIPIENT     RECIPIENT: of a domain of the gateway's, that its next hop takes
#
#   FROM    sender, default sender@foreign.test      SWAKS_OPTIONS    for all calls
#
# The client is a stranger to the gateway. One line for each try; the last is "N right, N wrong", and the exit status says the same.
set -uo pipefail

server=${1:?usage: it/gateway/swaks.sh HOST:PORT RECIPIENT}
recipient=${2:?usage: it/gateway/swaks.sh HOST:PORT RECIPIENT}
from=${FROM:-sender@foreign.test}
right=0
wrong=0
said=$(mktemp)
trap 'rm -f "$said"' EXIT

try() { # NAME PATTERN COMMAND…: the pattern must be found in what was said
  local name=$1 pattern=$2
  shift 2
  "$@" >"$said" 2>&1 </dev/null
  if grep -qE -- "$pattern" "$said"; then
    right=$((right + 1))
    echo "right  $name"
  else
    wrong=$((wrong + 1))
    echo "WRONG  $name: no /$pattern/ in"
    sed 's/^/       /' "$said"
  fi
}

talk() {
  # shellcheck disable=SC2086 # several options
  swaks --server "$server" --from "$from" --to "$recipient" --helo swaks.test ${SWAKS_OPTIONS:-} "$@"
}

# Octets, with printf's escapes, are sent as they are, a second between two arguments; prints the codes of all replies in one line.
raw() {
  local octets
  # shellcheck disable=SC2059
  for octets; do printf "$octets"; sleep 1; done | timeout 20 socat -t 5 - "TCP:$server" | sed -nE 's/^([0-9]{3})[^-].*/\1/p' | paste -sd' '
}

text='Subject: by swaks\n\nHello.\n'

try 'EHLO offers PIPELINING' '250.PIPELINING' talk --quit-after EHLO
try 'EHLO offers SIZE' '250.SIZE [0-9]+' talk --quit-after EHLO
try 'EHLO offers 8BITMIME' '250.8BITMIME' talk --quit-after EHLO
try 'EHLO offers SMTPUTF8' '250.SMTPUTF8' talk --quit-after EHLO
try 'EHLO offers CHUNKING' '250.CHUNKING' talk --quit-after EHLO
try 'EHLO offers ENHANCEDSTATUSCODES' '250.ENHANCEDSTATUSCODES' talk --quit-after EHLO
offers_no_dsn() { talk --quit-after EHLO | grep -q '250.DSN' || echo none; }
try 'a stranger is not offered DSN' '^none$' offers_no_dsn

try 'a message' '<-  250 ' talk --data "$text"
try 'PIPELINING' '250 .*' talk --pipeline --data "$text"
try 'HELO' '<-  250 ' talk --protocol SMTP --data "$text"
try 'a tag of ours is not needed for ordinary mail' '<-  250 ' talk --data "$text"
try 'STARTTLS' 'TLS started with cipher' talk --tls --quit-after EHLO
try 'a message inside TLS' '<~  250 ' talk --tls --data "$text"
try 'no relay' '<\*\* 550 5\.7\.1' talk --to somebody@elsewhere.test --quit-after RCPT
try 'the null sender has one recipient' '<\*\* 452 4\.5\.3' talk --from '<>' --to "$recipient,other-$recipient" --quit-after RCPT

hello='EHLO raw.test\r\n'
envelope="MAIL FROM:<$from> BODY=8BITMIME\r\nRCPT TO:<$recipient>\r\n"
try 'SIZE that is too large' '^220 250 552 221$' raw "${hello}MAIL FROM:<$from> SIZE=99999999999\r\nQUIT\r\n"
try '8BITMIME' '^220 250 250 250 354 250 221$' raw "${hello}${envelope}DATA\r\n" "Subject: gr\303\274\303\237e\r\n\r\ngr\303\274n\r\n.\r\nQUIT\r\n"
try 'SMTPUTF8' '^220 250 250 250 221$' raw "${hello}MAIL FROM:<gr\303\274n@foreign.test> SMTPUTF8\r\nRSET\r\nQUIT\r\n"
try 'CHUNKING' '^220 250 250 250 250 250 221$' raw "${hello}${envelope}BDAT 24\r\nSubject: chunks\r\n\r\none\r\nBDAT 5 LAST\r\ntwo\r\nQUIT\r\n"
try 'NOTIFY from a stranger' '^220 250 250 (555|501|504) 221$' raw "${hello}MAIL FROM:<$from>\r\nRCPT TO:<$recipient> NOTIFY=SUCCESS\r\nQUIT\r\n"

echo "$right right, $wrong wrong"
[ "$wrong" = 0 ]
