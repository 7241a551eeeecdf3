import { describe, expect, test } from 'vitest'
import { type Mode, type TokenName, tokens } from './tokens.ts'

/** Relative luminance of `#rrggbb`, as WCAG 2 defines it. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** The contrast of two colours by WCAG 2, from 1 to 21. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

/** Which colours are written in, and upon what. */
const written: readonly (readonly [TokenName, readonly TokenName[]])[] = [
  ['ink', ['surface', 'ground', 'sunken', 'hover', 'primarySoft', 'bubble']],
  ['inkSecondary', ['surface', 'ground', 'sunken', 'hover', 'primarySoft']],
  ['inkTertiary', ['surface', 'ground', 'sunken', 'hover', 'primarySoft']],
  ['primaryInk', ['surface', 'ground', 'sunken', 'hover', 'primarySoft']],
  ['success', ['surface', 'ground', 'hover', 'successSoft']],
  ['warning', ['surface', 'ground', 'warningSoft', 'aiSoft']],
  ['danger', ['surface', 'ground', 'hover', 'dangerSoft']],
  ['ai', ['surface', 'aiSoft']],
  ['railInk', ['rail']],
  ['railInkActive', ['rail', 'railActive']],
]

const icons: readonly (readonly [TokenName, TokenName])[] = [
  ['entry', 'entrySoft'],
  ['time', 'timeSoft'],
  ['choice', 'choiceSoft'],
  ['touch', 'touchSoft'],
  ['customer', 'customerSoft'],
  ['ending', 'endingSoft'],
]

describe.each<Mode>(['light', 'dark'])('in %s', (mode) => {
  const t = tokens[mode]

  test('every text stands out from its ground by 4.5 to 1', () => {
    const faint = written.flatMap(([ink, grounds]) =>
      grounds.flatMap((ground) => {
        const found = contrast(t[ink], t[ground])
        return found >= 4.5 ? [] : [`${ink} on ${ground}: ${found.toFixed(2)}`]
      }),
    )
    expect(faint).toEqual([])
  })

  test('white stands out from the button that can be pressed', () => {
    expect(contrast('#ffffff', t.primary)).toBeGreaterThanOrEqual(4.5)
  })

  test('icons stand out from their tiles by 3 to 1', () => {
    for (const [icon, tile] of icons) expect(contrast(t[icon], t[tile])).toBeGreaterThanOrEqual(3)
  })
})
