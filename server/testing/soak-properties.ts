import { vi } from 'vitest'
import { soak } from './patience.ts'

const usualRuns = 100

/** In a soak every property is tried so many times as often, from a seed that is new each time. */
vi.mock('fast-check', async (original) => {
  const real = await original<typeof import('fast-check')>()
  const assert = new Proxy(real.assert, {
    apply(target, self, [property, parameters]) {
      const { seed: _fixed, path: _path, ...rest } = parameters ?? {}
      return Reflect.apply(target, self, [property, { ...rest, numRuns: (rest.numRuns ?? usualRuns) * soak }])
    },
  })
  return { ...real, assert, default: { ...real.default, assert } }
})
