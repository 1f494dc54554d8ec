import { Token } from "cdktf";
import * as shape from "../props/shape";
import { requireCommands, requireScript } from "./scripts";
import { PropError, requireLiteral, requireLiteralInteger } from "../props/validation";

/** How often a service check runs, and how many results in a row count. */
export interface HealthCheckTiming {
  /**
   * Seconds between two runs, 1–3600.
   *
   * @default 2
   */
  readonly intervalSeconds?: number;
  /**
   * Seconds after which a run counts as failed, 1–3600.
   *
   * @default 2
   */
  readonly timeoutSeconds?: number;
  /**
   * Failures in a row after which the node gives up, 1–100.
   *
   * @default 2
   */
  readonly fall?: number;
  /**
   * Successes in a row after which the node may take over again, 1–100.
   *
   * @default 2
   */
  readonly rise?: number;
}

/** A command that says whether the service is well. */
export interface HealthCheckCommandProps extends HealthCheckTiming {
  /**
   * Packages of the image's repositories that the command needs, such as `curl`. They are installed on both nodes.
   *
   * @default - none
   */
  readonly packages?: readonly string[];
}

/** A URL of a web page in one line, without blanks, control characters or backslashes. */
const WRITTEN_OUT = /^[hH][tT][tT][pP][sS]?:\/\/[^\s\p{Cc}\\]+$/u;

const SECONDS: shape.Limits = [1, 3600];
const COUNT: shape.Limits = [1, 100];
const PORT: shape.Limits = [1, 65_535];

const TIMING: shape.Shape<HealthCheckTiming> = {
  intervalSeconds: shape.optional(shape.integer(2, SECONDS)),
  timeoutSeconds: shape.optional(shape.integer(2, SECONDS)),
  fall: shape.optional(shape.integer(2, COUNT)),
  rise: shape.optional(shape.integer(2, COUNT)),
};

const PACKAGE = /^[\w.+:=~-]+$/;
const PACKAGES = shape.list(shape.matching("curl", PACKAGE), '["curl"]');

/** As `ps -o comm` shows it. */
const PROCESS = /^[\w.-]{1,15}$/;

/** The kinds of what a check of any kind is made from. */
export const HEALTH_CHECK_FIELDS = {
  http: shape.matching("http://127.0.0.1/healthz", WRITTEN_OUT),
  tcp: shape.integer(3306, PORT),
  process: shape.matching("nginx", PROCESS),
  command: shape.text("pgrep -x haproxy"),
  packages: PACKAGES,
  ...TIMING,
};

const COMMAND_PROPS: shape.Shape<HealthCheckCommandProps> = {
  ...TIMING,
  packages: shape.optional(PACKAGES),
};

/**
 * A check of the service that the pair serves. While it fails the node is in FAULT: the peer takes over, and a
 * recovered node does not claim the address back.
 */
export class HealthCheck {
  /**
   * A shell command that keepalived runs as root; exit status 0 means healthy.
   *
   * @throws where the command is no script of `/bin/sh`, does nothing, or a number is out of its range. A pair refuses a command
   *   whose program no package of its nodes brings.
   */
  static command(command: string, props: HealthCheckCommandProps = {}): HealthCheck {
    shape.text("pgrep -x haproxy").check("healthCheck.command", command);
    shape.requireProps(COMMAND_PROPS, props, "healthCheck.");
    return new HealthCheck(command, props, props.packages);
  }

  /**
   * A web page that must be delivered, by `curl`: any status below 400 means healthy.
   *
   * @param url of the node itself, such as `http://127.0.0.1/healthz`
   * @throws where the URL is not valid, or a number is out of its range. A pair refuses one at a virtual address, or at one
   *   of its nodes' addresses.
   */
  static http(url: string, timing: HealthCheckTiming = {}): HealthCheck {
    shape.text("http://127.0.0.1/healthz").check("healthCheck.http", url);
    shape.requireProps(TIMING, timing, "healthCheck.");
    // URL.canParse also takes what curl does not: it drops line ends and tabs, encodes blanks, and turns backslashes.
    if (!Token.isUnresolved(url) && !(URL.canParse(url) && WRITTEN_OUT.test(url))) {
      throw new PropError("healthCheck.http", url, "must be a URL", "write it out, such as http://127.0.0.1/healthz");
    }
    const seconds = timing.timeoutSeconds ?? 2;
    // -g: brackets and braces are part of the URL, not a pattern of several ones.
    return new HealthCheck(`curl -gfsS -o /dev/null --max-time ${seconds} ${shellQuote(url)}`, timing, ["curl"], url);
  }

