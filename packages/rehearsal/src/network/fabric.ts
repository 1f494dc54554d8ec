import { run } from "../machine/process.ts";
import { connectHost, type Port, sysctl } from "./host-namespace.ts";

/** The port behind which the internet is. */
const INTERNET_PORT = "internet";

/**
 * The VPC's network, made of this process's network namespace: a routed virtual switch, as a cloud's is.
 *
 * Each address has a route and a permanent neighbour entry on the port that owns it, and is answered for by ARP on
 * every other port; packets with a source that the port does not own are dropped. So a gratuitous ARP moves nothing by
 * itself, and a moved address is reached at once, with no stale ARP entry anywhere.
 */
export class Fabric {
  #portCount = 0;
  #lastChange = Promise.resolve();
  readonly #owners = new Map<string, string>();
  /** The private address of each public one that is bound. */
  readonly #publicAddresses = new Map<string, string>();

  private constructor(
    readonly subnetPrefixLength: number,
    readonly gateway: string,
  ) {}

  /**
   * Sets up the switch.
   *
   * @param localAddresses addresses that this process itself answers on, such as the metadata service's
   */
  static async create(subnetPrefixLength: number, gateway: string, localAddresses: readonly string[]): Promise<Fabric> {
    await run("ip", ["link", "set", "lo", "up"]);
    for (const address of [gateway, ...localAddresses])
      await run("ip", ["address", "add", `${address}/32`, "dev", "lo"]);
    sysctl({ "net.ipv4.ip_forward": 1, "net.ipv4.conf.all.rp_filter": 0, "net.ipv4.conf.default.rp_filter": 0 });
    sysctl({ "net.ipv4.conf.all.send_redirects": 0, "net.ipv4.conf.default.send_redirects": 0 });
    await nft(`
      table ip fabric {
        set owned { type ifname . ipv4_addr; }
        map public_to_private { type ipv4_addr : ipv4_addr; }
        map private_to_public { type ipv4_addr : ipv4_addr; }
        chain public_in {
          type filter hook prerouting priority -310;
          ip daddr set ip daddr map @public_to_private
        }
        chain anti_spoofing {
          type filter hook prerouting priority -300;
          iifname "eni*" iifname . ip saddr != @owned drop
        }
        chain vrrp {
          type filter hook forward priority 0;
          ip protocol 112 ip ttl set 255
        }
        chain public_out {
          type filter hook postrouting priority 300;
          oifname "${INTERNET_PORT}" ip saddr set ip saddr map @private_to_public
        }
      }`);
    return new Fabric(subnetPrefixLength, gateway);
  }

  /** Makes a host's network namespace and plugs its `eth0` in, with its address and the way to everything else. */
  async plugIn(namespace: string, macAddress: string, privateIp: string): Promise<Port> {
    this.#portCount += 1;
    const port: Port = { name: `eni${this.#portCount}`, namespace, macAddress, privateIp };
    await run("ip", ["netns", "add", namespace]);
    await run("ip", ["-n", namespace, "link", "set", "lo", "up"]);
    await connectHost(port, this.subnetPrefixLength, this.gateway);
    await this.assign(privateIp, port);
    return port;
  }

  /**
   * Plugs a second interface of a namespace in, outside the VPC: from there, public addresses are reached.
   *
   * @param publicAddresses those that are, or networks of them
   */
  async connectInternet(
    namespace: string,
    interfaceName: string,
    address: string,
    publicAddresses: readonly string[],
  ): Promise<void> {
    await run("ip", ["link", "add", INTERNET_PORT, "type", "veth", "peer", "name", interfaceName, "netns", namespace]);
    await run("ip", ["link", "set", INTERNET_PORT, "up"]);
    await run("ip", ["-n", namespace, "link", "set", interfaceName, "up"]);
    await run("ip", ["-n", namespace, "address", "add", `${address}/32`, "dev", interfaceName]);
    await run("ip", ["route", "add", `${address}/32`, "dev", INTERNET_PORT]);
    sysctl({
      [`net.ipv4.conf.${INTERNET_PORT}.proxy_arp`]: 1,
      [`net.ipv4.neigh.${INTERNET_PORT}.proxy_delay`]: 0,
    });
    for (const publicAddress of publicAddresses) {
      await run("ip", ["-n", namespace, "route", "add", publicAddress, "dev", interfaceName, "src", address]);
      // ARP is answered for addresses that are routed elsewhere; the packets never take this route.
      await run("ip", ["route", "add", publicAddress, "dev", "lo"]);
    }
  }

