import { z } from 'zod'
import type { PathStep, WhatIfAnswer, WhatIfRequest } from '../../../shared/api/why.ts'
import { compile } from '../../../shared/compile/index.ts'
import { type Plan, planOf } from '../../../shared/compile/plan.ts'
import { testsTried } from '../../../shared/compile/tests-tried.ts'
import { Problem } from '../../../shared/errors/index.ts'
import { inBoth } from '../../../shared/errors/say.ts'
import type { Journey } from '../../../shared/journey/graph.ts'
import type { Enrollment } from '../../../shared/nodes/type.ts'
import { goalReason, type TraceEntry } from '../../../shared/run/step.ts'
import { planCache } from '../../engine/runtime.ts'
import type { StoredPassage } from '../../ports/passages.ts'
import type { LeadRequest, LedStep } from '../../rehearsal/lead.ts'
import type { JourneyDesk } from '../desk.ts'
import { arrivalOf, changing, type SinceEntry } from './circumstances.ts'
import { passageIn, pathOf } from './why.ts'

/** What a what-if is worked out with; it reads and changes nothing. */
export interface WhatIfDesk
  extends Pick<JourneyDesk, 'stores' | 'store' | 'registry' | 'brand' | 'sending' | 'now'> {
  lead(request: LeadRequest): Promise<readonly LedStep[]>
}

interface Version {
  readonly journey: Journey
  readonly plan: Plan
}

/** The draft as if it were published; Problem `journey-has-errors`. */
async function draftOf({ stores, registry, brand, now }: WhatIfDesk, id: string): Promise<Version> {
  const { journey } = await stores.journeys.get(id)
  const zone = journey.settings.zone ?? brand().zone
  const compiled = compile(journey, { registry, now: now(), zone, publishing: false })
  if (compiled.ok) return { journey, plan: planOf(journey, compiled.table, 0, registry) }
  const wrong = compiled.diagnostics.filter(({ severity }) => severity === 'error')
  throw new Problem('journey-has-errors', {
    count: wrong.length,
    ...inBoth('first', wrong[0]?.message),
  })
}

async function versionOf(desk: WhatIfDesk, id: string, version: number | 'draft'): Promise<Version> {
  if (version === 'draft') return draftOf(desk, id)
  const journey = await desk.stores.journeys.graph(id, version)
  return { journey, plan: await planCache(desk.store, desk.registry)(id, version) }
}

/** The group as it was, or as is asked for: a share of all or of none. */
function grouped(plan: Plan, control: boolean): Plan {
  const controlGroup = { ...plan.settings.controlGroup, percent: control ? 100 : 0 }
  return { ...plan, settings: { ...plan.settings, controlGroup } }
}

interface Led {
  readonly steps: readonly LedStep[]
  readonly end: Enrollment | null
  readonly ending: string | null
}

const nothingChanged: WhatIfRequest = {
  version: null,
  at: null,
  control: null,
  attributes: {},
  tags: { add: [], remove: [] },
  events: { add: [], remove: [] },
}

async function leadBy(
  desk: WhatIfDesk,
  { enrollment }: StoredPassage,
  { journey, plan }: Version,
  request: WhatIfRequest,
  since: SinceEntry,
  asked: boolean,
): Promise<Led> {
  const arrival = arrivalOf(plan, enrollment, request, desk.brand(), asked)
  if (arrival === null) return { steps: [], end: null, ending: null }
  const steps = await desk.lead({
    journey,
    plan: grouped(plan, request.control ?? enrollment.control),
    registry: desk.registry,
    brand: desk.brand(),
    customerId: enrollment.customerId,
    arrival,
    change: changing(request, arrival, since),
  })
  const ended = steps.find(({ taken }) => taken.ending !== null)
  const last = steps.findLast(({ taken }) => taken.ending === null || taken === ended?.taken)
  return {
    steps,
    end: (ended ?? last)?.taken.enrollment ?? null,
    ending: ended?.taken.ending ?? null,
  }
}

