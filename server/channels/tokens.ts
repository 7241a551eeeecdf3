/** A token by which a provider knows an app for a while. */
export interface Token {
  readonly text: string
  /** Until when it may be used, in epoch milliseconds. */
  readonly until: number
}

type TokenSaid = { readonly ok: true; readonly value: Token } | { readonly ok: false }

/** Renewed so long before it ends by itself (ms). */
export const marginMs = 120_000

/**
 * One token for each secret of the process: a provider gives the same one to whoever asks again, and counts how often
 * that is. What is asked for is kept, so that several who need one at the same time ask once.
 */
export function createTokens<Refused extends { readonly ok: false }>() {
  type Said = { readonly ok: true; readonly value: Token } | Refused
  const tokens = new Map<string, Promise<Said>>()
  /** A token that may be used now, and is not the one that was refused. */
  const tokenOf = async (
    key: string,
    asks: { readonly now: number; readonly refused: string | null; readonly ask: () => Promise<Said> },
  ): Promise<Said> => {
    const known = tokens.get(key)
    if (known !== undefined) {
      const said: TokenSaid = await known
      if (said.ok && said.value.text !== asks.refused && said.value.until > asks.now) return known
      // Somebody else has asked for another meanwhile.
      if (tokens.get(key) !== known && tokens.has(key)) return tokenOf(key, asks)
    }
    const asked = asks.ask()
    tokens.set(key, asked)
    const said: TokenSaid = await asked
    if (!said.ok && tokens.get(key) === asked) tokens.delete(key)
    return asked
  }
  return tokenOf
}
