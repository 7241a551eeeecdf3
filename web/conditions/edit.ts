import type { Condition, Leaf, TimeWindow } from '../../shared/conditions/schema.ts'

/** Where a part stands in a condition: places in the groups' lists from the outside in; a `not` adds 0. */
export type ConditionPath = readonly number[]

export type Group = Extract<Condition, { kind: 'all' | 'any' }>
export type LeafKind = Leaf['kind']

export const isGroup = (condition: Condition): condition is Group =>
  condition.kind === 'all' || condition.kind === 'any'

/** The condition as a group that parts can be added to; a single test becomes the only part of an `all`. */
export function asGroup(condition: Condition): Group {
  return isGroup(condition) ? condition : { kind: 'all', of: [condition] }
}

function partsOf(condition: Condition): readonly Condition[] {
  if (isGroup(condition)) return condition.of
  return condition.kind === 'not' ? [condition.of] : []
}

function withParts(condition: Condition, parts: Condition[]): Condition {
  if (isGroup(condition)) return { ...condition, of: parts }
  const [only] = parts
  return condition.kind === 'not' && only !== undefined ? { kind: 'not', of: only } : condition
}

/** The part at a path; undefined where there is none. */
export function partAt(condition: Condition, path: ConditionPath): Condition | undefined {
  const [first, ...rest] = path
  if (first === undefined) return condition
  const part = partsOf(condition)[first]
  return part === undefined ? undefined : partAt(part, rest)
}

/** The condition with another part at a path. */
export function replaceAt(condition: Condition, path: ConditionPath, next: Condition): Condition {
  const [first, ...rest] = path
  if (first === undefined) return next
  const parts = partsOf(condition).map((part, index) =>
    index === first ? replaceAt(part, rest, next) : part,
  )
  return withParts(condition, parts)
}

/** The condition without the part at a path. What a `not` denied goes with its `not`; a group may be left empty. */
export function removeAt(condition: Condition, path: ConditionPath): Condition {
  const last = path.at(-1)
  if (last === undefined) return { kind: 'all', of: [] }
  const above = path.slice(0, -1)
  const holder = partAt(condition, above)
  if (holder === undefined) return condition
  if (!isGroup(holder)) return removeAt(condition, above)
  return replaceAt(condition, above, { ...holder, of: holder.of.filter((_part, index) => index !== last) })
}

/** The condition with a part added to the group at a path. */
export function addTo(condition: Condition, path: ConditionPath, part: Condition): Condition {
  const holder = partAt(condition, path)
  if (holder === undefined || !isGroup(holder)) return condition
  return replaceAt(condition, path, { ...holder, of: [...holder.of, part] })
}

/** The condition with a part put into the group at a path, before the one that stands at a place there. */
export function insertAt(condition: Condition, path: ConditionPath, at: number, part: Condition): Condition {
  const holder = partAt(condition, path)
  if (holder === undefined || !isGroup(holder)) return condition
  return replaceAt(condition, path, {
    ...holder,
    of: [...holder.of.slice(0, at), part, ...holder.of.slice(at)],
  })
}

/** Where a part is put: the path of a group, and before which of its parts as they stand now. */
export interface Spot {
  readonly into: ConditionPath
  readonly at: number
}

/** A condition after a move, and where the part stands then. */
export interface Moved {
  readonly condition: Condition
  readonly path: ConditionPath
}

const isWithin = (path: ConditionPath, outer: ConditionPath): boolean =>
  path.length >= outer.length && outer.every((step, index) => path[index] === step)

/** A path as it is once the part at another has been taken away. */
function without(path: ConditionPath, taken: ConditionPath): ConditionPath {
  const depth = taken.length - 1
  const [step, gone] = [path[depth], taken[depth]]
  const shifted =
    step !== undefined && gone !== undefined && step > gone && isWithin(path, taken.slice(0, -1))
  return shifted ? [...path.slice(0, depth), step - 1, ...path.slice(depth + 1)] : path
}

/** Takes a part of a group to another place; null where it stands there, or would stand within itself. */
export function moveTo(condition: Condition, from: ConditionPath, { into, at }: Spot): Moved | null {
  const part = partAt(condition, from)
  const holder = partAt(condition, from.slice(0, -1))
  if (part === undefined || holder === undefined || !isGroup(holder) || isWithin(into, from)) return null
  const path = without([...into, at], from)
  if (path.join() === from.join()) return null
  const taken = removeAt(condition, from)
  return { condition: insertAt(taken, path.slice(0, -1), path.at(-1) ?? 0, part), path }
}

/** The group that stands at a path, denied or not, and its own path; null where there is another part. */
function groupAt(condition: Condition, path: ConditionPath): { group: Group; path: ConditionPath } | null {
  const part = partAt(condition, path)
  if (part === undefined) return null
  if (part.kind === 'not') return groupAt(condition, [...path, 0])
  return isGroup(part) ? { group: part, path } : null
}

