/** Waits for something, but no longer than so many milliseconds; answers whether it was done. Its failure rejects. */
export async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const over = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  try {
    return await Promise.race([work.then(() => true as const), over])
  } finally {
    clearTimeout(timer)
  }
}
