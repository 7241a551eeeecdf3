/** A stretch of a template: words, an output `{{ }}`, or a tag `{% %}`. */
export interface TemplatePiece {
  readonly kind: 'words' | 'output' | 'tag'
  readonly source: string
}

const LIQUID = /\{\{.*?\}\}|\{%.*?%\}/gs

/** A template cut at its outputs and tags; joined again the sources are the template. */
export function piecesOf(template: string): TemplatePiece[] {
  const pieces: TemplatePiece[] = []
  let from = 0
  for (const { 0: source, index } of template.matchAll(LIQUID)) {
    if (index > from) pieces.push({ kind: 'words', source: template.slice(from, index) })
    pieces.push({ kind: source.startsWith('{{') ? 'output' : 'tag', source })
    from = index + source.length
  }
  if (from < template.length) pieces.push({ kind: 'words', source: template.slice(from) })
  return pieces
}
