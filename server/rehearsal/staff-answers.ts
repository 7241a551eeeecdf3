import { z } from 'zod'
import type { AssumedAnswers } from '../../shared/api/rehearsal.ts'
import type { Journey, JourneyNode } from '../../shared/journey/graph.ts'
import { nodeTypes } from '../../shared/nodes/index.ts'
import type { RehearsalSource, TaskResults } from '../ports/rehearsal.ts'

const { config } = nodeTypes.task
type TaskConfig = ReturnType<typeof config.parse>

/** The way out of a task that nobody does in time. */
const overdue = 'overdue'
/** Of fewer tasks nothing is said of the next ones. */
const leastTasks = 20

type Told = Pick<AssumedAnswers, 'from' | 'tasks' | 'shares'>

/** The shares of what came of tasks, by the results that a task may have; null where too few tell of them. */
function sharesOf({ results }: TaskConfig, counted: TaskResults, from: AssumedAnswers['from']): Told | null {
  const known = [...results.map(({ id }) => id), overdue].map((id) => [id, counted.get(id) ?? 0] as const)
  const tasks = known.reduce((sum, [, count]) => sum + count, 0)
  if (tasks < leastTasks) return null
  return { from, tasks, shares: Object.fromEntries(known.map(([id, count]) => [id, (100 * count) / tasks])) }
}

const even = ({ results }: TaskConfig): Told => ({
  ...{ from: 'even', tasks: 0 },
  shares: Object.fromEntries(results.map(({ id }) => [id, 100 / results.length])),
})

const byHand = ({ results }: TaskConfig): Told => ({
  ...{ from: 'by_hand', tasks: 0 },
  shares: Object.fromEntries(results.map(({ id, share }) => [id, share ?? 0])),
})

/** Of the first that tells: a person, what came of this very node's tasks, of tasks of its kind; else all alike. */
async function toldOf(source: RehearsalSource, place: Place, settings: TaskConfig): Promise<Told> {
  if (settings.results.some(({ share }) => share !== null)) return byHand(settings)
  const { same, kind } = await source.taskResults({ ...place, kind: settings.kind })
  return sharesOf(settings, same, 'same_node') ?? sharesOf(settings, kind, 'same_kind') ?? even(settings)
}

interface Place {
  readonly journey: string
  readonly node: string
  readonly before: number
}

/** Rounded so that no sum of them is above a hundred: the rest is one of many millions. */
const rounded = (share: number) => Math.max(0, Math.floor(share * 1e6 - 0.5) / 1e6)

/** The node as it would be with these shares written in it. */
function withShares({ results, ...rest }: JourneyNode['config'], { shares }: Told): JourneyNode['config'] {
  const written = z.array(z.record(z.string(), z.json())).parse(results)
  return {
    ...rest,
    results: written.map((one) => ({ ...one, share: rounded(shares[String(one.id)] ?? 0) })),
  }
}

/** A journey whose tasks for staff come out as they did so far, where nobody has said how; and what that rests on. */
export async function withStaffAnswers(
  source: RehearsalSource,
  journey: Journey,
  before: number,
): Promise<{ readonly journey: Journey; readonly answers: readonly AssumedAnswers[] }> {
  const answers: AssumedAnswers[] = []
  const nodes = { ...journey.nodes }
  for (const [id, node] of Object.entries(journey.nodes)) {
    if (node.type !== nodeTypes.task.type) continue
    const settings = config.safeParse(node.config).data
    if (settings === undefined) continue
    const told = await toldOf(source, { journey: journey.id, node: id, before }, settings)
    answers.push({ node: id, ...told })
    if (told.from !== 'by_hand') nodes[id] = { ...node, config: withShares(node.config, told) }
  }
  return answers.length === 0 ? { journey, answers } : { journey: { ...journey, nodes }, answers }
}
