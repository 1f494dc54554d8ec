import { CloudError, malformed } from "../../../api/errors.ts";

const maxPort = 65_535;

/** Protocols whose rules have no ports. */
const withoutPorts = ["ALL", "ICMP", "ICMPV6", "GRE"];

/**
 * Checks a rule's ports: `ALL`, one port, a list `80,443` or a range `8000-8010`, and nothing of these mixed.
 *
 * @param protocol - in upper case; one without ports takes `ALL` only
 * @throws CloudError `InvalidParameterValue`, `.Malformed` or `.Range`
 */
export function checkPorts(protocol: string, port: string): void {
  if (port.toUpperCase() === "ALL") return;
  if (withoutPorts.includes(protocol)) {
    throw new CloudError(
      "InvalidParameterValue",
      `\`Port\` must be ALL with the protocol ${protocol}, got \`${port}\`.`,
    );
  }
  const range = /^(\d{1,5})-(\d{1,5})$/.exec(port);
  if (!range && !/^\d{1,5}(,\d{1,5})*$/.test(port)) throw malformed("Port", port);
  const tooHigh = port.split(/[-,]/).find((number) => Number(number) > maxPort);
  if (tooHigh !== undefined) {
    throw new CloudError("InvalidParameterValue.Range", `A port is at most ${maxPort}, got \`${tooHigh}\`.`);
  }
  if (range && Number(range[1]) > Number(range[2])) throw malformed("Port", port);
}
