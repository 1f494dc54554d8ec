import { describe, expect, test } from "vitest";
import { HealthCheck, PairctlRole, PropError } from "../../constructs";
import { locating } from "../../constructs/props/prop-error";
import { synthPair } from "../helpers/pair";
import { building } from "../helpers/synth";

const SECRET = "hunter2-is-my-very-long-password";

/** What a refused call says, in its message and in its stack trace. */
function refusal(call: () => unknown): PropError {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(PropError);
    return error as PropError;
  }
  throw new Error("nothing was refused");
}

describe("a secret is never shown", () => {
  const pair = (props: object) => () => synthPair(props);
  test.each<[string, () => unknown, string]>([
    ["a password", pair({ authPass: SECRET }), "authPass"],
    ["a password that is a number", pair({ authPass: 20260101 }), "authPass"],
    ["a password under a misspelled name", pair({ authPas: SECRET }), "authPas"],
    ["a password that is a list", pair({ authPass: [SECRET] }), "authPass"],
    [
      "a user's password in the cloud-config",
      pair({ cloudConfig: { chpasswd: { list: [`root:${SECRET}`, () => 1] } } }),
      "cloudConfig.chpasswd.list[1]",
    ],
    ["a file's content", pair({ cloudConfig: { write_files: [{ content: SECRET }] } }), "cloudConfig.write_files[0]"],
    ["commands that are no list", pair({ cloudConfig: { runcmd: `login ${SECRET}` } }), "cloudConfig.runcmd"],
    ["a cloud-config that is a text", pair({ cloudConfig: SECRET }), "cloudConfig"],
    ["a notify command", pair({ notifyCommands: [`logger ${SECRET}\r`] }), "notifyCommands[0]"],
    ["notify commands that are a text", pair({ notifyCommands: `logger ${SECRET}` }), "notifyCommands"],
    ["a check's command", () => HealthCheck.command(`mysqladmin -p${SECRET}\r`), "healthCheck.command"],
    [
      "props that are a text",
      building((scope) => new PairctlRole(scope, "Role", `authPass: ${SECRET}` as never)),
      "props",
    ],
    ["a short check that is a text", pair({ healthChecks: ["mysql -phunter2"] }), "healthChecks[0]"],
    ["a check that is a text", pair({ healthChecks: [`mysqladmin -p${SECRET}`] }), "healthChecks[0]"],
    [
      "a check that lacks its program",
      pair({ healthChecks: [HealthCheck.command(`mysqladmin -p${SECRET}`)] }),
      "healthChecks[0]",
    ],
    ["a URL's password", () => HealthCheck.http(`ftp://root:${SECRET}@127.0.0.1/`), "healthCheck.http"],
    ["a URL's query", () => HealthCheck.http(`127.0.0.1/?token=${SECRET}`), "healthCheck.http"],
    ["an endpoint's password", pair({ apiEndpoints: [`https://root:${SECRET}@vpc`] }), "apiEndpoints[0]"],
    ["blocks for keepalived", pair({ extraKeepalivedConf: `virtual_server ${SECRET} {` }), "extraKeepalivedConf"],
    ["a private key for an id", pair({ keyPairs: [{ keyId: `-----BEGIN ${SECRET}` }] }), "keyPairs[0].keyId"],
  ])("%s", (_, call, prop) => {
    const { message, stack } = refusal(call);
    expect(message).toContain(`'${prop}' `);
    expect(message).not.toMatch(/hunter2|20260101/);
    expect(stack).not.toMatch(/hunter2|20260101/);
  });
});

describe("a refusal says where", () => {
  test("by the path of the construct whose prop it is, also in the stack trace", () => {
    const { message, stack, where, prop } = refusal(() => synthPair({ virtualRouterId: 300 }));
    expect(message).toMatch(/^test\/Pair: 'virtualRouterId' must be an integer between 1 and 255, got 300: /);
    expect(stack).toContain(message);
    expect(stack).toMatch(/\n {4}at .*keepalived-props/);
    expect({ where, prop }).toEqual({ where: "test/Pair", prop: "virtualRouterId" });
  });

  test("by the innermost construct", () => {
    expect(() => synthPair({ ingress: [{ protocol: "TCP", cidrBlock: "x" }] })).toThrow(
      /^test\/Pair\/SecurityGroup: 'ingress\[0\]\.cidrBlock' /,
    );
  });

  test("by the function where there is no construct", () => {
    expect(() => PairctlRole.fromRoleAttributes({} as never)).toThrow(
      /^PairctlRole\.fromRoleAttributes: 'roleName' must be a name .*, got nothing/,
    );
  });

  test("and leaves every other error as it is", () => {
    const error = new TypeError("x");
    expect(() =>
      locating("test", () => {
        throw error;
      }),
    ).toThrow(error);
  });
});
