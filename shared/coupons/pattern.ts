import { z } from 'zod'

/** Letters and digits without those that look alike: 0 and O, 1 and I and L. */
export const codeAlphabet = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'

/** So many signs by chance at least: of 31^8 codes (850,000,000,000) nobody guesses one that is valid. */
export const leastChance = 8

export const usualPattern = '##########'

const chances = (pattern: string): number => [...pattern].filter((sign) => sign === '#').length

export const patternSchema = z
  .string()
  .regex(/^[A-Z0-9#]{1,32}$/, 'capital letters, digits and #, 32 at most')
  .refine((pattern) => chances(pattern) >= leastChance, 'at least 8 signs #')

/** A code by a pattern; `draw` gives a whole number from 0 up to the one it is asked for, which is left out. */
export function codeBy(pattern: string, draw: (below: number) => number): string {
  let code = ''
  for (const sign of pattern) code += sign === '#' ? codeAlphabet[draw(codeAlphabet.length)] : sign
  return code
}

/** A code as somebody may hand it in: what stands around it and how it is typed say nothing. */
export const codeSchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9._~+/=-]{4,64}$/, 'letters, digits and . _ ~ + / = -, 4 to 64')

/** Forms of a code as a customer may have typed it or a till have read it, the likeliest first. */
export function codeForms(told: string): string[] {
  const plain = told.normalize('NFKC').trim()
  return [...new Set([told, plain, plain.toUpperCase(), plain.replace(/[\s-]/g, '').toUpperCase()])]
}
