const digits: Record<string, number> = {
  ...{ 零: 0, 〇: 0, 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9 },
}
const tens: Record<string, number> = { 十: 10, 百: 100, 千: 1000 }
const myriads: Record<string, number> = { 万: 10_000, 亿: 100_000_000 }

/** A number in figures or in Chinese numerals, as a part of a regular expression. */
export const FIGURES = '\\d{1,3}(?:,\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?'
export const NUMERALS = '[零〇一二两三四五六七八九十百千万亿]+'
export const NUMBER = `(?:(?:${FIGURES})\\s*[万千亿]?|${NUMERALS})`

/** The value of a number so written: "1,299", "1.2万", "五十", "二〇二六"; NaN if it is none. */
export function numberOf(text: string): number {
  const figures = /^([\d,.]+)\s*([万千亿])?$/.exec(text.trim())
  if (figures !== null) {
    const unit = figures[2]
    const scale = unit === undefined ? 1 : (myriads[unit] ?? tens[unit] ?? 1)
    // Twelve places swallow what binary fractions add, as in 1.1 × 10,000.
    return Number((Number(figures[1]?.replaceAll(',', '')) * scale).toFixed(6))
  }
  const marks = [...text.trim()]
  const plain = marks.every((mark) => digits[mark] !== undefined)
  return plain ? Number(marks.map((mark) => digits[mark]).join('')) : numeralsOf(marks)
}

function numeralsOf(marks: readonly string[]): number {
  let total = 0
  let section = 0
  let digit: number | undefined
  for (const mark of marks) {
    const myriad = myriads[mark]
    const ten = tens[mark]
    if (ten !== undefined) {
      section += (digit ?? 1) * ten
      digit = undefined
    } else if (myriad !== undefined) {
      total += (section + (digit ?? 0) || 1) * myriad
      section = 0
      digit = undefined
    } else {
      const value = digits[mark]
      if (value === undefined) return Number.NaN
      digit = value
    }
  }
  return total + section + (digit ?? 0)
}
