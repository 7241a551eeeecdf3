import { parseInstant, saySpan } from '../calendar/index.ts'
import {
  type AudienceFault,
  audiencesIn,
  type NamedAudiences,
  namedBy,
  placeOf,
  type SavedAudience,
  sayCircle,
  withOwn,
} from '../conditions/audiences.ts'
import { contactChannels, sayAsked, statesOfChannel } from '../conditions/contact.ts'
import type { AttributeTypes } from '../conditions/customer.ts'
import { type Condition, type Leaf, leavesOf, operators, type TimeWindow } from '../conditions/schema.ts'
import { daysAbout } from '../journey/length.ts'
import type { Locale, LocalText } from '../text.ts'
import { checkJourneysIn, type HasJourney } from './check-acts.ts'
import { checkNamesIn, type KnownNames } from './check-names.ts'
import { checkBeforeEntry } from './check-passage.ts'
import { checkTypesOf } from './check-types.ts'
import { type Diagnostic, diagnose } from './diagnostics.ts'
import type { ReadJourney, ReadNode } from './read.ts'
import { exitConditions } from './references.ts'

/** Whether some group in it has no tests. */
function hasEmptyGroup(condition: Condition): boolean {
  if (condition.kind === 'not') return hasEmptyGroup(condition.of)
  if (condition.kind !== 'all' && condition.kind !== 'any') return false
  return condition.of.length === 0 || condition.of.some(hasEmptyGroup)
}

const same = (text: string): LocalText => ({ 'zh-CN': text, en: text })

/** Why a window can hold nothing, as the values that stand there; null where it can. */
function windowFault(window: TimeWindow, zone: string): LocalText | null {
  if (window.kind === 'between') {
    const given = [window.from, window.to].filter((text) => text !== undefined && text !== '')
    const wrong = given.find((text) => parseInstant(text ?? '', zone) === null)
    if (wrong !== undefined) return same(wrong)
    const [from, to] = given.map((text) => parseInstant(text ?? '', zone) ?? 0)
    return from !== undefined && to !== undefined && from >= to ? same(given.join(' … ')) : null
  }
  if (window.kind === 'last') {
    const days = daysAbout(window.span)
    if (days > 0 && days <= 36_600) return null
    return { 'zh-CN': saySpan(window.span, 'zh-CN'), en: saySpan(window.span, 'en') }
  }
  if (window.kind !== 'festival') return null
  const { from, to } = window
  const place = (day: { years: number; days: number }) => day.years * 365.25 + day.days
  const shown = (year: string) =>
    [from, to].map(({ years, days }) => (years === 0 ? `${days}` : `${years}${year} ${days}`)).join(' … ')
  return place(from) < place(to) ? null : { 'zh-CN': shown(' 年'), en: shown('y') }
}

function referenceFault(read: ReadJourney, node: string, port: string | undefined): string | null {
  if (!Object.hasOwn(read.journey.nodes, node)) return node
  const ports = read.nodes.get(node)?.ports
  return port !== undefined && ports !== undefined && !ports.includes(port) ? `${node}.${port}` : null
}

interface ConditionPlace {
  readonly node: string | null
  readonly field: string
}

/** A test of what a channel does not have: it tells no customer from another. */
function contactFault(leaf: Leaf, place: ConditionPlace): Diagnostic[] {
  if (leaf.kind !== 'contact' || statesOfChannel(leaf.channel).includes(leaf.state)) return []
  const told = (locale: Locale) => ({
    channel: contactChannels[leaf.channel].words[locale],
    state: sayAsked(leaf, locale),
  })
  return [diagnose('contact-unfit', { ...place, zh: told('zh-CN') }, told('en'))]
}

/** Groups without tests, windows that hold nothing, and tests of what a channel does not have. */
function checkShape(condition: Condition, place: ConditionPlace, zone: string): Diagnostic[] {
  const found: Diagnostic[] = hasEmptyGroup(condition) ? [diagnose('empty-condition', place)] : []
  for (const leaf of leavesOf(condition)) {
    found.push(...contactFault(leaf, place))
    const window = 'window' in leaf && leaf.window !== undefined ? windowFault(leaf.window, zone) : null
    if (window !== null)
      found.push(diagnose('bad-window', { ...place, zh: { detail: window['zh-CN'] } }, { detail: window.en }))
  }
  return found
}

function checkCondition(
  read: ReadJourney,
  id: string,
  { field, condition }: { field: string; condition: Condition },
  zone: string,
): Diagnostic[] {
  const place = { node: id, field }
  const unknown = leavesOf(condition).flatMap((leaf) => {
    const wrong = leaf.kind === 'history' ? referenceFault(read, leaf.node, leaf.port) : null
    return wrong === null ? [] : [diagnose('unknown-node-reference', place, { reference: wrong })]
  })
  return [...checkShape(condition, place, zone), ...unknown]
}

