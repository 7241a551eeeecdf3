import { createHash } from 'node:crypto'
import PostalMime, { type Email } from 'postal-mime'
import type { Receipt } from './receipts.ts'

// What a mail server sends back by mail: that a message could not be delivered (a delivery status notification, RFC
// 3464), or that its reader has complained (a feedback report, RFC 5965). Both are multipart/report (RFC 6522).

type Fields = ReadonlyMap<string, string>

/** The groups of a report's fields, parted by blank lines; lines that go on are joined. */
function groupsOf(text: string): Fields[] {
  return text
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n+/)
    .map((group) => {
      const lines = group.replace(/\n[ \t]+/g, ' ').split('\n')
      return new Map(
        lines.flatMap((line) => {
          const at = line.indexOf(':')
          return at < 1 ? [] : [[line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()] as const]
        }),
      )
    })
    .filter((group) => group.size > 0)
}

const textOf = (content: ArrayBuffer | Uint8Array | string): string =>
  typeof content === 'string' ? content : new TextDecoder().decode(content)

/** `rfc822; wang@example.com` and `<wang@example.com>` alike. */
function mailboxIn(field: string | undefined): string | undefined {
  const address = field
    ?.replace(/^[^;]*;/, '')
    .trim()
    .replace(/^<|>$/g, '')
  return address?.includes('@') ? address.slice(0, 320) : undefined
}

function part(email: Email, types: readonly string[]): string | null {
  const found = email.attachments.find(({ mimeType }) => types.includes(mimeType.toLowerCase()))
  return found === undefined ? null : textOf(found.content)
}

/** What is told of the message itself: its own Message-ID, and to whom it went. */
function originalOf(email: Email): { providerId?: string; to?: string } {
  const headers = part(email, [
    'message/rfc822',
    'message/global',
    'text/rfc822-headers',
    'message/global-headers',
  ])
  const [fields] = headers === null ? [] : groupsOf(headers)
  const providerId = fields?.get('message-id')?.slice(0, 200)
  const to = mailboxIn(fields?.get('to')?.replace(/^.*</, '<'))
  return { ...(providerId !== undefined && { providerId }), ...(to !== undefined && { to }) }
}

/**
 * Whether a refusal is of the address itself, by the enhanced status (RFC 3463): no such mailbox or domain, or one that
 * is shut; a full mailbox, a policy, the network or the message are nothing that the address could help.
 */
const HARD = /^5\.(?:1\.(?:[0-36]|10)|2\.[01]|4\.4)$/

/** Whether an enhanced status says that there is no such mailbox. */
export const isGone = (status: string): boolean => HARD.test(status)

type Found = Omit<Receipt, 'id'>

function bouncesIn(status: string, email: Email): Found[] {
  const [, ...recipients] = groupsOf(status)
  const { providerId } = originalOf(email)
  return recipients.flatMap((fields): Found[] => {
    const from = mailboxIn(fields.get('final-recipient') ?? fields.get('original-recipient'))
    const code = /\d\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? ''
    const text = (fields.get('diagnostic-code') ?? fields.get('status') ?? '').slice(0, 1000)
    const named = {
      ...(from !== undefined && { from }),
      ...(providerId !== undefined && { providerId }),
      ...(text !== '' && { text }),
    }
    if (from === undefined && providerId === undefined) return []
    switch (fields.get('action')?.toLowerCase()) {
      case 'failed':
        return [{ type: 'bounced', bounce: isGone(code) ? 'hard' : 'soft', ...named }]
      case 'delivered':
        return providerId === undefined ? [] : [{ type: 'delivered', ...named }]
      default:
        // It is still being tried, or was handed on: nothing has become of it yet.
        return []
    }
  })
}

function complaintsIn(report: string, email: Email): Found[] {
  const [fields] = groupsOf(report)
  const kind = fields?.get('feedback-type')?.toLowerCase()
  // The other kinds tell of signatures that failed, or that a message was no spam.
  if (fields === undefined || (kind !== 'abuse' && kind !== 'fraud' && kind !== 'opt-out')) return []
  const { providerId, to } = originalOf(email)
  const from = mailboxIn(fields.get('original-rcpt-to')) ?? to
  if (from === undefined && providerId === undefined) return []
  return [
    {
      type: kind === 'opt-out' ? 'unsubscribed' : 'complained',
      ...(from !== undefined && { from }),
      ...(providerId !== undefined && { providerId }),
      text: kind,
    },
  ]
}

/** The reports in a mail that came back; none where it is another kind of mail. The same mail gives the same ids. */
export async function readMailReports(raw: string | Uint8Array): Promise<Receipt[]> {
  const email = await PostalMime.parse(raw, { forceRfc822Attachments: true })
  const status = part(email, ['message/delivery-status', 'message/global-delivery-status'])
  const feedback = part(email, ['message/feedback-report'])
  const found = [
    ...(status === null ? [] : bouncesIn(status, email)),
    ...(feedback === null ? [] : complaintsIn(feedback, email)),
  ]
  const id = createHash('sha256').update(raw).digest('hex').slice(0, 40)
  return found.map((one, at) => ({ id: `mail-${id}-${at}`, ...one }))
}
