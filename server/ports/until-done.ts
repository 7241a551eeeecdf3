/** Work that is done a batch at a time, as `step` does the next; it answers how much that was. */
export interface Batches {
  readonly step: () => Promise<number>
  readonly stopping: () => boolean
  /** Lets others have their turn. */
  readonly rest: () => Promise<void>
}

/** Does batch after batch until nothing is left; whoever asks meanwhile waits for the same. */
export function untilDone({ step, stopping, rest }: Batches) {
  let running: Promise<number> | null = null
  const runAll = async (): Promise<number> => {
    let all = 0
    while (!stopping()) {
      const some = await step()
      if (some === 0) break
      all += some
      await rest()
    }
    return all
  }
  return {
    /** Resolves to how much was done. */
    run(): Promise<number> {
      running ??= runAll().finally(() => {
        running = null
      })
      return running
    },
    /** Resolves when the batch in hand is done. */
    async stop(): Promise<void> {
      await running
    },
  }
}
