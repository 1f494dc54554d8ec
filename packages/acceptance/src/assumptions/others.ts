import { callsOf, type Claim, confirmed, contradicted, notSeen, REFUSED_BY_CAM } from "./claim.ts";

/** A call that puts the address on another interface. */
const MOVING = /^(Migrate|Assign)PrivateIpAddress/;
const isOk = (call: string) => call.endsWith(" OK");

/** The assumptions without a switch. */
export const OTHERS: readonly Claim[] = [
  {
    name: "secondary-private-ip-for-all",
    believed: "every account may use a secondary private IP, and a HAVIP only after an application",
    judge: ({ mechanism, deployed, deployError }) => {
      if (mechanism === "havip") return notSeen(deployed ? "this account has HAVIPs" : "the run used a HAVIP");
      if (deployed) return confirmed("this account has a secondary private IP");
      return notSeen(deployError ?? "the stack was not deployed");
    },
  },
  {
    name: "free-eni-with-eip",
    believed: "a free ENI may have an address with an EIP",
    judge: ({ mechanism, deployed, deployError }) => {
      if (mechanism === "havip") return notSeen("the run used a HAVIP");
      if (deployed) return confirmed("the EIP was bound to the parking ENI");
      return deployError?.includes("EipAssociation")
        ? contradicted(deployError.slice(0, 300))
        : notSeen("the stack was not deployed");
    },
  },
  {
    name: "eip-actions-of-cvm",
    believed: "policies name the actions on EIPs with `cvm:` in front, though their API is VPC's",
    judge: (seen) => {
      if (seen.deployError?.includes("ActionNotExist")) return contradicted("CAM refuses the policy: ActionNotExist");
      const calls = [...callsOf(seen).keys()].filter(
        (call) => /^\w+Address(es)? /.test(call) && !/PrivateIp/.test(call),
      );
      const refused = calls.find((call) => REFUSED_BY_CAM.test(call));
      if (refused !== undefined) return contradicted(refused);
      return calls.some((call) => call.endsWith(" OK"))
        ? confirmed(calls.join(", "))
        : notSeen("no node has called one");
    },
  },
  {
    name: "resource-star",
    believed: "pairctl's actions go with the resource `*`",
    judge: (seen) =>
      seen.wasWell && [...callsOf(seen).keys()].some((call) => call.endsWith(" OK"))
        ? confirmed("the calls of the nodes were answered")
        : notSeen("no node came to call the API with success"),
  },
  {
    name: "same-rights-on-both-nodes",
    believed: "what the role may do on one node it may do on the other",
    judge: ({ nodes }) => {
      const called = nodes.map(({ calls }) => Object.keys(calls).filter((call) => MOVING.test(call)));
      const moved = called.filter((calls) => calls.some(isOk));
      const others = called.filter((calls) => !calls.some(isOk));
      const refused = others.flat().find((call) => REFUSED_BY_CAM.test(call));
      if (moved.length > 0 && refused !== undefined)
        return contradicted(`one node moved the address; the other: ${refused}`);
      return nodes.length > 0 && moved.length === nodes.length
        ? confirmed("each node has moved the address")
        : notSeen("not each node has moved the address by the API");
    },
  },
  {
    name: "all-covers-vrrp",
    believed: "a rule for protocol ALL and port ALL lets VRRP (IP protocol 112) pass",
    judge: ({ wasWell }) =>
      wasWell ? confirmed("one node was MASTER and the other BACKUP") : notSeen("the pair did not become well"),
  },
  {
    name: "user-data-length",
    believed: "user data may have 16,384 characters of base64",
    judge: () => notSeen("the pair's has fewer"),
  },
  {
    name: "repositories-without-public-address",
    believed: "the image's repositories, with keepalived and Node.js, are reachable without a public address",
    judge: ({ nodes }) => {
      if (nodes.length === 0) return notSeen("no node could be asked");
      return nodes.every(({ isSetUp }) => isSetUp)
        ? confirmed("both nodes have installed what they need")
        : notSeen("a node is not set up, for whatever reason");
    },
  },
  {
    name: "metadata-credentials",
    believed:
      "the metadata service at metadata.tencentyun.com has the credentials, at the path that pairctl asks, for a role that cvm.qcloud.com may assume",
    judge: (seen) =>
      [...callsOf(seen).keys()].some((call) => call.endsWith(" OK"))
        ? confirmed("a node's calls with them were answered")
        : notSeen("no node came to call the API with success"),
  },
  {
    name: "image-names",
    believed: "public images are called `Ubuntu Server 22.04 LTS 64bit`, `Debian 12.0 64bit` and the like",
    judge: ({ deployed, deployError }) => {
      if (deployed) return confirmed("the image ubuntu-22.04 was found by its name");
      return deployError?.includes("has no image")
        ? contradicted(deployError.slice(0, 300))
        : notSeen("the stack was not deployed");
    },
  },
  {
    name: "zone-instance-types",
    believed: "DescribeZoneInstanceConfigInfos lists what a zone sells",
    judge: ({ deployed }) =>
      deployed ? confirmed("it listed the instance type, and the zone sold it") : notSeen("the stack was not deployed"),
  },
  {
    name: "disk-sizes",
    believed:
      "data disks go in steps of 10 GB, from 10 or 20 GB up to 16,000 or 32,000 GB by their kind; a system disk has 20–2048 GB",
    judge: () => notSeen("the pair has no data disks, and the image's size of system disk"),
  },
  {
    name: "instance-limits",
    believed: "how many addresses and EIPs an instance takes, from its size",
    judge: () => notSeen("the pair has one of each"),
  },
  {
    name: "random-password",
    believed: "without a key pair the cloud sets a random password and sends it to the account",
    judge: () => notSeen("the run reads no messages of the account's"),
  },
];
