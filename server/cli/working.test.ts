import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Terminal } from './command.ts'
import { progress } from './progress.ts'
import { whileWorking } from './working.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function terminalOf(interactive: boolean) {
  const said = { out: '', err: '' }
  const terminal: Terminal = {
    ...{ interactive, locale: 'en' },
    out: (text) => {
      said.out += text
    },
    err: (text) => {
      said.err += text
    },
  }
  return { said, terminal }
}

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000)

/** Work that is over when the test says so. */
function long(terminal: Terminal, far: { what: string; done: number; of: number } | null = null) {
  let end: (answer: string) => void = () => undefined
  const done = whileWorking(terminal, 'count', ({ ask }) => {
    ask(() => far)
    return new Promise<string>((resolve) => {
      end = resolve
    })
  })
  return { done, end }
}

describe('work that lasts', () => {
  test('less than a second says nothing', async () => {
    const { said, terminal } = terminalOf(false)
    const { done, end } = long(terminal)
    await seconds(0.9)
    end('answer')
    expect(await done).toBe('answer')
    expect(said).toEqual({ out: '', err: '' })
  })

  test('longer says so in a line, and in another every ten seconds, and never on stdout', async () => {
    const { said, terminal } = terminalOf(false)
    const { done, end } = long(terminal, { what: 'analytical copy', done: 5, of: 9 })
    await seconds(2)
    expect(said.err).toBe('count analytical copy 5/9 … 2 s\n')
    await seconds(9)
    expect(said.err.split('\n')).toHaveLength(2)
    await seconds(2)
    expect(said.err).toBe('count analytical copy 5/9 … 2 s\ncount analytical copy 5/9 … 12 s\n')
    end('answer')
    await done
    expect(said.out).toBe('')
  })

  test('is told in place on a terminal, and leaves an empty line behind', async () => {
    const { said, terminal } = terminalOf(true)
    const { done, end } = long(terminal)
    await seconds(3)
    expect(said.err).toContain('\r\u001B[Kcount … 3 s')
    expect(said.err).not.toContain('\n')
    end('answer')
    await done
    expect(said.err.endsWith('\r\u001B[K')).toBe(true)
  })

  test('is silent where the work itself tells how far it is', async () => {
    const { said, terminal } = terminalOf(false)
    const done = whileWorking(terminal, 'rehearsal', async (working) => {
      const show = progress(working.terminal, 'rehearsal')
      for (let part = 0; part <= 10; part += 1) {
        show(part, 10)
        await new Promise((resolve) => setTimeout(resolve, 5_000))
      }
    })
    await seconds(60)
    await done
    expect(said.err).toBe(Array.from({ length: 11 }, (_, part) => `rehearsal ${part}/10\n`).join(''))
  })

  test('is not told of any more once it has failed', async () => {
    const { said, terminal } = terminalOf(false)
    const failing = whileWorking(terminal, 'count', async () => {
      throw new Error('no such audience')
    })
    await expect(failing).rejects.toThrow('no such audience')
    await seconds(20)
    expect(said.err).toBe('')
  })
})
