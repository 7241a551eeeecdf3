import type { ValueFormat } from '../../../shared/message/formats.ts'
import { type Locale, locales, type WrittenText } from '../../../shared/text.ts'

/** What writes a value out as its reader expects it, so that a chip needs no word on it. */
type Filter = ValueFormat

/** A piece of a text with variables, as the editor shows it. */
export type Piece =
  | { readonly kind: 'text'; readonly source: string }
  /** `{{ path }}`, perhaps written as money or as a date, perhaps with a default: shown by its name. */
  | {
      readonly kind: 'variable'
      readonly source: string
      readonly path: string
      /** How the value is written out. */
      readonly filter: Filter | null
      readonly fallback: string | null
    }
  /** Any other Liquid: shown as it is written. */
  | { readonly kind: 'code'; readonly source: string }

const liquid = /\{\{[^{}]*\}\}|\{%[^{}]*%\}/g
const simple =
  /^\{\{-?\s*([A-Za-z_][\w.\u00c0-\uffff]*)\s*(?:\|\s*(money|date_local)\s*)?(?:\|\s*default:\s*(?:"([^"]*)"|'([^']*)')\s*)?-?\}\}$/

function pieceOf(source: string): Piece {
  const [whole, path, filter, double, single] = simple.exec(source) ?? []
  if (whole === undefined || path === undefined) return { kind: 'code', source }
  return {
    kind: 'variable',
    source,
    path,
    filter: filter === 'money' || filter === 'date_local' ? filter : null,
    fallback: double ?? single ?? null,
  }
}

/** A template cut into its pieces; joined again their sources are the template. */
export function piecesOf(template: string): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const { 0: source, index } of template.matchAll(liquid)) {
    if (index > from) pieces.push({ kind: 'text', source: template.slice(from, index) })
    pieces.push(pieceOf(source))
    from = index + source.length
  }
  if (from < template.length) pieces.push({ kind: 'text', source: template.slice(from) })
  return pieces
}

/** How a variable is written in a template. A double quote cannot stand in a default, so it becomes a single one. */
export function variableSource(path: string, fallback: string | null, filter: Filter | null = null): string {
  const written = fallback === null || fallback === '' ? '' : ` | default: "${fallback.replaceAll('"', "'")}"`
  return `{{ ${path}${filter === null ? '' : ` | ${filter}`}${written} }}`
}

/** The text with each variable as long as what usually stands for it, to reckon a length by. */
export function filledIn(template: string, values: Readonly<Record<string, string>>): string {
  return piecesOf(template)
    .map((piece) => {
      if (piece.kind === 'text') return piece.source
      if (piece.kind === 'code') return ''
      return values[piece.path] ?? piece.fallback ?? '某某先生'
    })
    .join('')
}

/** A text with what was written in one language; a language without words is left out. */
export function withWritten(text: WrittenText, locale: Locale, words: string): WrittenText {
  const whole: WrittenText = { ...text, [locale]: words }
  const kept = locales.flatMap((one) => (whole[one] ? [[one, whole[one]] as const] : []))
  return kept.length === 0 ? { [locale]: '' } : Object.fromEntries(kept)
}
