import type { Tone } from '../../ui/StatusDot.tsx'

/** What a message may be, in the order in which the tabs show it. */
export const messageStatuses = [
  'sent',
  'queued',
  'sending',
  'failed',
  'unknown',
  'held',
  'cancelled',
] as const
export type MessageStatus = (typeof messageStatuses)[number]

export const statusTones: Record<MessageStatus, Tone> = {
  sent: 'good',
  queued: 'busy',
  sending: 'busy',
  failed: 'bad',
  unknown: 'warn',
  held: 'warn',
  cancelled: 'quiet',
}

/** Statuses that need a word of explanation when they are looked at. */
export const explained = ['failed', 'unknown', 'held', 'cancelled'] as const
export type ExplainedStatus = (typeof explained)[number]

export const isStatus = (text: string | undefined): text is MessageStatus =>
  messageStatuses.some((status) => status === text)
export const isExplained = (status: MessageStatus): status is ExplainedStatus =>
  explained.some((each) => each === status)

/** The tabs to show: everything, what there is any of, and what was chosen. */
export function tabsOf(
  counts: Readonly<Record<string, number>>,
  chosen: MessageStatus | undefined,
): { status: MessageStatus | 'all'; count: number }[] {
  const all = messageStatuses.reduce((sum, status) => sum + (counts[status] ?? 0), 0)
  const some = messageStatuses
    .map((status) => ({ status, count: counts[status] ?? 0 }))
    .filter(({ status, count }) => count > 0 || status === chosen)
  return [{ status: 'all', count: all }, ...some]
}

/** The furthest that a message has come, as its receipts tell; null without any. */
export function furthest(receipts: readonly { kind: string; at: number }[]): string | null {
  const order = ['replied', 'clicked', 'opened', 'delivered']
  const bad = receipts.find(({ kind }) => !order.includes(kind))
  if (bad) return bad.kind
  return order.find((kind) => receipts.some((receipt) => receipt.kind === kind)) ?? null
}
