import type { EffectOf, Json } from '../../effects/index.ts'
import type { PassedOver } from '../../effects/send.ts'
import { costOf, priceOf } from '../../message/compose.ts'
import { askGates, type Gate, type passings } from '../../message/gates.ts'
import { deferred } from '../deferring.ts'
import type { DecideInput, Decision, TriedBefore } from '../type.ts'
import { type SendConfig, usualWithin } from './config.ts'
import { askedOf, composeAndSend, patienceOf, seenAt, suppressed } from './deciding.ts'

/** A message as it would be if one of its channels were its only one. */
export type Link = SendConfig

/** A node's message by each of its channels, in the order in which they stand. */
export function linksOf(settings: SendConfig): readonly Link[] {
  const { fallbacks = [], order: _order, within: _within, ...first } = settings
  if (fallbacks.length === 0) return [settings]
  const { purpose, quiet, overCap } = settings
  // A model is asked once for a visit: its words are those of the first channel.
  return [first, ...fallbacks.map((one) => ({ purpose, quiet, overCap, ...one, ai: null }))]
}

/** What holds of the person whatever the channel: where one of these is closed, no other channel is tried. */
const ofPerson: ReadonlySet<Gate> = new Set<Gate>(['blacklisted', 'control_group', 'double'])

/** A channel that was passed over, with what its gate saw. */
type Passed = PassedOver & { readonly [seen: string]: Json }

/** What the message by a channel would cost; what nobody knows the price of is no bargain. */
function priceIn(link: Link, input: DecideInput): number {
  const asked = askedOf(link, input)
  const gate = askGates(asked)
  // Said first, with its reason, as it is not waited for.
  if (!gate.pass) return -1
  const { brand, facts } = input
  const price = priceOf(link.channel, brand, facts.customer.phone)
  if (price === null) return Number.POSITIVE_INFINITY
  const said = composeAndSend({ ...link, ai: null }, input, gate.to, asked.zone)
  const sent = said.kind === 'leave' ? sentIn(said) : undefined
  return sent?.costMilli ?? costOf(link.channel, 1, brand, facts.customer.phone)
}

const sentIn = ({ effects = [] }: Extract<Decision, { kind: 'leave' }>): EffectOf<'send'> | undefined =>
  effects.find((effect) => effect.kind === 'send')

/** The channels in the order in which they are tried. */
function inOrder(settings: SendConfig, links: readonly Link[], input: DecideInput): readonly Link[] {
  if (settings.order !== 'cheapest') return links
  return links
    .map((link) => ({ link, price: priceIn(link, input) }))
    .sort((one, other) => (one.price === other.price ? 0 : one.price - other.price))
    .map(({ link }) => link)
}

const hourMs = 3_600_000

/** A message that leaves by one of its channels, with why the others did not carry it. */
function carried(
  said: Extract<Decision, { kind: 'leave' }>,
  { channel }: Link,
  passed: readonly Passed[],
  { turn, until }: { readonly turn: number; readonly until: number | null },
): Decision {
  const chain = {
    turn,
    until,
    passed: passed.map((one) => ({ channel: one.channel, gate: one.gate })),
  }
  return {
    ...said,
    effects: (said.effects ?? []).map((effect) => (effect.kind === 'send' ? { ...effect, chain } : effect)),
    reason: { ...said.reason, channel, ...(passed.length === 0 ? {} : { passed }) },
  }
}

/**
 * The first channel that reaches the customer, in the order of the message's own: by address, refusals and consent,
 * ceilings and hours, and by what its words need. One that opens later is waited for only where none is open now;
 * one that a person has paused carries it, once it goes on, only where no other can.
 */
export function decideChain(settings: SendConfig, input: DecideInput, tried?: TriedBefore): Decision {
  const used = tried?.channels ?? []
  const links = linksOf(settings).filter(({ channel }) => !used.includes(channel))
  const turn = used.length
  const ends = tried?.until ?? input.now + (settings.within ?? usualWithin) * hourMs
  const until = links.length > 1 ? ends : null
  // What was passed over without a try is asked again.
  const passed: Passed[] = (tried?.passed ?? []).filter((one) => used.includes(one.channel))
  const waits: Extract<Decision, { kind: 'wait' }>[] = []
  let resting: (() => Decision) | null = null
  for (const link of inOrder(settings, links, input)) {
    const { channel } = link
    const asked = askedOf(link, input)
    const gate = askGates(asked)
    if (!gate.pass) {
      const seen = seenAt(gate, asked)
      if (ofPerson.has(gate.gate)) return withheld(gate.gate, seen, passed)
      passed.push({ channel, gate: gate.gate, ...seen })
      const wait = deferred(gate, patienceOf(link), input)
      if (wait?.kind === 'wait') waits.push(wait)
      continue
    }
    const said = composeAndSend(link, input, gate.to, asked.zone)
    if (said.kind !== 'leave') return said
    if (said.port === 'sent') {
      if (input.facts.paused?.has(channel) !== true) return carried(said, link, passed, { turn, until })
      const before = [...passed]
      resting ??= () => carried(said, link, before, { turn, until })
      passed.push({ channel, gate: 'paused' satisfies (typeof passings)[number] })
      continue
    }
    const { code: _code, gate: why, ...seen } = said.reason
    passed.push({ ...seen, channel, gate: String(why) })
  }
  const [soonest] = waits.sort((one, other) => (one.wait.until ?? 0) - (other.wait.until ?? 0))
  if (soonest !== undefined) return soonest
  if (resting !== null) return resting()
  const first = passed.find(({ channel }) => channel === settings.channel) ?? passed[0]
  const { channel: _channel, gate = 'no_address', ...seen } = first ?? {}
  return withheld(gate, seen, passed)
}

/** By none of its channels, for the reason of the first. */
function withheld(gate: string, seen: Readonly<Record<string, Json>>, passed: readonly Passed[]): Decision {
  return suppressed(gate, passed.length === 0 ? seen : { ...seen, passed })
}
