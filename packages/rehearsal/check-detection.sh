#!/usr/bin/env bash
# Breaks one thing at a time in a copy of the checkout, and sees that the rehearsal of the copy fails. Takes about six
# minutes. Usage, as root, after the build: packages/rehearsal/check-detection.sh
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The workspaces' own packages are links into the checkout: with a copy of node_modules they lead into the copy.
mkdir "$work/whole"
cp -a -- * "$work/whole"

# breaks NAME MECHANISM FILE SED: the rehearsal must fail where FILE is changed by SED.
breaks() {
  local name=$1 mechanism=$2 file=$3 change=$4 status=0
  rm -rf "$work/copy"
  cp -a "$work/whole" "$work/copy"
  (
    cd "$work/copy"
    sed -i "$change" "$file"
    ! cmp -s "$file" "../whole/$file" || { echo "FAILED: $name changes nothing in $file"; exit 1; }
    npm run --silent build:pairctl >"$work/log"
    timeout 120 npm start --silent -- --mechanism "$mechanism" --fault keepalived-stopped >"$work/log" 2>&1
  ) || status=$?
  if [ "$status" != 1 ] || ! grep -q '^FAILED' "$work/log"; then
    echo "FAILED: the rehearsal ends with $status, not 1, where broken: $name"
    tail -n 20 "$work/log"
    exit 1
  fi
  echo "ok: seen with $mechanism: $name"
  sed -n '/^FAILED/,$p' "$work/log" | head -n 2 | cut -c1-160
}

breaks "a misspelt keyword in keepalived.conf" havip constructs/render/keepalived-conf.ts \
  's/    virtual_ipaddress {/    virtual_ipadress {/'
breaks "adverts that go to the node itself" havip constructs/node-user-data.ts 's/unicastPeer: props.peer/unicastPeer: props.node/'
for mechanism in havip secondary-private-ip; do
  breaks "pairctl's signature" $mechanism packages/pairctl/src/cloud/tc3.ts 's#/tc3_request#/tc3_requesd#'
done
breaks "a fabric that does not follow the cloud" secondary-private-ip packages/rehearsal/src/network/fabric.ts \
  's/if (before === port.name) return;/if (before !== undefined) return;/'
breaks "answers that bypass the EIP" havip packages/rehearsal/src/network/fabric.ts 's/ip saddr set ip saddr map @private_to_public/accept/'
breaks "a HAVIP without its EIP" havip constructs/ha-vip.ts 's/new HaVipEipAttachment(this/if (process.env["NEVER"]) &/'
breaks "an address without its EIP" secondary-private-ip constructs/secondary-private-ip.ts \
  's/new EipAssociation(this/if (process.env["NEVER"]) &/; s/, eipId: eip.eipId//'
breaks "a HAVIP that one node only may take" havip packages/rehearsal/src/lab/seed.ts \
  's/of haVip.associated)/of haVip.associated.slice(0, 1))/'
