import { afterEach, expect, it, vi } from "vitest";
import { backoff } from "../../runtime/client/backoff.js";

afterEach(() => vi.restoreAllMocks());

it("spreads attempts over all of a bound that doubles from 0.5 s to 30 s", () => {
  const random = vi.spyOn(Math, "random");
  random.mockReturnValue(1);
  expect([0, 1, 2, 5, 6, 7, 100].map(backoff)).toEqual([500, 1_000, 2_000, 16_000, 30_000, 30_000, 30_000]);
  random.mockReturnValue(0);
  expect(backoff(6)).toBe(0);
});
