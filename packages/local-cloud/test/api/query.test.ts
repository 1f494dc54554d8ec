import { expect, test } from "vitest";
import { select } from "../../src/api/query.ts";
import { cvmQueryCodes } from "../../src/services/cvm/service.ts";
import { vpcQueryCodes } from "../../src/services/vpc/service.ts";

const values = (count: number) => Array.from({ length: count }, (_, index) => String(index));

const ask = (filters: { Name: string; Values: string[] }[], codes: Parameters<typeof select>[4]) =>
  select(
    ["1", "7"],
    { ids: undefined, Filters: filters, Offset: 0, Limit: 20 },
    (id) => id,
    {
      id: (id, wanted) => wanted.includes(id),
    },
    codes,
  ).page;

test("a filter takes five values", () => {
  expect(ask([{ Name: "id", Values: values(5) }], vpcQueryCodes)).toEqual(["1"]);
});

test.each([
  ["VPC", vpcQueryCodes, "InvalidParameterValue.LimitExceeded"],
  ["CVM", cvmQueryCodes, "InvalidFilterValue.LimitExceeded"],
])("refuses a filter with six values, and eleven filters, of %s", (_, codes, code) => {
  expect(() => ask([{ Name: "id", Values: values(6) }], codes)).toThrow(expect.objectContaining({ code }));
  const filters = values(11).map((value) => ({ Name: "id", Values: [value] }));
  expect(() => ask(filters, codes)).toThrow(expect.objectContaining({ code }));
});

test("a product may take more values", () => {
  expect(ask([{ Name: "id", Values: values(100) }], { ...vpcQueryCodes, maxFilterValues: 100 })).toEqual(["1", "7"]);
});
