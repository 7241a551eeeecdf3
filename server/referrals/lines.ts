/** Signs that stand at the beginning of no line. */
const closing = /^[，。！？、；：）」』》〉】”’…,.!?;:)\]%]/

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Extended_Pictographic}/u

/** How wide a text is about, in ems. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, sign) => sum + (wide.test(sign) ? 1 : /[A-Z@%&mwMW]/.test(sign) ? 0.72 : 0.54), 0)

/** Chinese signs by themselves, a closing sign with what it closes, and other words whole with the blank after them. */
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  for (const piece of text.match(
    /[\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]+\s*|\s+/gu,
  ) ?? []) {
    const last = pieces.length - 1
    if (last >= 0 && closing.test(piece)) pieces[last] += piece
    else pieces.push(piece)
  }
  return pieces
}

/** A piece that is wider than a line, cut. */
function cut(piece: string, ems: number): string[] {
  if (widthOf(piece) <= ems) return [piece]
  const parts: string[] = ['']
  for (const sign of piece) {
    const last = parts.length - 1
    if (widthOf(`${parts[last]}${sign}`) > ems) parts.push(sign)
    else parts[last] += sign
  }
  return parts
}

/** A text on lines of so many ems, so many at most; what is left over is shown by three dots. */
export function linesOf(text: string, ems: number, most: number): string[] {
  const lines: string[] = []
  for (const paragraph of text.split(/\r?\n/)) {
    let line = ''
    for (const piece of piecesOf(paragraph.trim()).flatMap((one) => cut(one, ems))) {
      if (line !== '' && widthOf(`${line}${piece}`.trimEnd()) > ems) {
        lines.push(line.trimEnd())
        line = ''
      }
      line += piece
    }
    lines.push(line.trimEnd())
  }
  const full = lines.filter((line, at) => line !== '' || at > 0)
  if (full.length <= most) return full
  const shown = full.slice(0, most)
  const last = [...(shown[most - 1] ?? '')]
  while (widthOf(`${last.join('')}…`) > ems) last.pop()
  return [...shown.slice(0, -1), `${last.join('')}…`]
}
