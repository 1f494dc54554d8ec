#!/usr/bin/env bash
# Ends rehearsals in the middle, in every way that there is, and compares the machine before and after.
# Usage, as root: packages/rehearsal/check-cleanup.sh
set -euo pipefail
cd "$(dirname "$0")/../.."

traces() {
  ip netns list
  ip -o link | sed 's/^[0-9]*: //; s/@.*//; s/:.*//'
  cut -d' ' -f2,3 /proc/self/mounts | sort
  find /sys/fs/cgroup -maxdepth 2 -name 'rehearsal-*' -o -maxdepth 2 -name payload -o -maxdepth 2 -name supervisor 2>/dev/null
  find /tmp /run -maxdepth 1 -name 'rehearsal*'
  for process in /proc/[0-9]*; do
    { tr '\0' ' ' <"$process/cmdline"; } 2>/dev/null | grep -oE 'systemd-nspawn|rehearsal/src/(cli|inside)|keepalived|tcpdump -i any' || true
  done
}

# check NAME SECONDS EXPECTED_STATUS SIGNAL [inner]
check() {
  local before after status=0 target
  before=$(traces)
  setsid node --import tsx packages/rehearsal/src/cli.ts --mechanism havip --faults crash >/tmp/check-cleanup.log 2>&1 &
  local runner=$!
  sleep "$2"
  target=$(pgrep -s "$runner" -f "packages/rehearsal/src/$5" | head -n 1)
  if [ "$4" = INT ]; then kill -s INT -- "-$runner"; else kill -s "$4" "$target"; fi
  wait "$runner" || status=$?
  for _ in $(seq 50); do
    after=$(traces)
    [ "$before" = "$after" ] && break
    sleep 0.1
  done
  if [ "$before" != "$after" ]; then
    echo "FAILED: $1 leaves something behind:"
    diff <(echo "$before") <(echo "$after") || true
    exit 1
  fi
  if [ "$status" != "$3" ]; then
    echo "FAILED: $1 exits with $status, not $3"
    cat /tmp/check-cleanup.log
    exit 1
  fi
  echo "ok: $1 (exit status $status) leaves nothing behind"
}

check "Ctrl-C during the boot" 4 130 INT cli
check "Ctrl-C while the pair serves" 11 130 INT cli
check "SIGTERM to the command" 6 130 TERM cli
check "SIGKILL of the inner process" 6 1 KILL inside
rm -f /tmp/check-cleanup.log
