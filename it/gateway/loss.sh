#!/usr/bin/env bash
# Is anything lost that a client was told is safe? kill -9 of the gateway and of its next hop, clients that vanish.
#
#   it/gateway/loss.sh [messages [kills]]      default 20000 and 20
#
#   LOSSTEST   a second, neutral judge: a program that takes --start, --target, --sink, --messages, --kills; run too when given
#
# The last line of the first run is "loss: N acknowledged, 0 lost, …"; the exit status is 1 when anything is lost.
set -uo pipefail

messages=${1:-20000}
kills=${2:-20}
root=$(cd -P "$(dirname "$0")/../.." && pwd)
cd "$root" || exit 1
status=0

mvn -q -B verify -Pintegration -DskipTests -pl it -am -Dtest=LossTest -Dsurefire.failIfNoSpecifiedTests=false \
  "-Dloss.messages=$messages" "-Dloss.kills=$kills" || status=1

if [ -n "${LOSSTEST:-}" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  cat >"$work/backstop.toml" <<END
domains = ["sink.test"]
networks = ["192.0.2.1/32"]
auth.check = false
milter.listen = []
table.listen = []
web.listen = []
[gateway]
listen = ["127.0.0.1:19925"]
next-hop = ["127.0.0.1:19926"]
max-connections-per-client = 0
max-connection-rate = 0
max-message-rate = 0
max-refusal-rate = 0
END
  "$LOSSTEST" --name gateway --start "exec $root/backstop serve --config $work/backstop.toml" --target 127.0.0.1:19925 \
    --sink 127.0.0.1:19926 --messages "$messages" --kills "$kills" || status=1
fi
exit $status
