/** A rule of the function that is broken on purpose: in which of its files, and how. */
export interface Mutant {
  /** What the broken function does. */
  readonly rule: string;
  readonly file: "decide-address.ts" | "decide-keepalived.ts" | "decide-yield.ts" | "evidence.ts" | "times.ts";
  /** The text that stands there once, and what stands there instead. */
  readonly text: string;
  readonly instead: string;
  /** What notices it soonest: the name of a short check, schedules, or crashes. */
  readonly by: string;
}

const FAILOVER = "failover of a pair that nothing else happens to";
const PARKED = "failover where the parked address cannot be migrated, and the EIP stays behind";
const ADVERTS_CUT = "adverts are cut";
const EACH_STATE = "adverts are cut, and nothing listens for them; each state by itself";
const BY_HAND = "a move by hand";
const INTERFACE = "the interface is lost, which is noticed";
const UNNOTIFIED = "the end of a FAULT is not notified, and the pair is without peerWord";
const BOTH_DEAF = "both lose their interfaces, and nothing can be noticed or heard";

const mutant = (file: Mutant["file"], rule: string, text: string, instead: string, by = FAILOVER): Mutant => ({
  rule,
  file,
  text,
  instead,
  by,
});

/**
 * Each has to be caught by a check or a schedule. Five rules are missing, since no limit of a check is exceeded without
 * them: they save a move, a restart, or a wait that has a cap, and that only where two things go wrong at once. The test of
 * decide-address.ts has three: attempts begin anew at the next notification of MASTER, they belong to a mastership, and a
 * promotion is fulfilled by whoever brought the address. That of decide-keepalived.ts has two: restarts are counted, and two
 * adverts have to be missing before the incumbent keeps.
 */
