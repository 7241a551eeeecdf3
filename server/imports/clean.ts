/** Characters that are not seen and mean nothing: marks of order and direction, soft hyphens, fillers. */
const unseen = /(?!\n|\r|\t|\u200C|\u200D|[\u{E0020}-\u{E007F}])[\p{Cc}\p{Cf}\u115F\u1160\u3164\uFFA0]/gu
/** Joiners hold an emoji together; anywhere else they are as unseen as the others. */
const strayJoiner =
  /(?<!\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F)[\u200C\u200D]|[\u200C\u200D](?!\p{Extended_Pictographic})/gu
const wideSpace = /[\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/g
/** Most cells hold none of the above, which one look tells. */
const suspicious = /[^\n\r\t -~\u00C0-\u02FF\u0370-\u05FF\u3001-\u312F\u3400-\u9FFF\uFF01-\uFF5E]/

/** `="138…"`, also with curly marks: how a spreadsheet is told to leave digits alone. */
const formula = /^=\s*["“”](.*)["“”]$/s
/** A spreadsheet's mark of text before what would else be a number, a time, or a formula. */
const apostrophe = /^['‘’`´](?=[\d+\-=@])/

/** What exports write where there is nothing. */
const nothing = new Set(
  '- -- --- — —— – / \\ \\n n/a #n/a #na n.a. na# #ref! #value! #null! #name? #div/0! #num! null (null) <null> [null] none nan undefined 无 空 暂无 未填写 未填 （空） (空) （无） (无)'.split(
    ' ',
  ),
)
const longestNothing = 9
const mayBegin = new Set([...nothing].map((word) => word.charCodeAt(0)))

/** A cell without what is not part of its value: unseen characters, blanks around it, a spreadsheet's wrappings. */
export function cleanCell(cell: string): string {
  const plain = suspicious.test(cell)
    ? cell.replace(unseen, '').replace(strayJoiner, '').replace(wideSpace, ' ')
    : cell
  const text = plain.trim()
  const first = text.charCodeAt(0)
  // Letters, digits and Chinese characters begin no wrapping.
  if (first >= 48 && first !== 61 && first !== 96 && first !== 180 && (first < 0x2018 || first > 0x201d))
    return text
  return text.replace(formula, '$1').replace(apostrophe, '').trim()
}

/** Whether a clean cell says that there is nothing. */
export function isNothing(text: string): boolean {
  if (text === '') return true
  const first = text.charCodeAt(0)
  // Digits and most Chinese characters begin none of the words, which costs less to see than to look for them.
  if (text.length > longestNothing || (first >= 48 && first <= 57)) return false
  if (first >= 0x3400 && !mayBegin.has(first)) return false
  return nothing.has(text.toLowerCase())
}

/** The cells of a row without what is not part of their values; '' where one says that there is nothing. */
export function cleanRow(cells: readonly string[]): readonly string[] {
  const clean: string[] = []
  for (const cell of cells) {
    const text = cleanCell(cell)
    clean.push(isNothing(text) ? '' : text)
  }
  return clean
}

/** What is cut out of a piece of a file keeps all of the piece in memory; of less than this it is a copy anyhow. */
const shortestPart = 13

/** A text that is kept longer than its row, by itself. */
export const kept = (text: string): string =>
  text.length < shortestPart ? text : Buffer.from(text, 'utf16le').toString('utf16le')

/** Full-width letters, digits and marks as the keyboard has them; nothing else is changed. */
export function narrow(text: string): string {
  return /[\uFF01-\uFF5E]/.test(text)
    ? text.replace(/[\uFF01-\uFF5E]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0))
    : text
}

/**
 * A number in a spreadsheet's scientific notation, whose digits are lost: 2.78123E+18. A code that merely
 * has an E in it (12E3) is none.
 */
export function isShortened(text: string): boolean {
  return /^[+-]?\d(?:[.,]\d+)?E\+\d{1,3}$/i.test(text) || /^[+-]?\d[.,]\d+E\d{1,3}$/i.test(text)
}
