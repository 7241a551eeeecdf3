import { z } from 'zod'
import { type Locale, type LocalText, locales, say, type WrittenText } from '../text.ts'
import { contactsShown } from './contacts.ts'
import { type MessageRow, messageQuery } from './messages.ts'

/** In which language a file names its columns. */
export const fileLanguage = z
  .enum(locales)
  .optional()
  .describe('Of the head and of names; else the one that the request asks for')

/** GET /export/messages.csv?status=&channel=&journey=&customer=&language=&contacts= */
export const messageFileQuery = messageQuery
  .pick({ status: true, channel: true, journey: true, customer: true })
  .extend({
    language: fileLanguage,
    contacts: contactsShown
      .optional()
      .describe(
        'Whether phones and mailboxes stand in it whole; where it is not said, in a page they do not',
      ),
  })
export type MessageFileQuery = z.output<typeof messageFileQuery>

/** A moment as ISO, which every program reads; empty where there is none. */
export const isoOf = (at: number | null): string => {
  const date = new Date(at ?? Number.NaN)
  return at === null || Number.isNaN(date.getTime()) ? '' : date.toISOString()
}

/** Thousandths of the main unit as a decimal. */
export const decimalOfMilli = (milli: number): string => String(milli / 1000)

interface Column {
  readonly words: LocalText
  readonly cell: (message: MessageRow, locale: Locale) => string
}

const column = (zh: string, en: string, cell: Column['cell']): Column => ({
  words: { 'zh-CN': zh, en },
  cell,
})
const named = (name: WrittenText | null, locale: Locale) => (name === null ? '' : say(name, locale))
/** When the first receipt of a kind came. */
const receipt = (kind: string) => (message: MessageRow) =>
  isoOf(message.receipts.find((one) => one.kind === kind)?.at ?? null)

const columns: readonly Column[] = [
  column('消息编号', 'Message', ({ id }) => String(id)),
  column('客户编号', 'Customer', ({ customerId }) => customerId),
  column('客户姓名', 'Customer name', ({ customerName }) => customerName ?? ''),
  column('旅程编号', 'Journey', ({ journeyId }) => journeyId),
  column('旅程', 'Journey name', ({ journeyName }, locale) => named(journeyName, locale)),
  column('节点', 'Node', ({ node, nodeName }, locale) => named(nodeName, locale) || node),
  column('渠道', 'Channel', ({ channel }) => channel),
  column('状态', 'Status', ({ status }) => status),
  column('标题', 'Subject', ({ subject }) => subject ?? ''),
  column('正文', 'Text', ({ text }) => text),
  column('生成时间', 'Made', ({ createdAt }) => isoOf(createdAt)),
  column('发出时间', 'Sent', ({ sentAt }) => isoOf(sentAt)),
  column('送达时间', 'Delivered', receipt('delivered')),
  column('打开时间', 'Opened', receipt('opened')),
  column('点击时间', 'Clicked', receipt('clicked')),
  column('回复时间', 'Replied', receipt('replied')),
  column('失败时间', 'Reported failed', receipt('failed')),
  column('退订时间', 'Unsubscribed', receipt('unsubscribed')),
  column('计费条数', 'Parts', ({ parts }) => String(parts)),
  column('费用', 'Cost', ({ costMilli }) => decimalOfMilli(costMilli)),
  column('模型', 'Model', ({ model }) => model ?? ''),
  column('失败原因', 'Error', ({ error }) => error ?? ''),
]

export const messageFileHead = (locale: Locale): string[] => columns.map(({ words }) => words[locale])
export const messageFileRow = (message: MessageRow, locale: Locale): string[] =>
  columns.map(({ cell }) => cell(message, locale))
