export class TimeLimitExceeded extends Error {
  override readonly name = "TimeLimitExceeded";
}

/** What `work` gives, or {@link TimeLimitExceeded} after `ms`. The work itself goes on: nothing can stop a promise. */
export async function withinTime<T>(ms: number, work: () => T | Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeLimitExceeded(`took longer than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([(async () => work())(), limit]);
  } finally {
    clearTimeout(timer);
  }
}
