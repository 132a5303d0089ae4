#!/usr/bin/env bash
# Real mail systems answer mail that we sent and mail that somebody forged; Backstop has to tell which is which.
#
#   it/realmail/run.sh [mta …]     all of them, or some: postfix exim sendmail courier … (those that capture.sh knows)
#
#   REALMAIL_SCRIPTS   folder with setup.sh, capture.sh and lib/; default: shared/realmail beside the project
#   PASSES             default "observe enforce complete plain"; all are explained in pass.sh
#   KEEP               folder for all logs, events and mailboxes; default: thrown away
#   SETUP_SECONDS      for installing the mail systems, where that is not done yet; default 600
#
# Needs root, Python, and the network for the first run. Without them, or without the scripts, it is skipped and ends with 0.
# The last line is "N forms: N genuine right, N forged right, N unproven, N wrong"; the exit status is 1 when any is wrong.
set -uo pipefail

here=$(cd "$(dirname "$(readlink -f "$0")")" && pwd)
root=$(cd "$here/../.." && pwd)
export REALMAIL_SCRIPTS=${REALMAIL_SCRIPTS:-$root/../shared/realmail}
export REALMAIL=${REALMAIL:-${XDG_CACHE_HOME:-$HOME/.cache}/realmail}
read -ra passes <<<"${PASSES:-observe enforce complete plain}"

skip() {
  echo "real servers: skipped, $*"
  exit 0
}

# pass.sh takes the functions of capture.sh that start the servers and send to them: all above that line.
grep -qs '^# ---- run' "$REALMAIL_SCRIPTS/capture.sh" || skip "no scripts in $REALMAIL_SCRIPTS"
[ "$(id -u)" = 0 ] || skip "not root"
command -v python3 >/dev/null || skip "no python3"
unshare --net --mount --pid --uts --ipc --fork --mount-proc true 2>/dev/null || skip "no namespaces here"
if [ ! -e "$REALMAIL/inst/postfix/.ready" ]; then
  echo "installing the mail systems, about a minute with a quick network"
  timeout --kill-after=20 "${SETUP_SECONDS:-600}" "$REALMAIL_SCRIPTS/setup.sh" >/dev/null ||
    skip "setup.sh did not end well; see $REALMAIL/log"
fi

out=${KEEP:-}
if [ -z "$out" ]; then
  out=$(mktemp -d)
  trap 'rm -rf "$out"' EXIT
fi
mkdir -p "$out/keys"

# Outside, because there is no network inside: the launcher may have to build. The first line makes the keys of tags and tokens.
"$root/backstop" keys rotate --data "$out/keys" >/dev/null 2>&1 &&
  "$root/backstop" keys dkim new --data "$out/keys" ours.test >/dev/null 2>&1 &&
  "$root/backstop" keys dkim rotate --force --data "$out/keys" ours.test >/dev/null 2>&1 &&
  "$root/backstop" keys dkim publish --zone --data "$out/keys" ours.test >"$out/keys/zone" || exit 1

for pass in "${passes[@]}"; do
  mkdir -p "$out/$pass"
  PASS=$pass KEYS=$out/keys ROOT=$root bash "$here/pass.sh" "$out/$pass" "$@" || {
    echo "real servers: the pass $pass could not be run" >&2
    exit 1
  }
done
python3 "$here/results.py" table "$out" "${passes[@]}"
