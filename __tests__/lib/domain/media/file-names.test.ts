import { expect, test } from "vitest";
import { cleanFileName } from "#lib/domain/media/file-names.ts";
import { contentDisposition } from "#lib/http/content-disposition.ts";

test.each([
  ["factura marzo.pdf", "factura marzo.pdf"],
  ["../../etc/passwd", "_.._etc_passwd"],
  ["C:\\Users\\ana\\foto.jpg", "C__Users_ana_foto.jpg"],
  ["/absolute.txt", "_absolute.txt"],
  ["invoice\u202efdp.exe", "invoicefdp.exe"],
  ["\u2067\u200fשלום.pdf\u2069", "שלום.pdf"],
  ["fac\u200btura\ufeff\u00ad.pdf", "factura.pdf"],
  ["line\nbreak\r\n\u0000.txt", "linebreak.txt"],
  ["  two   spaces  .pdf  ", "two spaces .pdf"],
  ["....", null],
  ["///", null],
  ["\u200b\u2060\u3164", null],
  ["", null],
  ["con.txt", "_con.txt"],
  ["AUX", "_AUX"],
  ['a"b<c>d|e?f*g.txt', "a_b_c_d_e_f_g.txt"],
  ["broken\ud800half.txt", "brokenhalf.txt"],
  ["cafe\u0301.pdf", "café.pdf"],
  ["报价单.xlsx", "报价单.xlsx"],
  [".htaccess", "htaccess"],
])("%j becomes %j", (given, wanted) => expect(cleanFileName(given)).toBe(wanted));

test("a long name keeps its ending, in whole characters", () => {
  const long = cleanFileName(`${"🎂".repeat(500)}.pdf`) ?? "";
  expect([...long]).toHaveLength(120);
  expect(long.endsWith("🎂.pdf")).toBe(true);
  expect(long.isWellFormed()).toBe(true);
  expect([...(cleanFileName("x".repeat(100_000)) ?? "")]).toHaveLength(120);
});

test("the header carries any name and cannot be broken out of", () => {
  expect(contentDisposition("attachment", "presupuesto nº 1 (ñandú).pdf")).toBe(
    "attachment; filename=\"presupuesto no 1 (nandu).pdf\"; filename*=UTF-8''presupuesto%20n%C2%BA%201%20%28%C3%B1and%C3%BA%29.pdf",
  );
  const header = contentDisposition("inline", '";\r\nx: y');
  expect(header).not.toMatch(/[\r\n]/);
  expect(header.match(/"/g)).toHaveLength(2);
  expect(
    () => new Headers({ "content-disposition": contentDisposition("inline", "日本🎌.png") }),
  ).not.toThrow();
});