/** The path of the outermost `not` of several around a part: where it stands in its group. */
function placeOf(condition: Condition, path: ConditionPath): ConditionPath {
  const above = path.slice(0, -1)
  return path.length > 0 && partAt(condition, above)?.kind === 'not' ? placeOf(condition, above) : path
}

/**
 * Takes a part one step up (-1) or down (1) among all parts as they are read: past the next one, into a group that
 * comes next, out of the one around it. Null where there is nothing beyond.
 */
export function stepBy(condition: Condition, from: ConditionPath, by: -1 | 1): Moved | null {
  const around = from.slice(0, -1)
  const index = from.at(-1)
  const holder = partAt(condition, around)
  if (index === undefined || holder === undefined || !isGroup(holder)) return null
  const next = index + by
  if (next < 0 || next >= holder.of.length) {
    const place = placeOf(condition, around)
    const outer = place.at(-1)
    return outer === undefined
      ? null
      : moveTo(condition, from, { into: place.slice(0, -1), at: by < 0 ? outer : outer + 1 })
  }
  const group = groupAt(condition, [...around, next])
  if (group !== null)
    return moveTo(condition, from, { into: group.path, at: by < 0 ? group.group.of.length : 0 })
  return moveTo(condition, from, { into: around, at: by < 0 ? next : next + 1 })
}

/** The condition with the parts of the group at a path in its place; a denied group stays as it is. */
export function unwrapAt(condition: Condition, path: ConditionPath): Condition {
  const part = partAt(condition, path)
  const around = path.slice(0, -1)
  const holder = partAt(condition, around)
  const index = path.at(-1)
  if (part === undefined || holder === undefined || index === undefined) return condition
  if (!isGroup(part) || !isGroup(holder)) return condition
  const of = [...holder.of.slice(0, index), ...part.of, ...holder.of.slice(index + 1)]
  return replaceAt(condition, around, { ...holder, of })
}

/** The condition with the part at a path denied, or no longer denied. */
export function toggleNot(condition: Condition, path: ConditionPath): Condition {
  const part = partAt(condition, path)
  if (part === undefined) return condition
  return replaceAt(condition, path, part.kind === 'not' ? part.of : { kind: 'not', of: part })
}

/** The condition with the part at a path in a group of its own, joined the other way than the group around. */
export function wrapAt(condition: Condition, path: ConditionPath): Condition {
  const part = partAt(condition, path)
  if (part === undefined) return condition
  const around = partAt(condition, path.slice(0, -1))
  return replaceAt(condition, path, { kind: around?.kind === 'any' ? 'all' : 'any', of: [part] })
}

/** A test of a kind as the menu adds it: passes the schema as far as it can without the marketer's words. */
export function newLeaf(kind: LeafKind): Leaf {
  const leaves: { [K in LeafKind]: Extract<Leaf, { kind: K }> } = {
    attribute: { kind: 'attribute', name: 'city', op: 'eq', value: '' },
    tag: { kind: 'tag', tag: '', has: true },
    contact: { kind: 'contact', channel: 'sms', state: 'agreed' },
    audience: { kind: 'audience', audience: '', member: true },
    anniversary: { kind: 'anniversary', name: 'birthday', days: 7 },
    events: {
      kind: 'events',
      event: 'order',
      where: [],
      measure: 'count',
      window: { kind: 'last', span: { amount: 30, unit: 'day' }, wholeDays: false },
      op: 'gte',
      value: 1,
    },
    sequence: {
      kind: 'sequence',
      first: { event: 'add_to_cart', where: [] },
      next: [{ event: 'order', where: [], within: { amount: 7, unit: 'day' } }],
      window: { kind: 'last', span: { amount: 30, unit: 'day' }, wholeDays: false },
    },
    history: { kind: 'history', node: '', op: 'gte', value: 1 },
    entry: { kind: 'entry', property: 'amount', op: 'gte', value: 10_000 },
    picks: { kind: 'picks', where: [{ field: 'category', op: 'in', value: [] }], least: 1 },
  }
  return leaves[kind]
}

/** A window of a kind as the menu begins it. */
export function newWindow(kind: TimeWindow['kind']): TimeWindow {
  const windows: { [K in TimeWindow['kind']]: Extract<TimeWindow, { kind: K }> } = {
    ever: { kind: 'ever' },
    between: { kind: 'between' },
    last: { kind: 'last', span: { amount: 30, unit: 'day' }, wholeDays: false },
    since_entry: { kind: 'since_entry' },
    festival: {
      kind: 'festival',
      festival: 'qixi',
      from: { years: 0, days: -14 },
      to: { years: 0, days: 0 },
      past: 2,
    },
  }
  return windows[kind]
}
