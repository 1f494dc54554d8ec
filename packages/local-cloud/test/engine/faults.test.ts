import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalCloud } from "../../src/index.ts";
import { send, sign } from "../support/client.ts";
import { asRoot, rootKey, startPair, taskDone } from "../support/pair.ts";
import { pass, simulateTime } from "../support/simulated-time.ts";

let cloud: LocalCloud;

beforeEach(async () => {
  cloud = await startPair();
});
afterEach(() => cloud.stop());

const describeHaVips = () => asRoot(cloud, "DescribeHaVips");
const migrate = () =>
  asRoot(cloud, "MigratePrivateIpAddress", {
    SourceNetworkInterfaceId: "eni-parking0",
    DestinationNetworkInterfaceId: "eni-aaaaaaaa",
    PrivateIpAddress: "10.0.1.100",
  });

test("the next calls of an action fail with a code, others do not", async () => {
  cloud.faults.add({ action: "DescribeHaVips", count: 2, code: "RequestLimitExceeded", message: "Slow down." });
  expect(await asRoot(cloud, "DescribeAddresses")).toMatchObject({ TotalCount: 2 });
  for (let index = 0; index < 2; index += 1) {
    expect(await describeHaVips()).toMatchObject({ Error: { Code: "RequestLimitExceeded", Message: "Slow down." } });
  }
  expect(await describeHaVips()).toMatchObject({ TotalCount: 1 });
  expect(cloud.faults.pending).toEqual([]);
});

test("a fault of every action lasts until it is cleared", async () => {
  cloud.faults.add({ action: "*", count: Number.POSITIVE_INFINITY, code: "InternalError" });
  expect(await describeHaVips()).toMatchObject({
    Error: { Code: "InternalError", Message: "This error was asked for." },
  });
  expect(await asRoot(cloud, "DescribeAddresses")).toMatchObject({ Error: { Code: "InternalError" } });
  expect(cloud.faults.pending).toHaveLength(1);
  cloud.faults.clear();
  expect(await describeHaVips()).toMatchObject({ TotalCount: 1 });
});

test("an HTTP status comes without JSON", async () => {
  cloud.faults.add({ action: "DescribeHaVips", httpStatus: 502 });
  const url = cloud.apiUrls[0] ?? "";
  const { status, text } = await send(url, sign(url, { key: rootKey, action: "DescribeHaVips" }));
  expect(status).toBe(502);
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
});

test("a delay keeps the answer back", async () => {
  cloud.faults.add({ action: "DescribeHaVips", delayMs: 120 });
  const started = performance.now();
  expect(await describeHaVips()).toMatchObject({ TotalCount: 1 });
  expect(performance.now() - started).toBeGreaterThanOrEqual(115);
});

test("a dropped connection carries nothing out, unless it is only the answer that is lost", async () => {
  const codes: string[] = [];
  cloud.on("call", ({ code }) => codes.push(code));
  cloud.faults.add({ action: "MigratePrivateIpAddress", dropConnection: true });
  await expect(migrate()).rejects.toThrow(/socket hang up|ECONNRESET/);
  expect(cloud.state.tasks.size).toBe(0);

  cloud.faults.add({ action: "MigratePrivateIpAddress", dropConnection: true, after: true });
  await expect(migrate()).rejects.toThrow(/socket hang up|ECONNRESET/);
  const [task] = cloud.state.tasks.values();
  await taskDone(cloud, task?.taskId ?? "");
  expect(cloud.holderOf("10.0.1.100")).toMatchObject({ networkInterfaceId: "eni-aaaaaaaa" });
  expect(codes.slice(0, 2)).toEqual(["connection dropped", "connection dropped"]);
});

test("an error after the fact leaves the work done", async () => {
  cloud.faults.add({ action: "MigratePrivateIpAddress", code: "InternalError", after: true });
  expect(await migrate()).toMatchObject({ Error: { Code: "InternalError" } });
  expect([...cloud.state.tasks.values()]).toMatchObject([{ action: "MigratePrivateIpAddress", status: "RUNNING" }]);
});

test("the metadata service has faults of its own", async () => {
  cloud.faults.add({ action: "*", code: "InternalError" });
  const get = () => send(cloud.metadataUrl("ins-aaaaaaaa"), { method: "GET", path: "/latest/meta-data/instance-id" });
  expect((await get()).text).toBe("ins-aaaaaaaa");
  cloud.faults.add({ action: "metadata", httpStatus: 500 });
  expect((await get()).status).toBe(500);
  cloud.faults.add({ action: "metadata", dropConnection: true });
  await expect(get()).rejects.toThrow(/socket hang up|ECONNRESET/);
  expect((await get()).text).toBe("ins-aaaaaaaa");
});

test("refuses a fault that would do nothing, or that the metadata service cannot have", () => {
  expect(() => cloud.faults.add({ action: "*" })).toThrow(
    "a fault needs 'code', 'httpStatus', 'delayMs', 'dropConnection', 'hang', 'task' or 'staleMs', got none of them",
  );
  expect(() => cloud.faults.add({ action: "*", count: 0, code: "InternalError" })).toThrow(
    "'count' must be at least 1, got 0",
  );
  expect(() => cloud.faults.add({ action: "metadata", code: "InternalError" })).toThrow(
    "the metadata service has no error codes, got 'InternalError': use 'httpStatus'",
  );
});

