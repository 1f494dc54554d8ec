/** Where a node's commands are, in the order of Debian's own root shell. */
export const NODE_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Where a node has the certificate of the authority by which it knows the cloud. */
export const AUTHORITY_PATH = "/etc/rehearsal/authority.pem";

const TRUST = { NODE_EXTRA_CA_CERTS: AUTHORITY_PATH };

/**
 * The words that a command begins with which is started on a node from outside: they give it the environment of root
 * there, and nothing of this machine's, whose PATH, proxies and language are not the node's. Its units are told by systemd
 * whom to trust; what comes from outside is told here.
 *
 * @param variables what it gets beside that
 */
export function asRootOfTheNode(variables: Readonly<Record<string, string>> = {}): string[] {
  const environment = { PATH: NODE_PATH, HOME: "/root", USER: "root", LANG: "C.UTF-8", ...TRUST, ...variables };
  return ["/usr/bin/env", "-i", ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)];
}
