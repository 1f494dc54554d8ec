#!/usr/bin/env bash
# Ends rehearsals in every way that there is, and compares the machine before and after. Takes about three minutes.
# Usage, as root, with no other rehearsal on the machine: packages/rehearsal/check-cleanup.sh [EXPRESSION]
# With an expression only the ways whose names match it.
set -euo pipefail
cd "$(dirname "$0")/../.."
only=${1-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cache=${XDG_CACHE_HOME:-$HOME/.cache}/cdktf-tencentcloud-keepalived
# Where the temporary files of a rehearsal go, and nobody else's.
export TMPDIR=$work/tmp
mkdir "$TMPDIR"

traces() {
  ip netns list
  ip -o link | sed 's/^[0-9]*: //; s/@.*//; s/:.*//'
  cut -d' ' -f2,3 /proc/self/mounts | sort
  find /sys/fs/cgroup -maxdepth 2 \( -name 'rehearsal-*' -o -name payload -o -name supervisor \)
  find /run "$TMPDIR" "$cache" -mindepth 1 -maxdepth 1 -not -name 'tsx-*' | sort
  find /run/netns /run/systemd/nspawn 2>/dev/null | sort
  find "$work/cache" 2>/dev/null | head -n 20
  for process in /proc/[0-9]*; do
    { tr '\0' ' ' <"$process/cmdline"; } 2>/dev/null |
      grep -oE '^[^ ]*(systemd-nspawn|mmdebstrap|keepalived|tcpdump|setpriv|unshare)\b|rehearsal/src/(cli/main|run/inside)|sh -c cat' || true
  done
}

# check NAME EXPECTED_STATUS SIGNAL TARGET WHEN [OPTION…]: TARGET gets the signal; it is `group` (as a terminal's Ctrl-C)
# or a pattern for a command line. WHEN is a number of seconds, or `build`: in the midst of building a root filesystem.
command=(node --import tsx packages/rehearsal/src/cli/main.ts short)
check() {
  local name=$1 expected=$2 signal=$3 target=$4 when=$5 before after status=0 runner
  shift 5
  [[ $name =~ $only ]] || return 0
  before=$(traces)
  setsid "${command[@]}" --mechanism havip "$@" >"$work/log" 2>&1 &
  runner=$!
  if [ "$signal" != none ]; then
    if [ "$when" = build ]; then
      for _ in $(seq 300); do
        pgrep -s "$runner" -f mmdebstrap >/dev/null && break
        sleep 0.1
      done
      when=3
    fi
    sleep "$when"
    if [ "$target" = group ]; then kill -s "$signal" -- "-$runner"; else
      kill -s "$signal" "$(pgrep -s "$runner" -f "$target" | head -n 1)"
    fi
  fi
  wait "$runner" 2>/dev/null || status=$?
  # What npm has started may end after npm.
  for _ in $(seq 150); do
    after=$(traces)
    [ "$before" = "$after" ] && break
    sleep 0.1
  done
  if [ "$before" != "$after" ]; then
    echo "FAILED: $name leaves something behind:"
    diff <(echo "$before") <(echo "$after") || true
    exit 1
  fi
  if [ "$status" != "$expected" ]; then
    echo "FAILED: $name exits with $status, not $expected"
    cat "$work/log"
    exit 1
  fi
  echo "ok: $name (exit status $status) leaves nothing behind"
}

inner='^[^ ]*node .*rehearsal/src/run/inside'
check "success" 0 none - 0 --fault keepalived-stopped
check "failure" 1 none - 0 --fault keepalived-stopped --arp-delay-ms 5000
for seconds in 0.5 1.5 3 5 7 9 11; do
  check "Ctrl-C after $seconds s" 130 INT group "$seconds" --fault node-crashed
done
if [ "$(nproc)" -ge 2 ]; then
  check "Ctrl-C with two labs" 130 INT group 9 --fault node-crashed,cable-pulled --labs 2
  check "SIGKILL of the command with two labs" 137 KILL rehearsal/src/cli/main 9 --fault node-crashed,cable-pulled --labs 2
else
  echo "not run, since it takes two cores: two labs"
fi
check "SIGTERM to the command" 130 TERM rehearsal/src/cli/main 6
check "SIGHUP to the command" 130 HUP rehearsal/src/cli/main 6
check "SIGKILL of the command" 137 KILL rehearsal/src/cli/main 6
check "SIGKILL of the inner process" 1 KILL "$inner" 6
check "SIGKILL of unshare" 1 KILL '^unshare' 6
command=(npm run --silent start --)
check "SIGTERM to npm" 130 TERM '^npm' 9
check "SIGHUP to npm" 129 HUP '^npm' 9
check "SIGKILL of npm" 137 KILL '^npm' 9
command=(node --import tsx packages/rehearsal/src/cli/main.ts short)
# The same while a root filesystem is built.
export XDG_CACHE_HOME=$work/cache
mkdir -p "$XDG_CACHE_HOME/cdktf-tencentcloud-keepalived"
check "Ctrl-C during the build" 130 INT group build
check "SIGKILL of the command during the build" 137 KILL rehearsal/src/cli/main build
check "SIGKILL of mmdebstrap" 1 KILL '^[^ ]*perl .*mmdebstrap' build
