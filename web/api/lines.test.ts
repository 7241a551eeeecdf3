import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Lines, openLines } from './lines.ts'
import { serveTab, sharedLines } from './shared-lines.ts'

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

let lines: Lines

beforeEach(() => {
  lines = openLines()
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
  const stopFirst = lines.listen('/stream', first)
  const stopSecond = lines.listen('/stream', second)
  expect(FakeSource.made).toHaveLength(1)
  FakeSource.made[0]?.onmessage?.({ data: '{"type":"clock"}' })
  expect(first).toHaveBeenCalledWith({ type: 'clock' })
  stopFirst()
  expect(FakeSource.made[0]?.readyState).toBe(1)
  stopSecond()
  expect(FakeSource.made[0]?.readyState).toBe(FakeSource.CLOSED)
})

test('a refused connection is tried again, ever slower, until nobody listens', () => {
  const stop = lines.listen('/stream', vi.fn())
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
  const stop = lines.listen('/stream', listener)
  FakeSource.made[0]?.onmessage?.({ data: 'oops' })
  FakeSource.made[0]?.onmessage?.({ data: '1' })
  expect(told).toHaveBeenCalledOnce()
  expect(listener).toHaveBeenCalledExactlyOnceWith(1)
  stop()
  told.mockRestore()
})

test('who joins a stream later is told its state, which is what it begins with, and not its news', () => {
  lines.listen('/stream', vi.fn())
  for (const data of [
    '{"type":"clock","now":1}',
    '{"type":"inbox"}',
    '{"type":"clock","now":2}',
    '{"type":"inbox"}',
  ])
    FakeSource.made[0]?.onmessage?.({ data })
  const late = vi.fn()
  lines.listen('/stream', late)
  expect(late).toHaveBeenCalledExactlyOnceWith({ type: 'clock', now: 2 })
})

/** A tab and the worker's end of its line; messages arrive by themselves. */
function openTab(worker: Lines) {
  const { port1, port2 } = new MessageChannel()
  serveTab(port1, worker)
  return { ...sharedLines(port2), close: () => port2.close() }
}

test('the tabs of a browser share one connection, until the last of them has left or is gone', async () => {
  vi.useRealTimers()
  const tabs = Array.from({ length: 10 }, () => openTab(lines))
  const heard = tabs.map(() => vi.fn())
  const stops = tabs.map((tab, index) => tab.listen('/stream', heard[index] ?? vi.fn()))
  await vi.waitFor(() => expect(FakeSource.made).toHaveLength(1))
  FakeSource.made[0]?.onmessage?.({ data: '{"type":"clock"}' })
  await vi.waitFor(() => {
    for (const listener of heard) expect(listener).toHaveBeenCalledExactlyOnceWith({ type: 'clock' })
  })
  for (const stop of stops.slice(1, 9)) stop()
  tabs[9]?.close()
  await new Promise((resolve) => setImmediate(resolve))
  expect(FakeSource.made[0]?.readyState).toBe(1)
  stops[0]?.()
  await vi.waitFor(() => expect(FakeSource.made[0]?.readyState).toBe(FakeSource.CLOSED))
  for (const tab of tabs) tab.close()
})

test('a tab that is put away hears nothing, and is told where things stand when it comes back', async () => {
  vi.useRealTimers()
  const tab = openTab(lines)
  lines.listen('/stream', vi.fn())
  const listener = vi.fn()
  tab.listen('/stream', listener)
  tab.rest()
  await new Promise((resolve) => setTimeout(resolve, 20))
  FakeSource.made[0]?.onmessage?.({ data: '{"type":"clock","now":1}' })
  FakeSource.made[0]?.onmessage?.({ data: '{"type":"inbox"}' })
  tab.wake()
  await vi.waitFor(() => expect(listener).toHaveBeenCalledExactlyOnceWith({ type: 'clock', now: 1 }))
  tab.close()
})

test('a tab whose worker cannot be started has a connection of its own, and may leave it', () => {
  const { port1, port2 } = new MessageChannel()
  const tab = sharedLines(port2)
  const listener = vi.fn()
  const stop = tab.listen('/stream', listener)
  tab.goAlone()
  FakeSource.made[0]?.onmessage?.({ data: '1' })
  expect(listener).toHaveBeenCalledExactlyOnceWith(1)
  stop()
  expect(FakeSource.made[0]?.readyState).toBe(FakeSource.CLOSED)
  port1.close()
})
