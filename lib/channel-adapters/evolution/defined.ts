/** The same object type with every key that may be undefined turned into an optional key. */
export type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/** Leaves out what is undefined, so that an absent field stays absent on our side of the border. */
export function defined<const T extends object>(value: T): Defined<T> {
  // The one cast of this folder: Object.fromEntries cannot express the mapping that `Defined` states.
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Defined<T>;
}
