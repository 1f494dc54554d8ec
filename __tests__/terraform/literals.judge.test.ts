import { expect, test } from "vitest";
import { HaVip, KeepalivedPair, KeyPair, Network, SecondaryPrivateIp } from "../../constructs";
import { PROPS } from "../helpers/pair";
import { synth } from "../helpers/synth";
import { evaluate, hasTerraform } from "../helpers/terraform";

const TEXT = "costs ${5} or %{if so} 100 % $";

test.runIf(hasTerraform)(
  "text that looks like a template reaches the cloud as it stands, wherever it can be given",
  () => {
    const tags = { note: TEXT };
    const stack = synth((scope) => {
      const cidrs = { cidrBlock: "10.0.0.0/16", subnetCidrBlock: "10.0.1.0/24" };
      const { subnet } = new Network(scope, "Network", {
        ...cidrs,
        availabilityZone: "ap-singapore-1",
        name: TEXT,
        tags,
      });
      const eip = { bandwidthMbps: 5, name: TEXT };
      const virtualIp = new HaVip(scope, "Vip", { subnet, vip: "10.0.1.100", eip, name: TEXT, tags });
      const ingress = [{ protocol: "TCP", port: "80", cidrBlock: "0.0.0.0/0", description: TEXT }] as const;
      new KeepalivedPair(scope, "Pair", { ...PROPS, virtualIp, ingress, tags });
      const other = { subnet, vip: "10.0.1.110", parkingIp: "10.0.1.111" };
      new SecondaryPrivateIp(scope, "Other", { ...other, eip: { bandwidthMbps: 5 }, name: TEXT, tags });
      new KeyPair(scope, "Key", { publicKey: `ssh-ed25519 AAAA ${TEXT}`, tags });
    });
    const given = Object.values(stack.resource).flatMap((byName) =>
      Object.values(byName).flatMap(({ name, tags: tagsOf, description, ingress, public_key }) => {
        const rules = ((ingress ?? []) as { description: string }[]).map((rule) => rule.description);
        return [name, (tagsOf as typeof tags | undefined)?.note, description, public_key, ...rules];
      }),
    );
    const texts = given.filter((text) => typeof text === "string" && text.includes("costs"));
    expect(texts.length).toBeGreaterThan(15);
    for (const text of evaluate(texts) as string[]) expect(text.replace("ssh-ed25519 AAAA ", "")).toBe(TEXT);
  },
);
