/** Searches of a list, which end where they find something; the rest goes through all of it. */
const searches = ['includes', 'indexOf', 'find', 'findIndex', 'some', 'every'] as const
const fromEnd = ['lastIndexOf', 'findLast', 'findLastIndex'] as const
const wholes = ['filter', 'map', 'flatMap', 'forEach', 'reduce', 'slice', 'concat', 'toReversed'] as const
const tables = [
  [Map.prototype, ['get', 'has', 'set']],
  [Set.prototype, ['has', 'add']],
] as const

/** How many entries a search by a value looks at; one by a function counts its own calls. */
function lookedAt(self: readonly unknown[], name: string, [sought]: readonly unknown[]): number {
  if (typeof sought === 'function') return 0
  for (let at = 0; at < self.length; at += 1)
    if (Object.is(self[name === 'lastIndexOf' ? self.length - 1 - at : at], sought)) return at + 1
  return self.length
}

/**
 * Counts what a function does to lists, maps and sets, in entries looked at: the same on every machine, so that
 * growth can be told without a clock. Loops by hand count by the maps and lists that they touch.
 */
export function workOf(run: () => unknown): number {
  let work = 0
  const undo: (() => void)[] = []
  const count = (owner: object, name: string, weigh: (self: unknown, args: readonly unknown[]) => number) => {
    const plain: unknown = Reflect.get(owner, name)
    if (typeof plain !== 'function') return
    const counted = function (this: unknown, ...args: unknown[]): unknown {
      work += weigh(this, args)
      const [by] = args
      const watched =
        typeof by === 'function' && Array.isArray(this)
          ? [
              (...given: unknown[]): unknown => {
                work += 1
                return Reflect.apply(by, args[1], given)
              },
              ...(args.length > 1 ? [args[1]] : []),
            ]
          : args
      return Reflect.apply(plain, this, watched)
    }
    Object.defineProperty(owner, name, { value: counted, configurable: true, writable: true })
    undo.push(() => Object.defineProperty(owner, name, { value: plain, configurable: true, writable: true }))
  }
  for (const name of [...searches, ...fromEnd])
    count(Array.prototype, name, (self, args) => (Array.isArray(self) ? lookedAt(self, name, args) : 0))
  for (const name of wholes)
    count(Array.prototype, name, (self, [by]) =>
      Array.isArray(self) && typeof by !== 'function' ? self.length : 0,
    )
  for (const [owner, names] of tables) for (const name of names) count(owner, name, () => 1)
  try {
    run()
  } finally {
    for (const one of undo) one()
  }
  return work
}
