import type { ContactsShown } from '../../shared/api/contacts.ts'
import { type MessageFileQuery, messageFileHead, messageFileRow } from '../../shared/api/message-file.ts'
import type { ReportAnswer } from '../../shared/api/messages.ts'
import { reportFile } from '../../shared/api/report-file.ts'
import type { Actor } from '../../shared/audit/actor.ts'
import { concealed } from '../../shared/channels/address/conceal.ts'
import { csvLine, csvMark, csvOf } from '../../shared/csv.ts'
import type { Locale } from '../../shared/text.ts'
import type { Desk } from '../ports/desk.ts'

const rowsAtOnce = 500

export interface MessageFile {
  readonly query: MessageFileQuery
  readonly contacts: ContactsShown
  readonly locale: Locale
}

/** A file of messages, the newest first, piece by piece, which no spreadsheet computes; and its row of the log. */
export async function* messageFile(
  desk: Desk,
  actor: Actor,
  { query, contacts, locale }: MessageFile,
): AsyncGenerator<string> {
  const { messages, addresses } = desk.stores
  const { status, channel, journey, customer } = query
  const filter = { status, channel, journey, customer }
  await messages.exported(desk.act(actor), { journeyId: journey ?? null, channel: channel ?? null, contacts })
  yield `${csvMark}${csvLine(messageFileHead(locale))}`
  let before: number | undefined
  for (;;) {
    const page = await messages.page({ ...filter, before, limit: rowsAtOnce })
    const ids = [...new Set(page.map(({ customerId }) => customerId))]
    const told = contacts === 'whole' ? page : concealed(page, await addresses.borneBy(ids))
    yield told.map((message) => csvLine(messageFileRow(message, locale))).join('')
    before = page.at(-1)?.id
    if (before === undefined || page.length < rowsAtOnce) return
  }
}

/** A journey's report as a file; and its row of the log. */
export async function reportAsFile(
  desk: Desk,
  actor: Actor,
  { report, locale }: { readonly report: ReportAnswer; readonly locale: Locale },
): Promise<string> {
  await desk.stores.journeys.exported(desk.act(actor), report.journeyId)
  return csvOf(reportFile(report, locale))
}
