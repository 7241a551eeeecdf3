import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import type { PreviewAnswer, PreviewRequest, testSendAnswer } from '../../../shared/api/preview.ts'
import type { Actor } from '../../../shared/audit/actor.ts'
import { maskEmail, maskPhone } from '../../../shared/channels/address/mask.ts'
import type { Customer } from '../../../shared/conditions/customer.ts'
import { Problem } from '../../../shared/errors/index.ts'
import { linksOf } from '../../../shared/nodes/send/chain.ts'
import type { Visit } from '../../../shared/preview/walk.ts'
import type { OutboundMessage } from '../../channels/channel.ts'
import { sendTrial } from '../trial.ts'
import type { PreviewDesk, PreviewReads } from './desk.ts'
import { carriedBy, previewMessage, sendSettings, visitOf, type Writing, writeMessage } from './messages.ts'
import { inputAt, inputOf, pathOf, personOf, picksOf, type Scene, sceneOf, touchesOf } from './scene.ts'

type TestSendAnswer = z.output<typeof testSendAnswer>

/**
 * Every message of the journey in the order in which it comes: those on the customer's own way, each time that it
 * passes their nodes, at the time at which they would leave; those of other branches as far as the journey's dates
 * tell, and behind all where they do not.
 */
function writingsOf(
  scene: Scene,
  person: Parameters<typeof inputAt>[2],
  path: readonly Visit[],
  { node: only, channel }: Pick<PreviewRequest, 'node' | 'channel'>,
): Writing[] {
  const { journey, arrivals } = scene
  const settingsOf = (node: string) => (only === null || only === node ? sendSettings(scene, node) : null)
  const passed = path.flatMap((visit): Writing[] => {
    const { node, at } = visit
    const settings = settingsOf(node)
    if (settings === null) return []
    const input = inputOf(scene, visit)
    return [{ node, input, at, visit, ...carriedBy(settings, { input, visit }, channel) }]
  })
  const onPath = new Set(path.map(({ node }) => node))
  const elsewhere = [...new Set([...arrivals.keys(), ...Object.keys(journey.nodes)])].flatMap(
    (node): Writing[] => {
      const settings = onPath.has(node) ? null : settingsOf(node)
      if (settings === null) return []
      const input = inputAt(scene, node, person)
      const shown = carriedBy(settings, { input, visit: null }, channel)
      return [{ node, input, at: arrivals.get(node) ?? null, visit: null, ...shown }]
    },
  )
  const time = ({ at }: Writing) => at ?? Number.MAX_SAFE_INTEGER
  return [...passed, ...elsewhere].sort((a, b) => time(a) - time(b))
}

function shown({ id, name, city, phone, email, attributes }: Customer, control: boolean) {
  const masked = { phone: maskPhone(phone), email: maskEmail(email) }
  return { id, name, city, ...masked, attributes: { ...attributes }, control }
}

/** Where somebody stays on the way; of messages the gates tell. */
function staysOf(scene: Scene, path: readonly Visit[]): PreviewAnswer['stays'] {
  return path.flatMap(({ node, arrivedAt: from, at, outcome }) =>
    sendSettings(scene, node) === null && (outcome === null || at > from)
      ? [{ node, from, until: outcome === null ? null : at }]
      : [],
  )
}

/** Each message of a journey as one customer would get it; nothing is stored and nothing sent. */
export async function preview(desk: PreviewReads, request: PreviewRequest): Promise<PreviewAnswer> {
  const { person: found, position } = await personOf(sceneOf(desk, request.journey), request)
  if (found === null) return { customer: null, entry: null, stays: [], position, messages: [] }
  const { scene, customer, entry } = found
  const person = {
    customer,
    touches: await touchesOf(scene, customer.id),
    picks: await picksOf(scene, customer.id),
  }
  const path = await pathOf(scene, customer)
  const writings = writingsOf(scene, person, path, request)
  const polisher = request.polish ? desk.polisher() : null
  const messages = await Promise.all(
    writings.map((writing) => previewMessage(writing, visitOf(writing) === 1 ? polisher : null)),
  )
  const { control } = inputAt(scene, '', person).enrollment
  return { customer: shown(customer, control), entry, stays: staysOf(scene, path), position, messages }
}

export interface TestSend {
  readonly journey: PreviewRequest['journey']
  readonly node: string
  readonly customerId: string
  readonly to: string
  /** Of a message with fallbacks: by which of its channels. */
  readonly channel?: string | undefined
}

/** A message as it is to be tried out, or why it cannot be written. */
export type WrittenTest =
  | { readonly ok: false; readonly detail: string }
  | { readonly ok: true; readonly channel: string; readonly message: OutboundMessage }

/** Writes one message to an address of one's own. Problems `not-found`, `unknown-customer`. */
export async function writeTest(desk: PreviewReads, request: TestSend): Promise<WrittenTest> {
  const empty = sceneOf(desk, request.journey)
  const whole = sendSettings(empty, request.node)
  const links = whole === null ? [] : linksOf(whole)
  const { channel } = request
  const settings = channel === undefined ? links[0] : links.find((one) => one.channel === channel)
  if (whole !== null && settings === undefined)
    throw new Problem('not-found', { what: channel ?? '' }, 'channel')
  if (settings === undefined) throw new Problem('not-found', { what: request.node }, 'node')
  const { person: found } = await personOf(empty, { customerId: request.customerId, move: 'none' })
  if (found === null) throw new Problem('unknown-customer', { customer: request.customerId }, 'customerId')
  const { scene, customer } = found
  const person = { customer, touches: [], picks: await picksOf(scene, customer.id) }
  const visit = (await pathOf(scene, customer)).find(({ node }) => node === request.node) ?? null
  const input = visit === null ? inputAt(scene, request.node, person) : inputOf(scene, visit)
  const { preview, mail, json } = await writeMessage(
    // What is tried out is no message that anybody could press a link of.
    {
      node: request.node,
      settings: { ...settings, track: false },
      ...{ passed: [], wanted: true, input, at: null, visit },
    },
    desk.polisher(),
  )
  const { ok, subject, text, attachments, problems, words } = preview
  if (!ok) return { ok, detail: problems[0]?.detail[desk.brand().language] ?? words.join(', ') }
  const message: OutboundMessage = {
    id: '0',
    key: `test-${randomUUID()}`,
    customerId: customer.id,
    to: settings.channel === 'webhook' ? (settings.url ?? request.to) : request.to,
    subject,
    text: mail?.text ?? text,
    html: mail?.html ?? null,
    json,
    attachments,
    purpose: settings.purpose,
    unsubscribeUrl: null,
    sentAt: desk.now(),
    meta: { journeyId: request.journey.id, node: request.node },
  }
  return { ok, channel: settings.channel, message }
}

/** Sends what was written to be tried out. Problem `channel-absent`. */
export async function testSend(
  desk: PreviewDesk,
  actor: Actor,
  { journey, node }: Pick<TestSend, 'journey' | 'node'>,
  written: WrittenTest,
): Promise<TestSendAnswer> {
  if (!written.ok) return { result: 'rejected', detail: written.detail }
  const { message } = written
  const { channel } = written
  return sendTrial(desk, actor, { channel, message, field: 'node', journeyId: journey.id, node })
}
