import { z } from 'zod'
import { festivalId, leastLength, spanSchema } from '../calendar/index.ts'
import { limits } from '../limits.ts'
import { contactChannelIds, contactStateIds, isDated, statesOfChannel } from './contact.ts'

/** How a value is compared. A list operand means any of (`in`) or none of (`not_in`) its values. */
export const operators = [
  'eq',
  'ne',
  'gt',
  'gte',
  'lt',
  'lte',
  'in',
  'not_in',
  'contains',
  'starts_with',
  'is_set',
  'not_set',
] as const
export type Operator = (typeof operators)[number]

const scalar = z.union([z.string().max(limits.valueLength.value), z.number(), z.boolean()])
export type Scalar = z.infer<typeof scalar>
export const operand = z.union([scalar, z.array(scalar).max(limits.conditionValues.value)])
export type Operand = z.infer<typeof operand>

const comparison = { op: z.enum(operators), value: operand.optional() }

/** Instead of a value: the value of a property of the event by which the customer came in. */
export const entryReference = z.strictObject({ entry: z.string().min(1).max(limits.nameLength.value) })
export type EntryReference = z.infer<typeof entryReference>

export const propertyTest = z.strictObject({
  property: z.string().min(1).max(limits.nameLength.value),
  op: comparison.op,
  value: z.union([operand, entryReference]).optional(),
})
export type PropertyTest = z.infer<typeof propertyTest>

/** An event by name, of which all the tests hold. An order is the event `order`. */
export const eventFilter = z.strictObject({
  event: z
    .string()
    .min(1)
    .max(limits.nameLength.value)
    .describe(
      'An event by its name. In conditions also what follows from others: $order_line, and of what journeys do $message_sent, $message_withheld and $message_failed (journey_id, node, channel; purpose, message_id; of one withheld its reason), $journey_entered and, of those under way at the moment asked for, $journey_current (journey_id, control), $journey_finished, $journey_left and $journey_goal (journey_id; node or reason).',
    ),
  where: z.array(propertyTest).max(limits.eventTests.value).default([]),
})
export type EventFilter = z.infer<typeof eventFilter>

export function isEntryReference(value: Operand | EntryReference | undefined): value is EntryReference {
  return typeof value === 'object' && !Array.isArray(value) && 'entry' in value
}

/** A day relative to a festival: years first, then days; its midnight in the journey's zone. */
const festivalDay = z.strictObject({
  years: z.int().min(-10).max(10).default(0),
  days: z.int().min(-limits.longestWait.value).max(limits.longestWait.value),
})

const dayMs = 86_400_000

/** How far a condition may look back or ahead; beyond it no calendar is sure. */
const windowSpan = spanSchema.refine(
  (span) => Math.abs(leastLength(span)) <= limits.longestLook.value * dayMs,
  {
    message: 'a hundred years at most',
    path: ['amount'],
  },
)

/**
 * A stretch of time: it includes its start and excludes its end; one that ends now includes what has
 * just happened.
 */
export const windowSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ever') }),
  /** ISO dates or instants; a date alone is its midnight in the journey's zone. */
  z.strictObject({ kind: z.literal('between'), from: z.string().optional(), to: z.string().optional() }),
  /** The span before now; with wholeDays, before the midnight that began today. */
  z.strictObject({ kind: z.literal('last'), span: windowSpan, wholeDays: z.boolean().default(false) }),
  /** After the moment of entry, which the entry's own event is not. */
  z.strictObject({ kind: z.literal('since_entry') }),
  /** Around the anchored occurrence or, with `past`, around each of the N before it. */
  z.strictObject({
    kind: z.literal('festival'),
    festival: festivalId,
    from: festivalDay,
    to: festivalDay,
    past: z.int().min(1).max(10).optional(),
  }),
])
export type TimeWindow = z.infer<typeof windowSchema>

const attributeTest = z.strictObject({
  kind: z.literal('attribute'),
  name: z.string().min(1).max(limits.nameLength.value),
  ...comparison,
})
const tagTest = z.strictObject({
  kind: z.literal('tag'),
  tag: z.string().min(1).max(limits.nameLength.value),
  has: z.boolean().default(true),
})
/**
 * Whether somebody can be reached by a channel, what they have said of it, or why it is closed to them. With a window,
 * of what is kept with its time: whether it is so since then.
 */
