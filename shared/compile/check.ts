import type { Assets } from '../assets/asset.ts'
import { channelOf, isChannel } from '../channels/index.ts'
import type { SmsTerms } from '../channels/sms/register.ts'
import type { SavedAudience } from '../conditions/audiences.ts'
import type { Library } from '../contents/content.ts'
import type { CouponDefinition } from '../coupons/definition.ts'
import type { Cap } from '../journey/brand.ts'
import { canonicalJson, type Journey, mostPerHourOf } from '../journey/graph.ts'
import type { Registry } from '../nodes/type.ts'
import type { NamedReferral } from '../referrals/links.ts'
import { type Locale, say } from '../text.ts'
import { checkActs, type HasJourney } from './check-acts.ts'
import { checkChannels, checkSignature } from './check-channels.ts'
import { checkConditions } from './check-conditions.ts'
import { checkCoupons } from './check-coupons.ts'
import { checkGraph } from './check-graph.ts'
import { checkJourneys, type JourneyReader } from './check-journeys.ts'
import { checkNames, type KnownNames } from './check-names.ts'
import { checkTriggers } from './check-passage.ts'
import { checkTexts } from './check-texts.ts'
import { checkDates, checkTypes, type KnownAttributes } from './check-types.ts'
import { checkWaits } from './check-waits.ts'
import { type Diagnostic, diagnose } from './diagnostics.ts'
import { nodeName } from './names.ts'
import { mostUnder, proveRead } from './prove.ts'
import { type ReadJourney, readJourney } from './read.ts'

export type { Diagnostic } from './diagnostics.ts'

export interface CheckOptions {
  readonly registry: Registry
  /** Epoch milliseconds; dates before it are past. */
  readonly now: number
  /** The brand's zone; a journey may have its own. */
  readonly zone: string
  /** Past dates are errors when publishing, warnings before. */
  readonly publishing: boolean
  /** The version that runs: a date that it has already is past for nobody anew, so it stays a warning. */
  readonly published?: Journey | null
  /** Variables that texts may use besides those built in and declared. */
  readonly knownVariables?: readonly string[]
  /** Channels, by id, whose messages would stay queued because nobody has set them up; without it none. */
  readonly absentChannels?: ReadonlySet<string>
  /** The brand's saved audiences; without them nothing is said of those that are named. */
  readonly audiences?: SavedAudience | undefined
  /** The brand's other journeys; without it nothing is said of those that are followed. */
  readonly journeys?: JourneyReader | undefined
  /** Whether there is a journey of an id, where the journeys themselves are not at hand. */
  readonly hasJourney?: HasJourney
  /** What the brand's attributes hold; without it nothing is said of types and dates. */
  readonly attributes?: KnownAttributes | undefined
  /** What the brand's customers have and have done; without it nothing is said of attributes, events and tags. */
  readonly names?: KnownNames | undefined
  /** The brand's SMS signature where messages really leave; without it nothing is said of it. */
  readonly signature?: string | null
  /** The brand's ceilings; without them nothing is said of them. */
  readonly caps?: readonly Cap[]
  /** The brand's library; without it nothing is said of the contents that texts show. */
  readonly contents?: Library | undefined
  /** The brand's pictures; without it nothing is said of those that cards show. */
  readonly assets?: Assets | undefined
  /** The brand's coupons; without them nothing is said of those that nodes hand out. */
  readonly coupons?: readonly CouponDefinition[] | undefined
  /** The brand's referral programmes; without them nothing is said of those that texts name. */
  readonly referrals?: readonly NamedReferral[] | undefined
  /** How text messages may be written, null: freely; without it nothing is said of templates. */
  readonly sms?: SmsTerms | null | undefined
}

function hasJourneyOf({ hasJourney, journeys }: CheckOptions): HasJourney {
  return hasJourney ?? (journeys === undefined ? undefined : (id) => journeys(id) !== null)
}

/** Rule 11: whether the breaker would have to stop what is drawn here. */
function checkCrowd(read: ReadJourney, options: CheckOptions): Diagnostic[] {
  const limit = mostPerHourOf(read.journey.settings)
  const most = proveRead(read, options)?.mostMarketingInHour ?? 0
  if (most <= limit) return []
  return [diagnose('many-in-an-hour', { node: null, field: 'settings.mostPerHour' }, { most, limit })]
}

