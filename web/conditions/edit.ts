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
    history: { kind: 'history', node: '', op: 'gte', value: 1 },
    entry: { kind: 'entry', property: 'amount', op: 'gte', value: 10_000 },
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
