import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { deleteLater, leaving, undoTime } from './later.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('what is deleted is hidden at once and gone when the time to undo is over', async () => {
  const run = vi.fn(() => Promise.resolve())
  deleteLater('qixi', run)
  expect(leaving.getState().ids).toEqual(new Set(['qixi']))
  await vi.advanceTimersByTimeAsync(undoTime - 1)
  expect(run).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(run).toHaveBeenCalledOnce()
  expect(leaving.getState().ids).toEqual(new Set())
})

test('a deletion that is taken back never happens', async () => {
  const run = vi.fn(() => Promise.resolve())
  const undo = deleteLater('qixi', run)
  undo()
  await vi.advanceTimersByTimeAsync(undoTime * 2)
  expect(run).not.toHaveBeenCalled()
  expect(leaving.getState().ids).toEqual(new Set())
})
