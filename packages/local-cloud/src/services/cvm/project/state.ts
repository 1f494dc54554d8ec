/** A project of the account, beside the default one, whose id is 0. */
export interface Project {
  readonly projectId: number;
}
