// How a state of the model lies in memory: small fields while it is worked on, five words of 32 bits while it is kept.

/** keepalived, in the field VRRP. */
export const BACKUP = 0;
export const MASTER = 1;
export const FAULT = 2;
export const DOWN = 3;

/** Who has the address, in the field HOLDER; 0 and 1 are the two nodes. */
export const PARKED = 2;
export const NONE = 3;
export const FOREIGN = 4;

/** Fields of a node. Ages and times are in ticks of one advert interval. */
export const VRRP = 0;
/** Whether the machine runs, its checks fail, what the API lets it do, its agent is frozen, keepalived has lost its interface. */
export const UP = 1;
export const ILL = 2;
export const API = 3;
export const FROZEN = 4;
export const STUCK = 5;
/** In the field API: it is out of reach, or does everything, or lets the node look and change nothing. */
export const CUT = 0;
export const WHOLE = 1;
export const READ_ONLY = 2;
/** keepalived's election timer: since when a BACKUP hears nothing. */
export const SILENT = 6;
/** For how long it is MASTER. */
export const REIGN = 7;
/** A notification of MASTER is on its way; the last one is of MASTER; it is the one that the memory has; the last one is FAULT. */
export const LATE = 8;
export const NOTIFIED = 9;
export const KNOWN = 10;
export const SAYS_FAULT = 11;
/** The memory of the address: attempts, the age of the last one, since when it holds (0: not, else one more), hand-overs. */
export const ATTEMPTS = 12;
export const TRIED = 13;
export const HOLDING = 14;
export const HANDOVERS = 15;
/** The peer's word: 0 none, 1 not MASTER, 2 MASTER, 3 MASTER for an advert interval or longer; and its age. */
export const WORD = 16;
export const WORD_AGE = 17;
/** For how long the yield still lasts; what the tracked script has told keepalived; whether that lags behind. */
export const YIELD = 18;
export const HELD = 19;
export const LAG = 20;
/** Since when no advert of the peer was on the wire, up to 3. */
export const UNHEARD = 21;
/** The memory of restarts: since when there is no MASTER (0: not, else one more), how many. */
export const MASTERLESS = 22;
export const RESTARTS = 23;
/** Whether the agent has left out a pass. */
export const SKIPPED = 24;
/** For how long nobody is MASTER though this node is well; where that is measured. */
export const DESERTED = 25;
/** With a HAVIP: since when this MASTER has not announced it again. */
export const SINCE_ARP = 26;
/** The process that hears adverts while keepalived is in FAULT: well, ended, or frozen. */
export const LISTENER = 27;
export const LISTENS = 0;
export const LOST = 1;
export const DEAF = 2;
export const NODE_FIELDS = 28;

const NODE_WIDTHS = [2, 1, 1, 2, 1, 1, 3, 3, 1, 1, 1, 1, 2, 5, 5, 2, 2, 2, 2, 1, 1, 2, 7, 3, 1, 5, 2, 2];

/** Fields of what the nodes share: the address, its EIP, two tasks of the cloud, links, what may still go wrong. */
const SHARED = 2 * NODE_FIELDS;
export const HOLDER = SHARED;
export const EIP = SHARED + 1;
/** Of the EIP: not bound, bound to the address, or bound still where that was before. */
export const UNBOUND = 0;
export const BOUND = 1;
export const LEFT_BEHIND = 2;
/** A task: whether there is one, from where, to which node or to none, its age, whether the API shows it. */
export const TASKS = SHARED + 2;
export const TASK_FIELDS = 5;
export const ON = 0;
export const FROM = 1;
export const TO = 2;
export const AGE = 3;
export const HIDDEN = 4;
/** Whether adverts of node 0, 1 reach the other; whether node 0, 1 gets the other's word. */
export const ADVERTS = SHARED + 12;
export const WORDS = SHARED + 14;
/** How many disturbances, and moves by hand, may still come; whether none comes any more. */
export const BUDGET = SHARED + 16;
export const HANDS = SHARED + 17;
export const CLOSED = SHARED + 18;
export const FIELDS = SHARED + 19;

const SHARED_WIDTHS = [3, 2, 1, 3, 2, 2, 1, 1, 3, 2, 2, 1, 1, 1, 1, 1, 3, 2, 1];

/** Words of a packed state. */
export const WORDS_PER_STATE = 5;

/** For each field the word that it lies in, and its place there. One that does not fit is the first of the next word. */
const PLACES = places();

function places(): { word: Uint8Array; shift: Uint8Array; mask: Uint32Array } {
  const word = new Uint8Array(FIELDS);
  const shift = new Uint8Array(FIELDS);
  const mask = new Uint32Array(FIELDS);
  let at = 0;
  let bit = 0;
  [...NODE_WIDTHS, ...NODE_WIDTHS, ...SHARED_WIDTHS].forEach((width, field) => {
    if (bit + width > 32) {
      at += 1;
      bit = 0;
    }
    if (at >= WORDS_PER_STATE) throw new Error(`the fields from ${field} on need more than ${WORDS_PER_STATE} words`);
    word[field] = at;
    shift[field] = bit;
    mask[field] = 2 ** width - 1;
    bit += width;
  });
  return { word, shift, mask };
}

/** A state while it is worked on. */
export type Fields = Uint8Array;

/** Packs fields into words. @throws where a value does not fit: then the model is wrong */
export function pack(fields: Fields, words: Uint32Array): void {
  const { mask, shift, word } = PLACES;
  words.fill(0);
  for (let field = 0; field < FIELDS; field += 1) {
    const value = fields[field] as number;
    if (value > (mask[field] as number)) throw new Error(`field ${field} cannot hold ${value}`);
    words[word[field] as number] = (words[word[field] as number] as number) | (value << (shift[field] as number));
  }
}

/** The fields of packed words. */
export function unpack(words: Uint32Array, at: number, fields: Fields): void {
  const { mask, shift, word } = PLACES;
  for (let field = 0; field < FIELDS; field += 1) {
    fields[field] =
      ((words[at + (word[field] as number)] as number) >>> (shift[field] as number)) & (mask[field] as number);
  }
}
