/** Where the time comes from, for what has to be tried out at any hour. */
export type Clock = { now(): Date };

export const systemClock: Clock = { now: () => new Date() };
