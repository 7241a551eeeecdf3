/** The sends under way, so that closing a channel can wait for them. */
export interface Flight {
  track<T>(send: Promise<T>): Promise<T>
  landed(): Promise<void>
}

export function createFlight(): Flight {
  const under = new Set<Promise<unknown>>()
  return {
    track(send) {
      under.add(send)
      const forget = () => under.delete(send)
      send.then(forget, forget)
      return send
    },
    async landed() {
      await Promise.allSettled(under)
    },
  }
}
