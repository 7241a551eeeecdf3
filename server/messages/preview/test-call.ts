import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { TestCallAnswer, TestCallRequest } from '../../../shared/api/preview.ts'
import type { Actor } from '../../../shared/audit/actor.ts'
import type { Reply, Request } from '../../../shared/effects/requests/index.ts'
import { Problem } from '../../../shared/errors/index.ts'
import type { DecideInput, Decision } from '../../../shared/nodes/type.ts'
import type { CallResult } from '../../channels/call.ts'
import type { PreviewDesk, PreviewReads } from './desk.ts'
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

/** The node at which the customer arrives. Problem `not-found`. */
async function arriving(desk: PreviewReads, { journey, node, customerId }: TestCallRequest) {
  const scene = sceneOf(desk, journey)
  const { config, type: { decide } = {} } = scene.plan.nodes.get(node) ?? {}
  if (decide === undefined) throw new Problem('not-found', { what: node }, 'node')
  const input = await arrivalAt(scene, customerId, node)
  return (reply: Reply | null) => {
    const decision = decide(config, { ...input, facts: { ...input.facts, reply } })
    return { decision, call: callOf(decision) }
  }
}

/** The way out that a node takes. Problem `not-found` where it takes none. */
function leaving(decision: Decision, node: string): Pick<TestCallAnswer, 'port' | 'reason'> {
  if (decision.kind !== 'leave') throw new Problem('not-found', { what: node }, 'node')
  return { port: decision.port, reason: decision.reason }
}

/** What a node would ask another system for a customer, or the way out that it takes without. */
export type TrialCall =
  | { readonly call: Pick<Call, 'url' | 'body'> }
  | { readonly call: null; readonly left: Pick<TestCallAnswer, 'port' | 'reason'> }

/** Problems `not-found`, `unknown-customer`. */
export async function writeCall(desk: PreviewReads, request: TestCallRequest): Promise<TrialCall> {
  const { decision, call } = (await arriving(desk, request))(null)
  if (call === null) return { call, left: leaving(decision, request.node) }
  const { url, body } = call
  return { call: { url, body } }
}

export interface AnsweredCall {
  readonly request: TestCallRequest
  readonly result: CallResult
}

/** The way out that a node takes by what was answered. */
export async function readCall(
  desk: PreviewReads,
  { request, result }: AnsweredCall,
): Promise<Pick<TestCallAnswer, 'port' | 'reason'>> {
  const { decision } = (await arriving(desk, request))(replyOf(result))
  return leaving(decision, request.node)
}

/** Makes the call of a node once. Problem `channel-absent`. */
export async function makeCall(
  desk: PreviewDesk,
  actor: Actor,
  { journey, node }: TestCallRequest,
  { url, body }: Pick<Call, 'url' | 'body'>,
): Promise<CallResult> {
  const caller = desk.caller()
  if (caller === null) throw new Problem('channel-absent', { channel: 'webhook' }, 'node')
  const tried = { journeyId: journey.id, node, channel: 'webhook' }
  await desk.stores.messages.note(desk.act(actor), { action: 'message.tested', ...tried })
  return caller.call({ url, body, key: `test-${randomUUID()}` }, AbortSignal.timeout(60_000))
}

/** A node that goes on without a call. */
export const uncalled = (left: Pick<TestCallAnswer, 'port' | 'reason'>): TestCallAnswer => ({
  called: false,
  ...left,
  sent: null,
  answer: null,
})

/** What a call has sent and got, and the way out that follows. */
export const called = (
  body: string,
  result: CallResult,
  left: Pick<TestCallAnswer, 'port' | 'reason'>,
): TestCallAnswer => ({
  called: true,
  ...left,
  sent: body,
  answer: result.ok ? asText(result.body).slice(0, shownLimit) : null,
})