test("a task fails, and leaves everything as it was", async () => {
  cloud.faults.add({ action: "MigratePrivateIpAddress", task: "fails" });
  const { RequestId } = await migrate();
  expect(await taskDone(cloud, RequestId)).toMatchObject({ Status: "FAILED" });
  expect(cloud.holderOf("10.0.1.100")?.networkInterfaceId).toBe("eni-parking0");
  const again = await migrate();
  expect(await taskDone(cloud, again.RequestId)).toMatchObject({ Status: "SUCCESS" });
});

test("a task never ends, and what it works on stays locked", async () => {
  simulateTime();
  cloud.faults.add({ action: "MigratePrivateIpAddress", task: "never ends" });
  const { RequestId } = await migrate();
  await pass(3_600_000);
  expect(await asRoot(cloud, "DescribeVpcTaskResult", { TaskId: RequestId })).toMatchObject({ Status: "RUNNING" });
  expect(await migrate()).toMatchObject({ Error: { Code: "UnsupportedOperation.MutexOperationTaskRunning" } });
});

test("a task that never ends is given up: it fails, everything is as it was, and the next one succeeds", async () => {
  cloud.faults.add({ action: "MigratePrivateIpAddress", task: "never ends" });
  const { RequestId } = await migrate();
  cloud.failEndlessTasks();
  expect(await asRoot(cloud, "DescribeVpcTaskResult", { TaskId: RequestId })).toMatchObject({ Status: "FAILED" });
  expect(cloud.holderOf("10.0.1.100")?.networkInterfaceId).toBe("eni-parking0");
  const again = await migrate();
  expect(await taskDone(cloud, again.RequestId)).toMatchObject({ Status: "SUCCESS" });
});

test("a call is never answered, and the connection stays", async () => {
  cloud.faults.add({ action: "DescribeHaVips", hang: true });
  const answered = describeHaVips().then(
    () => "answered",
    () => "closed",
  );
  await asRoot(cloud, "DescribeAddresses");
  // Calls that come later are answered before it.
  const later = Promise.all([1, 2, 3].map(() => describeHaVips())).then(() => "later ones");
  expect(await Promise.race([answered, later])).toBe("later ones");
  await cloud.stop();
  expect(await answered).toBe("closed");
});

test("reads are stale for a time: they answer what was so before, while writes go on", async () => {
  let now = Date.now();
  await using cloud = await startPair({ taskMs: 5, now: () => now });
  const holder = async () => {
    const Filters = [{ Name: "address-ip", Values: ["10.0.1.100"] }];
    const { NetworkInterfaceSet } = await asRoot(cloud, "DescribeNetworkInterfaces", { Filters });
    return NetworkInterfaceSet[0].NetworkInterfaceId;
  };
  cloud.faults.add({ action: "DescribeNetworkInterfaces", staleMs: 400 });
  const { RequestId } = await asRoot(cloud, "MigratePrivateIpAddress", {
    SourceNetworkInterfaceId: "eni-parking0",
    DestinationNetworkInterfaceId: "eni-aaaaaaaa",
    PrivateIpAddress: "10.0.1.100",
  });
  await taskDone(cloud, RequestId);
  expect(cloud.holderOf("10.0.1.100")?.networkInterfaceId).toBe("eni-aaaaaaaa");
  expect(await holder()).toBe("eni-parking0");
  now += 399;
  expect(await holder()).toBe("eni-parking0");
  expect(cloud.faults.pending).toHaveLength(1);
  now += 1;
  expect(await holder()).toBe("eni-aaaaaaaa");
  expect(cloud.faults.pending).toEqual([]);
});

test("refuses stale reads of what does not read, beside another fault, or for no time", async () => {
  await using cloud = await startPair();
  const add = (fault: object) => () => cloud.faults.add({ action: "*", ...fault });
  expect(add({ action: "MigratePrivateIpAddress", staleMs: 5 })).toThrow(
    /'staleMs' is for actions that read, got 'Mig/,
  );
  expect(add({ staleMs: 5, code: "InternalError" })).toThrow(/'staleMs' goes with no other kind of fault/);
  expect(add({ staleMs: 0 })).toThrow(/'staleMs' must be above 0, got 0/);
});

test.each([
  [{ action: "metadata", httpStatus: "abc" }, "'httpStatus' must be from 200 to 599, got abc"],
  [{ action: "metadata", httpStatus: 9999 }, "'httpStatus' must be from 200 to 599, got 9999"],
  [{ action: "metadata", delayMs: "soon" }, "'delayMs' must be a number of ms, got soon"],
  [{ action: "AssociateAddress", task: "sometimes" }, "'task' must be 'fails' or 'never ends', got sometimes"],
  [{ action: "DescribeHaVips", code: 5 }, "'code' must be a string, got 5"],
])("refuses %j, which would break the server or do nothing", async (fault, message) => {
  await using withAdmin = await startPair({ admin: true });
  const [url = ""] = withAdmin.apiUrls;
  const headers = { host: new URL(url).host };
  const { status, text } = await send(url, { path: "/_local/faults", headers, body: JSON.stringify(fault) });
  expect({ status, ...JSON.parse(text) }).toEqual({ status: 400, error: message });
  expect(withAdmin.faults.pending).toEqual([]);
});
