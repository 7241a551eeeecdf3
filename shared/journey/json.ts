import { limits } from '../limits.ts'
/** Where a text stops being JSON, or names a key twice; lines and columns count from 1. */
export interface JsonFault {
  readonly kind: 'syntax' | 'duplicate-key' | 'too-deep'
  readonly line: number
  readonly column: number
  /** The character that stands there, the key that is named twice, or nothing at the end of the text. */
  readonly found: string
}

/** Deeper than any journey; a text beyond it is an accident or an attack. */
export const deepest = limits.journeyDepth.value

const blank = /[ \t\n\r]*/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const word = /true|false|null/y
const escaped = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

class Fault extends Error {
  readonly kind: JsonFault['kind']
  readonly at: number
  readonly found: string | undefined

  constructor(kind: JsonFault['kind'], at: number, found?: string) {
    super(kind)
    this.kind = kind
    this.at = at
    this.found = found
  }
}

/** Goes through a text by the grammar of RFC 8259; JSON.parse itself tells no place on all engines. */
class Scanner {
  private at = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  whole(): void {
    this.value(0)
    this.skip(blank)
    if (this.at < this.text.length) throw new Fault('syntax', this.at)
  }

  private skip(pattern: RegExp): boolean {
    pattern.lastIndex = this.at
    const found = pattern.exec(this.text)
    if (found === null) return false
    this.at += found[0].length
    return true
  }

  private take(mark: string): boolean {
    this.skip(blank)
    if (this.text[this.at] !== mark) return false
    this.at += 1
    return true
  }

  private expect(mark: string): void {
    if (!this.take(mark)) throw new Fault('syntax', this.at)
  }

  private value(depth: number): void {
    this.skip(blank)
    if (depth > deepest) throw new Fault('too-deep', this.at)
    const mark = this.text[this.at]
    if (mark === '{') this.object(depth)
    else if (mark === '[') this.list(depth)
    else if (mark === '"') this.string()
    else if (!this.skip(word) && !this.skip(number)) throw new Fault('syntax', this.at)
  }

  private object(depth: number): void {
    this.expect('{')
    if (this.take('}')) return
    const keys = new Set<string>()
    do {
      this.skip(blank)
      const from = this.at
      const key = this.string()
      if (keys.has(key)) throw new Fault('duplicate-key', from, key)
      keys.add(key)
      this.expect(':')
      this.value(depth + 1)
    } while (this.take(','))
    this.expect('}')
  }

  private list(depth: number): void {
    this.expect('[')
    if (this.take(']')) return
    do this.value(depth + 1)
    while (this.take(','))
    this.expect(']')
  }

  private string(): string {
    const from = this.at
    if (this.text[this.at] !== '"') throw new Fault('syntax', this.at)
    this.at += 1
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      // NaN, the end of the text, is not at least 32 either.
      if (!(code >= 32)) throw new Fault('syntax', this.at)
      if (code === 34) break
      if (code !== 92) this.at += 1
      else if (!this.skip(escaped)) throw new Fault('syntax', this.at)
    }
    this.at += 1
    return String(JSON.parse(this.text.slice(from, this.at)))
  }
}

/** The first fault of a text as JSON; null where JSON.parse will read it without dropping anything. */
export function jsonFault(text: string): JsonFault | null {
  try {
    new Scanner(text).whole()
    return null
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    const before = text.slice(0, error.at).split('\n')
    const found = error.found ?? String.fromCodePoint(...[text.codePointAt(error.at) ?? []].flat())
    return { kind: error.kind, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, found }
  }
}
