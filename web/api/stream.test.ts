import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { listen } from './stream.ts'

class FakeSource {
  static readonly CLOSED = 2
  static readonly made: FakeSource[] = []
  readyState = 1
  onopen: (() => void) | null = null
  onmessage: ((event: { data: string }) => void) | null = null
  onerror: (() => void) | null = null
  readonly url: string

  constructor(url: string) {
    this.url = url
    FakeSource.made.push(this)
  }

  close() {
    this.readyState = FakeSource.CLOSED
  }

  refuse() {
    this.close()
    this.onerror?.()
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', FakeSource)
  FakeSource.made.length = 0
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('two listeners of one address share a connection, closed with the last of them', () => {
  const [first, second] = [vi.fn(), vi.fn()]
  const stopFirst = listen('/stream', first)
  const stopSecond = listen('/stream', second)
  expect(FakeSource.made).toHaveLength(1)
  FakeSource.made[0]?.onmessage?.({ data: '{"type":"clock"}' })
  expect(first).toHaveBeenCalledWith({ type: 'clock' })
  stopFirst()
  expect(FakeSource.made[0]?.readyState).toBe(1)
  stopSecond()
  expect(FakeSource.made[0]?.readyState).toBe(FakeSource.CLOSED)
})

test('a refused connection is tried again, ever slower, until nobody listens', () => {
  const stop = listen('/stream', vi.fn())
  FakeSource.made[0]?.refuse()
  vi.advanceTimersByTime(1_000)
  expect(FakeSource.made).toHaveLength(2)
  FakeSource.made[1]?.refuse()
  vi.advanceTimersByTime(1_000)
  expect(FakeSource.made).toHaveLength(2)
  vi.advanceTimersByTime(1_000)
  expect(FakeSource.made).toHaveLength(3)
  FakeSource.made[2]?.refuse()
  stop()
  vi.advanceTimersByTime(60_000)
  expect(FakeSource.made).toHaveLength(3)
})

test('something that is not JSON is reported and does not end the stream', () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const listener = vi.fn()
  const stop = listen('/stream', listener)
  FakeSource.made[0]?.onmessage?.({ data: 'oops' })
  FakeSource.made[0]?.onmessage?.({ data: '1' })
  expect(told).toHaveBeenCalledOnce()
  expect(listener).toHaveBeenCalledExactlyOnceWith(1)
  stop()
  told.mockRestore()
})
