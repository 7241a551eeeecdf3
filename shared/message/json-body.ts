import { limits } from '../limits.ts'
import { piecesOf } from './pieces.ts'

/** The most of a body, in characters, as chat robots take it. */
const LONGEST = limits.templateLength.value

/** What is wrong with a JSON body that is about to leave; null if nothing. Only an object or a list is one. */
export function jsonFault(text: string): string | null {
  if (text.length > LONGEST) return `${text.length} > ${LONGEST}`
  try {
    const body: unknown = JSON.parse(text)
    return typeof body === 'object' && body !== null ? null : 'an object {…} or a list […]'
  } catch (error) {
    if (error instanceof SyntaxError) return error.message.replace(/\s+/g, ' ')
    throw error
  }
}

/** Whether a text is written as JSON, to be sent as it is. */
export function looksLikeJson(source: string): boolean {
  return /^\s*(?:\{\s*"[^"\n]*"\s*:|\[\s*(?:\{\s*"|"))/.test(source.replace(/\{%.*?%\}/gs, ''))
}

export interface JsonFinding {
  /** What is wrong with the structure, whatever the values; null where it is sound or hangs on conditions. */
  readonly fault: string | null
  /** The line at which reading stops because of it, from 1. */
  readonly line: number
  /** Placeholders outside quotes, which only a number, true or false can fill. */
  readonly unquoted: readonly string[]
}

/** What can be told of a JSON template before there is any customer, with a word or a figure for each value. */
export function checkJsonTemplate(source: string): JsonFinding {
  const unquoted: string[] = []
  let filled = ''
  let inString = false
  let conditional = false
  for (const piece of piecesOf(source)) {
    if (piece.kind === 'tag') conditional ||= !/^\{%-?\s*(?:assign|comment|endcomment)\b/.test(piece.source)
    else if (piece.kind === 'output') {
      const asJson = /\|\s*json\s*-?\}\}$/.test(piece.source)
      filled += asJson ? '"x"' : inString ? 'x' : '0'
      if (!inString && !asJson) unquoted.push(piece.source)
    } else {
      filled += piece.source
      inString = endsInString(piece.source, inString)
    }
  }
  const fault = conditional ? null : jsonFault(filled)
  return { fault, line: fault === null ? 1 : lineOf(filled, fault), unquoted }
}

/** Engines name the place in their own English; of an end that came too soon none. */
function lineOf(text: string, fault: string): number {
  const at = /position (\d+)/.exec(fault)?.[1]
  return text.slice(0, at === undefined ? text.length : Number(at)).split('\n').length
}

function endsInString(text: string, began: boolean): boolean {
  let inString = began
  for (let i = 0; i < text.length; i++) {
    if (inString && text[i] === '\\') i += 1
    else if (text[i] === '"') inString = !inString
  }
  return inString
}
