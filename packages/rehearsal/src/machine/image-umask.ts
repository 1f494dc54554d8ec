/** The umask that the files of an operating system's image are made with: everybody may read them. */
const IMAGE_UMASK = 0o022;

/**
 * Makes files of a node, or starts a process that makes them, whatever the caller's umask is: where it is 077, a node's
 * services that are not root could not even look into `/`.
 *
 * @param make what is done before this returns: the umask is the whole process's, so nothing may be waited for
 */
export function withImageUmask<T>(make: () => T): T {
  const own = process.umask(IMAGE_UMASK);
  try {
    return make();
  } finally {
    process.umask(own);
  }
}
