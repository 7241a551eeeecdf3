const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Texts of which each UTF-16 unit is a character by itself: Latin, Chinese and their marks. */
const SIMPLE =
  /^[\t\n\u0020-\u007e\u00a0-\u02ff\u2010-\u2027\u3000-\u3029\u3030-\u3098\u309b-\u9fff\uff01-\uff5e]*$/

/** The characters of a text as its reader sees them: 😀, 𠮷 and a flag are one each. */
export function graphemes(text: string): string[] {
  return SIMPLE.test(text) ? text.split('') : Array.from(segmenter.segment(text), ({ segment }) => segment)
}

export function countGraphemes(text: string): number {
  return SIMPLE.test(text) ? text.length : graphemes(text).length
}