  /** Gives an address to a port, away from the one that had it. */
  assign(address: string, port: Port): Promise<void> {
    return this.#inTurn(() => this.#assign(address, port));
  }

  /** Takes an address from whichever port has it. */
  unassign(address: string): Promise<void> {
    return this.#inTurn(() => this.#unassign(address));
  }

  /** Binds a public address to a private one, 1:1 and stateless; undefined unbinds it. */
  bindPublicAddress(publicIp: string, privateIp: string | undefined): Promise<void> {
    return this.#inTurn(() => this.#bindPublicAddress(publicIp, privateIp));
  }

  /** Pulls a host's cable: it can neither send nor receive. */
  cutOff(port: Port): Promise<void> {
    return this.#inTurn(() => this.#setLink(port, "down"));
  }

  /** Plugs a host's cable in again: the addresses that the port owns by now are reached there. */
  reconnect(port: Port): Promise<void> {
    return this.#inTurn(async () => {
      await this.#setLink(port, "up");
      // The kernel has taken the routes and the neighbours of the port with the link.
      for (const [address, owner] of this.#owners) if (owner === port.name) await this.#route(address, port);
    });
  }

  /**
   * Takes a host's interface away and gives it a new one on the same port, as detaching and attaching an ENI does: same
   * addresses, but another link for whoever runs there.
   *
   * @param macAddress of the new one. @default - the same
   */
  async replaceInterface(port: Port, macAddress = port.macAddress): Promise<Port> {
    const replaced = { ...port, macAddress };
    await this.#inTurn(async () => {
      await run("ip", ["link", "delete", port.name]);
      await connectHost(replaced, this.subnetPrefixLength, this.gateway);
      for (const [address, owner] of this.#owners) if (owner === port.name) await this.#route(address, replaced);
    });
    return replaced;
  }

  async #isUp({ name }: Port): Promise<boolean> {
    return /[<,]UP[,>]/.test(await run("ip", ["-br", "link", "show", "dev", name]));
  }

  async #setLink({ name }: Port, state: "up" | "down"): Promise<void> {
    await run("ip", ["link", "set", name, state]);
  }

  /** Changes follow each other in the order in which they were asked for, however quickly they come. */
  #inTurn(change: () => Promise<void>): Promise<void> {
    this.#lastChange = this.#lastChange.then(change);
    return this.#lastChange;
  }

  async #assign(address: string, port: Port): Promise<void> {
    const before = this.#owners.get(address);
    if (before === port.name) return;
    this.#owners.set(address, port.name);
    await this.#route(address, port);
    await nft(
      (before === undefined ? "" : `delete element ip fabric owned { "${before}" . ${address} }\n`) +
        `add element ip fabric owned { "${port.name}" . ${address} }`,
    );
  }

  async #unassign(address: string): Promise<void> {
    const before = this.#owners.get(address);
    if (before === undefined) return;
    this.#owners.delete(address);
    // A cut cable has taken it along already.
    await run("ip", ["route", "flush", `${address}/32`]);
    await nft(`delete element ip fabric owned { "${before}" . ${address} }`);
  }

  async #bindPublicAddress(publicIp: string, privateIp: string | undefined): Promise<void> {
    const bindings = this.#publicAddresses;
    bindings.delete(publicIp);
    // A private address has one public address, whatever it had before.
    for (const [other, bound] of bindings) if (bound === privateIp) bindings.delete(other);
    if (privateIp !== undefined) bindings.set(publicIp, privateIp);
    const elements = [...bindings].flatMap(([outside, inside]) => [
      `add element ip fabric public_to_private { ${outside} : ${inside} }`,
      `add element ip fabric private_to_public { ${inside} : ${outside} }`,
    ]);
    const maps = ["flush map ip fabric public_to_private", "flush map ip fabric private_to_public"];
    await nft([...maps, ...elements].join("\n"));
  }

  /** Nothing is routed to a port that is down: it gets its routes back with its cable. */
  async #route(address: string, port: Port): Promise<void> {
    if (!(await this.#isUp(port))) return run("ip", ["route", "flush", `${address}/32`]).then(() => {});
    await run(
      "ip",
      ["-batch", "-"],
      `route replace ${address}/32 dev ${port.name}\nneigh replace ${address} lladdr ${port.macAddress} dev ${port.name} nud permanent\n`,
    );
  }
}

async function nft(commands: string): Promise<void> {
  await run("nft", ["-f", "-"], commands);
}
