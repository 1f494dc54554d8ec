import { spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  type CompletionItem,
  CompletionRequest,
  ConfigurationRequest,
  createProtocolConnection,
  type Diagnostic,
  DidOpenTextDocumentNotification,
  ExitNotification,
  HoverRequest,
  InitializedNotification,
  InitializeRequest,
  type MarkupContent,
  type Position,
  PublishDiagnosticsNotification,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

const ROOT = join(__dirname, "../..");
const SERVER = join(ROOT, "node_modules/yaml-language-server/bin/yaml-language-server");

/** An editor's settings: those it begins with, but that nothing is fetched from the internet. */
const SETTINGS = {
  yaml: {
    validate: true,
    hover: true,
    completion: true,
    schemaStore: { enable: false },
    kubernetesCRDStore: { enable: false },
  },
};

/** What an editor does with files that end in yaml: it asks yaml-language-server, as VS Code, Neovim and Helix do. */
export class Editor {
  readonly #server = spawn(process.execPath, [SERVER, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  readonly #connection = createProtocolConnection(
    new StreamMessageReader(this.#server.stdout),
    new StreamMessageWriter(this.#server.stdin),
  );
  readonly #waiting = new Map<string, (diagnostics: readonly Diagnostic[]) => void>();
  #opened = 0;

  /** Starts the server, and tells it what the editor can do. */
  async start(): Promise<void> {
    this.#connection.onRequest(ConfigurationRequest.type, ({ items }) =>
      items.map(({ section }) => SETTINGS[section as keyof typeof SETTINGS] ?? null),
    );
    this.#connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
      this.#waiting.get(uri)?.(diagnostics);
    });
    this.#connection.listen();
    await this.#connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: [{ uri: pathToFileURL(ROOT).href, name: "checkout" }],
      capabilities: {
        workspace: { configuration: true, workspaceFolders: true },
        textDocument: {
          completion: { completionItem: { snippetSupport: true, documentationFormat: ["markdown"] } },
          hover: { contentFormat: ["markdown"] },
          publishDiagnostics: {},
        },
      },
    });
    await this.#connection.sendNotification(InitializedNotification.type, {});
  }

  /**
   * Opens a new file, which nobody has saved, beside pair.yaml.
   *
   * @returns its address, and what the editor underlines
   */
  async open(text: string): Promise<{ uri: string; diagnostics: readonly Diagnostic[] }> {
    const uri = pathToFileURL(join(ROOT, `unsaved-${++this.#opened}.yaml`)).href;
    const diagnostics = new Promise<readonly Diagnostic[]>((resolve) => this.#waiting.set(uri, resolve));
    await this.#connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId: "yaml", version: 1, text },
    });
    return { uri, diagnostics: await diagnostics };
  }

  /** What is offered to somebody who types at a place. */
  async complete(uri: string, position: Position): Promise<readonly CompletionItem[]> {
    const answer = await this.#connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position });
    return Array.isArray(answer) ? answer : (answer?.items ?? []);
  }

  /** What is shown where the pointer rests at a place; "" for nothing. */
  async hover(uri: string, position: Position): Promise<string> {
    const answer = await this.#connection.sendRequest(HoverRequest.type, { textDocument: { uri }, position });
    return (answer?.contents as MarkupContent | undefined)?.value ?? "";
  }

  /** Ends the server. */
  async close(): Promise<void> {
    await this.#connection.sendRequest(ShutdownRequest.type);
    const ended = new Promise((resolve) => this.#server.once("exit", resolve));
    await this.#connection.sendNotification(ExitNotification.type);
    await ended;
    this.#connection.dispose();
  }
}
