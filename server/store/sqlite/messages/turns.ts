/** One from each queue in turn, until `limit` are picked; `first` begins. */
export function takeTurns(queues: readonly (readonly number[])[], limit: number, first: number): number[] {
  const picked: number[] = []
  for (let depth = 0; picked.length < limit; depth += 1) {
    const before = picked.length
    for (let turn = 0; turn < queues.length && picked.length < limit; turn += 1) {
      const id = queues[(first + turn) % queues.length]?.[depth]
      if (id !== undefined) picked.push(id)
    }
    if (picked.length === before) break
  }
  return picked
}
