import { SERVER_PORT } from "./stack/settings.ts";

/**
 * Puts a server on a node that says the node's name to whoever connects, and lets systemd start it at each boot: the
 * smallest thing to measure by. Node.js is on each node, since pairctl needs it.
 */
export const START_SERVER = `set -e
mkdir -p /usr/local/lib/acceptance
cat > /usr/local/lib/acceptance/server.js <<'END'
const name = require("os").hostname() + "\\n";
require("net").createServer((socket) => socket.on("error", () => {}).end(name)).listen(${SERVER_PORT});
END
cat > /etc/systemd/system/acceptance.service <<'END'
[Unit]
After=network.target
[Service]
ExecStart=/usr/bin/env node /usr/local/lib/acceptance/server.js
Restart=always
[Install]
WantedBy=multi-user.target
END
systemctl daemon-reload
systemctl enable acceptance.service
systemctl restart acceptance.service
`;
