import type { Plan } from '../../shared/compile/plan.ts'
import type { Condition } from '../../shared/conditions/schema.ts'
import { exitOf } from '../../shared/journey/exits.ts'
import { type ForEntrances, forEntrance } from '../../shared/nodes/entrance.ts'
import type { Enrollment } from '../../shared/nodes/type.ts'
import { fits, listEvent, triggerByHand } from '../../shared/run/enter.ts'
import type { StepContext } from '../../shared/run/step.ts'
import type { CameResult, DueEntry } from '../ports/entering.ts'
import { failureAfter } from '../ports/failing.ts'
import { lacking, toldLater } from './absence.ts'
import { admitAll } from './admission.ts'
import { eachAlone } from './alone.ts'
import { holding } from './event-entry.ts'
import { takeOutNoted } from './exits.ts'
import { meetRecorded } from './recorded.ts'
import { type Passage, runRounds } from './round.ts'
import { contextOf, type Runtime, save } from './runtime.ts'

type Welcome = (runtime: Runtime, plan: Plan, context: StepContext) => Promise<readonly DueEntry[]>

async function ofAudience(
  audience: Condition | null,
  entries: readonly DueEntry[],
  ...[runtime, plan, context]: Parameters<Welcome>
): Promise<readonly DueEntry[]> {
  if (audience === null || entries.length === 0) return entries
  return holding(runtime, plan, audience, entries, context)
}

/** Who of those that are noted comes in, by each kind of entrance. */
const welcome: ForEntrances<[entries: readonly DueEntry[], ...Parameters<Welcome>], ReturnType<Welcome>> = {
  // What the clock opens notes nobody; who was noted before it did has no way in any more.
  schedule: async () => [],
  // Events that came while the journey stood still, and are let in after all.
  event: ({ filter, audience }, entries, ...at) =>
    ofAudience(
      audience,
      entries.filter(({ event }) => event !== null && fits({ filter }, event)),
      ...at,
    ),
  manual: async (_entrance, entries) => entries,
  membership: async (_entrance, entries) => entries,
  absence: async (entrance, entries, runtime, plan, context) =>
    ofAudience(
      entrance.audience,
      await lacking(runtime, plan, entrance, entries, context),
      ...([runtime, plan, context] as const),
    ),
  journey: async (_entrance, entries) => entries,
}

type Trigger = Plan['triggers'][number]

const isListed = ({ event }: DueEntry): boolean => event?.name === listEvent

async function admitNoted(
  runtime: Runtime,
  plan: Plan,
  { id, entrance }: Trigger,
  entries: readonly DueEntry[],
  batch: readonly Passage[],
  context: StepContext,
): Promise<readonly Passage[]> {
  // Who stands in a list comes in by whichever trigger there is, as by hand.
  const listed = entries.filter(isListed)
  const others = entries.filter((entry) => !isListed(entry))
  const noticed = await forEntrance(welcome, entrance, others, runtime, plan, context)
  const welcomed = [...listed, ...noticed]
  if (welcomed.length === 0) return []
  const passages = await admitAll(runtime.store, plan, id, welcomed, null, context, batch)
  await meetRecorded(runtime.store, passages, context)
  return passages
}

function byTrigger(entries: readonly DueEntry[]): DueEntry[][] {
  const groups = new Map<string, DueEntry[]>()
  for (const entry of entries) {
    const key = `${entry.journeyId} ${entry.node}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [entry])
    else group.push(entry)
  }
  return [...groups.values()]
}

/** What becomes of those who came by one trigger. */
interface Came {
  readonly passages: readonly Passage[]
  readonly came: readonly CameResult[]
}

/** Rule 26: whoever comes into a version that cannot be read now comes again. */
function unreadable(group: readonly DueEntry[], now: number): CameResult[] {
  return group.map((entry) => {
    const failure = failureAfter(entry.attempts, 'the live version cannot be read', now)
    return { entry, failure, later: null }
  })
}

async function letIn(
  runtime: Runtime,
  plan: Plan,
  trigger: Trigger,
  group: readonly DueEntry[],
  batch: readonly Passage[],
  context: StepContext,
): Promise<Came> {
  const { now } = context
  const later = await toldLater(runtime, plan, trigger.entrance, group, context)
  const told = group.filter((entry) => !later.has(entry))
  const { passages, failures } = await eachAlone(told, batch, (some, others) =>
    admitNoted(runtime, plan, trigger, some, others, context),
  )
  const errors = new Map(failures.map(({ one, error }) => [one, error]))
  const came = group.map((entry): CameResult => {
    const failed = errors.has(entry)
    const failure = failed ? failureAfter(entry.attempts, errors.get(entry), now) : null
    if (failure !== null) {
      const { journeyId: journey, node } = entry
      runtime.log.error({ journey, node, error: failure.message }, 'an entry failed')
    }
    return { entry, failure, later: later.get(entry) ?? null }
  })
  return { passages, came }
}

/**
 * Lets in one batch of those who have been noted and whose time has come. One whose trigger the live version has no
 * more is forgotten; one that fails is tried again and holds up no other (rule 26). Returns how many there were.
 */
export async function admitComing(runtime: Runtime, plans: readonly Plan[], now: number): Promise<number> {
  const due = await runtime.store.comingDue(now, runtime.batchSize)
  if (due.length === 0) return 0
  const context = contextOf(runtime, now)
  const passages: Passage[] = []
  const before = new Map<Passage, Enrollment>()
  const came: CameResult[] = []
  for (const group of byTrigger(due)) {
    const [{ journeyId, node } = { journeyId: '', node: '' }] = group
    const plan = plans.find(({ journey }) => journey.id === journeyId)
    const exit = exitOf(node)
    if (exit !== null) {
      for (const { passage, stored } of await takeOutNoted(runtime, exit, group, context)) {
        passages.push(passage)
        before.set(passage, stored.enrollment)
      }
      came.push(...group.map((entry) => ({ entry, failure: null, later: null })))
      continue
    }
    if (plan === undefined) {
      came.push(...unreadable(group, now))
      continue
    }
    const own = plan.triggers.find(({ id }) => id === node)
    // Whoever stands in a list that was read for a trigger of before comes in as by hand.
    const trigger = own ?? triggerByHand(plan)
    const isMeant = (entry: DueEntry) => trigger !== undefined && (own !== undefined || isListed(entry))
    const meant = group.filter(isMeant)
    if (trigger !== undefined && meant.length > 0) {
      const admitted = await letIn(runtime, plan, trigger, meant, passages, context)
      passages.push(...admitted.passages)
      came.push(...admitted.came)
    }
    const forgotten = group.filter((entry) => !isMeant(entry))
    came.push(...forgotten.map((entry) => ({ entry, failure: null, later: null })))
  }
  await runRounds(runtime.store, passages, context)
  await save(runtime, passages, before, { now, taken: [], came })
  return due.length
}
