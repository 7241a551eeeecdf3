import { z } from 'zod'
import type { StoryEntry } from '../../../../shared/api/story.ts'
import { testsTried } from '../../../../shared/compile/tests-tried.ts'
import type { Registry } from '../../../../shared/nodes/type.ts'
import type { LocalText } from '../../../../shared/text.ts'
import type { graphReader } from '../journeys/versions.ts'
import { attachmentsShown, passedIn } from '../messages/outbox-rows.ts'
import { readColumn } from '../stored-json.ts'

/** How rows of each table are told in a story; what is read, and in which order, is the reader's. */

export interface StepRow {
  at: number
  node: string
  outcome: string
  reason: string
  journeyId: string
  version: number
}

export interface MessageRow {
  at: number
  node: string
  channel: string
  subject: string | null
  attachments: string | null
  body: string
  status: string
  model: string | null
  passed: string | null
  journeyId: string
  version: number
}

export interface ReceiptRow extends Pick<MessageRow, 'at' | 'node' | 'channel' | 'journeyId' | 'version'> {
  kind: string
  detail: string | null
}

export interface EventRow {
  at: number
  name: string
  amount: number | null
  properties: string
}

export interface ReplyRow {
  at: number
  channel: string
  body: string
}

export type Details = NonNullable<StoryEntry['reason']>

const details = z.record(z.string(), z.json())

/** What the engine wrote as JSON; what of it cannot be read is said in its place. */
export function readDetails(text: string): Details {
  const read = readColumn(text, details)
  return read.readable ? read.value : unreadableDetails(read.reason)
}

/** Stands where a value would: a person sees that there is something, and why it is not shown. */
const unreadableDetails = (reason: LocalText): Details => ({ unreadable: { ...reason } })

export type GraphReader = ReturnType<typeof graphReader>

/** Names of journeys and nodes as the version that ran them has them. */
export function namer(graphOf: GraphReader) {
  return ({ journeyId, version, node }: { journeyId: string; version: number; node: string }) => {
    const graph = graphOf(journeyId, version)
    return {
      journeyId,
      journeyName: graph?.name ?? null,
      node,
      nodeName: graph?.nodes[node]?.name ?? null,
    }
  }
}
export type Name = ReturnType<typeof namer>

export const nowhere = { journeyId: null, journeyName: null, node: null, nodeName: null }
export const blank = { outcome: null, text: null, reason: null, tests: null, status: null, model: null }

export interface Reading {
  readonly name: Name
  readonly graphOf: GraphReader
  readonly registry: Registry
}

export function stepOf({ name, graphOf, registry }: Reading): (row: StepRow) => StoryEntry {
  return (row) => {
    const reason = readDetails(row.reason)
    return {
      ...blank,
      ...name(row),
      at: row.at,
      kind: 'step',
      title: row.node,
      outcome: row.outcome,
      reason,
      tests: testsTried(graphOf(row.journeyId, row.version), row.node, reason, registry),
    }
  }
}

export function messageOf(name: Name): (row: MessageRow) => StoryEntry {
  return (row) => ({
    ...blank,
    ...name(row),
    at: row.at,
    kind: 'message',
    title: row.channel,
    text: row.subject === null ? row.body : `${row.subject}\n${row.body}`,
    status: row.status,
    model: row.model,
    ...(row.passed === null ? {} : { reason: { passed: passedIn(row.passed) } }),
    ...(row.attachments === null ? {} : { attachments: attachmentsShown(row.attachments) }),
  })
}

export function receiptOf(name: Name): (row: ReceiptRow) => StoryEntry {
  return (row) => ({
    ...blank,
    ...name(row),
    at: row.at,
    kind: 'receipt',
    title: row.kind,
    text: row.detail,
    status: row.channel,
  })
}

export function eventOf(row: EventRow): StoryEntry {
  const properties = readDetails(row.properties)
  const reason = row.amount === null ? properties : { amount: row.amount, ...properties }
  return { ...blank, ...nowhere, at: row.at, kind: 'event', title: row.name, reason }
}

export function replyOf({ at, channel, body }: ReplyRow): StoryEntry {
  return { ...blank, ...nowhere, at, kind: 'reply', title: channel, text: body }
}
