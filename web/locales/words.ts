/**
 * The shape of a namespace's English words: the Chinese keys, and `key_one` wherever English needs a
 * singular that Chinese has not.
 */
export type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> } & {
  readonly [K in `${string}_one`]?: string
}
