/**
 * All ways in which one step may go: the step asks what happens, and is run again until every answer was given. Written
 * so that the step reads as one story.
 */
export class Choices {
  readonly #taken: number[] = [];
  readonly #limits: number[] = [];
  #depth = 0;

  /** One of so many possibilities. */
  pick(limit: number): number {
    const depth = this.#depth;
    this.#depth += 1;
    if (depth === this.#taken.length) {
      this.#taken.push(0);
      this.#limits.push(limit);
    }
    return this.#taken[depth] as number;
  }

  /** Goes on to the next way. @returns false once there is none: then it begins anew */
  next(): boolean {
    this.#depth = 0;
    while (this.#taken.length > 0) {
      const last = this.#taken.length - 1;
      const answer = (this.#taken[last] as number) + 1;
      if (answer < (this.#limits[last] as number)) {
        this.#taken[last] = answer;
        return true;
      }
      this.#taken.pop();
      this.#limits.pop();
    }
    return false;
  }
}
