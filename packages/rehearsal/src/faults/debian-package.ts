import { run } from "../machine/process.ts";
import type { Node } from "../nodes/node.ts";
import { asRootOfTheNode } from "../nodes/node-environment.ts";

/** Where a node has the package that is made of what it has installed, and a list of it for apt. */
const FOLDER = "/root/packages";

/** It takes some seconds on a busy machine. */
const LIMIT_MS = 60_000;

/**
 * Shell that makes a package of what is installed, as `dpkg-repack` does: the same version and files, with the
 * distribution's maintainer scripts and conffiles.
 */
function repack(name: string): string {
  const info = `/var/lib/dpkg/info/${name}`;
  return `set -e
    root=$(mktemp -d)
    chmod 755 $root
    mkdir $root/DEBIAN ${FOLDER}
    while read -r path; do
      if [ -d "$path" ]; then mkdir -p "$root$path"
      elif [ -e "$path" ]; then mkdir -p "$root\${path%/*}" && cp -a "$path" "$root$path"
      fi
    done <${info}.list
    for file in conffiles preinst postinst prerm postrm; do
      [ ! -e ${info}.$file ] || cp -p ${info}.$file $root/DEBIAN/$file
    done
    dpkg-query --status ${name} |
      awk '/^ \\// && conffiles { next } { conffiles = /^Conffiles:/ } !/^(Status|Conffiles):/' >$root/DEBIAN/control
    cd ${FOLDER}
    dpkg-deb --build -Znone $root ${name}.deb
    { cat $root/DEBIAN/control
      echo "Filename: ./${name}.deb"
      echo "Size: $(stat -c %s ${name}.deb)"
      echo "SHA256: $(sha256sum ${name}.deb | cut -d' ' -f1)"
    } >Packages
    rm -r $root`;
}

/**
 * Installs a package over itself, as an upgrade does: dpkg replaces its files and runs its maintainer scripts, which
 * restart its service.
 *
 * @throws where the node is none of Debian's
 */
export async function reinstall(node: Node, name: string): Promise<void> {
  await node.shell(repack(name), LIMIT_MS);
  await node.shell(`dpkg --force-confold --install ${FOLDER}/${name}.deb && rm -r ${FOLDER}`, LIMIT_MS);
}

/**
 * Takes a package off the disk of a node that is down.
 *
 * @param keepIn a folder of this machine, for the package and its list
 * @throws where the node is none of Debian's
 */
export async function removeFromDisk({ diskFolder }: Node, name: string, keepIn: string): Promise<void> {
  const onDisk = (script: string) => run("chroot", [diskFolder, ...asRootOfTheNode(), "sh", "-c", script]);
  await onDisk(repack(name));
  await run("cp", [`${diskFolder}${FOLDER}/${name}.deb`, `${diskFolder}${FOLDER}/Packages`, keepIn]);
  await onDisk(`rm -r ${FOLDER} && dpkg --force-depends --purge ${name}`);
}
