import { noHistory } from '../conditions/history.ts'
import type { DecideInput, Decision, Enrollment, Facts, NodeSpec } from '../nodes/type.ts'
import { someone } from './driver.ts'
import { sketchBrand } from './sketch.ts'

export function enrolled(more: Partial<Enrollment> = {}): Enrollment {
  const enteredAt = Date.parse('2026-08-05T10:00:00+08:00')
  return {
    id: 1,
    journeyId: 'sketch',
    version: 1,
    customerId: 'c1',
    state: 'it',
    enteredAt,
    arrivedAt: enteredAt,
    control: false,
    entry: { trigger: 'in', timezone: null, event: null, anchors: {} },
    history: noHistory,
    coupons: {},
    goals: {},
    wait: null,
    by: null,
    steps: 1,
    ...more,
  }
}

export function known(more: Partial<Facts> = {}): Facts {
  return {
    customer: someone(),
    tags: new Set(),
    audiences: new Set(),
    events: [],
    touches: [],
    reply: null,
    picks: [],
    coupons: null,
    history: noHistory,
    entry: {},
    ...more,
  }
}

/** What a node is given to decide, for tests: somebody who has just arrived, unless said otherwise. */
export interface Situation extends Partial<Omit<DecideInput, 'now' | 'enrollment' | 'facts'>> {
  readonly now?: string | number
  readonly enrollment?: Partial<Enrollment>
  readonly facts?: Partial<Facts>
}

export function situation({ now, enrollment, facts, ...more }: Situation = {}): DecideInput {
  const stands = enrolled(enrollment)
  return {
    node: 'it',
    now: typeof now === 'string' ? Date.parse(now) : (now ?? stands.arrivedAt),
    zone: 'Asia/Shanghai',
    brand: sketchBrand(),
    journey: { id: 'sketch', name: { 'zh-CN': '草图', en: 'Sketch' } },
    enrollment: stands,
    key: null,
    wake: { kind: 'arrive' },
    facts: known({ history: stands.history, ...facts }),
    askModel: true,
    mayCall: true,
    ...more,
  }
}

/** Lets a node type decide, its configuration completed by its own schema. */
export function decideWith<C>(spec: NodeSpec<C>, config: unknown, more: Situation = {}): Decision {
  if (spec.decide === undefined) throw new Error(`${spec.type} decides nothing`)
  return spec.decide(spec.config.parse(config), situation(more))
}