  /**
   * A TCP port of the node that must accept a connection.
   *
   * @throws where the port is no integer of 1–65535, or another number is out of its range
   */
  static tcp(port: number, timing: HealthCheckTiming = {}): HealthCheck {
    shape.number(3306).check("healthCheck.tcp", port);
    shape.requireProps(TIMING, timing, "healthCheck.");
    requireLiteralInteger("healthCheck.tcp", port, ...PORT, "give the port that the service listens on");
    return new HealthCheck(`timeout ${timing.timeoutSeconds ?? 2} bash -c '</dev/tcp/127.0.0.1/${port}'`, timing);
  }

  /**
   * A process that must run, by its name as `ps -o comm` shows it.
   *
   * @throws where the name is not valid, or a number is out of its range
   */
  static process(name: string, timing: HealthCheckTiming = {}): HealthCheck {
    shape.text("nginx").check("healthCheck.process", name);
    shape.requireProps(TIMING, timing, "healthCheck.");
    requireLiteral("healthCheck.process", name);
    if (!PROCESS.test(name)) {
      throw new PropError(
        "healthCheck.process",
        name,
        "must be 1 to 15 letters, digits, dots or hyphens, as the kernel keeps it",
        "look it up with 'ps -o comm'",
      );
    }
    return new HealthCheck(`pgrep -x ${name} >/dev/null`, timing);
  }

  /** Seconds between two runs. */
  readonly intervalSeconds: number;
  /** Seconds after which a run counts as failed. */
  readonly timeoutSeconds: number;
  /** Failures in a row after which the node gives up. */
  readonly fall: number;
  /** Successes in a row after which the node may take over again. */
  readonly rise: number;

  private constructor(
    /** The shell command. */
    readonly shellCommand: string,
    timing: HealthCheckTiming,
    /** Packages that the command needs. */
    readonly packages: readonly string[] = [],
    /** The URL that a check over HTTP asks for; undefined of another check. */
    readonly url?: string,
  ) {
    // TypeScript's 'private' does not keep plain JavaScript from calling it.
    shape.text("pgrep -x haproxy").check("healthCheck.command", shellCommand);
    if (!shape.isObject(timing)) shape.requireProps(TIMING, timing, "healthCheck.");
    shape.requireFields({ ...TIMING, packages: PACKAGES }, { ...timing, packages }, "healthCheck.");
    requireScript("healthCheck.command", shellCommand);
    requireCommands([shellCommand], () => "healthCheck.command");
    packages.forEach((name, index) => requirePackage(`healthCheck.packages[${index}]`, name));
    this.intervalSeconds = timing.intervalSeconds ?? 2;
    this.timeoutSeconds = timing.timeoutSeconds ?? 2;
    this.fall = timing.fall ?? 2;
    this.rise = timing.rise ?? 2;
    requireLiteralInteger(
      "healthCheck.intervalSeconds",
      this.intervalSeconds,
      ...SECONDS,
      "give whole seconds, such as 2",
    );
    requireLiteralInteger(
      "healthCheck.timeoutSeconds",
      this.timeoutSeconds,
      ...SECONDS,
      "give whole seconds, such as 2",
    );
    requireLiteralInteger("healthCheck.fall", this.fall, ...COUNT, "give a count, such as 2");
    requireLiteralInteger("healthCheck.rise", this.rise, ...COUNT, "give a count, such as 2");
  }
}

function shellQuote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

function requirePackage(prop: string, name: string): void {
  if (PACKAGE.test(name)) return;
  throw new PropError(prop, name, "must be a package's name", "write one package in each item, such as curl");
}
