import { PropError } from "../props/prop-error";
import { hasCommand, openQuote } from "./shell-text";
import { hasHalfOfPair } from "../render/losses";

/** A program that the images may lack, the packages that bring it, and the one to name. */
interface Program {
  readonly packages: RegExp;
  readonly install: string;
}

const program = (packages: RegExp, install: string): Program => ({ packages, install });

/** Programs that checks and notifications use and that the cloud's images may lack, on Debian's and on EL's side. */
const PROGRAMS: Readonly<Record<string, Program>> = {
  curl: program(/^curl(-minimal)?$/, "curl"),
  dig: program(/dnsutils|bind-utils/, "dnsutils (bind-utils on EL)"),
  docker: program(/docker|moby/, "docker.io (docker-ce on EL)"),
  haproxy: program(/haproxy/, "haproxy"),
  http: program(/httpie/, "httpie"),
  jq: program(/^jq$/, "jq"),
  mariadb: program(/mariadb/, "mariadb-client (mariadb on EL)"),
  "mariadb-admin": program(/mariadb/, "mariadb-client (mariadb on EL)"),
  mysql: program(/mysql|mariadb|percona/, "default-mysql-client (mysql on EL)"),
  mysqladmin: program(/mysql|mariadb|percona/, "default-mysql-client (mysql on EL)"),
  nc: program(/netcat|nmap-ncat|^nc$|^ncat$/, "netcat-openbsd (nmap-ncat on EL)"),
  ncat: program(/^ncat$|nmap/, "ncat (nmap-ncat on EL)"),
  nginx: program(/nginx|openresty|tengine/, "nginx"),
  nmap: program(/nmap/, "nmap"),
  pg_isready: program(/postgres/, "postgresql-client (postgresql on EL)"),
  psql: program(/postgres/, "postgresql-client (postgresql on EL)"),
  "redis-cli": program(/redis|valkey/, "redis-tools (redis on EL)"),
  socat: program(/socat/, "socat"),
  telnet: program(/telnet/, "telnet"),
  wget: program(/wget/, "wget"),
};

/**
 * Refuses a text that the shell would not run as it was meant: it stands in a script of `/bin/sh` on the node.
 */
export function requireScript(prop: string, text: string): void {
  const refuse = (problem: string, remedy: string): never => {
    throw new PropError(prop, text, problem, remedy);
  };
  if (text.trim() === "") refuse("must not be empty", "leave it out");
  if (text.startsWith("\ufeff")) {
    refuse("must be text, and begins with a byte order mark", "save it as UTF-8 without one");
  }
  if (text.includes("\r")) refuse("must have the line ends of Unix, LF, and has CR", "save it with LF");
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  if (/[\x00-\x08\x0b-\x1f\x7f]/.test(text) || hasHalfOfPair(text)) {
    refuse(
      "must be text, and has a control character",
      "remove it, or write it as the shell does, such as \\\\t for printf",
    );
  }
  const shell = /^\s*#!\s*(.*)/.exec(text)?.[1];
  if (shell !== undefined && !/^\/bin\/sh\b/.test(shell)) {
    refuse(
      "must be a script for /bin/sh, and begins with the #! line of another program",
      "put the script on the node with cloudConfig.write_files, and give its path",
    );
  }
}

/**
 * Refuses scripts, which the node runs as one, that do nothing, and so always succeed, or that no shell can read to the end.
 *
 * @param scripts the texts, in their order
 * @param propOf the prop of each, by its index
 */
export function requireCommands(scripts: readonly string[], propOf: (index: number) => string): void {
  const [first] = scripts;
  if (first !== undefined && !scripts.some(hasCommand)) {
    const remedy = "take the # away, or leave it out: what only has comments always succeeds";
    throw new PropError(propOf(0), first, "must have a command, and has comments only", remedy);
  }
  const whole = scripts.join("\n");
  const open = openQuote(whole);
  if (open === undefined) return;
  let index = 0;
  let line = linesIn(whole.slice(0, open.index));
  for (const lines of scripts.map(linesIn)) {
    if (line <= lines) break;
    line -= lines;
    index += 1;
  }
  const problem = `must be a script that the shell can read, and has a quote (${open.quote}) in line ${line} that nothing closes`;
  throw new PropError(
    propOf(index),
    scripts[index],
    problem,
    "close it, or put a \\ in front of it if it is meant as text",
  );
}

function linesIn(text: string): number {
  return text.split("\n").length;
}

/**
 * Refuses a script whose program no package of the node brings: it would fail on every run.
 *
 * @param packages what the node installs
 * @param where how a package is added
 */
export function requirePrograms(prop: string, text: string, packages: readonly string[], where: string): void {
  for (const name of programsOf(text)) {
    const known = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
    if (known === undefined || packages.some((each) => known.packages.test(each))) continue;
    throw new PropError(
      prop,
      text,
      `calls ${name}, which no package of the nodes brings`,
      `add ${known.install} to ${where}; a package that the image has already is left as it is`,
    );
  }
}

/** Words that stand before the program of a command. */
const PREFIX = /^(?:!|if|then|elif|else|while|until|do|exec|command|sudo|nice|time|env|\{|\(|\w+=\S*)$/;

/** The programs that a script calls by name: the first word of each of its commands. */
export function programsOf(text: string): string[] {
  const bare = text.replace(/'[^']*'|"[^"$`]*"/g, "x").replace(/(^|\s)#.*$/gm, "");
  return bare.split(/\n|;|&&?|\|\|?|\$\(|`|\(/).flatMap((command) => {
    const words = programAndArguments(command.trim().split(/\s+/));
    const name = words[0]?.replace(/^\/(?:usr\/)?s?bin\//, "");
    return name === undefined || !/^[\w.-]+$/.test(name) ? [] : [name];
  });
}

/** A command without what stands before its program, such as `! timeout -k 1 2`. */
function programAndArguments(words: readonly string[]): readonly string[] {
  const [first, ...rest] = words;
  if (first === undefined) return words;
  if (PREFIX.test(first)) return programAndArguments(rest.slice(rest[0] === "-n" ? 1 : 0));
  if (first !== "timeout") return words;
  const duration = rest.findIndex((word, index) => !word.startsWith("-") && !/^-[ks]$/.test(rest[index - 1] ?? ""));
  return programAndArguments(rest.slice(duration + 1));
}
