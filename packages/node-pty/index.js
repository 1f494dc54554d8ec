// cdktf-cli's own package of this name downloads or compiles its binary with an install script, which fails without
// a compiler, behind many proxies and with `ignore-scripts`. A workspace takes its place, not an `override` in
// package.json: with one that names another package, npm 9.2, the one of Debian 12 and 13, cannot read the lock file.
module.exports = require("@lydell/node-pty");
