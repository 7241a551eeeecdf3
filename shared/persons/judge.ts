import { type ChosenRules, conflictRule, type IdentifierKind, ruleOf } from './kinds.ts'

/** Somebody of whom an identifier is known. */
export interface Bearer {
  readonly customerId: string
  readonly name: string | null
  readonly verified: boolean
  /** When they were last seen with it. */
  readonly lastSeen: number
}

/** Why two customers wait for a person to say whether they are one. */
export const waitingReasons = ['names-differ', 'household', 'unverified', 'rule'] as const
export type WaitingReason = (typeof waitingReasons)[number]

/** What follows where an identifier of somebody is another's already. */
export type Judgement =
  /** They are one person. */
  | { readonly kind: 'merge' }
  /** A person is to say; `holds`: whose the identifier is meanwhile. */
  | { readonly kind: 'ask'; readonly why: WaitingReason; readonly holds: 'before' | 'now' | 'both' }
  /** They stay two; whose it is. */
  | { readonly kind: 'apart'; readonly holds: 'before' | 'now' | 'both' }

/** Names as they are compared: what differs in nothing but blanks and case is one. */
const nameOf = (name: string | null) => (name ?? '').normalize('NFKC').replaceAll(/\s/g, '').toLowerCase()

export function namesDiffer(one: string | null, other: string | null): boolean {
  const [a, b] = [nameOf(one), nameOf(other)]
  return a !== '' && b !== '' && a !== b
}

/** Whoever's it is for sure, else whoever was seen with it last; of two at one time the first by id. */
function holderOf(known: Bearer, claim: Bearer): 'before' | 'now' {
  if (known.verified !== claim.verified) return known.verified ? 'before' : 'now'
  if (known.lastSeen !== claim.lastSeen) return known.lastSeen > claim.lastSeen ? 'before' : 'now'
  return known.customerId < claim.customerId ? 'before' : 'now'
}

/** A claim and one of those who bear the same identifier. */
export interface Meeting {
  readonly claim: Bearer
  readonly known: Bearer
  readonly bearers: number
  /** Whether a person has said that they are two. */
  readonly apart?: boolean
}

/**
 * Whether two customers who bear one identifier are one person. Deterministic: by verified values alone, and by the same
 * answer in whichever order they came in. An address that more than two bear is a household's, and nobody's proof.
 */
export function judge(
  kind: IdentifierKind,
  { claim, known, bearers, apart = false }: Meeting,
  chosen: ChosenRules,
): Judgement {
  const rule = conflictRule(kind, chosen)
  const { unique, address } = ruleOf(kind)
  const holds = address ? 'both' : holderOf(known, claim)
  if (apart || rule === 'never') return { kind: 'apart', holds }
  const ask = (why: WaitingReason): Judgement => ({ kind: 'ask', why, holds })
  if (!claim.verified || !known.verified) return ask('unverified')
  if (rule === 'ask') return ask('rule')
  if (!unique && bearers > 2) return ask('household')
  if (!unique && namesDiffer(claim.name, known.name)) return ask('names-differ')
  return { kind: 'merge' }
}
