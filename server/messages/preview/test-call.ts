import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { TestCallAnswer, TestCallRequest } from '../../../shared/api/preview.ts'
import type { Actor } from '../../../shared/audit/actor.ts'
import type { Reply, Request } from '../../../shared/effects/requests/index.ts'
import { Problem } from '../../../shared/errors/index.ts'
import type { DecideInput, Decision } from '../../../shared/nodes/type.ts'
import type { CallResult } from '../../channels/call.ts'
import type { PreviewDesk } from './desk.ts'
import { customerOf, inputAt, inputOf, pathOf, type Scene, sceneOf } from './scene.ts'

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
async function arrivalAt(scene: Scene, customerId: string | null, node: string): Promise<DecideInput> {
  const { customer } = await customerOf(scene, { customerId, move: 'none' })
  if (customer === null) throw new Problem('unknown-customer', { customer: customerId ?? '' }, 'customerId')
  const visit = (await pathOf(scene, customer)).find((one) => one.node === node) ?? null
  const input = visit === null ? inputAt(scene, node, { customer, touches: [] }) : inputOf(scene, visit)
  return { ...input, mayCall: true, enrollment: { ...input.enrollment, control: false } }
}

function replyOf(result: CallResult): Reply {
  if (!result.ok) return { ok: false, reason: result.reason }
  return { ok: true, to: 'http', body: z.json().parse(result.body) }
}

const asText = (body: unknown) => (typeof body === 'string' ? body : JSON.stringify(body, null, 2))

/**
 * Calls another system once as a node would for a customer, and tells its answer and the way out that it takes.
 * Problems `not-found`, `unknown-customer`, `channel-absent`.
 */
export async function testCall(
  desk: PreviewDesk,
  actor: Actor,
  { journey, node, customerId }: TestCallRequest,
): Promise<TestCallAnswer> {
  const scene = sceneOf(desk, journey)
  const { config, type: { decide } = {} } = scene.plan.nodes.get(node) ?? {}
  if (decide === undefined) throw new Problem('not-found', { what: node }, 'node')
  const input = await arrivalAt(scene, customerId, node)
  const asked = decide(config, input)
  const call = callOf(asked)
  if (call === null) {
    if (asked.kind !== 'leave') throw new Problem('not-found', { what: node }, 'node')
    return { called: false, port: asked.port, reason: asked.reason, sent: null, answer: null }
  }
  const caller = desk.caller()
  if (caller === null) throw new Problem('channel-absent', { channel: 'webhook' }, 'node')
  const tried = { journeyId: journey.id, node, channel: 'webhook' }
  await desk.stores.messages.note(desk.act(actor), { action: 'message.tested', ...tried })
  const { url, body } = call
  const result = await caller.call({ url, body, key: `test-${randomUUID()}` }, AbortSignal.timeout(60_000))
  const decided = decide(config, { ...input, facts: { ...input.facts, reply: replyOf(result) } })
  if (decided.kind !== 'leave') throw new Problem('internal', { id: node })
  return {
    called: true,
    port: decided.port,
    reason: decided.reason,
    sent: body,
    answer: result.ok ? asText(result.body).slice(0, shownLimit) : null,
  }
}
