import { expect, test } from "vitest";
import { isDatabaseDown } from "#lib/db/client.ts";
import { Prisma } from "#prisma/generated/client.ts";

const prismaError = (message: string, code: string) =>
  new Prisma.PrismaClientKnownRequestError(message, { code, clientVersion: "7" });

/** As they were seen while the server was killed and started again. */
test.each([
  ["Database error. Code: `57P03`. Message: `the database system is starting up`", "P2039"],
  [
    "Database error. Code: `57P01`. Message: `terminating connection due to unexpected postmaster exit`",
    "P2039",
  ],
  ["Transaction API error: Unable to start a transaction in the given time.", "P2028"],
  ["Can't reach database server at 127.0.0.1:5432", "P1001"],
])("the database is away: %s", (message, code) => {
  expect(isDatabaseDown(prismaError(message, code))).toBe(true);
});

test.each([
  ["Database error. Code: `23505`. Message: `duplicate key`", "P2039"],
  ["Transaction API error: A query cannot be executed on an expired transaction.", "P2028"],
])("the database is there, and something else is wrong: %s", (message, code) => {
  expect(isDatabaseDown(prismaError(message, code))).toBe(false);
});
