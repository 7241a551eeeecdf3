import { z } from 'zod'
import type { UnreadableRow } from '../../../shared/api/unreadable.ts'
import { placedIssues, sayIssue, sayPath } from '../../../shared/journey/issue.ts'
import { jsonFault } from '../../../shared/journey/json.ts'
import { limits } from '../../../shared/limits.ts'
import type { LocalText } from '../../../shared/text.ts'

/** What a column holds that cannot be read as what it is for: why, and the text as it stands. */
export interface Unreadable {
  readonly readable: false
  readonly reason: LocalText
  readonly text: string
}

/** What a column of JSON says, or why nobody can tell: whoever reads it must say what becomes of the other case. */
export type Stored<T> = { readonly readable: true; readonly value: T } | Unreadable

const deepest = limits.journeyDepth.value

/** Whether brackets open beyond the depth that anything of ours has; what is deeper breaks those who go through it. */
export function isTooDeep(text: string, most: number = deepest): boolean {
  if (text.length <= 2 * most) return false
  let depth = 0
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (quoted) {
      if (code === 92) at += 1
      else if (code === 34) quoted = false
    } else if (code === 34) quoted = true
    else if (code === 123 || code === 91) {
      depth += 1
      if (depth > most) return true
    } else if (code === 125 || code === 93) depth -= 1
  }
  return false
}

const unreadable = (text: string, reason: LocalText): Unreadable => ({ readable: false, reason, text })

const tooDeep: LocalText = {
  'zh-CN': `嵌套超过 ${deepest} 层`,
  en: `it is nested more than ${deepest} levels deep`,
}

function notJson(text: string): LocalText {
  const { line = 1, column = 1 } = jsonFault(text) ?? {}
  return {
    'zh-CN': `第 ${line} 行第 ${column} 个字起不是 JSON`,
    en: `it is no JSON from line ${line}, column ${column} on`,
  }
}

function misshapen(error: z.ZodError): LocalText {
  const [first] = placedIssues(error)
  if (first === undefined) return { 'zh-CN': '写法不对', en: 'it is not well formed' }
  const place = sayPath(first.path)
  const said = sayIssue(first.issue)
  return place === '' ? said : { 'zh-CN': `${place}：${said['zh-CN']}`, en: `${place}: ${said.en}` }
}

/** A column as JSON of any shape. */
export function readJson(text: string): Stored<unknown> {
  if (isTooDeep(text)) return unreadable(text, tooDeep)
  try {
    return { readable: true, value: JSON.parse(text) }
  } catch (error) {
    if (error instanceof SyntaxError) return unreadable(text, notJson(text))
    throw error
  }
}

/** A column as what its schema says; THE reader of everything that is kept as JSON. */
export function readColumn<T>(text: string, schema: z.ZodType<T>): Stored<T> {
  const read = readJson(text)
  if (!read.readable) return read
  const parsed = schema.safeParse(read.value)
  return parsed.success ? { readable: true, value: parsed.data } : unreadable(text, misshapen(parsed.error))
}

/** A row's values as what a schema says; its columns of JSON by `storedJson`. */
export function readValue<T>(row: unknown, schema: z.ZodType<T>): Stored<T> {
  const parsed = schema.safeParse(row)
  return parsed.success
    ? { readable: true, value: parsed.data }
    : unreadable(JSON.stringify(row), misshapen(parsed.error))
}

/** A list whose rows that cannot be read stand beside the others, each by its id and with the reason. */
export function divided<Row, T>(
  rows: readonly Row[],
  idOf: (row: Row) => string,
  read: (row: Row) => Stored<T>,
): { readable: T[]; unreadable: UnreadableRow[] } {
  const readable: T[] = []
  const unreadableRows: UnreadableRow[] = []
  for (const row of rows) {
    const one = read(row)
    if (one.readable) readable.push(one.value)
    else unreadableRows.push({ id: idOf(row), reason: one.reason })
  }
  return { readable, unreadable: unreadableRows }
}

/** Why it cannot be read; null where it can. */
export const reasonOf = (stored: Stored<unknown>): LocalText | null =>
  stored.readable ? null : stored.reason

/** What was read, or what stands for it where nobody can tell. */
export const valueOr = <T, U>(stored: Stored<T>, otherwise: U): T | U =>
  stored.readable ? stored.value : otherwise

/** A column of JSON within a schema of a row: an issue where it is none, so that one bad row holds up no others. */
export const storedJson = z.string().transform((text, context): unknown => {
  const read = readJson(text)
  if (read.readable) return read.value
  context.addIssue({ code: 'custom', message: read.reason.en, params: read.reason })
  return z.NEVER
})