/** Rule 3: a trigger that comes again, in a journey that lets nobody in again. */
function checkReentry(read: ReadJourney): Diagnostic[] {
  if (read.journey.settings.reentry.kind !== 'never') return []
  const triggers = [...read.nodes.values()].filter(
    ({ type, config }) => (type.again?.(config) ?? null) !== null,
  )
  const place = { node: null, field: 'settings.reentry' }
  return triggers.slice(0, 1).map(({ id }) => {
    const words = (locale: Locale) => ({ trigger: nodeName(read, id, locale) })
    return diagnose('recurs-only-once', { ...place, zh: words('zh-CN') }, words('en'))
  })
}

/** Rule 13: ceilings under which the journey's own messages do not all fit, so that some would not be sent. */
function checkCaps(read: ReadJourney, options: CheckOptions): Diagnostic[] {
  const { caps = [] } = options
  if (caps.length === 0) return []
  return caps.flatMap((cap, index) => {
    const most = mostUnder(read, options, cap)
    if (most === null || most <= cap.messages) return []
    const place = { node: null, field: `caps.${index}`, zh: { channel: sayChannel(cap, 'zh-CN') } }
    const { messages: limit, days } = cap
    return [diagnose('over-own-caps', place, { most, limit, days, channel: sayChannel(cap, 'en') })]
  })
}

const sayChannel = ({ channel }: Cap, locale: Locale): string =>
  channel === null ? '' : `${say(isChannel(channel) ? channelOf(channel).name : { en: channel }, locale)} `

/** Whether a node means what it does in the version that runs. */
function isPublished({ journey }: ReadJourney, id: string, { published }: CheckOptions): boolean {
  const meaning = (node: Journey['nodes'][string] | undefined) =>
    node === undefined ? null : canonicalJson([node.type, node.config])
  return published != null && meaning(published.nodes[id]) === meaning(journey.nodes[id])
}

/** What each node type finds in its own configuration. */
function checkNodes(read: ReadJourney, options: CheckOptions, zone: string): Diagnostic[] {
  return [...read.nodes.values()].flatMap(({ id, type, config }) =>
    (
      type.check?.(config, {
        now: options.now,
        zone,
        contents: options.contents,
        assets: options.assets,
        sms: options.sms,
      }) ?? []
    ).map(({ code, field, details, zh }) => {
      const place = zh === undefined ? { node: id, field } : { node: id, field, zh }
      const strict = code === 'date-past' && options.publishing && !isPublished(read, id, options)
      return diagnose(code, strict ? { ...place, severity: 'error' } : place, details)
    }),
  )
}

/**
 * All that is wrong or doubtful in a journey, errors first. A journey without errors compiles; its
 * warnings are for the marketer to weigh. Pure: the same journey and time give the same list.
 */
export function check(journey: Journey, options: CheckOptions): Diagnostic[] {
  const zone = journey.settings.zone ?? options.zone
  const read = readJourney(journey, options.registry)
  const found = [
    ...read.diagnostics,
    ...checkGraph(read),
    ...checkCrowd(read, options),
    ...checkCaps(read, options),
    ...checkChannels(read, options.absentChannels ?? new Set()),
    ...checkSignature(read, options.signature ?? null),
    ...checkNodes(read, options, zone),
    ...checkConditions(read, zone, options.audiences),
    ...checkTriggers(read),
    ...checkWaits(read),
    ...checkTypes(read, options.attributes),
    ...checkDates(read, options.attributes),
    ...checkJourneys(read, options.registry, options.journeys),
    ...checkActs(read, hasJourneyOf(options)),
    ...checkNames(read, { known: options.names, now: options.now, zone }),
    ...checkReentry(read),
    ...checkCoupons(read, options.coupons, { now: options.now, zone }),
    ...checkTexts(read, {
      ...{ zone, known: options.knownVariables ?? [] },
      ...{ library: options.contents, referrals: options.referrals },
    }),
  ]
  return [
    ...found.filter(({ severity }) => severity === 'error'),
    ...found.filter(({ severity }) => severity === 'warning'),
  ]
}
