import { type ErrorCode, errors, fill } from '../errors/index.ts'
import { limits } from '../limits.ts'
import type { LocalText } from '../text.ts'
import { formatVersion, type Journey, journeySchema } from './graph.ts'
import { placedIssues, sayIssue, sayPath } from './issue.ts'
import { deepest, jsonFault } from './json.ts'
import { longNames } from './names.ts'
import { type Upgrade, upgraded, upgrades } from './upgrade.ts'

export { journeyJsonSchema } from './json-schema.ts'
export { printJourney } from './print.ts'

/** Why a file is no journey: the place, a code of the table of errors, and its texts filled in. */
export interface FileProblem {
  /** Keys joined by dots; empty where the file as a whole is meant. */
  readonly path: string
  readonly code: ErrorCode
  readonly details: Readonly<Record<string, string | number>>
  readonly message: LocalText
  readonly mend: LocalText
}

export type ParsedJourney =
  | { readonly ok: true; readonly journey: Journey }
  | { readonly ok: false; readonly problems: readonly FileProblem[] }

function problem(
  path: string,
  code: ErrorCode,
  details: Readonly<Record<string, string | number>>,
  zh: Readonly<Record<string, string | number>> = details,
): FileProblem {
  const { message, mend } = errors[code]
  const both = (text: LocalText): LocalText => ({
    'zh-CN': fill(text['zh-CN'], zh),
    en: fill(text.en, details),
  })
  return { path, code, details, message: both(message), mend: both(mend) }
}

/** A journey with more nodes than one may have; those of earlier releases go on as they are. */
export function nodesFault({ nodes }: Pick<Journey, 'nodes'>): FileProblem | null {
  const count = Object.keys(nodes).length
  const limit = limits.journeyNodes.value
  return count <= limit ? null : problem('nodes', 'journey-too-many-nodes', { nodes: count, limit })
}

/** A name that is longer than one may be; those of earlier releases go on as they are. */
function namesFault(journey: Journey): FileProblem | null {
  const [first] = longNames(journey)
  return first === undefined ? null : nameFault(...first)
}

/** What is wrong with a name of so many characters at a place. */
export function nameFault(path: string, name: string): FileProblem {
  const limit = limits.titleLength.value
  return problem(path, 'name-too-long', { length: name.length, limit, start: name.slice(0, 20) })
}

/** What a journey that comes in may not be, though one that is here already may be it. */
export const newFault = (journey: Journey): FileProblem | null => nodesFault(journey) ?? namesFault(journey)

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Problems that would be lost in reading: a key that JavaScript takes for the prototype, endless depth. */
function strangeParts(value: unknown, path: readonly string[]): FileProblem[] {
  if (typeof value !== 'object' || value === null) return []
  if (path.length > deepest) return [problem('', 'journey-too-deep', { levels: deepest })]
  return Object.entries(value).flatMap(([key, part]) =>
    key === '__proto__'
      ? [problem(sayPath([...path, key]), 'journey-unknown-key', { key })]
      : strangeParts(part, [...path, key]),
  )
}

function read(text: string): { value: unknown } | FileProblem {
  const bare = text.replace(/^\uFEFF/, '')
  const fault = jsonFault(bare)
  if (fault === null) return { value: JSON.parse(bare) }
  const { kind, line, column, found } = fault
  if (kind === 'too-deep') return problem('', 'journey-too-deep', { levels: deepest })
  if (kind === 'duplicate-key') return problem('', 'journey-duplicate-key', { line, column, key: found })
  const end = { 'zh-CN': '文件到此为止', en: 'the end of the file' }
  const detail = found === '' ? end.en : JSON.stringify(found)
  return problem(
    '',
    'journey-not-json',
    { line, column, detail },
    { line, column, detail: found === '' ? end['zh-CN'] : detail },
  )
}

function checkFormat(file: Record<string, unknown>, current: number): FileProblem | null {
  const { format } = file
  if (typeof format === 'number' && format > current)
    return problem('format', 'journey-newer', { format, known: current })
  if (typeof format === 'number' && Number.isInteger(format) && format >= 1) return null
  return problem(
    'format',
    'invalid-journey',
    { detail: `format: a whole number of at most ${current} is needed` },
    { detail: `format：应为不超过 ${current} 的正整数` },
  )
}

/** The line, counted from 1, of the first bytes that are not UTF-8; null where all are. */
function foreignLine(bytes: Uint8Array): number | null {
  const strict = new TextDecoder('utf-8', { fatal: true })
  const isText = (part: Uint8Array) => {
    try {
      strict.decode(part)
      return true
    } catch (error) {
      if (error instanceof TypeError) return false
      throw error
    }
  }
  if (isText(bytes)) return null
  const newline = 10
  let line = 1
  for (let from = 0; ; line += 1) {
    const to = bytes.indexOf(newline, from)
    if (to < 0 || !isText(bytes.subarray(from, to))) return line
    from = to + 1
  }
}

/** Reads a journey from the bytes of a file, which are UTF-8: another encoding's names would be spoilt. */
export function parseJourneyFile(bytes: Uint8Array): ParsedJourney {
  const line = foreignLine(bytes)
  if (line !== null) return { ok: false, problems: [problem('', 'journey-encoding', { line })] }
  const parsed = parseJourney(new TextDecoder().decode(bytes))
  const fault = parsed.ok ? newFault(parsed.journey) : null
  return fault === null ? parsed : { ok: false, problems: [fault] }
}

/**
 * Reads a journey from a file's text, or from JSON that was read already. Nothing is dropped: what the
 * format does not know is refused with its place. Older formats are upgraded.
 */
export function parseJourney(input: unknown, list: readonly Upgrade[] = upgrades): ParsedJourney {
  const text = typeof input === 'string' ? read(input) : { value: input }
  if (!('value' in text)) return { ok: false, problems: [text] }
  const { value } = text
  if (!isObject(value)) {
    const detail = { 'zh-CN': '文件应是一组键值', en: 'the file must hold an object' }
    return {
      ok: false,
      problems: [problem('', 'invalid-journey', { detail: detail.en }, { detail: detail['zh-CN'] })],
    }
  }
  const strange = strangeParts(value, [])
  if (strange.length > 0) return { ok: false, problems: strange }
  const wrongFormat = checkFormat(value, Math.max(formatVersion, list.length + 1))
  if (wrongFormat !== null) return { ok: false, problems: [wrongFormat] }
  const parsed = journeySchema.safeParse(upgraded(value, Number(value.format), list))
  if (parsed.success) return { ok: true, journey: parsed.data }
  const problems = placedIssues(parsed.error).map(({ path, issue }) => {
    const place = sayPath(path)
    if (issue.code === 'unrecognized_keys')
      return problem(place, 'journey-unknown-key', { key: String(path.at(-1)) })
    const said = sayIssue(issue)
    return problem(
      place,
      'invalid-journey',
      { detail: `${place}: ${said.en}` },
      { detail: `${place}：${said['zh-CN']}` },
    )
  })
  return { ok: false, problems }
}
