import { WORDS_PER_STATE } from "./layout.ts";

/** A set of packed states, in the order in which they were found, by their numbers. */
export class StateSet {
  size = 0;
  words = new Uint32Array(WORDS_PER_STATE << 12);
  #index = new Int32Array(1 << 13).fill(-1);

  /** Adds a state. @returns its number; a negative one, by `~`, where it was there already */
  add(state: Uint32Array): number {
    const mask = this.#index.length - 1;
    for (let slot = hash(state, 0) & mask; ; slot = (slot + 1) & mask) {
      const found = this.#index[slot] as number;
      if (found < 0) {
        this.#index[slot] = this.size;
        break;
      }
      if (this.#equals(found, state)) return ~found;
    }
    if ((this.size + 1) * WORDS_PER_STATE > this.words.length) this.words = grown(this.words);
    this.words.set(state, this.size * WORDS_PER_STATE);
    this.size += 1;
    if (this.size * 2 > this.#index.length) this.#rehash();
    return this.size - 1;
  }

  #equals(number: number, state: Uint32Array): boolean {
    const at = number * WORDS_PER_STATE;
    for (let word = 0; word < WORDS_PER_STATE; word += 1) if (this.words[at + word] !== state[word]) return false;
    return true;
  }

  #rehash(): void {
    const index = new Int32Array(this.#index.length * 2).fill(-1);
    const mask = index.length - 1;
    for (let number = 0; number < this.size; number += 1) {
      let slot = hash(this.words, number * WORDS_PER_STATE) & mask;
      while ((index[slot] as number) >= 0) slot = (slot + 1) & mask;
      index[slot] = number;
    }
    this.#index = index;
  }
}

/** Twice as long. */
export function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const longer = new Uint32Array(array.length * 2);
  longer.set(array);
  return longer;
}

function hash(words: Uint32Array, at: number): number {
  let mixed = 0x9e3779b9;
  for (let word = 0; word < WORDS_PER_STATE; word += 1) {
    mixed = Math.imul(mixed ^ (words[at + word] as number), 0x85ebca6b);
    mixed ^= mixed >>> 15;
  }
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
