import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { patiently } from './patience.ts'
import { ApiProblem } from './problem.ts'

const problem = (code: string, status = 503) => {
  const text = { 'zh-CN': '不行', en: 'No' }
  return new ApiProblem({ type: 'about:blank', title: 'No', status, code, message: text, mend: text })
}

/** Fails with each of these in turn, then answers. */
function failing(...codes: string[]) {
  const ask = vi.fn(async () => {
    const code = codes.shift()
    if (code !== undefined) throw problem(code)
    return 'answer'
  })
  return ask
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test.each(['work-busy', 'work-too-long', 'copy-building', 'unreachable'])(
  '%s passes by itself and is waited for',
  async (code) => {
    const ask = failing(code, code)
    const asked = patiently(ask, new AbortController().signal)
    await vi.runAllTimersAsync()
    expect(await asked).toBe('answer')
    expect(ask).toHaveBeenCalledTimes(3)
  },
)

test('what does not pass is told in the end', async () => {
  const ask = failing(...Array.from({ length: 20 }, () => 'work-busy'))
  const asked = expect(patiently(ask, new AbortController().signal)).rejects.toMatchObject({
    code: 'work-busy',
  })
  await vi.runAllTimersAsync()
  await asked
  expect(ask).toHaveBeenCalledTimes(4)
})

test('a refusal is told at once', async () => {
  const ask = failing('unknown-customer')
  await expect(patiently(ask, new AbortController().signal)).rejects.toMatchObject({
    code: 'unknown-customer',
  })
  expect(ask).toHaveBeenCalledTimes(1)
})

test('whoever has gone on asks no more', async () => {
  const stop = new AbortController()
  const ask = failing('copy-building', 'copy-building')
  const asked = patiently(ask, stop.signal)
  const failed = expect(asked).rejects.toThrow('gone on')
  await vi.advanceTimersByTimeAsync(500)
  stop.abort(new Error('gone on'))
  await vi.runAllTimersAsync()
  await failed
  expect(ask).toHaveBeenCalledTimes(1)
})
