import { expect, test } from "vitest";
import { passwordStrength } from "#components/auth/password-strength.ts";
import { Password } from "#lib/domain/users/schema.ts";

test.each([
  ["", "short"],
  ["123456789", "short"],
  ["1234567890", "easy"],
  ["aaaaaaaaaaaa", "easy"],
  ["abababababab", "easy"],
  ["password123", "easy"],
  ["Contraseña1", "easy"],
  ["qwertyuiop", "easy"],
  ["abcdefghijkl", "easy"],
  ["rosita2024", "easy"],
  ["mesa lluvia", "good"],
  ["Tr7kq!mvx2Lp", "strong"],
  ["lluvia bicicleta mango", "strong"],
])("%s is %s", (password, expected) => {
  expect(passwordStrength(password, ["rosita@tienda.pe", "Ana Torres"])).toBe(expected);
});

test("the form never refuses for its length what the server would take", () => {
  expect(Password.safeParse("x".repeat(9)).success).toBe(false);
  expect(Password.safeParse("mesa lluvi").success).toBe(true);
  expect(passwordStrength("mesa lluvi")).not.toBe("short");
});
