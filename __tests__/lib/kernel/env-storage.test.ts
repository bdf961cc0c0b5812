import { expect, test } from "vitest";
import { EnvError, parseEnv } from "#lib/kernel/env.ts";

const problems = (more: Record<string, string>): string[] => {
  try {
    parseEnv({ ...process.env, ...more });
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
};

test("storage in S3 needs a bucket and keys, each missing one named", () => {
  expect(problems({})).toEqual([]);
  expect(problems({ MEDIA_STORAGE: "disk", S3_BUCKET: "" })).toEqual([]);
  expect(problems({ MEDIA_STORAGE: "s3", S3_BUCKET: "media" })).toEqual([
    "S3_ACCESS_KEY_ID: must be set when MEDIA_STORAGE is s3",
    "S3_SECRET_ACCESS_KEY: must be set when MEDIA_STORAGE is s3",
  ]);
  expect(problems({ MEDIA_STORAGE: "tape" })).toEqual([expect.stringMatching(/^MEDIA_STORAGE: /)]);
  const whole = { MEDIA_STORAGE: "s3", S3_BUCKET: "media", S3_ACCESS_KEY_ID: "a", S3_SECRET_ACCESS_KEY: "b" };
  expect(problems(whole)).toEqual([]);
});
