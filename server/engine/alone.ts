import type { Passage } from './round.ts'

interface Admitted<One> {
  readonly passages: readonly Passage[]
  readonly failures: readonly { readonly one: One; readonly error: unknown }[]
}

/**
 * Rule 26: admits all at once; where one of them cannot be told of, each by itself, so that it keeps nobody else
 * out. `batch` is what is to be saved with them.
 */
export async function eachAlone<One>(
  all: readonly One[],
  batch: readonly Passage[],
  admit: (some: readonly One[], batch: readonly Passage[]) => Promise<readonly Passage[]>,
): Promise<Admitted<One>> {
  try {
    return { passages: await admit(all, batch), failures: [] }
  } catch (error) {
    if (all.length <= 1) return { passages: [], failures: all.map((one) => ({ one, error })) }
  }
  const passages: Passage[] = []
  const failures: { one: One; error: unknown }[] = []
  for (const one of all) {
    const admitted = await eachAlone([one], [...batch, ...passages], admit)
    passages.push(...admitted.passages)
    failures.push(...admitted.failures)
  }
  return { passages, failures }
}