/** What is said of an audience of which nobody can say who is in it. */
function sayFault(fault: AudienceFault, place: ConditionPlace, audience: string): Diagnostic {
  switch (fault.kind) {
    case 'circle':
      return diagnose('audience-in-circle', place, { audience, circle: sayCircle(fault.audiences) })
    case 'deep':
      return diagnose('audience-too-deep', place, { audience, levels: fault.levels })
    case 'missing':
      return diagnose('audience-missing', place, { audience, missing: fault.audience })
    case 'unreadable':
      return diagnose('audience-unreadable', place, { audience, unreadable: fault.audience })
  }
}

/** Audiences of which nobody can say who is in them. */
function checkNamed(
  condition: Condition,
  { node, field }: ConditionPlace,
  { unknown }: NamedAudiences,
): Diagnostic[] {
  if (unknown.size === 0) return []
  return audiencesIn(condition).flatMap((audience) => {
    const fault = unknown.get(audience)
    const at = placeOf(condition, new Set([audience]), field) ?? field
    return fault === undefined ? [] : [sayFault(fault, { node, field: at }, audience)]
  })
}

interface AudienceOptions {
  readonly zone: string
  readonly attributes: AttributeTypes
  readonly audiences: SavedAudience
  readonly names?: KnownNames | undefined
  readonly hasJourney?: HasJourney
  /** Epoch milliseconds. */
  readonly now: number
}

/** What is wrong or doubtful in a condition that stands by itself, as that of an audience does. */
export function checkAudience(
  condition: Condition,
  { zone, attributes, audiences, names, hasJourney, now }: AudienceOptions,
): Diagnostic[] {
  const place = { node: null, field: 'condition' }
  return [
    ...checkNamed(condition, place, namedBy([condition], audiences)),
    ...checkShape(condition, place, zone),
    ...bareTests(condition, ['condition']).map((field) => diagnose('missing-operand', { node: null, field })),
    ...checkBeforeEntry(condition, 'none', place),
    ...checkTypesOf(condition, place, attributes),
    ...checkNamesIn(condition, place.field, { known: names, now, zone }),
    ...checkJourneysIn(condition, place, hasJourney),
  ]
}

/** A node that is named must exist and give what is wanted of it. */
function checkReferences(read: ReadJourney, { id, type, config }: ReadNode): Diagnostic[] {
  return (type.refers?.(config) ?? []).flatMap(({ field, node, gives }) => {
    const other = read.nodes.get(node)
    const given = gives === 'message' ? other?.type.messages !== undefined : null
    const fits = given ?? other?.type.gives?.(other.config).includes(gives) ?? read.unclear.has(node)
    return fits ? [] : [diagnose('unknown-node-reference', { node: id, field }, { reference: node })]
  })
}

/** Places of comparisons that have nothing to compare with, wherever in a configuration they stand. */
function bareTests(value: unknown, path: readonly string[]): string[] {
  if (typeof value !== 'object' || value === null) return []
  const own = isBare(value) ? [path.join('.')] : []
  return [...own, ...Object.entries(value).flatMap(([key, part]) => bareTests(part, [...path, key]))]
}

function isBare(part: object): boolean {
  if (!('op' in part) || !operators.some((op) => op === part.op)) return false
  if (part.op === 'is_set' || part.op === 'not_set') return false
  const value = 'value' in part ? part.value : undefined
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

const nobodySaved: NamedAudiences = {
  conditions: new Map(),
  lists: new Set(),
  unknown: new Map(),
}

/** Conditions and references of all nodes, and the filters of the exit rules. */
export function checkConditions(
  read: ReadJourney,
  zone: string,
  audiences: SavedAudience | undefined,
): Diagnostic[] {
  const { exitWhen } = read.journey.settings
  const asked = [...read.nodes.values()].flatMap(({ type, config }) => type.conditions?.(config) ?? [])
  const exits = exitConditions(read)
  const conditions = [...asked, ...exits].map(({ condition }) => condition)
  const filled = [...read.nodes.values()].flatMap(({ type, config }) => type.fills?.(config) ?? [])
  const named = audiences === undefined ? nobodySaved : namedBy(conditions, withOwn(audiences, filled))
  const rules = bareTests(exitWhen, ['settings', 'exitWhen'])
  return [
    ...rules.map((field) => diagnose('missing-operand', { node: null, field })),
    ...exits.flatMap(({ condition, field }) => checkNamed(condition, { node: null, field }, named)),
    ...[...read.nodes.values()].flatMap((node) => [
      ...(node.type.conditions?.(node.config) ?? []).flatMap((one) => [
        ...checkCondition(read, node.id, one, zone),
        ...checkNamed(one.condition, { node: node.id, field: one.field }, named),
      ]),
      ...bareTests(node.config, []).map((field) => diagnose('missing-operand', { node: node.id, field })),
      ...checkReferences(read, node),
    ]),
  ]
}
