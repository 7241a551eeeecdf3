import { isAct } from '../conditions/acts.ts'
import { isColumn } from '../conditions/customer.ts'
import { type ConditionFacts, evaluate } from '../conditions/evaluate.ts'
import { historyOf } from '../conditions/history.ts'
import { lineEvent } from '../conditions/lines.ts'
import { isOwnerName } from '../conditions/owner.ts'
import { orderEvent, refundEvent } from '../conditions/purchases.ts'
import { isReceipt } from '../conditions/receipts.ts'
import { type Condition, filtersIn, type Leaf } from '../conditions/schema.ts'
import type { TimeContext } from '../conditions/window.ts'
import { isCouponEvent } from '../coupons/events.ts'
import type { Journey } from '../journey/graph.ts'
import { isScore } from '../models/scores.ts'
import type { Registry } from '../nodes/type.ts'
import { isReferralEvent } from '../referrals/events.ts'
import type { LocalText } from '../text.ts'
import { type Diagnostic, diagnose } from './diagnostics.ts'
import { type ReadJourney, readJourney } from './read.ts'
import { isLoose, type LooseKind, type Reference, referencesIn, referencesOfRead } from './references.ts'

/** Something that comes with data, by its name. */
export interface LooseName {
  readonly kind: LooseKind
  readonly name: string
}

/** What the brand's customers have and have done. */
export interface KnownNames {
  /** Of a brand without any nothing is said of what they have: it has yet to come. */
  readonly customers: number
  /** Null where nobody can say. */
  has(kind: LooseKind, name: string): boolean | null
}

/** What is there before anybody has it: the product's own columns and scores, and the events that it makes or reads itself. */
const ownNames = {
  attribute: (name) => isColumn(name) || isScore(name) || isOwnerName(name),
  event: (name) =>
    name === orderEvent ||
    name === refundEvent ||
    name === lineEvent ||
    isReceipt(name) ||
    isAct(name) ||
    isCouponEvent(name) ||
    isReferralEvent(name),
  tag: () => false,
  staff: () => false,
  team: () => false,
} as const satisfies Record<LooseKind, (name: string) => boolean>

/** What customers have or have done: of a brand without any customer nothing is said, as all of it has yet to come. */
const ofCustomers: ReadonlySet<LooseKind> = new Set(['attribute', 'event', 'tag'])

const kindNames = {
  attribute: { 'zh-CN': '字段', en: 'attribute' },
  event: { 'zh-CN': '行为', en: 'event' },
  tag: { 'zh-CN': '标签', en: 'tag' },
  staff: { 'zh-CN': '员工', en: 'member of staff' },
  team: { 'zh-CN': '团队', en: 'team' },
} as const satisfies Record<LooseKind, LocalText>

const codes = {
  attribute: 'attribute-unknown',
  event: 'event-unknown',
  tag: 'tag-unknown',
  staff: 'staff-unknown',
  team: 'team-unknown',
} as const satisfies Record<LooseKind, string>

function looseNames(references: readonly Reference[]): LooseName[] {
  const given = new Set(references.filter(({ makes }) => makes).map(({ kind, name }) => `${kind} ${name}`))
  return references.flatMap(({ kind, name }) =>
    isLoose(kind) && !ownNames[kind](name) && !given.has(`${kind} ${name}`) ? [{ kind, name }] : [],
  )
}

/** What has to be known of the brand's data before a journey is checked. */
export function looseNamesOf(journey: Journey, registry: Registry): LooseName[] {
  return looseNames(referencesOfRead(readJourney(journey, registry)))
}

/** The same for a condition that stands by itself. */
export function looseNamesIn(condition: Condition): LooseName[] {
  return looseNames(referencesIn(condition, { node: null, field: '' }))
}

/** Somebody of whom nothing is known. */
const nobody: ConditionFacts = {
  customer: {
    ...{ id: '', name: null, phone: null, email: null, gender: null, birthday: null, city: null },
    ...{ registeredAt: null, timezone: null, language: null, consentSms: null, consentEmail: null },
    ...{ blacklisted: false, unsubscribed: [], closed: {}, attributes: {} },
  },
  tags: new Set(),
  audiences: { has: () => false },
  events: [],
  history: historyOf({}),
  entry: {},
  picks: null,
}

/** The tests of a condition, each with whether it is turned round by the groups around it. */
function sensesOf(condition: Condition, turned: boolean, into: Map<Leaf, boolean>): Map<Leaf, boolean> {
  if (condition.kind === 'all' || condition.kind === 'any')
    for (const part of condition.of) sensesOf(part, turned, into)
  else if (condition.kind === 'not') sensesOf(condition.of, !turned, into)
  else into.set(condition, turned)
  return into
}

/** Whether a test of what nobody has lets everybody through, as an exclusion does that is spelt wrong. */
function letsAll(test: Leaf, name: string, turned: boolean, at: TimeContext): boolean {
  // What must not follow, and never does, keeps nobody out.
  if (test.kind === 'sequence' && !turned && test.without?.event === name)
    return filtersIn(test).filter(({ event }) => event === name).length === 1
  // Whatever the window, there is nothing in it.
  const asked: Leaf = 'window' in test ? { ...test, window: { kind: 'ever' } } : test
  return evaluate(asked, nobody, at) !== turned
}

interface Asking {
  readonly known: KnownNames | undefined
  readonly now: number
  readonly zone: string
}

function unknownNames(
  references: readonly Reference[],
  conditions: readonly Condition[],
  { known, now, zone }: Asking,
): Diagnostic[] {
  if (known === undefined) return []
  const asked = new Set(looseNames(references).map(({ kind, name }) => `${kind} ${name}`))
  const senses = new Map<Leaf, boolean>()
  for (const condition of conditions) sensesOf(condition, false, senses)
  const at: TimeContext = { now, zone, enteredAt: null, anchors: {} }
  const told = new Set<string>()
  return references.flatMap(({ kind, name, node, field, test, makes }) => {
    if (makes || !isLoose(kind) || !asked.has(`${kind} ${name}`) || known.has(kind, name) !== false) return []
    if (known.customers === 0 && ofCustomers.has(kind)) return []
    // A trigger by a date that nobody has is told as such; a fact for a model may well be missing, and to take a
    // tag away that nobody bears does no harm.
    if ((kind === 'attribute' || kind === 'tag') && test === null) return []
    const lost = test !== null && ofCustomers.has(kind) && letsAll(test, name, senses.get(test) ?? false, at)
    const code = lost ? 'exclusion-unknown' : codes[kind]
    // Once for each place: a condition may name the same thing many times.
    const once = [code, kind, name, node, field].join('\n')
    if (told.has(once)) return []
    told.add(once)
    const said = kindNames[kind]
    return [diagnose(code, { node, field, zh: { kind: said['zh-CN'] } }, { kind: said.en, name })]
  })
}

/** Attributes, events and tags of a journey that none of the brand's customers has. */
export function checkNames(read: ReadJourney, asking: Asking): Diagnostic[] {
  const conditions = [...read.nodes.values()].flatMap(({ type, config }) => type.conditions?.(config) ?? [])
  return unknownNames(
    referencesOfRead(read),
    conditions.map(({ condition }) => condition),
    asking,
  )
}

/** The same for a condition that stands by itself. */
export function checkNamesIn(condition: Condition, field: string, asking: Asking): Diagnostic[] {
  return unknownNames(referencesIn(condition, { node: null, field }), [condition], asking)
}
