import { expectTypeOf, test } from 'vitest'
import type { Act, Changes } from './acts.ts'
import type { JourneyChanges } from './journeys.ts'

test('a change that could be made by nobody does not compile', () => {
  expectTypeOf<Changes<{ rename(act: Act, name: string): Promise<void> }>>().toBeObject()
  // @ts-expect-error a change without its act
  expectTypeOf<Changes<{ rename(name: string): Promise<void> }>>().toBeObject()
  // @ts-expect-error a change that does not wait for its transaction
  expectTypeOf<Changes<{ rename(act: Act, name: string): void }>>().toBeObject()
  expectTypeOf<Parameters<JourneyChanges['publish']>[0]>().toEqualTypeOf<Act>()
})