export const MUTANTS: readonly Mutant[] = [
  // A MASTER
  mutant(
    "decide-address.ts",
    "attempts are not counted",
    "memory: { ...current, attempts, triedAt: now } }",
    "memory: { ...current, triedAt: now } }",
    ADVERTS_CUT,
  ),
  mutant(
    "decide-address.ts",
    "a take is not timed",
    "memory: { ...current, attempts, triedAt: now } }",
    "memory: { ...current, attempts } }",
    ADVERTS_CUT,
  ),
  mutant(
    "decide-address.ts",
    "a MASTER writes while a task is visible",
    '    case "moving":\n      return { step: "look again", memory: current } as const;',
    '      return { step: "look again", memory: current } as const;\n    case "moving":\n      return take;',
  ),
  mutant(
    "decide-address.ts",
    "a foreign holder is robbed",
    "return rules.allowForeign ? take :",
    "return !rules.allowForeign ? take :",
    "schedules",
  ),
  mutant(
    "decide-address.ts",
    "a MASTER leaves an address that no node has",
    "      // Parked, none, gone: no node has it.\n      return take;",
    '      return { step: "leave", memory: current } as const;',
  ),
  mutant(
    "decide-address.ts",
    "a MASTER leaves an address that was taken off its interface",
    "      // Parked, none, gone: no node has it.\n      return take;",
    '      return holder === "none" ? ({ step: "leave", memory: current } as const) : take;',
    PARKED,
  ),
  mutant(
    "decide-address.ts",
    "the stronger MASTER leaves it to the weaker",
    "return node.isStronger ? take : leaveToStronger",
    "return leaveToStronger",
    BY_HAND,
  ),
  mutant(
    "decide-address.ts",
    "the weaker MASTER takes at every look",
    "return node.isStronger ? take : leaveToStronger(node, current, rules) || take;",
    "return take;",
    ADVERTS_CUT,
  ),
  mutant(
    "decide-address.ts",
    "the weaker MASTER does not give it to a proven peer",
    "if (!node.isStronger && !isHaVip",
    "if (false && !isHaVip",
    ADVERTS_CUT,
  ),
  mutant(
    "decide-address.ts",
    "the stronger MASTER gives it to a proven peer",
    "if (!node.isStronger && !isHaVip",
    "if (!isHaVip",
    ADVERTS_CUT,
  ),
  mutant(
    "decide-address.ts",
    "nobody binds the EIP",
    'return hasEip ? "keep" : "bind EIP";',
    'return "keep";',
    "schedules",
  ),
  mutant(
    "decide-address.ts",
    "the weaker MASTER takes from a peer that says that it is MASTER",
    'return word.state === "MASTER" ? { step: "leave", memory } : undefined;',
    "return undefined;",
    ADVERTS_CUT,
  ),
  mutant(
    "decide-address.ts",
    "the weaker MASTER leaves it to a peer that says that it is not MASTER",
    'return word.state === "MASTER" ? { step: "leave", memory } : undefined;',
    'return { step: "leave", memory };',
  ),
  mutant(
    "decide-address.ts",
    "a word from before the promotion holds a take back",
    'word.state !== "MASTER" || word.askedAt >= node.since',
    "word.askedAt >= 0",
  ),
  mutant(
    "decide-address.ts",
    "a promotion without a word is no reason to take",
    "if (memory.attempts === 0) return undefined;",
    "",
  ),
  mutant(
    "decide-address.ts",
    "the weaker MASTER never takes again",
    'return node.now < until ? { step: "leave", until, memory } : undefined;',
    'return { step: "leave", until, memory };',
    ADVERTS_CUT,
  ),
  // Not MASTER
  mutant(
    "decide-address.ts",
    "a standby does not give a MASTER what it has",
    '  if (holder === "mine") return "hand over";\n',
    "",
  ),
  mutant(
    "decide-address.ts",
    "a standby does not give a MASTER what nobody has",
    '  if (holder === "parked" || holder === "none") return "assign to peer";\n',
    "",
  ),
  mutant(
    "decide-address.ts",
    "a standby does not give a MASTER what was taken off its interface",
    'if (holder === "parked" || holder === "none") return "assign to peer";',
    'if (holder === "parked") return "assign to peer";',
    PARKED,
  ),
  mutant(
    "decide-address.ts",
    "a standby does not bind the EIP for its peer",
    'return holder === "peer" && !hasEip ? "bind EIP" : undefined;',
    "return undefined;",
    PARKED,
  ),
  mutant(
    "decide-address.ts",
    "a standby gives it to a peer that is not MASTER",
    'word?.state === "MASTER" && word.forMs >= waitMs(SELF_HELP, rules)',
    "word",
  ),
  mutant(
    "decide-address.ts",
    "without a word a standby helps nobody",
    "if (node.now < until) return",
    "if (node.now < Infinity) return",
  ),
  mutant(
    "decide-address.ts",
    "without a word a standby helps at once",
    "if (node.now < until) return",
    "if (node.now < 0) return",
    EACH_STATE,
  ),
  mutant(
    "decide-address.ts",
    "the time after which a standby helps begins anew at each look",
    "waitingSince: waits ? waitingSince : undefined",
    "waitingSince: waits ? node.now : undefined",
  ),
  mutant(
    "decide-address.ts",
    "a node in FAULT hands over though it hears nobody",
    "hearsPeer(node, rules) ?? mayBeBackup",
    "true",
    INTERFACE,
  ),
  mutant(
    "decide-address.ts",
    "a node that seems to be in FAULT never helps a silent peer",
    '|| node.vrrp === "FAULT"',
    "",
    UNNOTIFIED,
  ),
  mutant(
    "decide-address.ts",
    "a node that seems to be in FAULT helps a silent peer twice, and then no more",
    '|| node.vrrp === "FAULT"',
    '|| (node.vrrp === "FAULT" && memory.helps < HELP.doublings)',
    UNNOTIFIED,
  ),
  mutant(
    "decide-address.ts",
    "helps without a word are not counted",
    "helps: Math.min(kept.helps + 1, HELP.doublings)",
    "helps: kept.helps",
    BOTH_DEAF,
  ),
  mutant(
    "decide-address.ts",
    "a standby writes while a task is visible",
    'if (holder === "unknown" || holder === "moving") return { step: "look again", memory: kept };',
    'if (holder === "unknown") return { step: "look again", memory: kept };\n  if (holder === "moving") return { step: "hand over", memory: kept };',
  ),
  // keepalived
  mutant(
    "decide-yield.ts",
    "a node yields while adverts arrive",
    "hearsPeer(node, rules) !== false) return undefined",
    "hearsPeer(node, rules) === undefined) return undefined",
    "schedules",
  ),
  mutant(
    "decide-yield.ts",
    "a node yields without a listener",
    "hearsPeer(node, rules) !== false) return undefined",
    "hearsPeer(node, rules)) return undefined",
    "schedules",
  ),
  mutant(
    "decide-yield.ts",
    "a yield goes on though the peer is not MASTER",
    'word?.state !== "MASTER" ||',
    '!word || (!isYielding && word.state !== "MASTER") ||',
    ADVERTS_CUT,
  ),
  mutant(
    "decide-yield.ts",
    "the stronger yields, too",
    '  if (vrrp === "MASTER" && isStronger) return undefined;\n',
    "",
    ADVERTS_CUT,
  ),
  mutant("decide-yield.ts", "a yield is not gone on with", "    isYielding ||\n", "", ADVERTS_CUT),
  mutant(
    "decide-yield.ts",
    "a MASTER yields that still has the address",
    " && addresses.every((address) => isElsewhere(address, rules))",
    "",
    ADVERTS_CUT,
  ),
  mutant("decide-yield.ts", "a MASTER yields before its peer is proven", " && isProvenMaster(node, rules) &&", " &&"),
  mutant(
    "decide-yield.ts",
    "nobody yields",
    "return yields ? word.askedAt + adverts(FRESH, rules) : undefined",
    "return yields ? undefined : undefined",
    ADVERTS_CUT,
  ),
  mutant(
    "decide-yield.ts",
    "the peer's word on the holder does not count",
    "return peerSees !== undefined && !",
    'return peerSees === "gone" && !',
    ADVERTS_CUT,
  ),
  mutant(
    "decide-keepalived.ts",
    "a yield ends only by its deadline",
    'if (isYielding) return { step: "end yield", memory: { restarts: 0 } };',
    'if (isYielding) return { step: "nothing", memory: node.memory };',
    ADVERTS_CUT,
  ),
  mutant(
    "decide-yield.ts",
    "a yield lasts for ever",
    "return yields ? word.askedAt + adverts(FRESH, rules)",
    "return yields ? word.askedAt + adverts(1000 * FRESH, rules)",
    ADVERTS_CUT,
  ),
  mutant(
    "decide-keepalived.ts",
    "keepalived is never restarted",
    "if (now < until) return",
    "if (now < Infinity) return",
    "schedules",
  ),
  mutant(
    "decide-keepalived.ts",
    "keepalived is restarted as soon as no MASTER is known",
    "if (now < until) return",
    "if (now < 0) return",
    "schedules",
  ),
  mutant(
    "decide-yield.ts",
    "a word from before the silence counts",
    "askedAt - silentSince >= adverts(MISSED.word, rules)",
    "askedAt >= 0",
    "crashes",
  ),
  // Evidence and times
  mutant(
    "evidence.ts",
    "a word is good for ever",
    "word && now - word.askedAt < adverts(FRESH, rules) ? word",
    "word ? word",
    EACH_STATE,
  ),
  mutant(
    "evidence.ts",
    "an old word proves a MASTER",
    "    now - word.askedAt < adverts(RECENT, rules) &&\n",
    "",
    ADVERTS_CUT,
  ),
  mutant("evidence.ts", "a MASTER of this moment is a proven one", "    word.forMs >= together &&\n", ""),
  mutant(
    "evidence.ts",
    "a word from before this node was MASTER proves the peer",
    "    word.askedAt - since >= together",
    "    word.askedAt <= now",
    ADVERTS_CUT,
  ),
  mutant(
    "evidence.ts",
    "that nothing listens counts as silence",
    "if (!heard) return undefined;",
    "if (!heard) return false;",
    "schedules",
  ),
  mutant(
    "evidence.ts",
    "adverts of long ago count",
    "now - heard.heardAt < adverts(HEARD, rules)",
    "now >= heard.heardAt",
    ADVERTS_CUT,
  ),
  mutant(
    "times.ts",
    "the waits of takes double without a cap",
    "RETAKE: Waits = { first: 6, doublings: 2 }",
    "RETAKE: Waits = { first: 6, doublings: 9 }",
    ADVERTS_CUT,
  ),
  mutant(
    "times.ts",
    "takes come too often",
    "RETAKE: Waits = { first: 6, doublings: 2 }",
    "RETAKE: Waits = { first: 6, doublings: 0 }",
    ADVERTS_CUT,
  ),
  mutant(
    "times.ts",
    "a BACKUP helps before an election is over",
    "HELP: Waits = { first: 5, doublings: 2 }",
    "HELP: Waits = { first: 1, doublings: 2 }",
    EACH_STATE,
  ),
];
