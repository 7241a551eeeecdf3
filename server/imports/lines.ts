import { cleanRow } from './clean.ts'
import { Passed } from './reasons.ts'

/** Which columns name what a row is about, and what the header says of each column. */
export interface LineContext {
  readonly header: readonly string[]
  /** Columns of ids and addresses, the likeliest first. */
  readonly keys: readonly number[]
}

const total =
  /^(?:合\s*计|总\s*计|小\s*计|共\s*计|汇\s*总|总\s*数|累\s*计|本页(?:合计|小计)|(?:grand |sub[ -]?)?totals?|sum)(?:\s*[:：(（].*)?$/i
const remark =
  /^(?:[#*※]|-{3,}|={3,}|注\s*[:：]|注\d|备注\s*[:：]|说明\s*[:：]|提示\s*[:：]|以上|数据(?:截止|来源|更新)|导出|制表|打印|统计时间|报表|共\s*\d+|(?:note|notes|exported|generated|printed|source|created by|records?|rows?|total records?)\b\s*[:：#]|(?:exported|generated|printed) (?:on|at|by|from)\b|\(?\d+ rows?\b)/i
/** A count or a sum, as stands beside the word for a total; ids and phone numbers are longer. */
const figure = /^[¥￥$€£-]?[\d,.]{1,9}(?:[%元件个笔人]|\.\d+)?$/
const longestEcho = 40
const echo = (text: string) => (text.length > longestEcho ? `${text.slice(0, longestEcho)}…` : text)

/**
 * Why a row of clean cells is no data: a total, the header once more, a remark below the data. null: it is
 * data. A total stands in the column that names the row, in a row that has no name, or before sums alone.
 */
export function noDataReader({ header, keys }: LineContext): (cells: readonly string[]) => Passed | null {
  const names = cleanRow(header)
  const first = names[0]
  return (cells) => {
    if (cells[0] === first && cells.length >= names.length && names.every((name, at) => cells[at] === name))
      return new Passed('repeated-header')
    const at = cells.findIndex((cell) => cell !== '')
    const text = cells[at] ?? ''
    const sums = () => cells.every((cell, index) => index <= at || cell === '' || figure.test(cell))
    if (
      total.test(text) &&
      (keys[0] === at ||
        ((keys[0] ?? 0) > at && sums()) ||
        keys.every((key) => key === at || (cells[key] ?? '') === ''))
    )
      return new Passed('total-row', { value: echo(text) })
    if (names.length < 2 || !remark.test(text)) return null
    return cells.every((cell, index) => index === at || cell === '')
      ? new Passed('remark', { value: echo(text) })
      : null
  }
}
