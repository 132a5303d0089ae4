#!/bin/sh
# Runs a program of an unpacked package as root, as if the package were installed, in namespaces of its own: what it writes
# outside of /tmp is gone with it, and so are all its processes when this one ends. The network is that of the machine.
#
#   beside.sh FOLDER USERS COMMAND…    FOLDER from unpack.sh; USERS: users to add, separated by commas
set -eu

if [ "${BESIDE:-}" != inside ]; then
  export BESIDE=inside
  exec unshare --mount --pid --fork --kill-child "$0" "$@"
fi

folder=$1
users=$2
shift 2
work=/mnt
mount --make-rprivate /
mount -t tmpfs tmpfs "$work"
mkdir "$work/upper" "$work/work" "$work/root"
cp -a "$folder/." "$work/upper/"
mount -t overlay overlay -o "lowerdir=/,upperdir=$work/upper,workdir=$work/work" "$work/root"
mount -t proc proc "$work/root/proc"
mount --bind /dev "$work/root/dev"
mount --bind /tmp "$work/root/tmp"
number=900
for user in $(echo "$users" | tr , ' '); do
  number=$((number + 1))
  grep -q "^$user:" "$work/root/etc/passwd" || echo "$user:x:$number:$number::/nonexistent:/usr/sbin/nologin" >>"$work/root/etc/passwd"
  grep -q "^$user:" "$work/root/etc/group" || echo "$user:x:$number:" >>"$work/root/etc/group"
done
exec chroot "$work/root" "$@"
