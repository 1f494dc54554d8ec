import { afterEach, beforeEach } from "vitest";
import { FakeTerraform } from "./fake-terraform.ts";
import { type CommandResult, World } from "./world.ts";

/** The world of a test of a command that lets Terraform change the stack. */
export interface StackWorld {
  readonly world: World;
  readonly terraform: FakeTerraform;
  /** Runs the command in the stack's folder. */
  readonly run: (...args: readonly string[]) => Promise<CommandResult>;
}

/**
 * Gives each test of a file a world of its own, with a stack in it.
 *
 * @param command of `pair`, such as `roll`
 */
export function stackWorld(command: string): StackWorld {
  let world: World;
  let terraform: FakeTerraform;
  beforeEach(async () => {
    world = await World.start();
    terraform = new FakeTerraform(world);
  });
  afterEach(() => world[Symbol.asyncDispose]());
  return {
    get world() {
      return world;
    },
    get terraform() {
      return terraform;
    },
    run: (...args) =>
      world.inStack({ TERRAFORM_BINARY_NAME: terraform.program }, command, "--stack", terraform.folder, ...args),
  };
}
