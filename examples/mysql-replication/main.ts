// MariaDB, primary and replica: the node that has the address takes writes, the other one replicates from it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import {
  HaVip,
  HealthCheck,
  KeepalivedPair,
  Network,
  PairOutputs,
  TencentcloudProvider,
} from "cdktf-tencentcloud-keepalived";

const REGION = "ap-singapore";
const VIP = "10.4.1.100";

/** Fails where MariaDB does not answer, and on a replica that the other node's data no longer fit to. */
const CHECK = `status=$(mariadb -e 'SHOW SLAVE STATUS\\G') &&
  ! echo "$status" | grep -Eq 'Last_SQL_Errno: [1-9]|Last_IO_Errno: 1236'`;

/** The stack, so that a test can look at it. */
export function databaseStack(app: App): TerraformStack {
  const stack = new TerraformStack(app, "mysql");
  new TencentcloudProvider(stack, "Tencentcloud", { region: REGION });
  const password = new TerraformVariable(stack, "replication_password", {
    type: "string",
    sensitive: true,
    description: "Of the user 'replica'. It stands in the nodes' user data, and so in Terraform's state",
    validation: [
      {
        condition: '${can(regex("^[0-9A-Za-z]{12,32}$", var.replication_password))}',
        errorMessage: "It must be 12 to 32 letters and digits.",
      },
    ],
  });
  const { subnet } = new Network(stack, "Network", {
    cidrBlock: "10.4.0.0/16",
    subnetCidrBlock: "10.4.1.0/24",
    availabilityZone: `${REGION}-1`,
  });
  const pair = new KeepalivedPair(stack, "Database", {
    name: "mysql",
    region: REGION,
    virtualIp: new HaVip(stack, "Vip", { subnet, vip: VIP }),
    primary: { privateIp: "10.4.1.11" },
    secondary: { privateIp: "10.4.1.12" },
    image: "debian-12",
    healthChecks: [HealthCheck.command(CHECK, { packages: ["mariadb-client"] })],
    // Without preemptDelaySeconds a recovered node stays the replica: nothing moves back by itself.
    notifyCommands: ['/usr/local/sbin/replicate.sh "$1"'],
    ingress: [{ protocol: "TCP", port: "3306", cidrBlock: "10.4.0.0/16", description: "MySQL" }],
    cloudConfig: {
      packages: ["mariadb-server"],
      write_files: [
        {
          path: "/etc/mysql/replication",
          permissions: "0600",
          content: `vip=${VIP}\npassword=${password.stringValue}\n`,
        },
        { path: "/etc/mysql/mariadb.conf.d/60-replication.cnf", content: text("replication.cnf") },
        { path: "/usr/local/sbin/replicate.sh", permissions: "0755", content: text("replicate.sh") },
      ],
      runcmd: ["/usr/local/sbin/replicate.sh set-up"],
    },
  });
  new PairOutputs(stack, "Outputs", { pair });
  return stack;
}

/** A file beside this one, without its comments: the room in the user data is scarce. */
function text(name: string): string {
  return readFileSync(join(__dirname, name), "utf8").replace(/^ *# .*\n/gm, "");
}

if (require.main === module) {
  const app = new App();
  databaseStack(app);
  app.synth();
}