const contactTest = z
  .strictObject({
    kind: z.literal('contact'),
    channel: z.enum(contactChannelIds),
    state: z.enum(contactStateIds),
    window: windowSchema
      .optional()
      .describe(
        'Since when it is so: of agreed and refused when that was said, of verified when the address was, of what is closed when it closed. What has no recorded time, such as a consent that an import gave without one, is within no window but ever.',
      ),
  })
  .refine(({ channel, state }) => state !== 'verified' || statesOfChannel(channel).includes(state), {
    message: 'a channel with addresses that can be verified: sms or email',
    path: ['channel'],
  })
  .refine(({ state, window }) => window === undefined || isDated(state), {
    message: 'nobody keeps since when this is so',
    path: ['window'],
  })
const audienceTest = z.strictObject({
  kind: z.literal('audience'),
  audience: z.string().min(1).max(limits.nameLength.value),
  member: z.boolean().default(true),
})
/** Whether a day comes again each year, its year ignored (a birthday), or is that one day (an expiry). */
export const repeats = ['yearly', 'once'] as const
export type Repeat = (typeof repeats)[number]

/** The customer's own day (a birthday, an expiry) lies `days` ahead of today (+) or behind it (-). */
const anniversaryTest = z.strictObject({
  kind: z.literal('anniversary'),
  name: z.string().min(1).max(limits.nameLength.value),
  days: z.int().min(-366).max(366).default(0),
  /** Yearly where it is not said. */
  repeat: z.enum(repeats).optional(),
  /** Any day from today to that one, both included, will do. */
  within: z.boolean().optional(),
  /** Today is that of the customer's own zone, not of the journey's. */
  own: z.boolean().optional(),
})
/** `at` is no part of the file: a trigger asks whether it is this very time by the customer's own clock. */
export type AnniversaryTest = z.infer<typeof anniversaryTest> & { readonly at?: string }
/** What is asked of the matching events: of `distinct`, how many different values a property has in them. */
export const measures = ['count', 'sum', 'average', 'distinct', 'first', 'last'] as const
export type Measure = (typeof measures)[number]

/**
 * Counts or sums the matching events of a window, takes the mean of their numbers, counts their different values, or
 * compares a property of the first or last of them. `amount` is in minor units; the property `days_ago` is in whole calendar days.
 */
const eventsTest = z.strictObject({
  kind: z.literal('events'),
  ...eventFilter.shape,
  measure: z.enum(measures).default('count'),
  property: z.string().min(1).max(limits.nameLength.value).optional(),
  window: windowSchema.default({ kind: 'ever' }),
  ...comparison,
})

/** Lengths of time that are the same everywhere; of other units the calendar has a say. */
export const gapUnits = ['minute', 'hour', 'day', 'week'] as const

/** How long the next step may take: an exact stretch, a day being 24 hours, so that it is the same for everybody. */
const gap = z.strictObject({
  amount: z.int().min(1).max(limits.sequenceGap.value),
  unit: z.enum(gapUnits),
})
export type Gap = z.infer<typeof gap>

/** An event after the one of the step before, within a gap of it where there is one. */
const laterStep = z.strictObject({ ...eventFilter.shape, within: gap.optional() })
export type LaterStep = z.infer<typeof laterStep>

/**
 * One event after the other: the first in the window, each next one after the one before it. With `without`, some last
 * step is not followed by that: within its gap, which has to be over; without a gap, until now.
 */
const sequenceTest = z.strictObject({
  kind: z.literal('sequence'),
  first: eventFilter,
  next: z.array(laterStep).max(limits.sequenceSteps.value).default([]),
  without: laterStep.optional(),
  window: windowSchema.default({ kind: 'ever' }),
})
/** How often this enrollment has left the node (by the port, where one is named). */
const historyTest = z.strictObject({
  kind: z.literal('history'),
  node: z.string().min(1).max(64),
  port: z.string().min(1).max(64).optional(),
  ...comparison,
})
/** A property of the event by which the customer came in. */
const entryTest = z.strictObject({
  kind: z.literal('entry'),
  property: z.string().min(1).max(limits.nameLength.value),
  ...comparison,
})

/** What of a product that is picked for the customer can be asked. */
export const pickFields = ['sku', 'category', 'price'] as const
export type PickField = (typeof pickFields)[number]

const pickTest = z
  .strictObject({ field: z.enum(pickFields), ...comparison })
  .refine(({ field, value }) => field !== 'price' || value === undefined || isAmount(value), {
    message: 'a price in minor units',
    path: ['value'],
  })
export type PickTest = z.infer<typeof pickTest>

const isAmount = (value: Operand): boolean => [value].flat().every((one) => typeof one === 'number')

/**
 * What the customer would be shown of the products, the best first, as `{{ picks[0].name }}` is: whether there are at
 * least so many of which all the tests hold, among the first so many of them where that is said. Of everybody at once it
 * is found for those whom the rest of the condition leaves open, who may not be too many.
 */
