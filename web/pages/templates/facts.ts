import type { Journey } from '../../../shared/journey/graph.ts'
import { edgesOf } from '../../../shared/journey/walk.ts'
import { registry } from '../../../shared/nodes/index.ts'
import type { Category, DescribeInput, Registry } from '../../../shared/nodes/type.ts'
import { say } from '../../../shared/text.ts'
import { atHead } from '../../ui/sentence.ts'

/** What a template is made of, in numbers. */
export interface TemplateFacts {
  readonly messages: number
  readonly waits: number
  readonly branches: number
  readonly coupons: number
  readonly control: number
}

export function factsOf(journey: Journey): TemplateFacts {
  const types = Object.values(journey.nodes).map(({ type }) => type)
  const count = (...wanted: string[]) => types.filter((type) => wanted.includes(type)).length
  return {
    messages: count('send'),
    waits: count('wait', 'wait_event'),
    branches: count('branch', 'split'),
    coupons: count('coupon'),
    control: journey.settings.controlGroup.percent,
  }
}

/** One node in words. */
export interface Step {
  readonly id: string
  readonly type: string
  readonly category: Category
  readonly name: string
  readonly sentence: string
}

/** Ids in the order in which a customer may come to them: each before what its lines lead to. */
function inOrder(journey: Journey): string[] {
  const edges = edgesOf(journey)
  const open = new Map(Object.keys(journey.nodes).map((id) => [id, 0]))
  for (const { to } of edges) open.set(to, (open.get(to) ?? 0) + 1)
  const ready = [...open].filter(([, count]) => count === 0).map(([id]) => id)
  const ordered: string[] = []
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    ordered.push(id)
    const next = edges.filter(({ from }) => from === id).map(({ to }) => to)
    for (const to of next) {
      const left = (open.get(to) ?? 0) - 1
      open.set(to, left)
      if (left === 0) ready.unshift(to)
    }
  }
  // Nodes of a loop never become ready; they follow as the file has them.
  return [...ordered, ...Object.keys(journey.nodes).filter((id) => !ordered.includes(id))]
}

/** The steps of a journey in words, goals last. */
export function stepsOf(
  journey: Journey,
  said: DescribeInput,
  types: Registry = registry,
): { steps: Step[]; goals: Step[] } {
  const all = inOrder(journey).flatMap((id) => {
    const node = journey.nodes[id]
    const type = node && types.get(node.type)
    if (!node || !type) return []
    const config = type.config.safeParse(node.config)
    const sentence = config.success ? atHead(type.describe(config.data, said)) : ''
    const name = say(node.name, said.locale)
    return [{ id, type: node.type, role: type.role, category: type.category, name, sentence }]
  })
  return {
    steps: all.filter(({ role }) => role !== 'goal'),
    goals: all.filter(({ role }) => role === 'goal'),
  }
}
