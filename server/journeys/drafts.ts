import type { z } from 'zod'
import type { checkAnswer, JourneyAnswer, JourneySummary } from '../../shared/api/journeys.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { check, looseNamesOf, prove } from '../../shared/compile/index.ts'
import { Problem } from '../../shared/errors/index.ts'
import { type FileProblem, nameFault, newFault, nodesFault } from '../../shared/journey/file.ts'
import { type Journey, journeySchema } from '../../shared/journey/graph.ts'
import { longNames } from '../../shared/journey/names.ts'
import type { WrittenText } from '../../shared/text.ts'
import type { Desk } from '../ports/desk.ts'
import type { KnownJourney } from '../ports/journeys.ts'
import type { Use, Used } from '../ports/uses.ts'
import type { JourneyDesk } from './desk.ts'

type CheckAnswer = z.input<typeof checkAnswer>

export function answerOf(stored: KnownJourney): JourneyAnswer {
  const { journey, status, revision, liveVersion, breaker, changed, updatedAt } = stored
  return { journey, status, revision, liveVersion, breaker, changed, updatedAt }
}

/** An id from the English name, in the letters that ids are made of. */
function idOf(name: WrittenText): string {
  const words = (name.en ?? '').toLowerCase().match(/[a-z0-9]+/g) ?? []
  const id = words
    .join('-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 48)
  return id === '' ? 'journey' : id
}

/** An empty canvas. */
export function emptyJourney(name: WrittenText): Journey {
  return journeySchema.parse({ format: 1, id: idOf(name), name, nodes: {} })
}

export async function listJourneys({ stores }: Desk): Promise<JourneySummary[]> {
  return [...(await stores.journeys.summaries())]
}

export async function readJourney({ stores }: Desk, id: string): Promise<JourneyAnswer> {
  return answerOf(await stores.journeys.get(id))
}

export async function makeJourney(desk: Desk, actor: Actor, journey: Journey): Promise<JourneyAnswer> {
  return answerOf(await desk.stores.journeys.create(desk.act(actor), journey))
}

/** What is too much in a draft, and was not so already, or not as much. */
function growth(journey: Journey, before: Journey): FileProblem | null {
  const grown = Object.keys(journey.nodes).length > Object.keys(before.nodes).length
  const known = longNames(before)
  const long = [...longNames(journey)].find(([path, name]) => known.get(path) !== name)
  return (grown ? nodesFault(journey) : null) ?? (long === undefined ? null : nameFault(...long))
}

/** A draft that is too large already, from an earlier release, may be saved as long as it does not grow. */
async function refuseGrowth({ stores }: Desk, id: string, journey: Journey): Promise<void> {
  if (newFault(journey) === null) return
  const fault = growth(journey, (await stores.journeys.get(id)).journey)
  if (fault !== null) throw new Problem(fault.code, fault.details, `journey.${fault.path}`)
}

export interface SaveDraft {
  readonly id: string
  readonly revision: number
  readonly journey: Journey
}

/** Problems `invalid-request` for another journey's draft, `stale-revision`, `journey-too-many-nodes`. */
export async function saveJourneyDraft(desk: Desk, actor: Actor, command: SaveDraft): Promise<JourneyAnswer> {
  const { id, ...draft } = command
  if (draft.journey.id !== id)
    throw new Problem('invalid-request', { detail: `journey.id: ${id}` }, 'journey.id')
  await refuseGrowth(desk, id, draft.journey)
  return answerOf(await desk.stores.journeys.saveDraft(desk.act(actor), id, draft))
}

/** Problems `journey-running`, and `journey-in-use` with all that names it or a list which it fills. */
export function removeJourney(
  desk: Desk,
  actor: Actor,
  { id, despiteUses }: { readonly id: string; readonly despiteUses: boolean },
): Promise<void> {
  return desk.stores.journeys.remove(desk.act(actor), id, { registry: desk.registry, despiteUses })
}

/** All that names a journey, or the lists which it fills. */
export async function usesOfJourney({ stores, registry }: Desk, id: string): Promise<Use[]> {
  return [...(await stores.journeys.usesOfJourney(id, registry))]
}

/** Where journeys and audiences name something of the brand's. */
export async function usesOf({ stores, registry }: Desk, used: Used): Promise<Use[]> {
  return [...(await stores.journeys.uses(used, registry))]
}

/** What publishing the draft now would say, and the most that it could send. */
export async function checkJourney(
  desk: Desk & Pick<JourneyDesk, 'sending'>,
  id: string,
): Promise<CheckAnswer> {
  const { stores, brand, now, registry } = desk
  const { journey, liveVersion, status } = await stores.journeys.get(id)
  const running = liveVersion === null || status === 'stopped' ? null : liveVersion
  const published = running === null ? null : await stores.journeys.readableGraph(id, running)
  const at = { now: now(), zone: brand().zone }
  const audiences = await stores.audiences.saved()
  const diagnostics = check(journey, {
    registry,
    ...at,
    publishing: true,
    published,
    caps: brand().caps,
    contents: brand().contents ?? [],
    assets: brand().assets ?? [],
    coupons: brand().coupons ?? [],
    referrals: brand().referrals ?? [],
    sms: brand().sms ?? null,
    attributes: await stores.customers.knownAttributes(),
    audiences: (key) => audiences.get(key),
    journeys: await stores.journeys.reader(),
    names: await stores.customers.knownNames(looseNamesOf(journey, registry)),
    ...desk.sending(),
  })
  const ok = diagnostics.every(({ severity }) => severity !== 'error')
  return { ok, diagnostics, proof: prove(journey, registry, at) }
}