const picksTest = z
  .strictObject({
    kind: z.literal('picks'),
    where: z.array(pickTest).max(limits.pickTests.value).default([]),
    first: z.int().min(1).max(limits.picksShown.value).optional(),
    least: z.int().min(1).max(limits.picksShown.value).default(1),
  })
  .refine(({ first, least }) => first === undefined || least <= first, {
    message: 'no more than there are looked at',
    path: ['least'],
  })

export type Condition =
  | z.infer<typeof attributeTest>
  | z.infer<typeof tagTest>
  | z.infer<typeof contactTest>
  | z.infer<typeof audienceTest>
  | AnniversaryTest
  | z.infer<typeof eventsTest>
  | z.infer<typeof sequenceTest>
  | z.infer<typeof historyTest>
  | z.infer<typeof entryTest>
  | z.infer<typeof picksTest>
  | { kind: 'all'; of: Condition[] }
  | { kind: 'any'; of: Condition[] }
  | { kind: 'not'; of: Condition }

/** A test without parts. */
export type Leaf = Exclude<Condition, { kind: 'all' | 'any' | 'not' }>
export type EventsTest = z.infer<typeof eventsTest>
export type SequenceTest = z.infer<typeof sequenceTest>

/** A test may name a thousand values; many hundreds of tests take the database minutes to plan. */
const mostTests = limits.conditionTests.value
/** Each puts a customer's events in order. */
const mostSequences = limits.conditionSequences.value
/** Each adds up what may be decimals, for each customer in the order of their events. */
const mostSums = limits.conditionSums.value
const isSequence = ({ kind }: Leaf) => kind === 'sequence'

/**
 * A condition on one customer. An empty `all` or `any` holds for nobody, so that a condition left blank
 * never lets everybody through.
 */
export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z
    .discriminatedUnion('kind', [
      attributeTest,
      tagTest,
      contactTest,
      audienceTest,
      anniversaryTest,
      eventsTest,
      sequenceTest,
      historyTest,
      entryTest,
      picksTest,
      z.strictObject({
        kind: z.literal('all'),
        of: z.array(conditionSchema).max(limits.conditionParts.value),
      }),
      z.strictObject({
        kind: z.literal('any'),
        of: z.array(conditionSchema).max(limits.conditionParts.value),
      }),
      z.strictObject({ kind: z.literal('not'), of: conditionSchema }),
    ])
    .refine((condition) => leavesOf(condition).length <= mostTests, {
      message: '200 tests at most in one condition',
      // The groups around the one that is too large need not say so again.
      abort: true,
    })
    .refine((condition) => leavesOf(condition).filter(isSequence).length <= mostSequences, {
      message: '10 sequences at most in one condition',
      abort: true,
    })
    .refine((condition) => sumsOf(condition) <= mostSums, {
      message: '32 sums and averages of properties at most in one condition',
      abort: true,
    }),
)

/** How many different sums of properties a condition asks for; money is whole, and the same one is added up once. */
function sumsOf(condition: Condition): number {
  const sums = leavesOf(condition).flatMap((leaf) => {
    if (leaf.kind !== 'events' || (leaf.measure !== 'sum' && leaf.measure !== 'average')) return []
    const { event, where, window, property = 'amount' } = leaf
    return property === 'amount' ? [] : [JSON.stringify([event, where, window, property])]
  })
  return new Set(sums).size
}

/** The tests of a condition, in the order in which they are written. */
export function leavesOf(condition: Condition): Leaf[] {
  if (condition.kind === 'all' || condition.kind === 'any') return condition.of.flatMap(leavesOf)
  if (condition.kind === 'not') return leavesOf(condition.of)
  return [condition]
}

const noFilters: readonly EventFilter[] = []
const filters: {
  readonly [K in Leaf['kind']]: (leaf: Extract<Leaf, { kind: K }>) => readonly EventFilter[]
} = {
  events: (leaf) => [leaf],
  sequence: ({ first, next, without }) => [first, ...next, ...(without === undefined ? [] : [without])],
  attribute: () => noFilters,
  tag: () => noFilters,
  contact: () => noFilters,
  audience: () => noFilters,
  anniversary: () => noFilters,
  history: () => noFilters,
  entry: () => noFilters,
  picks: () => noFilters,
}

function filtersOf<K extends Leaf['kind']>(
  leaf: Extract<Leaf, { kind: K }>,
  kind: K,
): readonly EventFilter[] {
  return filters[kind](leaf)
}

/** The events that a test asks for, in the order in which it names them. */
export const filtersIn = (leaf: Leaf): readonly EventFilter[] => filtersOf(leaf, leaf.kind)
