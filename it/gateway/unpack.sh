#!/usr/bin/env bash
# Lays a Debian package beside the installed ones, without installing it: mail servers conflict with each other there.
#
#   it/gateway/unpack.sh PACKAGE…      environment: UNPACKED, default "backstop-it" in the cache folder
#
# Into $UNPACKED/PACKAGE come the package and what it needs and this machine lacks. Needs apt and the network, not root.
set -euo pipefail

unpacked=${UNPACKED:-${XDG_CACHE_HOME:-$HOME/.cache}/backstop-it}
[ $# -gt 0 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 64; }

for package; do
  target=$unpacked/$package
  [ ! -e "$target/.complete" ] || continue
  rm -rf "$target"
  mkdir -p "$target/.packages"
  # What an installation would bring, less what it would take away.
  mapfile -t wanted < <(apt-get install -s -q --no-install-recommends "$package" 2>/dev/null | sed -n 's/^Inst \([^ ]*\).*/\1/p')
  [ ${#wanted[@]} -gt 0 ] || wanted=("$package")
  (cd "$target/.packages" && apt-get download -q -o APT::Sandbox::User=root "${wanted[@]}" >/dev/null)
  for file in "$target"/.packages/*.deb; do
    dpkg -x "$file" "$target"
  done
  rm -rf "$target/.packages"
  # as in an installed system, where these are links
  for folder in bin sbin lib; do
    [ ! -d "$target/$folder" ] || { mkdir -p "$target/usr/$folder" && cp -a "$target/$folder/." "$target/usr/$folder/" && rm -rf "${target:?}/$folder"; }
  done
  touch "$target/.complete"
  echo "$package: unpacked into $target"
done