const linesOf = ({ steps }: Led): TraceEntry[] =>
  steps.flatMap(({ taken: { trace } }) => (trace === null ? [] : [trace]))

/** Goals move nobody: two paths part by what was walked. */
const walkedOf = (trace: readonly TraceEntry[]) => trace.filter((line) => goalReason(line) === null)

/** Where two paths part; null where one goes on as the other, as far as either has come. */
function parting(
  real: readonly TraceEntry[],
  other: readonly TraceEntry[],
  underWay: boolean,
): WhatIfAnswer['parts'] {
  const [one, two] = [walkedOf(real), walkedOf(other)]
  for (let at = 0; at < Math.max(one.length, two.length); at += 1) {
    const [was, would] = [one[at], two[at]]
    if (was === undefined && underWay) return null
    if (was?.node === would?.node && was?.outcome === would?.outcome) continue
    const node = was?.node ?? would?.node ?? ''
    return { node: would?.node ?? node, real: was?.outcome ?? null, other: would?.outcome ?? null }
  }
  return null
}

const told = z.record(z.string(), z.json())

function storyOf({ steps }: Led, { journey }: Version, { registry }: WhatIfDesk): WhatIfAnswer['story'] {
  const blank = { outcome: null, text: null, reason: null, tests: null, status: null, model: null }
  const entries = steps.flatMap(({ before, taken, at }): WhatIfAnswer['story'] => {
    const named = (node: string) => ({
      ...{ journeyId: journey.id, journeyName: journey.name },
      ...{ node, nodeName: journey.nodes[node]?.name ?? null },
    })
    const messages = taken.effects.flatMap((effect): WhatIfAnswer['story'] =>
      effect.kind !== 'send'
        ? []
        : [
            {
              ...blank,
              ...named(before.state),
              ...{ at, kind: 'message', title: effect.channel, status: 'planned' },
              text: effect.subject === null ? effect.text : `${effect.subject}\n${effect.text}`,
            },
          ],
    )
    const { trace } = taken
    if (trace === null) return messages
    const { node, outcome, reason } = trace
    const tests = testsTried(journey, node, reason, registry)
    const step = {
      ...blank,
      ...named(node),
      ...{ at, kind: 'step' as const, title: node, outcome, reason: told.parse(reason), tests },
    }
    return [step, ...messages]
  })
  return entries.toReversed()
}

/** The other path of a customer, had something been otherwise, beside the real one. */
export async function whatIf(
  desk: WhatIfDesk,
  { journeyId, id, request }: { journeyId: string; id: number; request: WhatIfRequest },
): Promise<WhatIfAnswer> {
  const stored = await passageIn(desk, journeyId, id)
  const { enrollment, trace, status } = stored
  const since = await desk.stores.passages.sinceEntry(enrollment)
  const own = await versionOf(desk, journeyId, enrollment.version)
  const version = request.version === null ? own : await versionOf(desk, journeyId, request.version)
  // Whom today's data would not let in at all came in by what is not known any more: then nobody is asked.
  const asked = (await leadBy(desk, stored, own, nothingChanged, since, true)).end !== null
  const unchanged = await leadBy(desk, stored, own, nothingChanged, since, asked)
  const led = await leadBy(desk, stored, version, request, since, asked)
  const lines = linesOf(led)
  const underWay = status !== 'ended'
  const path: PathStep[] = pathOf(lines, led.end?.state ?? '')
  return {
    journey: version.journey,
    entered: led.end !== null,
    path,
    story: storyOf(led, version, desk),
    state: led.end?.state ?? null,
    ending: led.ending,
    until: led.ending === null ? (led.end?.wait?.until ?? null) : null,
    now: desk.now(),
    parts: parting(trace, lines, underWay),
    unlike: parting(trace, linesOf(unchanged), underWay)?.node ?? null,
  }
}
