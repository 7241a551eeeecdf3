import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { TestCallAnswer, TestCallRequest } from '../../../shared/api/preview.ts'
import type { Actor } from '../../../shared/audit/actor.ts'
import type { Reply, Request } from '../../../shared/effects/requests/index.ts'
import { Problem } from '../../../shared/errors/index.ts'
import type { DecideInput, Decision } from '../../../shared/nodes/type.ts'
import type { CallResult } from '../../channels/call.ts'
import type { PreviewDesk, PreviewReads } from './desk.ts'
import { inputAt, inputOf, pathOf, personOf, picksOf, type Scene, sceneOf } from './scene.ts'

/** The most of an answer that is shown. */
const shownLimit = 4000

type Call = Extract<Request, { to: 'http' }>

function callOf(decision: Decision): Call | null {
  if (decision.kind === 'left') return null
  for (const effect of decision.effects ?? [])
    if (effect.kind === 'ask' && effect.request.to === 'http') return effect.request
  return null
}

/** The node as the customer reaches it, with calls allowed and never as the control group's. */
async function arrivalAt(empty: Scene, customerId: string | null, node: string): Promise<DecideInput> {
  const { person } = await personOf(empty, { customerId, move: 'none' })
  if (person === null) throw new Problem('unknown-customer', { customer: customerId ?? '' }, 'customerId')
  const { scene, customer } = person
  const visit = (await pathOf(scene, customer)).find((one) => one.node === node) ?? null
  const input =
    visit === null
      ? inputAt(scene, node, { customer, touches: [], picks: await picksOf(scene, customer.id) })
      : inputOf(scene, visit)
  return { ...input, mayCall: true, enrollment: { ...input.enrollment, control: false } }
}

function replyOf(result: CallResult): Reply {
  if (!result.ok) return { ok: false, reason: result.reason }
  return { ok: true, to: 'http', body: z.json().parse(result.body) }
}

const asText = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body, null, 2))

/** What a node calls for a customer, or by which way it leaves: without a call, or by a reply. */
export interface TriedCall extends TestCallRequest {
  readonly reply: Reply | null
}
export type Tried =
  | { readonly call: Call }
  | { readonly call: null; readonly port: string; readonly reason: TestCallAnswer['reason'] }

/** Problems `not-found`, `unknown-customer`. */
export async function tryCall(
  desk: PreviewReads,
  { journey, node, customerId, reply }: TriedCall,
): Promise<Tried> {
  const scene = sceneOf(desk, journey)
  const { config, type: { decide } = {} } = scene.plan.nodes.get(node) ?? {}
  if (decide === undefined) throw new Problem('not-found', { what: node }, 'node')
  const input = await arrivalAt(scene, customerId, node)
  const decided = decide(config, { ...input, facts: { ...input.facts, reply } })
  const call = callOf(decided)
  if (call !== null) return { call }
  if (decided.kind !== 'leave') throw new Problem('not-found', { what: node }, 'node')
  return { call, port: decided.port, reason: decided.reason }
}

/**
 * Calls another system once as a node would for a customer, and tells its answer and the way out that it takes; `ask`
 * works out what the node says. Problems `not-found`, `unknown-customer`, `channel-absent`.
 */
export async function testCall(
  desk: PreviewDesk,
  actor: Actor,
  request: TestCallRequest,
  ask: (tried: TriedCall) => Promise<Tried>,
): Promise<TestCallAnswer> {
  const { journey, node } = request
  const asked = await ask({ ...request, reply: null })
  if (asked.call === null) {
    const { port, reason } = asked
    return { called: false, port, reason, sent: null, answer: null }
  }
  const caller = desk.caller()
  if (caller === null) throw new Problem('channel-absent', { channel: 'webhook' }, 'node')
  const tried = { journeyId: journey.id, node, channel: 'webhook' }
  await desk.stores.messages.note(desk.act(actor), { action: 'message.tested', ...tried })
  const { url, body } = asked.call
  const result = await caller.call({ url, body, key: `test-${randomUUID()}` }, AbortSignal.timeout(60_000))
  const decided = await ask({ ...request, reply: replyOf(result) })
  if (decided.call !== null) throw new Problem('internal', { id: node })
  return {
    called: true,
    port: decided.port,
    reason: decided.reason,
    sent: body,
    answer: result.ok ? asText(result.body).slice(0, shownLimit) : null,
  }
}
