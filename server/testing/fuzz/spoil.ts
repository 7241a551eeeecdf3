import fc from 'fast-check'

/** Values at which programs stumble. */
export const awkward: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, '', ' ', 0, -0, -1, 0.1, 1e21, -1e308, 2 ** 31, 2 ** 53, [], {}, [[]]),
  fc.constantFrom<unknown>(
    '\u0000',
    '\ud83d',
    '\u202e',
    '𠮷',
    'é',
    '1e999',
    '--',
    "'",
    '%00',
    '../../etc',
    'x'.repeat(5000),
  ),
  fc.constantFrom<unknown>({ constructor: { prototype: {} } }, { toString: 1 }, [null], ['a', 1], {
    a: { b: { c: {} } },
  }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.jsonValue({ maxDepth: 2 }),
)

interface Place {
  readonly path: readonly (string | number)[]
}

function placesOf(value: unknown, path: readonly (string | number)[] = []): Place[] {
  if (typeof value !== 'object' || value === null) return [{ path }]
  const members = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return [{ path }, ...members.flatMap(([key, member]) => placesOf(member, [...path, key]))]
}

/** The value with another one at a place; `undefined` takes the place away. */
function withAt(value: unknown, [key, ...rest]: readonly (string | number)[], other: unknown): unknown {
  if (key === undefined) return other
  if (Array.isArray(value))
    return value.flatMap((member, index) => {
      if (index !== key) return [member]
      const changed = withAt(member, rest, other)
      return changed === undefined ? [] : [changed]
    })
  const entries = Object.entries(Object(value)).flatMap(([name, member]): [string, unknown][] => {
    if (name !== key) return [[name, member]]
    const changed = withAt(member, rest, other)
    return changed === undefined ? [] : [[name, changed]]
  })
  return Object.fromEntries(entries)
}

/** A value as it was but for a place or two: taken away, of another type, or with a field too many. */
export function spoilt(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const change = fc.record({
    at: fc.nat(),
    what: fc.constantFrom('remove', 'replace', 'replace', 'add'),
    by: awkward,
  })
  return fc.tuple(valid, fc.array(change, { minLength: 1, maxLength: 2 })).map(([value, changes]) => {
    let now: unknown = value
    for (const { at, what, by } of changes) {
      const places = placesOf(now)
      const { path } = places[at % places.length] ?? { path: [] }
      if (what === 'remove') now = withAt(now, path, undefined)
      else if (what === 'replace') now = withAt(now, path, by)
      else if (typeof now === 'object') now = { ...now, unexpected: by }
    }
    return now
  })
}

/** Bodies that are no JSON, or hardly. */
export const broken: fc.Arbitrary<string> = fc.constantFrom(
  '',
  '{',
  '[1,',
  'null',
  '"text"',
  '{"a":1,"a":2}',
  '{"__proto__":{"a":1}}',
  '{"constructor":{"prototype":{"a":1}}}',
  '{"n":1e999}',
  '{"n":-0}',
  '\ufeff{}',
  '['.repeat(3000) + ']'.repeat(3000),
  `${'{"a":'.repeat(3000)}1${'}'.repeat(3000)}`,
  '{"a":"\\ud800"}',
)
